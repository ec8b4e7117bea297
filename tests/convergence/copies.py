"""One copy of the plan as the machine sees it: what it holds and shows, whom its person accepts, and its files."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import START, Clock

from gealc_tui import errors
from gealc_tui.domain.change import is_genesis
from gealc_tui.domain.entities import ENTITIES
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.replica import Replica
from gealc_tui.store import log, views, waiting
from gealc_tui.sync.bundle import decode, decode_run

from .book import Heads, Place

BESIDE = ("gealc.db", "gealc.db-wal", "gealc.db-shm")


class View(NamedTuple):
    """What a copy held and showed at one moment. `held` are the ids of changes of people."""

    id: str
    held: frozenset[str]
    heads: Heads
    values: dict[tuple[Place, str], str]
    """What each standing change says in each register, spelled out."""
    plan: str
    """A hash of everything that is shown."""


class Letter(NamedTuple):
    """A file on its way. `holds` says which changes of each author are in it; of a damaged one, what was."""

    name: str
    data: bytes
    holds: dict[str, frozenset[str]]
    asks: str | None = None
    """The replica that asks for what it lacks."""
    is_damaged: bool = False


@dataclass
class Copy:
    """A replica that is open. `accepted` and `blocked` are what its person decided, and what follows from that."""

    name: str
    replica: Replica
    accepted: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    blocked_for: dict[str, str] = field(default_factory=dict)
    """For whose sake each of them is."""
    view: View = field(init=False)

    def __post_init__(self) -> None:
        self.view = self.look()

    @property
    def keys(self) -> Path:
        return self.replica.keys

    @property
    def folder(self) -> Path:
        return self.replica.path.parent

    @property
    def id(self) -> str:
        assert self.replica.id is not None
        return self.replica.id

    def look(self) -> View:
        """What it holds and shows now."""
        heads: dict[Place, frozenset[str]] = {}
        values = {}
        for entity, fields in self.replica.read.state().items():
            for name, standing in fields.items():
                heads[entity, name] = frozenset(change for _, change in standing)
                values.update({((entity, name), change): repr(value) for value, change in standing})
        return View(self.id, self._held(), heads, values, self._plan())

    def _held(self) -> frozenset[str]:
        return frozenset(
            id
            for (id,) in self.replica._db.rows(
                "SELECT c.id FROM changes c JOIN logs l ON l.n = c.n >> 40 WHERE l.key IS NOT NULL"
            )
        )

    def _plan(self) -> str:
        rows = [self.replica._db.rows(f"SELECT * FROM {model.TABLE} ORDER BY 1") for model in ENTITIES.values()]
        rows.append(self.replica._db.rows("SELECT * FROM deletions ORDER BY 1"))
        return hashlib.sha256(repr((self.replica.fingerprint(), rows)).encode()).hexdigest()

    def whole(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table: what was refused or broken off leaves it equal."""
        tables = self.replica._db.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        return {name: sorted(self.replica._db.rows(f"SELECT * FROM {name}"), key=repr) for (name,) in tables}

    def changes(self, replica: str) -> list[tuple[str, Any]]:
        """All changes of a replica that are here, with their ids, in their order."""
        db = self.replica._db
        runs = log.held_of(db, replica).runs
        found = [one for run in runs for one in log.changes(db, run.log, run.first, run.last)]
        return sorted(found, key=lambda one: one[1].seq)

    def aside(self) -> dict[str, set[str]]:
        """The changes of each stranger that wait."""
        found: dict[str, set[str]] = {}
        for replica in waiting.authors(self.replica._db):
            for text in waiting.texts(self.replica._db, replica):
                found.setdefault(replica, set()).update(id for id, _ in decode_run(text).changes)
        return found

    def strangers(self) -> list[str]:
        """Those of whom something waits, in the order of their names."""
        people = self.replica.people()
        return [one.replica for one in people if one.aside and one.trust is Trust.STRANGER]

    @property
    def has_key(self) -> bool:
        """Whether it can sign."""
        try:
            self.replica.require_identity()
        except errors.IdentityLost:
            return False
        return True

    def reopen(self) -> None:
        """Closes it and opens it again, as the next start of the program does, but for the look at the identity."""
        with self.closed():
            pass

    @contextmanager
    def closed(self) -> Iterator[None]:
        """While its files are moved about."""
        self.replica.close()
        yield
        self.replica = unhurried(self.replica.another())


def unhurried(replica: Replica) -> Replica:
    """Does not wait for the disk: no power fails here, and that would take most of the time."""
    replica._db.execute("PRAGMA synchronous = OFF")
    return replica


def opened(folder: Path, keys: Path, name: str, now: int = START) -> Replica:
    """The copy in a folder. Its ids begin with `name`."""
    ids = count(1)
    replica = Replica(folder / "gealc.db", keys, clock=Clock(now), new_id=lambda: f"{name}{next(ids):04}")
    return unhurried(replica)


def copy_database(source: Path, target: Path) -> None:
    """Puts the database of a closed copy in the place of another."""
    target.mkdir(exist_ok=True, mode=0o700)
    for name in BESIDE:
        (target / name).unlink(missing_ok=True)
        if (source / name).exists():
            shutil.copyfile(source / name, target / name)


def letter(name: str, text: str) -> Letter:
    """A change file that has just been made."""
    made = decode(text.encode())
    holds: dict[str, frozenset[str]] = {}
    for run in made.runs:
        if not is_genesis(run.replica):
            holds[run.replica] = holds.get(run.replica, frozenset()) | {id for id, _ in run.changes}
    return Letter(name, text.encode(), holds, made.sender if made.request else None)


class Killed(BaseException):
    """The process is no more."""


@contextmanager
def killed(*, at: int, after: bool) -> Iterator[None]:
    """The process ends when it folds for the time number `at`, before or after it did so."""
    times = count(1)
    refresh: Callable[..., Any] = views.refresh

    def last(*arguments: Any) -> Any:
        is_last = next(times) == at
        if is_last and not after:
            raise Killed
        found = refresh(*arguments)
        if is_last:
            raise Killed
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "refresh", last)
        yield
