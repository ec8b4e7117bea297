"""The one place where an entity or an author is called by a name, for both surfaces, minutes and messages.

Promise: never an entity's id. What has no name of its own is called by what it belongs to; what this copy does not
know, or a newer version wrote, is said to be unknown.
"""

from __future__ import annotations

from gealc_tui.domain.change import is_genesis
from gealc_tui.domain.readings import Author, EntityName
from gealc_tui.domain.vocabulary import MeetingBody
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import body_label, country_name, day_label
from gealc_tui.i18n.sentences import shorten

_LONGEST = 80


def entity_label(name: EntityName, *, titled: bool = False) -> str:
    """`3.6.1`; with `titled`, `3.6.1 Taller regional`. A meeting by who meets and when, a person with the country."""
    if name.kind in ("activity", "area"):
        words = f"{name.code} {name.title}" if titled or not name.code else name.code
    elif name.kind == "meeting":
        words = ", ".join(word for word in (_meeting(name), day_label(name.day) if name.day else "") if word)
    elif name.kind == "person":
        words = ", ".join(word for word in (name.title, country_name(name.country) if name.country else "") if word)
    else:
        words = name.title
    return shorten(words, _LONGEST) or t("sin nombre")


def short_name(replica: str, name: str, longest: int = _LONGEST) -> str:
    """What somebody says to be called, on one line; without a name, how the id begins."""
    return shorten(name, longest) or replica[:8]


def person_label(replica: str, name: str, country: str | None) -> str:
    """Who writes a log, by what they say of themselves: `Ana, Uruguay`; for the official document, its name."""
    if is_genesis(replica):
        return t("documento oficial")
    said = short_name(replica, name)
    return f"{said}, {shorten(country_name(country))}" if country else said


def author_label(author: Author) -> str:
    """As `person_label`."""
    return person_label(author.replica, author.name, author.country)


def _meeting(name: EntityName) -> str:
    if name.title:
        return name.title
    if name.group:
        return t("Grupo de trabajo de {area} ({code})", area=name.group, code=name.code)
    if name.body in set(MeetingBody) and name.body != MeetingBody.OTHER:
        return body_label(MeetingBody(name.body))
    return t("Reunión")
