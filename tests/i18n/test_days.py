"""Days as people type and read them, in the order and the words of each language; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pendulum
import pytest
from babel.dates import format_date, get_day_names, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from gealc_tui import errors, i18n
from gealc_tui.commands import fields
from gealc_tui.domain.days import DayFault, Toward
from gealc_tui.i18n import dates, labels, months
from gealc_tui.i18n.days import day_at, day_fault, read_day
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


def ways_of_writing(day: date, language: str) -> Iterator[str]:
    """As people of a language write a day: in numbers, with the month's name, with the day of the week, cut short."""
    names = get_month_names("wide", locale=language), get_month_names("abbreviated", locale=language)
    weekday = get_day_names("wide", locale=language)[day.weekday()]
    short = get_day_names("abbreviated", locale=language)[day.weekday()]
    first = {"es": "1.º", "en": "1st", "pt": "1º", "fr": "1er"}[language] if day.day == 1 else str(day.day)
    yield day.isoformat()
    if language != "en":
        yield from (f"{day.day}{sign}{day.month}{sign}{day.year}" for sign in "/-.")
    for name in (names[0][day.month], names[1][day.month]):
        for number in {str(day.day), f"{day.day:02}", first}:
            yield f"{number} {name} {day.year}"
            yield f"{number} de {name} de {day.year}"
            yield f"{weekday} {number} {name} {day.year}"
            yield f"{short} {number} {name} {day.year}"
        yield f"{name} {day.day}, {day.year}"
        yield f"{name.rstrip('.').upper()} {day.day} {day.year}"
        yield f"{day.day}-{name.rstrip('.')}-{day.year}"
    for style in ("full", "long", "medium") if language != "en" else ("full", "long"):
        yield format_date(day, style, locale={"en": "en_GB"}.get(language, language))


LEADS = {
    "es": ("", "el ", "para el ", "antes del ", "hasta el ", "a más tardar el "),
    "en": ("", "by ", "before ", "on ", "no later than ", "until "),
    "pt": ("", "até ", "até o dia ", "antes de ", "para "),
    "fr": ("", "le ", "avant le ", "d'ici le ", "jusqu'au ", "pour le "),
}


@given(day=st.dates(date(1990, 1, 1), date(2090, 12, 31)), code=st.sampled_from(i18n.LANGUAGES))
def test_every_day_however_it_is_written_is_read_and_nothing_else_of_the_line(day: date, code: str):
    i18n.use(code)
    for written in ways_of_writing(day, code):
        assert read_day(written) == day, written
        for lead in LEADS[code]:
            line = f"@pe {lead}{written}, con copia 3.6.1"
            found = day_at(line, 4, date(2019, 6, 2))
            assert found is not None, line
            assert (found.day, line[found.end :]) == (day, ", con copia 3.6.1"), line


@given(day=st.dates(date(2019, 6, 2), date(2020, 6, 1)), code=st.sampled_from(i18n.LANGUAGES))
def test_without_its_year_a_day_is_the_next_one(day: date, code: str):
    i18n.use(code)
    for style in ("d MMMM", "EEEE d MMMM", "d MMM"):
        written = format_date(day, style, locale=code)
        assert read_day(written, date(2019, 6, 2)) == day, written


@given(st.text(max_size=30), st.sampled_from(i18n.LANGUAGES), st.sampled_from(list(Toward)))
def test_nothing_that_is_typed_makes_the_reader_fall(text: str, code: str, toward: Toward):
    i18n.use(code)
    for today in (None, AUGUST, date.min, date.max):
        read_day(text, today, toward)


TOKENS = (
    *("15", "31", "2", "08", "2019", "19", "2O19", "/", "-", ".", ",", "(", ")", "de", "del", "el", "para", "antes"),
    *("+", "lunes", "mar", "junio", "jui", "Aug", "1.º", "'", "h", "a", "y", "24/7", "５", "²"),
)
PIECES = st.lists(st.tuples(st.sampled_from(TOKENS), st.sampled_from(["", " "])), max_size=9)


