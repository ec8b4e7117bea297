"""completion: what a shell offers when somebody presses Tab, by argcomplete.

The shell asks the program itself, so what it offers is what there is: commands and options in the language in force,
codes of the plan, people. Promise: nothing is offered that a shell could take for an order, whatever somebody wrote
into a plan, and a copy that cannot be read offers nothing.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TextIO

from gealc_tui import errors
from gealc_tui.cli.output import Exit, write
from gealc_tui.i18n import t
from gealc_tui.plain import drawable

if TYPE_CHECKING:
    from gealc_tui.paths import Home
    from gealc_tui.replica import Replica

SHELLS = ("bash", "zsh", "fish", "powershell")

MOST = 300
"""Words that are offered at most: a plan may hold 100,000 activities."""

Offered = Iterator[tuple[str, str]]
"""Each word that can be typed, and what it means."""

_HARMLESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", type=str.lower, choices=SHELLS, metavar=t("INTÉRPRETE"), help=", ".join(SHELLS))


def show(home: Home, args: argparse.Namespace) -> int:
    """Prints what a shell has to run at its start."""
    from argcomplete.shell_integration import shellcode

    write(shellcode(["gealc"], shell=args.shell).strip() + "\n")
    return Exit.DONE


def complete(parser: argparse.ArgumentParser) -> None:
    """Answers a shell that asks what could come next, and ends the process."""
    import argcomplete
    from argcomplete.completers import SuppressCompleter

    for action in _actions(parser):
        _tell(action)
    argcomplete.autocomplete(
        parser, always_complete_options=False, default_completer=SuppressCompleter(), output_stream=_answer()
    )


def _answer() -> TextIO | None:
    """The file in which PowerShell of Windows looks for the answer, in its code page; None: argcomplete finds it.

    A title may hold what no code page has; argcomplete would then end without any answer.
    """
    name = os.environ.get("_ARGCOMPLETE_STDOUT_FILENAME")
    if sys.platform != "win32" or name is None:
        return None
    return open(name, "w", encoding="locale", errors="replace")


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in dict.fromkeys(action.choices.values()):
                yield from _actions(inner)
        else:
            yield action


def _tell(action: Any) -> None:
    """Says to argcomplete, which looks for an attribute of this name, what an argument may be."""
    from argcomplete.completers import DirectoriesCompleter, FilesCompleter

    if action.dest in _FOLDERS:
        action.completer = DirectoriesCompleter()
    elif action.dest in _FILES:
        action.completer = FilesCompleter()
    elif action.choices is None and action.dest in _OFFERED:
        action.completer = _completer(_OFFERED[action.dest])


_FILES = {"db", "files", "file", "output", "choice", "screenshot"}
_FOLDERS = {"home", "place", "keep"}


def _completer(offered: Callable[[argparse.Namespace, str], Offered]) -> Callable[..., Mapping[str, str]]:
    def answer(prefix: str, parsed_args: argparse.Namespace, **_: object) -> Mapping[str, str]:
        try:
            return dict(_safe(offered(parsed_args, prefix), prefix))
        except errors.GealcError:
            return {}

    return answer


def _safe(offered: Iterable[tuple[str, str]], prefix: str) -> Offered:
    """What begins like what was typed, and is a word to every shell; its meaning is for eyes only."""
    count = 0
    for word, meaning in offered:
        if word.startswith(prefix) and _HARMLESS.fullmatch(word):
            yield word, drawable(meaning).replace("\\", "/").replace("\n", " ")
            count += 1
            if count == MOST:
                return


# --- what there is -----------------------------------------------------------------------------------------------


def _codes(of: type[StrEnum], label: str) -> Callable[[argparse.Namespace, str], Offered]:
    def offered(args: argparse.Namespace, prefix: str) -> Offered:
        from gealc_tui.i18n import labels

        for code in of:
            yield code.value, getattr(labels, label)(code)

    return offered


def _countries(args: argparse.Namespace, prefix: str) -> Offered:
    from gealc_tui.domain.vocabulary import BODIES, MEMBERS
    from gealc_tui.i18n.labels import lead_name

    return ((code, lead_name(code)) for code in (*sorted(MEMBERS), *sorted(BODIES)))


def _fields(args: argparse.Namespace, prefix: str) -> Offered:
    from gealc_tui.domain.fields import FIELDS
    from gealc_tui.i18n.labels import field_label

    return ((one.name, field_label("activity", one.name)) for one in FIELDS["activity"])


def _values(args: argparse.Namespace, prefix: str) -> Offered:
    """What the field that was named may hold, if that is one of a few codes."""
    of_field = {"status": "status", "period": "period", "lead": "lead", "co_leads": "lead"}.get(
        getattr(args, "field", None) or ""
    )
    return _OFFERED[of_field](args, prefix) if of_field else iter(())


def _of_copy(read: Callable[[Replica, str], Offered]) -> Callable[[argparse.Namespace, str], Offered]:
    """Reads the copy that is meant, if there is one. It is not made for the sake of an answer."""

    def offered(args: argparse.Namespace, prefix: str) -> Offered:
        from gealc_tui import paths
        from gealc_tui.replica import Replica

        home = paths.home(*(getattr(args, name, None) for name in ("home", "db", "plan")))
        if not paths.is_file(home.database) or not home.database.stat().st_size:
            return
        with Replica(home.database, home.keys) as replica:
            replica.view_named(home.plan)
            yield from read(replica, prefix)

    return offered


def _areas(replica: Replica, prefix: str) -> Offered:
    head = replica.read.head(replica.plan)
    return ((area.code, area.title) for area in (head.areas if head else ()))


def _activities(replica: Replica, prefix: str) -> Offered:
    """The activities of those areas that the prefix may lead into."""
    head = replica.read.head(replica.plan)
    areas = [area.id for area in (head.areas if head else ()) if _leads(prefix, area.code)]
    for rows in replica.read.rows_of_areas(areas, replica.today).values():
        yield from ((row.code, row.title) for row in rows)


def _leads(prefix: str, area: str) -> bool:
    return area.startswith(prefix) or prefix.startswith(area)


def _plans(replica: Replica, prefix: str) -> Offered:
    return ((plan.id, plan.title) for plan in replica.read.plans())


def _references(args: argparse.Namespace, prefix: str) -> Offered:
    """What a command may be about: most are about an activity."""
    reads = _ABOUT.get(args.name, (_activities,))
    return (one for read in reads for one in _of_copy(read)(args, prefix))


def _people(replica: Replica, prefix: str) -> Offered:
    return ((one.replica, one.name) for one in replica.people() if one.replica != replica.id)


_ABOUT = {
    "note": (_areas, _activities),
    "log": (_areas, _activities),
    "withdraw": (_areas, _activities, _plans),
    "area": (_areas,),
    "plan": (_plans,),
    "amendments": (_plans,),
}
"""The commands that are about something else."""


def _meetings(replica: Replica, prefix: str) -> Offered:
    return ((one.id, one.day or "") for one in replica.read.meetings())


def _offered() -> Mapping[str, Callable[[argparse.Namespace, str], Offered]]:
    from gealc_tui.domain.vocabulary import MeetingBody, Period, Role, Status

    people = _of_copy(_people)
    return {
        "ref": _references,
        "activity": _of_copy(_activities),
        "on": _of_copy(_activities),
        "after": _references,
        "area": _of_copy(_areas),
        "to": _of_copy(_areas),
        "plan": _of_copy(_plans),
        "meeting": _of_copy(_meetings),
        "status": _codes(Status, "status_label"),
        "period": _codes(Period, "period_label"),
        "body": _codes(MeetingBody, "body_label"),
        "role": _codes(Role, "role_label"),
        "lead": _countries,
        "country": _countries,
        "field": _fields,
        "value": _values,
        **dict.fromkeys(("replica", "replicas", "recipients", "author", "others", "who"), people),
    }


_OFFERED = _offered()
"""By the name of an argument, what it may be."""
