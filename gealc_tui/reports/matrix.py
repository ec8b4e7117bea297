"""The matrix of a plan: its columns, what each cell shows, and which registers that is.

One place says how values become a cell, so that what comes back unaltered is known for it (`commands.matrices`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gealc_tui.domain.change import Value as Stored
from gealc_tui.domain.matrix import SentCell, SentRow
from gealc_tui.domain.readings import ActivityReading
from gealc_tui.domain.vocabulary import Period, Status
from gealc_tui.i18n import N_, t
from gealc_tui.i18n.labels import lead_name, period_label, status_label
from gealc_tui.plain import drawable
from gealc_tui.reports.due import day_of
from gealc_tui.reports.report import Column, Kind, Value

if TYPE_CHECKING:
    from gealc_tui.replica import Replica

NAMES = (
    *("code", "title", "products", "period", "status", "progress"),
    *("leads", "due", "place", "participants", "resources", "evidence"),
)
"""The columns, in their order."""


TITLES = (
    *(N_("Código"), N_("Actividad"), N_("Producto"), N_("Período"), N_("Estado"), N_("Avance")),
    *(N_("Responsable"), N_("Plazo"), N_("Lugar"), N_("Participantes"), N_("Recursos"), N_("Medio de verificación")),
)
"""What stands above each."""

_WIDTHS = (9, 44, 34, 18, 13, 9, 20, 12, 18, 26, 22, 30)

REGISTERS = frozenset(
    {(name, "activity", name) for name in NAMES}
    | {("leads", "activity", "lead"), ("leads", "activity", "co_leads")}
    | {("products", "product", "text"), ("evidence", "product", "evidence")}
) - {(name, "activity", name) for name in ("leads", "products", "evidence")}
"""Column, kind and field of all that a cell may show."""


def columns() -> tuple[Column, ...]:
    """The columns under their titles, in the language in force."""
    choices = {"period": tuple(map(period_label, Period)), "status": tuple(map(status_label, Status))}
    kinds = {"progress": Kind.PERCENT, "due": Kind.DAY}
    return tuple(
        Column(t(title), width, kinds.get(name, Kind.TEXT), choices.get(name, ()))
        for name, title, width in zip(NAMES, TITLES, _WIDTHS, strict=True)
    )


def row(one: ActivityReading) -> tuple[Value, ...]:
    """What the cells of an activity show."""
    return tuple(shown(name, [value for _, _, value in _parts(one, name)]) for name in NAMES)


def shown(name: str, values: Sequence[Stored]) -> Value:
    """What a cell of a column shows of the values of its registers."""
    if name in ("products", "evidence"):
        return "\n".join(drawable(_text(value)) for value in values)
    if name == "leads":
        lead, others = values
        codes = [lead, *(others if isinstance(others, (list, tuple)) else ())]
        return ", ".join(lead_name(_text(code)) for code in codes if code)
    (value,) = values
    match name:
        case "period":
            return period_label(Period(_text(value)))
        case "status":
            return status_label(Status(_text(value)))
        case "progress":
            return value if isinstance(value, int) else None
        case "due":
            return day_of(value if isinstance(value, str) else None)
        case "code":
            return _text(value)
    return drawable(_text(value))


def _text(value: Stored) -> str:
    return value if isinstance(value, str) else ""


def _parts(one: ActivityReading, name: str) -> list[tuple[str, str, Stored]]:
    """The registers of a cell: entity, field, and what the plan shows there."""
    own = f"activity/{one.row.id}"
    if name == "leads":
        return [(own, "lead", one.row.lead), (own, "co_leads", list(one.co_leads) or None)]
    if name == "products":
        return [(f"product/{product.id}", "text", product.text) for product in one.products]
    if name == "evidence":
        # Lines are told apart by their order; so an empty one belongs to somebody only where there is but one product.
        told = [product for product in one.products if product.evidence or len(one.products) == 1]
        return [(f"product/{product.id}", "evidence", product.evidence) for product in told]
    holder = one if name in ("place", "participants", "resources") else one.row
    value: Stored = getattr(holder, name)
    return [(own, name, str(value) if isinstance(value, str) else value)]


def sent_rows(replica: Replica, readings: Sequence[ActivityReading]) -> Iterator[SentRow]:
    """For each activity the registers that its cells show, and the changes that stand there."""
    entities = [f"activity/{one.row.id}" for one in readings]
    entities += [f"product/{product.id}" for one in readings for product in one.products]
    heads = replica.read.shown_heads(entities)
    for one in readings:
        cells = [
            SentCell(name, entity, field, value, heads.get((entity, field), (None, None))[1])
            for name in NAMES
            for entity, field, value in _parts(one, name)
        ]
        # What a newer version wrote there the plan does not show; nobody can have seen it in the sheet.
        seen = (cell for cell in cells if cell.head is None or _stands(heads[cell.entity, cell.field][0], cell.value))
        yield SentRow(f"activity/{one.row.id}", tuple(seen))


def _stands(stored: Stored, value: Stored) -> bool:
    return stored == value or (stored in (None, "", []) and value in (None, "", []))
