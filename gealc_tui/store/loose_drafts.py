"""What is being typed while the database cannot take it: a small file beside it, for the next start.

The file holds `{place: text}` in JSON, whole or as it was, its owner's only.
"""

from __future__ import annotations

import json
from pathlib import Path

from gealc_tui import atomic_files


class LooseDrafts:
    """The drafts in one file, which is there while there are any."""

    def __init__(self, database: Path) -> None:
        """`database` is the path of the database beside which the file lies: `gealc-borradores.json`."""
        self.path = database.with_name(f"{database.stem}-borradores.json")
        self._texts: dict[str, str] = {}

    @property
    def texts(self) -> dict[str, str]:
        """What was kept since this was made, by place."""
        return dict(self._texts)

    def keep(self, place: str, text: str) -> None:
        """Keeps a text that is being typed at a place; an empty one is forgotten. Raises OSError."""
        self.keep_all({place: text})

    def keep_all(self, texts: dict[str, str]) -> None:
        """As `keep`, for several at once."""
        self._texts = {place: text for place, text in {**self._texts, **texts}.items() if text}
        if self._texts:
            atomic_files.write(self.path, json.dumps(self._texts, ensure_ascii=False, indent=1).encode())
        else:
            self.path.unlink(missing_ok=True)

    def left(self) -> dict[str, str]:
        """What an earlier window left in the file; nothing if there is none, or nothing legible."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {place: text for place, text in found.items() if isinstance(text, str)}

    def clear(self) -> None:
        """Removes the file: what was in it lies in the database. Raises OSError."""
        self.path.unlink(missing_ok=True)
