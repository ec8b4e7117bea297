"""A matrix that went out: which field each of its cells shows, what it said, and over which change that stood.

It travels inside the file (docs/format.md), signed by whoever made it, so that what comes back is written over what
its reader had seen and nothing else. What stands in a file may be anything: `read` takes what has this shape.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from gealc_tui.domain.change import LARGEST_INTEGER, Value, canonical, text_hash

FORMAT = "gealc-matrix"
VERSION = 1

LONGEST_PIECE = 30_000
"""Characters of a line that stand in one cell; Excel takes a few more."""


class SentCell(NamedTuple):
    """A register that a cell shows: its canonical value, and the id of the change that is shown (None: nobody's)."""

    column: str
    entity: str
    field: str
    value: Value
    head: str | None


class SentRow(NamedTuple):
    """What a row is about, and the registers of its cells; of a cell with several, in the order of its parts."""

    entity: str
    cells: tuple[SentCell, ...]


class SentMatrix(NamedTuple):
    """A matrix as it left. `titles`: the name of each column, and what was printed above it."""

    plan: str
    sender: str
    key: str
    export: str
    titles: tuple[tuple[str, str], ...]
    rows: tuple[SentRow, ...]

    @property
    def digest(self) -> str:
        """What its sender signs."""
        return text_hash(canonical([FORMAT, VERSION, *self]))


def lines(sent: SentMatrix, signature: str) -> list[list[str]]:
    """The rows of the hidden sheet: a header, then one for each row; what is long goes on in the next cell."""
    header = {
        "format": FORMAT,
        "version": VERSION,
        "plan": sent.plan,
        "from": sent.sender,
        "key": sent.key,
        "export": sent.export,
        "columns": sent.titles,
        "rows": len(sent.rows),
        "signature": signature,
    }
    return [_pieces(header), *map(_pieces, sent.rows)]


def _pieces(value: object) -> list[str]:
    # Office programs read `_x0041_` in a text as an escape.
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("_", "\\u005f")
    return [text[start : start + LONGEST_PIECE] for start in range(0, len(text), LONGEST_PIECE)]


def is_ours(first: str) -> bool:
    """Whether a sheet that begins so says to be one of ours."""
    return first.startswith('{"format":"' + FORMAT + '"')


def read(rows: Iterable[Sequence[str]]) -> tuple[SentMatrix, str] | None:
    """A matrix and its signature from the rows of a hidden sheet; None if it has not this shape. Proves nothing."""
    try:
        header, *said = (json.loads("".join(row), parse_float=_no_float) for row in rows if any(row))
        if header["format"] != FORMAT or header["version"] != VERSION or header["rows"] != len(said):
            return None
        titles = tuple((_text(name), _text(title)) for name, title in header["columns"])
        plan, sender, key, export, signature = (
            _text(header[name]) for name in ("plan", "from", "key", "export", "signature")
        )
        found = tuple(SentRow(_text(entity), tuple(map(_cell, cells))) for entity, cells in said)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return SentMatrix(plan, sender, key, export, titles, found), signature


def _cell(said: Any) -> SentCell:
    column, entity, field, value, head = said
    return SentCell(_text(column), _text(entity), _text(field), _value(value), None if head is None else _text(head))


def _value(value: Any) -> Value:
    if isinstance(value, dict) or (isinstance(value, int) and abs(value) > LARGEST_INTEGER):
        raise ValueError(value)
    if isinstance(value, list):
        return [_value(one) for one in value]
    return _text(value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    value.encode()  # half a pair has no canonical form
    return value


def _no_float(text: str) -> float:
    raise ValueError(text)
