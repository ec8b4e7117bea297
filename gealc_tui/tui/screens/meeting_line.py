"""What is typed at a meeting: the line, what was understood of it, and what becomes of it.

Each kind of text about each activity has a draft of its own, kept letter by letter; which line is open is kept too, so
that after a kill it is there again with what stood in it.
"""

from __future__ import annotations

from abc import abstractmethod
from contextlib import suppress

from textual import on
from textual.content import Content

from gealc_tui.commands import activities, meetings, notes, undo
from gealc_tui.domain.change import local_id
from gealc_tui.domain.meetings import ItemReading, MeetingReading
from gealc_tui.domain.readings import ActivityReading, ActivityRow
from gealc_tui.domain.vocabulary import ItemKind
from gealc_tui.errors import DatabaseError
from gealc_tui.i18n import t
from gealc_tui.replica import Committed, Replica
from gealc_tui.tui import keys
from gealc_tui.tui.drawing import Turn
from gealc_tui.tui.meanwhile import Meanwhile, after_saving
from gealc_tui.tui.meeting_typing import (
    LABELS,
    Asking,
    Choice,
    Heard,
    found,
    heard,
    meant,
    product_to_prove,
    written_here,
)
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine
from gealc_tui.tui.widgets.prompt import Prompt

LINE = "meeting:line"
"""What the line is open for, and for what: empty if it is not."""

ROOMY = 110
"""Columns from which on more keys are shown."""


