"""Every irregularity that a reader of the document would stumble over, noticed and named.

It promises that an observation names its line, whole, and what it is about; that a kind is noticed once a line;
and that nothing is corrected. The same parts give the same observations.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from gealc_tui.documents.plan_document import Observation, ObservationKind, Use, observation_id
from gealc_tui.documents.plan_labels import bare_title, label_of
from gealc_tui.documents.plan_lines import Line, comparable, continues, date_of, fold
from gealc_tui.documents.plan_parts import ActivityBlock, AreaBlock, Parts, Printed
from gealc_tui.documents.plan_words import Words
from gealc_tui.domain.change import local_id
from gealc_tui.domain.vocabulary import Period

_FEWEST_LISTED = 3

_Related = Mapping[str, Sequence[str]]


class _Found(NamedTuple):
    kind: ObservationKind
    line: Line
    about: str
    related: tuple[str, ...] = ()


def observations_of(parts: Parts) -> tuple[Observation, ...]:
    """Everything noticed, by line; a kind once a line."""
    found = chain(
        _of_plan(parts),
        _of_codes(parts),
        chain.from_iterable(_of_area(block, parts.words) for block in parts.areas),
        _of_period_headings(parts),
        chain.from_iterable(_of_activity(block, parts.words) for block in parts.activities),
        _of_titles(parts.activities, parts.words),
        _of_strays(parts),
    )
    observations: dict[str, Observation] = {}
    for kind, line, about, related in found:
        id = observation_id(local_id(parts.plan), line.number, kind)
        observations.setdefault(id, Observation(id, kind, line.number, line.text, about, related))
    return tuple(sorted(observations.values(), key=lambda one: (one.line, one.kind)))


def _of_plan(parts: Parts) -> Iterator[_Found]:
    if parts.dated and date_of(parts.dated) is None:
        yield _Found(ObservationKind.UNREADABLE_DATE, parts.dated, parts.plan)
    if not any(stray.kind is ObservationKind.UNREAD_LABEL for stray in parts.strays):
        yield _Found(ObservationKind.NO_DATES, parts.title, parts.plan)


class _Coded(NamedTuple):
    """An area or an activity, and the code under which it stands."""

    numbers: tuple[int, ...]
    parent: tuple[int, ...]
    line: Line
    ref: str


def _of_codes(parts: Parts) -> Iterator[_Found]:
    areas = [_Coded(block.numbers, parts.section, block.heading, f"area/{block.area.id}") for block in parts.areas]
    numbers = {block.area.id: block.numbers for block in parts.areas}
    activities: dict[str, list[_Coded]] = defaultdict(list)
    for block in parts.activities:
        area = block.activity.area
        activities[area].append(_Coded(block.numbers, numbers[area], block.heading, block.ref))
    first: dict[tuple[int, ...], str] = {}
    for siblings in (areas, *activities.values()):
        highest: _Coded | None = None
        for coded in siblings:
            if not continues(coded.numbers, coded.parent):
                yield _Found(ObservationKind.MISPLACED_CODE, coded.line, coded.ref)
            if (earlier := first.setdefault(coded.numbers, coded.ref)) != coded.ref:
                yield _Found(ObservationKind.DUPLICATE_CODE, coded.line, coded.ref, (earlier,))
            if highest and coded.numbers < highest.numbers:
                yield _Found(ObservationKind.OUT_OF_ORDER, coded.line, coded.ref, (highest.ref,))
            else:
                highest = coded


def _of_area(block: AreaBlock, words: Words) -> Iterator[_Found]:
    ref = f"area/{block.area.id}"
    yield from _of_field(block.objective, ref, words)
    if block.area.title.endswith(","):
        yield _Found(ObservationKind.TRAILING_COMMA, block.heading, ref)


def _of_period_headings(parts: Parts) -> Iterator[_Found]:
    printed = [(block.area.id, heading) for block in parts.areas for heading in block.area.period_headings]
    spellings: dict[Period, Counter[str]] = defaultdict(Counter)
    for _, heading in printed:
        spellings[heading.period][heading.text] += 1
    # Equally common spellings come in the order in which they were met.
    usual = {period: counted.most_common(1)[0][0] for period, counted in spellings.items()}
    for area, heading in printed:
        if heading.text != usual[heading.period]:
            yield _Found(ObservationKind.HEADING_VARIANT, Line(heading.line, heading.text), f"area/{area}")


def _of_activity(block: ActivityBlock, words: Words) -> Iterator[_Found]:
    title = block.activity.title
    if bare_title(title, words) != title:
        yield _Found(ObservationKind.LABEL_VARIANT, block.heading, block.ref)
    if title.endswith(","):
        yield _Found(ObservationKind.TRAILING_COMMA, block.heading, block.ref)
    if not block.activity.products:
        yield _Found(ObservationKind.MISSING_PRODUCT, block.heading, block.ref)
    yield from _of_wording(title, block.heading, block.ref, words)
    for printed in block.printed:
        yield from _of_field(printed, block.ref, words)
        if printed.label.use is Use.PRODUCT and _lists_several(printed.label.value, words):
            yield _Found(ObservationKind.SEVERAL_PRODUCTS, printed.line, block.ref)
        if printed.label.use is Use.PARTICIPANTS:
            yield from _of_wording(printed.label.value, printed.line, block.ref, words)


def _of_wording(text: str, line: Line, ref: str, words: Words) -> Iterator[_Found]:
    folded = fold(text)
    if words.quantity.search(folded):
        yield _Found(ObservationKind.QUANTITY_IN_WORDS, line, ref)
    if words.ambiguous.search(folded):
        yield _Found(ObservationKind.AMBIGUOUS_FREQUENCY, line, ref)


def _of_field(printed: Printed, ref: str, words: Words) -> Iterator[_Found]:
    line, label = printed
    if label.printed != words.usual[label.use]:
        yield _Found(ObservationKind.LABEL_VARIANT, line, ref)
    again = label_of(Line(line.number, label.value), words)
    if again and again.use is label.use:
        yield _Found(ObservationKind.REPEATED_LABEL, line, ref)
    if label.value.endswith(","):
        yield _Found(ObservationKind.TRAILING_COMMA, line, ref)


def _lists_several(product: str, words: Words) -> bool:
    items = [item.strip() for item in words.between.split(product) if item.strip()]
    return len(items) >= _FEWEST_LISTED and all(item[0].isupper() for item in items)


def _of_titles(blocks: Sequence[ActivityBlock], words: Words) -> Iterator[_Found]:
    by_title: dict[str, list[ActivityBlock]] = defaultdict(list)
    for block in blocks:
        by_title[comparable(bare_title(block.activity.title, words))].append(block)
    for sharing in by_title.values():
        for block in sharing if len(sharing) > 1 else ():
            others = tuple(other.ref for other in sharing if other is not block)
            yield _Found(ObservationKind.REPEATED_TITLE, block.heading, block.ref, others)


def _of_strays(parts: Parts) -> Iterator[_Found]:
    echoes = _activities_by_text(parts.activities)
    for line, kind, about, echo in parts.strays:
        related = () if echo is None else tuple(ref for ref in echoes.get(echo, ()) if ref != about)
        yield _Found(kind, line, about, related)
        label = label_of(line, parts.words)
        if label and label.printed != parts.words.usual[label.use] and kind is not ObservationKind.CLOSING_TEXT:
            yield _Found(ObservationKind.LABEL_VARIANT, line, about, related)


def _activities_by_text(blocks: Iterable[ActivityBlock]) -> _Related:
    """Who has a field that says this: comparable text to activities."""
    found: dict[str, list[str]] = defaultdict(list)
    for block in blocks:
        for text in {comparable(printed.label.value): None for printed in block.printed}:
            found[text].append(block.ref)
    return found
