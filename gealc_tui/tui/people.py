"""A person as the exchange screen tells of them: a row of the table, and some lines below it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

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


def person_cells(person: PersonReading, own: int) -> tuple[str, ...]:
    """A person's row. What they lack is known only from what they have sent."""
    if person.trust is Trust.SELF:
        lacks = ""
    elif person.acknowledged is None:
        lacks = t("no se sabe")
    else:
        lacks = str(max(own - person.acknowledged, 0))
    here = str(person.last) if person.last else ""
    if person.aside:
        here = tn("{n} espera", "{n} esperan", person.aside)
    elif person.missing:
        here = f"{person.last} ({tn('falta {n}', 'faltan {n}', person.missing)})"
    country = drawable(country_name(person.country)) if person.country else "—"
    return cut(person.name, 24) or person.replica[:8], cut(country, 16), trust_label(person.trust), here, lacks


def person_lines(person: PersonReading, people: Mapping[str, PersonReading], relied_on: Collection[str]) -> list[str]:
    """What a person may want to know, or to do, about somebody; `people` are all, by replica."""
    lines = [" · ".join(_who(person)), t("Sus números: {digits}", digits=verification_digits(person.replica))]
    if person.successor is not None:
        new = people.get(person.successor)
        lines.append(t("Esta identidad ya no se usa: sigue como {who}.", who=_name(new, person.successor)))
    if person.trust is Trust.STRANGER:
        lines += cautions(known_names(people.values()), person.name, person.role)
        lines.append(t("Antes de aceptar, compare por teléfono sus números. Con a se acepta."))
    elif person.missing:
        count = tn("Falta {n} cambio suyo", "Faltan {n} cambios suyos", person.missing)
        holders = ", ".join(_name(people.get(one), one) for one in person.holders)
        who_has = t("{count}; los tiene {who}. Con f se piden.", count=count, who=holders)
        lines.append(who_has if holders else t("{count}; no se sabe quién los tiene.", count=count))
    if person.trust is Trust.BLOCKED:
        lines.insert(1, t("Lo que llega de esta persona queda aparte. Con b se vuelve a recibir."))
    if person.branches >= MANY_BRANCHES and person.trust is not Trust.BLOCKED:
        said = t("Su identidad se usó en {n} lugares a la vez: si no se explica, bloquéela con b.", n=person.branches)
        lines.insert(1, said)
    if person.asks:
        lines.append(t("Pide lo que le falta: con c se prepara la respuesta."))
    if person.replica in relied_on:
        lines.append(t("Se acepta a todos los que esta persona avale."))
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
