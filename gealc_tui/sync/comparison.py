"""What a merge altered in the plan that people see: registers before, compared with what they show now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from gealc_tui.domain.change import kind_of
from gealc_tui.domain.entities import ENTITIES
from gealc_tui.domain.visibility import SEEN
from gealc_tui.domain.vocabulary import seen_default
from gealc_tui.store import registers
from gealc_tui.store.database import Database
from gealc_tui.store.queries import Queries
from gealc_tui.store.registers import Told, encode_value
from gealc_tui.sync.outcomes import AlteredValue, Register

Compared = tuple[tuple[AlteredValue, ...], tuple[Register, ...], tuple[Register, ...]]
"""What is altered, and the differences that were opened and settled."""


def compared(db: Database, before: Mapping[int, Told], differed: Collection[tuple[str, str]]) -> Compared:
    """`before` holds every register that was touched, as it stood before that; `differed` what was in difference."""
    queries = Queries(db)
    activity_of = cache(queries.activity_of)
    author = cache(lambda log: queries.author(str(db.value("SELECT replica FROM logs WHERE n = ?", [log]))))
    touched = Counter(was.entity for was in before.values())
    old = {was.entity for was in before.values() if was.text is not None}

    @cache
    def is_new(entity: str) -> bool:
        return entity not in old and registers.count_of(db, entity) == touched[entity]

    altered: list[AlteredValue] = []
    for register, now in registers.told(db, before).items():
        entity, field, was = now.entity, now.field, before[register]
        # Of a deletion its reason is told, not what it had seen.
        if field == SEEN or now.text is None or (model := ENTITIES.get(kind_of(entity))) is None:
            continue
        seen = was.value if was.text is not None else seen_default(model.KIND, field)
        # Of what is new as a whole, its words are told and not each of its fields.
        if encode_value(seen) != now.text and (field == model.VOICE or not is_new(entity)):
            altered.append(AlteredValue(entity, activity_of(entity), field, seen, now.value, author(now.log)))
    differs = queries.differing_now()

    def registers_of(places: Iterable[tuple[str, str]]) -> tuple[Register, ...]:
        known = sorted(place for place in places if kind_of(place[0]) in ENTITIES)
        return tuple(Register(*place, activity_of(place[0])) for place in known)

    return tuple(altered), registers_of(differs.difference(differed)), registers_of(set(differed) - differs)
