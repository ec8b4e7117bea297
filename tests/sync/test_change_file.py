"""The change file: written and read, for ever the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gealc_tui import errors
from gealc_tui.domain.change import LARGEST_INTEGER, Edit
from gealc_tui.sync import bundle
from gealc_tui.sync.bundle import decode, decode_run, instant, instant_text, run_text

from . import forge

GOLDEN = Path(__file__).parent / "fixtures" / "cambios-UY-20190314.json"
ANA, EVA = forge.made_up("Ana"), forge.made_up("Eva")

values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def golden() -> bytes:
    return GOLDEN.read_bytes()


def test_a_file_written_in_2019_is_accepted_for_ever(golden):
    found = decode(golden)
    assert found.sender == "wpl37hxdrc7x76cxgqbtvultbe"
    assert found.at == 1_552_565_000_123
    assert [(run.replica, run.after, run.last, run.tip) for run in found.runs] == [
        ("genesis-betgr37yz3pli73vsxfxmbt5kq", 0, 3, "betgr37yz3pli73vsxfxmbt5kq"),
        ("4bzoz4kt3vxmmeqimrfpkhwnkm", 0, 2, "kduvurwxdzlhjnltx7xjcgc4q4"),
        ("wpl37hxdrc7x76cxgqbtvultbe", 0, 3, "acgwmlrzu5skdyvbc6z756chti"),
    ]
    note = found.runs[2].changes[1][1].edits[2]
    assert note == Edit("note/n1", "text", 'Ñandú «1»\n\t"dos" 🙂 \u2028')
    assert found.have["4bzoz4kt3vxmmeqimrfpkhwnkm"] == ((2, "kduvurwxdzlhjnltx7xjcgc4q4"),)


def test_a_file_written_in_2019_is_merged_for_ever(golden, make_replica):
    replica = make_replica("Pedro", plan=False)
    report = replica.merge([("golden", golden)], accept=True)
    assert not report.refused
    row = replica.read.activity("2019/3.1.1", replica.today).row
    assert (row.title, row.status, row.progress, row.notes) == ("Taller", "done", 100, 1)
    assert replica.verify() == ()


def test_a_file_is_written_today_as_it_was_in_2019(golden):
    assert bundle.encode(decode(golden), ANA).encode() == golden


def test_a_file_is_ascii_with_one_edit_a_line(make_replica, everything):
    replica = make_replica("Ana", plan=False)
    replica.commit([("note/x", "text", "Ñandú\nen dos líneas"), ("note/x", "official", True)])
    text = everything(replica).decode("ascii")
    assert '"note/x","text","\\u00d1and\\u00fa\\nen dos l\\u00edneas",[]],\n' in text
    assert sum(1 for line in text.splitlines() if line.startswith("    [")) == 5


def test_what_is_written_is_read_back_equal(make_replica, everything):
    replica = make_replica("Ana")
    replica.commit([("note/x", "text", 'Raro: \u2028 \x7f "comillas" \\ 🙂')])
    found = decode(everything(replica))
    again = decode(bundle.encode(found, forge.identity_of(replica)).encode())
    assert again == found


@given(st.lists(st.dictionaries(st.text("abc/", min_size=1, max_size=5), values, min_size=1, max_size=3), max_size=5))
def test_whatever_json_a_change_holds_is_read_back_equal(contents):
    edits = [tuple(Edit("note/x", field, value) for field, value in said.items()) for said in contents]
    if not edits:
        return
    sent = forge.run(ANA, forge.chain(ANA.replica, edits))
    found = decode(forge.bundle(ANA, [sent]))
    assert json.dumps(list(found.runs[0].changes)) == json.dumps(sent.changes)


def test_a_run_alone_is_written_and_read_back_equal(golden):
    for run in decode(golden).runs:
        assert decode_run(run_text(run)) == run


@pytest.mark.parametrize(
    "harmless",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: json.dumps(json.loads(data)).encode(),
        lambda data: json.dumps(json.loads(data), indent=7).encode(),
        lambda data: json.dumps(json.loads(data), ensure_ascii=False).encode(),
        lambda data: json.dumps(json.loads(data), sort_keys=True).encode(),
        lambda data: b"\n\n  " + data + b"\r\n\t ",
    ],
    ids=["BOM", "CRLF", "one line", "indented", "UTF-8", "sorted", "margins"],
)
def test_what_mail_and_editors_do_to_the_white_space_is_harmless(golden, harmless):
    altered = harmless(golden)
    assert altered != golden
    assert decode(altered) == decode(golden)


def test_a_field_that_a_later_version_adds_beside_ours_is_read_over_and_covered_by_the_signature(golden):
    raw = forge.parsed(golden)
    raw["urgency"] = {"level": [1, "x"]}
    raw["logs"][1]["colour"] = "red"
    sealed = forge.sealed(raw, ANA)
    assert decode(sealed) == decode(golden)
    with pytest.raises(errors.Altered):
        decode(sealed.replace(b'"red"', b'"rot"'))


@given(st.integers(-62_135_596_800_000, 253_402_300_799_999))
def test_an_instant_is_written_and_read_back_equal(at):
    assert instant(instant_text(at)) == at


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-14T13:22:05.123",
        "2019-03-14T13:22:05Z",
        "2019-03-14 13:22:05.123Z",
        "2019-03-14T13:22:05.123+00:00",
        "2019-03-14T13:22:05.123456Z",
        "2019-02-30T13:22:05.123Z",
        "2019-03-14T25:22:05.123Z",
        "0000-03-14T13:22:05.123Z",
        "2019-03-14T13:22:05.123Z\n",
        "２０１９-03-14T13:22:05.123Z",
        "",
    ],
)
def test_an_instant_has_one_spelling(text):
    with pytest.raises(errors.Altered):
        instant(text)


def test_a_file_of_a_newer_version_says_which_version_is_needed(golden):
    raw = forge.parsed(golden)
    raw.update(version=2, columns=["something", "else"], logs={})
    with pytest.raises(errors.NewerFormat) as refused:
        decode(forge.spelled(raw))
    assert (refused.value.version, refused.value.readable) == (2, 1)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(golden, monkeypatch):
    monkeypatch.setattr(bundle, "LARGEST_FILE", len(golden))
    decode(golden)
    with pytest.raises(errors.TooLarge):
        decode(golden + b" ")


def test_many_changes_are_told_apart_above_any_inner_limit(make_replica, send):
    ana, eva = make_replica("Ana", plan=False), make_replica("Eva", "PE", plan=False)
    ana.commit([(f"note/n{n}", "text", f"texto {n}") for n in range(5_000)])
    for n in range(300):
        ana.commit([(f"note/m{n}", "text", f"texto {n}")])
    report = send(ana, eva)
    send(eva, ana)
    assert report.new == 302
    assert ana.fingerprint() == eva.fingerprint()
    assert eva.verify() == ()
