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
    """`keys` as Textual names them, `shown` as people read them; `line` puts it into the bottom line, up to a colon."""

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
    Key("f", "filter", "f", N_("filtrar: elegir qué actividades se ven")),
    Key("F", "clear_filter", "F", N_("quitar el filtro")),
    Key("g", "jump", "g", N_("ir a una actividad por su código")),
    Key("x", "exchange", "x", N_("intercambio"), line=True),
    Key("u", "undo", "u", N_("deshacer"), line=True),
    Key("U", "redo", "U", N_("rehacer")),
    Key("question_mark,f1", "help", "?", N_("ayuda"), line=True),
    Key("p", "identity", "p", N_("quién usa esta copia")),
    Key("o", "open_all", "o", N_("abrir o cerrar todas las áreas")),
    Key("d", "next_difference", "d", N_("ir a la siguiente diferencia")),
    Key("D", "open_difference", "D", N_("ver las diferencias, un valor al lado del otro")),
    Key("v", "next_record", "v", N_("ver notas, historial u observaciones")),
    Key("t", "theme", "t", N_("tema claro u oscuro")),
    Key("delete", "delete_note", "Supr", N_("borrar la nota señalada (se puede deshacer)")),
    Key("escape", "back", "Esc", N_("volver al árbol, quitar la búsqueda o las marcas")),
    Key("q", "quit", "q", N_("salir (todo está guardado)")),
)

MOVES = (
    Key("", "", "↑ ↓", N_("moverse")),
    Key("", "", "→ ←", N_("abrir o cerrar un área, entrar en la actividad")),
    Key("", "", "Enter", N_("entrar; en la ficha, editar el campo o ver la diferencia")),
    Key("", "", "Tab", N_("pasar de un panel a otro")),
    Key("", "", "Espacio", N_("marcar: 1-5 y e cambian todas las marcadas")),
)

FILTER = (
    Key("space", "", "Espacio", N_("poner o quitar"), line=True),
    Key("f2", "apply", "F2", N_("ver lo elegido"), line=True, priority=True),
    Key("F", "clear", "F", N_("quitar todo"), line=True),
    Key("escape", "leave", "Esc", N_("volver: el filtro queda como estaba"), line=True, priority=True),
)

JUMP = (
    Key("", "", "↑ ↓", N_("elegir"), line=True),
    Key("", "", "Enter", N_("ir"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True, priority=True),
)

MANY = (
    Key("", "", "Enter", N_("cambiar todas"), line=True),
    Key("escape", "leave", "Esc", N_("dejar sin cambiar"), line=True, priority=True),
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

DIFFERENCE = (
    Key("", "", "1-9", N_("dejar el valor que lleva ese número")),
    Key("e,w", "write", "e", N_("escribir otro"), line=True),
    Key("a", "settle_activity", "a", N_("actividad: todas sus diferencias a la vez"), line=True),
    Key("p", "settle_person", "p", N_("persona: todas las suyas a la vez"), line=True),
    Key("d", "next", "d", N_("siguiente"), line=True),
    Key("u", "undo", "u", N_("deshacer")),
    Key("f2", "save", "F2", N_("guardar lo escrito"), priority=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True, priority=True),
)

THIRD_VALUE = (
    Key("", "save", "F2", N_("guardar"), line=True),
    Key("", "leave", "Esc", N_("dejar para después (el borrador se guarda)"), line=True),
)

WAYS = (
    Key("", "", "Enter", N_("elegir"), line=True),
    Key("", "leave", "Esc", N_("volver"), line=True),
)

EXCHANGE = (
    Key("e", "send", "e", N_("enviar: preparar un archivo o un mensaje"), line=True),
    Key("r", "receive", "r", N_("recibir: un archivo o un mensaje"), line=True),
    Key("a", "accept", "a", N_("aceptar: a la persona señalada"), line=True),
    Key("c", "send_to_person", "c", N_("preparar envío sólo para esta persona")),
    Key("f", "request", "f", N_("pedir: lo que falta aquí"), line=True),
    Key("l", "rely", "l", N_("aceptar, o dejar de hacerlo, a quienes esta persona avale")),
    Key("b", "block", "b", N_("bloquear"), line=True),
    Key("s", "share", "s", N_("carpeta: poner al día la carpeta compartida, o elegirla"), line=True),
    Key("S", "share_elsewhere", "S", N_("elegir otra carpeta compartida, o ninguna")),
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
