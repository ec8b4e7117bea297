"""What every entry point costs as what others write grows: twice as much for twice as much, at most.

Each world is one file that an accepted author may send, of a shape in which costs once grew faster than the file:
many edits of one field, two who answer each other or do not, many notes, a long meeting, many differences, long lists
of branches. The entry points are all that reads what came from others.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

from gealc_tui.commands import deletion, finding, meetings
from gealc_tui.domain.change import Edit
from gealc_tui.domain.filters import Filter
from gealc_tui.domain.history import HistoryFilter
from gealc_tui.domain.word_difference import parts
from gealc_tui.replica import Replica
from gealc_tui.reports.progress import Grouping, progress_of
from gealc_tui.sync import bundle, envelope
from gealc_tui.tui.excerpts import excerpt, excerpt_of_parts
from gealc_tui.tui.finding import Sight
from tests.growth import assert_grows_with_its_input, counted
from tests.sync import forge

AT = 1_552_600_000_000
HERE = "activity/2019/1.1.1"
MEETING = "m"

Edits = list[tuple[Edit, ...]]


def edits_of_one_field(size: int) -> Edits:
    return [(Edit(HERE, "place", str(n)),) for n in range(size)]


def notes_on_one_activity(size: int) -> Edits:
    return [(Edit(f"note/{n}", "about", HERE), Edit(f"note/{n}", "text", f"nota {n}")) for n in range(size)]


def one_change_with_many_notes(size: int) -> Edits:
    return [tuple(edit for edits in notes_on_one_activity(size) for edit in edits)]


def agreements_of_one_meeting(size: int) -> Edits:
    meeting, said = f"meeting/{MEETING}", []
    said.append((Edit(meeting, "body", "working_group"), Edit(meeting, "day", "2019-05-17")))
    said.append((Edit(meeting, "state", "open"), Edit(meeting, "agenda", ["2019/1.1.1"])))
    for n in range(size):
        item = f"item/{n}"
        of = (Edit(item, "meeting", MEETING), Edit(item, "about", HERE), Edit(item, "kind", "commitment"))
        said.append((*of, Edit(item, "text", f"acuerdo {n}"), Edit(HERE, "place", str(n))))
    return [*said, (Edit(meeting, "state", "closed"),)]


def many_activities(size: int) -> Edits:
    return [
        tuple(
            Edit(f"activity/2019/9.{n}", field, value)
            for field, value in (("area", "2019/1.1"), ("code", f"9.{n}"), ("title", f"nota {n}"), ("status", "done"))
        )
        for n in range(size)
    ]


def products_of_one_activity(size: int) -> Edits:
    return [(Edit(f"product/{n}", "activity", "2019/1.1.1"), Edit(f"product/{n}", "text", "x")) for n in range(size)]


WORLDS = (
    edits_of_one_field,
    notes_on_one_activity,
    one_change_with_many_notes,
    agreements_of_one_meeting,
    many_activities,
    products_of_one_activity,
)


class World(NamedTuple):
    """A copy that has taken in a file, and the file."""

    replica: Replica
    data: bytes
    folder: Path


def by_one(edits: Edits, name: str = "Leo") -> bytes:
    me = forge.made_up(name)
    named = (Edit(f"person/{me.replica}", "name", name), Edit(f"person/{me.replica}", "country", "UY"))
    return forge.bundle(me, [forge.run(me, forge.chain(me.replica, [named, *edits], at=AT))])


def by_two(edits: Callable[[int], Edits], size: int) -> bytes:
    """Two who write the same and have not seen each other: everything is in difference."""
    runs = []
    for name, said in (("Leo", edits(size // 2)), ("Mia", edits(size // 2))):
        me = forge.made_up(name)
        said = [tuple(edit._replace(value=_other(edit, name)) for edit in one) for one in said]
        runs.append(forge.run(me, forge.chain(me.replica, said, at=AT)))
    return forge.bundle(forge.made_up("Leo"), runs)


def _other(edit: Edit, name: str):
    return f"{edit.value} {name}" if edit.field in ("place", "title", "text") else edit.value


@pytest.fixture
def world(make_replica, tmp_path):
    names = count(1)

    def made(data: bytes) -> World:
        name = f"Ana{next(names)}"
        replica = make_replica(name, plan="small")
        report = replica.merge([("x.json", data)], accept=True)
        assert report.new
        assert not report.refused
        return World(replica, data, tmp_path / name)

    return made


def _merged(world: World, *, dry_run: bool) -> None:
    _forget(world.replica)
    report = world.replica.merge([("x.json", world.data)], accept=True, dry_run=dry_run)
    assert report.new


def _forget(replica: Replica) -> None:
    """The log of others goes, so that the same file is new again."""
    others = "SELECT n FROM logs WHERE key IS NOT NULL AND replica <> ?"
    for table, column in (("edits", "change"), ("overs", "change"), ("changes", "n"), ("heads", "change")):
        replica._db.execute(f"DELETE FROM {table} WHERE {column} >> 40 IN ({others})", [replica.id])
    replica._db.execute(f"DELETE FROM runs WHERE log IN ({others})", [replica.id])
    replica._db.execute(f"DELETE FROM lineage WHERE log IN ({others})", [replica.id])
    replica._db.execute("DELETE FROM files")
    replica._db.execute("DELETE FROM logs WHERE key IS NOT NULL AND replica <> ?", [replica.id])


def _detail(world: World) -> None:
    read = world.replica.read
    read.activity("2019/1.1.1", world.replica.today)
    read.history(read.entities_about(HERE))


def _minutes(world: World) -> None:
    if world.replica.read.meetings():
        meetings.acta_text(world.replica, MEETING)
        world.replica.read.meeting_changes(MEETING)


ENTRY_POINTS: dict[str, Callable[[World], object]] = {
    "envelope": lambda world: envelope.opened("x.json", world.data),
    "decode": lambda world: bundle.decode(world.data),
    "merge": partial(_merged, dry_run=False),
    "preview": partial(_merged, dry_run=True),
    "first screen": lambda world: Sight(world.replica).read(),
    "detail": _detail,
    "history": lambda world: world.replica.read.history(),
    "a page of the history": lambda world: world.replica.read.past(HistoryFilter()),
    "differences": lambda world: world.replica.read.differences(),
    "people": lambda world: world.replica.people(),
    "export": lambda world: world.replica.bundle_text(recipients=None, summary=""),
    "search": lambda world: finding.search(world.replica, "nota"),
    "filter": lambda world: finding.matching(world.replica, Filter(differing=True), world.replica.plan or ""),
    "progress": lambda world: progress_of(world.replica, Grouping.AREA),
    "meetings": lambda world: (world.replica.read.meetings(), world.replica.read.items()),
    "minutes": _minutes,
    "fingerprint": lambda world: world.replica.fingerprint(),
    "verify": lambda world: world.replica.verify(),
    "rebuild": lambda world: world.replica.rebuild(),
}


def test_the_table_of_the_docs_names_every_entry_point():
    table = (Path(__file__).parent.parent / "docs" / "limits.md").read_text(encoding="utf-8")
    names = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")]
    assert names[1:] == list(ENTRY_POINTS)


@pytest.mark.parametrize("entry", ENTRY_POINTS)
@pytest.mark.parametrize("edits", WORLDS, ids=lambda one: one.__name__)
def test_what_one_author_writes_costs_what_it_weighs(world, edits, entry):
    assert_grows_with_its_input(
        lambda size: world(by_one(edits(size))),
        ENTRY_POINTS[entry],
        25,
        lambda made: [made.replica._db.connection],
    )


@pytest.mark.parametrize("entry", ENTRY_POINTS)
@pytest.mark.parametrize(
    "edits", [edits_of_one_field, many_activities, notes_on_one_activity], ids=lambda one: one.__name__
)
def test_what_is_in_difference_costs_what_it_weighs(world, edits, entry):
    assert_grows_with_its_input(
        lambda size: world(by_two(edits, size)),
        ENTRY_POINTS[entry],
        40,
        lambda made: [made.replica._db.connection],
    )


@pytest.mark.parametrize("is_anything_hidden", [False, True])
def test_a_small_merge_costs_the_same_however_many_differences_stand(world, is_anything_hidden):
    def work(standing: int) -> int:
        made = world(by_two(many_activities, standing))
        if is_anything_hidden:
            deletion.withdraw(made.replica, "2019/1.1.1", "No hay fondos")
        small = by_one(notes_on_one_activity(3), "Zoe")
        with counted([made.replica._db.connection]) as counts:
            assert made.replica.merge([("y.json", small)], accept=True).new
        return counts.total

    assert work(160) <= 1.1 * work(40)


@cache
def _long(kind: str, size: int) -> tuple[str, str]:
    unit = {"lines": "\n", "words": "palabra ", "one word": "x", "sentences": "a b. "}[kind]
    return "comienzo " + unit * size, unit * size + " final"


@pytest.mark.parametrize("kind", ["lines", "words", "one word", "sentences"])
@pytest.mark.parametrize("use", ["parts", "excerpt", "excerpt_of_parts"])
def test_a_long_text_is_compared_and_cut_in_one_pass(kind, use):
    uses = {
        "parts": parts,
        "excerpt": lambda texts: [excerpt(text) for text in texts],
        "excerpt_of_parts": lambda texts: [excerpt_of_parts(one) for one in parts(texts)],
    }
    assert_grows_with_its_input(partial(_long, kind), uses[use], 2_000)


def test_what_grows_faster_is_caught():
    def in_pairs(size: int) -> None:
        for _ in range(size * size):
            excerpt("x")

    with pytest.raises(AssertionError, match="lines"):
        assert_grows_with_its_input(int, in_pairs, 10)
