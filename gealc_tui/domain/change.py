"""What one person did at once, and the name it bears.

A *change* is a numbered entry in the log of one replica. It holds *edits*; an edit sets one *register*, that
is one field of one entity. A change is named by its content: its id is a hash of its canonical form, which
contains the id of the change before it in the same log, so that each log is a hash chain.

Promise: two changes bear the same id only if they are the same change. The canonical form never alters; files
that have been mailed depend on it (docs/decisions/0002-canonical-form.md).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
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


def canonical(value: object) -> bytes:
    """The one spelling of a JSON value that is hashed and signed: UTF-8, no white space, keys sorted.

    Raises UnicodeEncodeError for lone surrogates and ValueError for NaN and infinity.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return text.encode()


def same(one: Value, other: Value) -> bool:
    """Whether two values are one and the same: Python takes `True` and `1` for equal, JSON does not."""
    return one == other and canonical(one) == canonical(other)


def text_hash(data: bytes) -> str:
    """The first 128 bits of the SHA-256 of `data`, as 26 letters and digits of base32, small, unpadded."""
    return base64.b32encode(hashlib.sha256(data).digest()[:16]).decode().rstrip("=").lower()


def change_id(change: Change) -> str:
    """The name of a change: the hash of the keyless array of its parts.

    The array is `["change", replica, seq, previous, at, [[entity, field, value, [over …]] …]]`. In a genesis
    log the replica's place holds `GENESIS`.
    """
    edits = [[entity, field, value, over] for entity, field, value, over in change.edits]
    replica = GENESIS if is_genesis(change.replica) else change.replica
    return text_hash(canonical(["change", replica, change.seq, change.previous, change.at, edits]))


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
