"""Makes the pictures of the README anew: `uv run python scripts/pictures.py`.

Real screens of the demonstration, so that nothing in them is anybody's.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from gealc_tui import i18n, paths
from gealc_tui.commands import demo
from gealc_tui.tui.picture import take

IMAGES = Path(__file__).parent.parent / "docs" / "images"

PICTURES = {
    "plan.svg": "",
    # The group of area 3.5, and what it says: present, a status, an agreement, the next activity.
    "meeting.svg": "m up f2 W c l space c r space e c space p e space u y enter 3 a",
}


def main() -> int:
    i18n.use(i18n.SOURCE)
    for name, keys in PICTURES.items():
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            home = demo.make(Path(folder) / "demo")
            take(paths.home(str(home.folder)), IMAGES / name, (120, 36), keys.split())
    return 0


if __name__ == "__main__":
    sys.exit(main())
