"""Change files go out and come in: looked at before they change anything, taken in whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widget import Widget
from textual.widgets import Input

from gealc_tui import clipboard, errors, opening, paths
from gealc_tui.commands import activities, exchange, people
from gealc_tui.domain.vocabulary import Status, Trust
from gealc_tui.replica import Replica
from gealc_tui.sync.armour import wrap
from stories.conftest import Copies, Windows, file_of
from stories.window import NARROW, Window


@pytest.fixture
def eva(copy_of: Copies) -> Replica:
    """Eva from Peru, who has done 3.2.1."""
    replica = copy_of("Eva", "PE")
    activities.set_status(replica, "2019/3.2.1", Status.DONE, "Publicada.")
    return replica


@pytest.fixture
def received(eva: Replica, tmp_path: Path) -> Path:
    """Her change file, as it came by e-mail."""
    path = tmp_path / "cambios-PE.json"
    path.write_bytes(file_of(eva))
    return path


def trust_of(replica: Replica, name: str) -> Trust | None:
    return next((one.trust for one in replica.people() if one.name == name), None)


def status_of(replica: Replica, id: str = "2019/3.2.1") -> Status:
    return replica.read.activity(id, replica.today).row.status


async def look_at(window: Window, path: Path) -> None:
    await window.press("x", "r")
    await window.paste(str(path))
    await window.press("enter")


def report(window: Window) -> str:
    """What the preview says, read from the screen's own region."""
    region = window.find("#preview", Widget).region
    return " ".join(" ".join(line[region.x :] for line in window.lines[region.y : region.bottom]).split())


async def test_e_writes_a_change_file_that_another_copy_takes_in(
    copy_of: Copies, window_on: Windows, eva: Replica
) -> None:
    ana = copy_of("Ana")
    activities.set_status(ana, "2019/3.1.1", Status.DONE)
    async with window_on(ana) as window:
        await window.press("x")
        assert "1 cambio sin enviar" in window.text
        await window.press("s", "down", "enter")
        shown = window.find("#target", Input).value
        assert Path(shown).parts[-2:] == ("enviados", "cambios-UY-20190618.json")
        await window.press("enter")
        assert "Listo:" in window.text
        await window.press("escape")
        assert "No hay cambios sin enviar." in window.text
        assert window.focus == "people"
        await window.press("escape")
        assert "sin enviar" not in window.top
    done = eva.merge([("ana.json", Path(shown).read_bytes())], accept=True)
    assert not done.refused
    assert status_of(eva, "2019/3.1.1") is Status.DONE


