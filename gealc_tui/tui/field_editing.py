"""How a field of the card is edited: opened, kept while it is typed, read back, and saved or refused at its place.

Promise: what is typed is on the disk before the next key, nobody saves over words that they have not seen
(`tui.meanwhile`), and what a field cannot hold is said below it while the text and the focus stay.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from gealc_tui.commands import activities, choices, deletion, series
from gealc_tui.commands.fields import REFUSALS, parse
from gealc_tui.commands.reasons import NO_REASON, Why, plan_of
from gealc_tui.domain.change import kind_of
from gealc_tui.domain.fields import FieldType, field_of
from gealc_tui.i18n import t
from gealc_tui.i18n.dates import day_and_weekday
from gealc_tui.i18n.labels import holds_day
from gealc_tui.i18n.sentences import sentence
from gealc_tui.replica import Committed
from gealc_tui.tui import reasons
from gealc_tui.tui.meanwhile import Meanwhile, after_saving
from gealc_tui.tui.screens.asking import LineScreen
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.sheet import FieldRow
from gealc_tui.tui.widgets.detail import Detail


class FieldEditing:
    """The field that is open in the right pane of a screen."""

    def __init__(self, screen: ReplicaScreen[Any], detail: Detail) -> None:
        self._screen = screen
        self._replica = screen.replica
        self._detail = detail
        self._meanwhile: Meanwhile | None = None

    def open(self, row: FieldRow) -> None:
        """Opens a field with what it holds, or with what was typed into it before."""
        kind, draft = kind_of(row.entity), self._replica.draft(_place(row))
        self._meanwhile = Meanwhile(self._replica, row.entity, (row.field,))

        def narrow(text: str) -> Sequence[str]:
            # Asked anew each time: the language may have changed.
            offered = choices.choices(self._replica, kind, row.field)
            return choices.narrowed(offered, choices.last_part(kind, row.field, text)[1])

        # Words are gone on with; a day, a number or a choice is typed anew.
        described = field_of(kind, row.field)
        goes_on = draft or described is None or described.type in (FieldType.LINE, FieldType.TEXT, FieldType.LEADS)
        self._detail.edit(row, draft or row.text, narrow=narrow if narrow("") else None, replaced=not goes_on)

    def point_out(self) -> bool:
        """Shows what came meanwhile to the field that is being typed; whether anything did."""
        if self._meanwhile is None or not self._detail.is_editing:
            return False
        ok, came = self._screen.attempt(self._meanwhile.look)
        if ok and came:
            self._detail.point_out(f"{came}\n{after_saving()}")
        return bool(came)

    def typed(self, row: FieldRow, text: str) -> None:
        """Keeps what was typed so far, and says what it means."""
        self._keep(row, text if text != row.text else "")
        self._detail.say(_understood(kind_of(row.entity), row.field, text, self._replica.today))

    def leave(self, row: FieldRow) -> None:
        """The field stays as it was."""
        self._keep(row, "")

    def enter(self, row: FieldRow, text: str, chosen: str | None, then: Callable[[Committed | None], None]) -> None:
        """Saves a field, and hands on what that changed. What cannot be saved is said, and stays typed."""
        if self.point_out():
            self._screen.tell(t("Alguien más escribió este campo: mire qué, y Enter guarda."))
            return
        kind = kind_of(row.entity)
        if chosen is not None:
            text = choices.last_part(kind, row.field, text)[0] + chosen
        else:
            text = choices.begun(self._replica, kind, row.field, text)
        try:
            parse(kind, row.field, text, self._replica.today)
        except REFUSALS as error:
            self._detail.say(sentence(error), is_fault=True)
            return

        def save(why: Why) -> None:
            ok, committed = self._screen.attempt(activities.set_field, self._replica, row.entity, row.field, text, why)
            if ok:
                self._keep(row, "")
                self._detail.stop_editing()
                then(committed)

        if (kind, row.field) == ("activity", "due") and row.text and text.strip():
            self._reschedule(row, text, then)
        elif reasons.asks(self._replica, row.entity, row.field):
            reasons.with_reason(self._screen, plan_of(self._replica, row.entity), save)
        else:
            save(NO_REASON)

    def _reschedule(self, row: FieldRow, text: str, then: Callable[[Committed | None], None]) -> None:
        """Another due date: asks why, and writes that as an official note beside it; nothing said, none is written."""

        def given(reason: str | None) -> None:
            if reason is None:
                return
            if reason.strip():
                ok, committed = self._screen.attempt(series.reschedule, self._replica, row.entity, text, reason)
            else:
                ok, committed = self._screen.attempt(activities.set_field, self._replica, row.entity, row.field, text)
            if ok:
                self._keep(row, "")
                self._detail.stop_editing()
                then(committed)

        title = t("Por qué cambia el plazo (vacío: sin motivo)")
        self._screen.app.push_screen(LineScreen(title, deletion.read_reason), given)

    def _keep(self, row: FieldRow, text: str) -> None:
        self._screen.attempt(self._replica.keep_draft, _place(row), text)


def _understood(kind: str, field: str, text: str, today: date) -> str:
    """A day that is being typed, read back; nothing of what needs no reading, or is not finished."""
    if not holds_day(kind, field) or not text.strip():
        return ""
    try:
        day = parse(kind, field, text, today)
    except REFUSALS:
        return ""
    return t("Entendido: {day}", day=day_and_weekday(str(day)))


def _place(row: FieldRow) -> str:
    """Where a draft of this field is kept."""
    return f"{row.entity}#{row.field}"
