"""Who uses this copy: one small form, at the first start and whenever it is asked for."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Input, RadioSet, Static

from gealc_tui import i18n
from gealc_tui.commands import fields, people
from gealc_tui.commands.fields import BODY_NAMES
from gealc_tui.domain.vocabulary import COUNTRIES, Role
from gealc_tui.errors import GealcError
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import country_by_name, country_name, fold, role_label
from gealc_tui.i18n.sentences import sentence
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.choice import Choice

SHORTEST_BEGINNING = 3
"""Letters from which on the beginning of a country's name is taken for it."""


class RoleSet(RadioSet):
    """Enter takes the role and goes on, as it does in the lines above."""

    BINDINGS = [Binding("enter", "take", show=False)]  # noqa: RUF012

    def action_take(self) -> None:
        self.action_toggle_button()
        self.screen.focus_next()


class WelcomeScreen(ReplicaScreen[None]):
    """Name, country, e-mail address, role."""

    BINDINGS = [Binding("escape", "leave", show=False)]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        own = self.replica.oneself()
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="lead")
            yield Input(own.name if own else "", id="name")
            yield Input((own and own.country) or "", id="country")
            yield Input(own.email or "" if own else "", id="email")
            with RoleSet(id="role"):
                for role in Role:
                    yield Choice(id=role.value, value=role == ((own and own.role) or Role.FOCAL))
            yield Static(id="fault")
            yield Button(id="start", variant="primary")
            yield Static(id="hint")
            yield Static(Content("F9: " + " · ".join(i18n.NAMES.values())), id="languages")

    def on_mount(self) -> None:
        self.respell()
        self.query_one("#name", Input).focus()

    def respell(self) -> None:
        self.query_one("#heading", Static).update(Content(t("Plan de trabajo de la Red GEALC")))
        self.query_one("#lead", Static).update(
            Content(
                t(
                    "El plan está en esta computadora y no hace falta internet. Diga quién es: su nombre y su"
                    " país acompañarán cada cambio que envíe."
                )
            )
        )
        self.query_one("#name", Input).border_title = Content(t("Nombre"))
        self.query_one("#country", Input).border_title = Content(t("País (nombre o código de dos letras)"))
        self.query_one("#email", Input).border_title = Content(
            t("Correo (opcional): ahí le enviarán los demás sus cambios")
        )
        for role in Role:
            self.query_one(f"#{role.value}", Choice).label = Content(role_label(role))
        known = self.replica.id is not None
        self.query_one("#start", Button).label = Content(t("Guardar") if known else t("Empezar"))
        self.query_one("#hint", Static).update(Content(t("Tab o Enter: siguiente · Esc: mirar el plan sin escribir")))
        self._find_country()

    @on(Input.Changed, "#country")
    def _find_country(self) -> None:
        code = self._country()
        self.query_one("#country", Input).border_subtitle = Content(f"= {country_name(code)}" if code else "")

    def _country(self) -> str | None:
        """The country or body that is meant by what is typed so far; a beginning will do, if it is of one only."""
        text = self.query_one("#country", Input).value.strip()
        code = BODY_NAMES.get(text.upper()) or (text.upper() if text.upper() in COUNTRIES else country_by_name(text))
        if code or len(text) < SHORTEST_BEGINNING:
            return code
        begun = [one for one in COUNTRIES if fold(country_name(one)).startswith(fold(text))]
        return begun[0] if len(begun) == 1 else None

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        if event.input.id == "country" and event.value.strip() and self._country() is None:
            # Said where it was typed, and not three fields further on.
            try:
                fields.country_or_body(event.value)
            except GealcError as error:
                self.query_one("#fault", Static).update(Content(sentence(error)))
                return
        self.query_one("#fault", Static).update("")
        self.focus_next()

    @on(Button.Pressed, "#start")
    def _start(self) -> None:
        role = tuple(Role)[max(self.query_one(RadioSet).pressed_index, 0)]
        name, country, email = (self.query_one(line, Input).value for line in ("#name", "#country", "#email"))
        country = self._country() or country
        try:
            people.introduce(self.replica, name, country, role, email)
        except GealcError as error:
            self.query_one("#fault", Static).update(Content(sentence(error)))
            # Where the mistake is, there it is mended.
            wrong = getattr(error, "field", "name")
            self.query_one(f"#{wrong if wrong in ('name', 'country', 'email') else 'name'}", Input).focus()
            return
        self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)


def first_help() -> str:
    """Three sentences for whoever sees the plan for the first time."""
    return t(
        "Elija una actividad con las flechas: 1 a 5 cambian su estado y n agrega una nota. Todo se"
        " guarda al momento, y u deshace. Con x se envían y reciben cambios; ? muestra las teclas."
    )
