"""What is deleted or withdrawn: by whom, when and why. Enter brings it back."""

from __future__ import annotations

from collections import Counter

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.commands import deletion, undo
from gealc_tui.domain.readings import DeletionReading
from gealc_tui.domain.visibility import Visibility
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.dates import moment_label
from gealc_tui.i18n.deletion_words import deleted_label, visibility_label
from gealc_tui.i18n.naming import author_label
from gealc_tui.plain import drawable
from gealc_tui.tui import keys
from gealc_tui.tui.drawing import committed_line, cut
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine

_BESIDE = 8
"""Columns that frame and indent take."""


class DeletedScreen(ReplicaScreen[None]):
    """Two rows for each: what it is, and below it who took it out of sight, when and why; the newest first."""

    ABOUT = N_(
        "Lo que alguien borró o retiró, y por qué. Con Enter vuelve a estar en el plan, con todo lo que se fue con"
        " ello."
    )
    BINDINGS = keys.bindings(keys.DELETED)
    COMPONENT_CLASSES = {"deleted--quiet"}  # noqa: RUF012 (Textual reads it from the class)

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[DeletionReading, ...] = ()
        self._taken: Counter[str | None] = Counter()

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="none")
            yield OptionList(id="things")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.reload()
        self.query_one("#things").focus()

    def respell(self) -> None:
        self.query_one(KeyLine).show(keys.DELETED)
        self.query_one("#heading", Static).update(Content(t("Borrado y retirado")))
        self.query_one("#none", Static).update(Content(t("No hay nada borrado ni retirado.")))

    def reload(self) -> None:
        ok, found = self.attempt(self.replica.read.deletions)
        if ok and found is not None:
            self._taken = Counter(one.within for one in found)
            # What went with its area comes back with it.
            self._found = tuple(one for one in found if one.within is None)
            self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        self.query_one("#none").display = not self._found
        things = self.query_one("#things", OptionList)
        where = things.highlighted or 0
        things.clear_options()
        things.add_options(Option(self._lines(one)) for one in self._found)
        things.highlighted = min(where, len(self._found) - 1) if self._found else None

    def _lines(self, one: DeletionReading) -> Text:
        what = deleted_label(one)
        if taken := self._taken[one.entity]:
            what += f" ({tn('con {n} actividad', 'con {n} actividades', taken)})"
        said = [moment_label(one.at, self.replica.today), author_label(one.author)]
        said += [one.reason] if one.reason else []
        said += [visibility_label(one.visibility)] if one.visibility is not Visibility.HIDDEN else []
        width = self.size.width - _BESIDE
        quiet = self.get_component_rich_style("deleted--quiet", partial=True)
        return Text.assemble(
            cut(what, width), "\n", (cut(f"  {' · '.join(drawable(word) for word in said)}", width), quiet)
        )

    @on(OptionList.OptionSelected)
    def _bring_back(self, event: OptionList.OptionSelected) -> None:
        ok, committed = self.attempt(deletion.bring_back, self.replica, self._found[event.option_index].entity)
        self.reload()
        if ok and committed is not None:
            line = committed_line(committed, self.replica.read.title_of)
            self.tell(t("{what} · u deshace", what=line))

    def action_undo(self) -> None:
        ok, committed = self.attempt(undo.undo, self.replica)
        self.reload()
        if ok and committed is not None:
            self.tell(committed_line(committed, self.replica.read.title_of))

    def action_leave(self) -> None:
        self.dismiss(None)
