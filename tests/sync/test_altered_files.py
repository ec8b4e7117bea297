"""Every alteration of a change file is a named error, and changes nothing."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gealc_tui import errors
from gealc_tui.domain.change import Edit, genesis_id
from gealc_tui.errors import GealcError
from gealc_tui.sync.bundle import MOST_LOGS, BundleRun, decode
from gealc_tui.sync.envelope import opened
from gealc_tui.sync.outcomes import Outcome

from . import forge

GOLDEN = (Path(__file__).parent / "fixtures" / "cambios-UY-20190314.json").read_bytes()
TEXT = GOLDEN.decode()
BUNDLE = decode(GOLDEN)
ANA, EVA, MALLORY = forge.made_up("Ana"), forge.made_up("Eva"), forge.made_up("Mallory")
OFFICIAL, OF_EVA, OF_ANA = BUNDLE.runs


@pytest.fixture
def replica(make_replica):
    """A copy that has read nothing of this file."""
    made = make_replica("Pedro", plan=False)
    made.commit([("activity/2019/3.1.1", "status", "pending")])
    return made


@pytest.fixture
def refused(replica, whole):
    """Checks that a file is refused by a named error, and that it changes nothing."""

    def check(data: bytes, *kinds: type[GealcError]) -> GealcError:
        before = whole(replica)
        report = replica.merge([("altered.json", data)], accept=True)
        assert whole(replica) == before
        error = report.files[0].error
        assert isinstance(error, kinds or GealcError)
        assert report.files[0].logs == report.altered == report.opened == report.settled == ()
        return error

    return check


def harmless_or_named(data: bytes) -> bool:
    """Whether an altered file is refused; if not, it must say the same."""
    try:
        found = decode(data)
    except GealcError:
        return True
    assert found == BUNDLE
    return False


def log(raw: dict[str, Any], n: int) -> dict[str, Any]:
    found: dict[str, Any] = raw["logs"][n]
    return found


def altered(alter: Any) -> dict[str, Any]:
    raw = forge.parsed(GOLDEN)
    alter(raw)
    return raw


# --- characters --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", range(8))
def test_any_character_that_is_altered_is_noticed(start):
    noticed = 0
    for place in range(start, len(TEXT), 8):
        old = TEXT[place]
        new = (
            "7" if old.isdigit() and old != "7" else "b" if old.isalpha() and old != "b" else "a" if old == "b" else "0"
        )
        noticed += harmless_or_named((TEXT[:place] + new + TEXT[place + 1 :]).encode())
    assert noticed > len(TEXT) // 8 * 0.95


@pytest.mark.parametrize("start", range(4))
def test_any_character_that_is_lost_doubled_or_made_a_blank_is_noticed(start):
    for place in range(start, len(TEXT), 4):
        kind = place // 4 % 3
        new = ["", TEXT[place] * 2, " "][kind]
        harmless_or_named((TEXT[:place] + new + TEXT[place + 1 :]).encode())


def test_any_bit_that_is_flipped_is_noticed():
    for place in range(0, len(GOLDEN), 3):
        data = bytearray(GOLDEN)
        data[place] ^= 1 << place % 8
        harmless_or_named(bytes(data))


def test_a_file_cut_off_at_any_place_is_refused(refused):
    end = len(GOLDEN.rstrip())
    for place in range(0, end, 50):
        refused(GOLDEN[:place], errors.CutOff, errors.NotAChangeFile)


def test_a_file_that_is_cut_off_says_so_and_where():
    place = TEXT.index('"note/n1"')
    with pytest.raises(errors.CutOff) as found:
        decode(TEXT[:place].encode())
    assert found.value.line == TEXT[:place].count("\n") + 1


def test_typographic_quotes_are_refused_with_the_line():
    pasted = TEXT.replace('"note/n1"', "“note/n1”", 1)
    with pytest.raises(errors.NotAChangeFile) as found:
        decode(pasted.encode())
    assert found.value.line == TEXT[: TEXT.index('"note/n1"')].count("\n") + 1
    assert found.value.reason == "damaged"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"\xef\xbb\xbf",
        b"Estimados: va adjunto el archivo.",
        b"{}",
        b"[]",
        b"null",
        b"0",
        b'"gealc-changes"',
        b'{"format": "gealc-changes-2", "version": 1}',
        b'{"format": ["gealc-changes"], "version": 1}',
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 500,
        b"PK\x05\x06" + b"\x14\x00" * 100,
        b'{"format": "gealc-changes", "version": 1}\xff',
    ],
)
def test_what_is_no_change_file_is_refused(refused, data):
    refused(data, errors.NotAChangeFile)


@pytest.mark.parametrize("junk", [b"}", b"{}", GOLDEN, b"\x00"])
def test_a_file_with_something_behind_it_is_refused(refused, junk):
    refused(GOLDEN + junk, errors.NotAChangeFile, errors.CutOff)


# --- numbers, depth, text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("9007199254740992", errors.TooLarge),
        ("-9007199254740992", errors.TooLarge),
        ("9" * 10_000_000, errors.TooLarge),
        ("-" + "9" * 5_000, errors.TooLarge),
        ("100.0", errors.Altered),
        ("1e2", errors.Altered),
        ("1e999999999", errors.Altered),
        ("NaN", errors.Altered),
        ("Infinity", errors.Altered),
        ("-Infinity", errors.Altered),
        ("{}", errors.Altered),
        ('{"a": 1}', errors.Altered),
        ("[" * 9 + "]" * 9, errors.TooLarge),
        ("[" * 100_000 + "]" * 100_000, errors.TooLarge),
        ('"\\ud800"', errors.Altered),
        ('"\\udc00\\ud800"', errors.Altered),
        ('["\\ud83d"]', errors.Altered),
        ('"' + "x" * 1_000_001 + '"', errors.TooLarge),
        ("01", errors.NotAChangeFile),
        ("1,2", errors.Altered),
        ("true", errors.Altered),
        ("101", errors.Altered),
    ],
)
def test_a_value_that_no_log_holds_is_refused(refused, written, kind):
    where = '"progress",100,'
    assert where in TEXT
    refused(TEXT.replace(where, f'"progress",{written},').encode(), kind)


@pytest.mark.parametrize("depth", [*range(1, 40), *range(40, 1_200, 7), 3_000, 30_000, 300_000])
def test_no_depth_of_nesting_makes_the_gate_fail(depth):
    nest = "[" * depth + "]" * depth
    raw = TEXT.replace('"summary": ""', f'"summary": "", "later": {nest}')
    assert harmless_or_named(raw.encode())
    assert harmless_or_named(raw.replace("[", '{"a":').replace("]", "}").encode())
    assert harmless_or_named(TEXT.replace('"progress",100,', f'"progress",{nest},').encode())


@pytest.mark.parametrize("place", ['"summary": ""', '"digest": "', '"from": "', '"UY"', '"columns": ["seq"'])
def test_half_a_character_anywhere_is_refused(refused, place):
    half = place[:-1] + '\\ud800"' if place.endswith('"') else place + '\\ud800"'
    data = TEXT.replace(place, half, 1)
    assert data != TEXT
    refused(data.encode())


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1.5", "1e2", "9007199254740992"])
@pytest.mark.parametrize("place", ['"summary": ""', '"count": 3'])
def test_a_number_that_has_no_canonical_form_is_refused_anywhere(refused, number, place):
    refused(TEXT.replace(place, f'{place}, "later": [{number}]', 1).encode(), errors.Altered, errors.TooLarge)


def test_half_a_character_is_refused_also_when_its_author_signed_it(refused):
    raw = altered(lambda raw: raw.update(later="\ud800"))
    refused(forge.sealed(raw, ANA), errors.Altered)
    for path in ("replica", "key", "previous", "tip", "signature"):
        raw = altered(lambda raw, path=path: log(raw, 2).update({path: "\ud800"}))
        refused(forge.sealed(raw, ANA), errors.Altered)
    raw = altered(lambda raw: raw["have"].update({"\ud800": [[1, "a" * 26]]}))
    refused(forge.sealed(raw, ANA), errors.Altered)
    for column in (1, 2, 3):
        raw = altered(lambda raw, column=column: log(raw, 2)["changes"][0].__setitem__(column, "\ud800"))
        refused(forge.sealed(raw, ANA), errors.Altered)


@pytest.mark.parametrize(
    ("there", "doubled"),
    [
        ('"version": 1,', '"version": 1, "version": 1,'),
        ('"key": null,', '"key": null, "key": null,'),
        ('"have": {', '"have": {"4bzoz4kt3vxmmeqimrfpkhwnkm": [[1, "kduvurwxdzlhjnltx7xjcgc4q4"]], '),
        ('"count": 2,', '"count": 2, "co\\u0075nt": 2,'),
    ],
)
def test_a_key_that_stands_twice_is_refused(refused, there, doubled):
    assert there in TEXT
    refused(TEXT.replace(there, doubled, 1).encode(), errors.Altered)


# --- shape -------------------------------------------------------------------------------------------------------

WRONG = [None, True, 0, -1, 2**60, "", "x", [], [[]], {}, {"a": 1}, "a" * 30_000]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: repr(wrong)[:12])
def test_a_wrong_type_in_any_place_is_refused_or_says_the_same(wrong):
    raw = forge.parsed(GOLDEN)
    for path in forge.places(raw):
        harmless_or_named(forge.spelled(forge.put(raw, path, lambda _: wrong)))


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: repr(wrong)[:12])
def test_a_wrong_type_in_any_place_is_refused_also_when_a_sender_signed_it(wrong):
    raw = forge.parsed(GOLDEN)
    for path in forge.places(raw):
        bad = forge.put(raw, path, lambda _: wrong)
        if not isinstance(bad, dict):
            continue
        try:
            found = decode(forge.sealed(bad, ANA))
        except GealcError:
            continue
        # What a sender may say: what it holds, when, in what words. The logs are what their authors signed.
        assert all(run in BUNDLE.runs or run == OFFICIAL._replace(signature=run.signature) for run in found.runs)


@pytest.mark.parametrize(
    "name", ["format", "version", "from", "key", "at", "summary", "have", "columns", "logs", "digest", "signature"]
)
def test_a_file_that_lacks_a_part_is_refused(refused, name):
    raw = forge.parsed(GOLDEN)
    del raw[name]
    refused(forge.spelled(raw))


@pytest.mark.parametrize("name", ["replica", "key", "after", "previous", "count", "tip", "signature", "changes"])
def test_a_run_that_lacks_a_part_is_refused_also_when_its_author_signed_it(refused, name):
    raw = altered(lambda raw: log(raw, 2).pop(name))
    refused(forge.sealed(raw, ANA), errors.Altered)


@pytest.mark.parametrize(
    "columns",
    [
        ["seq", "at", "entity", "field", "value", "over", "mood"],
        ["seq", "at", "entity", "field", "value"],
        ["at", "seq", "entity", "field", "value", "over"],
        [],
    ],
)
def test_unknown_columns_are_refused_also_when_a_sender_signed_them(refused, columns):
    error = refused(forge.sealed(altered(lambda raw: raw.update(columns=columns)), ANA), errors.Altered)
    assert error.part == "columns"


@pytest.mark.parametrize(
    "row", [[], [1], [3, "x"], [3, "2019-03-14T12:01:40.003Z", "a", "b", 1, [], 0], {"seq": 3}, "x"]
)
def test_a_line_with_more_or_fewer_columns_is_refused(refused, row):
    raw = altered(lambda raw: log(raw, 2)["changes"].__setitem__(-1, row))
    refused(forge.sealed(raw, ANA), errors.Altered)


@pytest.mark.parametrize("version", [0, -1, True, "1", None, [1]])
def test_a_version_that_is_no_version_is_refused(refused, version):
    refused(forge.sealed(altered(lambda raw: raw.update(version=version)), ANA), errors.Altered)


# --- lines -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", range(12))
def test_a_line_that_is_lost_moved_or_doubled_is_refused_also_when_its_sender_signs_the_file_again(refused, place):
    rows = log(forge.parsed(GOLDEN), 2)["changes"]
    without = rows[:place] + rows[place + 1 :]
    doubled = rows[: place + 1] + rows[place:]
    moved = [*without, rows[place]] if place < 11 else [rows[place], *without]
    for bad in (without, doubled, moved, rows[::-1]):
        raw = altered(lambda raw, bad=bad: log(raw, 2).update(changes=bad))
        refused(forge.spelled(raw), errors.Altered)
        refused(forge.sealed(raw, ANA), errors.Altered)


def test_a_change_that_is_split_in_two_places_is_refused(refused):
    rows = log(forge.parsed(GOLDEN), 2)["changes"]
    raw = altered(lambda raw: log(raw, 2).update(changes=[*rows[1:], rows[0]]))
    refused(forge.sealed(raw, ANA), errors.Altered)


@pytest.mark.parametrize(("after", "previous"), [(0, "a" * 26), (3, "")])
def test_a_log_begins_with_nothing_before_it_and_only_there(refused, after, previous):
    words = forge.chain(ANA.replica, [(Edit("note/x", "text", "uno"),)], after=after, previous=previous)
    refused(forge.bundle(ANA, [forge.run(ANA, words)]), errors.Altered)


def test_a_register_that_one_change_sets_twice_is_refused_also_when_its_author_signed_it(refused):
    twice = forge.chain(ANA.replica, [(Edit("note/x", "text", "uno"), Edit("note/x", "text", "dos"))])
    refused(forge.bundle(ANA, [forge.run(ANA, twice)]), errors.Altered)


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": 2},
        {"count": 4},
        {"tip": "a" * 26},
        {"tip": "kduvurwxdzlhjnltx7xjcgc4q4"},
        {"after": 1},
        {"after": 1, "previous": "a" * 26},
        {"previous": "a" * 26},
        {"signature": forge.flipped(OF_ANA.signature)},
        {"signature": OF_EVA.signature},
        {"signature": ""},
        {"signature": None},
        {"signature": "ñ"},
        {"key": EVA.key},
        {"key": None},
        {"key": "ñandú"},
        {"key": "AAAA"},
        {"replica": EVA.replica},
        {"replica": MALLORY.replica},
        {"replica": OFFICIAL.replica},
        {"replica": OFFICIAL.replica, "key": None},
    ],
    ids=repr,
)
def test_a_wrong_head_of_a_run_is_refused_also_when_the_file_is_signed_again(refused, wrong):
    raw = altered(lambda raw: log(raw, 2).update(wrong))
    refused(forge.spelled(raw), errors.Altered)
    for forger in (ANA, MALLORY):
        refused(forge.sealed(raw, forger), errors.Altered, errors.Forged)


# --- forgers -----------------------------------------------------------------------------------------------------


def test_a_file_in_anothers_name_is_refused(refused):
    raw = forge.parsed(forge.sealed(forge.parsed(GOLDEN), MALLORY))
    for name in ({"from": ANA.replica}, {"from": ANA.replica, "key": ANA.key}, {"key": ANA.key}):
        refused(forge.spelled({**raw, **name}))


def test_a_file_in_anothers_name_with_ones_own_key_is_refused(refused):
    """Everything is calculated anew and rightly signed; only the name does not follow from the key."""
    liar = forge.made_up("Mallory")
    liar.replica = ANA.replica
    error = refused(forge.sealed(forge.parsed(GOLDEN), liar), errors.Forged)
    assert error.replica == ANA.replica


def test_a_file_signed_by_another_key_is_refused(refused):
    raw = forge.parsed(GOLDEN)
    raw["signature"] = MALLORY.sign_bundle(raw["digest"])
    error = refused(forge.spelled(raw), errors.Forged)
    assert error.replica == ANA.replica


def test_a_signature_of_a_run_is_no_signature_of_a_file(refused):
    raw = forge.parsed(GOLDEN)
    raw["signature"] = OF_ANA.signature
    refused(forge.spelled(raw), errors.Forged)


def test_words_put_into_anothers_mouth_are_refused(refused):
    """The forger calculates everything anew, and signs with the only key that they have."""
    words = forge.chain(EVA.replica, [(Edit("activity/2019/3.1.1", "status", "cancelled"),)])
    tip = words[-1][0]
    for key, signature in (
        (EVA.key, MALLORY.sign_run(1, tip)),
        (MALLORY.key, MALLORY.sign_run(1, tip)),
        (EVA.key, None),
    ):
        forged = BundleRun(EVA.replica, key, 0, "", tip, signature, words)
        error = refused(forge.bundle(MALLORY, [forged]), errors.Forged)
        assert error.replica == EVA.replica


def test_words_added_to_anothers_log_are_refused(refused):
    more = forge.chain(
        EVA.replica, [(Edit("note/n9", "text", "x"),)], after=2, previous=OF_EVA.tip, at=1_552_564_800_000
    )
    tip = more[-1][0]
    forged = OF_EVA._replace(changes=(*OF_EVA.changes, *more), tip=tip, signature=OF_EVA.signature)
    refused(forge.bundle(MALLORY, [forged]), errors.Forged)


def test_a_log_shortened_by_somebody_else_is_refused(refused):
    """The signature is for the last change: who passes a log on cannot leave out its end."""
    shorter = OF_EVA._replace(changes=OF_EVA.changes[:1], tip=OF_EVA.changes[0][0])
    refused(forge.bundle(MALLORY, [shorter]), errors.Forged)


def test_a_run_that_is_refused_takes_the_whole_file_with_it(refused):
    bad = OF_EVA._replace(signature=MALLORY.sign_run(2, OF_EVA.tip))
    refused(forge.bundle(MALLORY, [OFFICIAL, OF_ANA, bad]), errors.Forged)


@pytest.mark.parametrize(
    "alter",
    [
        {"replica": genesis_id("a" * 26)},
        {"key": MALLORY.key},
        {"key": MALLORY.key, "signature": MALLORY.sign_run(3, OFFICIAL.tip)},
        {"after": 1, "previous": OFFICIAL.changes[0][0], "changes": OFFICIAL.changes[1:]},
        {"changes": OFFICIAL.changes[:2], "tip": OFFICIAL.changes[1][0]},
        {"changes": OFFICIAL.changes[1:]},
    ],
    ids=["id", "key", "signed", "end", "beginning", "no first"],
)
def test_an_official_log_that_is_altered_or_not_whole_is_refused(refused, alter):
    refused(forge.bundle(MALLORY, [OFFICIAL._replace(**alter)]), errors.Forged, errors.Altered)


def test_an_official_log_with_another_word_has_another_id(refused):
    said = [change.edits for _, change in OFFICIAL.changes]
    said[2] = (*said[2][:2], Edit("activity/2019/3.1.1", "title", "Otra cosa"))
    words = forge.chain(OFFICIAL.replica, said, at=1_542_326_400_000)
    refused(forge.bundle(MALLORY, [OFFICIAL._replace(changes=words)]), errors.Altered)
    refused(forge.bundle(MALLORY, [OFFICIAL._replace(changes=words, tip=words[-1][0])]), errors.Forged)


def made_up_official(edits: list[tuple[Edit, ...]]) -> BundleRun:
    words = forge.chain("genesis", edits, at=1_542_326_400_000)
    replica = genesis_id(words[-1][0])
    return BundleRun(
        replica, None, 0, "", words[-1][0], None, tuple((id, one._replace(replica=replica)) for id, one in words)
    )


@pytest.mark.parametrize("accept", [False, True])
def test_a_made_up_official_log_that_shares_its_beginning_with_the_real_one_is_refused(replica, whole, accept):
    replica.merge([("golden", GOLDEN)], accept=True)
    said = [change.edits for _, change in OFFICIAL.changes]
    before = whole(replica)
    for edits in (
        [*said[:2], (Edit("activity/2019/3.1.1", "title", "Otra"),)],
        [*said, (Edit("note/n", "text", "x"),)],
    ):
        report = replica.merge([("x", forge.bundle(MALLORY, [made_up_official(edits)]))], accept=accept)
        assert [one.outcome for one in report.files[0].logs] == [Outcome.TWIN]
    # A forger may become known as a person; nothing that is shown or held alters.
    after = whole(replica)
    assert (after.dump, after.tables["changes"]) == (before.dump, before.tables["changes"])
    assert replica.verify() == ()


# --- fuzzing -----------------------------------------------------------------------------------------------------


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """The golden file after a few accidents to its bytes."""
    data = GOLDEN
    for _ in range(draw(st.integers(1, 4))):
        here, there = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        kind = draw(st.sampled_from(["cut", "insert", "double", "swap", "overwrite"]))
        piece = draw(
            st.binary(max_size=6) | st.sampled_from([b'"', b"\\u0000", b"[", b"}", b",", b"1", b"\\ud800", b"-"])
        )
        there = min(there, here + 200)
        if kind == "cut":
            data = data[:here] + data[there:]
        elif kind == "insert":
            data = data[:here] + piece + data[here:]
        elif kind == "double":
            data = data[:there] + data[here:]
        elif kind == "swap":
            middle = (here + there) // 2
            data = data[:here] + data[middle:there] + data[here:middle] + data[there:]
        else:
            data = data[:here] + piece + data[here + len(piece) :]
    return data


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
PLACES = [path for path in forge.places(forge.parsed(GOLDEN)) if path]


@st.composite
def rewritten(draw: st.DrawFn) -> bytes:
    """The golden file with a few parts replaced, exchanged or lost, and then rightly signed by somebody."""
    raw = forge.parsed(GOLDEN)
    for _ in range(draw(st.integers(1, 3))):
        path, other = draw(st.sampled_from(PLACES)), draw(st.sampled_from(PLACES))
        kind = draw(st.sampled_from(["new", "copy", "twice"]))
        try:
            there: Any = raw
            for name in other:
                there = there[name]
            value = draw(json_values) if kind == "new" else there
            raw = forge.put(raw, path, lambda old, value=value, kind=kind: [old, old] if kind == "twice" else value)
        except (KeyError, IndexError, TypeError):
            continue
    return forge.sealed(raw, draw(st.sampled_from([ANA, EVA, MALLORY])))


fuzzing = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fuzzing
@given(mangled() | st.binary(max_size=300))
@example(b'{"format":"gealc-changes","version":1,"columns":[],"logs":[{"changes":1}]}')
def test_no_accident_to_the_bytes_raises_or_changes_anything(replica, data):
    def held():
        return replica.fingerprint(), [replica._db.rows(f"SELECT * FROM {name}") for name in ("changes", "trust")]

    before = held()
    refusal = harmless_or_named(data)
    if refusal:
        report = replica.merge([("x", data)], accept=True)
        if not report.refused:
            # What mail adds around a file is no damage to it: then it is the file, to the last letter.
            (file,) = report.files
            assert file.outcome == "known" or {one.replica for one in file.logs} == {run.replica for run in BUNDLE.runs}
            replica.merge([("golden", GOLDEN)], accept=True)
            assert replica.merge([("x", data)], accept=True).new == 0
            assert opened("x", data).files[0].data.strip() == GOLDEN.strip()
        else:
            assert held() == before


@fuzzing
@given(rewritten())
def test_nobody_who_signs_a_file_can_alter_what_others_said(data):
    try:
        found = decode(data)
    except GealcError:
        return
    known = {id for run in BUNDLE.runs for id, _ in run.changes}
    for run in found.runs:
        assert {id for id, _ in run.changes} <= known


def test_base64_with_spare_bits_says_the_same(replica):
    """The last letter of a signature holds four bits that nobody reads: the file is the same file."""
    raw = forge.parsed(GOLDEN)
    assert raw["signature"].endswith("A==")
    raw["signature"] = raw["signature"][:-3] + "B=="
    assert base64.b64decode(raw["signature"]) == base64.b64decode(forge.parsed(GOLDEN)["signature"])
    assert decode(forge.spelled(raw)) == BUNDLE
    assert json.loads(GOLDEN)["signature"] != raw["signature"]


def test_a_million_strangers_in_one_file_are_too_many(refused):
    one = '{"replica": "a", "changes": []}'
    head = '{"format": "gealc-changes", "version": 1, "logs": ['
    error = refused((head + ",".join([one] * (MOST_LOGS + 1)) + "]}").encode(), errors.TooLarge)
    assert error.limit == "count"
