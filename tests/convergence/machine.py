"""Three people with a copy each, on three machines, who exchange files as people do.

The machine knows nothing of heads, chains or views. It does what people do, through the commands and through change
files, remembers what was acknowledged to whom and what everybody had before them, and asks at the end whether the
promises hold:

- copies that hold the same changes show the same plan;
- every acknowledged value is in every log;
- two values for one field, neither of whose authors had the other's change, both stand until somebody who had both
  wrote a third;
- every copy verifies, and rebuilding alters nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gealc_tui import errors
from gealc_tui.commands import activities, differences, exchange, notes, undo
from gealc_tui.domain.change import Change, Value
from gealc_tui.domain.vocabulary import Status, Trust
from gealc_tui.replica import Replica

NAMES = ("Ana", "Eva", "Pedro")
ACTIVITIES = ("2019/1.1.1", "2019/1.1.2")
FIELDS = {"place": ["Lima", "Quito", "", "  "], "progress": ["0", "50", "100", ""], "co_leads": ["UY", "PE,UY", ""]}
TEXTS = ["uno", "dos", "tres\ncuatro", "ñandú «5»"]

who = st.sampled_from(NAMES)
activity = st.sampled_from(ACTIVITIES)
pick = st.integers(0, 30)


class Wrote(NamedTuple):
    """A change that a command acknowledged, and what its author's copy held at that moment."""

    change: str
    replica: str
    edits: tuple[tuple[str, str, Value], ...]
    had: frozenset[str]


