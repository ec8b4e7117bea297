"""The targets of the fuzzer, each with some hundred inputs: in a test run without its guide, and briefly with it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fuzzing import targets
from fuzzing.stored_rows import TABLES, TEXTS, of_stored_rows
from gealc_tui.store import plan_queries
from gealc_tui.sync import bundle, strict

HERE = Path(__file__).parent
INPUTS = 300


def tried(name: str, inputs: int = INPUTS, **how: bool) -> None:
    target = targets.TARGETS[name]

    @settings(max_examples=inputs, **how)
    @given(st.binary(max_size=400))
    @example(b"")
    def fuzz(data: bytes) -> None:
        target(data)

    fuzz()


@pytest.mark.parametrize("name", targets.TARGETS)
def test_nothing_but_named_refusals_come_out(name):
    for seed in targets.seeds(name):
        targets.TARGETS[name](seed)
    tried(name)


@pytest.mark.skipif(find_spec("atheris") is None, reason="the group `fuzz` is not installed")
@pytest.mark.parametrize("name", targets.TARGETS)
def test_the_guided_fuzzer_finds_nothing_in_a_few_thousand_inputs(name):
    command = [sys.executable, str(HERE), "--inputs", "2000", name]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{name}" in done.stdout


# --- the fuzzing itself: a fault that is planted must be found -----------------------------------------------------


def every_depth() -> Iterator[bytes]:
    """Every file of the target with lists in one another."""
    return (bytes([1, base, more]) for base in range(6) for more in range(60))


def test_no_depth_of_a_header_gets_out():
    for data in every_depth():
        targets.of_bundle(data)


def test_a_header_without_a_measure_of_its_depth_is_found(monkeypatch):
    monkeypatch.setattr(bundle, "check_depth", lambda header: None)
    with pytest.raises(RecursionError):
        list(map(targets.of_bundle, every_depth()))


def test_a_refusal_that_nobody_names_is_found(monkeypatch):
    monkeypatch.setattr(bundle, "ValidationError", KeyError)
    with pytest.raises((ValueError, BaseExceptionGroup)):
        tried("bundle", 500, derandomize=True)


def test_a_reader_of_lines_that_believes_too_much_is_found(monkeypatch):
    monkeypatch.setattr(targets, "spelled", lambda raw: strict.parse("[]", "")[0])
    with pytest.raises((IndexError, BaseExceptionGroup)):
        tried("rows", 200, derandomize=True)


def every_column() -> Iterator[bytes]:
    """A text that says nothing in each column of each table, and six questions."""
    kind, text, everywhere = 4, TEXTS.index("x"), 1
    for table, column in product(range(len(TABLES)), range(24)):
        yield bytes([0, table, column, kind, text, everywhere, *(table + column + n for n in range(6))])


def test_a_text_that_says_nothing_is_named_in_every_column():
    for data in every_column():
        of_stored_rows(data)


def test_a_question_that_believes_a_stored_row_is_found(monkeypatch):
    monkeypatch.setattr(plan_queries, "stored_code", lambda codes, value: codes(value))
    with pytest.raises(ValueError, match="is not a valid"):
        list(map(of_stored_rows, every_column()))
