"""Fingerprints as words that two people can compare by telephone.

The lists are those of BIP 39 (2048 words each, chosen so that no two begin alike), from the package `mnemonic`; the
language in force decides which. Four words tell 44 bits.
"""

from __future__ import annotations

import base64
import unicodedata
from functools import cache
from importlib.resources import files

from gealc_tui.i18n import language

WORDS = 4
_BITS = 11
_LISTS = {"es": "spanish", "en": "english", "pt": "portuguese", "fr": "french"}


@cache
def _list(name: str) -> tuple[str, ...]:
    text = files("mnemonic").joinpath("wordlist", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(unicodedata.normalize("NFC", text).split())


def spoken(text_hash: str) -> tuple[str, ...]:
    """The words of a hash (26 characters of base32, small, as `domain.change.text_hash` writes them)."""
    number = int.from_bytes(base64.b32decode(text_hash.upper() + "=" * (-len(text_hash) % 8)))
    bits = len(text_hash) * 5 // 8 * 8
    words = _list(_LISTS[language()])
    return tuple(words[number >> (bits - _BITS * (place + 1)) & 2**_BITS - 1] for place in range(WORDS))
