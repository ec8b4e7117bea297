"""From what a person types to what a field holds. Strict: what does not fit is refused with the reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from gealc_tui import errors, invisible
from gealc_tui.domain.change import Value
from gealc_tui.domain.days import Toward
from gealc_tui.domain.fields import FIELDS, FieldType, field_of
from gealc_tui.domain.limits import LONGEST_LINE, LONGEST_TEXT
from gealc_tui.domain.vocabulary import BODIES, COUNTRIES, Period, Role, Status
from gealc_tui.i18n import labels

BODY_NAMES = {"OEA": "OAS", "OAS": "OAS", "BID": "IDB", "IDB": "IDB"}

REFUSALS = (
    errors.FieldUnknown,
    errors.ValueRefused,
    errors.TextEmpty,
    errors.TextTooLong,
    errors.TextHasControlCharacters,
)
"""What `parse` raises: what was typed is no good for the field."""


def parse(kind: str, field: str, text: str, today: date | None = None) -> Value:
    """The value that `text` means in a field; an empty text empties it. Days without a year are seen from `today`.

    Raises FieldUnknown, ValueRefused, TextTooLong, TextHasControlCharacters, and TextEmpty for fields that must
    say something.
    """
    described = field_of(kind, field)
    if described is None:
        raise errors.FieldUnknown(field=field, choices=settable(kind))
    text = clean(text)
    if not text.strip():
        if described.is_required:
            raise errors.TextEmpty()
        return None
    if described.type in _TOWARD:
        return day(text, field, today, _TOWARD[described.type])
    return _READERS[described.type](field, text)


def settable(kind: str) -> tuple[str, ...]:
    """The names of the fields of a kind that people set."""
    return tuple(one.name for one in FIELDS.get(kind, ()))


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text as it is stored: composed accents (NFC), newlines as `\\n`, nothing that cannot be drawn or seen.

    Raises TextTooLong and TextHasControlCharacters; takes no character away in silence that means anything
    (`invisible.folded`).
    """
    if len(text) > longest:
        raise errors.TextTooLong(length=len(text), longest=longest)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for position, character in enumerate(text, 1):
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t":
            raise errors.TextHasControlCharacters(position=position)
    composed = invisible.folded(unicodedata.normalize("NFC", text))
    if len(composed) > longest:  # a few letters become two
        raise errors.TextTooLong(length=len(composed), longest=longest)
    return composed


def line(field: str, text: str) -> str:
    """A text of one line, without the blanks around it. Raises ValueRefused and TextTooLong."""
    said = text.strip()
    if "\n" in said:
        raise errors.ValueRefused(field=field, value=said, expected="line")
    if len(said) > LONGEST_LINE:
        raise errors.TextTooLong(length=len(said), longest=LONGEST_LINE)
    return said


def _text(field: str, text: str) -> str:
    return text.rstrip()


def _status(field: str, text: str) -> str:
    return _choice(field, text, Status, "status")


def _period(field: str, text: str) -> str:
    return _choice(field, text, Period, "period")


def _choice(field: str, text: str, choices: type[Status] | type[Period] | type[Role], expected: str) -> str:
    from gealc_tui.i18n.spellings import read_code

    if (found := read_code(text, choices)) is not None:
        return found.value
    raise errors.ValueRefused(field=field, value=text, expected=expected)


def country(text: str, field: str = "country") -> str:
    """The ISO code of a country given by code or by name, in any of the languages. Raises ValueRefused."""
    code = text.strip().upper()
    found = code if code in COUNTRIES else labels.country_by_name(text)
    if found is None:
        raise errors.ValueRefused(field=field, value=text, expected="country")
    return found


def email(text: str) -> str:
    """An e-mail address as people write it, or nothing. Raises ValueRefused."""
    from gealc_tui.domain.entities import fits

    address = text.strip()
    if address and not fits("person", "email", address):
        raise errors.ValueRefused(field="email", value=text, expected="email")
    return address


def role(text: str) -> str:
    return _choice("role", text, Role, "role")


