"""The parts of a mail message, or of a mailbox with several.

Messages are read with the older, lenient rules of the standard library (`compat32`): the newer ones parse headers
that nobody needs here, and raise all kinds of errors over those that are damaged or hostile.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from gealc_tui import errors
from gealc_tui.sync.envelope.findings import Part, Repair
from gealc_tui.sync.envelope.limits import LARGEST_MAIL, MOST_BOUNDARIES, Allowance

if TYPE_CHECKING:
    from email.message import Message

_HEADER = re.compile(rb"([!-9;-~]{1,76}):")
_NEXT_MESSAGE = re.compile(rb"(?<=\n)\r?\nFrom [^\r\n]+\r?\n(?=[!-9;-~]{1,76}:)")

# One of these is enough, of the others it takes two: people too write "To:" and "Date:".
_CERTAIN = {b"mime-version", b"content-type", b"received", b"message-id", b"return-path", b"content-transfer-encoding"}
_LIKELY = {b"from", b"to", b"cc", b"subject", b"date", b"reply-to", b"sender", b"x-unsent", b"delivered-to"}

_LINES = 500
_HEAD = 64 * 1024

# What the standard library raises for headers that are damaged or hostile.
_DAMAGED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, binascii.Error)


def is_mail(data: bytes) -> bool:
    """Whether the text begins with the headers of a message."""
    names = set()
    for n, line in enumerate(data[:_HEAD].lstrip().splitlines()[:_LINES]):
        found = _HEADER.match(line)
        if found:
            names.add(found[1].lower())
        elif not (line.startswith((b" ", b"\t")) and names) and not (n == 0 and line.startswith(b"From ")):
            break
    return bool(names & _CERTAIN) or len(names & _LIKELY) > 1


def parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Every text and attachment; a message that is attached comes as a part, to be opened again.

    Of a mailbox with several messages, each is such a part. Raises TooLarge.
    """
    data = data.lstrip()
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
    from email.policy import compat32

    if len(data) > LARGEST_MAIL:
        raise errors.TooLarge(limit="bytes")
    if data.lower().count(b"boundary") > MOST_BOUNDARIES:
        raise errors.TooLarge(limit="count")
    try:
        message = message_from_bytes(data, policy=compat32)
        for part in _leaves(message):
            content = _content(part)
            allowance.spend(len(content))
            forwarded = (Repair.MAIL, Repair.FORWARDED) if _is_message(part) else (Repair.MAIL,)
            yield Part(_name(part), content, forwarded)
    except RecursionError as error:
        raise errors.TooLarge(limit="depth") from error


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
    if part.is_multipart():
        # The parser has opened an attached message. Some programs encode it against the rules, and then it is text.
        attached = b"\n".join(_as_bytes(one) for one in _inside(part))
        return _decoded(attached, str(part.get("Content-Transfer-Encoding", "")).strip().lower())
    try:
        # Never without `decode`: that would believe what the part says of its encoding.
        decoded = part.get_payload(decode=True)
    except _DAMAGED:
        return b""
    return decoded if isinstance(decoded, bytes) else b""


def _as_bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except _DAMAGED:
        # Its headers cannot be written again; its text is what matters.
        return _content(message)


def _decoded(data: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        try:
            return binascii.a2b_base64(data)
        except binascii.Error:
            return data
    return binascii.a2b_qp(data) if encoding == "quoted-printable" else data


def _name(part: Message) -> str:
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        name = str(part.get_filename() or "")
        return str(make_header(decode_header(name))) if "=?" in name else name
    except (*_DAMAGED, HeaderParseError):
        return ""
