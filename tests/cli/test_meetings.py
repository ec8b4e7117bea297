"""`gealc meeting`: a whole meeting by commands."""

from __future__ import annotations

import pytest


def test_a_meeting_is_begun_written_closed_and_its_files_are_made(ana, tmp_path):
    facts = ("--area", "3.5", "--day", "17/05/2019", "--hour", "9", "--city", "Quito", "--countries", "cl cr, uruguay")
    meeting = ana.must("meeting", "begin", "working_group", *facts).out.strip()
    ana.must("status", "3.5.1", "done")
    agreed = ana.must("meeting", "agree", "3.5.3", "Enviar el formulario @cr 30/06").out
    assert "Acuerdo: Enviar el formulario" in agreed
    assert "Plazo: 30/06/2019" in agreed
    ana.must("meeting", "agree", "-", "La Secretaría circulará el borrador", "--noted")
    assert "«31/02» no sirve para Plazo" in ana.must("meeting", "agree", "3.5.3", "Enviar @cr 31/02", code=1).err
    assert "Hay una reunión abierta" in ana.must("meeting", "begin", "committee", code=1).err
    shown = ana.must("meeting", "show", "--json").json
    assert (shown["id"], shown["state"], shown["countries"]) == (meeting, "open", ["CL", "CR", "UY"])
    assert [(one["kind"], one["country"], one["due"]) for one in shown["items"]] == [
        ("commitment", "CR", "2019-06-30"),
        ("noted", None, None),
    ]
    assert [one["code"] for one in shown["changes"]] == ["3.5.1", "3.5.3", "3.5"]
    closing = ana.must("meeting", "close", code=3)
    assert closing.err.startswith("3.5.1: cumplida, sin medio de verificación")
    ana.must("meeting", "next", "20/06/2019", "--hour", "10")
    text = ana.must("meeting", "show", meeting[:6]).out
    assert "Pendiente → Cumplida" in text
    assert "20 de junio de 2019, 10:00, hora de Quito" in text
    written = ana.must("meeting", "acta", "-o", str(tmp_path / "acta")).out.split()
    assert [one.rpartition(".")[2] for one in written] == ["txt", "md", "docx", "ics", "json", "eml"]
    (owed,) = ana.must("meeting", "show", "--json").json["owed"]
    assert "Compromiso cumplido" in ana.must("meeting", "fulfil", owed["id"]).out
    assert ana.must("meeting", "show", "--json").json["owed"] == []
    ana.must("meeting", "fulfil", f"item/{owed['id']}", "--undo")
    ana.must("meeting", "fulfil", "formulário")
    ana.must("meeting", "fulfil", "3.5.3", "--undo")
    assert "item/" not in agreed
    assert ana.must("meeting", "show", "--json").json["owed"] == [owed]
    listed = ana.must("meeting").out
    assert listed.index("Prevista") < listed.index("Cerrada")
    assert [one["state"] for one in ana.must("meeting", "--json").json] == ["planned", "closed"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("meeting", "show"), 1),
        (("meeting", "show", "nada"), 1),
        (("meeting", "close"), 1),
        (("meeting", "agree", "3.5.1", "x"), 1),
        (("meeting", "begin", "committee", "--countries", "cl narnia"), 1),
        (("meeting", "begin", "committee", "--day", "mañana"), 1),
        (("meeting", "begin", "nadie"), 2),
        (("meeting", "begin"), 2),
        (("meeting", "bailar"), 2),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(ana, arguments, code):
    answer = ana.must(*arguments, code=code)
    assert answer.out == ""
    assert answer.err
    assert ana.must("meeting", "--json").json == []
