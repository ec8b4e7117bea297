"""The life of a plan: why its structure was changed, what was proposed, and what differs from an earlier moment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.moment import HeldRun
from gealc_tui.domain.order import Place
from gealc_tui.domain.permissions import is_structural
from gealc_tui.domain.proposals import ProposalReading, read_edits
from gealc_tui.domain.readings import Author, ChangeReading, EditReading
from gealc_tui.domain.vocabulary import Period, ProposalState, Role
from gealc_tui.store import log, order, run_sets
from gealc_tui.store.database import stored, stored_code
from gealc_tui.store.overview_queries import OverviewQueries
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK
from gealc_tui.store.run_sets import Found

Register = tuple[str, str]
"""Entity and field."""


class Written(NamedTuple):
    """The change that wrote what a register shows."""

    n: int
    id: str
    author: Author
    at: int
    placed: str
    """Sorts as changes were written (`domain.order`)."""


class AmendmentReading(NamedTuple):
    """Why the structure of a plan was changed, and what was changed."""

    id: str
    plan: str
    reason: str
    meeting: str | None
    author: Author
    at: int
    placed: str
    changes: tuple[int, ...]
    """The numbers here of the changes that it explains."""
    edits: tuple[EditReading, ...]


class Handover(NamedTuple):
    """Somebody's word that their function goes on with another person."""

    role: Role
    by: Author
    to: Author
    at: int


