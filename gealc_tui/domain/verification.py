"""Digits that two people read to each other on the telephone, to see that they mean the same key or the same plan.

Sixteen digits in groups of four, from the whole hash: 53 bits, so that nobody finds a second key with the same
digits by looking for one. They are alike in every language, and no list of words has to be vetted (decision 26).
"""

from __future__ import annotations

import base64

GROUPS = 4
DIGITS_IN_GROUP = 4
_SEPARATOR = " · "


def verification_groups(text_hash: str) -> tuple[str, ...]:
    """The groups of digits of a hash (26 characters of base32, small, as `domain.change.text_hash` writes them)."""
    digest = base64.b32decode(text_hash.upper() + "=" * (-len(text_hash) % 8))
    digits = GROUPS * DIGITS_IN_GROUP
    # Of 128 bits the remainder is as good as even: the bias is under 2**-74.
    text = f"{int.from_bytes(digest) % 10**digits:0{digits}}"
    return tuple(text[start : start + DIGITS_IN_GROUP] for start in range(0, digits, DIGITS_IN_GROUP))


def verification_digits(text_hash: str) -> str:
    """The same as people see them: `4173 · 0826 · 5519 · 7340`."""
    return _SEPARATOR.join(verification_groups(text_hash))
