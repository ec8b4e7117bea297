"""The timeline: when each activity is worked on and falls due, or how far the plan was month by month.

Ends with the id of the activity that was chosen, or None.
"""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.domain.readings import ActivityRow, PlanOutline
from gealc_tui.i18n import N_, language, t, tn
from gealc_tui.i18n.labels import day_label
from gealc_tui.i18n.months import NAMES
from gealc_tui.reports import charts
from gealc_tui.reports.bars_text import DUE, LATE, SPAN, bars_lines, fitted, lane_text
from gealc_tui.reports.document import Lane
from gealc_tui.reports.due import due_of
from gealc_tui.reports.pace import pace_of
from gealc_tui.tui import keys
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import ROOMY, KeyLine

MOST_LINES = 400
"""Activities that are drawn; a plan of many thousands is looked at in the tree."""

_TIGHT = 72
"""Columns below which a month has but two letters, so that a title has room."""

_MONTHS = 12
_MARGIN = 8
"""Columns of the card's edges and of what a list keeps for itself."""


class TimelineScreen(ReplicaScreen[str | None]):
    """A line an activity under the months of the plan's year; `v` shows the months one below the other instead."""

    ABOUT = N_(
        "El cronograma: desde cuándo se trabaja en cada actividad y cuándo vence, mes por mes. v muestra cuánto estaba"
        " cumplido al fin de cada mes."
    )
    BINDINGS = keys.bindings(keys.TIMELINE)

    def __init__(self) -> None:
        super().__init__()
        self._outline: PlanOutline | None = None
        self._lanes: tuple[tuple[ActivityRow, Lane], ...] = ()
        self._over_time = False

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="words")
            yield Static(id="months")
            yield OptionList(id="lanes")
            yield Static(id="pace")
            yield Static(id="of")
            yield Static(id="legend")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.query_one("#lanes").focus()
        self.reload()

    def respell(self) -> None:
        self.query_one(KeyLine).show(keys.TIMELINE)
        if self._outline is not None:
            self._draw()

    def reload(self) -> None:
        """Reads the plan again; who points at an activity goes on pointing at it."""
        ok, found = self.attempt(self.replica.read.outline, self.replica.today, self.replica.plan)
        if not ok:
            return
        self._outline = found
        if found is not None:
            rows = sorted(found.activities, key=lambda row: (str(due_of(row, found.year) or ""), row.code))
            self._lanes = tuple((row, charts.lane(self.replica.read, row, found.year)) for row in rows[:MOST_LINES])
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    # --- drawing -------------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        name, other = t("Cronograma"), t("Avance en el tiempo")
        styles = ("not bold", "bold reverse") if self._over_time else ("bold reverse", "not bold")
        heading = Content("  ").join(
            Content.styled(f" {words} ", style) for words, style in zip((name, other), styles, strict=True)
        )
        self.query_one("#heading", Static).update(heading)
        for place in ("#months", "#lanes", "#of", "#legend"):
            self.query_one(place).display = not self._over_time
        self.query_one("#pace").display = self._over_time
        if self._outline is None:
            self.query_one("#words", Static).update(Content(t("Todavía no hay ningún plan.")))
        elif self._over_time:
            self._draw_pace(self._outline)
        else:
            self._draw_lanes(self._outline)

    def _draw_pace(self, outline: PlanOutline) -> None:
        ok, points = self.attempt(pace_of, self.replica.read, outline, self.replica.today)
        if ok and points is not None:
            chart = charts.over_time(points)
            self.query_one("#words", Static).update(Content(chart.words))
            lines = bars_lines(chart, max(self.size.width - _MARGIN, 30))
            self.query_one("#pace", Static).update(Text("\n".join(lines), no_wrap=True))

    def _draw_lanes(self, outline: PlanOutline) -> None:
        today, year = self.replica.today, outline.year
        late = sum(one.is_late for _, one in self._lanes)
        count = len(outline.activities)
        said = [str(year), tn("{n} actividad", "{n} actividades", count), tn("{n} vencida", "{n} vencidas", late)]
        if count > len(self._lanes):
            said.append(t("se dibujan {n}", n=len(self._lanes)))
        said.append(t("hoy {day}", day=day_label(today.isoformat())))
        self.query_one("#words", Static).update(Content(" · ".join(said)))
        width = max(self.size.width - _MARGIN, 30)
        cell = 5 if self.size.width >= ROOMY else 4 if self.size.width >= _TIGHT else 3
        label = max(width - cell * _MONTHS - 1, 10)
        now = today.month - 1 if today.year == year else None
        names = (name[: cell - 1] for name in NAMES[language()])
        months = Text(" " * (label + 1))
        for n, name in enumerate(names):
            months.append(f"{name:<{cell}}", "reverse" if n == now else "bold")
        self.query_one("#months", Static).update(months)
        lanes = self.query_one("#lanes", OptionList)
        here = lanes.highlighted or 0
        lanes.clear_options()
        lanes.add_options(
            Option(Text(f"{fitted(one.text, label)} {lane_text(one, _MONTHS, cell, now)}", no_wrap=True), id=row.id)
            for row, one in self._lanes
        )
        lanes.highlighted = min(here, len(self._lanes) - 1) if self._lanes else None
        marks = ((SPAN, t("se trabaja")), (DUE, t("vence")), (LATE, t("vencida")), ("●", t("terminada")))
        told = "   ".join(f"{mark} {word}" for mark, word in (*marks, ("|", t("hoy"))))
        self.query_one("#legend", Static).update(Content(told))

    # --- moving about ----------------------------------------------------------------------------------------------

    def action_next_view(self) -> None:
        self._over_time = not self._over_time
        self._draw()
        if not self._over_time:
            self.query_one("#lanes").focus()

    @on(OptionList.OptionHighlighted, "#lanes")
    def _tell_whole(self, event: OptionList.OptionHighlighted) -> None:
        row, one = self._lanes[event.option_index]
        due = due_of(row, self._outline.year) if self._outline is not None else None
        said = (one.text, one.state, day_label(due.isoformat()) if due is not None else "")
        self.query_one("#of", Static).update(Content(" · ".join(part for part in said if part)))

    @on(OptionList.OptionSelected, "#lanes")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_leave(self) -> None:
        self.dismiss(None)
