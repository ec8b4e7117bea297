"""Deleting, withdrawing and bringing back: what goes, what stays in sight, and what is a difference."""

from __future__ import annotations

import pytest

from gealc_tui import errors
from gealc_tui.commands import activities, deletion, differences, meetings, notes, undo
from gealc_tui.domain.readings import NOWHERE, Mark
from gealc_tui.domain.visibility import Visibility
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica, Setting

FIRST, SECOND, AREA, PLAN = "activity/2019/1.1.1", "activity/2019/1.1.2", "area/2019/1.1", "plan/2019"


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY", "small")


@pytest.fixture
def eva(make_replica):
    return make_replica("Eva", "PE", "small")


@pytest.fixture
def luz(make_replica):
    return make_replica("Luz", "PA", "small")


@pytest.fixture
def all_round(send):
    """Everybody sends everybody a file, until all hold what all have said, and show the same."""

    def exchanged(*replicas: Replica) -> None:
        for _ in range(2):
            for one in replicas:
                for other in replicas:
                    if one is not other:
                        send(one, other)
        assert len({one.fingerprint() for one in replicas}) == 1
        assert len({one.read.deletions() for one in replicas}) == 1
        for one in replicas:
            assert one.verify() == ()

    return exchanged


def in_sight(replica: Replica) -> list[str]:
    """The ids of the activities in the order of the plan."""
    outline = replica.read.outline(replica.today, replica.plan)
    return [row.id for row in outline.activities] if outline is not None else []


def visibility(replica: Replica, entity: str) -> Visibility | None:
    found = replica.read.deletion(entity)
    return found.visibility if found is not None else None


def as_before(entity: str, replica: Replica, *fields: str) -> list[Setting]:
    """How the version before this rule deletes: it says again what it deletes."""
    shown = replica.read.state_of(entity)
    return [(entity, "deleted", True), *((entity, field, shown[field]) for field in fields if field in shown)]


def delete_as_before(replica: Replica, entity: str) -> None:
    fields = ("text", "official") if entity.startswith("note/") else ("kind", "text", "country", "due")
    replica.commit(as_before(entity, replica, *fields), restate=True)


# --- withdrawing ---------------------------------------------------------------------------------------------------


def test_a_withdrawn_activity_is_gone_everywhere_and_comes_back_whole(ana, eva, all_round):
    notes.add_note(ana, FIRST, "una nota")
    all_round(ana, eva)
    deletion.withdraw(eva, "1.1.1", "sin fondos")
    all_round(ana, eva)
    for one in (ana, eva):
        assert in_sight(one) == ["2019/1.1.2"]
        assert one.read.head(one.plan).areas[0].total == 1
        assert [row.id for row in one.read.search([], one.plan, one.today, most=9).rows] == []
        with pytest.raises(errors.NotFound):
            one.resolve("1.1.1")
        assert one.read.differences() == ()
    (found,) = ana.read.deletions()
    assert (found.entity, found.visibility, found.reason) == (FIRST, Visibility.HIDDEN, "sin fondos")
    assert (found.author.name, found.words) == ("Eva", "Taller")
    deletion.bring_back(ana, FIRST)
    all_round(ana, eva)
    assert in_sight(eva) == ["2019/1.1.1", "2019/1.1.2"]
    assert [one.text for one in eva.read.notes(FIRST)] == ["una nota"]
    assert eva.read.deletions() == ()


