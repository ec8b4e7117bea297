"""What a reading has found: the parts of the document, each with the lines that it was read from.

It promises nothing but to hold them, between the reading (`documents.plan_text`) and the noticing
(`documents.observing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gealc_tui.documents.plan_document import Activity, Area, ObservationKind
from gealc_tui.documents.plan_labels import Label
from gealc_tui.documents.plan_lines import Line
from gealc_tui.documents.plan_words import Words


class Stray(NamedTuple):
    """A line that went into no field. `echo` is the unlabelled line whose doubt it shares, if any."""

    line: Line
    kind: ObservationKind
    about: str
    echo: str | None = None


class Printed(NamedTuple):
    """A labelled line that did go into a field."""

    line: Line
    label: Label


@dataclass(frozen=True, slots=True)
class AreaBlock:
    """An area with what its observations are made of."""

    area: Area
    numbers: tuple[int, ...]
    heading: Line
    objective: Printed


@dataclass(frozen=True, slots=True)
class ActivityBlock:
    """An activity with what its observations are made of."""

    activity: Activity
    numbers: tuple[int, ...]
    heading: Line
    printed: tuple[Printed, ...]

    @property
    def ref(self) -> str:
        return f"activity/{self.activity.id}"


@dataclass(frozen=True, slots=True)
class Parts:
    """The whole of it. `words` are those of its language, `dated` is the masthead's date as a line, `section` the
    number of the areas' section."""

    year: int
    words: Words
    plan: str
    title: Line
    dated: Line | None
    section: tuple[int, ...]
    areas: Sequence[AreaBlock]
    activities: Sequence[ActivityBlock]
    strays: Sequence[Stray]
