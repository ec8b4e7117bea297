"""The digits by which two people compare a key or a plan."""

from __future__ import annotations

import re
from base64 import b32encode
from hashlib import sha256
from math import log2

from hypothesis import given
from hypothesis import strategies as st

from gealc_tui.domain.change import text_hash
from gealc_tui.domain.verification import DIGITS_IN_GROUP, GROUPS, verification_digits, verification_groups


def test_the_digits_of_a_hash_never_alter():
    # Reckoned apart from the program; two people may have different versions of it.
    known = b32encode(sha256(b"gealc").digest()[:16]).decode().rstrip("=").lower()
    assert verification_groups(known) == ("4429", "9032", "1420", "9738")


def test_they_hold_more_than_44_bits():
    assert log2(10 ** (GROUPS * DIGITS_IN_GROUP)) > 44


@given(st.binary())
def test_they_are_groups_of_four_digits_whatever_the_hash(data):
    assert re.fullmatch(r"\d{4}( · \d{4}){3}", verification_digits(text_hash(data)))


def test_hashes_that_differ_a_little_have_other_digits():
    found = {verification_digits(text_hash(str(n).encode())) for n in range(10_000)}
    assert len(found) == 10_000
