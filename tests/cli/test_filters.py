"""`gealc list` with the filters of the screen."""

from __future__ import annotations

import pytest

from gealc_tui import i18n

from .conftest import Person


def listed(person: Person, *options: str) -> list[str]:
    return [one["id"] for one in person.must("list", "--json", *options).json]


def test_filters_of_one_kind_widen_and_kinds_narrow(ana: Person) -> None:
    ana.must("status", "3.1.1", "done")
    ana.must("status", "3.1.2", "in_progress")
    ana.must("set", "3.1.2", "lead", "CL")
    assert listed(ana, "--status", "done", "--status", "in_progress") == ["2019/3.1.1", "2019/3.1.2"]
    assert listed(ana, "--status", "done", "--status", "in_progress", "--lead", "chile") == ["2019/3.1.2"]
    assert listed(ana, "--area", "3.1", "--no-lead", "--status", "done") == ["2019/3.1.1"]
    # The plan is of long ago.
    assert len(listed(ana, "--overdue", "--due-soon", "--unreported")) == 39
    assert listed(ana, "--differences") == []
    assert listed(ana, "--funder", "bid", "--area", "3.1")
    assert listed(ana, "--search", "REUNION blockchain") == []
    assert listed(ana, "--search", "blockchain") == ["2019/3.6.3"]


def test_what_changed_since_a_day_or_the_last_meeting(ana: Person) -> None:
    ana.must("note", "3.9.2", "Una nota")
    assert listed(ana, "--since", "1/1/2019") == ["2019/3.9.2"]
    assert listed(ana, "--since", "2100-01-01") == listed(ana, "--since", "meeting") == []
    assert "since" not in ana.must("list", "--since", "ayer", code=1).err
    assert "«ayer» no es válido para Cambiadas desde" in ana.must("list", "--since", "ayer", code=1).err


@pytest.mark.parametrize("language", ["es", "en"])
def test_countries_are_asked_for_in_any_language(ana: Person, language: str) -> None:
    ana.must("set", "3.1.2", "lead", "BR")
    assert listed(ana, "--lang", language, "--lead", "Brazil") == listed(ana, "--lead", "brasil") == ["2019/3.1.2"]
    i18n.use(i18n.SOURCE)
