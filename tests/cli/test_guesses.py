"""What people type nearly right: names in their language, commands with a slip."""

from __future__ import annotations

import pytest

from gealc_tui.domain.vocabulary import MeetingBody, Period, Role, Status
from gealc_tui.i18n import LANGUAGES, use
from gealc_tui.i18n.spellings import labels_of, read_code

from .conftest import Person


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("suspendida", "on_hold"),
        ("SUSPENDUE", "on_hold"),
        ("suspensa", "on_hold"),
        ("on hold", "on_hold"),
        ("on_hold", "on_hold"),
        ("Cumplida", "done"),
        ("concluida", "done"),
        ("realisee", "done"),
        ("completed", "done"),
        ("en curso", "in_progress"),
        ("em andamento", "in_progress"),
        ("não iniciada", "pending"),
        ("cancel", "cancelled"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_status_is_understood_in_each_language_whatever_is_in_force(
    ana: Person, language: str, typed: str, status: str
) -> None:
    ana.must("--lang", language, "status", "3.6.1", *typed.split())
    assert ana.must("show", "3.6.1", "--json").json["status"] == status
    assert [one["code"] for one in ana.must("list", "--status", typed, "--json").json if one["code"] == "3.6.1"]


def test_a_field_takes_the_same_names(ana: Person) -> None:
    ana.must("set", "3.6.1", "status", "en curso")
    ana.must("set", "3.6.1", "period", "segundo semestre")
    shown = ana.must("show", "3.6.1", "--json").json
    assert (shown["status"], shown["period"]) == ("in_progress", "S2")


def test_a_role_and_a_body_that_meets_too(ana: Person) -> None:
    ana.must("init", "--name", "Ana", "--country", "UY", "--role", "Secretaría Técnica")
    assert ana.must("people", "--json").json[0]["role"] == "secretariat"
    ana.must("meeting", "begin", "comité ejecutivo")
    assert ana.must("meeting", "list", "--json").json[0]["body"] == "committee"


@pytest.mark.parametrize("codes", [Status, Period, Role, MeetingBody])
def test_every_name_of_a_code_in_every_language_means_that_code_alone(codes: type) -> None:
    for language in LANGUAGES:
        use(language)
        assert [read_code(label, codes) for label in labels_of(codes)] == list(codes)
    assert read_code("", codes) is read_code("x", codes) is None


@pytest.mark.parametrize(
    ("typed", "guess"),
    [
        (["lis"], "gealc list"),
        (["expotr"], "gealc export"),
        (["estado", "3.6.1"], "gealc status"),
        (["reuniones"], "gealc meeting"),
        (["meeting", "agre"], "gealc meeting agree"),
        (["list", "--jsn"], "--json"),
        (["export", "b.json"], "-o b.json"),
        (["list", "taller"], "--search taller"),
        (["status", "3.6.1", "supendida"], "«Suspendida»"),
        (["list", "--period", "anul"], "De carácter anual"),
        (["progress", "--by", "contry"], "«country»"),
    ],
)
def test_a_slip_gets_a_guess_and_not_a_wall(ana: Person, typed: list[str], guess: str) -> None:
    answer = ana.must(*typed, code=2)
    sentence = answer.err.splitlines()[0]
    assert guess in sentence
    assert len(sentence) < 200
    assert "accept" not in sentence


def test_without_a_guess_one_is_told_where_the_commands_are(ana: Person) -> None:
    assert "gealc --help" in ana.must("qwxz", code=2).err
