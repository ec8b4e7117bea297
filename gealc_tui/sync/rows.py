"""The lines of a change file: one edit each, as texts that need only be hashed and stored.

A `Row` holds canonical text. `Lines` reads rows as `bundle.encode` writes them, by one pattern and without making
JSON values of them; `spelled` makes a row of any other JSON. Both give the same row for the same edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import itemgetter

from gealc_tui import errors
from gealc_tui.domain.change import Value, canonical_text
from gealc_tui.sync import strict

LONGEST_VALUE = 1_000_000
"""Characters of text in one value."""

DEEPEST_VALUE = 8

LONGEST_NAME = 500
"""Characters of an entity or a field."""

LARGEST_SEQ = 2**40
"""Seqs are smaller."""

Row = tuple[str, ...]
"""Seq, hour, minute and second, millisecond, the edit in canonical form, and its parts: the register
(`"note/x","text"`), the value, and what it goes over (`"<id>","<id>"`). At the end stands a line that is written in
another way, while it is not read; then the rest is empty."""

_INSTANT = r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}):([0-9]{2}:[0-9]{2})\.([0-9]{3})Z"
_SEQ = r"[1-9][0-9]{0,11}"
_NAME = rf'"[^"\\\x00-\x1f]{{1,{LONGEST_NAME}}}"'
# What is spelled in one way only: no escapes, and integers that are certainly not too large.
_VALUE = rf'"[^"\\\x00-\x1f]{{0,{LONGEST_VALUE}}}"|null|true|false|0|-?[1-9][0-9]{{0,14}}'
_ID = '"[a-z2-7]{26}"'
_OVER = rf"(?:{_ID}(?:,{_ID})*)?"
_LINE = re.compile(
    rf'^    (?:\[({_SEQ}),"{_INSTANT}",(({_NAME},{_NAME}),({_VALUE}),\[({_OVER})\])\]|(.*)),\n', re.MULTILINE
)
_AT = re.compile(_INSTANT)
ID = re.compile("[a-z2-7]{26}")
_otherwise = itemgetter(8)

_TOGETHER = 1 << 18
"""Bytes that are looked at together: no more rows than these hold exist at a time."""


class Lines:
    """The rows in `data` between two places, as `bundle.encode` writes them, some thousand at a time.

    Iterating raises Altered if they are written in another way, which need not mean that anything is wrong.
    """

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self._data, self._start, self._end = data, start, end

    def __iter__(self) -> Iterator[list[Row]]:
        start = self._start
        while start < self._end:
            end = self._line_end(start + _TOGETHER)
            yield self._rows(start, end)
            start = end

    def _line_end(self, place: int) -> int:
        """Behind the end of the line in which `place` is."""
        found = self._data.find(b"\n", place, self._end)
        return self._end if found < 0 else found + 1

    def _rows(self, start: int, end: int) -> list[Row]:
        try:
            text = self._data[start:end].decode()
        except UnicodeDecodeError as error:
            raise errors.Altered(part="text") from error
        if end == self._end:
            text += ",\n"
        found = _LINE.findall(text)
        if len(found) != text.count("\n"):
            raise errors.Altered(part="changes")
        if any(map(_otherwise, found)):
            return [spelled(strict.parse(row[8], "")) if row[8] else row for row in found]
        return found


def spelled_rows(raw: Iterable[object]) -> Iterator[list[Row]]:
    """Rows as JSON holds them, some thousand at a time. Raises as `spelled`."""
    rows = iter(raw)
    while some := [spelled(row) for row in islice(rows, 4096)]:
        yield some


def spelled(raw: object) -> Row:
    """A row as JSON holds it: seq, instant, entity, field, value, over. Raises Altered or TooLarge."""
    if not isinstance(raw, list) or len(raw) != 6:
        raise errors.Altered(part="changes")
    seq, at, entity, field, value, over = raw
    if type(seq) is not int or not 1 <= seq < LARGEST_SEQ:
        raise errors.Altered(part="seq")
    instant = _AT.fullmatch(at) if isinstance(at, str) else None
    if instant is None:
        raise errors.Altered(part="at")
    if not all(isinstance(name, str) and 1 <= len(name) <= LONGEST_NAME for name in (entity, field)):
        raise errors.Altered(part="changes")
    if not isinstance(over, list) or not all(isinstance(id, str) and ID.fullmatch(id) for id in over):
        raise errors.Altered(part="over")
    _check_value(value)
    register, text, names = canonical_text([entity, field])[1:-1], canonical_text(value), canonical_text(over)[1:-1]
    hour, rest, milliseconds = instant.groups()
    return str(seq), hour, rest, milliseconds, f"{register},{text},[{names}]", register, text, names, ""


def _check_value(value: Value, depth: int = 0) -> None:
    """JSON without objects, not too long and not too deep. Numbers were looked at when parsed."""
    if isinstance(value, str):
        if len(value) > LONGEST_VALUE:
            raise errors.TooLarge(limit="text")
    elif isinstance(value, list):
        if depth == DEEPEST_VALUE:
            raise errors.TooLarge(limit="depth")
        for part in value:
            _check_value(part, depth + 1)
    elif value is not None and not isinstance(value, (bool, int)):
        raise errors.Altered(part="value")
