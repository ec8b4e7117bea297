"""No accident to the bytes of an envelope raises anything, and nothing comes out of one that was not in it.

The default run takes some seconds. `GEALC_LONG=1 pytest tests/sync/test_envelope_fuzz.py` tries far more (some
minutes).
"""

from __future__ import annotations

import os
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gealc_tui.errors import GealcError
from gealc_tui.i18n.sentences import sentence
from gealc_tui.sync import armour
from gealc_tui.sync.armour import blocks, wrap
from gealc_tui.sync.bundle import decode
from gealc_tui.sync.envelope import Repair, opened
from gealc_tui.sync.envelope import settling as settling_module

from . import compound
from .letters import archive, change_file, forwarded, letter, page

LONG = bool(os.environ.get("GEALC_LONG"))

FILE, OTHER = change_file(), change_file("Eva", "otra cosa")
ORIGINALS = {FILE, OTHER}
PROVED = [decode(FILE), decode(OTHER)]

BOTH = letter(wrap(FILE), html=page(FILE), attached={"a.json": FILE, "b.zip": archive({"b.json": OTHER})})
ENVELOPES: dict[str, bytes] = {
    "file": FILE,
    "block": wrap(FILE).encode(),
    "two blocks": ("Hola\n> " + wrap(FILE).replace("\n", "\n> ") + "\n" + wrap(OTHER)).encode(),
    "page": page(FILE).encode(),
    "UTF-16": wrap(FILE).encode("utf-16"),
    "mail": BOTH.as_bytes(),
    "quoted-printable mail": letter(wrap(FILE), cte="quoted-printable").as_bytes(),
    "forwarded": forwarded(forwarded(BOTH)).as_bytes(),
    "mailbox": b"".join(
        b"From x Thu Mar 14 12:00:00 2019\n" + letter(wrap(one)).as_bytes() + b"\n" for one in (FILE, OTHER)
    ),
    "zip": archive({"a.json": FILE, "b.txt": wrap(OTHER).encode()}),
    "stored zip": archive({"a.json": FILE, "b.zip": archive({"b.json": OTHER})}, zipfile.ZIP_STORED),
    "Outlook": compound.saved(
        compound.message(
            wrap(FILE),
            html=page(FILE).encode(),
            attached={"b.json": OTHER, "m": compound.message(wrap(OTHER), attached={"a.json": FILE * 2})},
        )
    ),
}

