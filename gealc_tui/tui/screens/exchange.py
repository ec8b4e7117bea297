"""Exchange: what is unsent, who has written, and the way to send and receive change files."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import DataTable, Static

from gealc_tui.commands import people
from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import country_name, trust_label
from gealc_tui.i18n.words import spoken
from gealc_tui.plain import drawable
from gealc_tui.tui import keys
from gealc_tui.tui.drawing import cut
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.screens.receive import ReceiveScreen
from gealc_tui.tui.screens.send import SendScreen
from gealc_tui.tui.widgets.lines import KeyLine


class ExchangeScreen(ReplicaScreen[None]):
    """Send, receive, people."""

    BINDINGS = keys.bindings(keys.EXCHANGE)

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[PersonReading, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(Content(t("Intercambio")), id="heading")
            yield Static(id="plan")
            yield Static(id="unsent")
            yield DataTable(id="people", cursor_type="row", zebra_stripes=False)
            yield Static(id="nobody")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.query_one(KeyLine).show(keys.EXCHANGE)
        table = self.query_one(DataTable)
        for name in (t("Persona"), t("País"), t("Confianza"), t("Cambios aquí"), t("Le faltan"), t("Palabras")):
            table.add_column(Text(name))
        table.focus()
        self.reload()

    def reload(self) -> None:
        """Reads everything again."""
        self.query_one("#plan", Static).update(
            Content(t("Su plan: {words}", words=" · ".join(spoken(self.replica.fingerprint()))))
            .append("\n")
            .append(t("Dos copias con las mismas palabras muestran el mismo plan: compárelas por teléfono."))
        )
        unsent = self.replica.unsent()
        sentence = tn("{n} cambio sin enviar", "{n} cambios sin enviar", unsent)
        self.query_one("#unsent", Static).update(Content(sentence if unsent else t("No hay cambios sin enviar.")))
        here = self._person
        here = self._person
        self._people = self.replica.people()
        table = self.query_one(DataTable)
        table.clear()
        own = next((one.last for one in self._people if one.trust is Trust.SELF), 0)
        for person in self._people:
            table.add_row(*(Text(cell) for cell in _cells(person, own)), key=person.replica)
        places = {person.replica: row for row, person in enumerate(self._people)}
        if here is not None and here.replica in places:
            table.move_cursor(row=places[here.replica])
        alone = all(one.trust is Trust.SELF for one in self._people)
        hint = t("Todavía no llegó nada de nadie. Con r se recibe un archivo, con e se prepara el suyo.")
        self._say("#nobody", hint if alone else "")

    def _say(self, where: str, text: str) -> None:
        line = self.query_one(where, Static)
        line.update(Content(text))
        line.display = bool(text)

    # --- sending -----------------------------------------------------------------------------------------------

    def action_send(self) -> None:
        ok, _ = self.attempt(self.replica.require_identity)
        if ok:
            self.app.push_screen(SendScreen(), lambda _: self.reload())

    # --- receiving ---------------------------------------------------------------------------------------------

    def action_receive(self) -> None:
        self.app.push_screen(ReceiveScreen(), lambda _: self.reload())

    # --- people ------------------------------------------------------------------------------------------------

    @property
    def _person(self) -> PersonReading | None:
        row = self.query_one(DataTable).cursor_row
        return self._people[row] if 0 <= row < len(self._people) else None

    def action_accept(self) -> None:
        if (person := self._person) is not None and person.trust is not Trust.SELF:
            ok, report = self.attempt(people.accept, self.replica, person.replica)
            if ok and report is not None:
                self.tell(tn("{n} cambio aplicado", "{n} cambios aplicados", report.new))
                self.reload()

    def action_block(self) -> None:
        if (person := self._person) is not None:
            ok, _ = self.attempt(people.block, self.replica, person.replica)
            if ok:
                self.reload()

    def action_leave(self) -> None:
        self.dismiss(None)


def _cells(person: PersonReading, own: int) -> tuple[str, ...]:
    """A person's row. What they lack is known only from what they have sent."""
    if person.trust is Trust.SELF:
        lacks = ""
    elif person.acknowledged is None:
        lacks = t("no se sabe")
    else:
        lacks = str(max(own - person.acknowledged, 0))
    here = str(person.last) if person.last else ""
    if person.aside:
        here = tn("{n} espera", "{n} esperan", person.aside)
    elif person.missing:
        here = f"{person.last} ({tn('falta {n}', 'faltan {n}', person.missing)})"
    country = drawable(country_name(person.country)) if person.country else "—"
    words = " ".join(spoken(person.replica))
    return cut(person.name, 24) or person.replica[:8], cut(country, 16), trust_label(person.trust), here, lacks, words