@pytest.mark.parametrize(
    "unseen",
    [
        lambda replica: activities.set_status(replica, "2019/1.1.1", Status.DONE),
        lambda replica: notes.add_note(replica, FIRST, "no lo había visto"),
        lambda replica: activities.set_field(replica, "product/2019/1.1.1/1", "delivered", "2019-05-02"),
        lambda replica: replica.commit([(FIRST, "area", "otra")]),
        lambda replica: replica.commit([(FIRST, "mood", "de una versión más nueva")]),
        lambda replica: replica.commit([("item/x", "about", FIRST), ("item/x", "text", "acuerdo")]),
    ],
    ids=["status", "note", "product", "moved", "unknown field", "item"],
)
def test_what_somebody_wrote_unseen_keeps_an_activity_in_sight_until_it_is_settled(ana, eva, all_round, unseen):
    all_round(ana, eva)
    deletion.withdraw(ana, FIRST)
    unseen(eva)
    all_round(ana, eva)
    for one in (ana, eva):
        assert "2019/1.1.1" in in_sight(one)
        assert visibility(one, FIRST) is Visibility.CONTESTED
        (found,) = one.read.differences()
        assert (found.place, found.is_of_deletion) == ((FIRST, "deleted"), True)
        assert [choice.value for choice in found.choices] == [False, True]
        assert [standing.author.name for standing in found.values] == ["Eva", "Ana"]
        assert one.read.difference_counts()["2019/1.1.1"] == 1
        assert one.read.rows(["2019/1.1.1"], one.today)["2019/1.1.1"].mark is Mark.CONTESTED
    differences.take(ana, FIRST, "deleted", "2")
    all_round(ana, eva)
    for one in (ana, eva):
        assert visibility(one, FIRST) is Visibility.HIDDEN
        assert one.read.differences() == ()
    undo.undo(ana)
    all_round(ana, eva)
    differences.take(eva, FIRST, "deleted", "1")
    all_round(ana, eva)
    assert (ana.read.differences(), ana.read.deletions()) == ((), ())
    assert "2019/1.1.1" in in_sight(ana)


def test_who_looked_before_something_came_settles_nothing(ana, eva, luz, all_round):
    all_round(ana, eva, luz)
    deletion.withdraw(ana, FIRST)
    activities.set_status(eva, "2019/1.1.1", Status.DONE)
    all_round(ana, eva)
    seen = {one.change for one in ana.read.difference(FIRST, "deleted").values}
    notes.add_note(luz, FIRST, "también")
    all_round(ana, eva, luz)
    with pytest.raises(errors.DifferenceChanged):
        differences.take(ana, FIRST, "deleted", "2", seen=seen)


def test_withdrawing_an_area_takes_the_activities_that_are_seen_and_no_other(ana, eva, all_round):
    all_round(ana, eva)
    eva.commit([("activity/2019/nueva", "area", "2019/1.1"), ("activity/2019/nueva", "title", "Nueva")])
    committed = deletion.withdraw(ana, AREA, "se fusiona")
    assert {entity for entity, *_ in committed.edits} == {AREA, FIRST, SECOND}
    assert visibility(ana, AREA) is Visibility.HIDDEN
    assert in_sight(ana) == []
    all_round(ana, eva)
    for one in (ana, eva):
        assert in_sight(one) == ["2019/nueva"]
        assert visibility(one, AREA) is Visibility.OCCUPIED
        (area,) = one.read.head(one.plan).areas
        assert (area.id, area.mark, area.total) == ("2019/1.1", Mark.WITHDRAWN, 1)
        assert one.read.differences() == ()
    assert {one.within for one in ana.read.deletions()} == {None, AREA}
    deletion.withdraw(eva, "activity/2019/nueva")
    assert visibility(eva, AREA) is Visibility.HIDDEN


def test_bringing_an_area_back_brings_back_what_went_with_it_and_nothing_else(ana):
    deletion.withdraw(ana, FIRST, "antes")
    deletion.withdraw(ana, AREA)
    deletion.bring_back(ana, AREA)
    assert in_sight(ana) == ["2019/1.1.2"]
    assert visibility(ana, FIRST) is Visibility.HIDDEN
    assert visibility(ana, AREA) is None


def test_an_activity_that_went_with_its_area_comes_back_alone(ana):
    deletion.withdraw(ana, AREA)
    deletion.bring_back(ana, "2019/1.1.1")
    assert in_sight(ana) == ["2019/1.1.1"]
    assert (visibility(ana, AREA), visibility(ana, SECOND)) == (Visibility.OCCUPIED, Visibility.HIDDEN)
    deletion.bring_back(ana, "1.1")
    assert in_sight(ana) == ["2019/1.1.1", "2019/1.1.2"]


