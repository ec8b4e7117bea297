"""The change file as a block of text that survives the body of a mail.

`wrap` writes the block: marker lines, deflated bytes in base64 without padding, a checksum. `blocks` finds every
block in a text, whatever was done to it on the way: quoted, indented, wrapped anew, with other spaces and line ends,
with leftovers of quoted-printable. Only letters, digits, `+` and `/` count between the markers, and the checksum
decides: what is delivered is, byte for byte, what was wrapped. A block that is not is named, never mended by guess.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.domain.change import text_hash
from gealc_tui.sync.bundle import LARGEST_FILE

COLUMNS = 60
"""Characters in a line: quoted a few times, it still stays below the 76 at which mail programs wrap."""

BEGIN = "===== BEGIN GEALC CHANGES ====="
END = "===== END GEALC CHANGES ====="

HEAD = 4096
"""Bytes of a damaged block that are tried, so that one can tell whose and of when it was."""


class Block(NamedTuple):
    """A block that was found.

    With an `error`, `data` is only what can still be read of its beginning; `checksum` is what the block says of the
    whole (`text_hash`), empty if it says nothing. A `mention` is a marker in a sentence, with nothing like a block
    behind it. `begun` are the letters of a block of which nothing more can be told.
    """

    data: bytes
    checksum: str
    error: errors.GealcError | None = None
    mention: bool = False
    begun: str = ""


_TOGETHER = 8 * 1024 * 1024


def wrap(data: bytes) -> str:
    """The block for `data`: ASCII, lines of at most 60 characters, ends with a line end.

    Its last line before the end marker holds the first 128 bits of the SHA-256 and the number of bytes of `data`.
    """
    letters = base64.b64encode(zlib.compress(data, 9)).decode("ascii").rstrip("=")
    lines = [letters[start : start + COLUMNS] for start in range(0, len(letters), COLUMNS)]
    return "\n".join([BEGIN, *lines, f"({text_hash(data)} {len(data)})", END, ""])


# Mail programs put a blank, a line end, a quotation mark of their own or its code between the words of a marker.
_GAP = r"(?:=20|=C2=A0|&nbsp;|[^A-Za-z0-9]){0,40}"
_MARKER = re.compile(rf"(BEGIN|END){_GAP}GEALC{_GAP}CHANGES")

# A sign `=` stands before a marker, so that a sentence about the markers is none.
_BEFORE = re.compile(r"=(?:3D)?(?:=20|=C2=A0|&nbsp;|[^A-Za-z0-9])*\Z")
_NEAR = 40

# Characters that nobody sees and that mail programs strew in: soft hyphens, zero widths, marks of direction.
_UNSEEN = {ord(sign): None for sign in "\xad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"}

# Initials of whom is quoted, as in `AB> `. Signs alone need no care: they are none of base64.
_INITIALS = re.compile(r"^[^\S\n]*[A-Za-z]{1,4}>", re.MULTILINE)
_QUOTED_PRINTABLE = re.compile(r"=([0-9A-F]{2})")
_SUM = re.compile(r"\(([a-z2-7]{26})([0-9]{1,15})\)")
_LINE_OF_LETTERS = re.compile(r"[A-Za-z0-9+/]{30}")
_SIGNS = re.compile(r"[^A-Za-z0-9+/()]")


def _charge_nothing(size: int) -> None:
    pass


def blocks(text: str, limit: int = LARGEST_FILE, charge: Callable[[int], None] = _charge_nothing) -> Iterator[Block]:
    """Every block in `text`, in order. The error of a block is CutOff, Altered, or TooLarge beyond `limit` bytes.

    `charge` is told how many bytes may come out before anything is inflated, and may raise TooLarge.
    """
    if not text.isascii():
        text = text.translate(_UNSEEN)
    line, counted = 1, 0
    for kind, inside, end, is_ended in _stretches(text):
        if kind == "END":
            continue
        block = _opened(inside, limit, charge)
        if isinstance(block.error, errors.Altered) and not is_ended:
            line, counted = line + text.count("\n", counted, end), end
            block = block._replace(error=errors.CutOff(line=line))
        yield block


def _stretches(text: str) -> Iterator[tuple[str, str, int, bool]]:
    """For each marker its kind, the text behind it, where that ends, and whether an end marker stands there."""
    markers = (
        marker
        for marker in _MARKER.finditer(text)
        if _BEFORE.search(text, max(0, marker.start() - _NEAR), marker.start())
    )
    marker = next(markers, None)
    while marker is not None:
        following = next(markers, None)
        end = following.start() if following else len(text)
        yield marker[1], text[marker.end() : end], end, following is not None and following[1] == "END"
        marker = following


def _opened(inside: str, limit: int, charge: Callable[[int], None]) -> Block:
    """What stands between two markers."""
    letters, checksum = "", ""
    for letters, checksum, length in _readings(inside):
        try:
            if length > limit:
                raise errors.TooLarge(limit="bytes")
            charge(length)
        except errors.TooLarge as error:
            return Block(_beginning(letters), checksum, error)
        data = _inflated(letters, length)
        if len(data) == length and text_hash(data) == checksum:
            return Block(data, checksum)
    found = _beginning(letters)
    begun = "" if found or checksum else letters[:HEAD]
    mention = bool(begun or not letters) and not checksum and not _LINE_OF_LETTERS.search(inside)
    return Block(found, checksum, errors.Altered(part="armour"), mention, begun)


def begins(begun: str, data: bytes) -> bool:
    """Whether the block of `data` begins with these letters."""
    # So much is packed together at the least, and its letters do not depend on what follows.
    return base64.b64encode(zlib.compress(data[:_TOGETHER], 9)).decode("ascii").startswith(begun)


def _readings(inside: str) -> Iterator[tuple[str, str, int]]:
    """The letters of base64, the checksum and the length, in each way in which they can be understood."""
    seen = set()
    plain = _INITIALS.sub("", html.unescape(inside) if "&" in inside else inside)
    printable = _QUOTED_PRINTABLE.sub(lambda code: chr(int(code[1], 16)), plain) if "=" in plain else plain
    for text in (printable, plain, inside):
        signs = _SIGNS.sub("", text)
        if signs in seen:
            continue
        seen.add(signs)
        found = _SUM.search(signs)
        if found:
            yield signs[: found.start()], found[1], int(found[2])
        else:
            # Without a checksum nothing is delivered; the letters may still tell whose it was.
            yield signs, "", 0


def _inflated(letters: str, length: int) -> bytes:
    """The bytes that the letters stand for, at most one more than `length`; none if they stand for none."""
    try:
        return zlib.decompressobj().decompress(_decoded(letters), length + 1)
    except (binascii.Error, zlib.error):
        return b""


def _beginning(letters: str) -> bytes:
    """What can be read of the beginning of damaged letters."""
    inflating = zlib.decompressobj()
    found = b""
    try:
        for start in range(0, min(len(letters), HEAD), 64):
            found += inflating.decompress(_decoded(letters[start : start + 64]), HEAD - len(found))
            if len(found) == HEAD:
                break
    except (binascii.Error, zlib.error):
        pass
    return found


def _decoded(letters: str) -> bytes:
    # One letter too many of a quartet holds no whole byte; cut-off text ends so.
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return base64.b64decode(whole + "=" * (-len(whole) % 4), validate=True)
