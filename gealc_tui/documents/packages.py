"""A file of an office program (Word, Excel, LibreOffice): a zip of XML parts, of which nothing is believed.

Promises: what kind of file it is, is told by its content and not by its name; only parts that are asked for are
unpacked, and counted as they come out; XML knows neither entities nor networks; what cannot be opened is refused by
FileUnreadable, with a reason that says what to do about it.
"""

from __future__ import annotations

import io
import posixpath
import zlib
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from gealc_tui.errors import FileUnreadable
from gealc_tui.sync.envelope.outlook import is_compound

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a file. The largest plans, with photographs, have a tenth of it."""

LARGEST_INSIDE = 512 * 1024 * 1024
"""Bytes that all parts together say to have, pictures included."""

LARGEST_PART = 24 * 1024 * 1024
"""Bytes of one part that is held whole. A plan of 500 activities has one."""

LARGEST_HELD = 64 * 1024 * 1024
"""Bytes of all parts that are held whole, together."""

MOST_PARTS = 10_000

_CHUNK = 256 * 1024
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1

# What the standard library raises for archives that are damaged or lie.
_DAMAGED = (BadZipFile, zlib.error, OSError, EOFError, ValueError, OverflowError, NotImplementedError, KeyError)


class Kind(StrEnum):
    """What a file is."""

    WORD = "word"
    EXCEL = "excel"
    CALC = "calc"
    """An OpenDocument spreadsheet."""
    OTHER = "other"
    """A text, or whatever else: for its reader to say."""


class Relation(NamedTuple):
    """What one part says of another: of what kind (`image`), where it is, and whether that is outside the file."""

    type: str
    target: str
    is_outside: bool


class Package:
    """An opened file. `path` is what refusals call it."""

    def __init__(self, data: bytes, path: str) -> None:
        """Raises FileUnreadable: damaged, inflated, password."""
        self._path = path
        self._held = 0
        # The directory is parsed whole, and what it says of its length may be a lie: so its entries are counted first.
        if data.count(_ENTRY) > MOST_PARTS:
            raise self.refusal("inflated")
        try:
            self._zip = ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise self.refusal("damaged") from error
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        if len(self._entries) != len(self._zip.infolist()):
            # Programs disagree about which of two parts of one name counts.
            raise self.refusal("damaged")
        if any(entry.flag_bits & _ENCRYPTED for entry in self._entries.values()):
            raise self.refusal("password")
        if sum(entry.file_size for entry in self._entries.values()) > LARGEST_INSIDE:
            raise self.refusal("inflated")

    @property
    def names(self) -> list[str]:
        return [*self._entries]

    def refusal(self, reason: str) -> FileUnreadable:
        return FileUnreadable(path=self._path, reason=reason)

    def chunks(self, name: str, largest: int) -> Iterator[bytes]:
        """A part, piece by piece, so that it need not be held. Raises FileUnreadable: damaged, inflated."""
        entry = self._entries.get(name)
        if entry is None or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise self.refusal("damaged")
        size = 0
        try:
            with self._zip.open(entry) as source:
                while chunk := source.read(_CHUNK):
                    size += len(chunk)
                    if size > largest:
                        raise self.refusal("inflated")
                    yield chunk
        except _DAMAGED as error:
            raise self.refusal("damaged") from error
        self._check(entry, size)

    def _check(self, entry: ZipInfo, size: int) -> None:
        if size != entry.file_size:
            raise self.refusal("damaged")

    def part(self, name: str) -> bytes | None:
        """A part, whole; None if there is none of that name. Raises FileUnreadable: damaged, inflated."""
        if name not in self._entries:
            return None
        data = b"".join(self.chunks(name, min(LARGEST_PART, LARGEST_HELD - self._held)))
        self._held += len(data)
        return data

    def xml(self, name: str) -> Any:
        """The root element of a part; None if there is no such part. Raises FileUnreadable: damaged, inflated."""
        from lxml import etree

        data = self.part(name)
        if data is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.refusal("damaged") from error
        if root.getroottree().docinfo.internalDTD is not None:
            # No office program writes one; entities are declared in it.
            raise self.refusal("damaged")
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part says of other parts, by its own ids for that; `""`: what the file as a whole says."""
        folder, _, file = name.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, Relation] = {}
        for one in () if root is None else root:
            target, mode = str(one.get("Target", "")), one.get("TargetMode")
            if mode != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            type = str(one.get("Type", "")).rpartition("/")[2]
            found[str(one.get("Id", ""))] = Relation(type, target, mode == "External")
        return found

    def main_part(self) -> str:
        """The name of the part where reading begins. Raises FileUnreadable: damaged."""
        for one in self.relations("").values():
            if one.type == "officeDocument" and not one.is_outside:
                return one.target
        raise self.refusal("damaged")


def kind_of(data: bytes, path: str) -> Kind:
    """What a file is. Raises FileUnreadable for what some office program opens, and this one does not."""
    if is_compound(data):
        raise FileUnreadable(path=path, reason=_compound(data))
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        raise FileUnreadable(path=path, reason="rtf")
    if head.startswith((b"<!doctype html", b"<html", b"<table")):
        # What some portals hand out as `.xls`.
        raise FileUnreadable(path=path, reason="web_page")
    if head.startswith(b"%pdf-"):
        raise FileUnreadable(path=path, reason="pdf")
    if not data.startswith(b"PK\x03\x04"):
        return Kind.OTHER
    package = Package(data, path)
    names = set(package.names)
    if "word/document.xml" in names:
        return Kind.WORD
    if any(name.startswith("xl/") for name in names):
        if any(name.endswith("/workbook.bin") for name in names):
            raise FileUnreadable(path=path, reason="xlsb")
        return Kind.EXCEL
    if "content.xml" in names and "mimetype" in names:
        if package.part("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet":
            return Kind.CALC
        raise FileUnreadable(path=path, reason="odt")
    raise FileUnreadable(path=path, reason="other_zip")


# The directory of such a file holds the names of its streams in UTF-16 (Microsoft, MS-CFB, section 2.6.1).
_STREAMS = (
    ("EncryptedPackage", "password"),
    ("WordDocument", "old_word"),
    ("Workbook", "old_excel"),
    ("Book", "old_excel"),
)


def _compound(data: bytes) -> str:
    """Why a compound file (of Office before 2007, or one with a password) cannot be read."""
    return next((reason for name, reason in _STREAMS if name.encode("utf-16-le") in data), "old_office")