class LifeQueries(OverviewQueries):
    """Amendments, proposals, and the registers of a plan as a whole."""

    # --- amendments --------------------------------------------------------------------------------------------

    def amendments(self, plan: str) -> tuple[AmendmentReading, ...]:
        """Those of a plan that were not taken back, in the order in which they were written."""
        with self._db.snapshot():
            lineage = self._lineage()
            found = []
            for id, reason, meeting in self._db.rows(
                "SELECT id, reason, meeting FROM amendments WHERE plan = ? AND NOT withdrawn AND NOT deleted", [plan]
            ):
                changes = self._wrote(f"amendment/{id}", "plan")
                if not changes:
                    continue
                first = min(changes, key=lambda one: one.placed)
                edits: dict[Register, EditReading] = {}
                for one in changes:
                    for edit in self._edits(one.n, lineage, {}):
                        if is_structural(kind_of(edit.entity), edit.field):
                            edits.setdefault((edit.entity, edit.field), edit)
                numbers = tuple(one.n for one in changes)
                found.append(
                    AmendmentReading(
                        id, plan, reason, meeting, first.author, first.at, first.placed, numbers, tuple(edits.values())
                    )
                )
            return tuple(sorted(found, key=lambda one: (one.placed, one.id)))

    def amending(self, plan: str) -> dict[str, list[int]]:
        """For each amendment of a plan that was not taken back, the numbers here of the changes that it explains."""
        found: dict[str, list[int]] = {}
        for id, change in self._db.rows(
            "SELECT a.id, e.change FROM amendments a JOIN registers r ON r.entity = 'amendment/' || a.id"
            " AND r.field = 'plan' JOIN edits e ON e.register = r.n"
            " WHERE a.plan = ? AND NOT a.withdrawn AND NOT a.deleted",
            [plan],
        ):
            found.setdefault(id, []).append(change)
        return found

    def has_amendments(self, plan: str) -> bool:
        """Whether a plan was ever amended, or anything was proposed for it."""
        return bool(
            self._db.value(
                "SELECT 1 FROM amendments WHERE plan = ?1 UNION ALL SELECT 1 FROM proposals WHERE plan = ?1 LIMIT 1",
                [plan],
            )
        )

    def amendment_of(self, change: int) -> tuple[str, str, str | None] | None:
        """Id, reason and meeting of the amendment that a change wrote and nobody took back; None if there is none."""
        return self._db.row(
            "SELECT a.id, a.reason, a.meeting FROM edits e JOIN registers r ON r.n = e.register"
            " JOIN amendments a ON r.entity = 'amendment/' || a.id"
            " WHERE e.change = ? AND r.field = 'plan' AND NOT a.withdrawn AND NOT a.deleted LIMIT 1",
            [change],
        )

    def _wrote(self, entity: str, field: str) -> list[Written]:
        """The changes that ever wrote a register."""
        return [
            Written(n, id, self._author_at(n), at, Place(instant, step, id).text())
            for n, id, at, instant, step in self._db.rows(
                f"SELECT c.n, c.id, c.at, {order.INSTANT}, {order.STEP} FROM registers r"
                f" JOIN edits e ON e.register = r.n JOIN changes c ON c.n = e.change {order.JOINED}"
                " WHERE r.entity = ? AND r.field = ?",
                [entity, field],
            )
        ]

    def written(self, registers: Iterable[Register]) -> dict[Register, Written]:
        """Who wrote what some registers show."""
        with self._db.snapshot():
            return {one: found for one in registers if (found := self._shown_by(*one)) is not None}

    def _shown_by(self, entity: str, field: str) -> Written | None:
        row = self._db.row(
            f"SELECT c.n, c.id, c.at, {order.INSTANT}, {order.STEP} FROM registers r"
            f" JOIN heads h ON h.register = r.n AND h.shown JOIN changes c ON c.n = h.change {order.JOINED}"
            " WHERE r.entity = ? AND r.field = ?",
            [entity, field],
        )
        if row is None:
            return None
        n, id, at, instant, step = row
        return Written(n, id, self._author_at(n), at, Place(instant, step, id).text())

    def _author_at(self, change: int) -> Author:
        return self.author(self._db.value("SELECT replica FROM logs WHERE n = ?", [change >> SEQ_BITS]))

    # --- what was held -----------------------------------------------------------------------------------------

    def among(self, runs: Sequence[HeldRun]) -> Found:
        """Where the changes of some runs lie here."""
        with self._db.snapshot():
            return run_sets.found(self._db, runs)

    def document_runs(self, plan: str) -> tuple[HeldRun, ...]:
        """The log of the official document from which a plan came, whole; nothing if it came from none."""
        with self._db.snapshot():
            genesis = log.genesis_of(self._db, f"plan/{plan}")
            if genesis is None:
                return ()
            return tuple(HeldRun(genesis, run.first, run.last, run.tip) for run in log.held_of(self._db, genesis).runs)

    def changes_outside(self, runs: Sequence[HeldRun]) -> tuple[ChangeReading, ...]:
        """The changes of people that some stretches do not hold, in the order in which they were written."""
        with self._db.snapshot():
            held = run_sets.found(self._db, runs)
            lineage = self._lineage()
            found: list[tuple[Place, ChangeReading]] = []
            for first, last in run_sets.outside(self._db, held.numbers):
                for n, id, at, credible, instant, step in self._db.rows(
                    f"SELECT c.n, c.id, c.at, {order.CREDIBLE}, {order.INSTANT}, {order.STEP} FROM changes c"
                    f" {order.JOINED} JOIN logs l ON l.n = c.n >> {SEQ_BITS}"
                    " WHERE c.n BETWEEN ? AND ? AND l.key IS NOT NULL",
                    [first, last],
                ):
                    edits = self._edits(n, lineage, {})
                    change = ChangeReading(id, self._author_at(n), n & SEQ_MASK, at, edits, at != credible)
                    found.append((Place(instant, step, id), change))
            return tuple(change for _, change in sorted(found, key=lambda pair: pair[0]))

    def late_states(self, plan: str, period: str) -> dict[str, str]:
        """What was said of changes that came after a period of a plan was closed, by the id of the change."""
        head = f"late/{plan}/{period}/"
        rows = self._db.rows(
            "SELECT r.entity, h.value FROM registers r JOIN heads h ON h.register = r.n AND h.shown"
            " WHERE r.entity >= ?1 AND r.entity < ?1 || x'F48FBFBF' AND r.field = 'state'",
            [head],
        )
        return {entity.removeprefix(head): str(stored(value)) for entity, value in rows}

    def activities_of_periods(self, plan: str, periods: Iterable[Period]) -> frozenset[str]:
        """The ids of the activities of a plan that belong to some periods, withdrawn ones too."""
        rows = self._db.rows(
            "SELECT a.id FROM activities a JOIN areas w ON w.id = a.area WHERE w.plan = ?"
            " AND a.period IN (SELECT value FROM json_each(?))",
            [plan, json.dumps([one.value for one in periods])],
        )
        return frozenset(id for (id,) in rows)

    def handovers(self) -> tuple[Handover, ...]:
        """Who said that their function goes on with whom, in the order in which they did; what was undone is left out.

        Each is read from the change that said it: nobody speaks of another's function.
        """
        with self._db.snapshot():
            found = []
            for (entity,) in self._db.rows(
                "SELECT entity FROM registers WHERE entity >= 'handover/' AND entity < 'handover0' AND field = 'to'"
            ):
                said = self._db.rows(
                    "SELECT r.field, h.value FROM registers r JOIN heads h ON h.register = r.n AND h.shown"
                    " WHERE r.entity = ?",
                    [entity],
                )
                values = {field: stored(value) for field, value in said}
                wrote = self._wrote(entity, "to")
                to, role = values.get("to"), values.get("role")
                if len(wrote) == 1 and isinstance(to, str) and role in set(Role) and not values.get("deleted"):
                    one = wrote[0]
                    found.append((one.placed, Handover(Role(str(role)), one.author, self.author(to), one.at)))
            return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))

    # --- proposals ---------------------------------------------------------------------------------------------

    def proposals(self, plan: str | None = None) -> tuple[ProposalReading, ...]:
        """All proposals, or a plan's, in the order in which they were made."""
        rows = self._db.rows(
            "SELECT id, plan, edits, reason, state, word, author, at FROM proposals WHERE NOT deleted"
            f" AND at IS NOT NULL{'' if plan is None else ' AND plan = ?'} ORDER BY placed, id",
            [] if plan is None else [plan],
        )
        return tuple(
            ProposalReading(
                id,
                of,
                read_edits(stored(edits)),
                reason,
                stored_code(ProposalState, state),
                word,
                self.author(author),
                at,
            )
            for id, of, edits, reason, state, word, author, at in rows
        )

    def open_proposals(self, plan: str | None) -> int:
        """How many proposals for a plan wait."""
        if plan is None:
            return 0
        return int(
            self._db.value(
                "SELECT count(*) FROM proposals WHERE plan = ? AND state = ? AND NOT deleted AND at IS NOT NULL",
                [plan, ProposalState.OPEN],
            )
        )

    def heads_of(self, entity: str, field: str) -> tuple[str, ...]:
        """The ids of the changes that stand in a register."""
        rows = self._db.rows(
            "SELECT c.id FROM registers r JOIN heads h ON h.register = r.n JOIN changes c ON c.n = h.change"
            " WHERE r.entity = ? AND r.field = ? ORDER BY c.id",
            [entity, field],
        )
        return tuple(id for (id,) in rows)

    def shown_heads(self, entities: Iterable[str]) -> dict[tuple[str, str], tuple[Value, str]]:
        """What each register of some entities shows, and the id of the change that said it."""
        rows = self._db.rows_in(
            "SELECT r.entity, r.field, h.value, c.id FROM registers r JOIN heads h ON h.register = r.n AND h.shown"
            " JOIN changes c ON c.n = h.change WHERE r.entity IN ({})",
            entities,
        )
        return {(entity, field): (stored(value), id) for entity, field, value, id in rows}

    def standing_in(self, entities: Iterable[str]) -> dict[tuple[str, str], list[tuple[Value, str, str]]]:
        """What stands in each register of some entities, shown first: value, id of the change, who wrote it."""
        found: dict[tuple[str, str], list[tuple[Value, str, str]]] = {}
        for entity, field, value, id, author in self._db.rows_in(
            "SELECT r.entity, r.field, h.value, c.id, l.replica FROM registers r JOIN heads h ON h.register = r.n"
            " JOIN changes c ON c.n = h.change JOIN logs l ON l.n = h.change >> 40 WHERE r.entity IN ({})"
            " ORDER BY NOT h.shown, c.id",
            entities,
        ):
            found.setdefault((entity, field), []).append((stored(value), id, author))
        return found

    def edits_of(self, replicas: Iterable[str]) -> list[tuple[str, str, Value, list[str]]]:
        """All that some authors ever set, whether it stands or not: entity, field, value, and over which changes."""
        rows = self._db.rows_in(
            "SELECT r.entity, r.field, e.value, (SELECT json_group_array(o.over) FROM overs o"
            "  WHERE o.register = e.register AND o.change = e.change)"
            " FROM logs l JOIN edits e ON e.change BETWEEN l.n << 40 AND (l.n + 1 << 40) - 1"
            " JOIN registers r ON r.n = e.register"
            " WHERE l.replica IN ({})",
            replicas,
        )
        return [(entity, field, stored(value), json.loads(over)) for entity, field, value, over in rows]

    # --- all that a plan says ----------------------------------------------------------------------------------

    def contents(self, plan: str, fields: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Value]]:
        """Areas, activities and products of a plan that are in sight, in its order, each with some fields of its kind.

        `fields`: for each kind the columns that are wanted; lists come as lists.
        """
        with self._db.snapshot():
            found: dict[str, dict[str, Value]] = {}
            for kind, source in _CONTENTS.items():
                names = fields[kind]
                for id, *values in self._db.rows(source.format(", ".join(f"t.{name}" for name in names)), [plan]):
                    said = dict(zip(names, values, strict=True))
                    if "co_leads" in said:
                        said["co_leads"] = json.loads(str(said["co_leads"] or "[]")) or None
                    found[f"{kind}/{id}"] = said
            return found

    def text_of(self, entity: str, field: str) -> Value:
        """What a register shows, whether what it belongs to is in sight or not."""
        value = self._db.value(
            "SELECT h.value FROM registers r JOIN heads h ON h.register = r.n AND h.shown"
            " WHERE r.entity = ? AND r.field = ?",
            [entity, field],
        )
        return None if value is None else stored(value)


_CONTENTS = {
    "area": "SELECT t.id, {} FROM areas t WHERE NOT t.deleted AND t.plan = ? ORDER BY t.rank, t.id",
    "activity": "SELECT t.id, {} FROM activities t JOIN areas w ON w.id = t.area AND NOT w.deleted"
    " WHERE NOT t.deleted AND w.plan = ? ORDER BY w.rank, w.id, t.rank, t.id",
    "product": "SELECT t.id, {} FROM products t JOIN activities a ON a.id = t.activity AND NOT a.deleted"
    " JOIN areas w ON w.id = a.area AND NOT w.deleted WHERE NOT t.deleted AND w.plan = ?"
    " ORDER BY w.rank, w.id, a.rank, a.id, t.rank, t.id",
}
