"""What meetings, their agreements and their days are called, in the language in force."""

from __future__ import annotations

from datetime import date

from gealc_tui.domain.meetings import MeetingReading
from gealc_tui.domain.vocabulary import ItemKind, MeetingBody, MeetingState
from gealc_tui.i18n import N_, language, t
from gealc_tui.i18n.labels import day_label

_BODY = {
    MeetingBody.WORKING_GROUP: N_("Grupo de trabajo"),
    MeetingBody.COMMITTEE: N_("Comité Ejecutivo"),
    MeetingBody.ASSEMBLY: N_("Asamblea anual"),
    MeetingBody.OTHER: N_("Otra reunión"),
}

_STATE = {
    MeetingState.PLANNED: N_("Prevista"),
    MeetingState.OPEN: N_("Abierta"),
    MeetingState.CLOSED: N_("Cerrada"),
}

_ITEM = {
    ItemKind.DECISION: N_("Decisión"),
    ItemKind.COMMITMENT: N_("Compromiso"),
    ItemKind.NOTED: N_("Se toma nota"),
}


def body_label(body: MeetingBody) -> str:
    """A kind of body, to be chosen from."""
    return t(_BODY[body])


def state_label(state: MeetingState) -> str:
    return t(_STATE[state])


def item_label(kind: ItemKind) -> str:
    return t(_ITEM[kind])


def meeting_label(meeting: MeetingReading) -> str:
    """Who meets: `Grupo de trabajo 3.5 Innovación en el sector público`; what the person called it goes before."""
    if meeting.title:
        return meeting.title
    if meeting.area_title is not None:
        return t("Grupo de trabajo {code} {area}", code=meeting.area_code, area=meeting.area_title)
    return t("Reunión") if meeting.body is MeetingBody.OTHER else body_label(meeting.body)


def hour_label(hour: str | None, city: str | None) -> str:
    """`9:00, hora de Quito`; empty if nobody said when."""
    if not hour:
        return ""
    said = hour.removeprefix("0")
    return t("{hour}, hora de {city}", hour=said, city=city) if city else said


def long_day_label(day: str | None) -> str:
    """`2019-05-17` in words: `17 de mayo de 2019`. What is no date is shown as it is; empty for none."""
    if not day:
        return ""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day_label(day)
    # Long to import, and the first screen needs no day in words.
    import pendulum

    words: str = pendulum.date(found.year, found.month, found.day).format(_LONG[language()], locale=language())
    return words


_LONG = {
    "es": "D [de] MMMM [de] YYYY",
    "en": "D MMMM YYYY",
    "pt": "D [de] MMMM [de] YYYY",
    "fr": "D MMMM YYYY",
}
