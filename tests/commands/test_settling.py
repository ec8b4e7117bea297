"""Settling differences: one value, a third one, many at once; what each had seen; and again, when two settle."""

from __future__ import annotations

import pytest

from gealc_tui import errors
from gealc_tui.commands import activities, differences, notes, undo
from gealc_tui.domain import settling
from gealc_tui.domain.readings import Author, Difference, Standing
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Committed, Replica

FIRST, SECOND = "activity/2019/1.1.1", "activity/2019/1.1.2"
ACTIVITY = "2019/1.1.1"


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
    """Everybody sends everybody a file, until all hold what all have said."""

    def exchanged(*replicas: Replica) -> None:
        for _ in range(2):
            for one in replicas:
                for other in replicas:
                    if one is not other:
                        send(one, other)

    return exchanged


@pytest.fixture
def apart(ana, eva, all_round):
    """Ana and Eva, who differ on the status and the place of one activity, and on the place of another.

    What Eva says is the newest, and so is shown.
    """
    all_round(ana, eva)
    eva.clock.now += 3_600_000
    for replica, status, places in ((ana, Status.DONE, ("Lima", "Quito")), (eva, Status.ON_HOLD, ("Cusco", "Loja"))):
        activities.set_status(replica, ACTIVITY, status)
        activities.set_field(replica, FIRST, "place", places[0])
        activities.set_field(replica, SECOND, "place", places[1])
    all_round(ana, eva)
    return ana, eva


def only(replica: Replica) -> Difference:
    (found,) = replica.read.differences()
    return found


def places(replica: Replica) -> set[tuple[str, str]]:
    return {one.place for one in replica.read.differences()}


def shown(replica: Replica, *registers: tuple[str, str]) -> list[object]:
    return [replica.read.standing(*register)[0].value for register in registers]


def of(difference: Difference, name: str) -> Standing:
    return next(one for one in difference.values if one.author.name == name)


def registers(committed: Committed) -> list[tuple[str, str]]:
    return [(entity, field) for entity, field, _, _ in committed.edits]


# --- what each had seen ------------------------------------------------------------------------------------------


def test_each_value_tells_who_wrote_it_and_what_they_had_before_them(ana, eva, all_round):
    all_round(ana, eva)
    activities.set_field(ana, FIRST, "place", "Quito")
    all_round(ana, eva)
    activities.set_field(ana, FIRST, "place", "Lima")
    activities.set_field(eva, FIRST, "place", "Cusco")
    activities.set_field(eva, FIRST, "place", "Loja")
    all_round(ana, eva)
    for replica in (ana, eva):
        found = only(replica)
        assert {(one.author.name, one.author.country, one.value) for one in found.values} == {
            ("Ana", "UY", "Lima"),
            ("Eva", "PE", "Loja"),
        }
        assert [(one.value, one.author.name) for one in of(found, "Ana").seen] == [("Quito", "Ana")]
        assert [(one.value, one.author.name) for one in of(found, "Eva").seen] == [("Cusco", "Eva")]


def test_what_the_document_says_was_seen_too_and_an_empty_field_was_seen_empty(apart):
    ana, _ = apart
    activities.set_field(ana, FIRST, "lead", "CL")
    found = {one.place: one for one in ana.read.differences()}
    assert of(found[FIRST, "place"], "Ana").seen == ()
    assert [(one.value, one.author.genesis) for one in ana.read.standing(FIRST, "lead")[0].seen] == [("PE", True)]


def test_who_settled_a_difference_had_seen_all_its_values(apart, all_round):
    ana, eva = apart
    differences.write(ana, FIRST, "status", "pending")
    differences.write(eva, FIRST, "status", "in_progress")
    all_round(ana, eva)
    found = next(one for one in ana.read.differences() if one.field == "status")
    for one in found.values:
        assert {(seen.value, seen.author.name) for seen in one.seen} == {("done", "Ana"), ("on_hold", "Eva")}


def test_those_who_say_alike_are_one_choice(ana, eva, luz, all_round):
    for replica, place in ((ana, "Lima"), (eva, "Cusco"), (luz, "Lima")):
        activities.set_field(replica, FIRST, "place", place)
    all_round(ana, eva, luz)
    found = only(ana)
    assert len(found.values) == 3
    assert {choice.value: {one.author.name for one in choice.standings} for choice in found.choices} == {
        "Lima": {"Ana", "Luz"},
        "Cusco": {"Eva"},
    }
    assert [choice.shown for choice in found.choices] == [True, False]


def test_differences_come_in_the_order_of_the_plan(apart):
    ana, _ = apart
    ana.commit([("area/2019/1.1", "objective", "x")])
    assert [one.place for one in ana.read.differences()] == [(FIRST, "place"), (FIRST, "status"), (SECOND, "place")]
    assert ana.read.difference_counts() == {ACTIVITY: 2, "2019/1.1.2": 1}


