"""The demonstration, made by the command line, and what `gealc serve` refuses."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gealc_tui import i18n, paths
from gealc_tui.authoring import wall_clock
from gealc_tui.cli.application import Application
from gealc_tui.cli.main import main
from gealc_tui.commands import demo, demo_story, proposals
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.replica import Replica


def application(
    terminal: Callable[[paths.Home], int] | None = None, browser: Callable[[paths.Home, int], int] | None = None
) -> Application:
    """What the command line opens; what is not given must not be opened."""

    def never(*_: Any) -> Any:
        raise AssertionError("it was opened")

    return Application(terminal or never, browser or never, never, never)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> paths.Home:
    """One demonstration for all, which is only read."""
    return demo.make(tmp_path_factory.mktemp("demo") / "nueva")


def test_the_demonstration_has_half_a_year_of_life_in_it(made: paths.Home) -> None:
    with Replica(made.database, made.keys) as replica:
        assert replica.today.isoformat() == "2019-06-18"
        outline = replica.read.outline(replica.today, replica.plan)
        assert outline is not None
        statuses = Counter(row.status.value for row in outline.activities)
        assert len(outline.activities) == 40
        assert set(statuses) == {"pending", "in_progress", "done", "on_hold", "cancelled"}
        assert [one.place for one in replica.read.differences()] == [("activity/2019/3.6.1", "status")]
        assert [one.author.country for one in replica.read.differences()[0].values] == ["PE", "UY"]
        assert replica.unsent() == 5
        known = {one.country: one for one in replica.people()}
        assert known["BR"].missing == 2
        assert known["CL"].replica in known["BR"].holders
        assert known["CL"].asks
        assert (known["GY"].trust, known["GY"].aside) == (Trust.STRANGER, 3)
        notes = [note for one in replica.read.activities(replica.today, replica.plan) for note in one.notes]
        assert {note.official for note in notes} == {True, False}
        moved = [edit for change in replica.read.history(["activity/2019/3.5.3"]) for edit in change.edits]
        assert ("due", "2019-05-31", "2019-07-15") in [(one.field, one.before, one.after) for one in moved]
        evidence = [
            one.evidence for each in replica.read.activities(replica.today, replica.plan) for one in each.products
        ]
        assert any(one is not None and one.startswith("https://example.org/") for one in evidence)
        assert [(one.reason, one.author.country) for one in replica.read.amendments("2019")] == [
            ("El grupo lo reprogramó en mayo.", "OAS")
        ]
        assert [one.author.country for one in replica.read.proposals()] == ["PE"]
        assert proposals.may_decide(replica, "2019"), "whoever tries the program can try that too"
        assert replica.read.text_of("activity/2019/3.6.3", "title:en") is not None
        assert replica.verify() == ()
        assert all(re.search("Ejemplo|Exemplo|Example", one.name) for one in replica.people())
        assert len({one.name for one in replica.people()}) == 6
        closed, planned = sorted(replica.read.meetings(), key=lambda one: one.state)
        assert (closed.state, planned.state, planned.day) == ("closed", "planned", "2019-06-20")
        items = [one for one in replica.read.items() if one.meeting == closed.id]
        assert Counter(one.kind.value for one in items) == {"commitment": 3, "decision": 2}
        assert any(one.due and one.due < "2019-06-18" for one in items), "one of them is late"


def test_every_command_works_on_it_and_says_what_it_is(made: paths.Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(made.folder), "show", "3.4.2", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["alerts"] == ["overdue"], "its day is its own"
    assert err == "Demostración: nada de esto es real.\n"


def test_it_is_kept_where_nothing_is_and_nowhere_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    full = tmp_path / "llena"
    full.mkdir()
    (full / "gealc.db").write_text("de alguien", "utf-8")
    assert main(["demo", "--keep", str(full)], application()) == 1
    assert "no se tocan" in capsys.readouterr().err
    assert [(one.name, one.read_text("utf-8")) for one in full.iterdir()] == [("gealc.db", "de alguien")]
    assert main(["demo", "--keep", str(tmp_path / "nueva")], application()) == 0
    assert f"gealc --home {tmp_path / 'nueva'}" in capsys.readouterr().out
    assert not Path(tmp_path / "gealc-home").exists(), "the person's own home is not looked at"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_it_is_the_same_in_every_language(made: paths.Home, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "nueva"
    assert main(["--lang", language, "demo", "--keep", str(folder)], application()) == 0
    with Replica(folder / "gealc.db", folder / "keys") as replica, Replica(made.database, made.keys) as first:
        shown = replica.read.activities(replica.today, replica.plan)
        assert [one.row for one in shown] == [one.row for one in first.read.activities(first.today, first.plan)]
        assert [one.text for one in replica.read.items()] == [one.text for one in first.read.items()]


def test_one_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gealc_tui.commands.demo_story.AFTER_WHAT_WAS_LOST", (demo_story.Event("x", "UY", "3.1.1"),))
    with pytest.raises(ValueError, match="isoformat"):
        demo.make(tmp_path / "nueva")
    assert not (tmp_path / "nueva").exists()


def test_it_is_opened_and_goes_away_afterwards(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GEALC_DB", str(tmp_path / "real.db"))
    seen: list[Any] = []

    def terminal(home: paths.Home) -> int:
        with Replica(home.database, home.keys) as replica:
            seen.append((home, replica.demo_day))
        return 0

    assert main(["demo"], application(terminal)) == 0
    ((home, day),) = seen
    assert str(day) == "2019-06-18"
    assert not home.folder.exists()
    assert not (tmp_path / "real.db").exists()


def test_a_real_copy_lives_today(tmp_path: Path) -> None:
    home = paths.home(str(tmp_path / "real"))
    paths.settle(home)
    with Replica(home.database, home.keys) as replica:
        assert replica.demo_day is None
        assert replica.today == local_day(wall_clock())


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "plan.example.org"])
def test_it_is_not_served_to_other_machines(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", host], application()) == 1
    assert host in capsys.readouterr().err


def test_the_browser_gets_the_home_and_the_port(tmp_path: Path) -> None:
    asked: list[tuple[Path, int]] = []

    def browser(home: paths.Home, port: int) -> int:
        asked.append((home.folder, port))
        return 0

    assert main(["--home", str(tmp_path), "serve"], application(browser=browser)) == 0
    assert (
        main(["--home", str(tmp_path), "serve", "--port", "9000", "--host", "localhost"], application(browser=browser))
        == 0
    )
    assert asked == [(tmp_path, 8019), (tmp_path, 9000)]
    for port in ("0", "65536", "x", "-1", "٣"):
        assert main(["serve", f"--port={port}"], application(browser=browser)) == 2


def test_without_the_extra_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from gealc_tui.tui.serving import serve

    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    assert main(["serve"], application(browser=serve)) == 1
    assert 'pip install "gealc-tui[serve]"' in capsys.readouterr().err
