"""Faults that are planted on purpose, one a function: the machine must find each, and by the check that is for it.

Each breaks one promise, in the place of the core that keeps it. Found at random some take a minute; so for each there
stands a short history here in which it is found, and which without the fault ends well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

from gealc_tui.commands.exchange import Form
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.store import branches, deletions, order, places, plan_queries, registers, run_sets, views, waiting
from gealc_tui.store.history_queries import HistoryQueries
from gealc_tui.store.insertion import Insertion
from gealc_tui.store.life_queries import LifeQueries
from gealc_tui.sync import identity, intake, merge, speaker
from gealc_tui.sync.outcomes import Outcome
from gealc_tui.sync.reception import Reception

Fault = Callable[[pytest.MonkeyPatch], None]


# --- 1. convergence, 2. nothing is lost, 3. differences are shown ----------------------------------------------------


def the_last_that_came_wins(patch):
    refresh = views.refresh

    def wrong(db, touched):
        touched = list(touched)
        old = set(db.rows("SELECT register, change FROM heads"))
        found = refresh(db, touched)
        for register in touched:
            heads = db.rows("SELECT register, change FROM heads WHERE register = ?", [register])
            came = [one for one in heads if one not in old]
            if came and len(heads) > 1:
                db.execute("DELETE FROM heads WHERE register = ? AND change <> ?", came[-1])
                db.execute("UPDATE heads SET shown = 1, differs = 0 WHERE register = ?", [register])
        return found

    patch.setattr(views, "refresh", wrong)


def the_latest_clock_wins(patch):
    refresh = views.refresh

    def wrong(db, touched):
        found = refresh(db, touched)
        db.execute("DELETE FROM heads WHERE NOT shown")
        db.execute("UPDATE heads SET differs = 0")
        return found

    patch.setattr(views, "refresh", wrong)


def ties_are_broken_by_local_numbers(patch):
    patch.setattr(views, "_HEADS", views._HEADS.replace("ORDER BY c.at DESC, c.id DESC", "ORDER BY s.change DESC"))


def nobody_says_what_they_had_before_them(patch):
    patch.setattr(registers, "standing_of_others", lambda *_: ())


def what_is_superseded_before_it_comes_is_forgotten(patch):
    # What a change goes over is tied to it only if it was here already when the change came.
    patch.setattr(Insertion, "_awaited", lambda _: ())


# --- what is told by when it was written ------------------------------------------------------------------------------


def histories_are_told_as_changes_came(patch):
    history = HistoryQueries.history

    def wrong(self, entities=None):
        numbers = dict(self._db.rows("SELECT id, n FROM changes"))
        return tuple(sorted(history(self, entities), key=lambda change: numbers[change.id]))

    patch.setattr(HistoryQueries, "history", wrong)


def what_came_late_is_told_as_it_came(patch):
    outside = LifeQueries.changes_outside

    def wrong(self, runs):
        n = {id: n for n, id in self._db.rows("SELECT n, id FROM changes")}
        return tuple(sorted(outside(self, runs), key=lambda one: n[one.id]))

    patch.setattr(LifeQueries, "changes_outside", wrong)


def an_answer_stands_where_its_clock_says(patch):
    patch.setattr(order._Appending, "lift", lambda *_: True)


def a_run_ends_where_its_local_log_does(patch):
    walked = run_sets._walked

    def wrong(db, run):
        return walked(db, run)[:1]

    patch.setattr(run_sets, "_walked", wrong)


def an_order_is_a_difference(patch):
    patch.setattr(views, "UNDISPUTED", frozenset())


def the_plan_as_it_stood_is_the_present_one(patch):
    found = run_sets.found
    patch.setattr(run_sets, "found", lambda db, _: found(db, run_sets.held(db)))


def a_deletion_hides_what_nobody_had_seen(patch):
    patch.setattr(deletions, "uncovered", lambda *_: ())


def who_claims_to_have_seen_anything_has_seen_everything(patch):
    right = deletions.uncovered

    def wrong(entity, heads, found, deleting, lineage):
        return () if any(one.seen for one in found) else right(entity, heads, found, deleting, lineage)

    patch.setattr(deletions, "uncovered", wrong)


def what_belongs_to_something_does_not_keep_it_in_sight(patch):
    # A note that comes later is not looked at again with the activity that it is on.
    patch.setattr(deletions, "owners", lambda *_: set())


def only_one_of_several_deletions_counts(patch):
    right = deletions.uncovered
    patch.setattr(
        deletions, "uncovered", lambda entity, heads, found, _, lineage: right(entity, heads, found[:1], (), lineage)
    )


def what_names_no_area_is_in_no_plan(patch):
    patch.setattr(places, "of_plan", lambda _, plan: _only_in(plan))
    patch.setattr(plan_queries, "of_plan", lambda _, plan: _only_in(plan))


def _only_in(plan):
    return places.Scope("a.area IN (SELECT id FROM areas WHERE plan = ?)", (plan,), whole=True)


# --- 4. idempotent and atomic, 5. honest about gaps ------------------------------------------------------------------


def the_last_change_of_a_file_is_lost(patch):
    lacking = merge._lacking

    def wrong(held, run):
        pieces = lacking(held, run)
        return tuple(piece._replace(changes=piece.changes[:-1]) for piece in pieces if len(piece.changes) > 1)

    patch.setattr(merge, "_lacking", wrong)


def a_kill_leaves_half_a_merge(patch):
    @contextmanager
    def wrong(self, reception):
        yield
        if reception.met_itself and self.id == reception.own:
            self._succeed(self._identity)

    patch.setattr(Replica, "_taking_in", wrong)


def a_file_is_known_though_something_of_it_waits(patch):
    patch.setattr(intake, "_WHOLE", set(Outcome))


# --- 6. nobody speaks in another's name ------------------------------------------------------------------------------


def a_successor_needs_no_proof(patch):
    patch.setattr(identity, "successor_is_signed", lambda *_: True)


def strangers_come_in_unasked(patch):
    trust = merge.judge

    def wrong(db, run, said, met):
        from gealc_tui.domain.vocabulary import Trust

        return trust(db, run, Trust.ACCEPTED if said is Trust.STRANGER else said, met)

    patch.setattr(merge, "judge", wrong)


def everybody_speaks_of_everybody(patch):
    patch.setattr(views, "_TOUCHED", views._TOUCHED.replace("'person/', 'vouching/'", "'nobody/'"))


# --- 7. a copied or restored laptop is noticed -----------------------------------------------------------------------


def branches_have_no_past(patch):
    patch.setattr(branches, "lineage", lambda *_: {})


def the_mark_is_not_heeded(patch):
    patch.setattr(speaker, "is_given_up", lambda *_: False)


def its_own_words_from_elsewhere_are_not_noticed(patch):
    patch.setattr(Reception, "met_itself", property(lambda _: False, lambda *_: None), raising=False)


def another_branch_is_left_out(patch):
    judge = merge.judge

    def wrong(db, run, trust, met):
        verdict = judge(db, run, trust, met)
        return verdict._replace(pieces=()) if verdict.outcome is Outcome.FORKED else verdict

    patch.setattr(merge, "judge", wrong)


# --- limits do not divide copies -------------------------------------------------------------------------------------


def no_more_than_64_branches_are_taken_in(patch):
    judge = merge._judge_branch

    def wrong(held, run):
        verdict = judge(held, run)
        if len(held._ending) < 64:
            return verdict
        return verdict._replace(outcome=Outcome.CROWDED, pieces=())

    patch.setattr(merge, "_judge_branch", wrong)


def who_comes_last_finds_no_room(patch):
    make_room = waiting.make_room

    def wrong(db, *, authors, characters):
        # Turned round, the newest is the oldest.
        db.execute("UPDATE waiting SET n = -n, sender = ''")
        gone = make_room(db, authors=authors, characters=characters)
        db.execute("UPDATE waiting SET n = -n")
        return gone

    patch.setattr(waiting, "make_room", wrong)


# --- 8. old and new versions talk ------------------------------------------------------------------------------------


def what_is_unknown_is_not_folded(patch):
    patch.setattr(views, "_TOUCHED", f"{views._TOUCHED} WHERE r.entity NOT LIKE 'robot/%'")


# --- how each is found -----------------------------------------------------------------------------------------------

Step = tuple[str, dict[str, Any]]

ONE, OTHER = "2019/1.1.1", "2019/1.1.2"


class Planted(NamedTuple):
    """A fault, and a history of the machine in which it is found: which check fails there, and fails only with it."""

    plant: Fault
    check: str
    history: list[Step]


def begin(people: int = 3, strangers: int = 0, clocks: Sequence[int] = ()) -> Step:
    return "begin", {"people": people, "strangers": strangers, "clocks": list(clocks)}


def at_the_same_time(one: int, other: int, third: int, said: tuple[Status, Status], activity: str = ONE) -> Step:
    return "write_at_the_same_time", {
        "one": one,
        "other": other,
        "third": third,
        "activity": activity,
        "statuses": said,
    }


def sets(number: int, status: Status = Status.DONE) -> Step:
    return "set_a_status", {"number": number, "activity": ONE, "status": status, "note": None}


def moves(number: int) -> Step:
    return "move_an_activity", {"number": number, "which": 0, "behind": 1}


def sends(sender: int, number: int) -> Step:
    return "send_a_file", {"sender": sender, "number": number, "accept": False, "trial": False}


def makes_a_file(number: int) -> Step:
    return "make_a_file", {"number": number, "everything": True, "recipient": None, "form": Form.FILE}


def withdraws(number: int) -> Step:
    return "withdraw", {"number": number, "thing": f"activity/{ONE}"}


def adds_a_note(number: int) -> Step:
    return "add_a_note", {"number": number, "activity": ONE, "text": "uno"}


BOTH = (Status.DONE, Status.ON_HOLD)
A_COPIED_PROFILE: list[Step] = [
    begin(4),
    sets(1, Status.CANCELLED),
    ("a_profile_is_copied", {"number": 1}),
    sets(4),
    ("add_a_note", {"number": 1, "activity": ONE, "text": "dos"}),
    sends(4, 1),
    sends(1, 4),
    sends(1, 0),
]

FAULTS = [
    Planted(the_last_that_came_wins, "_ask_what_stands", [begin(), at_the_same_time(0, 1, 2, BOTH)]),
    Planted(the_latest_clock_wins, "_ask_what_stands", [begin(), at_the_same_time(0, 1, 2, BOTH)]),
    Planted(
        ties_are_broken_by_local_numbers,
        "_ask",
        [begin(4), at_the_same_time(0, 1, 2, BOTH), sends(1, 3), sends(0, 3)],
    ),
    Planted(
        nobody_says_what_they_had_before_them,
        "_ask_what_stands",
        [begin(), sets(0), ("answer", {"sender": 0, "number": 1, "activity": ONE, "status": Status.ON_HOLD})],
    ),
    Planted(
        what_is_superseded_before_it_comes_is_forgotten,
        "_ask_what_stands",
        [
            begin(5, clocks=[18, 23, 18, 17, 29]),
            ("a_database_is_copied", {"number": 13}),
            ("a_profile_is_copied", {"number": 16}),
            ("answer", {"sender": 20, "number": 13, "activity": OTHER, "status": Status.DONE}),
            ("add_a_note", {"number": 18, "activity": OTHER, "text": "dos"}),
            at_the_same_time(7, 17, 0, (Status.ON_HOLD, Status.IN_PROGRESS), OTHER),
            ("ask_and_be_answered", {"answers": 13, "asks": 0}),
            ("settle_a_difference", {"number": 0, "which": 0, "value": 19}),
        ],
    ),
    Planted(
        a_deletion_hides_what_nobody_had_seen,
        "_ask_what_is_hidden",
        [begin(), withdraws(0), sets(1), sends(1, 0)],
    ),
    Planted(
        who_claims_to_have_seen_anything_has_seen_everything,
        "_ask_what_is_hidden",
        [
            begin(),
            sets(1),
            ("delete_without_a_word", {"number": 0, "thing": f"activity/{ONE}", "seen": ["no such change"]}),
            sends(1, 0),
        ],
    ),
    Planted(
        what_belongs_to_something_does_not_keep_it_in_sight,
        "rebuild",
        [begin(), withdraws(0), adds_a_note(1), sends(1, 0), ("rebuild", {"number": 0})],
    ),
    Planted(
        only_one_of_several_deletions_counts,
        "delete_the_same_at_the_same_time",
        [
            begin(),
            adds_a_note(0),
            sends(0, 1),
            sends(0, 2),
            ("delete_the_same_at_the_same_time", {"one": 0, "other": 1, "third": 2, "which": 0}),
        ],
    ),
    Planted(
        what_names_no_area_is_in_no_plan,
        "_ask_what_is_listed",
        [begin(), ("move", {"number": 0, "move": (f"activity/{ONE}", "area", "no hay")})],
    ),
    Planted(the_last_change_of_a_file_is_lost, "ask_what_came", [begin(), sets(0), sends(0, 1)]),
    Planted(
        a_kill_leaves_half_a_merge,
        "killed_while_taking_in",
        [
            begin(),
            sets(0),
            makes_a_file(0),
            ("killed_while_taking_in", {"number": 1, "which": 0, "at": 1, "after": False, "accept": False}),
        ],
    ),
    Planted(
        a_file_is_known_though_something_of_it_waits,
        "the_room_of_strangers_is_filled",
        [begin(), ("the_room_of_strangers_is_filled", {"number": 1})],
    ),
    Planted(
        a_successor_needs_no_proof,
        "take_in",
        [begin(4, strangers=1), ("claim_to_be_anothers_successor", {"number": 3, "of": 0}), sends(3, 1)],
    ),
    Planted(strangers_come_in_unasked, "take_in", [begin(4, strangers=1), sets(3), sends(3, 0)]),
    Planted(
        everybody_speaks_of_everybody,
        "_ask_what_stands",
        [begin(), ("speak_of_another_person", {"number": 0, "of": 1, "name": "uno"})],
    ),
    Planted(branches_have_no_past, "_ask_what_stands", A_COPIED_PROFILE),
    Planted(
        the_mark_is_not_heeded,
        "_ask_its_line",
        [begin(), ("a_database_is_copied", {"number": 0}), sets(0), sets(3, Status.ON_HOLD)],
    ),
    Planted(its_own_words_from_elsewhere_are_not_noticed, "_ask_who_it_is", A_COPIED_PROFILE),
    Planted(another_branch_is_left_out, "ask_what_came", A_COPIED_PROFILE),
    Planted(
        no_more_than_64_branches_are_taken_in,
        "ask_what_came",
        [
            begin(),
            ("a_key_is_used_in_many_places", {"number": 0, "one": 1, "other": 2, "activity": ONE, "at": 1}),
        ],
    ),
    Planted(
        who_comes_last_finds_no_room,
        "ask_what_came",
        [begin(4, strangers=1), ("the_room_of_strangers_is_filled", {"number": 0}), sets(3), sends(3, 0)],
    ),
    Planted(
        what_is_unknown_is_not_folded,
        "_ask_what_stands",
        [begin(), ("write_from_the_future", {"number": 0, "which": [8]})],
    ),
    Planted(histories_are_told_as_changes_came, "_tells_the_same", [begin(), at_the_same_time(0, 1, 2, BOTH)]),
    Planted(an_order_is_a_difference, "_differences_are_shown", [begin(), moves(0), moves(1)]),
    Planted(
        what_came_late_is_told_as_it_came,
        "_tells_the_same",
        [begin(), ("close_a_half_year", {"number": 0}), at_the_same_time(0, 1, 2, BOTH)],
    ),
    Planted(
        an_answer_stands_where_its_clock_says,
        "_all_is_well",
        # The clock of who is answered is years ahead.
        [
            begin(clocks=[5]),
            sets(0),
            ("answer", {"sender": 0, "number": 1, "activity": ONE, "status": Status.ON_HOLD}),
        ],
    ),
    Planted(
        a_run_ends_where_its_local_log_does,
        "_tells_the_same",
        [*A_COPIED_PROFILE, ("begin_a_meeting", {"number": 0}), ("close_a_meeting", {"number": 0})],
    ),
    Planted(
        the_plan_as_it_stood_is_the_present_one,
        "_stood",
        [begin(), ("begin_a_meeting", {"number": 0}), ("close_a_meeting", {"number": 0}), sets(0)],
    ),
]
