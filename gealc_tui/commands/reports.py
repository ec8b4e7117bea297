"""Reports: made of the plan in view, in the form that is wanted."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from gealc_tui import errors
from gealc_tui.commands.exchange import free_path, write_whole
from gealc_tui.commands.fields import clean
from gealc_tui.i18n import t
from gealc_tui.paths import documents, expanded
from gealc_tui.replica import Replica
from gealc_tui.reports import kinds
from gealc_tui.reports.checks import concerns
from gealc_tui.reports.kinds import Name
from gealc_tui.reports.report import Report

__all__ = ["Form", "Name", "concerns", "make", "title", "write"]

FOLDER = "reports_folder"
"""The setting that says where reports are written, if not where they usually are."""


class Form(StrEnum):
    """How a report leaves. The value is how the name of its file ends, but for `text`."""

    TEXT = "text"
    MARKDOWN = "md"
    HTML = "html"
    WORD = "docx"
    EXCEL = "xlsx"
    CSV = "csv"

    @property
    def is_binary(self) -> bool:
        """Whether it is no text that a person reads in a terminal."""
        return self in (Form.WORD, Form.EXCEL)


def make(replica: Replica, name: Name, form: Form) -> bytes:
    """A report of the plan in view; texts in UTF-8. Raises NoPlan."""
    return _rendered(replica, kinds.made(replica, name), form)


def _rendered(replica: Replica, report: Report, form: Form) -> bytes:
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
            return xlsx_file(report.sheet, title=title, author=report.document.author, made=replica.today)
        case Form.CSV:
            from gealc_tui.reports.csv_file import csv_file

            return csv_file(report.sheet)


def title(name: Name) -> str:
    """What a report is called."""
    return t(kinds.TITLES[name])


def write(replica: Replica, name: Name, form: Form, path: Path | None = None) -> Path:
    """Writes a report whole or not at all, by default under a new name in the current folder. Returns its path.

    Raises NoPlan and FileUnwritable.
    """
    data = make(replica, name, form)
    target = path if path is not None else free(Path.cwd() / _file_name(replica, name, form))
    if path is not None:
        _make_folder(path.parent)
    write_whole(target, data)
    return target


def _file_name(replica: Replica, name: Name, form: Form) -> str:
    return f"gealc-{name.value}-{replica.today}.{'txt' if form is Form.TEXT else form.value}"


# --- where people look for files -----------------------------------------------------------------------------------


def folder(replica: Replica) -> Path:
    """Where reports are written from the window: Documents/GEALC, unless the person chose another folder."""
    return Path(chosen) if (chosen := replica.setting(FOLDER)) else documents()


def use_folder(replica: Replica, text: str) -> None:
    """Reports are written to another folder from now on; an empty text means the usual one again.

    Raises what `checked_folder` raises.
    """
    replica.set_setting(FOLDER, str(checked_folder(text)) if text.strip() else "")


def checked_folder(text: str) -> Path:
    """A folder as a person writes it. Raises FileUnwritable for one that is none, or not the whole path."""
    path = expanded(clean(text).strip()) if text.strip() else documents()
    if not path.is_absolute() or (path.exists() and not path.is_dir()):
        raise errors.FileUnwritable(path=str(path), reason="folder_wanted")
    return path


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
