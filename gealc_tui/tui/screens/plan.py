"""The plan: the tree on the left, the highlighted activity on the right.

One key sets a status, at once and durably. What another window or program writes appears by itself; the cursor, and
what is being typed, stay where they are.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.timer import Timer
from textual.widgets import Input

from gealc_tui.commands import activities, finding, notes, undo
from gealc_tui.domain.filters import NOTHING_ASKED, Filter
from gealc_tui.domain.readings import ActivityReading, ActivityRow, AreaHead, PlanHead
from gealc_tui.domain.vocabulary import Status
from gealc_tui.errors import DatabaseError
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import country_name, role_label
from gealc_tui.replica import Committed
from gealc_tui.tui import keys, themes
from gealc_tui.tui.drawing import committed_line
from gealc_tui.tui.finding import OPENED_AT_ONCE, Sight
from gealc_tui.tui.meanwhile import Meanwhile, after_saving
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.detail import AreaSheet, Detail, FieldRow, Sheet
from gealc_tui.tui.widgets.lines import FilterLine, KeyLine, Standing, StatusLine, TellLine
from gealc_tui.tui.widgets.plan_tree import PlanTree

if TYPE_CHECKING:
    from gealc_tui.tui.app import GealcApp

POLL_SECONDS = 0.5
"""How often it is asked whether another process has written (SQLite's data_version: microseconds)."""

LAST = "last_activity"

REST_SECONDS = 0.3
"""After so long on a place it is remembered for the next start: arrows that are held down do not wait for the disk."""

ALL_OPEN = 5_000
"""Activities up to which all areas may be opened at once."""


class PlanScreen(ReplicaScreen[None]):
    """The main screen."""

    ABOUT = N_(
        "A la izquierda, las áreas con sus actividades; a la derecha, la que está señalada. Un cambio de estado es una"
        " tecla, y u lo deshace. F8 busca entre todas las órdenes."
    )

    BINDINGS = keys.bindings(keys.STATUS, keys.PLAN)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._sight: Sight | None = None
        self._seen = 0
        self._resting: Timer | None = None
        self._meanwhile: Meanwhile | None = None

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield FilterLine(id="sieve")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Input(id="search", select_on_focus=False)
                yield PlanTree(id="tree")
            yield Detail(id="detail")
        yield TellLine(id="tell")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self._seen = self.replica.data_version()
        self._sight = Sight(self.replica)
        last = self.replica.setting(LAST)
        # Read once, with the area of the last activity open.
        self.attempt(self._prepare, last)
        self.reload()
        tree = self.query_one(PlanTree)
        if not (last and tree.go_to(last)):
            self._go_to_first()
        tree.focus()
        self.set_interval(POLL_SECONDS, self._look_outside)

    def respell(self) -> None:
        self.query_one("#search", Input).placeholder = t("código, título o persona")
        self.query_one("#left").border_title = Content(t("Áreas y actividades"))
        self._show_keys()

    def _look_outside(self) -> None:
        version = self.replica.data_version()
        if version != self._seen:
            self._seen = version
            self.reload()
            self._point_out()

    def _prepare(self, last: str | None) -> None:
        sight = self.sight
        sight.head = self.replica.read.head()
        if last and sight.head is not None and sight.head.total > OPENED_AT_ONCE and not sight.filter:
            sight.show(last)

    def on_screen_resume(self) -> None:
        if self._sight is not None:
            self.reload()

    # --- reading -----------------------------------------------------------------------------------------------

    @property
    def sight(self) -> Sight:
        assert self._sight is not None, "the screen is mounted"
        return self._sight

    def reload(self, *, anew: bool = True) -> None:
        """Reads the plan again and hands it down. Without `anew` what a filter or search left stays in sight."""
        ok, view = self.attempt(self.sight.read, anew=anew)
        if not ok or view is None:
            return
        tree = self.query_one(PlanTree)
        tree.view = view
        self.query_one(FilterLine).sieve = self.sight.sieve()
        if self.sight.head is not None:
            self._show_standing(self.sight.head)
        self._show_activity()

    def _go_to_first(self) -> None:
        view = self.query_one(PlanTree).view
        first = next(iter(view.found if view.found is not None else view.areas), None)
        if first is not None:
            self.query_one(PlanTree).go_to(first.id)

    def go_to(self, id: str) -> bool:
        """Puts the cursor on an activity or area, whatever is open, filtered or searched. False if it is not here."""
        ok, here = self.attempt(self.sight.show, id)
        if not (ok and here):
            return False
        self._hide_search()
        self.reload()
        return self.query_one(PlanTree).go_to(id)

    def _show_standing(self, head: PlanHead) -> None:
        own = self.replica.read.person(self.replica.id or "")
        who = f"{role_label(own[2] or '')} · {country_name(own[1] or '')}" if own else t("nadie se presentó")
        self.query_one(StatusLine).standing = Standing(
            head.title,
            who,
            head.done,
            head.total,
            self.replica.read.difference_counts().total(),
            self.replica.unsent(),
            is_demo=self.replica.demo_day is not None,
        )

    @property
    def _activity(self) -> ActivityRow | None:
        row = self.query_one(PlanTree).highlighted
        return row if isinstance(row, ActivityRow) else None

    def _show_activity(self) -> None:
        row = self.query_one(PlanTree).highlighted
        detail = self.query_one(Detail)
        if isinstance(row, ActivityRow):
            ok, reading = self.attempt(self.replica.read.activity, row.id, self.replica.today)
            if ok and reading is not None:
                history = self.replica.read.history(self.replica.read.entities_about(f"activity/{row.id}"))
                detail.sheet = Sheet(reading, history, self.replica.today)
                self._show_match(reading)
        elif isinstance(row, AreaHead):
            entity, read = f"area/{row.id}", self.replica.read
            history = read.history(read.entities_about(entity))
            detail.area = AreaSheet(row, read.notes(entity), history, read.observations(entity), self.replica.today)

    def _show_match(self, reading: ActivityReading) -> None:
        """While somebody searches: what was found here, if it is not in the title."""
        match = None
        if self.sight.text:
            match = finding.matched(reading, finding.sought(self.replica, self.sight.text))
        hint = t("{code} · {label}: «{text}»", code=reading.row.code, **match._asdict()) if match else ""
        self.query_one(TellLine).hint = hint

    @on(PlanTree.Highlighted)
    def _rest(self) -> None:
        self._show_activity()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST_SECONDS, self._remember_place)

    def _remember_place(self) -> None:
        # A place in the plan is not worth a message when the disk refuses it.
        row = self.query_one(PlanTree).highlighted
        if row is not None:
            with suppress(DatabaseError):
                self.replica.set_setting(LAST, row.id)

    @on(PlanTree.Toggled)
    def _toggle(self, event: PlanTree.Toggled) -> None:
        self.sight.toggle(event.area, opens=event.opens)
        self.reload(anew=False)

    @on(PlanTree.Marked)
    def _mark(self, event: PlanTree.Marked) -> None:
        self.sight.mark(event.row)
        self._show_marks()

    def _show_marks(self) -> None:
        tree = self.query_one(PlanTree)
        tree.view = tree.view._replace(marked=frozenset(self.sight.marked))
        self.query_one(FilterLine).sieve = self.sight.sieve()

    @on(PlanTree.Entered)
    def _go_in(self, event: PlanTree.Entered) -> None:
        if isinstance(event.row, AreaHead):
            # An area that was found: what stands in it is wanted.
            self.go_to(event.row.id)
        else:
            self._enter()

    def _enter(self) -> None:
        self.add_class("-inside")
        self.query_one(Detail).start()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        # In a narrow terminal the pane in sight is the one that has the focus, however it came there.
        self.set_class(self.query_one(Detail) in event.widget.ancestors, "-inside")

    # --- writing -----------------------------------------------------------------------------------------------

    def _written(self, committed: Committed | None, *, undone: bool = False) -> None:
        self.reload(anew=False)
        if committed is None:
            self.tell(t("Ya estaba así."))
            return
        line = committed_line(committed, self.replica.read.title_of)
        self.tell(line if undone else t("{what} · u deshace", what=line))

    def action_set_status(self, status: str) -> None:
        if self.sight.marked:
            self._set_in_all("status", status)
            return
        if (row := self._activity_or_say()) is None:
            return
        ok, committed = self.attempt(activities.set_status, self.replica, row.id, Status(status))
        if ok:
            self._written(committed)

    def _set_in_all(self, field: str, text: str) -> bool:
        """Sets a field of all marked activities. Whether it was accepted."""
        ok, committed = self.attempt(activities.set_field_in_all, self.replica, tuple(self.sight.marked), field, text)
        if ok:
            self._written(committed)
        return ok

    def _activity_or_say(self) -> ActivityRow | None:
        row = self._activity
        if row is None:
            self.tell(t("Primero elija una actividad."))
        return row

    def action_undo(self) -> None:
        ok, committed = self.attempt(undo.undo, self.replica)
        if ok:
            self._written(committed, undone=True)

    def action_redo(self) -> None:
        ok, committed = self.attempt(undo.redo, self.replica)
        if ok:
            self._written(committed, undone=True)

    async def action_add_note(self) -> None:
        row = self.query_one(PlanTree).highlighted
        if row is None or not self._knows_who():
            return
        kind = "activity" if isinstance(row, ActivityRow) else "area"
        from gealc_tui.tui.screens.note import NoteScreen

        self.app.push_screen(NoteScreen.new(f"{kind}/{row.id}", row.code, row.title), self._note_closed)

    def _knows_who(self) -> bool:
        """Asks who uses this copy before somebody writes for nothing."""
        ok, _ = self.attempt(self.replica.require_identity)
        return ok

    def _note_closed(self, committed: Committed | None) -> None:
        if committed is not None:
            self._written(committed)

    @on(Detail.NoteChosen)
    def _edit_note(self, event: Detail.NoteChosen) -> None:
        row = self._activity
        if row is not None and self._knows_who():
            from gealc_tui.tui.screens.note import NoteScreen

            self.app.push_screen(NoteScreen.existing(event.note, row.code, row.title), self._note_closed)

    def action_delete_note(self) -> None:
        note = self.query_one(Detail).highlighted_note
        if note is None:
            self.tell(t("Primero señale una nota."))
            return
        ok, committed = self.attempt(notes.delete_note, self.replica, note.id)
        if ok:
            self._written(committed)

    # --- fields --------------------------------------------------------------------------------------------------

    def action_edit(self) -> None:
        if self.sight.marked:
            from gealc_tui.tui.screens.many import ManyScreen

            self.app.push_screen(ManyScreen(len(self.sight.marked)), self._many_closed)
        elif self._activity_or_say() is not None:
            self._enter()

    def _many_closed(self, entered: tuple[str, str] | None) -> None:
        if entered is not None:
            self._set_in_all(*entered)

    @on(Detail.FieldOpened)
    def _open_field(self, event: Detail.FieldOpened) -> None:
        row = event.row
        if row.field == "status":
            self.tell(t("El estado se pone con las teclas 1 a 5."))
        elif self._knows_who():
            self._meanwhile = Meanwhile(self.replica, row.entity, (row.field,))
            self.query_one(Detail).edit(row, self.replica.draft(_place(row)) or row.text)
            self._show_keys()

    def _point_out(self) -> bool:
        """Shows what came meanwhile to the field that is being typed; whether anything did."""
        detail = self.query_one(Detail)
        if self._meanwhile is None or not detail.is_editing:
            return False
        ok, came = self.attempt(self._meanwhile.look)
        if ok and came:
            detail.point_out(f"{came}\n{after_saving()}")
        return bool(came)

    @on(Detail.FieldTyped)
    def _keep_typed(self, event: Detail.FieldTyped) -> None:
        self.attempt(self.replica.keep_draft, _place(event.row), event.text if event.text != event.row.text else "")

    @on(Detail.FieldLeft)
    def _leave(self, event: Detail.FieldLeft) -> None:
        self.attempt(self.replica.keep_draft, _place(event.row), "")
        self._show_keys()

    @on(Detail.FieldEntered)
    def _set_field(self, event: Detail.FieldEntered) -> None:
        row = event.row
        if self._point_out():
            self.tell(t("Alguien más escribió este campo: mire qué, y Enter guarda."))
            return
        ok, committed = self.attempt(activities.set_field, self.replica, row.entity, row.field, event.text)
        if ok:
            self.attempt(self.replica.keep_draft, _place(row), "")
            self.query_one(Detail).stop_editing()
            self._show_keys()
            self._written(committed)

    # --- differences ---------------------------------------------------------------------------------------------

    @on(Detail.DifferenceChosen)
    def _open_chosen(self, event: Detail.DifferenceChosen) -> None:
        self._open_difference(event.row.entity, event.row.field)

    def action_open_difference(self) -> None:
        """Opens the first difference here; else the first of all."""
        here = self._activity
        ok, found = self.attempt(self.replica.read.differing)
        if ok and found:
            about = self.replica.read.activity_of
            first = next((one for one in found if here is not None and about(one[0]) == here.id), found[0])
            self._open_difference(*first)
        elif ok:
            self.tell(t("No hay diferencias."))

    def _open_difference(self, entity: str, field: str) -> None:
        from gealc_tui.tui.screens.difference import DifferenceScreen

        self.app.push_screen(DifferenceScreen(entity, field), self._difference_closed)

    def _difference_closed(self, activity: str | None) -> None:
        if activity is not None:
            self.go_to(activity)

    def action_next_difference(self) -> None:
        """Goes to the next activity with a difference, round to the first again."""
        here = self._activity
        ok, found = self.attempt(self.replica.read.activity_with_difference_after, here.id if here else None)
        if ok and found is not None:
            self.go_to(found)
        elif ok:
            # What is left concerns no activity, and stands nowhere in the tree.
            self.action_open_difference()

    # --- moving about --------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        line = self.query_one("#search", Input)
        line.display = True
        line.focus()

    @on(Input.Changed, "#search")
    def _type_search(self, event: Input.Changed) -> None:
        self._find(event.value)

    def _find(self, text: str) -> None:
        """Leaves in sight what holds these words, the best first, with the cursor on it."""
        sight, tree = self.sight, self.query_one(PlanTree)
        sight.text = text.strip()
        ok, view = self.attempt(sight.read)
        if not ok or view is None:
            return
        tree.view = view
        if sight.text or tree.highlighted is None:
            self._go_to_first()
        self._show_count()
        if tree.highlighted is None:
            self.query_one(TellLine).hint = t("Nada tiene esas palabras. Esc quita la búsqueda.")

    def _show_count(self) -> None:
        sight, line = self.sight, self.query_one("#search", Input)
        shown = len(self.query_one(PlanTree).view.found or ())
        if not sight.text:
            line.border_subtitle = ""
        elif shown < sight.total_found:
            line.border_subtitle = Content(t("{n} de {total}", n=shown, total=sight.total_found))
        else:
            line.border_subtitle = Content(tn("{n} encontrada", "{n} encontradas", shown))

    @on(Input.Submitted, "#search")
    def _end_search(self) -> None:
        self.query_one(PlanTree).focus()

    def _end_finding(self) -> None:
        """Gives the whole plan back, with the cursor where it was among what was found."""
        here = self.query_one(PlanTree).highlighted
        if here is None or not self.go_to(here.id):
            self._hide_search()
            self.sight.text = ""
            self.reload()
            self._go_to_first()

    def _hide_search(self) -> None:
        line = self.query_one("#search", Input)
        with self.prevent(Input.Changed):
            line.value = ""
        line.border_subtitle = ""
        line.display = False
        self.query_one(TellLine).hint = ""

    def action_back(self) -> None:
        detail = self.query_one(Detail)
        if detail.is_editing:
            detail.leave_field()
        elif detail.has_focus_within or self.has_class("-inside"):
            self.remove_class("-inside")
            self.query_one(PlanTree).focus()
        elif self.query_one("#search", Input).display:
            self._end_finding()
            self.query_one(PlanTree).focus()
        elif self.sight.marked:
            self.sight.marked.clear()
            self._show_marks()

    def action_open_all(self) -> None:
        """Closes all areas if all are open, else opens them."""
        head, view = self.sight.head, self.query_one(PlanTree).view
        if head is None or view.found is not None:
            return
        every = {area.id for area in view.areas}
        opens = every != set(view.rows)
        if opens and sum(area.total for area in view.areas) > ALL_OPEN:
            self.tell(t("Son {n} actividades: abra las áreas de a una.", n=head.total))
            return
        self.sight.open_only(every if opens else ())
        self.reload(anew=False)

    def action_filter(self) -> None:
        from gealc_tui.tui.screens.filter import FilterScreen

        self.app.push_screen(FilterScreen(self.sight.filter), self._filter_closed)

    def _filter_closed(self, wanted: Filter | None) -> None:
        if wanted is not None:
            self.show_filtered(wanted)

    def show_filtered(self, wanted: Filter) -> None:
        """Leaves in sight what a filter lets through; an empty one gives the whole plan back."""
        here = self.query_one(PlanTree).highlighted
        self._hide_search()
        self.sight.text = ""
        self.sight.ask(wanted)
        if not wanted and here is not None and self.go_to(here.id):
            return
        self.reload()
        tree = self.query_one(PlanTree)
        if tree.highlighted is None:
            self._go_to_first()
        if tree.highlighted is None:
            self.tell(t("El filtro no deja ninguna actividad. F lo quita."))

    def action_clear_filter(self) -> None:
        if self.sight.filter:
            self.show_filtered(NOTHING_ASKED)
        else:
            self.tell(t("No hay ningún filtro. Con f se elige uno."))

    def action_jump(self) -> None:
        from gealc_tui.tui.screens.jump import JumpScreen

        self.app.push_screen(JumpScreen(), self._jumped)

    def _jumped(self, activity: str | None) -> None:
        if activity is not None:
            self.go_to(activity)
            self.query_one(PlanTree).focus()

    def action_next_record(self) -> None:
        self.query_one(Detail).next_record()

    def _show_keys(self) -> None:
        line = self.query_one(KeyLine)
        if self.query_one(Detail).is_editing:
            line.show(keys.FIELD)
        else:
            line.show(keys.PLAN, first=t("1-5 estado"))

    def action_meeting(self) -> None:
        """Goes on with the meeting that is open; else asks who meets."""
        from gealc_tui.commands import meetings
        from gealc_tui.tui.screens.meeting import MeetingScreen
        from gealc_tui.tui.screens.meeting_start import MeetingStartScreen

        if not self._knows_who():
            return
        ok, now = self.attempt(meetings.current, self.replica)
        if ok and now is not None:
            self.app.push_screen(MeetingScreen(now.id))
        elif ok:
            row = self.query_one(PlanTree).highlighted
            area = row.area if isinstance(row, ActivityRow) else row.id if row is not None else None
            self.app.push_screen(MeetingStartScreen(area), self._meeting_begun)

    def _meeting_begun(self, meeting: str | None) -> None:
        if meeting is not None:
            from gealc_tui.tui.screens.meeting import MeetingScreen

            self.app.push_screen(MeetingScreen(meeting))

    def action_exchange(self) -> None:
        from gealc_tui.tui.screens.exchange import ExchangeScreen

        self.app.push_screen(ExchangeScreen())

    def action_identity(self) -> None:
        from gealc_tui.tui.screens.welcome import WelcomeScreen

        self.app.push_screen(WelcomeScreen())

    def action_theme(self) -> None:
        cast("GealcApp", self.app).next_theme()
        self.tell(t("Tema: {theme}.", theme=themes.label(self.app.theme)))

    def action_progress(self) -> None:
        from gealc_tui.tui.screens.progress import ProgressScreen

        self.app.push_screen(ProgressScreen(), self._go_to)

    def action_history(self) -> None:
        from gealc_tui.tui.screens.history import HistoryScreen

        self.app.push_screen(HistoryScreen(), self._go_to)

    def action_settings(self) -> None:
        from gealc_tui.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen())

    def _go_to(self, id: str | None) -> None:
        """To an activity or area that was chosen on another screen."""
        if id is not None:
            self._end_finding()
            self.query_one(PlanTree).go_to(id)

    def why_off(self, action: str) -> str | None:
        if action in ("set_status", "edit") and self._activity is None:
            return t("Primero elija una actividad.")
        if action == "delete_note" and self.query_one(Detail).highlighted_note is None:
            return t("Primero señale una nota: v muestra las notas, y Tab lleva a ellas.")
        if action in ("next_difference", "open_difference") and not self.replica.read.difference_counts():
            return t("No hay diferencias.")
        if action == "undo" and not undo.can_undo(self.replica):
            return t("No hay nada que deshacer.")
        if action == "redo" and not undo.can_redo(self.replica):
            return t("No hay nada que rehacer.")
        return None

    def action_quit(self) -> None:
        self.app.exit()


def _place(row: FieldRow) -> str:
    """Where a draft of this field is kept."""
    return f"{row.entity}#{row.field}"
