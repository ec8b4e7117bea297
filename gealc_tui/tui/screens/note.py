"""Writing a note: several lines, written through key by key, official or internal.

If somebody else writes the same note meanwhile, a line says so; nothing that is being typed moves, and nobody saves
over words that were not on their screen.
"""

from __future__ import annotations

from contextlib import suppress

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from gealc_tui.commands import notes
from gealc_tui.domain.readings import NoteReading
from gealc_tui.errors import DatabaseError
from gealc_tui.i18n import N_, t
from gealc_tui.plain import drawable
from gealc_tui.replica import Committed
from gealc_tui.tui import editor, keys
from gealc_tui.tui.excerpts import excerpt
from gealc_tui.tui.meanwhile import Meanwhile, after_saving
from gealc_tui.tui.screens import plan
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine

EDITOR_SECONDS = 0.5
"""How often the file of an editor that may still be open is looked at."""


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
        self._meanwhile: Meanwhile | None = None
        self._seen = 0
        self._waited_for: editor.WaitedFor | None = None

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
            yield Static(Content(excerpt(drawable(self._heading))), id="heading")
            yield TextArea(self.replica.draft(self._entity) or self._text, id="text", soft_wrap=True)
            yield Static(id="meanwhile")
            yield Static(id="kind")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()
        # An editor may have outlived the window, or the note may have been left for a while.
        self._waited_for = editor.WaitedFor.again(self.replica.setting(self._editing) or "")
        self.set_interval(EDITOR_SECONDS, self._look_at_editor)
        self.call_after_refresh(self._look_at_editor)

    def respell(self) -> None:
        self.query_one(KeyLine).show(keys.NOTE)
        self._show_kind()
        if self._note is not None:
            self._meanwhile = Meanwhile(self.replica, self._entity, ("text", "deleted"))
            self._seen = self.replica.data_version()
            self.set_interval(plan.POLL_SECONDS, self._look_outside)

    def _look_outside(self) -> None:
        version = self.replica.data_version()
        if version != self._seen:
            self._seen = version
            self._point_out()

    def _point_out(self) -> bool:
        """Shows what came to this note meanwhile; whether anything did."""
        came = self._meanwhile.look() if self._meanwhile is not None else ""
        if came:
            line = self.query_one("#meanwhile", Static)
            line.update(Content(f"{came}\n{after_saving()}"))
            line.display = True
        return bool(came)

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

    def action_editor(self) -> None:
        """Gives the terminal to the person's editor; what comes back is a draft like what is typed here."""
        area = self.query_one(TextArea)
        if not self.attempt(editor.command)[0]:
            return
        try:
            with self.app.suspend():
                ok, came = self.attempt(editor.edited, area.text)
        except SuspendNotSupported:
            self.tell(t("Aquí no se puede abrir otro editor."), failed=True)
            return
        if ok and came is not None:
            if came.text != area.text:
                # By an edit, so that it can be undone.
                area.replace(came.text, area.document.start, area.document.end)
                area.move_cursor(area.document.end)
            if came.file is not None:
                self._wait_for(editor.WaitedFor.from_now(came.file, came.text))
                said = t(
                    "El editor terminó enseguida. Si sigue abierto en otra ventana, guarde allí: el texto viene aquí."
                    " Está en {path}",
                    path=came.file,
                )
                # Long enough to be noted down.
                self.notify(said, timeout=30, markup=False)
            if came.failed:
                self.tell(t("El editor terminó con un error; lo que guardó está aquí."), failed=True)

    @property
    def _editing(self) -> str:
        """The setting that remembers the file of an editor that may still be open."""
        return f"editor:{self._entity}"

    def _wait_for(self, waited_for: editor.WaitedFor | None) -> None:
        self._waited_for = waited_for
        # It is not worth a message when the disk refuses it: the person was told where the file is.
        with suppress(DatabaseError, OSError):
            self.replica.set_setting(self._editing, waited_for.remembered() if waited_for is not None else "")

    def _look_at_editor(self) -> None:
        """Takes in what was saved in an editor that has a window of its own."""
        before = self._waited_for
        after = before.new_one() if before is not None else None
        if before is None or after is None:
            return
        area = self.query_one(TextArea)
        whole = before.put_into(area.text, after)
        if whole != area.text:
            area.replace(whole, area.document.start, area.document.end)
            area.move_cursor(area.document.end)
            self.tell(t("Llegó lo que se guardó en el editor."))
        self._wait_for(after)

    def action_save(self) -> None:
        if self._point_out():
            self.tell(t("Alguien más escribió esta nota: mire qué, y F2 guarda."))
            return
        text = self.query_one(TextArea).text
        if self._note is None:
            ok, committed = self.attempt(notes.add_note, self.replica, self._entity, text, official=self._official)
        else:
            ok, committed = self.attempt(notes.edit_note, self.replica, self._note, text, official=self._official)
        if ok:
            self.attempt(self.replica.keep_draft, self._entity, "")
            if self._waited_for is not None:
                self._wait_for(None)
            self.dismiss(committed)

    def action_leave(self) -> None:
        self.dismiss(None)
