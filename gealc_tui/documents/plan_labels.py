"""The labels of a document (`Producto: …`): which field a labelled line is for, and its text as printed.

It promises that a label is recognised whatever its capitals, accents and white space, that it and the text after
it are given verbatim, and that a label which is not known here is none.
"""

from __future__ import annotations

from typing import NamedTuple

from gealc_tui.documents.plan_document import Use
from gealc_tui.documents.plan_lines import Line, fold
from gealc_tui.documents.plan_words import SPANISH, Words
from gealc_tui.i18n.labels import country_by_name

_LONGEST_LABEL = 60  # characters


class Label(NamedTuple):
    """A labelled line: the field it is for, the label as printed, and what stands after the colon."""

    use: Use
    printed: str
    value: str


def label_of(line: Line, words: Words) -> Label | None:
    """The line as a labelled one, or None."""
    folded, printed, value = _split_label(line.text)
    use = words.labels.get(folded)
    return None if use is None else Label(use, printed, value)


def is_unread_label(line: Line, words: Words) -> bool:
    """A date, an amount or a status with its label, which no field is for."""
    folded, _, _ = _split_label(line.text)
    return words.unread.fullmatch(folded) is not None


def bare_title(title: str, words: Words) -> str:
    """The title without a label inside it."""
    folded, _, rest = _split_label(title)
    return rest if folded in words.title_labels and rest else title


def lead_of(printed: str | None, words: Words) -> str | None:
    """Who leads, as printed; of a plan in another language than Spanish a country by its code.

    Of a Spanish plan that is for the log to say, as it always was (`documents.genesis`).
    """
    if printed is None or words is SPANISH:
        return printed
    return country_by_name(printed) or printed


def _split_label(text: str) -> tuple[str, str, str]:
    """The label folded, the label as printed, and the rest; three empty texts when there is no label."""
    head, colon, rest = text.partition(":")
    if not colon or len(head) > _LONGEST_LABEL:
        return "", "", ""
    return fold(head), head.strip(), rest.strip()
