"""Bars and months: drawn where a form can draw, in words everywhere, and whatever people wrote stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from gealc_tui.commands import activities, reports
from gealc_tui.commands.reports import Asked, Form, Name
from gealc_tui.domain.vocabulary import Status
from gealc_tui.reports.acta_text import markdown, plain_text
from gealc_tui.reports.document import Bar, Bars, Document, Months
from gealc_tui.reports.html_page import html_page

HOSTILE = '<script>x</script> & "3.1" ' + "larga " * 40
BARS = Bars(
    "Avance", (Bar(HOSTILE, 2, 1, 5, "2 de 5 · 1 vencida"), Bar("Nada", 0, 0, 0, "—")), ("hechas", "tarde", "quedan")
)
YEAR = tuple("abcdefghijkl")


def of(*blocks):
    return Document("Red", "Título", "Hoy", "Ana", blocks)


class Read(HTMLParser):
    """What a page holds, as a browser reads it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def test_bars_are_drawn_in_a_page_with_their_words_beside_and_for_who_does_not_see():
    read = Read(html_page(of(BARS)))
    assert not [one for one in read.tags if one[0] == "script"]
    (picture,) = [attributes for tag, attributes in read.tags if tag == "svg"]
    assert picture["role"] == "img"
    ids = {attributes.get("id") for _, attributes in read.tags}
    assert {picture["aria-labelledby"], picture["aria-describedby"]} <= ids
    assert read.text.count("2 de 5 · 1 vencida") == 2, "beside the bar, and in its description"
    widths = [float(one["width"] or 0) for tag, one in read.tags if tag == "rect" and one["class"] != "rest"]
    assert widths == [104.0, 52.0, 0.0, 0.0]
    assert {"hechas", "tarde", "quedan"} <= set(re.split(r"\s+", read.text))


def test_bars_in_a_text_fit_a_terminal_and_tell_done_from_late_without_colour():
    lines = plain_text(of(BARS)).splitlines()
    (line,) = [one for one in lines if "2 de 5" in one]
    assert "████████▓▓▓▓░░░░░░░░" in line
    assert max(map(len, lines)) <= 76


def test_in_markdown_the_table_beside_says_it():
    assert "█" not in markdown(of(BARS))


def test_months_are_a_table_with_titles_for_its_rows_and_columns():
    months = Months("Qué vence", ((HOSTILE, ("○", *[""] * 10, "!")),), YEAR)
    read = Read(html_page(of(months)))
    scopes = [attributes["scope"] for tag, attributes in read.tags if tag == "th"]
    assert scopes == ["col"] * 13 + ["row"]
    text = plain_text(of(months))
    assert max(map(len, text.splitlines())) <= 76
    assert re.search(r"…\s+○(\s+·){10}\s+!", text)
    assert markdown(of(months)).count("|\n") == 3


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana")


def told(replica, name):
    return reports.make(replica, Name(name), Form.TEXT, Asked()).decode()


def test_the_year_shows_two_activities_of_one_code_apart_and_none_that_was_cancelled(ana):
    activities.set_field(ana, "activity/2019/3.2.4", "due", "2019-03-01")
    activities.set_status(ana, "2019/3.3.3", Status.CANCELLED)
    year = told(ana, "timeline").partition("El año, mes por mes")[2].partition("Marzo 2019")[0]
    rows = [line for line in year.splitlines() if line.startswith("  3.2.4 ")]
    assert len(rows) == 2
    assert rows[0] != rows[1]
    assert "3.3.3" not in year


def test_what_the_bars_show_adds_up_to_what_the_report_counts(ana):
    activities.set_status(ana, "2019/3.5.1", Status.DONE)
    bars = [line for line in told(ana, "progress").splitlines() if "█" in line or "░" in line]
    done = [int(found[1]) for line in bars if (found := re.search(r"(\d+) de \d+", line))]
    assert sum(done) == 2, "once by area and once by country"
