"""A person as the exchange screen tells of them: a row of the table, and some lines below it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from rich.text import Text
from textual.widgets import DataTable

from gealc_tui.domain.limits import MANY_BRANCHES
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.verification import verification_digits
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import country_name, day_label, role_label, trust_label
from gealc_tui.i18n.naming import short_name
from gealc_tui.i18n.sentences import shorten
from gealc_tui.plain import drawable
from gealc_tui.presentation.people import cautions, known_names
from gealc_tui.tui.drawing import cut

NARROW = 100
"""Columns below which countries are cut short."""

SMALL = 72
"""Columns below which only what was received is counted; what lacks is said of the person who is pointed at."""


def fill_people(table: DataTable[Text], people: Sequence[PersonReading], width: int) -> None:
    """Everybody in the width that there is: the name gets what is left, and numbers stand below each other."""
    table.clear(columns=True)
    counts = [t("Recibidos"), t("Nos faltan"), t("Le faltan")][: 3 if width >= SMALL else 1]
    rest = [10 if width < NARROW else 24, 13, *(max(len(one), 6) for one in counts)]
    names = max(width - sum(rest) - 2 * (len(rest) + 1) - (2 if width < NARROW else 6), 12)
    titles = [t("Persona"), t("País"), t("Confianza")]
    for title, cells in zip(titles, (names, *rest[:2]), strict=True):
        table.add_column(Text(title), width=cells)
    for title, cells in zip(counts, rest[2:], strict=True):
        table.add_column(Text(title, justify="right"), width=cells)
    own = next((one.last for one in people if one.trust is Trust.SELF), 0)
    for person in people:
        first, *numbers = _cells(person, own, names, rest[0])
        table.add_row(*first, *(Text(one, justify="right") for one in numbers[: len(counts)]), key=person.replica)


def _cells(person: PersonReading, own: int, names: int, countries: int) -> tuple[list[Text], str, str, str]:
    """A person's row. What they lack is known only from what they have sent."""
    called = person.name or person.replica[:8]
    name = cut(f"↳ {called}" if person.scribe_of is not None else called, names)
    country = cut(country_name(person.country), countries) if person.country else "—"
    words = [Text(name), Text(country), Text(trust_label(person.trust))]
    if person.trust is Trust.SELF:
        return words, str(person.last or ""), "", ""
    lacks = "?" if person.acknowledged is None else str(max(own - person.acknowledged, 0) or "—")
    if person.scribe_of is not None:
        lacks = ""  # nobody sends a file to whoever filled in a sheet
    if person.aside:
        return words, t("{n} esperan", n=person.aside) if person.aside > 1 else t("1 espera"), "", lacks
    return words, str(person.last or "—"), str(person.missing or "—"), lacks


def waiting_line(people: Sequence[PersonReading]) -> str:
    """What came and waits for a person; what one lacks; and the key for each."""
    said = []
    aside = [one for one in people if one.trust is Trust.STRANGER and one.aside]
    for one in aside[:MOST_WAITING]:
        who = _name(one, one.replica)
        n = one.aside
        said.append(
            tn(
                "{n} cambio de {who} espera que usted confirme a su autor",
                "{n} cambios de {who} esperan que usted confirme a su autor",
                n,
                who=who,
            )
        )
    if (more := len(aside) - MOST_WAITING) > 0:
        said.append(tn("y {n} persona más por confirmar", "y {n} personas más por confirmar", more))
    if not said and all(one.trust is Trust.SELF for one in people):
        return t("Todavía no llegó nada de nadie. Con r se recibe un archivo, con s se prepara el suyo.")
    return "\n".join(said) or t("Nada espera.")


MOST_WAITING = 2


def person_lines(person: PersonReading, people: Mapping[str, PersonReading], relied_on: Collection[str]) -> list[str]:
    """What a person may want to know, or to do, about somebody; `people` are all, by replica."""
    lines = [" · ".join(_who(person))]
    if person.successor is not None:
        new = people.get(person.successor)
        lines.append(t("Esta identidad ya no se usa: sigue como {who}.", who=_name(new, person.successor)))
    if person.trust is Trust.STRANGER:
        lines += cautions(known_names(people.values()), person.name, person.role)
        digits = verification_digits(person.replica)
        lines.append(t("Enter muestra qué trae. Sus números, para comparar por teléfono: {digits}", digits=digits))
    elif person.missing:
        count = tn("Falta {n} cambio suyo", "Faltan {n} cambios suyos", person.missing)
        holders = ", ".join(_name(people.get(one), one) for one in person.holders)
        if len(person.holders) > 1:
            who_has = t("{count}; los tienen {who}. Con Q se piden.", count=count, who=holders)
        else:
            who_has = t("{count}; los tiene {who}. Con Q se piden.", count=count, who=holders)
        lines.append(who_has if holders else t("{count}; no se sabe quién los tiene.", count=count))
    if person.trust is Trust.BLOCKED:
        lines.insert(1, t("Lo que llega de esta persona queda aparte. Con b se vuelve a recibir."))
    if person.branches >= MANY_BRANCHES and person.trust is not Trust.BLOCKED:
        said = t("Su identidad se usó en {n} lugares a la vez: si no se explica, bloquéela con b.", n=person.branches)
        lines.insert(1, said)
    if person.asks:
        lines.append(t("Pide lo que le falta: con S se prepara la respuesta."))
    if person.replica in relied_on:
        lines.append(t("Quedan confirmadas las personas que avale. Con V se deja de hacerlo."))
    return lines


def _who(person: PersonReading) -> list[str]:
    said = [short_name(person.replica, person.name, 40)]
    if person.role and role_label(person.role) != said[0]:
        said.append(role_label(person.role))
    if person.email:
        said.append(drawable(person.email))
    if person.heard is not None:
        said.append(t("último archivo: {day}", day=day_label(local_day(person.heard).isoformat())))
    elif person.trust is not Trust.SELF and not (person.aside or person.last):
        said.append(t("todavía no envió nada"))
    return said


def _name(person: PersonReading | None, replica: str) -> str:
    """A name and a country."""
    if person is None:
        return replica[:8]
    name = short_name(replica, person.name, 40)
    return f"{name} ({shorten(country_name(person.country))})" if person.country else name
