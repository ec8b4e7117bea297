"""Whether this machine's clock fits what is known: a clock that is far off is told to whoever writes under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gealc_tui.domain.vocabulary import ClockDoubt

if TYPE_CHECKING:
    from gealc_tui.replica import Replica

_DAY = 24 * 60 * 60 * 1000
FAR_AHEAD = 366 * _DAY
FAR_BEHIND = _DAY


def doubt(replica: Replica) -> ClockDoubt | None:
    """What speaks against this machine's clock; None if nothing does. Nothing is decided by it."""
    own, others = replica.last_instants()
    known = sorted([*others, *([own] if own is not None else [])])
    if not known:
        return None
    now = replica.clock()
    if now > known[-1] + FAR_AHEAD:
        return ClockDoubt.AHEAD
    # One lone clock that is ahead says nothing about ours.
    past = max([*sorted(others)[-2:-1], *([own] if own is not None else [])], default=None)
    return ClockDoubt.BEHIND if past is not None and now < past - FAR_BEHIND else None
