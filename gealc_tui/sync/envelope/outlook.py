"""The texts and attachments of a message that Outlook saved (.msg).

Such a file is a compound file whose streams are named after the properties that they hold (Microsoft, MS-OXMSG,
section 2.2). A message inside it is a storage with the same names, so all streams are gone through in one pass.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gealc_tui import errors
from gealc_tui.sync.envelope.findings import Part, Repair
from gealc_tui.sync.envelope.limits import LARGEST_OUTLOOK, MOST_STREAMS, Allowance

_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_NO_SECTOR = 0xFFFFFFFA
"""From this number on there is no sector: the end of a chain, a free one (MS-CFB, section 2.1)."""

# A stream's name is this, the number of the property, and that of its type.
_STREAM = "__SUBSTG1.0_"
_BODY, _HTML, _ATTACHED = "1000", "1013", "3701"
_ATTACHED_NAMES = ("3707001F", "3704001F", "3707001E", "3704001E")
_UTF16_TYPE = "001F"
_EMBEDDED = f"{_STREAM}{_ATTACHED}000D"
"""The storage of a message that is attached to a message."""

# What the library raises for files that are damaged or lie; it has no error of its own for all of them.
_DAMAGED = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error, RecursionError)


def is_compound(data: bytes) -> bool:
    return data.startswith(_SIGN)


def parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """The bodies and attachments, also of messages inside. Raises NotAChangeFile or TooLarge."""
    if len(data) > LARGEST_OUTLOOK:
        raise errors.TooLarge(limit="bytes")
    if _claims_too_much(data):
        raise errors.NotAChangeFile(reason="outlook", line=0)
    try:
        compound = _opened(data)
        streams = list(_streams(compound.root, False))
    except _DAMAGED as error:
        raise errors.NotAChangeFile(reason="outlook", line=0) from error
    broken: Exception | None = None
    for stream in streams:
        if stream.kind[:4] in (_BODY, _HTML, _ATTACHED):
            try:
                part = _part(compound, stream, allowance)
            except _DAMAGED as error:
                # One stream that is damaged need not be the one that matters.
                broken = error
                continue
            yield part
    if broken is not None:
        raise errors.NotAChangeFile(reason="outlook", line=0) from broken


def _opened(data: bytes) -> Any:
    import olefile

    class Bounded(olefile.OleFileIO):  # type: ignore[type-arg]  # generic for the type checker alone
        """The library compares each new stream with all before it; a million of them would take hours."""

        def __init__(self, file: io.BytesIO) -> None:
            self.starts: set[tuple[int, bool]] = set()
            self.count = 0
            super().__init__(file, raise_defects=olefile.DEFECT_INCORRECT)

        def _check_duplicate_stream(self, first_sect: int, minifat: bool = False) -> None:
            self.count += 1
            if self.count > MOST_STREAMS:
                raise OSError("too many streams")
            if (first_sect, minifat) in self.starts:
                raise OSError("two streams at one place")
            if first_sect < _NO_SECTOR:
                self.starts.add((first_sect, minifat))

    return Bounded(io.BytesIO(data))


def _claims_too_much(data: bytes) -> bool:
    """Whether the header announces a longer table of sectors than a file of this length can have.

    The library would go round and round in a table that contains itself.
    """
    if len(data) < 512:
        return True
    shift, sectors = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, 44)[0]
    if shift not in (9, 12):
        return True
    size = 1 << shift
    return bool(sectors > len(data) // size // (size // 4) + 2)


class _Stream(NamedTuple):
    """A stream that holds a property, of which number and type `kind` names, and those beside it."""

    kind: str
    entry: Any
    beside: Mapping[str, Any]
    embedded: bool
    """Whether it belongs to a message inside the message."""


def _streams(folder: Any, embedded: bool) -> Iterator[_Stream]:
    """The streams of a storage and of those in it. To ask the library for one by its path takes a walk each time."""
    beside = {entry.name.upper(): entry for entry in folder.kids}
    for entry in folder.kids:
        name = entry.name.upper()
        if entry.kids:
            yield from _streams(entry, embedded or name == _EMBEDDED)
        elif name.startswith(_STREAM):
            yield _Stream(name[len(_STREAM) :], entry, beside, embedded)


def _read(compound: Any, entry: Any) -> bytes:
    # `openstream` of the library, without its search for the path.
    data: bytes = compound._open(entry.isectStart, entry.size).read()
    return data


def _part(compound: Any, stream: _Stream, allowance: Allowance) -> Part:
    allowance.spend(stream.entry.size)
    data = _read(compound, stream.entry)
    if stream.kind.endswith(_UTF16_TYPE):
        data = data.decode("utf-16-le", "replace").encode()
    repairs = (Repair.OUTLOOK, Repair.FORWARDED) if stream.embedded else (Repair.OUTLOOK,)
    return Part(_name(compound, stream.beside) if stream.kind.startswith(_ATTACHED) else "", data, repairs)


def _name(compound: Any, beside: Mapping[str, Any]) -> str:
    """What the attachment is called, if it is called anything."""
    for kind in _ATTACHED_NAMES:
        entry = beside.get(_STREAM + kind)
        if entry is not None:
            encoding = "utf-16-le" if kind.endswith(_UTF16_TYPE) else "latin-1"
            return _read(compound, entry).decode(encoding, "replace")
    return ""
