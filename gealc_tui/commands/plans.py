"""Official plans: bringing in the document."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.commands.exchange import read_bounded
from gealc_tui.documents import genesis, plan_text
from gealc_tui.replica import Replica

LARGEST_DOCUMENT = 2_000_000
"""Bytes."""


class Imported(NamedTuple):
    """What came of an import: `outcome` is new, known (nothing changed) or corrected (ordinary changes were made)."""

    outcome: str
    plan: str
    areas: int
    activities: int
    observations: int


def import_document(replica: Replica, path: Path) -> Imported:
    """Brings in the official document.

    The first document of a year becomes a genesis log. A later one of the same year is compared with the plan, and
    what differs becomes ordinary changes of this copy's own.

    Raises FileUnreadable, DocumentUnreadable, and NoIdentity if a corrected document needs an author.
    """
    text = _read(path)
    document = plan_text.read_plan(text)
    edits = genesis.genesis_edits(document, source=document.title, sha256=genesis.document_hash(text))
    counts = (str(document.year), len(document.areas), len(document.activities), len(document.observations))
    at = genesis.genesis_at(document)
    if replica.holds_genesis(edits, at):
        return Imported("known", *counts)
    if str(document.year) not in replica.read.plans():
        replica.import_genesis(edits, at)
        return Imported("new", *counts)
    corrections = [(edit.entity, edit.field, edit.value) for change in edits for edit in change]
    return Imported("known" if replica.commit(corrections) is None else "corrected", *counts)


def build_pristine(document: Path, database: Path) -> Imported:
    """Makes a database that holds an official document and nothing else, with no identity in it, as one file."""
    database.unlink(missing_ok=True)
    with Replica(database, database.parent) as replica:
        imported = import_document(replica, document)
        replica.pack()
    return imported


def _read(path: Path) -> str:
    try:
        return read_bounded(path, LARGEST_DOCUMENT).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise errors.FileUnreadable(path=str(path), reason="encoding") from error
