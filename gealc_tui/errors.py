"""Every error that a person can meet, with its facts and without its words.

Errors are worded at the edge (`i18n.sentences`), in the language in force. What is not a `GealcError` is a
fault of the program.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence


class GealcError(Exception):
    """Something was refused or failed, for a reason that a person can be told. Facts are attributes."""

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.__dict__.update(facts)


# --- what a person asked for -------------------------------------------------------------------------------


class NotFound(GealcError):
    """No entity answers to `ref`."""

    ref: str


class NotUnderstoodHere(GealcError):
    """The difference is in something that a newer version wrote, and this one does not know what it means."""


class DayUnknown(GealcError):
    """This copy does not know what it held on a day (`YYYY-MM-DD`)."""

    day: str


class MomentUnknown(GealcError):
    """`ref` is neither a meeting that was closed, nor a moment, nor a day."""

    ref: str


class CodeIsAmbiguous(GealcError):
    """Several activities bear the printed code `ref`; `matches` are pairs of id and title."""

    ref: str
    matches: Sequence[tuple[str, str]]


class ReferenceIsAmbiguous(GealcError):
    """`ref` is the id of one thing and the year and code of another; `matches` are pairs of entity and title."""

    ref: str
    matches: Sequence[tuple[str, str]]


class NoPlan(GealcError):
    """There is no plan in this database yet."""


class PlanUnknown(GealcError):
    """No plan has `ref` as its id or its year."""

    ref: str


class PlanIsAmbiguous(GealcError):
    """`ref` may mean several plans; `matches` are pairs of id and title."""

    ref: str
    matches: Sequence[tuple[str, str]]


class YearUnexpected(GealcError):
    """A document is the plan of `year`, which is neither this year nor the next."""

    year: int


class PlanCannotGo(GealcError):
    """The plan `plan` (its id) cannot be taken out of this copy.

    `reason` is a code: left (a file that holds it was made, or it came from elsewhere), written (somebody wrote to it
    or about it).
    """

    plan: str
    reason: str


class ValueRefused(GealcError):
    """`value` does not fit `field`.

    `expected` is a code: country, one_country, date, clear_date, whole_year, fitting_weekday, hour, existing_hour,
    clear_hour, status, percent, count, flag, line, email.
    """

    field: str
    value: str
    expected: str


class CityIsUnclear(GealcError):
    """Several places are called `city`, and live by different clocks; `choices` say which (`San Juan, Argentina`)."""

    city: str
    choices: Sequence[str]


class FieldUnknown(GealcError):
    """Nobody can set `field` on this kind of entity; `choices` are the fields that can be set."""

    field: str
    choices: Sequence[str]


class TextEmpty(GealcError):
    """A text that must say something is empty."""


class TextTooLong(GealcError):
    """A text has `length` characters; `longest` are allowed."""

    length: int
    longest: int


class TextHasControlCharacters(GealcError):
    """Character number `position` (from 1) of a text cannot be written: a control character or half a pair."""

    position: int


class NothingToUndo(GealcError):
    """This copy has nothing of its own left to undo."""


class NothingToRedo(GealcError):
    """Nothing was undone since the last change."""


class ChangedSince(GealcError):
    """Undo would wipe out what `name` wrote since in `field` of `entity`."""

    entity: str
    field: str
    name: str


class NotADifference(GealcError):
    """The register has nothing to settle, or `change` is not among its values."""

    ref: str
    field: str


class DifferenceChanged(GealcError):
    """Since the person looked at the difference in `field` of `entity`, other values have come to stand there."""

    entity: str
    field: str


class NothingToSettle(GealcError):
    """No difference is such that what was asked for settles it."""


class AuthorUnclear(GealcError):
    """`ref` names nobody who stands in a difference, or several of them."""

    ref: str


class MeetingIsOpen(GealcError):
    """This copy has the meeting `meeting` (its id) open, and two at once would share what is written."""

    meeting: str


class MeetingIsNotOpen(GealcError):
    """The meeting `meeting` is planned or closed, and nothing can be agreed at it."""

    meeting: str


class MeetingNotPlanned(GealcError):
    """The meeting `meeting` has begun already."""

    meeting: str


class NothingPlanned(GealcError):
    """No meeting is fixed that could be cancelled."""


class MeetingUnknown(GealcError):
    """No meeting is open here, and none was closed that could be meant."""


class CannotWithdraw(GealcError):
    """`entity` is of a kind that is not withdrawn."""

    entity: str


class CannotMove(GealcError):
    """Something cannot stand where it is asked to.

    `reason` is a code: itself (behind itself), withdrawn (it, or what it should stand in), plan (another plan), area
    (what it should stand behind is in another area), nowhere (in no plan).
    """

    reason: str


class ReasonMissing(GealcError):
    """What is withdrawn, proposed or reopened has a reason, and none was given."""


class NotYourFunction(GealcError):
    """In a plan that was approved, a field is not written by a person of this copy's function.

    `kind` and `field` say which, `what` is the printed code of what it belongs to; `right` is a `permissions.Right`.
    """

    kind: str
    field: str
    what: str
    right: str


class PlanIsClosed(GealcError):
    """The plan (its title) is closed: it takes nothing but notes by the Secretariat, until it is reopened."""

    plan: str


class PlanIsNotThere(GealcError):
    """What was asked for (`wanted`) is not possible while the plan (its title) is in `state` (a `PlanState`)."""

    plan: str
    state: str
    wanted: str


class RoleIsNotYours(GealcError):
    """Only who has a function (a `Role`) hands it over."""

    role: str


class NoOccurrence(GealcError):
    """The series of an activity has no occurrence of that number, or it has no series."""

    number: int


class OccurrenceIsHeld(GealcError):
    """It was said already that the occurrence was held, on `day` (`YYYY-MM-DD`)."""

    number: int
    day: str


class DependsInCircle(GealcError):
    """`ref` cannot need `on` first: `on` needs `ref`, directly or not."""

    ref: str
    on: str


class PeriodIsClosed(GealcError):
    """The half-year (a `Period`) is closed already."""

    period: str


class PeriodIsOpen(GealcError):
    """The half-year (a `Period`) is not closed."""

    period: str


class LateUnknown(GealcError):
    """No change that came after a closing, or more than one, has an id that begins with `ref`."""

    ref: str


class FormUnknown(GealcError):
    """A report (`name`) is not made in `form`; `forms` are those in which it is."""

    name: str
    form: str
    forms: Sequence[str]


class FormMissing(GealcError):
    """What makes reports in `form` is not installed."""

    form: str


class NoBaseline(GealcError):
    """Nobody approved the plan (its title) yet, and no document is behind it: there is nothing to compare it with."""

    plan: str


class ProposalUnknown(GealcError):
    """No proposal, or more than one, has an id that begins with `ref`."""

    ref: str


class ProposalIsSettled(GealcError):
    """The proposal is `state` already (a `ProposalState`)."""

    proposal: str
    state: str


class ProposalIsNotYours(GealcError):
    """Only who made a proposal withdraws it."""

    proposal: str


class ProposalUnusable(GealcError):
    """Nothing of what is proposed could be written into a plan."""

    proposal: str


class AlreadySo(GealcError):
    """What is proposed for a field stands there already; `what` is the printed code of what it belongs to."""

    kind: str
    field: str
    what: str


class ValueTooDeep(GealcError):
    """A value that is to be proposed is nested deeper than a change can hold."""


class NotDeleted(GealcError):
    """What `ref` names is neither deleted nor withdrawn."""

    ref: str


class NoIdentity(GealcError):
    """Nobody has said who uses this copy; without that nothing can be written or sent."""


class IdentityLost(GealcError):
    """The database belongs to `replica`, whose private key does not lie in this home."""

    replica: str


class PersonUnknown(GealcError):
    """No log of `replica` has been met, or several begin so."""

    replica: str


class NotAccepted(GealcError):
    """The author `replica` is not accepted here, so nobody can be told to trust them, or whom they trust."""

    replica: str


class NotBlocked(GealcError):
    """The author `replica` is not blocked."""

    replica: str


class CannotBlockSelf(GealcError):
    """A copy cannot stop trusting itself."""


class ProgramFailed(GealcError):
    """A fault of the program. `report` is the file that tells of it, empty if none could be written."""

    report: str


class ProgramReplaced(GealcError):
    """The program's own files were replaced while it ran."""


