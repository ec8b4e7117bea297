"""What happened in the plan of the demonstration, between December 2018 and June 2019.

Plan content, so in Spanish in every language, as the plan itself is; days are typed as every language reads them.
Nobody in it exists: everybody's family name says *example*, and links lead to example.org. What is told here is told
again by the real commands (`demo`).
"""

from __future__ import annotations

from typing import NamedTuple


class Actor(NamedTuple):
    """Somebody of the demonstration. The name says that it is an example."""

    name: str
    country: str
    role: str
    email: str


OWN = "UY"
"""Whose copy is shown."""

STRANGER = "GY"
"""Who writes for the first time, and was accepted by nobody."""

ACTORS = {
    "UY": Actor("Ana Ejemplo", "UY", "focal", "uruguay@example.org"),
    "PE": Actor("Pedro Ejemplo", "PE", "focal", "peru@example.org"),
    "CL": Actor("Camila Ejemplo", "CL", "focal", "chile@example.org"),
    "BR": Actor("Bruno Exemplo", "BR", "focal", "brasil@example.org"),
    "ST": Actor("Sofía Ejemplo", "OEA", "secretariat", "secretaria@example.org"),
    "GY": Actor("Grace Example", "GY", "focal", "guyana@example.org"),
}


class Event(NamedTuple):
    """One thing that somebody did. `what` is a status, a field with its value, or a note."""

    at: str
    """`2019-03-14 10:22`, by the clock of the machine that shows it."""
    who: str
    ref: str
    """An activity or product without the year, or an area: `3.6.1`, `3.6.1/1`, `3.9`."""
    status: str = ""
    field: str = ""
    value: str = ""
    note: str = ""
    official: bool = True
    why: str = ""
    """Why the plan says something else now: it stands among the amendments."""
    proposes: bool = False
    """It is not done, but proposed, for the reason that is given."""


class Held(NamedTuple):
    """A meeting of the working group of an area, and what it agreed."""

    at: str
    until: str
    who: str
    area: str
    countries: tuple[str, ...]
    hour: str
    city: str
    events: tuple[Event, ...]
    """What it changed in the plan."""
    agreed: tuple[tuple[str, str, str], ...]
    """When, about which activity (none: the meeting in general), and the line as it is typed."""
    following: tuple[str, str]
    """Day and hour of the next one."""


BEFORE_THE_FIRST_MAIL = (
    Event("2018-12-12 10:05", "ST", "3.9", note="La reunión anual será en noviembre; la sede está por confirmar."),
    Event("2019-01-15 09:40", "ST", "3.8.1", status="in_progress", note="Se publicó el calendario de contenidos."),
    Event("2019-01-22 11:12", "ST", "3.8.2", status="in_progress"),
    Event("2019-01-22 11:20", "CL", "3.5.1", field="lead", value="CL"),
    Event("2019-01-22 11:21", "CL", "3.5.1", field="due", value="2019-06-10"),
    Event("2019-01-23 09:30", "CL", "3.5.2", field="lead", value="CL"),
    Event("2019-01-23 09:31", "CL", "3.5.3", field="lead", value="CL"),
    Event("2019-01-23 09:32", "CL", "3.5.3", field="due", value="2019-05-31"),
    Event("2019-01-30 15:02", "UY", "3.1.1", field="lead", value="UY"),
    Event("2019-01-30 15:03", "UY", "3.1.1", status="in_progress"),
    Event("2019-02-05 10:00", "BR", "3.7.1", field="lead", value="BR"),
    Event("2019-02-05 10:01", "BR", "3.7.1", status="in_progress", note="Equipo formado; se migra el catálogo."),
    Event("2019-02-12 16:25", "PE", "3.2.1", field="lead", value="PE"),
    Event("2019-02-12 16:26", "PE", "3.2.1", status="in_progress", note="El índice de la guía circuló en el grupo."),
    Event("2019-02-20 12:10", "ST", "3.3.1", field="lead", value="OEA"),
    Event("2019-02-20 12:11", "ST", "3.3.1/1", field="delivered", value="2019-02-19"),
    Event("2019-02-20 12:12", "ST", "3.3.1/1", field="evidence", value="https://example.org/compras-tic"),
    Event("2019-02-20 12:13", "ST", "3.3.1", status="done", note="Nueve países enviaron sus insumos."),
    Event("2019-02-26 09:15", "UY", "3.4.1", field="lead", value="UY"),
    Event("2019-02-26 09:16", "UY", "3.4.2", field="due", value="2019-06-14"),
    Event("2019-02-27 11:30", "ST", "3.6.3", field="title:en", value="Seminar on blockchain and its possible uses"),
)

