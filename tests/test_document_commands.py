"""Every command that the documents tell is run, in each language, in a scratch copy of the demonstration.

Commands are taken from the pages themselves: code in a line and in blocks that begins with `gealc`, and options that
stand behind one in the same sentence (`gealc export` (`--eml`, …)), each with that command.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gealc_tui import i18n, paths
from gealc_tui.__main__ import _keys
from gealc_tui.cli.application import Application
from gealc_tui.cli.main import main
from gealc_tui.commands import demo, exchange
from gealc_tui.replica import Replica

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md")), ROOT / "docs" / "database.md"]

NOT_HERE = re.compile(r"(webdav|sftp|s3)://")
"""Servers, which tests do not reach; `tests/sync` has them."""

MENTIONED = {"gealc rely", "gealc series", "gealc depends", "gealc propose", "gealc vouch", "gealc show"} | {
    f"gealc {one}" for one in ("block", "unblock", "import", "merge", "plan remove", "undelete", "withdraw")
}
"""Commands that are spoken of without their arguments."""

FIRST: dict[str, list[list[str]]] = {
    "unblock": [["block", "--yes", "PERSON"]],
    "undelete activity": [["withdraw", "3.6.1"]],
    "activity restore": [["withdraw", "3.6.3"]],
    "evidence verify informe": [["product", "deliver", "3.6.1", "--evidence", "informe.pdf"]],
    "evidence verify report": [["product", "deliver", "3.6.1", "--evidence", "report.pdf"]],
    "import m.xlsx": [["report", "matrix", "--format", "xlsx", "-o", "m.xlsx"]],
    "plan use 2020": [["import", "--yes", "plan-2020.txt"]],
    "set 2020": [["import", "--yes", "plan-2020.txt"]],
    "redo": [["undo"]],
    "plan propose 2020": [["plan", "new", "2020", "--from", "2019"]],
    "plan reopen": [["plan", "close", "2019"]],
    "handover": [["init", "--name", "Ana Ejemplo", "--country", "OAS", "--role", "secretariat"]],
    "series held": [["series", "3.7.1", "--every", "2"]],
    "restore": [["backup"], ["status", "3.1.1", "done"], ["backup"]],
    "meeting agree": [["meeting", "begin", "working_group", "--area", "3.5"]],
    "meeting close": [["meeting", "begin", "working_group", "--area", "3.5"]],
}
"""What has to be done before a command makes sense."""


NEXT_PLAN = """PLAN DE TRABAJO 2020
1) Áreas
3.6) Datos
Objetivo: Abrir.
Actividades anuales
3.6.1) Taller
Producto: Acta
"""


def told() -> Iterator[str]:
    """Each command line of the pages, once."""
    found: dict[str, None] = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in re.findall(r"```\n(.+?)```", text, re.DOTALL):
            found |= dict.fromkeys(re.split(r"\s{2,}", line)[0] for line in block.splitlines())
        for line in re.sub(r"```.+?```", "", text, flags=re.DOTALL).splitlines():
            for sentence in re.split(r"[.|] ", line):
                last = ""
                for code in re.findall(r"`([^`]+)`", sentence):
                    last = code if "gealc" in code else last
                    found[f"{last} {code}" if code.startswith("--") and last else last] = None
    for line in found:
        command = re.sub(r"^.*uv run (?=gealc)", "", line)
        if re.match(r"gealc\b(?![-.])", command) and command not in MENTIONED and not NOT_HERE.search(command):
            yield command


COMMANDS = sorted(set(told()))


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> paths.Home:
    return demo.make(tmp_path_factory.mktemp("documents") / "demo")


def nothing(*_: object) -> int:
    return 0


APPLICATION = Application(nothing, nothing, _keys, nothing)


def test_the_pages_tell_many_commands() -> None:
    assert len(COMMANDS) > 50
    assert {"gealc demo", 'gealc settle --from "Pedro Ejemplo"', "gealc export --armour"} <= set(COMMANDS)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_documents_runs(
    pristine: paths.Home,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    language: str,
) -> None:
    home = tmp_path / "copy"
    shutil.copytree(pristine.folder, home)
    monkeypatch.chdir(tmp_path)
    # Nobody's clipboard is read.
    monkeypatch.setattr("gealc_tui.clipboard.pasted", lambda: Path("cambios.json").read_bytes())
    with Replica(home / "gealc.db", home / "keys") as replica:
        secretariat = next(one.replica for one in replica.people() if one.country == "OAS")
        if "json" in command or "merge" in command:
            file = exchange.export_text(replica, everything=True).encode()
            for name in ("cambios.json", "changes.json", "FILE"):
                (tmp_path / name).write_bytes(file)
    if "-o" in command:
        for name in ("cambios.json", "changes.json"):
            (tmp_path / name).unlink(missing_ok=True)
    words = ["Unas palabras" if word == "…" else word for word in shlex.split(command)[1:]]
    places = {"PERSON": secretariat[:12], "PERSONA": secretariat[:12], "FOLDER": "shared", "CARPETA": "shared"}
    (tmp_path / "shared").mkdir()
    (tmp_path / "plan-2020.txt").write_text(NEXT_PLAN, encoding="utf-8")
    for name in ("informe.pdf", "report.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-")
    words = [places.get(word, word) for word in words]
    begin = ["--home", str(home), "--lang", language]
    for key, before in FIRST.items():
        if " ".join(words).startswith(key):
            lines = [[places.get(word, word) for word in one] for one in before]
            assert all(main([*begin, *one], APPLICATION) in (0, 3) for one in lines)
    capsys.readouterr()
    code = main([*begin, *words], APPLICATION)
    err = capsys.readouterr().err
    # 3: done, and something waits for a person.
    assert code in (0, 3), (command, err)
