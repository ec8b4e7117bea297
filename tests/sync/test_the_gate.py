"""An error that nobody named refuses one file and no more, and what is kept of it holds nothing of the file."""

from __future__ import annotations

import builtins
import inspect
import stat

import pytest

from gealc_tui import errors
from gealc_tui.commands import carrying, notes
from gealc_tui.i18n.sentences import sentence
from gealc_tui.store import views
from gealc_tui.sync import bundle, envelope, gate
from gealc_tui.sync.carriers import holding

from . import forge

ENTITY = "activity/2019/1.1.1"

# What the system, the person or the installation cause; and what is raised by nobody, or only to be caught.
NOT_OF_A_FILE = (OSError, ImportError, SyntaxError, ReferenceError, Warning, ExceptionGroup, StopAsyncIteration)


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY", "small")


@pytest.fixture
def eva(make_replica):
    return make_replica("Eva", "PE", "small")


@pytest.fixture
def shared(tmp_path):
    place = tmp_path / "compartida"
    place.mkdir()
    return place


def log_of(replica):
    return replica.path.with_name("fallas.log")


def saying(replica, words, everything):
    notes.add_note(replica, ENTITY, words)
    return everything(replica)


def failing(monkeypatch, place, error, when=b"secreto"):
    """A fault of the program over whatever holds the word."""
    module, name = place
    real = getattr(module, name)

    def fails(*given, **named):
        if any(when in one for one in given if isinstance(one, bytes)):
            raise error
        return real(*given, **named)

    monkeypatch.setattr(module, name, fails)


def test_every_error_of_python_is_either_a_files_or_the_systems():
    kinds = {one for _, one in inspect.getmembers(builtins, inspect.isclass) if issubclass(one, Exception)}
    left = kinds - {Exception} - {one for one in kinds if issubclass(one, (*gate.FAULTS, *NOT_OF_A_FILE))}
    assert left == set()
    assert not any(issubclass(errors.GealcError, kind) for kind in gate.FAULTS)


PLACES = [(envelope, "opened"), (bundle, "decode")]
FAULTS = [
    RecursionError("x"),
    TypeError("x"),
    MemoryError(),
    KeyError("x"),
    UnicodeEncodeError("utf-8", "x", 0, 1, "x"),
]


