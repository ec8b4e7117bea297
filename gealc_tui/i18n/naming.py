"""The one place where an entity is called by a name, for both surfaces, minutes and messages.

Promise: never an id. What has no name of its own is called by what it belongs to; what this copy does not know, or a
newer version wrote, is said to be unknown.
"""

from __future__ import annotations

from gealc_tui.domain.readings import EntityName
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


def _meeting(name: EntityName) -> str:
    if name.title:
        return name.title
    if name.group:
        return t("Grupo de trabajo de {area} ({code})", area=name.group, code=name.code)
    if name.body in set(MeetingBody) and name.body != MeetingBody.OTHER:
        return body_label(MeetingBody(name.body))
    return t("Reunión")
