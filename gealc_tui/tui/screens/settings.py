"""Settings of this copy alone: language, colours, who uses it, the shared folder, backups, keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui import i18n
from gealc_tui.commands.folder import checked_folder, use_folder
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import country_name, role_label
from gealc_tui.i18n.sentences import shorten
from gealc_tui.plain import drawable
from gealc_tui.tui import keymap, keys, themes
from gealc_tui.tui.drawing import cut
from gealc_tui.tui.screens.asking import LineScreen
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine

if TYPE_CHECKING:
    from gealc_tui.tui.app import GealcApp

_LABEL_WIDTH = 24


class Row(NamedTuple):
    """A setting: what it is called, how it stands, a line of explanation, what Enter does."""

    label: str
    value: str
    hint: str
    change: Callable[[], object]


class SettingsScreen(ReplicaScreen[None]):
    """A row for each; Enter changes it."""

    ABOUT = N_("Opciones de esta computadora. No se envían a los demás, salvo quién usa la copia.")
    BINDINGS = keys.bindings(keys.SETTINGS)
    COMPONENT_CLASSES = {"settings--quiet"}  # noqa: RUF012 (Textual reads it from the class)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield OptionList(id="settings")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.reload()
        self.query_one("#settings").focus()

    def on_screen_resume(self) -> None:
        self.reload()

    def on_resize(self) -> None:
        self.reload()

    def respell(self) -> None:
        self.query_one(KeyLine).show(keys.SETTINGS)
        self.query_one("#heading", Static).update(Content(t("Configuración de esta copia")))

    def reload(self) -> None:
        """Reads again how everything stands."""
        ok, rows = self.attempt(self._read)
        if not ok or rows is None:
            return
        self._rows = rows
        settings = self.query_one(OptionList)
        here = settings.highlighted or 0
        settings.clear_options()
        settings.add_options(Option(self._text(row)) for row in rows)
        settings.highlighted = here

    def _text(self, row: Row) -> Text:
        width = self.size.width - 2 * 3 - 2
        quiet = self.get_component_rich_style("settings--quiet", partial=True)
        return Text.assemble(
            (f"{row.label:<{_LABEL_WIDTH}}", "bold"),
            cut(row.value, width - _LABEL_WIDTH),
            "\n",
            (" " * _LABEL_WIDTH + cut(row.hint, width - _LABEL_WIDTH), quiet),
        )

    @property
    def _gealc(self) -> GealcApp:
        return cast("GealcApp", self.app)

    # --- how it stands -------------------------------------------------------------------------------------------

    def _read(self) -> tuple[Row, ...]:
        return (
            Row(t("Idioma"), i18n.NAMES[i18n.language()], t("Enter pasa al siguiente"), self._next_language),
            Row(t("Tema"), themes.label(self.app.theme), t("Enter pasa al siguiente"), self._next_theme),
            Row(t("Quién usa esta copia"), self._who(), t("nombre, país, función y correo"), self._introduce),
            self._folder(),
            self._files(),
            self._backups(),
            self._keys(),
            Row(
                t("Base de datos"),
                drawable(str(self.replica.path)),
                t("copiar este archivo también es un respaldo"),
                lambda: self.tell(t("Otra base se abre con gealc --home CARPETA.")),
            ),
        )

    def _who(self) -> str:
        own = self.replica.oneself()
        if own is None:
            return t("sin identificar (p)")
        said = (shorten(own.name, 40), country_name(own.country or ""), role_label(own.role or ""), own.email or "")
        return " · ".join(drawable(one) for one in said if one)

    def _files(self) -> Row:
        hint = t("informes, actas y archivos de cambios; deje vacío para la predeterminada")
        return Row(t("Archivos hechos"), drawable(str(self._gealc.sending)), hint, self._ask_files)

    def _folder(self) -> Row:
        place = self._gealc.watch_over_folder.watched.place
        hint = t("se revisa cada minuto; deje vacío para no usar ninguna")
        return Row(t("Carpeta compartida"), shorten(place, 200) or t("ninguna"), hint, self._ask_folder)

    def _backups(self) -> Row:
        count = len(self.replica.backups.listed())
        value = tn("{n} copia", "{n} copias", count) if count else t("todavía ninguna")
        return Row(t("Copias de respaldo"), value, t("verlas, hacer una ahora"), self._show_backups)

    def _keys(self) -> Row:
        found = self._gealc.keymap
        path = self._gealc.home / keymap.FILE
        value = t("las predeterminadas")
        if found.keys:
            value = tn("{n} tecla cambiada", "{n} teclas cambiadas", len(found.keys))
        hint = t("se cambian en {path}", path=drawable(str(path)))
        if found.faults:
            hint = keymap.fault_sentence(found.faults[0])
        return Row(t("Teclas"), value, hint, self._tell_keys)

    # --- changing it ---------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _change(self, event: OptionList.OptionSelected) -> None:
        self._rows[event.option_index].change()

    def _next_language(self) -> None:
        self._gealc.speak(i18n.following(i18n.language()))

    def _next_theme(self) -> None:
        self._gealc.next_theme()
        self.reload()

    def _introduce(self) -> None:
        self.app.call_later(self._gealc.ask_who)

    def _ask_files(self) -> None:
        def given(text: str | None) -> None:
            if text is not None:
                self.attempt(use_folder, self.replica, text)
                self.reload()

        title = t("Carpeta de lo que se hace para otros. Deje vacío para usar la predeterminada")
        self.app.push_screen(LineScreen(title, checked_folder, str(self._gealc.sending)), given)

    def _ask_folder(self) -> None:
        # Chosen by being watched: what is wrong with an address is said while it stands there.
        watch = self._gealc.watch_over_folder
        title = t("Su ruta, o webdav://, sftp:// o s3://. Deje vacío para no usar carpeta")
        self.app.push_screen(
            LineScreen(title, lambda text: watch.watch(text.strip().strip("'\"")), watch.watched.place)
        )

    def _show_backups(self) -> None:
        from gealc_tui.tui.screens.backups import BackupsScreen

        self.app.push_screen(BackupsScreen())

    def _tell_keys(self) -> None:
        self.tell(t("gealc keys muestra todas las teclas, y gealc keys --template las escribe para cambiarlas."))

    def action_leave(self) -> None:
        self.dismiss(None)
