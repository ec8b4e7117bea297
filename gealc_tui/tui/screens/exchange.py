"""Exchange: what leaves, what waits, who has what; from here change files go out and come in.

What a key does here about somebody is asked first, with whom it concerns and what follows; what can be taken back, u
takes back on this screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import DataTable, Static

from gealc_tui.commands import people
from gealc_tui.commands.naming import name_of
from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.verification import verification_digits
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.naming import short_name
from gealc_tui.sync.outcomes import MergeReport
from gealc_tui.tui import keys
from gealc_tui.tui.confirming import confirming_text, vouching_text
from gealc_tui.tui.drawing import Turn, cut, turned_line
from gealc_tui.tui.people import fill_people, person_lines, waiting_line
from gealc_tui.tui.screens.asking import Choice, ChoiceScreen
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.screens.receive import ReceiveScreen
from gealc_tui.tui.screens.send import SendScreen
from gealc_tui.tui.unsent import unsent_lines
from gealc_tui.tui.widgets.lines import KeyLine, TellLine
from gealc_tui.tui.widgets.shared_folder import SharedFolder

_YES, _NO, _BLOCK = "yes", "no", "block"

MOST_UNSENT = 4
"""Lines of what leaves: its beginning says what it is about, the file says all."""


ROOMY_ROWS = 30
"""Rows of a window from which on there is room for more than one line of what leaves."""


class _Done(NamedTuple):
    """Something that was done here and can be taken back, and how it is called."""

    what: str
    back: Callable[[], object]


class ExchangeScreen(ReplicaScreen[None]):
    """Send, receive, people."""

    ABOUT = N_(
        "Lo que falta enviar, lo que llegó y qué se tiene de cada persona. Se intercambia por correo, con un archivo"
        " en un pendrive, o con una carpeta compartida."
    )
    BINDINGS = keys.bindings(keys.EXCHANGE)

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[PersonReading, ...] = ()
        self._done: list[_Done] = []
        self._is_comparing = False

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            with Horizontal(id="ways"):
                yield Static(id="unsent")
                yield Static(id="waiting")
            yield DataTable(id="people", cursor_type="row", zebra_stripes=False)
            yield Static(id="person")
            yield Static(id="plan")
            yield SharedFolder(id="shared")
        yield TellLine(id="tell")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.reload()
        self.query_one(DataTable).focus()

    def respell(self) -> None:
        self.query_one("#heading", Static).update(Content(t("Intercambio")))
        self.query_one("#unsent").border_title = Content(t("Por enviar"))
        self.query_one("#waiting").border_title = Content(t("Recibido"))
        self._fill(self._person)

    def reload(self) -> None:
        """Reads everything again."""
        here = self._person
        self._people = self.replica.people()
        self._say_unsent()
        self.query_one("#waiting", Static).update(Content(waiting_line(self._people)))
        self._say_plan()
        self._fill(here)

    def on_resize(self) -> None:
        self._say_unsent()
        self._fill(self._person)

    def _say_unsent(self) -> None:
        """What a file would tell the others, in as many lines as stay short."""
        box = self.query_one("#unsent", Static)
        n, width = self.replica.unsent(), max(box.size.width - 2, 30)
        lines = unsent_lines(self.replica.unsent_things(), lambda one: name_of(self.replica, one)) if n else []
        said = [tn("{n} cambio sin enviar", "{n} cambios sin enviar", n) if n else t("No hay cambios sin enviar.")]
        roomy = self.size.height > ROOMY_ROWS
        shown = lines[: MOST_UNSENT if roomy else 1]
        said += [f"  {cut(line, width - 2)}" for line in shown]
        if more := len(lines) - len(shown):
            said.append("  " + t("… y {n} más", n=more))
        box.update(Content("\n".join(said)))

    def _say_plan(self) -> None:
        """The numbers of the whole plan, for whoever compares two copies."""
        digits = verification_digits(self.replica.fingerprint()) if self._is_comparing else ""
        said = t("Números de su plan: {digits}", digits=digits)
        why = t("Si dos personas ven los mismos números, tienen el mismo plan: compárelos por teléfono.")
        self._say("#plan", f"{said}\n{why}" if digits else "")

    def _fill(self, here: PersonReading | None) -> None:
        """The rows of the table, with the cursor on the same person as before."""
        table = self.query_one(DataTable)
        fill_people(table, self._people, self.size.width)
        places = {person.replica: row for row, person in enumerate(self._people)}
        if here is not None and here.replica in places:
            table.move_cursor(row=places[here.replica])
        self._point_out()

    def _say(self, where: str, text: str) -> None:
        line = self.query_one(where, Static)
        line.update(Content(text))
        line.display = bool(text)

    # --- sending -----------------------------------------------------------------------------------------------

    def _send(self, screen: SendScreen) -> None:
        ok, _ = self.attempt(self.replica.require_identity)
        if ok:
            self.app.push_screen(screen, lambda _: self.reload())

    def action_send(self) -> None:
        self._send(SendScreen())

    def action_send_to_person(self) -> None:
        if (person := self._person) is not None and person.trust is Trust.ACCEPTED and person.scribe_of is None:
            self._send(SendScreen((person.replica,)))

    def action_request(self) -> None:
        self._send(SendScreen(request=True))

    # --- receiving ---------------------------------------------------------------------------------------------

    def action_receive(self) -> None:
        self.app.push_screen(ReceiveScreen(), lambda _: self.reload())

    # --- shared folder -----------------------------------------------------------------------------------------

    def action_share(self) -> None:
        self.query_one(SharedFolder).look()

    def action_share_elsewhere(self) -> None:
        self.query_one(SharedFolder).ask()

    @on(SharedFolder.Looked)
    def _reload_after_look(self) -> None:
        self.reload()

    @on(SharedFolder.Closed)
    def _back_to_people(self) -> None:
        self.query_one(DataTable).focus()

    # --- people ------------------------------------------------------------------------------------------------

    @on(DataTable.RowHighlighted)
    def _point_out(self) -> None:
        """What there is to say of the person under the cursor, and what Enter does with them."""
        person = self._person
        relied = self.replica.relied_on()
        lines = person_lines(person, {one.replica: one for one in self._people}, relied) if person is not None else []
        self._say("#person", "\n".join(lines))
        self.query_one(KeyLine).show(*([keys.EXCHANGE_PERSON] if self._is_stranger else []), keys.EXCHANGE)

    @property
    def _is_stranger(self) -> bool:
        return self._person is not None and self._person.trust is Trust.STRANGER

    @on(DataTable.RowSelected)
    async def _enter(self) -> None:
        if self._is_stranger:
            await self.run_action("accept")

    @property
    def _person(self) -> PersonReading | None:
        row = self.query_one(DataTable).cursor_row
        return self._people[row] if 0 <= row < len(self._people) else None

    def why_off(self, action: str) -> str | None:
        person = self._person
        if action == "undo":
            return None if self._done else t("Aquí no hay nada que deshacer.")
        if action not in ("accept", "send_to_person", "rely", "block"):
            return None
        if person is None:
            return t("Primero señale a una persona.")
        if person.trust is Trust.SELF:
            return (
                t("Es usted: señale a otra persona.") if action != "block" else t("Nadie puede bloquearse a sí mismo.")
            )
        if action == "accept" and person.trust is Trust.ACCEPTED:
            return t("Esa persona ya está confirmada.")
        if action in ("send_to_person", "rely") and person.trust is not Trust.ACCEPTED:
            return t("Primero confirme a esa persona.")
        return None

    def _ask(self, screen: ChoiceScreen, answered: Callable[[str], None]) -> None:
        self.app.push_screen(screen, lambda choice: answered(choice) if choice not in (None, _NO) else None)

    def _did(self, what: str, back: Callable[[], object] | None = None) -> None:
        """Says what was done; with `back`, u takes it back."""
        if back is not None:
            self._done.append(_Done(what, back))
        self.tell(what if back is None else turned_line(what, Turn.DONE))
        self.reload()

    def action_undo(self) -> None:
        """Takes back the last thing that was done here about somebody."""
        if not self._done:
            return
        last = self._done.pop()
        ok, _ = self.attempt(last.back)
        if ok:
            self.tell(t("Deshecho: {what}", what=last.what))
        self.reload()

    def action_compare(self) -> None:
        """Shows or hides the numbers of the whole plan."""
        self._is_comparing = not self._is_comparing
        self._say_plan()

    def action_accept(self) -> None:
        if (person := self._person) is None:
            return
        ok, would = self.attempt(people.would_accept, self.replica, person.replica)
        if not ok or would is None:
            return
        text = confirming_text(person, self._people, self.replica.senders_of(person.replica), would)
        choices = [
            Choice(_NO, t("Todavía no: que espere")),
            Choice(_YES, t("Son los mismos números: confirmar y aplicar")),
        ]
        if person.trust is not Trust.BLOCKED:
            choices.append(Choice(_BLOCK, t("Bloquear: nada se borra, y se puede deshacer")))
        title = t("¿Confirmar a {who}?", who=short_name(person.replica, person.name, 40))
        self._ask(ChoiceScreen(title, choices, text=text), lambda choice: self._confirmed(person, choice))

    def _confirmed(self, person: PersonReading, choice: str) -> None:
        if choice == _BLOCK:
            self._block(person)
            return
        ok, report = self.attempt(people.accept, self.replica, person.replica)
        if ok and report is not None:
            # What entered the plan stays there, and so nothing done before is taken back over it.
            self._done.clear()
            self._did(t("{who}: persona confirmada; {applied}", who=_name(person), applied=_applied(report)))

    def action_rely(self) -> None:
        """Asks whether to rely on the list of the person; ceases to without asking, for nobody is lost by that."""
        if (person := self._person) is None or person.trust is Trust.SELF:
            return
        if person.replica in self.replica.relied_on():
            self._rely(person, relies=False)
            return
        text = vouching_text(_name(person), self._people, self.replica.vouched_for(person.replica))
        choices = (
            Choice(_NO, t("No: confirmar a cada persona")),
            Choice(_YES, t("Sí: confirmar a quienes {who} avale", who=_name(person))),
        )
        title = t("¿Fiarse de a quién avala {who}?", who=_name(person))
        self._ask(ChoiceScreen(title, choices, text=text), lambda _: self._rely(person, relies=True))

    def _rely(self, person: PersonReading, *, relies: bool) -> None:
        def back() -> object:
            return people.rely_on(self.replica, person.replica, relies=not relies)

        ok, _ = self.attempt(people.rely_on, self.replica, person.replica, relies=relies)
        if ok:
            said = (
                t("Quedan confirmadas las personas que {who} avale", who=_name(person))
                if relies
                else t("Ya no se confirma a quien {who} avale; quienes ya lo estaban siguen así", who=_name(person))
            )
            self._did(said, back)

    def action_block(self) -> None:
        """Asks first, and takes a block back in the same way."""
        if (person := self._person) is None:
            return
        name = _name(person)
        if person.trust is Trust.BLOCKED:
            title, yes = t("¿Volver a recibir de {who}?", who=name), t("Sí, como antes de bloquearla")
            choices = (Choice(_NO, t("No: dejar todo como está")), Choice(_YES, yes))
            self._ask(ChoiceScreen(title, choices), lambda _: self._unblock(person))
            return
        named = {one.replica: short_name(one.replica, one.name, 40) for one in self._people}
        others = [named[one] for one in self.replica.blocked_with(person.replica) if one in named]
        yes = t("Sí, y a quienes siguen en su lugar: {others}", others=", ".join(others)) if others else t("Sí")
        lines = [t("No entra nada más de esta persona en su plan, ni viaja con sus archivos.")]
        if person.aside:
            lines.append(
                tn(
                    "{n} cambio suyo sigue esperando aparte.",
                    "{n} cambios suyos siguen esperando aparte.",
                    person.aside,
                )
            )
        lines.append(t("Nada se borra: lo que ya entró queda, lo que llegue se guarda aparte, y u o b lo deshacen."))
        choices = (Choice(_NO, t("No: dejar todo como está")), Choice(_YES, yes))
        screen = ChoiceScreen(t("¿Bloquear a {who}?", who=name), choices, text=Text("\n".join(lines)))
        self._ask(screen, lambda _: self._block(person))

    def _block(self, person: PersonReading) -> None:
        ok, _ = self.attempt(people.block, self.replica, person.replica)
        if ok:
            said = t("{who}: bloqueada; lo que llegue queda aparte", who=_name(person))
            self._did(said, lambda: people.unblock(self.replica, person.replica))

    def _unblock(self, person: PersonReading) -> None:
        ok, report = self.attempt(people.unblock, self.replica, person.replica)
        if ok and report is not None:
            said = t("{who}: se vuelve a recibir; {applied}", who=_name(person), applied=_applied(report))
            self._did(said, lambda: people.block(self.replica, person.replica))

    def action_leave(self) -> None:
        self.dismiss(None)


def _name(person: PersonReading) -> str:
    return short_name(person.replica, person.name, 40)


def _applied(report: MergeReport) -> str:
    return tn("{n} cambio aplicado", "{n} cambios aplicados", report.new)
