"""The end of a meeting: what to look at before, closing it, and its files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui import errors
from gealc_tui.commands.agreements import require_open
from gealc_tui.commands.meeting_looking import changes, items, open_commitments, reading, require_none_open
from gealc_tui.domain.meetings import Check, CheckKind
from gealc_tui.domain.vocabulary import ItemKind, MeetingBody, MeetingState, Status
from gealc_tui.replica import Committed, Replica

if TYPE_CHECKING:
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
    place = {activity: n for n, activity in enumerate(meeting.agenda)}
    return tuple(sorted(found, key=lambda one: place.get(one.activity or "", -1 if one.activity is None else 10**6)))


def close(replica: Replica, id: str) -> Committed | None:
    """Closes a meeting; what is written afterwards is no part of it. Raises MeetingIsNotOpen and NotFound."""
    require_open(replica, id)
    return replica.commit([(f"meeting/{id}", "state", MeetingState.CLOSED.value)])


def reopen(replica: Replica, id: str) -> Committed | None:
    """Goes on with a meeting that was closed. Raises MeetingIsOpen if this copy has one open, and NotFound."""
    require_none_open(replica)
    reading(replica, id)
    return replica.commit([(f"meeting/{id}", "state", MeetingState.OPEN.value)])


# --- the minutes and their files ---------------------------------------------------------------------------------


def acta_text(replica: Replica, id: str) -> str:
    """The minutes as plain text of at most 76 columns; of an open meeting, as they would be now. Raises NotFound."""
    from gealc_tui.reports.acta_text import plain_text

    return plain_text(_document(replica, id))


def acta_markdown(replica: Replica, id: str) -> str:
    """The same as Markdown. Raises NotFound."""
    from gealc_tui.reports.acta_text import markdown

    return markdown(_document(replica, id))


def acta_word(replica: Replica, id: str) -> bytes:
    """The same for Word (.docx). Raises NotFound."""
    from gealc_tui.reports.acta_word import word

    return word(_document(replica, id), reading(replica, id).at)


def next_calendar(replica: Replica, id: str) -> bytes | None:
    """The calendar file of the meeting that follows; None if its day is not fixed. Raises NotFound."""
    from gealc_tui.reports.acta import following
    from gealc_tui.reports.calendar import calendar

    found = following(replica.read.meetings(), reading(replica, id))
    if found is None:
        return None
    version = len(replica.read.history([f"meeting/{found.id}"])) - 1
    return calendar(found, open_commitments(replica, found.body, found.area), version=version)


def _document(replica: Replica, id: str) -> Document:
    from gealc_tui.reports.acta import acta
    from gealc_tui.reports.acta_words import worded

    return worded(acta(replica, id))


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

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(path for path in self if path is not None)


def write_files(replica: Replica, id: str, folder: Path) -> Written:
    """Writes the minutes in three forms, the next meeting, the change file and the message, under new names.

    All of them, or none; nothing that is there already is written over. Raises FileUnwritable, DatabaseError (it could
    not be noted what was sent, and no file is left), NotFound, NoIdentity and IdentityLost.
    """
    from gealc_tui.commands import exchange, mail

    _make(folder)
    document = _document(replica, id)
    parcel = exchange.prepare(replica)
    stem = _free_stem(folder, _stem(replica, id))
    made = {
        "txt": acta_text(replica, id).encode(),
        "md": acta_markdown(replica, id).encode(),
        "docx": acta_word(replica, id),
        "ics": next_calendar(replica, id),
    }
    changes = exchange.free_path(folder, exchange.file_stem(replica))
    made["eml"] = mail.draft(
        replica,
        parcel.data,
        changes.name,
        [one for one in replica.people() if one.replica in parcel.recipients and not one.successor],
        matter=mail.Matter(
            f"{document.title}: {document.subtitle}",
            _covering(replica, id),
            tuple((f"{stem}.{form}", data) for form in ("docx", "ics") if (data := made[form]) is not None),
        ),
    )
    paths = {form: folder / f"{stem}.{form}" for form, data in made.items() if data is not None}
    files = {path: made[form] or b"" for form, path in paths.items()} | {changes: parcel.data}
    exchange.write_together(replica, parcel, files)
    return Written(paths["txt"], paths["md"], paths["docx"], paths.get("ics"), changes, paths["eml"])


def _covering(replica: Replica, id: str) -> tuple[str, ...]:
    """What the message says before it tells of changes: what it brings, who owes what, when the next meeting is."""
    from gealc_tui.reports.acta import acta
    from gealc_tui.reports.acta_words import covering

    return covering(acta(replica, id))


def _stem(replica: Replica, id: str) -> str:
    """`acta-3-5-20190517`: ASCII without dots, for mail servers of all kinds."""
    meeting = reading(replica, id)
    group = re.sub(r"[^A-Za-z0-9-]", "", (meeting.area_code or "").replace(".", "-"))
    parts = ("acta", group or _BODY_NAMES[meeting.body], (meeting.day or "").replace("-", ""))
    return "-".join(part for part in parts if part)


_BODY_NAMES = {
    MeetingBody.WORKING_GROUP: "grupo",
    MeetingBody.COMMITTEE: "comite",
    MeetingBody.ASSEMBLY: "asamblea",
    MeetingBody.OTHER: "reunion",
}


def _free_stem(folder: Path, stem: str) -> str:
    """A name under which none of the files is there yet."""
    found, number = stem, 2
    while any((folder / f"{found}.{form}").exists() for form in ("txt", "md", "docx", "ics", "eml")):
        found, number = f"{stem}-{number}", number + 1
    return found


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.FileUnwritable(path=str(folder), reason=errors.reason_of(error)) from error
