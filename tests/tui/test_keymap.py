"""keys.toml: what it may say, and how a mistake in it is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gealc_tui import i18n
from gealc_tui.tui import keymap, keys

USUAL = {"slash": "/", "question_mark": "?", "delete": "Supr"}
"""How people write what Textual calls otherwise."""


@pytest.fixture(autouse=True)
def _usual_keys() -> Iterator[None]:
    yield
    keys.use({})


def test_without_a_file_the_usual_keys_hold(tmp_path: Path) -> None:
    assert keymap.read(tmp_path / "keys.toml") == keymap.Keymap({})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('plan.add_note = "w"', {"plan.add_note": "w"}),
        ('# nota\n[plan]\nadd_note = "w"  # mejor', {"plan.add_note": "w"}),
        ('plan.add_note = "w, F10"', {"plan.add_note": "w,f10"}),
        ('plan.add_note = "ñ"', {"plan.add_note": "ñ"}),
        ('plan.add_note = "e"\nplan.edit = "n"', {"plan.add_note": "e", "plan.edit": "n"}),
        ('plan.search = "F12"\nplan.add_note = "/"', {"plan.search": "f12", "plan.add_note": "slash"}),
        (
            'status.set_status_done = "Supr"\nplan.delete_note = "F12"',
            {"status.set_status_done": "delete", "plan.delete_note": "f12"},
        ),
        ('note.save = "F10"', {"note.save": "f10"}),
        ('exchange.send = "n"', {"exchange.send": "n"}),
    ],
)
def test_what_may_be_said(text: str, wanted: dict[str, str]) -> None:
    assert keymap.checked(text) == keymap.Keymap(wanted)


def test_a_status_has_its_key_in_the_meeting_too() -> None:
    (fault,) = keymap.checked('status.set_status_done = "a"').faults
    assert (fault.reason, fault.more) == ("doubled", "meeting.write_agreement")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("\nplan.add_note = ", 2, "syntax"),
        ('plan.add_note = "w"\n[plan]\nedit = "r"', 2, "syntax"),
        ('\n\nplan.nada = "w"', 3, "unknown"),
        ('[nada]\nadd_note = "w"', 2, "unknown"),
        ('[plan]\n\nadd_note = "ctrl+s"', 3, "forbidden"),
        ('plan.add_note = "@"', 1, "forbidden"),
        ('plan.add_note = "j"', 1, "forbidden"),
        ("plan.add_note = 3", 1, "forbidden"),
        ('plan.add_note = ""', 1, "forbidden"),
        ('plan.add_note = "up"', 1, "forbidden"),
        ('plan.add_note = "space"', 1, "forbidden"),
        ('note.save = "g"', 1, "typing"),
        ('plan.back = "b"', 1, "fixed"),
        ('plan.add_note = "e"', 1, "doubled"),
        ('plan.add_note = "3"', 1, "doubled"),
        ('plan.add_note = "w"\nplan.edit = "w"', 2, "doubled"),
        ('plan.add_note = "F8"', 1, "doubled"),
        ('everywhere.palette = "n"', 1, "doubled"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_usual_key_holds(text: str, line: int, reason: str) -> None:
    found = keymap.checked(text)
    assert [(fault.line, fault.reason) for fault in found.faults] == [(line, reason)]
    assert f"línea {line}" in keymap.fault_sentence(found.faults[0])
    culprit = {"doubled": "plan.edit" if line == 2 else "plan.add_note"}.get(reason)
    assert culprit not in found.keys


def test_the_lines_without_a_mistake_count() -> None:
    found = keymap.checked('plan.add_note = "w"\nplan.nada = "r"\nplan.edit = "r"\nplan.undo = "ctrl+z"\n')
    assert found.keys == {"plan.add_note": "w", "plan.edit": "r"}
    assert keymap.faults_sentence(found.faults) == (
        "keys.toml, línea 2: no hay ninguna acción «plan.nada». Hay 1 error más; gealc keys los muestra."
        " El resto del archivo se aplica."
    )


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_bytes(b"\xff\xfe\x00")
    (fault,) = keymap.read(path).faults
    assert str(path) in keymap.fault_sentence(fault)


def test_every_key_that_can_be_changed_may_be_given_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(
        "".join(
            f'{id} = "{",".join(USUAL.get(name, name) for name in key.keys.split(","))}"\n'
            for id, key in keys.with_ids().items()
            if not {"escape", "enter", "j", "k", "pageup", "pagedown"} & set(key.keys.split(","))
        ),
        encoding="utf-8",
    )
    assert keymap.read(path).faults == ()


def test_keys_are_shown_as_they_are_now() -> None:
    note = next(key for key in keys.PLAN if key.action == "add_note")
    keys.use({"plan.add_note": "w,f10"})
    assert keys.shown(note) == "w F10"
    keys.use({})
    assert keys.shown(note) == "n"


# --- as editors write it -------------------------------------------------------------------------------------

PLAIN = '# acción de mañana\nplan.add_note = "w"\n'


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"], ids="as {}".format
)
def test_a_file_is_read_as_the_editors_of_windows_write_it(tmp_path, encoding):
    path = tmp_path / "keys.toml"
    path.write_bytes(PLAIN.replace("\n", "\r\n").encode(encoding))
    assert keymap.read(path) == keymap.Keymap({"plan.add_note": "w"})


@pytest.mark.parametrize("data", [b"\xff\xfea", b"plan.add_note = \x81", b"\0"], ids=["half", "no letter", "nothing"])
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_what_is_no_text_is_told_in_a_sentence_and_the_usual_keys_hold(tmp_path, data, language):
    i18n.use(language)
    path = tmp_path / "keys.toml"
    path.write_bytes(data)
    found = keymap.read(path)
    assert found.keys == {}
    (fault,) = keymap.told(path).faults
    assert "UTF-8" in fault
    assert str(path) in fault
