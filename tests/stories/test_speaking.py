"""Four languages: what stands on the screens is in the one in force, and all of it changes at one key.

The plan of these stories has titles that are words of no language, so that what is Spanish on a screen was left there.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from i18n.test_catalogue import QUOTED, SPANISH
from textual.widgets import Input, TextArea

from gealc_tui import i18n, paths
from gealc_tui.commands import activities, notes, plans
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from stories.conftest import TODAY, Clock, Copies, Windows, file_of
from stories.window import NARROW, Window

DOCUMENT = """PLAN DE TRABAJO 2019
1) Áreas
1.1) Brillig
Objetivo: Slithy toves.
Actividades del primer semestre
1.1.1) Gyre
Producto: Wabe
Lugar: Mimsy
1.1.2) Gimble
Producto: Borogove
Actividades del segundo semestre
1.1.3) Outgrabe
Producto: Rath
"""
"""The document is Spanish by its headings; what stands on the screens of it is not (Carroll, *Jabberwocky*)."""

FIRST = "2019/1.1.1"
TALL = (110, 50)

PLACES: dict[str, tuple[str, ...]] = {
    "a field of an activity": ("enter", "down", "down", "down", "enter"),
    "many at once": ("space", "e"),
    "who uses the copy": ("p",),
    "the exchange": ("x",),
    "sending": ("x", "e"),
    "receiving": ("x", "r"),
    "all help": ("question_mark", "a"),
    "another value": ("D", "e"),
    "many differences": ("D", "p"),
    "progress": ("P",),
    "the history": ("h",),
    "settings": ("c",),
    "filter": ("f",),
    "start of a meeting": ("m",),
    "a meeting": ("m", "f2"),
    "the end of a meeting": ("m", "F"),
}
"""Keys from the plan to a screen."""


@pytest.fixture
def gibberish(tmp_path: Path, copy_of: Copies, clock: Clock) -> Replica:
    """Ana's copy of a plan in no language, with a note of Eva's, a difference, and a due date."""
    document = tmp_path / "plan.txt"
    document.write_text(DOCUMENT, encoding="utf-8")
    for name in ("Ana", "Eva"):
        home = paths.home(str(tmp_path / name))
        home.folder.mkdir(mode=0o700)
        with Replica(home.database, home.keys, clock=Clock(TODAY - 10_000)) as replica:
            plans.import_document(replica, document, any_year=True)
    ana, eva = copy_of("Ana", "BB"), copy_of("Eva", "GY")
    activities.set_status(ana, FIRST, Status.IN_PROGRESS)
    activities.set_field(ana, f"activity/{FIRST}", "due", "2019-08-15")
    clock.now += 60_000
    activities.set_status(eva, FIRST, Status.ON_HOLD)
    notes.add_note(eva, f"activity/{FIRST}", "Jabberwock", official=True)
    ana.merge([("eva.json", file_of(eva))], accept=True)
    return ana


async def go(window: Window, keys: tuple[str, ...]) -> None:
    await window.go_to(FIRST)
    await window.press(*keys)


async def back(window: Window) -> None:
    """To the plan, with nothing open, found or marked."""
    await window.press("escape")
    while len(window.app.screen_stack) > 2:
        await window.press("escape")
    await window.press("escape")
    assert window.screen == "PlanScreen"


def spanish_on(window: Window, language: str) -> list[str]:
    """Lines with something Spanish in them. What the document itself says does not count."""
    own = re.compile(r"Plan de trabajo 2019|Español|PLAN DE TRABAJO|/\S+", re.IGNORECASE)
    wanted = re.compile(SPANISH[language], re.IGNORECASE)
    return [line.strip() for line in window.lines if wanted.search(QUOTED.sub("", own.sub("", line)))]


@pytest.mark.parametrize("language", ["en", "pt"])
async def test_the_program_starts_in_another_language_without_a_spanish_word(
    gibberish: Replica, window_on: Windows, language: str
) -> None:
    i18n.use(language)
    left = {}
    async with window_on(gibberish, TALL) as window:
        assert spanish_on(window, language) == []
        for name in ("who uses the copy", "the exchange", "all help"):
            await go(window, PLACES[name])
            if found := spanish_on(window, language):
                left[name] = found
            await back(window)
    assert left == {}


async def test_a_screen_that_stands_is_said_anew_whole(gibberish: Replica, window_on: Windows) -> None:
    left = {}
    async with window_on(gibberish, TALL) as window:
        for name, keys in PLACES.items():
            window.app.speak("es")
            await go(window, keys)
            assert spanish_on(window, "fr"), name
            focus = window.focus
            window.app.speak("fr")
            await window.settle()
            if found := spanish_on(window, "fr"):
                left[name] = found
            assert window.focus == focus, name
            await back(window)
    assert left == {}


async def test_l_goes_round_the_languages_and_the_next_start_keeps_the_last(
    gibberish: Replica, window_on: Windows
) -> None:
    async with window_on(gibberish) as window:
        await window.go_to(FIRST)
        said = []
        for _ in i18n.LANGUAGES:
            await window.press("L")
            said.append((i18n.language(), gibberish.setting(i18n.SETTING)))
            assert re.search(rf"(Idioma|Language|Langue).?: {i18n.NAMES[i18n.language()]}", window.text)
        assert said == [("en", "en"), ("pt", "pt"), ("fr", "fr"), ("es", "es")]
        assert window.cursor == FIRST


async def test_what_is_being_typed_stays_when_the_language_changes(gibberish: Replica, window_on: Windows) -> None:
    async with window_on(gibberish, NARROW) as window:
        await go(window, ("n",))
        await window.type("Lo que L")
        assert (i18n.language(), window.find("#text", TextArea).text) == ("es", "Lo que L")
        await window.press("f9")
        area = window.find("#text", TextArea)
        assert (i18n.language(), area.text, area.cursor_location, window.focus) == ("en", "Lo que L", (0, 8), "text")
        assert "Official note" in window.text
        await back(window)
        await window.press("slash", "g", "y", "f9")
        line = window.find("#search", Input)
        assert (i18n.language(), line.value, window.focus) == ("pt", "gy", "search")


async def test_who_starts_for_the_first_time_sees_how_to_change_the_language(
    copy_of: Copies, window_on: Windows
) -> None:
    async with window_on(copy_of(introduced=False), NARROW) as window:
        assert "F9: Español · English · Português · Français" in window.text
        await window.type("Eva")
        await window.press("f9", "f9")
        assert "Plano de trabalho da Rede GEALC" in window.text
        assert window.find("#name", Input).value == "Eva"


async def test_ctrl_c_is_answered_in_the_language(gibberish: Replica, window_on: Windows) -> None:
    i18n.use("fr")
    async with window_on(gibberish) as window:
        await window.press("ctrl+c")
        assert window.last == "Pour quitter\u00a0: q dans le plan. Tout est enregistré."