BEFORE_THE_SECOND_MAIL = (
    Event("2019-03-05 10:40", "UY", "3.6.1", field="lead", value="UY"),
    Event("2019-03-14 10:22", "UY", "3.6.1", status="in_progress", note="El BID confirma consultor para abril."),
    Event("2019-03-19 17:30", "CL", "3.5.2/1", field="delivered", value="2019-03-19"),
    Event("2019-03-19 17:31", "CL", "3.5.2/1", field="evidence", value="https://example.org/labs/metodologias"),
    Event("2019-03-19 17:32", "CL", "3.5.2", status="done"),
    Event("2019-03-20 09:05", "CL", "3.5.1", status="in_progress", note="Respondieron cuatro laboratorios de siete."),
    Event("2019-03-27 14:45", "UY", "3.4.1/1", field="evidence", value="https://example.org/indicadores/cuestionario"),
    Event("2019-03-27 14:46", "UY", "3.4.1", status="done", note="El cuestionario se envió a los 35 países."),
    Event("2019-04-02 10:30", "UY", "3.4.2", status="in_progress"),
    Event("2019-04-10 18:05", "UY", "3.1.1/1", field="evidence", value="https://example.org/taller-regional"),
    Event("2019-04-10 18:06", "UY", "3.1.1", status="done", note="Participaron 14 países. El informe está en la web."),
    Event("2019-04-11 09:20", "UY", "3.1.2", field="units_planned", value="3"),
    Event("2019-04-11 09:21", "UY", "3.1.2", field="units_done", value="1"),
    Event("2019-04-11 09:22", "UY", "3.1.2", status="in_progress"),
    Event("2019-04-11 09:25", "UY", "3.1.2", note="El segundo taller depende de los pasajes.", official=False),
    Event("2019-04-16 11:00", "ST", "3.3.2", status="done", note="El estudio se presentó en un seminario en línea."),
    Event("2019-04-24 15:50", "BR", "3.7.2", field="units_planned", value="6"),
    Event("2019-04-24 15:51", "BR", "3.7.2", field="units_done", value="2"),
    Event("2019-04-24 15:52", "BR", "3.7.2", status="in_progress"),
    Event("2019-05-07 10:10", "ST", "3.3.3", status="cancelled", note="El BID publica el estudio por su cuenta."),
    Event("2019-05-14 09:45", "ST", "3.9.2", field="due", value="2019-10-15"),
    Event("2019-05-20 08:30", "ST", "3.5.3", field="period", value="S2", why="El grupo lo reprogramó en mayo."),
)

MEETING = Held(
    "2019-05-17 11:05",
    "2019-05-17 12:20",
    "CL",
    "3.5",
    ("CL", "CR", "EC", "PE", "UY"),
    "11:00",
    "Santiago",
    (
        Event("2019-05-17 11:30", "CL", "3.5.3", status="in_progress"),
        Event("2019-05-17 11:31", "CL", "3.5.3", field="due", value="2019-07-15"),
        Event("2019-05-17 11:32", "CL", "3.5.3", note="Se acordó reprogramar: falta la respuesta de Costa Rica."),
    ),
    (
        ("2019-05-17 11:40", "3.5.3", "Enviar el formulario completo @cr 2019-06-14"),
        ("2019-05-17 11:48", "3.5.4", "Revisar la metodología y proponer cambios @uy 2019-06-28"),
        ("2019-05-17 11:55", "3.5.5", "Pedir los datos que faltan a los tres laboratorios @cl 2019-07-05"),
        ("2019-05-17 12:04", "3.5.2", "Se adopta la metodología publicada en marzo."),
        ("2019-05-17 12:12", "", "El grupo se reúne cada mes hasta la reunión anual."),
    ),
    ("2019-06-20", "10:00"),
)

PERU_ALONE = (
    Event("2019-05-02 16:38", "PE", "3.6.1", status="on_hold"),
    Event("2019-05-02 16:40", "PE", "3.6.1", note="Sin respuesta de los países; propongo suspender.", official=False),
    Event("2019-05-22 12:00", "PE", "3.2.1/1", field="evidence", value="https://example.org/privacidad"),
    Event("2019-05-22 12:01", "PE", "3.2.1", status="done", note="La guía está publicada."),
    Event("2019-05-23 10:20", "PE", "3.2.2", status="in_progress"),
    Event(
        "2019-05-23 10:30",
        "PE",
        "3.2.2",
        field="lead",
        value="PE",
        why="Perú coordinó la guía anterior.",
        proposes=True,
    ),
    Event("2019-05-23 10:21", "PE", "3.2.3", status="on_hold", note="Se espera la versión en inglés de la guía."),
)
"""Written without having seen what Uruguay had said of 3.6.1: that is the difference."""

LOST = (
    Event("2019-05-28 16:15", "BR", "3.2.5", status="in_progress"),
    Event("2019-05-28 16:18", "BR", "3.2.5", note="El plugin está en pruebas con dos países."),
)
"""Changes that reached Chile, and whose file never came here."""

AFTER_WHAT_WAS_LOST = (
    Event("2019-06-06 17:40", "BR", "3.7.1/1", field="evidence", value="https://example.org/software-publico"),
    Event("2019-06-06 17:41", "BR", "3.7.1", status="done", note="La plataforma nueva está en línea."),
)

SECRETARIAT_IN_JUNE = (
    Event("2019-06-04 09:10", "ST", "3.9.1", status="done"),
    Event("2019-06-04 09:12", "ST", "3.9.1/1", field="evidence", value="https://example.org/plan-de-accion"),
    Event("2019-06-07 10:00", "ST", "3.3.4", status="in_progress", note="Doce países respondieron la encuesta."),
)

FROM_A_STRANGER = (
    Event("2019-06-13 14:30", "GY", "3.6.3", note="Guyana would like to host the blockchain seminar."),
    Event("2019-06-13 14:31", "GY", "3.6.3", field="place", value="Georgetown"),
)

SENT = (
    Event("2019-06-11 10:15", "UY", "3.6.4", field="units_planned", value="6"),
    Event("2019-06-11 10:16", "UY", "3.6.4", field="units_done", value="2"),
    Event("2019-06-11 10:17", "UY", "3.6.4", status="in_progress"),
)

NOT_SENT = (
    Event("2019-06-14 17:05", "UY", "3.4.2", note="Llegaron 21 respuestas de 35; se insiste con los que faltan."),
    Event("2019-06-17 09:30", "UY", "3.1.3", field="lead", value="UY"),
    Event("2019-06-17 09:31", "UY", "3.1.3", status="in_progress"),
    Event("2019-06-17 09:33", "UY", "3.1.3", note="Panamá y Ecuador confirmaron; falta la fecha.", official=False),
    Event("2019-06-17 16:50", "UY", "3.1.4", status="in_progress"),
)
