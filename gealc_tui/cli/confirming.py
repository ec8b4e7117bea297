"""Asking before something is done that people may regret. Only on a terminal: a script that asks for it means it."""

from __future__ import annotations

import sys

from gealc_tui.cli import output, patience
from gealc_tui.i18n import t
from gealc_tui.plain import drawable


def confirmed(question: str) -> bool:
    """Whether a person says yes; yes, if nobody can be asked."""
    if not can_be_asked():
        return True
    patience.hush()
    output.write(f"{drawable(question)} {t('[s/N]')} ")
    output.finish()
    answer = sys.stdin.readline().strip().casefold()
    # In any of the languages: sí, sim, yes, oui.
    return answer in {"s", "si", "sí", "sim", "y", "yes", "o", "oui"}


def can_be_asked() -> bool:
    """Whether somebody sits at a terminal."""
    try:
        return sys.stdin.isatty() and sys.stdout.isatty()
    except (AttributeError, ValueError):
        # There is no standard input, or it is closed.
        return False
