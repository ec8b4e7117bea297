"""Commands that write a change of one's own: init, status, note, set, undo, redo, settle. Each says what it did."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from gealc_tui import errors
from gealc_tui.cli.differences import settled
from gealc_tui.cli.output import Exit, complain, say, say_line
from gealc_tui.commands.naming import name_of
from gealc_tui.domain.change import kind_of
from gealc_tui.domain.vocabulary import Status
from gealc_tui.i18n import t
from gealc_tui.i18n.edit_words import ToldEdit, edit_phrases
from gealc_tui.i18n.naming import person_label

if TYPE_CHECKING:
    from gealc_tui.replica import Committed, Replica


def introduce(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import people
    from gealc_tui.i18n.sentences import place_sentence

    people.introduce(replica, args.person, args.country, args.role, args.email)
    if (own := replica.oneself()) is not None:
        who = person_label(own.replica, own.name, own.country)
        say(t("Esta copia es de {who}. Su identificador es {id}.", who=who, id=own.replica))
    if (warning := place_sentence(replica.path.parent)) is not None:
        complain(warning)
    return Exit.DONE


def set_status(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import activities

    activity = activities.activity_ref(replica, args.ref)
    return said(replica, activities.set_status(replica, activity, Status(args.status), args.note))


def set_field(replica: Replica, args: Namespace) -> int:
    from gealc_tui.cli import structure
    from gealc_tui.commands import activities, fields

    why = structure.why(args)
    return said(replica, activities.set_field(replica, fields.clean(args.ref), args.field, args.value, why))


def add_note(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import fields, notes

    about = replica.resolve(fields.clean(args.ref))
    if kind_of(about) not in ("activity", "area"):
        raise errors.NotFound(ref=args.ref)
    return said(replica, notes.add_note(replica, about, args.text, official=not args.internal))


def undo(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import undo

    return _turned(replica, undo.undo(replica), t("Deshecho:"), t("gealc redo rehace"))


def redo(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import undo

    return _turned(replica, undo.redo(replica), t("Rehecho:"), t("gealc undo deshace"))


def _turned(replica: Replica, committed: Committed, head: str, back: str) -> int:
    """What was taken back or done again, each value, and how to turn it back."""
    lines = _lines(replica, committed)
    if len(lines) == 1:
        say_line(f"{head} {lines[0]} · {back}")
        return Exit.DONE
    say(head)
    for line in lines:
        say_line(line, 2)
    say(back)
    return Exit.DONE


def settle(replica: Replica, args: Namespace) -> int:
    return said(replica, settled(replica, args))


def said(replica: Replica, committed: Committed | None) -> int:
    """Tells what a command wrote, a line for each field."""
    if committed is None:
        say(t("Ya estaba así; no se cambió nada."))
        return Exit.DONE
    if is_proposed(replica, committed):
        return Exit.DONE
    for line in _lines(replica, committed):
        say_line(line)
    return explained(replica, committed)


def is_proposed(replica: Replica, committed: Committed) -> bool:
    """Whether a change only proposes something; then its id is told, for the next command."""
    from gealc_tui.commands import reasons

    if (id := reasons.proposal_in(committed)) is None:
        return False
    say(id)
    complain(t("Propuesto. Espera a la Secretaría Técnica, y viaja con su próximo archivo."))
    return True


def explained(replica: Replica, committed: Committed) -> int:
    """The exit code of a change: whoever alters an approved plan without a reason is told that it will be asked for."""
    from gealc_tui.commands import reasons

    if not reasons.lacks(replica, committed):
        return Exit.DONE
    complain(t("El plan está aprobado y el cambio queda sin motivo: la próxima vez, con --reason."))
    return Exit.WAITS


def _lines(replica: Replica, committed: Committed) -> list[str]:
    from gealc_tui.domain.vocabulary import seen_default

    by_entity: dict[str, list[ToldEdit]] = {}
    for entity, field, before, after in committed.edits:
        was = seen_default(kind_of(entity), field) if before is None else before
        by_entity.setdefault(entity, []).append((entity, field, was, after))
    return [
        f"{_place(replica, entity)} · {phrase}"
        for entity, edits in by_entity.items()
        for phrase in edit_phrases(edits, weekdays=True)
    ]


def _place(replica: Replica, entity: str) -> str:
    """What an entity is or belongs to: an activity by the reference that commands take, all else by its name."""
    activity = replica.read.activity_of(entity)
    # An id that was drawn by lot tells nobody anything.
    return activity if activity is not None and "/" in activity else name_of(replica, entity)
