"""The reader of the official plan: from the text of the document to areas, activities and observations.

It promises four things.

* *Verbatim*: every field is what is printed, without the white space around it. Nothing is corrected.
* *Accounted for*: `PlanDocument.uses` says of every non-blank line what became of it.
* *Doubt is shown*: what cannot be assigned with certainty is assigned to nobody and kept, whole, in an
  observation; so is every irregularity that a reader of the document would stumble over.
* *Total*: any text whatever gives a `PlanDocument` or `DocumentUnreadable`, and in little time.

The shape that it reads, whatever the year and the number of areas::

    masthead lines, among them the date
    PLAN DE TRABAJO <year>
    1) A section, and its paragraphs        any number of sections
    3) Áreas de trabajo
    3.1) An area
    Objetivo: …
    Actividades del primer semestre         a period heading
    3.1.1) An activity
    Producto: …                             then Participantes, Lugar, Recursos, Responsable

Within an activity, what follows a line without a label is doubtful until the next heading: it may belong to
another activity. So is a label that the activity has had already, save that `Producto` directly after
`Producto` is a further product.

How the result is written into a log is `documents.genesis`' affair.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from gealc_tui.domain.vocabulary import Period
from gealc_tui.errors import DocumentUnreadable

LARGEST_DOCUMENT = 2_000_000
"""Bytes of UTF-8."""

LONGEST_LINE = 100_000
"""Characters."""

LONGEST_FIELD = 2_000
"""Characters of a title or a field, which is what an entity can hold (`domain.entities.LONGEST_LINE`)."""

MOST_LINES = 10_000
"""Non-blank lines."""

MOST_ACTIVITIES = 500
"""Observations relate activities to each other, and so may grow with the square of their number."""

MOST_MARKS = 30
"""Combining marks in a row (the limit of Unicode's stream-safe text): composing them takes quadratic time."""

LONGEST_EXCERPT = 120
"""Characters of the line that a refusal quotes."""


class Expected(StrEnum):
    """What the document should have held at the line where it was refused."""

    TEXT = "text"
    """Characters of a text: no control characters, no broken encoding."""
    SIZE = "size"
    """A credible number of bytes, lines or activities."""
    LINE_LENGTH = "line_length"
    PLAN_TITLE = "plan_title"
    AREAS = "areas"
    """The heading of the section that holds the areas."""
    AREA_HEADING = "area_heading"
    OBJECTIVE = "objective"
    PERIOD_HEADING = "period_heading"
    ACTIVITY = "activity"


class Use(StrEnum):
    """What a line of the document became."""

    MASTHEAD = "masthead"
    TITLE = "title"
    SECTION_HEADING = "section_heading"
    PREAMBLE = "preamble"
    AREA_HEADING = "area_heading"
    OBJECTIVE = "objective"
    PERIOD_HEADING = "period_heading"
    ACTIVITY_TITLE = "activity_title"
    PRODUCT = "product"
    PARTICIPANTS = "participants"
    PLACE = "place"
    RESOURCES = "resources"
    LEAD = "lead"
    OBSERVATION = "observation"


class ObservationKind(StrEnum):
    """The irregularities that are noticed."""

    DUPLICATE_CODE = "duplicate_code"
    """The code was used before; related: its first use."""
    OUT_OF_ORDER = "out_of_order"
    """The code is lower than one printed before it (of an activity: in its area); related: that one."""
    MISPLACED_CODE = "misplaced_code"
    """The code does not continue that of the section or area under which it stands."""
    REPEATED_TITLE = "repeated_title"
    """Other activities bear the title too; related: they."""
    HEADING_VARIANT = "heading_variant"
    """A period heading spelled otherwise than most of its period, or than the first when none prevails."""
    LABEL_VARIANT = "label_variant"
    """A label other than the usual one of its field, or a label inside a title."""
    REPEATED_LABEL = "repeated_label"
    """The text of a field begins with a label of the same field."""
    EMPTY_LABEL = "empty_label"
    """A label with nothing after it."""
    UNREAD_LABEL = "unread_label"
    """A date, amount or status with its label, which this reader puts in no field."""
    MISSING_PRODUCT = "missing_product"
    SEVERAL_PRODUCTS = "several_products"
    """One product line that seems to list several: three or more items between commas or semicolons (the last
    perhaps after `y`), each beginning with a capital. Two would take "Taller en Lima, Perú" for a list."""
    TRAILING_COMMA = "trailing_comma"
    UNLABELLED_LINE = "unlabelled_line"
    """A line without a label where labels are expected; related: activities with a field of the same text."""
    SECOND_VALUE = "second_value"
    """A label that the activity has had already; related: as for an unlabelled line before it."""
    DOUBTFUL_VALUE = "doubtful_value"
    """A field after an unlabelled line; related: as for that line."""
    DOUBTFUL_LEAD = "doubtful_lead"
    """The lead, after an unlabelled line; related: as for that line."""
    QUANTITY_IN_WORDS = "quantity_in_words"
    """A number word, or a count in parentheses, in the title or the participants."""
    AMBIGUOUS_FREQUENCY = "ambiguous_frequency"
    """"Bimensual" and the like, which are read both as twice a month and as every two months."""
    UNREADABLE_DATE = "unreadable_date"
    """The masthead's date is none of the calendar."""
    CLOSING_TEXT = "closing_text"
    """A line of a section after the areas."""
    NO_DATES = "no_dates"
    """No activity has a date, an amount or a status."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section before the areas. `heading` is as printed, "" for text that stands before the first one."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeriodHeading:
    line: int
    text: str
    period: Period


@dataclass(frozen=True, slots=True)
class Area:
    """`id` is `2019/3.1`; `position` counts from 1 in the plan; `code` and texts as printed."""

    id: str
    code: str
    position: int
    title: str
    objective: str
    period_headings: tuple[PeriodHeading, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Activity:
    """`id` is `2019/3.1.1`, a second use of the code `2019/3.1.1-2`; `area` is the area's id.

    `position` counts from 1 in the plan, in printed order. A field that is not printed is None.
    """

    id: str
    area: str
    code: str
    position: int
    title: str
    period: Period
    products: tuple[str, ...]
    participants: str | None
    place: str | None
    resources: str | None
    lead: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Observation:
    """`id` is `2019/<line>-<kind>`; `text` is the printed line, whole.

    `about` and `related` name entities with their kind: `activity/2019/3.1.1`, `area/2019/3.1`, `plan/2019`.
    """

    id: str
    kind: ObservationKind
    line: int
    text: str
    about: str
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineUse:
    """`entity` names what the line went into: the plan, area, activity, product or observation."""

    line: int
    use: Use
    entity: str


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """The whole document. `uses` has one entry for each non-blank line, in order."""

    year: int
    title: str
    date: date | None
    masthead: tuple[str, ...]
    preamble: tuple[Section, ...]
    areas_heading: str
    areas: tuple[Area, ...]
    activities: tuple[Activity, ...]
    observations: tuple[Observation, ...]
    uses: tuple[LineUse, ...]

    @property
    def ref(self) -> str:
        """The plan's entity, `plan/2019`."""
        return f"plan/{self.year}"


def read_plan(text: str) -> PlanDocument:
    """The document that `text` holds. Raises DocumentUnreadable where it has not the shape of a plan."""
    return _Reading(text).document()


def product_id(activity: str, position: int) -> str:
    """`2019/3.1.1/1` for the first product of activity `2019/3.1.1`."""
    return f"{activity}/{position}"


def document_lines(text: str) -> list[str]:
    """The lines of a document, alike for all copies of it.

    The byte order mark, the kind of line ends, and the white space at the ends of lines and of the document
    are gone, and the characters are composed (NFC). Line numbers are those of the copy.
    """
    unmarked = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip()
    return [unicodedata.normalize("NFC", line).rstrip() for line in unmarked.split("\n")]


# --- Lines ----------------------------------------------------------------------------------------


class _Line(NamedTuple):
    number: int
    text: str


class _Heading(NamedTuple):
    """`3.1.1) Taller`: numbers (3, 1, 1), code "3.1.1", title "Taller". Sections have one number only."""

    numbers: tuple[int, ...]
    code: str
    title: str

    @property
    def depth(self) -> int:
        return len(self.numbers)


_SECTION, _AREA, _ACTIVITY = 1, 2, 3

_HEADING = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3}){0,2})\s*\)(.*)", re.DOTALL)
_BARE_ACTIVITY_CODE = re.compile(r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9])")
_TITLE = re.compile(r"plan (?:anual )?de trabajo (?:(?:para )?(?:el )?(?:ano )?)?((?:19|20|21)[0-9]{2})")
_AREAS = re.compile(r"(?:areas|ejes|lineas de (?:accion|trabajo))\b")
_DATE = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_PERIOD = re.compile(
    r"actividad(?:es)?(?: de la| del?| en el| para el)?(?: caracter)? "
    r"(?:(?P<S1>(?:primer|1er\.?|1[º°]) semestre)|(?P<S2>(?:segundo|2do\.?|2[º°]) semestre)"
    r"|(?P<ANNUAL>anual(?:es)?))"
    r"(?: (?:de |del )?[0-9]{4})?[.:]?"
)
_OTHER_PERIOD = re.compile(r"actividades\b[^:]*\b(?:\w*mestres?|mes|meses|mensual|mensuales|anual|anuales|ano|anos)\b")
_LONGEST_PERIOD_HEADING = 8  # words

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
"""Controls (some steer terminals), halves of characters, and the mark of a decoding that lost some."""


