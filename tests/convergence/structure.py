"""What people do to the structure of the plan: they add, move and withdraw, at the same time and in the same places.

At the end every copy shows one order. A key of order that differs is told to nobody as a difference.
"""

from __future__ import annotations

from hypothesis import strategies as st

from gealc_tui import errors
from gealc_tui.commands import next_plan, structure
from gealc_tui.commands.structure import Made
from gealc_tui.replica import Committed, Replica

from .copies import Copy
from .deleting import Deleting
from .world import SEEN, does, pick, who
from .writing import text


class Structure(Deleting):
    """The rules of structure."""

    @does(number=who, which=pick, text=text, at_end=st.booleans())
    def add_an_activity(self, number: int, which: int, text: str, at_end: bool) -> None:
        copy = self.copy(number)
        if (rows := _rows(copy)) and text.strip() and "\n" not in text:
            area, id = rows[which % len(rows)]
            after = None if at_end else f"activity/{id}"
            self._structured(copy, lambda one: structure.add_activity(one, f"area/{area}", text, after=after), "added")

    @does(number=who, which=pick, behind=pick)
    def move_an_activity(self, number: int, which: int, behind: int) -> None:
        copy = self.copy(number)
        if rows := _rows(copy):
            _, id = rows[which % len(rows)]
            _, other = rows[behind % len(rows)]
            self._structured(
                copy, lambda one: structure.move_activity(one, f"activity/{id}", after=f"activity/{other}"), "moved"
            )

    @does(number=who)
    def make_the_next_plan(self, number: int) -> None:
        copy = self.copy(number)
        if len(copy.replica.read.plans()) < 4:
            self.write(copy, lambda one: next_plan.make(one, "2020", origin="2019").committed, errors.PlanUnknown)

    def _structured(self, copy: Copy, act: object, done: str) -> None:
        def committed(replica: Replica) -> Committed | None:
            made: Made | None = act(replica)  # type: ignore[operator]
            return made.committed if made is not None else None

        if self.write(copy, committed, errors.CannotMove, errors.NotFound):
            SEEN[f"activities {done}"] += 1


def _rows(copy: Copy) -> list[tuple[str, str]]:
    """Area and id of the activities in sight that stand in an area."""
    outline = copy.replica.read.outline(copy.replica.today, "2019")
    return [(row.area, row.id) for row in outline.activities if row.area] if outline is not None else []
