"""Finding in the plan: what is open, searched, filtered and marked, and going to a place.

The half of the plan's screen that moves about and writes nothing.
"""

from __future__ import annotations

from textual import on
from textual.content import Content
from textual.widgets import Input

from gealc_tui.commands import finding
from gealc_tui.domain.filters import NOTHING_ASKED, Filter
from gealc_tui.domain.readings import ActivityReading
from gealc_tui.i18n import t, tn
from gealc_tui.tui import keys
from gealc_tui.tui.finding import OPENED_AT_ONCE, Sight
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import FilterLine, TellLine
from gealc_tui.tui.widgets.plan_tree import PlanTree

ALL_OPEN = 5_000
"""Activities up to which all areas may be opened at once."""


class FindingScreen(ReplicaScreen[None]):
    """A screen with a tree of the plan (`PlanTree`), a line to search in (`#search`) and a `FilterLine`."""

    def __init__(self) -> None:
        super().__init__()
        self._sight: Sight | None = None

    def reload(self, *, anew: bool = True) -> None:
        """Reads what is in sight again and draws it; without `anew` what a filter or search left stays in sight."""

    @property
    def sight(self) -> Sight:
        assert self._sight is not None, "the screen is mounted"
        return self._sight

    def _prepare(self, last: str | None) -> None:
        sight = self.sight
        sight.look()
        if last and sight.head is not None and sight.head.total > OPENED_AT_ONCE and not sight.filter:
            sight.show(last)

    def _go_to_first(self) -> None:
        view = self.query_one(PlanTree).view
        first = next(iter(view.found if view.found is not None else view.areas), None)
        if first is not None:
            self.query_one(PlanTree).go_to(first.id)

    def go_to(self, id: str) -> bool:
        """Puts the cursor on an activity or area, whatever is open, filtered or searched. False if it is not here.

        That it is in another plan is said.
        """
        ok, here = self.attempt(self.sight.show, id)
        if not (ok and here):
            if ok:
                self._tell_elsewhere(id)
            return False
        self._hide_search()
        self.reload()
        return self.query_one(PlanTree).go_to(id)

    def _tell_elsewhere(self, id: str) -> None:
        read = self.replica.read
        plan = read.plan_of(f"activity/{id}") or read.plan_of(f"area/{id}")
        if plan is not None and plan != self.replica.plan:
            self.tell(t("Está en otro plan, {plan}: {key} lo muestra.", plan=plan, key=keys.shown(keys.PLANS_KEY)))

    @on(PlanTree.Toggled)
    def _toggle(self, event: PlanTree.Toggled) -> None:
        self.sight.toggle(event.area, opens=event.opens)
        self.reload(anew=False)

    @on(PlanTree.Marked)
    def _mark(self, event: PlanTree.Marked) -> None:
        self.sight.mark(event.row)
        self._show_marks()

    def _show_marks(self) -> None:
        tree = self.query_one(PlanTree)
        tree.view = tree.view._replace(marked=frozenset(self.sight.marked))
        self.query_one(FilterLine).sieve = self.sight.sieve()

    # --- search ------------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        line = self.query_one("#search", Input)
        line.display = True
        line.focus()

    @on(Input.Changed, "#search")
    def _type_search(self, event: Input.Changed) -> None:
        self._find(event.value)

    def _find(self, text: str) -> None:
        """Leaves in sight what holds these words, the best first, with the cursor on it."""
        sight, tree = self.sight, self.query_one(PlanTree)
        ok, view = self.attempt(sight.search, text.strip())
        if not ok or view is None:
            return
        tree.view = view
        if sight.text or tree.highlighted is None:
            self._go_to_first()
        self._show_count()
        if tree.highlighted is None:
            self.query_one(TellLine).hint = t("No hay resultados. Esc quita la búsqueda.")

    def _show_count(self) -> None:
        sight, line = self.sight, self.query_one("#search", Input)
        shown = len(self.query_one(PlanTree).view.found or ())
        if not sight.text:
            line.border_subtitle = ""
        elif shown < sight.total_found:
            line.border_subtitle = Content(t("{n} de {total}", n=shown, total=sight.total_found))
        else:
            line.border_subtitle = Content(tn("{n} encontrada", "{n} encontradas", shown))

    @on(Input.Submitted, "#search")
    def _end_search(self) -> None:
        self.query_one(PlanTree).focus()

    def _end_finding(self) -> None:
        """Gives the whole plan back, with the cursor where it was among what was found."""
        here = self.query_one(PlanTree).highlighted
        if here is None or not self.go_to(here.id):
            self._hide_search()
            self.sight.text = ""
            self.reload()
            self._go_to_first()

    def _hide_search(self) -> None:
        line = self.query_one("#search", Input)
        with self.prevent(Input.Changed):
            line.value = ""
        line.border_subtitle = ""
        line.display = False
        self.query_one(TellLine).hint = ""

    def _show_match(self, reading: ActivityReading) -> None:
        """While somebody searches: what was found here, if it is not in the title."""
        match = None
        if self.sight.text:
            match = finding.matched(reading, finding.sought(self.replica, self.sight.text))
        hint = t("{code} · {label}: «{text}»", code=reading.row.code, **match._asdict()) if match else ""
        self.query_one(TellLine).hint = hint

    # --- filters, areas, codes ---------------------------------------------------------------------------------

    def action_open_all(self) -> None:
        """Closes all areas if all are open, else opens them."""
        head, view = self.sight.head, self.query_one(PlanTree).view
        if head is None or view.found is not None:
            return
        every = {area.id for area in view.areas}
        opens = every != set(view.rows)
        if opens and sum(area.total for area in view.areas) > ALL_OPEN:
            self.tell(t("Son {n} actividades: abra las áreas de a una.", n=head.total))
            return
        self.sight.open_only(every if opens else ())
        self.reload(anew=False)

    def action_filter(self) -> None:
        from gealc_tui.tui.screens.filter import FilterScreen

        self.app.push_screen(FilterScreen(self.sight.filter), self._filter_closed)

    def _filter_closed(self, wanted: Filter | None) -> None:
        if wanted is not None:
            self.show_filtered(wanted)

    def show_filtered(self, wanted: Filter) -> None:
        """Leaves in sight what a filter lets through; an empty one gives the whole plan back."""
        here = self.query_one(PlanTree).highlighted
        self._hide_search()
        self.sight.text = ""
        self.sight.ask(wanted)
        if not wanted and here is not None and self.go_to(here.id):
            return
        self.reload()
        tree = self.query_one(PlanTree)
        if tree.highlighted is None:
            self._go_to_first()
        if tree.highlighted is None:
            self.tell(t("El filtro no deja ninguna actividad. F lo quita."))

    def action_clear_filter(self) -> None:
        if self.sight.filter:
            self.show_filtered(NOTHING_ASKED)
        else:
            self.tell(t("No hay ningún filtro. Con f se elige uno."))

    def action_jump(self) -> None:
        from gealc_tui.tui.screens.jump import JumpScreen

        self.app.push_screen(JumpScreen(), self._jumped)

    def _jumped(self, activity: str | None) -> None:
        if activity is not None:
            self.go_to(activity)
            self.query_one(PlanTree).focus()