# --- one value -----------------------------------------------------------------------------------------------------


def test_a_value_is_taken_by_its_number(apart):
    ana, _ = apart
    second = ana.read.difference(FIRST, "place").choices[1].value
    differences.take(ana, FIRST, "place", "2")
    assert shown(ana, (FIRST, "place")) == [second]
    assert (FIRST, "place") not in places(ana)


@pytest.mark.parametrize("which", ["", "0", "3", "99", "zz", "-1", "²"])
def test_what_names_no_value_takes_none(apart, whole, which):
    ana, _ = apart
    before = whole(ana)
    with pytest.raises(errors.NotADifference):
        differences.take(ana, FIRST, "place", which)
    assert whole(ana) == before


def test_to_keep_the_value_that_is_shown_is_a_change_over_all_the_others(apart, all_round):
    ana, eva = apart
    kept = shown(ana, (FIRST, "place"))
    committed = differences.take(ana, FIRST, "place", "1")
    assert registers(committed) == [(FIRST, "place")]
    all_round(ana, eva)
    for replica in (ana, eva):
        assert [(one.value, one.author.name) for one in replica.read.standing(FIRST, "place")] == [(kept[0], "Ana")]


def test_who_has_not_seen_a_value_that_came_since_does_not_take_it_away(apart, luz, all_round, send, whole):
    ana, _ = apart
    seen = {one.change for one in ana.read.difference(FIRST, "place").values}
    activities.set_field(luz, FIRST, "place", "Panamá")
    send(luz, ana)
    before = whole(ana)
    with pytest.raises(errors.DifferenceChanged) as refused:
        differences.take(ana, FIRST, "place", "1", seen=seen)
    assert (refused.value.entity, refused.value.field) == (FIRST, "place")
    with pytest.raises(errors.DifferenceChanged):
        differences.write(ana, FIRST, "place", "Bogotá", seen=seen)
    assert whole(ana) == before
    seen = {one.change for one in ana.read.difference(FIRST, "place").values}
    assert differences.take(ana, FIRST, "place", "1", seen=seen) is not None


# --- a third value -------------------------------------------------------------------------------------------------


def test_a_third_value_stands_alone_everywhere(apart, all_round):
    ana, eva = apart
    differences.write(ana, FIRST, "place", "  Bogotá ")
    all_round(ana, eva)
    for replica in (ana, eva):
        assert [one.value for one in replica.read.standing(FIRST, "place")] == ["Bogotá"]


def test_a_value_that_is_written_again_as_it_is_shown_goes_over_the_others_too(apart, all_round):
    ana, eva = apart
    (kept,) = shown(ana, (FIRST, "place"))
    differences.write(ana, FIRST, "place", kept)
    all_round(ana, eva)
    assert [one.author.name for one in eva.read.standing(FIRST, "place")] == ["Ana"]
    assert (FIRST, "place") not in places(eva)


@pytest.mark.parametrize(
    ("entity", "field", "text", "error"),
    [
        (FIRST, "status", "terminada", errors.ValueRefused),
        (FIRST, "status", "", errors.TextEmpty),
        (FIRST, "place", "dos\nlíneas", errors.ValueRefused),
        (FIRST, "place", "a\x1b", errors.TextHasControlCharacters),
        (FIRST, "lead", "CL", errors.NotADifference),
        (FIRST, "nada", "x", errors.NotADifference),
    ],
)
def test_what_a_field_does_not_take_settles_nothing(apart, whole, entity, field, text, error):
    ana, _ = apart
    before = whole(ana)
    with pytest.raises(error):
        differences.write(ana, entity, field, text)
    assert whole(ana) == before


def test_a_note_that_two_have_edited_is_written_anew(ana, eva, all_round):
    note = notes.add_note(ana, FIRST, "uno").edits[0][0]
    all_round(ana, eva)
    notes.edit_note(ana, note.partition("/")[2], "dos")
    notes.edit_note(eva, note.partition("/")[2], "tres")
    all_round(ana, eva)
    with pytest.raises(errors.TextEmpty):
        differences.write(eva, note, "text", " \n")
    differences.write(eva, note, "text", "dos\ny tres")
    all_round(ana, eva)
    assert [one.text for one in ana.read.notes(FIRST)] == ["dos\ny tres"]
    assert ana.read.differences() == ()


# --- many at once ----------------------------------------------------------------------------------------------------


def test_all_of_an_activity_keep_what_is_shown_in_one_change(apart, all_round):
    ana, eva = apart
    before = shown(ana, (FIRST, "place"), (FIRST, "status"))
    last = len(ana.read.history())
    committed = differences.take_shown(ana, ACTIVITY)
    assert set(registers(committed)) == {(FIRST, "place"), (FIRST, "status")}
    assert len(ana.read.history()) == last + 1
    all_round(ana, eva)
    for replica in (ana, eva):
        assert places(replica) == {(SECOND, "place")}
        assert shown(replica, (FIRST, "place"), (FIRST, "status")) == before