class People(RuleBasedStateMachine):
    """The rules: what people do, in any order."""

    folders: dict[str, Path]
    """Copies that are introduced to one another, by name; set by the test."""
    opened: Callable[[Path, str], Replica]

    @initialize(clocks=st.tuples(*[st.sampled_from([0, 0, 0, 500, -(10**9), 10**11]) for _ in NAMES]))
    def start(self, clocks: tuple[int, ...]) -> None:
        """Everybody starts from the same plan; some clocks are wrong."""
        self.folder = Path(tempfile.mkdtemp())
        self.copies: dict[str, Replica] = {}
        self.files: list[tuple[str, bytes]] = []
        self.wrote: list[Wrote] = []
        for name, off in zip(NAMES, clocks, strict=True):
            shutil.copytree(self.folders[name], self.folder / name)
            self.copies[name] = type(self).opened(self.folder / name, name)
            self.copies[name].clock.now += 60_000 + off

    def teardown(self) -> None:
        if not hasattr(self, "copies"):
            return
        try:
            self.check_the_end()
        finally:
            for copy in self.copies.values():
                copy.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # --- what people do ------------------------------------------------------------------------------------------

    def _write(self, name: str, act: Callable[[Replica], Any]) -> None:
        copy = self.copies[name]
        had = held(copy)
        try:
            made = act(copy)
        except (errors.NothingToUndo, errors.NothingToRedo, errors.ChangedSince):
            assert held(copy) == had
            return
        if made is None:
            assert held(copy) == had
            return
        edits = tuple((entity, field, value) for entity, field, _, value in made.edits)
        for entity, field, value in edits:
            assert copy.read.state_of(entity)[field] == value
        self.wrote.append(Wrote(made.change, copy.id or "", edits, frozenset(had)))

    @rule(name=who, activity=activity, status=st.sampled_from(list(Status)), note=st.none() | st.sampled_from(TEXTS))
    def set_a_status(self, name: str, activity: str, status: Status, note: str | None) -> None:
        self._write(name, lambda copy: activities.set_status(copy, activity, status, note))

    @rule(name=who, activity=activity, field=st.sampled_from(sorted(FIELDS)), which=pick)
    def set_a_field(self, name: str, activity: str, field: str, which: int) -> None:
        text = FIELDS[field][which % len(FIELDS[field])]
        self._write(name, lambda copy: activities.set_field(copy, f"activity/{activity}", field, text))

    @rule(name=who, activity=activity, text=st.sampled_from(TEXTS))
    def add_a_note(self, name: str, activity: str, text: str) -> None:
        self._write(name, lambda copy: notes.add_note(copy, f"activity/{activity}", text))

    def _note(self, name: str, which: int) -> str | None:
        copy = self.copies[name]
        found = [note.id for one in ACTIVITIES for note in copy.read.notes(f"activity/{one}")]
        return found[which % len(found)] if found else None

    @rule(name=who, which=pick, text=st.sampled_from(TEXTS))
    def edit_a_note(self, name: str, which: int, text: str) -> None:
        if (note := self._note(name, which)) is not None:
            self._write(name, lambda copy: notes.edit_note(copy, note, text))

    @rule(name=who, which=pick)
    def delete_a_note(self, name: str, which: int) -> None:
        if (note := self._note(name, which)) is not None:
            self._write(name, lambda copy: notes.delete_note(copy, note))

    @rule(name=who)
    def take_back(self, name: str) -> None:
        self._write(name, undo.undo)

    @rule(name=who)
    def do_again(self, name: str) -> None:
        self._write(name, undo.redo)

    @rule(name=who, which=pick, value=pick)
    def settle_a_difference(self, name: str, which: int, value: int) -> None:
        found = self.copies[name].read.differences()
        if found:
            one = found[which % len(found)]
            change = one.values[value % len(one.values)].change
            self._write(name, lambda copy: differences.take(copy, one.entity, one.field, change))

    # --- what becomes of files -----------------------------------------------------------------------------------

    @rule(sender=who, name=who)
    def send_a_file(self, sender: str, name: str) -> None:
        """Made and taken in at once, as when two sit at one table."""
        made = exchange.export_text(self.copies[sender]).encode()
        self._merge(name, [(f"{sender}.json", made)])

    @rule(sender=who, name=who, activity=activity, status=st.sampled_from(list(Status)))
    def answer(self, sender: str, name: str, activity: str, status: Status) -> None:
        """One reads what another has to say, and then writes to the same field."""
        self.send_a_file(sender, name)
        self.set_a_status(name, activity, status, None)

    @rule(name=who, everything=st.booleans(), recipient=st.none() | who)
    def make_a_file(self, name: str, everything: bool, recipient: str | None) -> None:
        copy = self.copies[name]
        recipients = [] if recipient in (None, name) else [self.copies[recipient or ""].id or ""]
        made = exchange.export_text(copy, recipients=recipients, everything=everything)
        self.files.append((f"{len(self.files)} {name}.json", made.encode()))

    @rule(name=who, which=st.lists(pick, min_size=1, max_size=3))
    def take_in_files(self, name: str, which: list[int]) -> None:
        """Any files, late, twice and in any order; those that nobody takes in are lost."""
        if self.files:
            self._merge(name, [self.files[n % len(self.files)] for n in which])

    @rule(name=who, which=pick, place=st.integers(0, 10**6))
    def take_in_a_damaged_file(self, name: str, which: int, place: int) -> None:
        """Cut off on the way: nothing of it comes in."""
        if self.files:
            copy, (_, data) = self.copies[name], self.files[which % len(self.files)]
            had, shown = held(copy), copy.fingerprint()
            report = copy.merge([("damaged", data[: place % (len(data) - 2)])])
            assert report.refused
            assert (held(copy), copy.fingerprint()) == (had, shown)

    @rule(name=who)
    def restart(self, name: str) -> None:
        copy = self.copies[name]
        copy.close()
        self.copies[name] = copy.another()

    @rule(name=who)
    def rebuild(self, name: str) -> None:
        before = self.copies[name].fingerprint()
        self.copies[name].rebuild()
        assert self.copies[name].fingerprint() == before

    def _merge(self, name: str, files: list[tuple[str, bytes]]) -> int:
        copy = self.copies[name]
        had = held(copy)
        trial = copy.merge(files, dry_run=True)
        assert held(copy) == had
        report = copy.merge(files)
        assert not report.refused
        assert repr(report) == repr(trial)
        assert had <= held(copy)
        assert report.new == len(held(copy)) - len(had)
        return report.new

    # --- what must hold ------------------------------------------------------------------------------------------

    @invariant()
    def copies_that_hold_the_same_changes_show_the_same(self) -> None:
        shown: dict[frozenset[str], str] = {}
        for copy in getattr(self, "copies", {}).values():
            found = copy.fingerprint()
            assert shown.setdefault(frozenset(held(copy)), found) == found

    def check_the_end(self) -> None:
        # What a file holds by default must be enough.
        while True:
            files = [(name, exchange.export_text(copy).encode()) for name, copy in self.copies.items()]
            if not sum([self._merge(name, files) for name in NAMES]):
                break
        self.copies_that_hold_the_same_changes_show_the_same()
        first, *others = self.copies.values()
        for copy in others:
            assert held(copy) == held(first)
            assert copy.fingerprint() == first.fingerprint()
            assert copy.dump() == first.dump()
            assert copy.read.differences() == first.read.differences()
        for copy in self.copies.values():
            assert copy.verify() == ()
            assert all(one.missing == 0 for one in copy.people())
            self._nothing_is_lost(copy)
            self._differences_are_shown(copy)

    def _nothing_is_lost(self, copy: Replica) -> None:
        for one in self.wrote:
            change: Change = copy.change(one.change)
            assert change.replica == one.replica
            assert tuple((edit.entity, edit.field, edit.value) for edit in change.edits) == one.edits

    def _differences_are_shown(self, copy: Replica) -> None:
        """What stands in each register, by what each author had before them and nothing else."""
        registers: dict[tuple[str, str], list[tuple[Wrote, Value]]] = {}
        for one in self.wrote:
            for entity, field, value in one.edits:
                registers.setdefault((entity, field), []).append((one, value))
        shown = {
            (one.entity, one.field): {repr(value.value) for value in one.values} for one in copy.read.differences()
        }
        for (entity, field), written in registers.items():
            standing = {
                one.change: value for one, value in written if not any(one.change in other.had for other, _ in written)
            }
            assert {one.change for one in copy.read.standing(entity, field)} == set(standing)
            different = {repr(value) for value in standing.values()}
            if len(different) > 1:
                assert shown.pop((entity, field)) == different
                if entity.startswith("note/"):
                    about = copy.read.state_of(entity)["about"]
                    assert entity[5:] in {note.id for note in copy.read.notes(str(about))}
        assert not shown


def held(copy: Replica) -> set[str]:
    """The ids of all changes of people that a copy holds."""
    return {
        id for (id,) in copy._db.rows("SELECT c.id FROM changes c JOIN logs l ON l.n = c.n >> 40 WHERE l.key <> ''")
    }


def accepted(copy: Replica) -> set[str]:
    return {one.replica for one in copy.people() if one.trust is Trust.ACCEPTED}
