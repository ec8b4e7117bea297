"""Makes `data/gealc.db`, the pristine approved plan, from the document beside it.

Run as `uv run python scripts/build_data.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from gealc_tui.commands import plans

DATA = Path(__file__).parent.parent / "data"


def main() -> int:
    plans.build_pristine(DATA / "plan-2019.txt", DATA / "gealc.db")
    return 0


if __name__ == "__main__":
    sys.exit(main())
