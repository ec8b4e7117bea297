"""The one table of keys. Bindings, the line at the bottom, the help, the palette and `gealc keys` are made from it.

Only letters, digits, arrows and F-keys: what multiplexers, editors' terminals and Latin American keyboards leave
free. A key that destroys has no neighbour that confirms.

A table has the name of its constant in small letters, and a key that does something the id `table.action`
(`plan.add_note`): so it is called in keys.toml (`tui.keymap`). Why a key is off at the moment, the
screen knows: `ReplicaScreen.why_off`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.binding import Binding, BindingType

from gealc_tui.i18n import N_, t


class Key(NamedTuple):
    """`keys` as Textual names them, `shown` as people read them; `line` puts it into the bottom line, up to a colon."""

    keys: str
    action: str
    shown: str
    label: str
    line: bool = False
    priority: bool = False
    keep: bool = False
    """It finishes what the screen is for: however narrow the window, it stays in the bottom line."""


EVERYWHERE = (
    Key("f1,question_mark", "help", "F1 ?", N_("ayuda: las teclas de esta pantalla")),
    Key("f8", "palette", "F8", N_("buscar entre todas las órdenes")),
    Key("L,f9", "language", "L F9", N_("cambiar de idioma")),
)
"""On every screen; while somebody types, the F-keys."""

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
    Key("l", "edit_field('lead')", "l", N_("responsable: el país que se encarga")),
    Key("z", "edit_field('due')", "z", N_("plazo: hasta cuándo")),
    Key("slash", "search", "/", N_("buscar"), line=True),
    Key("m", "meeting", "m", N_("reunión: empezar una, o seguir con la abierta"), line=True),
    Key("f", "filter", "f", N_("filtrar: elegir qué actividades se ven")),
    Key("F", "clear_filter", "F", N_("quitar el filtro")),
    Key("g", "jump", "g", N_("ir a una actividad por su código")),
    Key("x", "exchange", "x", N_("intercambio"), line=True, keep=True),
    Key("u", "undo", "u", N_("deshacer"), line=True),
    Key("U", "redo", "U", N_("rehacer")),
    Key("P", "progress", "P", N_("avance: por área, período, país o financiador")),
    Key("f5", "timeline", "F5", N_("cronograma: cuándo vence qué, y el avance en el tiempo")),
    Key("i", "reports", "i", N_("informes: verlos, y escribirlos en Word, Excel y más")),
    Key("h", "history", "h", N_("historial: quién cambió qué en todo el plan")),
    Key("f3", "mine", "F3", N_("lo mío: lo que su país lleva, debe o espera")),
    Key("f4", "changes", "F4", N_("cambios del plan desde su aprobación, y lo que se propone")),
    Key("A", "plans", "A", N_("planes: ver el de otro año o de otro grupo")),
    Key("O", "settings", "O", N_("configuración: idioma, tema, carpeta, copias")),
    Key("p", "identity", "p", N_("quién usa esta copia")),
    Key("o", "open_all", "o", N_("abrir o cerrar todas las áreas")),
    Key("d", "next_difference", "d", N_("ir a la siguiente diferencia")),
    Key("D", "open_difference", "D", N_("ver las diferencias, un valor al lado del otro")),
    Key("v", "next_record", "v", N_("ver notas, historial u observaciones")),
    Key("t", "theme", "t", N_("otro tema: oscuro, claro, alto contraste, terminal")),
    Key("delete", "delete_note", "Supr", N_("borrar la nota señalada (se puede deshacer)")),
    Key("a", "add", "a", N_("agregar: una actividad, un producto o un área")),
    Key("M", "move", "M", N_("mover a otra área, o a otro lugar")),
    Key("f6", "move_up", "F6", N_("mover hacia arriba")),
    Key("f7", "move_down", "F7", N_("mover hacia abajo")),
    Key("R", "withdraw", "R", N_("retirar la actividad, el área o el producto señalado, con su motivo")),
    Key("B", "deleted", "B", N_("borrado y retirado: verlo, y traerlo de vuelta")),
    Key("escape", "back", "Esc", N_("volver al árbol, quitar la búsqueda o las marcas")),
    Key("q", "quit", "q", N_("salir (todo está guardado); Ctrl+Q también")),
)

INSIDE = (Key("", "", "Enter", N_("editar"), line=True, keep=True),)

DIFFERING = (Key("", "open_difference", "D", N_("diferencias"), line=True),)

PLANS_KEY = next(key for key in PLAN if key.action == "plans")
"""The key that the header offers."""

CHANGES_KEY = next(key for key in PLAN if key.action == "changes")
"""The key that the header names beside amendments and proposals."""

MOVES = (
    Key("", "", "↑ ↓", N_("moverse")),
    Key("", "", "→ ←", N_("abrir o cerrar un área, entrar en la actividad")),
    Key("", "", "Enter", N_("entrar; en la ficha, editar el campo o ver la diferencia")),
    Key("", "", "Tab", N_("pasar de un panel a otro")),
    Key("", "", "Espacio", N_("marcar: 1-5 y e cambian todas las marcadas")),
)

FILTER = (
    Key("space", "", "Espacio", N_("marcar"), line=True, keep=True),
    Key("", "", "Enter", N_("aplicar"), line=True, keep=True),
    Key("f2", "apply", "F2", N_("aplicar"), priority=True),
    Key("F", "clear", "F", N_("quitar todo"), line=True),
    Key("escape", "leave", "Esc", N_("volver: el filtro queda como estaba"), line=True, priority=True),
)

JUMP = (
    Key("", "", "↑ ↓", N_("elegir"), line=True),
    Key("", "", "Enter", N_("ir"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True, priority=True),
)

PLANS = (
    Key("", "", "↑ ↓", N_("elegir"), line=True),
    Key("", "", "Enter", N_("ver"), line=True),
    Key("a", "next_plan", "a", N_("agregar: el del año que viene, con lo que quedó del señalado"), line=True),
    Key("f2", "state", "F2", N_("estado: ofrecerlo para aprobación, aprobarlo, cerrarlo o reabrirlo"), line=True),
    Key("e", "edit_plan", "e", N_("editar: el título del plan, o de quién es")),
    Key("R", "withdraw_plan", "R", N_("retirar el plan señalado, con su motivo"), line=True),
    Key("u", "undo", "u", N_("deshacer")),
    Key("escape", "leave", "Esc", N_("volver"), line=True, priority=True),
)

CHANGES = (
    Key("", "", "Enter", N_("ir: a la actividad señalada"), line=True),
    Key("f2", "accept", "F2", N_("aceptar: la propuesta, o contar lo que llegó tarde"), line=True),
    Key("f6", "decline", "F6", N_("no aceptar: la propuesta, o no contarlo"), line=True),
    Key("delete", "take_back", "Supr", N_("volver: lo señalado, a lo que decía antes"), line=True),
    Key("v", "compare_with", "v", N_("comparar: con otro momento, o con el plan de otro año"), line=True),
    Key("u", "undo", "u", N_("deshacer")),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

MINE = (
    Key("", "", "↑ ↓", N_("elegir"), line=True),
    Key("", "", "Enter", N_("ir: a la actividad señalada"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

REPORTS = (
    Key("", "", "↑ ↓", N_("elegir"), line=True),
    Key("f2", "write", "F2", N_("escribirlo"), line=True, priority=True, keep=True),
    Key("e", "form", "e", N_("forma: Word, Excel, página, texto"), line=True),
    Key("v", "concerns", "v", N_("ver qué mirar antes de enviarlo"), line=True),
    Key("o", "open", "o", N_("abrir: el archivo, o la carpeta"), line=True),
    Key("c", "copy", "c", N_("copiar dónde está")),
    Key("T", "folder", "T", N_("carpeta: elegir otra")),
    Key("escape", "leave", "Esc", N_("volver"), line=True, priority=True),
)

NEXT_PLAN = (
    Key("f2", "make", "F2", N_("hacer el plan"), line=True, priority=True, keep=True),
    Key("a", "recurring", "a", N_("agregar: tomar también lo cumplido que se repite"), line=True),
    Key("escape", "leave", "Esc", N_("volver sin hacerlo"), line=True, priority=True),
)

MANY = (
    Key("", "", "Enter", N_("cambiar todas"), line=True),
    Key("escape", "leave", "Esc", N_("cancelar"), line=True, priority=True),
)

NOTE = (
    Key("f2", "save", "F2", N_("guardar"), line=True, priority=True, keep=True),
    Key("f3", "toggle_official", "F3", N_("oficial o interna"), line=True, priority=True),
    Key("f4", "editor", "F4", N_("editor: escribir en el editor propio (VISUAL, EDITOR)"), line=True, priority=True),
    Key("escape", "leave", "Esc", N_("después: el borrador se guarda"), line=True, priority=True),
)

WHOLE_TEXT = (Key("escape,q", "leave", "Esc", N_("volver"), line=True, priority=True),)

FIELD = (
    Key("enter", "", "Enter", N_("guardar"), line=True),
    Key("escape", "leave_field", "Esc", N_("cancelar"), line=True),
)

DIFFERENCE = (
    Key("", "", "1-9", N_("quedarse con el valor que lleva ese número")),
    Key("e", "write", "e", N_("escribir otro"), line=True),
    Key("y", "settle_activity", "y", N_("resolver las de la actividad: todas a la vez"), line=True),
    Key("w", "settle_person", "w", N_("resolver las de una persona: todas a la vez"), line=True),
    Key("d", "next", "d", N_("siguiente"), line=True, keep=True),
    Key("v", "whole", "v", N_("ver los valores enteros, si son largos")),
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

EXCHANGE_PERSON = (Key("", "accept", "Enter", N_("confirmar: a la persona señalada"), line=True, keep=True),)

EXCHANGE = (
    Key("s", "send", "s", N_("enviar: preparar un archivo o un mensaje"), line=True, keep=True),
    Key("r", "receive", "r", N_("recibir: un archivo o un mensaje"), line=True, keep=True),
    Key("I", "accept", "I", N_("confirmar a la persona señalada: compara sus números y aplica lo suyo")),
    Key("S", "send_to_person", "S", N_("enviarle: sólo a la persona señalada"), line=True),
    Key("Q", "request", "Q", N_("pedir: lo que falta aquí"), line=True),
    Key("b", "block", "b", N_("bloquear: no recibir de la persona señalada, o volver a recibir"), line=True),
    Key("V", "rely", "V", N_("fiarse de a quién avala esta persona, o dejar de hacerlo")),
    Key("v", "compare", "v", N_("ver los números del plan, para comparar dos copias")),
    Key("T", "share", "T", N_("carpeta: poner al día la carpeta compartida, o elegirla"), line=True),
    Key("Z", "share_elsewhere", "Z", N_("elegir otra carpeta compartida, o ninguna")),
    Key("u", "undo", "u", N_("deshacer"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

SEND = (
    Key("enter", "", "Enter", N_("elegir, guardar"), line=True),
    Key("o", "open", "o", N_("abrir: el archivo, o la carpeta"), line=True),
    Key("c", "copy", "c", N_("copiar dónde está"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

RECEIVE = (
    Key("enter", "", "Enter", N_("revisar"), line=True),
    Key("f2", "apply", "F2", N_("aplicar"), line=True, priority=True, keep=True),
    Key(
        "f3",
        "apply_accepting",
        "F3",
        N_("confirmar: a quien esta copia no conoce, y aplicar"),
        line=True,
        priority=True,
        keep=True,
    ),
    Key("f4", "clipboard", "F4", N_("portapapeles: recibir lo que se copió"), line=True, priority=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True, priority=True),
)


MEETING = (
    Key("n", "write('note')", "n", N_("nota: oficial, o interna con F3"), line=True),
    Key("a", "write('agreement')", "a", N_("acuerdo: con @cl 15/08 es un compromiso"), line=True),
    Key("G", "write('general')", "G", N_("acuerdo de la reunión en general")),
    Key("N", "write('noted')", "N", N_("se toma nota")),
    Key("e", "correct", "e", N_("corregir lo que se escribió aquí en esta reunión")),
    Key("j,down,right", "next", "j", N_("siguiente: también con las flechas"), line=True, keep=True),
    Key("k,up,left", "previous", "k", N_("anterior")),
    Key("g", "write('jump')", "g", N_("ir a: un código o unas palabras"), line=True),
)

MEETING_MORE = (
    Key("l", "write('lead')", "l", N_("responsable"), line=True),
    Key("z", "write('due')", "z", N_("fecha: el plazo, o uno nuevo"), line=True),
    Key("u", "undo", "u", N_("deshacer"), line=True),
    Key("U", "redo", "U", N_("rehacer")),
    Key("E", "write('evidence')", "E", N_("medio de verificación: un enlace")),
    Key("W", "write('present')", "W", N_("países presentes")),
    Key("J", "later", "J", N_("poner después en el orden del día")),
    Key("K", "sooner", "K", N_("poner antes en el orden del día")),
    Key("X", "owed", "X", N_("compromisos anteriores: cumplidos, o por cumplir")),
    Key("v", "side", "v", N_("ver u ocultar el orden del día y lo cambiado")),
    Key("pagedown", "down", "Av Pág", N_("bajar, si hay más de lo que cabe")),
    Key("pageup", "up", "Re Pág", N_("subir")),
    Key("f3", "toggle_official", "F3", N_("al escribir una nota: oficial o interna"), priority=True),
    Key("escape", "leave", "Esc", N_("volver al plan; la reunión sigue abierta"), priority=True),
)

MEETING_END = (Key("C", "close", "C", N_("cerrar: revisar, ver el acta y hacer los archivos"), line=True),)

MEETING_LINE = (
    Key("", "finish_line", "Enter", N_("guardar"), line=True),
    Key("f2", "finish_line", "F2", N_("guardar"), priority=True),
    Key("", "leave", "Esc", N_("dejar para después (el borrador se guarda)"), line=True),
)

MEETING_NOTE = (Key("", "toggle_official", "F3", N_("oficial o interna"), line=True),)

MEETING_JUMP = (
    Key("", "", "↑ ↓", N_("elegir"), line=True),
    Key("", "", "Enter", N_("ir"), line=True),
    Key("", "leave", "Esc", N_("volver"), line=True),
)

MEETING_START = (
    Key("enter", "", "Enter", N_("siguiente"), line=True),
    Key("f2", "begin", "F2", N_("empezar: la reunión se abre"), line=True, priority=True, keep=True),
    Key("f4", "earlier", "F4", N_("anteriores: las reuniones que hubo"), line=True, priority=True),
    Key("f6", "cancel_planned", "F6", N_("cancelar: la reunión prevista que está señalada"), priority=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True, priority=True),
)

MEETING_CLOSING = (
    Key("f2", "finish", "F2", N_("cerrar y hacer archivos"), line=True, priority=True, keep=True),
    Key("m", "plan_next", "m", N_("próxima: fijar la reunión que sigue"), line=True),
    Key("f6", "cancel_next", "F6", N_("cancelar la próxima reunión"), priority=True),
    Key("", "", "Enter", N_("ir a: lo señalado"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True, priority=True),
)

MEETING_NEXT = (
    Key("", "", "Enter", N_("siguiente"), line=True),
    Key("", "finish", "F2", N_("fijar la próxima reunión"), line=True),
    Key("", "leave", "Esc", N_("volver"), line=True),
)

MEETING_CLOSED = (
    Key("", "finish", "F2", N_("rehacer archivos"), line=True),
    Key("", "plan_next", "m", N_("próxima: fijar la reunión que sigue"), line=True),
    Key("e", "reopen", "e", N_("reabrir: para corregirla"), line=True),
    Key("o", "open", "o", N_("abrir: el archivo, o la carpeta"), line=True),
    Key("c", "copy", "c", N_("copiar dónde está")),
    Key("", "leave", "Esc", N_("volver"), line=True),
)

MEETING_OWED = (
    Key("enter", "", "Enter", N_("cumplido, o no"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

MEETING_LIST = (
    Key("", "", "Enter", N_("ver el acta"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

HELP = (
    Key("v", "all", "v", N_("ver todas las teclas"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

PALETTE = (
    Key("enter", "", "Enter", N_("hacer"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

PROGRESS = (
    Key("v", "next_grouping", "v", N_("ver de otro modo: por área, período, país o financiador"), line=True),
    Key("enter", "", "Enter", N_("entrar: en las actividades, o ir a una"), line=True, keep=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

TIMELINE = (
    Key("v", "next_view", "v", N_("ver de otro modo: el avance en el tiempo, o el cronograma"), line=True, keep=True),
    Key("", "", "Enter", N_("ir: a la actividad señalada"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

HISTORY = (
    Key("f", "filter", "f", N_("filtrar: por persona, actividad, campo o fecha"), line=True),
    Key("F", "clear", "F", N_("quitar los filtros"), line=True),
    Key("w", "filter_who", "w", N_("quién: sólo lo de una persona")),
    Key("y", "filter_about", "y", N_("área o actividad: sólo lo de una")),
    Key("H", "filter_field", "H", N_("campo: sólo lo de uno")),
    Key("Y", "filter_since", "Y", N_("desde: sólo a partir de un día")),
    Key("enter", "", "Enter", N_("ir a la actividad"), line=True, keep=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

SETTINGS = (
    Key("enter", "", "Enter", N_("cambiar"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

DELETED = (
    Key("enter", "", "Enter", N_("traer de vuelta"), line=True),
    Key("u", "undo", "u", N_("deshacer"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

BACKUPS = (
    Key("a", "make", "a", N_("agregar: hacer una copia ahora"), line=True),
    Key("escape", "leave", "Esc", N_("volver"), line=True),
)

TITLES: Mapping[str, str] = {
    "moves": N_("Para moverse"),
    "status": N_("Estado de una actividad"),
    "plan": N_("En el plan"),
    "inside": N_("En la ficha"),
    "differing": N_("Si hay diferencias"),
    "note": N_("Al escribir una nota"),
    "whole_text": N_("Al leer un texto entero"),
    "field": N_("Al editar un campo"),
    "filter": N_("Al elegir un filtro"),
    "jump": N_("Al ir a un código"),
    "plans": N_("Al elegir un plan"),
    "mine": N_("En lo mío"),
    "changes": N_("Entre los cambios del plan"),
    "reports": N_("Entre los informes"),
    "next_plan": N_("Al hacer un plan nuevo"),
    "many": N_("Al cambiar varias a la vez"),
    "difference": N_("Ante una diferencia"),
    "third_value": N_("Al escribir otro valor"),
    "ways": N_("Al elegir para muchas diferencias"),
    "exchange": N_("En el intercambio"),
    "exchange_person": N_("Ante una persona por confirmar"),
    "send": N_("Al preparar un envío"),
    "receive": N_("Al recibir un archivo"),
    "help": N_("En la ayuda"),
    "palette": N_("Entre las órdenes"),
    "progress": N_("En el avance"),
    "timeline": N_("En el cronograma"),
    "history": N_("En el historial"),
    "settings": N_("En la configuración"),
    "deleted": N_("Entre lo borrado y retirado"),
    "backups": N_("Entre las copias de respaldo"),
    "meeting": N_("En una reunión"),
    "meeting_more": N_("En una reunión, además"),
    "meeting_end": N_("Al final de una reunión"),
    "meeting_line": N_("Al escribir en una reunión"),
    "meeting_note": N_("Al escribir una nota en una reunión"),
    "meeting_jump": N_("Al ir a otra actividad"),
    "meeting_start": N_("Al empezar una reunión"),
    "meeting_closing": N_("Al cerrar una reunión"),
    "meeting_next": N_("Al fijar la próxima reunión"),
    "meeting_closed": N_("En una reunión cerrada"),
    "meeting_owed": N_("Ante los compromisos anteriores"),
    "meeting_list": N_("Entre las reuniones"),
    "everywhere": N_("En todas partes"),
}
"""What a table is called in the help; one that is not here goes by its name."""

TOGETHER: Sequence[Sequence[str]] = (
    ("moves", "status", "plan", "inside", "differing", "field"),
    ("difference", "third_value", "ways"),
    ("meeting", "meeting_more", "meeting_end", "meeting_line", "meeting_note", "meeting_jump", "status"),
    ("meeting_closing", "meeting_next", "meeting_closed"),
    ("exchange", "exchange_person"),
)
"""Tables that belong to one screen: help shows them together, and in them no key may stand twice."""

_in_force: dict[str, str] = {}
"""What keys.toml says, by id."""


def tables() -> dict[str, tuple[Key, ...]]:
    """All tables by name, in the order in which they stand here."""
    return {
        name.lower(): value
        for name, value in globals().items()
        if isinstance(value, tuple) and value and isinstance(value[0], Key)
    }


def id_of(table: str, key: Key) -> str:
    """`plan.add_note`, `status.set_status_done`."""
    return f"{table}.{re.sub(r'[^a-z0-9]+', '_', key.action).strip('_')}"


def with_ids() -> dict[str, Key]:
    """The keys that do something, by id."""
    return {id_of(name, key): key for name, table in tables().items() for key in table if key.keys and key.action}


def together(*names: str) -> tuple[str, ...]:
    """The tables of the screens that have all of these; alone, if no screen is known to."""
    groups = [group for group in TOGETHER if set(names) <= set(group)]
    found = {one for group in groups for one in group} or set(names)
    return tuple(name for name in tables() if name in found)


def use(keymap: Mapping[str, str]) -> None:
    """Puts other keys in force, by id, as they are shown from now on; Textual is told by `App.set_keymap`."""
    _in_force.clear()
    _in_force.update(keymap)


def shown(key: Key) -> str:
    """How the key is called that does this now."""
    if _in_force:
        for id, one in with_ids().items():
            if one is key and id in _in_force:
                return spelled(_in_force[id])
    return t(_NAMED[key.shown]) if key.shown in _NAMED else key.shown


_NAMED = {
    "Espacio": N_("Espacio"),
    "Supr": N_("Supr"),
    "Av Pág": N_("Av Pág"),
    "Re Pág": N_("Re Pág"),
}
"""Keys that are called otherwise on keyboards of other languages."""


_SPELLED = {
    "slash": "/",
    "question_mark": "?",
    "escape": "Esc",
    "enter": "Enter",
    "delete": N_("Supr"),
    "space": N_("espacio"),
}


def spelled(keys: str) -> str:
    """Keys as people read them, from Textual's names: `f2,slash` is `F2 /`."""
    found = []
    for name in keys.split(","):
        word = _SPELLED.get(name)
        found.append(t(word) if word else name.upper() if re.fullmatch(r"f\d+", name) else name)
    return " ".join(found)


def bindings(*chosen: Sequence[Key]) -> list[BindingType]:
    """The keys of some tables as Textual wants them, with their ids."""
    named = {id(table): name for name, table in tables().items()}
    return [
        Binding(
            key.keys,
            key.action,
            show=False,
            priority=key.priority,
            id=id_of(named[id(table)], key) if id(table) in named else None,
        )
        for table in chosen
        for key in table
        if key.keys and key.action
    ]
