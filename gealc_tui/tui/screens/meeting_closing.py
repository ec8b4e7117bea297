"""The end of a meeting: what to look at before, the minutes as they will be, the next meeting, and the files.

F2 closes, and not the key that led here. Nothing here forbids closing: the checks are there to be looked at.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.commands import closing, meetings
from gealc_tui.domain.meetings import Check, CheckKind, MeetingReading
from gealc_tui.domain.vocabulary import MeetingState
from gealc_tui.errors import GealcError
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import day_label
from gealc_tui.i18n.meeting_words import (
    check_sentence,
    hour_label,
    long_day_label,
    meeting_label,
    other_day_sentence,
)
from gealc_tui.i18n.sentences import sentence
from gealc_tui.plain import drawable
from gealc_tui.tui import keys
from gealc_tui.tui.excerpts import A_PAGE, excerpt
from gealc_tui.tui.made_files import copy_place, open_made
from gealc_tui.tui.meeting_typing import when_and_where
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.screens.meeting_cancelling import ask_to_cancel
from gealc_tui.tui.widgets.lines import KeyLine, TellLine

if TYPE_CHECKING:
    from gealc_tui.tui.app import GealcApp

NEXT = ("day", "hour", "city")
"""The lines of the small form for the next meeting."""


class ActaView(VerticalScroll, can_focus=True):
    """The minutes, to be read with the arrows."""


class ClosingScreen(ReplicaScreen[str | None]):
    """Ends with the id of an activity that should be gone back to; None: none."""

    ABOUT = N_(
        "El final de una reunión: lo que conviene revisar antes, el acta como saldrá, la próxima reunión y los archivos"
        " para enviar. F2 cierra; una reunión cerrada se puede reabrir."
    )
    BINDINGS = keys.bindings(keys.MEETING_CLOSING, keys.MEETING_CLOSED)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (116, "-wide")]  # noqa: RUF012

    def __init__(self, meeting: str) -> None:
        super().__init__()
        self._meeting_id = meeting
        self._checks: tuple[Check, ...] = ()
        self._other_days: tuple[meetings.OtherDay, ...] = ()
        self._made: meetings.Written | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            with Horizontal(id="closing"):
                with Vertical(id="before"):
                    yield Static(id="verdict")
                    yield OptionList(id="checks")
                    yield Static(id="next")
                    with Horizontal(id="next-form"):
                        for name in NEXT:
                            yield Input(id=f"next-{name}")
                    yield Static(id="files")
                with ActaView(id="acta"):
                    yield Static(id="minutes")
        yield TellLine(id="tell")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.reload()
        self.query_one("#checks" if self._checks else "#acta").focus()

    def respell(self) -> None:
        names = {"day": t("Próxima: fecha"), "hour": t("Hora"), "city": t("Zona horaria (ciudad)")}
        for name, label in names.items():
            self.query_one(f"#next-{name}", Input).border_title = Content(label)
        self.query_one("#acta").border_title = Content(t("Acta"))

    def _meeting(self) -> MeetingReading:
        return meetings.reading(self.replica, self._meeting_id)

    def reload(self) -> None:
        meeting = self._meeting()
        who = meeting_label(meeting)
        heading = t("Cerrar la reunión · {who}", who=who) if meeting.is_open else t("Reunión cerrada · {who}", who=who)
        self.query_one("#heading", Static).update(Content(drawable(heading)))
        self._show_checks()
        following = self._following()
        self.query_one("#next", Static).update(Content(drawable(_next_line(following))))
        self.query_one("#minutes", Static).update(Content(self._minutes()))
        self._show_files()
        self._show_keys()

    def _minutes(self) -> str:
        """As they will be; of very long ones the beginning, for the files hold them whole."""
        return excerpt(drawable(meetings.acta_text(self.replica, self._meeting_id)), A_PAGE)

    def _show_checks(self) -> None:
        """What should be looked at; once the files are there, it is too late for that."""
        self._checks, self._other_days = (), ()
        if self._made is None:
            self._checks = meetings.checks(self.replica, self._meeting_id)
            if self._meeting().is_open:
                self._other_days = meetings.written_on_other_days(self.replica, self._meeting_id)
        count = len(self._checks) + len(self._other_days)
        verdict = tn("{n} cosa por revisar:", "{n} cosas por revisar:", count) if count else t("Nada por revisar.")
        told = self.query_one("#verdict", Static)
        told.update(Content(verdict))
        told.set_class(bool(count), "-some")
        told.display = self._made is None
        checks = self.query_one("#checks", OptionList)
        if checks.has_focus and not count:
            self.query_one("#acta").focus()
        where = checks.highlighted or 0
        checks.clear_options()
        said = [check_sentence(one) for one in self._checks]
        said += [_other_day_line(one) for one in self._other_days]
        checks.add_options([Option(Text(drawable(one))) for one in said])
        checks.display = bool(count)
        checks.highlighted = min(where, count - 1) if count else None

    def _show_keys(self) -> None:
        if self._is_planning:
            self.query_one(KeyLine).show(keys.MEETING_NEXT)
        else:
            self.query_one(KeyLine).show(keys.MEETING_CLOSING if self._meeting().is_open else keys.MEETING_CLOSED)

    def _following(self) -> MeetingReading | None:
        from gealc_tui.reports.acta import following

        return following(self.replica.read, self._meeting())

    @on(OptionList.OptionSelected, "#checks")
    def _go_back(self, event: OptionList.OptionSelected) -> None:
        if not self._meeting().is_open:
            return
        if event.option_index < len(self._checks):
            check = self._checks[event.option_index]
            if check.kind is CheckKind.OCCURRENCE:
                if self.attempt(closing.take_as_occurrence, self.replica, self._meeting_id, check)[0]:
                    self._show_checks()
                return
            self.dismiss(self._checks[event.option_index].activity)
            return
        other = self._other_days[event.option_index - len(self._checks)]
        ok, _ = self.attempt(meetings.leave_out, self.replica, self._meeting_id, [one.change for one in other.changes])
        if ok:
            self.reload()

    # --- the next meeting ----------------------------------------------------------------------------------------

    @property
    def _is_planning(self) -> bool:
        return self.query_one("#next-form").display

    def action_plan_next(self) -> None:
        meeting, following = self._meeting(), self._following()
        kept = following or meeting
        shown = {
            "day": day_label(following.day) if following is not None and following.day else "",
            "hour": kept.hour or "",
            "city": kept.city or "",
        }
        for name, value in shown.items():
            with self.prevent(Input.Changed):
                self.query_one(f"#next-{name}", Input).value = self.replica.draft(self._place(name)) or value
        self.query_one("#next-form").display = True
        self.query_one("#next-day").focus()
        self._show_keys()

    def _place(self, name: str) -> str:
        return f"meeting/{self._meeting_id}#next/{name}"

    @on(Input.Changed)
    def _keep(self, event: Input.Changed) -> None:
        self.attempt(self.replica.keep_draft, self._place((event.input.id or "").removeprefix("next-")), event.value)
        self._say_day(self.query_one("#next-day", Input).value)

    def _say_day(self, text: str) -> None:
        """The day that was understood, or that it does not exist."""
        line = self.query_one("#next", Static)
        if not text.strip():
            line.update(Content(drawable(_next_line(self._following()))))
            return
        city = self.query_one("#next-city", Input).value
        heard = when_and_where(text, city, self._read_day, message=N_("Próxima reunión: {day}"))
        line.update(Content("\n".join(heard.lines + heard.faults)))

    def _read_day(self, text: str) -> str:
        following = self._following()
        if following is not None:
            return meetings.read_day(self.replica, text).isoformat()
        return meetings.next_day(self.replica, self._meeting(), text)

    @on(Input.Submitted)
    def _next_line_entered(self, event: Input.Submitted) -> None:
        if event.input.id == "next-city":
            self._plan()
        else:
            self.focus_next()

    def _plan(self) -> None:
        values = {name: self.query_one(f"#next-{name}", Input).value for name in NEXT}
        ok, _ = self.attempt(self._planned, values)
        if ok:
            for name in NEXT:
                self.attempt(self.replica.keep_draft, self._place(name), "")
            self._stop_planning()
            self.reload()

    def _planned(self, values: dict[str, str]) -> None:
        following = self._following()
        if following is None:
            meetings.plan_next(
                self.replica,
                self._meeting_id,
                day=values["day"],
                hour=values["hour"] or None,
                city=values["city"] or None,
            )
            return
        meetings.move(self.replica, following.id, **values)

    def _stop_planning(self) -> None:
        self.query_one("#next-form").display = False
        self.query_one("#checks" if self._checks else "#acta").focus()
        self._show_keys()

    # --- closing -------------------------------------------------------------------------------------------------

    def action_finish(self) -> None:
        if self._is_planning:
            self._plan()
            return
        if self._meeting().is_open:
            ok, _ = self.attempt(meetings.close, self.replica, self._meeting_id)
            if not ok:
                return
            self.reload()
        self.query_one("#files", Static).update(Content(t("Haciendo los archivos…")))
        self._write(self._folder)

    @property
    def _folder(self) -> Path:
        return cast("GealcApp", self.app).sending

    @work(thread=True, exclusive=True, group="files")
    def _write(self, folder: Path) -> None:
        try:
            with self.replica.another() as replica:
                written = meetings.write_files(replica, self._meeting_id, folder)
        except GealcError as error:
            self.app.call_from_thread(self._failed, sentence(error))
        else:
            self.app.call_from_thread(self._told, written)

    def _failed(self, why: str) -> None:
        self.tell(why, failed=True)
        if self.is_attached:
            self.query_one("#files", Static).update(Content(t("La reunión está cerrada, y sin archivos. F2 los hace.")))

    def _told(self, written: meetings.Written) -> None:
        if self.is_attached:
            self._made = written
            self._show_checks()
            self._show_files()

    def _show_files(self) -> None:
        if (written := self._made) is None:
            return
        others = ", ".join(path.name for path in written.paths if path != written.mail)
        said = [
            Content(t("Listo. Abra el mensaje con doble clic, revíselo y envíelo; lleva el acta y los cambios:")),
            Content(drawable(written.mail.name)).stylize("bold"),
            Content(drawable(t("Con él están, en {folder}: {files}", folder=written.mail.parent, files=others))),
        ]
        if written.internal_notes:
            from gealc_tui.commands.mail import internal_notes_sentence

            said.append(Content(internal_notes_sentence(written.internal_notes)))
        self.query_one("#files", Static).update(Content("\n").join(said))

    def action_open(self) -> None:
        open_made(self, self._made and self._made.acta_docx, self._folder, t("Todavía no hay archivos: F2 los hace."))

    def action_copy(self) -> None:
        copy_place(self, self._made and self._made.acta_docx, self._folder)

    def why_off(self, action: str) -> str | None:
        if action == "cancel_next" and self._planned_next() is None:
            return t("No hay ninguna reunión prevista.")
        return None

    def _planned_next(self) -> MeetingReading | None:
        following = self._following()
        return following if following is not None and following.state is MeetingState.PLANNED else None

    def action_cancel_next(self) -> None:
        if (planned := self._planned_next()) is not None:
            ask_to_cancel(self, planned, self.reload)

    def action_reopen(self) -> None:
        if self._meeting().is_open:
            return
        ok, _ = self.attempt(meetings.reopen, self.replica, self._meeting_id)
        if ok:
            self.dismiss(None)

    def action_leave(self) -> None:
        if self._is_planning:
            self._stop_planning()
            self.reload()
        else:
            self.dismiss(None)


def _other_day_line(other: meetings.OtherDay) -> str:
    """What was written on another day, and that Enter leaves it out."""
    return f"{other_day_sentence(other.day, len(other.changes))} {t('Enter lo deja fuera del acta')}"


def _next_line(meeting: MeetingReading | None) -> str:
    if meeting is None:
        return t("Próxima reunión: sin fecha (m la fija)")
    hour = hour_label(meeting.hour, meeting.city)
    day = long_day_label(meeting.day)
    if hour:
        return t("Próxima reunión: {day}, {hour}", day=day, hour=hour)
    return t("Próxima reunión: {day}", day=day)
