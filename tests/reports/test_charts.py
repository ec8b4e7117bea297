"""Charts: their data adds up, their drawings are told in words, and what people wrote is text in them."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from conftest import Clock, MakeReplica

from gealc_tui.commands import activities, reports, structure
from gealc_tui.commands.reports import Asked, Form, Name
from gealc_tui.domain.readings import PlanOutline
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.reports import charts
from gealc_tui.reports.bars_text import bars_lines, filled, gantt_lines
from gealc_tui.reports.document import Bars, Gantt, Lane
from gealc_tui.reports.pace import pace_of
from gealc_tui.reports.progress import Grouping, progress_of
from gealc_tui.reports.svg import LANES_OF_PAGE, PAGE, PAPER, paged, svg

SVG = "{http://www.w3.org/2000/svg}"
DAY = 24 * 3600 * 1000


def outline_of(replica: Replica) -> PlanOutline:
    found = replica.read.outline(replica.today, replica.plan)
    assert found is not None
    return found


def test_what_was_done_is_counted_at_the_end_of_each_month_and_the_last_says_what_the_plan_says(
    make_replica: MakeReplica,
) -> None:
    clock = Clock()
    ana = make_replica("Ana", clock=clock)
    start = ana.today
    activities.set_status(ana, "2019/3.5.1", Status.DONE)
    activities.set_status(ana, "2019/3.5.2", Status.CANCELLED)
    clock.now += 40 * DAY
    activities.set_status(ana, "2019/3.5.3", Status.DONE)
    activities.set_status(ana, "2019/3.5.1", Status.PENDING)
    clock.now += 40 * DAY
    activities.set_status(ana, "2019/3.5.1", Status.DONE)
    points = pace_of(ana.read, outline_of(ana), ana.today)
    told = {(one.day.year, one.day.month): (one.done, one.counting) for one in points}
    assert told[start.year, start.month] == (1, 39)
    assert told[start.year, start.month + 1] == (1, 39), "one was done, and one was not done after all"
    progress = progress_of(ana, Grouping.AREA)
    assert progress is not None
    assert (points[-1].day, points[-1].done, points[-1].counting) == (
        ana.today,
        progress.whole.done,
        progress.whole.counting,
    )


def test_the_parts_of_the_bars_add_up_to_what_counts(make_replica: MakeReplica) -> None:
    ana = make_replica("Ana")
    activities.set_status(ana, "2019/3.5.1", Status.DONE)
    activities.set_status(ana, "2019/3.5.2", Status.CANCELLED)
    progress = progress_of(ana, Grouping.AREA)
    assert progress is not None
    assert sum(sum(parts) for _, parts in charts.by_group(progress).rows) == 39
    assert filled((1, 1, 2), 4, 8) == "██▓▓░░░░"
    assert filled((1, 3), 8, 8) == "█░░░    "


HOSTILE = "<script>alert(1)</script>&\"'\x1b \ud83d 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字"


@pytest.mark.parametrize("colours", [PAGE, PAPER])
def test_a_drawing_is_told_in_words_and_whatever_people_wrote_is_text_in_it(colours: dict[str, str]) -> None:
    bars = Bars(HOSTILE, HOSTILE, (("●", "Sí"), ("○", "No")), ((HOSTILE.replace("\ud83d", ""), (1, 2)),))
    gantt = Gantt("Meses", "Uno", ("ene", "feb"), (Lane("x" * 100_000, 0, 1, (1,), "", True, False),), 0)
    for chart in (bars._replace(title="a<b", words="c&d"), gantt):
        drawn = ElementTree.fromstring(svg(chart, colours, "uno"))
        assert drawn.get("role") == "img"
        assert [one.get("id") for one in (drawn[0], drawn[1])] == (drawn.get("aria-labelledby") or "").split()
        assert [one.text for one in (drawn[0], drawn[1])] == [chart.title, chart.words]
        assert not drawn.findall(f".//{SVG}script")
        assert all(len(one.text or "") < 60 for one in drawn.findall(f"{SVG}text")), "nothing is cut at an edge"


def test_lines_of_a_chart_have_room_for_what_they_say(make_replica: MakeReplica) -> None:
    ana = make_replica("Ana")
    gantt = charts.gantt(ana.read, outline_of(ana), ana.today)
    for width in (74, 118):
        assert max(map(len, gantt_lines(gantt, width))) <= width
    bars = Bars("", "", (("●", "a"), ("○", "b")), (("漢" * 90, (1, 2)), ("b", (0, 0))))
    assert {len(line) for line in list(bars_lines(bars, 70))[1:]} <= set(range(71))


def test_a_gantt_chart_goes_over_as_many_pages_as_it_needs(make_replica: MakeReplica) -> None:
    gantt = charts.gantt(*(lambda ana: (ana.read, outline_of(ana), ana.today))(make_replica("Ana")))
    pages = paged(gantt)
    assert [len(one.lanes) for one in pages if isinstance(one, Gantt)] == [LANES_OF_PAGE, 40 - LANES_OF_PAGE]


def test_the_page_holds_drawings_and_their_figures(make_replica: MakeReplica) -> None:
    ana = make_replica("Ana")
    ana.commit([("area/2019/3.5", "title", "</svg><script>x</script>")])
    page = reports.make(ana, Name.PROGRESS, Form.HTML).decode()
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawings) == 3
    assert "<script" not in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for one in drawings:
        ElementTree.fromstring(one)


def test_the_number_of_a_file_is_short_in_a_table_and_whole_in_the_annex(make_replica: MakeReplica) -> None:
    ana = make_replica("Ana")
    number = "0123456789abcdef" * 4
    product = ana.read.products("2019/3.5.1")[0].id
    structure.deliver(ana, f"product/{product}", day="1/3/2019", evidence=f"sha256:{number} acta.pdf")
    for name, asked in ((Name.ANNUAL, Asked()), (Name.SHEET, Asked(ref="3.5.1"))):
        told = reports.make(ana, name, Form.MARKDOWN, asked).decode()
        assert "sha256:0123456789ab… acta.pdf" in told
        assert number not in told
        assert number in told.replace(" ", "")


def test_a_day_outside_the_year_stands_at_its_end(make_replica: MakeReplica) -> None:
    ana = make_replica("Ana")
    activities.set_field(ana, "3.5.2", "due", "2020-03-01")
    row = next(one for one in outline_of(ana).activities if one.code == "3.5.2")
    assert charts.lane(ana.read, row, 2019).due == (11,)
    assert date(2020, 3, 1).isoformat() == row.due
