"""The first start asks who is there; looking is free, writing is not."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from gealc_tui.commands import demo
from gealc_tui.domain.vocabulary import Status, Trust
from gealc_tui.replica import Replica
from gealc_tui.tui.screens.welcome import first_help
from stories.conftest import Copies, Windows
from stories.window import NARROW, Window


async def introduce(window: Window, name: str, country: str, email: str = "") -> None:
    await window.type(name)
    await window.press("enter")
    await window.type(country)
    await window.press("enter")
    await window.type(email)
    await window.press("enter", "enter", "enter")


def status_of(window: Window, id: str) -> Status:
    replica = window.app.replica
    return replica.read.activity(id, replica.today).row.status


async def test_the_first_start_asks_who_uses_the_copy(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of(introduced=False)
    async with window_on(replica, NARROW) as window:
        assert window.screen == "WelcomeScreen"
        assert "Diga quién es" in window.words
        await introduce(window, "Ana Pérez", "uruguay")
        assert window.screen == "PlanScreen"
        own = next(one for one in replica.people() if one.trust is Trust.SELF)
        assert (own.name, own.country, own.role) == ("Ana Pérez", "UY", "focal")
        assert "Punto focal · Uruguay" in window.top


async def test_the_country_is_understood_while_it_is_typed(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(introduced=False)) as window:
        await window.press("tab")
        await window.type("peru")
        assert "= Perú" in window.text
        await window.press("backspace")
        assert "= Perú" in window.text, "a beginning will do that only one has"
        await window.press("backspace", "backspace")
        assert "= Perú" not in window.text


async def test_an_unknown_country_is_refused_in_a_sentence(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of(introduced=False)
    async with window_on(replica) as window:
        await introduce(window, "Ana", "Atlántida")
        assert window.screen == "WelcomeScreen"
        assert "«Atlántida» no es válido para País: se espera un país" in window.words
        assert replica.id is None
        assert window.find("#name", Input).value == "Ana"
        assert window.find("#country", Input).value == "Atlántida"
        assert window.focus == "country", "it is said where it was typed"


async def test_the_beginning_of_a_country_will_do(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of(introduced=False)
    async with window_on(replica) as window:
        await introduce(window, "Ana", "Urug")
        assert replica.id is not None
        assert replica.read.person(replica.id)[1] == "UY"


async def test_a_name_that_says_nothing_is_refused_in_a_sentence(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of(introduced=False)
    async with window_on(replica) as window:
        await introduce(window, "  ", "UY")
        assert window.screen == "WelcomeScreen"
        assert "vacío" in window.text
        assert replica.id is None


async def test_esc_looks_without_writing_and_a_status_key_asks_again(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of(introduced=False)
    async with window_on(replica) as window:
        await window.press("escape")
        assert window.screen == "PlanScreen"
        await window.go_to("2019/3.1.1")
        await window.press("3")
        assert window.screen == "WelcomeScreen"
        assert status_of(window, "2019/3.1.1") is Status.PENDING
        await introduce(window, "Ana", "UY")
        assert window.cursor == "2019/3.1.1"
        await window.press("3")
        assert status_of(window, "2019/3.1.1") is Status.DONE


async def test_who_only_looks_is_not_asked_by_moving_searching_or_helping(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(introduced=False)) as window:
        await window.press(
            "escape", "down", "down", "slash", *"blog", "escape", "o", "d", "v", "question_mark", "escape"
        )
        assert window.screen == "PlanScreen"


async def test_every_verb_that_writes_asks_first(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(introduced=False)) as window:
        await window.press("escape")
        await window.go_to("2019/3.1.1")
        for verb in ("1", "n"):
            await window.press(verb)
            assert window.screen == "WelcomeScreen", verb
            await window.press("escape")
        await window.press("x", "s")
        assert window.screen == "WelcomeScreen"


async def test_p_says_later_that_somebody_is_called_otherwise(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of("Ana")
    async with window_on(replica) as window:
        await window.press("p")
        assert window.find("#name", Input).value == "Ana"
        await window.press("end")
        await window.type(" P.")
        await window.press("enter", "enter", "enter", "enter", "enter")
        own = next(one for one in replica.people() if one.trust is Trust.SELF)
        assert own.name == "Ana P."


async def test_a_role_is_chosen_by_arrow_and_enter_goes_on(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of(introduced=False)
    async with window_on(replica, NARROW) as window:
        await window.type("Eva")
        await window.press("enter", "b", "o", "enter", "enter", "down", "enter")
        assert window.focus == "start"
        assert "○  Punto focal" in window.text, "chosen or not is said by the mark, and not by colour alone"
        assert "●  Secretaría Técnica" in window.text
        await window.press("enter")
        own = next(one for one in replica.people() if one.trust is Trust.SELF)
        assert (own.name, own.country, own.role) == ("Eva", "BO", "secretariat")


async def test_three_sentences_help_at_the_first_start_and_never_again(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of(introduced=False)
    async with window_on(replica, NARROW) as window:
        assert window.told == []
        await introduce(window, "Ana", "uy")
        assert window.told == [first_help()]
        assert first_help().count(".") == 3
        assert (window.screen, window.focus) == ("PlanScreen", "tree"), "it waits for nobody"
        await window.press("p", "escape")
        assert len(window.told) == 1
    async with window_on(copy_of("Beto", "PE")) as window:
        assert window.told == [first_help()], "whoever has said who they are is not helped again"


async def test_a_demonstration_says_so_in_every_width(window_on: Windows, tmp_path: Path) -> None:
    home = demo.make(tmp_path / "demo")
    with Replica(home.database, home.keys) as replica:
        async with window_on(replica, NARROW) as window:
            for size in (NARROW, (120, 36), (60, 20)):
                await window.resize(*size)
                assert window.top.startswith("Demostración"), window.top
            assert window.told[0].startswith("Puede cambiar, enviar y borrar lo que quiera.")
            await window.press("3")
            assert "3.6.1" in window.last
