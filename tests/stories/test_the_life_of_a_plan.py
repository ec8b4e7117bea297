"""A plan is approved by keys, changed with its reason, proposed to by whoever may not, and compared; 2019 to 2020."""

from __future__ import annotations

import pytest

from gealc_tui.commands import activities, approval, people, proposals
from gealc_tui.replica import Replica
from stories.conftest import Copies, Windows

ACTIVITY = "2019/3.6.1"


def secretariat(copy_of: Copies) -> Replica:
    sara = copy_of("Sara", "UY")
    people.introduce(sara, "Sara", "OEA", "secretariat")
    return sara


def exchange(sender: Replica, recipient: Replica) -> None:
    file = sender.bundle_text(recipients=None, summary="").encode()
    recipient.merge([("cambios.json", file)], accept=True)


def title(replica: Replica) -> str:
    return replica.read.activity(ACTIVITY, replica.today).row.title


async def test_a_plan_is_approved_closed_and_reopened_by_keys(copy_of: Copies, window_on: Windows) -> None:
    sara = secretariat(copy_of)
    async with window_on(sara) as window:
        await window.press("A", "f2")
        assert "aprobarlo" in window.text
        assert "ofrecerlo" not in window.text
        await window.press("enter")
        await window.press(*["backspace"] * 10)
        await window.type("16/11/2018")
        await window.press("enter")
        (moment,) = approval.moments(sara, "2019")
        assert (moment.kind, moment.day) == ("approval", "2018-11-16")
        await window.press("f2", "down", "enter")
        assert "Cerrado" in window.text
        await window.press("f2", "enter", "enter")
        assert "Diga por qué" in window.words
        await window.type("faltaba un informe")
        await window.press("enter")
        assert sara.read.plans()[0].state == "approved"


async def test_the_secretariat_changes_an_approved_plan_and_is_asked_why(copy_of: Copies, window_on: Windows) -> None:
    sara = secretariat(copy_of)
    approval.approve(sara, "2019")
    async with window_on(sara) as window:
        await window.go_to(ACTIVITY)
        await window.open_field("title")
        await window.press("end")
        await window.type(" y más")
        await window.press("enter")
        assert "Motivo del cambio" in window.text
        await window.type("lo pidió la Asamblea")
        await window.press("enter")
        assert title(sara).endswith("y más")
        assert "1 enmienda desde la aprobación: F4" in window.top
        await window.press("escape", "f4")
        assert "«lo pidió la Asamblea»" in window.text
        await window.press("u")
        assert "No hay cambios, y nada espera decisión." in window.text
        await window.press("escape")
        assert "enmienda" not in window.top


async def test_leaving_the_question_why_changes_nothing_and_keeps_what_was_typed(
    copy_of: Copies, window_on: Windows
) -> None:
    sara = secretariat(copy_of)
    approval.approve(sara, "2019")
    before = title(sara)
    async with window_on(sara) as window:
        await window.go_to(ACTIVITY)
        await window.open_field("title")
        await window.press("end")
        await window.type(" y más")
        await window.press("enter", "escape")
        assert title(sara) == before
        assert window.focus == "field"
        assert "y más" in window.text


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_whoever_may_not_change_it_proposes_it_and_the_secretariat_accepts(
    copy_of: Copies, window_on: Windows, size: tuple[int, int]
) -> None:
    sara, peru = secretariat(copy_of), copy_of("Pedro", "PE")
    approval.approve(sara, "2019")
    exchange(sara, peru)
    before = title(peru)
    async with window_on(peru, size) as window:
        await window.go_to(ACTIVITY)
        await window.open_field("title")
        await window.press("end")
        await window.type(" y más")
        await window.press("enter")
        assert "para proponerlo" in window.words
        await window.press("enter")
        assert "Diga por qué" in window.words
        await window.type("hay más países")
        await window.press("enter")
        assert title(peru) == before
        assert "Propuesto" in window.last
        await window.press("escape", "R")
        assert "Proponer que se retire 3.6.1" in window.words
        await window.type("no hay fondos")
        await window.press("enter")
        assert title(peru) == before
    exchange(peru, sara)
    async with window_on(sara, size) as window:
        await window.press("f4")
        assert "2 propuestas por decidir" in window.text
        assert "«hay más países»" in window.text
        await window.press("f2")
        await window.type("de acuerdo")
        await window.press("enter")
        assert title(sara).endswith("y más")
        await window.press("f6", "enter")
    assert [one.state.value for one in sara.read.proposals()] == ["accepted", "declined"]
    assert proposals.stands(sara, sara.read.proposals()[0])[0].value == title(sara)


async def test_structure_is_proposed_by_keys_too(copy_of: Copies, window_on: Windows) -> None:
    sara, peru = secretariat(copy_of), copy_of("Pedro", "PE")
    approval.approve(sara, "2019")
    exchange(sara, peru)
    async with window_on(peru) as window:
        await window.go_to(ACTIVITY)
        await window.press("a", "enter")
        await window.type("Encuesta")
        await window.press("enter")
        await window.type("la pidió el grupo")
        await window.press("enter")
        assert window.cursor == ACTIVITY
        assert [one.reason for one in peru.read.proposals()] == ["la pidió el grupo"]
        assert not peru.read.has_code("3.6.5", "2019")
        await window.press("u")
        assert peru.read.proposals() == ()


async def test_a_closed_plan_says_so_at_the_key(copy_of: Copies, window_on: Windows) -> None:
    sara = secretariat(copy_of)
    approval.approve(sara, "2019")
    approval.close(sara, "2019")
    async with window_on(sara) as window:
        await window.go_to(ACTIVITY)
        await window.press("3")
        assert "está cerrado" in window.last


async def test_a_change_is_set_back_by_one_key_and_another_due_date_says_why(
    copy_of: Copies, window_on: Windows
) -> None:
    sara = secretariat(copy_of)
    approval.approve(sara, "2019")
    before = title(sara)
    activities.set_field(sara, f"activity/{ACTIVITY}", "title", "Otro")
    activities.set_field(sara, f"activity/{ACTIVITY}", "due", "30/9/2019")
    async with window_on(sara) as window:
        await window.press("f4")
        assert "no dice" in window.text or "sin motivo" in window.text
        await window.press("delete")
        await window.type("fue un error")
        await window.press("enter")
        assert title(sara) == before
        await window.press("escape")
        await window.go_to(ACTIVITY)
        await window.open_field("due")
        await window.type("31/10/2019")
        await window.press("enter")
        assert "Por qué cambia el plazo" in window.text
        await window.type("faltan fondos")
        await window.press("enter")
        read = sara.read.activity(ACTIVITY, sara.today)
        assert (read.row.due, [note.text for note in read.notes]) == ("2019-10-31", ["faltan fondos"])
