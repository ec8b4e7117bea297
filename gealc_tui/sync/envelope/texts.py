"""Change files in texts: the whole of one, JSON in the midst of words, armoured blocks, the text of a page."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from itertools import islice

from gealc_tui import errors
from gealc_tui.sync import armour
from gealc_tui.sync.bundle import FORMAT
from gealc_tui.sync.envelope.findings import Candidate, Part, Repair
from gealc_tui.sync.envelope.limits import MOST_FOUND, Allowance

HEAD = 4096
"""Bytes at the beginning among which a change file names its format."""

_BLANKS = b" \t\r\n"
_CONTROLS = bytes(sign for sign in range(32) if sign not in b"\t\n\v\f\r\x1b")

# --- encodings -------------------------------------------------------------------------------------------------

# The longer marks first: one begins like another.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def in_utf8(part: Part) -> Part:
    """The part without byte order mark, and in UTF-8 if it was in UTF-16 or UTF-32. Other bytes stay as they are."""
    for mark, encoding in _MARKS:
        if part.data.startswith(mark):
            return _recoded(part, part.data[len(mark) :], encoding)
    if part.data.startswith(codecs.BOM_UTF8):
        return part._replace(data=part.data[len(codecs.BOM_UTF8) :], repairs=(*part.repairs, Repair.BOM))
    return _recoded(part, part.data, encoding) if (encoding := _unmarked(part.data[:HEAD])) else part


def _recoded(part: Part, data: bytes, encoding: str) -> Part:
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    return part._replace(data=text.encode(), repairs=(*part.repairs, Repair.UTF16))


def _unmarked(head: bytes) -> str:
    """The name of UTF-16 without a mark: in a text of Latin letters every second byte is nought."""
    if head.count(0) * 3 < len(head):
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd * 2 > len(head) * 0.8 and even * 10 < odd:
        return "utf-16-le"
    if even * 2 > len(head) * 0.8 and odd * 10 < even:
        return "utf-16-be"
    return ""


def is_text(data: bytes) -> bool:
    """Whether it is worth while to look for words in these bytes."""
    head = data[:HEAD]
    return (len(head) - len(head.translate(None, _CONTROLS))) * 20 <= len(head)


# --- whole files -----------------------------------------------------------------------------------------------

# The last ones are what Windows calls them, read as Latin-1.
_QUOTES = "\"“”„‟«»″'‘’\x84\x91\x92\x93\x94"
_NAMED = re.compile(rf"[{_QUOTES}]{FORMAT}[{_QUOTES}]")
_CURLED = re.compile(r"[“”„‟«»″‘’\x84\x91-\x94]")


def whole(part: Part) -> Candidate | None:
    """The candidate if the part is a change file from its first letter on. Words behind it are not part of it."""
    named = _named(part.data)
    if named is None:
        return None
    if part.error is None and (end := _words_behind(part.data)):
        part = part._replace(data=part.data[:end], repairs=(*part.repairs, Repair.PASTED))
    return _candidate(part, part.data, named)


def begins_file(data: bytes) -> bool:
    """Whether these bytes are a change file, or its beginning."""
    return _named(data) is not None


def _named(data: bytes) -> str | None:
    """How the format is written with which a change file begins; None if it is none."""
    head = data[: 2 * HEAD].lstrip(_BLANKS)[:HEAD]
    if not head.startswith(b"{") or FORMAT.encode() not in head:
        return None
    named = _NAMED.search(read(head))
    return None if named is None else named[0]


_CLOSED = re.compile(rb"[\"\]}]\s*\}\s*\Z")

# A signature, a notice of the mail gateway: on a line of its own, and nothing with which data would go on.
_WORDS = re.compile(r"[ \t]*\r?\n\s*[^\x00-\x20\x7f{}\[\]\",:]")


def _words_behind(data: bytes) -> int:
    """Where a change file ends behind which there are other words, such as a signature; 0 if there are none."""
    if _CLOSED.search(data[-HEAD:]):
        return 0
    # The signs that are looked for are of one byte in every encoding that is left.
    text = data.decode("latin-1")
    end = _end(text, text.index("{")) or 0
    return end if _WORDS.match(text, end) else 0


def _candidate(part: Part, data: bytes, named: str) -> Candidate:
    """A candidate, refused at once if its format stands between other quotation marks than those of JSON."""
    error = part.error
    if error is None and not (named.startswith('"') and named.endswith('"')):
        curled = _CURLED.search(text := read(data))
        line = text.count("\n", 0, curled.start()) + 1 if curled else 1
        error = errors.NotAChangeFile(reason="damaged", line=line)
    return Candidate(part.name, data, part.repairs, error)


# --- in the midst of words -------------------------------------------------------------------------------------


def read(data: bytes) -> str:
    """The bytes as text, whatever they claim to be: what is looked for is ASCII."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def inside(part: Part, allowance: Allowance) -> Iterator[Candidate]:
    """The change files in a text, in the better of the ways in which it can be read: as a page, and as it stands."""
    text = read(part.data)
    best: list[Candidate] = []
    if _PAGE.search(text):
        of_page = part._replace(repairs=(*part.repairs, Repair.HTML))
        best = list(_in_words(of_page, _text_of_page(text), allowance))
    if not best or any(one.error for one in best):
        as_it_stands = list(_in_words(part, text, allowance))
        best = max(best, as_it_stands, key=lambda found: (sum(one.error is None for one in found), bool(found)))
    return iter(best)


