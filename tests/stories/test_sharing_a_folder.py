"""A shared folder: chosen once, looked into by itself, and never in anybody's way."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from gealc_tui.commands import activities, carrying, people
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.sync.carriers.folder import LocalFolder
from gealc_tui.tui import watching
from stories.conftest import Copies, Windows
from stories.window import NARROW, Window


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    place = tmp_path / "compartida"
    place.mkdir()
    return place


@pytest.fixture
def eva(copy_of: Copies, shared: Path) -> Replica:
    """Eva from Peru, who uses the folder."""
    replica = copy_of("Eva", "PE")
    carrying.sync(replica, str(shared))
    return replica


@pytest.fixture
def ana(copy_of: Copies, eva: Replica, shared: Path) -> Replica:
    """Ana, who has accepted Eva, and has chosen the folder before."""
    replica = copy_of("Ana", "UY")
    carrying.sync(replica, str(shared), accept=True)
    carrying.sync(eva, str(shared), accept=True)
    replica.set_setting(watching.SETTING, str(shared))
    return replica


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is looked into all the time."""
    monkeypatch.setattr(watching, "SECONDS", 0.2)


def status_of(replica: Replica, id: str = "2019/3.2.1") -> Status:
    return replica.read.activity(id, replica.today).row.status


async def in_step(window: Window) -> None:
    await window.until(lambda: "al día (" in window.words)


async def choose(window: Window, place: str) -> None:
    await window.press("x", "T")
    await window.paste(place)
    await window.press("enter")


async def test_s_asks_for_the_folder_once_and_brings_it_in_step(
    copy_of: Copies, window_on: Windows, shared: Path
) -> None:
    ana = copy_of("Ana")
    async with window_on(ana) as window:
        await window.press("x")
        assert "Carpeta compartida: ninguna. Con T se elige una." in window.words
        await window.press("T")
        await window.paste(f"'{shared}'")
        await window.press("enter")
        await in_step(window)
        assert [path.name[:19] for path in shared.iterdir()] == [f"gealc-{ana.id[:12]}-"]
        assert window.focus == "people"
        assert "No hay cambios sin enviar." in window.words
        activities.set_status(ana, "2019/3.2.1", Status.DONE)
        await window.press("T")
        await window.until(lambda: len(list(shared.iterdir())) == 2)
        assert window.focus == "people"


async def test_what_the_others_left_comes_by_itself_and_is_told_once(
    ana: Replica, eva: Replica, window_on: Windows, shared: Path, at_once: None
) -> None:
    async with window_on(ana) as window:
        activities.set_status(eva, "2019/3.2.1", Status.DONE)
        activities.set_status(eva, "2019/3.2.2", Status.DONE)
        carrying.sync(eva, str(shared))
        await window.until(lambda: bool(window.told))
        assert window.told == ["Llegaron 2 cambios de Perú"]
        await window.until(lambda: "2 de 40 cumplidas" in window.top)
        activities.set_status(eva, "2019/3.2.3", Status.DONE)
        carrying.sync(eva, str(shared))
        await window.until(lambda: len(window.told) == 2)
        assert window.last == "Llegó 1 cambio de Perú"


async def test_what_came_while_the_program_was_closed_is_there_after_the_start(
    ana: Replica, eva: Replica, window_on: Windows, shared: Path
) -> None:
    activities.set_status(eva, "2019/3.2.1", Status.DONE)
    carrying.sync(eva, str(shared))
    async with window_on(ana) as window:
        await window.until(lambda: "1 de 40 cumplida" in window.top)
        await window.until(lambda: window.told == ["Llegó 1 cambio de Perú"])


async def test_a_difference_and_a_stranger_are_told(
    ana: Replica, eva: Replica, copy_of: Copies, window_on: Windows, shared: Path
) -> None:
    activities.set_status(ana, "2019/3.2.1", Status.CANCELLED)
    activities.set_status(eva, "2019/3.2.1", Status.DONE)
    carrying.sync(eva, str(shared))
    carrying.sync(copy_of("Pedro", "CL"), str(shared))
    async with window_on(ana) as window:
        await window.until(lambda: bool(window.told))
        assert window.last == (
            "Llegó 1 cambio de Perú. Se abrió 1 diferencia. Hay cambios de Chile, por confirmar en x"
        )


async def test_a_folder_that_is_not_there_is_no_message_and_is_awaited(
    ana: Replica, eva: Replica, window_on: Windows, shared: Path, at_once: None
) -> None:
    away = shared.rename(shared.with_name("desenchufada"))
    async with window_on(ana) as window:
        await window.press("x")
        await window.until(lambda: "la carpeta no está; se intentará de nuevo" in window.words)
        assert not shared.exists()
        activities.set_status(eva, "2019/3.2.1", Status.DONE)
        carrying.sync(eva, str(away))
        away.rename(shared)
        await window.until(lambda: status_of(ana) is Status.DONE)
        await window.until(lambda: window.told == ["Llegó 1 cambio de Perú"])
        await in_step(window)