def test_all_of_an_activity_are_taken_from_one_person(apart):
    ana, eva = apart
    differences.take_theirs(ana, eva.id, ACTIVITY)
    assert shown(ana, (FIRST, "place"), (FIRST, "status")) == ["Cusco", "on_hold"]
    assert places(ana) == {(SECOND, "place")}


@pytest.mark.parametrize(
    ("command", "expected"),
    [(differences.take_theirs, ["Cusco", "on_hold", "Loja"]), (differences.take_others, ["Lima", "done", "Quito"])],
)
def test_all_of_one_person_are_settled_for_or_against_them(apart, all_round, command, expected):
    ana, eva = apart
    command(ana, eva.id)
    all_round(ana, eva)
    for replica in (ana, eva):
        assert shown(replica, (FIRST, "place"), (FIRST, "status"), (SECOND, "place")) == expected
        assert places(replica) == set()


def test_one_undo_gives_back_all_that_was_shown_before(apart, all_round):
    ana, eva = apart
    everywhere = [(FIRST, "place"), (FIRST, "status"), (SECOND, "place")]
    before = ["Cusco", "on_hold", "Loja"]
    assert shown(ana, *everywhere) == before
    differences.take_theirs(ana, ana.id)
    assert shown(ana, *everywhere) == ["Lima", "done", "Quito"]
    undo.undo(ana)
    assert shown(ana, *everywhere) == before
    undo.redo(ana)
    assert shown(ana, *everywhere) == ["Lima", "done", "Quito"]
    undo.undo(ana)
    all_round(ana, eva)
    assert shown(eva, *everywhere) == before


def test_where_the_others_do_not_agree_a_difference_stays_open(apart, luz, all_round):
    ana, eva = apart
    activities.set_field(luz, FIRST, "place", "Panamá")
    all_round(ana, eva, luz)
    differences.take_others(ana, eva.id)
    assert places(ana) == {(FIRST, "place")}
    assert {one.value for one in only(ana).values} == {"Lima", "Cusco", "Panamá"}


def test_who_says_two_things_is_not_followed_in_either():
    eva, ana = Author("e", "Eva", "PE"), Author("a", "Ana", "UY")
    values = tuple(
        Standing(value, author, at, str(at), at == 3)
        for value, author, at in (("x", eva, 3), ("y", eva, 2), ("z", ana, 1))
    )
    difference = Difference(FIRST, "place", ACTIVITY, values)
    assert settling.theirs([difference], "e") == ()
    assert [pick.choice.value for pick in settling.theirs([difference], "a")] == ["z"]
    assert [pick.choice.value for pick in settling.others([difference], "e")] == ["z"]
    assert settling.others([difference], "nobody") == ()


def test_where_nothing_is_settled_nothing_is_written(apart, luz, whole):
    ana, _ = apart
    before = whole(ana)
    for command in (
        lambda: differences.take_shown(ana, "2019/1.1.9"),
        lambda: differences.take_theirs(ana, luz.id),
        lambda: differences.take_others(ana, luz.id),
        lambda: differences.take_theirs(ana, luz.id, ACTIVITY),
    ):
        with pytest.raises(errors.NothingToSettle):
            command()
    assert whole(ana) == before


def test_a_person_is_named_by_name_country_or_copy(apart):
    ana, eva = apart
    for ref in ("Eva", " eva ", "PE", "perú", "peru", eva.id, eva.id[:8], eva.id[:8].upper()):
        assert differences.author_ref(ana, ref) == eva.id
    for ref in ("", " ", "Nadie", "Chile", "zzzz"):
        with pytest.raises(errors.AuthorUnclear):
            differences.author_ref(ana, ref)


def test_of_two_with_one_name_none_is_meant(ana, make_replica, all_round):
    others = [make_replica(name, "PE", "small") for name in ("uno", "dos")]
    for number, other in enumerate(others):
        other.introduce("Eva", "PE", "focal")
        activities.set_field(other, FIRST, "place", f"lugar {number}")
    all_round(ana, *others)
    with pytest.raises(errors.AuthorUnclear):
        differences.author_ref(ana, "Eva")
    assert differences.author_ref(ana, others[1].id) == others[1].id


# --- what was deleted ------------------------------------------------------------------------------------------------


@pytest.fixture
def deleted(ana, eva, all_round):
    """Two notes of Ana, which she has deleted while Eva wrote them anew."""
    entities = [notes.add_note(ana, FIRST, text).edits[0][0] for text in ("uno", "dos")]
    all_round(ana, eva)
    for entity in entities:
        notes.delete_note(ana, entity.partition("/")[2])
        notes.edit_note(eva, entity.partition("/")[2], "de Eva")
    all_round(ana, eva)
    return entities


