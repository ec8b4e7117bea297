"""What all rules share: the copies, the book, how something is written and taken in, and what is asked after each step.

After every step, of each copy that had a part in it:

- what it held it holds, unless a backup was put back; what it holds somebody wrote;
- in each register stands what must stand by the book, and it says what its author wrote;
- what is out of sight somebody deleted who had it before them, and every other activity is in the plan;
- it shows what every copy shows, or ever showed, that holds the same changes;
- what came in came from authors whom its person accepted, or from their successors; nothing of a file was left out
  that is of accepted authors, and what is of strangers waits;
- it writes in one line: never beside words of its own identity that it knows of, never without those that its key is
  known to have written; and who meets such words goes on under a new identity.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from conftest import KeysInOrder
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from gealc_tui import errors
from gealc_tui.domain.change import kind_of
from gealc_tui.domain.entities import ENTITIES
from gealc_tui.replica import Replica
from gealc_tui.sync import identity
from gealc_tui.sync.trust import SUCCEEDS

from .book import NOTHING, Book, Wrote
from .copies import Copy, Letter, View, opened

NAMES = ("Ana", "Eva", "Pedro", "Rosa", "Luis")
COUNTRIES = ("UY", "PE", "PA", "CR", "CL")

who = st.integers(0, 20)
"""One of the copies."""

pick = st.integers(0, 30)

TAKEN: Counter[str] = Counter()
"""How often each rule was followed, in all histories."""

SEEN: Counter[str] = Counter()
"""What really happened, in all histories."""


def does(**arguments: Any) -> Callable[[Callable[..., None]], Any]:
    """A rule whose steps are counted."""

    def made(act: Callable[..., None]) -> Any:
        @wraps(act)
        def counted(self: World, **drawn: Any) -> None:
            TAKEN[act.__name__] += 1
            self.is_whole = False
            act(self, **drawn)
            self.is_whole = True

        return rule(**arguments)(counted)

    return made


class World(RuleBasedStateMachine):
    """Copies on disk, files on their way, and a book of what was written."""

    is_whole = False
    """Whether the last step was finished: else nothing more is asked."""

    prepared: dict[int, dict[str, Path]]
    """For each number of people who accept one another the homes of all; set by the test."""

    @initialize(people=st.integers(3, 5), strangers=st.sampled_from([0, 0, 1, 2]), clocks=st.lists(pick, max_size=5))
    def begin(self, people: int, strangers: int, clocks: list[int]) -> None:
        """Three to five people have the same plan. Some know nobody and are unknown; some clocks are wrong."""
        self.place = Path(tempfile.mkdtemp())
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(identity, "Ed25519PrivateKey", KeysInOrder("later"))
        self.copies: dict[str, Copy] = {}
        self.files: list[Letter] = []
        self.backups: list[Any] = []
        self.marks: dict[tuple[Path, str], str] = {}
        self.shown: dict[frozenset[str], str] = {}
        self.succeeded: dict[str, str] = {}
        self.lost: set[str] = set()
        self.is_plain = True
        homes = self.prepared[people - strangers]
        for name in NAMES[:people]:
            home = self.place / name
            shutil.copytree(homes[name], home)
            self.copies[name] = Copy(name, opened(home, home / "keys", name))
        for copy, off in zip(self.copies.values(), clocks, strict=False):
            self.set_clock(copy, off)
        known = list(self.copies.values())[: people - strangers]
        ids = {copy.id for copy in known}
        for copy in known:
            copy.accepted = ids - {copy.id}
        self._open_the_book()
        self.is_whole = True

    def _open_the_book(self) -> None:
        copies = self.copies.values()
        people = frozenset().union(*(copy.view.held for copy in copies))
        some = next(iter(copies)).view.heads
        self.book = Book({place: heads - people for place, heads in some.items() if heads - people})
        for copy in copies:
            for id, change in copy.changes(copy.id):
                self.book.write(id, change, NOTHING, {})
                self.marks[copy.keys, copy.id] = id
        for copy in copies:
            self._ask(copy)

    def set_clock(self, copy: Copy, off: int) -> None:
        """Clocks are right, some minutes off, or years."""
        year = 31_557_600_000
        copy.replica.clock.now += [0, 0, 0, 500, -300_000, 10 * year, -10 * year, 30 * year, -45 * year][off % 9]

    def copy(self, number: int) -> Copy:
        return list(self.copies.values())[number % len(self.copies)]

    # --- writing -----------------------------------------------------------------------------------------------------

    def speaker(self, copy: Copy) -> Copy:
        """The copy, whose person says anew who they are if the key got lost."""
        if not copy.has_key:
            before = copy.view
            country = COUNTRIES[NAMES.index(copy.name.split()[0])]
            with pytest.raises(errors.IdentityLost):
                copy.replica.commit([("activity/2019/1.1.1", "place", "nada")])
            assert copy.look() == before
            copy.replica.introduce(copy.name, country, "focal")
            copy.accepted |= {before.id}
            self._ask(copy)
            SEEN["said anew who they are"] += 1
        return copy

    def write(self, copy: Copy, act: Callable[[Replica], Any], *refusals: type[errors.GealcError]) -> bool:
        """Lets a command write; whether it did. It may answer with `refusals`, and then nothing is written."""
        self.speaker(copy)
        before = copy.view
        try:
            made = act(copy.replica)
        except (*refusals, errors.NotYourFunction, errors.PlanIsClosed):
            # Once a plan was approved not everybody writes everything.
            made = None
        own = self._ask(copy)
        if made is None:
            assert all(self._is_word_of_a_successor(one) for one in own)
            return False
        if not own:
            own = [self._said_alike(copy, before, made.change)]
        *renewals, one = own
        assert all(self._is_word_of_a_successor(one) for one in renewals)
        assert one.id == made.change
        assert one.edits == {(entity, name): value for entity, name, _, value in made.edits}
        for place in one.counting:
            assert copy.view.heads[place] == {one.id}
        SEEN["changes written"] += 1
        return True

    def _said_alike(self, copy: Copy, before: View, id: str) -> Wrote:
        """What the same key wrote elsewhere, behind the same change, word for word and at the same instant: one change.

        So it goes where a home was copied whole, or put back, and its clock stands where the other's stood.
        """
        assert id in copy.view.held - before.held, "acknowledged, and not in the log"
        one = self.book.wrote[id]
        assert one.replica == before.id == copy.view.id
        self._ask_its_line(copy, one, before.held)
        if not self.mark_is_lost:
            self.marks[copy.keys, one.replica] = id
        SEEN["changes written alike"] += 1
        return one

    def _is_word_of_a_successor(self, one: Wrote) -> bool:
        return one.seq == 1 and (f"person/{one.replica}", SUCCEEDS) in one.edits

    # --- taking in ---------------------------------------------------------------------------------------------------

    def take_in(self, copy: Copy, letters: Sequence[Letter], *, accept: bool = False, trial: bool = False) -> set[str]:
        """Merges files, none of them damaged beyond use; returns what came in."""
        before, known = copy.view, self._known(copy)
        files = [(one.name, one.data) for one in letters]
        differing = self._differences(copy)
        if accept:
            met = {replica for one in letters for replica in one.holds}
            copy.accepted |= met - copy.blocked - {copy.id}
        tried = None
        if trial:
            whole = copy.whole()
            tried = copy.replica.merge(files, accept=accept, dry_run=True)
            assert copy.whole() == whole
        try:
            report = copy.replica.merge(files, accept=accept)
        except errors.IdentityLost:
            # Its own words came, and the key with which it would name its successor is no more.
            assert not copy.has_key
            self.speaker(copy)
            return self.take_in(copy, letters, accept=accept)
        own = self._ask(copy)
        assert tried is None or repr(tried) == repr(report)
        sound = {one.name for one in letters if not one.is_damaged}
        # Of a message several things may be told; each is named by the way to it.
        for outcome in report.files:
            assert outcome.error is None or outcome.file.partition(": ")[0] not in sound, outcome
        came = copy.view.held - before.held - {one.id for one in own}
        assert report.new == len(came)
        self._ask_who_it_is(copy, before, came, own, report.met_itself)
        self._ask_what_is_told(copy, differing, report)
        authors = {self.book.wrote[id].replica for id in came}
        assert authors <= known | self._known(copy)
        copy.accepted |= authors - {copy.id}
        self.ask_what_came(copy, letters)
        return came

    def took_in(self, copy: Copy, letter: Letter, *, accept: bool) -> None:
        """Looks at a copy that has merged a file, whose report nobody saw."""
        if accept:
            copy.accepted |= letter.holds.keys() - copy.blocked - {copy.id}
        before = copy.view
        known = self._known(copy)
        own = {one.id for one in self._ask(copy)}
        authors = {self.book.wrote[id].replica for id in copy.view.held - before.held - own}
        assert authors <= known | self._known(copy)
        copy.accepted |= authors - {copy.id}
        self.ask_what_came(copy, [letter])

    def _known(self, copy: Copy) -> set[str]:
        """Whose words are taken in: of those who are accepted, of their successors, and its own."""
        found = (copy.accepted | {copy.id}) - copy.blocked
        while more := {
            new for new, old in self.succeeded.items() if old in found and new not in found and new not in copy.blocked
        }:
            found |= more
        return found

    def _differences(self, copy: Copy) -> set[tuple[str, str]]:
        return {(one.entity, one.field) for one in copy.replica.read.differences() if kind_of(one.entity) in ENTITIES}

    # --- what must hold ----------------------------------------------------------------------------------------------

    def _ask(self, copy: Copy, *, put_back: bool = False) -> list[Wrote]:
        """Looks at a copy that had a part in a step. Returns what it wrote itself, in order."""
        before, copy.view = copy.view, copy.look()
        held = copy.view.held
        assert put_back or before.held <= held
        news = held - self.book.wrote.keys()
        own = [self._note(copy, before, id, change) for id, change in copy.changes(copy.id) if id in news]
        assert held <= self.book.wrote.keys(), "a change that nobody wrote"
        if copy.view.id != before.id and not put_back:
            SEEN["identities renewed"] += 1
            copy.accepted |= {before.id}
        self._ask_what_stands(copy)
        self._ask_what_is_in_sight(copy)
        assert self.shown.setdefault(held, copy.view.plan) == copy.view.plan
        return own

    def _note(self, copy: Copy, before: View, id: str, change: Any) -> Wrote:
        """Writes into the book what a copy wrote itself."""
        had = frozenset(one for one in self.book.wrote if one in copy.view.held)
        one = self.book.write(id, change, had, before.heads)
        self._ask_its_line(copy, one, had)
        if not self.mark_is_lost:
            self.marks[copy.keys, one.replica] = id
        if self._is_word_of_a_successor(one):
            old = one.edits[f"person/{one.replica}", SUCCEEDS][0]
            assert copy.replica.renewed(), "nobody was told"
            copy.replica.told_renewed()
            self.succeeded[one.replica] = old
        return one

    def _ask_its_line(self, copy: Copy, one: Wrote, had: frozenset[str]) -> None:
        """A copy that held `had` wrote `one`: behind all that its key is known to have written, which is here."""
        mark = self.marks.get((copy.keys, one.replica))
        assert mark is None or mark in had, "written under an identity that had written more than is here"
        assert self.book.of(one.replica, had) <= one.line, "written beside words of the same identity"

    mark_is_lost = False
    """Whether the mark beside the key is not written just now."""

    def _ask_what_stands(self, copy: Copy) -> None:
        held, heads = copy.view.held, copy.view.heads
        wanted = self.book.standing(held)
        for place in wanted.keys() | heads.keys():
            for id in wanted.get(place, NOTHING) ^ heads.get(place, NOTHING):
                assert self.book.is_doubtful(id, held), (place, wanted.get(place), heads.get(place))
                SEEN["doubtful values"] += 1
        for (place, id), said in copy.view.values.items():
            assert id not in self.book.wrote or repr(self.book.wrote[id].edits[place]) == said

    def _ask_what_is_in_sight(self, copy: Copy) -> None:
        """`deleting` says what."""

    def _ask_who_it_is(
        self, copy: Copy, before: View, came: set[str] | frozenset[str], own: list[Wrote], met_itself: bool
    ) -> None:
        """Whoever meets words of their own that are not theirs goes on under a new identity, and nobody else does."""
        meets = bool(self.book.of(before.id, came))
        assert met_itself == meets
        assert (copy.view.id != before.id) == meets
        assert [one.replica for one in own] == ([copy.view.id] if meets else [])
        if meets:
            assert self.succeeded[copy.view.id] == before.id
            old, new = (copy.replica.read.person(id) for id in (before.id, copy.view.id))
            if old != new:
                # A later file of the same merge brought what another machine of the same identity calls itself.
                assert new is not None
                assert new[0] in self._names(before.id)
                SEEN["called otherwise elsewhere"] += 1
            SEEN["own words met"] += 1

    def _names(self, replica: str) -> set[object]:
        """What somebody ever called themselves."""
        place = (f"person/{replica}", "name")
        return {one.edits[place] for one in self.book.wrote.values() if one.replica == replica and place in one.edits}

    def _ask_what_is_told(self, copy: Copy, differing: set[tuple[str, str]], report: Any) -> None:
        now = self._differences(copy)
        assert {(one.entity, one.field) for one in report.opened} == now - differing
        assert {(one.entity, one.field) for one in report.settled} == differing - now
        SEEN["differences opened"] += len(report.opened)
        SEEN["differences settled by others"] += len(report.settled)

    def ask_what_came(self, copy: Copy, letters: Sequence[Letter]) -> None:
        """Nothing of a file is left out without a word."""
        held, aside = copy.view.held, copy.aside()
        for one in letters:
            for author, ids in one.holds.items():
                if author in copy.blocked or one.is_damaged:
                    continue
                if author in copy.accepted or author == copy.id:
                    assert ids <= held
                else:
                    assert ids <= held | aside.get(author, set())
                    SEEN["runs of strangers"] += 1
        for author, waiting in aside.items():
            assert author not in copy.accepted - copy.blocked
            old = self.succeeded.get(author)
            if old in (copy.accepted | {copy.id}) - copy.blocked and self.book.of(old, held):
                assert not self._proof(author) & waiting, "a successor was not taken for one"

    def _proof(self, author: str) -> set[str]:
        return {one.id for one in self.book.wrote.values() if one.replica == author and one.seq == 1}
