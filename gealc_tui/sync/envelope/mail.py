"""The parts of a mail message, or of a mailbox with several.

Messages are read with the older, lenient rules of the standard library (`compat32`): the newer ones parse headers
that nobody needs here, and raise all kinds of errors over those that are damaged or hostile.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, cast

from gealc_tui import errors
from gealc_tui.sync.envelope import limits
from gealc_tui.sync.envelope.findings import Part, Repair
from gealc_tui.sync.envelope.limits import LARGEST_MAIL, MOST_BOUNDARIES, Allowance

if TYPE_CHECKING:
    from email.message import Message
    from email.policy import Policy

_HEADER = re.compile(rb"([!-9;-~]{1,76}):")
_NEXT_MESSAGE = re.compile(rb"(?<=\n)\r?\nFrom [^\r\n]+\r?\n(?=[!-9;-~]{1,76}:)")

# One of these is enough, of the others it takes two: people too write "To:" and "Date:".
_CERTAIN = {b"mime-version", b"content-type", b"received", b"message-id", b"return-path", b"content-transfer-encoding"}
_LIKELY = {b"from", b"to", b"cc", b"subject", b"date", b"reply-to", b"sender", b"x-unsent", b"delivered-to"}

_LINES = 500
_HEAD = 64 * 1024

_MOST_STRAY = 10
"""Lines before the headers that are none: the length in Apple Mail's `.emlx`, what a gateway or an archive put there,
`>From`."""

# What the standard library raises for headers that are damaged or hostile.
_DAMAGED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, binascii.Error)


def start(data: bytes) -> int | None:
    """Where the headers of a message begin, which may be behind a few stray lines; None if the text is no message."""
    head = data[:_HEAD]
    place = len(head) - len(head.lstrip())
    for stray in range(_MOST_STRAY + 1):
        names = _header_names(head[place:])
        # Behind other words, these may be those of a message that is quoted.
        if names & _CERTAIN or (len(names & _LIKELY) > 1 and not stray):
            return place
        place = head.find(b"\n", place) + 1
        if not place:
            return None
    return None


def _header_names(head: bytes) -> set[bytes]:
    """The names of the headers with which a text begins."""
    names = set()
    for n, line in enumerate(head.split(b"\n", _LINES)[:_LINES]):
        found = _HEADER.match(line)
        if found:
            names.add(found[1].lower())
        elif not (line.startswith((b" ", b"\t")) and names) and not (n == 0 and line.startswith(b"From ")):
            break
    return names


def parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Every text and attachment; a message that is attached comes as a part, to be opened again.

    Of a mailbox with several messages, each is such a part. Raises TooLarge.
    """
    if data.startswith(b"From "):
        messages = _NEXT_MESSAGE.split(data)
        if len(messages) > 1:
            for message in messages:
                yield Part("", message)
            return
        data = data.partition(b"\n")[2]
    yield from _parts_of_one(data, allowance)


def _parts_of_one(data: bytes, allowance: Allowance) -> Iterator[Part]:
    from email import message_from_bytes

    _check(data)
    try:
        message = message_from_bytes(data, policy=_policy())
        for part in _leaves(message):
            content = _content(part)
            allowance.spend(len(content))
            forwarded = (Repair.MAIL, Repair.FORWARDED) if _is_message(part) else (Repair.MAIL,)
            yield Part(_name(part), content, forwarded)
    except RecursionError as error:
        raise errors.TooLarge(limit="depth") from error


def _check(data: bytes) -> None:
    """Raises TooLarge for a message that would take more room or time than its length deserves."""
    if len(data) > LARGEST_MAIL:
        raise errors.TooLarge(limit="bytes")
    boundaries = data.lower().count(b"boundary")
    lines = data.count(b"\n") + data.count(b"\r")
    borders = data.count(b"\n--") + data.count(b"\r--")
    if (
        boundaries > MOST_BOUNDARIES
        or lines > limits.MOST_LINES
        or lines * boundaries > limits.MOST_COMPARISONS
        or borders > limits.MOST_BORDERS
    ):
        raise errors.TooLarge(limit="count")


@cache
def _policy() -> Policy[Message]:
    from email.policy import Compat32

    class Plain(Compat32):
        """Headers are cut where they are longer than any that matters, and written again as they stand."""

        def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
            name, value = super().header_source_parse(sourcelines)
            return name, value[: limits.LONGEST_HEADER]

        def fold_binary(self, name: str, value: str) -> bytes:
            return f"{name}: {value}{self.linesep}".encode("ascii", "surrogateescape")

    return Plain()


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that are not made of parts. An attached message counts as one."""
    if message.is_multipart() and not _is_message(message):
        for part in _inside(message):
            yield from _leaves(part)
    else:
        yield message


def _inside(message: Message) -> list[Message]:
    return cast("list[Message]", message.get_payload())


def _is_message(part: Message) -> bool:
    return part.get_content_maintype() == "message"


def _content(part: Message) -> bytes:
    """The bytes of a part, as they were before they were encoded for the way."""
    encoding = _encoding(part)
    if part.is_multipart():
        # The parser has opened an attached message. Some programs encode it against the rules, and then it is text.
        attached = b"\n".join(_as_bytes(one) for one in _inside(part))
        return _decoded(attached, encoding)
    del part["Content-Transfer-Encoding"]
    if encoding not in _DECODED_HERE:
        part["Content-Transfer-Encoding"] = encoding
    try:
        # Never without `decode`: that would believe what the part says of its character set.
        content = part.get_payload(decode=True)
    except _DAMAGED:
        return b""
    return _decoded(content, encoding) if isinstance(content, bytes) else b""


_DECODED_HERE = {"base64", "quoted-printable"}
_WORD = re.compile(r"[\s\"']*([A-Za-z0-9-]+)")


def _encoding(part: Message) -> str:
    """How a part was encoded, whatever stands around the word: blanks, quotes, a comment."""
    word = _WORD.match(str(part.get("Content-Transfer-Encoding", "")))
    return word[1].lower() if word else ""


def _as_bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except _DAMAGED:
        # Its headers cannot be written again; its text is what matters.
        return _content(message)


_NO_LETTER = bytes(sign for sign in range(256) if not (chr(sign).isascii() and (chr(sign).isalnum() or sign in b"+/")))


def _decoded(data: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        # Up to its end, or to where it was cut off, also within four letters, which stand for three bytes.
        letters = data.partition(b"=")[0].translate(None, _NO_LETTER)
        whole = letters[:-1] if len(letters) % 4 == 1 else letters
        return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
    return binascii.a2b_qp(data) if encoding == "quoted-printable" else data


def _name(part: Message) -> str:
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        name = str(part.get_filename() or "")
        return str(make_header(decode_header(name))) if "=?" in name else name
    except (*_DAMAGED, HeaderParseError):
        return ""
