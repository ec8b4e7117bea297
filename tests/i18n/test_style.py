"""The page of style (docs/style.md), as far as a machine can check it: what is not said, in four languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parents[2] / "gealc_tui" / "i18n" / "locale"

NOT_SAID = {
    "es": (
        r"\bno (?:vale|valen|sirve|sirven)\b",
        r"\b(?:las?|los?) de siempre\b",
        r"\bponer o quitar\b",
        r"\bvacía, ninguna\b",
        r"\bnada tiene esas palabras\b",
        r"\bnadie había visto\b",
        r"\b(?:en|con) una memoria\b",
        r"\b(?:acepta|acepta[rn]|aceptad[ao]s?|aceptó|acepten?) (?:a|al)\b",
        r"\baceptad[ao]s?\b",
        r"\bEsc dejar?\b",
        r"\bvos\b|\btú\b",
    ),
    "en": (
        r"\bwill not do\b",
        r"\bput on or off\b",
        r"\bthe usual (?:ones?|keys?)\b",
        r"\bon a stick\b",
        r"\bnone had seen\b",
        r"\bto begin with$",
        r"\baccept(?:s|ed)? (?:them|people|somebody|everybody|authors|whom)\b",
        r"\b(?:is|are|be|been) accepted\b",
    ),
    "pt": (
        r"\bpôr ou tirar\b",
        r"\bpor enviar\b",
        r"\bnada disto\b",
        r"^seguinte$",
        r"\btentar-se-á\b",
        r"\bignora-se\b",
        r"\baceit(?:ar|a|as|e|em|o|os) (?:pessoas?|autores|todos|quem|estas|essa|alguém)\b",
        r"\b(?:tu|teu|tua|vosso|vossa)\b",
    ),
    "fr": (
        r"\bdéfai(?:re|t)\b",
        r"\brefai(?:re|t)$",
        r"\bôter\b",
        r"\btouches? de toujours\b",
        r"\bfut convenu\b",
        r"^Feux\b",
        r"\baccepte(?:r|z)? (?:des|ces|cette|quelqu'un|les auteurs)\b",
        r"\b(?:tu|ton|ta|tes)\b",
    ),
}
"""By language, what docs/style.md sets other words for."""

AN_ID = re.compile(r"\b[a-z2-7]{12,}\d[a-z2-7]*\b|\b(?:person|item|meeting)/\w{8,}")

COMMANDS = re.compile(r"gealc [a-z]+|--[a-z-]+")
"""What one types keeps the names that it had."""


def messages(language: str) -> Iterator[str]:
    """Every message as it is said in a language."""
    path = LOCALES / ("en" if language == "es" else language) / "LC_MESSAGES" / "gealc.po"
    with path.open("rb") as file:
        for message in read_po(file):
            said = message.id if language == "es" else message.string
            yield from (said,) if isinstance(said, str) else said


def faults(language: str, text: str) -> list[str]:
    """What a message says that the page of style does not let pass."""
    plain = COMMANDS.sub("", text)
    return [rule for rule in (*NOT_SAID[language], AN_ID.pattern) if re.search(rule, plain, re.IGNORECASE)]


@pytest.mark.parametrize("language", NOT_SAID)
def test_no_message_says_what_the_page_of_style_does_not_let_pass(language: str) -> None:
    found = {text: wrong for text in messages(language) if (wrong := faults(language, text))}
    assert found == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "«{value}» no vale; elija otro"),
        ("es", "Primero hay que aceptar a esa persona"),
        ("es", "Esc deja"),
        ("en", "{value} will not do"),
        ("en", "everybody is accepted"),
        ("pt", "tentar-se-á de novo"),
        ("pt", "3 alterações por enviar"),
        ("fr", "défaire"),
        ("fr", "Les touches de toujours valent"),
        ("es", "ysndbhwtnox4y3rd Reunión: Abierta"),
    ],
)
def test_the_rules_find_what_was_once_said(language: str, text: str) -> None:
    assert faults(language, text)


def test_what_one_types_is_no_word_of_ours() -> None:
    assert faults("en", "First confirm that person: gealc accept {replica}") == []
