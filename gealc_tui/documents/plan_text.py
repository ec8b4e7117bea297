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

from collections import Counter
from dataclasses import dataclass, field

from gealc_tui.documents.observing import observations_of
from gealc_tui.documents.plan_body import body_of, plan_id
from gealc_tui.documents.plan_document import (
    Activity,
    Area,
    Expected,
    LineUse,
    ObservationKind,
    PeriodHeading,
    PlanDocument,
    Section,
    Use,
    observation_id,
    product_id,
)
from gealc_tui.documents.plan_labels import Label, is_unread_label, label_of, lead_of
from gealc_tui.documents.plan_lines import (
    Depth,
    Heading,
    Line,
    begins_with_activity_code,
    comparable,
    continues,
    date_of,
    dated_line,
    heading_of,
    is_areas_heading,
    is_other_period,
    period_of,
    printed_lines,
    refusal,
    title_of,
)
from gealc_tui.documents.plan_parts import ActivityBlock, AreaBlock, Parts, Printed, Stray
from gealc_tui.documents.plan_words import Words
from gealc_tui.domain.vocabulary import Period
from gealc_tui.errors import DocumentUnreadable

LONGEST_FIELD = 2_000
"""Characters of a title or a field, which is what an entity can hold (`domain.entities.LONGEST_LINE`)."""

MOST_ACTIVITIES = 500
"""Observations relate activities to each other, and so may grow with the square of their number."""


def read_plan(text: str) -> PlanDocument:
    """The document that `text` holds. Raises DocumentUnreadable where it has not the shape of a plan."""
    return _Reading(text).document()


@dataclass(slots=True)
class _Fields:
    """What an activity has said so far."""

    words: Words
    printed: list[Printed] = field(default_factory=list)
    echo: str | None = None
    after_product: bool = False

    def values(self, use: Use) -> tuple[str, ...]:
        return tuple(printed.label.value for printed in self.printed if printed.label.use is use)

    def value(self, use: Use) -> str | None:
        return next(iter(self.values(use)), None)

    def doubt(self, line: Line, label: Label | None) -> ObservationKind | None:
        """Why the line goes into no field, or None when it does."""
        if label is None:
            return (
                ObservationKind.UNREAD_LABEL if is_unread_label(line, self.words) else ObservationKind.UNLABELLED_LINE
            )
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

    def __init__(self, plan: str) -> None:
        self._plan = plan
        self._uses: Counter[tuple[int, ...]] = Counter()

    def next(self, heading: Heading) -> str:
        self._uses[heading.numbers] += 1
        use = self._uses[heading.numbers]
        return f"{self._plan}/{heading.code}" + (f"-{use}" if use > 1 else "")


