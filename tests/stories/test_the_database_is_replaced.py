"""A sync engine puts another database under an open window: no word of the person's is lost, and they are told."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from gealc_tui import paths
from gealc_tui.replica import Replica

if sys.platform == "win32":
    pytest.skip("an open database cannot be replaced here", allow_module_level=True)


def replace(replica: Replica) -> None:
    fresh = replica.path.with_name("fresh")
    shutil.copyfile(paths.bundled("data") / "gealc.db", fresh)
    os.replace(fresh, replica.path)


async def test_the_person_is_told_where_their_words_are_and_types_on(copy_of, window_on):
    ana = copy_of("Ana", "UY")
    async with window_on(ana) as window:
        await window.go_to("2019/3.6.1")
        await window.press("3", "n")
        await window.type("Sin respu")
        replace(ana)
        await window.until(lambda: any("puso otro archivo" in one for one in window.told))
        (copy,) = ana.backups.folder.glob("*-replaced.db")
        assert f"gealc restore --merge {copy.stem}" in window.last
        assert "se conserva" in window.last
        before = len(window.told)
        await window.type("esta")
        assert len(window.told) == before, "a message for each letter"
        await window.press("f2")
        assert "reemplazó o quitó" in window.last
        assert window.screen == "NoteScreen"
        await window.press("ctrl+c")
        assert "Todo está guardado" not in window.last
    ana.close()
    # The next start: a copy that nobody uses yet, as the file that came says.
    again = Replica(ana.path, ana.keys, clock=ana.clock)
    again.take_in_loose_drafts()
    async with window_on(again) as window:
        assert any(f"gealc restore --merge {copy.stem}" in one for one in window.told)
        assert again.draft("activity/2019/3.6.1") == "Sin respuesta"
        assert again.verify() == ()
    window.told.clear()
    async with window_on(again) as window:
        assert not any("restore --merge" in one for one in window.told), "told at each start"
    again.close()


async def test_a_command_that_is_refused_for_it_tells_at_once(copy_of, window_on, monkeypatch):
    monkeypatch.setattr("gealc_tui.tui.database_watch.LOOK_SECONDS", 3600)
    ana = copy_of("Ana", "UY")
    async with window_on(ana) as window:
        await window.go_to("2019/3.6.1")
        replace(ana)
        await window.press("3")
        assert "puso otro archivo" in window.last
        assert ana.read.activity("2019/3.6.1", ana.today).row.status == "pending"


async def test_what_cannot_be_copied_is_not_said_to_be(copy_of, window_on):
    ana = copy_of("Ana", "UY")
    async with window_on(ana) as window:
        shutil.rmtree(ana.backups.folder, ignore_errors=True)
        ana.backups.folder.write_text("in the way", "utf-8")
        replace(ana)
        await window.until(lambda: any("No cierre la ventana" in one for one in window.told))
        assert "está en la copia" not in window.last
        assert Path(f"{ana.path}-wal").exists(), "the only place where they may be"


async def test_a_copy_in_a_cloud_folder_is_pointed_out_once_at_each_start(copy_of, window_on):
    ana = copy_of("Ana", "UY", folder="OneDrive - Ministerio")
    for _ in range(2):
        async with window_on(ana) as window:
            (said,) = [one for one in window.told if "que puede reemplazar" in one]
            assert "es de OneDrive" in said
            assert str(ana.path.parent) in said
        window.told.clear()


async def test_a_copy_that_lies_elsewhere_is_not(copy_of, window_on):
    async with window_on(copy_of("Ana", "UY")) as window:
        assert not any("que puede reemplazar" in one for one in window.told)
