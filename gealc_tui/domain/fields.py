"""The fields that people read and write, described once: what kind of value each holds, and where it is offered.

From this are made: what `gealc set` and the card accept, what the card shows and in which order, what can be set for
many activities at once, what the history can be asked for, and how a value is put into words. A new field is one line
here, beside its model (`domain.entities`), its table (`store.migrations`) and its label (`i18n.labels`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from gealc_tui.domain.change import kind_of
from gealc_tui.domain.translations import original_of


class FieldType(StrEnum):
    """What a field holds, and so how it is typed, checked and told."""

    LINE = "line"
    """A text of one line."""
    TEXT = "text"
    CODE = "code"
    """A printed code such as `3.6.1`; it may stand twice."""
    STATUS = "status"
    PERIOD = "period"
    LEAD = "lead"
    """The code of a country, or of a body such as the OAS."""
    LEADS = "leads"
    """Several of them."""
    DUE = "due"
    """A day that is to come: typed without a year it is the next one of that name."""
    HAPPENED = "happened"
    """A day that was: typed without a year it is the last one of that name."""
    PERCENT = "percent"
    COUNT = "count"
    FLAG = "flag"


class Field(NamedTuple):
    """A field of a kind of entity."""

    name: str
    type: FieldType
    is_required: bool = False
    """It must say something: it cannot be emptied."""
    in_bulk: bool = False
    """It can be set for many activities at once."""
    in_history: bool = True
    """The history can be asked for it."""


FIELDS: Mapping[str, tuple[Field, ...]] = {
    "plan": (
        Field("title", FieldType.LINE, is_required=True, in_history=False),
        Field("body", FieldType.LINE, in_history=False),
    ),
    "area": (
        Field("objective", FieldType.TEXT),
        Field("title", FieldType.LINE, is_required=True),
        Field("code", FieldType.CODE, is_required=True, in_history=False),
        Field("origin", FieldType.LINE, in_history=False),
    ),
    "activity": (
        Field("status", FieldType.STATUS, is_required=True),
        Field("period", FieldType.PERIOD, is_required=True),
        Field("lead", FieldType.LEAD, in_bulk=True),
        Field("co_leads", FieldType.LEADS, in_bulk=True),
        Field("due", FieldType.DUE, in_bulk=True),
        Field("progress", FieldType.PERCENT, in_bulk=True),
        Field("participants", FieldType.LINE),
        Field("place", FieldType.LINE, in_bulk=True),
        Field("resources", FieldType.LINE),
        Field("funder", FieldType.LINE, in_bulk=True),
        Field("units_planned", FieldType.COUNT),
        Field("units_done", FieldType.COUNT),
        Field("title", FieldType.LINE, is_required=True),
        Field("code", FieldType.CODE, is_required=True, in_history=False),
    ),
    "product": (
        Field("text", FieldType.LINE, is_required=True, in_history=False),
        Field("delivered", FieldType.HAPPENED),
        Field("evidence", FieldType.LINE),
        Field("units", FieldType.COUNT),
    ),
    "note": (
        Field("text", FieldType.TEXT, is_required=True, in_history=False),
        Field("official", FieldType.FLAG, is_required=True, in_history=False),
    ),
}
"""The fields of each kind, in the order of its card."""

MADE_BY: Mapping[str, str] = {
    "note": "about",
    "item": "meeting",
    "meeting": "body",
    "plan": "year",
    "area": "plan",
    "activity": "area",
    "product": "activity",
    "amendment": "plan",
    "proposal": "plan",
}
"""Kinds that people create, and the field that their creation sets, before which there was nothing."""

BOOKKEEPING = frozenset(
    {"about", "activity", "area", "plan", "position", "order", "origin", "meeting", "agenda", "deleted_seen", "edits"}
)
"""Fields that only hold things together: people are told by where a line stands, or that something was moved."""

UNDISPUTED = frozenset({"order"})
"""Fields of which people are shown no difference: one of several values counts, and it does not matter which."""

MOVES = ("area", "order")
"""Those by which something is moved that stood elsewhere; the first one says more."""

_AT_FIRST = frozenset({"code", "official"})
"""Fields that go without saying when a thing is made."""

Edit = TypeVar("Edit", bound="tuple[Any, ...]")


def told(edits: Sequence[Edit]) -> list[Edit]:
    """Those edits of a change (entity, field, value before, value after …) of which people are told."""
    made = {one[0] for one in edits if one[1] == MADE_BY.get(kind_of(one[0])) and one[2] is None}
    moved = {one[0] for one in edits if one[1] == MOVES[0]} - made
    kept = []
    for one in edits:
        entity, field = one[0], one[1]
        if field in MOVES and entity not in made and kind_of(entity) != "meeting":
            if field == MOVES[0] or entity not in moved:
                kept.append(one)
        elif field not in BOOKKEEPING and not (field in _AT_FIRST and (entity in made or one[2] is None)):
            kept.append(one)
    return kept


def field_of(kind: str, name: str) -> Field | None:
    """The description of a field; None for one that people do not set as such. A translation is as its original."""
    original = original_of(kind, name)
    found = next((one for one in FIELDS.get(kind, ()) if one.name == original), None)
    return found if found is None or original == name else Field(name, found.type, in_history=False)