def test_two_who_withdraw_an_area_at_once_are_both_taken_back(ana, eva, all_round):
    all_round(ana, eva)
    deletion.withdraw(ana, AREA)
    deletion.withdraw(eva, AREA)
    all_round(ana, eva)
    assert (in_sight(ana), visibility(ana, AREA)) == ([], Visibility.HIDDEN)
    deletion.bring_back(eva, AREA)
    all_round(ana, eva)
    assert in_sight(ana) == ["2019/1.1.1", "2019/1.1.2"]


def test_a_plan_is_never_hidden_while_something_lives_in_it(ana):
    deletion.withdraw(ana, PLAN, "otro plan")
    assert [one.id for one in ana.read.plans()] == ["2019"]
    assert ana.read.head(ana.plan).mark is Mark.WITHDRAWN
    assert len(in_sight(ana)) == 2
    deletion.withdraw(ana, AREA)
    assert ana.read.is_hidden(PLAN)
    deletion.bring_back(ana, AREA)
    assert not ana.read.is_hidden(PLAN)
    assert [(one.id, one.is_withdrawn) for one in ana.read.plans()] == [("2019", True)]


def test_undo_and_redo_of_a_withdrawal_write_what_is_seen_then(ana, eva, all_round):
    all_round(ana, eva)
    deletion.withdraw(ana, FIRST, "motivo")
    undo.undo(ana)
    assert in_sight(ana) == ["2019/1.1.1", "2019/1.1.2"]
    notes.add_note(eva, FIRST, "entre tanto")
    all_round(ana, eva)
    undo.redo(ana)
    all_round(ana, eva)
    assert visibility(eva, FIRST) is Visibility.HIDDEN
    assert eva.read.deletion(FIRST).reason == "motivo"


def test_what_is_no_part_of_the_plan_is_not_withdrawn_and_what_is_there_is_not_brought_back(ana):
    note = notes.add_note(ana, FIRST, "una nota").edits[0][0]
    with pytest.raises(errors.CannotWithdraw):
        deletion.withdraw(ana, note)
    with pytest.raises(errors.NotDeleted):
        deletion.bring_back(ana, FIRST)
    deletion.withdraw(ana, FIRST)
    with pytest.raises(errors.NotFound):
        deletion.withdraw(ana, FIRST)
    with pytest.raises(errors.ValueRefused):
        deletion.withdraw(ana, SECOND, "dos\nlíneas")


def test_a_withdrawal_during_a_meeting_names_it_and_its_commitment_is_owed_no_more(ana):
    first = meetings.begin(ana, body="committee")
    meetings.agree(ana, first, "2019/1.1.1", "@cl 15/08/2019 enviar")
    meetings.close(ana, first)
    assert len(meetings.open_commitments(ana, "committee")) == 1
    second = meetings.begin(ana, body="committee")
    deletion.withdraw_here(ana, FIRST, "acordado")
    assert ana.read.deletion(FIRST).meeting == second
    assert meetings.open_commitments(ana, "committee") == ()


def test_the_shape_of_a_withdrawal_and_of_what_takes_it_back(ana, eva, all_round):
    """What is signed and mailed: it never alters."""
    notes.add_note(eva, SECOND, "de Eva")
    all_round(ana, eva)
    gone = ana.change(deletion.withdraw(ana, SECOND, "sin fondos", meeting="m1").change)
    back = ana.change(deletion.bring_back(ana, SECOND).change)
    genesis = sorted({change for fields in ("title", "area") for _, change in ana.read.state()[SECOND][fields]})
    product = {change for heads in ana.read.state()["product/2019/1.1.2/1"].values() for _, change in heads}
    (note,) = ana.read.notes(SECOND)
    ((_, noted),) = ana.read.state()[f"note/{note.id}"]["text"]
    assert [tuple(edit) for edit in gone.edits] == [
        (SECOND, "deleted", True, ()),
        (SECOND, "withdrawn", ["sin fondos", "m1"], ()),
        (SECOND, "deleted_seen", sorted({*genesis, *product, noted}), ()),
    ]
    assert [tuple(edit) for edit in back.edits] == [(SECOND, "deleted", False, ()), (SECOND, "withdrawn", None, ())]
    assert (gone.id, back.id) == GOLDEN


GOLDEN = ("uaxhrduaritjokdfly5xrwuju4", "3dfyxtnceix6ruaurvtrwvmvsa")
"""The ids of these two changes, which hash all that they hold."""


