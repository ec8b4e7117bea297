"""A window of the application, driven as a person drives it: keys go in, and the screen is read as it is drawn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from gealc_tui.replica import Replica
from gealc_tui.tui.app import GealcApp
from gealc_tui.tui.sheet import FieldRow
from gealc_tui.tui.widgets.detail import Detail
from gealc_tui.tui.widgets.lines import KeyLine
from gealc_tui.tui.widgets.plan_tree import PlanTree

WIDE = (120, 36)
NARROW = (80, 24)

PATIENCE = 5.0
"""Seconds after which what was awaited is taken as not coming."""

W = TypeVar("W", bound=Widget)


class Window:
    """One running application."""

    def __init__(self, app: GealcApp, pilot: Pilot[None], told: list[str]) -> None:
        self.app = app
        self.pilot = pilot
        self.told = told
        """Every message that has come up, oldest first."""

    # --- the person's hands --------------------------------------------------------------------------------------

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*text)

    async def paste(self, text: str) -> None:
        """As a terminal pastes: at once, and as text."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def click(self, words: str) -> None:
        """Clicks on the first place where these words stand on the screen."""
        row, column = self.place_of(words)
        await self.pilot.click(offset=(column, row))
        await self.settle()

    async def click_key(self, label: str) -> None:
        """Clicks on a key of the bottom line."""
        line = self.app.screen.query_one(KeyLine).region
        column = self.lines[line.y].index(label, line.x)
        await self.pilot.click(offset=(column, line.y))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def settle(self) -> None:
        """Until threads are done and nothing moves any more."""
        # The tree of files has a worker that waits for ever; those with a thread of their own come to an end.
        if threads := [one for one in self.app.workers if one._thread_worker]:
            await self.app.workers.wait_for_complete(threads)
        await self.pilot.pause()
        await self.pilot.pause()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Until something holds; fails with the screen as it stands when it does not come to hold."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while not holds():
            assert asyncio.get_running_loop().time() < end, f"it did not come:\n{self.text}"
            await self.pilot.pause(0.02)

    async def go_to(self, id: str) -> None:
        """Puts the cursor on an activity, without keys."""
        assert self.tree.go_to(id)
        await self.until(lambda: self.cursor == id)
        await self.settle()

    # --- the person's eyes ---------------------------------------------------------------------------------------

    async def open_field(self, name: str) -> None:
        """Goes into the activity and down to a field, and opens it."""
        await self.press("e", "home")
        rows = [row.field if isinstance(row, FieldRow) else "" for row in self.detail._rows]
        await self.press(*["down"] * rows.index(name), "enter")
        assert self.focus == "field"

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """The screen as one text, without what is blank at the ends of lines."""
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def detail_text(self) -> str:
        """What stands in the right pane."""
        region = self.detail.content_region
        lines = self.lines[region.y : region.bottom]
        return "\n".join(line[region.x : region.right].rstrip() for line in lines)

    @property
    def words(self) -> str:
        """The screen with wrapped lines joined, and every blank as one space."""
        return " ".join(self.text.split())

    def place_of(self, words: str) -> tuple[int, int]:
        """Row and column of the first place where these words stand."""
        for row, line in enumerate(self.lines):
            if (column := line.find(words)) >= 0:
                return row, column
        raise AssertionError(f"«{words}» is not on the screen:\n{self.text}")

    def line_of(self, words: str) -> str:
        return self.lines[self.place_of(words)[0]]

    @property
    def top(self) -> str:
        return self.lines[0].strip()

    @property
    def bottom(self) -> str:
        return self.lines[-1].strip()

    @property
    def tree(self) -> PlanTree:
        return self.app.screen_stack[1].query_one(PlanTree)

    @property
    def detail(self) -> Detail:
        return self.app.screen_stack[1].query_one(Detail)

    @property
    def cursor(self) -> str | None:
        """The id that the tree's cursor is on."""
        row = self.tree.highlighted
        return row.id if row is not None else None

    @property
    def focus(self) -> str | None:
        """The id of the widget that has the focus."""
        return self.app.focused.id if self.app.focused is not None else None

    @property
    def screen(self) -> str:
        return type(self.app.screen).__name__

    def find(self, selector: str, kind: type[W]) -> W:
        return self.app.screen.query_one(selector, kind)

    @property
    def last(self) -> str:
        """The last message that came up."""
        assert self.told, "no message came up"
        return self.told[-1]


@asynccontextmanager
async def opened(replica: Replica, size: tuple[int, int], told: list[str]) -> AsyncIterator[Window]:
    app = GealcApp(replica, replica.path.parent / "enviados")
    async with app.run_test(size=size) as pilot:
        window = Window(app, pilot, told)
        await window.settle()
        yield window
