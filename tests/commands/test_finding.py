"""Finding: by words without accents and case, by code, by filters; and many changed at once."""

from __future__ import annotations

from typing import Any

import pytest

from gealc_tui import errors
from gealc_tui.commands import activities, finding, notes, people, undo
from gealc_tui.domain.change import Edit
from gealc_tui.domain.filters import Facts, Filter, Since, lets_through
from gealc_tui.domain.readings import ActivityRow
from gealc_tui.domain.vocabulary import Alert, Status
from gealc_tui.replica import Replica


@pytest.fixture
def ana(make_replica: Any) -> Replica:
    return make_replica("Ana", "UY")


def codes(replica: Replica, text: str) -> list[str]:
    return [row.code for row in finding.search(replica, text).rows]


# --- search --------------------------------------------------------------------------------------------------


def test_accents_and_case_make_no_difference(ana: Replica) -> None:
    assert codes(ana, "REUNION anual") == codes(ana, "reunión Anual") != []


def test_codes_come_first_then_titles_then_the_rest(ana: Replica) -> None:
    activities.set_field(ana, "activity/2019/3.4.1", "place", "Blockchain, sala 3.6")
    assert codes(ana, "blockchain") == ["3.6.3", "3.4.1"]
    found = codes(ana, "3.6")
    assert found[:5] == ["3.6", "3.6.1", "3.6.2", "3.6.3", "3.6.4"]
    assert found[-1] == "3.4.1"


def test_a_code_that_is_typed_whole_stands_before_longer_ones(small_codes: Replica) -> None:
    assert codes(small_codes, "1.1")[:3] == ["1.1", "1.1", "1.10"]


@pytest.fixture
def small_codes(make_replica: Any) -> Replica:
    replica: Replica = make_replica("Eva", "PE", False)
    changes = [
        (Edit("plan/2019", "year", 2019),),
        (Edit("area/2019/1", "plan", "2019"), Edit("area/2019/1", "code", "1.1")),
    ]
    for place, code in enumerate(("1.10", "1.1", "2.1"), 1):
        entity = f"activity/2019/{code}"
        changes.append((Edit(entity, "area", "2019/1"), Edit(entity, "code", code), Edit(entity, "position", place)))
    replica.import_genesis(changes, 1)
    return replica


def test_words_inside_others_are_found_too(ana: Replica) -> None:
    assert "3.6.3" in codes(ana, "chain")


def test_products_notes_and_people_are_found(ana: Replica, make_replica: Any, send: Any) -> None:
    eva = make_replica("Eva Ñandú", "PE")
    notes.add_note(eva, "activity/2019/3.7.2", "Habló con Asunción")
    activities.set_field(eva, "activity/2019/3.8.1", "lead", "CL")
    activities.set_field(eva, "activity/2019/3.8.2", "co_leads", "Chile, Brasil")
    send(eva, ana)
    assert codes(ana, "asuncion") == ["3.7.2"]
    assert codes(ana, "nandu") == ["3.7.2"]
    assert codes(ana, "chile") == ["3.8.1", "3.8.2"]
    people.introduce(eva, "Otra", "PE", "focal")
    send(eva, ana)
    assert codes(ana, "otra habló") == ["3.7.2"]


def test_it_says_what_was_found_if_the_title_does_not(ana: Replica) -> None:
    notes.add_note(ana, "activity/2019/3.7.2", f"{'a ' * 60}Habló con Asunción{' b' * 60}")
    reading = ana.read.activity("2019/3.7.2", ana.today)
    match = finding.matched(reading, finding.sought(ana, "ASUNCION"))
    assert match is not None
    assert match.label == "Nota"
    assert "Habló con Asunción b" in match.text
    assert match.text.startswith("…")
    assert match.text.endswith("…")
    assert finding.matched(reading, finding.sought(ana, "reuniones bimens")) is None


TYPED = """ | "|a"b|título" OR "x|'|*|(|a AND|NEAR(|title:|^|-|…|\x00|a\x00b|[/]|日本|%|\u202etaller|\x1b[2J"""


