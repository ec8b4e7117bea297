"""Characters that nobody can see, and that make two texts differ which look alike.

`folded` is how a text is stored. It takes away only what means nothing where it stands: a fixed blank becomes a
blank, a zero-width space goes; a joiner stays between the letters of scripts that join, and between the parts of an
emoji; a mark of direction stays where there are letters that run from right to left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_LINE_ENDS = "\u2028\u2029"
_NOTHING = "\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff"
_JOINERS = "\u034f\u200c\u200d"
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAGS = "\U000e0001\U000e0020-\U000e007f"
_FILLERS = "\u115f\u1160\u2800\u3000\u3164\uffa0"
"""Letters and signs that are drawn as nothing: never taken away, for they are letters."""

_PLAIN = str.maketrans({**dict.fromkeys(_BLANKS, " "), **dict.fromkeys(_LINE_ENDS, "\n"), **dict.fromkeys(_NOTHING)})
_DEPENDS = re.compile(f"[{_JOINERS}{_DIRECTIONS}{_SELECTORS}{_TAGS}]")
_UNSEEN = re.compile(f"[{_BLANKS}{_LINE_ENDS}{_NOTHING}{_JOINERS}{_DIRECTIONS}{_SELECTORS}{_TAGS}{_FILLERS}]")
_BLACK_FLAG = "\U0001f3f4"
_KEYCAP = "\u20e3"


def folded(text: str) -> str:
    """A text without what nobody can see, as far as that means nothing where it stands."""
    text = text.translate(_PLAIN)
    if not _DEPENDS.search(text):
        return text
    turns = any(character.isalpha() and unicodedata.bidirectional(character) in ("R", "AL") for character in text)
    kept: list[str] = []
    for place, character in enumerate(text):
        after = text[place + 1] if place + 1 < len(text) else ""
        if not _DEPENDS.match(character) or _means_something(character, kept[-1] if kept else "", after, turns=turns):
            kept.append(character)
    return "".join(kept)


def _means_something(character: str, before: str, after: str, *, turns: bool) -> bool:
    if character in _DIRECTIONS:
        return turns
    if re.match(f"[{_TAGS}]", character):
        # The flags of England, Scotland, Wales.
        return before == _BLACK_FLAG or bool(re.match(f"[{_TAGS}]", before))
    if re.match(f"[{_SELECTORS}]", character):
        return not _is_plain(before) or (before in "0123456789#*" and after == _KEYCAP)
    if _is_plain(before):
        return False
    # Between letters that join it may end a word; after a sign only another sign makes one of the two.
    return unicodedata.category(before)[0] == "L" or not _is_plain(after)


def _is_plain(character: str) -> bool:
    """Whether nothing joins this character to another: letters of our languages, figures, blanks, the end."""
    if not character or character.isascii():
        return True
    if unicodedata.category(character)[0] in "ZNC":
        return True
    return unicodedata.name(character, "").startswith(("LATIN", "GREEK", "CYRILLIC", "COMBINING"))


def as_seen(text: str) -> str:
    """What two texts have in common that look alike: for comparing, not for keeping."""
    text = unicodedata.normalize("NFC", text).translate(_PLAIN)
    text = _DEPENDS.sub("", re.sub(f"[{_FILLERS}]", " ", text))
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


def unseen(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters in these texts that nobody can see, each once, in the order of their numbers."""
    return tuple(sorted({character for text in texts for character in text if _is_unseen(character)}))


def _is_unseen(character: str) -> bool:
    return bool(_UNSEEN.match(character)) or (unicodedata.category(character) == "Cc" and character not in "\n\t")