# --- notes, agreements and meetings, by this version and the one before --------------------------------------------


@pytest.mark.parametrize("how", ["both now", "both before", "one of each"])
def test_two_who_delete_the_same_at_the_same_time_leave_it_out_of_sight(ana, eva, all_round, how):
    note = notes.add_note(ana, FIRST, "una nota").edits[0][0]
    meeting = meetings.begin(ana, body="committee")
    meetings.agree(ana, meeting, "2019/1.1.1", "un acuerdo")
    (item,) = (f"item/{one.id}" for one in meetings.items(ana, meeting))
    all_round(ana, eva)
    for place, one in enumerate((ana, eva)):
        if how == "both now" or (how == "one of each" and place == 0):
            notes.delete_note(one, note.partition("/")[2])
            meetings.delete_item(one, item.partition("/")[2])
            one.commit(deletion.deletion_of(one, f"meeting/{meeting}"), restate=True)
        else:
            delete_as_before(one, note)
            delete_as_before(one, item)
            begun = ("body", "day", "agenda", "state", "countries")
            one.commit(as_before(f"meeting/{meeting}", one, *begun), restate=True)
    all_round(ana, eva)
    for one in (ana, eva):
        assert (one.read.notes(FIRST), one.read.items(), one.read.meetings()) == ((), (), ())
        assert one.read.differences() == ()


def test_two_who_delete_different_words_of_one_note_leave_it_out_of_sight(ana, eva, all_round):
    note = notes.add_note(ana, FIRST, "uno").edits[0][0]
    all_round(ana, eva)
    notes.edit_note(eva, note.partition("/")[2], "dos")
    for one in (ana, eva):
        delete_as_before(one, note)
    all_round(ana, eva)
    assert (ana.read.notes(FIRST), ana.read.differences()) == ((), ())


def test_words_that_a_bare_deletion_had_not_seen_stay(ana, eva, all_round):
    """Another program, or one of ill will, sets `deleted` and nothing else."""
    note = notes.add_note(ana, FIRST, "uno").edits[0][0]
    all_round(ana, eva)
    notes.edit_note(ana, note.partition("/")[2], "de Ana, sin que Eva lo viera")
    eva.commit([(note, "deleted", True)])
    all_round(ana, eva)
    for one in (ana, eva):
        assert [found.text for found in one.read.notes(FIRST)] == ["de Ana, sin que Eva lo viera"]
        (found,) = one.read.differences()
        assert found.values[0].words == ((note, "text", "de Ana, sin que Eva lo viera"),)
    differences.take(eva, note, "deleted", "2")
    all_round(ana, eva)
    assert (ana.read.notes(FIRST), ana.read.differences()) == ((), ())


def test_a_difference_that_tells_it_by_the_words_is_not_told_twice(ana, eva, all_round):
    note = notes.add_note(ana, FIRST, "uno").edits[0][0]
    all_round(ana, eva)
    notes.delete_note(ana, note.partition("/")[2])
    notes.edit_note(eva, note.partition("/")[2], "dos")
    all_round(ana, eva)
    (found,) = ana.read.differences()
    assert found.place == (note, "text")
    (deleting,) = (one for one in found.values if one.deletes)
    differences.take(eva, note, "text", deleting.change)
    all_round(ana, eva)
    assert (ana.read.notes(FIRST), ana.read.differences()) == ((), ())


def test_what_the_version_before_deleted_and_settled_stays_gone(ana, eva, luz, all_round):
    """Deleted, edited unseen, and settled in favour of the deletion: as the version before did, by the words alone."""
    note = notes.add_note(ana, FIRST, "uno").edits[0][0]
    all_round(ana, eva, luz)
    delete_as_before(ana, note)
    notes.edit_note(eva, note.partition("/")[2], "dos")
    all_round(ana, eva, luz)
    luz.commit([(note, "text", "uno")])
    all_round(ana, eva, luz)
    assert (ana.read.notes(FIRST), ana.read.differences()) == ((), ())
    assert visibility(ana, note) is Visibility.HIDDEN


