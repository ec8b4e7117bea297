"""Texts side by side: which of their words differ.

Promises: nothing is lost or made up (the pieces of a text joined give it back), and time stays bounded for texts as
long as a note may be. What is too long to be compared word by word is compared sentence by sentence, and changed
sentences word by word where that can be afforded; failing that, all of it differs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

AFFORDABLE = 400_000
"""What comparing two texts may cost (`_cost`): half a second at worst, and texts of 2,000 words word by word."""

_WORDS = re.compile(r"\s+|\w[\w\u0300-\u036f]*|.", re.DOTALL)
_SENTENCES = re.compile(r"[^\n.;:!?]*[\n.;:!?]+[ \t]*|[^\n.;:!?]+")


class In(Enum):
    """In which of two texts a piece stands."""

    BOTH = "both"
    FIRST = "first"
    SECOND = "second"


class Piece(NamedTuple):
    where: In
    text: str


class Part(NamedTuple):
    """A stretch of one text; `differs` if another text does not say it there."""

    text: str
    differs: bool


Parts = tuple[Part, ...]


def pieces(first: str, second: str) -> tuple[Piece, ...]:
    """Two texts as one row of pieces: BOTH and FIRST joined are the first text, BOTH and SECOND the second."""
    return tuple(_joined(_compared(first, second)))


def parts(texts: Sequence[str]) -> tuple[Parts, ...]:
    """Several texts with the words that differ: in the first from any other, in each other one from the first.

    Between two texts that have no word in common nothing is marked: that they differ is plain to see.
    """
    marks = [[False] * len(text) for text in texts]
    for place, text in enumerate(texts[1:], 1):
        row = pieces(texts[0], text)
        if any(piece.where is In.BOTH and _has_words(piece.text) for piece in row):
            _mark(marks[0], row, In.FIRST)
            _mark(marks[place], row, In.SECOND)
    return tuple(tuple(_runs(text, mark)) for text, mark in zip(texts, marks, strict=True))


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _mark(marks: list[bool], row: Sequence[Piece], side: In) -> None:
    at = 0
    for where, text in row:
        if where is side:
            marks[at : at + len(text)] = [True] * len(text)
        if where in (side, In.BOTH):
            at += len(text)


def _runs(text: str, marks: Sequence[bool]) -> Iterator[Part]:
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or marks[end] != marks[start]:
            yield Part(text[start:end], marks[start])
            start = end


def _compared(first: str, second: str) -> Iterator[Piece]:
    one, other = _WORDS.findall(first), _WORDS.findall(second)
    head = _shared(one, other)
    tail = _shared(one[head:][::-1], other[head:][::-1])
    yield Piece(In.BOTH, "".join(one[:head]))
    middle = one[head : len(one) - tail], other[head : len(other) - tail]
    if _cost(*middle) <= AFFORDABLE:
        yield from _matched(*middle)
    else:
        yield from _by_sentences("".join(middle[0]), "".join(middle[1]))
    yield Piece(In.BOTH, "".join(one[len(one) - tail :]))


def _by_sentences(first: str, second: str) -> Iterator[Piece]:
    sentences = _SENTENCES.findall(first), _SENTENCES.findall(second)
    left = AFFORDABLE - _cost(*sentences)
    if left < 0:
        yield from (Piece(In.FIRST, first), Piece(In.SECOND, second))
        return
    changed = {In.FIRST: "", In.SECOND: ""}
    for where, text in (*_matched(*sentences), Piece(In.BOTH, "")):
        if where is not In.BOTH:
            changed[where] += text
            continue
        words = _WORDS.findall(changed[In.FIRST]), _WORDS.findall(changed[In.SECOND])
        cost = _cost(*words)
        left -= cost if cost <= left else 0
        yield from _matched(*words) if cost <= left else (Piece(*one) for one in changed.items())
        yield Piece(In.BOTH, text)
        changed = {In.FIRST: "", In.SECOND: ""}


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens two rows begin with alike."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _cost(one: Sequence[str], other: Sequence[str]) -> int:
    """What matching two rows of tokens takes: pairs of equal ones (blanks left out), and a look at the whole."""
    theirs = Counter(token for token in other if not token.isspace())
    pairs = sum(count * theirs[token] for token, count in Counter(one).items() if token in theirs)
    return pairs + len(one) * len(other) // 40


def _matched(one: Sequence[str], other: Sequence[str]) -> Iterator[Piece]:
    # Blanks are no ground for a match, they only go with words that are: else spaces alone would be held in common.
    matcher = SequenceMatcher(str.isspace, one, other, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            yield Piece(In.BOTH, "".join(one[start:end]))
        else:
            yield Piece(In.FIRST, "".join(one[start:end]))
            yield Piece(In.SECOND, "".join(other[other_start:other_end]))


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece; of two that differ in one place, the first text's first."""
    waiting = {In.FIRST: "", In.SECOND: "", In.BOTH: ""}
    for where, text in found:
        if not text:
            continue
        gone = (In.BOTH,) if where is not In.BOTH else (In.FIRST, In.SECOND)
        for kind in gone:
            if waiting[kind]:
                yield Piece(kind, waiting[kind])
                waiting[kind] = ""
        waiting[where] += text
    for kind in (In.BOTH, In.FIRST, In.SECOND):
        if waiting[kind]:
            yield Piece(kind, waiting[kind])
