"""The change file: what it looks like, and the gate that foreign bytes pass.

A bundle is JSON, ASCII-escaped, one edit a line, readable in a text editor. `encode` writes it, `decode` reads it.
What `decode` returns is proved: its shape is strict, every chain has been hashed again, every run is signed by the
one in whose name it speaks, and the whole is as its sender wrote it. Everything else is a named error. The format
is final: docs/decisions/0003-change-file.md describes each part.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Strict, ValidationError

from gealc_tui import errors
from gealc_tui.domain.chain import Chain
from gealc_tui.domain.change import Change, Edit, canonical, genesis_id, is_genesis, text_hash
from gealc_tui.sync.identity import Identity, bundle_is_signed, run_is_signed
from gealc_tui.sync.instants import instant, instant_text
from gealc_tui.sync.proof import Prover
from gealc_tui.sync.rows import Lines, spelled_rows
from gealc_tui.sync.strict import check_depth, parse

__all__ = ["FORMAT", "LARGEST_FILE", "Bundle", "BundleRun", "decode", "decode_run", "encode", "instant", "instant_text"]

FORMAT = "gealc-changes"
VERSION = 1
COLUMNS = ("seq", "at", "entity", "field", "value", "over")

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes. A million edits take less than half of it."""

MOST_LOGS = 10_000
"""Runs in one file. Each has a signature to be checked, which takes a tenth of a millisecond."""

MOST_TIPS = 64
"""Branches of one identity that a sender may say to hold."""


MOST_HAVE = 20_000
"""Tips that a sender may say to hold, of all logs together."""


class BundleRun(NamedTuple):
    """A stretch of one log: the changes after number `after`, whose id is `previous`, with their ids."""

    replica: str
    key: str | None
    after: int
    previous: str
    tip: str
    signature: str | None
    changes: Sequence[tuple[str, Change]]
    """With their ids. A `domain.chain.Chain` if they were read from a file."""

    @property
    def last(self) -> int:
        return self.after + len(self.changes)

    def edits_of(self, entity: str) -> Iterator[Edit]:
        """The edits that set a field of an entity, in order."""
        if isinstance(self.changes, Chain):
            yield from self.changes.edits_of(entity) if self.changes.sets(entity) else ()
            return
        for _, change in self.changes:
            yield from (edit for edit in change.edits if edit.entity == entity)


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
    rows = ",\n".join(_lines(run.changes))
    return f"  {{\n{header},{_TABLE}{rows}{_TABLE_END}"


_TABLE, _TABLE_END = '\n   "changes": [\n', "\n   ]\n  }"

_ascii = json.JSONEncoder(separators=(",", ":")).encode


def _lines(changes: Sequence[tuple[str, Change]]) -> Iterator[str]:
    if isinstance(changes, Chain):
        return _lines_of_chain(changes)
    return (
        f"    {_ascii([change.seq, instant_text(change.at), *edit])}" for _, change in changes for edit in change.edits
    )


def _lines_of_chain(chain: Chain) -> Iterator[str]:
    """The same without making JSON values: the canonical form differs from what is written only where not ASCII."""
    names = {place: _escaped(chain.names[place]) for place in chain.used()}
    for page in chain.pages:
        ats = dict(zip(page.seqs, map(instant_text, page.ats), strict=True))
        for edit, (seq, _, register, value) in enumerate(page.edit_rows(range(len(chain.names)))):
            over = _ascii(page.overs.get(edit, ()))
            yield f'    [{seq},"{ats[seq]}",{names[register]},{_escaped(value)},{over}]'


def _escaped(text: str) -> str:
    return text if text.isascii() else _ascii(json.loads(f"[{text}]"))[1:-1]


def run_text(run: BundleRun) -> str:
    """One run alone, as `decode_run` reads it: for what is kept aside."""
    return _run_text(run)


# --- in ------------------------------------------------------------------------------------------------------

# Scalars are strict; lists come from JSON and become tuples.
_Text = Annotated[str, Strict()]
_Hash = Annotated[_Text, Field(pattern=r"^[a-z2-7]{26}$")]
_Previous = Annotated[_Text, Field(pattern=r"^([a-z2-7]{26})?$")]
_Replica = Annotated[_Text, Field(pattern=r"^(genesis-)?[a-z2-7]{26}$")]
_Key = Annotated[_Text, Field(max_length=100)]
_Signature = Annotated[_Text, Field(max_length=200)]
_Count = Annotated[int, Strict(), Field(ge=0, lt=2**40)]
_Seq = Annotated[int, Strict(), Field(ge=1, lt=2**40)]


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
    changes: Any


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
    if len(data) > LARGEST_FILE:
        raise errors.TooLarge(limit="bytes")
    try:
        return _bundle(_as_written(data))
    except errors.GealcError:
        # Written in another way, or not in order: then in what way is said by those who read every kind of JSON.
        return _bundle(parse(_text(data), FORMAT))


