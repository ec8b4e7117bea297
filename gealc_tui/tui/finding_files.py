"""What was made is found: a file or its folder is opened by the machine, or where it lies is copied."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gealc_tui import clipboard, opening
from gealc_tui.i18n import t
from gealc_tui.plain import drawable
from gealc_tui.tui.screens.base import ReplicaScreen


def open_file(screen: ReplicaScreen[Any], path: Path, missing: str) -> None:
    """Opens a file or a folder with what the machine has for it; `missing` is said if it is not there."""
    if not path.exists():
        screen.tell(missing)
    elif not opening.opened(path):
        screen.tell(t("Aquí no hay con qué abrirlo. Está en {path}", path=drawable(str(path))))


def copy_place(screen: ReplicaScreen[Any], path: Path) -> None:
    """Copies where a file or a folder lies, and says it."""
    said = str(path)
    if said.isascii() and clipboard.copied(said):
        screen.tell(t("Copiado: {path}", path=drawable(said)))
    else:
        screen.app.copy_to_clipboard(said)
        screen.tell(t("Está en {path}", path=drawable(said)))
