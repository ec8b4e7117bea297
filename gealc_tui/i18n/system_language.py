"""The language of the person's desktop, where no variable says it: Windows and macOS."""

from __future__ import annotations

import sys

_ASK_MACOS = ("/usr/bin/defaults", "read", "-g", "AppleLocale")

_PATIENCE_SECONDS = 1


def system_language() -> str | None:
    """A name such as `es_UY`; None on other systems, and where it cannot be told."""
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    if sys.platform == "darwin":
        import subprocess

        try:
            return subprocess.run(
                _ASK_MACOS, capture_output=True, text=True, encoding="utf-8", timeout=_PATIENCE_SECONDS, check=True
            ).stdout
        except (OSError, subprocess.SubprocessError):
            return None
    return None
