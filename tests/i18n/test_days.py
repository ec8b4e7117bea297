"""Days as people type and read them, in the order and the words of each language; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pendulum
import pytest
from babel.dates import format_date, get_month_names

from gealc_tui import errors, i18n
from gealc_tui.commands import fields
from gealc_tui.domain.days import DayFault
from gealc_tui.i18n import dates, labels, months
from gealc_tui.i18n.days import day_fault, read_day
from gealc_tui.i18n.sentences import sentence

AUGUST = date(2019, 8, 15)
PENDULUM = {"es": "es", "en": "en", "pt": "pt_br", "fr": "fr"}


@pytest.fixture(params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    i18n.use(request.param)
    yield request.param
    i18n.use(i18n.SOURCE)


def in_english() -> None:
    i18n.use("en")


# --- reading ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        *("2019-08-15", "15/08/2019", "15/8/2019", "15-08-2019", "15.08.2019", " 15/08/2019 "),
        *("15 de agosto de 2019", "15 de agosto del 2019", "15 ago 2019", "15 AGO. 2019"),
        *("15 August 2019", "August 15, 2019", "Aug 15 2019", "15th Aug 2019"),
        *("15 août 2019", "15 aout 2019", "15 de ago. de 2019"),
    ],
)
def test_the_fifteenth_of_august_is_understood_in_every_language(language: str, typed: str):
    assert read_day(typed) == AUGUST


@pytest.mark.parametrize(
    "typed",
    [
        *("31/02/2019", "2019-02-29", "00/00/0000", "32 de enero de 2019", "2019-2-3", "13/13/2019"),
        *("mañana", "", "15", "15/08/19", "15/08-2019", "２０１９-08-15", "15 de 08 de 2019", "15 x 2019"),
        *("3 jui 2019", "15 de ag de 2019", "agosto 2019", "15/08", "15 de agosto", "9" * 5_000),
    ],
)
def test_what_is_no_day_is_none(language: str, typed: str):
    assert read_day(typed) is None


def test_in_numbers_the_day_comes_first(language: str):
    if language != "en":
        assert read_day("05/08/2019") == date(2019, 8, 5)
        assert read_day("08/15/2019") is None


def test_in_english_a_day_that_could_be_two_is_not_guessed():
    in_english()
    assert read_day("05/08/2019") is None
    assert day_fault("05/08/2019") is DayFault.UNCLEAR
    assert read_day("08/15/2019") == read_day("15/08/2019") == AUGUST
    assert read_day("05/05/2019") == date(2019, 5, 5)
    assert {day_fault(typed) for typed in ("31/02/2019", "x", "32 May 2019")} == {DayFault.NONE}
    with pytest.raises(errors.ValueRefused) as refused:
        fields.parse("activity", "due", "05/08/2019")
    assert "cannot be read in two ways" in sentence(refused.value)


def test_without_a_year_it_is_the_next_such_day(language: str):
    assert read_day("15/08", AUGUST) == AUGUST
    assert read_day("15 ago", AUGUST + timedelta(days=1)) == date(2020, 8, 15)
    assert read_day("29 feb", date(2097, 1, 1)) == date(2104, 2, 29)


def test_a_day_is_understood_as_it_is_shown(language: str):
    for month in range(1, 13):
        for day in (date(2019, month, 1), date(2020, month, 28)):
            for shown in (labels.day_label(day.isoformat()), dates.long_day(day), day.isoformat()):
                assert read_day(shown) == day, shown


# --- showing ---------------------------------------------------------------------------------------------------


def test_months_are_called_as_in_the_cldr_and_in_pendulum(language: str):
    assert tuple(get_month_names("wide", locale=language).values()) == months.NAMES[language]
    names = pendulum.locale(PENDULUM[language]).get("translations.months.wide")
    assert tuple(names.values()) == months.NAMES[language]


def test_a_long_day_is_written_as_in_the_cldr(language: str):
    # Of English that of the United Kingdom: the day stands first, as in the short form.
    locale = "en_GB" if language == "en" else language
    for month in range(1, 13):
        day = date(2019, month, 15)
        assert dates.long_day(day) == format_date(day, "long", locale=locale)


@pytest.mark.parametrize(
    ("code", "short", "long", "first"),
    [
        ("es", "15/08/2019", "15 de agosto de 2019", "1 de agosto de 2019"),
        ("en", "15 Aug 2019", "15 August 2019", "1 August 2019"),
        ("pt", "15/08/2019", "15 de agosto de 2019", "1º de agosto de 2019"),
        ("fr", "15/08/2019", "15 août 2019", "1er août 2019"),
    ],
)
def test_days_are_written_in_the_order_of_the_language(code: str, short: str, long: str, first: str):
    i18n.use(code)
    assert (labels.day_label("2019-08-15"), dates.long_day(AUGUST)) == (short, long)
    assert dates.long_day(date(2019, 8, 1)) == first


@pytest.mark.parametrize(
    ("days", "es", "en", "pt", "fr"),
    [
        (0, "hoy", "today", "hoje", "aujourd'hui"),
        (1, "mañana", "tomorrow", "amanhã", "demain"),
        (-1, "ayer", "yesterday", "ontem", "hier"),
        (12, "en 12 días", "in 12 days", "em 12 dias", "dans 12 jours"),
        (-59, "hace 59 días", "59 days ago", "há 59 dias", "il y a 59 jours"),
        (61, "en 2 meses", "in 2 months", "em 2 meses", "dans 2 mois"),
        (-400, "hace 13 meses", "13 months ago", "há 13 meses", "il y a 13 mois"),
        (3000, "en 8 años", "in 8 years", "em 8 anos", "dans 8 ans"),
    ],
)
def test_how_far_a_day_is(days: int, es: str, en: str, pt: str, fr: str):
    said = []
    for code in i18n.LANGUAGES:
        i18n.use(code)
        said.append(dates.relative_label(AUGUST + timedelta(days=days), AUGUST))
    assert said == [es, en, pt, fr]


def test_percents_and_long_numbers_are_written_as_in_the_language():
    said = {}
    for code in i18n.LANGUAGES:
        i18n.use(code)
        said[code] = (labels.percent_label(50), i18n.number(9_999), i18n.number(100_000))
    assert said == {
        "es": ("50 %", "9999", "100\u00a0000"),
        "en": ("50%", "9999", "100,000"),
        "pt": ("50%", "9999", "100.000"),
        "fr": ("50 %", "9999", "100\u00a0000"),
    }
