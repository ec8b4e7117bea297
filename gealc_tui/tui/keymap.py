"""Other keys for what the program does: the file keys.toml in the home, checked.

    # gealc keys --template writes them all
    plan.add_note = "w"
    status.set_status_done = "F12"

Or in sections, `[plan]` and below it `add_note = "w"`; several keys stand with a comma. A line that is a mistake is
told with its number, and for it the default holds; the other lines count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gealc_tui.i18n import N_, t, tn
from gealc_tui.plain import drawable
from gealc_tui.tui import keys
from gealc_tui.tui.keys import Key

FILE = "keys.toml"

_FIXED = {"escape", "enter", "space", "pageup", "pagedown", "j", "k"}
"""They mean the same everywhere: out, in, mark, move."""

_NAMED = {"/": "slash", "?": "question_mark", "supr": "delete", "del": "delete"}


class Fault(NamedTuple):
    """A mistake in the file: its line (0: all of it), what is wrong, and with what."""

    line: int
    reason: str
    """syntax, unreadable, encoding, unknown, fixed, forbidden, typing, doubled"""
    what: str
    more: str = ""


class Keymap(NamedTuple):
    """The keys that count, by id, in Textual's names; and the mistakes in the order of their lines."""

    keys: dict[str, str]
    faults: tuple[Fault, ...] = ()