async def test_no_key_waits_for_a_folder_that_hangs_nor_does_the_end(
    ana: Replica, window_on: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging, released = threading.Event(), threading.Event()

    def hang(self: LocalFolder) -> Any:
        hanging.set()
        released.wait(30)
        return []

    monkeypatch.setattr(LocalFolder, "entries", hang)
    try:
        async with window_on(ana) as window:
            await window.until(hanging.is_set)
            await window.go_to("2019/3.2.1")
            await window.press("3")
            assert status_of(ana) is Status.DONE
            await window.press("x", "T")
            assert "revisando…" in window.words
            await window.press("escape", "q")
            await window.until(lambda: not window.app.is_running)
        assert not released.is_set()
    finally:
        released.set()


async def test_half_a_file_is_said_on_the_exchange_screen(
    ana: Replica, eva: Replica, window_on: Windows, shared: Path, at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    activities.set_status(eva, "2019/3.2.1", Status.DONE)
    name = carrying.sync(eva, str(shared)).written
    assert name is not None
    whole = (shared / name).read_bytes()
    (shared / name).write_bytes(whole[:200])
    reads: list[str] = []
    read = LocalFolder.read

    def noted(self: LocalFolder, asked: str, limit: int) -> bytes:
        reads.append(asked)
        return read(self, asked, limit)

    monkeypatch.setattr(LocalFolder, "read", noted)
    async with window_on(ana) as window:
        await window.press("x")
        await window.until(lambda: "1 archivo todavía no se puede leer" in window.words)
        # Several looks later.
        await window.pilot.pause(1.5)
        assert reads == [name, name]
        await window.press("T")
        await window.until(lambda: len(reads) > 2)
        (shared / name).write_bytes(whole)
        await window.until(lambda: status_of(ana) is Status.DONE)
        await window.until(lambda: window.told == ["Llegó 1 cambio de Perú"])
        await window.until(lambda: "al día (" in window.words and "todavía no se puede" not in window.words)


async def test_another_folder_is_chosen_or_none(ana: Replica, window_on: Windows, shared: Path, tmp_path: Path) -> None:
    (tmp_path / "otra").mkdir()
    async with window_on(ana, NARROW) as window:
        await window.press("x", "Z")
        line = window.find("#folder", Input)
        assert line.value == str(shared)
        line.value = str(tmp_path / "otra")
        await window.press("enter")
        await window.until(lambda: len(list((tmp_path / "otra").iterdir())) == 1)
        await window.press("Z")
        line.value = ""
        await window.press("enter")
        assert "Carpeta compartida: ninguna" in window.words
        assert ana.setting(watching.SETTING) == ""


async def test_esc_leaves_the_line_and_then_the_screen(copy_of: Copies, window_on: Windows) -> None:
    ana = copy_of("Ana")
    async with window_on(ana) as window:
        await window.press("x", "T", *"rabe")
        assert window.find("#folder", Input).value == "rabe"
        await window.press("escape")
        assert (window.screen, window.focus) == ("ExchangeScreen", "people")
        assert ana.setting(watching.SETTING) is None
        await window.press("escape")
        assert window.screen == "PlanScreen"


async def test_what_is_no_address_is_told_and_stays_typed(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of("Ana")) as window:
        await choose(window, "ftp://servidor/plan")
        assert "no es una carpeta compartida" in window.last
        assert window.find("#folder", Input).display


async def test_a_password_is_used_and_not_kept(
    copy_of: Copies, window_on: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = copy_of("Ana")
    seen: list[str] = []
    sync = carrying.sync

    def noted(replica: Replica, place: str, **options: Any) -> carrying.SyncReport:
        seen.append(place)
        return sync(replica, str(ana.path.parent), **options)

    monkeypatch.setattr(carrying, "sync", noted)
    async with window_on(ana) as window:
        await choose(window, "sftp://ana:secreta@servidor/plan")
        await in_step(window)
        assert seen == ["sftp://ana:secreta@servidor/plan"]
        assert "secreta" not in window.text
        assert ana.setting(watching.SETTING) == "sftp://ana@servidor/plan"


async def test_who_was_accepted_meanwhile_is_no_trouble(
    copy_of: Copies, eva: Replica, window_on: Windows, shared: Path
) -> None:
    ana = copy_of("Ana")
    activities.set_status(eva, "2019/3.2.1", Status.DONE)
    carrying.sync(eva, str(shared))
    async with window_on(ana) as window:
        await choose(window, str(shared))
        await in_step(window)
        assert status_of(ana) is Status.PENDING
        assert "por confirmar" in window.line_of("Eva  ")
        assert eva.id is not None
        people.accept(ana, eva.id)
        await window.press("T")
        await in_step(window)
        assert status_of(ana) is Status.DONE