class Stopped(GealcError):
    """A person stopped what was under way; nothing of it took effect."""


class NoTerminal(GealcError):
    """The application was to be opened where there is no terminal to type in and to draw on."""


# --- an editor -----------------------------------------------------------------------------------------------


class EditorMissing(GealcError):
    """No editor is chosen ($VISUAL, $EDITOR), or `command` is not there."""

    command: str


class EditorFailed(GealcError):
    """Nothing came back from an editor; `reason` is a code: status, lost, too_large, other. `path` is what it left."""

    reason: str
    path: str = ""


# --- the browser ----------------------------------------------------------------------------------------------


class BrowserMissing(GealcError):
    """What shows the application in a browser is not installed (the extra `serve`)."""


class BeyondThisMachine(GealcError):
    """The application was to be offered at `host`, which is not this machine alone."""

    host: str


class ClipboardUnread(GealcError):
    """There is nothing on the clipboard, or it cannot be read here."""


class PortTaken(GealcError):
    """Nothing can be served at `port`: another program listens there, or it needs rights."""

    port: int


# --- files ---------------------------------------------------------------------------------------------------


class FolderNotEmpty(GealcError):
    """Something was to be made in a new folder, and there are files in `path`."""

    path: str


class FileUnreadable(GealcError):
    """`path` cannot be read; `reason` is a code: of `reason_of`, too_large or encoding."""

    path: str
    reason: str


