"""log: who changed what, when, and what it said before; all of it, or what is asked for."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from gealc_tui.cli.output import Exit, say_json, say_line
from gealc_tui.cli.phrases import instant, moment_phrase, tell_day
from gealc_tui.domain.change import is_genesis
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.readings import ChangeReading, EditReading
from gealc_tui.i18n import tn
from gealc_tui.i18n.edit_words import edit_phrases
from gealc_tui.i18n.naming import author_label

if TYPE_CHECKING:
    from gealc_tui.cli.reading import Facts
    from gealc_tui.replica import Replica


def show_log(replica: Replica, args: Namespace) -> int:
    changes = _wanted(replica, args)
    if args.json:
        say_json([_change_facts(change) for change in changes])
        return Exit.DONE
    for change in changes:
        _say_change(replica, change, whole=args.ref is not None)
    return Exit.DONE


def _wanted(replica: Replica, args: Namespace) -> tuple[ChangeReading, ...]:
    """The changes that are asked for, oldest first."""
    if not any((args.who, args.field, args.since, args.last)):
        return replica.read.history(
            None if args.ref is None else replica.read.entities_about(replica.resolve(args.ref))
        )
    from gealc_tui.commands import history

    wanted = history.asked(replica, who=args.who, about=args.ref or "", field=args.field, since=args.since)
    if wanted.since is not None:
        tell_day(args.since, local_day(wanted.since).isoformat())
    return replica.read.past(wanted, most=args.last or -1)[::-1]


def _say_change(replica: Replica, change: ChangeReading, *, whole: bool) -> None:
    say_line(f"{moment_phrase(change.at, change.is_doubtful)} · {author_label(change.author)} · {change.id[:8]}")
    if is_genesis(change.author.replica) and not whole:
        say_line(tn("{n} dato del documento", "{n} datos del documento", len(change.edits)), 2)
        return
    from gealc_tui.commands.naming import name_of

    by_title: dict[str, list[EditReading]] = {}
    for edit in change.edits:
        by_title.setdefault(name_of(replica, edit.entity), []).append(edit)
    for title, edits in by_title.items():
        for phrase in edit_phrases(edits):
            say_line(f"{title} · {phrase}", 2)


def _change_facts(change: ChangeReading) -> Facts:
    return {
        "id": change.id,
        "replica": change.author.replica,
        "author": change.author.name,
        "country": change.author.country,
        "seq": change.seq,
        "at": instant(change.at),
        "edits": [edit._asdict() for edit in change.edits],
    }
