"""docs/format.md, held from both sides: by vectors, and by another make that shares no code with the package."""

from __future__ import annotations

import json
import random
import re
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from gealc_tui import errors
from gealc_tui.domain.change import LARGEST_INTEGER, canonical
from gealc_tui.domain.entities import _SAID_BESIDE, ENTITIES
from gealc_tui.domain.vocabulary import BODIES
from gealc_tui.sync import armour, bundle, rows, strict

from . import make_vectors, other_reader
from .other_writer import Writer, text

T, VECTORS = make_vectors.T, make_vectors.VECTORS
FORMAT = (Path(__file__).parents[2] / "docs" / "format.md").read_text("utf-8")
INDEX: dict[str, Any] = json.loads((VECTORS / "index.json").read_text("ascii"))
SOUND, REFUSED = INDEX["sound"], INDEX["refused"]

REASONS = {
    "format": (errors.NotAChangeFile, errors.CutOff),
    "newer": errors.NewerFormat,
    "altered": errors.Altered,
    "forged": errors.Forged,
    "limit": errors.TooLarge,
}


def vector(name: str) -> bytes:
    return (VECTORS / name).read_bytes()


def heads_of(replica) -> list[list[Any]]:
    """What stands in a copy, as the index spells it."""
    state = replica.read.state()
    found = [[entity, field, standing] for entity, fields in state.items() for field, standing in fields.items()]
    return sorted(json.loads(canonical(found)))


@pytest.mark.parametrize("name", SOUND)
def test_the_program_accepts_every_sound_vector_and_sees_what_it_says(name, make_replica):
    told = SOUND[name]
    assert [id for run in bundle.decode(vector(name)).runs for id, _ in run.changes] == told["ids"]
    replica = make_replica("Eva", plan=False, introduce=False)
    assert not replica.merge([(name, vector(name))], accept=True).refused
    assert heads_of(replica) == sorted(told["heads"])
    assert replica.fingerprint() == told["fingerprint"]
    assert replica.verify() == ()


@pytest.mark.parametrize("name", REFUSED)
def test_the_program_refuses_every_unsound_vector_for_its_reason(name, make_replica):
    with pytest.raises(REASONS[REFUSED[name]["reason"]]):
        bundle.decode(vector(name))
    replica = make_replica("Eva", plan=False, introduce=False)
    assert replica.merge([(name, vector(name))], accept=True).refused
    assert replica.dump()["entities"] == {}


@pytest.mark.parametrize("name", [*SOUND, *REFUSED])
def test_the_other_reader_agrees_on_every_vector(name):
    if name in REFUSED:
        with pytest.raises(other_reader.Refused, match=REFUSED[name]["reason"]):
            other_reader.read(vector(name))
    else:
        told = {key: part for key, part in SOUND[name].items() if key != "shows"}
        assert json.loads(json.dumps(make_vectors.told(vector(name)))) == told


def test_the_block_of_text_holds_its_file():
    for name, file in INDEX["blocks"].items():
        assert [block.data for block in armour.blocks(vector(name).decode("ascii"))] == [vector(file)]
        assert make_vectors.block(vector(file)) == vector(name).decode("ascii")


def test_the_vectors_are_those_that_their_program_writes():
    written = {f"{name}.json": data for name, (_, data) in make_vectors.sound().items()}
    written |= {f"refused-{name}.json": data for name, (_, _, data) in make_vectors.unsound().items()}
    assert {name: vector(name) for name in written} == written
    assert {path.name for path in VECTORS.iterdir()} == {*written, *INDEX["blocks"], "index.json"}


# --- what the program writes ----------------------------------------------------------------------------------------


def random_life(make_replica, seed: int):
    """Copies that write over each other and exchange files; of one there is a second machine with the same key."""
    lot = random.Random(seed)
    people = [
        make_replica(name, country, plan=False) for name, country in (("Ana", "UY"), ("Eva", "PE"), ("Pau", "PA"))
    ]
    for _ in range(60):
        copy = lot.choice(people)
        entity, field = lot.choice(["activity/1", "activity/2", "note/1"]), lot.choice(["status", "text"])
        copy.commit([(entity, field, lot.choice(["uno", "dos", 3, None, ["á", True]]))])
        if lot.random() < 0.3:
            one, other = lot.sample(people, 2)
            other.merge([("x", one.bundle_text(recipients=None, summary="").encode())], accept=True)
    return people


@pytest.mark.parametrize("seed", range(3))
def test_the_other_reader_sees_in_the_programs_files_what_the_program_sees(seed, make_replica):
    for copy in random_life(make_replica, seed):
        _, changes = other_reader.read(copy.bundle_text(recipients=None, summary="¿Qué?").encode())
        found = [[entity, field, standing] for (entity, field), standing in other_reader.fold(changes).items()]
        assert sorted(json.loads(json.dumps(found))) == heads_of(copy)


