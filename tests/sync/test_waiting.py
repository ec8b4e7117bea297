"""What waits of strangers: told without being read again, and room for everybody."""

from __future__ import annotations

import hashlib
import json

import pytest

from gealc_tui.commands import people
from gealc_tui.domain.change import Edit
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import local, waiting
from gealc_tui.sync import bundle, reception
from gealc_tui.sync.bundle import BundleRun
from gealc_tui.sync.identity import Identity
from gealc_tui.sync.outcomes import Outcome

from . import forge

ACTIVITY = "2019/1.1.1"
ENTITY = f"activity/{ACTIVITY}"


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY", "small")


@pytest.fixture
def eva(make_replica):
    return make_replica("Eva", "PE", "small")


def run_of(one: Identity, name: str, place: str = "x") -> BundleRun:
    person = f"person/{one.replica}"
    edits = [(Edit(person, "name", name), Edit(person, "country", "CL")), (Edit(ENTITY, "place", place),)]
    return forge.run(one, forge.chain(one.replica, edits))


def strangers(count: int, name: str = "stranger") -> list[Identity]:
    return [forge.made_up(f"{name} {n}") for n in range(count)]


def waits(replica) -> set[str]:
    return {one.name for one in replica.people() if one.aside}


# --- told ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def nobody_reads_again(monkeypatch):
    def refuse(text: str) -> BundleRun:
        raise AssertionError("what waits was read again")

    monkeypatch.setattr(reception, "decode_run", refuse)
    monkeypatch.setattr(bundle, "decode_run", refuse)


def test_people_export_and_another_merge_do_not_read_what_waits(ana, eva, send, nobody_reads_again):
    some = strangers(3)
    ana.merge([("x", forge.bundle(some[0], [run_of(one, f"S{n}") for n, one in enumerate(some)]))])
    send(eva, ana)
    ana.bundle_text(recipients=None, summary="")
    assert {(one.name, one.country, one.aside) for one in ana.people() if one.trust is Trust.STRANGER} == {
        (f"S{n}", "CL", 2) for n in range(3)
    }


def test_a_successor_is_admitted_without_reading_the_others_who_wait(ana, monkeypatch):
    old, new, other = forge.made_up("old"), forge.made_up("new"), forge.made_up("other")
    ana.merge([("old", forge.bundle(old, [run_of(old, "Pedro")]))], accept=True)
    ana.merge([("other", forge.bundle(other, [run_of(other, "Otro")]))])
    read = []
    decode = reception.decode_run
    monkeypatch.setattr(reception, "decode_run", lambda text: read.append(text) or decode(text))
    claim = Edit(f"person/{new.replica}", "succeeds", [old.replica, old.sign_successor(new.replica)])
    ana.merge([("new", forge.bundle(new, [forge.run(new, forge.chain(new.replica, [(claim,)]))]))])
    assert ana.trust_in(new.replica) is Trust.ACCEPTED
    assert len(read) == 1


def test_what_waited_under_the_version_before_is_told_after_it_was_brought_up_to_date(ana, reopen):
    one = forge.made_up("one")
    ana.merge([("x", forge.bundle(one, [run_of(one, "Pedro")]))])
    before = waiting.waiting(ana._db)
    columns = ana._db.rows("SELECT * FROM aside")
    for table in ("waiting", "blocked", "lineage"):
        ana._db.execute(f"DROP TABLE {table}")
    ana._db.execute(
        "CREATE TABLE lineage (log INTEGER NOT NULL REFERENCES logs, ancestor INTEGER NOT NULL, upto INTEGER NOT NULL,"
        " PRIMARY KEY (log, ancestor)) WITHOUT ROWID"
    )
    ana._db.execute("DELETE FROM _sqlite_migrations WHERE name = '009_limits'")
    again = reopen(ana)
    assert again._db.rows("SELECT * FROM aside") == columns
    assert [found._replace(file=None) for found in waiting.waiting(again._db)] == [
        found._replace(file=None) for found in before
    ]
    people.accept(again, one.replica)
    assert again.read.state_of(ENTITY)["place"] == "x"
    again.close()


# --- room ---------------------------------------------------------------------------------------------------------


def test_a_newcomer_is_kept_though_somebody_filled_the_room_and_who_filled_it_makes_place(ana, monkeypatch):
    monkeypatch.setattr(reception, "MOST_STRANGERS", 3)
    crowd, newcomer = strangers(3), forge.made_up("newcomer")
    file = forge.bundle(crowd[0], [run_of(one, f"S{n}") for n, one in enumerate(crowd)])
    ana.merge([("crowd", file)])
    report = ana.merge([("new", forge.bundle(newcomer, [run_of(newcomer, "Nueva")]))])
    assert [one.outcome for one in report.files[0].logs] == [Outcome.STRANGER]
    assert [one.name for one in report.displaced] == ["S0"]
    assert report.waits_for_a_person
    assert waits(ana) == {"S1", "S2", "Nueva"}
    people.accept(ana, crowd[1].replica)
    ana.merge([("crowd", file)])
    assert waits(ana) == {"S0", "S2", "Nueva"}


