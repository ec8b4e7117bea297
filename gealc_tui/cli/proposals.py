"""propose, proposals, proposal: what people ask the Secretariat to change in a plan, and what becomes of it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gealc_tui.cli import usage
from gealc_tui.cli.output import Exit, complain, say, say_json, say_line
from gealc_tui.cli.phrases import instant, moment_phrase
from gealc_tui.cli.writing import said
from gealc_tui.domain.vocabulary import ProposalState
from gealc_tui.i18n import t
from gealc_tui.i18n.edit_words import edit_phrases, value_phrase
from gealc_tui.i18n.life_labels import proposal_state_label
from gealc_tui.i18n.naming import author_label

if TYPE_CHECKING:
    from gealc_tui.domain.proposals import ProposalReading
    from gealc_tui.replica import Replica


def propose(replica: Replica, args: Namespace) -> int:
    """Prints the proposal's id."""
    from gealc_tui.commands import proposals

    id, _ = proposals.propose(replica, args.ref, args.field, args.value, args.reason)
    say(id)
    complain(t("Propuesto. Espera a la Secretaría Técnica, y viaja con su próximo archivo."))
    return Exit.DONE


def list_proposals(replica: Replica, args: Namespace) -> int:
    """Those that wait, or with --all all of them; for programs all."""
    found = replica.read.proposals()
    if args.json:
        say_json([_facts(replica, one) for one in found])
        return Exit.DONE
    shown = [one for one in found if args.all or one.state is ProposalState.OPEN]
    if not shown:
        complain(t("No hay propuestas por decidir.") if found else t("No hay propuestas."))
        return Exit.DONE
    for one in shown:
        _say(replica, one)
    return Exit.DONE


def _say(replica: Replica, one: ProposalReading) -> None:
    from gealc_tui.commands import proposals

    state = proposal_state_label(one.state)
    say_line(f"{one.id[:8]} · {moment_phrase(one.at)} · {author_label(one.author)} · {state} · {one.reason}")
    if one.word:
        say_line(t("Respuesta: {word}", word=one.word), 2)
    stands = proposals.stands(replica, one)
    by_entity: dict[str, list[tuple[str, str, Any, Any]]] = {}
    for it in stands:
        by_entity.setdefault(it.edit.entity, []).append((it.edit.entity, it.edit.field, it.value, it.edit.value))
    for entity, edits in by_entity.items():
        for phrase in edit_phrases(edits):
            say_line(f"{proposals.name_in(replica, one, entity)} · {phrase}", 2)
    for it in stands:
        if it.has_changed and one.state is ProposalState.OPEN:
            now = value_phrase(it.edit.entity, it.edit.field, it.value)
            say_line(t("Cambió desde que se propuso; ahora dice: {value}", value=now), 4)


def accept(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import proposals

    return said(replica, proposals.accept(replica, args.id, args.word, meeting=args.meeting))


def decline(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import proposals

    proposals.decline(replica, args.id, args.word)
    say(t("La propuesta no se acepta; su autor lo verá con el próximo archivo."))
    return Exit.DONE


def withdraw(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import proposals

    proposals.withdraw(replica, args.id)
    say(t("La propuesta está retirada."))
    return Exit.DONE


def _facts(replica: Replica, one: ProposalReading) -> dict[str, Any]:
    edits = [
        {"entity": edit.entity, "field": edit.field, "value": edit.value, "seen": list(edit.seen)} for edit in one.edits
    ]
    first: dict[str, Any] = edits[0] if edits else {"entity": None, "field": None, "value": None, "seen": []}
    code = replica.read.title_of(first["entity"]) if first["entity"] else ""
    return {
        "id": one.id,
        "plan": one.plan,
        "entity": first["entity"],
        "code": code,
        "field": first["field"],
        "value": first["value"],
        "seen": first["seen"],
        "reason": one.reason,
        "state": one.state.value,
        "word": one.word,
        "by": one.author.name,
        "at": instant(one.at),
        "edits": edits,
    }


def add_propose_arguments(parser: usage.Parser) -> None:
    """What stands behind `gealc propose`."""
    parser.add_argument("ref", metavar="REF", help=t("su identificador o su código"))
    parser.add_argument("field", metavar=t("CAMPO"), help=t("el campo"))
    parser.add_argument("value", metavar=t("VALOR"), help=t("su valor; vacío lo borra"))
    parser.add_argument("--reason", metavar=t("TEXTO"), default="", help=t("por qué"))


def add_arguments(parser: usage.Parser, common: Callable[[usage.Parser], None]) -> None:
    """What stands behind `gealc proposal`."""
    group = parser.add_subparsers(
        title=t("comandos"), metavar=t("COMANDO"), dest="action", parser_class=usage.Parser, required=True
    )
    for name, command, help in (
        ("accept", accept, t("hace lo que se propone, y dice por qué")),
        ("decline", decline, t("dice que no se hará")),
        ("withdraw", withdraw, t("retira una propuesta propia")),
    ):
        one: usage.Parser = group.add_parser(name, help=help, description=help, add_help=False)
        common(one)
        one.add_argument("id", metavar=t("PROPUESTA"), help=t("su identificador, o cómo empieza"))
        if name != "withdraw":
            one.add_argument("--word", metavar=t("TEXTO"), default="", help=t("lo que se responde"))
        if name == "accept":
            one.add_argument("--meeting", metavar=t("REUNIÓN"), help=t("la reunión que lo decidió: su identificador"))
        one.set_defaults(command=command)
