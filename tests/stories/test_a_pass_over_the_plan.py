"""A meeting goes through the whole plan: how many keys that costs."""

from __future__ import annotations

from gealc_tui.domain.vocabulary import Status
from stories.conftest import Copies, Windows

NOTED = (3, 17, 29)
"""Which of the forty, in the order of the tree, get a note of one letter."""


async def test_forty_activities_and_three_notes_cost_less_than_a_hundred_keys(
    copy_of: Copies, window_on: Windows
) -> None:
    replica = copy_of()
    pressed = []
    async with window_on(replica) as window:

        async def press(*keys: str) -> None:
            pressed.extend(keys)
            for key in keys:
                await window.pilot.press(key)

        seen = 0
        while seen < 40:
            await press("down")
            row = window.tree.highlighted
            if row is None or row.id.count(".") == 1:
                continue
            seen += 1
            await press(str(2 + seen % 4))
            if seen in NOTED:
                await press("n", "x", "f2")
        await window.settle()
    outline = replica.read.outline(replica.today, replica.plan)
    assert outline is not None
    assert all(row.status is not Status.PENDING for row in outline.activities)
    assert sum(row.notes for row in outline.activities) == len(NOTED)
    assert len(pressed) <= 100, len(pressed)
