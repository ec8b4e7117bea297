"""Two plans in the window: the header says which year is in view, and offers the other; a key changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gealc_tui.commands import activities, deletion, plan_choice, plans
from gealc_tui.domain.filters import Filter, encoded
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from stories.conftest import DAY, Clock, Copies, Windows
from stories.window import NARROW, WIDE

DOCUMENT = Path(__file__).parents[2] / "data" / "plan-2019.txt"

JANUARY = 1_579_521_600_000
"""2020-01-20, noon, UTC."""


@pytest.fixture
def next_plan(tmp_path: Path) -> Path:
    text = DOCUMENT.read_text(encoding="utf-8").replace("TRABAJO 2019", "TRABAJO 2020")
    path = tmp_path / "plan-2020.txt"
    path.write_text(text.replace("3.1.1) Taller regional", "3.1.1) Taller continental"), encoding="utf-8")
    return path


@pytest.fixture
def ana(copy_of: Copies) -> Replica:
    return copy_of("Ana")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_a_plan_that_arrives_is_offered_and_a_key_shows_it(
    ana: Replica, next_plan: Path, window_on: Windows, size: tuple[int, int]
) -> None:
    async with window_on(ana, size) as window:
        assert "Plan de trabajo 2019" in window.top
        assert "2020" not in window.top
        with ana.another() as elsewhere:
            plans.import_document(elsewhere, next_plan)
        await window.until(lambda: "Llegó un plan 2020: A" in window.top)
        assert "Plan de trabajo 2019" in window.top
        await window.press("A")
        assert window.screen == "PlansScreen"
        assert "● 2019  Plan de trabajo 2019" in window.text
        assert "Aprobado · 40 actividades" in window.text
        await window.press("up", "enter")
        assert "Plan de trabajo 2020" in window.top
        assert "Llegó" not in window.top
        assert window.cursor == "2020/3.1"
        assert "Taller continental" in window.text
    assert ana.plan == "2020"


async def test_the_new_year_is_offered_and_esc_leaves_everything_as_it_was(
    ana: Replica, next_plan: Path, clock: Clock, window_on: Windows
) -> None:
    plans.import_document(ana, next_plan, any_year=True)
    plan_choice.use(ana, "2019")
    clock.now = JANUARY
    async with window_on(ana, NARROW) as window:
        assert "Plan de trabajo 2019" in window.top
        assert "Ya es 2020: A" in window.top
        await window.press("A", "escape")
        assert "Plan de trabajo 2019" in window.top
        assert "Ya es 2020" not in window.top
    assert ana.plan == "2019"


async def test_a_plan_that_is_withdrawn_in_view_stays_and_the_header_says_by_whom(
    ana: Replica, next_plan: Path, window_on: Windows
) -> None:
    plans.import_document(ana, next_plan)
    plan_choice.use(ana, "2020")
    async with window_on(ana, WIDE) as window:
        with ana.another() as elsewhere:
            deletion.withdraw(elsewhere, "plan/2020")
        await window.until(lambda: "Retirado por Ana, Uruguay" in window.top)
        assert "Plan de trabajo 2020" in window.top
        assert "Taller continental" in window.text
        await window.press("A")
        assert window.text.index("2019  Plan") < window.text.index("2020  Plan")
        assert "en vista · Retirado por Ana, Uruguay" in window.text


async def test_each_plan_keeps_what_was_open_and_a_filter_of_areas_stays_behind(
    ana: Replica, next_plan: Path, window_on: Windows
) -> None:
    plans.import_document(ana, next_plan)
    plan_choice.use(ana, "2019")
    activities.set_status(ana, "2020/3.6.1", Status.DONE)
    ana.set_setting("filter", encoded(Filter(statuses=(Status.DONE,), areas=("2019/3.6",))))
    async with window_on(ana, WIDE) as window:
        await window.press("A", "up", "enter")
        assert "3.6.1" in window.text
        assert "●" in window.line_of("3.6.1")
        assert "3.1.1" not in window.text
        await window.press("F", "o")
        assert "3.1.1" not in window.text
        await window.press("A", "down", "enter")
        assert "3.1.1 Taller regional" in window.text
        await window.press("A", "up", "enter")
        assert "3.1.1" not in window.text


async def test_a_filter_of_areas_stays_behind_also_when_the_plan_was_changed_elsewhere(
    ana: Replica, next_plan: Path, window_on: Windows
) -> None:
    plans.import_document(ana, next_plan)
    ana.set_setting("filter", encoded(Filter(areas=("2019/3.6",))))
    plan_choice.use(ana, "2020")
    async with window_on(ana, WIDE) as window:
        assert "3.1.1 Taller continental" in window.text


async def test_what_stands_in_another_plan_is_said_and_not_gone_to(
    ana: Replica, next_plan: Path, window_on: Windows
) -> None:
    plans.import_document(ana, next_plan)
    plan_choice.use(ana, "2019")
    activities.set_status(ana, "2020/3.6.1", Status.DONE)
    async with window_on(ana, WIDE) as window:
        await window.press("h", "enter")
        assert "Está en otro plan, 2020: A lo muestra." in window.text
        await window.press("g", *"3.6.1", "enter")
        assert window.cursor == "2019/3.6.1"


async def test_the_first_start_remembers_the_plan_that_it_shows(ana: Replica, clock: Clock, window_on: Windows) -> None:
    async with window_on(ana, NARROW):
        pass
    assert ana.setting("plan") == "2019"
    clock.now += 400 * DAY
    assert ana.plan == "2019"


async def test_the_palette_finds_it_by_its_words(ana: Replica, window_on: Windows) -> None:
    async with window_on(ana, NARROW) as window:
        await window.press("f8", *"otro año", "enter")
        await window.until(lambda: window.screen == "PlansScreen")
