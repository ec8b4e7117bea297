"""In which language a command line is answered, known before anything is parsed: usage errors are in it too.

What the person asks for (`--lang`, then GEALC_LANG), else what was chosen on the screens of the copy, else what the
machine lets suppose. Whatever state these are in, there is an answer, and nothing is complained about here.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from gealc_tui import errors, i18n


def language_for(arguments: Sequence[str]) -> str:
    """The language to answer these arguments in."""
    return i18n.asked(_option("--lang", arguments)) or _chosen(arguments) or i18n.of_the_machine()


def _option(name: str, arguments: Sequence[str]) -> str | None:
    """The last value of an option, as argparse will take it; what stands behind `--` is no option."""
    found = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith(f"{name}="):
            found = argument.removeprefix(f"{name}=")
        elif argument == name and place + 1 < len(arguments):
            found = arguments[place + 1]
    return found


def _chosen(arguments: Sequence[str]) -> str | None:
    """The language that was chosen on the screens of the copy that these arguments are about."""
    from gealc_tui import paths

    # A path may be anything that was typed.
    with suppress(errors.GealcError, OSError, ValueError):
        database = paths.home(_option("--home", arguments), _option("--db", arguments)).database
        if paths.is_file(database):
            from gealc_tui.store.local import kept_in

            kept = kept_in(database, i18n.SETTING)
            return kept if kept in i18n.LANGUAGES else None
    return None
