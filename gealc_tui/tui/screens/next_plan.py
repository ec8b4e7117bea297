"""The next year's plan before it is made: what it takes from the plan that was pointed out, area by area."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from gealc_tui.commands import next_plan
from gealc_tui.commands.next_plan import NewPlan
from gealc_tui.domain.plans import PlanFacts
from gealc_tui.i18n import N_, t, tn
from gealc_tui.plain import drawable
from gealc_tui.reports.outlook import Outlook, outlook
from gealc_tui.tui import keys
from gealc_tui.tui.drawing import cut
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine

_WIDTH = 68


class NextPlanScreen(ReplicaScreen[str | None]):
    """Ends with the id of the plan that was made; None: none was."""

    ABOUT = N_(
        "El plan nuevo toma las áreas con sus objetivos y las actividades que no se cumplieron ni se cancelaron. Es un"
        " borrador, y el plan de donde sale queda como está."
    )
    BINDINGS = keys.bindings(keys.NEXT_PLAN)

    def __init__(self, source: PlanFacts) -> None:
        super().__init__()
        self._source = source
        self._recurring = False

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Input(str(self._source.year + 1), id="year")
            yield VerticalScroll(Static(id="outlook"), id="preview")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.reload()
        self.query_one("#preview").focus()

    def respell(self) -> None:
        title = drawable(self._source.title)
        self.query_one("#heading", Static).update(Content(t("Un plan nuevo, de lo que dejó «{title}»", title=title)))
        self.query_one("#year", Input).border_title = Content(t("Año"))
        self.query_one(KeyLine).show(keys.NEXT_PLAN)

    def reload(self) -> None:
        ok, found = self.attempt(
            outlook, self.replica.read, self._source.id, self.replica.today, recurring=self._recurring
        )
        if ok and found is not None:
            self.query_one("#outlook", Static).update(_outlook_text(found))

    def action_recurring(self) -> None:
        self._recurring = not self._recurring
        self.reload()

    def action_make(self) -> None:
        year = self.query_one("#year", Input).value
        ok, made = self.attempt(self._make, year)
        if ok and made is not None:
            self.dismiss(made.plan)

    def _make(self, year: str) -> NewPlan:
        return next_plan.make(self.replica, year, origin=f"plan/{self._source.id}", recurring=self._recurring)

    def action_leave(self) -> None:
        self.dismiss(None)


def _outlook_text(found: Outlook) -> Text:
    areas = tn("{n} área", "{n} áreas", len(found.areas))
    activities = tn("{n} actividad", "{n} actividades", len(found.carried))
    text = Text(t("Toma {areas} y {activities}:", areas=areas, activities=activities))
    for area in found.areas:
        text.append(f"\n{cut(f'{area.code} {area.title}', _WIDTH)}", "bold")
        for one in found.of(area.id):
            left = t(" (quedan {n})", n=one.units_left) if one.units_left else ""
            row = one.activity.row
            text.append(f"\n  {cut(f'{row.code} {row.title}', _WIDTH - 2 - len(left))}{left}")
    if found.recurring:
        text.append("\n\n" + t("Se cumplieron, y por su título se repiten; con a van también:"), "bold")
        for again in found.recurring:
            text.append(f"\n  {cut(f'{again.row.code} {again.row.title}', _WIDTH)}")
    return text
