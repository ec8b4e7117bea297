"""To which moment minutes belong, and what this copy knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gealc_tui.domain.moment import Lacking, Moment, MomentKind
from gealc_tui.domain.readings import Author

if TYPE_CHECKING:
    from gealc_tui.store.as_of import Stood
    from gealc_tui.store.queries import Queries


class Minute(NamedTuple):
    """The moment at which somebody closed a meeting."""

    moment: Moment
    author: Author
    """Who closed it."""
    others: tuple[Author, ...]
    """Those who closed it too, neither having seen the other's closing: there are other minutes."""
    lacking: tuple[Lacking, ...]
    is_verified: bool
    """Whether the plan is told as it was vouched for, even if something else lacks."""


def closings(read: Queries, meeting: str) -> tuple[Moment, ...]:
    """The closings of a meeting that stand, the latest first."""
    return tuple(one for one in read.moments(meeting) if one.kind == MomentKind.CLOSING and not one.is_withdrawn)


def lacking(read: Queries, stood: Stood) -> tuple[Lacking, ...]:
    """What a past plan lacks, by the authors' names."""
    return tuple(Lacking(read.author(one.replica), one.changes, one.reason) for one in stood.missing)
