"""argparse in the language in force.

argparse takes its own words from gettext, under the module's name `_`, by English keys. Here that name is given a
lookup in our own catalogue: the English key leads to a Spanish message like all others of the program.
"""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, NoReturn

from gealc_tui.cli import output
from gealc_tui.i18n import N_, t
from gealc_tui.i18n.sentences import shorten
from gealc_tui.plain import folded

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
    "invalid choice: %(value)r (choose from %(choices)s)": N_("%(value)r no es válido; elija entre %(choices)s"),
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": N_(
        "%(value)r no es válido; ¿quiso decir %(closest)r? Elija entre %(choices)s"
    ),
}
"""argparse's words (Python 3.11 to 3.14) that a person can meet."""


_SHORTEST = 4
"""Letters of a word that is looked for in what commands do."""


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

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """A guess, in place of all that there is to choose from: a program has more commands than a line holds."""
        if action.choices is None or value in action.choices:
            return
        said = str(value)
        if isinstance(action, argparse._SubParsersAction):
            self.error(_no_command(self.prog, said, action))
        raise argparse.ArgumentError(action, not_a_choice(said, [str(one) for one in action.choices]))

    def refuse_rest(self, rest: Sequence[str]) -> NoReturn:
        """Ends with what nobody understands of a command line, and a guess where there is one."""
        words = shorten(" ".join(rest))
        if (guess := self._guessed(rest[0])) is not None:
            self.error(t("no se entiende: {words}; ¿quiso decir {closest}?", words=words, closest=guess))
        self.error(t("no se entiende: {words}", words=words))

    def _guessed(self, word: str) -> str | None:
        options = [one for one in self._option_string_actions if one.startswith("--")]
        if word.startswith("-"):
            name, _, value = word.partition("=")
            return _closest(name, options) if not value else None
        # A file that is to be written, or words that are looked for, without the option that says so.
        return next(
            (f"{one} {shorten(word)}" for one in ("-o", "--search") if one in self._option_string_actions), None
        )

    def error(self, message: str) -> NoReturn:
        output.complain(f"{self.prog}: {message}\n{self.format_usage().rstrip()}")
        raise SystemExit(output.Exit.USAGE)


class Parsers(NamedTuple):
    """That of the whole command line, and those of its commands."""

    whole: Parser
    commands: dict[str, Parser]


def not_a_choice(value: str, choices: Iterable[str]) -> str:
    """That something is none of a few words, with the one that was probably meant."""
    known = list(choices)
    facts = {"value": shorten(value), "choices": ", ".join(known)}
    if (closest := _closest(value, known)) is not None:
        return t("«{value}» no es válido; ¿quiso decir «{closest}»? Elija entre {choices}", closest=closest, **facts)
    return t("«{value}» no es válido; elija entre {choices}", **facts)


def _no_command(program: str, said: str, commands: argparse._SubParsersAction[Any]) -> str:
    name = shorten(said, 40)
    closest = _closest(said, commands.choices, 0.7) or _by_what_it_does(said, commands)
    closest = closest or _closest(said, commands.choices)
    if closest is not None:
        return t(
            "no hay una orden «{name}»; ¿quiso decir {program} {closest}?", name=name, program=program, closest=closest
        )
    return t("no hay una orden «{name}»; {program} --help las muestra", name=name, program=program)


def _closest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str | None:
    by_fold = {folded(one): one for one in words}
    found = difflib.get_close_matches(folded(word), by_fold, n=1, cutoff=cutoff)
    return by_fold[found[0]] if found else None


def _by_what_it_does(said: str, commands: argparse._SubParsersAction[Any]) -> str | None:
    """The first command whose help tells of this word: who types `estado` means `status`."""
    wanted = folded(said)
    if len(wanted) < _SHORTEST:
        return None
    for one in commands._choices_actions:
        if any(word.startswith(wanted) for word in folded(one.help or "").split()):
            return one.dest
    return None


def spelled(codes: type[StrEnum]) -> Callable[[str], str]:
    """The type of an argument that takes one of a few codes, also by what it is called in any of the languages."""

    def read(text: str) -> str:
        # Countries' names and more: help does not wait for them.
        from gealc_tui.i18n.spellings import labels_of, read_code

        if (code := read_code(text, codes)) is not None:
            return code.value
        raise argparse.ArgumentTypeError(not_a_choice(text, labels_of(codes)))

    return read


def codes(of: type[StrEnum]) -> str:
    """The codes of a closed list, for a sentence."""
    return ", ".join(code.value for code in of)


def codes_metavar(of: type[StrEnum]) -> str:
    """As argparse shows choices: `{S1,S2,ANNUAL}`."""
    return f"{{{','.join(code.value for code in of)}}}"


class OneSpelled(argparse.Action):
    """An argument as `spelled` takes it, whose name may be of several words: `en curso`."""

    def __init__(self, option_strings: Sequence[str], dest: str, *, codes: type[StrEnum], **settings: Any) -> None:
        super().__init__(option_strings, dest, **settings)
        self._read = spelled(codes)

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, *_: object) -> None:
        try:
            setattr(namespace, self.dest, self._read(" ".join(values)))
        except argparse.ArgumentTypeError as error:
            raise argparse.ArgumentError(self, str(error)) from error
