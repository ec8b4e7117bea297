"""The language in force, and the words of the program in it.

The words in the code are Spanish and are the keys of the catalogues (gettext). `t` and `tn` spell a sentence now;
`N_` marks one in a table, to be spelled late. Facts are put into the sentence by name, and are never looked up.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SOURCE = "es"
NAMES: Mapping[str, str] = {"es": "Español", "en": "English", "pt": "Português", "fr": "Français"}
"""The languages that the program speaks, each by its own name; the first is the program's own."""
LANGUAGES = tuple(NAMES)
SETTING = "language"
"""Under which name a copy keeps the language that was chosen on its screens."""

# English is what machines come with; these somebody has chosen.
_TAKEN_FROM_THE_MACHINE = ("es", "pt", "fr")

_WINDOWS_NAMES = {"spanish": "es", "english": "en", "portuguese": "pt", "french": "fr"}

_SHORT = 10_000
_BETWEEN_GROUPS = {"es": "\u00a0", "en": ",", "pt": ".", "fr": "\u00a0"}

_FOLDER = Path(__file__).parent / "locale"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The words of a language; of SOURCE those in the code."""
    languages = [] if language == SOURCE else [language]
    return gettext.translation("gealc", _FOLDER, languages, fallback=True)


_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = SOURCE


def use(language: str) -> None:
    """Puts a language in force. Anything that is not one of LANGUAGES is the source language."""
    global _catalogue, _language
    _language = language if language in LANGUAGES else SOURCE
    _catalogue = catalogue(_language)


def in_every_language(message: str) -> tuple[str, ...]:
    """A message in each of LANGUAGES. What is in force stays so: other threads are drawing in it."""
    return tuple(catalogue(language).gettext(message) for language in LANGUAGES)


def language() -> str:
    """The language in force."""
    return _language


def following(language: str) -> str:
    """The language after this one, round to the first again."""
    place = LANGUAGES.index(language) if language in LANGUAGES else -1
    return LANGUAGES[(place + 1) % len(LANGUAGES)]


def asked(option: str | None = None) -> str | None:
    """The language that a person asks for by an option, else by GEALC_LANG; None if they ask for none that we speak."""
    return next((code for code in map(_code, (option, os.environ.get("GEALC_LANG"))) if code in LANGUAGES), None)


def of_the_machine() -> str:
    """What LC_ALL, LC_MESSAGES or LANG let suppose, in any state: another language than ours, or nonsense, is Spanish.

    English is not taken from there: many machines of people who work in Spanish were set up in it (decision 8).
    """
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), None)
    if named is None:
        # Windows and macOS set none of these.
        from gealc_tui.i18n.system_language import system_language

        named = system_language()
    code = _code(named)
    return code if code in _TAKEN_FROM_THE_MACHINE else SOURCE


def _code(name: str | None) -> str:
    """`pt` of `pt_BR.UTF-8`, `pt-BR`, `PT` or `Portuguese_Brazil.1252`."""
    code = (name or "").strip().lower()
    for mark in ("_", "-", ".", "@", ":"):
        code = code.partition(mark)[0]
    return _WINDOWS_NAMES.get(code, code)


def t(message: str, **facts: object) -> str:
    """A sentence in the language in force, with its facts."""
    text = _catalogue.gettext(message)
    return text.format(**facts) if facts else text


def tn(singular: str, plural: str, n: int, **facts: object) -> str:
    """A sentence that counts; the number is the fact `n`."""
    return _catalogue.ngettext(singular, plural, n).format(n=number(n), **facts)


def number(n: int) -> str:
    """A number, long ones in groups of three as the language writes them."""
    return str(n) if abs(n) < _SHORT else f"{n:,}".replace(",", _BETWEEN_GROUPS[_language])


def N_(message: str) -> str:
    """Marks a message for the catalogues without spelling it yet."""
    return message
