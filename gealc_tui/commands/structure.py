"""The structure of a plan: areas, activities and products are added, moved, delivered, withdrawn and brought back.

What people add has a random id, and its code is a field like others: it may stand twice. Everything is one change, and
one undo takes it back. Why it is done is written beside it (`commands.reasons`); or it is only proposed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.commands import deletion, reasons
from gealc_tui.commands.fields import clean, parse
from gealc_tui.commands.meeting_looking import meeting_id
from gealc_tui.commands.reasons import NO_REASON, Why
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.ranking import between
from gealc_tui.domain.readings import NOWHERE
from gealc_tui.domain.vocabulary import Period
from gealc_tui.replica import Committed, Replica, Setting


class Made(NamedTuple):
    """What was written, and the entity that it made or moved."""

    entity: str
    committed: Committed


# --- areas -------------------------------------------------------------------------------------------------------


def add_area(replica: Replica, code: str, title: str, *, after: str | None = None, why: Why = NO_REASON) -> Made:
    """Adds an area to the plan in view, behind another one (its id or code), else at the end.

    Raises NoPlan, NotFound, and what `fields.parse` raises.
    """
    plan = _plan_in_view(replica)
    area = replica.new_id()
    entity = f"area/{area}"
    settings: list[Setting] = [
        (entity, "plan", plan),
        (entity, "code", parse("area", "code", code)),
        (entity, "title", parse("area", "title", title)),
        (entity, "order", [plan, _key(replica, "area", plan, _area(replica, after) if after is not None else None)]),
    ]
    return Made(entity, _written(replica, settings, plan, why))


def move_area(replica: Replica, ref: str, *, after: str | None = None, why: Why = NO_REASON) -> Made | None:
    """Puts an area behind another one of its plan, without one in the first place; None if it stands there.

    Raises NotFound and CannotMove.
    """
    area = _area(replica, ref)
    plan = replica.read.plan_of(f"area/{area}")
    if plan is None:
        raise errors.CannotMove(reason="nowhere")
    behind = _area(replica, after) if after is not None else None
    if behind == area:
        raise errors.CannotMove(reason="itself")
    if behind is not None and replica.read.plan_of(f"area/{behind}") != plan:
        raise errors.CannotMove(reason="plan")
    if replica.read.before("area", plan, area) == behind:
        return None
    key = _key(replica, "area", plan, behind, without=area, at_end=False)
    settings: list[Setting] = [(f"area/{area}", "order", [plan, key])]
    return Made(f"area/{area}", _written(replica, settings, plan, why))


# --- activities --------------------------------------------------------------------------------------------------


def add_activity(
    replica: Replica,
    area: str,
    title: str,
    *,
    code: str | None = None,
    period: str | None = None,
    after: str | None = None,
    why: Why = NO_REASON,
) -> Made:
    """Adds an activity to an area (its id or code), behind another one of it, else at the end.

    Without a code it gets the next one that nobody has in that area; without a period it is one of the whole year.
    Raises NotFound, CodeIsAmbiguous, CannotMove if `after` stands in another area, and what `fields.parse` raises.
    """
    into = _area(replica, area)
    entity = f"activity/{replica.new_id()}"
    behind = _activity(replica, after) if after is not None else None
    key = _key(replica, "activity", into, behind)
    settings: list[Setting] = [
        (entity, "area", into),
        (entity, "code", parse("activity", "code", code if code is not None else next_code(replica, into))),
        (entity, "title", parse("activity", "title", title)),
        (entity, "period", parse("activity", "period", period) if period is not None else Period.ANNUAL.value),
        (entity, "order", [into, key]),
    ]
    return Made(entity, _written(replica, settings, replica.read.plan_of(f"area/{into}"), why))


def next_code(replica: Replica, area: str) -> str:
    """The first code behind the last one of an area (its id) that nothing in the plan bears: `3.6.5`."""
    code = str(replica.read.state_of(f"area/{area}").get("code") or "")
    head = f"{code}." if code else ""
    last = replica.read.last_code(area).removeprefix(head)
    number = int(last) + 1 if re.fullmatch(r"[0-9]{1,6}", last) else 1
    plan = replica.read.plan_of(f"area/{area}")
    while replica.read.has_code(f"{head}{number}", plan):
        number += 1
    return f"{head}{number}"


def move_activity(
    replica: Replica,
    ref: str,
    *,
    to: str | None = None,
    after: str | None = None,
    why: Why = NO_REASON,
) -> Made | None:
    """Puts an activity behind another one, or at the end of an area; with neither, in the first place of its own.

    None if it stands there. Raises NotFound, CodeIsAmbiguous and CannotMove.
    """
    activity = _activity(replica, ref)
    entity = f"activity/{activity}"
    behind = _activity(replica, after) if after is not None else None
    if behind == activity:
        raise errors.CannotMove(reason="itself")
    here = str(replica.read.state_of(entity).get("area") or "")
    into = _area(replica, to) if to is not None else _area_of(replica, behind) if behind is not None else here
    plan = replica.read.plan_of(f"area/{into}")
    if plan is None:
        raise errors.CannotMove(reason="nowhere")
    if replica.read.plan_of(entity) not in (plan, None):
        raise errors.CannotMove(reason="plan")
    key = _key(replica, "activity", into, behind, without=activity, at_end=to is not None)
    if into == here and _stands(replica, into, activity, behind, at_end=to is not None):
        return None
    settings: list[Setting] = [(entity, "area", into)] if into != here else []
    settings.append((entity, "order", [into, key]))
    return Made(entity, _written(replica, settings, plan, why))


# --- products ----------------------------------------------------------------------------------------------------


def add_product(replica: Replica, activity: str, text: str, *, why: Why = NO_REASON) -> Made:
    """Adds a product to an activity, behind those that it has. Raises NotFound, CodeIsAmbiguous, TextEmpty …"""
    of = _activity(replica, activity)
    entity = f"product/{replica.new_id()}"
    settings: list[Setting] = [
        (entity, "activity", of),
        (entity, "text", parse("product", "text", text)),
        (entity, "order", [of, _key(replica, "product", of, None)]),
    ]
    return Made(entity, _written(replica, settings, replica.read.plan_of(f"activity/{of}"), why))


def deliver(
    replica: Replica, product: str, *, day: str | None = None, evidence: str | None = None, units: str | None = None
) -> Made:
    """Says that a product was delivered: when (today, if nothing is said), where that can be seen, how many of it.

    Raises NotFound and what `fields.parse` raises.
    """
    entity = product_meant(replica, product)
    said = {"delivered": day if day is not None else replica.today.isoformat(), "evidence": evidence, "units": units}
    settings: list[Setting] = [
        (entity, field, parse("product", field, text, replica.today))
        for field, text in said.items()
        if text is not None
    ]
    committed = replica.commit(settings, restate=True)
    assert committed is not None, "what is restated is always written"
    return Made(entity, committed)


def product_meant(replica: Replica, ref: str) -> str:
    """The product (`product/…`) that a person means by its id, or by an activity that has one only. Raises NotFound."""
    ref = clean(ref)
    for entity in (ref, f"product/{ref}"):
        if kind_of(entity) == "product" and replica.read.is_entity(entity) and not replica.read.is_hidden(entity):
            return entity
    entity = replica.resolve(ref)
    if kind_of(entity) == "activity" and len(found := replica.read.products(local_id(entity))) == 1:
        return f"product/{found[0].id}"
    raise errors.NotFound(ref=ref)


# --- withdrawn and brought back ----------------------------------------------------------------------------------


def withdraw(replica: Replica, kind: str, ref: str, why: Why) -> Made:
    """Withdraws a plan, area, activity or product, for a reason that must be given.

    Raises ReasonMissing and NotFound.
    """
    if not why.reason.strip():
        raise errors.ReasonMissing()
    entity = _of_kind(replica, kind, ref)
    meeting = meeting_id(replica, why.meeting)
    return Made(entity, deletion.withdraw(replica, entity, why.reason, meeting=meeting, proposes=why.proposes))


def restore(replica: Replica, kind: str, ref: str, why: Why = NO_REASON) -> Made:
    """Brings one back. Raises NotFound and NotDeleted."""
    entity = _deleted(replica, kind, ref)
    committed = deletion.bring_back(replica, entity, why)
    return Made(committed.edits[0][0], committed)


def _deleted(replica: Replica, kind: str, ref: str) -> str:
    """Something of a kind that is out of sight, by its id or code; else whatever the reference says."""
    ref = clean(ref)
    found = [
        one.entity
        for one in replica.read.deletions()
        if kind_of(one.entity) == kind and ref in (one.entity, local_id(one.entity), one.code)
    ]
    return found[0] if len(found) == 1 else f"{kind}/{ref}" if kind in ("plan", "product") else ref


def _of_kind(replica: Replica, kind: str, ref: str) -> str:
    if kind == "plan":
        return f"plan/{replica.read.plan_meant(clean(ref).removeprefix('plan/'))}"
    if kind == "product":
        return product_meant(replica, ref)
    return f"area/{_area(replica, ref)}" if kind == "area" else f"activity/{_activity(replica, ref)}"


# --- what is meant, and where ------------------------------------------------------------------------------------


def _plan_in_view(replica: Replica) -> str:
    if not replica.plan or replica.plan == NOWHERE:
        raise errors.NoPlan()
    return replica.plan


def _area(replica: Replica, ref: str) -> str:
    return _meant(replica, "area", ref)


def _activity(replica: Replica, ref: str) -> str:
    return _meant(replica, "activity", ref)


def _meant(replica: Replica, kind: str, ref: str) -> str:
    """The id of something of a kind that is in sight. Raises NotFound, CodeIsAmbiguous."""
    entity = replica.resolve(clean(ref))
    if kind_of(entity) != kind:
        raise errors.NotFound(ref=ref)
    if replica.read.is_hidden(entity):
        raise errors.CannotMove(reason="withdrawn")
    return local_id(entity)


def _area_of(replica: Replica, activity: str) -> str:
    return str(replica.read.state_of(f"activity/{activity}").get("area") or "")


def _key(replica: Replica, kind: str, place: str, behind: str | None, *, without: str = "", at_end: bool = True) -> str:
    """A key behind something; behind nothing the first one, or with `at_end` the last.

    Raises CannotMove if what it should stand behind stands elsewhere.
    """
    read = replica.read
    if behind is None:
        low = read.last_rank(kind, place, without=without) if at_end else None
        high = None if at_end else read.rank_behind(kind, place, None, without=without)
        return between(low, high)
    low = read.rank_of(kind, place, behind)
    if low is None:
        raise errors.CannotMove(reason="area")
    return between(low, read.rank_behind(kind, place, low, without=without))


def _stands(replica: Replica, area: str, activity: str, behind: str | None, *, at_end: bool) -> bool:
    """Whether an activity stands there already."""
    read = replica.read
    if behind is None and at_end:
        rank = read.rank_of("activity", area, activity) or ""
        return rank == read.last_rank("activity", area) and read.rank_behind("activity", area, rank) is None
    return read.before("activity", area, activity) == behind


def _written(replica: Replica, settings: list[Setting], plan: str | None, why: Why) -> Committed:
    return reasons.write(replica, settings, plan, why)
