"""What meetings, their agreements and their days are called, in the language in force."""

from __future__ import annotations

from datetime import date

from gealc_tui.domain.meetings import Check, CheckKind, MeetingReading
from gealc_tui.domain.moment import Lacking, Reason
from gealc_tui.domain.readings import Author
from gealc_tui.domain.vocabulary import MeetingBody
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.dates import full_day, long_day
from gealc_tui.i18n.labels import body_label, country_name, day_label, item_label, lead_name, state_label
from gealc_tui.i18n.sentences import shorten
from gealc_tui.plain import drawable

__all__ = [
    "agreed_label",
    "author_label",
    "body_label",
    "check_sentence",
    "full_day_label",
    "group_label",
    "hour_label",
    "item_label",
    "lacking_sentence",
    "long_day_label",
    "meeting_label",
    "no_clock_sentence",
    "other_day_sentence",
    "state_label",
]


def meeting_label(meeting: MeetingReading) -> str:
    """What a meeting is called: by its own title, else by who meets."""
    return meeting.title or group_label(meeting)


def group_label(meeting: MeetingReading) -> str:
    """Who meets: `Grupo de trabajo de Innovación en el sector público (3.5)`, `Comité Ejecutivo`."""
    if meeting.area_title is not None:
        return t("Grupo de trabajo de {area} ({code})", area=meeting.area_title, code=meeting.area_code)
    return t("Reunión") if meeting.body is MeetingBody.OTHER else body_label(meeting.body)


def agreed_label(text: str, country: str | None, due: str | None) -> str:
    """An agreement with who and by when: `Chile, hasta el 15 de agosto de 2019: enviar el formulario`."""
    if country is None:
        return text
    if due is None:
        return t("{who}: {text}", who=lead_name(country), text=text)
    return t("{who}, hasta el {day}: {text}", who=lead_name(country), day=long_day_label(due), text=text)


def check_sentence(check: Check) -> str:
    """What lacks before the minutes can go out: `3.5.1: cumplida, sin medio de verificación`."""
    if check.code:
        return t(_CHECK_OF[check.kind], code=check.code, text=_short(check.text))
    return t(_CHECK[check.kind], text=_short(check.text))


def _short(text: str) -> str:
    line = " ".join(drawable(text).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


_LONGEST = 60

_CHECK = {
    CheckKind.NOBODY_PRESENT: N_("Nadie figura como presente."),
    CheckKind.WITHOUT_COUNTRY: N_("Un acuerdo sin país ni fecha queda como decisión: «{text}»"),
    CheckKind.WITHOUT_DATE: N_("Un compromiso sin fecha: «{text}»"),
    CheckKind.DONE_WITHOUT_EVIDENCE: N_("Cumplida, sin medio de verificación: «{text}»"),
    CheckKind.OCCURRENCE: N_("Esta reunión puede ser una de la serie (Enter lo anota): «{text}»"),
}
_CHECK_OF = {
    CheckKind.NOBODY_PRESENT: N_("Nadie figura como presente."),
    CheckKind.WITHOUT_COUNTRY: N_("{code}: un acuerdo sin país ni fecha queda como decisión: «{text}»"),
    CheckKind.WITHOUT_DATE: N_("{code}: un compromiso sin fecha: «{text}»"),
    CheckKind.DONE_WITHOUT_EVIDENCE: N_("{code}: cumplida, sin medio de verificación: «{text}»"),
    CheckKind.OCCURRENCE: N_("{code}: esta reunión puede ser una de la serie (Enter lo anota): «{text}»"),
}


def hour_label(hour: str | None, city: str | None) -> str:
    """`9:00, hora de Quito`; empty if nobody said when."""
    if not hour:
        return ""
    said = hour.removeprefix("0")
    if city and city.strip()[:3].upper() in ("UTC", "GMT"):
        return f"{said} {city.strip()}"
    return t("{hour}, hora de {city}", hour=said, city=city) if city else said


def no_clock_sentence(city: str) -> str:
    """That an hour cannot be told by the clock of a city, and what would do."""
    return t(
        "No se conoce el reloj de «{city}»: en los calendarios la hora irá sin zona. Escriba una ciudad o UTC-3.",
        city=shorten(city, 40),
    )


def full_day_label(day: str) -> str:
    """`2019-05-17` as it is shown back: `viernes 17 de mayo de 2019`. What is no date is shown as it is."""
    try:
        return full_day(date.fromisoformat(day))
    except ValueError:
        return day_label(day)


def long_day_label(day: str | None) -> str:
    """`2019-05-17` in words: `17 de mayo de 2019`. What is no date is shown as it is; empty for none."""
    if not day:
        return ""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day_label(day)
    return long_day(found)


def other_day_sentence(day: str, changes: int) -> str:
    """What a meeting that stayed open took in on another day than its own."""
    return tn(
        "Con la reunión abierta, el {day} se escribió {n} cosa más:",
        "Con la reunión abierta, el {day} se escribieron {n} cosas más:",
        changes,
        day=day_label(day),
    )


def author_label(author: Author) -> str:
    """Who wrote something: `Ana (Uruguay)`; without a name, how the id begins."""
    name = author.name or author.replica[:8]
    return f"{name} ({country_name(author.country)})" if author.country else name


def lacking_sentence(one: Lacking) -> str:
    """What belongs to a moment and is not here, whose it is, and why."""
    facts = {"who": author_label(one.author)}
    reasons = {
        Reason.MISSING: tn(
            "A esta copia le falta {n} cambio de {who} que el acta tenía.",
            "A esta copia le faltan {n} cambios de {who} que el acta tenía.",
            one.changes,
            **facts,
        ),
        Reason.WAITING: tn(
            "{n} cambio de {who} espera: usted todavía no confirmó a esa persona.",
            "{n} cambios de {who} esperan: usted todavía no confirmó a esa persona.",
            one.changes,
            **facts,
        ),
        Reason.BLOCKED: tn(
            "{n} cambio es de {who}, a quien esta copia bloqueó.",
            "{n} cambios son de {who}, a quien esta copia bloqueó.",
            one.changes,
            **facts,
        ),
    }
    return reasons[one.reason]


def same_group_sentence() -> str:
    """Said where an earlier plan's area is taken for the present one's."""
    return t("Se supone que es el mismo grupo de un plan anterior: el área tiene igual código y título.")
