"""What the plan screen does to the structure of a plan: adds, moves, withdraws. Each asks what it needs, one line each.

Something is added behind what is highlighted, and moved among those beside which it is seen: the tree shows the
activities of an area by their periods.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from gealc_tui.commands import deletion, proposals, structure
from gealc_tui.commands.fields import parse
from gealc_tui.commands.reasons import Why
from gealc_tui.domain.readings import NOWHERE, ActivityRow, AreaHead
from gealc_tui.i18n import t
from gealc_tui.i18n.sentences import shorten
from gealc_tui.plain import drawable
from gealc_tui.replica import Committed
from gealc_tui.tui import reasons
from gealc_tui.tui.screens.asking import Choice, ChoiceScreen, LineScreen
from gealc_tui.tui.screens.base import ReplicaScreen

Row = ActivityRow | AreaHead
Written = Callable[[Committed | None, str | None], None]
"""Takes what was written, and the id of the activity or area that the cursor is to go to."""

_LONGEST = 40


class StructureEditing:
    """The structure of the plan that a screen shows."""

    def __init__(self, screen: ReplicaScreen[None], written: Written) -> None:
        self._screen = screen
        self._replica = screen.replica
        self._written = written

    # --- add ---------------------------------------------------------------------------------------------------

    def add(self, row: Row | None) -> None:
        """Asks what is to be added where the cursor stands, and what it is called."""
        choices = []
        if row is not None and row.id != NOWHERE:
            where = drawable(row.code)
            if isinstance(row, ActivityRow):
                choices.append(Choice("activity", t("Una actividad, detrás de {where}", where=where)))
                choices.append(Choice("product", t("Un producto de {where}", where=where)))
            else:
                choices.append(Choice("activity", t("Una actividad en {where}", where=where)))
        choices.append(Choice("area", t("Un área")))
        self._screen.app.push_screen(ChoiceScreen(t("¿Qué quiere agregar?"), choices), partial(self._add, row))

    def _add(self, row: Row | None, what: str | None) -> None:
        if what == "area":
            self._ask(t("Código y título del área, como «3.10 Nueva área»"), _code_and_title, partial(self._area, row))
        elif what == "product" and row is not None:
            title = t("El producto de {where}", where=drawable(row.code))
            self._ask(title, partial(parse, "product", "text"), partial(self._product, row))
        elif what == "activity" and row is not None:
            area = row.area if isinstance(row, ActivityRow) else row.id
            code = structure.next_code(self._replica, area)
            title = t("El título de la actividad {code}", code=drawable(code))
            self._ask(title, partial(parse, "activity", "title"), partial(self._activity, row))

    def _ask(self, title: str, check: Callable[[str], object], then: Callable[[str], None]) -> None:
        def given(text: str | None) -> None:
            if text is not None:
                then(text)

        self._screen.app.push_screen(LineScreen(title, check), given)

    def _area(self, row: Row | None, text: str) -> None:
        code, title = _code_and_title(text)
        beside = row.area if isinstance(row, ActivityRow) else row.id if row is not None else NOWHERE
        after = f"area/{beside}" if beside != NOWHERE else None
        self._do(lambda why: structure.add_area(self._replica, code, title, after=after, why=why))

    def _activity(self, row: Row, title: str) -> None:
        area, after = (row.area, f"activity/{row.id}") if isinstance(row, ActivityRow) else (row.id, None)
        period = row.period.value if isinstance(row, ActivityRow) else None
        into = f"area/{area}"
        self._do(lambda why: structure.add_activity(self._replica, into, title, period=period, after=after, why=why))

    def _product(self, row: Row, text: str) -> None:
        self._do(lambda why: structure.add_product(self._replica, f"activity/{row.id}", text, why=why), row.id)

    # --- move --------------------------------------------------------------------------------------------------

    def move(self, row: Row) -> None:
        """Asks to which area an activity goes, or behind which area another one."""
        outline = self._replica.read.head(self._replica.plan)
        areas = [one for one in (outline.areas if outline is not None else ()) if one.id not in (NOWHERE, row.id)]
        choices = [Choice(one.id, shorten(f"{one.code} {one.title}", _LONGEST)) for one in areas]
        if isinstance(row, ActivityRow):
            title = t("¿A qué área pasa {what}?", what=drawable(row.code))
            chosen = ChoiceScreen(title, choices, row.area)
        else:
            title = t("¿Detrás de qué área va {what}?", what=drawable(row.code))
            chosen = ChoiceScreen(title, [Choice("", t("en el primer lugar")), *choices])
        self._screen.app.push_screen(chosen, partial(self._move, row))

    def _move(self, row: Row, chosen: str | None) -> None:
        if chosen is None:
            return
        if isinstance(row, ActivityRow):
            into = f"area/{chosen}"
            self._do(lambda why: structure.move_activity(self._replica, f"activity/{row.id}", to=into, why=why), row.id)
        else:
            after = f"area/{chosen}" if chosen else None
            self._do(lambda why: structure.move_area(self._replica, f"area/{row.id}", after=after, why=why), row.id)

    def shift(self, row: Row, by: int) -> None:
        """One place up (-1) or down (1), among what stands beside it in the tree."""
        beside = self._beside(row)
        here = beside.index(row.id) if row.id in beside else -1
        if here < 0 or not 0 <= here + by < len(beside):
            self._screen.tell(t("Ya está en el extremo."))
            return
        # Up: behind the one before the one before; down: behind the next one.
        behind = here + 1 if by > 0 else here - 2
        after = beside[behind] if behind >= 0 else None
        if isinstance(row, ActivityRow):
            ref = f"activity/{after}" if after is not None else self._before(row, beside[0])
            self._do(
                lambda why: structure.move_activity(self._replica, f"activity/{row.id}", after=ref, why=why), row.id
            )
        else:
            ref = f"area/{after}" if after is not None else None
            self._do(lambda why: structure.move_area(self._replica, f"area/{row.id}", after=ref, why=why), row.id)

    def _beside(self, row: Row) -> list[str]:
        if isinstance(row, ActivityRow):
            rows = self._replica.read.rows_of_areas([row.area], self._replica.today)[row.area]
            return [one.id for one in rows if one.period is row.period]
        head = self._replica.read.head(self._replica.plan)
        return [one.id for one in (head.areas if head is not None else ()) if one.id != NOWHERE and one.mark is None]

    def _before(self, row: ActivityRow, first: str) -> str | None:
        """What stands before the first of its period in its area, whatever its own; None if nothing does."""
        before = self._replica.read.before("activity", row.area, first)
        return f"activity/{before}" if before is not None else None

    # --- withdraw ----------------------------------------------------------------------------------------------

    def withdraw(self, row: Row, product: str | None = None) -> None:
        """Asks why the activity or area is withdrawn, or a product of it (`product/…`), and withdraws it."""
        entity = product or f"{'activity' if isinstance(row, ActivityRow) else 'area'}/{row.id}"

        proposes = not proposals.may_decide(self._replica, self._replica.plan)

        def given(reason: str) -> None:
            ok, committed = self._screen.attempt(
                deletion.withdraw_here, self._replica, entity, reason, proposes=proposes
            )
            if ok:
                self._written(committed, None)

        what = t("un producto de {where}", where=drawable(row.code)) if product is not None else drawable(row.code)
        title = (
            t("Proponer que se retire {what}: por qué", what=what)
            if proposes
            else t("Retirar {what}: por qué", what=what)
        )
        self._ask(title, reasons.required, given)

    def _do(self, act: Callable[[Why], structure.Made | None], then: str | None = None) -> None:
        def done(why: Why) -> None:
            ok, made = self._screen.attempt(act, why)
            if ok:
                made_id = made.entity.partition("/")[2] if made is not None and not why.proposes else None
                self._written(made.committed if made is not None else None, then or made_id)

        reasons.with_reason(self._screen, self._replica.plan, done)


def _code_and_title(text: str) -> tuple[str, str]:
    """What a line says of a new area. Raises what `fields.parse` raises."""
    code, _, title = text.strip().partition(" ")
    return str(parse("area", "code", code)), str(parse("area", "title", title))
