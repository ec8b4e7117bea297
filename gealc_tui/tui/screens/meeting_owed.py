"""What earlier meetings promised, at the meeting that begins from it: said to be fulfilled at a key, or not yet."""

from __future__ import annotations

from rich.console import Group
from rich.padding import Padding
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.commands import meetings
from gealc_tui.commands.meetings import Followed
from gealc_tui.domain.vocabulary import Status
from gealc_tui.i18n import N_, t
from gealc_tui.i18n.labels import MARKS, OVERDUE_MARK
from gealc_tui.i18n.meeting_words import agreed_label, same_group_sentence
from gealc_tui.plain import drawable
from gealc_tui.tui import keys
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine


class MeetingOwedScreen(ReplicaScreen[None]):
    """The commitments from which a meeting began."""

    ABOUT = N_("Lo que se acordó en reuniones anteriores y falta cumplir. Enter dice que está cumplido, o que no.")
    BINDINGS = keys.bindings(keys.MEETING_OWED)

    def __init__(self, meeting: str) -> None:
        super().__init__()
        self._meeting_id = meeting
        self._shown: dict[str, Followed] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="none")
            yield OptionList(id="owed")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.query_one(KeyLine).show(keys.MEETING_OWED)
        self.respell()
        self.reload()
        self.query_one("#owed", OptionList).focus()

    def respell(self) -> None:
        self.query_one("#heading", Static).update(Content(t("Compromisos anteriores")))
        self.query_one("#none", Static).update(Content(t("No hay compromisos por cumplir de reuniones anteriores.")))

    def reload(self) -> None:
        ok, found = self.attempt(meetings.followed_commitments, self.replica, self._meeting_id)
        if not ok or found is None:
            return
        self._shown = {one.item.id: one for one in found}
        options = self.query_one("#owed", OptionList)
        where = options.highlighted or 0
        options.clear_options()
        options.add_options(Option(_line(one), id=one.item.id) for one in found)
        options.highlighted = min(where, len(found) - 1) if found else None
        options.display = bool(found)
        self.query_one("#none").display = not found

    @on(OptionList.OptionSelected, "#owed")
    def _turn(self, event: OptionList.OptionSelected) -> None:
        one = self._shown.get(event.option_id or "")
        if one is None:
            return
        ok, _ = self.attempt(meetings.fulfil, self.replica, one.item.id, not one.is_fulfilled)
        if ok:
            self.reload()

    def action_leave(self) -> None:
        self.dismiss(None)


def _line(one: Followed) -> Group:
    """Mark, state and activity; below it, set in, who, by when, and what."""
    mark = MARKS[Status.DONE] if one.is_fulfilled else OVERDUE_MARK if one.is_late else MARKS[Status.PENDING]
    state = t("Cumplido") if one.is_fulfilled else t("Vencido") if one.is_late else t("Por cumplir")
    head = f"{mark} {state}" + (f"  {one.item.code}" if one.item.code else "")
    words = " ".join(drawable(agreed_label(one.item.text, one.item.country, one.item.due)).split())
    if one.item.guessed:
        words = f"{words}\n{same_group_sentence()}"
    return Group(Text(head, "bold"), Padding(Text(words), (0, 0, 1, 2)))