async def test_a_second_file_of_the_day_gets_a_name_of_its_own(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press("x", "s", "down", "enter", "enter")
        await window.press("enter")
        assert window.find("#target", Input).value.endswith("cambios-UY-20190618-2.json")
        await window.press("escape", "escape")
        assert window.screen == "ExchangeScreen"


async def test_enter_pressed_twice_makes_one_file(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.press("x", "s", "down", "enter")
        line = window.find("#target", Input)
        # Both arrive before the first has been carried out.
        line.post_message(Input.Submitted(line, line.value))
        line.post_message(Input.Submitted(line, line.value.replace("cambios", "otra-vez")))
        await window.settle()
    assert [path.name for path in (replica.path.parent / "enviados").iterdir()] == ["cambios-UY-20190618.json"]


async def test_a_place_that_cannot_be_written_is_told_and_stays_typed(
    copy_of: Copies, window_on: Windows, tmp_path: Path
) -> None:
    (tmp_path / "archivo").write_text("", "utf-8")
    replica = copy_of()
    activities.set_status(replica, "2019/3.4.1", Status.ON_HOLD)
    async with window_on(replica) as window:
        await window.press("x", "s", "down", "enter")
        line = window.find("#target", Input)
        line.value = str(tmp_path / "archivo" / "dentro.json")
        await window.press("enter")
        assert "No se puede escribir" in window.last
        assert line.display
        assert replica.unsent() == 1


async def test_letters_typed_into_the_place_are_no_commands(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press("x", "s", "enter", "end", *"rabe")
        assert window.screen == "SendScreen"
        assert window.find("#target", Input).value.endswith("rabe")


async def test_a_preview_tells_everything_and_changes_nothing(
    copy_of: Copies, window_on: Windows, received: Path
) -> None:
    ana = copy_of("Ana")
    before = (ana.dump(), ana.people())
    async with window_on(ana) as window:
        await look_at(window, received)
        shown = report(window)
        assert "Dice ser: Eva · Perú · Punto focal" in shown
        assert "Trae 2 cambios." in shown
        assert "F3 confirma y aplica" in shown
        assert "Llame y compare sus números: " in shown
        asked, would = shown.split("Si confirma:")
        assert "Cambia" not in asked
        assert "Cambia 3.2.1 Estado: Pendiente → Cumplida" in would, "nobody accepts somebody unseen"
        assert (ana.dump(), ana.people()) == before
        await window.press("escape")
        assert (ana.dump(), ana.people()) == before


async def test_f2_keeps_the_words_of_strangers_aside(copy_of: Copies, window_on: Windows, received: Path) -> None:
    ana = copy_of("Ana")
    async with window_on(ana) as window:
        await look_at(window, received)
        await window.press("f2")
        assert status_of(ana) is Status.PENDING
        assert trust_of(ana, "Eva") is Trust.STRANGER
        assert "2 cambios aparte, hasta que se confirme" in report(window)
        assert window.last == "2 cambios esperan hasta que usted confirme a su autor"
        await window.press("escape")
        assert "por confirmar" in window.line_of("Eva  ")


async def test_f3_accepts_strangers_and_applies(copy_of: Copies, window_on: Windows, received: Path) -> None:
    ana = copy_of("Ana")
    async with window_on(ana) as window:
        await look_at(window, received)
        await window.press("f3")
        assert status_of(ana) is Status.DONE
        assert trust_of(ana, "Eva") is Trust.ACCEPTED
        assert "Cambia 3.2.1" in report(window)
        assert "Pendiente → Cumplida" in report(window) or "Estado: Cumplida" in report(window)
        await window.press("escape")
        assert "confirmada" in window.line_of("Eva  ")
        await window.press("escape")
        assert "1 de 40 cumplida" in window.top


async def test_the_block_of_a_message_is_received_by_pasting_it(
    copy_of: Copies, window_on: Windows, received: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = copy_of("Ana")
    letter = "Hola:\n\n" + "".join(f"> {line}\n" for line in wrap(received.read_bytes()).splitlines())
    async with window_on(ana) as window:
        await window.press("x", "r")
        await window.paste(letter)
        await window.until(lambda: "Eva" in report(window))
        assert status_of(ana) is Status.PENDING
        await window.press("f3")
        assert status_of(ana) is Status.DONE
    ben = copy_of("Ben", "CL")
    async with window_on(ben) as window:
        # What was copied elsewhere need not be pasted.
        monkeypatch.setattr(clipboard, "pasted", lambda: letter.encode())
        await window.press("x", "r", "f4")
        await window.press("f3")
        assert status_of(ben) is Status.DONE

        def nothing() -> bytes:
            raise errors.ClipboardUnread()

        monkeypatch.setattr(clipboard, "pasted", nothing)
        await window.press("f4")
        assert "portapapeles" in window.last


async def test_f2_applies_what_an_accepted_person_wrote(
    copy_of: Copies, window_on: Windows, eva: Replica, received: Path, tmp_path: Path
) -> None:
    ana = copy_of("Ana")
    ana.merge([("eva.json", received.read_bytes())], accept=True)
    activities.set_status(eva, "2019/3.2.2", Status.IN_PROGRESS)
    second = tmp_path / "segundo.json"
    second.write_bytes(file_of(eva))
    async with window_on(ana, NARROW) as window:
        await look_at(window, second)
        assert "Eva, Perú: 1 cambio nuevo" in report(window)
        assert "F2 aplica · Esc vuelve sin aplicar." in report(window)
        await window.press("f2")
        assert status_of(ana, "2019/3.2.2") is Status.IN_PROGRESS
        assert window.last == "1 cambio aplicado"


async def test_the_same_file_twice_changes_nothing(copy_of: Copies, window_on: Windows, received: Path) -> None:
    ana = copy_of("Ana")
    ana.merge([("eva.json", received.read_bytes())], accept=True)
    before = ana.fingerprint()
    async with window_on(ana) as window:
        await look_at(window, received)
        assert "ya se había recibido" in report(window)
        assert "El plan que se ve no cambia." in report(window)
        await window.press("f2")
        assert ana.fingerprint() == before


async def test_a_difference_that_would_open_is_told_before(copy_of: Copies, window_on: Windows, received: Path) -> None:
    ana = copy_of("Ana")
    activities.set_status(ana, "2019/3.2.1", Status.CANCELLED)
    async with window_on(ana) as window:
        await look_at(window, received)
        await window.press("f3")
        assert "Diferencias que se abren ≠ 3.2.1 · Estado" in report(window)
        assert "Se abrió 1 diferencia" in window.last


async def test_f2_before_a_file_is_chosen_says_what_to_do(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press("x", "r", "f2")
        assert window.last == "Primero elija un archivo y mire qué cambiaría."


BROKEN = {
    "cut": (lambda data: data[: len(data) // 2], "No se aplicó nada"),
    "altered": (lambda data: data.replace(b"Publicada", b"Aplazada."), "No se aplicó nada"),
    "something else": (lambda data: b"hola", "No es un archivo de cambios de gealc"),
    "nothing": (lambda data: b"", "No se aplicó nada"),
}


@pytest.mark.parametrize("what", BROKEN)
async def test_a_refused_file_is_told_and_changes_nothing(
    copy_of: Copies, window_on: Windows, received: Path, what: str
) -> None:
    ana = copy_of("Ana")
    before = (ana.dump(), ana.people())
    alter, told = BROKEN[what]
    received.write_bytes(alter(received.read_bytes()))
    async with window_on(ana) as window:
        await look_at(window, received)
        assert told in report(window)
        await window.press("f2", "f3")
        assert (ana.dump(), ana.people()) == before


async def test_a_path_that_leads_nowhere_is_told(copy_of: Copies, window_on: Windows, tmp_path: Path) -> None:
    async with window_on(copy_of()) as window:
        await look_at(window, tmp_path / "nada.json")
        assert "No se puede leer" in window.last
        assert "no existe" in window.last
        assert window.screen == "ReceiveScreen"


async def test_a_file_is_chosen_from_the_folders(
    copy_of: Copies, window_on: Windows, received: Path, tmp_path: Path
) -> None:
    (tmp_path / "home" / "cambios.json").write_bytes(received.read_bytes())
    async with window_on(copy_of("Ana")) as window:
        await window.press("x", "r", "tab")
        await window.until(lambda: "cambios.json" in window.text)
        await window.press("down", "enter")
        assert "Eva, Perú" in report(window)


async def test_confirming_and_blocking_are_asked_and_u_takes_a_block_back(
    copy_of: Copies, window_on: Windows, received: Path
) -> None:
    ana = copy_of("Ana")
    ana.merge([("eva.json", received.read_bytes())])
    assert trust_of(ana, "Eva") is Trust.STRANGER
    async with window_on(ana) as window:
        await window.press("x", "down", "enter")
        assert "¿Confirmar a Eva?" in window.text
        assert "Dice ser: Eva · Perú · Punto focal" in window.text
        assert "Estado: Pendiente → Cumplida" in window.text, "what follows is said before"
        assert "Todavía no" in window.text
        await window.press("enter")
        assert trust_of(ana, "Eva") is Trust.STRANGER, "what is chosen when it comes up changes nothing"
        assert status_of(ana) is Status.PENDING
        await window.press("I", "down", "enter")
        assert trust_of(ana, "Eva") is Trust.ACCEPTED
        assert status_of(ana) is Status.DONE
        assert "Eva: persona confirmada; 2 cambios aplicados" in window.last
        assert "confirmada" in window.line_of("Eva  ")
        await window.press("b", "enter")
        assert trust_of(ana, "Eva") is Trust.ACCEPTED
        await window.press("b", "down", "enter")
        assert trust_of(ana, "Eva") is Trust.BLOCKED
        assert "bloqueada" in window.line_of("Eva  ")
        await window.press("u")
        assert trust_of(ana, "Eva") is Trust.ACCEPTED
        assert window.last.startswith("Deshecho: Eva: bloqueada")
        await window.press("b", "down", "enter", "b", "down", "enter")
        assert trust_of(ana, "Eva") is Trust.ACCEPTED
        await window.press("u")
        assert trust_of(ana, "Eva") is Trust.BLOCKED


async def test_who_is_blocked_while_their_words_wait_loses_none_of_them(
    copy_of: Copies, window_on: Windows, received: Path
) -> None:
    ana = copy_of("Ana")
    ana.merge([("eva.json", received.read_bytes())])
    waits = [(one.name, one.country, one.aside) for one in ana.people()]
    async with window_on(ana) as window:
        await window.press("x", "down", "b")
        assert "2 cambios suyos siguen esperando aparte." in window.words
        await window.press("down", "enter")
        assert trust_of(ana, "Eva") is Trust.BLOCKED
        assert [(one.name, one.country, one.aside) for one in ana.people()] == waits
        await window.press("u")
        assert trust_of(ana, "Eva") is Trust.STRANGER
        assert [(one.name, one.country, one.aside) for one in ana.people()] == waits
        await window.press("enter", "down", "enter")
        assert status_of(ana) is Status.DONE


async def test_relying_on_somebody_says_whom_that_confirms_and_asks(
    copy_of: Copies, window_on: Windows, eva: Replica
) -> None:
    ana, ben = copy_of("Ana"), copy_of("Ben", "CL")
    activities.set_status(ben, "2019/3.1.1", Status.DONE)
    eva.merge([("ben.json", file_of(ben))], accept=True)
    people.vouch_for(eva, [ben.id or ""])
    ana.merge([("eva.json", file_of(eva)), ("ben.json", file_of(ben))])
    people.accept(ana, eva.id or "")
    async with window_on(ana) as window:
        await window.press("x", "down", "down", "V")
        assert "Hoy avala a:" in window.text
        assert "Ben, Chile" in window.words or "Ben (Chile)" in window.words
        await window.press("enter")
        assert ana.relied_on() == []
        await window.press("V", "down", "enter")
        assert trust_of(ana, "Ben") is Trust.ACCEPTED
        await window.press("u")
        assert ana.relied_on() == []


async def test_the_cursor_stays_on_the_person_who_was_accepted(
    copy_of: Copies, window_on: Windows, received: Path
) -> None:
    ana = copy_of("Ana")
    ana.merge([("eva.json", received.read_bytes())])
    async with window_on(ana) as window:
        await window.press("x", "down", "enter", "down", "enter", "b", "down", "enter")
        assert trust_of(ana, "Eva") is Trust.BLOCKED


async def test_nobody_blocks_themselves(copy_of: Copies, window_on: Windows) -> None:
    ana = copy_of("Ana")
    async with window_on(ana) as window:
        await window.press("x", "b")
        assert window.last == "Nadie puede bloquearse a sí mismo."


async def test_two_copies_with_the_same_words_show_the_same_plan(
    copy_of: Copies, window_on: Windows, eva: Replica
) -> None:
    ana = copy_of("Ana")
    ana.merge([("eva.json", file_of(eva))], accept=True)
    people.accept(ana, eva.id or "")
    eva.merge([("ana.json", exchange.export_text(ana, everything=True).encode())], accept=True)
    said = []
    for replica in (ana, eva):
        async with window_on(replica) as window:
            await window.press("x", "v")
            said.append(window.line_of("Números de su plan:"))
    assert said[0] == said[1]
    activities.set_status(ana, "2019/3.1.1", Status.DONE)
    async with window_on(ana) as window:
        await window.press("x")
        assert "Números de su plan" not in window.text, "only for who compares"
        await window.press("v")
        assert window.line_of("Números de su plan:") != said[0]


async def test_what_was_made_is_opened_and_its_place_copied(
    copy_of: Copies, window_on: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(opening, "opened", lambda path: not asked.append(path))
    ana = copy_of()
    async with window_on(ana) as window:
        await window.press("x", "s", "o")
        assert asked == [], "nothing was made, and there is no folder"
        await window.press("down", "enter", "enter", "o", "c")
        (made,) = (ana.path.parent / "enviados").iterdir()
        assert asked == [made]
        assert made.name in window.text


async def test_the_folder_that_was_chosen_takes_what_is_sent_too(
    copy_of: Copies, window_on: Windows, tmp_path: Path
) -> None:
    ana = copy_of()
    ana.set_setting(paths.FOLDER, str(tmp_path / "Mis archivos"))
    async with window_on(ana) as window:
        await window.press("x", "s", "down", "enter", "enter")
        assert [one.suffix for one in (tmp_path / "Mis archivos").iterdir()] == [".json"]
