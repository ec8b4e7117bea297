"""Commands that write a change of one's own: init, status, note, set, undo, redo, settle. Each says what it did."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from gealc_tui import errors
from gealc_tui.cli.differences import settled
from gealc_tui.cli.output import Exit, complain, say, say_line
from gealc_tui.cli.phrases import ToldEdit, edit_phrases, person_phrase
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.vocabulary import Status
from gealc_tui.i18n import t

if TYPE_CHECKING:
    from gealc_tui.replica import Committed, Replica


def introduce(replica: Replica, args: Namespace) -> int:
    from gealc_tui.cloud_folders import keeper_of
    from gealc_tui.commands import people
    from gealc_tui.i18n.sentences import cloud_sentence

    people.introduce(replica, args.person, args.country, args.role, args.email)
    own = replica.people()[0]
    who = person_phrase(own.replica, own.name, own.country)
    say(t("Esta copia es de {who}. Su identificador es {id}.", who=who, id=own.replica))
    folder = replica.path.parent
    if keeper := keeper_of(folder):
        complain(cloud_sentence(keeper, folder))
    return Exit.DONE


def set_status(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import activities

    activity = activities.activity_ref(replica, args.ref)
    return said(replica, activities.set_status(replica, activity, Status(args.status), args.note))


def set_field(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import activities, fields

    return said(replica, activities.set_field(replica, fields.clean(args.ref), args.field, args.value))


def add_note(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import fields, notes

    about = replica.read.resolve(fields.clean(args.ref))
    if kind_of(about) not in ("activity", "area"):
        raise errors.NotFound(ref=args.ref)
    return said(replica, notes.add_note(replica, about, args.text, official=not args.internal))


def undo(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import undo

    committed = undo.undo(replica)
    say(t("Deshecho:"))
    return said(replica, committed)


def redo(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import undo

    committed = undo.redo(replica)
    say(t("Rehecho:"))
    return said(replica, committed)


def settle(replica: Replica, args: Namespace) -> int:
    return said(replica, settled(replica, args))


def said(replica: Replica, committed: Committed | None) -> int:
    """Tells what a command wrote, a line for each field."""
    if committed is None:
        say(t("Ya estaba así; no se cambió nada."))
        return Exit.DONE
    from gealc_tui.domain.vocabulary import seen_default

    by_entity: dict[str, list[ToldEdit]] = {}
    for entity, field, before, after in committed.edits:
        was = seen_default(kind_of(entity), field) if before is None else before
        by_entity.setdefault(entity, []).append((entity, field, was, after))
    for entity, edits in by_entity.items():
        place = _place(replica, entity)
        for phrase in edit_phrases(edits):
            say_line(f"{place} · {phrase}")
    return Exit.DONE


def _place(replica: Replica, entity: str) -> str:
    """The id of what an entity concerns; for notes and products also their own, to be named again."""
    concerned = replica.read.activity_of(entity) or replica.read.title_of(entity)
    return (
        concerned if kind_of(entity) in ("activity", "area") else f"{concerned} · {kind_of(entity)}/{local_id(entity)}"
    )
