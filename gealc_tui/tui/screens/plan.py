"""The plan: the tree on the left, the highlighted activity on the right.

One key sets a status, at once and durably. What another window or program writes appears by itself; the cursor, and
what is being typed, stay where they are.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.timer import Timer
from textual.widgets import Input

from gealc_tui.commands import activities, notes, plan_choice, undo
from gealc_tui.commands.following import following
from gealc_tui.commands.naming import name_of
from gealc_tui.domain.change import kind_of
from gealc_tui.domain.readings import NOWHERE, ActivityRow, AreaHead, Mark, PlanHead
from gealc_tui.domain.vocabulary import Status
from gealc_tui.errors import DatabaseError
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import country_name, plan_title, role_label
from gealc_tui.i18n.naming import author_label
from gealc_tui.i18n.sentences import shorten
from gealc_tui.presentation.translating import told
from gealc_tui.replica import Committed
from gealc_tui.tui import keys, themes
from gealc_tui.tui.drawing import Turn, told_line
from gealc_tui.tui.field_editing import FieldEditing
from gealc_tui.tui.finding import Sight
from gealc_tui.tui.open_meeting import open_meeting
from gealc_tui.tui.reasons import proposed_line
from gealc_tui.tui.screens.finding import FindingScreen
from gealc_tui.tui.sheet import AreaSheet, Sheet
from gealc_tui.tui.widgets.detail import Detail
from gealc_tui.tui.widgets.lines import FilterLine, KeyLine, Standing, StatusLine, TellLine
from gealc_tui.tui.widgets.plan_tree import PlanTree

if TYPE_CHECKING:
    from gealc_tui.tui.app import GealcApp
    from gealc_tui.tui.structure_editing import StructureEditing

POLL_SECONDS = 0.5
"""How often it is asked whether another process has written (SQLite's data_version: microseconds)."""

LAST = "last_activity"

REST_SECONDS = 0.3
"""After so long on a place it is remembered for the next start: arrows that are held down do not wait for the disk."""


class PlanScreen(FindingScreen):
    """The main screen."""

    ABOUT = N_(
        "A la izquierda, las áreas con sus actividades; a la derecha, la que está señalada. El"
        " estado se cambia con una tecla, de 1 a 5, y u deshace. F8 busca entre todas las órdenes."
    )

    BINDINGS = keys.bindings(keys.STATUS, keys.PLAN)
    # Not the search line, which comes first and is hidden: keys that are typed before all stands would go there.
    AUTO_FOCUS = "#tree"

    def __init__(self) -> None:
        super().__init__()
        self._seen = 0
        self._seen_before = False
        self._place: str | None = None
        self._resting: Timer | None = None

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
        self._editing = FieldEditing(self, self.query_one(Detail))
        last = self.replica.setting(LAST)
        # Read once, with the area of the last activity open.
        self.attempt(self._prepare, last)
        self.reload()
        tree = self.query_one(PlanTree)
        # It may stand in an area that is closed: it was found by a search when the window was taken away.
        if not (last and (tree.go_to(last) or self.go_to(last))):
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
            self._editing.point_out()

    def on_screen_resume(self) -> None:
        if self._sight is not None and self._seen_before:
            self.reload()
        self._seen_before = True

    # --- reading -----------------------------------------------------------------------------------------------

    def reload(self, *, anew: bool = True) -> None:
        """Reads the plan again and hands it down. Without `anew` what a filter or search left stays in sight."""
        with self.replica.read.snapshot():
            self._reload(anew=anew)
        self.sight.keep()

    def _reload(self, *, anew: bool) -> None:
        ok, view = self.attempt(self.sight.read, anew=anew)
        if not ok or view is None:
            return
        tree = self.query_one(PlanTree)
        tree.view = view
        self.query_one(FilterLine).sieve = self.sight.sieve()
        if self.sight.head is not None:
            self._show_standing(self.sight.head)
            # Whatever brought the first plan: it stays in view from now on.
            self.call_after_refresh(self.replica.remember_plan)
        self._show_activity()

    def _show_standing(self, head: PlanHead) -> None:
        own = self.replica.read.person(self.replica.id or "")
        who = f"{role_label(own[2] or '')} · {country_name(own[1] or '')}" if own else t("sin identificar (p)")
        self.query_one(StatusLine).standing = Standing(
            plan_title(head.title, head.mark),
            who,
            head.done,
            head.total,
            self.replica.read.difference_counts().total(),
            self.replica.unsent(),
            is_demo=self.replica.demo_day is not None,
            year=head.year,
            pointed_out=self._pointed_out(head),
            in_meeting=open_meeting(self.replica) is not None,
        )
        self._show_keys()

    def _pointed_out(self, head: PlanHead) -> str:
        """What the header says beside the plan's name: who withdrew it, or another that could be looked at."""
        is_disputed = head.mark is Mark.CONTESTED
        if not is_disputed and (author := self.replica.read.withdrawn_by(head.id)) is not None:
            return t("Retirado por {who}", who=shorten(author_label(author), 40))
        if (offer := plan_choice.offer(self.replica)) is None:
            return self._amended(head)
        key = keys.shown(keys.PLANS_KEY)
        if offer.has_begun:
            return t("Ya es {year}: {key}", year=offer.year, key=key)
        return t("Llegó un plan {year}: {key}", year=offer.year, key=key)

    def _amended(self, head: PlanHead) -> str:
        """How often the plan was amended since it was approved, and what waits to be decided."""
        # Asked for at each drawing, and the first screen does not wait for what most plans have not.
        if not self.replica.read.has_amendments(head.id):
            return ""
        from gealc_tui.commands.comparing import amendments_since

        waiting, amended = self.replica.read.open_proposals(head.id), amendments_since(self.replica, head.id)
        if not waiting and not amended:
            return ""
        told = [tn("{n} propuesta", "{n} propuestas", waiting)] if waiting else []
        if amended and waiting:
            told.append(tn("{n} enmienda", "{n} enmiendas", amended))
        elif amended:
            told.append(tn("{n} enmienda desde la aprobación", "{n} enmiendas desde la aprobación", amended))
        return f"{' · '.join(told)}: {keys.shown(keys.CHANGES_KEY)}"

    @property
    def _activity(self) -> ActivityRow | None:
        row = self.query_one(PlanTree).highlighted
        return row if isinstance(row, ActivityRow) else None

    @property
    def _stands_nowhere(self) -> bool:
        row = self.query_one(PlanTree).highlighted
        return row is not None and row.id == NOWHERE

    def _show_activity(self) -> None:
        row = self.query_one(PlanTree).highlighted
        detail = self.query_one(Detail)
        if isinstance(row, ActivityRow):
            ok, reading = self.attempt(self.replica.read.activity, row.id, self.replica.today)
            if ok and reading is not None:
                history = self.replica.read.history(self.replica.read.entities_about(f"activity/{row.id}"))
                named = told(
                    self.replica.read, [f"activity/{row.id}", *(f"product/{one.id}" for one in reading.products)]
                )
                detail.sheet = Sheet(reading, history, self.replica.today, named, following(self.replica, row.id))
                self._show_match(reading)
        elif isinstance(row, AreaHead):
            entity, read = f"area/{row.id}", self.replica.read
            history = read.history(read.entities_about(entity))
            values = read.state_of(entity)
            notes, seen = read.notes(entity), read.observations(entity)
            detail.area = AreaSheet(row, values, notes, history, seen, self.replica.today)
        elif row is None and (self.sight.text or self.sight.filter):
            detail.empty()

    @on(PlanTree.Highlighted)
    def _rest(self, event: PlanTree.Highlighted) -> None:
        self._place = event.row.id
        if self.sight.text:
            # What is found comes first: the next letter does not wait for the right pane.
            self.call_after_refresh(self._show_activity)
        else:
            self._show_activity()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST_SECONDS, self._remember_place)

    def _remember_place(self) -> None:
        # A place in the plan is not worth a message when the disk refuses it.
        if self._place is not None:
            with suppress(DatabaseError):
                self.replica.set_setting(LAST, self._place)

    def on_unmount(self) -> None:
        # A window that is closed before it came to rest; one that is killed knows of a place just before.
        self._remember_place()

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
        self._show_keys()

    # --- writing -----------------------------------------------------------------------------------------------

    def _written(self, committed: Committed | None, turn: Turn = Turn.DONE) -> None:
        self.reload(anew=False)
        if committed is None:
            self.tell(t("Ya estaba así."))
            return
        if turn is Turn.DONE and (proposed := proposed_line(committed)) is not None:
            self.tell(proposed)
            return
        self.tell(told_line(committed, partial(name_of, self.replica), turn))

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
            self._written(committed, Turn.UNDONE)

    def action_redo(self) -> None:
        ok, committed = self.attempt(undo.redo, self.replica)
        if ok:
            self._written(committed, Turn.REDONE)

    async def action_add_note(self) -> None:
        row = self.query_one(PlanTree).highlighted
        if row is None or row.id == NOWHERE or not self._knows_who():
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

    @on(Detail.RecordChosen)
    def _open_record(self, event: Detail.RecordChosen) -> None:
        from gealc_tui.tui.screens.whole_text import WholeTextScreen

        heading = self.query_one(Detail).heading
        self.app.push_screen(WholeTextScreen(lambda: heading, event.text))

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
        if self._knows_who():
            self._editing.open(event.row)
            self._show_keys()

    def action_edit_field(self, name: str) -> None:
        """Goes to a field of the activity by its name."""
        if self._activity_or_say() is not None:
            self._enter()
            self.query_one(Detail).open_field(name)

    @on(Detail.FieldTyped)
    def _keep_typed(self, event: Detail.FieldTyped) -> None:
        self._editing.typed(event.row, event.text)

    @on(Detail.FieldLeft)
    def _leave(self, event: Detail.FieldLeft) -> None:
        self._editing.leave(event.row)
        self._show_keys()

    @on(Detail.FieldEntered)
    def _set_field(self, event: Detail.FieldEntered) -> None:
        def saved(committed: Committed | None) -> None:
            self._show_keys()
            self._written(committed)

        self._editing.enter(event.row, event.text, event.chosen, saved)

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
        ok, found = self.attempt(
            self.replica.read.activity_with_difference_after, here.id if here else None, self.replica.plan
        )
        if ok and found is not None:
            self.go_to(found)
        elif ok:
            # What is left concerns no activity or another plan, and stands nowhere in the tree.
            self.action_open_difference()

    # --- moving about --------------------------------------------------------------------------------------------

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

    def action_next_record(self) -> None:
        self.query_one(Detail).next_record()

    def _show_keys(self) -> None:
        line = self.query_one(KeyLine)
        detail = self.query_one(Detail)
        if detail.is_editing:
            line.show(keys.FIELD)
            return
        is_inside = self.focused is not None and detail in self.focused.ancestors
        tables = [keys.INSIDE] if is_inside else []
        if self.query_one(StatusLine).standing.differences:
            tables.append(keys.DIFFERING)
        line.show(*tables, keys.PLAN, first=t("1-5 estado"))

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

    def action_plans(self) -> None:
        from gealc_tui.tui.screens.plans import PlansScreen

        self.app.push_screen(PlansScreen(), self._plan_chosen)

    def _plan_chosen(self, plan: str | None) -> None:
        if plan is not None and plan != self.replica.plan:
            self.attempt(self.replica.view_plan, plan)
        else:
            self.attempt(self.replica.note_plans_seen)
        self._hide_search()
        self.reload()
        if self._activity is None:
            self._go_to_first()
        self.query_one(PlanTree).focus()

    def action_identity(self) -> None:
        from gealc_tui.tui.screens.welcome import WelcomeScreen

        self.app.push_screen(WelcomeScreen())

    def action_theme(self) -> None:
        cast("GealcApp", self.app).next_theme()
        self.tell(t("Tema: {theme}.", theme=themes.label(self.app.theme)))

    def action_progress(self) -> None:
        from gealc_tui.tui.screens.progress import ProgressScreen

        self.app.push_screen(ProgressScreen(), self._go_to)

    def action_timeline(self) -> None:
        from gealc_tui.tui.screens.timeline import TimelineScreen

        self.app.push_screen(TimelineScreen(), self._go_to)

    def action_history(self) -> None:
        from gealc_tui.tui.screens.history import HistoryScreen

        self.app.push_screen(HistoryScreen(), self._go_to)

    def action_reports(self) -> None:
        from gealc_tui.tui.screens.reports import ReportsScreen

        self.app.push_screen(ReportsScreen())

    def action_mine(self) -> None:
        from gealc_tui.tui.screens.mine import MineScreen

        if self._knows_who():
            self.app.push_screen(MineScreen(), self._go_to)

    def action_changes(self) -> None:
        from gealc_tui.tui.screens.changes import ChangesScreen

        self.app.push_screen(ChangesScreen(), self._go_to)

    def action_deleted(self) -> None:
        from gealc_tui.tui.screens.deleted import DeletedScreen

        self.app.push_screen(DeletedScreen())

    # --- structure -----------------------------------------------------------------------------------------------

    @cached_property
    def _structure(self) -> StructureEditing:
        # The first screen does not wait for it.
        from gealc_tui.tui.structure_editing import StructureEditing

        return StructureEditing(self, self._structured)

    def _structured(self, committed: Committed | None, then: str | None) -> None:
        """Something of the structure was written; the cursor goes to what was made or moved."""
        self._written(committed)
        if then is not None and committed is not None:
            self.go_to(then)

    def action_add(self) -> None:
        if self._knows_who():
            self._structure.add(self.query_one(PlanTree).highlighted)

    def action_move(self) -> None:
        row = self.query_one(PlanTree).highlighted
        if row is not None and self._knows_who():
            self._structure.move(row)

    def action_move_up(self) -> None:
        self._shift(-1)

    def action_move_down(self) -> None:
        self._shift(1)

    def _shift(self, by: int) -> None:
        row = self.query_one(PlanTree).highlighted
        if row is not None and self._knows_who():
            self._structure.shift(row, by)

    def action_withdraw(self) -> None:
        row = self.query_one(PlanTree).highlighted
        if row is None or row.id == NOWHERE or not self._knows_who():
            return
        pointed_out = self.query_one(Detail).pointed_out
        if pointed_out is not None and kind_of(pointed_out) == "product":
            self._structure.withdraw(row, pointed_out)
        else:
            self._structure.withdraw(row)

    def action_settings(self) -> None:
        from gealc_tui.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen())

    def _go_to(self, id: str | None) -> None:
        """To an activity or area that was chosen on another screen."""
        if id is not None:
            self.go_to(id)
            self.query_one(PlanTree).focus()

    def why_off(self, action: str) -> str | None:
        if action in ("set_status", "edit", "edit_field") and self._activity is None and not self.sight.marked:
            return t("Primero elija una actividad.")
        if action == "delete_note" and self.query_one(Detail).highlighted_note is None:
            return t("Primero señale una nota: v muestra las notas, y Tab lleva a ellas.")
        if action in ("withdraw", "add_note", "move", "move_up", "move_down") and self._stands_nowhere:
            return t("Esto no es un área: son las actividades que no están en ninguna.")
        if action == "clear_filter" and not self.sight.filter:
            return t("No hay ningún filtro. Con f se elige uno.")
        if action in ("next_difference", "open_difference") and not self.replica.read.difference_counts():
            return t("No hay diferencias.")
        if action == "undo" and not undo.can_undo(self.replica):
            return t("No hay nada que deshacer.")
        if action == "redo" and not undo.can_redo(self.replica):
            return t("No hay nada que rehacer.")
        return None

    def action_quit(self) -> None:
        self.app.exit()
