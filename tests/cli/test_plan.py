"""`gealc plan`, `--plan`, and what a second plan changes for the other commands: nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from cli.conftest import MakePerson, Person
from gealc_tui import authoring, errors, paths
from gealc_tui.cli.application import Application
from gealc_tui.cli.main import main

DOCUMENT = Path(__file__).parents[2] / "data" / "plan-2019.txt"


@pytest.fixture
def on_a_day(monkeypatch: pytest.MonkeyPatch):
    """Sets the clock of every copy to noon of a day."""

    def of(day: str) -> None:
        # A day of this machine's calendar: far from either end of it, whatever the zone.
        at = (date.fromisoformat(day).toordinal() - date(1970, 1, 1).toordinal()) * 86_400_000 + 12 * 3_600_000
        monkeypatch.setattr(authoring.Authoring.__init__, "__kwdefaults__", {**_DEFAULTS, "clock": lambda: at})

    return of


_DEFAULTS = dict(authoring.Authoring.__init__.__kwdefaults__ or {})


@pytest.fixture
def next_plan(tmp_path: Path) -> Path:
    """The plan of 2020: that of 2019 with other words in two activities."""
    text = DOCUMENT.read_text(encoding="utf-8").replace("TRABAJO 2019", "TRABAJO 2020")
    path = tmp_path / "plan-2020.txt"
    path.write_text(text.replace("3.1.1) Taller regional", "3.1.1) Taller continental"), encoding="utf-8")
    return path


@pytest.fixture
def both(person: MakePerson, next_plan: Path, on_a_day) -> Person:
    """In November 2019 the plan of 2020 is brought in."""
    on_a_day("2019-11-20")
    ana = person("Ana")
    ana.must("import", str(next_plan))
    return ana


def test_plans_are_listed_with_these_facts_and_no_others(both: Person) -> None:
    expected = [
        {
            "id": year,
            "year": int(year),
            "title": f"PLAN DE TRABAJO {year}",
            "body": None,
            "state": "approved",
            "activities": 40,
            "in_view": in_view,
        }
        for year, in_view in (("2020", False), ("2019", True))
    ]
    assert both.must("plan", "--json").json == both.must("plan", "list", "--json").json == expected
    lines = both.must("plan").out.splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [["2020", "2020"], ["●", "2019"]]
    assert both.must("plan", "list").out.splitlines() == lines


def test_the_next_plan_hides_nothing_of_this_one(both: Person) -> None:
    """Six weeks before the year ends, and a day after it."""
    assert both.must("progress").out.startswith("PLAN DE TRABAJO 2019")
    assert len(both.must("list", "--overdue", "--json").json) == 10
    both.must("status", "3.6.1", "done")
    assert both.must("show", "3.6.1", "--json").json["id"] == "2019/3.6.1"
    both.must("meeting", "begin", "working_group", "--area", "3.6", "--countries", "cl")
    assert both.must("meeting", "show", "--json").json["area"] == "2019/3.6"


def test_a_new_year_changes_nothing_by_itself(both: Person, on_a_day) -> None:
    on_a_day("2020-01-20")
    assert both.must("progress", "--json").json["plan"] == "2019"
    both.must("plan", "use", "2020")
    assert both.must("progress", "--json").json["plan"] == "2020"
    on_a_day("2019-12-01")
    assert both.must("progress", "--json").json["plan"] == "2020"


def test_a_meeting_of_the_new_year_begins_from_what_was_promised_in_the_old(both: Person, on_a_day) -> None:
    on_a_day("2019-11-15")
    both.must("meeting", "begin", "working_group", "--area", "3.6", "--countries", "cl pe")
    both.must("meeting", "agree", "3.6.1", "Terminar @pe 15 ene 2020")
    both.must("meeting", "close")
    on_a_day("2020-01-20")
    both.must("meeting", "begin", "working_group", "--area", "2020/3.6", "--countries", "cl pe")
    shown = both.must("meeting", "show", "--json").json
    assert [(one["text"], one["guessed"]) for one in shown["owed"]] == [("Terminar", True)]
    assert {one.rpartition(".")[0] for one in shown["agenda"]} == {"2020/3.6"}
    text = both.must("meeting", "show").out
    assert "Compromisos anteriores" in text
    assert "2019/3.6.1" in text
    both.must("set", "area/2020/3.6", "origin", "2019/3.6")
    assert [one["guessed"] for one in both.must("meeting", "show", "--json").json["owed"]] == [False]


@pytest.mark.parametrize("place", ["before", "after"])
def test_every_command_looks_at_another_plan_for_once(both: Person, place: str) -> None:
    def types(*command: str) -> list[str]:
        return ["--plan", "2020", *command] if place == "before" else [*command, "--plan", "2020"]

    assert both.must(*types("progress", "--json")).json["plan"] == "2020"
    assert both.must(*types("list", "--json")).json[0]["title"] == "Taller continental"
    assert both.must(*types("show", "3.1.1", "--json")).json["id"] == "2020/3.1.1"
    both.must(*types("status", "3.1.1", "done"))
    assert [one["in_view"] for one in both.must(*types("plan", "--json")).json] == [True, False]
    assert both.must("show", "2020/3.1.1", "--json").json["status"] == "done"
    assert both.must("show", "3.1.1", "--json").json["status"] == "pending"
    assert both.must("plan", "--json").json[1]["in_view"]


def test_the_environment_names_a_plan_too(both: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEALC_PLAN", "2020")
    assert both.must("progress", "--json").json["plan"] == "2020"
    assert both.must("progress", "--json", "--plan", "2019").json["plan"] == "2019"


def test_an_area_of_another_plan_is_listed_with_references_that_hold(both: Person) -> None:
    listed = both.must("list", "--area", "2020/3.1").out
    assert "2020/3.1.1" in listed
    assert "2019/" not in listed
    assert both.must("list", "--area", "2020/3.1", "--json").json[0]["id"] == "2020/3.1.1"
    assert "2020/3.6.1" in both.must("show", "2020/3.6").out


def test_history_and_messages_say_the_year_of_another_plan(both: Person) -> None:
    assert both.must("status", "2020/3.1.1", "done").out.startswith("2020/3.1.1 · ")
    both.must("status", "3.1.1", "in_progress")
    log = both.must("log", "--last", "2").out
    assert "2020/3.1.1" in log
    assert "2019/3.1.1" not in log


def test_a_search_and_a_filter_stay_in_the_plan_in_view(both: Person) -> None:
    both.must("status", "2020/3.6.1", "done")
    assert both.must("list", "--search", "continental", "--json").json == []
    assert both.must("list", "--status", "done", "--json").json == []
    found = both.must("list", "--search", "continental", "--plan", "2020", "--json").json
    assert [one["id"] for one in found] == ["2020/3.1.1"]
    assert [one["id"] for one in both.must("list", "--status", "done", "--plan", "2020", "--json").json] == [
        "2020/3.6.1"
    ]


def test_what_is_meant_in_two_ways_is_a_usage_error_that_names_both(both: Person) -> None:
    both.must("set", "2019/3.6.1", "title", "Otra")
    both.must("plan", "use", "nada", code=1)
    with_codes = (("activity/2019/3.1.1", "code", "3.1.2"), ("activity/2019/3.1.2", "code", "3.1.1"))
    _writes(both, *with_codes, ("plan/otro", "year", 2020), ("plan/otro", "state", "approved"))
    refused = both.must("show", "2019/3.1.1", code=2)
    assert "activity/2019/3.1.1" in refused.err
    assert "activity/2019/3.1.2" in refused.err
    assert both.must("show", "activity/2019/3.1.1", "--json").json["id"] == "2019/3.1.1"
    for command in (("plan", "use", "2020"), ("list", "--plan", "2020"), ("show", "2020/9.9")):
        refused = both.must(*command, code=2)
        assert "\n  2020  " in refused.err
        assert "\n  otro  " in refused.err
    assert "2020" in both.must("plan", "use", "plan/2020").out


def test_a_plan_of_a_far_year_empties_no_screen(person: MakePerson, on_a_day) -> None:
    on_a_day("2026-11-26")
    ana = person("Ana")
    _writes(ana, ("plan/zz", "year", 999_999), ("plan/zz", "state", "approved"))
    assert len(ana.must("list", "--json").json) == 40
    assert [one["id"] for one in ana.must("plan", "--json").json if one["in_view"]] == ["2019"]


def test_a_withdrawn_plan_is_listed_last_and_says_by_whom(both: Person) -> None:
    both.must("plan", "use", "2020")
    both.must("withdraw", "plan/2020")
    assert [(one["id"], one["state"], one["in_view"]) for one in both.must("plan", "--json").json] == [
        ("2019", "approved", False),
        ("2020", "withdrawn", True),
    ]
    assert "Retirado por Ana, Uruguay" in both.must("plan").out
    assert both.must("progress", "--json").json["plan"] == "2020"
    both.must("plan", "use", "2019")
    both.must("plan", "use", "2020")


def test_a_plan_of_an_unexpected_year_is_brought_in_only_when_asked_for(both: Person, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(DOCUMENT.read_text(encoding="utf-8").replace("TRABAJO 2019", "TRABAJO 2091"), encoding="utf-8")
    before = both.must("dump").out
    refused = both.must("import", str(path), code=1)
    assert "2091" in refused.err
    assert "--yes" in refused.err
    assert both.must("dump").out == before
    assert "gealc plan use 2091" in both.must("import", str(path), "--yes").out
    assert both.must("progress", "--json").json["plan"] == "2019"
    both.must("plan", "remove", "2091")
    assert both.must("dump").out == before
    assert both.must("verify").out == "Todo está en orden.\n"


def test_a_plan_that_left_cannot_be_taken_out(both: Person) -> None:
    both.sends()
    assert "puede que otros ya lo tengan" in both.must("plan", "remove", "2020", code=1).err


def test_the_window_is_told_which_plan_to_show_this_time(tmp_path: Path) -> None:
    opened: list[paths.Home] = []

    def terminal(home: paths.Home) -> int:
        opened.append(home)
        return 0

    def never(*_: object) -> NoReturn:
        raise AssertionError("only the terminal was asked for")

    main(["--home", str(tmp_path), "--plan", "2020"], Application(terminal, never, never, never))
    assert opened == [paths.Home(tmp_path, tmp_path / "gealc.db", "2020")]


def test_a_picture_shows_the_plan_that_was_asked_for(both: Person, tmp_path: Path) -> None:
    from gealc_tui.tui.picture import take

    for plan, year in ((None, "2019"), ("2020", "2020")):
        path = tmp_path / f"{year}.svg"
        take(paths.Home(both.home, both.database, plan), path, (120, 30), ())
        assert f"trabajo&#160;{year}" in path.read_text(encoding="utf-8")
    with pytest.raises(errors.PlanUnknown):
        take(paths.Home(both.home, both.database, "2030"), tmp_path / "x.svg", (120, 30), ())


def _writes(who: Person, *settings: tuple[str, str, object]) -> None:
    """What somebody with another program might write."""
    from gealc_tui.replica import Replica

    with Replica(who.database, who.home / "keys") as replica:
        replica.commit(list(settings))  # type: ignore[arg-type]
