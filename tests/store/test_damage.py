"""`verify` derives everything again from the log, and lists what disagrees."""

from __future__ import annotations

import pytest

from gealc_tui.commands import activities, differences, notes
from gealc_tui.domain.vocabulary import Status
from gealc_tui.errors import DatabaseError

ACTIVITY = "2019/3.6.1"
OWN = "(SELECT n << 40 FROM logs WHERE key IS NOT NULL ORDER BY n LIMIT 1)"
OFFICIAL = "(SELECT n << 40 FROM logs WHERE key IS NULL)"


@pytest.fixture
def replica(make_replica, send):
    """A copy with words of two people and a settled difference."""
    ana, eva = make_replica("Ana"), make_replica("Eva", "PE")
    activities.set_status(ana, ACTIVITY, Status.DONE)
    activities.set_status(eva, ACTIVITY, Status.ON_HOLD)
    notes.add_note(ana, f"activity/{ACTIVITY}", "Sin novedades")
    send(eva, ana)
    first = ana.read.differences()[0]
    differences.take(ana, first.entity, first.field, first.values[1].change)
    notes.add_note(ana, f"activity/{ACTIVITY}", "Segunda nota")
    return ana


def planted(replica, sql: str) -> None:
    with replica._db.transaction():
        before = replica._db.connection.total_changes
        replica._db.execute(sql)
        assert replica._db.connection.total_changes > before, "nothing was planted"


def kinds(replica) -> set[str]:
    return {fault.kind for fault in replica.verify()}


def test_a_whole_copy_has_no_faults(replica):
    assert replica.verify() == ()


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        (f"UPDATE edits SET value = '\"done!\"' WHERE change = {OWN} + 2 AND position = 0", "hash"),
        (f"UPDATE edits SET value = '\"otro\"' WHERE change = {OFFICIAL} + 5 AND position = 0", "hash"),
        (f"UPDATE edits SET register = 1 WHERE change = {OWN} + 3 AND position = 0", "hash"),
        (f"DELETE FROM edits WHERE change = {OWN} + 3 AND position = 1", "hash"),
        (f"INSERT INTO edits VALUES ({OWN} + 3, 9, 1, '1')", "hash"),
        (f"UPDATE changes SET at = at + 1 WHERE n = {OWN} + 2", "hash"),
        (f"UPDATE changes SET id = 'aaaaaaaaaaaaaaaaaaaaaaaaaa' WHERE n = {OWN} + 2", "hash"),
        ("UPDATE overs SET over = 'aaaaaaaaaaaaaaaaaaaaaaaaaa'", "hash"),
        ("DELETE FROM overs", "hash"),
        ("UPDATE registers SET field = 'estado' WHERE field = 'status'", "hash"),
        (f"DELETE FROM changes WHERE n = {OWN} + 2", "missing"),
        ("UPDATE runs SET previous = 'aaaaaaaaaaaaaaaaaaaaaaaaaa' WHERE signature IS NOT NULL", "hash"),
        ("UPDATE runs SET tip = 'aaaaaaaaaaaaaaaaaaaaaaaaaa' WHERE signature IS NOT NULL", "missing"),
        ("UPDATE runs SET last = last + 1 WHERE signature IS NOT NULL", "missing"),
        ("UPDATE runs SET last = last - 1 WHERE signature IS NOT NULL AND last > 2", "signature"),
        ("UPDATE runs SET signature = 'AAAA' WHERE signature IS NOT NULL", "signature"),
        ("UPDATE runs SET signature = NULL", "signature"),
        (
            "UPDATE runs SET signature = (SELECT signature FROM runs x WHERE x.signature <> runs.signature"
            " AND x.signature IS NOT NULL) WHERE signature IS NOT NULL",
            "signature",
        ),
        ("UPDATE logs SET key = 'AAAA' WHERE key IS NOT NULL", "signature"),
        ("UPDATE logs SET replica = 'genesis-aaaaaaaaaaaaaaaaaaaaaaaaaa' WHERE key IS NULL", "genesis"),
        ("UPDATE activities SET status = 'pending' WHERE id = '2019/3.6.1'", "view"),
        ("UPDATE activities SET title = 'Otro' WHERE id = '2019/3.1.1'", "view"),
        ("DELETE FROM notes", "view"),
        ("INSERT INTO areas (id, deleted) VALUES ('2019/9.9', 0)", "view"),
        ("UPDATE heads SET value = '\"done!\"' WHERE value = '\"done\"'", "view"),
        ("UPDATE heads SET differs = 1", "view"),
        ("DELETE FROM heads WHERE register = 1", "view"),
    ],
)
def test_each_kind_of_fault_is_found(replica, sql, kind):
    planted(replica, sql)
    assert kind in kinds(replica)


