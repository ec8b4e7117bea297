"""The entries of a zip archive, read into memory and nowhere else: their names are labels and lead to no place.

What an archive says about sizes is not believed: bytes are counted as they come out.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from gealc_tui import errors
from gealc_tui.sync.bundle import LARGEST_FILE
from gealc_tui.sync.envelope.findings import Part, Repair
from gealc_tui.sync.envelope.known import binary_kind
from gealc_tui.sync.envelope.limits import LARGEST_INSIDE, MOST_PARTS, Allowance
from gealc_tui.sync.envelope.outlook import is_compound
from gealc_tui.sync.envelope.texts import begins_file, in_utf8, is_text

_ENTRY = b"PK\x01\x02"
_END = b"PK\x05\x06"
_ENCRYPTED = 0x1
_CHUNK = 1024 * 1024
_HEAD = 64 * 1024

_METHODS = {1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "BZip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
"""How an entry may be packed that is not opened here (APPNOTE.TXT of the format, section 4.4.5)."""

_OFFICE = b"[Content_Types].xml"
_NEAR = 4096
"""Bytes at the beginning among which such a document names its first entry."""

# What the standard library raises for archives that are damaged or lie.
_DAMAGED = (BadZipFile, zlib.error, OSError, EOFError, ValueError, OverflowError, NotImplementedError)


def is_archive(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", _END))


def is_office(data: bytes) -> bool:
    """Whether an archive is a document of an office (ECMA-376), of which each is a zip."""
    return _OFFICE in data[:_NEAR]


def entries(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Each file of the archive. Raises NotAChangeFile, CutOff or TooLarge if it cannot be read at all."""
    # The directory is parsed whole, and what it says of its length may be a lie: so its entries are counted first.
    if data.count(_ENTRY) > MOST_PARTS:
        raise errors.TooLarge(limit="count")
    if _END not in data:
        raise errors.CutOff(line=0)
    try:
        archive = ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise errors.NotAChangeFile(reason="zip", line=0) from error
    with archive:
        for entry in archive.infolist():
            yield _part(archive, entry, allowance)


def _part(archive: ZipFile, entry: ZipInfo, allowance: Allowance) -> Part:
    name = entry.filename
    if entry.flag_bits & _ENCRYPTED:
        return Part(name, b"", (Repair.ZIP,), errors.ArchiveEncrypted(reason="encrypted", line=0))
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        # Other methods may ask for gigabytes before the first byte comes out.
        method = _METHODS.get(entry.compress_type, str(entry.compress_type))
        error = errors.OtherFormat(reason="other", line=0, kind="zip", detail=method)
        return Part(name, b"", (Repair.ZIP,), error)
    chunks: list[bytes] = []
    size, limit = 0, LARGEST_FILE
    try:
        with archive.open(entry) as source:
            while chunk := source.read(_CHUNK if size else _HEAD):
                allowance.spend(len(chunk))
                if not size:
                    limit = _worth(chunk)
                size += len(chunk)
                if size > limit and limit:
                    raise errors.TooLarge(limit="bytes")
                chunks.append(chunk)
                if not limit:
                    break
    except _DAMAGED:
        return Part(name, b"".join(chunks), (Repair.ZIP,), errors.Altered(part="zip"))
    return Part(name, b"".join(chunks), (Repair.ZIP,))


def _worth(head: bytes) -> int:
    """How many bytes of an entry are read that begins so: none beyond its beginning, if nothing can lie in it."""
    if is_archive(head) or is_compound(head):
        return min(LARGEST_FILE, LARGEST_INSIDE)
    if binary_kind(head):
        return 0
    text = in_utf8(Part("", head)).data
    if begins_file(text):
        return LARGEST_FILE
    return min(LARGEST_FILE, LARGEST_INSIDE) if is_text(text) else 0
