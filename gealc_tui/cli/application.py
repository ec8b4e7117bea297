"""What the command line asks of the terminal application, which it never imports: to open, keys and pictures.

`__main__` hands it in, so that a command that needs no screen never waits for one.
"""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui.cli.output import Exit, Row, complain, say, say_json, say_path, write
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.i18n import t

if TYPE_CHECKING:
    from gealc_tui.paths import Home


class Keys(NamedTuple):
    """The keys in force: file, sections of (id, key, words) under their titles, mistakes in the file."""

    path: Path
    sections: Sequence[tuple[str, Sequence[tuple[str, str, str]]]]
    faults: Sequence[str]


class Application(NamedTuple):
    """What it does with a home; `terminal` and `browser` return the exit status when they are done."""

    terminal: Callable[[Home], int]
    browser: Callable[[Home, int], int]
    """By a port of this machine."""
    keys: Callable[[Home], Keys]
    picture: Callable[[Home, Path, tuple[int, int], Sequence[str]], None]
    """Where to, columns and rows, keys to press before."""


def show_keys(home: Home, args: Namespace) -> int:
    """The table of keys, or with --template a file that changes none of them yet."""
    app: Application = args.app
    found = app.keys(home)
    if args.template:
        if args.output is not None:
            return _write_template(Path(args.output), found)
        write(_template(found) + "\n")
    elif args.json:
        say_json([{"id": id, "key": key, "what": what} for _, rows in found.sections for id, key, what in rows if id])
    else:
        table: list[Row] = []
        for title, rows in found.sections:
            table.append(title)
            table += [[key, id, what] for id, key, what in rows]
        say_table(table, [Column(t("Tecla")), Column(t("Acción")), Column(t("Qué hace"), is_elastic=True)])
        say()
        say(t("Se cambian en {path}; gealc keys --template -o ARCHIVO escribe uno para empezar.", path=found.path))
    for fault in found.faults:
        complain(f"{found.path.name}, {fault}")
    return Exit.REFUSED if found.faults else Exit.DONE


def template_fault(args: Namespace) -> str | None:
    """What is wrong with the options of `keys`."""
    return t("-o va con --template") if args.output is not None and not args.template else None


def _write_template(path: Path, found: Keys) -> int:
    """Writes it in UTF-8, which a shell that redirects may not do. Keys that somebody chose are not written over."""
    from gealc_tui import errors
    from gealc_tui.commands.exchange import write_whole

    if path.exists():
        raise errors.FileUnwritable(path=str(path), reason="exists")
    write_whole(path, (_template(found) + "\n").encode())
    say_path(path)
    return Exit.DONE


def _template(found: Keys) -> str:
    lines = [
        "# " + t("Teclas de gealc. Guárdelo como {path}.", path=found.path),
        "# "
        + t("Quite el # donde cambie algo. Se pueden usar letras, cifras, F1 a F12, /, ? y Supr; varias, con coma."),
        "# " + t("Donde se escribe, sólo F1 a F12. Esc, Enter, espacio, las flechas, j y k no se cambian."),
    ]
    for title, rows in found.sections:
        free = [row for row in rows if row[0]]
        if free:
            lines += ["", f"# {title}"]
            lines += [f'# {id} = "{",".join(key.split())}"  # {what}' for id, key, what in free]
    return "\n".join(lines)


def size_of(text: str) -> tuple[int, int] | None:
    """`120x40` as columns and rows; None if it is no size of a window."""
    found = re.fullmatch(r"(\d{2,3})x(\d{1,3})", text.strip().lower())
    if found is None:
        return None
    width, height = int(found[1]), int(found[2])
    return (width, height) if 20 <= width <= 400 and 5 <= height <= 200 else None


def picture_fault(args: Namespace) -> str | None:
    """What is wrong with the options of a picture."""
    if size_of(args.size) is None:
        return t("«{size}» no es un tamaño como 120x40", size=args.size)
    return None


def say_version(home: Home, *, verbose: bool) -> int:
    """The version; `verbose` with what a report of a fault needs to know of the machine."""
    from gealc_tui import __version__

    if verbose:
        from gealc_tui import about, i18n

        for line in about.lines(home, i18n.language()):
            say(line)
    else:
        say(f"gealc {__version__}")
    return Exit.DONE


def show(home: Home, args: Namespace) -> int:
    """Opens the application; with --screenshot, writes its first screen as SVG, after some keys."""
    app: Application = args.app
    if args.screenshot is None:
        return app.terminal(home)
    size = size_of(args.size)
    assert size is not None, "checked with the arguments"
    app.picture(home, Path(args.screenshot), size, args.keys.split())
    return Exit.DONE
