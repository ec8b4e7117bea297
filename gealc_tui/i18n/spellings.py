"""The codes of closed lists as people write them: by their code, or by their name in any of the languages.

`suspendida`, `On hold`, `suspensa`, `en pause` are one status. Accents, case and the rest of a word after its first
letters do not matter, as long as one code alone is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from gealc_tui.domain.vocabulary import MeetingBody, Period, Role, Status
from gealc_tui.i18n import in_every_language, t
from gealc_tui.i18n.labels import MEETING_BODY_NAMES, PERIOD_NAMES, ROLE_NAMES, STATUS_NAMES, fold

Code = TypeVar("Code", bound=StrEnum)

_SHORTEST = 3
"""Letters from which on the beginning of a name will do."""

_NAMES: Mapping[type[StrEnum], Mapping[Any, str]] = {
    Status: STATUS_NAMES,
    Period: PERIOD_NAMES,
    Role: ROLE_NAMES,
    MeetingBody: MEETING_BODY_NAMES,
}
"""What each code is called, as a message of the catalogues."""


def read_code(text: str, codes: type[Code]) -> Code | None:
    """The one code that is meant; None if none is, or several could be."""
    wanted = _plain(text)
    if not wanted:
        return None
    names = spellings(codes)
    exact = {code for name, code in names if name == wanted}
    begun = {code for name, code in names if name.startswith(wanted)} if len(wanted) >= _SHORTEST else set()
    found = exact or begun
    return found.pop() if len(found) == 1 else None


def labels_of(codes: type[StrEnum]) -> list[str]:
    """What the codes are called in the language in force, in their order."""
    return [t(_NAMES[codes][code]) for code in codes]


def spellings(codes: type[Code]) -> list[tuple[str, Code]]:
    """Each code with all that it is called, in small letters without accents."""
    names = _NAMES[codes]
    found = [(_plain(code.value), code) for code in codes]
    return found + [(_plain(name), code) for code in codes for name in in_every_language(names[code])]


def _plain(text: str) -> str:
    return " ".join(fold(text).replace("_", " ").split())
