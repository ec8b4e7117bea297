"""Which plan is in view: those that are here, and Enter to see another one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.commands import activities, approval, periods, plan_choice, structure, undo
from gealc_tui.commands.fields import parse, read_day
from gealc_tui.commands.plan_choice import Listed
from gealc_tui.commands.reasons import Why
from gealc_tui.domain.days import Toward
from gealc_tui.domain.fields import FIELDS
from gealc_tui.domain.translations import OFFICIAL, translation_of
from gealc_tui.domain.vocabulary import Period, PlanState
from gealc_tui.i18n import N_, language, t, tn
from gealc_tui.i18n.labels import day_label, field_label, period_label, plan_state_label
from gealc_tui.i18n.naming import author_label
from gealc_tui.plain import drawable
from gealc_tui.replica import Committed
from gealc_tui.tui import keys, reasons
from gealc_tui.tui.drawing import cut
from gealc_tui.tui.open_meeting import open_meeting
from gealc_tui.tui.screens.asking import Choice, ChoiceScreen, LineScreen
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine

WIDTH = 70

_WAYS = {
    "propose": N_("ofrecerlo para aprobación"),
    "approve": N_("aprobarlo: queda como está ahora, y se puede ver así de nuevo"),
    "close": N_("cerrarlo: ya no admite cambios"),
    "reopen": N_("abrirlo de nuevo, con el motivo"),
}


class PlansScreen(ReplicaScreen[str | None]):
    """Ends with the id of the plan that was chosen; None: none."""

    ABOUT = N_(
        "Se ve un plan por vez, y queda el mismo hasta que usted elija otro: ni un archivo recibido ni un año nuevo lo"
        " cambian. Los códigos, las búsquedas, los filtros y el avance son los de ese plan."
    )
    BINDINGS = keys.bindings(keys.PLANS)

    def __init__(self) -> None:
        super().__init__()
        self._listed: tuple[Listed, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield OptionList(id="plans")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.reload()
        self.query_one("#plans").focus()

    def respell(self) -> None:
        self.query_one("#heading", Static).update(Content(t("¿Qué plan quiere ver?")))
        self.query_one(KeyLine).show(keys.PLANS)

    def reload(self) -> None:
        ok, found = self.attempt(plan_choice.listed, self.replica)
        if not ok or found is None:
            return
        box = self.query_one("#plans", OptionList)
        where = box.highlighted
        self._listed = found
        box.clear_options()
        box.add_options([_option(one) for one in found])
        in_view = next((place for place, one in enumerate(found) if one.in_view), 0)
        box.highlighted = (in_view if where is None else min(where, len(found) - 1)) if found else None

    @on(OptionList.OptionSelected, "#plans")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._listed[event.option_index].plan.id)

    @property
    def _pointed_out(self) -> Listed | None:
        place = self.query_one("#plans", OptionList).highlighted
        return self._listed[place] if place is not None else None

    def action_next_plan(self) -> None:
        """Shows what a new plan would take from the one under the cursor."""
        from gealc_tui.tui.screens.next_plan import NextPlanScreen

        if (one := self._pointed_out) is not None and self.attempt(self.replica.require_identity)[0]:
            self.app.push_screen(NextPlanScreen(one.plan), self._made)

    def _made(self, plan: str | None) -> None:
        self.reload()
        if plan is not None:
            self.tell(t("El plan está hecho: Enter lo muestra, u lo deshace."))
            ids = [one.plan.id for one in self._listed]
            self.query_one("#plans", OptionList).highlighted = ids.index(plan) if plan in ids else 0

    def action_withdraw_plan(self) -> None:
        if (one := self._pointed_out) is None or not self.attempt(self.replica.require_identity)[0]:
            return

        def given(reason: str | None) -> None:
            if reason is not None:
                why = Why(reason)
                ok, _ = self.attempt(structure.withdraw, self.replica, "plan", f"plan/{one.plan.id}", why)
                if ok:
                    self.tell(t("Retirado. Con u se deshace."))
                    self.reload()

        self.app.push_screen(
            LineScreen(t("Por qué se retira {plan}", plan=drawable(one.plan.title)), reasons.required), given
        )

    def action_edit_plan(self) -> None:
        """Asks which field of the plan under the cursor, then for its text."""
        one = self._pointed_out
        if one is None or one.plan.is_withdrawn or not self.attempt(self.replica.require_identity)[0]:
            return
        fields = [field.name for field in FIELDS["plan"]]
        if language() != OFFICIAL:
            fields.append(translation_of("title", language()))
        choices = [Choice(name, field_label("plan", name)) for name in fields]
        self.app.push_screen(ChoiceScreen(drawable(one.plan.title), choices), partial(self._edit, one.plan.id))

    def _edit(self, plan: str, field: str | None) -> None:
        if field is None:
            return

        def given(text: str | None) -> None:
            if text is not None:
                reasons.with_reason(
                    self,
                    plan,
                    lambda why: self._changed(
                        partial(activities.set_field, self.replica, f"plan/{plan}", field, text, why)
                    ),
                )

        shown = self.replica.read.text_of(f"plan/{plan}", field)
        check = partial(parse, "plan", field)
        self.app.push_screen(LineScreen(field_label("plan", field), check, str(shown or "")), given)

    def action_state(self) -> None:
        """Asks what becomes of the plan under the cursor: proposed, approved, closed, reopened."""
        one = self._pointed_out
        if one is None or one.plan.is_withdrawn or not self.attempt(self.replica.require_identity)[0]:
            return
        ways = [Choice(way, t(_WAYS[way])) for way in approval.possible(PlanState(one.plan.state))]
        if one.plan.state == PlanState.APPROVED:
            for period in (Period.S1, Period.S2):
                is_closed = bool(periods.closings(self.replica, one.plan.id, period))
                name = period_label(period)
                label = t("abrir de nuevo: {period}", period=name) if is_closed else t("cerrar: {period}", period=name)
                ways.append(Choice(period.value, label))
        title = f"{plan_state_label(one.plan.state)} · {drawable(one.plan.title)}"
        self.app.push_screen(ChoiceScreen(title, ways), partial(self._state, one.plan.id))

    def _state(self, plan: str, way: str | None) -> None:
        meeting = open_meeting(self.replica)
        held = meeting.id if meeting is not None else None

        def approve(day: str | None) -> None:
            if day is not None:
                self._changed(partial(approval.approve, self.replica, plan, meeting=held, day=day))

        def reopen(reason: str | None) -> None:
            if reason is not None:
                self._changed(partial(approval.reopen, self.replica, plan, reason, meeting=held))

        if way == "approve":
            title, today = t("¿Qué día se aprobó?"), day_label(self.replica.today.isoformat())
            self.app.push_screen(LineScreen(title, self._read_day, today), approve)
        elif way == "reopen":
            self.app.push_screen(LineScreen(t("Por qué se abre de nuevo"), reasons.required), reopen)
        elif way in ("S1", "S2"):
            period = Period(way)
            is_closed = bool(periods.closings(self.replica, plan, period))
            act = partial(periods.reopen, self.replica, period, plan)
            self._changed(act if is_closed else partial(periods.close, self.replica, period, plan, meeting=held))
        elif way is not None:
            self._changed(partial(approval.propose if way == "propose" else approval.close, self.replica, plan))

    def _read_day(self, text: str) -> date:
        return read_day(text, "day", self.replica.today, Toward.BEHIND)

    def _changed(self, act: Callable[[], Committed | None]) -> None:
        if self.attempt(act)[0]:
            self.reload()
            self.tell(t("Hecho. Con u se deshace."))

    def action_undo(self) -> None:
        ok, _ = self.attempt(undo.undo, self.replica)
        if ok:
            self.reload()

    def action_leave(self) -> None:
        self.dismiss(None)


def _option(one: Listed) -> Option:
    """Year and title; below, how far it is, whose it is, and whether it is the one in view."""
    plan = one.plan
    who = author_label(one.withdrawn_by) if one.withdrawn_by is not None else "—"
    told = [
        t("en vista") if one.in_view else "",
        t("Retirado por {who}", who=who) if plan.is_withdrawn else plan_state_label(plan.state),
        tn("{n} actividad", "{n} actividades", one.activities),
        drawable(plan.body) if plan.body else "",
    ]
    mark = "●" if one.in_view else " "
    head = cut(f"{mark} {plan.year}  {drawable(plan.title).capitalize()}", WIDTH)
    below = cut(f"        {' · '.join(part for part in told if part)}", WIDTH)
    return Option(Text.assemble((head, "bold"), "\n", below))
