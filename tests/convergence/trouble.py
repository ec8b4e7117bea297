"""What becomes of laptops: started again, killed, set to another year, copied, put back, their keys and marks lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition

from gealc_tui import errors
from gealc_tui.commands import activities, notes
from gealc_tui.domain.vocabulary import Status
from gealc_tui.sync import mark

from .copies import Copy, Killed, copy_database, killed, opened
from .letters import Letters, some_files
from .world import SEEN, does, pick, who
from .writing import ACTIVITIES, activity, status, text

MOST_FURTHER = 2
"""Further copies of a profile or a database in one history."""

MOST_BACKUPS = 3


class Backup(NamedTuple):
    """The home of a copy as it was, and what its person had decided."""

    copy: str
    folder: Path
    accepted: frozenset[str]
    blocked: frozenset[str]
    marks: dict[str, str]


class Trouble(Letters):
    """The rules of what happens to copies."""

    key_was_lost = False

    @does(number=who, starts=st.booleans())
    def restart(self, number: int, starts: bool) -> None:
        """`starts`: the program looks at its identity, as it does at each start."""
        self._restart(self.copy(number), starts=starts)

    def _restart(self, copy: Copy, *, starts: bool = True) -> None:
        copy.reopen()
        if starts:
            copy.replica.check_identity()
        assert all(self._is_word_of_a_successor(one) for one in self._ask(copy))

    @does(number=who)
    def rebuild(self, number: int) -> None:
        copy = self.copy(number)
        before = copy.view
        copy.replica.rebuild()
        assert copy.look() == before

    @does(number=who, off=pick)
    def the_clock_is_set(self, number: int, off: int) -> None:
        """By years at times, forwards and back."""
        self.set_clock(self.copy(number), off)

    # --- killed ------------------------------------------------------------------------------------------------------

    @some_files
    @does(number=who, which=pick, at=st.integers(1, 3), after=st.booleans(), accept=st.booleans())
    def killed_while_taking_in(self, number: int, which: int, at: int, after: bool, accept: bool) -> None:
        copy, one = self.copy(number), self.files[which % len(self.files)]
        whole = copy.whole()
        try:
            with killed(at=at, after=after):
                copy.replica.merge([(one.name, one.data)], accept=accept)
        except (Killed, errors.IdentityLost) as end:
            assert copy.whole() == whole
            SEEN["kills"] += isinstance(end, Killed)
            self._restart(copy)
            self.take_in(copy, [one], accept=accept)
        else:
            # The kill came too late.
            self.took_in(copy, one, accept=accept)

    @does(number=who, activity=activity, status=status, after=st.booleans())
    def killed_while_writing(self, number: int, activity: str, status: Status, after: bool) -> None:
        copy = self.speaker(self.copy(number))
        whole = copy.whole()
        try:
            with killed(at=1, after=after):
                activities.set_status(copy.replica, activity, status, "nunca")
        except Killed:
            assert copy.whole() == whole
            SEEN["kills"] += 1
        self._restart(copy)

    @does(number=who, text=text)
    def killed_before_the_mark_is_written(self, number: int, text: str) -> None:
        """What was acknowledged is there; the mark beside the key says less than was written."""
        copy = self.copy(number)
        self.mark_is_lost = True
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(mark, "write", lambda *_: None)
            self.write(copy, lambda replica: notes.add_note(replica, f"activity/{ACTIVITIES[0]}", text))
        self.mark_is_lost = False
        self._restart(copy)

    # --- copied ------------------------------------------------------------------------------------------------------

    may_be_copied = precondition(lambda self: sum(" " in name for name in self.copies) < MOST_FURTHER)

    def _further(self, copy: Copy) -> tuple[str, Path]:
        self.is_plain = False
        name = f"{copy.name.split()[0]} {len(self.copies) + 1}"
        return name, self.place / name

    def _joins(self, name: str, source: Copy, folder: Path, keys: Path) -> Copy:
        replica = opened(folder, keys, name, source.replica.clock.now)
        copy = Copy(name, replica, set(source.accepted), set(source.blocked))
        self.copies[name] = copy
        self._ask(copy)
        return copy

    @may_be_copied
    @does(number=who)
    def a_profile_is_copied(self, number: int) -> None:
        """The whole home, key and all, goes on on two machines."""
        copy = self.copy(number)
        name, folder = self._further(copy)
        with copy.closed():
            copy_database(copy.folder, folder)
            shutil.copytree(copy.keys, folder / "keys")
        made = self._joins(name, copy, folder, folder / "keys")
        # Whoever looks at a copy reads its clock.
        made.replica.clock.now = copy.replica.clock.now
        for (keys, replica), last in list(self.marks.items()):
            if keys == copy.keys:
                self.marks[made.keys, replica] = last
        SEEN["profiles copied"] += 1

    @may_be_copied
    @does(number=who)
    def a_database_is_copied(self, number: int) -> None:
        """Two databases have their keys in one home."""
        copy = self.copy(number)
        name, folder = self._further(copy)
        with copy.closed():
            copy_database(copy.folder, folder)
        self._joins(name, copy, folder, copy.keys)
        SEEN["databases copied"] += 1

    # --- put back ----------------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.backups) < MOST_BACKUPS)
    @does(number=who)
    def back_up(self, number: int) -> None:
        copy = self.copy(number)
        folder = self.place / f"backup {len(self.backups)}"
        with copy.closed():
            copy_database(copy.folder, folder)
            shutil.copytree(copy.keys, folder / "keys")
        marks = {replica: last for (keys, replica), last in self.marks.items() if keys == copy.keys}
        self.backups.append(Backup(copy.name, folder, frozenset(copy.accepted), frozenset(copy.blocked), marks))

    some_backups = precondition(lambda self: bool(self.backups))

    @some_backups
    @does(which=pick, starts=st.booleans())
    def a_database_is_put_back(self, which: int, starts: bool) -> None:
        """What was written since is here no more; the key and its mark are as they were."""
        self._put_back(self.backups[which % len(self.backups)], starts=starts)

    @some_backups
    @does(which=pick, starts=st.booleans(), text=text)
    def a_database_is_put_back_and_written(self, which: int, starts: bool, text: str) -> None:
        backup = self.backups[which % len(self.backups)]
        self._put_back(backup, starts=starts)
        copy = self.copies[backup.copy]
        self.write(copy, lambda replica: notes.add_note(replica, f"activity/{ACTIVITIES[0]}", text))

    @some_backups
    @does(which=pick, starts=st.booleans())
    def a_home_is_put_back(self, which: int, starts: bool) -> None:
        """Nothing on the laptop knows what was written since."""
        backup = self.backups[which % len(self.backups)]
        copy = self.copies[backup.copy]
        shutil.rmtree(copy.keys)
        shutil.copytree(backup.folder / "keys", copy.keys)
        for place in [place for place in self.marks if place[0] == copy.keys]:
            del self.marks[place]
        self.marks.update({(copy.keys, replica): last for replica, last in backup.marks.items()})
        self._put_back(backup, starts=starts)

    def _put_back(self, backup: Backup, *, starts: bool) -> None:
        self.is_plain = False
        copy = self.copies[backup.copy]
        before = copy.view.held.union(*copy.aside().values())
        with copy.closed():
            copy_database(backup.folder, copy.folder)
        copy.accepted, copy.blocked = set(backup.accepted), set(backup.blocked)
        self._ask(copy, put_back=True)
        self.lost |= before - copy.view.held
        SEEN["backups put back"] += 1
        self._restart(copy, starts=starts)

    @precondition(lambda self: not self.key_was_lost)
    @does(number=who)
    def the_key_is_lost(self, number: int) -> None:
        copy = self.copy(number)
        self.is_plain, self.key_was_lost = False, True
        (copy.keys / f"{copy.id}.key").unlink(missing_ok=True)
        self._restart(copy)
