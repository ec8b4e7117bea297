"""Two texts side by side: nothing is lost, whole words are marked, and long texts take no longer than one waits."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gealc_tui.domain.limits import LONGEST_TEXT
from gealc_tui.domain.word_difference import In, parts, pieces

WORDS = st.lists(st.sampled_from(["el", "consultor", "consultora", "mayo", " ", "  ", "\n", ".", ",", "ñ", "é", "́"]))
TEXTS = WORDS.map("".join) | st.text()

PATIENCE = 4.0
"""Seconds of processor time after which somebody would think that the program hangs."""


def told(first: str, second: str) -> list[tuple[str, str]]:
    return [(piece.where.value, piece.text) for piece in pieces(first, second)]


def joined(first: str, second: str, side: In) -> str:
    return "".join(piece.text for piece in pieces(first, second) if piece.where in (side, In.BOTH))


@given(TEXTS, TEXTS)
def test_the_pieces_joined_give_back_each_text(first: str, second: str) -> None:
    assert joined(first, second, In.FIRST) == first
    assert joined(first, second, In.SECOND) == second


@given(TEXTS, TEXTS)
def test_no_piece_is_empty_and_no_two_of_one_kind_follow_each_other(first: str, second: str) -> None:
    row = pieces(first, second)
    assert all(piece.text for piece in row)
    assert all(one.where is not other.where for one, other in pairwise(row))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert told(text, text) == ([("both", text)] if text else [])


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_the_parts_joined_give_back_every_text(texts: list[str]) -> None:
    assert ["".join(part.text for part in row) for row in parts(texts)] == texts


def test_whole_words_differ_and_not_letters_of_them() -> None:
    assert told("El BID confirma consultor para abril.", "El BID confirma consultora para mayo.") == [
        ("both", "El BID confirma "),
        ("first", "consultor"),
        ("second", "consultora"),
        ("both", " para "),
        ("first", "abril"),
        ("second", "mayo"),
        ("both", "."),
    ]


def test_a_phrase_that_differs_is_one_piece_and_not_a_word_after_the_other() -> None:
    assert told("ver: uno dos tres.", "ver: cuatro cinco seis.") == [
        ("both", "ver: "),
        ("first", "uno dos tres"),
        ("second", "cuatro cinco seis"),
        ("both", "."),
    ]


def test_a_sign_alone_differs_from_the_word_before_it() -> None:
    assert told("Listo.", "Listo") == [("both", "Listo"), ("first", ".")]


def test_an_accent_stays_on_its_letter() -> None:
    assert told("cafe\u0301", "cafe") == [("first", "cafe\u0301"), ("second", "cafe")]


def test_blanks_differ_too() -> None:
    assert told("a b", "a  b ") == [("both", "a"), ("first", " "), ("second", "  "), ("both", "b"), ("second", " ")]


def marked(*texts: str) -> list[str]:
    return ["".join(f"[{part.text}]" if part.differs else part.text for part in row) for row in parts(texts)]


def test_where_no_word_is_common_nothing_is_marked() -> None:
    assert marked("Lima.", "Montevideo.") == ["Lima.", "Montevideo."]
    assert marked("", "Lima") == ["", "Lima"]


def test_the_first_text_is_marked_where_any_other_differs_from_it() -> None:
    assert marked("en abril, en Lima", "en mayo, en Lima", "en abril, en Quito") == [
        "en [abril], en [Lima]",
        "en [mayo], en Lima",
        "en abril, en [Quito]",
    ]


def test_a_text_that_has_nothing_of_the_others_hides_no_difference_between_them() -> None:
    assert marked("Montevideo, Uruguay", "Lima", "Montevideo") == ["Montevideo[, Uruguay]", "Lima", "Montevideo"]


# --- long texts ------------------------------------------------------------------------------------------------


def prose(seed: int, length: int = LONGEST_TEXT) -> list[str]:
    """Sentences of a note as long as a note may be."""
    chance = random.Random(seed)
    words = [f"palabra{number}" for number in range(2_000)]
    sentences: list[str] = []
    while sum(map(len, sentences)) < length - 400:
        count = chance.randrange(5, 25)
        sentence = " ".join(words[min(int(chance.paretovariate(0.8)), 1_999)] for _ in range(count))
        sentences.append(sentence + chance.choice([". ", ".\n", ", "]))
    return sentences


def test_in_a_long_text_few_words_are_marked_when_few_have_changed() -> None:
    before = prose(1)
    after = list(before)
    for place in range(0, len(before), len(before) // 30):
        after[place] = after[place].replace(" ", " NUEVO ", 1)
    row = pieces("".join(before), "".join(after))
    # Sentences that stand close to each other may be marked whole.
    assert sum(len(piece.text) for piece in row if piece.where is not In.BOTH) < 5_000


SWAPPED = [f"u{number}" for number in range(16_000)]
HARD = {
    "nothing in common": ("".join(prose(2)), "".join(prose(3))),
    "sentences in another order": ("".join(prose(4)), "".join(reversed(prose(4)))),
    "one word": ("a " * 50_000, "b " + "a " * 49_999),
    "two words": ("a b " * 25_000, "b a " * 25_000),
    "empty lines": ("\n" * 100_000, "x" + "\n" * 99_998 + "x"),
    "short lines": ("\n a" * 33_000, "\n b" * 33_000),
    "signs": (".,;" * 33_000, ";,." * 33_000),
    "no blank": ("a" * 100_000, "a" * 99_999 + "b"),
    "neighbours changed places": (
        " ".join(SWAPPED),
        " ".join(SWAPPED[place ^ 1] for place in range(len(SWAPPED))),
    ),
    "the same in blocks": (
        "\n".join(" ".join(SWAPPED[n : n + 200]) for n in range(0, 14_000, 200)),
        "\n".join(" ".join(SWAPPED[place ^ 1] for place in range(n, n + 200)) for n in range(0, 14_000, 200)),
    ),
}


@pytest.mark.parametrize("hard", HARD)
def test_texts_as_long_as_a_note_may_be_are_compared_in_a_moment(hard: str) -> None:
    first, second = HARD[hard]
    start = time.process_time()
    row = pieces(first, second)
    assert time.process_time() - start < PATIENCE
    assert "".join(piece.text for piece in row if piece.where is not In.SECOND) == first
    assert "".join(piece.text for piece in row if piece.where is not In.FIRST) == second
