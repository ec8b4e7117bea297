"""JSON read strictly: what two readers could take for different things is refused.

No key stands twice, no number is a fraction or larger than all readers can hold, nothing is nested without end.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from gealc_tui import errors
from gealc_tui.domain.change import LARGEST_INTEGER

DEEPEST = 64
"""Lists and objects in one another, beside the tables of changes; we write four."""


def parse(text: str, word: str, constant: Callable[[str], Any] | None = None) -> object:
    """The value in `text`. A text in which `word` does not stand in quotes was never meant for us.

    `constant` makes values of NaN, Infinity and -Infinity, which are refused without it. Raises NotAChangeFile,
    CutOff, Altered or TooLarge.
    """
    try:
        return json.loads(
            text,
            parse_int=_integer,
            parse_float=_no_float,
            parse_constant=constant or _no_float,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        if f'"{word}"' not in text:
            raise errors.NotAChangeFile(reason="json", line=error.lineno) from error
        if not text.rstrip().endswith("}") or error.pos >= len(text.rstrip()):
            raise errors.CutOff(line=text.count("\n") + 1) from error
        raise errors.NotAChangeFile(reason="damaged", line=error.lineno) from error
    except RecursionError as error:
        raise errors.TooLarge(limit="depth") from error


def check_depth(value: dict[str, Any]) -> None:
    """Raises TooLarge for lists and objects nested deeper than anybody means.

    Far below what the parser and the encoder of any Python bear, which differ: what the one takes in the other must be
    able to write.
    """
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        inner = (part for whole in level for part in (whole.values() if isinstance(whole, dict) else whole))
        level = [part for part in inner if isinstance(part, (dict, list))]
        if not level:
            return
    raise errors.TooLarge(limit="depth")


def _integer(text: str) -> int:
    # The length first: to convert ten million digits takes minutes.
    if len(text) > 17 or abs(int(text)) > LARGEST_INTEGER:
        raise errors.TooLarge(limit="integer")
    return int(text)


def _no_float(text: str) -> float:
    raise errors.Altered(part="number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise errors.Altered(part="keys")
    return found