def _fold(text: str) -> str:
    """Without accents, capitals and doubled white space: how headings and labels are recognised."""
    plain = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
    return " ".join(plain.casefold().split())


def _comparable(text: str) -> str:
    """What two texts have in common when they differ in capitals and final punctuation only."""
    return " ".join(text.casefold().split()).rstrip(" .,;:")


def _heading(line: _Line) -> _Heading | None:
    match = _HEADING.fullmatch(line.text)
    if match is None:
        return None
    return _Heading(tuple(map(int, match[1].split("."))), match[1], match[2].strip())


def _period(line: _Line) -> Period | None:
    match = _PERIOD.fullmatch(_fold(line.text))
    return Period(match.lastgroup) if match and match.lastgroup else None


def _is_other_period(line: _Line) -> bool:
    """A period heading, but of a period that plans have not: quarters, months."""
    folded = _fold(line.text)
    return len(folded.split()) <= _LONGEST_PERIOD_HEADING and _OTHER_PERIOD.match(folded) is not None


def _is_areas_heading(line: _Line) -> bool:
    heading = _heading(line)
    return heading is not None and heading.depth == _SECTION and _AREAS.match(_fold(heading.title)) is not None


def _continues(code: tuple[int, ...], parent: tuple[int, ...]) -> bool:
    """Whether 3.1.1 stands under 3.1."""
    return code[:-1] == parent


