"""The end of a meeting: what to look at before, closing it, and its files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui import errors
from gealc_tui.commands import series
from gealc_tui.commands.agreements import require_open
from gealc_tui.commands.meeting_looking import changes, items, reading, require_none_open
from gealc_tui.commands.planning import body_stem, calendar_file, free_calendar
from gealc_tui.domain.meetings import LEFT_OUT, Check, CheckKind, MeetingChange, MeetingReading
from gealc_tui.domain.moment import Moment, MomentDraft, MomentKind
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.vocabulary import ItemKind, MeetingState, Status
from gealc_tui.i18n import t
from gealc_tui.replica import Committed, Replica
from gealc_tui.reports.commitments import plan_of

if TYPE_CHECKING:
    from gealc_tui.commands.exchange import Parcel
    from gealc_tui.reports.acta import Acta
    from gealc_tui.reports.document import Document


def checks(replica: Replica, id: str) -> tuple[Check, ...]:
    """What lacks before the minutes can go out, in the order of the agenda; nothing if all is well."""
    meeting = reading(replica, id)
    found = [] if meeting.countries else [Check(CheckKind.NOBODY_PRESENT)]
    for item in items(replica, id):
        if item.kind is ItemKind.COMMITMENT and item.country is None:
            found.append(Check(CheckKind.WITHOUT_COUNTRY, item.about, item.code, item.id, item.text))
        if item.kind is ItemKind.COMMITMENT and item.due is None:
            found.append(Check(CheckKind.WITHOUT_DATE, item.about, item.code, item.id, item.text))
        if item.kind is ItemKind.DECISION:
            found.append(Check(CheckKind.WITHOUT_COUNTRY, item.about, item.code, item.id, item.text))
    for change in changes(replica, id):
        if change.activity is not None and (change.field, change.after) == ("status", Status.DONE.value):
            products = replica.read.products(change.activity)
            if not any(product.evidence for product in products):
                title = replica.read.activity(change.activity, replica.today).row.title
                found.append(Check(CheckKind.DONE_WITHOUT_EVIDENCE, change.activity, change.code, None, title))
    found += _occurrences(replica, meeting)
    place = {activity: n for n, activity in enumerate(meeting.agenda)}
    return tuple(sorted(found, key=lambda one: place.get(one.activity or "", -1 if one.activity is None else 10**6)))


_NEAR = timedelta(days=45)
"""So far from the day that was foreseen a meeting may be an occurrence of it."""


def _occurrences(replica: Replica, meeting: MeetingReading) -> list[Check]:
    """Occurrences on the agenda of a group's meeting that it may have been, for each activity the nearest."""
    if meeting.area is None or meeting.day is None:
        return []
    day, found = date.fromisoformat(meeting.day), []
    for activity in meeting.agenda:
        many = replica.read.occurrences(activity)
        if any(one.meeting == meeting.id for one in many):
            continue
        far = {abs(date.fromisoformat(one.due) - day): one for one in many if one.held is None}
        if far and min(far) <= _NEAR:
            one, row = far[min(far)], replica.read.activity(activity, replica.today).row
            text = t("{title} ({n} de {total})", title=row.title, n=one.number, total=len(many))
            found.append(Check(CheckKind.OCCURRENCE, activity, row.code, str(one.number), text))
    return found


def take_as_occurrence(replica: Replica, id: str, check: Check) -> Committed:
    """Says that a meeting was the occurrence that a check names. Raises NotFound, OccurrenceIsHeld."""
    day = reading(replica, id).day
    return series.held(replica, f"activity/{check.activity}", int(check.item or 0), on=day, meeting=id)


def close(replica: Replica, id: str) -> Committed | None:
    """Closes a meeting; what is written afterwards is no part of it. Raises MeetingIsNotOpen and NotFound.

    The same change says what is held at that moment, from which everybody tells the same minutes.
    """
    meeting = require_open(replica, id)
    draft = MomentDraft(MomentKind.CLOSING, plan_of(replica.read, meeting), meeting.day, id)
    return replica.commit([(f"meeting/{id}", "state", MeetingState.CLOSED.value)], moment=draft)


def written_on_other_days(replica: Replica, id: str) -> tuple[OtherDay, ...]:
    """What is in the minutes of a meeting and was written on another day than the rest of it, by day.

    A meeting that somebody forgot to close takes in what was meant for no meeting. Its day is the one that it says, or
    the first on which something was written, if it is written down later. Raises NotFound.
    """
    by_day: dict[str, list[MeetingChange]] = {}
    for one in changes(replica, id):
        by_day.setdefault(local_day(one.at).isoformat(), []).append(one)
    own = reading(replica, id).day
    own = own if own in by_day else min(by_day, default=None)
    return tuple(OtherDay(day, tuple(found)) for day, found in sorted(by_day.items()) if day != own)


def leave_out(replica: Replica, id: str, ids: Iterable[str]) -> Committed | None:
    """Leaves changes (their ids, whole) out of the minutes of an open meeting; they stay in the plan.

    Raises MeetingIsNotOpen and NotFound.
    """
    require_open(replica, id)
    return replica.commit([(f"meeting/{id}", f"{LEFT_OUT}{one}", True) for one in dict.fromkeys(ids)])


class OtherDay(NamedTuple):
    """What a meeting that stayed open took in on a day that was not its own."""

    day: str
    """`YYYY-MM-DD`, by the clock of who wrote."""
    changes: tuple[MeetingChange, ...]


def reopen(replica: Replica, id: str) -> Committed | None:
    """Goes on with a meeting that was closed. Raises MeetingIsOpen if this copy has one open, and NotFound."""
    require_none_open(replica)
    reading(replica, id)
    return replica.commit([(f"meeting/{id}", "state", MeetingState.OPEN.value)])


