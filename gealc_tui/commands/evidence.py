"""A file as means of verification: its SHA-256 stands in the plan, and the file itself need not travel.

Whoever has the file can tell whose evidence it is, and that not a byte of it is another.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.plain import drawable
from gealc_tui.replica import Replica

_MARK = "sha256:"


class Whose(NamedTuple):
    """A product whose means of verification a file is."""

    product: str
    """Its id, …"""
    activity: str
    """… that of its activity, …"""
    code: str
    """… by which people know it, …"""
    text: str
    """… and what was to be made."""


def of_file(text: str) -> str | None:
    """What stands in the plan for a file of this machine: `sha256:<64 hex> <name>`; None if the text names none.

    Raises FileUnreadable.
    """
    # A link is no path, and a text too long for a name is no fault of the system's.
    if not os.path.isfile(text):
        return None
    path = Path(text)
    return f"{_digest(path)} {' '.join(drawable(path.name).split())}"


def whose(replica: Replica, path: Path) -> tuple[Whose, ...]:
    """The products of all plans of whose evidence a file is, whatever it is called. Raises FileUnreadable."""
    return tuple(
        Whose(product.id, activity, replica.name_of(f"activity/{activity}").code, product.text)
        for activity, product in replica.read.evidenced_by(_digest(path))
        if not replica.read.is_hidden(f"product/{product.id}")
    )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return _MARK + hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise errors.FileUnreadable(path=str(path), reason=errors.reason_of(error)) from error
