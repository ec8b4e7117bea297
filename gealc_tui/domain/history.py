"""What is asked of the history: whose changes, of what, since when. Codes and ids, no words."""

from __future__ import annotations

from typing import NamedTuple

NOTE = "note"
"""As `field`: everything about notes."""


class HistoryFilter(NamedTuple):
    """Conditions that all hold; None: whatever."""

    who: str | None = None
    """A replica: only what its author wrote. The official document is shown only if it is asked for by this."""
    about: str | None = None
    """`activity/…` or `area/…`, with all that belongs to it."""
    field: str | None = None
    """A field by its code, or NOTE."""
    since: int | None = None
    """Milliseconds since 1970, UTC."""

    @property
    def is_empty(self) -> bool:
        return self == HistoryFilter()
