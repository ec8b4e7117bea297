"""When an activity is due, for reports: what a row says that another version wrote may be no day."""

from __future__ import annotations

from datetime import date

from gealc_tui.domain.alerts import period_end
from gealc_tui.domain.readings import ActivityRow


def due_of(row: ActivityRow, year: int) -> date | None:
    """Its own day, else the end of its period; None while the year is not known."""
    return day_of(row.due) or (period_end(year, row.period) if 1 <= year <= 9999 else None)


def day_of(day: str | None) -> date | None:
    """A stored day (`YYYY-MM-DD`); None for what is none."""
    try:
        return date.fromisoformat(day) if day is not None else None
    except ValueError:
        return None
