"""Copies that have met the same changes show the same plan, and nothing that anybody wrote is lost.

The default run is brief. `GEALC_LONG=1 pytest -n 0 -s tests/convergence` follows at least 20,000 steps and says how
many of which kind they were, and what came of them (some ten minutes).
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

from .copies import opened
from .faults import FAULTS
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
long = settings(quick, max_examples=400, stateful_step_count=60)
hunt = settings(quick, max_examples=200, phases=[Phase.generate], derandomize=True)


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


@pytest.mark.parametrize("plant", FAULTS)
def test_the_machine_finds_a_fault_that_was_planted(people, monkeypatch, plant):
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(people, settings=hunt)
