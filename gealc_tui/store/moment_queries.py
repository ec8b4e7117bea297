"""Moments as they were written, and which of them is later."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from gealc_tui.domain.change import Value, local_id
from gealc_tui.domain.moment import FIELDS, KIND, PERIOD, WITHDRAWN, Moment, MomentKind, read_runs
from gealc_tui.domain.order import Place
from gealc_tui.store import order, run_sets
from gealc_tui.store.asking import Asking
from gealc_tui.store.database import stored
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK, encode_value

_WRITTEN = (
    f"SELECT r.entity, e.change, c.id, c.at, l.replica, {order.INSTANT}, {order.STEP} FROM registers r"
    f" JOIN edits e ON e.register = r.n JOIN changes c ON c.n = e.change {order.JOINED}"
    f" JOIN logs l ON l.n = e.change >> {SEQ_BITS}"
    f" WHERE r.entity >= '{KIND}/' AND r.entity < '{KIND}0' AND r.field = 'runs' AND l.key IS NOT NULL"
)


class MomentQueries(Asking):
    """What was held when meetings were closed."""

    def moments(self, meeting: str | None = None) -> tuple[Moment, ...]:
        """All moments, or the closings of a meeting, the latest first; those that were withdrawn too.

        Of two moments the later is the one whose runs hold the other's own change. Where neither does, they stand in
        the order in which they were written.
        """
        with self._db.snapshot():
            if meeting is None:
                return self._latest_first(self._moments("", []))
            of = (
                " AND EXISTS (SELECT 1 FROM registers m JOIN edits f ON f.register = m.n WHERE m.entity = r.entity"
                " AND m.field = 'meeting' AND f.change = e.change AND f.value = ?)"
            )
            return self._latest_first(self._moments(of, [encode_value(meeting)]))

    def moments_of(self, plan: str, kind: MomentKind) -> tuple[Moment, ...]:
        """The moments of a kind that stand for a plan, the latest first. Costs next to nothing where there are none."""
        of = (
            " AND EXISTS (SELECT 1 FROM registers m JOIN edits f ON f.register = m.n WHERE m.entity = r.entity"
            " AND m.field = '{}' AND f.change = e.change AND f.value = ?)"
        )
        with self._db.snapshot():
            found = self._moments(of.format("kind") + of.format("plan"), [encode_value(kind.value), encode_value(plan)])
            return tuple(one for one in self._latest_first(found) if not one.is_withdrawn)

    def approved_plans(self) -> frozenset[str]:
        """The plans (their ids) for which an approval stands, by whomever."""
        found = self._db.rows(
            "SELECT DISTINCT r.entity FROM registers r JOIN edits e ON e.register = r.n"
            f" WHERE r.entity >= '{KIND}/' AND r.entity < '{KIND}0' AND r.field = 'kind' AND e.value = ?",
            [encode_value(MomentKind.APPROVAL.value)],
        )
        if not found:
            return frozenset()
        moments = self._moments(
            " AND r.entity IN (SELECT value FROM json_each(?))", [json.dumps([e for (e,) in found])]
        )
        return frozenset(
            one.plan for one in moments if one.plan and one.kind == MomentKind.APPROVAL and not one.is_withdrawn
        )

    def last_closing(self) -> Moment | None:
        """The latest closing of any meeting that was not withdrawn."""
        return next((one for one in self.moments() if one.kind == MomentKind.CLOSING and not one.is_withdrawn), None)

    def moment(self, id: str) -> tuple[Moment, ...]:
        """Those whose id begins so: several, if somebody wrote registers of a moment again."""
        return tuple(one for one in self.moments() if one.id.startswith(id)) if id else ()

    def holds(self, moment: Moment, other: Moment) -> bool:
        """Whether the runs of a moment hold the own change of another."""
        for run in moment.runs:
            if run.replica == other.author and run.first <= other.seq <= run.last:
                number = run_sets.number_of(self._db, other.own_run)
                if number is not None and run_sets.found(self._db, [run]).hold(number):
                    return True
        return False

    def _moments(self, condition: str, values: list[Any]) -> Iterator[Moment]:
        for entity, n, id, at, replica, instant, step in self._db.rows(_WRITTEN + condition, values):
            said = self._said_at(entity, n)
            yield Moment(
                local_id(entity),
                id,
                replica,
                n & SEQ_MASK,
                at,
                Place(instant, step, id).text(),
                _text(said.get("kind")) or "",
                _text(said.get("plan")),
                _text(said.get("day")),
                _text(said.get("meeting")),
                _text(said.get("fingerprint")),
                read_runs(said.get("runs")),
                self._is_withdrawn(entity, None if said.get("kind") == MomentKind.PERIOD else replica),
                _text(said.get(PERIOD)),
            )

    def _said_at(self, entity: str, change: int) -> dict[str, Value]:
        """What a change wrote into the registers of a moment."""
        return {
            field: stored(value)
            for field, value in self._db.rows(
                "SELECT r.field, e.value FROM registers r JOIN edits e ON e.register = r.n"
                " WHERE r.entity = ? AND r.field IN (SELECT value FROM json_each(?)) AND e.change = ?",
                [entity, json.dumps([*FIELDS, PERIOD]), change],
            )
        }

    def _is_withdrawn(self, entity: str, replica: str | None) -> bool:
        """Whether its author (None: anybody) took it back."""
        return bool(
            self._db.value(
                "SELECT 1 FROM registers r JOIN edits e ON e.register = r.n JOIN logs l ON l.n = e.change >> ?1"
                " WHERE r.entity = ?2 AND r.field = ?3 AND (?4 IS NULL OR l.replica = ?4) AND e.value = 'true' LIMIT 1",
                [SEQ_BITS, entity, WITHDRAWN, replica],
            )
        )

    def _latest_first(self, moments: Iterable[Moment]) -> tuple[Moment, ...]:
        """Sorted so that none comes before one that holds it, else by the order in which they were written."""
        found: list[Moment] = []
        for one in sorted(moments, key=lambda moment: moment.placed):
            # Mostly what was written last is the latest.
            place = next((n for n, later in enumerate(found) if not self.holds(later, one)), len(found))
            found.insert(place, one)
        return tuple(found)


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