def test_a_copy_and_another_make_write_to_each_other_until_both_show_the_same(make_replica):
    ana, bea = make_replica("Ana", plan=False), Writer("somebody who has another make")
    first = bea.run([(1_552_564_800_000, [["note/1", "text", "de otra marca", []]])])
    ana.merge([("bea.json", text(bea.file([first], 1_552_564_800_000)).encode())], accept=True)
    ana.commit([("note/1", "text", "corregida por Ana")])
    file, changes = other_reader.read(ana.bundle_text(recipients=None, summary="").encode())
    ((_, anas_word),) = other_reader.fold(changes)["note/1", "text"]
    assert file["have"][bea.replica] == [[1, first["tip"]]]
    answer = bea.run([(1_552_564_900_000, [["note/1", "text", "la última", [anas_word]]])], 1, first["tip"])
    assert not ana.merge([("bea.json", text(bea.file([answer], 1_552_564_900_000)).encode())]).refused
    assert [one.value for one in ana.read.standing("note/1", "text")] == ["la última"]


def random_branches(seed: int) -> list[bytes]:
    """Files with stretches of a log that parts in several places, some missing; and of one who goes over it."""
    lot = random.Random(seed)
    ana, bea = Writer("A"), Writer("B")
    places = [(0, "")]
    runs = []
    for _ in range(6):
        after, previous = lot.choice(places)
        for _ in range(lot.randint(1, 3)):
            said = [(T + lot.randint(0, 9), [["activity/1", lot.choice("ab"), lot.randint(0, 3), []]])]
            runs.append(ana.run(said, after, previous))
            after, previous = after + 1, runs[-1]["tip"]
            places.append((after, previous))
    over = bea.run([(T, [["activity/1", "a", 9, lot.sample([run["tip"] for run in runs], 2)]])])
    kept = [*lot.sample(runs, len(runs) - 3), over]
    return [text(bea.file([run], T)).encode() for run in kept]


@pytest.mark.parametrize("seed", range(8))
def test_both_understand_branches_and_gaps_alike(seed, make_replica):
    replica = make_replica("Eva", plan=False, introduce=False)
    known: dict[str, Any] = {}
    for data in random_branches(seed):
        assert not replica.merge([("x", data)], accept=True).refused
        known |= other_reader.read(data)[1]
        found = [[entity, field, standing] for (entity, field), standing in other_reader.fold(known).items()]
        assert sorted(json.loads(json.dumps(found))) == heads_of(replica)


@pytest.mark.parametrize(
    "order", [*permutations(["difference.json", "settled.json", "branches.json", "deleted.json"])][::5]
)
def test_vectors_amount_to_the_same_in_every_order(order, make_replica):
    replica = make_replica("Eva", plan=False, introduce=False)
    known: dict[str, Any] = {}
    for name in order:
        replica.merge([(name, vector(name))], accept=True)
        known |= other_reader.read(vector(name))[1]
    found = [[entity, field, standing] for (entity, field), standing in other_reader.fold(known).items()]
    assert sorted(json.loads(json.dumps(found))) == heads_of(replica)


# --- what the page says ---------------------------------------------------------------------------------------------


def test_every_field_that_the_program_knows_stands_on_the_page():
    told = {
        (kind, field)
        for kind, fields in re.findall(r"^\| `(\w+)` \|(.*)\|$", FORMAT, re.MULTILINE)
        for field in re.findall(r"`([a-z_0-9]+)`", fields.split("|")[0])
    }
    known = {(kind, field) for kind, model in ENTITIES.items() for field in model.model_fields if field != "id"}
    known |= _SAID_BESIDE
    known = {(kind, field) for kind, field in known if field not in ("deleted", "order")}
    assert told >= known, sorted(known - told)


@pytest.mark.parametrize(
    "said",
    [
        f"{bundle.LARGEST_FILE // 2**20} MiB",
        f"{bundle.MOST_LOGS:,} runs",
        f"{bundle.MOST_TIPS} tips",
        f"{bundle.MOST_HAVE:,} tips",
        f"{rows.LONGEST_VALUE:,} characters",
        f"{rows.LONGEST_NAME} characters",
        f"lists are {rows.DEEPEST_VALUE} deep",
        f"lists {strict.DEEPEST} deep",
        f"{armour.COLUMNS} characters",
    ],
)
def test_every_limit_stands_on_the_page(said):
    assert said in FORMAT


def test_the_numbers_and_codes_of_the_page_are_those_of_the_program():
    assert LARGEST_INTEGER == 2**53 - 1
    assert "2⁵³ − 1" in FORMAT
    for code in BODIES:
        assert f"`{code}`" in FORMAT
