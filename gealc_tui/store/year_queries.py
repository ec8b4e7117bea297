"""Plans over the years: how much each holds, who withdrew it, and which area goes on with which of an earlier plan."""

from __future__ import annotations

from gealc_tui.domain import plans
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.readings import Author
from gealc_tui.plain import folded
from gealc_tui.store import order
from gealc_tui.store.asking import Asking
from gealc_tui.store.database import stored
from gealc_tui.store.registers import SEQ_BITS

_MOST_YEARS = 50
"""So far back areas are followed: further than any of them goes, and a chain that somebody made up ends."""


class YearQueries(Asking):
    """Reads several plans."""

    def activities_of_each(self) -> dict[str, int]:
        """How many activities each plan has, by its id; a plan that has none is left out."""
        return dict(
            self._db.rows(
                "SELECT plan, sum(total) FROM areas JOIN (SELECT area, count(*) AS total FROM activities"
                " WHERE deleted = 0 GROUP BY area) ON area = id WHERE NOT deleted GROUP BY plan"
            )
        )

    def statuses_said(self) -> list[tuple[str, int, str | None]]:
        """Each time that somebody said how an activity stands, in the order in which it took effect.

        The activity's id, the credible instant in milliseconds since 1970, and the status.
        """
        return [
            (local_id(entity), at, value if isinstance(value := stored(said), str) else None)
            for entity, at, said in self._db.rows(
                f"SELECT r.entity, {order.CREDIBLE}, e.value FROM registers r JOIN edits e ON e.register = r.n"
                f" JOIN changes c ON c.n = e.change {order.JOINED}"
                f" WHERE r.field = 'status' AND r.entity GLOB 'activity/*' ORDER BY {order.OLDEST_FIRST}"
            )
        ]

    def withdrawn_by(self, plan: str) -> Author | None:
        """Who withdrew a plan; None if nobody has."""
        replica = self._db.value(
            "SELECT l.replica FROM registers r JOIN heads h ON h.register = r.n AND h.shown AND h.value = 'true'"
            " JOIN logs l ON l.n = h.change >> ? WHERE r.entity = ? AND r.field = 'deleted'",
            [SEQ_BITS, f"plan/{plan}"],
        )
        return None if replica is None else self.author(replica)

    # --- areas that go on --------------------------------------------------------------------------------------

    def continued(self, area: str) -> dict[str, bool]:
        """The areas whose work an area goes on with, itself first, by id; whether that is only a guess.

        An area goes on with the one that it names as its origin; else, as a guess, with the one of the same code and
        title in the previous plan of the same body; and so with what that one goes on with.
        """
        found = {area: False}
        is_guess = False
        for _ in range(_MOST_YEARS):
            before = self._area_before(area)
            if before is None or before[0] in found:
                break
            area, guessed = before
            is_guess = is_guess or guessed
            found[area] = is_guess
        return found

    def continuing(self, area: str, plan: str) -> str | None:
        """The area of a plan that goes on with another plan's, or is that very area; None if none does."""
        of_plan = self._db.rows("SELECT id FROM areas WHERE plan = ? AND NOT deleted ORDER BY rank, id", [plan])
        return next((id for (id,) in of_plan if area in self.continued(id)), None)

    def _area_before(self, area: str) -> tuple[str, bool] | None:
        row = self._db.row("SELECT plan, code, title, origin FROM areas WHERE id = ?", [area])
        if row is None:
            return None
        plan, code, title, origin = row
        if origin:
            id = local_id(origin) if kind_of(origin) == "area" else origin
            return (id, False) if self._db.value("SELECT 1 FROM areas WHERE id = ?", [id]) else None
        known = self.plans()
        now = next((one for one in known if one.id == plan), None)
        last = plans.before(known, now) if now is not None else None
        if last is None:
            return None
        alike = [
            id
            for id, other in self._db.rows(
                "SELECT id, title FROM areas WHERE plan = ? AND code = ? AND NOT deleted", [last.id, code]
            )
            if folded(other) == folded(title)
        ]
        return (alike[0], True) if len(alike) == 1 else None
