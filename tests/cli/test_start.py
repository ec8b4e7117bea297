"""What is imported, and when: the command line comes at once, and never waits for textual."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from gealc_tui import paths
from gealc_tui.cli.application import Application
from gealc_tui.cli.main import main

from .conftest import MakePerson

ROOT = Path(__file__).parents[2]
SLOW = {"textual", "pydantic", "sqlite_utils", "cryptography", "pendulum", "platformdirs", "rich", "babel"}
LOOK = """
import json, sys
from gealc_tui.cli.main import main
code = main(sys.argv[1:])
sys.stdout.flush()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def _modules(*arguments: str, code: int = 0) -> set[str]:
    """The packages that are imported when a command has run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    found, modules = json.loads(done.stderr.splitlines()[-1])
    assert found == code, done
    return set(modules)


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--help"], 0), (["show", "--help"], 0), (["--version"], 0), (["nada"], 2), (["show"], 2)]
)
def test_help_and_usage_errors_import_nothing_slow(arguments: list[str], code: int) -> None:
    modules = _modules(*arguments, code=code)
    assert not modules & (SLOW | {"sqlite3", "gealc_tui.replica"})


def test_the_list_imports_neither_textual_nor_anything_else_slow(person: MakePerson) -> None:
    assert not _modules("--home", str(person().home), "list", "--json") & SLOW


@pytest.mark.parametrize(
    "arguments", [["status", "3.1.1", "done"], ["export", "-o", "-"], ["verify"], ["log"]], ids=lambda one: one[0]
)
def test_no_command_imports_textual(person: MakePerson, arguments: list[str]) -> None:
    assert "textual" not in _modules("--home", str(person("Ana").home), *arguments)


def test_without_a_command_the_terminal_opens_in_the_home(tmp_path: Path) -> None:
    opened: list[paths.Home] = []

    def terminal(home: paths.Home) -> int:
        opened.append(home)
        return 7

    nothing = MagicMock(side_effect=AssertionError("only the terminal was asked for"))
    app = Application(terminal, browser=nothing, keys=nothing, picture=nothing)
    assert main(["--home", str(tmp_path), "--lang", "en"], app) == 7
    assert opened == [paths.Home(tmp_path, tmp_path / "gealc.db")]


def test_the_program_ends_with_the_exit_code_of_the_command(
    monkeypatch: pytest.MonkeyPatch, person: MakePerson
) -> None:
    from gealc_tui import __main__

    monkeypatch.setattr("sys.argv", ["gealc", "--home", str(person().home), "show", "nada"])
    with pytest.raises(SystemExit) as end:
        __main__.main()
    assert end.value.code == 1


def test_the_window_does_not_wait_until_the_commands_are_described(tmp_path: Path) -> None:
    look = (
        "import sys; sys.argv = ['gealc']; import gealc_tui.__main__ as m\n"
        "try: m.main()\n"
        "except SystemExit as end: print(end.code, 'gealc_tui.cli.main' in sys.modules, 'argparse' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GEALC_LANG": "es"}
    done = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, encoding="utf-8", timeout=60, env=environment, check=True
    )
    assert done.stdout.split() == ["2", "False", "False"]
    assert "terminal" in done.stderr, "what is refused is said as by the command line"