@pytest.mark.parametrize("value", ["not JSON", "", '"half', "{", "1e400"])
def test_a_value_that_cannot_even_be_read_is_a_fault_and_no_crash(replica, value):
    planted(replica, f"UPDATE edits SET value = '{value}' WHERE change = {OWN} + 2 AND position = 0")
    assert kinds(replica)


def test_a_change_that_sets_one_register_twice_is_a_fault_and_no_crash(replica):
    planted(replica, f"UPDATE edits SET register = register + 1 WHERE change = {OWN} + 3 AND position = 0")
    assert kinds(replica)


@pytest.mark.parametrize("rebuilt", [False, True])
def test_a_change_that_no_signature_covers_is_found(replica, rebuilt):
    # A change behind the end of every run, with an edit that the views would show.
    status = "(SELECT n FROM registers WHERE entity = 'activity/2019/3.1.1' AND field = 'title')"
    planted(replica, f"INSERT INTO changes VALUES ({OFFICIAL} + 500, 'bbbbbbbbbbbbbbbbbbbbbbbbbb', 4102444800000)")
    planted(replica, f"INSERT INTO edits VALUES ({OFFICIAL} + 500, 0, {status}, '\"Nadie lo firmó\"')")
    if rebuilt:
        replica.rebuild()
    assert kinds(replica)


@pytest.mark.parametrize("rebuilt", [False, True])
def test_an_edit_without_its_change_is_found(replica, rebuilt):
    title = "(SELECT n FROM registers WHERE entity = 'activity/2019/3.1.1' AND field = 'title')"
    planted(replica, f"INSERT INTO edits VALUES ({OFFICIAL} + 501, 0, {title}, '\"De nadie\"')")
    if rebuilt:
        replica.rebuild()
    assert kinds(replica)


def test_rebuilding_mends_a_view_and_not_a_log(replica):
    planted(replica, "UPDATE activities SET title = 'Otro'")
    replica.rebuild()
    assert replica.verify() == ()
    planted(replica, f"UPDATE edits SET value = '\"otro\"' WHERE change = {OFFICIAL} + 5 AND position = 0")
    replica.rebuild()
    assert "hash" in kinds(replica)


def test_verifying_changes_nothing_even_when_it_finds_something(replica, whole):
    planted(replica, "UPDATE activities SET title = 'Otro' WHERE id = '2019/3.1.1'")
    before = whole(replica)
    rows = replica._db.rows("SELECT * FROM activities ORDER BY id")
    assert replica.verify()
    assert whole(replica) == before
    assert replica._db.rows("SELECT * FROM activities ORDER BY id") == rows


def test_a_page_that_the_disk_has_lost_is_found(replica):
    path = replica.path
    replica.close()
    data = bytearray(path.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    found = 0
    for number in range(2, len(data) // page, 7):
        damaged = bytearray(data)
        damaged[number * page : (number + 1) * page] = bytes(page)
        path.write_bytes(damaged)
        try:
            again = replica.another()
        except DatabaseError:
            found += 1
            continue
        try:
            found += bool(again.verify())
        except DatabaseError:
            found += 1
        finally:
            again.close()
    assert found