def _printed_lines(text: str) -> tuple[list[_Line], int]:
    """The non-blank lines, and the number of the last line. Raises DocumentUnreadable for what is no text."""
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_DOCUMENT:
        raise DocumentUnreadable(1, Expected.SIZE, "")
    raw = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(raw, start=1):
        _refuse_what_is_no_text(number, line)
    lines = [_Line(number, line.strip()) for number, line in enumerate(document_lines(text), start=1)]
    printed = [line for line in lines if line.text]
    if len(printed) > MOST_LINES:
        raise _refusal(printed[MOST_LINES], Expected.SIZE)
    return printed, len(lines)


def _refuse_what_is_no_text(number: int, line: str) -> None:
    if len(line) > LONGEST_LINE:
        raise _refusal(_Line(number, line), Expected.LINE_LENGTH)
    if forbidden := _FORBIDDEN.search(line.strip()):
        raise DocumentUnreadable(number, Expected.TEXT, f"U+{ord(forbidden[0]):04X}")
    if not line.isascii() and _has_too_many_marks(line):
        raise _refusal(_Line(number, line), Expected.TEXT)


def _has_too_many_marks(line: str) -> bool:
    run = 0
    for character in line:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MOST_MARKS:
            return True
    return False


def _refusal(line: _Line, expected: Expected) -> DocumentUnreadable:
    return DocumentUnreadable(line.number, expected, line.text[:LONGEST_EXCERPT])


# --- Labels ---------------------------------------------------------------------------------------


class _Label(NamedTuple):
    """A labelled line: the field it is for, the label as printed, and what stands after the colon."""

    use: Use
    printed: str
    value: str


