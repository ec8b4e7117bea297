"""What a file would tell the others, a line each: as people would say it, net."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gealc_tui.domain.change import kind_of
from gealc_tui.domain.fields import told
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.sentences import shorten
from gealc_tui.store.unsent import Unsent
from gealc_tui.tui.drawing import edit_line

_AS_ONE = {
    "note": lambda n: tn("{n} nota", "{n} notas", n),
    "item": lambda n: tn("{n} acuerdo", "{n} acuerdos", n),
}


def unsent_lines(things: Iterable[Unsent], name_of: Callable[[str], str]) -> list[str]:
    """`3.6.1 · Estado: Pendiente → En curso`; what was deleted says so; notes of one place are counted together."""
    lines: list[str] = []
    counted: dict[tuple[str, str], int] = {}
    for thing in things:
        for edit in told(thing.edits)[:1]:
            kind, name = kind_of(edit.entity), shorten(name_of(edit.entity), 40)
            if edit.field == "deleted" and edit.after:
                lines.append(f"{name} · {t('borrado')}")
            elif kind == "meeting":
                lines.append(name)
            elif kind in _AS_ONE:
                counted[kind, name] = counted.get((kind, name), 0) + 1
                lines.append(f"{kind}/{name}")
            else:
                lines.append(f"{name} · {edit_line(edit)}")
    said = {f"{kind}/{name}": f"{name} · {_AS_ONE[kind](n)}" for (kind, name), n in counted.items()}
    return list(dict.fromkeys(said.get(line, line) for line in lines))
