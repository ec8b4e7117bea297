"""What this copy held at the end of each day: local, never mailed, never signed.

Before the first words or files of a day are taken in, what is held is kept for the days since it was last written to.
A day that nobody noted is not known, and is not guessed: the copy was made later, or its clock went back.
"""

from __future__ import annotations

import json
from datetime import date, timedelta

from gealc_tui.domain.moment import HeldRun, read_runs, runs_value
from gealc_tui.store import local, run_sets
from gealc_tui.store.database import Database, stored

_SLACK = timedelta(days=2)
"""So far a clock may go back and stand for the same days."""

_WRITTEN = "written_day"
"""The setting that holds the last day on which something was taken in."""


def note(db: Database, today: date) -> None:
    """Keeps what is held, if nothing was taken in today yet. To be called before something is."""
    day = today.isoformat()
    written = local.setting(db, _WRITTEN)
    if written is not None and day <= written <= (today + _SLACK).isoformat():
        return
    # A clock that was far ahead was set right: of the days in between nothing is known.
    if today > date.min and (written is None or written < day):
        yesterday = (today - timedelta(days=1)).isoformat()
        runs = json.dumps(runs_value(run_sets.held(db)), separators=(",", ":"))
        db.execute("INSERT OR IGNORE INTO days VALUES (?, ?, ?)", [written or yesterday, yesterday, runs])
    local.set_setting(db, _WRITTEN, day)


def held_on(db: Database, day: date) -> tuple[HeldRun, ...] | None:
    """What was held at the end of a day; None if this copy does not know."""
    written = local.setting(db, _WRITTEN)
    if written is not None and day.isoformat() >= written:
        return run_sets.held(db)
    found = db.value("SELECT runs FROM days WHERE first <= ?1 AND last >= ?1", [day.isoformat()])
    return None if found is None else read_runs(stored(found))
