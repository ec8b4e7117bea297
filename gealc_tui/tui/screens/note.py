"""Writing a note: several lines, written through key by key, official or internal."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from gealc_tui.commands import notes
from gealc_tui.domain.readings import NoteReading
from gealc_tui.i18n import N_, t
from gealc_tui.plain import drawable
from gealc_tui.replica import Committed
from gealc_tui.tui import keys
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine


class NoteScreen(ReplicaScreen[Committed | None]):
    """A new note, or an existing one written anew. Ends with what was committed; None: left for later."""

    ABOUT = N_(
        "Una nota sobre la actividad o el área. La oficial va a las actas y al informe; la interna, no. Lo escrito se"
        " guarda tecla por tecla."
    )
    BINDINGS = keys.bindings(keys.NOTE)

    def __init__(self, entity: str, heading: str, *, text: str, official: bool, note: str | None) -> None:
        super().__init__()
        self._entity = entity
        self._heading = heading
        self._text = text
        self._official = official
        self._note = note

    @classmethod
    def new(cls, about: str, code: str, title: str) -> NoteScreen:
        """A note on an entity."""
        return cls(about, f"{code}  {title}", text="", official=True, note=None)

    @classmethod
    def existing(cls, note: NoteReading, code: str, title: str) -> NoteScreen:
        """The text of a note, to be written anew."""
        return cls(f"note/{note.id}", f"{code}  {title}", text=note.text, official=note.official, note=note.id)

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(Content(drawable(self._heading)), id="heading")
            yield TextArea(self.replica.draft(self._entity) or self._text, id="text", soft_wrap=True)
            yield Static(id="kind")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def respell(self) -> None:
        self.query_one(KeyLine).show(keys.NOTE)
        self._show_kind()

    def _show_kind(self) -> None:
        official = t("● Nota oficial: sale en el acta y en el informe.")
        internal = t("○ Nota interna: no sale en el acta; los demás la reciben.")
        self.query_one("#kind", Static).update(Content(official if self._official else internal))

    @on(TextArea.Changed)
    def _keep(self, event: TextArea.Changed) -> None:
        text = event.text_area.text
        self.attempt(self.replica.keep_draft, self._entity, text if text != self._text else "")

    def action_toggle_official(self) -> None:
        self._official = not self._official
        self._show_kind()

    def action_save(self) -> None:
        text = self.query_one(TextArea).text
        if self._note is None:
            ok, committed = self.attempt(notes.add_note, self.replica, self._entity, text, official=self._official)
        else:
            ok, committed = self.attempt(notes.edit_note, self.replica, self._note, text, official=self._official)
        if ok:
            self.attempt(self.replica.keep_draft, self._entity, "")
            self.dismiss(committed)

    def action_leave(self) -> None:
        self.dismiss(None)
