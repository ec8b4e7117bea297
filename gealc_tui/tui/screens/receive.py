"""Receiving a change file: choose it, see what it would change, then apply it.

What came lately lies on top, ready to be chosen: the change files among the downloads, and those of the folder from
which one was received last. Everything else is in the tree below, or is typed: a folder too, which the tree then shows.

Looking changes nothing: the preview is the merge itself, undone. Both run in a thread with a connection of its own;
what takes longer than half a second says so, and Esc stops it: then nothing has changed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import DirectoryTree, Input, OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui import clipboard, paths
from gealc_tui.commands import arrivals, exchange
from gealc_tui.commands.arrivals import Arrival
from gealc_tui.errors import GealcError, Stopped
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.dates import moment_label
from gealc_tui.i18n.sentences import sentence
from gealc_tui.plain import drawable
from gealc_tui.sync.outcomes import LogOutcome, MergeReport, Outcome
from gealc_tui.tui import keys
from gealc_tui.tui.confirming import newcomers_lines
from gealc_tui.tui.report import report_text
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine

PATIENCE_SECONDS = 0.5
"""After which somebody wonders."""


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
        return path.suffix.lower() in arrivals.READABLE or self._safe_is_dir(path)


class PathLine(Input):
    """The path of a file. A text of many lines that is pasted is no path: it is handed on whole."""

    TAKES_LINES = True
    """The application makes no single line of what is pasted here."""

    @dataclass
    class TextPasted(Message):
        """Somebody pasted what may hold a change file: the block of a message, or all of it."""

        text: str

    def _on_paste(self, event: events.Paste) -> None:
        # A path is the business of Input, whose own handler comes after this one.
        if "\n" in event.text.strip():
            event.stop()
            event.prevent_default()
            self.post_message(self.TextPasted(event.text))


class ReceiveScreen(ReplicaScreen[None]):
    """A file, its preview, yes or no."""

    ABOUT = N_(
        "Se elige el archivo o el mensaje que llegó; primero se ve qué cambiaría y por quién, y F2 lo aplica. Abrir"
        " dos veces el mismo no hace daño."
    )
    BINDINGS = keys.bindings(keys.RECEIVE)

    def __init__(self) -> None:
        super().__init__()
        self._file: tuple[str, bytes] | None = None
        self._path: Path | None = None
        self._report: MergeReport | None = None
        self._under_way: _UnderWay | None = None
        self._page: Callable[[], RenderableType] = _nothing_yet
        self._arrivals: tuple[Arrival, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield PathLine(id="path")
            with Horizontal(id="choice"):
                with Vertical(id="places"):
                    yield OptionList(id="arrivals")
                    yield FileTree(Path.home(), id="files")
                with VerticalScroll(id="preview", can_focus=True):
                    yield Static(id="report")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self._take_stock()
        self.query_one("#arrivals" if self._arrivals else "#path").focus()
        self.set_interval(PATIENCE_SECONDS / 2, self._tell_progress)

    def respell(self) -> None:
        self.query_one("#heading", Static).update(Content(t("Recibir un archivo de cambios")))
        self.query_one("#path", Input).placeholder = t("ruta del archivo o de una carpeta, o elija abajo")
        self.query_one("#arrivals").border_title = Content(t("Llegaron hace poco"))
        self.query_one("#files").border_title = Content(t("Carpetas"))
        self.query_one(KeyLine).show(keys.RECEIVE)
        self._show_arrivals()
        self._show(self._page)

    # --- what came lately ----------------------------------------------------------------------------------------

    def _take_stock(self) -> None:
        """Looks at what lies where files arrive."""
        ok, places = self.attempt(arrivals.folders, self.replica)
        if ok and places:
            self._arrivals = arrivals.arrivals(self.replica, places)
        self._show_arrivals()

    def _show_arrivals(self) -> None:
        box = self.query_one("#arrivals", OptionList)
        here = box.highlighted
        box.clear_options()
        box.add_options([Option(self._arrival_text(one)) for one in self._arrivals])
        if self._arrivals:
            box.highlighted = min(here or 0, len(self._arrivals) - 1)
        box.display = bool(self._arrivals)

    def _arrival_text(self, one: Arrival) -> Text:
        told = t("ya recibido") if one.is_known else t("nuevo")
        when = moment_label(int(one.at * 1000), self.replica.today)
        return Text.assemble(drawable(one.path.name), "\n", (f"  {when} · {told}", "dim"))

    @on(OptionList.OptionSelected, "#arrivals")
    def _arrival_chosen(self, event: OptionList.OptionSelected) -> None:
        path = self._arrivals[event.option_index].path
        self.query_one("#path", Input).value = str(path)
        self._look(path)

    def on_paste(self, event: events.Paste) -> None:
        """What is dropped into the window is the file that is meant, wherever the cursor stands."""
        line = self.query_one("#path", PathLine)
        if self.focused is not line:
            event.stop()
            line.focus()
            line.value = ""
            line.post_message(event)

    def _show(self, page: Callable[[], RenderableType]) -> None:
        """What stands on the right, as it is spelled now and in another language later."""
        self._page = page
        self.query_one("#report", Static).update(page())

    @on(Input.Submitted, "#path")
    def _typed(self, event: Input.Submitted) -> None:
        if event.value.strip().strip("'\""):
            ok, path = self.attempt(paths.dropped, event.value)
            if ok and path is not None and path.is_dir():
                tree = self.query_one(FileTree)
                tree.path = path
                tree.focus()
            elif ok and path is not None:
                self._look(path)

    @on(DirectoryTree.FileSelected)
    def _chosen(self, event: DirectoryTree.FileSelected) -> None:
        self.query_one("#path", Input).value = str(event.path)
        self._look(event.path)

    @on(PathLine.TextPasted)
    def _pasted(self, event: PathLine.TextPasted) -> None:
        self._look(Path(t("texto pegado")), lambda: event.text.encode("utf-8", "surrogatepass"))

    def action_clipboard(self) -> None:
        self._look(Path(t("portapapeles")), clipboard.pasted)

    def _look(self, path: Path, read: Callable[[], bytes] | None = None) -> None:
        """What `read` brings, by default the file at `path`, is looked at."""
        self._file = self._report = None
        self._show(lambda: Text(t("Revisando…")))
        self._begin(_UnderWay(path, None, read or (lambda: exchange.read_file(path)), dry_run=True))

    def action_apply(self) -> None:
        self._apply(accept=False)

    def action_apply_accepting(self) -> None:
        self._apply(accept=True)

    def _apply(self, *, accept: bool) -> None:
        if self._under_way is not None:
            self.tell(t("Todavía no terminó: Esc lo detiene."))
        elif self._file is None or self._report is None:
            self.tell(t("Primero elija un archivo y mire qué cambiaría."))
        elif not self._report.refused:
            name, data = self._file
            path = self._path or Path(name)
            self._begin(_UnderWay(path, self._file, lambda: data, dry_run=False, accept=accept))

    def _begin(self, work: _UnderWay) -> None:
        """Starts a look or the reception, in the place of what may be under way."""
        if self._under_way is not None:
            self._under_way.stop.set()
        self._under_way = work
        self._do(work)

    def _tell_progress(self) -> None:
        work = self._under_way
        if work is not None and (seconds := time.monotonic() - work.began) > PATIENCE_SECONDS:
            self._show(lambda: _progress(work, int(seconds)))

    @work(thread=True)
    def _do(self, work: _UnderWay) -> None:
        call = self.app.call_from_thread
        try:
            file = work.file or (work.path.name, work.read())
            with self.replica.another() as replica:
                replica.stop_when(work.stop.is_set)
                report = exchange.merge(replica, [file], accept=work.accept, dry_run=work.dry_run)
                if work.dry_run and _strangers(report):
                    # Nobody should accept a person without having seen what would come of it.
                    work.accepted = exchange.merge(replica, [file], accept=True, dry_run=True)
        except GealcError as error:
            call(self._ended, work, error)
        else:
            call(self._done, work, file, report)

    def _ended(self, work: _UnderWay, error: GealcError) -> None:
        # What was left for something else has nothing to say any more.
        if self._under_way is work:
            self._under_way = None
            self._show(lambda: Text(sentence(error)))
            self.tell(sentence(error), failed=not isinstance(error, Stopped))

    def _done(self, work: _UnderWay, file: tuple[str, bytes], report: MergeReport) -> None:
        if self._under_way is work:
            self._under_way = None
            self._file, self._path = file, work.path
            if work.dry_run:
                self._preview(report, work.accepted)
            else:
                self.attempt(arrivals.came_from, self.replica, work.path)
                self._merged(report)

    def _preview(self, report: MergeReport, accepted: MergeReport | None) -> None:
        self._report = report
        self._show(lambda: self._preview_text(report, accepted))
        # In a narrow window the report gets the room of the files; the arrows move it.
        self.add_class("-shown")
        self.query_one("#preview").focus()

    def _preview_text(self, report: MergeReport, accepted: MergeReport | None) -> Group:
        if accepted is None:
            parts: list[RenderableType] = [report_text(report, done=False)]
            if not report.refused:
                parts.append(Text("\n" + t("F2 aplica · Esc vuelve sin aplicar."), "bold"))
            return Group(*parts)
        strangers = _strangers(report)
        heading = tn(
            "Llegó un archivo de {n} persona que esta copia no conoce",
            "Llegó un archivo de {n} personas que esta copia no conoce",
            len({one.replica for one in strangers}),
        )
        parts = [Text(heading, "bold"), Text(""), *newcomers_lines(strangers, self.replica.people())]
        # Before what may be long: what can be pressed stays in sight.
        if not accepted.refused:
            parts.append(Text(t("Si son los mismos números, F3 confirma y aplica."), "bold"))
            parts.append(Text(t("F2 aplica sólo lo de personas confirmadas, y lo demás espera. Esc vuelve.")))
        parts += [Text(f"\n{t('Si confirma:')}", "bold"), report_text(accepted, done=False)]
        return Group(*parts)

    def _merged(self, report: MergeReport) -> None:
        self._file = self._report = None
        self.query_one("#preview", VerticalScroll).scroll_home(animate=False)
        self._show(lambda: report_text(report, done=True))
        self.tell(_what_came(report))
        self._take_stock()

    def action_leave(self) -> None:
        """Stops what is under way; when nothing is, goes back."""
        if (work := self._under_way) is None:
            self.dismiss(None)
            return
        work.stop.set()
        if work.dry_run:
            # Whatever it still finds out changes nothing; of the other one it is not known yet.
            self._ended(work, Stopped())

    def on_unmount(self) -> None:
        # The end of the program waits for threads.
        if self._under_way is not None:
            self._under_way.stop.set()
            self._under_way = None


class _UnderWay:
    """A look at a file, or its reception."""

    def __init__(
        self,
        path: Path,
        file: tuple[str, bytes] | None,
        read: Callable[[], bytes],
        *,
        dry_run: bool,
        accept: bool = False,
    ) -> None:
        self.path = path
        self.file = file
        self.read = read
        self.dry_run = dry_run
        self.accept = accept
        self.began = time.monotonic()
        self.stop = threading.Event()
        self.accepted: MergeReport | None = None
        """Of a look at a stranger's file: what would come of it if they were accepted."""


def _what_came(report: MergeReport) -> str:
    """What was applied, what waits, and for what."""
    waits = sum(one.new for one in _strangers(report))
    said = [tn("{n} cambio aplicado", "{n} cambios aplicados", report.new)] if report.new or not waits else []
    if waits:
        said.append(
            tn(
                "{n} cambio espera hasta que usted confirme a su autor",
                "{n} cambios esperan hasta que usted confirme a su autor",
                waits,
            )
        )
    if report.opened:
        said.append(tn("Se abrió {n} diferencia", "Se abrieron {n} diferencias", len(report.opened)))
    return ". ".join(said)


def _strangers(report: MergeReport) -> list[LogOutcome]:
    return [one for file in report.files for one in file.logs if one.outcome is Outcome.STRANGER]


def _progress(work: _UnderWay, n: int) -> Text:
    looking = t("Revisando… {n} s · Esc lo detiene", n=n)
    return Text(looking if work.dry_run else t("Aplicando… {n} s · Esc lo detiene", n=n), "bold")
