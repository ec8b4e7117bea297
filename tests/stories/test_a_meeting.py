"""A meeting of the group of area 3.5, played by keys alone: seven activities, and the files that are left."""

from __future__ import annotations

import json
from pathlib import Path

from textual.widgets import Static

from gealc_tui.commands import activities, meetings
from gealc_tui.domain.vocabulary import MeetingState, Status
from gealc_tui.tui.widgets.prompt import Prompt, TypingLine
from gealc_tui.tui.widgets.stage import Stage
from stories.conftest import MINUTE, Clock, Copies, Windows
from stories.window import Window

TALLER = "2019/3.5.1"


class Hands:
    """Presses keys and counts them."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.pressed: list[str] = []

    async def press(self, *keys: str) -> int:
        """Returns how many these were."""
        self.pressed += keys
        await self.window.pilot.press(*("space" if key == " " else key for key in keys))
        await self.window.settle()
        return len(keys)


def here(window: Window) -> str:
    """The id of the activity that stands on the screen."""
    scene = window.app.screen.query_one(Stage).scene
    assert scene is not None
    return scene.activity.row.id


def typed(window: Window) -> str:
    return window.app.screen.query_one(TypingLine).text


def heard(window: Window) -> str:
    prompt = window.app.screen.query_one(Prompt)
    return "\n".join(str(prompt.query_one(one, Static).visual) for one in ("#heard", "#faults")).strip()


async def write(window: Window, text: str) -> None:
    """Types at once, as fast as a machine does."""
    await window.pilot.press(*("space" if letter == " " else letter for letter in text))
    await window.settle()


async def begin(window: Window, countries: str = "cl cr ec pe uy") -> None:
    """From the plan into a meeting of the group of area 3.5."""
    await window.go_to(TALLER)
    await window.press("m", "enter")
    await write(window, countries)
    await window.press("f2")
    assert window.screen == "MeetingScreen"


async def test_a_whole_meeting_by_keys_alone_with_an_interruption_ends_in_minutes_that_can_be_sent(
    copy_of: Copies, window_on: Windows, clock: Clock
) -> None:
    replica = copy_of("Ana")
    activities.set_field(replica, "activity/2019/3.5.3", "due", "15/04/2019")
    async with window_on(replica) as window:
        await begin(window)
        assert "Innovación en el sector público" in window.top
        assert "1 de 7" in window.top
        assert "presentes: CL CR EC PE UY" in window.lines[1]
        assert here(window) == "2019/3.5.3", "what is overdue comes first"
        assert "! venció el 15/04/2019" in window.text

        clock.now += 24 * MINUTE
        await window.press("3")
        assert "≈ En curso" not in window.text
        assert "● Cumplida" in window.text
        assert "○ Pendiente → ● Cumplida" in window.text
        await window.press("a")
        await write(window, "Enviar el formulario final @cl 15/08")
        assert heard(window) == "Compromiso de Chile, jueves 15 de agosto de 2019"
        await window.press("enter")
        assert "15/08/2019 · Enviar" in window.text
        assert window.last == "3.5.3 · Compromiso: Enviar el formulario final (Chile, 15/08/2019) · u deshace"

        await window.press("j", "n")
        await write(window, "El BID confirma consultor.")
        await window.press("f2", "2", "j", "4", "n")
        await write(window, "Perú duda")
        await window.press("f3")
        assert "○ Nota interna" in heard(window)
        # And here the machine goes dark: nobody says goodbye.

    async with window_on(copy_of("Ana")) as window:
        assert window.screen == "MeetingScreen", "it opens where it stopped"
        assert here(window) == "2019/3.5.2"
        assert typed(window) == "Perú duda"
        assert "○ Nota interna" in heard(window)
        await write(window, ".")
        await window.press("enter", "j", "z")
        await write(window, "30/09")
        assert heard(window) == "Ahora: 31/12/2019\nEntendido: lunes 30 de septiembre de 2019 (en 3 meses)"
        await window.press("enter", "j", "a")
        await write(window, "Traducir el informe @br")
        assert heard(window) == "Compromiso de Brasil, sin fecha"
        await window.press("enter", "j", "j")
        assert "7 de 7" in window.top
        await window.press("j")
        assert window.last == "Es la última del orden del día. C cierra la reunión."

        await window.press("C")
        assert "sin fecha" in window.text
        assert "ACTA DE LA REUNIÓN" in window.text
        assert "Perú duda" not in window.text
        await window.press("m")
        await write(window, "12/07")
        assert str(window.find("#next", Static).visual) == "Próxima reunión: viernes 12 de julio de 2019"
        await window.press("enter", "enter", "enter", "f2")
        await window.until(lambda: "Listo." in window.text)
        assert "Reunión cerrada" in window.text
        await window.press("escape")
        assert window.screen == "PlanScreen"

    check_files(replica.path.parent / "enviados")
    assert [one.state for one in meetings.meetings(replica)] == [MeetingState.PLANNED, MeetingState.CLOSED]


def check_files(folder: Path) -> None:
    """What lies in the folder is what a Secretariat sends."""
    files = {path.suffix: path for path in folder.iterdir()}
    assert sorted(files) == [".docx", ".eml", ".ics", ".json", ".md", ".txt"]
    acta = files[".txt"].read_text(encoding="utf-8")
    words = " ".join(acta.split())
    for said in (
        "Chile, Costa Rica, Ecuador, Perú, Uruguay (5 países)",
        "Pendiente → Cumplida",
        "Pendiente → En curso",
        "Pendiente → Suspendida",
        "El BID confirma consultor.",
        "Enviar el formulario final",
        "15 de agosto de 2019",
        "Traducir el informe",
        "Brasil",
        "31 de diciembre de 2019",
        "30 de septiembre de 2019",
        "12 de julio de 2019",
    ):
        assert said in words, acta
    assert "Perú duda" not in acta, "internal notes stay out"
    assert "Borrador" not in acta
    assert b"BEGIN:VEVENT" in files[".ics"].read_bytes()
    assert json.loads(files[".json"].read_text("utf-8"))
    assert files[".docx"].read_bytes().startswith(b"PK")


async def test_what_each_step_costs_in_keys(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of("Ana")
    async with window_on(replica) as window:
        await window.go_to(TALLER)
        hands = Hands(window)
        cost = {"start": await hands.press("m", "enter", *"cl cr ec pe uy", "f2")}
        assert meetings.current(replica) is not None
        assert cost["start"] <= 18
        first = here(window)
        cost["next"] = await hands.press("j")
        assert here(window) != first
        cost["status"] = await hands.press("2")
        assert replica.read.activity(here(window), replica.today).row.status is Status.IN_PROGRESS
        cost["lead"] = await hands.press("l", "c", "l", "enter")
        assert replica.read.activity(here(window), replica.today).row.lead == "CL"
        text = "Enviar @cl 15/08"
        cost["agreement"] = await hands.press("a", *text, "enter") - len(text)
        cost["note"] = await hands.press("n", *"Va bien", "enter") - len("Va bien")
        id = meetings.current(replica).id  # type: ignore[union-attr]
        assert [item.country for item in meetings.items(replica, id)] == ["CL"]
        cost["undo"] = await hands.press("u")
        assert replica.read.activity(here(window), replica.today).notes == ()
        cost["jump"] = await hands.press("g", *"356", "enter")
        assert here(window) == "2019/3.5.6"
        cost["jump to one of two"] = await hands.press("g", *"355", "enter", "enter")
        assert here(window) == "2019/3.5.5"
        cost["close"] = await hands.press("C", "f2")
        await window.until(lambda: "Listo." in window.text)
    most = {"next": 1, "status": 1, "lead": 4, "agreement": 2, "note": 2, "undo": 1, "close": 4}
    most |= {"start": 18, "jump": 6, "jump to one of two": 6}
    assert all(cost[step] <= keys for step, keys in most.items()), cost
    assert cost["start"] + 40 * cost["status"] + 39 * cost["next"] <= 100, "all of the plan, a status each"
