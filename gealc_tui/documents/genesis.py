"""The official plan as the first log of every replica: the edits of the genesis log, change by change.

Promise: the same document gives the same edits wherever and whenever it is read, whatever e-mail or an editor
did to its line ends, so that all replicas share one genesis log. A field that the document does not print is
not written, and what is written is as printed, save that a lead that is a country's name is written as the
country's code, which is what the views understand. What the edits become (numbering, hashing, storing) is left
to the log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime

from gealc_tui.documents.plan_document import Activity, Area, Observation, PlanDocument, product_id
from gealc_tui.documents.plan_lines import document_lines
from gealc_tui.domain.change import Edit, Value
from gealc_tui.domain.vocabulary import PlanState
from gealc_tui.i18n.countries import NAMES
from gealc_tui.i18n.labels import fold

IMPORTER_VERSION = 1
"""Raised when the same document comes to give other edits; log ids depend on it."""

OTHER_BODIES_VERSION = 2
"""Of the plans of other bodies, which version 1 took for the network's: so the first change differs already."""

_CODES = {fold(name): code for code, name in NAMES.items()}
"""Countries by folded name."""


def document_hash(text: str) -> str:
    """The SHA-256 of the document in hex, alike for all copies of it (see `document_lines`)."""
    return hashlib.sha256("\n".join(document_lines(text)).encode("utf-8", "surrogatepass")).hexdigest()


def genesis_at(document: PlanDocument) -> int:
    """When the genesis log says it was written, in milliseconds since 1970, UTC.

    Midnight of the document's date, or of 1 January of the plan's year when the document has no date.
    """
    day = document.date or date(document.year, 1, 1)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def genesis_edits(document: PlanDocument, *, source: str, sha256: str) -> tuple[tuple[Edit, ...], ...]:
    """The edits of each change of the genesis log, in order.

    First the plan; then a change for each area, each activity with its products, and each observation.
    `source` is the name of the document's file and `sha256` its `document_hash`.
    """
    return (
        _plan(document, source, sha256),
        *(_area(document, area) for area in document.areas),
        *(_activity(activity) for activity in document.activities),
        *(_observation(observation) for observation in document.observations),
    )


def _edits(entity: str, **fields: Value) -> Iterator[Edit]:
    return (Edit(entity, name, value) for name, value in fields.items() if value is not None)


def _plan(document: PlanDocument, source: str, sha256: str) -> tuple[Edit, ...]:
    return tuple(
        _edits(
            document.ref,
            year=document.year,
            title=document.title,
            state=PlanState.APPROVED.value,
            preamble=[[section.heading, list(section.paragraphs)] for section in document.preamble],
            masthead=list(document.masthead),
            source=source,
            source_sha256=sha256,
            importer=IMPORTER_VERSION if document.body is None else OTHER_BODIES_VERSION,
            body=document.body,
        )
    )


def _area(document: PlanDocument, area: Area) -> tuple[Edit, ...]:
    return tuple(
        _edits(
            f"area/{area.id}",
            plan=document.id,
            code=area.code,
            title=area.title,
            objective=area.objective,
            position=area.position,
        )
    )


def _activity(activity: Activity) -> tuple[Edit, ...]:
    own = _edits(
        f"activity/{activity.id}",
        area=activity.area,
        code=activity.code,
        title=activity.title,
        period=activity.period.value,
        position=activity.position,
        participants=activity.participants,
        place=activity.place,
        resources=activity.resources,
        lead=_lead(activity.lead),
    )
    return (*own, *_products(activity))


def _lead(printed: str | None) -> str | None:
    """The code of the country whose Spanish name is printed, whatever the language in force; else the text."""
    return None if printed is None else _CODES.get(fold(printed), printed)


def _products(activity: Activity) -> Iterator[Edit]:
    for position, text in enumerate(activity.products, start=1):
        entity = f"product/{product_id(activity.id, position)}"
        yield from _edits(entity, activity=activity.id, text=text, position=position)


def _observation(observation: Observation) -> tuple[Edit, ...]:
    return tuple(
        _edits(
            f"observation/{observation.id}",
            about=observation.about,
            kind=observation.kind.value,
            line=observation.line,
            text=observation.text,
            related=list(observation.related),
        )
    )
