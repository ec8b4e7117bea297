"""The things of a work plan, as the log folds them.

Each entity is a frozen model. Strict when people write, total when the log is read: `check` refuses what does not
fit a field, `read` never fails, and leaves a field at its default when the log holds a value that this version
does not understand (from a newer version, say). The views' tables take their columns from these models.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, TypeAdapter, ValidationError

from gealc_tui.domain.change import Value
from gealc_tui.domain.limits import LONGEST_EMAIL, LONGEST_LINE, LONGEST_TEXT
from gealc_tui.domain.ranking import rank_of
from gealc_tui.domain.translations import original_of
from gealc_tui.domain.vocabulary import (
    BODIES,
    COUNTRIES,
    ItemKind,
    MeetingBody,
    MeetingState,
    Period,
    PlanState,
    ProposalState,
    Role,
    Status,
)


def _country(code: str) -> str:
    if code not in COUNTRIES:
        raise ValueError("country")
    return code


def _lead(code: str) -> str:
    if code not in COUNTRIES and code not in BODIES:
        raise ValueError("country")
    return code


def _day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("date")
    return text


def _email(address: str) -> str:
    if _ADDRESS.fullmatch(address) is None:
        raise ValueError("email")
    return address


_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_WORD}(\.{_WORD})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")

Line = Annotated[str, Field(max_length=LONGEST_LINE)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Country = Annotated[str, AfterValidator(_country)]
Lead = Annotated[str, AfterValidator(_lead)]
Email = Annotated[str, Field(max_length=LONGEST_EMAIL), AfterValidator(_email)]
"""An e-mail address without quotes and accents (RFC 5321, dot-string): it stands in a header as it is."""

Day = Annotated[str, AfterValidator(_day)]
"""A calendar date, `YYYY-MM-DD`, without hour or zone."""

Number = Annotated[int, Strict(), Field(ge=0, le=1_000_000)]
Count = Annotated[int, Strict(), Field(ge=0, le=100_000)]
Percent = Annotated[int, Strict(), Field(ge=0, le=100)]
Flag = Annotated[bool, Strict()]
Order = tuple[str, str]
"""A key among what stands in one place, and the id of that place (`ranking`)."""


NEVER_CONTENT = frozenset({"order", "position", "origin", "deleted", "deleted_seen", "withdrawn"})
"""Fields that say where something stands and whether it is there, in any kind."""


class Entity(BaseModel):
    """What all entities share. `id` is the part of the entity's name after its kind."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    KIND: ClassVar[str]
    TABLE: ClassVar[str]
    VOICE: ClassVar[str] = "title"
    """The field whose author is named beside the entity: who wrote the words that are shown."""
    CONTENT: ClassVar[frozenset[str] | None] = None
    """The fields whose words a deletion hides, if its author had seen them (`visibility`); None: all but `BESIDE`."""
    BESIDE: ClassVar[frozenset[str]] = frozenset()
    """Fields that are no content, where all others are."""
    IS_RESTATED: ClassVar[bool] = False
    """Whether deleting says the content again, as readers expect that do not know `deleted_seen`."""

    id: str
    deleted: Flag = False

    @classmethod
    def is_content(cls, field: str) -> bool:
        """Whether a field holds words that nobody may hide who has not seen them."""
        if field in NEVER_CONTENT:
            return False
        return field in cls.CONTENT if cls.CONTENT is not None else field not in cls.BESIDE

    @classmethod
    def read(cls, id: str, values: Mapping[str, Value]) -> Self:
        """The entity as the log tells it. Never raises: a value that does not fit leaves the default."""
        known: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
        known["id"] = id
        try:
            return cls.model_validate(known)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_context=False, include_input=False):
                known.pop(str(fault["loc"][0]), None)
            known["id"] = id
            return cls.model_validate(known)


