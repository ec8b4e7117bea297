"""What people take out of sight, bring back and move about, by this version, the one before, and programs of ill will.

After every step, of each copy that had a part in it: what is out of sight somebody deleted who had all of it before
them, by the book and not by what deletions claim; and every activity that is not out of sight is in the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from gealc_tui import errors
from gealc_tui.commands import deletion
from gealc_tui.domain.change import kind_of
from gealc_tui.domain.entities import ENTITIES
from gealc_tui.domain.visibility import Visibility
from gealc_tui.replica import Replica, Setting

from .copies import Copy
from .world import SEEN, does, pick, who
from .writing import Writing

THINGS = ("activity/2019/1.1.1", "activity/2019/1.1.2", "area/2019/1.1", "plan/2019", "product/2019/1.1.1/1")

MOVES: tuple[Setting, ...] = (
    ("activity/2019/1.1.1", "area", "2019/1.1"),
    ("activity/2019/1.1.1", "area", "no hay"),
    ("activity/2019/1.1.2", "area", "otra"),
    ("area/otra", "plan", "2019"),
    ("area/otra", "plan", "no hay"),
    ("area/2019/1.1", "plan", "no hay"),
    ("area/2019/1.1", "plan", "2019"),
    ("product/2019/1.1.1/1", "activity", "2019/1.1.2"),
    ("product/2019/1.1.1/1", "activity", "2019/1.1.1"),
)

thing = st.sampled_from(THINGS)


class Deleting(Writing):
    """The rules of what is out of sight."""

    @does(number=who, thing=thing)
    def withdraw(self, number: int, thing: str) -> None:
        copy = self.copy(number)
        if self.write(copy, lambda replica: deletion.withdraw(replica, thing, "motivo"), errors.NotFound):
            found = copy.replica.read.deletion(thing)
            inside = kind_of(thing) in ("plan", "area")
            assert found is not None
            assert found.visibility is Visibility.HIDDEN or (inside and found.visibility is Visibility.OCCUPIED)
            SEEN["things withdrawn"] += 1

    @does(number=who, which=pick)
    def bring_back(self, number: int, which: int) -> None:
        copy = self.copy(number)
        found = copy.replica.read.deletions()
        if found:
            entity = found[which % len(found)].entity
            if not self.write(copy, lambda replica: deletion.bring_back(replica, entity)):
                assert copy.replica.read.approved_plans()
                return
            assert copy.replica.read.deletion(entity) is None
            SEEN["things brought back"] += 1

    @does(number=who, move=st.sampled_from(MOVES))
    def move(self, number: int, move: Setting) -> None:
        self.write(self.copy(number), lambda replica: replica.commit([move]))

    @does(number=who, thing=thing, seen=st.none() | st.just(["no such change"]))
    def delete_without_a_word(self, number: int, thing: str, seen: Any) -> None:
        """By a program that says nothing of what it saw, or claims what does not exist."""
        said = [] if seen is None else [(thing, "deleted_seen", seen)]
        self.write(self.copy(number), lambda replica: replica.commit([(thing, "deleted", True), *said]))

    @does(number=who, which=pick)
    def delete_a_note_as_the_version_before(self, number: int, which: int) -> None:
        copy = self.copy(number)
        if (note := self._some_note(copy, which)) is not None:
            self.write(copy, lambda replica: _said_again(replica, f"note/{note}"))

    @does(one=who, other=who, third=who, which=pick)
    def delete_the_same_at_the_same_time(self, one: int, other: int, third: int, which: int) -> None:
        """Two delete a note, one of them as the version before; a third receives both."""
        first, second, last = (self.copy(number) for number in (one, other, third))
        if len({first.name, second.name, last.name}) < 3 or (note := self._some_note(first, which)) is None:
            return
        entity = f"note/{note}"
        if not {(entity, "text"), (entity, "about")} <= second.view.heads.keys():
            return
        if not {first.id, second.id} <= last.accepted - last.blocked:
            return
        if any(copy.view.heads[entity, "text"] != last.view.heads.get((entity, "text")) for copy in (first, second)):
            return
        ours = self.write(first, lambda replica: replica.commit(deletion.deletion_of(replica, entity), restate=True))
        theirs = self.write(second, lambda replica: _said_again(replica, entity))
        if ours and theirs:
            for copy in (first, second):
                self.take_in(last, [self.file_of(copy, everything=True)])
            assert visibility_of(last, entity) is Visibility.HIDDEN
            SEEN["deleted by two"] += 1

    # --- what must hold ----------------------------------------------------------------------------------------------

    def _ask_what_is_in_sight(self, copy: Copy) -> None:
        hidden = {one.entity for one in copy.replica.read.deletions() if one.visibility is Visibility.HIDDEN}
        for entity in hidden:
            self._ask_what_is_hidden(copy, entity)
        self._ask_what_is_listed(copy, hidden)

    def _ask_what_is_hidden(self, copy: Copy, entity: str) -> None:
        """Each of its words was before somebody who deleted it, and whose deletion stands."""
        held = copy.view.held
        deleting = {id for id in held if self.book.wrote[id].edits.get((entity, "deleted")) is True}
        standing = [self.book.wrote[id] for id in deleting & copy.view.heads[entity, "deleted"]]
        assert standing, "nobody deleted it"
        had = frozenset().union(*(one.had | one.line for one in standing)) | deleting
        for (one, field), heads in copy.view.heads.items():
            if one == entity and ENTITIES[kind_of(one)].is_content(field):
                for id in heads & self.book.wrote.keys() - had:
                    value = self.book.wrote[id].edits[one, field]
                    again = any(by.edits.get((one, field), ...) == value for by in standing)
                    assert again or self.book.is_doubtful(id, held), "hidden, and nobody who deleted it had seen it"
        SEEN["things out of sight"] += 1

    def _ask_what_is_listed(self, copy: Copy, hidden: set[str]) -> None:
        """No activity is off every screen that is not out of sight."""
        read, today = copy.replica.read, copy.replica.today
        there = {entity for entity, _ in copy.view.heads if kind_of(entity) == "activity"}
        listed = set()
        for plan in {copy.replica.plan, *(one.id for one in read.plans())}:
            outline = read.outline(today, plan)
            rows = [f"activity/{row.id}" for row in outline.activities] if outline is not None else []
            assert len(rows) == len(set(rows))
            listed |= set(rows)
        assert listed == there - hidden


def visibility_of(copy: Copy, entity: str) -> Visibility | None:
    """What becomes of an entity that is deleted, as a copy shows it."""
    found = copy.replica.read.deletion(entity)
    return found.visibility if found is not None else None


def _said_again(replica: Replica, entity: str) -> object:
    shown: Mapping[str, Any] = replica.read.state_of(entity)
    again = [(entity, field, shown[field]) for field in ("text", "official") if field in shown]
    return replica.commit([(entity, "deleted", True), *again], restate=True)