@pytest.mark.parametrize("typed", ["", *TYPED.split("|"), "\ud800", "a" * 5_000])
def test_whatever_is_typed_is_words_and_nothing_else(ana: Replica, typed: str) -> None:
    assert finding.search(ana, typed).total >= 0


# --- the table of words ---------------------------------------------------------------------------------------


def table(replica: Replica) -> list[Any]:
    return replica._db.rows("SELECT rowid, * FROM search ORDER BY rowid")


def test_the_words_follow_every_change_as_a_rebuild_makes_them(ana: Replica, make_replica: Any, send: Any) -> None:
    eva = make_replica("Eva", "PE")
    notes.add_note(eva, "activity/2019/3.1.1", "Quito")
    noted = notes.add_note(ana, "activity/2019/3.1.1", "Bogotá")
    assert noted is not None
    note = noted.edits[0][0].partition("/")[2]
    activities.set_field(ana, "activity/2019/3.1.2", "title", "Otro título")
    activities.set_field(ana, "area/2019/3.1", "objective", "Cruzar fronteras")
    send(eva, ana)
    assert codes(ana, "quito") == codes(ana, "bogota") == ["3.1.1"]
    assert codes(ana, "otro titulo") == ["3.1.2"]
    assert codes(ana, "cruzar") == ["3.1"]
    notes.delete_note(ana, note)
    assert codes(ana, "bogota") == []
    undo.undo(ana)
    assert codes(ana, "bogota") == ["3.1.1"]
    before = table(ana)
    assert ana.verify() == ()
    ana.rebuild()
    assert table(ana) == before


def test_verify_finds_words_that_the_plan_does_not_say(ana: Replica) -> None:
    ana._db.execute("UPDATE search SET title = 'otra cosa' WHERE rowid = (SELECT max(rowid) FROM search)")
    assert {fault.kind for fault in ana.verify()} == {"view"}


# --- filters --------------------------------------------------------------------------------------------------


def ids(replica: Replica, wanted: Filter) -> set[str]:
    return {id for found in finding.matching(replica, wanted, replica.plan).by_area.values() for id in found}


def test_the_database_and_the_rule_agree(ana: Replica) -> None:
    activities.set_field(ana, "activity/2019/3.1.1", "lead", "CL")
    activities.set_field(ana, "activity/2019/3.1.2", "co_leads", "Chile, Perú")
    activities.set_status(ana, "2019/3.2.1", Status.DONE)
    every = ana.read.activities(ana.today, ana.plan)
    for wanted in (
        Filter(leads=("CL",)),
        Filter(no_lead=True),
        Filter(leads=("PE",), no_lead=True),
        Filter(statuses=(Status.DONE, Status.ON_HOLD)),
        Filter(areas=("2019/3.1", "2019/3.2"), statuses=(Status.PENDING,)),
        Filter(funders=("bid",)),
        Filter(alerts=tuple(Alert)),
    ):
        by_rule = {
            one.row.id
            for one in every
            if lets_through(
                wanted,
                Facts(
                    one.row.status, one.row.area, one.row.period, one.row.lead, one.co_leads,
                    f"{one.funder or ''} {one.resources or ''}", one.row.alerts, one.row.differences, None,
                ),
            )
        }  # fmt: skip
        assert ids(ana, wanted) == by_rule != set()


def test_changed_since_a_day_or_since_the_last_meeting_was_closed(ana: Replica) -> None:
    activities.set_status(ana, "2019/3.1.1", Status.DONE)
    assert ids(ana, Filter(since=Since.MEETING)) == set()
    ana.commit([("meeting/m1", "state", "closed")])
    notes.add_note(ana, "activity/2019/3.1.2", "Después")
    ana.commit([("meeting/m1", "title", "Corregido mucho después")])
    assert ids(ana, Filter(since=Since.MEETING)) == {"2019/3.1.2"}
    assert ids(ana, Filter(since=ana.today.isoformat())) == {"2019/3.1.1", "2019/3.1.2"}
    assert ids(ana, Filter(since="2030-01-01")) == ids(ana, Filter(since="nunca")) == set()