def decode_run(text: str) -> BundleRun:
    """One run, proved, from what `run_text` wrote."""
    try:
        return _alone(_as_written(text.encode()))
    except errors.GealcError:
        return _alone(parse(text, FORMAT))


def _alone(raw: object) -> BundleRun:
    if not isinstance(raw, dict):
        raise errors.Altered(part="shape")
    return _run(Prover(), _shape(_RunShape, raw))


def _bundle(raw: object) -> Bundle:
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise errors.NotAChangeFile(reason="format", line=0)
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise errors.Altered(part="version")
    if version > VERSION:
        raise errors.NewerFormat(version=version, readable=VERSION)
    if isinstance(raw.get("logs"), list) and len(raw["logs"]) > MOST_LOGS:
        raise errors.TooLarge(limit="count")
    header = {name: value for name, value in raw.items() if name not in ("digest", "signature")}
    if isinstance(raw.get("logs"), list):
        header["logs"] = [_without_changes(log) for log in raw["logs"]]
    check_depth(header)
    shape = _shape(_BundleShape, {**raw, "have": _believed(raw.get("have"))})
    if tuple(shape.columns) != COLUMNS:
        raise errors.Altered(part="columns")
    if text_hash(_canonical(header)) != shape.digest:
        raise errors.Altered(part="digest")
    if not bundle_is_signed(shape.sender, shape.key, shape.digest, shape.signature):
        raise errors.Forged(replica=shape.sender)
    prover = Prover()
    runs = tuple(_run(prover, log) for log in shape.logs)
    return Bundle(shape.sender, shape.key, instant(shape.at), shape.summary, shape.have, runs, shape.request)


def _without_changes(log: object) -> object:
    return {name: value for name, value in log.items() if name != "changes"} if isinstance(log, dict) else log


def _believed(have: object) -> object:
    """What a sender says to hold; nothing, if that is more than any network has.

    To acknowledge nothing costs bytes in the next file. To refuse the file would cost its changes.
    """
    if not isinstance(have, dict):
        return have
    tips = sum(len(one) if isinstance(one, list) else 1 for one in have.values())
    return {} if max(tips, len(have)) > MOST_HAVE else have


def _run(prover: Prover, shape: _RunShape) -> BundleRun:
    if not isinstance(shape.changes, Lines | list):
        raise errors.Altered(part="changes")
    rows = shape.changes if isinstance(shape.changes, Lines) else spelled_rows(shape.changes)
    changes = prover.chain(shape.replica, shape.after, shape.previous, rows)
    if len(changes) != shape.count:
        raise errors.Altered(part="count")
    if changes.tip != shape.tip:
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


# --- JSON values ---------------------------------------------------------------------------------------------


def _as_written(data: bytes) -> object:
    """The value in `data`, with `Lines` for each table of changes. Raises GealcError if it is written otherwise.

    A line break stands in no JSON string. So if what is left without the tables is JSON, and every table is a list
    of lists, then the whole is JSON, and holds each table where it was cut out.
    """
    data = data.replace(b"\r\n", b"\n") if b"\r\n" in data[:1000] else data
    kept, tables, place = [], [], 0
    table, table_end = _TABLE.encode(), _TABLE_END.encode()
    while (found := data.find(table, place)) >= 0:
        start = found + len(table)
        end = data.find(table_end, start)
        if end < 0:
            raise errors.CutOff(line=0)
        kept.append(data[place : start - 2])
        tables.append(Lines(data, start, end))
        place = end + len("\n   ]")
    text = _text(b"Infinity".join([*kept, data[place:]]))
    if text.count("Infinity") != len(tables):
        raise errors.Altered(part="number")
    waiting = iter(tables)

    def constant(name: str) -> Lines:
        if name != "Infinity":
            raise errors.Altered(part="number")
        return next(waiting)

    return parse(text, FORMAT, constant)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise errors.NotAChangeFile(reason="encoding", line=data[: error.start].count(b"\n") + 1) from error


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
    except TypeError as error:
        # A table of changes where no log is.
        raise errors.Altered(part="changes") from error
