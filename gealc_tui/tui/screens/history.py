"""The history of the whole plan, newest first: who changed what, when, from what to what.

Filters combine, and a line says which hold. Read a page at a time. Ends with the id of the activity or area that was
chosen, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.commands import history
from gealc_tui.commands.naming import name_of
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.fields import told as told_edits
from gealc_tui.domain.history import NOTE, HistoryFilter
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.readings import ChangeReading
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.dates import moment_label
from gealc_tui.i18n.labels import day_label, field_label
from gealc_tui.i18n.naming import author_label
from gealc_tui.i18n.sentences import shorten
from gealc_tui.tui import keys
from gealc_tui.tui.drawing import cut, edit_line
from gealc_tui.tui.screens.asking import Choice, ChoiceScreen, LineScreen
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine

PAGE = 50
"""Changes that are read at a time."""

MOST_EDITS = 3
"""Lines of one change; how many more there are is told."""

_ANYBODY = ""
_MORE = "more"
"""The line at the end that reads on."""


class HistoryScreen(ReplicaScreen[str | None]):
    """Changes, newest first."""

    ABOUT = N_(
        "Todo lo que se escribió en el plan, lo último primero: quién, cuándo y qué decía antes. Los filtros se suman;"
        " Enter lleva a la actividad."
    )
    BINDINGS = keys.bindings(keys.HISTORY)
    COMPONENT_CLASSES = {"history--quiet", "history--code"}  # noqa: RUF012 (Textual reads it from the class)

    def __init__(self) -> None:
        super().__init__()
        self._filter = HistoryFilter()
        self._changes: tuple[ChangeReading, ...] = ()
        self._is_all = False

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="filter")
            yield OptionList(id="changes")
            yield Static(id="none")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.reload()
        self.query_one("#changes").focus()

    def respell(self) -> None:
        self.query_one(KeyLine).show(keys.HISTORY)
        self.query_one("#heading", Static).update(Content(t("Historial")))
        self.query_one("#none", Static).update(Content(t("No hay resultados. Con F se quitan los filtros.")))

    def reload(self) -> None:
        """Reads again, as many as were in sight."""
        ok, found = self.attempt(self.replica.read.past, self._filter, most=max(len(self._changes), PAGE) + 1)
        if ok and found is not None:
            # One more than is shown tells whether there are more.
            shown = max(len(self._changes), PAGE)
            self._changes, self._is_all = found[:shown], len(found) <= shown
            self._draw()

    def on_resize(self) -> None:
        self._draw()

    # --- drawing -------------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        self._say_filter()
        changes = self.query_one("#changes", OptionList)
        here = changes.highlighted or 0
        changes.clear_options()
        changes.add_options(Option(self._change_text(one)) for one in self._changes)
        if not self._is_all:
            changes.add_option(Option(Text(t("más: Enter muestra los anteriores"), self._style("quiet")), id=_MORE))
        changes.highlighted = min(here, changes.option_count - 1) if changes.option_count else None
        changes.display = bool(self._changes)
        self.query_one("#none").display = not self._changes

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"history--{name}", partial=True)

    def _change_text(self, change: ChangeReading) -> Text:
        """Who and when, and below it a line for each field."""
        width = self.size.width - 2 * 3 - 2
        moment = moment_label(change.at, self.replica.today, change.is_doubtful)
        text = Text.assemble((f"{moment} · {cut(author_label(change.author), 60)}", self._style("quiet")))
        told = [(edit.entity, edit_line(edit)) for edit in told_edits(change.edits)]
        for entity, line in told[:MOST_EDITS]:
            code = f"  {shorten(name_of(self.replica, entity), 40)} "
            text.append("\n")
            text.append(code, self._style("code"))
            text.append(cut(line, width - len(code)))
        if len(told) > MOST_EDITS:
            more = len(told) - MOST_EDITS
            text.append("\n  ")
            text.append(tn("y {n} campo más", "y {n} campos más", more), self._style("quiet"))
        return text

    def _say_filter(self) -> None:
        said = []
        wanted = self._filter
        if wanted.who is not None:
            said.append(author_label(self.replica.read.author(wanted.who)))
        if wanted.about is not None:
            said.append(name_of(self.replica, wanted.about))
        if wanted.field is not None:
            said.append(_field_name(wanted.field))
        if wanted.since is not None:
            said.append(t("desde el {day}", day=day_label(local_day(wanted.since).isoformat())))
        words = t("Sólo: {what} · F quita los filtros", what=" · ".join(said))
        shown = words if said else t("Todos los cambios, los últimos primero")
        self.query_one("#filter", Static).update(Content(shown))

    # --- filters -------------------------------------------------------------------------------------------------

    def _set_filter(self, wanted: HistoryFilter) -> None:
        self._filter = wanted
        self._changes = ()
        self.query_one("#changes", OptionList).highlighted = None
        self.reload()

    async def action_filter(self) -> None:
        """Asks by what, and then which."""
        wanted = [key for key in keys.HISTORY if key.action.startswith("filter_")]
        choices = [Choice(key.action, t(key.label).partition(":")[0].capitalize()) for key in wanted]

        async def chosen(action: str | None) -> None:
            if action is not None:
                await self.run_action(action)

        self.app.push_screen(ChoiceScreen(t("¿Por qué filtrar?"), choices), chosen)

    def action_filter_who(self) -> None:
        ok, authors = self.attempt(self.replica.read.authors)
        if ok and authors is not None:
            choices = [Choice(_ANYBODY, t("Todas las personas"))]
            choices += [Choice(one.replica, author_label(one)) for one in authors]
            self._ask(t("¿De quién?"), choices, self._filter.who, self._by_who)

    def action_filter_field(self) -> None:
        choices = [Choice(_ANYBODY, t("Todos los campos"))]
        choices += [Choice(one, _field_name(one)) for one in history.FIELDS]
        self._ask(t("¿Qué campo?"), choices, self._filter.field, self._by_field)

    def _by_who(self, key: str | None) -> HistoryFilter:
        return self._filter._replace(who=key)

    def _by_field(self, key: str | None) -> HistoryFilter:
        return self._filter._replace(field=key)

    def _ask(
        self, title: str, choices: list[Choice], current: str | None, by: Callable[[str | None], HistoryFilter]
    ) -> None:
        def chosen(key: str | None) -> None:
            if key is not None:
                self._set_filter(by(key or None))

        self.app.push_screen(ChoiceScreen(title, choices, current or _ANYBODY), chosen)

    def action_filter_about(self) -> None:
        def chosen(text: str | None) -> None:
            if text is not None:
                self._set_filter(self._filter._replace(about=history.place(self.replica, text)))

        check = partial(history.place, self.replica)
        now = local_id(self._filter.about or "")
        self.app.push_screen(LineScreen(t("Código del área o de la actividad (vacío, todas)"), check, now), chosen)

    def action_filter_since(self) -> None:
        def chosen(text: str | None) -> None:
            if text is not None:
                self._set_filter(self._filter._replace(since=history.start(text, self.replica.today)))

        def check(text: str) -> int | None:
            return history.start(text, self.replica.today)

        now = day_label(local_day(self._filter.since).isoformat()) if self._filter.since is not None else ""
        self.app.push_screen(LineScreen(t("Desde qué día, como 15/03/2019 (vacío, siempre)"), check, now), chosen)

    def action_clear(self) -> None:
        self._set_filter(HistoryFilter())

    def why_off(self, action: str) -> str | None:
        return t("No hay ningún filtro puesto.") if action == "clear" and self._filter.is_empty else None

    # --- moving about ----------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == _MORE:
            self._read_on()
            return
        for edit in self._changes[event.option_index].edits:
            place = self._place_of(edit.entity)
            if place is not None:
                self.dismiss(place)
                return
        self.tell(t("Este cambio no es de ninguna actividad ni área."))

    def _read_on(self) -> None:
        ok, found = self.attempt(self.replica.read.past, self._filter, skip=len(self._changes), most=PAGE + 1)
        if ok and found is not None:
            self._changes, self._is_all = (*self._changes, *found[:PAGE]), len(found) <= PAGE
            self._draw()

    def _place_of(self, entity: str) -> str | None:
        """The activity or area in the tree that an entity is or belongs to."""
        activity = self.replica.read.activity_of(entity)
        if activity is not None:
            return activity
        return local_id(entity) if kind_of(entity) == "area" else None

    def action_leave(self) -> None:
        self.dismiss(None)


def _field_name(field: str) -> str:
    return field_label("note", "text") if field == NOTE else field_label("activity", field)
