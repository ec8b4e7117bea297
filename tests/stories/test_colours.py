"""What stands on a screen can be read, in every theme: measured on the screens themselves (WCAG 2)."""

from __future__ import annotations

import pytest
from rich.color import ColorType
from rich.style import Style

from gealc_tui.commands import activities
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.tui import themes
from stories.conftest import Copies, Windows
from stories.window import Window

DRAWN = set("─│╭╮╰╯┌┐└┘▀▄▌▐█▒░▁▂▃▅▆▇▔▏▎▍▋▊▉━┃╸╺·▼►")
"""Lines, bars and scroll bars: they are no text, or say nothing that is not said beside them."""

SCREENS = (("e",), ("P",), ("h",), ("O",), ("x",), ("x", "r"), ("f8", "r"), ("D",), ("g",))
"""The keys to each; Esc leads back."""


def luminance(triplet: tuple[int, int, int]) -> float:
    parts = [value / 255 for value in triplet]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(style: Style) -> float | None:
    """The contrast of text against what it stands on; None if the terminal decides on one of the two."""
    front, back = style.color, style.bgcolor
    if front is None or back is None or ColorType.DEFAULT in (front.type, back.type):
        return None
    light, dark = sorted((luminance(one.get_truecolor()) for one in (front, back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint(window: Window, least: float) -> list[tuple[str, float]]:
    """What on the screen has less contrast than that. Behind a small window the rest is meant to step back."""
    found = []
    screen = window.app.screen
    region = screen.query_one("#window").region if screen.is_modal else screen.region
    for strip in screen._compositor.render_strips()[region.y : region.bottom]:
        for text, style, control in strip.crop(region.x, region.right):
            words = "".join(character for character in text if character not in DRAWN).strip()
            if control or not words or style is None:
                continue
            measured = contrast(style)
            if measured is not None and measured < least:
                found.append((words, round(measured, 2)))
    return found


THEMES = ((themes.DARK, 4.5), (themes.LIGHT, 4.5), (themes.CONTRAST, 7.0), (themes.CONTRAST_DARK, 7.0))
"""And the contrast that each has at least."""


async def test_everything_on_every_screen_can_be_read(in_difference: Replica, window_on: Windows) -> None:
    for code, status in (("3.1.1", Status.DONE), ("3.1.2", Status.CANCELLED), ("3.1.3", Status.ON_HOLD)):
        activities.set_status(in_difference, f"2019/{code}", status)
    async with window_on(in_difference) as window:
        await window.go_to("2019/3.6.1")
        for keys in ((), *SCREENS):
            await window.press(*keys)
            window.app.clear_notifications()
            for theme, least in THEMES:
                window.app.theme = theme.name
                await window.settle()
                if window.screen == "PaletteScreen":
                    # It is never open while the colours change, and lists anew what is typed.
                    await window.press("e", "backspace")
                assert not faint(window, least), (keys, theme.name)
            while window.screen != "PlanScreen":
                await window.press("escape")
            await window.press("escape")


async def test_the_terminals_own_colours_are_left_to_it(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    replica.set_setting("theme", themes.TERMINAL.name)
    async with window_on(replica) as window:
        for strip in window.app.screen._compositor.render_strips():
            for text, style, _ in strip:
                for colour in (style.color, style.bgcolor) if style is not None else ():
                    assert colour is None or colour.type is not ColorType.TRUECOLOR, (text, colour)


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
async def test_no_color_takes_all_colours_away_and_the_marks_stay(
    copy_of: Copies, window_on: Windows, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    replica = copy_of()
    activities.set_status(replica, "2019/3.1.1", Status.DONE)
    monkeypatch.setenv(name, value)
    async with window_on(replica) as window:
        for strip in window.app.screen._compositor.render_strips():
            for text, style, _ in strip:
                for colour in (style.color, style.bgcolor) if style is not None else ():
                    assert colour is None or colour.type is ColorType.DEFAULT, (text, colour)
        assert "● " in window.line_of("3.1.1 Taller")
