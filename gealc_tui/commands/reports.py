"""Reports: made of the plan in view, in the form that is wanted."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from gealc_tui.commands.exchange import free_path, write_whole
from gealc_tui.replica import Replica
from gealc_tui.reports import kinds
from gealc_tui.reports.checks import concerns
from gealc_tui.reports.kinds import Name
from gealc_tui.reports.report import Report

__all__ = ["Form", "Name", "concerns", "make", "write"]


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


def write(replica: Replica, name: Name, form: Form, path: Path | None = None) -> Path:
    """Writes a report whole or not at all, by default under a new name in the current folder. Returns its path.

    Raises NoPlan and FileUnwritable.
    """
    data = make(replica, name, form)
    ending = "txt" if form is Form.TEXT else form.value
    target = path if path is not None else free_path(Path.cwd(), f"gealc-{name.value}-{replica.today}", ending)
    write_whole(target, data)
    return target
