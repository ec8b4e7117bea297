"""The texts and attachments of a message that Outlook saved (.msg).

Such a file is a compound file whose streams are named after the properties that they hold (Microsoft, MS-OXMSG,
section 2.2). A message inside it is a storage with the same names, so all streams are gone through in one pass.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from typing import Any

from gealc_tui import errors
from gealc_tui.sync.envelope.findings import Part, Repair
from gealc_tui.sync.envelope.limits import LARGEST_OUTLOOK, MOST_STREAMS, Allowance

_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# A stream's name is this, the number of the property, and that of its type.
_STREAM = "__substg1.0_"
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
        paths = compound.listdir()
    except _DAMAGED as error:
        raise errors.NotAChangeFile(reason="outlook", line=0) from error
    broken: Exception | None = None
    for path in paths:
        kind = path[-1][len(_STREAM) :].upper()
        if path[-1].startswith(_STREAM) and kind[:4] in (_BODY, _HTML, _ATTACHED):
            try:
                part = _part(compound, path, kind, allowance)
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

        streams = 0

        def _check_duplicate_stream(self, first_sect: int, minifat: bool = False) -> None:
            self.streams += 1
            if self.streams > MOST_STREAMS:
                raise OSError("too many streams")
            super()._check_duplicate_stream(first_sect, minifat)

    return Bounded(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT)


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


def _part(compound: Any, path: Sequence[str], kind: str, allowance: Allowance) -> Part:
    allowance.spend(compound.get_size(path))
    data = compound.openstream(path).read()
    if kind.endswith(_UTF16_TYPE):
        data = data.decode("utf-16-le", "replace").encode()
    repairs = (Repair.OUTLOOK, Repair.FORWARDED) if _EMBEDDED in path else (Repair.OUTLOOK,)
    return Part(_name(compound, path[:-1]) if kind.startswith(_ATTACHED) else "", data, repairs)


def _name(compound: Any, folder: Sequence[str]) -> str:
    """What the attachment is called, if it is called anything."""
    for kind in _ATTACHED_NAMES:
        path = [*folder, _STREAM + kind]
        if compound.exists(path):
            data: bytes = compound.openstream(path).read()
            return data.decode("utf-16-le" if kind.endswith(_UTF16_TYPE) else "latin-1", "replace")
    return ""
