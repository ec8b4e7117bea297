"""By which clock a city lives: `Quito` is `America/Guayaquil`.

People say "9 am, hora de Quito"; a calendar wants an instant. Promise: a city that is not known has no clock, nobody's
clock is put in its place, and a name that several cities bear is asked about.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from typing import NamedTuple

from gealc_tui.i18n.labels import country_by_name, country_name, fold
from gealc_tui.reports.cities import (
    CITIES,
    CLOCKS,
    COUNTRIES,
    COUNTRY_OF_CITY,
    SEVERAL,
    SEVERAL_CLOCKS,
    Namesake,
)


class Clock(NamedTuple):
    """The clock that a city's name means."""

    zone: str | None = None
    """Its IANA zone, or a difference from UTC (`UTC-03:00`); None: it is not known."""
    choices: tuple[str, ...] = ()
    """What may be typed instead, where several places of that name live by different clocks."""


def clock_of(city: str | None) -> Clock:
    """The clock that a city's name, a country's name or a difference from UTC means."""
    wanted = key_of(city or "")
    if not wanted:
        return Clock()
    if (offset := _offset(wanted)) is not None:
        return Clock(offset)
    place, _, country = (part.strip() for part in wanted.rpartition(","))
    if place and (code := _country(country)) is not None:
        return _in_country(place, code)
    wanted = wanted.replace(",", "")
    if (several := _several().get(wanted)) is not None:
        return Clock(choices=tuple(f"{one.name}, {_named(one.country)}" for one in several))
    if (found := CITIES.get(wanted)) is not None:
        return Clock(found)
    if (code := _country(wanted)) is not None:
        return Clock(None, choices) if (choices := SEVERAL_CLOCKS.get(code, ())) else Clock(CLOCKS.get(code))
    return Clock(_named_after_cities().get(wanted))


def zone_of(city: str | None) -> str | None:
    """The zone of `clock_of`."""
    return clock_of(city).zone


def tz_of(zone: str) -> tzinfo | None:
    """The rules of a zone; None if this machine does not know it."""
    if zone.startswith("UTC"):
        sign, hours, minutes = zone[3:4], int(zone[4:6] or 0), int(zone[7:9] or 0)
        away = timedelta(hours=hours, minutes=minutes)
        return timezone(-away if sign == "-" else away)
    try:
        return zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None


def instant_of(day: date, hour: str | None, city: str | None) -> datetime | None:
    """When a day and an hour (`HH:MM`) by the clock of a city are, in UTC; None if one of them is not known.

    Of an hour that the clock shows twice it is the first; one that it skips is told by the time before.
    """
    naive = naive_of(day, hour)
    zone = clock_of(city).zone
    tz = tz_of(zone) if zone is not None else None
    if naive is None or tz is None:
        return None
    try:
        return naive.replace(tzinfo=tz).astimezone(UTC)
    except OverflowError:
        return None


def hour_fault(day: date, hour: str | None, city: str | None) -> str | None:
    """What is wrong with an hour on the night on which a city changes its clocks.

    `existing_hour`: the clock skips it; `clear_hour`: it shows it twice.
    """
    naive = naive_of(day, hour)
    zone = clock_of(city).zone
    tz = tz_of(zone) if zone is not None else None
    if naive is None or tz is None:
        return None
    early, late = naive.replace(tzinfo=tz), naive.replace(tzinfo=tz, fold=1)
    if early.utcoffset() == late.utcoffset():
        return None
    try:
        back = early.astimezone(UTC).astimezone(tz).replace(tzinfo=None)
    except OverflowError:
        return None
    return "clear_hour" if back == naive else "existing_hour"


def naive_of(day: date, hour: str | None) -> datetime | None:
    """A day and an hour (`HH:MM`) by nobody's clock; None for what is no hour."""
    hours, _, minutes = (hour or "").partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
        return None
    return datetime(day.year, day.month, day.day, int(hours), int(minutes))


# --- names -------------------------------------------------------------------------------------------------------

_CLOCK_OF = re.compile(
    r"\s*(?:hora|hor[aá]rio|heure|time|reloj)\s+(?:oficial\s+)?(?:(?:de la|del|de|do|da|of|in)\s+|d['’])(?=\S)",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:utc|gmt|z)\s*(?:([+\-−–])\s*(\d{1,2})(?::?(\d\d))?)?", re.ASCII)


def bare_city(city: str) -> str:
    """A city as it is written down: `hora de Quito` is `Quito`."""
    return _CLOCK_OF.sub("", city, count=1).strip()


def is_offset(city: str) -> bool:
    """Whether it is no city but a difference from UTC."""
    return _offset(key_of(city)) is not None


def key_of(city: str) -> str:
    """A name without accents, case, points and `hora de`: `Washington, D. C.` is `washington, dc`."""
    key = " ".join(fold(bare_city(city)).split()).removesuffix(" time")
    key = re.sub(r"\s*\(([^()]*)\)$", r", \1", key)
    key = re.sub(r"\.(?=\s|,|$)|(?<=\w)\.(?=\w)", "", key).replace("’", "'")
    return re.sub(r"\b(d|ee) (c|f|uu)\b", r"\1\2", " ".join(key.split()))


def _offset(key: str) -> str | None:
    """`gmt-3` as `UTC-03:00`."""
    found = _OFFSET.fullmatch(key)
    if found is None:
        return None
    if found[1] is None:
        return "UTC"
    hours, minutes = int(found[2]), int(found[3] or 0)
    if hours > 14 or minutes > 59:
        return None
    return f"UTC{'+' if found[1] == '+' else '-'}{hours:02}:{minutes:02}"


@lru_cache(1024)
def _country(name: str) -> str | None:
    return COUNTRIES.get(name) or country_by_name(name)


def _named(country: str) -> str:
    return "Puerto Rico" if country == "PR" else country_name(country)


@cache
def _several() -> Mapping[str, tuple[Namesake, ...]]:
    return {key_of(name): places for name, places in SEVERAL.items()}


def _in_country(place: str, country: str) -> Clock:
    """The clock of a city of a country; of one that is not known, if all of that country lives by one clock."""
    place = place.replace(",", "")
    for one in _several().get(place, ()):
        if one.country == country:
            return Clock(one.zone)
    known = CITIES.get(place) or _named_after_cities().get(place)
    if country not in SEVERAL_CLOCKS:
        return Clock(CLOCKS.get(country))
    if COUNTRY_OF_CITY.get(place, country) == country and known is not None:
        return Clock(known)
    return Clock()


_CONTINENTS = ("Africa/", "America/", "Asia/", "Atlantic/", "Europe/", "Indian/", "Pacific/")
"""Areas whose zones bear names of cities: `Australia/Victoria` and `Brazil/West` do not."""


@cache
def _named_after_cities() -> Mapping[str, str]:
    """`lima`: `America/Lima`, `buenos aires`: `America/Argentina/Buenos_Aires`; those of America before all others."""
    found: dict[str, str] = {}
    names = [one for one in zoneinfo.available_timezones() if one.startswith(_CONTINENTS)]
    for name in sorted(names, key=lambda one: (not one.startswith("America/"), -len(one), one)):
        found.setdefault(fold(name.rpartition("/")[2].replace("_", " ")), name)
    return found
