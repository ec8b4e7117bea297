"""Which activities are wanted: one frozen value, which holds codes and never labels.

What is chosen of one kind widens (pending or in progress), kinds narrow each other (overdue, and of Chile). An empty
filter lets everything through. `encoded` and `decoded` carry one from start to start.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, NamedTuple

from gealc_tui.domain.vocabulary import Alert, Period, Status
from gealc_tui.plain import folded


class Since(StrEnum):
    """A moment that is not a date: it is looked up when the filter is applied."""

    MEETING = "meeting"
    """What this copy had not when the last meeting was closed."""


class Filter(NamedTuple):
    """The activities that are wanted."""

    statuses: tuple[Status, ...] = ()
    areas: tuple[str, ...] = ()
    """Ids of areas."""
    periods: tuple[Period, ...] = ()
    leads: tuple[str, ...] = ()
    """Countries and bodies, by code: the activity's lead or one of its co-leads."""
    no_lead: bool = False
    """Those without a lead; together with `leads` either will do."""
    funders: tuple[str, ...] = ()
    """Words of what the plan says about funder or resources, without regard to accents and case."""
    alerts: tuple[Alert, ...] = ()
    """Any of these."""
    differing: bool = False
    since: str | None = None
    """Changed by somebody since a day (`YYYY-MM-DD`) or since a moment (a code of `Since`)."""

    def __bool__(self) -> bool:
        return self != NOTHING_ASKED


NOTHING_ASKED = Filter()


class Facts(NamedTuple):
    """What a filter looks at of an activity."""

    status: Status
    area: str
    period: Period
    lead: str | None
    co_leads: tuple[str, ...]
    funds: str
    """Funder and resources, as the plan says them: the plan of 2019 names the funder among the resources."""
    alerts: tuple[Alert, ...]
    differences: int
    changed: int | None
    """When somebody last said anything about it (milliseconds since 1970, UTC); None: nobody ever did."""


def lets_through(wanted: Filter, facts: Facts, since: int | None = None) -> bool:
    """Whether an activity is wanted. `since` is the moment that `wanted.since` means; None: nothing is that new."""
    return (
        (not wanted.statuses or facts.status in wanted.statuses)
        and (not wanted.areas or facts.area in wanted.areas)
        and (not wanted.periods or facts.period in wanted.periods)
        and (not (wanted.leads or wanted.no_lead) or _led(wanted, facts))
        and (not wanted.funders or _funded(wanted.funders, facts.funds))
        and (not wanted.alerts or not set(wanted.alerts).isdisjoint(facts.alerts))
        and (not wanted.differing or facts.differences > 0)
        and (wanted.since is None or (since is not None and facts.changed is not None and facts.changed >= since))
    )


def _led(wanted: Filter, facts: Facts) -> bool:
    if facts.lead is None and wanted.no_lead:
        return True
    return facts.lead in wanted.leads or any(code in wanted.leads for code in facts.co_leads)


def _funded(funders: tuple[str, ...], funds: str) -> bool:
    text = folded(funds)
    return any(folded(funder) in text for funder in funders)


def encoded(wanted: Filter) -> str:
    """A filter as a text that can be kept; empty for one that lets everything through."""
    said = {name: value for name, value in wanted._asdict().items() if value != getattr(NOTHING_ASKED, name)}
    return json.dumps(said) if said else ""


def decoded(text: str) -> Filter:
    """The filter that `encoded` wrote; what is not understood, from another version say, is left out."""
    try:
        said = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return NOTHING_ASKED
    if not isinstance(said, dict):
        return NOTHING_ASKED
    return Filter(
        statuses=tuple(Status(code) for code in _codes(said, "statuses") if code in set(Status)),
        areas=_codes(said, "areas"),
        periods=tuple(Period(code) for code in _codes(said, "periods") if code in set(Period)),
        leads=_codes(said, "leads"),
        no_lead=said.get("no_lead") is True,
        funders=_codes(said, "funders"),
        alerts=tuple(Alert(code) for code in _codes(said, "alerts") if code in set(Alert)),
        differing=said.get("differing") is True,
        since=since if isinstance(since := said.get("since"), str) else None,
    )


def _codes(said: dict[str, Any], name: str) -> tuple[str, ...]:
    found = said.get(name)
    return tuple(code for code in found if isinstance(code, str)) if isinstance(found, list) else ()
