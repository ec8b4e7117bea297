"""What an accepted author may write, in their own name and rightly signed, if their program is not ours.

Total when we read: whatever it is, it is refused by name, or it is kept and everything goes on.
"""

from __future__ import annotations

import os
import time
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gealc_tui.commands import exchange
from gealc_tui.domain.change import LARGEST_INTEGER, Edit
from gealc_tui.domain.entities import ENTITIES

from . import forge

BIG = "9" * 30
LATE = 4_102_444_800_000
"""A clock that is ahead of all others, so that what is said is what is shown."""
IDS = ["2019", "2019/1.1", "2019/1.1.1", "n1", "", "x", "2019/1.1.1-p1"]
FIELDS = {kind: sorted(model.model_fields) for kind, model in ENTITIES.items()}

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.text(max_size=10)
    | st.sampled_from([BIG, f"-{BIG}", "1", "2019", "done", "2019-12-31", "0001-01-01", "9999-12-31"])
    | st.sampled_from(["UY", "\x00", "x" * 3000])
    | st.sampled_from(["activity/2019/1.1.1", "2019/1.1.1", "2019/1.1", "2019"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    kind = draw(st.sampled_from([*sorted(ENTITIES), "spaceship", "PERSON", "person"]))
    odd = st.text(min_size=1, max_size=9)
    entity = f"{kind}/{draw(st.sampled_from(IDS))}" if draw(st.integers(0, 9)) else draw(odd)
    known = st.sampled_from(FIELDS.get(kind, ["x"]))
    field = draw(known) if draw(st.integers(0, 9)) else draw(odd)
    over = draw(st.lists(st.sampled_from(["a" * 26, "b" * 26]), max_size=2))
    return Edit(entity, field, draw(values), tuple(over))


changes = st.lists(st.lists(edits(), min_size=1, max_size=6, unique_by=lambda edit: edit[:2]), min_size=1, max_size=4)
instants = st.sampled_from([-62_135_596_800_000, -1, 0, 1_552_564_800_000, LATE, 253_402_300_700_000])


def read_all(replica) -> None:
    """Every question that a surface asks."""
    outline = replica.read.outline(replica.today, replica.plan)
    for plan in replica.read.plans():
        replica.read.outline(replica.today, plan.id)
    for row in outline.activities if outline else ():
        replica.read.activity(row.id, replica.today)
        replica.read.history(replica.read.entities_about(f"activity/{row.id}"))
    replica.read.history()
    replica.read.differences()
    replica.people()
    replica.fingerprint()
    for entity in replica.read.state():
        replica.read.notes(entity)
        replica.read.observations(entity)
    exchange.export_text(replica, everything=True)


@pytest.mark.parametrize(
    ("entity", "field"),
    [
        ("activity/2019/1.1.1", "place\0"),
        ("activity/2019/1.1.1\0x", "place"),
        ("0", "u\x01\0ÿ"),
        ("person/{}\0", "name"),
    ],
)
def test_names_with_a_nul_in_them_are_registers_like_others(make_replica, entity, field):
    replica = make_replica("Ana", "UY", "small")
    author = forge.made_up("Null")
    register = entity.format(author.replica), field
    chain = forge.chain(author.replica, [(Edit(*register, word),) for word in ("uno", "dos")], at=LATE)
    for n in (1, 2):
        file = forge.bundle(author, [forge.run(author, chain[:n])], at=LATE + n)
        assert replica.merge([("x", file)], accept=True).new == 1
    assert replica.read.state_of("activity/2019/1.1.1").get("place") is None
    if not entity.startswith("person/"):
        assert [one.value for one in replica.read.standing(*register)] == ["dos"]
    read_all(replica)
    assert replica.verify() == ()


@pytest.mark.parametrize(
    "said",
    [
        [("activity/", "title"), ("product/", "unknown")],
        [("activity/2019/9.9.9", "unknown")],
        [("area/2019/9", "position")],
    ],
)
def test_whatever_is_said_first_of_an_entity_keeps_the_words_to_be_found_in_step(make_replica, said):
    replica = make_replica("Ana", "UY", "small")
    author = forge.made_up("Sparse")
    chain = forge.chain(author.replica, [(Edit(*register, 1),) for register in said], at=LATE)
    for n in range(1, len(chain) + 1):
        replica.merge([("x", forge.bundle(author, [forge.run(author, chain[:n])], at=LATE + n))], accept=True)
        assert replica.verify() == ()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes, instants)
@example([[Edit("activity/2019/1.1.1", "position", BIG)]], LATE)
@example([[Edit("plan/2019", "year", BIG)]], LATE)
@example([[Edit("note/n1", "about", "activity/2019/1.1.1"), Edit("note/n1", "text", "x")]], 253_402_300_700_000)
def test_whatever_an_accepted_author_writes_is_refused_by_name_or_everything_goes_on(hostile, said, at):
    replica, numbers = hostile
    author = forge.made_up(f"hostile {next(numbers)}")
    data = forge.bundle(author, [forge.run(author, forge.chain(author.replica, [tuple(one) for one in said], at=at))])
    report = replica.merge([("x", data)], accept=True)
    read_all(replica)
    if report.refused:
        return
    assert replica.verify() == ()


@pytest.fixture
def hostile(make_replica):
    """A copy that has to live with all that such authors ever wrote."""
    return make_replica("Ana", "UY", "small"), count()


@pytest.mark.needs_posix
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Pacific/Kiritimati", "America/Lima", "UTC"])
@pytest.mark.parametrize("at", [253_402_300_799_990, -62_135_596_799_999])
def test_a_clock_at_the_end_of_time_does_no_harm_in_any_zone(make_replica, monkeypatch, zone, at):
    replica = make_replica("Ana", "UY", "small")
    author = forge.made_up("Future")
    words = (Edit("activity/2019/1.1.1", "place", "Lima"),)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        data = forge.bundle(author, [forge.run(author, forge.chain(author.replica, [words], at=at))])
        assert not replica.merge([("x", data)], accept=True).refused
        read_all(replica)
        assert replica.commit([("activity/2019/1.1.1", "place", "Quito")]) is not None
        assert replica.read.differences() == ()
    finally:
        monkeypatch.undo()
        os.environ.pop("TZ", None)
        time.tzset()


@pytest.mark.parametrize(
    ("entity", "field"),
    [("activity/2019/1.1.1", "position"), ("plan/2019", "year"), ("plan/2019", "importer"), ("observation/x", "line")],
)
def test_digits_beyond_what_the_database_counts_are_read_over(make_replica, entity, field):
    replica = make_replica("Ana", "UY", "small")
    author = forge.made_up("Digits")
    words = forge.chain(author.replica, [(Edit(entity, field, BIG),)], at=LATE)
    report = replica.merge([("x", forge.bundle(author, [forge.run(author, words)]))], accept=True)
    assert not report.refused
    read_all(replica)
    assert replica.verify() == ()
