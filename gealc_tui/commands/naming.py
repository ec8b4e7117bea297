"""An entity in words, for whoever has a copy at hand: `3.6.1`, a meeting by who meets and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gealc_tui.i18n.naming import entity_label

if TYPE_CHECKING:
    # The command line has its help ready before it opens anything.
    from gealc_tui.replica import Replica


def name_of(replica: Replica, entity: str, *, titled: bool = False) -> str:
    """What people know an entity (`kind/id`) by; with `titled` an activity or area by its title too.

    A code of another plan than the one in view has that plan's year before it.
    """
    return entity_label(replica.name_of(entity), titled=titled)
