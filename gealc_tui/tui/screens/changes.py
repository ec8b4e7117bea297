"""What a plan says otherwise than when it was approved, why, and what is proposed.

Proposals that wait stand first; Enter goes to the activity, and ends the screen with its id.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui import errors
from gealc_tui.commands import approval, comparing, deletion, periods, proposals, undo
from gealc_tui.commands.comparing import Compared
from gealc_tui.commands.looking_back import BASELINE
from gealc_tui.commands.naming import name_of
from gealc_tui.commands.periods import LateState
from gealc_tui.commands.reasons import Why
from gealc_tui.domain.change import kind_of
from gealc_tui.domain.fields import BOOKKEEPING
from gealc_tui.domain.plan_changes import Explained, PlanDifference
from gealc_tui.domain.proposals import ProposalReading
from gealc_tui.domain.readings import EditReading
from gealc_tui.domain.vocabulary import ProposalState
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.dates import moment_label
from gealc_tui.i18n.labels import day_label, field_label, period_label
from gealc_tui.i18n.life_labels import late_label
from gealc_tui.i18n.life_labels import moment_label as label_of_moment
from gealc_tui.i18n.life_words import difference_phrase, said, why_phrase
from gealc_tui.i18n.naming import author_label
from gealc_tui.i18n.sentences import sentence
from gealc_tui.plain import drawable
from gealc_tui.replica import Committed, Replica
from gealc_tui.tui import keys, reasons
from gealc_tui.tui.drawing import cut, edit_line
from gealc_tui.tui.screens.asking import Choice, ChoiceScreen, LineScreen
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine, TellLine


class _Line(NamedTuple):
    """What an option stands for."""

    entity: str | None = None
    proposal: str | None = None
    difference: PlanDifference | None = None
    late: str | None = None
    """The id of a change that came after a period was closed."""


class ChangesScreen(ReplicaScreen[str | None]):
    """Ends with the id of the activity or area that was chosen, or None."""

    ABOUT = N_(
        "Lo que el plan dice de otra manera que cuando se aprobó, quién lo cambió y por qué; y lo que se propone"
        " cambiar. Quien es de la Secretaría Técnica acepta o no las propuestas; lo decidido viaja con el próximo"
        " archivo."
    )
    BINDINGS = keys.bindings(keys.CHANGES)
    COMPONENT_CLASSES = {"changes--quiet", "changes--code", "changes--doubt"}  # noqa: RUF012 (Textual reads it)

    def __init__(self) -> None:
        super().__init__()
        self._with = BASELINE
        self._lines: list[_Line] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="compared")
            yield OptionList(id="changes")
        yield TellLine(id="tell")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.reload()
        self.query_one("#changes").focus()

    def respell(self) -> None:
        self.query_one("#heading", Static).update(Content(t("Cambios del plan")))
        self.query_one(KeyLine).show(keys.CHANGES)

    def on_resize(self) -> None:
        self.reload()

    # --- reading and drawing -----------------------------------------------------------------------------------

    def reload(self) -> None:
        plan = str(self.replica.plan)
        found: Compared | None
        try:
            found = comparing.compared(self.replica, plan, self._with)
        except errors.GealcError as error:
            found, told = None, sentence(error)
        else:
            told = comparing.told_with(self.replica, found)
        self.query_one("#compared", Static).update(Content(told))
        box = self.query_one("#changes", OptionList)
        here = box.highlighted
        box.clear_options()
        self._lines = []
        waiting = [one for one in self.replica.read.proposals(plan) if one.state is ProposalState.OPEN]
        if waiting:
            self._head(box, tn("{n} propuesta por decidir", "{n} propuestas por decidir", len(waiting)))
        for one in waiting:
            self._add(box, self._proposal_text(one), _Line(one.edits[0].entity if one.edits else None, one.id))
        for came in periods.late(self.replica, plan):
            if not any(line.late for line in self._lines):
                self._head(box, t("Después del cierre"))
            self._add(box, self._late_text(came), _Line(came.entity, late=came.change))
        area = None
        for difference in found.differences if found is not None else ():
            if difference.area != area:
                area = difference.area
                self._head(box, name_of(self.replica, f"area/{area}", titled=True))
            self._add(box, self._difference_text(difference), _Line(difference.entity, difference=difference))
        if not self._lines:
            self._head(box, t("No hay cambios, y nada espera decisión."))
        first = next((n for n, one in enumerate(self._lines) if one.entity or one.proposal), None)
        box.highlighted = first if here is None or here >= len(self._lines) else here

    def _head(self, box: OptionList, text: str) -> None:
        box.add_option(Option(Text(cut(text, self._width), style="bold"), disabled=True))
        self._lines.append(_Line())

    def _add(self, box: OptionList, text: Text, line: _Line) -> None:
        box.add_option(Option(text))
        self._lines.append(line)

    @property
    def _width(self) -> int:
        return max(self.size.width - 2 * 3 - 3, 20)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"changes--{name}", partial=True)

    def _difference_text(self, one: PlanDifference) -> Text:
        moved = name_of(self.replica, f"area/{one.after}", titled=True) if one.field == "area" else None
        code = f"  {drawable(one.code)}  "
        text = Text.assemble((code, self._style("code")), cut(difference_phrase(one, moved), self._width - len(code)))
        if why := why_phrase(one):
            doubt = one.explained in (Explained.UNEXPLAINED, Explained.LATE)
            text.append("\n")
            text.append(cut(f"      {why}", self._width), self._style("doubt" if doubt else "quiet"))
        return text

    def _late_text(self, one: periods.Late) -> Text:
        code = f"  {drawable(one.code)}  "
        edit = edit_line(EditReading(one.entity, one.field, one.before, one.value))
        text = Text.assemble((code, self._style("code")), cut(edit, self._width - len(code)), "\n")
        who = f"{author_label(one.author)} · {moment_label(one.at, self.replica.today, False)}"
        told = f"      {who} · {period_label(one.period)} · {late_label(one.state)}"
        text.append(cut(told, self._width), self._style("doubt" if one.state is LateState.OPEN else "quiet"))
        return text

    def _proposal_text(self, one: ProposalReading) -> Text:
        who = f"{author_label(one.author)} · {moment_label(one.at, self.replica.today, False)}"
        text = Text.assemble(cut(f"  «{drawable(one.reason)}»", self._width), "\n")
        text.append(cut(f"      {who}", self._width), self._style("quiet"))
        for it in proposals.stands(self.replica, one):
            if it.edit.field in BOOKKEEPING or it.edit.field in ("code", "withdrawn"):
                continue  # it only holds things together, or is what the line begins with
            text.append("\n")
            text.append(cut(f"      {self._asked(one, it)}", self._width))
            if it.has_changed:
                value = said(it.edit.entity, it.edit.field, it.value)
                now = t("Cambió desde que se propuso; ahora dice: {value}", value=value)
                text.append("\n")
                text.append(cut(f"        {now}", self._width), self._style("doubt"))
        return text

    def _asked(self, one: ProposalReading, it: proposals.Stands) -> str:
        name = proposals.name_in(self.replica, one, it.edit.entity)
        label = field_label(kind_of(it.edit.entity), it.edit.field)
        if it.edit.field == "deleted":
            return t("{name}: retirar", name=name) if it.edit.value else t("{name}: traer de vuelta", name=name)
        after = said(it.edit.entity, it.edit.field, it.edit.value)
        if it.value is None:
            return f"{name} · {label}: {after}"
        return f"{name} · {label}: {said(it.edit.entity, it.edit.field, it.value)} → {after}"

    # --- deciding ----------------------------------------------------------------------------------------------

    @property
    def _pointed_out(self) -> _Line:
        place = self.query_one("#changes", OptionList).highlighted
        return self._lines[place] if place is not None and place < len(self._lines) else _Line()

    def action_accept(self) -> None:
        if (late := self._pointed_out.late) is not None:
            self._count(periods.count, late)
            return
        self._decide(t("Aceptar: lo que se responde (se puede dejar vacío)"), proposals.accept)

    def action_decline(self) -> None:
        if (late := self._pointed_out.late) is not None:
            self._count(periods.leave, late)
            return
        self._decide(t("No aceptar: lo que se responde (se puede dejar vacío)"), proposals.decline)

    def _count(self, act: Callable[[Replica, str], Committed], change: str) -> None:
        if self.attempt(act, self.replica, change)[0]:
            self.reload()
            self.tell(t("Decidido: viaja con el próximo archivo. u lo deshace."))

    def _decide(self, title: str, act: Callable[..., Committed]) -> None:
        if (id := self._pointed_out.proposal) is None:
            self.tell(t("Primero señale una propuesta."))
            return

        def given(word: str | None) -> None:
            if word is not None and self.attempt(act, self.replica, id, word)[0]:
                self.reload()
                self.tell(t("Decidido: viaja con el próximo archivo. u lo deshace."))

        self.app.push_screen(LineScreen(title, deletion.read_reason), given)

    def action_take_back(self) -> None:
        """Sets what is pointed out back to what it was: by a new change, with its reason, or as a proposal."""
        one = self._pointed_out.difference
        if one is None or self._with != BASELINE:
            self.tell(t("Primero señale un cambio desde la aprobación."))
            return

        def done(why: Why) -> None:
            ok, committed = self.attempt(comparing.take_back, self.replica, one, why)
            if ok:
                self.reload()
                self.tell(reasons.proposed_line(committed) or t("Hecho. Con u se deshace."))

        reasons.with_reason(self, self.replica.plan, done)

    def action_undo(self) -> None:
        if self.attempt(undo.undo, self.replica)[0]:
            self.reload()
            self.tell(t("Deshecho."))

    # --- another comparison ------------------------------------------------------------------------------------

    def action_compare_with(self) -> None:
        """Asks with which moment, or with the plan of which year."""
        read, plan = self.replica.read, str(self.replica.plan)
        choices = [Choice(BASELINE, t("la línea de base: como se aprobó"))]
        choices += [
            Choice(one.change, f"{label_of_moment(one.kind)} · {day_label(one.day) if one.day else '—'}")
            for one in approval.moments(self.replica, plan)
            if not one.is_withdrawn
        ]
        choices += [Choice(one.id, f"{one.year} · {one.title}") for one in read.plans() if one.id != plan]

        def chosen(what: str | None) -> None:
            if what is not None:
                moment = next((one.id for one in approval.moments(self.replica, plan) if one.change == what), None)
                self._with = moment or what
                self.reload()

        self.app.push_screen(ChoiceScreen(t("¿Con qué se compara?"), choices, self._with), chosen)

    @on(OptionList.OptionSelected, "#changes")
    def _go(self, event: OptionList.OptionSelected) -> None:
        entity = self._lines[event.option_index].entity
        if entity is None:
            return
        activity = self.replica.read.activity_of(entity)
        self.dismiss(activity or entity.partition("/")[2])

    def action_leave(self) -> None:
        self.dismiss(None)
