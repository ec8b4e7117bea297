"""Cancelling a meeting that is fixed: asked first, then written, with the file that takes it out of calendars."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from gealc_tui.commands import meetings
from gealc_tui.domain.meetings import MeetingReading
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import day_label
from gealc_tui.i18n.meeting_words import meeting_label
from gealc_tui.tui.screens.asking import Choice, ChoiceScreen
from gealc_tui.tui.screens.base import ReplicaScreen

if TYPE_CHECKING:
    from gealc_tui.tui.app import GealcApp

_CANCEL = "cancel"


def ask_to_cancel(screen: ReplicaScreen[Any], meeting: MeetingReading, cancelled: Callable[[], None]) -> None:
    """Asks whether a meeting is to be cancelled, and calls `cancelled` once it is."""
    day = day_label(meeting.day) if meeting.day else "—"
    title = t("¿Cancelar la reunión del {day}?", day=day)
    choices = (Choice("", t("No, sigue prevista")), Choice(_CANCEL, t("Sí: {who}", who=meeting_label(meeting))))

    def answered(key: str | None) -> None:
        if key == _CANCEL:
            _cancel(screen, meeting, cancelled)

    screen.app.push_screen(ChoiceScreen(title, choices), answered)


def _cancel(screen: ReplicaScreen[Any], meeting: MeetingReading, cancelled: Callable[[], None]) -> None:
    ok, _ = screen.attempt(meetings.cancel, screen.replica, meeting.id)
    if not ok:
        return
    folder: Path = cast("GealcApp", screen.app).sending
    written, path = screen.attempt(meetings.write_calendar, screen.replica, meeting.id, folder)
    cancelled()
    if path is not None:
        said = t("Reunión cancelada. Envíe {file} a quienes la tenían en su calendario.", file=path)
        screen.notify(said, timeout=20, markup=False)
    elif written:
        screen.tell(t("Reunión cancelada"))