def test_a_value_that_was_said_to_delete_is_told_as_such(ana, deleted):
    for found in ana.read.differences():
        assert (of(found, "Ana").deletes, of(found, "Eva").deletes) == (True, False)


def test_words_that_are_chosen_over_deletions_are_seen_again_and_the_deletions_stay_when_they_are(
    ana, eva, deleted, all_round
):
    differences.take_theirs(ana, eva.id, ACTIVITY)
    all_round(ana, eva)
    assert [one.text for one in eva.read.notes(FIRST)] == ["de Eva", "de Eva"]
    undo.undo(ana)
    assert ana.read.differences() == ()


def test_deletions_that_are_chosen_stay_deletions(ana, eva, deleted, all_round):
    differences.take_theirs(eva, ana.id)
    all_round(ana, eva)
    assert ana.read.notes(FIRST) == eva.read.notes(FIRST) == ()
    assert ana.read.differences() == ()


def test_no_register_is_written_twice_in_one_change(ana, eva, all_round):
    entity = notes.add_note(ana, FIRST, "uno").edits[0][0]
    all_round(ana, eva)
    notes.delete_note(ana, entity.partition("/")[2])
    notes.delete_note(eva, entity.partition("/")[2])
    undo.undo(eva)
    notes.edit_note(eva, entity.partition("/")[2], "de Eva", official=False)
    all_round(ana, eva)
    assert places(ana) == {(entity, "text"), (entity, "official"), (entity, "deleted")}
    committed = differences.take_theirs(ana, eva.id)
    assert sorted(registers(committed)) == [(entity, "deleted"), (entity, "official"), (entity, "text")]
    assert [one.text for one in ana.read.notes(FIRST)] == ["de Eva"]
    assert ana.read.differences() == ()


def test_words_that_are_kept_with_all_that_is_shown_are_not_deleted_with_it(ana, eva, all_round):
    entity = notes.add_note(ana, FIRST, "uno").edits[0][0]
    all_round(ana, eva)
    notes.delete_note(eva, entity.partition("/")[2])
    undo.undo(eva)
    ana.clock.now += 3_600_000
    notes.delete_note(ana, entity.partition("/")[2])
    eva.clock.now += 7_200_000
    notes.edit_note(eva, entity.partition("/")[2], "de Eva")
    all_round(ana, eva)
    assert shown(ana, (entity, "text"), (entity, "deleted")) == ["de Eva", True]
    differences.take_shown(ana, ACTIVITY)
    assert ana.read.differences() == ()
    assert [one.text for one in ana.read.notes(FIRST)] == ["de Eva"]


# --- settled by two --------------------------------------------------------------------------------------------------


def test_what_two_settle_alike_is_settled(apart, all_round):
    ana, eva = apart
    for replica in (ana, eva):
        differences.write(replica, FIRST, "status", "cancelled")
    all_round(ana, eva)
    for replica in (ana, eva):
        assert (FIRST, "status") not in places(replica)
        assert shown(replica, (FIRST, "status")) == ["cancelled"]


def test_what_two_settle_differently_is_one_difference_again_and_is_shown_once(apart, all_round):
    ana, eva = apart
    ids = ana.id, eva.id
    differences.take_theirs(ana, ids[0])
    differences.take_theirs(eva, ids[1])
    assert ana.read.differences() == eva.read.differences() == ()
    all_round(ana, eva)
    for replica in (ana, eva):
        found = replica.read.differences()
        assert [one.place for one in found] == [(FIRST, "place"), (FIRST, "status"), (SECOND, "place")]
        assert [[choice.value for choice in one.choices] for one in found] == [
            [choice.value for choice in one.choices] for one in ana.read.differences()
        ]
        # The values that were settled stand no more: only what the two made of them.
        assert all(len(one.values) == 2 for one in found)
        assert {one.author.name for one in found[0].values} == {"Ana", "Eva"}
    differences.take_shown(eva, ACTIVITY)
    differences.take_shown(eva, "2019/1.1.2")
    all_round(ana, eva)
    assert ana.read.differences() == ()
    assert ana.fingerprint() == eva.fingerprint()


def test_three_who_settle_in_three_ways_differ_once_in_three(ana, eva, luz, all_round):
    for replica, place in ((ana, "Lima"), (eva, "Cusco")):
        activities.set_field(replica, FIRST, "place", place)
    all_round(ana, eva, luz)
    for replica, place in ((ana, "Lima"), (eva, "Cusco"), (luz, "Quito")):
        differences.write(replica, FIRST, "place", place)
    all_round(ana, eva, luz)
    for replica in (ana, eva, luz):
        assert {choice.value for choice in only(replica).choices} == {"Lima", "Cusco", "Quito"}
