"""What one person did at once, and the name it bears.

A *change* is a numbered entry in the log of one replica. It holds *edits*; an edit sets one *register*, that
is one field of one entity. A change is named by its content: its id is a hash of its canonical form, which
contains the id of the change before it in the same log, so that each log is a hash chain.

Promise: two changes bear the same id only if they are the same change. The canonical form never alters; files
that have been mailed depend on it (docs/decisions/0002-canonical-form.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from struct import Struct
from typing import NamedTuple

Value = None | bool | int | str | Sequence["Value"]
"""What a register may hold: JSON without floats and without objects."""

LARGEST_INTEGER = 2**53 - 1
"""Larger integers are altered by JSON readers of other languages (RFC 8259, section 6)."""

NO_CHANGE = ""
"""Stands where a log has no previous change."""

GENESIS = "genesis"
"""Stands in the place of the replica in a genesis log, whose own id is a hash of its last change."""


class Edit(NamedTuple):
    """One register set to a value.

    `entity` is `kind/id` (`activity/2019/3.2.4`). `over` holds the ids of the changes *of other replicas* whose
    values for this register the author had before them; that an edit supersedes its own replica's earlier ones
    goes without saying.
    """

    entity: str
    field: str
    value: Value
    over: tuple[str, ...] = ()


class Change(NamedTuple):
    """An entry in a log. `at` is in milliseconds since 1970, UTC, by the author's clock."""

    replica: str
    seq: int
    previous: str
    at: int
    edits: tuple[Edit, ...]

    @property
    def id(self) -> str:
        return change_id(self)


_spell = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode


def canonical_text(value: object) -> str:
    """The one spelling of a JSON value that is hashed and signed: no white space, keys sorted, nothing escaped in vain.

    Raises ValueError for NaN and infinity. Lone surrogates stay, and have no bytes.
    """
    return _spell(value)


def canonical(value: object) -> bytes:
    """The canonical text in UTF-8. Raises UnicodeEncodeError for lone surrogates, ValueError for NaN and infinity."""
    return _spell(value).encode()


def same(one: Value, other: Value) -> bool:
    """Whether two values are one and the same: Python takes `True` and `1` for equal, JSON does not."""
    return one == other and canonical(one) == canonical(other)


def text_hash(data: bytes) -> str:
    """The first 128 bits of the SHA-256 of `data`, as 26 letters and digits of base32, small, unpadded."""
    return _base32(sha256(data).digest())


_halves = Struct(">QQ").unpack_from
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(one + other for one in _LETTERS for other in _LETTERS)


def _base32(data: bytes) -> str:
    """The first 16 bytes, ten bits at a time: half the time of `base64.b32encode`, which a large file feels."""
    a, b = _halves(data)
    two = _PAIRS
    return (
        f"{two[a >> 54]}{two[a >> 44 & 1023]}{two[a >> 34 & 1023]}{two[a >> 24 & 1023]}{two[a >> 14 & 1023]}"
        f"{two[a >> 4 & 1023]}{two[(a & 15) << 6 | b >> 58]}{two[b >> 48 & 1023]}{two[b >> 38 & 1023]}"
        f"{two[b >> 28 & 1023]}{two[b >> 18 & 1023]}{two[b >> 8 & 1023]}{two[(b & 255) << 2]}"
    )


def change_id(change: Change) -> str:
    """The name of a change: the hash of the keyless array of its parts.

    The array is `["change", replica, seq, previous, at, [[entity, field, value, [over …]] …]]`. In a genesis
    log the replica's place holds `GENESIS`. A change has at least one edit.
    """
    (id,) = chain_ids(change.replica, change.previous, [(change.seq, change.at, edits_text(change.edits))])
    return id


def edits_text(edits: Iterable[Edit]) -> str:
    """The edits of a change in canonical form, without the brackets around all of them, the first and the last."""
    return _spell([[entity, field, value, over] for entity, field, value, over in edits])[2:-2]


def chain_ids(replica: str, previous: str, changes: Iterable[tuple[int, int, str]]) -> list[str]:
    """The ids of changes that follow each other behind `previous`: of each its seq, its `at` and its `edits_text`.

    Raises UnicodeEncodeError for lone surrogates.
    """
    head = f'["change",{_spell(GENESIS if is_genesis(replica) else replica)},'
    previous = _spell(previous)[1:-1]
    ids = []
    for seq, at, edits in changes:
        previous = _base32(sha256(f'{head}{seq},"{previous}",{at},[[{edits}]]]'.encode()).digest())
        ids.append(previous)
    return ids


def is_genesis(replica: str) -> bool:
    return replica.startswith(GENESIS)


def genesis_id(tip: str) -> str:
    """The id of the genesis log whose last change is `tip`."""
    return f"{GENESIS}-{tip}"


def kind_of(entity: str) -> str:
    """`activity` of `activity/2019/3.2.4`."""
    return entity.partition("/")[0]


def local_id(entity: str) -> str:
    """`2019/3.2.4` of `activity/2019/3.2.4`: what people and the command line use."""
    return entity.partition("/")[2]
