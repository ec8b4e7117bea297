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
from gealc_tui.sync.envelope.limits import MOST_PARTS, Allowance

_ENTRY = b"PK\x01\x02"
_END = b"PK\x05\x06"
_ENCRYPTED = 0x1
_CHUNK = 1024 * 1024

# What the standard library raises for archives that are damaged or lie.
_DAMAGED = (BadZipFile, zlib.error, OSError, EOFError, ValueError, OverflowError, NotImplementedError)


def is_archive(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", _END))


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
        return Part(name, b"", (Repair.ZIP,), errors.NotAChangeFile(reason="zip", line=0))
    chunks: list[bytes] = []
    size = 0
    try:
        with archive.open(entry) as source:
            while chunk := source.read(_CHUNK):
                allowance.spend(len(chunk))
                size += len(chunk)
                if size > LARGEST_FILE:
                    raise errors.TooLarge(limit="bytes")
                chunks.append(chunk)
    except _DAMAGED:
        return Part(name, b"".join(chunks), (Repair.ZIP,), errors.Altered(part="zip"))
    return Part(name, b"".join(chunks), (Repair.ZIP,))
