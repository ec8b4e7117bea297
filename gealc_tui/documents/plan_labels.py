"""The labels of a document (`Producto: …`): which field a labelled line is for, and its text as printed.

It promises that a label is recognised whatever its capitals, accents and white space, that it and the text after
it are given verbatim, and that a label which is not known here is none.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import NamedTuple

from gealc_tui.documents.plan_document import Use
from gealc_tui.documents.plan_lines import Line, fold

USUAL_LABELS = MappingProxyType(
    {
        Use.OBJECTIVE: "Objetivo",
        Use.PRODUCT: "Producto",
        Use.PARTICIPANTS: "Participantes",
        Use.PLACE: "Lugar",
        Use.RESOURCES: "Recursos",
        Use.LEAD: "Responsable",
    }
)

_LABELS = MappingProxyType(
    {
        "objetivo": Use.OBJECTIVE,
        "objetivos": Use.OBJECTIVE,
        "objetivo general": Use.OBJECTIVE,
        "producto": Use.PRODUCT,
        "productos": Use.PRODUCT,
        "participante": Use.PARTICIPANTS,
        "participantes": Use.PARTICIPANTS,
        "lugar": Use.PLACE,
        "lugares": Use.PLACE,
        "recurso": Use.RESOURCES,
        "recursos": Use.RESOURCES,
        "fuente de recursos": Use.RESOURCES,
        "fuentes de recursos": Use.RESOURCES,
        "fuente de financiamiento": Use.RESOURCES,
        "financiamiento": Use.RESOURCES,
        "responsable": Use.LEAD,
        "responsables": Use.LEAD,
        "pais responsable": Use.LEAD,
        "lider": Use.LEAD,
        "pais lider": Use.LEAD,
    }
)
"""Folded labels."""

_TITLE_LABELS = frozenset({"nombre", "nombre de la actividad", "titulo", "actividad"})
_UNREAD_LABEL = re.compile(
    r"fechas?(?: (?:limite|tope|de \w+))?|plazos?(?: (?:limite|de \w+))?|vencimiento"
    r"|(?:montos?|presupuesto|costos?|importe)(?: \w+)?|estado|avance"
)
"""Folded labels of dates, amounts and statuses."""

_LONGEST_LABEL = 60  # characters


class Label(NamedTuple):
    """A labelled line: the field it is for, the label as printed, and what stands after the colon."""

    use: Use
    printed: str
    value: str


def label_of(line: Line) -> Label | None:
    """The line as a labelled one, or None."""
    folded, printed, value = _split_label(line.text)
    use = _LABELS.get(folded)
    return None if use is None else Label(use, printed, value)


def is_unread_label(line: Line) -> bool:
    """A date, an amount or a status with its label, which no field is for."""
    folded, _, _ = _split_label(line.text)
    return _UNREAD_LABEL.fullmatch(folded) is not None


def bare_title(title: str) -> str:
    """The title without a label inside it."""
    folded, _, rest = _split_label(title)
    return rest if folded in _TITLE_LABELS and rest else title


def _split_label(text: str) -> tuple[str, str, str]:
    """The label folded, the label as printed, and the rest; three empty texts when there is no label."""
    head, colon, rest = text.partition(":")
    if not colon or len(head) > _LONGEST_LABEL:
        return "", "", ""
    return fold(head), head.strip(), rest.strip()