class Plan(Entity):
    KIND = "plan"
    TABLE = "plans"
    year: Number = 0
    title: Line = ""
    state: PlanState = PlanState.DRAFT
    preamble: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Sections before the areas: heading, paragraphs."""
    masthead: tuple[str, ...] = ()
    source: str | None = None
    source_sha256: str | None = None
    importer: Number | None = None
    body: Line | None = None
    """Whose plan it is; None: the network's annual plan."""
    origin: str | None = None
    """The id of the plan from which this one was made."""


class Area(Entity):
    KIND = "area"
    TABLE = "areas"
    plan: str = ""
    code: str = ""
    title: Line = ""
    objective: Text | None = None
    position: Number = 0
    origin: str | None = None
    """The id of the area of an earlier plan that this one continues."""
    order: Order | None = None

    @property
    def rank(self) -> str:
        """What areas of a plan are sorted by (`ranking`)."""
        return rank_of(self.order, self.plan, self.position)


class Activity(Entity):
    KIND = "activity"
    TABLE = "activities"
    area: str = ""
    code: str = ""
    title: Line = ""
    position: Number = 0
    period: Period = Period.ANNUAL
    participants: Line | None = None
    place: Line | None = None
    resources: Line | None = None
    funder: Line | None = None
    lead: Lead | None = None
    co_leads: tuple[Lead, ...] = ()
    due: Day | None = None
    status: Status = Status.PENDING
    progress: Percent | None = None
    units_done: Count | None = None
    units_planned: Count | None = None
    origin: str | None = None
    """The id of the activity of an earlier plan that this one continues."""
    series: tuple[Any, ...] | None = None
    """`[months, from, count]` of what is held again and again (`domain.series`)."""
    depends: tuple[str, ...] | None = None
    """The ids of the activities that it needs first."""
    order: Order | None = None

    @property
    def rank(self) -> str:
        """What activities of an area are sorted by (`ranking`)."""
        return rank_of(self.order, self.area, self.position)


class Product(Entity):
    KIND = "product"
    TABLE = "products"
    VOICE = "text"
    activity: str = ""
    text: Line = ""
    position: Number = 0
    delivered: Day | None = None
    evidence: Line | None = None
    """Means of verification: a link."""
    units: Count | None = None
    """How many of it were delivered."""
    order: Order | None = None

    @property
    def rank(self) -> str:
        """What products of an activity are sorted by (`ranking`)."""
        return rank_of(self.order, self.activity, self.position)


class Amendment(Entity):
    """Why the structure of a plan was changed; written in the same change as the edits that it explains."""

    KIND = "amendment"
    TABLE = "amendments"
    VOICE = "reason"
    plan: str = ""
    reason: Line = ""
    meeting: str | None = None
    """The meeting that decided it."""
    withdrawn: Flag = False
    """What it explains was taken back."""


class Proposal(Entity):
    """Edits of a plan that somebody asks the Secretariat for."""

    KIND = "proposal"
    TABLE = "proposals"
    VOICE = "reason"
    CONTENT = frozenset({"edits", "reason"})
    plan: str = ""
    edits: tuple[Any, ...] = ()
    """Each `[entity, field, value, [ids of the changes that stood there]]` (`domain.proposals`)."""
    reason: Line = ""
    state: ProposalState = ProposalState.OPEN
    word: Line | None = None
    """What was said by whoever accepted or declined it."""


class Note(Entity):
    KIND = "note"
    TABLE = "notes"
    VOICE = "text"
    CONTENT = frozenset({"text", "official"})
    IS_RESTATED = True
    about: str = ""
    """The entity that the note is on, with its kind: `activity/2019/3.1.1`."""
    text: Text = ""
    official: Flag = True


class Meeting(Entity):
    KIND = "meeting"
    TABLE = "meetings"
    VOICE = "state"
    BESIDE = frozenset({"state", "agenda"})
    plan: str | None = None
    """The plan that is treated. Meetings that older versions began do not say it."""
    body: MeetingBody = MeetingBody.OTHER
    area: str | None = None
    title: Line | None = None
    day: Day | None = None
    hour: Line | None = None
    city: Line | None = None
    """The city whose clock the hour is told by."""
    countries: tuple[Country, ...] = ()
    agenda: tuple[str, ...] = ()
    """Ids of activities, in order."""
    state: MeetingState = MeetingState.CLOSED
    """A state from a newer version counts as closed: nothing may be written at such a meeting, nor begun from it."""


