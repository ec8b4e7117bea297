"""Meetings as people see them: frozen values that the store hands out and the surfaces and minutes draw.

Light on purpose (named tuples, no models), because the screens of a meeting come at once.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.readings import Author
from gealc_tui.domain.vocabulary import ItemKind, MeetingBody, MeetingState

LEFT_OUT = "left_out:"
"""Begins the fields of a meeting that leave a change out of its minutes: `left_out:<change id>` = true."""

FULFILLED = "done"
"""Field of an item: the day on which somebody said that it is fulfilled. It has no column in the view of items."""


class MeetingReading(NamedTuple):
    """A meeting: planned, going on, or closed."""

    id: str
    body: MeetingBody
    area: str | None
    """Id of the area whose working group meets; None: another body."""
    area_title: str | None
    title: str | None
    """What the person who began it calls it, if they called it anything."""
    day: str | None
    """`YYYY-MM-DD`, in the city of the clock."""
    hour: str | None
    """`HH:MM`."""
    city: str | None
    """The city whose clock the hour is told by."""
    countries: tuple[str, ...]
    """Those present, by code, in the order in which they were said."""
    agenda: tuple[str, ...]
    """Ids of activities."""
    state: MeetingState
    author: Author
    """Who took the minutes: who opened or closed it last; of a planned one, who planned it."""
    at: int
    """When that was, in milliseconds since 1970, UTC, by the clock of who did it."""
    area_code: str | None = None
    plan: str | None = None
    """Id of the plan that is treated; meetings that older versions began do not say it."""
    placed: str = ""
    """Sorts as what was last said of the meeting's state was written (`domain.order`)."""

    @property
    def is_open(self) -> bool:
        return self.state is MeetingState.OPEN


class ItemReading(NamedTuple):
    """What a meeting decided, committed somebody to, or took note of."""

    id: str
    meeting: str
    about: str | None
    """Id of the activity that it is about."""
    code: str
    """That activity's printed code; empty where it is about none."""
    title: str
    kind: ItemKind
    text: str
    country: str | None
    due: str | None
    author: Author
    at: int
    done: str | None = None
    """When it was said to be fulfilled."""
    placed: str = ""
    """Sorts as the words were written (`domain.order`)."""
    guessed: bool = False
    """Among what is owed: that the group is the same as that of an earlier plan nobody said; code and title are."""


class MeetingChange(NamedTuple):
    """A register that a meeting changed: what it held when the meeting first touched it, and when it last did.

    Of what the meeting wrote anew (a note, an agreement) there is one, with the field `text` and nothing before.
    """

    activity: str | None
    """Id of the activity that it concerns, if one."""
    code: str
    entity: str
    field: str
    before: Value
    after: Value
    at: int
    """When the meeting last wrote it, by the clock of who did."""
    change: str = ""
    """The id of the change that wrote it last."""

    @property
    def kind(self) -> str:
        """`activity`, `note`, `item`, `product` …"""
        return kind_of(self.entity)

    @property
    def is_new(self) -> bool:
        """Whether the meeting wrote it anew."""
        return self.field == "text" and self.before is None and self.kind in ("note", "item")


class CheckKind(StrEnum):
    NOBODY_PRESENT = "nobody_present"
    WITHOUT_COUNTRY = "without_country"
    """An agreement that says nobody's name."""
    WITHOUT_DATE = "without_date"
    DONE_WITHOUT_EVIDENCE = "done_without_evidence"
    OCCURRENCE = "occurrence"
    """The meeting may be one of those that an activity foresees; `item` is its number."""


class Check(NamedTuple):
    """What whoever closes a meeting should look at. It forbids nothing."""

    kind: CheckKind
    activity: str | None = None
    """The activity where it can be mended."""
    code: str = ""
    item: str | None = None
    text: str = ""
    """The agreement's words, or the activity's title."""
