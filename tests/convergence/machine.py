"""The whole machine: three to five people with a copy each, who write, exchange files and run into every trouble.

It knows nothing of heads, chains or views. It does what people do, through the commands and through change files,
remembers what was acknowledged to whom and what everybody had before them (`book`), and asks after each step what
must hold (`world`). At the end of each history everything is delivered, and then:

- all copies hold the same, show the same, and report the same differences; they tell the same histories, agendas and
  minutes, and the same plan as it stood at each closing;
- what was acknowledged is in every log, but for what a backup that was put back took from the only copy that had it;
- two values for one field, neither of whose authors had the other's change, both stand;
- what is in difference is shown so, but for what is out of sight, and where it is disputed whether it is;
- every copy verifies.

In a history in which nobody's identity was copied, put back or lost and everybody accepts everybody, files as they are
made by default are enough for that; else everything is sent to everybody, who then accept everybody.

What the machine does not check: several processes at one database and real kills (tests/store/test_processes.py),
damaged databases (test_damage.py), the backups that the program makes itself (test_backups.py), most files that are
made by ill will and rightly signed (tests/sync/test_hostile_authors.py; some are in `crowds`), people vouched for
(test_requests_and_vouching.py), folders that are shared (test_shared_folder.py), corrected documents and other years,
and the surfaces. While changes are missing of an author whose identity was used twice, it allows that author's earlier
values to stand or not (`book`).
"""

from __future__ import annotations

import shutil

from gealc_tui.domain.change import Change

from .book import NOTHING
from .copies import Copy
from .crowds import Crowds
from .meetings import Meetings, told
from .world import SEEN

MOST_ROUNDS = 20


class People(Crowds, Meetings):
    """All rules, and the end of each history."""

    def teardown(self) -> None:
        if not hasattr(self, "copies"):
            return
        try:
            if self.is_whole:
                self.everything_is_delivered()
        finally:
            for copy in self.copies.values():
                copy.replica.close()
            self.patch.undo()
            shutil.rmtree(self.place, ignore_errors=True)

    def everything_is_delivered(self) -> None:
        copies = list(self.copies.values())
        there = frozenset().union(*(copy.view.held.union(*copy.aside().values()) for copy in copies))
        if self.is_plain and all(one.id in self._known(copy) for copy in copies for one in copies):
            self._exchange(everything=False)
            assert len({copy.view.held for copy in copies}) == 1, "files as they are made by default were not enough"
            SEEN["histories in which default files were enough"] += 1
        for copy in copies:
            for replica in sorted(copy.blocked):
                self.accept(copy, replica)
        self._exchange(everything=True)
        while any(self._accept_who_still_waits(copy) for copy in copies):
            self._exchange(everything=True)
        first = told(copies[0])
        for copy in copies[1:]:
            self._tells_the_same(told(copy), first)
        for copy in copies:
            self._stood(copy)
        for copy in copies:
            assert there <= copy.view.held
            assert self.book.wrote.keys() - copy.view.held <= self.lost
            self._nothing_is_lost(copy)
            self._all_is_well(copy, copies[0])
        self._differences_are_shown(copies[0])
        SEEN["histories"] += 1
        SEEN["changes at the end"] += len(there)

    def _exchange(self, *, everything: bool) -> None:
        """Everybody sends to one, who sends to everybody, until nothing new comes any more."""
        one, *others = self.copies.values()
        for _ in range(MOST_ROUNDS):
            made = [self.file_of(copy, everything=everything) for copy in others]
            came = len(self.take_in(one, made, accept=everything))
            for copy in others:
                came += len(self.take_in(copy, [self.file_of(one, everything=everything)], accept=everything))
            if not came:
                return
        raise AssertionError("there is no end to it")

    def _accept_who_still_waits(self, copy: Copy) -> bool:
        """Whose words no copy but this one has, and aside: their author lost the key, and then put a backup back."""
        waiting = copy.strangers()
        for replica in waiting:
            self.accept(copy, replica)
            SEEN["strangers whom only one copy knew"] += 1
        return bool(waiting)

    def _nothing_is_lost(self, copy: Copy) -> None:
        for id in copy.view.held:
            change: Change = copy.replica.change(id)
            one = self.book.wrote[id]
            assert (change.replica, change.seq) == (one.replica, one.seq)
            assert {(edit.entity, edit.field): edit.value for edit in change.edits} == one.edits

    def _all_is_well(self, copy: Copy, first: Copy) -> None:
        assert copy.view._replace(id="") == first.view._replace(id="")
        assert copy.replica.dump() == first.replica.dump()
        assert copy.replica.read.differences() == first.replica.read.differences()
        assert copy.replica.verify() == ()
        gone = {self.book.wrote[id].replica for id in self.book.wrote.keys() - copy.view.held}
        assert all(one.missing == 0 or one.replica in gone for one in copy.replica.people())
        assert not copy.aside()

    def _tells_the_same(self, one: dict[str, object], other: dict[str, object]) -> None:
        """Histories, agendas, minutes, and the plan as it stood."""
        assert one.keys() == other.keys()
        for name in one:
            assert one[name] == other[name], name

    def _differences_are_shown(self, copy: Copy) -> None:
        """What nobody had before them who wrote later stands; and where what stands differs, all of it is shown."""
        held, heads = copy.view.held, copy.view.heads
        for place, ids in self.book.unseen(held).items():
            for id in ids - heads.get(place, NOTHING):
                assert self.book.is_doubtful(id, held)
        found = copy.replica.read.differences()
        disputed = {one.entity for one in found if one.is_of_deletion}
        differing = {one.place: one for one in found if not one.is_of_deletion}
        for place, standing in heads.items():
            if copy.replica.read.is_hidden(place[0]) or (place[1] == "deleted" and place[0] in disputed):
                assert place not in differing
                continue
            said = {copy.view.values[place, id] for id in standing}
            one = differing.pop(place, None)
            if len(said) == 1 or place[1] == "order":
                assert one is None
                continue
            assert one is not None
            assert {value.change for value in one.values} == standing
            assert [value.shown for value in one.values] == [True] + [False] * (len(standing) - 1)
            assert one.values[0].change == max((value.at, value.change) for value in one.values)[1]
            if place[0].startswith("note/"):
                # The change that says what it is about may be one that is lost.
                about = copy.replica.read.state_of(place[0]).get("about")
                assert about is None or place[0][5:] in {note.id for note in copy.replica.read.notes(str(about))}
            SEEN["differences at the end"] += 1
        assert not differing
