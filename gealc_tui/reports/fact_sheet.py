"""One activity on a page: every field, its products and where they can be seen, official notes, what changed last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gealc_tui.domain.change import kind_of
from gealc_tui.domain.fields import FIELDS, told
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.readings import ActivityReading, ChangeReading
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import area_title, day_label, field_label, value_label
from gealc_tui.i18n.life_words import occurrence_marks
from gealc_tui.i18n.naming import author_label
from gealc_tui.plain import drawable
from gealc_tui.reports import proofs
from gealc_tui.reports.document import Block, Facts, Heading, Paragraph, Table

if TYPE_CHECKING:
    from gealc_tui.store.queries import Queries

_MOST_CHANGES = 10


def fact_sheet(read: Queries, one: ActivityReading, history: Sequence[ChangeReading]) -> list[Block]:
    """The page of an activity. `history`: its changes, oldest first."""
    facts = [(t("Área de trabajo"), drawable(f"{one.area_code} {area_title(one.area_title, None)}".strip()))]
    for field in FIELDS["activity"]:
        if field.name not in ("title", "code"):
            value = value_label("activity", field.name, one.value(field.name))
            facts.append((field_label("activity", field.name), drawable(value)))
    if many := read.occurrences(one.row.id):
        facts.append((t("Serie"), occurrence_marks(many)))
    blocks: list[Block] = [Facts(tuple(facts)), Heading(t("Productos"))]
    if one.products:
        rows = tuple(
            (
                drawable(product.text),
                day_label(product.delivered) if product.delivered else "—",
                proofs.short(product.evidence or "—"),
            )
            for product in one.products
        )
        blocks.append(Table((t("Producto"), t("Entregado"), t("Medio de verificación")), rows, (50, 16, 34)))
    else:
        blocks.append(Paragraph(t("No tiene productos.")))
    blocks += proofs.annex([one])
    blocks.append(Heading(t("Notas oficiales")))
    official = [note for note in one.notes if note.official]
    for note in official:
        when = day_label(local_day(note.at).isoformat())
        blocks.append(Paragraph(f"{when} · {drawable(author_label(note.author))}", quiet=True))
        blocks.append(Paragraph(drawable(note.text)))
    if not official:
        blocks.append(Paragraph(t("No hay notas oficiales.")))
    return blocks + _history(history)


def _history(history: Sequence[ChangeReading]) -> list[Block]:
    rows = []
    for change in reversed([one for one in history if not one.author.genesis]):
        lines = [
            f"{field_label(kind_of(edit.entity), edit.field)}: "
            f"{proofs.short(value_label(kind_of(edit.entity), edit.field, edit.after))}"
            for edit in told(change.edits)
            if kind_of(edit.entity) != "note"
        ]
        if lines:
            when = day_label(local_day(change.at).isoformat())
            rows.append((when, drawable(author_label(change.author)), "\n".join(lines)))
    if not rows:
        return []
    table = Table((t("Día"), t("Quién"), t("Qué cambió")), tuple(rows[:_MOST_CHANGES]), (18, 28, 54))
    return [Heading(t("Últimos cambios")), table]
