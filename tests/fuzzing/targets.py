"""What is fuzzed: for each place where foreign bytes are read, a function that may only refuse by name.

A target takes any bytes. It raises for whatever is no `GealcError`, and for what must not happen: a file comes out that
nobody signed, two readers of one line disagree, a refusal has no sentence.
"""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sync import compound, forge
from sync.letters import archive, change_file, forwarded, letter, page

from fuzzing.drawing import Draw
from fuzzing.stored_rows import of_stored_rows
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.errors import GealcError
from gealc_tui.i18n.sentences import sentence
from gealc_tui.replica import Replica
from gealc_tui.store import local
from gealc_tui.sync import bundle, envelope, exchange, people
from gealc_tui.sync.armour import wrap
from gealc_tui.sync.carriers import holding
from gealc_tui.sync.envelope import Repair
from gealc_tui.sync.intake import Intake
from gealc_tui.sync.reception import Reception
from gealc_tui.sync.rows import Lines, spelled

ANA = forge.made_up("Ana")
FILE, OTHER = change_file(), change_file("Eva", "otra cosa")
PROVED = [bundle.decode(FILE), bundle.decode(OTHER)]
PGP = b"-----BEGIN PGP MESSAGE-----\n"

SEEDS: dict[str, bytes] = {
    "file": FILE,
    "block": wrap(FILE).encode(),
    "page": page(FILE).encode(),
    "utf-16": wrap(FILE).encode("utf-16"),
    "mail": letter(wrap(FILE), html=page(FILE), attached={"a.json": FILE, "b.zip": archive({"b": OTHER})}).as_bytes(),
    "printable": letter(wrap(FILE), cte="quoted-printable").as_bytes(),
    "forwarded": forwarded(forwarded(letter(wrap(FILE)))).as_bytes(),
    "mailbox": b"".join(b"From x\n" + letter(wrap(one)).as_bytes() + b"\n" for one in (FILE, OTHER)),
    "emlx": b"999       \n" + letter(attached={"a": FILE}).as_bytes() + b"<?xml",
    "zip": archive({"a.json": FILE, "b.zip": archive({"b.json": OTHER})}),
    "outlook": compound.saved(compound.message(wrap(FILE), attached={"b": OTHER, "m": compound.message(wrap(OTHER))})),
    "footer": FILE + b"\n-- \nAna\n",
}


def _named(work: Callable[[], Any]) -> Any:
    """What the work returns; None if it refuses by name, in a sentence."""
    try:
        return work()
    except GealcError as error:
        said = sentence(error)
    assert said
    return None


def of_envelope(data: bytes) -> None:
    """Bytes as somebody may save or send them, and what lies in them."""
    draw = Draw(data)
    kind = draw.below(6)
    if kind == 1:
        seed = draw.pick(list(SEEDS.values()))
        for _ in range(1 + draw.below(4)):
            place, less = draw.below(len(seed) + 1), draw.pick((0, 1, 4, 60, 2_000))
            seed = seed[:place] + draw.some(20) + seed[place + less :]
        data = seed
    elif kind == 2:
        data = archive({"a": draw.rest(), "b" + draw.text().encode("utf-8", "replace").decode(): FILE})
    elif kind == 3:
        data = letter(wrap(FILE), attached={"a": draw.rest()}).as_bytes()
    elif kind == 4:
        data = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n" + draw.rest()
    elif kind == 5:
        data = compound.saved(compound.message(wrap(FILE), attached={"a": draw.rest()}))
    made = envelope.opened("x", data)
    assert made.files or made.refused
    for refused in made.refused:
        assert sentence(refused.error)
    for file in made.files:
        if Repair.ARMOUR in file.repairs:
            # Nothing but its checksum lets a block come out.
            assert file.data in (FILE, OTHER)
        _named(lambda file=file: bundle.decode(file.data))


def of_bundle(data: bytes) -> None:
    """A file whose parts are altered, by somebody who signs it, or as bytes."""
    draw = Draw(data)
    kind = draw.below(8)
    if kind < 2:
        bare = draw.rest() if kind == 0 else _nested(FILE, draw.pick((9, 64, 500, 700, 880, 940)) + draw.below(60))
        _named(lambda: bundle.decode(bare))
        holding.stretches(bare)
        return
    raw: Any = forge.parsed(draw.pick((FILE, OTHER)))
    paths = list(forge.places(raw))
    for _ in range(1 + draw.below(3)):
        with suppress(KeyError, TypeError):
            # The place may have gone with an earlier one.
            raw = forge.put(raw, draw.pick(paths), lambda _: draw.value())
        if draw.below(4) == 0 and isinstance(raw, dict):
            raw[draw.pick(("later", "format", "version", "have", "logs", "summary"))] = draw.value()
    is_signed = isinstance(raw, dict) and draw.below(2)
    written = _written(lambda: forge.sealed(raw, ANA) if is_signed else json.dumps(raw).encode())
    if written is not None:
        _named(lambda: bundle.decode(written))
        holding.stretches(written)


def _nested(data: bytes, depth: int) -> bytes:
    """A file with lists in one another beside the rest; by hand, for what writes JSON does not go as deep."""
    return b'{"later": ' + b"[" * depth + b"]" * depth + b"," + data.lstrip()[1:]


