"""Hours of the day as people type them: `9`, `9:30`, `9.30`, `9h30`, `3 pm`."""

from __future__ import annotations

import re

_HOUR = re.compile(
    r"(\d{1,2})(?:\s*[:.h]\s*(\d\d)?)?\s*(?:(a|p)\.?\s?m\.?|h|hs|hrs|horas?|uhr)?\.?", re.ASCII | re.IGNORECASE
)


def read_hour(text: str) -> str | None:
    """`HH:MM`, or None for what is no hour."""
    parts = _HOUR.fullmatch(text.strip())
    if parts is None:
        return None
    hour, minute, half = int(parts[1]), int(parts[2] or 0), (parts[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None
