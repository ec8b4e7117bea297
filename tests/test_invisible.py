"""What nobody can see makes no difference; what means something stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gealc_tui.commands.fields import clean
from gealc_tui.i18n.unseen import unseen_sentence
from gealc_tui.invisible import as_seen, folded


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("San\u00a0José", "San José"),
        ("10\u202f000\u2009US$", "10 000 US$"),
        ("Lima\u200b", "Lima"),
        ("\ufeffLima\u2060", "Lima"),
        ("coordi\u00adnación", "coordinación"),
        ("uno\u2028dos\u2029tres", "uno\ndos\ntres"),
        ("\u200eLima\u202c", "Lima"),
        ("\u202eamiL", "amiL"),
        ("Lima\u200f", "Lima"),
        ("Li\u200dma, \u200c2019", "Lima, 2019"),
        ("Lima\ufe0f", "Lima"),
        ("Lima\U000e0067\U000e007f", "Lima"),
        ("ано\u200dним", "аноним"),
    ],
)
def test_what_means_nothing_is_folded(typed, stored):
    assert folded(typed) == stored
    assert clean(typed) == stored


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f469\u200d\U0001f4bb",  # a woman at a computer: a woman, joined to a computer
        "\U0001f3f3\ufe0f\u200d\U0001f308",  # the rainbow flag
        "\U0001f468\U0001f3fd\u200d\U0001f33e",  # with a colour of skin before the joiner
        "1\ufe0f\u20e3",  # a keycap
        "\u2714\ufe0f hecho",  # a tick drawn as an emoji
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # England
        "می\u200cخواهم",  # Persian: the two halves of a verb do not join
        "ه\u200d",  # Arabic: as at the beginning of a word
        "क्\u200dष",  # Devanagari: a half letter
        "\u200fعربي Lima\u200e",  # a mark of direction among letters that run from right to left
        "葛\U000e0100",  # a variant of a character
        "日本\u3000語",
        "línea\n\tcon tabulador",
    ],
)
def test_what_means_something_stays(text):
    assert folded(text) == text
    assert clean(text) == unicodedata.normalize("NFC", text)


@given(st.text())
def test_folding_twice_is_folding_once_and_takes_nothing_that_can_be_seen(text):
    once = folded(text)
    assert folded(once) == once
    assert as_seen(once) == as_seen(text)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("San\u00a0José", "San José", "difieren en caracteres que no se ven (espacio fijo, U+00A0)"),
        ("Lima\u200b", "Lima", "difieren en caracteres que no se ven (espacio sin ancho, U+200B)"),
        ("Lima\u115f", "Lima", "difieren en caracteres que no se ven (U+115F)"),
        ("Li\x07ma", "Lima", "difieren en caracteres que no se ven (U+0007)"),
        ("San  José", "San José", "difieren en espacios"),
        ("Jose\u0301", "José", "difieren en espacios"),
        ("Lima", "Quito", ""),
        ("Lima", "lima", ""),
    ],
)
def test_a_difference_that_nobody_can_see_is_named(one, other, said):
    assert said in unseen_sentence([one, other])
    assert bool(unseen_sentence([one, other, "Bogotá"])) == bool(said)
