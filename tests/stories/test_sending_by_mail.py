"""Changes are made ready to mail: as a draft, as a file, as a text on the clipboard; and one sees where they lie."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from textual.widgets import Button, Input

from gealc_tui import clipboard
from gealc_tui.commands import activities, people
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.tui.app import GealcApp
from stories.conftest import Copies, Windows, file_of
from stories.window import NARROW, Window


@pytest.fixture
def ana(copy_of: Copies) -> Replica:
    """Ana, who knows Eva and her address, and has done 3.1.1."""
    ana, eva = copy_of("Ana"), copy_of("Eva", "PE")
    people.introduce(eva, "Eva", "PE", "focal", "eva@pcm.example")
    ana.merge([("eva.json", file_of(eva))], accept=True)
    activities.set_status(ana, "2019/3.1.1", Status.DONE)
    return ana


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the terminal was asked to copy."""
    texts: list[str] = []
    monkeypatch.setattr(GealcApp, "copy_to_clipboard", lambda self, text: texts.append(text))
    return texts


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was put on the system's clipboard, which works."""
    texts: list[str] = []

    def copied(text: str) -> bool:
        texts.append(text)
        return True

    monkeypatch.setattr(clipboard, "copied", copied)
    return texts


def sent(window: Window) -> list[Path]:
    return sorted(window.app.sending.glob("*"))


def made(window: Window) -> str:
    return "".join(window.text.split())


async def test_two_enters_make_a_draft_and_its_whole_path_is_shown(ana: Replica, window_on: Windows) -> None:
    async with window_on(ana, NARROW) as window:
        await window.press("x", "s")
        assert "Para Eva (eva@pcm.example)." in window.words
        await window.press("enter")
        assert window.find("#target", Input).value.endswith("cambios-UY-20190618.eml")
        await window.press("enter")
        (path,) = sent(window)
        assert str(path) in made(window)
        assert "Ábralo con doble clic" in window.words
        assert window.focus == "ways"
        await window.press("escape")
        assert window.screen == "ExchangeScreen"
        assert "No hay cambios sin enviar." in window.text
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (message["X-Unsent"], message["To"]) == ("1", "Eva <eva@pcm.example>")


async def test_whose_address_is_missing_is_seen_before_and_after(
    ana: Replica, copy_of: Copies, window_on: Windows
) -> None:
    ana.merge([("luis.json", file_of(copy_of("Luis", "CL")))], accept=True)
    async with window_on(ana, NARROW) as window:
        await window.press("x", "s")
        assert "Luis (sin correo)" in window.words
        await window.press("enter", "enter")
        assert "Falta la dirección de correo de Luis" in window.words


async def test_the_archive_is_written_under_its_own_name(ana: Replica, window_on: Windows) -> None:
    async with window_on(ana) as window:
        await window.press("x", "s", "down", "down", "enter", "enter")
        (path,) = sent(window)
        assert path.read_bytes().startswith(b"PK")
        assert str(path) in made(window)


async def test_the_text_goes_to_the_clipboard_and_no_file_is_made(
    ana: Replica, window_on: Windows, copies: list[str], asked: list[str]
) -> None:
    async with window_on(ana) as window:
        await window.press("x", "s", "up", "enter")
        assert "el texto está en el portapapeles" in window.words
        assert sent(window) == []
    assert copies[0].startswith("===== BEGIN GEALC CHANGES =====")
    assert asked == []
    assert ana.unsent() == 0


async def test_without_a_sure_clipboard_the_text_lies_in_a_file_and_nothing_is_claimed(
    ana: Replica, window_on: Windows, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "copied", lambda text: False)
    async with window_on(ana, NARROW) as window:
        await window.press("x", "s", "up", "enter")
        (path,) = sent(window)
        assert path.suffix == ".txt"
        assert str(path) in made(window)
        assert "no se puede saber si lo hizo" in window.words
        assert "está en el portapapeles" not in window.words
    assert asked == [path.read_text("utf-8")]


async def test_esc_goes_back_a_step_and_sends_nothing(ana: Replica, window_on: Windows) -> None:
    async with window_on(ana) as window:
        await window.press("x", "s", "enter", "escape")
        assert window.focus == "ways"
        await window.press("escape")
        assert window.screen == "ExchangeScreen"
        assert sent(window) == []
    assert ana.unsent() == 1


async def test_an_address_that_is_none_is_refused_and_stays_to_be_mended(copy_of: Copies, window_on: Windows) -> None:
    ana = copy_of("Ana")
    async with window_on(ana) as window:
        await window.press("p", "tab", "tab")
        await window.type("ana")
        await window.press("enter", "enter", "enter")
        assert "«ana» no es válido para Correo" in window.words
        assert window.focus == "email", "where the mistake is"
        window.find("#email", Input).value = "ana@agesic.example"
        # A button takes no second press while it still shows the first.
        await window.until(lambda: not window.find("#start", Button).has_class("-active"))
        await window.press("enter", "enter", "enter")
        assert window.screen == "PlanScreen"
    assert ana.people()[0].email == "ana@agesic.example"
