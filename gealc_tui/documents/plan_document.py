"""What the official plan says, line by line accounted for: the frozen types that a reading gives.

It promises that a document once read does not change, that every text in it is as printed, and that everything
in it has the name (`activity/2019/3.1.1`) that it bears in the log.

How a text becomes a `PlanDocument` is `documents.plan_text`' affair.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gealc_tui.domain.vocabulary import Period


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

    # Of a Word document, beside the line that the text is; the observation's text is what is meant.
    TRACKED_INSERTION = "tracked_insertion"
    """Words that a tracked change put in; they count."""
    TRACKED_DELETION = "tracked_deletion"
    """Words that a tracked change took out; they do not."""
    COMMENT = "comment"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text_box"
    PICTURE = "picture"
    PAGE_MARGIN = "page_margin"
    """A header or a footer."""
    HIDDEN_TEXT = "hidden_text"
    LINK = "link"
    """Where a link leads that does not say so itself."""
    EXTERNAL = "external"
    """Something that lies elsewhere, and was not fetched."""
    MACRO = "macro"
    """A program in the document, which was not run."""


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

    id: str
    """The plan's id, `2019`; with it begin the ids of all that is in it."""
    body: str | None
    """Whose plan it is; None: the network's."""
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
        return f"plan/{self.id}"


def product_id(activity: str, position: int) -> str:
    """`2019/3.1.1/1` for the first product of activity `2019/3.1.1`."""
    return f"{activity}/{position}"


def observation_id(plan: str, line: int, kind: ObservationKind, part: int = 1) -> str:
    """`2019/268-second_value` for what was noticed of that kind in line 268 of the plan with that id.

    What is too long for one observation goes on in `2019/268-comment-2`, its second part.
    """
    return f"{plan}/{line}-{kind}" if part == 1 else f"{plan}/{line}-{kind}-{part}"
