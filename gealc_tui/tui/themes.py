"""The colours: dark, light, high contrast in light (for a projector) and in dark, and the terminal's own.

Text has a contrast of at least 4.5 to 1 against what it stands on, in high contrast of 7 to 1 (WCAG 2); a test
measures it on the screens. The terminal's own colours are whatever its user chose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

from gealc_tui.i18n import N_, t

DARK = Theme(
    name="gealc-dark",
    primary="#5fb3d9",
    secondary="#8aa4b8",
    accent="#5fb3d9",
    foreground="#e4e9ed",
    background="#10171d",
    surface="#151e26",
    panel="#1e2a34",
    success="#7cc77c",
    warning="#e5c45c",
    error="#ff7b72",
    variables={"pointed": "#1f3a4a"},
    dark=True,
)

LIGHT = Theme(
    name="gealc-light",
    primary="#00598a",
    secondary="#52677a",
    accent="#00598a",
    foreground="#16202a",
    background="#fbfbf9",
    surface="#ffffff",
    panel="#e6ebef",
    success="#1b6e2d",
    warning="#8a5a00",
    error="#b3261e",
    variables={"pointed": "#d5e6f0"},
    dark=False,
)

# A projector in a lit room washes out greys and thin tints: black on white, and few, dark colours.
CONTRAST = Theme(
    name="gealc-contrast",
    primary="#003a75",
    secondary="#333333",
    accent="#003a75",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#e8e8e8",
    success="#00470f",
    warning="#5c3600",
    error="#8a0000",
    variables={"pointed": "#d6e4f5"},
    dark=False,
)

# The same for tired eyes and dark rooms.
CONTRAST_DARK = Theme(
    name="gealc-contrast-dark",
    primary="#7fd4ff",
    secondary="#d0d0d0",
    accent="#7fd4ff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    success="#8aff8a",
    warning="#ffe066",
    error="#ffb0a8",
    variables={"pointed": "#00304d"},
    dark=True,
)

TERMINAL = replace(
    BUILTIN_THEMES["ansi-dark"],
    name="gealc-terminal",
    primary="ansi_cyan",
    secondary="ansi_default",
    accent="ansi_cyan",
    variables={**BUILTIN_THEMES["ansi-dark"].variables, "pointed": "ansi_default"},
)

# `pointed` is what the cursor stands on where the text keeps its own colours.

_LABELS: Mapping[str, str] = {
    DARK.name: N_("oscuro"),
    LIGHT.name: N_("claro"),
    CONTRAST.name: N_("alto contraste, para proyectar"),
    CONTRAST_DARK.name: N_("alto contraste, oscuro"),
    TERMINAL.name: N_("los colores de la terminal"),
}

ALL = (DARK, LIGHT, CONTRAST, CONTRAST_DARK, TERMINAL)
"""In the order in which the key goes through them."""


def known(name: str | None) -> str:
    """The theme of that name, else the dark one."""
    return name if name is not None and name in _LABELS else DARK.name


def following(name: str) -> str:
    """The theme after this one."""
    names = [theme.name for theme in ALL]
    return names[(names.index(known(name)) + 1) % len(names)]


def label(name: str) -> str:
    """What people call a theme."""
    return t(_LABELS[known(name)])
