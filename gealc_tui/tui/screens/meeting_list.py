"""The meetings that were held: their minutes, to be read, written out again, or gone on with."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.commands import meetings
from gealc_tui.domain.vocabulary import MeetingState
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import day_label
from gealc_tui.i18n.meeting_words import meeting_label, state_label
from gealc_tui.i18n.naming import author_label
from gealc_tui.plain import drawable
from gealc_tui.tui import keys
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine


class MeetingListScreen(ReplicaScreen[str | None]):
    """Ends with the id of a meeting that was reopened; None: none was."""

    ABOUT = N_("Las reuniones que hubo, también las de los demás: su acta, y sus archivos otra vez.")
    BINDINGS = keys.bindings(keys.MEETING_LIST)

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="none")
            yield OptionList(id="held")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.query_one(KeyLine).show(keys.MEETING_LIST)
        self.respell()
        self.reload()
        self.query_one("#held", OptionList).focus()

    def on_screen_resume(self) -> None:
        self.reload()

    def respell(self) -> None:
        self.query_one("#heading", Static).update(Content(t("Reuniones anteriores")))
        self.query_one("#none", Static).update(Content(t("Todavía no se cerró ninguna.")))

    def reload(self) -> None:
        held = [one for one in meetings.meetings(self.replica) if one.state in (MeetingState.OPEN, MeetingState.CLOSED)]
        options = self.query_one("#held", OptionList)
        where = options.highlighted or 0
        options.clear_options()
        for one in held:
            count = len(meetings.items(self.replica, one.id))
            told = [
                state_label(one.state),
                tn("{n} acuerdo", "{n} acuerdos", count),
                author_label(one.author),
            ]
            day = day_label(one.day) if one.day else "—"
            head = Text.assemble((f"{day}  {drawable(meeting_label(one))}", "bold"), "\n", f"    {' · '.join(told)}")
            options.add_option(Option(head, id=one.id))
        options.highlighted = min(where, len(held) - 1) if held else None
        options.display = bool(held)
        self.query_one("#none").display = not held

    @on(OptionList.OptionSelected, "#held")
    def _open(self, event: OptionList.OptionSelected) -> None:
        from gealc_tui.tui.screens.meeting_closing import ClosingScreen

        if event.option_id is not None:
            self.app.push_screen(ClosingScreen(event.option_id), self._left)

    def _left(self, activity: str | None) -> None:
        """A meeting that was reopened is gone on with."""
        ok, now = self.attempt(meetings.current, self.replica)
        if ok and now is not None:
            self.dismiss(now.id)

    def action_leave(self) -> None:
        self.dismiss(None)
