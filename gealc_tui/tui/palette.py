"""Everything that can be done, found by its words: the keys of the screen in sight, and of those one key away.

Pure data from the one table of keys: what a command is called, which key does it, and why it is off now.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from gealc_tui.domain.fields import FIELDS, FieldType
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import field_label, fold
from gealc_tui.tui import keys
from gealc_tui.tui.keys import Key
from gealc_tui.tui.screens.base import ReplicaScreen

MOST_HITS = 80
"""All that there is on a screen, and more than anybody reads."""

_MAIN = "plan"
"""The table of the main screen."""

_BEHIND = ("exchange", "progress", "history")
"""Tables of screens that a key of the main one opens, named like its action; what they do is found from there too."""


class Command(NamedTuple):
    """One line of the palette: the actions that do it one after the other, the keys, the words, why it is off."""

    actions: tuple[str, ...]
    shown: str
    label: str
    off: str | None = None


def commands_of(screen: ReplicaScreen[Any]) -> tuple[Command, ...]:
    """What can be done from a screen, its own keys first."""
    every = keys.tables()
    own = screen.tables()
    found = [_own(screen, key) for name in own for key in every[name] if key.keys and key.action]
    found += [_own(screen, key) for key in keys.EVERYWHERE if key.action != "palette"]
    doors = {key.action: key for key in keys.PLAN}
    for name in _BEHIND if _MAIN in own else ():
        found += [
            _behind(doors[name], key) for key in every[name] if key.keys and key.action not in ("", "leave", "undo")
        ]
    if _MAIN in own:
        found += _fields(screen)
    else:
        elsewhere = t("Se hace en el plan: Esc vuelve.")
        found += [_command((key.action,), (key,), elsewhere) for key in keys.PLAN if key.action not in ("back", "quit")]
    return tuple(found)


def _fields(screen: ReplicaScreen[Any]) -> list[Command]:
    """The fields of an activity by their names; the status has keys of its own."""
    off = screen.why_off("edit_field")
    names = [one.name for one in FIELDS["activity"] if one.type is not FieldType.STATUS]
    return [
        Command((f"edit_field('{name}')",), "", t("{field}: cambiar", field=field_label("activity", name)), off)
        for name in names
    ]


def _own(screen: ReplicaScreen[Any], key: Key) -> Command:
    return _command((key.action,), (key,), screen.why_off(key.action.partition("(")[0]))


def _behind(door: Key, key: Key) -> Command:
    return _command((door.action, key.action), (door, key), None)


def _command(actions: tuple[str, ...], path: Sequence[Key], off: str | None) -> Command:
    label = t(path[-1].label)
    if len(path) > 1:
        label = t("{screen} › {what}", screen=t(path[0].label).partition(":")[0], what=label)
    return Command(actions, " ".join(keys.shown(key) for key in path), label[:1].upper() + label[1:], off)


def matching(commands: Sequence[Command], text: str) -> tuple[Command, ...]:
    """The commands that hold all the words, whatever the accents and case; those that begin so come first.

    A single character finds the key too. Those that are off come last.
    """
    wanted = fold(text).split()
    ranked = []
    for place, one in enumerate(commands):
        words = fold(one.label)
        by_key = bool(text) and text.strip() in one.shown.split()
        if by_key or all(word in words for word in wanted):
            starts = any(part.startswith(word) for word in wanted for part in words.split())
            whole = words.startswith(" ".join(wanted))
            ranked.append(((one.off is not None, not by_key, not whole, not starts, place), one))
    return tuple(one for _, one in sorted(ranked, key=lambda pair: pair[0])[:MOST_HITS])
