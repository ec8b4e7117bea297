"""What is this copy's own and never travels: settings, trust, drafts, the steps of undo, runs kept aside, peers."""

from __future__ import annotations

import json
from typing import NamedTuple

from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store.database import Database


class Step(NamedTuple):
    """An own change as undo sees it: `kind` is do, undo or redo; `target` the change that it undid or redid."""

    change: str
    kind: str
    target: str | None


def setting(db: Database, name: str) -> str | None:
    found: str | None = db.value("SELECT value FROM settings WHERE name = ?", [name])
    return found


def set_setting(db: Database, name: str, value: str) -> None:
    db.execute(
        "INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, value],
    )


def trust_in(db: Database, replica: str) -> Trust | None:
    """What was decided about an author; None if nothing was."""
    found = db.value("SELECT state FROM trust WHERE replica = ?", [replica])
    return None if found is None else Trust(found)


def set_trust(db: Database, replica: str, trust: Trust) -> None:
    db.execute(
        "INSERT INTO trust VALUES (?, ?) ON CONFLICT (replica) DO UPDATE SET state = excluded.state",
        [replica, trust],
    )


def decided(db: Database) -> set[str]:
    """The authors about whom something was decided."""
    return {replica for (replica,) in db.rows("SELECT replica FROM trust")}


def draft(db: Database, place: str) -> str | None:
    found: str | None = db.value("SELECT text FROM drafts WHERE place = ?", [place])
    return found


def keep_draft(db: Database, place: str, text: str) -> None:
    """Writes through what is being typed at `place`; an empty text forgets it."""
    if text:
        db.execute(
            "INSERT INTO drafts VALUES (?, ?) ON CONFLICT (place) DO UPDATE SET text = excluded.text",
            [place, text],
        )
    else:
        db.execute("DELETE FROM drafts WHERE place = ?", [place])


def add_step(db: Database, change: int, kind: str, target: str | None) -> None:
    db.execute("INSERT INTO steps VALUES (?, ?, (SELECT max(n) FROM changes WHERE id = ?))", [change, kind, target])


def steps(db: Database) -> list[Step]:
    """This copy's own changes in order."""
    return [
        Step(*row)
        for row in db.rows(
            "SELECT c.id, s.kind, t.id FROM steps s JOIN changes c ON c.n = s.change"
            " LEFT JOIN changes t ON t.n = s.target ORDER BY s.change"
        )
    ]


def forget_steps(db: Database) -> None:
    """A new identity has nothing to undo."""
    db.execute("DELETE FROM steps")


def put_aside(db: Database, replica: str, first: int, tip: str, run: str) -> None:
    """Keeps a run from change number `first` to the change `tip`."""
    db.execute("INSERT OR REPLACE INTO aside VALUES (?, ?, ?, ?)", [replica, first, tip, run])


def aside(db: Database, replica: str | None = None) -> list[tuple[str, str]]:
    """Runs that wait for their author to be accepted: replica and text, in order."""
    return [
        (found, run)
        for found, run in db.rows(
            "SELECT replica, run FROM aside WHERE ?1 IS NULL OR replica = ?1 ORDER BY replica, first",
            [replica],
        )
    ]


def forget_aside(db: Database, replica: str) -> None:
    db.execute("DELETE FROM aside WHERE replica = ?", [replica])


def note_peer(db: Database, replica: str, have: dict[str, int], at: int) -> None:
    """Remembers what a copy said that it holds, if this is its newest word.

    Newer by its clock, or at least as much of everything. A clock alone would do for neither: one that was years
    ahead once would be believed for ever. Less than before is believed too, for a backup may have been put back.
    """
    known = peers(db).get(replica, {})
    grown = all(have.get(log, 0) >= seq for log, seq in known.items())
    db.execute(
        "INSERT INTO peers VALUES (?1, ?2, ?3) ON CONFLICT (replica) DO UPDATE"
        " SET have = excluded.have, at = excluded.at WHERE excluded.at >= at OR ?4",
        [replica, json.dumps(have), at, grown],
    )


def peers(db: Database) -> dict[str, dict[str, int]]:
    """For each copy that has written, the last seq that it holds of each log without a gap."""
    return {replica: json.loads(have) for replica, have in db.rows("SELECT replica, have FROM peers")}