class SheetUnknown(GealcError):
    """A file has no sheet that is called `name`, or, if that is empty, none with anything in it; it has `names`."""

    name: str
    names: tuple[str, ...]


class ColumnsUnknown(GealcError):
    """`said` names no column, or nothing that a column can be; `names` can be. Empty: which one holds the codes?"""

    said: str
    names: tuple[str, ...]


class PlanNotHere(GealcError):
    """A matrix is of the plan `plan` (its id), which is not in this copy."""

    plan: str


class PlanNotInView(GealcError):
    """A matrix is of the plan `plan` (its id), which is here and not the one in view."""

    plan: str


class FileUnwritable(GealcError):
    """`path` cannot be written; `reason` is a code of `reason_of`."""

    path: str
    reason: str


class BackupFailed(FileUnwritable):
    """No copy of the database could be made in the folder `path`, so what needs one first was not done."""


WINDOWS_REASONS = {
    2: "missing", 3: "missing", 21: "missing", 53: "missing", 67: "missing",
    5: "permission", 19: "permission",
    32: "in_use", 33: "in_use", 1224: "in_use",
    267: "not_a_folder",
    39: "full", 112: "full", 1295: "full",
    64: "offline", 121: "offline", 362: "offline", 1231: "offline", 1232: "offline",
    86: "credentials", 1326: "credentials", 1909: "credentials",
    123: "name", 206: "too_long",
}  # fmt: skip
"""What Windows' own numbers of errors mean (Win32, System Error Codes); Python makes EACCES or EINVAL of many."""


def reason_of(error: OSError) -> str:
    """The code for what the system said.

    exists, missing, folder, not_a_folder, permission, in_use, full, offline, credentials, name, too_long, other.
    """
    if sys.platform == "win32" and isinstance(error, PermissionError) and _is_of_folder(error):
        return "folder"
    if (windows := WINDOWS_REASONS.get(getattr(error, "winerror", None) or 0)) is not None:
        return "too_long" if windows == "missing" and _is_beyond_windows(error) else windows
    return {
        errno.ENOENT: "missing",
        errno.EEXIST: "exists",
        errno.EISDIR: "folder",
        errno.ENOTDIR: "missing",
        errno.EACCES: "permission",
        errno.EPERM: "permission",
        errno.EROFS: "permission",
        errno.ENOSPC: "full",
        errno.ENAMETOOLONG: "too_long",
        errno.ETXTBSY: "in_use",
        getattr(errno, "EDQUOT", errno.ENOSPC): "full",
    }.get(error.errno or 0, "other")


_LONGEST_OF_WINDOWS = 248
"""Characters of a path, from which on a folder is refused unless the system was told to take long ones; a file from
260 on. Source: learn.microsoft.com, *Maximum Path Length Limitation*."""


def _is_beyond_windows(error: OSError) -> bool:
    """Whether a path is so long that Windows says of it that it is not there."""
    names = [name for name in (error.filename, error.filename2) if isinstance(name, str)]
    return any(len(name) >= _LONGEST_OF_WINDOWS and not name.startswith("\\\\?\\") for name in names)


