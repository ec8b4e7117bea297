"""What is this copy's own and never travels: settings, trust, drafts, the steps of undo, peers."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from gealc_tui.domain.vocabulary import Trust
from gealc_tui.errors import GealcError
from gealc_tui.store.database import Database, stored
from gealc_tui.store.registers import SEQ_BITS


class Step(NamedTuple):
    """An own change as undo sees it: `kind` is do, undo or redo; `target` the change that it undid or redid."""

    change: str
    kind: str
    target: str | None


def kept_in(path: Path, name: str) -> str | None:
    """A setting of the copy in a file, for who asks before it is opened; None too if the file cannot tell it now."""
    with suppress(GealcError, sqlite3.Error), closing(Database.read_only(path)) as db:
        return setting(db, name)
    return None


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
    # What nobody decided is asked again.
    return Trust(found) if found in set(Trust) else None


def set_trust(db: Database, replica: str, trust: Trust) -> None:
    db.execute(
        "INSERT INTO trust VALUES (?, ?) ON CONFLICT (replica) DO UPDATE SET state = excluded.state",
        [replica, trust],
    )


def forget_trust(db: Database, replica: str) -> None:
    """Nothing was decided about an author any more."""
    db.execute("DELETE FROM trust WHERE replica = ?", [replica])


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


def drafts(db: Database) -> dict[str, str]:
    """Everything that was being typed when it was last heard of, by place."""
    return dict(db.rows("SELECT place, text FROM drafts ORDER BY place"))


def add_step(db: Database, change: int, kind: str, target: int | None) -> None:
    """Notes an own change, and which one it undid or did again, by their numbers."""
    db.execute("INSERT INTO steps VALUES (?, ?, ?)", [change, kind, target])


def steps(db: Database) -> list[Step]:
    """This copy's own changes in order: each log's in that of their numbers, those of scribes between by the clock."""
    reached: dict[int, int] = {}
    found: list[tuple[int, Step]] = []
    for number, at, *step in db.rows(
        "SELECT s.change >> ?, c.at, c.id, s.kind, t.id FROM steps s JOIN changes c ON c.n = s.change"
        " LEFT JOIN changes t ON t.n = s.target ORDER BY s.change",
        [SEQ_BITS],
    ):
        reached[number] = max(at, reached.get(number, at))
        found.append((reached[number], Step(*step)))
    return [step for _, step in sorted(found, key=lambda one: one[0])]


def forget_steps(db: Database) -> None:
    """A new identity has nothing to undo."""
    db.execute("DELETE FROM steps")


# --- other copies ------------------------------------------------------------------------------------------------

Tips = dict[str, list[tuple[int, str]]]
"""For each log that somebody holds, the last change (seq and id) without a gap before it; of each branch, if any."""


class Peer(NamedTuple):
    """What another copy said of itself when it last wrote: `at` by its clock, `heard` by ours (milliseconds)."""

    have: Tips
    at: int
    heard: int
    asks: bool
    """It asked for what it lacks, and nothing was made for it since."""


def note_peer(db: Database, replica: str, said: Peer) -> None:
    """Remembers what a copy said that it holds, if this is its newest word, or it asks for the rest.

    Newer by its clock, or at least as much of everything. A clock alone would do for neither: one that was years
    ahead once would be believed for ever. Less than before is believed too, for a backup may have been put back.
    Who asks is answered by what they say they hold: at worst, the request being an old one, they get too much.
    """
    known = peers(db).get(replica)
    if known is None or said.asks or said.at >= known.at or _holds_all(said.have, known.have):
        db.execute(
            "INSERT OR REPLACE INTO peers VALUES (?, ?, ?, ?, ?)",
            [replica, json.dumps(said.have), said.at, said.heard, said.asks],
        )


def _holds_all(have: Tips, known: Tips) -> bool:
    return all(max(have.get(log, [(0, "")]))[0] >= max(tips)[0] for log, tips in known.items())


def peers(db: Database) -> dict[str, Peer]:
    """The copies that have written."""
    found = {}
    for replica, have, at, heard, asks in db.rows("SELECT replica, have, at, heard, asks FROM peers"):
        # A copy whose word cannot be understood any more has said nothing: at worst it gets too much.
        with suppress(GealcError, AttributeError, TypeError, ValueError):
            tips = {log: [(int(seq), str(id)) for seq, id in said] for log, said in stored(have).items()}
            found[replica] = Peer(tips, int(at), int(heard), bool(asks))
    return found


def note_answered(db: Database, replica: str) -> None:
    """Something was made for a copy that asked."""
    db.execute("UPDATE peers SET asks = 0 WHERE replica = ?", [replica])


# --- vouching ----------------------------------------------------------------------------------------------------


def relied_on(db: Database) -> list[str]:
    """The authors whose lists of people this copy relies on."""
    return [replica for (replica,) in db.rows("SELECT replica FROM reliance ORDER BY replica")]


def rely_on(db: Database, replica: str, relies: bool) -> None:
    """Begins or ceases to accept whom an author vouches for."""
    if relies:
        db.execute("INSERT INTO reliance VALUES (?) ON CONFLICT DO NOTHING", [replica])
    else:
        db.execute("DELETE FROM reliance WHERE replica = ?", [replica])


# --- files that were met -----------------------------------------------------------------------------------------


def changes_in_file(db: Database, digest: bytes) -> int | None:
    """How many changes a file with this SHA-256 holds, if it was taken in with nothing kept aside or left out."""
    found: int | None = db.value("SELECT changes FROM files WHERE digest = ?", [digest])
    return found


def note_file(db: Database, digest: bytes, changes: int) -> None:
    db.execute("INSERT INTO files VALUES (?, ?) ON CONFLICT DO NOTHING", [digest, changes])
