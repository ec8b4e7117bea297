"""A meeting that is open, as the plan knows of it: told at the top, and asked about once it has been open for a day.

Whatever is written while one is open is part of it, so nobody should forget one. What belongs to meetings is imported
only if there is one: the first screen does not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gealc_tui.i18n import t
from gealc_tui.replica import Replica

if TYPE_CHECKING:
    from gealc_tui.domain.meetings import MeetingReading
    from gealc_tui.tui.screens.plan import PlanScreen

LONG_OPEN = 24 * 60 * 60 * 1000
"""Milliseconds after which it is asked whether a meeting is still going on."""


def open_meeting(replica: Replica) -> MeetingReading | None:
    """The meeting that this copy has open."""
    if not replica.read.is_any_meeting_open():
        return None
    from gealc_tui.commands import meetings

    return meetings.current(replica)


def ask_about_meeting(plan: PlanScreen) -> None:
    """Asks what is to become of a meeting that has been open for a day."""
    replica = plan.replica
    meeting = open_meeting(replica)
    if not plan.is_active or meeting is None or replica.clock() - meeting.at < LONG_OPEN:
        return
    from gealc_tui.i18n.dates import moment_label
    from gealc_tui.i18n.meeting_words import meeting_label
    from gealc_tui.tui.screens.asking import Choice, ChoiceScreen
    from gealc_tui.tui.screens.meeting_closing import ClosingScreen

    id = meeting.id
    choices = (
        Choice("leave", t("Dejarla abierta: lo que se escriba es parte de ella")),
        Choice("close", t("Cerrarla: {who}", who=meeting_label(meeting))),
        Choice("go_on", t("Seguir con ella")),
    )

    def answered(answer: str | None) -> None:
        if answer == "go_on":
            plan.action_meeting()
        elif answer == "close":
            plan.app.push_screen(ClosingScreen(id), closing_left)

    def closing_left(activity: str | None) -> None:
        if activity is not None:
            plan.go_to(activity)

    title = t("La reunión sigue abierta desde el {moment}", moment=moment_label(meeting.at, replica.today))
    plan.app.push_screen(ChoiceScreen(title, choices), answered)
