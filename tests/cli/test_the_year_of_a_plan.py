"""A Secretariat's year by commands: three copies, of which one relies on nobody, and mail in any order."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from .conftest import MakePerson, Person


def mail(people: list[Person], order: random.Random) -> None:
    """Everybody sends everything to everybody, in some order."""
    files: list[tuple[Path, Person]] = [(one.sends(), other) for one in people for other in people if one is not other]
    order.shuffle(files)
    for file, recipient in files:
        answer = recipient.types("merge", str(file), "--accept")
        assert answer.code in (0, 3), answer


@pytest.mark.parametrize("seed", [1, 2])
def test_a_year_from_draft_to_closed_is_the_same_on_three_copies(person: MakePerson, seed: int) -> None:
    order = random.Random(seed)
    sara, peru, eva = person("Sara"), person("Pedro", "PE"), person("Eva", "CL")
    sara.must("init", "--name", "Sara", "--country", "OEA", "--role", "secretariat")
    everybody = [sara, peru, eva]
    mail(everybody, order)
    peru.must("rely", sara.id, "--as", "secretariat")

    # The draft of 2020 is offered, and a focal point proposes to it before and after it is approved.
    draft = sara.must("plan", "new", "2020", "--from", "2019").out.strip()
    sara.must("plan", "propose", draft)
    mail(everybody, order)
    peru.must("set", "2020/3.6.1", "place", "Lima")
    peru.must("set", "2020/3.6.2", "title", "Documento revisado")
    mail(everybody, order)
    moment = sara.must("plan", "approve", "2020", "--day", "15/11/2018").out.strip()
    mail(everybody, order)
    assert "gealc propose" in peru.must("set", "2020/3.6.1", "title", "Otro", code=1).err
    asks = ("propose", "2020/3.6.1", "title", "Relevamiento regional", "--reason", "más países")
    proposed = peru.must(*asks).out.strip()
    adds = ("--plan", "2020", "activity", "add", "--area", "3.6", "--title", "Encuesta")
    added = peru.must(*adds, "--propose", "--reason", "la pidió el grupo").out.strip()
    peru.must("propose", "2020/3.6.1", "title", "x", "--reason", " ", code=1)
    mail(everybody, order)
    sara.must("proposal", "accept", proposed, "--word", "de acuerdo")
    sara.must("proposal", "decline", added)
    assert sara.must("set", "2020/3.6.3", "period", "S1", code=3).err
    sara.must("--plan", "2020", "activity", "withdraw", "3.6.4", "--reason", "sin fondos")
    peru.must("reschedule", "2020/3.6.1", "30/09/2020", "--reason", "se atrasó la consultoría")
    mail(everybody, order)

    # The first half closes while a word of Peru's is on its way.
    peru.must("status", "2020/3.6.3", "done")
    sara.must("--plan", "2020", "period", "close", "S1")
    mail(everybody, order)
    late = sara.must("--plan", "2020", "late", "--json").json
    assert [(one["code"], one["field"], one["value"], one["state"]) for one in late] == [
        ("3.6.3", "status", "done", "open")
    ]
    sara.must("--plan", "2020", "late", "count", late[0]["change"])
    peru.must("series", "2020/3.7.1", "--every", "6", "--from", "31/08/2020", "--count", "2")
    peru.must("series", "held", "2020/3.7.1", "1", "--day", "31/08/2020")
    mail(everybody, order)
    mail(everybody, order)

    def listed(one: Person) -> list[object]:
        asked = (
            ("plan", "compare", "2020", "--json"),
            ("plan", "compare", "2020", "--with", moment, "--json"),
            ("amendments", "2020", "--json"),
            ("proposals", "--json"),
            ("plan", "moments", "2020", "--json"),
            ("--plan", "2020", "late", "--json"),
            ("show", "2020/3.7.1", "--json"),
            ("--plan", "2020", "list", "--as-of", "S1", "--json"),
        )
        found = [json.loads(one.must(*words).out) for words in asked]
        for moments in found[4]:  # on whom one relies is each copy's own judgement
            moments.pop("relied")
        return found

    first = listed(sara)
    assert listed(peru) == first
    assert listed(eva) == first
    compared, _, amended, proposals = first[:4]
    assert isinstance(compared, list)
    assert isinstance(amended, list)
    assert isinstance(proposals, list)
    told = {(one["kind"], one["code"], one["field"], one["explained"]) for one in compared}
    assert {
        ("changed", "3.6.1", "title", "amended"),
        ("changed", "3.6.3", "period", "unexplained"),
        ("withdrawn", "3.6.4", None, "amended"),
        ("changed", "3.6.1", "due", "free"),
    } <= told
    assert [one["reason"] for one in amended] == ["más países", "sin fondos", None]
    assert [(one["state"], one["word"]) for one in proposals] == [("accepted", "de acuerdo"), ("declined", None)]
    assert len({one.must("dump").out for one in everybody}) == 1
    assert "no reconoce" in eva.must("plan", "compare", "2020").err
    assert "no reconoce" not in peru.must("plan", "compare", "2020").err

    # 2020 closes, and 2019 is whole beside it.
    sara.must("plan", "close", "2020")
    mail(everybody, order)
    assert "está cerrado" in peru.must("status", "2020/3.6.1", "done", code=1).err
    peru.must("status", "2019/3.6.1", "done")
    sara.must("plan", "reopen", "2020", code=1)
    sara.must("plan", "reopen", "2020", "--reason", "faltaba un informe")
    assert sara.must("verify").code == 0
