"""What a plan says otherwise, in words, and why: the same on every surface and in reports."""

from __future__ import annotations

from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.plan_changes import ChangeKind, PlanDifference
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import field_label, value_label
from gealc_tui.i18n.life_labels import change_kind_label, explained_label
from gealc_tui.i18n.naming import author_label


def difference_phrase(one: PlanDifference, area: str | None = None) -> str:
    """What is otherwise, on one line: `Título: antes → ahora`, `agregado: …`; `area` is the one it moved to."""
    if one.field is None:
        words = one.after if one.kind is ChangeKind.ADDED else one.before
        return f"{change_kind_label(one.kind)}: {said(one.entity, 'title', words)}"
    if one.field in ("area", "activity"):
        return t("pasó a {area}", area=area) if area else t("pasó a otra área")
    label = field_label(kind_of(one.entity), one.field)
    return f"{label}: {said(one.entity, one.field, one.before)} → {said(one.entity, one.field, one.after)}"


def said(entity: str, field: str, value: Value) -> str:
    """A value of a field, on one line."""
    return " ".join(value_label(kind_of(entity), field, value).split())


def why_phrase(one: PlanDifference) -> str:
    """Who did it, and why: `Ana (Uruguay): «motivo»`, or that nobody said why."""
    who = author_label(one.author) if one.author is not None else ""
    why = t("«{reason}»", reason=one.reason) if one.reason else explained_label(one.explained)
    return " · ".join(part for part in (who, why) if part)
