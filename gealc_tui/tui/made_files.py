"""Files that a screen has made: `o` opens the last one, or the folder before there is one; `c` copies where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gealc_tui import clipboard, opening
from gealc_tui.i18n import t
from gealc_tui.plain import drawable

if TYPE_CHECKING:
    from gealc_tui.tui.screens.base import ReplicaScreen


def open_made(screen: ReplicaScreen[Any], made: Path | None, folder: Path, before: str) -> None:
    """Opens what was made, or its folder; `before` is said while there is neither."""
    path = made or folder
    if not path.exists():
        screen.tell(before)
    elif not opening.opened(path):
        screen.tell(t("Aquí no hay con qué abrirlo. Está en {path}", path=drawable(str(path))))


def copy_place(screen: ReplicaScreen[Any], made: Path | None, folder: Path) -> None:
    """Puts on the clipboard where it lies; where that is not sure, it is said on the screen too."""
    path = str(made or folder)
    if path.isascii() and clipboard.copied(path):
        screen.tell(t("Copiado: {path}", path=drawable(path)))
    else:
        screen.app.copy_to_clipboard(path)
        screen.tell(t("Está en {path}", path=drawable(path)))
