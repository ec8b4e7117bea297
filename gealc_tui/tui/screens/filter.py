"""Choosing which activities are in sight: what is of one kind widens, kinds narrow each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.commands import finding
from gealc_tui.commands.fields import day
from gealc_tui.domain.days import Toward
from gealc_tui.domain.filters import NOTHING_ASKED, Filter, Since
from gealc_tui.domain.readings import PlanHead
from gealc_tui.domain.vocabulary import Alert, Period, Status
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.filters import alerts_label, filter_label, since_label, statuses_label
from gealc_tui.i18n.labels import area_title, field_label, lead_name, period_label
from gealc_tui.i18n.meeting_words import full_day_label
from gealc_tui.tui import keys
from gealc_tui.tui.drawing import cut
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine
from gealc_tui.tui.widgets.plan_tree import CHOSEN_MARK

WIDTH = 33
"""Cells of a column in the narrowest window."""

A_DAY = "day"
"""Stands for a day that is typed."""


class Choice(NamedTuple):
    """A line that can be chosen: a field of the filter, and the code that it adds (True: the field is a yes)."""

    field: str
    code: object
    label: str


class Heading(NamedTuple):
    label: str


Line = Heading | Choice


class Box(OptionList):
    """Space and a click tick a line; Enter is done with all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.apply", show=False)]


class FilterScreen(ReplicaScreen[Filter | None]):
    """Ends with the filter that was chosen; None: as it was."""

    BINDINGS = keys.bindings(keys.FILTER)

    def __init__(self, wanted: Filter) -> None:
        super().__init__()
        self._wanted = wanted
        self._lines: dict[str, list[Line]] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="said")
            with Horizontal(id="choices"):
                yield Box(id="state")
                yield Box(id="place")
            yield Input(id="since", select_on_focus=False)
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.query_one("#state", OptionList).focus()

    def respell(self) -> None:
        self.query_one(KeyLine).show(keys.FILTER)
        line = self.query_one("#since", Input)
        line.border_title = Content(field_label("", "since"))
        line.placeholder = t("15/08/2019")
        _, head = self.attempt(self.replica.read.head, self.replica.plan)
        self._lines = {"state": list(_state_lines()), "place": list(self._place_lines(head)) if head else []}
        self._show()

    def _place_lines(self, head: PlanHead) -> Iterator[Line]:
        yield Heading(field_label("activity", "period"))
        yield from (Choice("periods", period, period_label(period)) for period in Period)
        _, leads = self.attempt(self.replica.read.leads, head.id)
        yield Heading(field_label("activity", "lead"))
        yield Choice("no_lead", True, t("sin responsable"))
        names = sorted((lead_name(code), code) for code in {*(leads or ()), *self._wanted.leads})
        yield from (Choice("leads", code, name) for name, code in names)
        yield Heading(field_label("activity", "area"))
        yield from (
            Choice("areas", area.id, f"{area.code} {area_title(area.title, area.mark)}".strip()) for area in head.areas
        )
        _, funders = self.attempt(self.replica.read.funders, head.id)
        if funders:
            yield Heading(field_label("activity", "resources"))
            yield from (Choice("funders", funder, funder) for funder in funders)

    # --- drawing -----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        for id, lines in self._lines.items():
            box = self.query_one(f"#{id}", OptionList)
            where = box.highlighted
            box.clear_options()
            box.add_options([self._option(line) for line in lines])
            box.highlighted = where if where is not None else 1 if len(lines) > 1 else None
        _, matching = self.attempt(finding.matching, self.replica, self._wanted, self.replica.plan)
        n = matching.total if matching is not None else 0
        self.query_one("#heading", Static).update(
            Content(t("Filtrar: {count}", count=tn("{n} actividad", "{n} actividades", n)))
        )
        said = filter_label(self._wanted) or t("Todas. Lo que elija de un mismo grupo suma; los grupos se combinan.")
        self.query_one("#said", Static).update(Content(cut(said, 140)))

    def _option(self, line: Line) -> Option:
        if isinstance(line, Heading):
            return Option(Text(line.label, "bold"), disabled=True)
        mark = CHOSEN_MARK if self._is_chosen(line) else "·"
        return Option(Text(cut(f"{mark} {line.label}", WIDTH)))

    def _is_chosen(self, line: Choice) -> bool:
        held = getattr(self._wanted, line.field)
        if line.field == "since":
            return held is not None and (held == Since.MEETING) is (line.code == Since.MEETING)
        return held is True if line.code is True else line.code in held

    # --- choosing ----------------------------------------------------------------------------------------------

    def key_space(self) -> None:
        box = self.focused
        if isinstance(box, OptionList) and box.highlighted is not None:
            self._toggle(box.id or "", box.highlighted)

    def key_left(self) -> None:
        if isinstance(self.focused, OptionList):
            self.query_one("#state").focus()

    def key_right(self) -> None:
        if isinstance(self.focused, OptionList):
            self.query_one("#place").focus()

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self._toggle(event.option_list.id or "", event.option_index)

    def _toggle(self, box: str, index: int) -> None:
        line = self._lines[box][index]
        if not isinstance(line, Choice):
            return
        held = getattr(self._wanted, line.field)
        chosen = self._is_chosen(line)
        value: Any
        if line.code == A_DAY and not chosen:
            self._ask_day()
            return
        if line.field == "since":
            value = None if chosen else line.code
        elif line.code is True:
            value = not held
        else:
            value = tuple(code for code in held if code != line.code) if chosen else (*held, line.code)
        self._want(self._wanted._replace(**{line.field: value}))

    def _want(self, wanted: Filter) -> None:
        self._wanted = wanted
        self._show()

    def _ask_day(self) -> None:
        line = self.query_one("#since", Input)
        line.display = True
        line.focus()

    @on(Input.Submitted, "#since")
    def _set_day(self, event: Input.Submitted) -> None:
        ok, since = self.attempt(day, event.value, "since", self.replica.today, Toward.BEHIND)
        if ok and since is not None:
            self._close_day()
            self.tell(t("Entendido: {day}", day=full_day_label(since)))
            self._want(self._wanted._replace(since=since))

    def _close_day(self) -> None:
        self.query_one("#since", Input).display = False
        self.query_one("#state", OptionList).focus()

    def action_clear(self) -> None:
        self._want(NOTHING_ASKED)

    def action_apply(self) -> None:
        self.dismiss(self._wanted)

    def action_leave(self) -> None:
        if self.query_one("#since", Input).display:
            self._close_day()
        else:
            self.dismiss(None)


def _state_lines() -> Sequence[Line]:
    return (
        Heading(field_label("activity", "status")),
        *(Choice("statuses", status, statuses_label(status)) for status in Status),
        Heading(t("Avisos")),
        *(Choice("alerts", alert, alerts_label(alert)) for alert in Alert),
        Choice("differing", True, t("con diferencias")),
        Heading(t("Cambios")),
        Choice("since", Since.MEETING, since_label(Since.MEETING)),
        Choice("since", A_DAY, t("cambiadas desde una fecha…")),
    )
