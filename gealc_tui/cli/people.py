"""Commands about the people whom this copy has met: who they are, what they lack, whom it believes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gealc_tui.cli.confirming import confirmed
from gealc_tui.cli.merging import say_plan
from gealc_tui.cli.output import Cell, Exit, Row, say, say_json, say_line
from gealc_tui.cli.phrases import instant, moment_phrase
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.domain.limits import MANY_BRANCHES
from gealc_tui.domain.verification import verification_digits
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import country_name, role_label, trust_label
from gealc_tui.i18n.naming import author_label, person_label, short_name
from gealc_tui.i18n.sentences import branches_sentence, shorten
from gealc_tui.presentation.people import cautions, known_names

if TYPE_CHECKING:
    from gealc_tui.domain.readings import PersonReading
    from gealc_tui.replica import Replica


def list_people(replica: Replica, args: Namespace) -> int:
    people = replica.people()
    if args.json:
        handed = replica.read.handovers()
        say_json(
            [
                {
                    **one._asdict(),
                    "trust": one.trust.value,
                    "handed_over": [
                        {"role": word.role.value, "by": word.by.replica, "at": instant(word.at)}
                        for word in handed
                        if word.to.replica == one.replica
                    ],
                }
                for one in people
            ]
        )
        return Exit.DONE
    names = {one.replica: short_name(one.replica, one.name, 16) for one in people}
    called = {one.replica: person_label(one.replica, shorten(one.name, 16), one.country) for one in people}
    columns = [
        Column(t("Copia")),
        Column(t("Nombre"), is_elastic=True),
        Column(t("País")),
        Column(t("Confianza")),
        Column(t("Cambios"), minor=1, is_number=True),
        Column(t("Faltan"), minor=2, is_number=True),
        Column(t("Los tiene"), minor=6),
        Column(t("Aparte"), minor=3, is_number=True),
        Column(t("Tiene de usted"), minor=5, is_number=True),
        Column(t("Último archivo"), minor=7),
        Column(t("Función"), minor=9),
        Column(t("Correo"), minor=8),
        Column(t("Números"), minor=4),
    ]
    rows: list[Row] = [
        [
            one.replica[:8],
            shorten(one.name),
            country_name(one.country) if one.country else "",
            Cell(trust_label(one.trust), "33" if one.trust is Trust.STRANGER else ""),
            str(one.last),
            str(one.missing or ""),
            "; ".join(called[holder] for holder in one.holders if one.missing),
            str(one.aside or ""),
            "" if one.acknowledged is None else str(one.acknowledged),
            "" if one.heard is None else moment_phrase(one.heard),
            role_label(one.role) if one.role else "",
            shorten(one.email or ""),
            verification_digits(one.replica),
        ]
        for one in people
        if one.scribe_of is None
    ]
    say_table(rows, columns)
    _say_scribes(people, called)
    known = known_names(people)
    for one in people:
        if one.trust is Trust.STRANGER:
            say(t("Antes de confirmar a {who}, compare por teléfono sus números:", who=called[one.replica]))
            say(f"  {verification_digits(one.replica)}")
            for caution in cautions(known, one.name, one.role):
                say_line(caution, 2)
    for word in replica.read.handovers():
        facts = {"who": author_label(word.by), "other": author_label(word.to), "role": role_label(word.role)}
        say(t("{who} dice que su función de {role} pasa a {other}.", **facts))
    for one in people:
        if one.successor is not None:
            now = names.get(one.successor, one.successor[:8])
            say(
                t(
                    "{replica} ya no se usa: {name} sigue como {now}.",
                    replica=one.replica[:8],
                    name=names[one.replica],
                    now=f"{now} ({one.successor[:8]})",
                )
            )
        if one.branches >= MANY_BRANCHES:
            say(branches_sentence(called[one.replica], one.branches, one.replica))
        if one.asks and one.successor is None:
            say(
                t(
                    "{who} pide lo que le falta: gealc export --for {replica}",
                    who=called[one.replica],
                    replica=one.replica[:12],
                )
            )
    return Exit.DONE


def _say_scribes(people: Sequence[PersonReading], called: Mapping[str, str]) -> None:
    """Under each who brought in what others had filled in, whose words those are."""
    for importer in dict.fromkeys(one.scribe_of for one in people if one.scribe_of is not None):
        say(t("Planillas que trajo {who}:", who=called.get(importer, importer[:8])))
        for one in people:
            if one.scribe_of == importer:
                count = tn("{n} cambio", "{n} cambios", max(one.last - 1, one.aside))
                trust = trust_label(one.trust)
                name = person_label(one.replica, shorten(one.name), one.country)
                say_line(f"{one.replica[:8]}  {name}  {trust}, {count}", 2)


def accept(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import people

    report = people.accept(replica, args.replica)
    say(t("{who}: persona confirmada.", who=_who(replica, args.replica)))
    say_plan(report)
    return Exit.WAITS if report.waits_for_a_person else Exit.DONE


def block(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import people

    who, others = _who(replica, args.replica), _named_by(replica, args.replica)
    if others:
        say(t("Se bloquea también a quienes siguen en su lugar: {others}.", others="; ".join(others)))
    if not args.yes and not confirmed(t("¿Bloquear a {who}? Se puede deshacer con gealc unblock.", who=who)):
        say(t("No se bloqueó a nadie."))
        return Exit.DONE
    people.block(replica, args.replica)
    say(t("No se recibe nada más de {who}. Lo que ya se aplicó queda, y lo que llegue se guarda aparte.", who=who))
    return Exit.DONE


def _named_by(replica: Replica, begins: str) -> list[str]:
    """Who would be blocked with somebody."""
    found = replica.blocked_with(replica.person(begins))
    people = {one.replica: one for one in replica.people()}
    return [person_label(one, people[one].name, people[one].country) for one in found if one in people]


def unblock(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import people

    who = _who(replica, args.replica)
    report = people.unblock(replica, args.replica)
    if replica.trust_in(replica.person(args.replica)) is Trust.ACCEPTED:
        say(t("Se vuelve a recibir de {who}.", who=who))
        say_plan(report)
        return Exit.WAITS if report.waits_for_a_person else Exit.DONE
    say(t("{who} ya no está bloqueada y espera que usted la confirme.", who=who))
    return Exit.WAITS


def rely_on(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import people

    if args.role is not None:
        return _rely_on_as(replica, args)
    report = people.rely_on(replica, args.replica, relies=not args.stop)
    who = _who(replica, args.replica)
    if args.stop:
        say(t("Ya no se confirma a quien avale {who}. Quienes ya estaban confirmados, lo siguen.", who=who))
        return Exit.DONE
    say(t("Quedan confirmadas las personas que avale {who}.", who=who))
    say_plan(report)
    return Exit.WAITS if report.waits_for_a_person else Exit.DONE


def _rely_on_as(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import people

    people.rely_on_as(replica, args.replica, args.role, relies=not args.stop)
    facts = {"who": _who(replica, args.replica), "role": role_label(args.role)}
    say(
        t("{who} ya no se reconoce aquí como {role}.", **facts)
        if args.stop
        else t("{who} se reconoce aquí como {role}.", **facts)
    )
    return Exit.DONE


def hand_over(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import people

    people.hand_over(replica, args.replica, args.role)
    facts = {"who": _who(replica, args.replica), "role": role_label(args.role)}
    say(t("Queda dicho, firmado por usted: la función de {role} pasa a {who}. Viaja con su próximo archivo.", **facts))
    return Exit.DONE


def vouch_for(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import people

    people.vouch_for(replica, args.replicas, vouches=not args.remove)
    listed = replica.vouched_for(replica.id or "")
    count = tn("{n} persona", "{n} personas", len(listed))
    say(t("Su lista firmada avala a {count}. Viaja con su próximo archivo.", count=count))
    for one in replica.people():
        if one.replica in listed:
            say_line(person_label(one.replica, one.name, one.country), 2)
    return Exit.DONE


def _who(replica: Replica, begins: str) -> str:
    """Who is meant by how an id begins. Raises PersonUnknown."""
    person = replica.person(begins)
    return next(person_label(one.replica, one.name, one.country) for one in replica.people() if one.replica == person)
