"""The shared folder on the exchange screen: how it stands, and the line that asks which one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from gealc_tui.errors import GealcError
from gealc_tui.i18n import t
from gealc_tui.i18n.sentences import sentence
from gealc_tui.tui.watching import FolderWatch, Watched, watched_line

if TYPE_CHECKING:
    from gealc_tui.tui.app import GealcApp


class SharedFolder(Vertical):
    """A line of state; beneath it, when asked for, the place to type a folder."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop_asking", show=False)]

    class Looked(Message):
        """The folder was looked into."""

    class Closed(Message):
        """Nothing is asked any more."""

    def compose(self) -> ComposeResult:
        yield Static(id="standing")
        yield Input(id="folder")

    @property
    def _watch(self) -> FolderWatch:
        return cast("GealcApp", self.app).watch_over_folder

    def on_mount(self) -> None:
        self.query_one(Input).display = False
        self._watch.changed.subscribe(self, self._tell)
        self.respell()

    def respell(self) -> None:
        """Says everything anew, in the language in force."""
        self.query_one(Input).border_title = Content(
            t("Su ruta, o webdav://, sftp:// o s3://. Deje vacío para no usar carpeta (Enter guarda, Esc cancela)")
        )
        self._show(self._watch.watched)

    def _tell(self, watched: Watched) -> None:
        self._show(watched)
        if not watched.busy:
            self.post_message(self.Looked())

    def _show(self, watched: Watched) -> None:
        self.query_one("#standing", Static).update(Content(watched_line(watched)))

    def look(self) -> None:
        """Brings the folder in step; asks which one it is, if that was never said."""
        if self._watch.watched.place:
            self._watch.look_again()
        else:
            self.ask()

    def ask(self) -> None:
        """Asks for the folder."""
        line = self.query_one(Input)
        line.value = self._watch.watched.place
        line.display = True
        line.focus()

    @on(Input.Submitted, "#folder")
    def _choose(self, event: Input.Submitted) -> None:
        # File managers put quotes round a path that is dragged into a terminal.
        address = event.value.strip().strip("'\"")
        try:
            self._watch.watch(address)
        except GealcError as error:
            self.notify(sentence(error), severity="error", timeout=8, markup=False)
        else:
            self.action_stop_asking()

    def action_stop_asking(self) -> None:
        self.query_one(Input).display = False
        self.post_message(self.Closed())
