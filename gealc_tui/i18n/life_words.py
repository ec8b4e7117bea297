"""What a plan says otherwise, in words, and why: the same on every surface and in reports."""

from __future__ import annotations

from collections.abc import Sequence

from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.plan_changes import ChangeKind, PlanDifference
from gealc_tui.domain.series import Occurrence, next_due
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import day_label, field_label, value_label
from gealc_tui.i18n.life_labels import change_kind_label, explained_label
from gealc_tui.i18n.naming import author_label

_MOST_MARKS = 24


def difference_phrase(one: PlanDifference, area: str | None = None) -> str:
    """What is otherwise, on one line: `Título: antes → ahora`, `agregado: …`; `area` is the one it moved to."""
    if one.field is None:
        words = one.after if one.kind is ChangeKind.ADDED else one.before
        return f"{change_kind_label(one.kind)}: {said(one.entity, 'title', words)}"
    if one.field in ("area", "activity"):
        return t("pasó a {area}", area=area) if area else t("pasó a otra área")
    label = field_label(kind_of(one.entity), one.field)
    return f"{label}: {said(one.entity, one.field, one.before)} → {said(one.entity, one.field, one.after)}"


def occurrence_marks(found: Sequence[Occurrence]) -> str:
    """`●●○○○○ 2 de 6 · la próxima: 01/05/2019`."""
    done = sum(one.held is not None for one in found)
    marks = "".join("●" if one.held is not None else "○" for one in found) if len(found) <= _MOST_MARKS else ""
    told = f"{marks} {t('{n} de {total}', n=done, total=len(found))}".strip()
    due = next_due(tuple(found))
    return told if due is None else f"{told} · {t('la próxima: {day}', day=day_label(due))}"


def said(entity: str, field: str, value: Value) -> str:
    """A value of a field, on one line."""
    return " ".join(value_label(kind_of(entity), field, value).split())


def why_phrase(one: PlanDifference) -> str:
    """Who did it, and why: `Ana (Uruguay): «motivo»`, or that nobody said why."""
    who = author_label(one.author) if one.author is not None else ""
    why = t("«{reason}»", reason=one.reason) if one.reason else explained_label(one.explained)
    return " · ".join(part for part in (who, why) if part)
