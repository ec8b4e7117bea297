"""The views for people with other programs: read by SQLite alone, as those programs do."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from gealc_tui.commands import demo, notes
from gealc_tui.domain.alerts import due_day
from gealc_tui.domain.vocabulary import ItemKind, MeetingBody, MeetingState, Period, Role, Status
from gealc_tui.i18n import countries, labels
from gealc_tui.replica import Replica
from gealc_tui.store import people_views

PAGE = Path(__file__).parents[2] / "docs" / "database.md"
QUERIES = re.findall(r"```sql\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.make(tmp_path_factory.mktemp("views") / "demo").folder


@pytest.fixture
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file as another program opens it."""
    connection = sqlite3.connect(f"file:{folder / 'gealc.db'}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.mark.parametrize("number", range(5))
def test_each_query_of_the_page_answers(opened: sqlite3.Connection, number: int) -> None:
    assert len(QUERIES) == 5
    rows = opened.execute(QUERIES[number]).fetchall()
    assert rows
    assert all(any(value is not None for value in row) for row in rows)


def test_the_queries_of_the_page_answer_what_they_ask(opened: sqlite3.Connection) -> None:
    late, areas, reports, words, differing = ([tuple(row) for row in opened.execute(one)] for one in QUERIES)
    assert late == [("Costa Rica", "2019-06-14", "Enviar el formulario completo", "3.5.3")]
    assert len(areas) == 9
    assert ("3.8", "Comunicación", 0, 2) in areas
    assert {row[0] for row in reports} == {"Brasil", "Chile", "OEA", "Perú", "Uruguay"}
    assert {row[0] for row in words} >= {"3.5.1", "3.5.5"}
    assert [(row[0], row[2], row[4]) for row in differing] == [
        ("3.6.1", "in_progress", "Uruguay"),
        ("3.6.1", "on_hold", "Perú"),
    ]


def test_the_page_tells_of_every_view(opened: sqlite3.Connection) -> None:
    views = {name for (name,) in opened.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert views == told == set(people_views.VIEWS)


def test_labels_are_those_of_the_program() -> None:
    for codes, said, label in (
        (Status, people_views.STATUS, labels.status_label),
        (Period, people_views.PERIOD, labels.period_label),
        (Role, people_views.ROLE, labels.role_label),
        (MeetingBody, people_views.BODY, labels.body_label),
        (MeetingState, people_views.STATE, labels.state_label),
        (ItemKind, people_views.ITEM, labels.item_label),
    ):
        assert said == {code.value: label(code) for code in codes}


def test_every_country_has_its_name(opened: sqlite3.Connection) -> None:
    said = {row["codigo"]: row["nombre"] for row in opened.execute("SELECT * FROM paises")}
    assert said == {**countries.NAMES, "OAS": "OEA", "IDB": "BID"}


def test_they_say_what_the_program_says(folder: Path, opened: sqlite3.Connection) -> None:
    rows = opened.execute("SELECT * FROM actividades").fetchall()
    with Replica(folder / "gealc.db", folder / "keys") as replica:
        shown = replica.read.activities(replica.today, replica.plan)
    assert [(row["codigo"], row["estado_codigo"], row["responsable_codigo"], row["notas"]) for row in rows] == [
        (one.row.code, one.row.status.value, one.row.lead, one.row.notes) for one in shown
    ]
    assert [row["plazo"] for row in rows] == [str(due_day(one.row.due, one.year, one.row.period)) for one in shown]
    written = opened.execute("SELECT * FROM notas WHERE codigo = '3.6.1' ORDER BY cuando").fetchall()
    assert [(row["cuando"], row["autor"], row["pais"], row["clase"]) for row in written] == [
        ("2019-03-14 10:22", "Ana Ejemplo", "Uruguay", "oficial"),
        ("2019-05-02 16:40", "Pedro Ejemplo", "Perú", "interna"),
    ]


def test_what_is_found_leads_back_to_its_activity(opened: sqlite3.Connection) -> None:
    for words in ("REUNIÓN", "reunion"):
        found = opened.execute("SELECT actividad FROM buscador WHERE texto MATCH ? AND actividad <> ''", [words])
        ids = [row[0] for row in found]
        assert ids
        marks = ", ".join("?" * len(ids))
        known = opened.execute(f"SELECT count(*) FROM actividades WHERE actividad IN ({marks})", ids).fetchone()[0]
        assert known == len(ids)


def test_what_was_deleted_is_in_none_and_any_clock_is_borne(make_replica, tmp_path):
    ana = make_replica("Ana")
    notes.add_note(ana, "activity/2019/3.6.1", "Se borra")
    (note,) = ana.read.notes("activity/2019/3.6.1")
    notes.delete_note(ana, note.id)
    ana.clock.now = 10**15
    notes.add_note(ana, "area/2019/3.6", "De un reloj que va muy adelante")
    rows = ana._db.rows("SELECT codigo, sobre, nota, cuando FROM notas")
    assert [row[:3] for row in rows] == [("3.6", "Tecnologías emergentes", "De un reloj que va muy adelante")]
    assert rows[0][3] is not None
