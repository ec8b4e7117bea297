"""The change file: what it looks like, and the gate that foreign bytes pass.

A bundle is JSON, ASCII-escaped, one edit a line, readable in a text editor. `encode` writes it, `decode` reads it.
What `decode` returns is proved: its shape is strict, every chain has been hashed again, every run is signed by the
one in whose name it speaks, and the whole is as its sender wrote it. Everything else is a named error. The format
is final: docs/decisions/0003-change-file.md describes each part.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Strict, ValidationError

from gealc_tui import errors
from gealc_tui.domain.change import (
    LARGEST_INTEGER,
    Change,
    Edit,
    Value,
    canonical,
    change_id,
    genesis_id,
    is_genesis,
    text_hash,
)
from gealc_tui.sync.identity import Identity, bundle_is_signed, run_is_signed

FORMAT = "gealc-changes"
VERSION = 1
COLUMNS = ("seq", "at", "entity", "field", "value", "over")

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes. A million edits take less than half of it."""

LONGEST_VALUE = 1_000_000
"""Characters of text in one value."""

DEEPEST_VALUE = 8

MOST_TIPS = 64
"""Branches of one identity that a sender may say to hold."""

LONGEST_NAME = 500


class BundleRun(NamedTuple):
    """A stretch of one log: the changes after number `after`, whose id is `previous`, with their ids."""

    replica: str
    key: str | None
    after: int
    previous: str
    tip: str
    signature: str | None
    changes: tuple[tuple[str, Change], ...]

    @property
    def last(self) -> int:
        return self.after + len(self.changes)


class Bundle(NamedTuple):
    """What one copy sends to others.

    `have` is what the sender holds: for each replica the last seq without a gap before it and its id; of an identity
    that was used on two machines, those of each branch. With `request` the sender asks for what it lacks.
    """

    sender: str
    key: str
    at: int
    summary: str
    have: Mapping[str, Sequence[tuple[int, str]]]
    runs: tuple[BundleRun, ...]
    request: bool = False


# --- out -----------------------------------------------------------------------------------------------------


