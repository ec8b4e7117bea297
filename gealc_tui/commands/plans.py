"""Official plans: bringing in the document, and taking out one that was brought in by mistake."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.commands import corrections
from gealc_tui.commands.incoming import Incoming, read_document
from gealc_tui.documents import genesis
from gealc_tui.replica import Replica


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
    return bring_in(replica, read_document(path), any_year=any_year)


def remove(replica: Replica, ref: str) -> str:
    """Takes a plan that was imported here out again, and returns its id.

    Raises PlanCannotGo once a file was made that holds it, or somebody wrote to it: then it can only be withdrawn.
    """
    plan = replica.read.plan_meant(ref)
    replica.remove_plan(plan)
    return plan


def bring_in(replica: Replica, found: Incoming, *, any_year: bool, removable: bool = True) -> Imported:
    """As `import_document`, of a document that was read."""
    document, edits = found.document, found.edits
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
        imported = bring_in(replica, read_document(document), any_year=True, removable=False)
        replica.pack()
    return imported
