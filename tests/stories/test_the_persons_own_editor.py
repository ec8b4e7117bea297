"""F4 in a note: the person's own editor, from which no word is lost whatever it does."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.widgets import TextArea

from gealc_tui import errors
from gealc_tui.tui import editor
from gealc_tui.tui.app import GealcApp
from stories.conftest import Copies, Windows

HERE = "2019/3.4.1"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the editors here are shell scripts")

Editor = Callable[[str], None]


@pytest.fixture
def editing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Chooses an editor: a shell script to which the file is `$1`. Its files lie where the test can see them."""
    (tmp_path / "meanwhile").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "meanwhile"))
    monkeypatch.delenv("VISUAL", raising=False)

    def choose(script: str) -> None:
        path = tmp_path / "un editor"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o700)
        monkeypatch.setenv("EDITOR", f"'{path}' --wait")

    return choose


FILE = 'shift; f="$1"; '


def test_what_the_editor_writes_comes_back_and_its_file_goes(editing: Editor, tmp_path: Path) -> None:
    editing(FILE + 'stat -c "%a" "$f" > mode; cp "$f" given; printf "uno\\r\\ndos\\n" > "$f"; touch "$f~"')
    os.chdir(tmp_path)
    assert editor.edited("antes")[:2] == ("uno\ndos", False)
    assert (tmp_path / "given").read_text("utf-8") == "antes\n"
    assert (tmp_path / "mode").read_text("utf-8") == "600\n"
    assert list((tmp_path / "meanwhile").iterdir()) == []
    assert stat.S_IMODE((tmp_path / "meanwhile").stat().st_mode)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("\\303\\261and\\303\\272", "ñandú"),
        ("\\357\\273\\277\\303\\261", "ñ"),
        ("\\361and\\372", "ñandú"),
        ("\\377\\376\\361\\000", "ñ"),
        ("\\201", "\x81"),
        ("", ""),
        ("fin\\n\\n", "fin\n"),
    ],
)
def test_it_is_read_in_whatever_encoding_it_was_written(editing: Editor, written: str, text: str) -> None:
    editing(FILE + f'printf "{written}" > "$f"')
    assert editor.edited("antes").text == text


