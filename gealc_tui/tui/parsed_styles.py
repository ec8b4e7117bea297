"""Style sheets that were parsed once, kept for the next start: to parse them is a quarter of its work.

Promises: what is kept counts only for the very same text, colours and versions; a file that is missing, damaged or
somebody else's is as good as none, and can make nothing but parts of a style sheet; a place that cannot be written to
costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import textual
from textual.css.stylesheet import Stylesheet

from gealc_tui import atomic_files
from gealc_tui.private import make_folder

MOST_KEPT = 6
"""Files: one for each theme and version that was used."""

LARGEST = 4_000_000
"""Bytes of a file. The sheets of one theme take a twentieth of that."""

_STEM = "estilos-"

_MADE_OF = {
    "textual.color": {"Color"},
    "textual.css.model": {
        *("CombinatorType", "RuleSet", "Selector", "SelectorSet", "SelectorType"),
        *("_check_class", "_check_id", "_check_type", "_check_universal"),
    },
    "textual.css.scalar": {"Scalar", "Unit"},
    "textual.css.styles": {"Styles"},
    "textual.geometry": {"Offset", "Size", "Spacing"},
    "textual.layouts.grid": {"GridLayout"},
    "textual.layouts.horizontal": {"HorizontalLayout"},
    "textual.layouts.vertical": {"VerticalLayout"},
    "functools": {"partial"},
}
"""The classes of which parsed style sheets consist. With these alone nothing can be done to the machine."""


class ParsedStyles:
    """Parsed style sheets in a folder of the person's own, a file for each theme."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lent: tuple[Path, frozenset[Any]] | None = None

    def lend(self, sheets: Stylesheet) -> None:
        """Hands over what is kept for the theme of an application's sheets, which have parsed nothing yet."""
        path = self._path(sheets)
        kept = _read(path)
        cache = _cache(sheets)
        for parsed_from, rules in kept.items():
            cache[parsed_from] = rules
        self._lent = path, frozenset(kept)

    def keep(self, sheets: Stylesheet) -> None:
        """Keeps what an application has parsed by now, if anything of it was not kept yet."""
        path, cache = self._path(sheets), _cache(sheets)
        parsed = {parsed_from: cache[parsed_from] for parsed_from in [*cache.keys()]}
        if self._lent is None or self._lent[0] != path or not parsed.keys() <= self._lent[1]:
            with suppress(OSError, pickle.PicklingError, TypeError, AttributeError):
                make_folder(self._folder)
                _write(path, parsed)
                self._sweep()

    def _path(self, sheets: Stylesheet) -> Path:
        # The colours of the theme stand in the parsed sheets.
        said = repr((textual.__version__, sys.version_info[:2], sorted(sheets._variables.items())))
        return self._folder / f"{_STEM}{hashlib.sha256(said.encode()).hexdigest()[:16]}.bin"

    def _sweep(self) -> None:
        files = sorted(self._folder.glob(f"{_STEM}*.bin"), key=lambda one: one.stat().st_mtime, reverse=True)
        for one in files[MOST_KEPT:]:
            one.unlink(missing_ok=True)


def _cache(sheets: Stylesheet) -> Any:
    """Where Textual itself remembers what it parsed. Of a version that has no such place, nothing is kept."""
    return getattr(sheets, "_parse_cache", {})


def _write(path: Path, parsed: dict[Any, Any]) -> None:
    data = pickle.dumps(parsed, 5)
    atomic_files.write(path, hashlib.sha256(data).digest() + data)


def _read(path: Path) -> dict[Any, Any]:
    """The parsed sheets by what they were parsed from; none if this is no such file, or not whole."""
    try:
        if path.stat().st_size > LARGEST:
            return {}
        said = path.read_bytes()
        if hashlib.sha256(said[32:]).digest() != said[:32]:
            return {}
        found = _Reader(io.BytesIO(said[32:])).load()
    except (OSError, pickle.UnpicklingError, EOFError, ValueError, TypeError, LookupError, AttributeError, ImportError):
        return {}
    return found if isinstance(found, dict) else {}


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "getattr"):
            return _method
        if name in _MADE_OF.get(module, ()):
            return partial if module == "functools" else super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _method(owner: object, name: str) -> Callable[..., Any]:
    """The two methods of a table that styles hold, and no other attribute of anything."""
    if type(owner) is not dict or name not in ("get", "__contains__"):
        raise pickle.UnpicklingError(name)
    found: Callable[..., Any] = getattr(owner, name)
    return found
