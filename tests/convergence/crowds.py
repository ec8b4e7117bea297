"""What is too much: one key in more places than any limit knew, and more strangers than there is room for."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition
from sync import forge

from gealc_tui.domain.change import Change, Edit, change_id
from gealc_tui.store import log, registers
from gealc_tui.sync import identity, reception
from gealc_tui.sync.bundle import BundleRun

from .book import NOTHING
from .copies import Letter
from .trouble import Trouble
from .world import SEEN, does, who
from .writing import activity

MANY = 70
"""Branches: version 1 took in 64 of one identity."""

ROOM = 30
"""Strangers of whom something is kept, in these histories: never as many as honest people would fill."""


class Crowds(Trouble):
    """The rules of what is too much."""

    has_many_branches = False
    has_a_crowd = False

    @precondition(lambda self: not self.has_many_branches)
    @does(number=who, one=who, other=who, activity=activity, at=st.integers(0, 3))
    def a_key_is_used_in_many_places(self, number: int, one: int, other: int, activity: str, at: int) -> None:
        """Each writes behind the same change. Two copies get the files in opposite order."""
        copy = self.speaker(self.copy(number))
        if (key := identity.load(copy.keys, copy.id)) is None:
            # Lost and given up: the next words are another identity's.
            return
        self.is_plain, self.has_many_branches = False, True
        db = copy.replica._db
        tip = log.held_of(db, key.replica).runs[-1]
        entity = f"activity/{activity}"
        over = registers.standing_of_others(db, tip.log, entity, "place")
        had = frozenset(id for id in self.book.wrote if id in copy.view.held)
        letters = []
        for n in range(MANY):
            edits = (Edit(entity, "place", f"lugar {n}", over),)
            change = Change(key.replica, tip.last + 1, tip.tip, copy.replica.clock.now + n * at, edits)
            id = change_id(change)
            self.book.write(id, change, had, copy.view.heads)
            signature = key.sign_run(change.seq, id)
            run = BundleRun(key.replica, key.key, tip.last, tip.tip, id, signature, ((id, change),))
            data = forge.bundle(key, [run], at=change.at, have={})
            letters.append(Letter(f"rama {n}.json", data, {key.replica: frozenset({id})}))
        self.files += letters[:2]
        others = [reader for reader in self.copies.values() if reader is not copy]
        for reader, order in ((one, letters), (other, letters[::-1])):
            self.take_in(others[reader % len(others)], order)
        SEEN["keys used in many places"] += 1

    @precondition(lambda self: not self.has_a_crowd)
    @does(number=who)
    def the_room_of_strangers_is_filled(self, number: int) -> None:
        """By one file of somebody accepted. Who waited before waits on; when there is room again all are kept."""
        self.is_plain, self.has_a_crowd = False, True
        self.patch.setattr(reception, "MOST_STRANGERS", ROOM)
        copy = self.copy(number)
        before = copy.aside()
        crowd = [forge.made_up(f"crowd {n}") for n in range(ROOM + 5 - len(before))]
        runs = []
        for n, one in enumerate(crowd):
            chain = forge.chain(one.replica, [(Edit(f"person/{one.replica}", "name", f"Gente {n}"),)])
            self.book.write(*chain[0], NOTHING, {})
            self.lost.add(chain[0][0])
            runs.append(forge.run(one, chain))
        sender = forge.made_up("crowd")
        self.accept(copy, sender.replica)
        letter = Letter("gente.json", forge.bundle(sender, runs, have={}), {})
        self.take_in(copy, [letter])
        aside = copy.aside()
        assert before == {author: waiting for author, waiting in aside.items() if author in before}
        assert len(aside) == ROOM
        for replica in [one.replica for one in crowd if one.replica in aside][:5]:
            self.accept(copy, replica)
        self.take_in(copy, [letter])
        here = copy.view.held.union(*copy.aside().values())
        assert {run.tip for run in runs} <= here, "there was room, and somebody was not kept"
        SEEN["rooms filled"] += 1
