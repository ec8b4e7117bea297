"""Beginning a meeting: who meets, who is there, when. One form, in which Enter goes on and F2 begins.

What is typed is kept letter by letter, and offered again.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, RadioSet, Static
from textual.widgets.option_list import Option

from gealc_tui.commands import meetings
from gealc_tui.domain.agendas import Order
from gealc_tui.domain.meetings import MeetingReading
from gealc_tui.domain.moments import local_moment
from gealc_tui.domain.readings import NOWHERE
from gealc_tui.domain.vocabulary import MeetingBody, MeetingState
from gealc_tui.errors import GealcError
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import day_label
from gealc_tui.i18n.meeting_words import body_label, meeting_label
from gealc_tui.i18n.sentences import sentence
from gealc_tui.plain import drawable
from gealc_tui.tui import keys
from gealc_tui.tui.meeting_typing import not_understood, present, when_and_where
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.screens.meeting_cancelling import ask_to_cancel
from gealc_tui.tui.widgets.choice import Choice
from gealc_tui.tui.widgets.lines import KeyLine

FORM = "meeting/new"
"""Where what is typed into the form is kept, with the name of the line."""

LINES = ("countries", "day", "hour", "city", "title")


class Body(NamedTuple):
    """Who may meet: a kind of body, the area of a working group, and the meeting that was fixed before, if one."""

    body: MeetingBody
    area: str | None
    label: str
    planned: MeetingReading | None = None


class OrderSet(RadioSet):
    """Enter takes an order and goes on."""

    BINDINGS = [("enter", "take")]  # noqa: RUF012

    def action_take(self) -> None:
        self.action_toggle_button()
        self.screen.focus_next()


class MeetingStartScreen(ReplicaScreen[str | None]):
    """Ends with the id of the meeting that was begun; None: none was."""

    ABOUT = N_(
        "Una reunión empieza con quiénes se reúnen y qué países están. El orden del día se hace solo: lo acordado la"
        " última vez, lo vencido y lo demás; después se puede cambiar."
    )
    BINDINGS = keys.bindings(keys.MEETING_START)

    def __init__(self, area: str | None) -> None:
        """`area` is the one that the person comes from: its working group is offered first."""
        super().__init__()
        self._area = area
        self._bodies: tuple[Body, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            with Horizontal(id="columns"):
                yield OptionList(id="bodies")
                with Vertical(id="lines"):
                    yield Input(id="countries", select_on_focus=False)
                    yield Static(id="present")
                    with Horizontal(id="when"):
                        yield Input(id="day")
                        yield Input(id="hour")
                    yield Input(id="city")
                    yield Input(id="title")
                    with OrderSet(id="order"):
                        yield Choice(value=True)
                        yield Choice()
                    yield Static(id="outlook")
            yield Static(id="heard")
            yield Static(id="fault")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.query_one(KeyLine).show(keys.MEETING_START)
        for name in LINES:
            line = self.query_one(f"#{name}", Input)
            with self.prevent(Input.Changed):
                line.value = self.replica.draft(f"{FORM}#{name}") or self._proposed(name)
        self._bodies = self._offered()
        bodies = self.query_one("#bodies", OptionList)
        bodies.add_options([Option("") for _ in self._bodies])
        bodies.highlighted = self._first()
        bodies.focus()
        self.respell()

    def respell(self) -> None:
        self.query_one("#heading", Static).update(Content(t("Empezar una reunión")))
        names = {
            "countries": t("Países presentes (cl cr ec pe uy)"),
            "day": t("Fecha"),
            "hour": t("Hora"),
            "city": t("Zona horaria (ciudad)"),
            "title": t("Nombre (si tiene uno propio)"),
        }
        for name, label in names.items():
            self.query_one(f"#{name}", Input).border_title = Content(label)
        orders = (t("Primero compromisos y vencidas"), t("En el orden del plan"))
        for button, label in zip(self.query(Choice), orders, strict=True):
            button.label = Content(label)
        bodies = self.query_one("#bodies", OptionList)
        bodies.border_title = Content(t("Quiénes se reúnen"))
        for place, body in enumerate(self._offered()):
            bodies.replace_option_prompt_at_index(place, Text(drawable(body.label)))
        self._show_present()
        self._show_heard()
        self._show_outlook()

    def _proposed(self, name: str) -> str:
        if name == "day":
            return day_label(self.replica.today.isoformat())
        if name == "hour":
            return f"{local_moment(self.replica.clock()):%H:%M}"
        if name == "city":
            return next((one.city for one in meetings.meetings(self.replica) if one.city), "")
        return ""

    def _offered(self) -> tuple[Body, ...]:
        """What was fixed before, then the groups of the areas, then the other bodies."""
        outline = self.replica.read.outline(self.replica.today, self.replica.plan)
        fixed = [one for one in meetings.meetings(self.replica) if one.state is MeetingState.PLANNED]
        found = [Body(one.body, one.area, _planned_label(one), one) for one in reversed(fixed)]
        for area in outline.areas if outline is not None else ():
            if area.id == NOWHERE:
                continue
            label = _area_label(area.code, area.title)
            found.append(Body(MeetingBody.WORKING_GROUP, area.id, label))
        for body in (MeetingBody.COMMITTEE, MeetingBody.ASSEMBLY, MeetingBody.OTHER):
            found.append(Body(body, None, body_label(body)))
        return tuple(found)

    def _first(self) -> int:
        """A meeting that was fixed for today or before, else the group of the area that the person comes from."""
        today = self.replica.today.isoformat()
        for place, one in enumerate(self._bodies):
            if one.planned is not None and (one.planned.day or today) <= today:
                return place
        own = (n for n, one in enumerate(self._bodies) if one.planned is None and one.area == self._area)
        return next(own, 0)

    @property
    def _body(self) -> Body:
        return self._bodies[self.query_one("#bodies", OptionList).highlighted or 0]

    # --- typing --------------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#bodies")
    def _body_taken(self) -> None:
        self.query_one("#countries", Input).focus()

    @on(OptionList.OptionHighlighted, "#bodies")
    def _body_moved_to(self) -> None:
        """A meeting that was fixed brings its day, hour and city."""
        self._show_outlook()
        planned = self._body.planned
        for name in ("day", "hour", "city", "title"):
            line = self.query_one(f"#{name}", Input)
            line.disabled = planned is not None
            if planned is not None:
                shown = {"day": day_label(planned.day or ""), "hour": planned.hour, "city": planned.city}
                with self.prevent(Input.Changed):
                    line.value = shown.get(name, planned.title) or ""
        self._show_heard()

    def _show_outlook(self) -> None:
        """How much there will be to talk about."""
        body = self._body
        agenda = meetings.made_agenda(self.replica, body=body.body, area=body.area)
        owed = meetings.open_commitments(self.replica, body.body, body.area)
        said = tn("Orden del día: {n} actividad", "Orden del día: {n} actividades", len(agenda))
        if owed:
            said += " · " + tn("{n} compromiso anterior", "{n} compromisos anteriores", len(owed))
        self.query_one("#outlook", Static).update(Content(said))

    @on(Input.Changed)
    def _keep(self, event: Input.Changed) -> None:
        self.attempt(self.replica.keep_draft, f"{FORM}#{event.input.id}", event.value)
        if event.input.id == "countries":
            self._show_present()
        else:
            self._show_heard()

    def _show_heard(self) -> None:
        """The day that is meant, and that the clock of the city is not known."""
        day, city = (self.query_one(f"#{name}", Input).value for name in ("day", "city"))
        heard = when_and_where(day, city, lambda text: meetings.meeting_day(self.replica, text))
        told = self.query_one("#heard", Static)
        told.update(Content("\n".join((heard.lines if not heard.faults else ()) + heard.faults)))
        told.set_class(bool(heard.faults), "-fault")

    def _show_present(self) -> None:
        heard = present(self.query_one("#countries", Input).value)
        told = self.query_one("#present", Static)
        told.update(Content("\n".join(heard.lines + heard.faults)))
        told.set_class(bool(heard.faults), "-fault")

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next()

    # --- beginning -----------------------------------------------------------------------------------------------

    def action_begin(self) -> None:
        values = {name: self.query_one(f"#{name}", Input).value for name in LINES}
        codes, unknown = meetings.read_countries(values["countries"])
        if unknown:
            self._refuse(not_understood(unknown))
            return
        order = (Order.URGENCY, Order.AREA)[max(self.query_one(OrderSet).pressed_index, 0)]
        body = self._body
        try:
            if body.planned is not None:
                id = body.planned.id
                meetings.begin_planned(self.replica, id, countries=codes, order=order)
            else:
                id = meetings.begin(
                    self.replica,
                    body=body.body,
                    area=body.area,
                    title=values["title"] or None,
                    day=values["day"] or None,
                    hour=values["hour"] or None,
                    city=values["city"] or None,
                    countries=codes,
                    order=order,
                )
        except GealcError as error:
            self._refuse(sentence(error))
            return
        for name in LINES:
            self.attempt(self.replica.keep_draft, f"{FORM}#{name}", "")
        self.dismiss(id)

    def _refuse(self, why: str) -> None:
        self.query_one("#fault", Static).update(Content(why))

    def why_off(self, action: str) -> str | None:
        if action == "cancel_planned" and self._body.planned is None:
            return t("Primero señale una reunión prevista.")
        return None

    def action_cancel_planned(self) -> None:
        if (planned := self._body.planned) is not None:
            ask_to_cancel(self, planned, self._cancelled)

    def _cancelled(self) -> None:
        self._bodies = self._offered()
        bodies = self.query_one("#bodies", OptionList)
        bodies.clear_options()
        bodies.add_options([Option("") for _ in self._bodies])
        bodies.highlighted = self._first()
        self.respell()

    def action_earlier(self) -> None:
        from gealc_tui.tui.screens.meeting_list import MeetingListScreen

        self.app.push_screen(MeetingListScreen(), self._earlier_left)

    def _earlier_left(self, reopened: str | None) -> None:
        if reopened is not None:
            self.dismiss(reopened)

    def action_leave(self) -> None:
        self.dismiss(None)


def _planned_label(meeting: MeetingReading) -> str:
    day = day_label(meeting.day) if meeting.day else "—"
    who = meeting.title or (
        _area_label(meeting.area_code, meeting.area_title) if meeting.area_title is not None else meeting_label(meeting)
    )
    return t("Prevista, {day}: {who}", day=day, who=who)


def _area_label(code: str | None, title: str) -> str:
    """A working group in one short line: its code first, by which they are told apart."""
    return t("Grupo {code} {area}", code=code or "", area=title)
