"""What can be chosen for a field instead of being typed, and which of it a beginning means."""

from __future__ import annotations

from collections.abc import Sequence

from gealc_tui import errors
from gealc_tui.commands.fields import parse
from gealc_tui.domain.fields import FieldType, field_of
from gealc_tui.domain.vocabulary import BODIES, MEMBERS, OBSERVERS, Period, Status
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import country_name, fold
from gealc_tui.replica import Replica


def choices(replica: Replica, kind: str, field: str) -> tuple[str, ...]:
    """What a field may hold, in words of the language in force; nothing for fields that hold anything."""
    from gealc_tui.i18n.spellings import labels_of

    described = field_of(kind, field)
    match described.type if described is not None else None:
        case FieldType.STATUS:
            return tuple(labels_of(Status))
        case FieldType.PERIOD:
            return tuple(labels_of(Period))
        case FieldType.FLAG:
            return t("sí"), t("no")
        case FieldType.LEAD | FieldType.LEADS:
            # The network's own countries first.
            groups = MEMBERS, BODIES, OBSERVERS
            return tuple(name for codes in groups for name in sorted(map(country_name, codes), key=fold))
        case _:
            is_funder = (kind, field) == ("activity", "funder")
            return replica.read.funders(replica.plan) if is_funder and replica.plan is not None else ()


def narrowed(offered: Sequence[str], text: str) -> tuple[str, ...]:
    """Those of the choices in which a word begins so; those that begin so themselves come first."""
    wanted = fold(text.strip())
    found = [one for one in offered if any(word.startswith(wanted) for word in _tails(fold(one)))]
    return tuple(sorted(found, key=lambda one: not fold(one).startswith(wanted)))


def _tails(text: str) -> list[str]:
    """A text from each of its words on."""
    words = text.split()
    return [" ".join(words[place:]) for place in range(len(words))]


def begun(replica: Replica, kind: str, field: str, text: str) -> str:
    """The text with its end completed, if that is the beginning of one choice only and means nothing by itself.

    Of a list of countries the last one is completed.
    """
    offered = choices(replica, kind, field)
    head, last = last_part(kind, field, text)
    if not offered or not last.strip() or _is_meant(replica, kind, field, last.strip()):
        return text
    found = narrowed(offered, last)
    return f"{head}{found[0]}" if len(found) == 1 else text


def _is_meant(replica: Replica, kind: str, field: str, text: str) -> bool:
    """Whether a text says something by itself: a code, or a whole name."""
    described = field_of(kind, field)
    if described is not None and described.type is FieldType.LINE:
        return True
    try:
        parse(kind, field, text, replica.today)
    except errors.GealcError:
        return False
    return True


def last_part(kind: str, field: str, text: str) -> tuple[str, str]:
    """What stands before that for which a choice is offered, and that itself."""
    described = field_of(kind, field)
    if described is None or described.type is not FieldType.LEADS:
        return "", text
    head, comma, last = text.rpartition(",")
    return f"{head}{comma} " if comma else "", last
