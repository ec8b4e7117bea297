"""Official plans: bringing in the document, and taking out one that was brought in by mistake."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.commands import corrections
from gealc_tui.commands.exchange import read_bounded
from gealc_tui.documents import genesis, plan_text
from gealc_tui.replica import Replica

LARGEST_DOCUMENT = 2_000_000
"""Bytes."""


class Imported(NamedTuple):
    """What came of an import: `outcome` is new, known (nothing differs) or proposed (what differs is proposed)."""

    outcome: str
    plan: str
    areas: int
    activities: int
    observations: int
    proposals: int = 0


def import_document(replica: Replica, path: Path, *, any_year: bool = False) -> Imported:
    """Brings in the official document. The plan in view stays what it was.

    The first document of a body and year becomes a genesis log. A later one is compared with the plan, and what it
    says otherwise is proposed, one by one (`commands.corrections`).

    Raises FileUnreadable, DocumentUnreadable; YearUnexpected for a new plan that is neither of this year nor of the
    next, unless `any_year`; NoIdentity if a corrected document needs an author; PlanIsAmbiguous.
    """
    return _bring_in(replica, path, any_year=any_year, removable=True)


def remove(replica: Replica, ref: str) -> str:
    """Takes a plan that was imported here out again, and returns its id.

    Raises PlanCannotGo once a file was made that holds it, or somebody wrote to it: then it can only be withdrawn.
    """
    plan = replica.read.plan_meant(ref)
    replica.remove_plan(plan)
    return plan


def _bring_in(replica: Replica, path: Path, *, any_year: bool, removable: bool) -> Imported:
    text = _read(path)
    document = plan_text.read_plan(text)
    edits = genesis.genesis_edits(document, source=document.title, sha256=genesis.document_hash(text))
    counts = (document.id, len(document.areas), len(document.activities), len(document.observations))
    at = genesis.genesis_at(document)
    if replica.holds_genesis(edits, at):
        return Imported("known", *counts)
    plan = corrections.plan_meant(replica, document)
    if plan is None:
        if not any_year and document.year - replica.today.year not in (0, 1):
            raise errors.YearUnexpected(year=document.year)
        replica.import_genesis(edits, at, removable=removable)
        return Imported("new", *counts)
    replica.require_identity()
    made = corrections.propose(replica, plan, document)
    return Imported("proposed" if made else "known", plan, *counts[1:], made)


def build_pristine(document: Path, database: Path) -> Imported:
    """Makes a database that holds an official document and nothing else, with no identity in it, as one file."""
    database.unlink(missing_ok=True)
    with Replica(database, database.parent) as replica:
        imported = _bring_in(replica, document, any_year=True, removable=False)
        replica.pack()
    return imported


def _read(path: Path) -> str:
    try:
        return read_bounded(path, LARGEST_DOCUMENT).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise errors.FileUnreadable(path=str(path), reason="encoding") from error
