"""argparse in the language in force.

argparse takes its own words from gettext, under the module's name `_`, by English keys. Here that name is given a
lookup in our own catalogue: the English key leads to a Spanish message like all others of the program.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from gealc_tui.cli import output
from gealc_tui.i18n import N_, t

_WORDS: Mapping[str, str] = {
    "usage: ": N_("uso: "),
    "positional arguments": N_("argumentos"),
    "options": N_("opciones"),
    "show this help message and exit": N_("muestra esta ayuda y termina"),
    "argument %(argument_name)s: %(message)s": N_("%(argument_name)s: %(message)s"),
    "unrecognized arguments: %s": N_("no se entiende: %s"),
    "not allowed with argument %s": N_("no se puede usar junto con %s"),
    "ignored explicit argument %r": N_("no lleva valor, y tiene %r"),
    "the following arguments are required: %s": N_("falta: %s"),
    "one of the arguments %s is required": N_("hace falta una de estas opciones: %s"),
    "expected one argument": N_("falta su valor"),
    "expected at most one argument": N_("lleva a lo sumo un valor"),
    "expected at least one argument": N_("hace falta por lo menos un valor"),
    "unexpected option string: %s": N_("no se entiende la opción %s"),
    "ambiguous option: %(option)s could match %(matches)s": N_(
        "la opción %(option)s es ambigua; puede ser %(matches)s"
    ),
    "invalid %(type)s value: %(value)r": N_("%(value)r no es un valor válido"),
    "invalid choice: %(value)r (choose from %(choices)s)": N_("%(value)r no vale; elija entre %(choices)s"),
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": N_(
        "%(value)r no vale; ¿quiso decir %(closest)r? Elija entre %(choices)s"
    ),
}
"""argparse's words (Python 3.11 to 3.14) that a person can meet."""


def _spoken(message: str) -> str:
    return t(_WORDS[message]) if message in _WORDS else message


# The name is not public, and there is no other door: argparse builds its sentences where it raises them.
setattr(argparse, "_", _spoken)  # noqa: B010 (mypy does not know the name)


class Parser(argparse.ArgumentParser):
    """Prints through `output`; a usage error is a sentence and the usage line, with exit code 2."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False)

    def print_help(self, file: Any = None) -> None:
        output.write(self.format_help())

    def error(self, message: str) -> NoReturn:
        output.complain(f"{self.prog}: {message}\n{self.format_usage().rstrip()}")
        raise SystemExit(output.Exit.USAGE)


class Version(argparse.Action):
    """Prints the version and ends."""

    def __init__(self, option_strings: Sequence[str], dest: str, **settings: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, **settings)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from gealc_tui import __version__

        output.say(f"gealc {__version__}")
        raise SystemExit(output.Exit.DONE)
