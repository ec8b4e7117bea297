"""What a change file brings, told to people in a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gealc_tui.commands.naming import name_of
from gealc_tui.domain.change import Change, Value, is_genesis, kind_of
from gealc_tui.domain.fields import BOOKKEEPING
from gealc_tui.domain.meetings import FULFILLED
from gealc_tui.domain.order import credible
from gealc_tui.domain.readings import Author
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import country_name, field_label, value_label
from gealc_tui.i18n.meeting_words import agreed_label
from gealc_tui.i18n.naming import short_name
from gealc_tui.i18n.sentences import shorten
from gealc_tui.replica import Replica
from gealc_tui.sync.bundle import Bundle

_TOLD = {"plan", "area", "activity", "product", "note", "meeting", "item"}
"""What the plan consists of; who the people are, and what newer versions know, goes without words."""

_UNTOLD = BOOKKEEPING | {"code", "official", "withdrawn"}
"""What a summary of values leaves out beside what only holds things together."""

_AS_ONE = {"item": "text", "meeting": "state"}
"""Kinds that are told in one line, whatever of them was set, and the field that stands for it."""

_LONGEST_VALUE = 160


class Contents(NamedTuple):
    """`changes` counts those of people; `lines` tell the newest, and `more` is how many values they leave out.

    What was undone is neither counted nor told, if the file brings both it and its undo.
    """

    changes: int
    lines: tuple[str, ...]
    more: int
    internal_notes: int
    """How many there are in the file, whose words are not told here."""


class _Touched(NamedTuple):
    """A register that the file sets, and who set it last."""

    entity: str
    field: str
    by: str


def contents(replica: Replica, bundle: Bundle, longest: int) -> Contents:
    """What a file of this copy brings, the newest first, each value as this copy shows it; at most `longest` lines.

    The words of internal notes are left out: they travel in the file, but not in plain sight.
    """
    brought = {id: change for run in bundle.runs if not is_genesis(run.replica) for id, change in run.changes}
    changes = _net(replica, brought)
    touched = _touched(changes)
    lines: list[str] = []
    seen = 0
    for one in touched:
        if len(lines) == longest:
            break
        seen += 1
        if line := _line(replica, one):
            lines.append(line)
    return Contents(len(changes), tuple(lines), len(touched) - seen, _internal_notes(brought.values()))


def _internal_notes(brought: Iterable[Change]) -> int:
    """How many there are: a log without them could not be proved, so they travel, also those that were undone."""
    edits = (edit for change in brought for edit in change.edits)
    return len({edit.entity for edit in edits if edit.field == "official" and edit.value is False})


def _net(replica: Replica, changes: Mapping[str, Change]) -> list[Change]:
    """The changes of people in a file, without those that it also brings the undo of, and without that."""
    gone: set[str] = set()
    for step in replica.steps():
        if step.kind == "undo" and step.target is not None and {step.target, step.change} <= changes.keys():
            gone |= {step.target, step.change}
    return [change for id, change in changes.items() if id not in gone]


def _touched(changes: Iterable[Change]) -> list[_Touched]:
    """Each register once, by its newest edit, newest first."""
    logs: dict[str, list[Change]] = {}
    for change in changes:
        logs.setdefault(change.replica, []).append(change)
    edits = (
        (instant, change.replica, change.seq, edit)
        for log in logs.values()
        for change, instant in zip(log, credible([one.at for one in log]), strict=True)
        for edit in change.edits
        if kind_of(edit.entity) in _TOLD and edit.field not in _UNTOLD
    )
    newest: dict[tuple[str, str], _Touched] = {}
    for _, by, _, edit in sorted(edits, key=lambda one: one[:3], reverse=True):
        field = edit.field if edit.field == "deleted" else _AS_ONE.get(kind_of(edit.entity), edit.field)
        newest.setdefault((edit.entity, field), _Touched(edit.entity, field, by))
    return list(newest.values())


def _line(replica: Replica, one: _Touched) -> str:
    """`3.1.1 Taller regional · Estado: Cumplida (Eva, Perú)`; empty for what is not told."""
    kind = kind_of(one.entity)
    shown = replica.read.state_of(one.entity)
    if kind == "note" and shown.get("official") is False:
        return ""
    if one.field == "deleted":
        gone = t("borrado") if shown.get("deleted") else t("restablecido")
        what = f"{field_label(kind, 'text' if 'text' in shown else 'title')}: {gone}"
    elif shown.get("deleted"):
        return ""
    elif kind == "item":
        what = _agreed(shown)
    else:
        value = shorten(value_label(kind, one.field, shown.get(one.field)), _LONGEST_VALUE)
        what = f"{shorten(field_label(kind, one.field))}: {value}"
    by = "" if one.by == replica.id else f" ({_who(replica.read.author(one.by))})"
    return f"{name_of(replica, one.entity, titled=True)} · {what}{by}"


def _agreed(shown: Mapping[str, Value]) -> str:
    """`Compromiso: Chile, hasta el 15 de agosto de 2019: enviar el formulario`."""
    kind, text, country, due = (shown.get(field) for field in ("kind", "text", "country", "due"))
    label = value_label("item", "kind", kind) if kind else field_label("item", "text")
    if shown.get(FULFILLED):
        label = field_label("item", FULFILLED)
    said = (one if isinstance(one, str) else None for one in (country, due))
    return f"{label}: {shorten(agreed_label(str(text or ''), *said), _LONGEST_VALUE)}"


def _who(author: Author) -> str:
    said = short_name(author.replica, author.name, 40)
    return f"{said}, {shorten(country_name(author.country))}" if author.country else said