def encode(bundle: Bundle, identity: Identity) -> str:
    """The text of a change file, ASCII, signed by its sender."""
    header = {
        "format": FORMAT,
        "version": VERSION,
        "from": bundle.sender,
        "key": bundle.key,
        "at": instant_text(bundle.at),
        "summary": bundle.summary,
        "request": bundle.request,
        "have": {replica: [list(tip) for tip in tips] for replica, tips in sorted(bundle.have.items())},
        "columns": list(COLUMNS),
        "logs": [_run_header(run) for run in bundle.runs],
    }
    digest = text_hash(canonical(header))
    logs = ",\n".join(_run_text(run) for run in bundle.runs)
    lines = [f' "{name}": {json.dumps(value)}' for name, value in header.items() if name != "logs"]
    lines.append(f' "logs": [\n{logs}\n ]' if logs else ' "logs": []')
    lines.append(f' "digest": {json.dumps(digest)}')
    lines.append(f' "signature": {json.dumps(identity.sign_bundle(digest))}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _run_header(run: BundleRun) -> dict[str, Any]:
    """A run without its changes: the tip stands for them, being the last link of their chain."""
    return {
        "replica": run.replica,
        "key": run.key,
        "after": run.after,
        "previous": run.previous,
        "count": len(run.changes),
        "tip": run.tip,
        "signature": run.signature,
    }


def _run_text(run: BundleRun) -> str:
    header = ",\n".join(f'   "{name}": {json.dumps(value)}' for name, value in _run_header(run).items())
    rows = ",\n".join(
        "    " + json.dumps([change.seq, instant_text(change.at), *edit], separators=(",", ":"))
        for _, change in run.changes
        for edit in change.edits
    )
    return f'  {{\n{header},\n   "changes": [\n{rows}\n   ]\n  }}'


def run_text(run: BundleRun) -> str:
    """One run alone, as `decode_run` reads it: for what is kept aside."""
    return _run_text(run)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant_text(at: int) -> str:
    """Milliseconds since 1970 as `2019-03-14T13:22:05.123Z`."""
    return (_EPOCH + timedelta(milliseconds=at)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


def instant(text: str) -> int:
    """The way back. Raises Altered for anything else than that one spelling."""
    try:
        if _INSTANT.fullmatch(text):
            return (datetime.fromisoformat(text) - _EPOCH) // timedelta(milliseconds=1)
    except ValueError:
        pass
    raise errors.Altered(part="at")


# --- in ------------------------------------------------------------------------------------------------------

# Scalars are strict; lists come from JSON and become tuples.
_Text = Annotated[str, Strict()]
_Name = Annotated[_Text, Field(min_length=1, max_length=LONGEST_NAME)]
_Hash = Annotated[_Text, Field(pattern=r"^[a-z2-7]{26}$")]
_Previous = Annotated[_Text, Field(pattern=r"^([a-z2-7]{26})?$")]
_Replica = Annotated[_Text, Field(pattern=r"^(genesis-)?[a-z2-7]{26}$")]
_Key = Annotated[_Text, Field(max_length=100)]
_Signature = Annotated[_Text, Field(max_length=200)]
_Count = Annotated[int, Strict(), Field(ge=0, lt=2**40)]
_Seq = Annotated[int, Strict(), Field(ge=1, lt=2**40)]
_Row = tuple[_Seq, _Text, _Name, _Name, Any, tuple[_Hash, ...]]


class _Shape(BaseModel):
    # What a later minor version may add stands beside what we know, and the digest covers it.
    model_config = ConfigDict(frozen=True, extra="ignore")


class _RunShape(_Shape):
    replica: _Replica
    key: _Key | None
    after: _Count
    previous: _Previous
    count: _Seq
    tip: _Hash
    signature: _Signature | None
    changes: list[_Row]


class _BundleShape(_Shape):
    sender: Annotated[_Replica, Field(alias="from")]
    key: _Key
    at: _Text
    summary: Annotated[_Text, Field(max_length=20_000)]
    request: Annotated[bool, Strict()] = False
    have: dict[_Replica, Annotated[tuple[tuple[_Seq, _Hash], ...], Field(min_length=1, max_length=MOST_TIPS)]]
    columns: list[_Text]
    logs: list[_RunShape]
    digest: _Hash
    signature: _Signature


S = TypeVar("S", bound=_Shape)


def decode(data: bytes) -> Bundle:
    """The bundle in `data`, proved.

    Raises NotAChangeFile, CutOff, Altered, Forged, TooLarge or NewerFormat, and nothing else.
    """
    raw = _parse(_text(data))
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise errors.NotAChangeFile(reason="format", line=0)
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise errors.Altered(part="version")
    if version > VERSION:
        raise errors.NewerFormat(version=version, readable=VERSION)
    shape = _shape(_BundleShape, raw)
    if tuple(shape.columns) != COLUMNS:
        raise errors.Altered(part="columns")
    header = {name: value for name, value in raw.items() if name not in ("digest", "signature")}
    header["logs"] = [{name: value for name, value in log.items() if name != "changes"} for log in raw["logs"]]
    if text_hash(_canonical(header)) != shape.digest:
        raise errors.Altered(part="digest")
    if not bundle_is_signed(shape.sender, shape.key, shape.digest, shape.signature):
        raise errors.Forged(replica=shape.sender)
    runs = tuple(_run(log) for log in shape.logs)
    return Bundle(shape.sender, shape.key, instant(shape.at), shape.summary, shape.have, runs, shape.request)


def decode_run(text: str) -> BundleRun:
    """One run, proved, from what `run_text` wrote."""
    raw = _parse(text)
    if not isinstance(raw, dict):
        raise errors.Altered(part="shape")
    return _run(_shape(_RunShape, raw))


def _text(data: bytes) -> str:
    if len(data) > LARGEST_FILE:
        raise errors.TooLarge(limit="bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise errors.NotAChangeFile(reason="encoding", line=data[: error.start].count(b"\n") + 1) from error


def _parse(text: str) -> object:
    try:
        return json.loads(
            text,
            parse_int=_integer,
            parse_float=_no_float,
            parse_constant=_no_float,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        if f'"{FORMAT}"' not in text:
            raise errors.NotAChangeFile(reason="json", line=error.lineno) from error
        if not text.rstrip().endswith("}") or error.pos >= len(text.rstrip()):
            raise errors.CutOff(line=text.count("\n") + 1) from error
        raise errors.NotAChangeFile(reason="damaged", line=error.lineno) from error
    except RecursionError as error:
        raise errors.TooLarge(limit="depth") from error


def _integer(text: str) -> int:
    # The length first: to convert ten million digits takes minutes.
    if len(text) > 17 or abs(int(text)) > LARGEST_INTEGER:
        raise errors.TooLarge(limit="integer")
    return int(text)


def _no_float(text: str) -> float:
    raise errors.Altered(part="number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise errors.Altered(part="keys")
    return found


def _shape(model: type[S], raw: dict[str, Any]) -> S:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"])
        raise errors.Altered(part=place) from error


def _canonical(value: object) -> bytes:
    try:
        return canonical(value)
    except UnicodeEncodeError as error:
        raise errors.Altered(part="text") from error


def _run(shape: _RunShape) -> BundleRun:
    changes = tuple(_chain(shape))
    if len(changes) != shape.count:
        raise errors.Altered(part="count")
    if not changes or changes[-1][0] != shape.tip:
        raise errors.Altered(part="chain")
    run = BundleRun(shape.replica, shape.key, shape.after, shape.previous, shape.tip, shape.signature, changes)
    if (shape.after == 0) != (shape.previous == ""):
        raise errors.Altered(part="previous")
    if not _is_proved(run):
        raise errors.Forged(replica=run.replica)
    return run


def _is_proved(run: BundleRun) -> bool:
    """Signed by its author; a genesis log is whole and proves itself, its id being the hash of its tip."""
    if is_genesis(run.replica):
        return run.key is None and run.after == 0 and run.replica == genesis_id(run.tip)
    if run.key is None or run.signature is None:
        return False
    return run_is_signed(run.replica, run.key, run.last, run.tip, run.signature)


def _chain(shape: _RunShape) -> Iterator[tuple[str, Change]]:
    """The changes of a run, each with the id that follows from its content."""
    previous = shape.previous
    for seq, rows in enumerate(_by_change(shape.changes), shape.after + 1):
        if rows[0][0] != seq or any(row[1] != rows[0][1] for row in rows):
            raise errors.Altered(part="seq")
        edits = tuple(Edit(entity, field, value, over) for _, _, entity, field, value, over in rows)
        if len({edit[:2] for edit in edits}) != len(edits):
            raise errors.Altered(part="edits")
        for edit in edits:
            _check_value(edit.value)
        change = Change(shape.replica, seq, previous, instant(rows[0][1]), edits)
        try:
            previous = change_id(change)
        except UnicodeEncodeError as error:
            raise errors.Altered(part="text") from error
        yield previous, change


def _by_change(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """Edits that stand together and share a seq are one change."""
    for _, group in groupby(rows, key=itemgetter(0)):
        yield list(group)


def _check_value(value: Value, depth: int = 0) -> None:
    """JSON without objects, not too long and not too deep. Numbers were looked at when parsed."""
    if isinstance(value, str):
        if len(value) > LONGEST_VALUE:
            raise errors.TooLarge(limit="text")
    elif isinstance(value, list):
        if depth == DEEPEST_VALUE:
            raise errors.TooLarge(limit="depth")
        for part in value:
            _check_value(part, depth + 1)
    elif value is not None and not isinstance(value, (bool, int)):
        raise errors.Altered(part="value")