def _written(work: Callable[[], bytes]) -> bytes | None:
    """What was to be written; None if there is no such file, because no text or signature can be made of the value."""
    with suppress(RecursionError, TypeError, ValueError, AttributeError):
        return work()
    return None


def of_rows(data: bytes) -> None:
    """Lines of a table of changes: both ways of reading one give the same row, or both refuse it."""
    draw = Draw(data)
    at = "2019-03-14T13:22:05.123Z"
    row = [1, at, "note/n1", "text", "x", ["a" * 26]]
    for _ in range(draw.below(3)):
        row[draw.below(6)] = draw.value()
    separators, is_ascii = draw.pick(((",", ":"), (", ", ": "))), draw.below(2) == 0
    text = _written(
        lambda: json.dumps(row, separators=separators, ensure_ascii=is_ascii).encode("utf-8", "surrogatepass")
    )
    line = b"    " + (text or b"[]")
    if draw.below(3) == 0:
        place = draw.below(len(line) + 1)
        line = line[:place] + draw.some(8) + line[place + draw.below(3) :]
    one = _named(lambda: [row for rows in Lines(line, 0, len(line)) for row in rows])
    other = _named(lambda: [spelled(bundle.parse(line.decode().strip(), ""))]) if _is_utf8(line) else None
    if one is not None and other is not None and b"\n" not in line:
        assert [found[:8] for found in one] == [found[:8] for found in other]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@cache
def _replica() -> Replica:
    """A copy that nobody else has, into which nothing is kept."""
    folder = Path(tempfile.mkdtemp(prefix="fuzzing-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    replica = Replica(folder / "gealc.db", folder / "keys")
    replica.introduce("Pedro", "CL", "focal")
    replica.merge([("a", FILE), ("b", OTHER)], accept=True)
    local.set_trust(replica._db, ANA.replica, Trust.ACCEPTED)
    return replica


def of_have(data: bytes) -> None:
    """What a sender says to hold, and everything that is worked out from it."""
    draw = Draw(data)
    logs = [ANA.replica, PROVED[1].sender, _replica().id, "a" * 26, "genesis-" + "b" * 26]
    have: Any = {}
    for _ in range(draw.below(6)):
        tips = [[draw.pick((1, 2, 5, 10, 2**40 - 1, *logs)), draw.pick(("a" * 26, PROVED[0].runs[0].tip, "x"))]]
        have[draw.pick(logs) if draw.below(5) else draw.text()] = tips * draw.pick((1, 1, 1, 2, 64, 65))
    if draw.below(6) == 0:
        have = draw.value()
    raw = {**forge.parsed(FILE), "have": have, "request": draw.below(2) == 0}
    written = _written(lambda: forge.sealed(raw, ANA))
    if written is not None:
        _take(written)


def _take(data: bytes) -> None:
    replica = _replica()
    made = _named(lambda: bundle.decode(data))
    if made is None:
        return
    db = replica._db
    with db.transaction(keep=False):
        reception = Reception(db, replica.id)
        intake = Intake(db, reception, db.attempt, gate=_Open(), accept=True, now=1)  # type: ignore[arg-type]
        intake.take("x", data)
        people.people(db)
        exchange.runs_lacking(db, exchange.haves(db, [ANA.replica]))
        exchange.tips(db)


class _Open:
    """A gate that lets every error out, to be seen."""

    @staticmethod
    def passing() -> Any:
        return nullcontext()


SETTINGS = ("sent", "demo_day", "language", "shared_folder", "filter", "open", "last_activity", "renewed", "theme")


def of_settings(data: bytes) -> None:
    """What stands in the settings of a copy, which every program can write into."""
    from gealc_tui.domain.filters import decoded
    from gealc_tui.tui.finding import FILTER, OPEN, Sight

    draw = Draw(data)
    replica = _replica()
    kept = replica._db.rows("SELECT name, value FROM settings")
    for _ in range(1 + draw.below(4)):
        name = draw.pick((*SETTINGS, FILTER, OPEN))
        text = draw.pick(("", "x", "-1", "1e9", "9" * 5_000, "[" * 3_000, '{"areas": 1}', "2019-13-45", "[null]"))
        value = text if draw.below(2) else draw.some(60).decode("utf-8", "replace")
        local.set_setting(replica._db, name, value)
    try:
        _named(replica.unsent)
        _named(lambda: replica.demo_day)
        _named(lambda: replica.today)
        _named(lambda: Sight(replica).read())
        _named(lambda: decoded(replica.setting(FILTER) or ""))
    finally:
        replica._db.execute("DELETE FROM settings")
        replica._db.executemany("INSERT INTO settings VALUES (?, ?)", kept)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "envelope": of_envelope,
    "bundle": of_bundle,
    "rows": of_rows,
    "have": of_have,
    "settings": of_settings,
    "stored_rows": of_stored_rows,
}


def seeds(name: str) -> list[bytes]:
    """What the fuzzer starts from."""
    if name == "envelope":
        return [b"\0" + data for data in SEEDS.values()] + [bytes([1, n, 0, 5]) for n in range(len(SEEDS))]
    return [bytes([n]) * 12 for n in range(8)]
