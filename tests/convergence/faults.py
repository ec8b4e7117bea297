"""Faults that are planted on purpose, one a function: the machine must find each.

Each breaks one promise, in the place of the core that keeps it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager

import pytest

from gealc_tui.replica import Replica
from gealc_tui.store import branches, registers, views
from gealc_tui.store.insertion import Insertion
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

    def wrong(db, run, said):
        from gealc_tui.domain.vocabulary import Trust

        return trust(db, run, Trust.ACCEPTED if said is Trust.STRANGER else said)

    patch.setattr(merge, "judge", wrong)


def everybody_speaks_of_everybody(patch):
    patch.setattr(views, "_TOUCHED", views._TOUCHED.replace("'person/', 'vouching/'", "'nobody/'"))


# --- 7. a copied or restored laptop is noticed -----------------------------------------------------------------------


def branches_have_no_past(patch):
    patch.setattr(branches, "lineage", lambda db, replica, runs: {run.log: {} for run in runs})


def the_mark_is_not_heeded(patch):
    patch.setattr(speaker, "is_given_up", lambda *_: False)


def its_own_words_from_elsewhere_are_not_noticed(patch):
    patch.setattr(Reception, "met_itself", property(lambda _: False, lambda *_: None), raising=False)


def another_branch_is_left_out(patch):
    judge = merge.judge

    def wrong(db, run, trust):
        verdict = judge(db, run, trust)
        return verdict._replace(pieces=()) if verdict.outcome is Outcome.FORKED else verdict

    patch.setattr(merge, "judge", wrong)


# --- 8. old and new versions talk ------------------------------------------------------------------------------------


def what_is_unknown_is_not_folded(patch):
    patch.setattr(views, "_TOUCHED", f"{views._TOUCHED} WHERE r.entity NOT LIKE 'robot/%'")


FAULTS: list[Fault] = [
    the_last_that_came_wins,
    the_latest_clock_wins,
    ties_are_broken_by_local_numbers,
    nobody_says_what_they_had_before_them,
    what_is_superseded_before_it_comes_is_forgotten,
    the_last_change_of_a_file_is_lost,
    a_kill_leaves_half_a_merge,
    a_file_is_known_though_something_of_it_waits,
    a_successor_needs_no_proof,
    strangers_come_in_unasked,
    everybody_speaks_of_everybody,
    branches_have_no_past,
    the_mark_is_not_heeded,
    its_own_words_from_elsewhere_are_not_noticed,
    another_branch_is_left_out,
    what_is_unknown_is_not_folded,
]
