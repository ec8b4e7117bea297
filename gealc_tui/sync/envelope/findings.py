"""What is found in an envelope: values that `opened` hands out, and those with which its parts speak to each other."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from gealc_tui.errors import GealcError


class Repair(StrEnum):
    """What had to be undone to get at a change file, or what a person may want to know about how it came."""

    BOM = "bom"
    UTF16 = "utf-16"
    ZIP = "zip"
    MAIL = "mail"
    OUTLOOK = "outlook"
    """A message that Outlook saved (.msg)."""
    FORWARDED = "forwarded"
    """A message inside a message."""
    HTML = "html"
    PASTED = "pasted"
    """JSON that stood in the middle of a text."""
    ARMOUR = "armour"
    """The block in the text of a message."""
    COPY = "damaged-copy"
    """Another copy of the same file, in the same envelope, was damaged. This one is sound."""


class Found(NamedTuple):
    """A change file. `data` may still be anything that looks like one: `bundle.decode` proves it."""

    name: str
    data: bytes
    repairs: tuple[Repair, ...] = ()


class Refused(NamedTuple):
    """Something that was a change file, or held one, and cannot be read; `error` says why."""

    name: str
    error: GealcError


class Opened(NamedTuple):
    """What an envelope holds: at least one of the two is not empty."""

    files: tuple[Found, ...]
    refused: tuple[Refused, ...]


class Part(NamedTuple):
    """Something inside a container. With an `error`, `data` is what could be read before it broke off."""

    name: str
    data: bytes
    repairs: tuple[Repair, ...] = ()
    error: GealcError | None = None


class Candidate(NamedTuple):
    """A change file as it was met, good or bad. `checksum` is what its block says of the whole."""

    name: str
    data: bytes
    repairs: tuple[Repair, ...] = ()
    error: GealcError | None = None
    checksum: str = ""
    mention: bool = False
    """Nothing but words about a block (`armour.Block`)."""
    begun: str = ""
    """The letters of a block too short to tell of which file it is."""
