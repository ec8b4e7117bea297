"""The one table of keys. Bindings, the line at the bottom and the help are all made from it.

Only letters, digits, arrows and F-keys: what multiplexers, editors' terminals and Latin American keyboards leave
free. A key that destroys has no neighbour that confirms.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.binding import Binding, BindingType

from gealc_tui.i18n import N_


class Key(NamedTuple):
    """`keys` as Textual names them, `shown` as people read them; `line` puts it into the bottom line."""

    keys: str
    action: str
    shown: str
    label: str
    line: bool = False
    priority: bool = False


STATUS = (
    Key("1", "set_status('pending')", "1", N_("Estado: pendiente")),
    Key("2", "set_status('in_progress')", "2", N_("Estado: en curso")),
    Key("3", "set_status('done')", "3", N_("Estado: cumplida")),
    Key("4", "set_status('on_hold')", "4", N_("Estado: suspendida")),
    Key("5", "set_status('cancelled')", "5", N_("Estado: cancelada")),
)

PLAN = (
    Key("n", "add_note", "n", N_("nota"), line=True),
    Key("e", "edit", "e", N_("editar"), line=True),
    Key("slash", "search", "/", N_("buscar"), line=True),
    Key("x", "exchange", "x", N_("intercambio"), line=True),
    Key("u", "undo", "u", N_("deshacer"), line=True),
    Key("U", "redo", "U", N_("rehacer")),
    Key("question_mark,f1", "help", "?", N_("ayuda"), line=True),
    Key("p", "identity", "p", N_("quién usa esta copia")),
    Key("o", "open_all", "o", N_("abrir o cerrar todas las áreas")),
    Key("d", "next_difference", "d", N_("ir a la siguiente diferencia")),
    Key("v", "next_record", "v", N_("ver notas, historial u observaciones")),
    Key("t", "theme", "t", N_("tema claro u oscuro")),
    Key("delete", "delete_note", "Supr", N_("borrar la nota señalada (se puede deshacer)")),
    Key("escape", "back", "Esc", N_("volver al árbol, quitar la búsqueda")),
    Key("q", "quit", "q", N_("salir (todo está guardado)")),
)

MOVES = (
    Key("", "", "↑ ↓", N_("moverse")),
    Key("", "", "→ ←", N_("abrir o cerrar un área, entrar en la actividad")),
    Key("", "", "Enter", N_("entrar; en la ficha, editar el campo o dejar un valor")),
    Key("", "", "Tab", N_("pasar de un panel a otro")),
)

NOTE = (
    Key("f2", "save", "F2", N_("guardar"), line=True, priority=True),
    Key("f3", "toggle_official", "F3", N_("oficial o interna"), line=True, priority=True),
    Key("escape", "leave", "Esc", N_("dejar para después (el borrador se guarda)"), line=True, priority=True),
)

FIELD = (
    Key("enter", "", "Enter", N_("guardar"), line=True),
    Key("escape", "leave_field", "Esc", N_("dejar sin cambiar"), line=True),
)

EXCHANGE = (
    Key("e", "send", "e", N_("preparar envío"), line=True),
    Key("r", "receive", "r", N_("recibir archivo"), line=True),
    Key("a", "accept", "a", N_("aceptar persona"), line=True),
    Key("b", "block", "b", N_("bloquear"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

SEND = (
    Key("enter", "", "Enter", N_("elegir, guardar"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

RECEIVE = (
    Key("enter", "", "Enter", N_("revisar"), line=True),
    Key("f2", "apply", "F2", N_("aplicar"), line=True, priority=True),
    Key("f3", "apply_accepting", "F3", N_("aceptar autores y aplicar"), line=True, priority=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True, priority=True),
)


def bindings(*tables: Sequence[Key]) -> list[BindingType]:
    """The keys of some tables as Textual wants them."""
    return [
        Binding(key.keys, key.action, show=False, priority=key.priority)
        for table in tables
        for key in table
        if key.keys and key.action
    ]
