"""What a meeting may be told in its one line of typing, and what was understood of it so far.

Promise: nothing is guessed. What is not understood is said to be so while it is typed, and stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from gealc_tui.commands import meetings
from gealc_tui.domain.agreements import Fault, FaultKind
from gealc_tui.domain.alerts import due_day
from gealc_tui.domain.meetings import ItemReading, MeetingReading
from gealc_tui.domain.readings import ActivityReading, ActivityRow, ProductReading
from gealc_tui.errors import GealcError, ValueRefused
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.dates import relative_label
from gealc_tui.i18n.labels import country_name, day_label, fold, lead_name
from gealc_tui.i18n.meeting_words import full_day_label, item_label, no_clock_sentence
from gealc_tui.i18n.sentences import sentence, shorten
from gealc_tui.replica import Replica


class Asking(StrEnum):
    """What the line is for."""

    NOTE = "note"
    AGREEMENT = "agreement"
    GENERAL = "general"
    """An agreement of the meeting as a whole."""
    NOTED = "noted"
    LEAD = "lead"
    DUE = "due"
    EVIDENCE = "evidence"
    PRESENT = "present"
    JUMP = "jump"
    CORRECT = "correct"
    """Which of the things written here is to be written anew."""


LABELS = {
    Asking.NOTE: N_("Nota"),
    Asking.AGREEMENT: N_("Acuerdo"),
    Asking.GENERAL: N_("Acuerdo de la reunión en general"),
    Asking.NOTED: N_("Se toma nota"),
    Asking.LEAD: N_("Responsable"),
    Asking.DUE: N_("Plazo"),
    Asking.EVIDENCE: N_("Medio de verificación"),
    Asking.PRESENT: N_("Países presentes"),
    Asking.JUMP: N_("Ir a"),
    Asking.CORRECT: N_("Corregir"),
}

AGREEMENTS = (Asking.AGREEMENT, Asking.GENERAL)

MOST_CHOICES = 40
"""More activities than this are never offered at once."""


class Choice(NamedTuple):
    """Something that can be chosen below the line: its id, a short name in bold, and what it says."""

    id: str
    name: str
    text: str


class Heard(NamedTuple):
    """What was understood, and what was not, in lines; and what there is to choose."""

    lines: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


def heard(
    replica: Replica,
    meeting: MeetingReading,
    here: ActivityReading,
    asking: Asking,
    text: str,
    *,
    official: bool,
) -> Heard:
    """What a line that is being typed means so far; `official` is asked of notes alone."""
    if asking is Asking.NOTE:
        return Heard((kind_of_note(official),))
    if asking in AGREEMENTS:
        return _agreed(replica, meeting, text)
    if asking is Asking.LEAD:
        return _lead(text)
    if asking is Asking.DUE:
        return _due(replica, meeting, here, text)
    if asking is Asking.EVIDENCE:
        product = product_to_prove(here)
        return Heard((t("Del producto: {product}", product=shorten(product.text)),) if product else ())
    if asking is Asking.PRESENT:
        return present(text)
    if asking is Asking.NOTED:
        return Heard((t("Sale en el acta: «Se toma nota: …»"),))
    return Heard()


def kind_of_note(official: bool) -> str:
    """What becomes of a note."""
    if official:
        return t("● Nota oficial: sale en el acta y en el informe.")
    return t("○ Nota interna: no sale en el acta; los demás la reciben.")


def present(text: str) -> Heard:
    """Who is present, of what was typed: `cl cr ec`."""
    codes, unknown = meetings.read_countries(text)
    names = ", ".join(country_name(code) for code in codes)
    lines = (tn("{n} país: {names}", "{n} países: {names}", len(codes), names=names),) if codes else ()
    return Heard(lines, (not_understood(unknown),) if unknown else ())


def when_and_where(day: str, city: str, read: Callable[[str], str], *, message: str = N_("Entendido: {day}")) -> Heard:
    """The day that was understood, and what there is to say of the clock of a city. `read` reads a day."""
    lines, faults = [], []
    if day.strip():
        try:
            lines.append(t(message, day=full_day_label(read(day))))
        except GealcError as error:
            faults.append(day_fault(error, day))
    try:
        found = meetings.city_text(city)
    except GealcError as error:
        faults.append(sentence(error))
    else:
        if not meetings.has_clock(found):
            faults.append(no_clock_sentence(city))
    return Heard(tuple(lines), tuple(faults))


def not_understood(words: tuple[str, ...]) -> str:
    """That some words are no countries."""
    return t("No se entiende: {words}", words=", ".join(f"«{shorten(one, 20)}»" for one in words))


def _agreed(replica: Replica, meeting: MeetingReading, text: str) -> Heard:
    said = meetings.understood(replica, meeting.id, text)
    lines = []
    for one in said.mentions:
        who = lead_name(one.country)
        if one.due is None:
            lines.append(t("Compromiso de {who}, sin fecha", who=who))
        else:
            lines.append(t("Compromiso de {who}, {day}", who=who, day=full_day_label(one.due)))
    if not (said.mentions or said.faults):
        lines.append(t("Decisión. Con @ y un país, y una fecha, es un compromiso: @cl 15/08"))
    return Heard(tuple(lines), tuple(_fault(fault) for fault in said.faults))


def _fault(fault: Fault) -> str:
    typed = shorten(fault.typed, 30)
    if fault.kind is FaultKind.COUNTRY:
        return t("No se conoce ningún país «{typed}».", typed=typed)
    return t(_DATE_FAULTS[_OF_DATES[fault.kind]], typed=typed)


_DATE_FAULTS = {
    "date": N_("No existe la fecha «{typed}»."),
    "clear_date": N_("«{typed}» puede ser dos días: escriba uno, y el mes por su nombre."),
    "whole_year": N_("«{typed}»: escriba el año entero, con cuatro cifras."),
    "fitting_weekday": N_("«{typed}» cae en otro día de la semana."),
}
"""By what was expected, as `ValueRefused` says it."""

_OF_DATES = {
    FaultKind.DATE: "date",
    FaultKind.UNCLEAR: "clear_date",
    FaultKind.SHORT_YEAR: "whole_year",
    FaultKind.WEEKDAY: "fitting_weekday",
}


def day_fault(error: GealcError, text: str) -> str:
    """Why what was typed for a day is none."""
    if isinstance(error, ValueRefused) and error.expected in _DATE_FAULTS:
        return t(_DATE_FAULTS[error.expected], typed=shorten(text, 30))
    return sentence(error)


def _lead(text: str) -> Heard:
    if not text.strip():
        return Heard((t("Vacío: sin responsable. Escriba un país (cl, Chile), OEA o BID."),))
    found = meetings.named(text)
    if found is None:
        return Heard(faults=(not_understood((text.strip(),)),))
    return Heard((t("Entendido: {what}", what=lead_name(found)),))


def _due(replica: Replica, meeting: MeetingReading, here: ActivityReading, text: str) -> Heard:
    row = here.row
    day = due_day(row.due, here.year, row.period)
    before = t("Ahora: {day}", day=day_label(day.isoformat())) if day is not None else t("Ahora: sin fecha")
    if not text.strip():
        return Heard((before, t("Vacío: el fin de su período.")))
    try:
        found = meetings.read_day(replica, text, since=meetings.day_of(replica, meeting))
    except GealcError as error:
        return Heard((before,), (day_fault(error, text),))
    when = full_day_label(found.isoformat())
    relative = relative_label(found, replica.today)
    return Heard((before, t("Entendido: {day} ({relative})", day=when, relative=relative)))


def product_to_prove(here: ActivityReading) -> ProductReading | None:
    """The product that a link is put to: the first that has none, else the first."""
    return next((one for one in here.products if not one.evidence), here.products[0] if here.products else None)


# --- choosing ----------------------------------------------------------------------------------------------------


def found(rows: Sequence[ActivityRow], text: str) -> tuple[Choice, ...]:
    """The activities that a code or some words mean, best first: codes, then codes that begin so, then titles.

    Dots may be left out: `355` is 3.5.5. Two activities of one code are both there.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    digits = _digits(wanted)
    ranked = []
    for row in rows:
        code = _folded(row.code)
        if wanted == code or (digits and digits == _digits(code)):
            rank = 0
        elif code.startswith(wanted) or (digits and _digits(code).startswith(digits)):
            rank = 1
        elif all(word in _folded(row.title) for word in wanted.split()):
            rank = 2
        else:
            continue
        ranked.append((rank, row))
    ranked.sort(key=lambda pair: pair[0])
    return tuple(Choice(row.id, row.code, row.title) for _, row in ranked[:MOST_CHOICES])


