"""What is withdrawn leaves the tree, is told why, and comes back by one key; what is disputed is seen and settled."""

from __future__ import annotations

from stories.conftest import Copies, Windows

ACTIVITY = "activity/2019/3.6.1"


async def test_an_activity_is_withdrawn_with_a_reason_and_brought_back(copy_of: Copies, window_on: Windows) -> None:
    ana = copy_of("Ana")
    async with window_on(ana) as window:
        await window.go_to("2019/3.6.1")
        await window.press("R")
        assert "Retirar 3.6.1: por qué" in window.text
        await window.type("sin fondos")
        await window.press("enter")
        assert window.last == "3.6.1 · Actividad: se retiró · u deshace"
        assert "3.6.1 Relevamiento" not in window.text
        await window.press("B")
        assert "3.6.1 · Actividad: Relevamiento" in window.text
        assert "sin fondos" in window.text
        await window.press("enter")
        assert "No hay nada borrado ni retirado." in window.text
        await window.press("u")
        assert ana.read.is_hidden(ACTIVITY)
        await window.press("enter", "escape")
        await window.go_to("2019/3.6.1")
        assert "3.6.1 Relevamiento" in window.text


async def test_leaving_the_reason_withdraws_nothing(copy_of: Copies, window_on: Windows) -> None:
    ana = copy_of("Ana")
    async with window_on(ana) as window:
        await window.go_to("2019/3.6.1")
        await window.press("R", "escape")
        assert ana.read.deletions() == ()


async def test_what_somebody_wrote_unseen_is_marked_and_settled_by_a_number(
    copy_of: Copies, window_on: Windows
) -> None:
    ana = copy_of("Ana")
    ana.commit([(ACTIVITY, "deleted", True)])
    async with window_on(ana) as window:
        await window.go_to("2019/3.6.1")
        assert "≠" in window.line_of("3.6.1 (retirada;")[:10]
        assert "≠ 1 diferencia" in window.top
        await window.press("D")
        assert "dejar a la vista" in window.text
        assert "documento oficial" in window.text
        await window.press("2", "escape")
        assert ana.read.is_hidden(ACTIVITY)
        assert "≠" not in window.top


async def test_activities_without_an_area_stand_at_the_end(copy_of: Copies, window_on: Windows) -> None:
    ana = copy_of("Ana")
    ana.commit([(ACTIVITY, "area", "no hay")])
    async with window_on(ana) as window:
        await window.go_to("2019/3.6.1")
        assert "Sin área" in window.text
        await window.press("left")
        assert window.cursor == ""
        await window.press("n", "R")
        assert window.last == "Esto no es un área: son las actividades que no están en ninguna."
