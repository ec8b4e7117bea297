"""Where things stand among others: ranks (`domain.ranking`), and who is whose neighbour.

Each question reads only what it needs, so that ten thousand activities that a script adds do not cost their square.
What is out of sight has no place.
"""

from __future__ import annotations

from gealc_tui.store.deletion_queries import DeletionQueries

_TABLES = {"area": ("areas", "plan"), "activity": ("activities", "area"), "product": ("products", "activity")}
"""For each kind its table, and the column that names the place in which things are sorted."""


class RankQueries(DeletionQueries):
    """Ranks of areas in a plan, activities in an area, products of an activity. `place` is the id of these."""

    def rank_of(self, kind: str, place: str, id: str) -> str | None:
        """The rank of something; None if it does not stand in that place."""
        return self._ranked(kind, "SELECT rank", place, " AND id = ?", id)

    def last_rank(self, kind: str, place: str, *, without: str = "") -> str | None:
        """The highest rank in a place; None if nothing stands there."""
        return self._ranked(kind, "SELECT rank", place, " AND id <> ? ORDER BY rank DESC LIMIT 1", without)

    def rank_behind(self, kind: str, place: str, rank: str | None, *, without: str = "") -> str | None:
        """The lowest rank that is higher than one (None: of all); None if there is none."""
        higher = " AND rank > ? AND id <> ? ORDER BY rank LIMIT 1"
        return self._ranked(kind, "SELECT rank", place, higher, rank or "", without)

    def before(self, kind: str, place: str, id: str) -> str | None:
        """What stands just before something, as an id; None if it is the first."""
        rank = self.rank_of(kind, place, id)
        order = " AND (rank, id) < (?, ?) ORDER BY rank DESC, id DESC LIMIT 1"
        return self._ranked(kind, "SELECT id", place, order, rank or "", id)

    def _ranked(self, kind: str, what: str, place: str, condition: str, *values: str) -> str | None:
        table, column = _TABLES[kind]
        found = self._db.value(f"{what} FROM {table} WHERE {column} = ? AND deleted = 0{condition}", [place, *values])
        return None if found is None else str(found)

    def last_code(self, area: str) -> str:
        """The printed code of what stands last in an area; empty if nothing does."""
        return self._ranked("activity", "SELECT code", area, " ORDER BY rank DESC, id DESC LIMIT 1") or ""
