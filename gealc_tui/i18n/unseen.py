"""Characters that nobody can see, called by their names."""

from __future__ import annotations

from collections.abc import Sequence

from gealc_tui.i18n import N_, t
from gealc_tui.invisible import as_seen, unseen
from gealc_tui.plain import drawable

_NAMES = {
    "\u00a0": N_("espacio fijo"),
    "\u00ad": N_("guion que no se ve"),
    "\u200b": N_("espacio sin ancho"),
    "\u200c": N_("separador sin ancho"),
    "\u200d": N_("unión sin ancho"),
    "\u200e": N_("marca de dirección"),
    "\u200f": N_("marca de dirección"),
    "\u202f": N_("espacio fino fijo"),
    "\ufeff": N_("marca de orden de bytes"),
}


def unseen_sentence(texts: Sequence[str]) -> str:
    """What is said of values that look alike and are not; empty if all of them can be told apart."""
    if len({as_seen(drawable(text)) for text in texts}) == len(set(texts)):
        return ""
    named = [_named(character) for character in unseen(texts)]
    if not named:
        return t("Se ven iguales: difieren en espacios.")
    return t("Se ven iguales: difieren en caracteres que no se ven ({names}).", names=", ".join(named))


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"{t(_NAMES[character])}, {code}" if character in _NAMES else code