@lru_cache(maxsize=1 << 18)
def _folded(text: str) -> str:
    """Folding a hundred thousand titles takes longer than the time between two keys."""
    return fold(text)


def _digits(text: str) -> str:
    """The digits of what is nothing but digits, dots and blanks; else nothing."""
    return re.sub(r"[.\s]", "", text) if re.fullmatch(r"[\d.\s]+", text) else ""


def meant(choices: Sequence[Choice], text: str) -> Choice | None:
    """The one that Enter may go to at once; None if several have the very code that was typed, or there is none."""
    wanted = fold(text)
    exact = [one for one in choices if wanted == fold(one.name) or (_digits(wanted) == _digits(one.name) != "")]
    if len(exact) > 1:
        return None
    return exact[0] if exact else next(iter(choices), None)


def written_here(here: ActivityReading, items: Iterable[ItemReading], new: Container[str]) -> tuple[Choice, ...]:
    """What was written about an activity in this meeting, the last first. `new`: the entities that it wrote anew."""
    said = [(item.placed, Choice(f"item/{item.id}", item_label(item.kind), item.text)) for item in items]
    for note in here.notes:
        if f"note/{note.id}" in new:
            name = t("Nota") if note.official else t("Nota interna")
            said.append((note.placed, Choice(f"note/{note.id}", name, note.text)))
    return tuple(choice for _, choice in sorted(said, key=lambda pair: pair[0], reverse=True))
