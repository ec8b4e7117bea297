"""A plan that comes as a Word document: its lines, read as those of a text, and what was remarked beside them.

Promise: a document that says line by line what a text says gives the same plan; remarks become observations beside
what their line became, whole, however long or many they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from gealc_tui.documents.packages import Package
from gealc_tui.documents.plan_document import Observation, PlanDocument, Use, observation_id
from gealc_tui.documents.plan_text import read_plan
from gealc_tui.documents.word_lines import Placed, word_lines
from gealc_tui.domain.limits import LONGEST_TEXT


class WordPlan(NamedTuple):
    """The document, and its lines as one text, of which its hash is made."""

    document: PlanDocument
    text: str


def read_word_plan(data: bytes, path: str) -> WordPlan:
    """Reads a Word document; `path` is what refusals call it. Raises FileUnreadable and DocumentUnreadable."""
    lines = word_lines(Package(data, path))
    document = read_plan(lines.text)
    found = _observations(document, lines.remarks)
    observations = sorted((*document.observations, *found), key=lambda one: (one.line, one.kind))
    return WordPlan(replace(document, observations=tuple(observations)), lines.text)


def _observations(document: PlanDocument, remarks: Iterable[Placed]) -> Iterator[Observation]:
    """Remarks of a kind beside one line are one observation, with a line for each, or as many as hold them all."""
    about = _About(document)
    ordered = sorted(remarks, key=lambda one: (one.line, one.remark.kind))
    for (line, kind), placed in groupby(ordered, key=lambda one: (one.line, one.remark.kind)):
        for part, text in enumerate(_packed(one.remark.told for one in placed), 1):
            yield Observation(observation_id(document.id, line, kind, part), kind, line, text, about(line), ())


def _packed(remarks: Iterable[str]) -> Iterator[str]:
    """Remarks as few texts of at most LONGEST_TEXT characters, a line each; only what alone is longer is parted."""
    packed: list[str] = []
    room = LONGEST_TEXT
    for remark in remarks:
        pieces = [remark[at : at + LONGEST_TEXT] for at in range(0, len(remark), LONGEST_TEXT)] or [""]
        for piece in pieces:
            if packed and len(piece) + 1 > room:
                yield "\n".join(packed)
                packed, room = [], LONGEST_TEXT
            room -= len(piece) + bool(packed)
            packed.append(piece)
    yield "\n".join(packed)


class _About:
    """What a line of the document belongs to: the activity, the area or the plan."""

    def __init__(self, document: PlanDocument) -> None:
        self._plan = document.ref
        self._observed = {f"observation/{one.id}": one.about for one in document.observations}
        self._uses = document.uses

    def __call__(self, line: int) -> str:
        """Of a blank line, what the line before it belongs to."""
        found = self._plan
        for use in self._uses:
            if use.line > line:
                break
            found = use.entity
            if use.use is Use.OBSERVATION:
                found = self._observed.get(found, self._plan)
            elif use.use is Use.PRODUCT:
                found = f"activity/{found.partition('/')[2].rpartition('/')[0]}"
        return found
