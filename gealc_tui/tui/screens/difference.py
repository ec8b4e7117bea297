"""A difference: what each said, side by side, and how to settle it.

A number keeps a value, `e` writes another, `a` and `p` settle many at once. What is settled stays before the person
until they go on: a key that is pressed twice settles nothing else. What is being written is written through, and
outlives the window. Ends with the activity that was looked at last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from rich.console import RenderableType
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from gealc_tui.commands import activities, differences, fields, undo
from gealc_tui.commands.naming import name_of
from gealc_tui.domain import settling
from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.readings import Author, Difference
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import DIFFERENCE_MARK, field_label, value_label
from gealc_tui.i18n.naming import author_label
from gealc_tui.i18n.unseen import unseen_sentence
from gealc_tui.plain import drawable
from gealc_tui.replica import Committed
from gealc_tui.tui import keys
from gealc_tui.tui.comparing import Comparison, Styles, settled, whole_values
from gealc_tui.tui.drawing import Turn, committed_line, told_line, typed_text, value_text
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.screens.whole_text import WholeTextScreen
from gealc_tui.tui.widgets.lines import KeyLine

POLL_SECONDS = 0.5
"""How often it is asked whether another process has written."""

LARGEST_NUMBER = 9
"""The last value that a digit keeps."""

Place = tuple[str, str]
"""Entity and field."""


class Way(NamedTuple):
    """A line to choose: what it says, in the language in force, and what it does."""

    label: Callable[[], str]
    command: Callable[[], Committed | None]


class DifferenceScreen(ReplicaScreen[str | None]):
    """One difference after the other, beginning with the one in a register."""

    AUTO_FOCUS = "#values"
    ABOUT = N_(
        "Dos personas escribieron cosas distintas sin haber visto la otra. Se elige una con su número, o se escribe"
        " otra; mientras tanto, ninguna se pierde."
    )
    BINDINGS = [  # noqa: RUF012
        *keys.bindings(keys.DIFFERENCE),
        *(Binding(str(number), f"take({number})", show=False) for number in range(1, LARGEST_NUMBER + 1)),
    ]
    COMPONENT_CLASSES = {"difference--number", "difference--quiet", "difference--word"}  # noqa: RUF012

    def __init__(self, entity: str, field: str) -> None:
        super().__init__()
        self._place: Place = (entity, field)
        self._order: tuple[Place, ...] = ()
        self._left: tuple[Place, ...] = ()
        self._found: Difference | None = None
        self._asked: Callable[[], str] = str
        self._ways: Sequence[Way] = ()
        self._seen = 0

    def compose(self) -> ComposeResult:
        with Vertical(id="body"):
            with Horizontal(id="top"):
                yield Static(id="where")
                yield Static(id="count")
            yield Static(id="what")
            with VerticalScroll(id="values", can_focus=True):
                yield Static(id="sheet")
            with Vertical(id="writing"):
                yield Input(id="line", select_on_focus=False)
                yield TextArea(id="text", soft_wrap=True)
                yield OptionList(id="ways")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self._stop_writing()
        self._seen = self.replica.data_version()
        self.reload()
        self.set_interval(POLL_SECONDS, self._look_outside)

    def _look_outside(self) -> None:
        version = self.replica.data_version()
        if version != self._seen:
            self._seen = version
            self.reload()

    def respell(self) -> None:
        writing, options = self.query_one("#writing"), self.query_one("#ways", OptionList)
        writing.border_title = Content(drawable(self._asked()))
        for place, way in enumerate(self._ways):
            options.replace_option_prompt_at_index(place, _way_text(way))

    # --- showing -------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Reads the difference again, and shows how it stands."""
        ok, left = self.attempt(self.replica.read.differing)
        read, found = self.attempt(self.replica.read.difference, *self._place)
        if not ok or not read or left is None:
            return
        # Another process may have settled it between the two questions.
        self._left, self._found = left, found if self._place in left else None
        if self._place in left:
            self._order = left
        self._show_place()
        self.query_one("#sheet", Static).update(self._sheet())
        if not self.query_one("#writing").display:
            self._show_keys()

    def _show_place(self) -> None:
        entity, field = self._place
        self.query_one("#where", Static).update(Content(self._title()).stylize("bold"))
        label = field_label(kind_of(entity), field)
        if self._found is not None:
            place = t("{n} de {total}", n=self._order.index(self._place) + 1, total=len(self._left))
            why = t("se escribieron al mismo tiempo")
            if self._found.is_of_deletion:
                why = t("quien lo hizo no había visto lo que otros escribieron")
            label = f"{DIFFERENCE_MARK} {label} · {why}"
        else:
            place = tn("queda {n}", "quedan {n}", len(self._left))
        if self.replica.draft(self._draft):
            label += " · " + t("hay un borrador: e sigue con él")
        if self._found is not None:
            values = [value_label(kind_of(entity), field, one.value) for one in self._found.choices]
            label = "\n".join(filter(None, (label, unseen_sentence(values))))
        self.query_one("#count", Static).update(Content(place))
        self.query_one("#what", Static).update(Content(label))

    def _show_keys(self) -> None:
        count = 0 if self._found is None else len(self._found.choices)
        first = t("Quedarse con 1 a {n}", n=min(count, LARGEST_NUMBER)) if count else f"u {t('deshacer')}"
        self.query_one(KeyLine).show(keys.DIFFERENCE, first=first)

    def _title(self) -> str:
        """What the difference concerns: code and title of its activity or area."""
        activity = self._activity
        about = self._place[0] if activity is None else f"activity/{activity}"
        title = self.replica.read.state_of(about).get("title")
        name = name_of(self.replica, about)
        has_title = kind_of(about) in ("activity", "area") and isinstance(title, str)
        return drawable(f"{name}  {title}") if has_title else name

    @property
    def _activity(self) -> str | None:
        return self.replica.read.activity_of(self._place[0])

    def _sheet(self) -> RenderableType:
        today = self.replica.today
        if self._found is not None:
            return Comparison(self._found, today, self._styles())
        standing = self.replica.read.standing(*self._place)
        return settled(standing, *self._place, today, self._styles())

    def _styles(self) -> Styles:
        return Styles(*(self.get_component_rich_style(f"difference--{name}", partial=True) for name in Styles._fields))

    def action_whole(self) -> None:
        """Opens the values as a whole, one after the other, for long ones are shown in part."""
        found = self._found
        if found is None:
            self.tell(t("Ya está resuelta: d va a la siguiente."))
        else:
            self.app.push_screen(WholeTextScreen(self._title, lambda: whole_values(found, self.replica.today)))

    # --- settling ------------------------------------------------------------------------------------------------

    def action_take(self, number: int) -> None:
        found = self._found
        if found is None:
            self.tell(t("Ya está resuelta: d va a la siguiente."))
        elif number <= len(found.choices):
            change = found.choices[number - 1].change
            self._settle(lambda: differences.take(self.replica, *found.place, change, seen=_changes(found)))

    def _settle(self, command: Callable[[], Committed | None]) -> bool:
        before = len(self._left)
        ok, committed = self.attempt(command)
        self.reload()
        if ok:
            self._stop_writing()
            self._tell_settled(committed, before - len(self._left))
        return ok

    def _tell_settled(self, committed: Committed | None, count: int) -> None:
        if committed is None:
            self.tell(t("Ya estaba así."))
            return
        line = committed_line(committed, partial(name_of, self.replica))
        if count > 1:
            line = tn("{n} diferencia resuelta", "{n} diferencias resueltas", count)
        self.tell(t("{what} · u deshace", what=line))

    def action_undo(self) -> None:
        ok, committed = self.attempt(undo.undo, self.replica)
        if ok and committed is not None:
            self.reload()
            self.tell(told_line(committed, partial(name_of, self.replica), Turn.UNDONE))

    def action_next(self) -> None:
        """Goes to the next difference, round to the first again; without any, back to the plan."""
        left = self._left
        start = self._order.index(self._place) + 1 if self._place in self._order else 0
        following = [place for place in (*self._order[start:], *self._order[:start]) if place in left] or left
        if following:
            self._place = following[0]
            self._stop_writing()
            self.query_one("#values").scroll_home(animate=False)
            self.reload()
        else:
            self.tell(t("No quedan diferencias."))
            self.dismiss(self._activity)

    # --- many at once --------------------------------------------------------------------------------------------

    def action_settle_activity(self) -> None:
        """Offers to settle all differences of this activity at once."""
        activity = self._activity
        _, found = self.attempt(self.replica.read.differences, activity)
        if activity is None or not found:
            self.tell(t("Aquí no queda ninguna diferencia de una actividad."))
            return
        ways = [
            Way(lambda: t("quedarse en todas con lo que se ve"), lambda: differences.take_shown(self.replica, activity))
        ]
        for author in settling.authors(found):
            picks = settling.theirs(found, author.replica)
            ways += [self._theirs(author, len(picks), activity)] if picks else []
        code, total = self.replica.read.code_of(activity), len(found)
        self._ask(lambda: _whole_activity(code, total), ways)

    def action_settle_person(self) -> None:
        """Offers to settle at once all differences of one person, those who stand here first."""
        _, read = self.attempt(self.replica.read.differences)
        found = read or ()
        ways = []
        for author in settling.authors((*([self._found] if self._found else []), *found)):
            if picks := settling.theirs(found, author.replica):
                ways.append(self._theirs(author, len(picks), None))
            if picks := settling.others(found, author.replica):
                ways.append(self._others(author, len(picks)))
        if ways:
            self._ask(lambda: t("De una persona, en todo el plan"), ways)
        else:
            self.tell(t("No quedan diferencias."))

    def _theirs(self, author: Author, count: int, activity: str | None) -> Way:
        return Way(
            lambda: tn(
                "tomar lo de {name} ({n} diferencia)",
                "tomar lo de {name} ({n} diferencias)",
                count,
                name=author_label(author),
            ),
            lambda: differences.take_theirs(self.replica, author.replica, activity),
        )

    def _others(self, author: Author, count: int) -> Way:
        return Way(
            lambda: tn(
                "tomar lo de los demás, no lo de {name} ({n} diferencia)",
                "tomar lo de los demás, no lo de {name} ({n} diferencias)",
                count,
                name=author_label(author),
            ),
            lambda: differences.take_others(self.replica, author.replica),
        )

    def _ask(self, asked: Callable[[], str], ways: Sequence[Way]) -> None:
        self._ways = ways
        options = self.query_one("#ways", OptionList)
        options.clear_options()
        options.add_options([Option(_way_text(way)) for way in ways])
        options.highlighted = 0
        self._open(asked, options)
        self.query_one(KeyLine).show(keys.WAYS)

    @on(OptionList.OptionSelected, "#ways")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._settle(self._ways[event.option_index].command)

    # --- a third value ---------------------------------------------------------------------------------------------

    @property
    def _draft(self) -> str:
        """Where what is being written is kept: where the sheet keeps what is typed into the same field."""
        return "#".join(self._place)

    @property
    def _shown(self) -> str:
        """The value that is shown, as a person would type it."""
        standing = self.replica.read.standing(*self._place)
        return typed_text(kind_of(self._place[0]), self._place[1], standing[0].value if standing else None)

    def action_write(self) -> None:
        entity, field = self._place
        kind = kind_of(entity)
        if field not in fields.settable(kind):
            self.tell(t("Aquí no se escribe: elija uno de los valores por su número."))
            return

        def asked() -> str:
            return t("Otro valor para «{field}»", field=field_label(kind, field))

        if codes := fields.closed_list(kind, field):
            self._ask(asked, [self._coded(code) for code in codes])
            return
        text = self.replica.draft(self._draft) or self._shown
        widget: Input | TextArea
        if fields.is_long(kind, field):
            widget = self.query_one(TextArea)
            with self.prevent(TextArea.Changed):
                widget.text = text
            widget.move_cursor(widget.document.end)
        else:
            widget = self.query_one(Input)
            with self.prevent(Input.Changed):
                widget.value = text
            widget.cursor_position = len(text)
        self._open(asked, widget)
        self.query_one(KeyLine).show(keys.THIRD_VALUE)

    def _coded(self, code: str) -> Way:
        entity, field = self._place
        value: Value = fields.parse(kind_of(entity), field, code, self.replica.today)
        return Way(lambda: value_text(entity, field, value).plain, lambda: self._write(code))

    def _write(self, text: str) -> Committed | None:
        """Settles by a text; what somebody settled meanwhile is a field like any other."""
        if (found := self._found) is not None:
            return differences.write(self.replica, *found.place, text, seen=_changes(found))
        return activities.set_field(self.replica, *self._place, text)

    @on(Input.Changed, "#line")
    @on(TextArea.Changed, "#text")
    def _keep(self, event: Input.Changed | TextArea.Changed) -> None:
        text = event.value if isinstance(event, Input.Changed) else event.text_area.text
        self.attempt(self.replica.keep_draft, self._draft, text if text != self._shown else "")

    @on(Input.Submitted, "#line")
    def action_save(self) -> None:
        line, area = self.query_one(Input), self.query_one(TextArea)
        if line.display or area.display:
            text = line.value if line.display else area.text
            if self._settle(lambda: self._write(text)):
                self.attempt(self.replica.keep_draft, self._draft, "")
                self.reload()

    # --- opening and closing ---------------------------------------------------------------------------------------

    def _open(self, asked: Callable[[], str], widget: Input | TextArea | OptionList) -> None:
        self._asked = asked
        for other in self._editors():
            other.display = other is widget
        writing = self.query_one("#writing")
        writing.border_title = Content(drawable(asked()))
        writing.display = True
        widget.focus()

    def _stop_writing(self) -> None:
        self.query_one("#writing").display = False
        for widget in self._editors():
            widget.display = False
        self.query_one("#values").focus()
        self._show_keys()

    def _editors(self) -> tuple[Input, TextArea, OptionList]:
        return self.query_one(Input), self.query_one(TextArea), self.query_one(OptionList)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is written or chosen, no key settles anything beside it."""
        return action in ("save", "leave", "language") or not self.is_mounted or not self.query_one("#writing").display

    def action_leave(self) -> None:
        if self.query_one("#writing").display:
            self._stop_writing()
            self.reload()
        else:
            self.dismiss(self._activity)


def _way_text(way: Way) -> Text:
    return Text(drawable(way.label()))


def _whole_activity(code: str, total: int) -> str:
    count = tn("{n} diferencia", "{n} diferencias", total)
    return t("Toda la actividad {code}: {count}", code=code, count=count)


def _changes(difference: Difference) -> set[str]:
    """The changes whose values a person has before them."""
    return {one.change for one in difference.values}
