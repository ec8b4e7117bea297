"""What of the plan is in sight: the areas that are open, what a filter lets through, what a search found, the marks.

Reads as little as that needs, so that a plan of any size opens at once. What it remembers from start to start are ids
and codes. Whatever raises DatabaseError here leaves what was in sight as it was.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from contextlib import suppress

from gealc_tui.commands import drafts, finding
from gealc_tui.domain.filters import NOTHING_ASKED, Filter, decoded, encoded
from gealc_tui.domain.readings import ActivityRow, AreaHead, Matching, PlanHead, Row
from gealc_tui.errors import DatabaseError
from gealc_tui.i18n.filters import filter_label
from gealc_tui.presentation.translating import titled
from gealc_tui.replica import Replica
from gealc_tui.tui.widgets.lines import Sieve
from gealc_tui.tui.widgets.plan_tree import TreeView

OPEN, FILTER = "open_areas", "filter"
"""Settings; which areas are open is one of each plan."""

OPENED_AT_ONCE = 200
"""So many activities come into sight by themselves: at the first start, or when a filter is set."""

HELD_OPEN = 3_000
"""So many are held in sight at most; areas beyond that are closed, the rest of the plan is a key away."""


class Sight:
    """What is in sight of the plan in view."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self.head: PlanHead | None = None
        self.filter = decoded(replica.setting(FILTER) or "")
        self.text = ""
        self.total_found = 0
        self.marked: dict[str, None] = {}
        """Ids of activities, in the order in which they were marked."""
        self._open: set[str] | None = None
        """None until it is known whether the plan is small enough to be opened whole."""
        self._open_filtered: set[str] = set()
        self._is_unkept = False
        self._matching: Matching | None = None
        self._found: tuple[Row, ...] | None = None

    # --- reading -----------------------------------------------------------------------------------------------

    def read(self, *, anew: bool = True) -> TreeView:
        """Reads what is in sight. Without `anew` what was found and filtered stays in sight, whatever it has become."""
        self.look()
        if self.head is None:
            return TreeView()
        if self.filter and (anew or self._matching is None):
            self._matching = finding.matching(self._replica, self.filter, self.head.id)
            if not self._open_filtered:
                self._open_filtered = self._first_open(self._matching)
        if self._open is None:
            self._open = {area.id for area in self.head.areas} if self.head.total <= OPENED_AT_ONCE else set()
        if self.text:
            return self._read_found(anew=anew)
        return self._read_areas(self.head)

    def look(self) -> None:
        """Reads the plan in view. Where it is another than before, nothing of the one before stays in sight."""
        before, self.head = self.head, self._replica.read.head(self._replica.plan)
        if self.head is None or (before is not None and before.id == self.head.id):
            return
        self._open = _remembered(self._replica.setting(f"{OPEN}:{self.head.id}"))
        here = {area.id for area in self.head.areas}
        kept = self.filter._replace(areas=tuple(area for area in self.filter.areas if area in here))
        if before is not None or kept != self.filter:
            self._filter_by(kept)
        self.text, self._found = "", None
        self.marked.clear()

    def _shown(self, view: TreeView) -> TreeView:
        """With the marks of the person's own, and titles in the language in force."""
        half_written = drafts.ids(drafts.half_written(self._replica))
        read = self._replica.read
        return view._replace(
            areas=titled(read, view.areas),
            rows={area: titled(read, rows) for area, rows in view.rows.items()},
            found=None if view.found is None else titled(read, view.found),
            marked=frozenset(self.marked),
            half_written=half_written,
        )

    def search(self, text: str) -> TreeView:
        """What holds the words of a text, or the areas again. Asked at each letter, so nothing else is read."""
        self.text = text
        return self._read_found(anew=True) if text and self.head is not None else self.read(anew=False)

    def _read_areas(self, head: PlanHead) -> TreeView:
        today, matching = self._replica.today, self._matching
        areas = tuple(area for area in head.areas if matching is None or area.id in matching.by_area)
        rows = self._replica.read.rows_of_areas(self._held_open(areas), today)
        if matching is None:
            return self._shown(TreeView(areas, rows))
        kept = {area: tuple(row for row in found if row.id in matching.by_area[area]) for area, found in rows.items()}
        counts = {area: len(ids) for area, ids in matching.by_area.items()}
        return self._shown(TreeView(areas, kept, counts))

    def _held_open(self, areas: Iterable[AreaHead]) -> list[str]:
        held: list[str] = []
        room = HELD_OPEN
        for area in areas:
            if area.id in self._opened and (room >= area.total or not held):
                held.append(area.id)
                room -= area.total
        return held

    def _read_found(self, *, anew: bool) -> TreeView:
        if anew or self._found is None:
            found = finding.search(self._replica, self.text, self._matching)
            self._found, self.total_found = found.rows, found.total
        else:
            rows = self._replica.read.rows((row.id for row in self._found), self._replica.today)
            self._found = tuple(rows.get(row.id, row) for row in self._found)
        return self._shown(TreeView(found=self._found))

    def sieve(self) -> Sieve:
        """What the line of filters tells."""
        n = self._matching.total if self._matching is not None else 0
        total = self.head.total if self.head is not None else 0
        return Sieve(filter_label(self.filter), n, total, len(self.marked))

    # --- what the person does ----------------------------------------------------------------------------------

    @property
    def _opened(self) -> set[str]:
        """The areas that are open: those of the filter are not those of the plan."""
        if self.filter:
            return self._open_filtered
        if self._open is None:
            self._open = set()
        return self._open

    def toggle(self, area: str, *, opens: bool) -> None:
        """Opens or closes an area."""
        (self._opened.add if opens else self._opened.discard)(area)
        self._remember()

    def open_only(self, areas: Collection[str]) -> None:
        """Opens these areas and closes the others."""
        self._opened.clear()
        self._opened.update(areas)
        self._remember()

    def show(self, id: str) -> bool:
        """Opens what an activity or area stands in. Takes away filter and search if they hide it. False: not here."""
        row = self._replica.read.rows([id], self._replica.today).get(id)
        area = row.area if row is not None else id
        if self.head is None or area not in {one.id for one in self.head.areas}:
            return False
        self.text = ""
        if row is not None and self._matching is not None and id not in self._matching.by_area.get(area, ()):
            self.ask(NOTHING_ASKED)
        if area not in self._opened:
            self.toggle(area, opens=True)
        return True

    def ask(self, wanted: Filter) -> None:
        """Sets the filter."""
        self._filter_by(wanted)
        self.keep()

    def _filter_by(self, wanted: Filter) -> None:
        self.filter, self._matching, self._open_filtered = wanted, None, set()
        self._is_unkept = True

    def keep(self) -> None:
        """Remembers the filter for the next start, if it is another; whoever reads in a snapshot does it afterwards."""
        if self._is_unkept:
            self._is_unkept = False
            with suppress(DatabaseError):
                self._replica.set_setting(FILTER, encoded(self.filter))

    def _first_open(self, matching: Matching) -> set[str]:
        room = OPENED_AT_ONCE
        found: set[str] = set()
        for area in self.head.areas if self.head is not None else ():
            room -= len(matching.by_area.get(area.id, ()))
            if room < 0 and found:
                break
            found.add(area.id)
        return found

    def mark(self, row: ActivityRow) -> None:
        """Marks an activity, or takes its mark away."""
        if row.id in self.marked:
            del self.marked[row.id]
        else:
            self.marked[row.id] = None

    def _remember(self) -> None:
        # What is open is not worth a message when the disk refuses it.
        if not self.filter and self.head is not None:
            with suppress(DatabaseError):
                self._replica.set_setting(f"{OPEN}:{self.head.id}", json.dumps(sorted(self._opened)))


def _remembered(setting: str | None) -> set[str] | None:
    """The areas that were open; None: it was never said."""
    try:
        said = json.loads(setting) if setting else None
    except (ValueError, RecursionError):
        return None
    return {id for id in said if isinstance(id, str)} if isinstance(said, list) else None
