"""Copies that have met the same changes show the same plan, and nothing that anybody wrote is lost.

The default run is brief. `GEALC_LONG=1 pytest -n 0 -s tests/convergence -k copies_converge` follows at least 20,000
steps and says how many of which kind they were, and what came of them (some ten minutes): docs/convergence.md.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from conftest import introduced
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from gealc_tui.domain.vocabulary import Status

from .copies import opened
from .faults import (
    FAULTS,
    Step,
    at_the_same_time,
    begin,
    sends,
    sets,
    the_last_change_of_a_file_is_lost,
    the_last_that_came_wins,
    ties_are_broken_by_local_numbers,
)
from .machine import People
from .world import COUNTRIES, NAMES, SEEN, TAKEN

LONG = bool(os.environ.get("GEALC_LONG"))

ENOUGH = 20_000
"""Steps of the long run."""

quick = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
# The long run looks for new histories; the brief one takes the same ones each time.
brief = settings(quick, derandomize=True)
long = settings(quick, max_examples=480, stateful_step_count=60)
hunt = settings(quick, max_examples=200, phases=[Phase.generate], derandomize=True, report_multiple_bugs=False)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, small_database: Path) -> dict[int, dict[str, Path]]:
    """The homes of five people with the small plan, of whom the first one, two … five accept one another."""
    return {number: _homes(tmp_path_factory.mktemp("homes"), small_database, number) for number in range(1, 6)}


def _homes(place: Path, database: Path, number: int) -> dict[str, Path]:
    copies = []
    for name, country in zip(NAMES, COUNTRIES, strict=True):
        (place / name).mkdir(mode=0o700)
        shutil.copyfile(database, place / name / "gealc.db")
        copies.append(introduced(opened(place / name, place / name / "keys", name), name, country))
    for one in copies[:number]:
        file = one.bundle_text(recipients=None, summary="").encode()
        for other in copies[:number]:
            if other is not one:
                other.merge([("hola", file)], accept=True)
    for copy in copies:
        copy.close()
    return {name: place / name for name in NAMES}


@pytest.fixture
def people(prepared: dict[int, dict[str, Path]]) -> type[People]:
    """The machine."""
    return type("Prepared", (People,), {"prepared": prepared})


def test_copies_converge_and_nothing_is_lost(people, record_property):
    TAKEN.clear()
    SEEN.clear()
    run_state_machine_as_test(people, settings=long if LONG else brief)
    steps = TAKEN.total()
    print(f"\n{steps} steps were taken.", _table(TAKEN), "What came of them:", _table(SEEN), sep="\n")
    record_property("steps", steps)
    if LONG:
        assert steps >= ENOUGH


def _table(counted: Counter[str]) -> str:
    return "\n".join(f"{number:8}  {name}" for name, number in sorted(counted.items()))


named = pytest.mark.parametrize("fault", [pytest.param(one, id=one.plant.__name__) for one in FAULTS])


def follow(people: type[People], history: list[Step]) -> None:
    """A machine that takes these steps, and whose history then ends like every other."""
    machine = people()
    try:
        for rule, drawn in history:
            getattr(machine, rule)(**drawn)
    finally:
        machine.teardown()


@named
def test_the_machine_finds_a_fault_that_was_planted(people, fault):
    with pytest.MonkeyPatch.context() as patch:
        fault.plant(patch)
        with pytest.raises(AssertionError) as found:
            follow(people, fault.history)
    assert found.traceback[-1].name == fault.check
    follow(people, fault.history)


@pytest.mark.skipif(not LONG, reason="some take minutes")
@named
def test_the_machine_finds_the_fault_without_being_led_to_it(people, monkeypatch, fault):
    fault.plant(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(people, settings=hunt)


@pytest.mark.parametrize(
    "fault", [the_last_that_came_wins, the_last_change_of_a_file_is_lost, ties_are_broken_by_local_numbers]
)
def test_the_machine_finds_a_wrong_fold_and_a_lost_change_in_no_time(people, monkeypatch, fault):
    fault(monkeypatch)
    with pytest.raises(AssertionError) as found:
        run_state_machine_as_test(people, settings=settings(hunt, max_examples=20))
    assert found.traceback[-1].name in ("_ask_what_stands", "ask_what_came", "_ask", "accept")


def test_the_same_word_written_twice_by_one_key_at_one_instant_is_one_change(people):
    """Two machines with one identity whose clocks stand alike: it has one name, and nothing is lost."""
    history = [begin(), ("a_profile_is_copied", {"number": 0}), at_the_same_time(0, 3, 1, (Status.DONE, Status.DONE))]
    SEEN.clear()
    follow(people, [*history, sets(0), sets(3, Status.ON_HOLD), sends(0, 3)])
    assert SEEN["changes written alike"] == 1


def test_what_waits_at_one_copy_alone_is_not_lost_when_its_author_puts_a_backup_back(people):
    history = [
        begin(),
        ("the_key_is_lost", {"number": 2}),
        ("back_up", {"number": 2}),
        at_the_same_time(2, 1, 0, (Status.CANCELLED, Status.CANCELLED)),
        ("a_database_is_put_back_and_written", {"which": 0, "starts": True, "text": "uno"}),
    ]
    SEEN.clear()
    follow(people, history)
    assert SEEN["strangers whom only one copy knew"] == 1


def test_the_plan_stands_as_it_stood_also_where_a_branch_had_a_gap_at_the_closing(people):
    """One copy has the whole log, another closed a meeting with many of its branches and without what they share."""
    history = [
        begin(clocks=[0, 15, 18]),
        ("begin_a_meeting", {"number": 0}),
        ("begin_a_meeting", {"number": 2}),
        ("a_key_is_used_in_many_places", {"activity": "2019/1.1.2", "at": 1, "number": 0, "one": 1, "other": 0}),
        ("close_a_meeting", {"number": 2}),
    ]
    follow(people, history)


def test_a_trial_tells_what_comes_of_the_same_file_three_times_also_where_it_is_ones_own(people):
    """The copy was copied, so the words of its other machine come in its own name, and it goes on under another."""
    history = [
        begin(clocks=[0, 15, 18]),
        ("a_database_is_copied", {"number": 2}),
        ("a_key_is_used_in_many_places", {"activity": "2019/1.1.2", "at": 1, "number": 3, "one": 17, "other": 8}),
        ("take_in_files", {"accept": False, "number": 7, "trial": True, "which": [1, 15, 13]}),
    ]
    follow(people, history)