def test_of_one_file_that_is_too_much_the_rest_is_told_and_not_kept(ana, monkeypatch):
    monkeypatch.setattr(reception, "MOST_STRANGERS", 3)
    crowd = strangers(5)
    report = ana.merge([("x", forge.bundle(crowd[0], [run_of(one, f"S{n}") for n, one in enumerate(crowd)]))])
    assert [one.outcome for one in report.files[0].logs] == [Outcome.CROWDED] * 2 + [Outcome.STRANGER] * 3
    assert report.displaced == ()
    assert report.waits_for_a_person
    assert ana._db.value("SELECT count(*) FROM aside") == ana._db.value("SELECT count(*) FROM waiting") == 3


def test_who_sent_most_characters_makes_room_for_words_of_others(ana, monkeypatch):
    monkeypatch.setattr(reception, "LARGEST_ASIDE", 12_000)
    loud, quiet = forge.made_up("loud"), forge.made_up("quiet")
    ana.merge([("quiet", forge.bundle(quiet, [run_of(quiet, "Callada")]))])
    ana.merge([("loud", forge.bundle(loud, [run_of(loud, "Ruidosa", "x" * 9_000)]))])
    third = forge.made_up("third")
    report = ana.merge([("third", forge.bundle(third, [run_of(third, "Tercera", "x" * 5_000)]))])
    assert [one.name for one in report.displaced] == ["Ruidosa"]
    assert waits(ana) == {"Callada", "Tercera"}


def test_of_a_sender_those_who_are_blocked_make_room_first(ana, monkeypatch):
    monkeypatch.setattr(reception, "MOST_STRANGERS", 3)
    crowd, newcomer = strangers(3), forge.made_up("newcomer")
    ana.merge([("x", forge.bundle(crowd[0], [run_of(one, f"S{n}") for n, one in enumerate(crowd)]))])
    ana.block(crowd[2].replica)
    ana.merge([("new", forge.bundle(newcomer, [run_of(newcomer, "Nueva")]))])
    assert waits(ana) == {"S0", "S1", "Nueva"}


def test_the_files_of_who_made_room_are_met_as_if_for_the_first_time(ana, monkeypatch):
    monkeypatch.setattr(reception, "MOST_STRANGERS", 1)
    first, second = strangers(2)
    file = forge.bundle(first, [run_of(first, "Uno")])
    ana.merge([("first", file)])
    run = run_of(first, "Uno")
    digest = hashlib.sha256(file).digest()
    local.note_file(ana._db, digest, 2)
    holds = json.dumps([[first.replica, 0, "", 2, run.tip]])
    ana._db.execute(
        "INSERT INTO carried VALUES ('\"/f\"', '\"a.json\"', '1', ?), ('\"/f\"', '\"b.json\"', '1', '[]')", [holds]
    )
    ana.merge([("second", forge.bundle(second, [run_of(second, "Dos")]))])
    assert local.changes_in_file(ana._db, digest) is None
    assert ana._db.rows("SELECT name FROM carried") == [('"b.json"',)]


# --- what others claim --------------------------------------------------------------------------------------------


def claims(ana, by: Identity, have: dict[str, list[tuple[int, str]]], at: int = 1_552_564_800_000):
    ana.merge([("claim", forge.bundle(by, [run_of(by, "Mallory")], at=at, have=have))], accept=True)


def missing(ana, replica: str) -> int:
    return next(one.missing for one in ana.people() if one.replica == replica)


@pytest.mark.parametrize("seq", [50, 2**39])
def test_nobody_knows_of_own_changes_that_this_copy_did_not_write(ana, seq):
    claims(ana, forge.made_up("Mallory"), {ana.id: [(seq, "a" * 26)]})
    assert missing(ana, ana.id) == 0
    ana.commit([(ENTITY, "place", "z")])
    mallory = forge.made_up("Mallory").replica
    made = bundle.decode(ana.bundle_text(recipients=[mallory], summary="").encode())
    assert ana.id in {run.replica for run in made.runs}


def test_an_absurd_claim_about_others_is_not_believed(ana, eva, send):
    send(eva, ana)
    claims(ana, forge.made_up("Mallory"), {eva.id: [(2**39, "a" * 26)]})
    assert missing(ana, eva.id) == 0


def test_a_claim_that_an_author_has_more_than_the_authors_newer_file_says_is_not_believed(ana, eva, send):
    claims(ana, forge.made_up("Mallory"), {eva.id: [(500, "a" * 26)]})
    ana.clock.now += 60_000
    send(eva, ana)
    assert missing(ana, eva.id) == 0
    ana.clock.now += 60_000
    claims(ana, forge.made_up("Mallory"), {eva.id: [(12, "a" * 26)]}, at=1_552_564_900_000)
    assert missing(ana, eva.id) == 12 - next(one.last for one in ana.people() if one.replica == eva.id)


def test_of_authors_whom_nobody_met_a_claim_is_not_even_kept(ana):
    unmet = {forge.made_up(f"unmet {n}").replica: [(5, "a" * 26)] for n in range(300)}
    claims(ana, forge.made_up("Mallory"), {**unmet, ana.id: [(1, "a" * 26)]})
    (kept,) = ana._db.rows("SELECT have FROM peers")
    assert list(json.loads(kept[0])) == [ana.id]
