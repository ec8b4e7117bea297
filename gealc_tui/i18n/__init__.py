"""The language in force, and the words of the program in it.

The words in the code are Spanish and are the keys of the catalogues (gettext). `t` and `tn` spell a sentence now;
`N_` marks one in a table, to be spelled late. Facts are put into the sentence by name, and are never looked up.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

SOURCE = "es"
LANGUAGES = ("es", "en")
"""The languages that the program speaks; the first is its own."""

_FOLDER = Path(__file__).parent / "locale"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = SOURCE


def use(language: str) -> None:
    """Puts a language in force. Anything that is not one of LANGUAGES is the source language."""
    global _catalogue, _language
    _language = language if language in LANGUAGES else SOURCE
    languages = [] if _language == SOURCE else [_language]
    _catalogue = gettext.translation("gealc", _FOLDER, languages, fallback=True)


def language() -> str:
    """The language in force."""
    return _language


def wanted(asked: str | None = None) -> str:
    """The language to use: the one asked for, else GEALC_LANG, else Spanish.

    LANG is not asked: our users work in Spanish on machines that were set up in English.
    """
    code = (asked or os.environ.get("GEALC_LANG") or SOURCE).lower().replace("_", "-").partition("-")[0]
    return code if code in LANGUAGES else SOURCE


def t(message: str, **facts: object) -> str:
    """A sentence in the language in force, with its facts."""
    text = _catalogue.gettext(message)
    return text.format(**facts) if facts else text


def tn(singular: str, plural: str, n: int, **facts: object) -> str:
    """A sentence that counts; the number is the fact `n`."""
    return _catalogue.ngettext(singular, plural, n).format(n=n, **facts)


def N_(message: str) -> str:
    """Marks a message for the catalogues without spelling it yet."""
    return message
