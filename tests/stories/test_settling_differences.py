"""Two people said two things: both stand on the screen with their names, and one key settles it."""

from __future__ import annotations

from gealc_tui.commands import activities
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from stories.conftest import Copies, Windows
from stories.window import NARROW


async def test_a_difference_shows_in_the_tree_the_top_line_and_the_detail(
    in_difference: Replica, window_on: Windows
) -> None:
    async with window_on(in_difference) as window:
        await window.go_to("2019/3.6.1")
        assert "≠" in window.line_of("3.6.1 Relevamiento")[:10]
        assert "≠ 2 diferencias" in window.top
        shown = window.detail_text
        assert "≠ a elegir      ■ Suspendida  Eva, Perú, 19/06 12:01" in shown
        assert "≠               ≈ En curso  Ana, Uruguay, 18/06 12:01" in shown


async def test_both_values_fit_a_small_terminal(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference, NARROW) as window:
        await window.go_to("2019/3.6.1")
        await window.press("enter")
        assert "≠ 2" in window.top
        assert "Eva, Perú, 19/06 12:01" in window.line_of("■ Suspendida  Eva")
        assert "Ana, Uruguay, 18/06 12:01" in window.line_of("≈ En curso  Ana")


async def test_enter_on_a_value_settles_it(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference) as window:
        await window.go_to("2019/3.6.1")
        await window.press("e", "home", "down", "down", "enter")
        reading = in_difference.read.activity("2019/3.6.1", in_difference.today)
        assert reading.row.status is Status.IN_PROGRESS
        assert reading.differences == ()
        assert "a elegir" not in window.detail_text
        assert "≠" not in window.line_of("3.6.1 Relevamiento")
        assert "≠ 1 diferencia" in window.top
        assert window.last == "3.6.1 · Estado: En curso · u deshace"


async def test_a_status_key_settles_a_difference_of_status(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference) as window:
        await window.go_to("2019/3.6.1")
        await window.press("3")
        reading = in_difference.read.activity("2019/3.6.1", in_difference.today)
        assert (reading.row.status, reading.differences) == (Status.DONE, ())


async def test_what_was_settled_stands_in_the_other_copy_too(
    in_difference: Replica, copy_of: Copies, window_on: Windows
) -> None:
    from stories.conftest import file_of

    async with window_on(in_difference) as window:
        await window.go_to("2019/3.6.1")
        await window.press("e", "home", "down", "enter")
    eva = copy_of("Eva", "PE")
    eva.merge([("ana.json", file_of(in_difference))], accept=True)
    reading = eva.read.activity("2019/3.6.1", eva.today)
    assert (reading.row.status, reading.differences) == (Status.ON_HOLD, ())


async def test_d_goes_from_difference_to_difference_and_round(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference) as window:
        for expected in ("2019/3.6.1", "2019/3.9.1", "2019/3.6.1"):
            await window.press("d")
            await window.until(lambda: window.cursor == expected)  # noqa: B023
        assert "a elegir" in window.detail_text


async def test_d_finds_a_difference_that_a_search_hides(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference) as window:
        await window.press("slash", *"blog", "enter", "d")
        await window.until(lambda: window.cursor == "2019/3.6.1")
        assert "a elegir" in window.detail_text


async def test_d_opens_an_area_that_is_closed(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference) as window:
        await window.press("o", "d")
        await window.until(lambda: window.cursor == "2019/3.6.1")
        assert "3.6.1 Relevamiento" in window.text


async def test_without_differences_d_says_so(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press("d")
        assert window.last == "No hay diferencias."


async def test_v_shows_who_said_what_and_when(in_difference: Replica, window_on: Windows, copy_of: Copies) -> None:
    activities.set_status(in_difference, "2019/3.4.1", Status.IN_PROGRESS)
    activities.set_status(in_difference, "2019/3.4.1", Status.DONE)
    async with window_on(in_difference) as window:
        await window.go_to("2019/3.4.1")
        await window.press("v")
        shown = window.detail_text
        assert "20/06 12:00 · Ana, Uruguay" in shown
        assert "Estado: En curso → Cumplida" in shown
        assert shown.index("En curso → Cumplida") < shown.index(
            "Pendiente → En curso" if "Pendiente →" in shown else "Estado: En curso\n"
        ), "the newest stands first"
        assert "documento oficial" in shown


async def test_v_twice_shows_what_was_noticed_in_the_document(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.go_to("2019/3.5.2")
        await window.press("v", "v")
        shown = " ".join(window.detail_text.split())
        assert "Responsable: Chile" in shown
        assert "No se sabe de qué actividad es responsable. Pregunta para la Secretaría." in shown
        await window.press("v")
        assert "Sin notas" in window.detail_text
