"""What is deleted and withdrawn, in words."""

from __future__ import annotations

from collections.abc import Mapping

from gealc_tui.domain.change import kind_of
from gealc_tui.domain.readings import DeletionReading
from gealc_tui.domain.visibility import Visibility
from gealc_tui.i18n import N_, t
from gealc_tui.i18n.labels import field_label
from gealc_tui.i18n.sentences import shorten

_VISIBILITY: Mapping[Visibility, str] = {
    Visibility.HIDDEN: N_("no se ve"),
    Visibility.CONTESTED: N_("se ve: alguien escribió sin haberlo visto borrado"),
    Visibility.OCCUPIED: N_("se ve: tiene adentro lo que no está retirado"),
}

_LONGEST = 60


def visibility_label(visibility: Visibility) -> str:
    """Whether a deletion hides what it deletes, and if not, why."""
    return t(_VISIBILITY[visibility])


def deleted_label(one: DeletionReading) -> str:
    """`3.1.1 · Nota: Enviar el formulario`."""
    kind = kind_of(one.entity)
    words = shorten(one.words, _LONGEST)
    named = f"{field_label(kind, 'title' if kind in ('plan', 'area', 'activity', 'meeting') else 'text')}"
    return f"{one.code} · {named}: {words}" if words else f"{one.code} · {named}"
