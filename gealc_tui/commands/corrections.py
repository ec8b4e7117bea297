"""A corrected document of a plan that is here: what it says otherwise becomes proposals, one by one.

Compared is content alone: no source, hash, importer, masthead, order or observation. A field that the document does
not print says nothing. What somebody proposed already, or declined, is not proposed again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.commands import proposals
from gealc_tui.commands.deletion import deletion_of
from gealc_tui.commands.fields import line
from gealc_tui.documents import genesis
from gealc_tui.documents.plan_document import PlanDocument
from gealc_tui.domain.change import Value, canonical, kind_of, local_id, same
from gealc_tui.domain.ranking import between
from gealc_tui.domain.visibility import WITHDRAWN
from gealc_tui.i18n import t
from gealc_tui.plain import folded
from gealc_tui.replica import Replica, Setting

_COMPARED: Mapping[str, tuple[str, ...]] = {
    "area": ("code", "title", "objective"),
    "activity": ("area", "code", "title", "period", "participants", "place", "resources", "lead"),
    "product": ("activity", "text"),
}
_PLACE = {"area": "plan", "activity": "area", "product": "activity"}


class Correction(NamedTuple):
    """One thing that the document says otherwise, as the edits that would say it too."""

    settings: tuple[Setting, ...]


def plan_meant(replica: Replica, document: PlanDocument) -> str | None:
    """The id of the plan that a document belongs to, by body and year; None if there is none.

    One that was withdrawn only if it is the document's own, and no other is there. Raises PlanIsAmbiguous if several
    are as good.
    """
    known = [one for one in replica.read.plans() if one.year == document.year and _same_body(one.body, document.body)]
    living = [one for one in known if not one.is_withdrawn]
    if not living:
        return next((one.id for one in known if one.id == document.id), None)
    best = min(one.rank for one in living)
    found = [one for one in living if one.rank == best]
    if len(found) > 1:
        found = [one for one in found if one.id == document.id] or found
    if len(found) > 1:
        matches = tuple((one.id, one.title) for one in found)
        raise errors.PlanIsAmbiguous(ref=str(document.year), matches=matches)
    return found[0].id


def _same_body(one: str | None, other: str | None) -> bool:
    return folded(one or "") == folded(other or "")


def propose(replica: Replica, plan: str, document: PlanDocument) -> int:
    """Proposes what a document says otherwise than a plan (its id); returns how many proposals that made.

    Raises NoIdentity, PlanIsClosed.
    """
    known = {_shape(replica, *edit[:3]) for one in replica.read.proposals(plan) for edit in one.edits}
    reason = line("reason", t("Lo dice el documento «{title}»", title=" ".join(document.title.split())))
    made = 0
    for one in corrections(replica, plan, document):
        if not all(_shape(replica, *setting) in known for setting in one.settings if setting[1] in _TOLD):
            proposals.make(replica, plan, one.settings, reason)
            made += 1
    return made


_TOLD = frozenset({"title", "text", "deleted", "objective", *_COMPARED["activity"]} - {"area"})


def _shape(replica: Replica, entity: str, field: str, value: Value) -> tuple[str, str, bytes]:
    """What tells an edit: things that are new have ids of their own in each proposal."""
    return entity if replica.read.is_entity(entity) else kind_of(entity), field, canonical(value)


def corrections(replica: Replica, plan: str, document: PlanDocument) -> Iterator[Correction]:
    """What a document says otherwise, in its order; what it does not name any more behind that."""
    here = replica.read.contents(plan, _COMPARED)
    wanted = _entities(document)
    found = _matched(here, wanted, document)
    new: dict[str, str] = {}
    ends: dict[tuple[str, str], str] = {}
    for entity, said in wanted.items():
        kind, place = kind_of(entity), _PLACE[kind_of(entity)]
        own = found.get(entity)
        if kind == "product" and _activity(said) not in found:
            continue  # it goes with its activity
        if own is None:
            new[entity] = entity if not replica.read.is_entity(entity) else f"{kind}/{replica.new_id()}"
            settings = _new(replica, plan, entity, wanted, found, new, ends)
            yield Correction(tuple(settings))
            continue
        for field in _COMPARED[kind]:
            value: Value = said.get(field)
            if field == place:
                value = local_id(found.get(f"{_holder(kind)}/{value}", "")) if kind != "area" else plan
                if kind == "product" or not value:
                    continue
            if value is not None and not same(here[own][field], value):
                yield Correction(((own, field, value),))
    kept = set(found.values())
    for own in here:
        if own in kept or (kind_of(own) != "area" and _holder_of(own, here) not in kept):
            continue
        why: Value = [t("El documento corregido ya no lo nombra"), None]
        yield Correction(tuple(deletion_of(replica, own, {WITHDRAWN: why})))


def _holder(kind: str) -> str:
    return {"activity": "area", "product": "activity"}[kind]


def _activity(said: Mapping[str, Value]) -> str:
    return f"activity/{said['activity']}"


def _holder_of(entity: str, here: Mapping[str, Mapping[str, Value]]) -> str:
    kind = kind_of(entity)
    return f"{_holder(kind)}/{here[entity][_PLACE[kind]]}"


def _entities(document: PlanDocument) -> dict[str, dict[str, Value]]:
    """What the document says of areas, activities and products, as its log would."""
    found: dict[str, dict[str, Value]] = {}
    for change in genesis.genesis_edits(document, source="", sha256=""):
        for edit in change:
            if kind_of(edit.entity) in _COMPARED:
                found.setdefault(edit.entity, {})[edit.field] = edit.value
    return found


def _matched(
    here: Mapping[str, Mapping[str, Value]], wanted: Mapping[str, Mapping[str, Value]], document: PlanDocument
) -> dict[str, str]:
    """For what a document names, what it is here: by its id, else by code and use of that code, products by text."""
    found = {entity: entity for entity in wanted if entity in here and kind_of(entity) != "product"}
    for kind in ("area", "activity"):
        left: dict[tuple[str, int], str] = {}
        uses: Counter[str] = Counter()
        for own, said in here.items():
            if kind_of(own) == kind:
                uses[str(said["code"])] += 1
                if own not in found.values():
                    left[str(said["code"]), uses[str(said["code"])]] = own
        uses.clear()
        for entity, said in wanted.items():
            if kind_of(entity) == kind:
                uses[str(said["code"])] += 1
                if entity not in found and (own := left.pop((str(said["code"]), uses[str(said["code"])]), "")):
                    found[entity] = own
    for entity in [one for one in wanted if kind_of(one) == "activity" and one in found]:
        found |= _products(here, wanted, entity, found[entity])
    return found


def _products(
    here: Mapping[str, Mapping[str, Value]], wanted: Mapping[str, Mapping[str, Value]], activity: str, own: str
) -> dict[str, str]:
    """The products of an activity: those of the same text first, the others in their order."""
    asked = [e for e, said in wanted.items() if kind_of(e) == "product" and said["activity"] == local_id(activity)]
    stand = [e for e, said in here.items() if kind_of(e) == "product" and said["activity"] == local_id(own)]
    found: dict[str, str] = {}
    for entity in asked:
        alike = next((one for one in stand if here[one]["text"] == wanted[entity]["text"]), None)
        if alike is not None:
            found[entity] = alike
            stand.remove(alike)
    found |= dict(zip([one for one in asked if one not in found], stand, strict=False))
    return found


def _new(
    replica: Replica,
    plan: str,
    entity: str,
    wanted: Mapping[str, Mapping[str, Value]],
    found: Mapping[str, str],
    new: dict[str, str],
    ends: dict[tuple[str, str], str],
) -> list[Setting]:
    """All that a document says of something that is not here; of an activity with its products."""
    kind, said = kind_of(entity), wanted[entity]
    place: str = plan
    if kind != "area":
        holder = f"{_holder(kind)}/{said[_PLACE[kind]]}"
        place = local_id(found.get(holder) or new.get(holder, holder))
    # Behind what stands there; what is printed behind one another comes as one behind another, too.
    last = ends.get((kind, place)) or replica.read.last_rank(kind, place)
    ends[kind, place] = between(last, None)
    settings: list[Setting] = [(new[entity], _PLACE[kind], place)]
    settings += [
        (new[entity], field, value) for field, value in said.items() if field not in (_PLACE[kind], "position")
    ]
    settings.append((new[entity], "order", [place, ends[kind, place]]))
    for product, words in wanted.items() if kind == "activity" else ():
        if kind_of(product) == "product" and words["activity"] == local_id(entity):
            new[product] = product if not replica.read.is_entity(product) else f"product/{replica.new_id()}"
            settings += _new(replica, plan, product, wanted, found, new, ends)
    return settings
