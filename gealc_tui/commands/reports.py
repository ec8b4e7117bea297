"""Reports: made of the plan in view, in the form that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.commands import approval, comparing, looking_back
from gealc_tui.commands.activities import activity_ref
from gealc_tui.commands.exchange import free_path, write_whole
from gealc_tui.commands.folder import folder
from gealc_tui.commands.looking_back import BASELINE
from gealc_tui.domain.moment import HeldRun
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import day_label
from gealc_tui.plain import drawable
from gealc_tui.replica import Replica
from gealc_tui.reports import changed, fact_sheet, kinds, matrix, timeline
from gealc_tui.reports.checks import concerns
from gealc_tui.reports.kinds import Name
from gealc_tui.reports.report import Behind, Report, Sheet

__all__ = ["Form", "Name", "concerns", "make", "title", "write"]

Passed = Callable[[int, int], None]
"""Is told now and then how many rows of how many are written (0 of 0: not known), and may raise to stop it."""


def _heedless(_done: int, _whole: int) -> None:
    """Nobody waits."""


class Form(StrEnum):
    """How a report leaves. The value is how the name of its file ends, but for `text`."""

    TEXT = "text"
    MARKDOWN = "md"
    HTML = "html"
    WORD = "docx"
    EXCEL = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    CALENDAR = "ics"

    @property
    def is_binary(self) -> bool:
        """Whether it is no text that a person reads in a terminal."""
        return self in (Form.WORD, Form.EXCEL, Form.PDF)


class Asked(NamedTuple):
    """What is asked of a report beside its name."""

    ref: str | None = None
    """The activity of a fact sheet; with what a plan is compared."""
    since: str | None = None
    """Since when changes are told: a meeting, moment or day; None: as `last_known` says."""


NOTHING_MORE = Asked()


def forms(name: Name) -> tuple[Form, ...]:
    """The forms of a report."""
    without = set() if name in kinds.DATED else {Form.CALENDAR}
    without |= {Form.EXCEL, Form.CSV} if name in kinds.NO_ROWS else set()
    return tuple(form for form in Form if form not in without)


def make(replica: Replica, name: Name, form: Form, asked: Asked = NOTHING_MORE, passed: Passed = _heedless) -> bytes:
    """A report of the plan in view; texts in UTF-8.

    Raises NoPlan, NotFound, MomentUnknown, NoBaseline, FormMissing, and FormUnknown for a pair that there is not.
    """
    if form not in forms(name):
        raise errors.FormUnknown(name=name.value, form=form.value, forms=tuple(one.value for one in forms(name)))
    if form is Form.CALENDAR:
        return _calendar(replica, name)
    made = _made(replica, name, asked)
    if (name, form) == (Name.MATRIX, Form.EXCEL) and replica.id is not None and not replica.looks_back:
        made = made._replace(sheet=made.sheet._replace(behind=_behind(replica, made.sheet)))
    passed(0, len(made.sheet.rows))
    return _rendered(replica, made, form, passed)


def _behind(replica: Replica, sheet: Sheet) -> Behind | None:
    """What the matrix carries, so that it can come back filled in; nothing from a copy that cannot sign."""
    outline = replica.read.outline(replica.today, replica.plan)
    if outline is None:
        raise errors.NoPlan()
    readings = {one.row.id: one for one in replica.read.activities(replica.today, outline.id)}
    rows = list(matrix.sent_rows(replica, [readings[one.id] for one in outline.activities]))
    titles = [(name, column.title) for name, column in zip(matrix.NAMES, sheet.columns, strict=True)]
    try:
        lines = replica.signed_matrix(outline.id, titles, rows)
    except errors.IdentityLost:
        return None
    return Behind(tuple(row.entity for row in rows), tuple(map(tuple, lines)))


def _made(replica: Replica, name: Name, asked: Asked) -> Report:
    if name not in kinds.ASKED:
        return kinds.made(replica, name)
    outline = replica.read.outline(replica.today, replica.plan)
    if outline is None:
        raise errors.NoPlan()
    if name is Name.ANNUAL:
        amended = [one for one in comparing.amendments(replica, outline.id) if one.is_after_baseline]
        return kinds.year_told(replica, outline, amended)
    if name is Name.SHEET:
        activity = activity_ref(replica, asked.ref or "")
        reading = replica.read.activity(activity, replica.today)
        history = replica.read.history(replica.read.entities_about(f"activity/{activity}"))
        head = drawable(f"{reading.row.code} {reading.row.title}")
        blocks = fact_sheet.fact_sheet(replica.read, reading, history)
        return Report(kinds.document(replica, outline, head, blocks), Sheet(head, (), ()))
    if name is Name.COMPARISON:
        found = comparing.compared(replica, outline.id, asked.ref or asked.since or BASELINE)
        blocks, sheet = changed.comparison(outline, comparing.told_with(replica, found), found.differences)
    else:
        past, since = last_known(replica, outline.id, asked.since)
        net = changed.net(replica.read.changes_outside(past))
        blocks, sheet = changed.changes(replica.read, outline, since, net)
    return Report(kinds.document(replica, outline, title(name), blocks), sheet)


def last_known(replica: Replica, plan: str, since: str | None) -> tuple[Sequence[HeldRun], str]:
    """What was held at a moment that a person names, and how it is called.

    Without one: the last meeting that was closed, else the baseline of the plan, else nothing. Raises MomentUnknown,
    DayUnknown.
    """
    if since is not None:
        past = looking_back.past(replica, since)
        day = day_label(past.day.isoformat()) if past.day is not None else "—"
        return past.runs, t("Lo que no estaba en el plan el {day}.", day=day)
    closing = replica.read.last_closing()
    if closing is not None:
        day = day_label(closing.day) if closing.day is not None else "—"
        return (*closing.runs, closing.own_run), t(
            "Lo que no estaba en el plan al cerrar la última reunión, del {day}.", day=day
        )
    base = approval.baseline(replica, plan)
    if base is not None and base.moment is not None:
        day = day_label(base.moment.day) if base.moment.day is not None else "—"
        return (*base.runs, base.moment.own_run), t("Lo que no estaba en el plan al aprobarlo, el {day}.", day=day)
    return (base.runs if base is not None else ()), t("Desde el comienzo.")


def _calendar(replica: Replica, name: Name) -> bytes:
    outline = replica.read.outline(replica.today, replica.plan)
    if outline is None:
        raise errors.NoPlan()
    found = timeline.dated(replica.read, outline, replica.today)
    if name is Name.COMMITMENTS:
        found = tuple(one for one in found if one.id.startswith("item-"))
    named = t("Red GEALC · Plan de trabajo {year}", year=outline.year)
    return timeline.calendar_of(found, stamp=replica.clock(), title=named)


def _rendered(replica: Replica, report: Report, form: Form, passed: Passed) -> bytes:
    # Each of these libraries takes long to import.
    match form:
        case Form.TEXT | Form.MARKDOWN:
            from gealc_tui.reports.acta_text import markdown, plain_text

            return (plain_text if form is Form.TEXT else markdown)(report.document).encode()
        case Form.HTML:
            from gealc_tui.reports.html_page import html_page

            return html_page(report.document).encode()
        case Form.WORD:
            from gealc_tui.reports.acta_word import word

            return word(report.document, replica.clock())
        case Form.EXCEL:
            from gealc_tui.reports.xlsx_file import xlsx_file

            title = f"{report.document.kicker} · {report.document.title}"
            try:
                return xlsx_file(
                    report.sheet, title=title, author=report.document.author, made=replica.today, passed=passed
                )
            except OSError as error:
                # Very many rows lie in a temporary file meanwhile.
                raise errors.FileUnwritable(path=gettempdir(), reason=errors.reason_of(error)) from error
        case Form.PDF:
            from gealc_tui.reports.pdf_file import pdf_file

            return pdf_file(report.document)
        case Form.CALENDAR:
            raise AssertionError("a calendar is made of what has a day, not of a report")
        case Form.CSV:
            from gealc_tui.reports.csv_file import csv_file

            return csv_file(report.sheet)


def title(name: Name) -> str:
    """What a report is called."""
    return t(kinds.TITLES[name])


def write(
    replica: Replica,
    name: Name,
    form: Form,
    path: Path | None = None,
    asked: Asked = NOTHING_MORE,
    passed: Passed = _heedless,
) -> Path:
    """Writes a report whole or not at all, by default under a new name in the current folder. Returns its path.

    Raises FileUnwritable, and what `make` raises.
    """
    passed(0, 0)
    data = make(replica, name, form, asked, passed)
    passed(0, 0)
    target = path if path is not None else free(Path.cwd() / _file_name(replica, name, form))
    if path is not None:
        _make_folder(path.parent)
    write_whole(target, data)
    return target


def _file_name(replica: Replica, name: Name, form: Form) -> str:
    return f"gealc-{name.value}-{replica.today}.{'txt' if form is Form.TEXT else form.value}"


# --- where people look for files -----------------------------------------------------------------------------------


def usual_path(replica: Replica, name: Name, form: Form) -> Path:
    """The name under which a report of today is written in that folder."""
    return folder(replica) / _file_name(replica, name, form)


def free(path: Path) -> Path:
    """The same name, or one beside it that no file bears yet."""
    return free_path(path.parent, path.stem, path.suffix.removeprefix("."))


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.FileUnwritable(path=str(path), reason=errors.reason_of(error)) from error
