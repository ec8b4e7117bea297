"""progress, a history that is asked, keys, and pictures of the screens."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gealc_tui import paths
from gealc_tui.cli import application
from gealc_tui.cli.application import Application, Keys
from gealc_tui.cli.main import main

from .conftest import MakePerson, Person
from .test_start import ROOT


def test_progress_tells_each_group_and_the_whole(ana: Person) -> None:
    ana.must("status", "3.8.1", "done")
    ana.must("status", "3.8.2", "done")
    ana.must("set", "3.1.1", "lead", "CL")
    facts = ana.must("progress", "--json").json
    assert (facts["by"], facts["whole"]["total"], facts["whole"]["done"]) == ("area", 40, 2)
    area = next(one for one in facts["groups"] if one["code"] == "3.8")
    assert (area["percent"], area["light"], area["activities"]) == (100, "green", ["2019/3.8.1", "2019/3.8.2"])
    countries = ana.must("progress", "--by", "country", "--json").json["groups"]
    assert [(one["key"], one["total"]) for one in countries] == [("CL", 1), ("", 39)]
    out = ana.must("progress", "--by", "area").out
    assert "2 de 40 cumplidas (5 %)" in out
    assert any(line.startswith("V ") and line.endswith("3.8 Comunicación") for line in out.splitlines())
    assert "Semáforo: R, 25 % o más" in out


def test_progress_without_a_plan_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str], small_plan: Path) -> None:
    from gealc_tui.replica import Replica

    Replica(tmp_path / "gealc.db", tmp_path / "keys").close()
    assert main(["--home", str(tmp_path), "progress", "--json"]) == 0
    assert capsys.readouterr().out == "null\n"


def test_the_history_can_be_asked_for_a_person_a_field_a_day_and_the_last(ana: Person, beto: Person) -> None:
    ana.must("status", "3.1.1", "done")
    ana.must("note", "3.1.1", "de Ana")
    beto.must("note", "3.2.1", "de Beto")
    ana.must("merge", str(beto.sends()), "--accept")

    def told(*arguments: str) -> list[tuple[str, str]]:
        changes = ana.must("log", *arguments, "--json").json
        return [(one["author"], edit["field"]) for one in changes for edit in one["edits"] if edit["field"] != "about"]

    assert told("--who", "Beto") == [("Beto", "text"), ("Beto", "official")]
    assert told("--who", "perú") == told("--who", "Beto"), "a country names its only person"
    assert told("--field", "status") == [("Ana", "status")]
    assert told("3.2", "--field", "note") == told("--who", "Beto")
    assert told("3.1", "--who", "Beto") == []
    assert len(ana.must("log", "--last", "1", "--json").json) == 1
    assert told("--since", "2001-01-01")
    assert told("--since", "2999-01-01") == []
    for wrong in (("--who", "nadie"), ("--field", "nada"), ("--since", "31/06/2019"), ("9.9",)):
        assert ana.types("log", *wrong, "--last", "1").code == 1, wrong


# --- what the terminal application answers -------------------------------------------------------------------


def _program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gealc_tui", *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def test_keys_are_told_and_a_template_of_them_changes_nothing(person: MakePerson) -> None:
    home = person("Ana").home
    told = _program("--home", str(home), "keys")
    assert (told.returncode, told.stderr) == (0, "")
    assert [line.split()[:2] for line in told.stdout.splitlines() if "plan.add_note" in line] == [
        ["n", "plan.add_note"]
    ]
    template = _program("--home", str(home), "keys", "--template").stdout
    assert tomllib.loads(template) == {}
    (home / "keys.toml").write_text(
        "".join(line.removeprefix("# ") + "\n" for line in template.splitlines() if ' = "' in line), encoding="utf-8"
    )
    whole = _program("--home", str(home), "keys")
    assert (whole.returncode, whole.stderr, whole.stdout) == (0, "", told.stdout)
    (home / "keys.toml").write_text('\nplan.add_note = "ctrl+n"\nplan.edit = "w"\n', encoding="utf-8")
    wrong = _program("--home", str(home), "keys")
    assert wrong.returncode == 1
    assert "línea 2" in wrong.stderr
    assert [line.split()[0] for line in wrong.stdout.splitlines() if line.split()[1:2] == ["plan.edit"]] == ["w"]


def test_a_picture_is_the_real_screen_and_asks_nothing_of_the_internet(person: MakePerson, tmp_path: Path) -> None:
    home, picture = person("Ana").home, tmp_path / "avance.svg"
    done = _program("--home", str(home), "--screenshot", str(picture), "--size", "100x30", "--keys", "P v")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    text = picture.read_text(encoding="utf-8")
    assert text.startswith("<svg")
    assert "Segundo&#160;semestre" in text
    assert "url(http" not in text
    assert "@font-face" not in text
    # The tree of files there has a thread that never ends, and is not waited for.
    nowhere = _program("--home", str(home), "--screenshot", str(tmp_path / "nada" / "x.svg"), "--keys", "x r")
    assert nowhere.returncode == 1
    assert "x.svg" in nowhere.stderr


@pytest.mark.parametrize(
    "arguments", [["--screenshot", "x.svg", "--size", "9x9"], ["--screenshot", "x.svg", "list"]], ids=" ".join
)
def test_a_picture_that_is_asked_for_wrongly_is_a_usage_error(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def never(*_: Any) -> Any:
        raise AssertionError("nothing is drawn")

    app = Application(never, never, never, never)
    assert main(["--home", str(tmp_path), *arguments], app) == 2
    assert "uso: gealc" in capsys.readouterr().err


def test_sizes_are_columns_and_rows() -> None:
    sizes = ("80x24", "120X40", "19x24", "80x4", "80", "x", "1000x1000", "-1x5")
    assert [application.size_of(one) for one in sizes] == [(80, 24), (120, 40), *[None] * 6]


def test_the_keys_come_from_the_home_that_was_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[paths.Home] = []

    def keys(home: paths.Home) -> Keys:
        asked.append(home)
        return Keys(
            home.folder / "keys.toml", [("En el plan", [("plan.add_note", "n", "nota"), ("", "Esc", "volver")])], []
        )

    app = Application(lambda _: 0, lambda *_: 0, keys, lambda *_: None)
    assert main(["--home", str(tmp_path), "keys", "--json"], app) == 0
    assert asked == [paths.Home(tmp_path, tmp_path / "gealc.db")]
    assert '"plan.add_note"' in capsys.readouterr().out
