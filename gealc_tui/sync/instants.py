"""Instants as a change file spells them: `2019-03-14T13:22:05.123Z`, and in no other way."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from gealc_tui import errors

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d):(\d\d:\d\d)\.(\d{3})Z", re.ASCII)


def instant_text(at: int) -> str:
    """Milliseconds since 1970 as `2019-03-14T13:22:05.123Z`."""
    return (_EPOCH + timedelta(milliseconds=at)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(text: str) -> int:
    """The way back. Raises Altered for anything else than that one spelling."""
    parts = _INSTANT.fullmatch(text)
    if parts is None:
        raise errors.Altered(part="at")
    hour, rest, milliseconds = parts.groups()
    return Hours()[hour] + REST[rest] + int(milliseconds)


class Hours(dict[str, int]):
    """Milliseconds since 1970 of each hour (`2019-03-14T13`), worked out once. Raises Altered for no hour."""

    def __missing__(self, hour: str) -> int:
        try:
            at = (datetime.fromisoformat(f"{hour}:00:00+00:00") - _EPOCH) // timedelta(milliseconds=1)
        except ValueError as error:
            raise errors.Altered(part="at") from error
        self[hour] = at
        return at


class _Rest(dict[str, int]):
    def __missing__(self, text: str) -> int:
        minutes, seconds = int(text[:2]), int(text[3:])
        if minutes > 59 or seconds > 59:
            raise errors.Altered(part="at")
        self[text] = at = (minutes * 60 + seconds) * 1000
        return at


REST = _Rest()
"""Milliseconds of minutes and seconds (`22:05`) in their hour. Raises Altered for more than 59 of either."""
