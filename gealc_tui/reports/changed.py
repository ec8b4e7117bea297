"""What a plan says otherwise, as reports: compared with its baseline or another moment, and what changed since one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from gealc_tui.domain.change import Value as Stored
from gealc_tui.domain.change import kind_of, same
from gealc_tui.domain.fields import told
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.plan_changes import PlanDifference
from gealc_tui.domain.readings import Author, ChangeReading, PlanOutline
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import area_title, day_label, field_label, value_label
from gealc_tui.i18n.life_words import difference_phrase, why_phrase
from gealc_tui.i18n.naming import author_label
from gealc_tui.plain import drawable
from gealc_tui.reports.document import Block, Heading, Paragraph, Table
from gealc_tui.reports.report import Column, Kind, Sheet, Value

if TYPE_CHECKING:
    from gealc_tui.store.queries import Queries

_WIDTHS = (14, 46, 40)


class NetChange:
    """What one field was before a stretch of the log, and is behind it, and who wrote that last."""

    def __init__(self, entity: str, field: str, before: Stored) -> None:
        self.entity = entity
        self.field = field
        self.before = before
        self.after: Stored = before
        self.author: Author | None = None
        self.at = 0


def net(changes: Iterable[ChangeReading]) -> list[NetChange]:
    """What changes made of each field of activities, areas and products, and which notes they added.

    What was changed and changed back is not told.
    """
    found: dict[tuple[str, str], NetChange] = {}
    for change in changes:
        for edit in told(change.edits):
            if kind_of(edit.entity) not in ("activity", "area", "product", "note"):
                continue
            one = found.setdefault((edit.entity, edit.field), NetChange(edit.entity, edit.field, edit.before))
            one.after, one.author, one.at = edit.after, change.author, change.at
    return [one for one in found.values() if not same(one.before, one.after)]


# --- since a moment ----------------------------------------------------------------------------------------------


def changes(read: Queries, outline: PlanOutline, since: str, found: Sequence[NetChange]) -> tuple[list[Block], Sheet]:
    """What changed since a moment (`since` says which), area by area."""
    blocks: list[Block] = [Paragraph(since)]
    blocks.append(
        Paragraph(
            tn("{n} dato cambió.", "{n} datos cambiaron.", len(found)) if found else t("Nada cambió desde entonces.")
        )
    )
    rows: list[tuple[Value, ...]] = []
    for code, title, area, many in _by_activity(read, outline, found):
        if area is not None:
            blocks.append(Heading(drawable(area)))
        lines = tuple((_what(one), _who(one)) for one in many)
        blocks.append(Heading(drawable(f"{code} {title}".strip()), 2))
        blocks.append(Table((t("Qué cambió"), t("Quién y cuándo")), lines, (62, 38)))
        rows += [(code, drawable(title), *_cells(one)) for one in many]
    columns = (
        Column(t("Código"), 9),
        Column(t("Actividad"), 44),
        Column(t("Campo"), 22),
        Column(t("Antes"), 30),
        Column(t("Ahora"), 30),
        Column(t("Quién"), 24),
        Column(t("Cuándo"), 12, Kind.DAY),
    )
    return blocks, Sheet(t("Cambios"), columns, tuple(rows))


def _by_activity(
    read: Queries, outline: PlanOutline, found: Sequence[NetChange]
) -> Iterator[tuple[str, str, str | None, list[NetChange]]]:
    """In the order of the plan: code and title of an activity or area, with the area's heading before its first."""
    of = read.activities_of(one.entity for one in found)
    by_owner: dict[str, list[NetChange]] = {}
    for one in found:
        activity = of.get(one.entity)
        owner = f"activity/{activity}" if activity else one.entity
        by_owner.setdefault(owner, []).append(one)
    for area in outline.areas:
        heading: str | None = f"{area.code}  {area_title(area.title, area.mark)}".strip()
        if many := by_owner.pop(f"area/{area.id}", None):
            yield "", t("El área"), heading, many
            heading = None
        for row in area.activities:
            if many := by_owner.pop(f"activity/{row.id}", None):
                yield row.code, row.title, heading, many
                heading = None
    for owner, many in by_owner.items():
        # Withdrawn since, or of another plan: only what was of this one is told.
        if read.plan_of(owner) == outline.id:
            name = read.entity_name(owner)
            yield name.code, name.title, t("Retirado"), many


def _what(one: NetChange) -> str:
    label = field_label(kind_of(one.entity), one.field)
    if one.field == "deleted":
        return label
    after = drawable(value_label(kind_of(one.entity), one.field, one.after))
    if one.before is None:
        return f"{label}: {after}"
    return f"{label}: {drawable(value_label(kind_of(one.entity), one.field, one.before))} → {after}"


def _who(one: NetChange) -> str:
    who = drawable(author_label(one.author)) if one.author is not None else ""
    return f"{who}\n{day_label(local_day(one.at).isoformat())}"


def _cells(one: NetChange) -> tuple[Value, ...]:
    kind = kind_of(one.entity)
    before = drawable(value_label(kind, one.field, one.before)) if one.before is not None else ""
    after = drawable(value_label(kind, one.field, one.after))
    who = drawable(author_label(one.author)) if one.author is not None else ""
    return field_label(kind, one.field), before, after, who, _day(one.at)


def _day(at: int) -> date:
    return local_day(at)


# --- compared ----------------------------------------------------------------------------------------------------


def comparison(outline: PlanOutline, compared_with: str, found: Sequence[PlanDifference]) -> tuple[list[Block], Sheet]:
    """How a plan differs from what it was compared with (`compared_with` says what), area by area."""
    blocks: list[Block] = [Paragraph(compared_with)]
    blocks.append(Paragraph(tn("{n} diferencia.", "{n} diferencias.", len(found)) if found else t("No hay cambios.")))
    names = {area.id: f"{area.code}  {area_title(area.title, area.mark)}".strip() for area in outline.areas}
    for area in dict.fromkeys(one.area for one in found):
        here = [one for one in found if one.area == area]
        blocks.append(Heading(drawable(names.get(area, t("Retirado")))))
        rows = tuple((one.code, _difference(one, names), drawable(why_phrase(one))) for one in here)
        blocks.append(Table((t("Código"), t("Qué cambió"), t("Quién y por qué")), rows, _WIDTHS))
    columns = (
        Column(t("Código"), 9),
        Column(t("Qué cambió"), 60),
        Column(t("Quién y por qué"), 44),
        Column(t("Cuándo"), 12, Kind.DAY),
    )
    sheet_rows = tuple(
        (
            one.code,
            _difference(one, names),
            drawable(why_phrase(one)),
            _day(one.at) if one.at is not None else None,
        )
        for one in found
    )
    return blocks, Sheet(t("Comparación"), columns, sheet_rows)


def _difference(one: PlanDifference, areas: Mapping[str, str]) -> str:
    return drawable(difference_phrase(one, areas.get(str(one.after))))