@given(PIECES, st.sampled_from(i18n.LANGUAGES))
def test_no_heap_of_pieces_of_days_makes_the_reader_fall(pieces: list[tuple[str, str]], code: str):
    i18n.use(code)
    text = "".join(token + blank for token, blank in pieces)
    for today in (None, AUGUST, date.max):
        for start in range(len(text)):
            found = day_at(text, start, today)
            assert found is None or (start <= found.start < found.end <= len(text))
            assert found is None or (found.day is None) is (found.fault is not None)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("29 de febrero de 2019", DayFault.NONE),
        ("31 de junio", DayFault.NONE),
        ("Feb 29, 2019", DayFault.NONE),
        ("15 de agosto 2O19", DayFault.NONE),
        ("15 de agsto de 2019", DayFault.NONE),
        ("agosto de 2019", DayFault.NONE),
        ("+99999", DayFault.NONE),
        ("15 de enero de 19", DayFault.SHORT_YEAR),
        ("15/08/19", DayFault.SHORT_YEAR),
        ("15 ago '19", DayFault.SHORT_YEAR),
        ("martes 15 de julio de 2019", DayFault.WEEKDAY),
        ("15/07/2019 (martes)", DayFault.WEEKDAY),
        ("15 y 16 de agosto", DayFault.UNCLEAR),
        ("15/08 al 20/08", DayFault.UNCLEAR),
        ("del 15 al 20 de agosto", DayFault.UNCLEAR),
        ("el viernes pasado", DayFault.UNCLEAR),
    ],
)
def test_a_day_that_is_none_says_why(language: str, typed: str, fault: DayFault):
    assert read_day(typed, AUGUST) is None
    assert day_fault(typed, AUGUST) is fault


SUNDAY = date(2019, 6, 2)


@pytest.mark.parametrize(
    ("typed", "ahead", "nearest", "behind"),
    [
        ("viernes", "2019-06-07", "2019-05-31", "2019-05-31"),
        ("domingo", "2019-06-09", "2019-06-02", "2019-05-26"),
        ("próximo viernes", "2019-06-07", "2019-05-31", "2019-05-31"),
        ("vendredi", "2019-06-07", "2019-05-31", "2019-05-31"),
        ("+30", "2019-07-02", "2019-07-02", "2019-07-02"),
        ("+2 semanas", "2019-06-16", "2019-06-16", "2019-06-16"),
        ("1 jun", "2020-06-01", "2019-06-01", "2019-06-01"),
        ("2/6", "2019-06-02", "2019-06-02", "2019-06-02"),
        ("3/6", "2019-06-03", "2019-06-03", "2018-06-03"),
        ("1.º de enero", "2020-01-01", "2019-01-01", "2019-01-01"),
        ("29 de febrero", "2020-02-29", "2020-02-29", "2016-02-29"),
        ("lunes 15 de julio", "2019-07-15", "2019-07-15", None),
    ],
)
def test_without_a_year_it_is_the_next_the_nearest_or_the_last(typed, ahead, nearest, behind):
    for toward, day in ((Toward.AHEAD, ahead), (Toward.NEAREST, nearest), (Toward.BEHIND, behind)):
        found = read_day(typed, SUNDAY, toward)
        assert (found.isoformat() if found is not None else None) == day, toward


# --- showing ---------------------------------------------------------------------------------------------------


def test_months_are_called_as_in_the_cldr_and_in_pendulum(language: str):
    assert tuple(get_month_names("wide", locale=language).values()) == months.NAMES[language]
    names = pendulum.locale(PENDULUM[language]).get("translations.months.wide")
    assert tuple(names.values()) == months.NAMES[language]


def test_days_of_the_week_are_called_as_in_the_cldr(language: str):
    names = get_day_names("wide", locale=language)
    assert tuple(names[day] for day in range(7)) == months.WEEKDAYS[language]
    assert dates.full_day(date(2019, 7, 15)).startswith(names[0])
    assert dates.day_and_weekday("2019-07-15").endswith(f"({names[0]})")
    for day in range(7):
        assert read_day(dates.full_day(AUGUST + timedelta(days=day))) == AUGUST + timedelta(days=day)


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
