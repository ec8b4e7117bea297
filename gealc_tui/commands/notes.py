"""Notes on activities, areas and the plan: official ones go to the minutes, internal ones do not."""

from __future__ import annotations

from gealc_tui import errors
from gealc_tui.commands.deletion import deletion_of
from gealc_tui.commands.fields import clean
from gealc_tui.domain.change import kind_of
from gealc_tui.replica import Committed, Replica, Setting

_NOTED = {"activity", "area", "plan"}
"""What notes are written on."""


def add_note(replica: Replica, about: str, text: str, *, official: bool = True) -> Committed | None:
    """Writes a note on an entity (`activity/2019/3.1.1`). Raises NotFound, TextEmpty, TextTooLong …"""
    return replica.commit(note_settings(replica, replica.resolve(about), text, official=official))


def edit_note(replica: Replica, note: str, text: str, *, official: bool | None = None) -> Committed | None:
    """Writes the text of a note (its id) anew, and whether it is official; the history keeps the old one.

    Words that are written over a deletion are meant to be seen: it is taken back.
    """
    entity = replica.resolve(f"note/{note}")
    settings: list[Setting] = [(entity, "text", words(text))]
    if any(one.value is True for one in replica.read.standing(entity, "deleted")):
        settings.append((entity, "deleted", False))
    if official is not None:
        settings.append((entity, "official", official))
    return replica.commit(settings)


def delete_note(replica: Replica, note: str) -> Committed | None:
    """Takes a note out of sight, unless somebody has written to it what this copy has not seen."""
    return replica.commit(deletion_of(replica, replica.resolve(f"note/{note}")), restate=True)


def note_settings(replica: Replica, about: str, text: str, *, official: bool) -> list[Setting]:
    """The registers of a new note."""
    if kind_of(about) not in _NOTED:
        raise errors.NotFound(ref=about)
    entity = f"note/{replica.new_id()}"
    return [(entity, "about", about), (entity, "text", words(text)), (entity, "official", official)]


def words(text: str) -> str:
    """A text that says something, as it is stored. Raises TextEmpty and what `fields.clean` raises."""
    said = clean(text).strip("\n").rstrip()
    if not said.strip():
        raise errors.TextEmpty()
    return said