def _is_of_folder(error: OSError) -> bool:
    """Whether a folder lies where a file was to be read or written: Windows calls that a lack of rights."""
    return any(isinstance(name, str) and os.path.isdir(name) for name in (error.filename, error.filename2))


class FolderUnreachable(GealcError):
    """The shared folder `place` cannot be used now.

    `reason` is a code: missing, not_a_folder, permission, credentials, host_key, offline, full, other.
    """

    place: str
    reason: str


class FolderAddress(GealcError):
    """`place` is no address of a shared folder; `choices` are what a URL may begin with."""

    place: str
    choices: Sequence[str]


class CarrierMissing(GealcError):
    """Folders at `scheme`:// need packages that are not installed (the optional extra `carriers`)."""

    scheme: str


class DocumentUnreadable(GealcError):
    """The official document does not have the shape of a plan. `line` counts from 1."""

    def __init__(self, line: int, expected: str, found: str) -> None:
        super().__init__(line=line, expected=expected, found=found)

    line: int
    expected: str
    found: str


class NotAChangeFile(GealcError):
    """The bytes are not a change file. `reason` is a code, `line` where it was noticed (0: not known)."""

    reason: str
    line: int


class OutlookWrapped(NotAChangeFile):
    """Outlook has wrapped what was attached in a `winmail.dat`, which hardly any other program can read."""


class ArchiveEncrypted(NotAChangeFile):
    """A zip archive that only opens with a password."""


class OtherFormat(NotAChangeFile):
    """Something else, known for what it is: `kind` is one of `sync.envelope.known.ORDER`.

    `detail` says more, if anything: of a zip archive how it is packed.
    """

    kind: str
    detail: str


class CutOff(GealcError):
    """A change file that ends too early, at line `line` (0: an archive, which has no lines)."""

    line: int


class Altered(GealcError):
    """A change file that is not as its sender wrote it. `part` says where: digest, chain, count, shape …"""

    part: str


class Forged(GealcError):
    """Something in a change file is not signed by the one in whose name it speaks."""

    replica: str


class TooLarge(GealcError):
    """A change file beyond the limits. `limit` says which: bytes, depth, integer, text, count."""

    limit: str


class GateFault(GealcError):
    """The program failed over a file, which is a fault of the program: nothing of the file was taken in.

    `kind` is the type of the error, `place` file and line; `log` is where both are kept.
    """

    kind: str
    place: str
    log: str


class NewerFormat(GealcError):
    """A change file in format `version`; this program reads up to `readable`."""

    version: int
    readable: int


# --- the database ----------------------------------------------------------------------------------------------


class DatabaseError(GealcError):
    """The database at `path` failed; `detail` is what SQLite said."""

    path: str
    detail: str


class DatabaseLocked(DatabaseError):
    """Another program has held the database for longer than we wait."""


class DatabaseReadOnly(DatabaseError):
    """The database or its folder cannot be written."""


class DatabaseCorrupt(DatabaseError):
    """The file is damaged."""


class DatabaseAltered(DatabaseError):
    """What a row holds is nothing that this program writes: damage, or another program. `detail` says what."""


class NotADatabase(DatabaseError):
    """The file is no SQLite database, or one of another program."""


class DatabaseCannotOpen(DatabaseError):
    """The file cannot be opened: a folder in its place, no permission."""


class DatabaseReplaced(DatabaseError):
    """Since the database was opened another file, or none, has come to lie under its name. Nothing was written."""


class DatabaseNewer(DatabaseError):
    """The database was written by a newer version of the program."""


class DatabaseLost(GealcError):
    """There is no database at `path`, or an empty one, and yet this is no first start.

    `copies` dated copies lie in `folder`, and `keys` keys that have written lie beside it.
    """

    path: str
    folder: str
    copies: int
    keys: int


class BackupUnknown(GealcError):
    """No copy of the database answers to `ref`, a number, a name or a path."""

    ref: str


class BackupDamaged(DatabaseError):
    """The copy at `path` is not sound, and was not put in the place of the database."""


class DiskFull(DatabaseError):
    """There is no room left on the disk."""


class DiskFailed(DatabaseError):
    """The disk did not do what SQLite asked."""