TOKENS = [
    b"\0",
    b"\n",
    b"\r\n\r\n",
    b"> ",
    b"=",
    b"=3D",
    b"&gt;",
    b"<",
    b"{",
    b'"',
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"\xff\xff\xff\xff",
    b"(",
    b"===== BEGIN GEALC CHANGES =====",
    b"===== END GEALC CHANGES =====",
    b'{"format": "gealc-changes"',
    b"From x\n",
    b"\nContent-Type: multipart/mixed; boundary=x\n\n--x\n",
    b"\nContent-Type: message/rfc822\n",
    b"\nContent-Type: message/partial\n",
    b"\nContent-Type: message/delivery-status\n\n",
    b"\nContent-Transfer-Encoding: base64\n",
    b"\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n",
    b"\nContent-Disposition: attachment; filename*0*=klingon-8''%ff; filename=\"=?x?q?=ff?=\"\n",
    b"\nContent-Disposition: attachment; filename*=utf-8''%ff; filename*1=\"a\n",
    b"; charset=\xff; name*0*=x'y; name*1=z",
]


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes after a few accidents."""
    for _ in range(draw(st.integers(1, 6))):
        here, there = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        near = min(there, here + draw(st.sampled_from([1, 4, 60, 2_000])))
        kind = draw(st.sampled_from(["flip", "delete", "insert", "double", "splice", "cut", "swap", "overwrite"]))
        if kind == "flip" and data:
            place = min(here, len(data) - 1)
            data = data[:place] + bytes([data[place] ^ 1 << draw(st.integers(0, 7))]) + data[place + 1 :]
        elif kind == "delete":
            data = data[:here] + data[near:]
        elif kind in ("insert", "overwrite"):
            piece = draw(st.sampled_from(TOKENS) | st.binary(max_size=6))
            data = data[:here] + piece + data[here + len(piece) * (kind == "overwrite") :]
        elif kind == "double":
            data = data[:near] + data[here:near] * draw(st.sampled_from([1, 1, 30])) + data[near:]
        elif kind == "splice":
            other = draw(st.sampled_from(list(ENVELOPES.values())))
            start = draw(st.integers(0, len(other)))
            data = data[:here] + other[start : start + 3_000] + data[near:]
        elif kind == "cut":
            data = data[:there]
        elif kind == "swap":
            middle = (here + near) // 2
            data = data[:here] + data[middle:near] + data[here:middle] + data[near:]
    return data


def check(data: bytes) -> int:
    """Opens an envelope, which must not raise. Returns how many proved files came out of it."""
    made = opened("x", data)
    assert made.files or made.refused
    for refused in made.refused:
        assert isinstance(refused.error, GealcError)
        assert sentence(refused.error)
    proved = 0
    for file in made.files:
        if Repair.ARMOUR in file.repairs:
            assert file.data in ORIGINALS
        try:
            bundle = decode(file.data)
        except GealcError as error:
            sentence(error)
            continue
        assert bundle in PROVED
        proved += 1
    assert proved <= len(PROVED)
    return proved


quick = settings(max_examples=100)
long = settings(max_examples=20_000)
fuzzing = long if LONG else quick


@pytest.mark.parametrize("name", ENVELOPES)
def test_every_envelope_is_sound_before_anything_happens_to_it(name):
    assert check(ENVELOPES[name]) >= 1


@pytest.mark.parametrize("name", ENVELOPES)
def test_no_accident_raises_anything_or_makes_another_file(name):
    @fuzzing
    @given(mutated(ENVELOPES[name]))
    def fuzz(data: bytes) -> None:
        check(data)

    fuzz()


@fuzzing
@given(st.binary(max_size=2_000) | st.lists(st.sampled_from(TOKENS), max_size=60).map(b"".join))
@example(b"From: a\nContent-Type: multipart/mixed; boundary=\n\n--\n")
@example(b"PK\x05\x06" + bytes(18))
def test_no_bytes_at_all_raise_anything(data):
    check(data)


@fuzzing
@given(mutated(wrap(FILE).encode()))
def test_a_block_is_delivered_as_it_was_or_refused(data):
    for block in blocks(data.decode("latin-1")):
        assert block.error is not None or block.data in ORIGINALS


@fuzzing
@given(mutated(FILE))
def test_the_gate_lets_nothing_pass_that_nobody_wrote(data):
    try:
        assert decode(data) in PROVED
    except GealcError as error:
        sentence(error)


@pytest.mark.parametrize("name", ENVELOPES)
def test_an_envelope_cut_off_anywhere_is_delivered_or_refused(name):
    data = ENVELOPES[name]
    for length in range(0, len(data), max(1, len(data) // (2_000 if LONG else 60))):
        check(data[:length])


# --- the fuzzing itself: each fault that is planted must be found ------------------------------------------------


def a_block_is_believed_without_its_checksum(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(armour, "text_hash", lambda data: _Equal())


class _Equal(str):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


def an_error_of_the_library_gets_out(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("gealc_tui.sync.envelope.archive._DAMAGED", (OSError,))


def copies_are_not_recognised(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(settling_module, "_groups", lambda candidates: [[one] for one in candidates])


@pytest.mark.parametrize(
    ("plant", "name"),
    [
        (a_block_is_believed_without_its_checksum, "block"),
        (an_error_of_the_library_gets_out, "zip"),
        (copies_are_not_recognised, "mail"),
    ],
)
def test_the_fuzzing_finds_a_fault_that_was_planted(plant, name, monkeypatch):
    plant(monkeypatch)

    @settings(max_examples=400, derandomize=True)
    @given(mutated(ENVELOPES[name]))
    def fuzz(data: bytes) -> None:
        check(data)

    with pytest.raises(BaseException) as raised:  # noqa: PT011 - whatever it is, it is a finding
        fuzz()
    assert not isinstance(raised.value, KeyboardInterrupt)
