"""The reports: which there are, what each shows now, and F2 writes one as a file where people look for files."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.commands import reports
from gealc_tui.commands.folder import checked_folder, folder, use_folder
from gealc_tui.commands.reports import Form, Name
from gealc_tui.errors import GealcError
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.sentences import sentence
from gealc_tui.plain import drawable
from gealc_tui.reports.check_words import concern_sentence
from gealc_tui.tui import keys
from gealc_tui.tui.made_files import copy_place, open_made
from gealc_tui.tui.screens.asking import Choice, ChoiceScreen, LineScreen
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine, TellLine

FORM = "report_form"
"""The setting that says in which form a report was written last."""

MOST_SHOWN = 5_000
"""Activities of a plan of which reports are shown before they are written."""

_FORMS = {
    Form.WORD: N_("Word (.docx)"),
    Form.EXCEL: N_("Excel (.xlsx)"),
    Form.HTML: N_("página para el navegador (.html)"),
    Form.TEXT: N_("texto (.txt)"),
    Form.MARKDOWN: N_("Markdown (.md)"),
    Form.CSV: N_("tabla para otros programas (.csv)"),
    Form.PDF: N_("PDF (.pdf)"),
    Form.CALENDAR: N_("calendario (.ics)"),
}

_NAMES = tuple(name for name in Name if name is not Name.SHEET)
"""Those of the whole plan; a fact sheet is asked for by its activity (`gealc report sheet`)."""

_LAST = "last"
"""The choice of the window that asks what becomes of a file that is there already."""


MAKING = "making"
"""The group of the thread that writes a file."""


class _Stopped(Exception):
    """Its person did not want to wait for the file."""


class ReportsScreen(ReplicaScreen[None]):
    """Names on the left; on the right what the one under the cursor says, below what to look at before it leaves."""

    ABOUT = N_(
        "Los informes del plan que se ve. A la derecha, lo que dice el señalado; F2 lo escribe como archivo en la"
        " carpeta de informes, con la forma elegida."
    )
    BINDINGS = keys.bindings(keys.REPORTS)

    def __init__(self) -> None:
        super().__init__()
        self._written: Path | None = None
        self._is_stopped = Event()

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            with Horizontal(id="panes"):
                yield OptionList(id="names")
                yield VerticalScroll(Static(id="preview"), id="paper")
            yield Static(id="concerns")
            yield Static(id="where")
        yield TellLine(id="tell")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.query_one("#names").focus()
        self.reload()

    def respell(self) -> None:
        self.query_one("#heading", Static).update(Content(t("¿Qué informe?")))
        names = self.query_one("#names", OptionList)
        where = names.highlighted or 0
        names.clear_options()
        names.add_options([Option(Text(reports.title(name))) for name in _NAMES])
        names.highlighted = where
        self.query_one(KeyLine).show(keys.REPORTS)

    def reload(self) -> None:
        self._show()
        found = reports.concerns(self.replica)
        said = tn("{n} cosa que mirar antes de enviarlo", "{n} cosas que mirar antes de enviarlo", len(found))
        self.query_one("#concerns", Static).update(
            Content(t("{what}: v las muestra.", what=said) if found else t("No hay nada pendiente de mirar."))
        )
        self._say_where()

    @property
    def _chosen(self) -> Name:
        return _NAMES[self.query_one("#names", OptionList).highlighted or 0]

    @property
    def _form(self) -> Form:
        chosen = self.replica.setting(FORM)
        wanted = Form(chosen) if chosen in set(Form) else Form.WORD
        return wanted if wanted in reports.forms(self._chosen) else Form.WORD

    @on(OptionList.OptionHighlighted, "#names")
    def _show(self) -> None:
        head = self.replica.read.head(self.replica.plan)
        if head is not None and head.total > MOST_SHOWN:
            self.query_one("#preview", Static).update(
                Content(t("El plan es muy grande para mostrarlo: F2 lo escribe."))
            )
            return
        ok, data = self.attempt(reports.make, self.replica, self._chosen, Form.TEXT)
        if ok and data is not None:
            self.query_one("#preview", Static).update(Text(drawable(data.decode())))
            self.query_one("#paper").scroll_home(animate=False)

    def _say_where(self) -> None:
        form, place = t(_FORMS[self._form]), drawable(str(folder(self.replica)))
        where = t("Forma: {form} · Carpeta: {folder}", form=form, folder=place)
        self.query_one("#where", Static).update(Content(where))

    # --- write -------------------------------------------------------------------------------------------------

    def action_form(self) -> None:
        def chosen(form: str | None) -> None:
            if form is not None:
                self.attempt(self.replica.set_setting, FORM, form)
                self._say_where()

        allowed = reports.forms(self._chosen)
        choices = [Choice(form.value, t(label)) for form, label in _FORMS.items() if form in allowed]
        self.app.push_screen(ChoiceScreen(t("¿En qué forma?"), choices, self._form.value), chosen)

    def action_folder(self) -> None:
        def given(text: str | None) -> None:
            if text is not None:
                self.attempt(use_folder, self.replica, text)
                self._say_where()

        title = t("Carpeta de lo que se hace para otros. Deje vacío para usar la predeterminada")
        self.app.push_screen(LineScreen(title, checked_folder, str(folder(self.replica))), given)

    def action_write(self) -> None:
        target = reports.usual_path(self.replica, self._chosen, self._form)
        if not target.exists():
            self._write(target)
            return

        def chosen(what: str | None) -> None:
            if what is not None:
                self._write(target if what == _LAST else reports.free(target))

        choices = [Choice(_LAST, t("ponerlo en su lugar")), Choice("", t("guardarlo al lado, con otro nombre"))]
        title = t("Ya hay un {file}", file=drawable(target.name))
        self.app.push_screen(ChoiceScreen(title, choices, _LAST), chosen)

    def _write(self, target: Path) -> None:
        if self._is_writing:
            self.tell(t("Se está escribiendo otro: Esc lo detiene."))
            return
        self.tell(t("Escribiendo… Esc lo detiene."))
        self._is_stopped.clear()
        self._make(self._chosen, self._form, target)

    @property
    def _is_writing(self) -> bool:
        return any(one.group == MAKING and not one.is_finished for one in self.workers)

    @work(thread=True, group=MAKING, exit_on_error=True)
    def _make(self, name: Name, form: Form, target: Path) -> None:
        def passed(done: int, whole: int) -> None:
            if self._is_stopped.is_set():
                raise _Stopped
            if whole:
                self.app.call_from_thread(self._tell_how_far, done, whole)

        try:
            with self.replica.another() as replica:
                written = reports.write(replica, name, form, target, passed=passed)
        except _Stopped:
            self.app.call_from_thread(self.tell, t("Detenido: no se escribió nada."))
        except GealcError as error:
            self.app.call_from_thread(self.tell, sentence(error), failed=True)
        else:
            self.app.call_from_thread(self._tell_written, written)

    def _tell_how_far(self, done: int, whole: int) -> None:
        self.tell(t("Escribiendo: {n} de {total} filas. Esc lo detiene.", n=done, total=whole))

    def _tell_written(self, path: Path) -> None:
        self._written = path
        self.tell(t("Escrito: {path} · o lo abre, c copia dónde está", path=drawable(str(path))))

    def action_concerns(self) -> None:
        """What to look at before a report leaves, a line each."""
        from gealc_tui.tui.screens.whole_text import WholeTextScreen

        def lines() -> str:
            found = reports.concerns(self.replica)
            said = [f"{one.code}  {concern_sentence(one)}".strip() for one in found]
            return "\n".join(said) or t("No hay nada pendiente de mirar.")

        self.app.push_screen(WholeTextScreen(lambda: t("Qué mirar antes de enviar un informe"), lines))

    # --- find --------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Opens the file that was written last; before one was, the folder."""
        before = t("Todavía no hay ninguno: F2 escribe el señalado.")
        open_made(self, self._written, folder(self.replica), before)

    def action_copy(self) -> None:
        copy_place(self, self._written, folder(self.replica))

    def action_leave(self) -> None:
        if self._is_writing:
            self._is_stopped.set()
        else:
            self.dismiss(None)
