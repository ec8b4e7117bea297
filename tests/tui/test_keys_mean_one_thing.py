"""Across the screens a letter means one act, or nothing; and no window loses the key that finishes."""

from __future__ import annotations

from collections import defaultdict

import pytest

from gealc_tui import i18n
from gealc_tui.tui import keys
from gealc_tui.tui.widgets.lines import KeyLine

ONE_ACT = {
    "a": "adds what the screen is made of: an activity, a plan, what recurs, an agreement, a copy",
    "c": "copies where a file lies",
    "d": "goes to the next difference",
    "e": "edits what is pointed at: a field, a value, what was said, a form, a meeting that was closed",
    "f": "filters",
    "F": "takes the filter away",
    "g": "goes to a code",
    "l": "sets the lead",
    "m": "a meeting: begins one, goes on with it, plans the next",
    "n": "writes a note",
    "o": "opens",
    "q": "leaves",
    "R": "withdraws, with a reason",
    "u": "undoes",
    "T": "the folder",
    "U": "does again",
    "v": "shows what else there is to see here",
    "w": "of one person",
    "y": "of one activity",
    "z": "sets the due date",
}
"""The letters that work on several screens, and the one thing that each does there. All others work on one."""

SAME = {
    frozenset({"plan.add", "plans.next_plan", "next_plan.recurring", "meeting.write_agreement", "backups.make"}),
    frozenset({"plan.next_difference", "difference.next"}),
    frozenset(
        {
            "plan.edit",
            "plans.edit_plan",
            "reports.form",
            "difference.write",
            "meeting.correct",
            "meeting_closed.reopen",
        },
    ),
    frozenset({"plan.filter", "history.filter"}),
    frozenset({"plan.clear_filter", "filter.clear", "history.clear"}),
    frozenset({"plan.jump", "meeting.write_jump"}),
    frozenset({"plan.edit_field_lead", "meeting_more.write_lead"}),
    frozenset({"plan.edit_field_due", "meeting_more.write_due"}),
    frozenset({"plan.meeting", "meeting_closing.plan_next"}),
    frozenset({"plan.add_note", "meeting.write_note"}),
    frozenset({"plan.open_all", "reports.open", "meeting_closed.open", "send.open"}),
    frozenset({"reports.copy", "meeting_closed.copy", "send.copy"}),
    frozenset({"plan.quit", "whole_text.leave"}),
    frozenset({"plan.withdraw", "plans.withdraw_plan"}),
    frozenset(
        {
            "plan.undo",
            "plans.undo",
            "changes.undo",
            "difference.undo",
            "exchange.undo",
            "meeting_more.undo",
            "deleted.undo",
        }
    ),
    frozenset({"plan.redo", "meeting_more.redo"}),
    frozenset(
        {
            "plan.next_record",
            "reports.concerns",
            "difference.whole",
            "exchange.compare",
            "meeting_more.side",
            "help.all",
            "progress.next_grouping",
            "timeline.next_view",
            "changes.compare_with",
        }
    ),
    frozenset({"history.filter_who", "difference.settle_person"}),
    frozenset({"history.filter_about", "difference.settle_activity"}),
    frozenset({"exchange.share", "reports.folder"}),
}
"""What is one act although it is called otherwise on another screen."""


def of_letters() -> dict[str, set[str]]:
    """By letter, the ids of what it does anywhere."""
    found: dict[str, set[str]] = defaultdict(set)
    for id, key in keys.with_ids().items():
        for name in key.keys.split(","):
            if len(name) == 1 and name.isalpha():
                found[name].add(id)
    return found


def test_no_letter_means_two_acts() -> None:
    several = {letter: ids for letter, ids in of_letters().items() if len(ids) > 1}
    assert {letter: ids for letter, ids in several.items() if not any(ids <= same for same in SAME)} == {}
    assert set(several) == set(ONE_ACT), "what a letter means everywhere is said here"


def test_what_is_one_act_is_done_by_one_letter() -> None:
    letters = {id: letter for letter, ids in of_letters().items() for id in ids}
    assert [sorted(same) for same in SAME if len({letters.get(id) for id in same}) != 1] == []


LINES = {
    name: tuple(tables)
    for name, tables in {
        "plan": (keys.PLAN,),
        "card": (keys.INSIDE, keys.DIFFERING, keys.PLAN),
        "filter": (keys.FILTER,),
        "reports": (keys.REPORTS,),
        "next plan": (keys.NEXT_PLAN,),
        "difference": (keys.DIFFERENCE,),
        "exchange": (keys.EXCHANGE,),
        "exchange, a stranger": (keys.EXCHANGE_PERSON, keys.EXCHANGE),
        "receive": (keys.RECEIVE,),
        "meeting": (keys.MEETING, keys.MEETING_MORE, keys.MEETING_END),
        "begin a meeting": (keys.MEETING_START,),
        "close a meeting": (keys.MEETING_CLOSING,),
        "progress": (keys.PROGRESS,),
        "history": (keys.HISTORY,),
        "note": (keys.NOTE,),
    }.items()
}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("width", [60, 80])
def test_the_line_of_keys_never_loses_the_key_that_finishes(width: int, language: str) -> None:
    before = i18n.language()
    i18n.use(language)
    try:
        lost = {}
        for name, tables in LINES.items():
            line = KeyLine()
            line._shown = (tables, "")
            help = line._part(keys.EVERYWHERE[0], brief=False).cell_length
            shown = line._fitted(width - help - 2).plain.split("  ")
            wanted = [key for table in tables for key in table if key.line]
            kept = [key for key in wanted if key.keep] + wanted[-1:]
            words = [line._part(key, brief=True).plain for key in kept]
            if missing := [one for one in words if not any(part.startswith(one.split(" (")[0]) for part in shown)]:
                lost[name] = missing
        assert lost == {}
    finally:
        i18n.use(before)
