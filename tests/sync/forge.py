"""Change files taken apart, altered and put together again, as a careless mail server or a forger would."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gealc_tui.domain.change import NO_CHANGE, Change, Edit, canonical, change_id, text_hash
from gealc_tui.replica import Replica
from gealc_tui.sync import identity
from gealc_tui.sync.bundle import Bundle, BundleRun, encode
from gealc_tui.sync.identity import Identity


def identity_of(replica: Replica) -> Identity:
    """The key of a copy, as somebody has it who sits at it."""
    assert replica.id is not None
    found = identity.load(replica.keys, replica.id)
    assert found is not None
    return found


def made_up(name: str) -> Identity:
    """The key of somebody who has no copy; always the same for one name."""
    return Identity(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest()))


def parsed(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data)
    return found


def spelled(raw: object) -> bytes:
    return json.dumps(raw, indent=1).encode()


def sealed(raw: dict[str, Any], by: Identity) -> bytes:
    """A file with a digest that is right again, signed with the key of `by`."""
    raw = {**raw, "from": by.replica, "key": by.key}
    header = {name: value for name, value in raw.items() if name not in ("digest", "signature")}
    if isinstance(header.get("logs"), list):
        header["logs"] = [
            {name: value for name, value in one.items() if name != "changes"} if isinstance(one, dict) else one
            for one in header["logs"]
        ]
    try:
        raw["digest"] = text_hash(canonical(header))
    except UnicodeEncodeError:
        raw["digest"] = "a" * 26
    raw["signature"] = by.sign_bundle(raw["digest"])
    return spelled(raw)


def chain(replica: str, edits: list[tuple[Edit, ...]], *, after: int = 0, previous: str = NO_CHANGE, at: int = 0):
    """Changes of one log with their ids, one for each tuple of edits."""
    found: list[tuple[str, Change]] = []
    for seq, said in enumerate(edits, after + 1):
        change = Change(replica, seq, found[-1][0] if found else previous, at + seq, said)
        found.append((change_id(change), change))
    return tuple(found)


def run(by: Identity, changes: tuple[tuple[str, Change], ...]) -> BundleRun:
    """A run of one's own, rightly signed."""
    first, tip = changes[0][1], changes[-1][0]
    last = changes[-1][1].seq
    return BundleRun(by.replica, by.key, first.seq - 1, first.previous, tip, by.sign_run(last, tip), changes)


def bundle(by: Identity, runs: list[BundleRun], *, at: int = 1_552_564_800_000, have: Any = None) -> bytes:
    """A change file in the name of `by`."""
    said = have if have is not None else {one.replica: [(one.last, one.tip)] for one in runs}
    return encode(Bundle(by.replica, by.key, at, "", said, tuple(runs)), by).encode()


def part(full: BundleRun, first: int, last: int, by: Identity | None = None) -> BundleRun:
    """Changes `first` to `last` of a run; with another end it must be signed again by its author."""
    changes = tuple(one for one in full.changes if first <= one[1].seq <= last)
    tip = changes[-1][0]
    signature = full.signature if by is None else by.sign_run(last, tip)
    return BundleRun(full.replica, full.key, first - 1, changes[0][1].previous, tip, signature, changes)


def places(raw: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every part of a JSON value."""
    yield at
    parts = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for name, inner in parts:
        yield from places(inner, (*at, name))


def put(raw: Any, path: tuple[Any, ...], alter: Callable[[Any], Any]) -> Any:
    """The value with the part at `path` altered."""
    if not path:
        return alter(raw)
    name, *rest = path
    if isinstance(raw, dict):
        return {**raw, name: put(raw[name], tuple(rest), alter)}
    return [put(one, tuple(rest), alter) if place == name else one for place, one in enumerate(raw)]


def flipped(signature: str) -> str:
    """A signature with one bit altered."""
    raw = bytearray(base64.b64decode(signature))
    raw[0] ^= 1
    return base64.b64encode(bytes(raw)).decode()