# --- the minutes and their files ---------------------------------------------------------------------------------


def acta_text(replica: Replica, id: str, moment: Moment | None = None) -> str:
    """The minutes as plain text of at most 76 columns; of an open meeting, as they would be now. Raises NotFound.

    Of several closings the latest; with `moment` that one.
    """
    from gealc_tui.reports.acta_text import plain_text

    return plain_text(_document(replica, id, moment))


def acta_markdown(replica: Replica, id: str, moment: Moment | None = None) -> str:
    """The same as Markdown. Raises NotFound."""
    from gealc_tui.reports.acta_text import markdown

    return markdown(_document(replica, id, moment))


def acta_word(replica: Replica, id: str, moment: Moment | None = None) -> bytes:
    """The same for Word (.docx). Raises NotFound."""
    from gealc_tui.reports.acta_word import word

    at = moment.at if moment is not None else reading(replica, id).at
    return word(_document(replica, id, moment), at)


def closings(replica: Replica, id: str) -> tuple[Moment, ...]:
    """The closings of a meeting that stand, the latest first; none of a meeting that an older version closed."""
    from gealc_tui.reports import minutes

    return minutes.closings(replica.read, id)


def next_calendar(replica: Replica, id: str) -> bytes | None:
    """The calendar file of the meeting that follows; None if its day is not fixed. Raises NotFound."""
    found = _next(replica, reading(replica, id))
    return calendar_file(replica, found.id) if found is not None else None


def _next(replica: Replica, meeting: MeetingReading) -> MeetingReading | None:
    from gealc_tui.reports.acta import following

    return following(replica.read, meeting)


def _document(replica: Replica, id: str, moment: Moment | None = None) -> Document:
    return _told(replica, id, moment)[1]


def _told(replica: Replica, id: str, moment: Moment | None) -> tuple[Acta, Document]:
    """The minutes as data and in words: whoever makes several files of them asks once, and they cannot differ."""
    from gealc_tui.reports.acta import acta
    from gealc_tui.reports.acta_words import worded

    told = acta(replica, id, moment)
    return told, worded(told)


class Written(NamedTuple):
    """The files that a meeting leaves, ready to be sent."""

    acta_text: Path
    acta_markdown: Path
    acta_docx: Path
    calendar: Path | None
    """The next meeting, if its day is fixed."""
    changes: Path
    """The change file for the other copies."""
    mail: Path
    """A message that a mail program opens as a draft, with minutes, calendar and change file attached."""
    internal_notes: int = 0
    """In the change file: the minutes show none of them."""

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(path for path in self if isinstance(path, Path))


def write_files(replica: Replica, id: str, folder: Path, moment: Moment | None = None) -> Written:
    """Writes the minutes in three forms, the next meeting, the change file and the message, under new names.

    Of several closings the latest; with `moment` that one.

    All of them, or none; nothing that is there already is written over. Raises FileUnwritable, DatabaseError (it could
    not be noted what was sent, and no file is left), NotFound, NoIdentity and IdentityLost.
    """
    from gealc_tui.commands import exchange

    _make(folder)
    parcel = exchange.prepare(replica)
    # Whatever the files tell is of one moment.
    with replica.read.snapshot():
        written, files = _made(replica, id, folder, moment, parcel)
    exchange.write_together(replica, parcel, files)
    return written


def _made(
    replica: Replica, id: str, folder: Path, moment: Moment | None, parcel: Parcel
) -> tuple[Written, dict[Path, bytes]]:
    from gealc_tui.commands import exchange, mail
    from gealc_tui.reports.acta_text import markdown, plain_text
    from gealc_tui.reports.acta_word import word
    from gealc_tui.reports.acta_words import covering

    told, document = _told(replica, id, moment)
    meeting = reading(replica, id)
    stem = _free_stem(folder, _stem(meeting))
    following = _next(replica, meeting)
    calendar = free_calendar(folder, following) if following is not None else folder
    made = {
        "txt": plain_text(document).encode(),
        "md": markdown(document).encode(),
        "docx": word(document, moment.at if moment is not None else meeting.at),
        "ics": calendar_file(replica, following.id) if following is not None else None,
    }
    changes = exchange.free_path(folder, exchange.file_stem(replica))
    drafted = mail.drafted(
        replica,
        parcel.data,
        changes.name,
        [one for one in replica.people() if one.replica in parcel.recipients and not one.successor],
        matter=mail.Matter(
            f"{document.title}: {document.subtitle}",
            covering(told),
            tuple(
                (name, data)
                for name, data in ((f"{stem}.docx", made["docx"]), (calendar.name, made["ics"]))
                if data is not None
            ),
        ),
    )
    made["eml"] = drafted.message
    paths = {form: folder / f"{stem}.{form}" for form, data in made.items() if data is not None}
    if "ics" in paths:
        paths["ics"] = calendar
    files = {path: made[form] or b"" for form, path in paths.items()} | {changes: parcel.data}
    written = Written(
        paths["txt"], paths["md"], paths["docx"], paths.get("ics"), changes, paths["eml"], drafted.internal_notes
    )
    return written, files


def _stem(meeting: MeetingReading) -> str:
    """`acta-3-5-20190517`: ASCII without dots, for mail servers of all kinds."""
    parts = ("acta", body_stem(meeting), (meeting.day or "").replace("-", ""))
    return "-".join(part for part in parts if part)


def _free_stem(folder: Path, stem: str) -> str:
    """A name under which none of the files is there yet."""
    found, number = stem, 2
    while any((folder / f"{found}.{form}").exists() for form in ("txt", "md", "docx", "eml")):
        found, number = f"{stem}-{number}", number + 1
    return found


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.FileUnwritable(path=str(folder), reason=errors.reason_of(error)) from error
