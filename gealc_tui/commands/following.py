"""What there is to follow of an activity beside its own fields, in words: its series, and what depends on what."""

from __future__ import annotations

from gealc_tui.commands.naming import name_of
from gealc_tui.i18n import t
from gealc_tui.i18n.life_words import occurrence_marks
from gealc_tui.replica import Replica


def following(replica: Replica, activity: str) -> tuple[tuple[str, str], ...]:
    """Labels and what they say, for an activity's id; most have none."""
    read = replica.read
    found = [(t("Serie"), occurrence_marks(many))] if (many := read.occurrences(activity)) else []
    for label, others in (
        (t("Depende de"), read.depends_on(activity)),
        (t("De ella dependen"), read.needed_by(activity)),
    ):
        found += [(label, name_of(replica, f"activity/{other}", titled=True)) for other in others]
    return tuple(found)