class _Reading:
    """One passage through the lines, from the first to the last, each taken once."""

    def __init__(self, text: str) -> None:
        self._lines, self._last_number = printed_lines(text)
        self._position = 0
        self._title_position, self._year, self._words = self._find_title()
        self._body = body_of(line.text for line in self._lines[: self._title_position])
        self._id = plan_id(self._year, self._body)
        self._ids = _Ids(self._id)
        self._last_activity = 0
        self._title = self._lines[self._title_position]
        self._section: tuple[int, ...] = ()
        self._plan = f"plan/{self._id}"
        self._uses: list[LineUse] = []
        self._strays: list[Stray] = []
        self._areas: list[AreaBlock] = []
        self._activities: list[ActivityBlock] = []

    def document(self) -> PlanDocument:
        masthead = self._masthead()
        dated = dated_line(masthead)
        self._take(Use.TITLE, self._plan)
        preamble = self._preamble()
        heading = self._read_areas()
        self._closing()
        return PlanDocument(
            id=self._id,
            body=self._body,
            year=self._year,
            title=self._title.text,
            date=date_of(dated) if dated else None,
            masthead=tuple(line.text for line in masthead),
            preamble=preamble,
            areas_heading=heading,
            areas=tuple(block.area for block in self._areas),
            activities=tuple(block.activity for block in self._activities),
            observations=observations_of(self._parts(dated)),
            uses=tuple(self._uses),
        )

    def _parts(self, dated: Line | None) -> Parts:
        return Parts(
            *(self._year, self._words, self._plan, self._title, dated, self._section),
            *(self._areas, self._activities, self._strays),
        )

    # The lines

    @property
    def _next(self) -> Line | None:
        return self._lines[self._position] if self._position < len(self._lines) else None

    def _take(self, use: Use, entity: str) -> Line:
        line = self._lines[self._position]
        self._position += 1
        self._uses.append(LineUse(line.number, use, entity))
        return line

    def _set_aside(self, kind: ObservationKind, about: str, echo: str | None = None) -> None:
        number = self._lines[self._position].number
        line = self._take(Use.OBSERVATION, f"observation/{observation_id(self._id, number, kind)}")
        self._strays.append(Stray(line, kind, about, echo))

    def _expected(self, expected: Expected) -> DocumentUnreadable:
        """The refusal of the next line, or of the end of the document."""
        return refusal(self._next or Line(self._last_number, ""), expected)

    # The parts

    def _find_title(self) -> tuple[int, int, Words]:
        for position, line in enumerate(self._lines):
            if found := title_of(line):
                return position, *found
            if heading_of(line):
                raise refusal(line, Expected.PLAN_TITLE)
        raise DocumentUnreadable(self._last_number, Expected.PLAN_TITLE, "")

    def _masthead(self) -> list[Line]:
        return [self._take(Use.MASTHEAD, self._plan) for _ in range(self._title_position)]

    def _preamble(self) -> tuple[Section, ...]:
        sections: list[tuple[str, list[str]]] = []
        number = 0
        while (line := self._next) and not is_areas_heading(line, self._words):
            heading = heading_of(line)
            if heading and heading.depth == Depth.SECTION:
                number = heading.numbers[0]
                sections.append((self._take(Use.SECTION_HEADING, self._plan).text, []))
                continue
            if heading and not (heading.depth == Depth.AREA and continues(heading.numbers, (number,))):
                raise self._expected(Expected.AREAS)
            if not sections:
                sections.append(("", []))
            sections[-1][1].append(self._take(Use.PREAMBLE, self._plan).text)
        return tuple(Section(heading, tuple(paragraphs)) for heading, paragraphs in sections)

    def _read_areas(self) -> str:
        section = heading_of(self._next) if self._next else None
        if section is None:
            raise self._expected(Expected.AREAS)
        self._section = section.numbers
        self._last_activity = self._find_last_activity()
        line = self._take(Use.SECTION_HEADING, self._plan)
        while (next_line := self._next) and not self._begins_closing(next_line):
            heading = heading_of(next_line)
            if heading and heading.depth == Depth.AREA:
                self._area(heading)
            elif (heading and heading.depth == Depth.ACTIVITY) or _stands_in_an_area(next_line, self._words):
                raise self._expected(Expected.AREA_HEADING)
            else:
                self._set_aside(ObservationKind.UNLABELLED_LINE, self._plan)
        if not self._areas:
            raise self._expected(Expected.AREA_HEADING)
        return line.text

    def _find_last_activity(self) -> int:
        """The position of the last activity of this section; an annex may have headings of the kind too."""
        position = 0
        for at, line in enumerate(self._lines):
            heading = heading_of(line)
            if heading and heading.depth == Depth.ACTIVITY and heading.numbers[:1] == self._section:
                position = at
        return position

    def _area(self, heading: Heading) -> None:
        if not heading.title:
            raise self._expected(Expected.AREA_HEADING)
        self._refuse_long_field(heading.title)
        id = self._ids.next(heading)
        ref = f"area/{id}"
        line = self._take(Use.AREA_HEADING, ref)
        objective = self._objective(ref)
        periods: list[PeriodHeading] = []
        before = len(self._activities)
        while (next_line := self._next) and not self._begins_area_or_closing(next_line):
            self._area_line(next_line, id, periods)
        if len(self._activities) == before:
            raise self._expected(Expected.ACTIVITY)
        area = Area(
            id=id,
            code=heading.code,
            position=len(self._areas) + 1,
            title=heading.title,
            objective=objective.label.value,
            period_headings=tuple(periods),
            line=line.number,
        )
        self._areas.append(AreaBlock(area, heading.numbers, line, objective))

    def _objective(self, area: str) -> Printed:
        line = self._next
        label = label_of(line, self._words) if line else None
        if label is None or label.use is not Use.OBJECTIVE or not label.value:
            raise self._expected(Expected.OBJECTIVE)
        return Printed(self._take(Use.OBJECTIVE, area), label)

    def _area_line(self, line: Line, area: str, periods: list[PeriodHeading]) -> None:
        """A period heading, a whole activity, or a line between them."""
        heading = heading_of(line)
        if period := self._period(line):
            text = self._take(Use.PERIOD_HEADING, f"area/{area}").text
            periods.append(PeriodHeading(line.number, text, period))
        elif heading and heading.depth == Depth.ACTIVITY:
            if not periods:
                raise self._expected(Expected.PERIOD_HEADING)
            self._activity(heading, area, periods[-1].period)
        elif label_of(line, self._words):
            raise self._expected(Expected.ACTIVITY if periods else Expected.PERIOD_HEADING)
        else:
            self._refuse_bare_code(line)
            self._set_aside(ObservationKind.UNLABELLED_LINE, f"area/{area}")

    def _activity(self, heading: Heading, area: str, period: Period) -> None:
        if len(self._activities) == MOST_ACTIVITIES:
            raise self._expected(Expected.SIZE)
        if not heading.title:
            raise self._expected(Expected.ACTIVITY)
        self._refuse_long_field(heading.title)
        id = self._ids.next(heading)
        line = self._take(Use.ACTIVITY_TITLE, f"activity/{id}")
        fields = _Fields(self._words)
        while (next_line := self._next) and not self._ends_activity(next_line):
            self._activity_line(next_line, id, fields)
        activity = Activity(
            id=id,
            area=area,
            code=heading.code,
            position=len(self._activities) + 1,
            title=heading.title,
            period=period,
            products=fields.values(Use.PRODUCT),
            participants=fields.value(Use.PARTICIPANTS),
            place=fields.value(Use.PLACE),
            resources=fields.value(Use.RESOURCES),
            lead=lead_of(fields.value(Use.LEAD), self._words),
            line=line.number,
        )
        self._activities.append(ActivityBlock(activity, heading.numbers, line, tuple(fields.printed)))

    def _activity_line(self, line: Line, id: str, fields: _Fields) -> None:
        label = label_of(line, self._words)
        if label and label.use is Use.OBJECTIVE:
            raise self._expected(Expected.AREA_HEADING)
        doubt = fields.doubt(line, label)
        if doubt is None and label:
            self._refuse_long_field(label.value)
            entity = f"activity/{id}"
            if label.use is Use.PRODUCT:
                entity = f"product/{product_id(id, len(fields.values(Use.PRODUCT)) + 1)}"
            fields.printed.append(Printed(self._take(label.use, entity), label))
        elif doubt is not None:
            self._refuse_bare_code(line)
            if doubt is ObservationKind.UNLABELLED_LINE:
                fields.echo = comparable(line.text)
            self._set_aside(doubt, f"activity/{id}", fields.echo)
        fields.after_product = doubt is None and label is not None and label.use is Use.PRODUCT

    def _closing(self) -> None:
        """No entity of a plan can hold a section after the areas; it is kept as observations."""
        while self._next:
            self._set_aside(ObservationKind.CLOSING_TEXT, self._plan)

    # Where the parts end

    def _begins_closing(self, line: Line) -> bool:
        """A section with a higher number than the areas', after the last activity: `4) Anexos`."""
        heading = heading_of(line)
        return (
            heading is not None
            and heading.depth == Depth.SECTION
            and heading.numbers > self._section
            and self._position > self._last_activity
        )

    def _begins_area_or_closing(self, line: Line) -> bool:
        heading = heading_of(line)
        return (heading is not None and heading.depth == Depth.AREA) or self._begins_closing(line)

    def _ends_activity(self, line: Line) -> bool:
        heading = heading_of(line)
        return (
            (heading is not None and heading.depth == Depth.ACTIVITY)
            or self._begins_area_or_closing(line)
            or self._period(line) is not None
        )

    # Refusals

    def _period(self, line: Line) -> Period | None:
        """Refuses a period that plans have not, lest what follows be put in the one before."""
        period = period_of(line, self._words)
        if period is None and is_other_period(line, self._words):
            raise self._expected(Expected.PERIOD_HEADING)
        return period

    def _refuse_bare_code(self, line: Line) -> None:
        """`3.1.2. Taller` without the parenthesis: the activity would be lost among the observations."""
        if begins_with_activity_code(line) and heading_of(line) is None:
            raise self._expected(Expected.ACTIVITY)

    def _refuse_long_field(self, value: str) -> None:
        if len(value) > LONGEST_FIELD:
            raise self._expected(Expected.LINE_LENGTH)


def _stands_in_an_area(line: Line, words: Words) -> bool:
    """A line that only stands inside an area."""
    return label_of(line, words) is not None or period_of(line, words) is not None or begins_with_activity_code(line)
