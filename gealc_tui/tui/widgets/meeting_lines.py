"""The two lines over a meeting, and the side list of its agenda and of what it changed. Assign `facts`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult, RenderResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from gealc_tui.domain.meetings import ItemReading, MeetingChange, MeetingReading
from gealc_tui.domain.readings import ActivityRow
from gealc_tui.i18n import t
from gealc_tui.tui.meeting_drawing import agenda_text, heading, ledger_text, presence

AGENDA_LINES = 9
"""How much of the agenda is in sight at once."""


class Course(NamedTuple):
    """A meeting as a whole, and how far it is."""

    meeting: MeetingReading
    place: str
    """`3 de 7`."""
    elapsed: str
    agenda: tuple[ActivityRow, ...]
    here: str
    changes: tuple[MeetingChange, ...]
    items: tuple[ItemReading, ...]
    internal: frozenset[str]
    """The entities of notes that are not for all eyes."""


class MeetingLines(Widget):
    """Which meeting, when, who is there, how far it is."""

    COMPONENT_CLASSES = {"meeting-lines--quiet", "meeting-lines--warning"}  # noqa: RUF012

    course: reactive[Course | None] = reactive(None)

    def render(self) -> RenderResult:
        if self.course is None:
            return Text()
        width = self.size.width
        right = f"{self.course.place}   {self.course.elapsed}"
        above = heading(self.course.meeting, right, width)
        return Text("\n").join([above, presence(self.course.meeting, width, self._style)])

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"meeting-lines--{name}", partial=True)


class Side(VerticalScroll):
    """The agenda around where the meeting is, and what the meeting has changed, the last first."""

    COMPONENT_CLASSES = {"side--here", "side--quiet"}  # noqa: RUF012

    course: reactive[Course | None] = reactive(None)

    def compose(self) -> ComposeResult:
        yield Static(id="agenda-title")
        yield Static(id="agenda")
        yield Static(id="ledger-title")
        yield Static(id="ledger")

    def respell(self) -> None:
        self._draw()

    def watch_course(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self.course is None or not self.size.width:
            return
        width = self.content_region.width - 1
        now = self.course
        self.query_one("#agenda-title", Static).update(Content(t("Orden del día")))
        lines = min(AGENDA_LINES, max(len(now.agenda), 1))
        self.query_one("#agenda", Static).update(agenda_text(now.agenda, now.here, width, lines, self._style))
        self.query_one("#ledger-title", Static).update(Content(t("En esta reunión")))
        told = ledger_text(now.changes, now.items, now.internal, width, self._style)
        self.query_one("#ledger", Static).update(told)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"side--{name}", partial=True)


def rows_of(rows: Mapping[str, ActivityRow], agenda: Sequence[str]) -> tuple[ActivityRow, ...]:
    """The activities of an agenda, in its order; those that are not here are left out."""
    return tuple(rows[id] for id in agenda if id in rows)