_USUAL_LABELS = MappingProxyType(
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


def _split_label(text: str) -> tuple[str, str, str]:
    """The label folded, the label as printed, and the rest; three empty texts when there is no label."""
    head, colon, rest = text.partition(":")
    if not colon or len(head) > _LONGEST_LABEL:
        return "", "", ""
    return _fold(head), head.strip(), rest.strip()


def _label(line: _Line) -> _Label | None:
    folded, printed, value = _split_label(line.text)
    use = _LABELS.get(folded)
    return None if use is None else _Label(use, printed, value)


def _is_unread_label(line: _Line) -> bool:
    folded, _, _ = _split_label(line.text)
    return _UNREAD_LABEL.fullmatch(folded) is not None


def _bare_title(title: str) -> str:
    """The title without a label inside it."""
    folded, _, rest = _split_label(title)
    return rest if folded in _TITLE_LABELS and rest else title


# --- Reading --------------------------------------------------------------------------------------


class _Stray(NamedTuple):
    """A line that went into no field. `echo` is the unlabelled line whose doubt it shares, if any."""

    line: _Line
    kind: ObservationKind
    about: str
    echo: str | None = None


class _Printed(NamedTuple):
    """A labelled line that did go into a field."""

    line: _Line
    label: _Label


@dataclass(slots=True)
class _AreaBlock:
    """An area with what its observations are made of."""

    area: Area
    numbers: tuple[int, ...]
    heading: _Line
    objective: _Printed


@dataclass(slots=True)
class _ActivityBlock:
    """An activity with what its observations are made of."""

    activity: Activity
    numbers: tuple[int, ...]
    heading: _Line
    printed: tuple[_Printed, ...]

    @property
    def ref(self) -> str:
        return f"activity/{self.activity.id}"


@dataclass(slots=True)
class _Fields:
    """What an activity has said so far."""

    printed: list[_Printed] = field(default_factory=list)
    echo: str | None = None
    after_product: bool = False

    def values(self, use: Use) -> tuple[str, ...]:
        return tuple(printed.label.value for printed in self.printed if printed.label.use is use)

    def value(self, use: Use) -> str | None:
        return next(iter(self.values(use)), None)

    def doubt(self, line: _Line, label: _Label | None) -> ObservationKind | None:
        """Why the line goes into no field, or None when it does."""
        if label is None:
            return ObservationKind.UNREAD_LABEL if _is_unread_label(line) else ObservationKind.UNLABELLED_LINE
        if not label.value:
            return ObservationKind.EMPTY_LABEL
        is_further_product = label.use is Use.PRODUCT and self.after_product
        if self.values(label.use) and not is_further_product:
            return ObservationKind.SECOND_VALUE
        if self.echo is None:
            return None
        return ObservationKind.DOUBTFUL_LEAD if label.use is Use.LEAD else ObservationKind.DOUBTFUL_VALUE


class _Ids:
    """Gives ids by printed code; the second use of a code gets `-2`."""

    def __init__(self, year: int) -> None:
        self._year = year
        self._uses: Counter[tuple[int, ...]] = Counter()

    def next(self, heading: _Heading) -> str:
        self._uses[heading.numbers] += 1
        use = self._uses[heading.numbers]
        return f"{self._year}/{heading.code}" + (f"-{use}" if use > 1 else "")


class _Reading:
    """One passage through the lines, from the first to the last, each taken once."""

    def __init__(self, text: str) -> None:
        self._lines, self._last_number = _printed_lines(text)
        self._position = 0
        self._title_position, self.year = self._find_title()
        self._ids = _Ids(self.year)
        self._last_activity = 0
        self.title = self._lines[self._title_position]
        self.section: tuple[int, ...] = ()
        self.plan = f"plan/{self.year}"
        self.uses: list[LineUse] = []
        self.strays: list[_Stray] = []
        self.areas: list[_AreaBlock] = []
        self.activities: list[_ActivityBlock] = []

    def document(self) -> PlanDocument:
        masthead = self._masthead()
        self._take(Use.TITLE, self.plan)
        preamble = self._preamble()
        heading = self._areas()
        self._closing()
        return PlanDocument(
            year=self.year,
            title=self.title.text,
            date=_date(masthead),
            masthead=tuple(line.text for line in masthead),
            preamble=preamble,
            areas_heading=heading,
            areas=tuple(block.area for block in self.areas),
            activities=tuple(block.activity for block in self.activities),
            observations=_observations(self, masthead),
            uses=tuple(self.uses),
        )

    # The lines

    @property
    def _next(self) -> _Line | None:
        return self._lines[self._position] if self._position < len(self._lines) else None

    def _take(self, use: Use, entity: str) -> _Line:
        line = self._lines[self._position]
        self._position += 1
        self.uses.append(LineUse(line.number, use, entity))
        return line

    def _set_aside(self, kind: ObservationKind, about: str, echo: str | None = None) -> None:
        number = self._lines[self._position].number
        line = self._take(Use.OBSERVATION, f"observation/{_observation_id(self.year, number, kind)}")
        self.strays.append(_Stray(line, kind, about, echo))

    def _expected(self, expected: Expected) -> DocumentUnreadable:
        """The refusal of the next line, or of the end of the document."""
        return _refusal(self._next or _Line(self._last_number, ""), expected)

    # The parts

    def _find_title(self) -> tuple[int, int]:
        for position, line in enumerate(self._lines):
            if match := _TITLE.fullmatch(_fold(line.text)):
                return position, int(match[1])
            if _heading(line):
                raise _refusal(line, Expected.PLAN_TITLE)
        raise DocumentUnreadable(self._last_number, Expected.PLAN_TITLE, "")

    def _masthead(self) -> list[_Line]:
        return [self._take(Use.MASTHEAD, self.plan) for _ in range(self._title_position)]

    def _preamble(self) -> tuple[Section, ...]:
        sections: list[tuple[str, list[str]]] = []
        number = 0
        while (line := self._next) and not _is_areas_heading(line):
            heading = _heading(line)
            if heading and heading.depth == _SECTION:
                number = heading.numbers[0]
                sections.append((self._take(Use.SECTION_HEADING, self.plan).text, []))
                continue
            if heading and not (heading.depth == _AREA and _continues(heading.numbers, (number,))):
                raise self._expected(Expected.AREAS)
            if not sections:
                sections.append(("", []))
            sections[-1][1].append(self._take(Use.PREAMBLE, self.plan).text)
        return tuple(Section(heading, tuple(paragraphs)) for heading, paragraphs in sections)

    def _areas(self) -> str:
        section = _heading(self._next) if self._next else None
        if section is None:
            raise self._expected(Expected.AREAS)
        self.section = section.numbers
        self._last_activity = self._find_last_activity()
        line = self._take(Use.SECTION_HEADING, self.plan)
        while (next_line := self._next) and not self._begins_closing(next_line):
            heading = _heading(next_line)
            if heading and heading.depth == _AREA:
                self._area(heading)
            elif (heading and heading.depth == _ACTIVITY) or _stands_in_an_area(next_line):
                raise self._expected(Expected.AREA_HEADING)
            else:
                self._set_aside(ObservationKind.UNLABELLED_LINE, self.plan)
        if not self.areas:
            raise self._expected(Expected.AREA_HEADING)
        return line.text

    def _find_last_activity(self) -> int:
        """The position of the last activity of this section; an annex may have headings of the kind too."""
        position = 0
        for at, line in enumerate(self._lines):
            heading = _heading(line)
            if heading and heading.depth == _ACTIVITY and heading.numbers[:1] == self.section:
                position = at
        return position

    def _area(self, heading: _Heading) -> None:
        if not heading.title:
            raise self._expected(Expected.AREA_HEADING)
        self._refuse_long_field(heading.title)
        id = self._ids.next(heading)
        ref = f"area/{id}"
        line = self._take(Use.AREA_HEADING, ref)
        objective = self._objective(ref)
        periods: list[PeriodHeading] = []
        before = len(self.activities)
        while (next_line := self._next) and not self._begins_area_or_closing(next_line):
            self._area_line(next_line, id, periods)
        if len(self.activities) == before:
            raise self._expected(Expected.ACTIVITY)
        area = Area(
            id=id,
            code=heading.code,
            position=len(self.areas) + 1,
            title=heading.title,
            objective=objective.label.value,
            period_headings=tuple(periods),
            line=line.number,
        )
        self.areas.append(_AreaBlock(area, heading.numbers, line, objective))

    def _objective(self, area: str) -> _Printed:
        line = self._next
        label = _label(line) if line else None
        if label is None or label.use is not Use.OBJECTIVE or not label.value:
            raise self._expected(Expected.OBJECTIVE)
        return _Printed(self._take(Use.OBJECTIVE, area), label)

    def _area_line(self, line: _Line, area: str, periods: list[PeriodHeading]) -> None:
        """A period heading, a whole activity, or a line between them."""
        heading = _heading(line)
        if period := self._period(line):
            text = self._take(Use.PERIOD_HEADING, f"area/{area}").text
            periods.append(PeriodHeading(line.number, text, period))
        elif heading and heading.depth == _ACTIVITY:
            if not periods:
                raise self._expected(Expected.PERIOD_HEADING)
            self._activity(heading, area, periods[-1].period)
        elif _label(line):
            raise self._expected(Expected.ACTIVITY if periods else Expected.PERIOD_HEADING)
        else:
            self._refuse_bare_code(line)
            self._set_aside(ObservationKind.UNLABELLED_LINE, f"area/{area}")

    def _activity(self, heading: _Heading, area: str, period: Period) -> None:
        if len(self.activities) == MOST_ACTIVITIES:
            raise self._expected(Expected.SIZE)
        if not heading.title:
            raise self._expected(Expected.ACTIVITY)
        self._refuse_long_field(heading.title)
        id = self._ids.next(heading)
        line = self._take(Use.ACTIVITY_TITLE, f"activity/{id}")
        fields = _Fields()
        while (next_line := self._next) and not self._ends_activity(next_line):
            self._activity_line(next_line, id, fields)
        activity = Activity(
            id=id,
            area=area,
            code=heading.code,
            position=len(self.activities) + 1,
            title=heading.title,
            period=period,
            products=fields.values(Use.PRODUCT),
            participants=fields.value(Use.PARTICIPANTS),
            place=fields.value(Use.PLACE),
            resources=fields.value(Use.RESOURCES),
            lead=fields.value(Use.LEAD),
            line=line.number,
        )
        self.activities.append(_ActivityBlock(activity, heading.numbers, line, tuple(fields.printed)))

    def _activity_line(self, line: _Line, id: str, fields: _Fields) -> None:
        label = _label(line)
        if label and label.use is Use.OBJECTIVE:
            raise self._expected(Expected.AREA_HEADING)
        doubt = fields.doubt(line, label)
        if doubt is None and label:
            self._refuse_long_field(label.value)
            entity = f"activity/{id}"
            if label.use is Use.PRODUCT:
                entity = f"product/{product_id(id, len(fields.values(Use.PRODUCT)) + 1)}"
            fields.printed.append(_Printed(self._take(label.use, entity), label))
        elif doubt is not None:
            self._refuse_bare_code(line)
            if doubt is ObservationKind.UNLABELLED_LINE:
                fields.echo = _comparable(line.text)
            self._set_aside(doubt, f"activity/{id}", fields.echo)
        fields.after_product = doubt is None and label is not None and label.use is Use.PRODUCT

    def _closing(self) -> None:
        """No entity of a plan can hold a section after the areas; it is kept as observations."""
        while self._next:
            self._set_aside(ObservationKind.CLOSING_TEXT, self.plan)

    # Where the parts end

    def _begins_closing(self, line: _Line) -> bool:
        """A section with a higher number than the areas', after the last activity: `4) Anexos`."""
        heading = _heading(line)
        return (
            heading is not None
            and heading.depth == _SECTION
            and heading.numbers > self.section
            and self._position > self._last_activity
        )

    def _begins_area_or_closing(self, line: _Line) -> bool:
        heading = _heading(line)
        return (heading is not None and heading.depth == _AREA) or self._begins_closing(line)

    def _ends_activity(self, line: _Line) -> bool:
        heading = _heading(line)
        return (
            (heading is not None and heading.depth == _ACTIVITY)
            or self._begins_area_or_closing(line)
            or self._period(line) is not None
        )

    # Refusals

    def _period(self, line: _Line) -> Period | None:
        """Refuses a period that plans have not, lest what follows be put in the one before."""
        period = _period(line)
        if period is None and _is_other_period(line):
            raise self._expected(Expected.PERIOD_HEADING)
        return period

    def _refuse_bare_code(self, line: _Line) -> None:
        """`3.1.2. Taller` without the parenthesis: the activity would be lost among the observations."""
        if _BARE_ACTIVITY_CODE.match(line.text) and _heading(line) is None:
            raise self._expected(Expected.ACTIVITY)

    def _refuse_long_field(self, value: str) -> None:
        if len(value) > LONGEST_FIELD:
            raise self._expected(Expected.LINE_LENGTH)


def _stands_in_an_area(line: _Line) -> bool:
    """A line that only stands inside an area."""
    return _label(line) is not None or _period(line) is not None or bool(_BARE_ACTIVITY_CODE.match(line.text))


def _date(masthead: Iterable[_Line]) -> date | None:
    """The first date among the masthead's lines, printed day, month, year."""
    match = next(filter(None, (_DATE.fullmatch(line.text) for line in masthead)), None)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


# --- Observing ------------------------------------------------------------------------------------

_NUMBER_WORDS = (
    "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta cuarenta "
    "cincuenta cien docena"
).replace(" ", "|")
_QUANTITY = re.compile(rf"\b(?:{_NUMBER_WORDS})\b|\([^()]*\b[0-9]{{1,3}}\b")
_AMBIGUOUS_FREQUENCY = re.compile(r"\b(?:bimensual|bisemanal|bianual)(?:es|mente)?\b")
_BETWEEN_ITEMS = re.compile(r"[,;]|\by(?=\s+[A-ZÁÉÍÓÚÑ])")
_FEWEST_LISTED = 3

_Related = Mapping[str, Sequence[str]]


class _Found(NamedTuple):
    kind: ObservationKind
    line: _Line
    about: str
    related: tuple[str, ...] = ()


def _observation_id(year: int, line: int, kind: ObservationKind) -> str:
    return f"{year}/{line}-{kind}"


def _observations(reading: _Reading, masthead: Iterable[_Line]) -> tuple[Observation, ...]:
    """Everything noticed, by line; a kind once a line."""
    found = chain(
        _of_plan(reading, masthead),
        _of_codes(reading),
        chain.from_iterable(map(_of_area, reading.areas)),
        _of_period_headings(reading),
        chain.from_iterable(map(_of_activity, reading.activities)),
        _of_titles(reading.activities),
        _of_strays(reading),
    )
    observations: dict[str, Observation] = {}
    for kind, line, about, related in found:
        id = _observation_id(reading.year, line.number, kind)
        observations.setdefault(id, Observation(id, kind, line.number, line.text, about, related))
    return tuple(sorted(observations.values(), key=lambda one: (one.line, one.kind)))


def _of_plan(reading: _Reading, masthead: Iterable[_Line]) -> Iterator[_Found]:
    dated = next((line for line in masthead if _DATE.fullmatch(line.text)), None)
    if dated and _date([dated]) is None:
        yield _Found(ObservationKind.UNREADABLE_DATE, dated, reading.plan)
    if not any(stray.kind is ObservationKind.UNREAD_LABEL for stray in reading.strays):
        yield _Found(ObservationKind.NO_DATES, reading.title, reading.plan)


class _Coded(NamedTuple):
    """An area or an activity, and the code under which it stands."""

    numbers: tuple[int, ...]
    parent: tuple[int, ...]
    line: _Line
    ref: str


def _of_codes(reading: _Reading) -> Iterator[_Found]:
    areas = [_Coded(block.numbers, reading.section, block.heading, f"area/{block.area.id}") for block in reading.areas]
    numbers = {block.area.id: block.numbers for block in reading.areas}
    activities: dict[str, list[_Coded]] = defaultdict(list)
    for block in reading.activities:
        area = block.activity.area
        activities[area].append(_Coded(block.numbers, numbers[area], block.heading, block.ref))
    first: dict[tuple[int, ...], str] = {}
    for siblings in (areas, *activities.values()):
        highest: _Coded | None = None
        for coded in siblings:
            if not _continues(coded.numbers, coded.parent):
                yield _Found(ObservationKind.MISPLACED_CODE, coded.line, coded.ref)
            if (earlier := first.setdefault(coded.numbers, coded.ref)) != coded.ref:
                yield _Found(ObservationKind.DUPLICATE_CODE, coded.line, coded.ref, (earlier,))
            if highest and coded.numbers < highest.numbers:
                yield _Found(ObservationKind.OUT_OF_ORDER, coded.line, coded.ref, (highest.ref,))
            else:
                highest = coded


def _of_area(block: _AreaBlock) -> Iterator[_Found]:
    ref = f"area/{block.area.id}"
    yield from _of_field(block.objective, ref)
    if block.area.title.endswith(","):
        yield _Found(ObservationKind.TRAILING_COMMA, block.heading, ref)


def _of_period_headings(reading: _Reading) -> Iterator[_Found]:
    printed = [(block.area.id, heading) for block in reading.areas for heading in block.area.period_headings]
    spellings: dict[Period, Counter[str]] = defaultdict(Counter)
    for _, heading in printed:
        spellings[heading.period][heading.text] += 1
    # Equally common spellings come in the order in which they were met.
    usual = {period: counted.most_common(1)[0][0] for period, counted in spellings.items()}
    for area, heading in printed:
        if heading.text != usual[heading.period]:
            yield _Found(ObservationKind.HEADING_VARIANT, _Line(heading.line, heading.text), f"area/{area}")


def _of_activity(block: _ActivityBlock) -> Iterator[_Found]:
    title = block.activity.title
    if _bare_title(title) != title:
        yield _Found(ObservationKind.LABEL_VARIANT, block.heading, block.ref)
    if title.endswith(","):
        yield _Found(ObservationKind.TRAILING_COMMA, block.heading, block.ref)
    if not block.activity.products:
        yield _Found(ObservationKind.MISSING_PRODUCT, block.heading, block.ref)
    yield from _of_wording(title, block.heading, block.ref)
    for printed in block.printed:
        yield from _of_field(printed, block.ref)
        if printed.label.use is Use.PRODUCT and _lists_several(printed.label.value):
            yield _Found(ObservationKind.SEVERAL_PRODUCTS, printed.line, block.ref)
        if printed.label.use is Use.PARTICIPANTS:
            yield from _of_wording(printed.label.value, printed.line, block.ref)


def _of_wording(text: str, line: _Line, ref: str) -> Iterator[_Found]:
    folded = _fold(text)
    if _QUANTITY.search(folded):
        yield _Found(ObservationKind.QUANTITY_IN_WORDS, line, ref)
    if _AMBIGUOUS_FREQUENCY.search(folded):
        yield _Found(ObservationKind.AMBIGUOUS_FREQUENCY, line, ref)


def _of_field(printed: _Printed, ref: str) -> Iterator[_Found]:
    line, label = printed
    if label.printed != _USUAL_LABELS[label.use]:
        yield _Found(ObservationKind.LABEL_VARIANT, line, ref)
    again = _label(_Line(line.number, label.value))
    if again and again.use is label.use:
        yield _Found(ObservationKind.REPEATED_LABEL, line, ref)
    if label.value.endswith(","):
        yield _Found(ObservationKind.TRAILING_COMMA, line, ref)


def _lists_several(product: str) -> bool:
    items = [item.strip() for item in _BETWEEN_ITEMS.split(product) if item.strip()]
    return len(items) >= _FEWEST_LISTED and all(item[0].isupper() for item in items)


def _of_titles(blocks: Sequence[_ActivityBlock]) -> Iterator[_Found]:
    by_title: dict[str, list[_ActivityBlock]] = defaultdict(list)
    for block in blocks:
        by_title[_comparable(_bare_title(block.activity.title))].append(block)
    for sharing in by_title.values():
        for block in sharing if len(sharing) > 1 else ():
            others = tuple(other.ref for other in sharing if other is not block)
            yield _Found(ObservationKind.REPEATED_TITLE, block.heading, block.ref, others)


def _of_strays(reading: _Reading) -> Iterator[_Found]:
    echoes = _activities_by_text(reading.activities)
    for line, kind, about, echo in reading.strays:
        related = () if echo is None else tuple(ref for ref in echoes.get(echo, ()) if ref != about)
        yield _Found(kind, line, about, related)
        label = _label(line)
        if label and label.printed != _USUAL_LABELS[label.use] and kind is not ObservationKind.CLOSING_TEXT:
            yield _Found(ObservationKind.LABEL_VARIANT, line, about, related)


def _activities_by_text(blocks: Iterable[_ActivityBlock]) -> _Related:
    """Who has a field that says this: comparable text to activities."""
    found: dict[str, list[str]] = defaultdict(list)
    for block in blocks:
        for text in {_comparable(printed.label.value): None for printed in block.printed}:
            found[text].append(block.ref)
    return found