@pytest.mark.faults
@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("error", FAULTS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("place", PLACES, ids=lambda one: one[1])
def test_a_fault_over_one_file_does_not_keep_the_others(ana, eva, everything, monkeypatch, place, error, dry_run):
    good, bad = saying(eva, "de Eva", everything), saying(eva, "secreto", everything)
    failing(monkeypatch, place, error)
    report = ana.merge([("malo", bad), ("bueno", good)], accept=True, dry_run=dry_run)
    assert [one.outcome for one in report.files] == ["fault", "applied"]
    assert report.new == 2
    assert sentence(report.files[0].error).startswith("Este archivo hizo fallar al programa")
    assert [one.text for one in ana.read.notes(ENTITY)] == ([] if dry_run else ["de Eva"])


@pytest.mark.needs_posix
@pytest.mark.faults
def test_what_is_kept_of_a_fault_is_its_type_and_place_and_the_owners_alone(ana, eva, everything, monkeypatch):
    bad = saying(eva, "secreto", everything)
    failing(monkeypatch, (bundle, "decode"), ValueError("secreto"))
    ana.merge([("secreto.json", bad)])
    kept = log_of(ana).read_text("utf-8")
    assert "ValueError" in kept
    assert "sync/test_the_gate.py:" in kept
    assert "gealc_tui/sync/intake.py:" in kept
    assert "secreto" not in kept
    assert str(ana.path.parent) not in kept
    assert stat.S_IMODE(log_of(ana).stat().st_mode) == 0o600


@pytest.mark.faults
def test_the_log_does_not_grow_beyond_its_measure(ana, monkeypatch):
    monkeypatch.setattr(gate, "LARGEST_LOG", 2_000)
    for n in range(100):
        with pytest.raises(errors.GateFault), ana.gate.passing():
            raise LookupError(n)
    kept = log_of(ana).read_text("utf-8")
    assert len(kept) < 2_500
    assert all(line.count("LookupError") == 1 for line in kept.splitlines())


@pytest.mark.faults
def test_a_fault_is_refused_also_where_nothing_can_be_kept_of_it(ana):
    log_of(ana).mkdir()
    with pytest.raises(errors.GateFault), ana.gate.passing():
        raise TypeError


def test_what_is_named_and_what_a_person_does_goes_on(ana):
    for error in (errors.Stopped(), errors.Altered(part="x"), KeyboardInterrupt(), OSError(), ImportError()):
        with pytest.raises(type(error)), ana.gate.passing():
            raise error
    assert not log_of(ana).exists()


@pytest.mark.faults
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_fault_while_taking_in_undoes_that_file_alone(
    ana, eva, make_replica, everything, monkeypatch, whole, dry_run
):
    pedro = make_replica("Pedro", "CL", "small")
    good, bad = saying(eva, "de Eva", everything), saying(pedro, "de Pedro", everything)
    refresh, before, calls = views.refresh, whole(ana), []

    def fails(*given):
        calls.append(refresh(*given))
        if len(calls) == 1:
            raise TypeError("unhashable type: 'list'")
        return calls[-1]

    monkeypatch.setattr(views, "refresh", fails)
    report = ana.merge([("malo", bad), ("bueno", good)], accept=True, dry_run=dry_run)
    assert [one.outcome for one in report.files] == ["fault", "applied"]
    assert {one.name for one in ana.people()} == ({"Ana"} if dry_run else {"Ana", "Eva"})
    assert (whole(ana) == before) is dry_run
    assert ana.verify() == ()


@pytest.mark.faults
@pytest.mark.parametrize("place", [*PLACES, (holding, "stretches")], ids=lambda one: one[1])
def test_a_shared_folder_with_such_a_file_is_read_and_written_all_the_same(
    ana, eva, everything, shared, monkeypatch, place
):
    (shared / "a.json").write_bytes(saying(eva, "secreto", everything))
    (shared / "b.json").write_bytes(saying(eva, "de Eva", everything).replace(b"secreto", b"secre_o"))
    carrying.sync(eva, str(shared))
    failing(monkeypatch, place, RecursionError())
    report = carrying.sync(ana, str(shared), accept=True)
    assert {type(one.error) for one in report.unreadable if one.name == "a.json"} == {errors.GateFault}
    assert report.written is not None


@pytest.mark.faults
def test_the_report_of_a_merge_may_fail_and_what_came_is_here(ana, eva, everything, monkeypatch):
    monkeypatch.setattr("gealc_tui.sync.reception.compared", lambda *_: [][0])
    report = ana.merge([("x", saying(eva, "de Eva", everything))], accept=True)
    assert report.new == 2
    assert [one.text for one in ana.read.notes(ENTITY)] == ["de Eva"]


# --- what once got out -------------------------------------------------------------------------------------------


def sealed(**more):
    raw = forge.parsed(forge.bundle(forge.made_up("Ana"), []))
    return forge.sealed({**raw, **more}, forge.made_up("Ana"))


def nested(depth, brackets=("[", "]")):
    return brackets[0] * depth + brackets[1] * depth


@pytest.mark.parametrize("brackets", [("[", "]"), ('{"a":', "}")], ids=["lists", "objects"])
@pytest.mark.parametrize("depth", [70, 300, 900, 940, 960, 980, 990, 1_000, 5_000, 200_000])
def test_a_header_nested_to_any_depth_is_refused_by_name(depth, brackets):
    inner = nested(depth, brackets) if brackets[0] == "[" else brackets[0] * depth + "1" + brackets[1] * depth
    text = sealed().decode().replace('"summary"', f'"later": {inner}, "summary"')
    with pytest.raises(errors.TooLarge) as raised:
        bundle.decode(text.encode())
    assert raised.value.limit == "depth"


def test_what_a_later_version_may_add_may_be_nested():
    raw = sealed(later=[[[[[[[[[["x"]]]]]]]]]])
    assert bundle.decode(raw).sender == forge.made_up("Ana").replica


def test_who_says_to_hold_more_than_anybody_does_is_not_believed_and_their_changes_come(monkeypatch):
    monkeypatch.setattr(bundle, "MOST_HAVE", 5)
    author = forge.made_up("Ana")
    tips = {forge.made_up(f"{n}").replica: [(1, "a" * 26)] for n in range(6)}
    edits = [(forge.Edit("note/n1", "text", "palabra"),)]
    data = forge.bundle(author, [forge.run(author, forge.chain(author.replica, edits))], have=tips)
    made = bundle.decode(data)
    assert made.have == {}
    assert [len(run.changes) for run in made.runs] == [1]
    few = dict(list(tips.items())[:5])
    assert len(bundle.decode(forge.bundle(author, [], have=few)).have) == 5
