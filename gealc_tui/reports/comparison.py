"""What a plan says otherwise than at an earlier moment, or than the plan of another year: before, after, who, why.

Compared is what a plan says and how it is to be done, not how far it is: status, progress, delivery and evidence are
left to the reports that follow them. Nothing is hidden: what was withdrawn is told with what it said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui.domain.change import Value, kind_of, local_id, same
from gealc_tui.domain.permissions import is_structural
from gealc_tui.domain.plan_changes import ChangeKind, Explained, PlanDifference

if TYPE_CHECKING:
    from gealc_tui.store.life_queries import Written
    from gealc_tui.store.queries import Queries
    from gealc_tui.store.run_sets import Found

COMPARED: Mapping[str, tuple[str, ...]] = {
    "area": ("code", "title", "objective"),
    "activity": (
        "area",
        "code",
        "title",
        "period",
        "lead",
        "co_leads",
        "due",
        "participants",
        "place",
        "resources",
        "funder",
        "units_planned",
    ),
    "product": ("activity", "text"),
}
"""The fields that are compared, of each kind, in the order in which they are told."""

_WORDS = {"area": "title", "activity": "title", "product": "text"}
_PLACES = {"activity": "area", "product": "activity"}


class Side(NamedTuple):
    """One side of a comparison: a plan, as it can be asked."""

    read: Queries
    plan: str


def compare(now: Side, then: Side, before: Approval | None = None) -> tuple[PlanDifference, ...]:
    """All differences by area, in the order of the plan as it is now; what was withdrawn behind its area.

    `before` is the approval by which is judged what is unexplained; without one nothing is judged.
    """
    told = _Telling(now, then, before)
    return tuple(told.all())


class Approval(NamedTuple):
    """The moment since which changes of the structure need a reason."""

    held: Found
    """What it holds."""
    own: int | None
    """The number here of its own change."""
    placed: str | None
    """Sorts as changes were written; None: a document, before which nothing was written."""

    def covers(self, written: Written) -> bool:
        """Whether a change is part of what was approved."""
        return written.n == self.own or self.held.hold(written.n)

    def judge(self, written: Written, *, is_amended: bool) -> Explained:
        if is_amended:
            return Explained.AMENDED
        if self.placed is not None and written.placed < self.placed:
            return Explained.LATE
        return Explained.UNEXPLAINED


class _Telling:
    def __init__(self, now: Side, then: Side, approval: Approval | None) -> None:
        self._now = now
        self._is_same = now.plan == then.plan
        self._approval = approval
        self._after = now.read.contents(now.plan, COMPARED)
        self._before = then.read.contents(then.plan, COMPARED)
        self._then_of = {entity: entity for entity in self._after} if self._is_same else self._origins()
        self._areas = self._area_of_each()
        self._products_now = _inside(self._after, "product")

    def _origins(self) -> dict[str, str]:
        """For what the plan holds now, what it continues of the other plan."""
        found: dict[str, str] = {}
        products = _inside(self._before, "product")
        for entity, said in self._after.items():
            if kind_of(entity) != "product":
                origin = str(self._now.read.text_of(entity, "origin") or "")
                names = [one for one in (origin, f"{kind_of(entity)}/{origin}") if one in self._before]
                if names:
                    found[entity] = names[0]
                continue
            # Products are made anew in each plan: they are told apart by what they say.
            other = found.get(f"activity/{said['activity']}", "")
            alike = [one for one in products.get(local_id(other), ()) if self._before[one]["text"] == said["text"]]
            if alike:
                found[entity] = alike[0]
        return found

    def all(self) -> Iterator[PlanDifference]:
        met = {other for entity, other in self._then_of.items() if entity in self._after}
        gone = {entity: said for entity, said in self._before.items() if entity not in met}
        areas = [local_id(one) for one in self._after if kind_of(one) == "area"]
        areas += [local_id(one) for one in gone if kind_of(one) == "area" and local_id(one) not in areas]
        activities, left = _inside(self._after, "activity"), _inside(gone, "activity")
        gone_products = _inside(gone, "product")
        for area in areas:
            yield from self._either(f"area/{area}", gone)
            for activity in activities.get(area, ()):
                yield from self._either(activity, gone)
                yield from self._products(activity, gone, gone_products)
            for activity in left.pop(area, ()):
                yield from self._either(activity, gone)
        for rest in left.values():
            for activity in rest:
                yield from self._either(activity, gone)

    def _products(
        self, activity: str, gone: Mapping[str, Mapping[str, Value]], gone_products: Mapping[str, list[str]]
    ) -> Iterator[PlanDifference]:
        """Of an activity that stands in both: products of one that was added or withdrawn go with it."""
        other = self._then_of.get(activity)
        if other is None or other not in self._before:
            return
        for product in self._products_now.get(local_id(activity), ()):
            yield from self._either(product, gone)
        for product in gone_products.get(local_id(other), ()):
            yield from self._either(product, gone)

    def _either(self, entity: str, gone: Mapping[str, Mapping[str, Value]]) -> Iterator[PlanDifference]:
        if entity in self._after:
            yield from self._of(entity)
        elif entity in gone:
            yield self._told(ChangeKind.WITHDRAWN, entity, None, gone[entity][_WORDS[kind_of(entity)]], None)

    def _of(self, entity: str) -> Iterator[PlanDifference]:
        said, other = self._after[entity], self._then_of.get(entity)
        if other is None or other not in self._before:
            yield self._told(ChangeKind.ADDED, entity, None, None, said[_WORDS[kind_of(entity)]])
            return
        for field, value in said.items():
            if field == _PLACES.get(kind_of(entity)) and not self._is_same:
                continue
            before = self._before[other][field]
            if not same(before or None, value or None):
                yield self._told(ChangeKind.CHANGED, entity, field, before, value)

    def _told(self, kind: ChangeKind, entity: str, field: str | None, before: Value, after: Value) -> PlanDifference:
        code, area = self._code(entity), self._areas.get(entity, "")
        if not self._is_same:
            return PlanDifference(kind, entity, code, area, field, before, after)
        register = (entity, field or ("deleted" if kind is ChangeKind.WITHDRAWN else _MADE[kind_of(entity)]))
        written = self._now.read.written([register]).get(register)
        if written is None:
            return PlanDifference(kind, entity, code, area, field, before, after)
        amendment = self._now.read.amendment_of(written.n)
        reason, meeting = (amendment[1], amendment[2]) if amendment is not None else (None, None)
        if amendment is None and kind is ChangeKind.WITHDRAWN:
            deletion = self._now.read.deletion(entity)
            if deletion is not None and deletion.reason:
                reason, meeting = deletion.reason, deletion.meeting
        explained = Explained.FREE
        structural = field is None or is_structural(kind_of(entity), field)
        if structural and self._approval is not None and not self._approval.covers(written):
            explained = self._approval.judge(written, is_amended=amendment is not None or bool(reason))
        return PlanDifference(
            kind, entity, code, area, field, before, after, written.author, written.at, reason, meeting,
            amendment[0] if amendment is not None else None, written.id, explained,
        )  # fmt: skip

    def _code(self, entity: str) -> str:
        said = self._after.get(entity) or self._before.get(entity) or {}
        if kind_of(entity) == "product":
            of = f"activity/{said.get('activity')}"
            said = self._after.get(of) or self._before.get(of) or {}
        return str(said.get("code") or "")

    def _area_of_each(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for contents in (self._before, self._after):
            for entity, said in contents.items():
                if kind_of(entity) == "area":
                    found[entity] = local_id(entity)
                elif kind_of(entity) == "activity":
                    found[entity] = str(said["area"])
                else:
                    found[entity] = found.get(f"activity/{said['activity']}", "")
        return found


def _inside(contents: Mapping[str, Mapping[str, Value]], kind: str) -> dict[str, list[str]]:
    """The entities of a kind by the id of what they stand in."""
    found: dict[str, list[str]] = {}
    for entity, said in contents.items():
        if kind_of(entity) == kind:
            found.setdefault(str(said[_PLACES[kind]]), []).append(entity)
    return found


_MADE = {"area": "plan", "activity": "area", "product": "activity"}
"""The register that is set when something is made."""
