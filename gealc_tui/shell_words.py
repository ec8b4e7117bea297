"""Words of a command that is printed for a person to copy: cmd, PowerShell and sh take each as one.

They agree on double quotes and on little else: cmd knows no single ones, and what is not quoted falls apart at a blank.
"""

from __future__ import annotations

import os
import re
import shlex

_PLAIN = re.compile(r"[\w@+=:./-]+")
"""What no shell reads as anything but itself."""

_READ_IN_DOUBLE_QUOTES = re.compile(r'["$`!\\]')
"""What sh reads even there."""


def word(text: object) -> str:
    """A text, mostly a path, as one word of a command line; in quotes only if it needs them."""
    plain = str(text)
    if _PLAIN.fullmatch(plain):
        return plain
    if os.name == "nt":
        # A backslash before the closing quote would take the quote in.
        return f'"{plain}\\"' if plain.endswith("\\") else f'"{plain}"'
    return shlex.quote(plain) if _READ_IN_DOUBLE_QUOTES.search(plain) else f'"{plain}"'