def country_or_body(text: str, field: str = "country") -> str:
    """As `country`; or a body (OEA, BID). Raises ValueRefused."""
    body = BODY_NAMES.get(text.strip().upper())
    return body if body in BODIES else country(text, field)


def _lead(field: str, text: str) -> str:
    return country_or_body(text, field)


def _leads(field: str, text: str) -> list[str]:
    return sorted({country_or_body(part, field) for part in _parts(text)})


def leads_in(text: str) -> list[str]:
    """The countries and bodies of a text, as they are written, in their order."""
    return [part.strip() for part in _parts(clean(text)) if part.strip()]


def _parts(text: str) -> list[str]:
    """Countries and bodies, separated by commas or semicolons; codes by blanks as well."""
    words = text.split()
    if all(word.upper() in COUNTRIES or word.upper() in BODY_NAMES for word in words):
        return words
    return [part for part in re.split(r"[,;]", text) if part.strip()]


def _code(field: str, text: str) -> str:
    code = text.strip()
    # A blank or a stroke would divide a reference.
    if not re.fullmatch(r"[^\s/]{1,20}", code):
        raise errors.ValueRefused(field=field, value=text, expected="code")
    return code


_TOWARD = {FieldType.DUE: Toward.AHEAD, FieldType.HAPPENED: Toward.BEHIND}
"""Of fields that hold a day, the year that is meant where none is typed."""


def day(text: str, field: str, today: date | None = None, toward: Toward = Toward.AHEAD) -> str:
    """A day that a person types, as `YYYY-MM-DD`; as `read_day`."""
    return read_day(text, field, today, toward).isoformat()


def read_day(text: str, field: str, today: date | None, toward: Toward) -> date:
    """A day as people of the language in force type it (`i18n.days`). Raises ValueRefused.

    Without a year it is the one that `toward` says, as seen from `today`; without `today` a year must be there.
    """
    text = clean(text)
    # How days are written is many patterns, for which no start waits.
    from gealc_tui.i18n import days

    found = days.read_day(text, today, toward)
    if found is None:
        raise errors.ValueRefused(field=field, value=text, expected=days.day_fault(text, today, toward).value)
    return found


def _integer(largest: int, expected: str) -> Callable[[str, str], int]:
    def read(field: str, text: str) -> int:
        number = text.strip().removesuffix("%").strip()
        if not re.fullmatch(r"\d{1,6}", number, re.ASCII) or int(number) > largest:
            raise errors.ValueRefused(field=field, value=text, expected=expected)
        return int(number)

    return read


_percent = _integer(100, "percent")
_count = _integer(100_000, "count")

_TRUE = {"true", "1", "yes", "si", "sí"}
_FALSE = {"false", "0", "no"}


def _flag(field: str, text: str) -> bool:
    word = text.strip().casefold()
    if word not in _TRUE | _FALSE:
        raise errors.ValueRefused(field=field, value=text, expected="flag")
    return word in _TRUE


_READERS: Mapping[FieldType, Callable[[str, str], Value]] = {
    FieldType.LINE: line,
    FieldType.TEXT: _text,
    FieldType.CODE: _code,
    FieldType.STATUS: _status,
    FieldType.PERIOD: _period,
    FieldType.LEAD: _lead,
    FieldType.LEADS: _leads,
    FieldType.PERCENT: _percent,
    FieldType.COUNT: _count,
    FieldType.FLAG: _flag,
}
"""How what is typed is read, but for days."""

_CLOSED: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.STATUS: tuple(Status),
    FieldType.PERIOD: tuple(Period),
    FieldType.FLAG: ("true", "false"),
}


def closed_list(kind: str, field: str) -> tuple[str, ...]:
    """All that may be typed into a field that takes one of a few codes; nothing for other fields."""
    described = field_of(kind, field)
    return _CLOSED.get(described.type, ()) if described is not None else ()


def is_long(kind: str, field: str) -> bool:
    """Whether a field holds a text of several lines."""
    described = field_of(kind, field)
    return described is not None and described.type is FieldType.TEXT
