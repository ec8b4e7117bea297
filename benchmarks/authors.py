"""Five people who worked apart, and the signed change file that holds what they did.

Everything is made through the package's own change, identity and bundle; keys are made for the occasion and never
touch a disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.floors import Row
from gealc_tui.domain.change import NO_CHANGE, Change, Edit, change_id
from gealc_tui.domain.vocabulary import Status
from gealc_tui.sync.bundle import Bundle, BundleRun, encode
from gealc_tui.sync.identity import Identity

AUTHORS = 5
ACTIVITIES = 1_000
START = 1_552_564_800_000
"""2019-03-14, noon, UTC."""

_FIELDS = ("title", "participants", "place", "resources", "funder")
_STATUSES = tuple(status.value for status in Status)


class Shape(NamedTuple):
    """How edits fall on registers. `W`: all on the status of 1,000 activities. `V`: each author once on each of N / 5
    registers, every one with a value of its own, so that every register ends in a difference of five."""

    name: str
    edits: int

    @property
    def registers(self) -> int:
        return ACTIVITIES if self.name == "W" else self.edits // AUTHORS

    def register(self, n: int) -> int:
        """The register of an author's edit number `n`, from 0."""
        return n * 7919 % self.registers

    def edit(self, author: int, n: int) -> Edit:
        register = self.register(n)
        entity = f"activity/b/{register % ACTIVITIES}"
        if self.name == "W":
            return Edit(entity, "status", _STATUSES[(n + author + n // ACTIVITIES) % len(_STATUSES)])
        # The sixth and later fields are from the future: kept, told apart and not shown.
        place = register // ACTIVITIES
        field = _FIELDS[place] if place < len(_FIELDS) else f"field{place}"
        return Edit(entity, field, f"lugar {author}.{n}")


class Author:
    """A log that grows."""

    def __init__(self, number: int, shape: Shape) -> None:
        self.identity = Identity(Ed25519PrivateKey.generate())
        self._number = number
        self._shape = shape
        self._seq = 0
        self._tip = NO_CHANGE

    def works(self, count: int) -> BundleRun:
        """The next `count` changes, of one edit each, as the run that brings them."""
        after, previous, replica = self._seq, self._tip, self.identity.replica
        changes = []
        for n in range(after, after + count):
            at = START + n * 60_000 + self._number
            change = Change(replica, n + 1, self._tip, at, (self._shape.edit(self._number, n),))
            self._tip = change_id(change)
            changes.append((self._tip, change))
        self._seq += count
        signature = self.identity.sign_run(self._seq, self._tip)
        return BundleRun(replica, self.identity.key, after, previous, self._tip, signature, tuple(changes))


class Office:
    """The five, and what they send: files signed by the first of them."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._authors = [Author(number, shape) for number in range(AUTHORS)]
        self._n = 0

    def file(self, edits: int) -> tuple[bytes, list[Row]]:
        """A change file with the next edits, an equal part of each author, and the same edits as the floor's rows."""
        runs = tuple(author.works(edits // AUTHORS) for author in self._authors)
        sender = self._authors[0].identity
        have = {run.replica: [(run.last, run.tip)] for run in runs}
        text = encode(Bundle(sender.replica, sender.key, START, "", have, runs), sender)
        return text.encode(), list(self._rows(runs))

    def _rows(self, runs: Iterable[BundleRun]) -> Iterator[Row]:
        for run in runs:
            for _, change in run.changes:
                self._n += 1
                register = self._shape.register(change.seq - 1)
                yield Row(self._n, register, str(change.edits[0].value), change.at)
