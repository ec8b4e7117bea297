"""Asking before something is done that people may regret. Only on a terminal: a script that asks for it means it."""

from __future__ import annotations

import sys

from gealc_tui.cli import output, patience
from gealc_tui.i18n import t
from gealc_tui.plain import drawable


def confirmed(question: str) -> bool:
    """Whether a person says yes; yes, if nobody can be asked."""
    try:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            return True
    except (AttributeError, ValueError):
        return True  # closed
    patience.hush()
    output.write(f"{drawable(question)} {t('[s/N]')} ")
    output.finish()
    answer = sys.stdin.readline().strip().casefold()
    # In any of the languages: sí, sim, yes, oui.
    return answer in {"s", "si", "sí", "sim", "y", "yes", "o", "oui"}
