"""help: the help of a command, or whatever tells of a word: commands, options, keys."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gealc_tui.cli.output import Exit, Row, complain, write
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.i18n import t
from gealc_tui.i18n.sentences import shorten
from gealc_tui.plain import folded

if TYPE_CHECKING:
    from gealc_tui.cli.usage import Parsers
    from gealc_tui.paths import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("topic", metavar=t("TEMA"), nargs="*", help=t("una orden, o una palabra: acta, vencidas, F2…"))


def show(home: Home, args: argparse.Namespace) -> int:
    """Tells of a topic; without one, of all commands."""
    parsers: Parsers = args.parsers
    words: list[str] = args.topic
    if (parser := _named(parsers.whole, words)) is not None:
        write(parser.format_help())
        return Exit.DONE
    wanted = folded(" ".join(words))
    table: list[Row] = []
    for title, rows in (
        (t("Órdenes"), list(_commands(parsers.whole, wanted))),
        (t("Teclas de la aplicación"), list(_keys(home, args, wanted))),
    ):
        if rows:
            table += [title, *rows]
    if not table:
        complain(t("no hay ayuda sobre «{topic}»; gealc help muestra las órdenes", topic=shorten(" ".join(words))))
        return Exit.REFUSED
    say_table(table, [Column(""), Column(t("Qué hace"), is_elastic=True)])
    return Exit.DONE


def _named(parser: argparse.ArgumentParser, words: list[str]) -> argparse.ArgumentParser | None:
    """The parser of a command, of one within another, or of all; None if no command is called so."""
    for word in words:
        inner = _inner(parser)
        if inner is None or word not in inner.choices:
            return None
        parser = inner.choices[word]
    return parser


def _inner(parser: argparse.ArgumentParser) -> argparse._SubParsersAction[Any] | None:
    return next((one for one in parser._actions if isinstance(one, argparse._SubParsersAction)), None)


def _commands(parser: argparse.ArgumentParser, wanted: str) -> Iterator[list[str]]:
    """Each command, and each option of one, that tells of a word."""
    inner = _inner(parser)
    if inner is None:
        return
    for told in inner._choices_actions:
        command = inner.choices[told.dest]
        if _tells(wanted, told.dest, told.help):
            yield [command.prog, told.help or ""]
        for action in command._actions:
            help = action.help if action.help is not argparse.SUPPRESS else None
            if (
                action.option_strings
                and help
                and action.dest != "help"
                and _tells(wanted, action.option_strings[-1], help)
            ):
                yield [f"{command.prog} {action.option_strings[-1]}", help]
        yield from _commands(command, wanted)


def _keys(home: Home, args: argparse.Namespace, wanted: str) -> Iterator[list[str]]:
    if args.app is None:
        return
    for title, rows in args.app.keys(home).sections:
        for _, key, what in rows:
            if wanted in [folded(one) for one in key.split()] or _tells(wanted, "", what):
                yield [key, f"{title}: {what}"]


def _tells(wanted: str, name: str, help: str | None) -> bool:
    """Whether the words begin one of those of a name or its explanation."""
    said = folded(f"{name} {help or ''}")
    return said.startswith(wanted) or any(f"{sign}{wanted}" in said for sign in " -(«/")
