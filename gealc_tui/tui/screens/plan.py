"""The plan: the tree on the left, the highlighted activity on the right.

One key sets a status, at once and durably. What another window or program writes appears by itself; the cursor, and
what is being typed, stay where they are.
"""

from __future__ import annotations

from contextlib import suppress

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.widgets import Input

from gealc_tui.commands import activities, notes, undo
from gealc_tui.domain.readings import ActivityRow, AreaRow, PlanOutline
from gealc_tui.domain.vocabulary import Status
from gealc_tui.errors import DatabaseError
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import country_name, role_label
from gealc_tui.replica import Committed
from gealc_tui.tui import finding, keys
from gealc_tui.tui.drawing import committed_line
from gealc_tui.tui.meanwhile import Meanwhile, after_saving
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.detail import AreaSheet, Detail, FieldRow, Sheet
from gealc_tui.tui.widgets.lines import KeyLine, Standing, StatusLine
from gealc_tui.tui.widgets.plan_tree import PlanTree

POLL_SECONDS = 0.5
"""How often it is asked whether another process has written (SQLite's data_version: microseconds)."""

LAST = "last_activity"


class PlanScreen(ReplicaScreen[None]):
    """The main screen."""

    BINDINGS = keys.bindings(keys.STATUS, keys.PLAN)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._outline: PlanOutline | None = None
        self._seen = 0
        self._searched = ""
        self._meanwhile: Meanwhile | None = None

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Input(id="search", select_on_focus=False)
                yield PlanTree(id="tree")
            yield Detail(id="detail")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.query_one("#search", Input).placeholder = t("código, título o persona")
        self.query_one("#left").border_title = Content(t("Áreas y actividades"))
        self._show_keys()
        self._seen = self.replica.data_version()
        self.reload()
        tree = self.query_one(PlanTree)
        last = self.replica.setting(LAST)
        if not (last and tree.go_to(last)):
            tree.go_to(self._outline.areas[0].id if self._outline and self._outline.areas else "")
        tree.focus()
        self.set_interval(POLL_SECONDS, self._look_outside)

    def _look_outside(self) -> None:
        version = self.replica.data_version()
        if version != self._seen:
            self._seen = version
            self.reload()
            self._point_out()

    def on_screen_resume(self) -> None:
        if self._outline is not None:
            self.reload()

    # --- reading -----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Reads the plan again and hands it down."""
        _, outline = self.attempt(self.replica.read.outline, self.replica.today)
        if outline is None:
            return
        self._outline = outline
        self.query_one(PlanTree).outline = self._found(outline)
        self._show_standing(outline)
        self._show_activity()

    def _found(self, outline: PlanOutline) -> PlanOutline:
        """What the search leaves in sight."""
        return finding.matching(outline, self._searched, self.replica.read.words()) if self._searched else outline

    def _show_standing(self, outline: PlanOutline) -> None:
        own = self.replica.read.person(self.replica.id or "")
        who = f"{role_label(own[2] or '')} · {country_name(own[1] or '')}" if own else t("nadie se presentó")
        self.query_one(StatusLine).standing = Standing(
            outline.title,
            who,
            sum(area.done for area in outline.areas),
            len(outline.activities),
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
        elif isinstance(row, AreaRow):
            entity, read = f"area/{row.id}", self.replica.read
            history = read.history(read.entities_about(entity))
            detail.area = AreaSheet(row, read.notes(entity), history, read.observations(entity), self.replica.today)

    @on(PlanTree.Highlighted)
    def _rest(self, event: PlanTree.Highlighted) -> None:
        # A place in the plan is not worth a message when the disk refuses it.
        with suppress(DatabaseError):
            self.replica.set_setting(LAST, event.row.id)
        self._show_activity()

    @on(PlanTree.Entered)
    def _enter(self) -> None:
        self.add_class("-inside")
        self.query_one(Detail).start()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        # In a narrow terminal the pane in sight is the one that has the focus, however it came there.
        self.set_class(self.query_one(Detail) in event.widget.ancestors, "-inside")

    # --- writing -----------------------------------------------------------------------------------------------

    def _written(self, committed: Committed | None, *, undone: bool = False) -> None:
        self.reload()
        if committed is None:
            self.tell(t("Ya estaba así."))
            return
        line = committed_line(committed, self.replica.read.title_of)
        self.tell(line if undone else t("{what} · u deshace", what=line))

    def action_set_status(self, status: str) -> None:
        if (row := self._activity_or_say()) is None:
            return
        ok, committed = self.attempt(activities.set_status, self.replica, row.id, Status(status))
        if ok:
            self._written(committed)

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
        if self._activity_or_say() is not None:
            self._enter()

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
            self.query_one(PlanTree).go_to(activity)

    def action_next_difference(self) -> None:
        """Goes to the next activity with a difference, round to the first again."""
        rows = self._outline.activities if self._outline is not None else ()
        here = self._activity
        position = rows.index(here) + 1 if here in rows else 0
        found = next((row for row in (*rows[position:], *rows[:position]) if row.differences), None)
        if found is None:
            # What is left concerns no activity, and stands nowhere in the tree.
            self.action_open_difference()
        else:
            self._end_finding()
            self.query_one(PlanTree).go_to(found.id)

    # --- moving about --------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        line = self.query_one("#search", Input)
        line.display = True
        line.focus()

    @on(Input.Changed, "#search")
    def _type_search(self, event: Input.Changed) -> None:
        found = self._find(event.value)
        if event.value and found is not None and found.activities:
            self.query_one(PlanTree).go_to(found.activities[0].id)

    def _find(self, text: str) -> PlanOutline | None:
        """Leaves in sight what holds these words; the cursor stays where it is if that is among it."""
        self._searched = text
        if self._outline is None:
            return None
        found = self._found(self._outline)
        self.query_one(PlanTree).outline = found
        return found

    @on(Input.Submitted, "#search")
    def _end_search(self) -> None:
        self.query_one(PlanTree).focus()

    def _end_finding(self) -> None:
        line = self.query_one("#search", Input)
        with self.prevent(Input.Changed):
            line.value = ""
        line.display = False
        self._find("")

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

    def action_open_all(self) -> None:
        self.query_one(PlanTree).open_or_close_all()

    def action_next_record(self) -> None:
        self.query_one(Detail).next_record()

    def _show_keys(self) -> None:
        line = self.query_one(KeyLine)
        if self.query_one(Detail).is_editing:
            line.show(keys.FIELD)
        else:
            line.show(keys.PLAN, first=t("1-5 estado"))

    def action_help(self) -> None:
        from gealc_tui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_exchange(self) -> None:
        from gealc_tui.tui.screens.exchange import ExchangeScreen

        self.app.push_screen(ExchangeScreen())

    def action_identity(self) -> None:
        from gealc_tui.tui.screens.welcome import WelcomeScreen

        self.app.push_screen(WelcomeScreen())

    def action_theme(self) -> None:
        dark = self.app.theme != "gealc-dark"
        self.app.theme = "gealc-dark" if dark else "gealc-light"
        self.attempt(self.replica.set_setting, "theme", self.app.theme)

    def action_quit(self) -> None:
        self.app.exit()


def _place(row: FieldRow) -> str:
    """Where a draft of this field is kept."""
    return f"{row.entity}#{row.field}"
