"""What the plan shows to people: frozen values that the store hands out and the surfaces draw.

Light on purpose (named tuples, no models), because the first screen waits for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from gealc_tui.domain.change import Value, canonical
from gealc_tui.domain.visibility import Visibility
from gealc_tui.domain.vocabulary import Alert, Period, Status, Trust


class Mark(StrEnum):
    """Why something stands in the plan that does not stand where it should, or should not stand at all."""

    NO_AREA = "no_area"
    """No area at all: the activities that say to be in one that is unknown or withdrawn."""
    NO_PLAN = "no_plan"
    """An area that says to be in a plan that is unknown or withdrawn."""
    WITHDRAWN = "withdrawn"
    """It is withdrawn, and something living is inside."""
    CONTESTED = "contested"
    """It is withdrawn or deleted, and somebody wrote what whoever did that had not seen."""


NOWHERE = ""
"""The id of the area under which activities without one are listed, and of the plan of areas without one."""


class ActivityRow(NamedTuple):
    """An activity as the tree and lists show it."""

    id: str
    code: str
    title: str
    area: str
    rank: str
    """What activities of one area are sorted by."""
    period: Period
    status: Status
    progress: int | None
    due: str | None
    """The activity's own date, `YYYY-MM-DD`; None: the end of its period."""
    lead: str | None
    alerts: tuple[Alert, ...]
    notes: int
    differences: int
    mark: Mark | None = None


class AreaRow(NamedTuple):
    """An area with its activities in the printed order."""

    id: str
    code: str
    title: str
    objective: str | None
    activities: tuple[ActivityRow, ...]
    mark: Mark | None = None

    @property
    def done(self) -> int:
        return sum(row.status is Status.DONE for row in self.activities)


class AreaHead(NamedTuple):
    """An area without its activities: how many there are, and how many are done."""

    id: str
    code: str
    title: str
    objective: str | None
    total: int
    done: int
    mark: Mark | None = None


class PlanHead(NamedTuple):
    """A plan as the first screen needs it, whatever its size."""

    id: str
    title: str
    year: int
    areas: tuple[AreaHead, ...]
    """The plan's own in the printed order; behind them, marked, what stands nowhere."""
    mark: Mark | None = None

    @property
    def total(self) -> int:
        return sum(area.total for area in self.areas)

    @property
    def done(self) -> int:
        return sum(area.done for area in self.areas)


Row = AreaHead | ActivityRow
"""What a line of the tree shows."""


class Matching(NamedTuple):
    """The ids of the activities that a filter lets through, by area."""

    by_area: Mapping[str, frozenset[str]]

    @property
    def total(self) -> int:
        return sum(len(ids) for ids in self.by_area.values())


class SoughtWord(NamedTuple):
    """A word that is looked for, folded; `people` are the codes and replicas of those who are so called."""

    text: str
    people: tuple[str, ...] = ()


class Found(NamedTuple):
    """The first that a search found, the best ones first, and how many there are."""

    rows: tuple[Row, ...]
    total: int


class PlanOutline(NamedTuple):
    """The whole plan as the tree shows it."""

    id: str
    title: str
    year: int
    areas: tuple[AreaRow, ...]
    mark: Mark | None = None

    @property
    def activities(self) -> tuple[ActivityRow, ...]:
        return tuple(row for area in self.areas for row in area.activities)


class Author(NamedTuple):
    """Who speaks. `name` is empty for a log whose author has not said it; `genesis` is the official document."""

    replica: str
    name: str
    country: str | None
    genesis: bool = False


class NoteReading(NamedTuple):
    id: str
    about: str
    author: Author
    at: int
    """Milliseconds since 1970, UTC, by the author's clock."""
    text: str
    official: bool
    is_doubtful: bool = False
    """Whether that clock does not fit what stands around it in the author's log."""
    placed: str = ""
    """Sorts as the words were written (`domain.order`)."""


class ProductReading(NamedTuple):
    id: str
    text: str
    delivered: str | None
    evidence: str | None
    units: int | None = None


class Seen(NamedTuple):
    """A value that somebody had before them when they wrote another."""

    value: Value
    author: Author
    at: int
    is_doubtful: bool = False


class Standing(NamedTuple):
    """One of the values that stand side by side in a difference."""

    value: Value
    author: Author
    at: int
    change: str
    shown: bool
    seen: tuple[Seen, ...] = ()
    """What its author had before them; several if they settled a difference, nothing if it was empty."""
    deletes: bool = False
    """Whether the author said this value again in order to delete what it belongs to."""
    is_doubtful: bool = False
    """Whether the author's clock does not fit what stands around it in the log."""
    words: tuple[tuple[str, str, Value], ...] = ()
    """Where it is disputed whether something is deleted: what the author wrote that whoever deleted it had not seen.

    Entity (it may belong to what is deleted), field and value of each.
    """


