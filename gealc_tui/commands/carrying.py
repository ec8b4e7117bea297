"""A shared folder kept in step: what the others left is taken in, what the folder lacks is added.

Each replica adds files of its own, whose names no other writes, and never alters or deletes one. So two machines may
do this at once, and whatever a folder's engine does to a file (half of it, late, under another name, not at all) is
mended when the next sync looks again: docs/decisions/0012-shared-folder.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui import errors, paths
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.replica import Replica
from gealc_tui.sync.outcomes import MergeReport

if TYPE_CHECKING:
    from gealc_tui.store.carried import Carried, Stretch
    from gealc_tui.sync.carriers.folder import Entry, Folder

_NUMBER = re.compile(r"gealc-[a-z2-7]{12}-([0-9]{6,15})-[a-z2-7]{8}\.json")


LARGEST_LEAP = 1_000_000
"""Files of one copy that may have gone from between two that are there: at one a minute, two years of work."""


class NotReadable(NamedTuple):
    """A file that cannot be used yet, under the stamp that it bore: half-written, damaged, or of a newer version."""

    name: str
    stamp: str
    error: errors.GealcError


class SyncReport(NamedTuple):
    """What a sync did. `place` is the folder as it may be shown."""

    place: str
    read: int
    """Files with changes that were read; those known from before are not."""
    merged: MergeReport
    unreadable: tuple[NotReadable, ...]
    others: tuple[str, ...]
    """What else lies there and is not looked into: subfolders (with `/` behind them), messages, archives, documents;
    and files named `.json` that were looked at for the first time and hold nothing of ours."""
    skipped: int
    """Files that were not tried again."""
    written: str | None
    """The name of the file that was added."""
    failed: errors.GealcError | None
    """Why the folder could not be read to its end, or nothing be added to it."""


def sync(
    replica: Replica, place: str, *, accept: bool = False, tired: Collection[tuple[str, str]] = frozenset()
) -> SyncReport:
    """Brings this copy and the folder at `place` (a path or a URL) in step.

    With `accept` the authors that are met are accepted. `tired` are files (name, stamp) that are not tried again.
    What could be read is taken in, also when nothing can be added. Raises FolderUnreachable, FolderAddress and
    CarrierMissing if the folder cannot be looked into, and DatabaseError.
    """
    from gealc_tui.sync.carriers.opening import open_folder

    with closing(open_folder(place if "://" in place else str(paths.expanded(place)))) as folder:
        reading = _Reading(replica, folder, accept=accept, tired=tired)
        merged = replica.merge(reading, accept=accept)
        reading.settle(merged)
        written, failed = None, reading.failed
        if failed is None:
            try:
                written = _add(replica, folder, reading)
            except errors.DatabaseError:
                raise
            except errors.GealcError as error:
                failed = error
        applied = merged._replace(files=tuple(one for one in merged.files if one.error is None))
        left = reading.unreadable, reading.others, reading.skipped
        return SyncReport(folder.place, reading.read, applied, *left, written, failed)


def known_place(place: str) -> str:
    """A place as it may be shown and kept: a whole path, or a URL without its password. Raises FolderAddress."""
    from gealc_tui.sync.carriers.opening import without_password

    return without_password(place) if "://" in place else str(paths.expanded(place).absolute())


class _Reading:
    """The files of a folder that hold what was not read before, one by one as the merge wants them."""

    def __init__(self, replica: Replica, folder: Folder, *, accept: bool, tired: Collection[tuple[str, str]]) -> None:
        self._replica = replica
        self._folder = folder
        self._tired = tired
        self._known = replica.carried(folder.place)
        seen = folder.entries()
        self._entries = [entry for entry in seen if _may_be_bundle(entry)]
        self._others = [_shown(entry) for entry in seen if not _may_be_bundle(entry) and _is_shown(entry.name)]
        self._awaited = _Awaited(replica, accept=accept)
        self._read: dict[str, Carried] = {}
        self._stamps = {entry.name: entry.stamp for entry in self._entries}
        self._refused: dict[str, NotReadable] = {}
        self.failed: errors.GealcError | None = None
        self.skipped = 0

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        for entry in self._entries:
            if self._is_done_with(entry):
                continue
            try:
                data = self._data(entry)
            except errors.FolderUnreachable as error:
                self.failed = error
                return
            if data is not None:
                yield entry.name, data

    def _is_done_with(self, entry: Entry) -> bool:
        known = self._known.get(entry.name)
        if known is not None and known.stamp == entry.stamp:
            return not any(self._awaited.includes(one) for one in known.holds)
        is_tired = (entry.name, entry.stamp) in self._tired
        self.skipped += is_tired
        return is_tired

    def _data(self, entry: Entry) -> bytes | None:
        """The bytes of what may be a bundle; None for what is none, or cannot be read. Raises FolderUnreachable."""
        from gealc_tui.store.carried import Carried
        from gealc_tui.sync.carriers.holding import stretches

        try:
            data = self._whole(entry)
        except errors.FileUnreadable as error:
            # What has gone meanwhile was deleted, which is no trouble.
            if error.reason != "missing":
                self._note_unreadable(entry.name, error)
            return None
        except (errors.TooLarge, errors.CutOff) as error:
            if isinstance(error, errors.CutOff) and not _is_ours(entry.name):
                self._note_foreign(entry.name)
            else:
                self._note_unreadable(entry.name, error)
            return None
        try:
            with self._replica.gate.passing():
                holds = stretches(data)
        except errors.GateFault as error:
            self._note_unreadable(entry.name, error)
            return None
        if holds is None:
            self._note_foreign(entry.name)
            return None
        self._read[entry.name] = Carried(entry.stamp, holds)
        return data

    def _whole(self, entry: Entry) -> bytes:
        """Raises FileUnreadable, TooLarge and CutOff."""
        from gealc_tui.sync.bundle import FORMAT, LARGEST_FILE

        data = self._folder.read(entry.name, LARGEST_FILE + 1)
        if not data.strip(b"\0"):
            # Room that an engine has made for what is still to come.
            raise errors.CutOff(line=1)
        if len(data) > LARGEST_FILE and FORMAT.encode() in data:
            raise errors.TooLarge(limit="bytes")
        return data

    def _note_unreadable(self, name: str, error: errors.GealcError) -> None:
        self._read.pop(name, None)
        self._refused[name] = NotReadable(name, self._stamps[name], error)

    def _note_foreign(self, name: str) -> None:
        """A file that is none of ours is left alone until it is another one."""
        from gealc_tui.store.carried import Carried

        self._read[name] = Carried(self._stamps[name], ())
        self._others.append(name)

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(self._others)

    @property
    def unreadable(self) -> tuple[NotReadable, ...]:
        return tuple(self._refused.values())

    @property
    def read(self) -> int:
        return sum(bool(one.holds) for one in self._read.values())

    def settle(self, merged: MergeReport) -> None:
        """Remembers what was read, except what the merge refused: that is tried again, if it may be ours."""
        for one in merged.files:
            if one.error is not None:
                # What lies inside a file is named after it.
                names = (name for name in self._stamps if one.file == name or one.file.startswith(f"{name}: "))
                name = next(names)
                if _is_foreign(one.error) and not _is_ours(name) and name not in self._refused:
                    self._note_foreign(name)
                else:
                    self._note_unreadable(name, one.error)
        self._replica.note_carried(self._folder.place, self._read)

    def there(self) -> Iterator[Stretch]:
        """All stretches in the files that are in the folder now, as far as they could be read."""
        for entry in self._entries:
            for one in (self._read.get(entry.name), self._known.get(entry.name)):
                if one is not None and one.stamp == entry.stamp:
                    yield from one.holds

    def names(self) -> Iterable[str]:
        """The names of all files that are or ever were there, as far as is known."""
        return self._known.keys() | self._stamps.keys()


class _Awaited:
    """Whose changes would be taken in if a file were read again: of people who were not accepted when it was."""

    def __init__(self, replica: Replica, *, accept: bool) -> None:
        self._accept = accept
        self._people = {one.replica: one for one in replica.people()}

    def includes(self, one: Stretch) -> bool:
        known = self._people.get(one.replica)
        if known is None:
            return self._accept
        if known.trust is Trust.STRANGER:
            return self._accept
        return known.trust is Trust.ACCEPTED and known.last < one.last


def _may_be_bundle(entry: Entry) -> bool:
    return not entry.is_folder and entry.name.lower().endswith(".json") and not entry.name.startswith(".")


_OF_SYSTEMS = {"desktop.ini", "thumbs.db", "icon\r"}


def _is_shown(name: str) -> bool:
    """Whether people see this name in their folder; what systems, offices and engines put there they do not."""
    return not name.startswith((".", "~")) and name.lower() not in _OF_SYSTEMS


def _shown(entry: Entry) -> str:
    return f"{entry.name}/" if entry.is_folder else entry.name


def _is_ours(name: str) -> bool:
    """Whether a file bears a name that this program gives: then what is no bundle yet is still on its way."""
    return _NUMBER.fullmatch(name) is not None


def _is_foreign(error: errors.GealcError) -> bool:
    """Whether a file was refused because nothing in it is ours, rather than for what befell it on its way."""
    return isinstance(error, errors.NotAChangeFile) and error.reason != "damaged"


def _add(replica: Replica, folder: Folder, reading: _Reading) -> str | None:
    """Adds a file with what the folder lacks, if it lacks anything. Returns its name."""
    from gealc_tui.commands.exchange import summary
    from gealc_tui.store.carried import Carried
    from gealc_tui.sync.carriers.holding import stretches

    there, written = list(reading.there()), None
    text = replica.bundle_lacking(there, summary(replica))
    if text is not None:
        data = text.encode("ascii")
        entry = folder.write(_name(replica, reading.names(), data), data)
        added = Carried(entry.stamp, stretches(data) or ())
        replica.note_carried(folder.place, {entry.name: added})
        there += added.holds
        written = entry.name
    reached: dict[str, int] = {}
    for one in there:
        reached[one.replica] = max(one.last, reached.get(one.replica, 0))
    replica.mark_sent(reached.get(replica.id or "", 0), scribes=reached)
    return written


def _name(replica: Replica, names: Iterable[str], data: bytes) -> str:
    """A name that nobody else writes: this replica's, a number that was never used, and a hash of the content.

    A number of a file that has gone is not used again: the deletion may still be on its way through an engine. A number
    far beyond all others is none that this copy has given, and is not counted on from. The hash keeps two processes of
    one replica, and two machines that share an identity, from writing one file.
    """
    from gealc_tui.domain.change import text_hash

    own = f"gealc-{(replica.id or '')[:12]}-"
    found = [_NUMBER.fullmatch(name) for name in names if name.startswith(own)]
    last = 0
    for number in sorted(int(one[1]) for one in found if one is not None):
        if number - last > LARGEST_LEAP:
            break
        last = number
    return f"{own}{last + 1:06}-{text_hash(data)[:8]}.json"
