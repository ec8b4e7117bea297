"""Reports are looked at and written from the window, where people look for files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest

from gealc_tui import opening, paths
from gealc_tui.tui.screens.reports import ReportsScreen
from stories.conftest import Copies, Windows
from stories.window import NARROW, WIDE


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Documentos de Ana" / "GEALC"
    monkeypatch.setattr("gealc_tui.commands.folder.documents", lambda: folder)
    return folder


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_report_is_seen_and_written_in_the_form_that_was_chosen(
    copy_of: Copies, window_on: Windows, documents: Path, size: tuple[int, int]
) -> None:
    async with window_on(copy_of(), size) as window:
        await window.press("i")
        assert window.screen == "ReportsScreen"
        assert "INFORME ANUAL" in window.text
        await window.press("down")
        assert "MATRIZ DEL PLAN" in window.text
        await window.press("down")
        assert "AVANCE DEL PLAN" in window.text
        await window.press("e", "down", "enter", "f2")
        (file,) = documents.iterdir()
        assert file.name.startswith("gealc-progress-")
        assert file.suffix == ".xlsx"
        assert file.read_bytes()[:2] == b"PK"
        assert file.name in window.last


async def test_a_report_of_the_same_day_replaces_the_earlier_one_or_stands_beside_it(
    copy_of: Copies, window_on: Windows, documents: Path
) -> None:
    async with window_on(copy_of()) as window:
        await window.press("i", "f2")
        await window.press("f2")
        assert "Ya hay un gealc-annual-" in window.text
        await window.press("enter")
        assert len(list(documents.iterdir())) == 1
        await window.press("f2", "down", "enter")
        assert len(list(documents.iterdir())) == 2
        await window.press("f2", "escape")
        assert len(list(documents.iterdir())) == 2


async def test_the_folder_can_be_another_and_what_cannot_be_one_is_said(
    copy_of: Copies, window_on: Windows, documents: Path, tmp_path: Path
) -> None:
    (tmp_path / "archivo").write_text("x", "utf-8")
    async with window_on(copy_of()) as window:
        await window.press("i", "T", "ctrl+u")
        await window.paste(str(tmp_path / "archivo"))
        await window.press("enter")
        assert "hace falta una carpeta" in " ".join(window.text.split())
        await window.press(*"-2", "enter", "f2")
        assert [one.suffix for one in (tmp_path / "archivo-2").iterdir()] == [".docx"]


async def test_a_file_is_opened_or_it_is_said_where_it_is(
    copy_of: Copies, window_on: Windows, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    async with window_on(copy_of()) as window:
        await window.press("i", "o")
        assert "Todavía no hay ninguno" in window.last
        monkeypatch.setattr(opening, "opened", lambda path: not asked.append(path))
        await window.press("f2", "o")
        assert [one.suffix for one in asked] == [".docx"]
        monkeypatch.setattr(opening, "opened", lambda path: False)
        await window.press("o")
        assert "Está en" in window.last


async def test_what_to_look_at_before_is_a_key_away(copy_of: Copies, window_on: Windows, documents: Path) -> None:
    async with window_on(copy_of()) as window:
        await window.press("i", "v")
        assert "sin responsable" in window.text


def test_reports_lie_among_the_persons_documents() -> None:
    assert paths.documents().name == "GEALC"


async def test_writing_is_stopped_and_leaves_nothing(
    copy_of: Copies, window_on: Windows, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def slow(*args: Any, passed: Callable[[int, int], None], **_: Any) -> Path:
        begun.set()
        go_on.wait(10)
        passed(1, 2)
        raise AssertionError("it was stopped")

    monkeypatch.setattr("gealc_tui.commands.reports.write", slow)
    async with window_on(copy_of()) as window:
        await window.press("i")
        screen = cast("ReportsScreen", window.app.screen)
        screen.action_write()
        assert await asyncio.to_thread(begun.wait, 10)
        screen.action_leave()
        go_on.set()
        await window.settle()
        assert window.screen == "ReportsScreen", "Esc stops first, and leaves then"
        assert not documents.exists()
