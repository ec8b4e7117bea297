"""Receiving a change file: choose it, see what it would change, then apply it.

Looking changes nothing: the preview is the merge itself, undone. Both run in a thread with a connection of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import DirectoryTree, Input, Static

from gealc_tui import paths
from gealc_tui.commands import exchange
from gealc_tui.errors import GealcError
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.sentences import sentence
from gealc_tui.sync.outcomes import MergeReport, Outcome
from gealc_tui.tui import keys
from gealc_tui.tui.report import report_text
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine

_READABLE = {".json", ".txt"}


def _nothing_yet() -> Text:
    return Text(t("Elija un archivo: aquí se verá qué cambiaría. Mirar no cambia nada."))


class FileTree(DirectoryTree):
    """Folders, and files that may be change files. Marks are plain letters: emoji have no certain width."""

    ICON_NODE = "► "
    ICON_NODE_EXPANDED = "▼ "
    ICON_FILE = "  "

    def filter_paths(self, paths):  # type: ignore[no-untyped-def]
        return [path for path in paths if not path.name.startswith(".") and self._fits(path)]

    def _fits(self, path: Path) -> bool:
        return path.suffix.lower() in _READABLE or self._safe_is_dir(path)


class ReceiveScreen(ReplicaScreen[None]):
    """A file, its preview, yes or no."""

    ABOUT = N_(
        "Se elige el archivo o el mensaje que llegó; primero se ve qué cambiaría y por quién, y F2 lo aplica. Abrir"
        " dos veces el mismo no hace daño."
    )
    BINDINGS = keys.bindings(keys.RECEIVE)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._file: tuple[str, bytes] | None = None
        self._report: MergeReport | None = None
        self._page: Callable[[], RenderableType] = _nothing_yet

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Input(id="path")
            with Horizontal(id="choice"):
                yield FileTree(Path.home(), id="files")
                with VerticalScroll(id="preview", can_focus=True):
                    yield Static(id="report")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.query_one("#path", Input).focus()

    def respell(self) -> None:
        self.query_one("#heading", Static).update(Content(t("Recibir un archivo de cambios")))
        self.query_one("#path", Input).placeholder = t("ruta del archivo, o elíjalo abajo")
        self.query_one(KeyLine).show(keys.RECEIVE)
        self._show(self._page)

    def _show(self, page: Callable[[], RenderableType]) -> None:
        """What stands on the right, as it is spelled now and in another language later."""
        self._page = page
        self.query_one("#report", Static).update(page())

    @on(Input.Submitted, "#path")
    def _typed(self, event: Input.Submitted) -> None:
        # File managers put quotes round a path that is dragged into a terminal.
        if path := event.value.strip().strip("'\""):
            ok, expanded = self.attempt(paths.expanded, path)
            if ok and expanded is not None:
                self._look(expanded)

    @on(DirectoryTree.FileSelected)
    def _chosen(self, event: DirectoryTree.FileSelected) -> None:
        self.query_one("#path", Input).value = str(event.path)
        self._look(event.path)

    def _look(self, path: Path) -> None:
        self._file = self._report = None
        ok, data = self.attempt(exchange.read_file, path)
        if ok and data is not None:
            self._file = (path.name, data)
            self._show(lambda: Text(t("Revisando…")))
            self._merge(self._file, dry_run=True, accept=False)

    def action_apply(self) -> None:
        self._apply(accept=False)

    def action_apply_accepting(self) -> None:
        self._apply(accept=True)

    def _apply(self, *, accept: bool) -> None:
        if self._file is None or self._report is None:
            self.tell(t("Primero elija un archivo y mire qué cambiaría."))
        elif not self._report.refused:
            self._merge(self._file, dry_run=False, accept=accept)

    @work(thread=True, exclusive=True)
    def _merge(self, file: tuple[str, bytes], *, dry_run: bool, accept: bool) -> None:
        try:
            with self.replica.another() as replica:
                report = exchange.merge(replica, [file], accept=accept, dry_run=dry_run)
        except GealcError as error:
            self.app.call_from_thread(self.tell, sentence(error), failed=True)
        else:
            self.app.call_from_thread(self._merged if not dry_run else self._preview, report)

    def _preview(self, report: MergeReport) -> None:
        self._report = report
        self._show(lambda: self._preview_text(report))

    def _preview_text(self, report: MergeReport) -> Group:
        parts: list[RenderableType] = [report_text(report, self.replica.read.code_of, done=False)]
        if not report.refused:
            strangers = [one for file in report.files for one in file.logs if one.outcome is Outcome.STRANGER]
            ask = t("F2 aplica · Esc vuelve sin aplicar.")
            if strangers:
                ask = t("F3 acepta a estas personas y aplica · F2 deja lo suyo aparte · Esc vuelve.")
            parts.append(Text(f"\n{ask}", "bold"))
        return Group(*parts)

    def _merged(self, report: MergeReport) -> None:
        self._file = self._report = None
        self._show(lambda: report_text(report, self.replica.read.code_of, done=True))
        message = tn("{n} cambio aplicado", "{n} cambios aplicados", report.new)
        if report.opened:
            message += ". " + tn("Se abrió {n} diferencia", "Se abrieron {n} diferencias", len(report.opened))
        self.tell(message)

    def action_leave(self) -> None:
        self.dismiss(None)
