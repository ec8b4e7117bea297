"""What things are called in the language in force: a translation with its mark, else the official text.

Only what is shown is told so: what is written on, carried over, or printed in minutes and reports is the official text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar, cast

from gealc_tui.domain.readings import ActivityRow, AreaHead
from gealc_tui.domain.translations import OFFICIAL
from gealc_tui.i18n import language

if TYPE_CHECKING:
    from gealc_tui.store.queries import Queries


def mark() -> str:
    """What stands before a text that is a translation into the language in force: `[en] `."""
    return f"[{language()}] "


Shown = TypeVar("Shown", bound="ActivityRow | AreaHead")


def told(read: Queries, entities: Iterable[str]) -> Mapping[tuple[str, str], str]:
    """What some entities are called in the language in force, with its mark, by entity and field."""
    if language() == OFFICIAL:
        return {}
    return {place: f"{mark()}{text}" for place, text in read.translations(language(), entities).items()}


def titled(read: Queries, rows: Iterable[Shown]) -> tuple[Shown, ...]:
    """Activities or areas with their titles as they are shown."""
    found = tuple(rows)
    names = told(read, map(_entity, found))
    if not names:
        return found
    return tuple(cast("Shown", row._replace(title=names.get((_entity(row), "title"), row.title))) for row in found)


def _entity(row: ActivityRow | AreaHead) -> str:
    return f"{'activity' if isinstance(row, ActivityRow) else 'area'}/{row.id}"
