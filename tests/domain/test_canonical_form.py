"""The canonical form and the ids that follow from it. The values here are final: mailed files depend on them."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gealc_tui.domain.change import (
    LARGEST_INTEGER,
    NO_CHANGE,
    Change,
    Edit,
    canonical,
    change_id,
    genesis_id,
    is_genesis,
    kind_of,
    local_id,
    text_hash,
)
from gealc_tui.sync.identity import replica_of

REPLICA = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
FIRST = Change(
    REPLICA,
    1,
    NO_CHANGE,
    1_552_564_800_123,
    (
        Edit("activity/2019/3.1.1", "status", "in_progress", ("b" * 26, "c" * 26)),
        Edit("note/x1", "text", 'Línea «1»\n"dos"\t\u2028 ✓ 🙂 \u0000'),
        Edit("activity/2019/3.1.1", "co_leads", ["PE", "UY"]),
        Edit("activity/2019/3.1.1", "progress", 40),
        Edit("activity/2019/3.1.1", "due", None),
        Edit("note/x1", "official", True),
    ),
)
SECOND = Change(REPLICA, 2, change_id(FIRST), 1_552_564_801_000, (Edit("note/x1", "official", False),))

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | st.text(),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=8,
)


def test_a_fixed_change_has_a_fixed_id():
    assert change_id(FIRST) == FIRST.id == "vo5jqv5wuhulxqqsslz367ypgq"
    assert change_id(SECOND) == "bm6jko4bkbpudeuqucrifprggi"


def test_what_ties_the_plans_of_years_together_is_written_so_for_ever():
    edits = (Edit("plan/g2020", "body", "Grupo de datos"), Edit("area/2020/3.6", "origin", "2019/3.6"))
    change = Change(REPLICA, 1, NO_CHANGE, 1_574_208_000_000, edits)
    assert canonical(edits) == (b'[["plan/g2020","body","Grupo de datos",[]],["area/2020/3.6","origin","2019/3.6",[]]]')
    assert change_id(change) == "hgqzcg3lr2ywe5winyykukrjo4"


def test_a_fixed_change_of_an_official_document_has_a_fixed_id():
    edits = (Edit("plan/2019", "year", 2019), Edit("plan/2019", "preamble", [["1) Antecedentes", ["Uno.", "Dos."]]]))
    change = Change("genesis", 1, NO_CHANGE, 1_542_326_400_000, edits)
    assert change_id(change) == "txshpwpj73inws2oyitgkfsgpu"
    assert genesis_id(change_id(change)) == "genesis-txshpwpj73inws2oyitgkfsgpu"


def test_the_id_of_an_official_log_does_not_enter_the_ids_of_its_changes():
    change = Change("genesis", 1, NO_CHANGE, 0, (Edit("plan/1", "year", 1),))
    assert change_id(change._replace(replica=genesis_id("x" * 26))) == change_id(change)
    assert is_genesis(genesis_id("x" * 26))
    assert not is_genesis(REPLICA)


def test_a_fixed_key_has_a_fixed_replica_id():
    assert replica_of("4yBTUkNhka7S6fnXMYztf+H7V+PSqFJhjEriBPWcT3o=") == "iwmqnv27qyxx4yxfgdhioskm6u"


def test_the_id_can_be_calculated_with_a_json_library_and_sha_256_alone():
    form = json.dumps(
        ["change", REPLICA, 2, change_id(FIRST), 1_552_564_801_000, [["note/x1", "official", False, []]]],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    digest = hashlib.sha256(form.encode("utf-8")).digest()[:16]
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    bits = int.from_bytes(digest, "big") << 2  # 128 bits and two of padding are 26 letters of five
    spelled = "".join(alphabet[bits >> shift & 31] for shift in range(125, -1, -5))
    assert change_id(SECOND) == spelled


def test_the_canonical_form_is_utf_8_without_white_space_and_with_sorted_keys():
    assert canonical({"ñ": [1, True, None, "é"], "a": {"c": "", "b": "\n"}}) == (
        '{"a":{"b":"\\n","c":""},"ñ":[1,true,null,"é"]}'.encode()
    )


@pytest.mark.parametrize(
    "other",
    [
        FIRST._replace(replica="b" * 26),
        FIRST._replace(seq=2),
        FIRST._replace(previous="d" * 26),
        FIRST._replace(at=FIRST.at + 1),
        FIRST._replace(edits=FIRST.edits[:-1]),
        FIRST._replace(edits=FIRST.edits[::-1]),
        FIRST._replace(edits=(FIRST.edits[0]._replace(over=()), *FIRST.edits[1:])),
        FIRST._replace(edits=(FIRST.edits[0]._replace(over=FIRST.edits[0].over[::-1]), *FIRST.edits[1:])),
        FIRST._replace(edits=(*FIRST.edits[:-1], FIRST.edits[-1]._replace(value=1))),
        FIRST._replace(edits=(*FIRST.edits[:-1], FIRST.edits[-1]._replace(value="true"))),
        FIRST._replace(edits=(FIRST.edits[0]._replace(entity="activity/2019/3.1.2"), *FIRST.edits[1:])),
        FIRST._replace(edits=(FIRST.edits[0]._replace(field="Status"), *FIRST.edits[1:])),
    ],
)
def test_a_change_that_differs_in_any_part_has_another_id(other):
    assert change_id(other) != change_id(FIRST)


@given(json_values, json_values)
def test_values_that_differ_have_forms_that_differ(one, other):
    as_text = json.dumps(one), json.dumps(other)
    assert (canonical(one) == canonical(other)) == (as_text[0] == as_text[1])


@given(json_values)
def test_the_canonical_form_is_read_back_as_the_same_value(value):
    assert json.loads(canonical(value)) == value


@pytest.mark.parametrize("value", ["\ud800", ["a", "\udfff"]])
def test_half_a_character_has_no_canonical_form(value):
    with pytest.raises(UnicodeEncodeError):
        canonical(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_json_has_no_canonical_form(value):
    with pytest.raises(ValueError, match="JSON"):
        canonical(value)


@given(st.binary())
def test_a_hash_is_26_small_letters_and_digits(data):
    found = text_hash(data)
    assert len(found) == 26
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_the_kind_of_an_entity_ends_at_the_first_stroke():
    assert (kind_of("activity/2019/3.2.4"), local_id("activity/2019/3.2.4")) == ("activity", "2019/3.2.4")
    assert (kind_of("odd"), local_id("odd")) == ("odd", "")