def test_a_meeting_whose_beginning_is_undone_takes_what_others_said_of_it_and_was_seen(ana, eva, all_round):
    meeting = meetings.begin(ana, body="committee")
    all_round(ana, eva)
    meetings.set_field(eva, meeting, "title", "Comité")
    all_round(ana, eva)
    undo.undo(ana)
    all_round(ana, eva)
    assert (eva.read.meetings(), eva.read.differences()) == ((), ())


# --- bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", [None, True, 3, "x", [], ["x", 3, [True]], ["no-such-change"] * 50])
@pytest.mark.parametrize("withdrawn", [None, "x", [], [[], 3], [None], ["a", "b", "c"]])
def test_whatever_a_deletion_claims_to_have_seen_hides_nothing_more(ana, eva, all_round, seen, withdrawn):
    all_round(ana, eva)
    eva.commit([(FIRST, "deleted", True), (FIRST, "deleted_seen", seen), (FIRST, "withdrawn", withdrawn)])
    all_round(ana, eva)
    assert in_sight(ana) == ["2019/1.1.1", "2019/1.1.2"]
    (found,) = ana.read.deletions()
    assert found.visibility is Visibility.CONTESTED
    deletion.bring_back(ana, FIRST)
    assert ana.read.deletions() == ()


@pytest.mark.parametrize("value", [None, "true", 1, 0, "", [], [True]])
def test_what_is_no_deletion_deletes_nothing(ana, value):
    ana.commit([(FIRST, "deleted", value)])
    assert (in_sight(ana), ana.read.deletions()) == (["2019/1.1.1", "2019/1.1.2"], ())


@pytest.mark.parametrize("where", ["x", "", "a\0b", 7, None, ["2019/1.1"]])
def test_activities_that_name_no_area_are_listed_without_one(ana, where):
    ana.commit([(FIRST, "area", where), (SECOND, "area", where)])
    assert sorted(in_sight(ana)) == ["2019/1.1.1", "2019/1.1.2"]
    outline = ana.read.outline(ana.today, ana.plan)
    assert [(area.id, area.mark, len(area.activities)) for area in outline.areas] == [
        ("2019/1.1", None, 0),
        (NOWHERE, Mark.NO_AREA, 2),
    ]
    head = ana.read.head(ana.plan)
    assert (head.total, head.areas[-1].total) == (2, 2)
    assert {row.id for row in ana.read.rows_of_areas([NOWHERE], ana.today)[NOWHERE]} == {"2019/1.1.1", "2019/1.1.2"}
    assert {one.row.id for one in ana.read.activities(ana.today, ana.plan)} == {"2019/1.1.1", "2019/1.1.2"}
    assert ana.read.activity("2019/1.1.1", ana.today).row.area == NOWHERE


@pytest.mark.parametrize("where", ["x", "", "a\0b", 7, None])
def test_areas_that_name_no_plan_are_listed_behind_those_that_do(ana, where):
    ana.commit([(AREA, "plan", where)])
    (area,) = ana.read.head(ana.plan).areas
    assert (area.id, area.mark, area.total) == ("2019/1.1", Mark.NO_PLAN, 2)
    assert sorted(in_sight(ana)) == ["2019/1.1.1", "2019/1.1.2"]


def test_without_any_plan_what_is_there_is_listed_all_the_same(make_replica):
    ana = make_replica("Ana", "UY", None)
    assert (ana.read.plans(), ana.plan, ana.read.head(ana.plan)) == ((), None, None)
    ana.commit([("activity/x", "title", "Suelta")])
    assert ana.plan == NOWHERE
    assert ana.read.head(ana.plan).mark is Mark.NO_PLAN
    assert in_sight(ana) == ["x"]


def test_neither_a_bare_deletion_nor_an_absurd_year_empties_the_plan(ana, eva, all_round):
    all_round(ana, eva)
    eva.commit([(PLAN, "deleted", True), ("plan/zz", "year", 999_999)])
    eva.commit([(AREA, "deleted", True)])
    all_round(ana, eva)
    assert ana.read.head(ana.plan).id == "2019"
    assert sorted(in_sight(ana)) == ["2019/1.1.1", "2019/1.1.2"]
    assert {one.place for one in ana.read.differences()} == {(PLAN, "deleted"), (AREA, "deleted")}
