"""The words of days: what the parts of `antes del lunes 15 de agosto de 2019` are, in any of the languages.

All languages at once, whichever is in force: nobody should have to switch for a date.
"""

from __future__ import annotations

from functools import cache

from gealc_tui.i18n.labels import fold
from gealc_tui.i18n.months import ALSO, NAMES, SHORT_WEEKDAYS, WEEKDAYS

_SHORTEST = 3
"""Letters that a month's name has at least."""

FIRST = "primero|primeiro|premier|first"
"""The first of a month, in a word."""

WORDS_TOO = frozenset(
    ("ago", "dec", "jan", "mai", "mar", "mars", "may", "out", "set", "sep", "sept", "jun", "jul", "mare", "marc")
)
"""Beginnings of months that are words in some language too: `15 may attend`, `3 out of 4`, `mar 5`."""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


UNITS = _words(
    "annee annees ano anos beca becas countries country day days decada dia dias docena docenas dose doses dozen",
    "ensemble etapa etapas fase fases funcionario funcionarios half heure heures hora horas hour hours jornada",
    "jornadas jour journee journees jours kilo kilos litro litros meia mes meses metade mois month months page",
    "pages pagina paginas pais paises part parte partes parts pays people persona personas personnes pessoa",
    "pessoas plaza plazas semaine semaines semana semanas semestre semestres tempo temps tiempo time times",
    "trimestre trimestres veces vez vezes week weeks year years",
)
"""What a fraction or a range may be of (`1/2 jornada`, `3-4 semanas`), folded."""

_WEAK = _words("a data date de em en fecha for la o on para plazo por pour prazo")
_STRONG = _words(
    "al antes ao ate au aux avant before between by day del desde dia do du due el entre from hasta ici jour",
    "jusqu jusque le limite tardar than the till until vence",
)
_ARTICLES = _words("al ao au day del dia du el jour le the")
_BETWEEN = _words("d deadline delai echeance later mas no plus tard")


def is_lead(word: str) -> bool:
    """Whether a word may stand before a day: `antes`, `del`, `by`, `jusqu`."""
    folded = fold(word)
    return folded in _WEAK or folded in _STRONG or folded in _BETWEEN


def is_strong_lead(word: str) -> bool:
    """Whether it says that a day follows, so that numbers are one without more: `el 24/7`."""
    return fold(word) in _STRONG


def is_article(word: str) -> bool:
    """Whether a number behind it can only be that of a day: `el 15`, `au 15`."""
    return fold(word) in _ARTICLES


def months(word: str) -> frozenset[int]:
    """The months that a word may be, by its beginning."""
    folded = fold(word)
    if len(folded) < _SHORTEST:
        return frozenset()
    return frozenset(month for name, month in _month_names() if name.startswith(folded))


def is_whole_month(word: str) -> bool:
    """Whether it is a month's name and not only its beginning."""
    folded = fold(word)
    return any(name == folded for name, _ in _month_names())


def weekday(word: str, *, short: bool = True) -> int | None:
    """The day of the week that a word names, Monday 0; `short` takes `lun` and `seg` too."""
    folded = fold(word)
    found = _weekdays().get(folded)
    return found if found is not None else _short_weekdays().get(folded) if short else None


@cache
def _month_names() -> tuple[tuple[str, int], ...]:
    named = [(fold(name), month) for names in NAMES.values() for month, name in enumerate(names, 1)]
    return (*named, *ALSO.items())


@cache
def _weekdays() -> dict[str, int]:
    return {fold(name): day for names in WEEKDAYS.values() for day, name in enumerate(names)}


@cache
def _short_weekdays() -> dict[str, int]:
    short = {fold(name): day for names in SHORT_WEEKDAYS.values() for day, name in enumerate(names)}
    # Portuguese says «segunda» for «segunda-feira».
    said = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
    return short | said | {fold(name.removesuffix("-feira")): day for day, name in enumerate(WEEKDAYS["pt"])}
