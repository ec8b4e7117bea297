"""Every colour in which words are written, against all on which they stand (WCAG 2: AA, AAA where promised)."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from gealc_tui.tui import themes

PROMISED = {
    theme.name: 7.0 if "contrast" in theme.name else 4.5 for theme in themes.ALL if theme is not themes.TERMINAL
}


def luminance(color: Color) -> float:
    """Relative luminance, as WCAG 2.1 defines it."""
    parts = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in color.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [one for one in themes.ALL if one.name in PROMISED], ids=lambda one: one.name)
def test_words_can_be_read_on_everything_they_stand_on(theme: Theme) -> None:
    words = ("foreground", "primary", "secondary", "accent", "success", "warning", "error")
    grounds = {name: getattr(theme, name) for name in ("background", "surface", "panel")}
    grounds["pointed"] = theme.variables["pointed"]
    weak = {
        (word, ground): round(ratio, 2)
        for word in words
        for ground, on in grounds.items()
        if (ratio := contrast(getattr(theme, word), on)) < PROMISED[theme.name]
    }
    assert weak == {}


def test_high_contrast_is_there_in_dark_and_in_light() -> None:
    assert {theme.dark for theme in themes.ALL if "contrast" in theme.name} == {True, False}
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
