"""A reader of change files that was written from docs/format.md and shares no code with the package.

`read` proves a file and returns the changes in it; `fold` says what they amount to. It imports a library for Ed25519
and a parser of JSON, and nothing else.
"""

from __future__ import annotations

import base64
import json
import re
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ID = re.compile("[a-z2-7]{26}")
AT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-5][0-9]):([0-5][0-9])\.([0-9]{3})Z")
COLUMNS = ["seq", "at", "entity", "field", "value", "over"]
ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Refused(Exception):
    """Why a file is refused: `format`, `newer`, `altered`, `forged` or `limit`."""


class Change(NamedTuple):
    replica: str
    seq: int
    previous: str
    at: int
    edits: list[list[Any]]


def canonical(value: Any) -> str:
    if isinstance(value, str):
        return '"' + "".join(ESCAPES.get(c) or (c if c >= " " else f"\\u{ord(c):04x}") for c in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in sorted(value)) + "}"
    return json.dumps(value)


def name(value: Any) -> str:
    digest = sha256(canonical(value).encode()).digest()
    return base64.b32encode(digest[:16]).decode().lower().rstrip("=")


def read(data: bytes) -> tuple[dict[str, Any], dict[str, Change]]:
    """The file and the changes in it by their ids. Raises Refused."""
    try:
        file = json.loads(
            data.decode("utf-8-sig"), parse_int=_integer, parse_float=_no, parse_constant=_no, object_pairs_hook=_object
        )
    except ValueError as error:
        raise Refused("format") from error
    _check(isinstance(file, dict) and file.get("format") == "gealc-changes", "format")
    _check(type(file["version"]) is int and file["version"] >= 1)
    _check(file["version"] == 1, "newer")
    try:
        logs = [{key: part for key, part in run.items() if key != "changes"} for run in file["logs"]]
        header = {key: part for key, part in file.items() if key not in ("digest", "signature")} | {"logs": logs}
        _check(name(header) == file["digest"] and file["columns"] == COLUMNS)
        _check(_is_signed(file["from"], file["key"], ["bundle", file["digest"]], file["signature"]), "forged")
        found: dict[str, Change] = {}
        for run in file["logs"]:
            found |= _run(**{key: run[key] for key in ("replica", "key", "after", "previous", "count", "tip")}, run=run)
    except (KeyError, TypeError, AttributeError, UnicodeEncodeError) as error:
        raise Refused("altered") from error
    return file, found


def _run(replica: str, key: Any, after: int, previous: str, count: int, tip: str, run: Any) -> dict[str, Change]:
    said: dict[int, Change] = {}
    for seq, at, entity, field, value, over in run["changes"]:
        _check(1 <= len(entity) <= 500 and 1 <= len(field) <= 500 and all(ID.fullmatch(one) for one in over))
        change = said.setdefault(seq, Change(replica, seq, "", _instant(at), []))
        _check(change.at == _instant(at) and seq == max(said) and [entity, field] not in [e[:2] for e in change.edits])
        change.edits.append([entity, field, value, over])
    _check((after == 0) == (previous == "") and list(said) == list(range(after + 1, after + count + 1)) and count > 0)
    found = {}
    for change in said.values():
        who = "genesis" if replica.startswith("genesis-") else replica
        id = name(["change", who, change.seq, previous, change.at, change.edits])
        found[id] = change._replace(previous=previous)
        previous = id
    _check(previous == tip)
    if replica.startswith("genesis-"):
        _check(key is None and after == 0 and replica == f"genesis-{tip}", "forged")
    else:
        _check(_is_signed(replica, key, ["run", replica, after + count, tip], run["signature"]), "forged")
    return found


def fold(changes: dict[str, Change]) -> dict[tuple[str, str], list[tuple[Any, str]]]:
    """For each register the values that stand, with the ids of their changes, the one that is shown first."""
    registers: dict[tuple[str, str], dict[str, list[Any]]] = {}
    for id, change in changes.items():
        for entity, field, value, over in change.edits:
            kind, _, whose = entity.partition("/")
            if kind not in ("person", "vouching") or whose == change.replica:
                registers.setdefault((entity, field), {})[id] = [value, over]
    heads = {}
    for register, edits in registers.items():
        gone: set[str] = set()
        for id, (_, over) in edits.items():
            gone |= _past(changes, id) | {one for one in over if one in edits}
            gone |= {older for one in over if one in edits for older in _past(changes, one)}
        standing = sorted((changes[id].at, id) for id in edits if id not in gone)[::-1]
        heads[register] = [(edits[id][0], id) for _, id in standing]
    return heads


def _past(changes: dict[str, Change], id: str) -> set[str]:
    """What comes before a change in its own log, as far as it is known."""
    own = {one: c for one, c in changes.items() if c.replica == changes[id].replica}
    places = [(c.seq, one) for one, c in own.items()] + [(c.seq - 1, c.previous) for c in own.values() if c.seq > 1]
    seqs = [seq for seq, _ in set(places)]
    parting = min((seq for seq in seqs if seqs.count(seq) > 1), default=1 << 40)
    past: set[str] = set()
    while id:
        seq, id = own[id].seq, own[id].previous
        if id and (id not in own or own[id].seq != seq - 1):
            # There is a gap: before it counts what is known below the place from where on there may be two chains.
            id = max(((c.seq, one) for one, c in own.items() if c.seq < min(seq, parting)), default=(0, ""))[1]
        past |= {id} - {""}
    return past


def _is_signed(replica: str, key: str, message: Any, signature: str) -> bool:
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(signature, validate=True), canonical(message).encode())
    except (ValueError, InvalidSignature):
        return False
    return replica == name(["replica", key])


def _instant(text: str) -> int:
    found = AT.fullmatch(text)
    _check(found is not None)
    try:
        at = datetime.fromisoformat(f"{text[:-5]}+00:00")
    except ValueError as error:
        raise Refused("altered") from error
    return int(at.timestamp()) * 1000 + int(text[-4:-1])


def _integer(text: str) -> int:
    _check(len(text) <= 17 and abs(int(text)) < 2**53, "limit")
    return int(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    _check(len(dict(pairs)) == len(pairs))
    return dict(pairs)


def _no(_: str) -> NoReturn:
    raise Refused("altered")


def _check(holds: bool, reason: str = "altered") -> None:
    if not holds:
        raise Refused(reason)
