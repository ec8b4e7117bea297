"""`gealc keys --template -o FILE`: a file of keys to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from gealc_tui import i18n
from gealc_tui.__main__ import _keys
from gealc_tui.cli.application import Application
from gealc_tui.cli.main import main
from gealc_tui.tui import keymap


def never(*_: object) -> int:
    raise AssertionError("nothing is opened")


APPLICATION = Application(never, never, _keys, never)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_template_is_written_in_utf_8_and_changes_no_key_yet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    path = tmp_path / "keys.toml"
    arguments = ["--home", str(tmp_path), "--lang", language, "keys", "--template"]
    assert main([*arguments, "-o", str(path)], APPLICATION) == 0
    assert capsys.readouterr().out.strip() == str(path)
    assert keymap.read(path) == keymap.Keymap({})
    assert main(arguments, APPLICATION) == 0
    assert capsys.readouterr().out == path.read_text(encoding="utf-8")
    changed = path.read_text(encoding="utf-8").replace('# plan.add_note = "n"', 'plan.add_note = "w"')
    path.write_text(changed, encoding="utf-8")
    assert keymap.read(path) == keymap.Keymap({"plan.add_note": "w"})


def test_keys_that_somebody_chose_are_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('plan.add_note = "w"\n', encoding="utf-8")
    assert main(["--home", str(tmp_path), "keys", "--template", "-o", str(path)], APPLICATION) == 1
    assert "ya existe" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == 'plan.add_note = "w"\n'
    assert main(["--home", str(tmp_path), "keys", "-o", str(path)], APPLICATION) == 2
