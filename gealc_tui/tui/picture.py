"""A picture of the program: the real screens, drawn without a terminal, after some keys."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path

from gealc_tui import errors, paths
from gealc_tui.replica import Replica
from gealc_tui.tui.app import GealcApp

_FONT = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)
"""Where the picture would ask the internet for its letters; those of the machine will do."""


def take(home: paths.Home, path: Path, size: tuple[int, int], keys: Sequence[str]) -> None:
    """Writes the screen of a home as SVG, in columns and rows, after these keys (as Textual names them; they do what
    they always do). Raises FileUnwritable, and errors.GealcError before the first screen.
    """
    paths.settle(home)
    with Replica(home.database, home.keys) as replica:
        replica.check_identity()
        replica.view_named(home.plan)
        picture = asyncio.run(_drawn(GealcApp(replica, None, home.folder), size, keys))
    try:
        path.write_text(_FONT.sub("", picture), encoding="utf-8")
    except OSError as error:
        raise errors.FileUnwritable(path=str(path), reason=errors.reason_of(error)) from error


async def _drawn(app: GealcApp, size: tuple[int, int], keys: Sequence[str]) -> str:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        # Only those: of an empty list all are waited for, and the tree of files has one that never ends.
        if threads := [one for one in app.workers if one._thread_worker]:
            await app.workers.wait_for_complete(threads)
        await pilot.pause()
        await pilot.pause()
        return app.export_screenshot(title="gealc", simplify=True)