def _in_words(part: Part, text: str, allowance: Allowance) -> Iterator[Candidate]:
    pasted = part._replace(repairs=(*part.repairs, Repair.PASTED))
    armoured = part._replace(repairs=(*part.repairs, Repair.ARMOUR))
    found, rest = _pasted(text)
    for written, named in found:
        yield _candidate(pasted, written.encode("utf-8", "replace"), named)
    # One more than may be found: whoever counts them will notice.
    for block in islice(armour.blocks(rest, charge=allowance.spend), MOST_FOUND + 1):
        yield Candidate(
            part.name, block.data, armoured.repairs, block.error, block.checksum, block.mention, block.begun
        )
        if allowance.is_spent:
            return


_GAP = r"[\s>|]{0,100}"
_BEGINNING = re.compile(
    rf"\{{{_GAP}[{_QUOTES}]format[{_QUOTES}]{_GAP}:{_GAP}([{_QUOTES}]{FORMAT}[{_QUOTES}])",
)
_TOKEN = re.compile(r'\\.|["{}]', re.DOTALL)
_QUOTED = re.compile(r"^[^\S\n]*(?:[>|][^\S\n]?)+", re.MULTILINE)


def _pasted(text: str) -> tuple[list[tuple[str, str]], str]:
    """JSON that stands in a text, each with how its format is written, and the text without it."""
    found: list[tuple[str, str]] = []
    rest: list[str] = []
    here = 0
    while beginning := _BEGINNING.search(text, here):
        end = _end(text, beginning.start())
        rest.append(text[here : beginning.start()])
        here = end or beginning.end()
        written = text[beginning.start() : end or len(text)]
        line = text[text.rfind("\n", 0, beginning.start()) + 1 : beginning.start()]
        found.append((_QUOTED.sub("", written) if _QUOTED.match(line) else written, beginning[1]))
        if end is None:
            break
    return found, "".join([*rest, text[here:]]) if found else text


def _end(text: str, start: int) -> int | None:
    """Where the object that begins at `start` ends; None if it does not."""
    depth, in_string = 0, False
    for token in _TOKEN.finditer(text, start):
        if token[0] == '"':
            in_string = not in_string
        elif not in_string and token[0] in "{}":
            depth += 1 if token[0] == "{" else -1
            if depth == 0:
                return token.end()
    return None


# --- pages -----------------------------------------------------------------------------------------------------

# The parser of the standard library takes minutes over 100 KB of unclosed tags; and no structure is needed here.
_TAG = re.compile(r"<[A-Za-z/!?](?:[^<>\"']|\"[^\"<]{0,4000}\"|'[^'<]{0,4000}')*+>|&(?:nbsp|gt|lt|quot|#\d{1,7});")
_PAGE = re.compile(
    r"<(?:!doctype|html|body|div|p|br|pre|span|td|font|li|blockquote|o:p)\b|&(?:nbsp|gt|lt|quot|#\d{1,7});",
    re.IGNORECASE,
)
_BREAK = re.compile(r"</?(?:br|p|div|tr|li|pre|table|blockquote|h\d)\b", re.IGNORECASE)


def _text_of_page(text: str) -> str:
    """The text of an HTML page: a line for each line, without tags, entities put back."""
    if "<" in text:
        text = _TAG.sub(_in_place_of, text)
    return html.unescape(text)


def _in_place_of(tag: re.Match[str]) -> str:
    if tag[0].startswith("&"):
        return tag[0]
    return "\n" if _BREAK.match(tag[0]) else ""
