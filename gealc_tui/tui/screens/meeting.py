"""A meeting: one activity at a time, large; what is said is written down where it is said.

Every key that changes something is durable at once, and what is typed is kept letter by letter: after a kill the
meeting opens where it stopped, with the half sentence in its line. What another window or program writes appears by
itself; the focus, and what is being typed, stay where they are.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from gealc_tui.commands import activities, meetings, undo
from gealc_tui.domain.meetings import ItemReading, MeetingReading
from gealc_tui.domain.readings import ActivityRow
from gealc_tui.domain.vocabulary import Status
from gealc_tui.i18n import N_, t
from gealc_tui.i18n.naming import entity_label
from gealc_tui.replica import Committed, Replica
from gealc_tui.tui import keys
from gealc_tui.tui.drawing import Turn, told_line
from gealc_tui.tui.meeting_drawing import Scene, elapsed_label, status_since
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.screens.meeting_line import MeetingLineScreen
from gealc_tui.tui.widgets.lines import KeyLine, TellLine
from gealc_tui.tui.widgets.meeting_lines import Course, MeetingLines, Side, rows_of
from gealc_tui.tui.widgets.prompt import Prompt
from gealc_tui.tui.widgets.stage import Stage

POLL_SECONDS = 0.5
"""How often it is asked whether another process has written."""

IN_VIEW = "meeting:view"
"""The meeting that is on the screen: what the next start opens, if this window is killed."""

POSITION = "meeting:position"
"""The activity that was last shown."""


class MeetingScreen(MeetingLineScreen):
    """A meeting that is open."""

    ABOUT = N_(
        "Una reunión: una actividad por vez, en grande. Lo que se decide se escribe donde se dice y"
        " queda guardado al momento; si se apaga la máquina, la reunión sigue donde estaba. C la"
        " cierra y hace el acta."
    )
    BINDINGS = keys.bindings(keys.STATUS, keys.MEETING, keys.MEETING_MORE, keys.MEETING_END, keys.MEETING_LINE)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-high")]  # noqa: RUF012
    AUTO_FOCUS = ""  # the line, which is not open

    def __init__(self, meeting: str) -> None:
        super().__init__(meeting)
        self._owed: tuple[ItemReading, ...] = ()
        """What earlier meetings agreed that may still be owed."""
        self._place = 0
        self._seen = 0
        self._is_left = False

    def compose(self) -> ComposeResult:
        yield MeetingLines(id="meeting-lines")
        with Horizontal(id="meeting"):
            with Vertical(id="main"):
                yield Stage(id="stage")
                yield Prompt(id="prompt")
            yield Side(id="side", can_focus=False)
        yield TellLine(id="tell")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self._seen = self.replica.data_version()
        self._remember(IN_VIEW, self._meeting_id)
        meeting = self._read_meeting()
        if meeting is None:
            self.call_later(self._leave)
            return
        self.reload()
        last = self.replica.setting(POSITION) or ""
        self.go_to(last if last in self._rows else next(iter(meeting.agenda), ""))
        self._resume_line()
        self._show_keys()
        self.set_interval(POLL_SECONDS, self._look_outside)

    def on_resize(self) -> None:
        self._show_keys()

    def on_screen_resume(self) -> None:
        if self._meeting is None:
            return
        if self._read_meeting() is None:
            # It was closed on the screen that lay over this one.
            self._leave()
        else:
            self.reload()

    def _look_outside(self) -> None:
        version = self.replica.data_version()
        if not self.is_active:
            return
        if version != self._seen:
            self._seen = version
            self._tell_if_changed()
        elif (lines := self.query_one(MeetingLines)).course is not None:
            lines.course = lines.course._replace(elapsed=self._elapsed())

    def _tell_if_changed(self) -> None:
        """Reads again what another wrote; that it concerns what is being talked about is pointed out."""
        before = self._here
        self.reload()
        if before is not None and self._here is not None and before != self._here:
            self.tell(t("{code}: cambió desde otra ventana o con un archivo recibido.", code=self._here.row.code))

    # --- reading -------------------------------------------------------------------------------------------------

    def _read_meeting(self) -> MeetingReading | None:
        """The meeting, if it is still open here: an undo may have gone back past its beginning."""
        ok, now = self.attempt(meetings.current, self.replica)
        self._meeting = now if ok and now is not None and now.id == self._meeting_id else None
        return self._meeting

    def reload(self) -> None:
        """Reads everything again, as after another's words."""
        plan = meetings.plan_of(self.replica.read, self._meeting) if self._meeting is not None else self.replica.plan
        _, outline = self.attempt(self.replica.read.outline, self.replica.today, plan)
        self._rows = {row.id: row for row in outline.activities} if outline is not None else {}
        if self._meeting is not None:
            owed = meetings.open_commitments(self.replica, self._meeting.body, self._meeting.area)
            self._owed = tuple(owed)
        self._redraw()

    def _redraw(self) -> None:
        """Reads the meeting and the activity that it is at, and hands them down.

        However large the plan, this costs the same: of the other activities nothing is read.
        """
        meeting = self._read_meeting()
        if meeting is None:
            self._leave(t("La reunión ya no está abierta en esta copia."))
            return
        here = self._here.row.id if self._here is not None else ""
        self._items = meetings.items(self.replica, self._meeting_id)
        changes = meetings.changes(self.replica, self._meeting_id)
        self._new = frozenset(change.entity for change in changes if change.is_new)
        if here:
            self._show_activity(here)
        agenda = rows_of(self._rows, meeting.agenda)
        notes_here = {change.entity for change in changes if change.kind == "note"}
        course = Course(
            meeting,
            self._place_label(agenda, here),
            self._elapsed(),
            agenda,
            here,
            changes,
            self._items,
            frozenset(one for one in notes_here if not self.replica.read.state_of(one).get("official", True)),
        )
        self.query_one(MeetingLines).course = course
        self.query_one(Side).course = course

    def _place_label(self, agenda: tuple[ActivityRow, ...], here: str) -> str:
        place = next((n for n, row in enumerate(agenda, 1) if row.id == here), None)
        if place is None:
            return t("fuera del orden del día")
        return t("{n} de {total}", n=place, total=len(agenda))

    def _elapsed(self) -> str:
        return elapsed_label(self.replica.clock() - self._meeting.at) if self._meeting is not None else ""

    def _show_activity(self, id: str) -> None:
        ok, reading = self.attempt(self.replica.read.activity, id, self.replica.today)
        if not ok or reading is None:
            return
        self._here = reading
        self._rows[id] = reading.row
        self.query_one(Stage).scene = Scene(
            reading,
            status_since(self.replica.read.history((f"activity/{id}",)), id),
            tuple(item for item in self._items if item.about == id),
            tuple(item for item in self._owed if item.about == id),
            self.replica.today,
        )

    # --- moving --------------------------------------------------------------------------------------------------

    def go_to(self, activity: str) -> None:
        """Puts an activity before the meeting. One that is on the agenda is where `next` goes on from."""
        meeting = self._meeting
        if not activity or meeting is None:
            self.reload()
            return
        ok, reading = self.attempt(self.replica.read.activity, activity, self.replica.today)
        if ok and reading is not None:
            self._here = reading
            if activity in meeting.agenda:
                self._place = meeting.agenda.index(activity)
            self._remember(POSITION, activity)
        self._redraw()

    def action_next(self) -> None:
        self._step(1)

    def action_previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        agenda = self._meeting.agenda if self._meeting is not None else ()
        here = self._here.row.id if self._here is not None else ""
        # From outside the agenda, back to where it was left.
        place = self._place + by if here in agenda or by > 0 else self._place
        if not agenda:
            return
        if not 0 <= place < len(agenda):
            last = t("Es la última del orden del día. C cierra la reunión.")
            self.tell(last if by > 0 else t("Es la primera del orden del día."))
            return
        self.go_to(agenda[place])

    def action_later(self) -> None:
        self._reorder(1)

    def action_sooner(self) -> None:
        self._reorder(-1)

    def _reorder(self, by: int) -> None:
        if self._meeting is None or self._here is None:
            return
        agenda, here = list(self._meeting.agenda), self._here.row.id
        if here not in agenda:
            agenda.insert(min(self._place + 1, len(agenda)), here)
        else:
            place = agenda.index(here)
            if not 0 <= place + by < len(agenda):
                self.tell(t("Ya está en un extremo del orden del día."))
                return
            agenda[place], agenda[place + by] = agenda[place + by], agenda[place]
        ok, _ = self.attempt(meetings.set_agenda, self.replica, self._meeting_id, agenda)
        if ok:
            self._meeting = self._read_meeting()
            self.go_to(here)
            place = agenda.index(here) + 1
            self.tell(t("{code}: lugar {n} del orden del día · u deshace", code=self._here.row.code, n=place))

    def action_side(self) -> None:
        self.toggle_class("-side")

    def action_down(self) -> None:
        self.query_one(Stage).turn(1)

    def action_up(self) -> None:
        self.query_one(Stage).turn(-1)

    # --- writing at a key ----------------------------------------------------------------------------------------

    def _written(self, committed: Committed | None, turn: Turn = Turn.DONE) -> None:
        if turn is Turn.DONE:
            self._redraw()
        else:
            self.reload()
        if committed is None:
            self.tell(t("Ya estaba así."))
            return
        self.tell(told_line(committed, self._name_of, turn))

    def _name_of(self, entity: str) -> str:
        """What people know an entity by. The meeting that is being held needs no name."""
        name = self.replica.read.entity_name(entity)
        return "" if name.kind == "meeting" else entity_label(name)

    def action_set_status(self, status: str) -> None:
        if self._here is None:
            return
        ok, committed = self.attempt(activities.set_status, self.replica, self._here.row.id, Status(status))
        if ok:
            self._written(committed)

    def action_undo(self) -> None:
        self._turn_back(Turn.UNDONE)

    def action_redo(self) -> None:
        self._turn_back(Turn.REDONE)

    def _turn_back(self, turn: Turn) -> None:
        """The eye goes to what was undone or done again."""
        ok, committed = self.attempt(undo.undo if turn is Turn.UNDONE else undo.redo, self.replica)
        if not ok or committed is None:
            return
        if self._read_meeting() is None:
            self._leave(t("Se deshizo el comienzo de la reunión. U la vuelve a abrir."))
            return
        about = self.replica.read.activity_of(committed.edits[0][0])
        if about is not None and self._here is not None and about != self._here.row.id:
            self.go_to(about)
        self._written(committed, turn)

    # --- other screens -------------------------------------------------------------------------------------------

    def action_owed(self) -> None:
        from gealc_tui.tui.screens.meeting_owed import MeetingOwedScreen

        self.app.push_screen(MeetingOwedScreen(self._meeting_id))

    def action_close(self) -> None:
        from gealc_tui.tui.screens.meeting_closing import ClosingScreen

        self.app.push_screen(ClosingScreen(self._meeting_id), self._closing_left)

    def _closing_left(self, activity: str | None) -> None:
        """Back from closing, on with an activity that should be looked at."""
        if activity and self._read_meeting() is not None:
            self.go_to(activity)

    def action_leave(self) -> None:
        if self.query_one(Prompt).asking is not None:
            self._close_line()
            return
        self._leave(t("La reunión sigue abierta: m vuelve a ella."))

    def _leave(self, why: str = "") -> None:
        """Goes back, and says why there: what is said here goes with this screen."""
        self._remember(IN_VIEW, "")
        if self.is_active and not self._is_left:
            self._is_left = True
            below = self.app.screen_stack[-2]
            if why and isinstance(below, ReplicaScreen):
                below.tell(why)
            self.dismiss(None)


def interrupted(replica: Replica) -> MeetingScreen | None:
    """The meeting that was on the screen when the program ended without being told; None if there was none."""
    id = replica.setting(IN_VIEW)
    now = meetings.current(replica) if id else None
    return MeetingScreen(now.id) if now is not None and now.id == id else None
