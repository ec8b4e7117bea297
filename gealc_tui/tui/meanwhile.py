"""What others write to the very thing that somebody is typing into: pointed out, before it can be written over.

Saving replaces every value that this copy holds, and is no difference then. So nobody may save over a value that was
not on their screen: whoever saves asks here first (`look`), and is shown what came instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from gealc_tui.domain.change import kind_of
from gealc_tui.domain.readings import Standing
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import country_name, value_label
from gealc_tui.i18n.naming import short_name
from gealc_tui.i18n.sentences import shorten
from gealc_tui.replica import Replica

_LONGEST = 160
"""Characters that are shown of what somebody wrote."""


class Meanwhile:
    """Looks at some fields of an entity from when it is made."""

    def __init__(self, replica: Replica, entity: str, fields: Sequence[str]) -> None:
        self._replica = replica
        self._entity = entity
        self._fields = fields
        self._known = {one.change for _, one in self._standing()}

    def _standing(self) -> list[tuple[str, Standing]]:
        return [(field, one) for field in self._fields for one in self._replica.read.standing(self._entity, field)]

    def look(self) -> str:
        """What came since it was last asked, in a sentence or two; empty if nothing did. Raises DatabaseError."""
        came = [(field, one) for field, one in self._standing() if one.change not in self._known]
        self._known |= {one.change for _, one in came}
        # A deletion says again what it deletes: that was written by nobody.
        return "\n".join(self._told(field, one) for field, one in came if not one.deletes or field == "deleted")

    def _told(self, field: str, one: Standing) -> str:
        if one.author.replica == self._replica.id:
            who = t("Otra ventana de usted")
        elif one.author.country:
            who = country_name(one.author.country)
        else:
            who = short_name(one.author.replica, one.author.name)
        who = shorten(who, 40)
        if field == "deleted":
            if one.value:
                return t("{who} borró esto mientras tanto. Si usted guarda, se vuelve a ver.", who=who)
            return t("{who} lo volvió a poner mientras tanto.", who=who)
        said = shorten(value_label(kind_of(self._entity), field, one.value), _LONGEST)
        return t("{who} escribió aquí mientras tanto: «{text}»", who=who, text=said)


def after_saving() -> str:
    """What becomes of it, said beside it."""
    return t("Si usted guarda, queda lo suyo; lo otro sigue en el historial.")