class Choice(NamedTuple):
    """One of the ways in which a difference can be settled: a value, and those who say it."""

    value: Value
    standings: tuple[Standing, ...]

    @property
    def shown(self) -> bool:
        return any(one.shown for one in self.standings)

    @property
    def change(self) -> str:
        """A change that wrote the value."""
        return self.standings[0].change


class Difference(NamedTuple):
    """A register that holds several values, none of whose authors had seen the other's."""

    entity: str
    field: str
    activity: str | None
    """The id of the activity that it concerns, if one."""
    values: tuple[Standing, ...]
    """The one that is shown first."""

    @property
    def place(self) -> tuple[str, str]:
        """The register: entity and field."""
        return self.entity, self.field

    @property
    def is_of_deletion(self) -> bool:
        """Whether it is about the entity itself: deleted by those who had not seen what others wrote to it.

        Then its values are false, to keep it in sight, and true.
        """
        return any(one.words for one in self.values)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The values, those that are alike as one, the one that is shown first."""
        alike: dict[bytes, list[Standing]] = {}
        for one in self.values:
            alike.setdefault(canonical(one.value), []).append(one)
        return tuple(Choice(standings[0].value, tuple(standings)) for standings in alike.values())


class ObservationReading(NamedTuple):
    kind: str
    line: int
    text: str
    related: tuple[str, ...]


class EditReading(NamedTuple):
    entity: str
    field: str
    before: Value
    after: Value


class ChangeReading(NamedTuple):
    """A change as the history shows it."""

    id: str
    author: Author
    seq: int
    at: int
    edits: tuple[EditReading, ...]
    is_doubtful: bool = False
    """Whether the author's clock does not fit what stands around it in the log."""


class ActivityReading(NamedTuple):
    """Everything about one activity."""

    row: ActivityRow
    area_code: str
    area_title: str
    year: int
    participants: str | None
    place: str | None
    resources: str | None
    funder: str | None
    co_leads: tuple[str, ...]
    units_done: int | None
    units_planned: int | None
    products: tuple[ProductReading, ...]
    notes: tuple[NoteReading, ...]
    differences: tuple[Difference, ...]
    observations: tuple[ObservationReading, ...]
    plan: str | None
    """The id of the plan in which it stands."""
    origin: str | None
    """The id of the activity of an earlier plan that it continues."""

    def value(self, field: str) -> Value:
        """What a field of the activity holds (`domain.fields`)."""
        found: Value = getattr(self, field) if hasattr(self, field) else getattr(self.row, field)
        return list(found) if isinstance(found, tuple) else found


class DeletionReading(NamedTuple):
    """Something for which a deletion stands. Of several deletions the one that is newest by its author's clock."""

    entity: str
    activity: str | None
    code: str
    """The printed code of it, or of what it belongs to."""
    words: str
    """Its title or text."""
    visibility: Visibility
    author: Author
    at: int
    reason: str
    meeting: str | None
    """The id of the meeting at which it was withdrawn."""
    within: str | None
    """The area that was withdrawn with it, by the same change."""


class PersonReading(NamedTuple):
    """The author of a log, as this copy knows them."""

    replica: str
    name: str
    country: str | None
    role: str | None
    trust: Trust
    last: int
    """The last seq held of that log."""
    missing: int
    """How many changes are known to exist and are not here."""
    acknowledged: int | None
    """How many of our own changes they are known to have; None: they have never written."""
    aside: int
    """Changes that wait for the author to be accepted."""
    email: str | None = None
    holders: tuple[str, ...] = ()
    """The replicas that said to have some of what is missing."""
    heard: int | None = None
    """When a file of theirs came last, by our clock, in milliseconds."""
    asks: bool = False
    """They asked for what they lack, and nothing was made for them since."""
    successor: str | None = None
    """The replica under which the same person goes on; then nothing more is to be expected of this one."""
    branches: int = 1
    """How many branches the log has that are here: more than one, if the identity was used on several machines."""
    scribe_of: str | None = None
    """The replica that wrote down in this log what somebody filled in; None: the author writes it."""


class EntityName(NamedTuple):
    """What people know an entity by, as facts: it is put into words by `i18n.naming`.

    `kind` is that of what bears the name: a product is named by its activity, an agreement that concerns none by its
    meeting. Empty if nothing is known of it here.
    """

    kind: str = ""
    code: str = ""
    """Printed: of an activity or area; of a working group's meeting, that of its area."""
    title: str = ""
    """Of a meeting or person too, where they have one."""
    group: str = ""
    """Of a working group's meeting: the title of its area."""
    body: str = ""
    """Of a meeting: the code of who meets."""
    day: str = ""
    country: str = ""
    """Of a person."""