class Item(Entity):
    """What a meeting decided, committed somebody to, or took note of."""

    KIND = "item"
    TABLE = "items"
    VOICE = "text"
    CONTENT = frozenset({"kind", "text", "country", "due"})
    IS_RESTATED = True
    meeting: str = ""
    about: str | None = None
    """The entity that it is about, with its kind: `activity/2019/3.1.1`; None: the meeting as a whole."""
    kind: ItemKind = ItemKind.NOTED
    text: Text = ""
    country: Lead | None = None
    """Who committed themselves: a country, or the Secretariat or the funder."""
    due: Day | None = None


class Person(Entity):
    """Who writes a log. The id is that of the replica; only that replica can say it."""

    KIND = "person"
    TABLE = "people"
    VOICE = "name"
    name: Line = ""
    country: Lead | None = None
    """A country, or the body that somebody works for: the Technical Secretariat's, the funder's."""
    role: Role = Role.FOCAL
    email: Email | None = None


class Observation(Entity):
    """What was noticed in the official document: an irregularity that the import kept and named."""

    KIND = "observation"
    TABLE = "observations"
    VOICE = "text"
    about: str = ""
    kind: str = ""
    """The kind of irregularity, a code of `documents.plan_document.ObservationKind`."""
    line: Number = 0
    text: Text = ""
    related: tuple[str, ...] = ()


ENTITIES: Mapping[str, type[Entity]] = {
    model.KIND: model
    for model in (Plan, Area, Activity, Product, Amendment, Proposal, Note, Meeting, Item, Person, Observation)
}
"""The model of each kind."""


_SAID_BESIDE = {
    ("item", "done"), ("meeting", "left_out"), ("person", "succeeds"), ("person", "scribe"), ("person", "sheet"),
    ("vouching", "people"), ("late", "state"),
    ("handover", "role"), ("handover", "to"),
    ("occurrence", "held"), ("occurrence", "meeting"), ("occurrence", "due"), ("occurrence", "reason"),
}  # fmt: skip
"""Fields that this version writes and reads, and that no view shows."""


def knows(kind: str, field: str) -> bool:
    """Whether this version knows what a field means; what it does not, a newer one wrote."""
    model = ENTITIES.get(kind)
    if (kind, field.partition(":")[0]) in _SAID_BESIDE:
        return True
    return model is not None and (original_of(kind, field) in model.model_fields or field in _OF_DELETIONS)


_OF_DELETIONS = ("deleted_seen", "withdrawn")


def default_of(kind: str, field: str) -> Value:
    """What a field shows while nobody has set it."""
    model = ENTITIES.get(kind)
    if model is None or field not in model.model_fields:
        return None
    return plain(model.model_fields[field].get_default())


def plain(value: Any) -> Value:
    """A field's value as the log holds it: enums as their codes, tuples as lists."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    return None


@cache
def _field_adapter(kind: str, field: str) -> TypeAdapter[Any]:
    info = ENTITIES[kind].model_fields[field]
    shape: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return TypeAdapter(shape)


def fits(kind: str, field: str, value: Value) -> bool:
    """Whether a person may write this value into this field. Unknown kinds and fields fit nothing."""
    model, original = ENTITIES.get(kind), original_of(kind, field)
    if model is None or original not in model.model_fields or original == "id":
        return False
    if value is None:
        return original != field or is_optional(kind, field)
    field = original
    try:
        _field_adapter(kind, field).validate_python(value)
    except ValidationError:
        return False
    return True


def is_optional(kind: str, field: str) -> bool:
    """Whether the field may be left empty."""
    annotation = ENTITIES[kind].model_fields[field].annotation
    return type(None) in get_args(annotation)