def test_only_what_differs(in_two_minds: Replica) -> None:
    assert ids(in_two_minds, Filter(differing=True)) == {"2019/3.6.1"}


@pytest.fixture
def in_two_minds(ana: Replica, make_replica: Any, send: Any) -> Replica:
    eva = make_replica("Eva", "PE")
    activities.set_status(ana, "2019/3.6.1", Status.DONE)
    activities.set_status(eva, "2019/3.6.1", Status.ON_HOLD)
    send(eva, ana)
    return ana


def test_a_search_stays_within_a_filter(ana: Replica) -> None:
    activities.set_status(ana, "2019/3.4.5", Status.DONE)
    done = finding.matching(ana, Filter(statuses=(Status.DONE,)), ana.plan)
    assert [row.id for row in finding.search(ana, "reunion", done).rows] == ["2019/3.4.5"]
    assert finding.search(ana, "3.4", done).rows[0].id == "2019/3.4.5"
    assert finding.search(ana, "blockchain", done).rows == ()


def test_a_code_that_stands_on_two_activities_gives_both(ana: Replica) -> None:
    assert [row.id for row in finding.by_code(ana, "3.5.5")] == ["2019/3.5.5", "2019/3.5.5-2"]
    assert finding.by_code(ana, "9") == finding.by_code(ana, "") == ()


def test_a_code_may_be_said_without_its_points(ana: Replica) -> None:
    assert [row.id for row in finding.by_code(ana, "361")] == ["2019/3.6.1"]


# --- the plan in parts ----------------------------------------------------------------------------------------


def test_the_parts_of_the_plan_are_those_of_the_whole(in_two_minds: Replica) -> None:
    ana = in_two_minds
    notes.add_note(ana, "activity/2019/3.1.2", "Una nota")
    whole, head = ana.read.outline(ana.today, ana.plan), ana.read.head(ana.plan)
    assert whole is not None
    assert head is not None
    assert [(area.id, len(area.activities), area.done) for area in whole.areas] == [
        (area.id, area.total, area.done) for area in head.areas
    ]
    assert ana.read.rows_of_areas((area.id for area in head.areas), ana.today) == {
        area.id: area.activities for area in whole.areas
    }
    some = ana.read.rows(["2019/3.6.1", "2019/3.1.2", "none"], ana.today)
    assert list(some) == ["2019/3.1.2", "2019/3.6.1"]
    assert all(isinstance(row, ActivityRow) and row in whole.activities for row in some.values())


# --- many at once ---------------------------------------------------------------------------------------------


def test_many_are_changed_by_one_change_and_taken_back_by_one_undo(ana: Replica) -> None:
    three = ("2019/3.1.1", "2019/3.1.2", "2019/3.2.1")
    activities.set_status(ana, three[0], Status.ON_HOLD)
    committed = activities.set_field_in_all(ana, three, "status", "done")
    assert committed is not None
    assert len(committed.edits) == 3
    assert ana.unsent() == 1, "what the first status was meanwhile, nobody need be told"
    undo.undo(ana)
    assert [ana.read.activity(id, ana.today).row.status for id in three] == [
        Status.ON_HOLD,
        Status.PENDING,
        Status.PENDING,
    ]
    undo.redo(ana)
    assert {ana.read.activity(id, ana.today).row.status for id in three} == {Status.DONE}


def test_what_one_of_many_refuses_sets_none(ana: Replica) -> None:
    before = ana.fingerprint()
    with pytest.raises(errors.ValueRefused):
        activities.set_field_in_all(ana, ("2019/3.1.1", "2019/3.1.2"), "due", "31/02/2019")
    with pytest.raises(errors.NotFound):
        activities.set_field_in_all(ana, ("2019/3.1.1", "2019/9.9.9"), "lead", "Chile")
    assert ana.fingerprint() == before
