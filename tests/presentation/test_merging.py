"""What came of a merge is said in one place: everything that can come of it, in every language."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from gealc_tui import i18n
from gealc_tui.presentation.merging import log_sentence
from gealc_tui.sync.outcomes import FileOutcome, LogOutcome, MergeReport, Outcome
from gealc_tui.tui.report import report_text

LOG = LogOutcome("abcdefgh" + "a" * 18, "Ana", "UY", Outcome.NEW, new=3, known=2, missing=0)


def of(outcome: Outcome) -> LogOutcome:
    return LOG._replace(outcome=outcome)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("done", [False, True])
def test_every_outcome_has_its_own_sentence(language, done):
    i18n.use(language)
    said = [log_sentence(of(outcome), done=done) for outcome in Outcome if outcome is not Outcome.PARTIAL]
    assert len(set(said)) == len(said)
    assert all(one.startswith("Ana, ") for one in said)


@pytest.mark.parametrize("outcome", Outcome)
def test_the_window_says_what_the_command_line_says(outcome):
    report = MergeReport((FileOutcome("a.json", "applied", None, (of(outcome),)),), (), (), ())
    drawn = io.StringIO()
    Console(file=drawn, width=200).print(report_text(report, done=True))
    assert log_sentence(of(outcome), done=True) in drawn.getvalue()


def test_what_is_missing_is_said_of_every_outcome_that_lacks_it():
    for outcome in (Outcome.NEW, Outcome.PARTIAL, Outcome.FORKED):
        assert "faltan 2 cambios anteriores" in log_sentence(of(outcome)._replace(missing=2), done=True)


def test_a_fork_is_told_as_applied_and_what_is_crowded_as_not():
    assert "3 cambios nuevos" in log_sentence(of(Outcome.FORKED), done=True)
    assert "no se aplica ni se guarda" in log_sentence(of(Outcome.CROWDED), done=True)


def test_somebody_without_a_name_is_called_by_the_beginning_of_the_id():
    assert log_sentence(LOG._replace(name="", country=None), done=True).startswith("abcdefgh: ")
