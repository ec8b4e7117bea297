"""Sending: in which form the change file leaves, and where it lies then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui import clipboard, paths
from gealc_tui.commands import exchange
from gealc_tui.commands.exchange import Form, Parcel
from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.errors import GealcError
from gealc_tui.i18n import N_, t
from gealc_tui.i18n.naming import short_name
from gealc_tui.i18n.sentences import sentence
from gealc_tui.plain import drawable
from gealc_tui.tui import keys
from gealc_tui.tui.made_files import copy_place, open_made
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine

_WAYS = {
    Form.MAIL: (
        N_("Mensaje listo para enviar (.eml)"),
        N_("se abre como borrador, con destinatarios, asunto y adjunto"),
    ),
    Form.FILE: (N_("Archivo de cambios (.json)"), N_("para adjuntar a un correo o llevar en un pendrive")),
    Form.ZIP: (N_("Archivo comprimido (.zip)"), N_("lo mismo, y pesa mucho menos")),
    Form.TEXT: (N_("Texto para pegar en un mensaje"), N_("se copia al portapapeles")),
}

_ADVICE = {
    Form.MAIL: N_("Ábralo con doble clic, revíselo en su programa de correo y envíelo."),
    Form.FILE: N_("Adjúntelo a un correo para los demás."),
    Form.ZIP: N_("Adjúntelo a un correo para los demás."),
    Form.TEXT: N_("No se pudo copiar al portapapeles: copie el texto de este archivo en un mensaje."),
}

MAKING = "making"
"""The group of the thread that makes a file."""

LONGEST_ASKED = 50_000
"""Characters that a terminal is asked to copy (OSC 52): several let no more than about 75,000 pass, encoded."""


class SendScreen(ReplicaScreen[None]):
    """A way, a place, and what became of it."""

    ABOUT = N_("Elija cómo enviar sus cambios: un mensaje listo, un archivo, o un texto para pegar.")
    BINDINGS = keys.bindings(keys.SEND)

    def __init__(self, recipients: Sequence[str] = (), *, request: bool = False) -> None:
        """For some people (none: for everybody who is accepted). With `request` it asks for what lacks here."""
        super().__init__()
        self._recipients = tuple(recipients)
        self._request = request
        self._path: Path | None = None
        self._made: Callable[[], Content] = Content
        """Spells what became of it."""

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="addressees")
            yield OptionList(*(Option("", id=form.value) for form in _WAYS), id="ways")
            yield Input(id="target")
            yield Static(id="made")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.query_one(OptionList).focus()

    def respell(self) -> None:
        heading = t("Pedir lo que falta") if self._request else t("Preparar envío")
        self.query_one("#heading", Static).update(Content(heading))
        self.query_one("#addressees", Static).update(Content(_addressees(self.replica.people(), self._recipients)))
        for form in _WAYS:
            self.query_one(OptionList).replace_option_prompt(form.value, _way_text(form))
        self.query_one("#target", Input).border_title = Content(t("Guardar en (Enter guarda, Esc cancela)"))
        self.query_one(KeyLine).show(keys.SEND)
        self.query_one("#made", Static).update(self._made())

    @property
    def _form(self) -> Form:
        return tuple(_WAYS)[self.query_one(OptionList).highlighted or 0]

    # --- where ---------------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _choose(self) -> None:
        self._show(Content)
        if self._form is Form.TEXT:
            if not self._is_making:
                self._make(Form.TEXT, self._proposed())
            return
        line = self.query_one("#target", Input)
        line.value = str(self._proposed())
        line.display = True
        line.focus()

    def _proposed(self) -> Path:
        folder = self._folder
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        return exchange.free_path(folder, exchange.file_stem(self.replica), self._form)

    @on(Input.Submitted)
    def _place(self, event: Input.Submitted) -> None:
        if self._is_making:
            # A second Enter while the first is being carried out asks for nothing new.
            return
        ok, path = self.attempt(paths.expanded, event.value)
        if ok and path is not None:
            self._make(self._form, path)

    @property
    def _is_making(self) -> bool:
        return any(one.group == MAKING and not one.is_finished for one in self.workers)

    # --- what becomes of it --------------------------------------------------------------------------------------

    @work(thread=True, group=MAKING)
    def _make(self, form: Form, path: Path) -> None:
        try:
            with self.replica.another() as replica:
                parcel = exchange.prepare(replica, form, recipients=self._recipients, request=self._request)
                if form is Form.TEXT and clipboard.copied(parcel.data.decode("ascii")):
                    exchange.sent(replica, parcel)
                    self.app.call_from_thread(self._copied)
                    return
                written = exchange.write(replica, parcel, path)
        except GealcError as error:
            self.app.call_from_thread(self.tell, sentence(error), failed=True)
        else:
            self.app.call_from_thread(self._written, parcel, written)

    def _copied(self) -> None:
        self._say(lambda: Content(t("Listo: el texto está en el portapapeles. Péguelo en un mensaje y envíelo.")))

    def _written(self, parcel: Parcel, path: Path) -> None:
        asked = parcel.form is Form.TEXT and len(parcel.data) <= LONGEST_ASKED
        if asked:
            self.app.copy_to_clipboard(parcel.data.decode("ascii"))
        self._path = path
        # The file itself is not needed any more, and may be large.
        light = parcel._replace(data=b"")
        self._say(lambda: _what_was_made(light, path, asked=asked))

    def _say(self, made: Callable[[], Content]) -> None:
        if self.is_attached:
            self._show(made)
            self._close_target()

    def _show(self, made: Callable[[], Content]) -> None:
        self._made = made
        self.query_one("#made", Static).update(made())

    def _close_target(self) -> None:
        self.query_one("#target", Input).display = False
        self.query_one(OptionList).focus()

    def action_open(self) -> None:
        open_made(self, self._path, self._folder, t("Todavía no hay ningún archivo: Enter lo hace."))

    def action_copy(self) -> None:
        copy_place(self, self._path, self._folder)

    @property
    def _folder(self) -> Path:
        folder: Path = self.app.sending  # type: ignore[attr-defined]
        return folder

    def action_leave(self) -> None:
        if self.query_one("#target", Input).display:
            self._close_target()
        else:
            self.dismiss(None)


def _what_was_made(parcel: Parcel, path: Path, *, asked: bool) -> Content:
    """Where the file lies, and what its sender does now. `asked`: the terminal was asked to copy its text."""
    advice = t(_ADVICE[parcel.form])
    if asked:
        advice = t(
            "Se pidió a la terminal que copie el texto, y no se puede saber si lo hizo. Si al pegar no aparece,"
            " cópielo de este archivo."
        )
    said = Content("\n").join(Content(line) for line in (advice, *exchange.remarks(parcel)))
    return Content.assemble(t("Listo:"), "\n", Content(drawable(str(path))).stylize("bold"), "\n\n", said)


def _way_text(form: Form) -> Text:
    """A way, and below it what it is good for."""
    name, use = _WAYS[form]
    return Text.assemble(t(name), "\n", (f"  {t(use)}", "dim"))


def _addressees(people: tuple[PersonReading, ...], chosen: tuple[str, ...]) -> str:
    """For whom it is: the chosen, or all accepted people, with their addresses as far as they are known."""
    accepted = (one for one in people if one.trust is Trust.ACCEPTED and not one.successor)
    wanted = [one for one in people if one.replica in chosen] or list(accepted)
    if not wanted:
        return t("Para quien usted elija: todavía no hay personas confirmadas.")
    names = ((short_name(one.replica, one.name, 40), one.email or t("sin correo")) for one in wanted)
    return t("Para {who}.", who=", ".join(f"{name} ({address})" for name, address in names))