class MeetingLineScreen(ReplicaScreen[None]):
    """A screen with a meeting, an activity before it, and the line."""

    def __init__(self, meeting: str) -> None:
        super().__init__()
        self._meeting_id = meeting
        self._meeting: MeetingReading | None = None
        self._here: ActivityReading | None = None
        self._rows: dict[str, ActivityRow] = {}
        self._items: tuple[ItemReading, ...] = ()
        self._new: frozenset[str] = frozenset()
        """The entities that this meeting wrote anew."""
        self._official = True
        self._corrected = ""
        """The entity that is being written anew; empty: none."""
        self._meanwhile: Meanwhile | None = None

    @abstractmethod
    def go_to(self, activity: str) -> None:
        """Puts an activity before the meeting."""

    @abstractmethod
    def _written(self, committed: Committed | None, turn: Turn = Turn.DONE) -> None:
        """Shows what was written, and says it."""

    def action_write(self, asking: str) -> None:
        self._open_line(Asking(asking))

    def _open_line(self, asking: Asking, *, official: bool = True, corrected: str = "") -> None:
        if self._here is None and asking not in (Asking.GENERAL, Asking.PRESENT, Asking.JUMP):
            return
        if asking is Asking.EVIDENCE and self._here is not None and not self._here.products:
            self.tell(t("Esta actividad no tiene producto."))
            return
        self._official, self._corrected = official, corrected
        prompt = self.query_one(Prompt)
        prompt.open(asking, t(LABELS[asking]), self.replica.draft(self._draft(asking)) or self._shown(asking))
        over = self._written_over(asking)
        self._meanwhile = Meanwhile(self.replica, *over) if over is not None else None
        self._keep_line()
        self._hear(asking, prompt.text)
        self._show_keys()

    def _written_over(self, asking: Asking) -> tuple[str, tuple[str, ...]] | None:
        """The entity and fields that saving replaces; None: it only adds."""
        if self._corrected:
            return self._corrected, ("text", "country", "due", "deleted")
        if asking is Asking.PRESENT:
            return f"meeting/{self._meeting_id}", ("countries",)
        if asking in (Asking.LEAD, Asking.DUE) and self._here is not None:
            return f"activity/{self._here.row.id}", (asking.value,)
        product = product_to_prove(self._here) if asking is Asking.EVIDENCE and self._here is not None else None
        return (f"product/{product.id}", ("evidence",)) if product is not None else None

    def _resume_line(self) -> None:
        """Opens the line as it was when the window went away."""
        kept = (self.replica.setting(LINE) or "").split(" ")
        if kept[0] in set(Asking) - {Asking.CORRECT, Asking.JUMP}:
            official = "internal" not in kept
            corrected = next((part for part in kept[1:] if "/" in part), "")
            self._open_line(Asking(kept[0]), official=official, corrected=corrected)

    def _keep_line(self) -> None:
        asking = self.query_one(Prompt).asking
        kept = [asking.value if asking is not None else ""]
        kept += [] if self._official else ["internal"]
        kept += [self._corrected] if self._corrected else []
        self._remember(LINE, " ".join(kept) if asking is not None else "")

    def _draft(self, asking: Asking) -> str:
        """Where what is typed is kept: each kind of text about each activity for itself."""
        about = "" if asking in (Asking.GENERAL, Asking.PRESENT) or self._here is None else self._here.row.id
        return f"meeting/{self._meeting_id}#{about}/{asking.value}/{self._corrected}"

    def _shown(self, asking: Asking) -> str:
        """What stands there already, as a person would type it."""
        if asking is Asking.PRESENT and self._meeting is not None:
            return " ".join(self._meeting.countries).lower()
        if self._here is None:
            return ""
        if self._corrected:
            return self._text_of(self._corrected)
        if asking is Asking.EVIDENCE:
            product = product_to_prove(self._here)
            return (product.evidence or "") if product is not None else ""
        return ""

    def _text_of(self, entity: str) -> str:
        id = local_id(entity)
        item = next((one for one in self._items if one.id == id), None)
        if item is not None:
            return meetings.typed(item)
        return next((note.text for note in self._here.notes if note.id == id), "") if self._here is not None else ""

    @on(Prompt.Typed)
    def _type(self, event: Prompt.Typed) -> None:
        if event.asking is not Asking.JUMP:
            text = event.text if event.text != self._shown(event.asking) else ""
            self.attempt(self.replica.keep_draft, self._draft(event.asking), text)
        self._hear(event.asking, event.text)

    def _hear(self, asking: Asking, text: str) -> None:
        prompt = self.query_one(Prompt)
        if asking is Asking.JUMP:
            choices = found(tuple(self._rows.values()), text)
            nothing = (t("Ninguna actividad con «{text}».", text=text.strip()),) if text.strip() and not choices else ()
            prompt.heard = Heard(faults=nothing, choices=choices)
        elif asking is Asking.CORRECT:
            prompt.heard = Heard(choices=self._choices_here())
        elif self._meeting is not None and self._here is not None:
            prompt.heard = heard(self.replica, self._meeting, self._here, asking, text, official=self._official)

    def _choices_here(self) -> tuple[Choice, ...]:
        if self._here is None:
            return ()
        mine = [item for item in self._items if item.about == self._here.row.id]
        return written_here(self._here, mine, self._new)

    def action_correct(self) -> None:
        """What was written here is written anew: the one thing at once, of several the one that is chosen."""
        choices = self._choices_here()
        if len(choices) == 1:
            self._correct(choices[0].id)
        else:
            self._open_line(Asking.CORRECT)
            self.query_one(Prompt).choose()

    def _correct(self, entity: str) -> None:
        item = next((one for one in self._items if f"item/{one.id}" == entity), None)
        note = next((one for one in self._here.notes if f"note/{one.id}" == entity), None) if self._here else None
        asking = Asking.NOTE if item is None else Asking.AGREEMENT if item.kind is not ItemKind.NOTED else Asking.NOTED
        self._open_line(asking, official=note is None or note.official, corrected=entity)

    def action_toggle_official(self) -> None:
        prompt = self.query_one(Prompt)
        if prompt.asking is Asking.NOTE:
            self._official = not self._official
            self._keep_line()
            self._hear(Asking.NOTE, prompt.text)

    def action_finish_line(self) -> None:
        self.query_one(Prompt).finish()

    @on(Prompt.Entered)
    def _enter(self, event: Prompt.Entered) -> None:
        if event.asking is Asking.JUMP:
            self._jump(event.text, event.highlighted)
            return
        if not event.text.strip() and event.asking not in (Asking.LEAD, Asking.DUE, Asking.EVIDENCE, Asking.PRESENT):
            self._close_line(forget=True)
            return
        if came := self._meanwhile.look() if self._meanwhile is not None else "":
            self.tell(f"{came} {after_saving()}")
            return
        ok, committed = self.attempt(self._commit, self.replica, event.asking, event.text)
        if ok:
            self._close_line(forget=True)
            self._written(committed)

    def _commit(self, replica: Replica, asking: Asking, text: str) -> Committed | None:
        if asking is Asking.PRESENT:
            return meetings.set_field(replica, self._meeting_id, "countries", text)
        if asking is Asking.GENERAL:
            return meetings.agree(replica, self._meeting_id, None, text)
        assert self._here is not None, "the line is not opened without an activity"
        id = self._here.row.id
        if self._corrected:
            if asking is Asking.NOTE:
                return notes.edit_note(replica, local_id(self._corrected), text, official=self._official)
            return meetings.edit_item(replica, local_id(self._corrected), text)
        if asking is Asking.NOTE:
            return notes.add_note(replica, f"activity/{id}", text, official=self._official)
        if asking is Asking.NOTED:
            return meetings.take_note_of(replica, self._meeting_id, id, text)
        if asking is Asking.LEAD:
            return activities.set_field(replica, f"activity/{id}", "lead", text)
        if asking is Asking.DUE:
            return meetings.reschedule(replica, id, text)
        if asking is Asking.EVIDENCE:
            product = product_to_prove(self._here)
            assert product is not None, "the line is not opened without a product"
            return activities.set_field(replica, f"product/{product.id}", "evidence", text)
        return meetings.agree(replica, self._meeting_id, id, text)

    def _jump(self, text: str, highlighted: str | None) -> None:
        choices = self.query_one(Prompt).heard.choices
        target = highlighted or (one.id if (one := meant(choices, text)) is not None else None)
        if target is not None:
            self._close_line()
            self.go_to(target)
        elif choices:
            self.tell(t("El código {code} está en varias actividades: elija una.", code=text.strip()))
            self.query_one(Prompt).choose()

    @on(Prompt.Chosen)
    def _choose(self, event: Prompt.Chosen) -> None:
        self._close_line()
        if event.asking is Asking.JUMP:
            self.go_to(event.id)
        else:
            self._correct(event.id)

    def _close_line(self, *, forget: bool = False) -> None:
        prompt = self.query_one(Prompt)
        if forget and prompt.asking is not None:
            self.attempt(self.replica.keep_draft, self._draft(prompt.asking), "")
        prompt.close()
        self._corrected = ""
        self._keep_line()
        self.set_focus(None)
        self._show_keys()

    def _remember(self, name: str, value: str) -> None:
        # A place in the meeting is not worth a message when the disk refuses it.
        with suppress(DatabaseError):
            self.replica.set_setting(name, value)

    def respell(self) -> None:
        """The keys, and what the line is for and what was understood; what stands in it stays."""
        self._show_keys()
        prompt = self.query_one(Prompt)
        if prompt.asking is not None:
            prompt.border_title = Content(t(LABELS[prompt.asking]))
            self._hear(prompt.asking, prompt.text)

    def why_off(self, action: str) -> str | None:
        if self.query_one(Prompt).asking is not None:
            return None
        if action == "correct" and not self._choices_here():
            return t("En esta reunión todavía no se escribió nada sobre esta actividad.")
        if action == "undo" and not undo.can_undo(self.replica):
            return t("No hay nada que deshacer.")
        if action == "redo" and not undo.can_redo(self.replica):
            return t("No hay nada que rehacer.")
        return None

    def _show_keys(self) -> None:
        line = self.query_one(KeyLine)
        asking = self.query_one(Prompt).asking
        if asking is Asking.NOTE:
            line.show(keys.MEETING_LINE[:1], keys.MEETING_NOTE, keys.MEETING_LINE[1:])
        elif asking in (Asking.JUMP, Asking.CORRECT):
            line.show(keys.MEETING_JUMP)
        elif asking is not None:
            line.show(keys.MEETING_LINE)
        elif self.size.width < ROOMY:
            line.show(keys.MEETING, keys.MEETING_END, first=t("1-5 estado"))
        else:
            line.show(keys.MEETING, keys.MEETING_MORE, keys.MEETING_END, first=t("1-5 estado"))
