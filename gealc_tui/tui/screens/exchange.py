"""Exchange: what is unsent, who has written, and the way to send and receive change files."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import DataTable, Static

from gealc_tui.commands import people
from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.verification import verification_digits
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.naming import short_name
from gealc_tui.tui import keys
from gealc_tui.tui.drawing import relabel
from gealc_tui.tui.people import person_cells, person_lines
from gealc_tui.tui.screens.asking import Choice, ChoiceScreen
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.screens.receive import ReceiveScreen
from gealc_tui.tui.screens.send import SendScreen
from gealc_tui.tui.widgets.lines import KeyLine
from gealc_tui.tui.widgets.shared_folder import SharedFolder

_YES, _NO = "yes", "no"


class ExchangeScreen(ReplicaScreen[None]):
    """Send, receive, people."""

    ABOUT = N_(
        "Lo que falta enviar, quién escribió y qué se tiene de cada persona. Se intercambia por correo, con un archivo"
        " en una memoria, o con una carpeta compartida."
    )
    BINDINGS = keys.bindings(keys.EXCHANGE)

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[PersonReading, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="plan")
            yield Static(id="unsent")
            yield SharedFolder(id="shared")
            yield DataTable(id="people", cursor_type="row", zebra_stripes=False)
            yield Static(id="person")
            yield Static(id="nobody")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.reload()
        self.query_one(DataTable).focus()

    def respell(self) -> None:
        self.query_one("#heading", Static).update(Content(t("Intercambio")))
        self.query_one(KeyLine).show(keys.EXCHANGE)
        here = self._person
        relabel(
            self.query_one(DataTable),
            (t("Persona"), t("País"), t("Confianza"), t("Cambios aquí"), t("Le faltan")),
        )
        self._fill(here)

    def reload(self) -> None:
        """Reads everything again."""
        self.query_one("#plan", Static).update(
            Content(t("Su plan: {digits}", digits=verification_digits(self.replica.fingerprint())))
            .append("\n")
            .append(t("Con los mismos números dos copias tienen los mismos cambios: compárelos por teléfono."))
        )
        unsent = self.replica.unsent()
        sentence = tn("{n} cambio sin enviar", "{n} cambios sin enviar", unsent)
        self.query_one("#unsent", Static).update(Content(sentence if unsent else t("No hay cambios sin enviar.")))
        here = self._person
        self._people = self.replica.people()
        self._fill(here)
        alone = all(one.trust is Trust.SELF for one in self._people)
        hint = t("Todavía no llegó nada de nadie. Con r se recibe un archivo, con e se prepara el suyo.")
        self._say("#nobody", hint if alone else "")

    def _fill(self, here: PersonReading | None) -> None:
        """The rows of the table, with the cursor on the same person as before."""
        table = self.query_one(DataTable)
        table.clear()
        own = next((one.last for one in self._people if one.trust is Trust.SELF), 0)
        for person in self._people:
            table.add_row(*(Text(cell) for cell in person_cells(person, own)), key=person.replica)
        places = {person.replica: row for row, person in enumerate(self._people)}
        if here is not None and here.replica in places:
            table.move_cursor(row=places[here.replica])

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
        if (person := self._person) is not None and person.trust is Trust.ACCEPTED:
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
        """What there is to say of the person under the cursor."""
        person = self._person
        relied = self.replica.relied_on()
        lines = person_lines(person, {one.replica: one for one in self._people}, relied) if person is not None else []
        self._say("#person", "\n".join(lines))

    @property
    def _person(self) -> PersonReading | None:
        row = self.query_one(DataTable).cursor_row
        return self._people[row] if 0 <= row < len(self._people) else None

    def why_off(self, action: str) -> str | None:
        person = self._person
        if action not in ("accept", "send_to_person", "rely", "block"):
            return None
        if person is None:
            return t("Primero señale a una persona.")
        if person.trust is Trust.SELF:
            return (
                t("Es usted: señale a otra persona.") if action != "block" else t("Nadie puede bloquearse a sí mismo.")
            )
        if action == "accept" and person.trust is Trust.ACCEPTED:
            return t("Esa persona ya está aceptada.")
        if action in ("send_to_person", "rely") and person.trust is not Trust.ACCEPTED:
            return t("Primero hay que aceptar a esa persona: con a.")
        return None

    def action_accept(self) -> None:
        if (person := self._person) is not None and person.trust is not Trust.SELF:
            ok, report = self.attempt(people.accept, self.replica, person.replica)
            if ok and report is not None:
                self.tell(tn("{n} cambio aplicado", "{n} cambios aplicados", report.new))
                self.reload()

    def action_rely(self) -> None:
        """Relies on the list of the person, or ceases to."""
        if (person := self._person) is None or person.trust is Trust.SELF:
            return
        relies = person.replica not in self.replica.relied_on()
        ok, _ = self.attempt(people.rely_on, self.replica, person.replica, relies=relies)
        if ok:
            self.tell(
                t("Se acepta a todos los que esta persona avale.")
                if relies
                else t("Ya no se acepta a quien esta persona avale. Quienes fueron aceptados, lo siguen siendo.")
            )
            self.reload()

    def action_block(self) -> None:
        """Asks first, and takes a block back in the same way."""
        if (person := self._person) is None:
            return
        name = short_name(person.replica, person.name, 40)
        if person.trust is Trust.BLOCKED:
            title, yes = t("¿Volver a recibir de {who}?", who=name), t("Sí, como antes de bloquearla")
        else:
            named = {one.replica: short_name(one.replica, one.name, 40) for one in self._people}
            others = [named[one] for one in self.replica.blocked_with(person.replica) if one in named]
            title, yes = t("¿Bloquear a {who}?", who=name), t("Sí: lo que llegue quedará aparte")
            if others:
                yes = t("Sí, y a quienes siguen en su lugar: {others}", others=", ".join(others))
        choices = (Choice(_NO, t("No: dejar todo como está")), Choice(_YES, yes))
        self.app.push_screen(ChoiceScreen(title, choices), lambda choice: self._answered(person, choice))

    def _answered(self, person: PersonReading, choice: str | None) -> None:
        if choice != _YES:
            return
        if person.trust is Trust.BLOCKED:
            ok, report = self.attempt(people.unblock, self.replica, person.replica)
            if ok and report is not None:
                self.tell(tn("{n} cambio aplicado", "{n} cambios aplicados", report.new))
        else:
            ok, _ = self.attempt(people.block, self.replica, person.replica)
            if ok:
                self.tell(t("Lo que llegue de esta persona quedará aparte. Con b se vuelve a recibir."))
        self.reload()

    def action_leave(self) -> None:
        self.dismiss(None)
