"""The structure of a plan is written by keys: added, moved, withdrawn, and the next year's plan made of it."""

from __future__ import annotations

import pytest

from gealc_tui.commands import activities
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from stories.conftest import Copies, Windows

HERE = "2019/3.6.2"


def codes(replica: Replica, area: str = "2019/3.6") -> list[str]:
    return [row.code for row in replica.read.rows_of_areas([area], replica.today)[area]]


async def test_an_activity_is_added_behind_the_one_under_the_cursor(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("a")
        assert "¿Qué quiere agregar?" in window.text
        await window.press("enter")
        assert "El título de la actividad 3.6.5" in window.text
        await window.press("enter")
        assert "falta el texto" in window.text.casefold() or "vacío" in window.text.casefold()
        await window.type("Nueva")
        await window.press("enter")
        assert codes(replica) == ["3.6.1", "3.6.2", "3.6.5", "3.6.3", "3.6.4"]
        assert window.cursor is not None
        assert replica.read.activity(window.cursor, replica.today).row.title == "Nueva"
        await window.press("u")
        assert codes(replica) == ["3.6.1", "3.6.2", "3.6.3", "3.6.4"]


async def test_a_product_and_an_area_are_added(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("a", "down", "enter")
        await window.type("Otro informe")
        await window.press("enter")
        assert [one.text for one in replica.read.products(HERE)][-1] == "Otro informe"
        assert window.cursor == HERE
        await window.press("a", "down", "down", "enter")
        await window.type("3.10 Nueva área")
        await window.press("enter")
        head = replica.read.head("2019")
        assert head is not None
        assert [one.code for one in head.areas][5:7] == ["3.6", "3.10"]


async def test_things_are_moved_among_those_beside_which_they_are_seen(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("f7")
        assert codes(replica) == ["3.6.1", "3.6.3", "3.6.2", "3.6.4"]
        assert "Cambió de lugar" in window.last
        assert window.cursor == HERE
        await window.press("f7")
        assert window.last == "Ya está en el extremo."
        await window.press("f6")
        assert codes(replica) == ["3.6.1", "3.6.2", "3.6.3", "3.6.4"]
        await window.press("M", "down", "enter")
        assert codes(replica, "2019/3.7")[-1] == "3.6.2"
        assert window.cursor == HERE
        await window.go_to("2019/3.2")
        await window.press("f6")
        head = replica.read.head("2019")
        assert head is not None
        assert [one.code for one in head.areas][:2] == ["3.2", "3.1"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_next_plan_is_shown_before_it_is_made_and_then_looked_at(
    copy_of: Copies, window_on: Windows, size: tuple[int, int]
) -> None:
    replica = copy_of()
    activities.set_status(replica, "2019/3.1.1", Status.DONE)
    activities.set_status(replica, "2019/3.2.4-2", Status.DONE)
    async with window_on(replica, size) as window:
        await window.press("A", "a")
        assert "Toma 9 áreas y 38 actividades" in window.text
        await window.press("a")
        assert "Toma 9 áreas y 39 actividades" in window.text
        await window.press("f2")
        assert "PLAN DE TRABAJO 2020".capitalize() in window.text
        await window.press("enter")
        assert "2020" in window.top
        assert "0 de 39" in window.top or "0/39" in window.top
        await window.press("A", "R", "enter")
        assert "Diga por qué" in window.text
        await window.type("hay otro")
        await window.press("enter")
        assert "Retirado por" in window.text


async def test_a_product_under_the_cursor_is_withdrawn_with_its_reason(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    (product,) = replica.read.products(HERE)
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.open_field("delivered")
        await window.press("escape", "R")
        assert "Retirar un producto de 3.6.2: por qué" in window.words
        await window.type("repetido")
        await window.press("enter")
        assert replica.read.products(HERE) == ()
        assert replica.read.is_hidden(f"product/{product.id}")
        assert not replica.read.is_hidden(f"activity/{HERE}")
        await window.press("u")
        assert replica.read.products(HERE) == (product,)


async def test_the_title_and_the_body_of_a_plan_are_edited_among_the_plans(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.press("A", "e", "down", "enter")
        await window.type("Grupo de firma")
        await window.press("enter")
        assert replica.read.plans()[0].body == "Grupo de firma"