def test_an_editor_that_fails_loses_nothing(editing: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for script, reason in (("exit 1", "status"), (FILE + 'rm "$f"', "lost"), ("kill -9 $$", "status")):
        editing(script)
        with pytest.raises(errors.EditorFailed) as raised:
            editor.edited("antes")
        assert raised.value.reason == reason, script
    editing(FILE + 'printf "escrito" > "$f"; exit 3')
    assert editor.edited("antes")[:2] == ("escrito", True)
    editing(FILE + 'head -c 500000 /dev/zero > "$f"')
    with pytest.raises(errors.EditorFailed) as raised:
        editor.edited("antes")
    assert Path(raised.value.path).stat().st_size == 500_000, "what is too long stays where it is"
    monkeypatch.setattr(editor, "_USUAL", ())
    for chosen in ("", "no-such-editor -w", "'"):
        monkeypatch.setenv("EDITOR", chosen)
        with pytest.raises(errors.EditorMissing):
            editor.edited("antes")


def test_who_names_no_editor_gets_the_one_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    (tmp_path / "nano").write_text("#!/bin/sh\n", "utf-8")
    (tmp_path / "nano").chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert editor.command() == [str(tmp_path / "nano")]


def test_a_path_with_blanks_need_not_be_quoted(
    monkeypatch: pytest.MonkeyPatch, editing: Editor, tmp_path: Path
) -> None:
    editing("exit 0")
    path = str(tmp_path / "un editor")
    for chosen, words in ((path, [path]), (f'"{path}"', [path]), (f'"{path}" -w', [path, "-w"])):
        monkeypatch.setenv("EDITOR", chosen)
        assert editor.command() == words


async def test_what_comes_back_is_a_draft_that_can_be_undone(
    copy_of: Copies, window_on: Windows, editing: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = copy_of("Ana")
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("n", *"ab")
        monkeypatch.setattr(editor, "_USUAL", ())
        await window.press("f4")
        assert "VISUAL o EDITOR" in window.last
        editing(FILE + 'printf "[/] uno\\ndos" >> "$f"')
        await window.press("f4")
        assert window.last == "Aquí no se puede abrir otro editor.", "as in a browser"

        @contextmanager
        def suspended(app: GealcApp) -> Iterator[None]:
            yield

        monkeypatch.setattr(GealcApp, "suspend", suspended)
        await window.press("f4")
        assert window.find("#text", TextArea).text == "ab\n[/] uno\ndos"
        assert replica.draft(f"activity/{HERE}") == "ab\n[/] uno\ndos"
        assert replica.read.notes(f"activity/{HERE}") == ()
        window.find("#text", TextArea).undo()
        assert window.find("#text", TextArea).text == "ab"
        editing("exit 1")
        await window.press("f4")
        assert window.last == "El editor terminó con un error y no cambió nada: la nota está como estaba."
        await window.press("f2")
        assert [note.text for note in replica.read.notes(f"activity/{HERE}")] == ["ab"]


@pytest.fixture
def suspending(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that can be handed on, as a real one can."""

    @contextmanager
    def suspended(app: GealcApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(GealcApp, "suspend", suspended)


async def test_an_editor_with_a_window_of_its_own_is_waited_for(
    copy_of: Copies, window_on: Windows, editing: Editor, suspending: None, tmp_path: Path
) -> None:
    replica = copy_of("Ana")
    editing("exit 0")
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("n", *"ab", "f4")
        (file,) = (tmp_path / "meanwhile").glob("*/nota.txt")
        assert str(file) in window.last
        assert file.read_text("utf-8") == "ab\n"
        await window.type("c")
        file.write_text("ab\nLargo, de media hora.\n", "utf-8")
        await window.until(lambda: "media hora" in window.find("#text", TextArea).text)
        assert window.find("#text", TextArea).text == "ab\nLargo, de media hora.c", "what was typed here stays"
        await window.until(lambda: "media hora" in replica.draft(f"activity/{HERE}"))
        file.write_text("ab\nLargo, de una hora.\n", "utf-8")
        await window.until(lambda: "una hora" in window.find("#text", TextArea).text)
        assert "media hora" not in window.find("#text", TextArea).text, "saved twice, it is there once"
        await window.press("escape")
        file.write_text("Mientras nadie miraba.\n", "utf-8")
        await window.press("n")
        await window.until(lambda: "nadie miraba" in window.find("#text", TextArea).text)
        assert window.find("#text", TextArea).text == "Mientras nadie miraba.c"
    file.write_text("Con la ventana cerrada.\n", "utf-8")
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("n")
        await window.until(lambda: "ventana cerrada" in window.find("#text", TextArea).text)
        await window.press("f2")
        assert file.is_file(), "the editor may still be open"
        file.write_text("Después.\n", "utf-8")
        await window.press("n")
        await window.pilot.pause(0.7)
        assert window.find("#text", TextArea).text == "", "the next note is another one"


async def test_a_file_that_was_emptied_and_is_being_written_is_not_taken_in(
    copy_of: Copies, window_on: Windows, editing: Editor, suspending: None, tmp_path: Path
) -> None:
    editing("exit 0")
    async with window_on(copy_of("Ana")) as window:
        await window.go_to(HERE)
        await window.press("n", *"ab", "f4")
        (file,) = (tmp_path / "meanwhile").glob("*/nota.txt")
        file.write_text("", "utf-8")
        await window.pilot.pause(0.7)
        assert window.find("#text", TextArea).text == "ab"


def test_an_editor_that_took_its_time_and_changed_nothing_leaves_nothing_behind(
    editing: Editor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(editor, "AT_ONCE_SECONDS", 0.0)
    editing("exit 0")
    assert editor.edited("antes").file is None
    assert list((tmp_path / "meanwhile").iterdir()) == []