def read(path: Path) -> Keymap:
    """What the file says; without one, nothing."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Keymap({})
    except OSError:
        return Keymap({}, (Fault(0, "unreadable", str(path)),))
    text = _decoded(data)
    return checked(text) if text is not None else Keymap({}, (Fault(0, "encoding", str(path)),))


def _decoded(data: bytes) -> str | None:
    """The text of a file as the editors of Windows write it: UTF-8, UTF-16 (PowerShell's `>`), or cp1252 (Notepad)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data[:2]:
        encodings = ["utf-16-be" if data[:1] == b"\0" else "utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def checked(text: str) -> Keymap:
    """What such a file says."""
    # Nobody who has no such file waits for it.
    import tomllib

    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        return Keymap({}, (Fault(int(place[1]) if place else len(text.splitlines()), "syntax", ""),))
    lines = _lines(text)
    known = keys.with_ids()
    wanted: dict[str, str] = {}
    faults = []
    for id, value in _flat(said):
        line = lines.get(id, 0)
        if id not in known:
            faults.append(Fault(line, "unknown", id))
        elif fault := _fault(known[id], value):
            faults.append(Fault(line, *fault))
        else:
            wanted[id] = ",".join(_names(str(value)))
    faults += _take_out_doubled(wanted, known, lines)
    return Keymap(wanted, tuple(sorted(faults)))


def _flat(said: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in said.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _lines(text: str) -> dict[str, int]:
    """On which line each id is given a value; only for those that are written plainly."""
    found: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
            section = f"{head[1]}."
        elif given := re.match(r"\s*([\w.\s\"'-]+?)\s*=", line):
            found.setdefault(section + re.sub(r"[\s\"']", "", given[1]), number)
    return found


def _names(value: str) -> list[str]:
    """The keys in a value, as Textual names them; a name that may not be used stays as it is."""
    found = []
    for part in value.split(","):
        name = part.strip()
        if re.fullmatch(r"[fF]\d{1,2}", name):
            name = name.lower()
        found.append(_NAMED.get(name.lower(), name))
    return found


def _fault(key: Key, value: object) -> tuple[str, str] | None:
    if _FIXED & set(key.keys.split(",")):
        return "fixed", keys.spelled(key.keys)
    if not isinstance(value, str):
        return "forbidden", str(value)
    for name in _names(value):
        function = re.fullmatch(r"f([1-9]|1[0-2])", name)
        if key.priority and not function:
            return "typing", name
        allowed = function or re.fullmatch(r"[a-zA-Z0-9ñÑ]", name) or name in _NAMED.values()
        if not allowed or name in _FIXED:
            return "forbidden", name
    return None


def _take_out_doubled(wanted: dict[str, str], known: Mapping[str, Key], lines: Mapping[str, int]) -> list[Fault]:
    """Takes out of `wanted` what would give one key two meanings on one screen."""
    faults = []
    # The last line gives way; what it frees may be another's default, so it is looked at again.
    for id in sorted(wanted, key=lambda one: -lines.get(one, 0)):
        taken = _meanings(id, wanted, known)
        for name in wanted[id].split(","):
            if name in taken:
                faults.append(Fault(lines.get(id, 0), "doubled", keys.spelled(name), taken[name]))
                del wanted[id]
                break
    return faults


def _meanings(id: str, wanted: Mapping[str, str], known: Mapping[str, Key]) -> dict[str, str]:
    """What the keys do that work beside one: its id by the key's name."""
    table = id.partition(".")[0]
    every = table == "everywhere"
    beside = {*keys.together(table), "everywhere"}
    return {
        name: other
        for other, key in known.items()
        if other != id and (every or other.partition(".")[0] in beside)
        for name in wanted.get(other, key.keys).split(",")
    }


# --- words ---------------------------------------------------------------------------------------------------

_SENTENCES = {
    "syntax": N_('línea {line}: no se entiende. Se escribe acción = "tecla", y cada sección una sola vez.'),
    "unknown": N_("línea {line}: no hay ninguna acción «{what}»."),
    "fixed": N_("línea {line}: {what} hace lo mismo en todas partes y no se cambia."),
    "forbidden": N_(
        "línea {line}: «{what}» no puede ser una tecla; use letras (menos j y k), cifras, F1 a F12, /, ? o Supr."
    ),
    "typing": N_("línea {line}: «{what}» no puede usarse donde se escribe; ahí use F1 a F12."),
    "doubled": N_("línea {line}: {what} ya es la tecla de «{more}»."),
}


def fault_sentence(fault: Fault) -> str:
    """A mistake, in words."""
    if fault.reason == "unreadable":
        return t("No se puede leer {path}.", path=drawable(fault.what))
    if fault.reason == "encoding":
        return t("{path} no es un texto que se entienda: guárdelo en UTF-8.", path=drawable(fault.what))
    return t(_SENTENCES[fault.reason], line=fault.line, what=drawable(fault.what), more=fault.more)


def faults_sentence(faults: Sequence[Fault]) -> str:
    """What is told at the start: the first mistake, and that the usual key holds."""
    first = fault_sentence(faults[0])
    if len(faults) == 1:
        return t("{file}, {fault} Para esa acción queda la tecla predeterminada.", file=FILE, fault=first)
    return tn(
        "{file}, {fault} Hay {n} error más; gealc keys los muestra. El resto del archivo se aplica.",
        "{file}, {fault} Hay {n} errores más; gealc keys los muestra. El resto del archivo se aplica.",
        len(faults) - 1,
        file=FILE,
        fault=first,
    )


# --- for the command line ------------------------------------------------------------------------------------


class Told(NamedTuple):
    """The table of keys as it stands, for `gealc keys`."""

    path: Path
    sections: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
    """Title, and rows of id, key, words. An id is empty where the key cannot be changed."""
    faults: tuple[str, ...]


def told(path: Path) -> Told:
    """The keys in force, and what is wrong in the file."""
    found = read(path)
    keys.use(found.keys)
    sections = []
    for name, table in keys.tables().items():
        rows = []
        for key in table:
            free = key.keys and key.action and not _FIXED & set(key.keys.split(","))
            rows.append((keys.id_of(name, key) if free else "", keys.shown(key), t(key.label)))
        sections.append((t(keys.TITLES.get(name, name)), tuple(rows)))
    return Told(path, tuple(sections), tuple(fault_sentence(one) for one in found.faults))
