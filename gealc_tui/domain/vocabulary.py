"""The closed lists of the plan, as codes.

Databases, files and filters hold these codes and never labels; labels are spelled when drawn, in the language in
force (`i18n.labels`).
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How far an activity is. The order is that of the keys 1 to 5."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    ON_HOLD = "on_hold"
    CANCELLED = "cancelled"


def seen_default(kind: str, field: str) -> str | None:
    """What people are told that a field was before anybody set it: an activity was pending, the rest was not there."""
    return Status.PENDING.value if (kind, field) == ("activity", "status") else None


class Period(StrEnum):
    """When the plan foresees an activity; the order is the printed one."""

    S1 = "S1"
    S2 = "S2"
    ANNUAL = "ANNUAL"


class PlanState(StrEnum):
    DRAFT = "draft"
    FOR_APPROVAL = "for_approval"
    APPROVED = "approved"
    CLOSED = "closed"


class ProposalState(StrEnum):
    """What became of a proposal to change a plan."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """By whoever made it."""


class Role(StrEnum):
    FOCAL = "focal"
    SECRETARIAT = "secretariat"
    COMMITTEE = "committee"
    OBSERVER = "observer"


class MeetingBody(StrEnum):
    WORKING_GROUP = "working_group"
    COMMITTEE = "committee"
    ASSEMBLY = "assembly"
    OTHER = "other"


class MeetingState(StrEnum):
    PLANNED = "planned"
    """Its day is fixed; nobody has begun it."""
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    """It was fixed, and will not be held."""


class ItemKind(StrEnum):
    """What a meeting may conclude."""

    DECISION = "decision"
    COMMITMENT = "commitment"
    NOTED = "noted"


class Alert(StrEnum):
    """What is calculated about an activity and never typed."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    UNREPORTED = "unreported"


class ClockDoubt(StrEnum):
    """What speaks against the clock of the machine under which somebody writes."""

    AHEAD = "ahead"
    """More than a year beyond everything that is known."""
    BEHIND = "behind"
    """More than a day before what at least two people wrote, or before one's own last word."""


class Trust(StrEnum):
    """What this copy thinks of the author of a log. Local: it never travels."""

    SELF = "self"
    ACCEPTED = "accepted"
    STRANGER = "stranger"
    BLOCKED = "blocked"


MEMBERS = frozenset(
    [
        "AG",
        "AR",
        "BB",
        "BO",
        "BR",
        "BS",
        "BZ",
        "CA",
        "CL",
        "CO",
        "CR",
        "CU",
        "DM",
        "DO",
        "EC",
        "GD",
        "GT",
        "GY",
        "HN",
        "HT",
        "JM",
        "KN",
        "LC",
        "MX",
        "NI",
        "PA",
        "PE",
        "PY",
        "SR",
        "SV",
        "TT",
        "US",
        "UY",
        "VC",
        "VE",
    ]
)
"""The 35 member states of the OAS, by ISO 3166-1 code."""

OBSERVERS = frozenset(
    [
        "AL",
        "AM",
        "AO",
        "AT",
        "AZ",
        "BA",
        "BD",
        "BE",
        "BG",
        "BJ",
        "CH",
        "CN",
        "CY",
        "CZ",
        "DE",
        "DK",
        "DZ",
        "EE",
        "EG",
        "ES",
        "EU",
        "FI",
        "FR",
        "GB",
        "GE",
        "GH",
        "GQ",
        "GR",
        "HR",
        "HU",
        "IE",
        "IL",
        "IN",
        "IS",
        "IT",
        "JP",
        "KR",
        "KZ",
        "LB",
        "LI",
        "LK",
        "LT",
        "LU",
        "LV",
        "MA",
        "MC",
        "MD",
        "ME",
        "MK",
        "MT",
        "NG",
        "NL",
        "NO",
        "PH",
        "PK",
        "PL",
        "PT",
        "QA",
        "RO",
        "RS",
        "RU",
        "SA",
        "SE",
        "SI",
        "SK",
        "TH",
        "TN",
        "TR",
        "UA",
        "VA",
        "VU",
        "YE",
    ]
)
"""The permanent observers to the OAS, by ISO 3166-1 code (EU is the code reserved for the European Union)."""

COUNTRIES = MEMBERS | OBSERVERS

BODIES = frozenset({"OAS", "IDB"})
"""Bodies that may lead an activity beside the countries: the Technical Secretariat's and the funder's."""
