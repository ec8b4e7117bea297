"""The codes of closed lists as people write them: by their code, or by their name in any of the languages.

`suspendida`, `On hold`, `suspensa`, `en pause` are one status. Accents, case and the rest of a word after its first
letters do not matter, as long as one code alone is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from gealc_tui.domain.vocabulary import MeetingBody, Period, Role, Status
from gealc_tui.i18n import LANGUAGES, language, use
from gealc_tui.i18n.labels import body_label, fold, period_label, role_label, status_label

Code = TypeVar("Code", bound=StrEnum)

_SHORTEST = 3
"""Letters from which on the beginning of a name will do."""

_LABELS: Mapping[type[StrEnum], Callable[[Any], str]] = {
    Status: status_label,
    Period: period_label,
    Role: role_label,
    MeetingBody: body_label,
}


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
    return [_LABELS[codes](code) for code in codes]


def spellings(codes: type[Code]) -> list[tuple[str, Code]]:
    """Each code with all that it is called, in small letters without accents."""
    label = _LABELS[codes]
    found = [(_plain(code.value), code) for code in codes]
    in_force = language()
    try:
        for one in LANGUAGES:
            use(one)
            found += [(_plain(label(code)), code) for code in codes]
    finally:
        use(in_force)
    return found


def _plain(text: str) -> str:
    return " ".join(fold(text).replace("_", " ").split())
