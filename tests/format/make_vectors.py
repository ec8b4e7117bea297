"""Writes tests/vectors anew: `uv run python -m tests.format.make_vectors`.

The files come from `other_writer` and what they amount to from `other_reader`, neither of which knows the package; the
tests ask the package whether it agrees. Nothing here is drawn by lot: what is written twice is the same.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from .other_reader import Refused, canonical, fold, name, read
from .other_writer import Writer, genesis, text

VECTORS = Path(__file__).parents[1] / "vectors"

T = 1_552_564_800_000
"""2019-03-14T12:00:00.000Z."""

A, B, C = Writer("A"), Writer("B"), Writer("C")
ACTIVITY = "activity/2019/3.1.1"


def edit(entity: str, field: str, value: Any, *over: str) -> list[Any]:
    return [entity, field, value, list(over)]


def who(writer: Writer, called: str, country: str, *more: list[Any]) -> tuple[int, list[list[Any]]]:
    person = f"person/{writer.replica}"
    said = [edit(person, "name", called), edit(person, "country", country), edit(person, "role", "focal"), *more]
    return T, said


def status(at: int, value: str, *over: str) -> tuple[int, list[list[Any]]]:
    return at, [edit(ACTIVITY, "status", value, *over)]


def sound() -> dict[str, tuple[str, bytes]]:
    """Files that every make accepts: what each shows, and its bytes."""
    note = [edit("note/n1", "about", ACTIVITY), edit("note/n1", "text", "Ñandú"), edit("note/n1", "official", True)]
    first = A.run([who(A, "A", "UY"), (T + 1_123, note)])
    values = [
        edit("note/n2", "text", "".join(map(chr, range(32))) + '"\\/\x7f\x80\u2028\u2029\ufeffé e\u0301 😀'),
        edit("note/n2", "about", None),
        edit("note/n2", "official", False),
        edit(ACTIVITY, "progress", 100),
        edit("thing/1", "largest", 2**53 - 1),
        edit("thing/1", "least", -(2**53) + 1),
        edit("thing/1", "nested", [[[[[[[["eight"]]]]]]]]),
        edit("thing/1", "list", ["UY", 1, True, None, []]),
    ]
    one, two = A.run([who(A, "A", "UY"), status(T + 5, "done")]), B.run([who(B, "B", "PE"), status(T + 9, "on_hold")])
    alike = [A.run([who(A, "A", "UY"), status(T + 5, "done")]), B.run([who(B, "B", "PE"), status(T + 9, "done")])]
    settled = A.run([who(A, "A", "UY"), status(T + 5, "done"), status(T + 7, "done", two["tip"])])
    unknown = A.run([who(A, "A", "UY"), status(T + 7, "done", "a" * 26)])
    trunk = A.run([who(A, "A", "UY"), status(T + 1, "pending")])
    left = A.run([status(T + 3, "done"), status(T + 4, "on_hold")], 2, trunk["tip"])
    right = A.run([status(T + 2, "cancelled")], 2, trunk["tip"])
    gap = A.run([status(T + 9, "done")], 7, trunk["tip"])
    official = genesis([(T, [edit("plan/1", "year", 2019), edit("plan/1", "title", "Plan")]), status(T, "pending")])
    proof = A.sign(["successor", A.replica, C.replica])
    goes_on = [first, C.run([who(C, "A", "UY", edit(f"person/{C.replica}", "succeeds", [A.replica, proof]))])]
    said_of_others = B.run([who(B, "B", "PE"), who(A, "Somebody else", "PE")])
    deleting = edit("note/n1", "deleted", True), edit("note/n1", "deleted_seen", [first["tip"]])
    gone = [first, B.run([who(B, "B", "PE"), (T + 9, [*deleting])])]
    plain = A.file([first], T + 2_000)
    minor = A.sealed(A.file([first | {"weight": 3}], T + 2_000, later={"😀": 1, "\uffff": [2]}))
    request = A.file([], T, request=True, have={A.replica: [[2, first["tip"]]], B.replica: [[1, "b" * 26]]})
    found = {
        "note": ("One person and one note.", plain),
        "values": ("Every kind of value, and every way of escaping.", A.file([A.run([(T, values)])], T)),
        "before-1970": ("A clock that is before 1970.", A.file([A.run([status(-1, "done")])], -1)),
        "difference": ("Two who did not know of each other: both values stand.", B.file([one, two], T)),
        "alike": ("Two who wrote the same: both stand, and nothing differs.", B.file(alike, T)),
        "settled": ("One of two goes over the other.", A.file([settled, two], T)),
        "over-unknown": ("What an edit goes over need not be known.", A.file([unknown], T)),
        "branches": (
            "One identity on two machines: two changes follow the same.",
            A.file([trunk, left, right], T),
        ),
        "gap": ("A run whose beginning is known and whose middle is not.", A.file([trunk, gap], T)),
        "official": ("The log of a document: no key, and whole.", A.file([official], T)),
        "successor": ("A person goes on under another identity.", C.file(goes_on, T)),
        "of-others": ("What somebody says of another person does not count.", B.file([said_of_others], T)),
        "deleted": ("Deleted by one who had seen it.", B.file(gone, T)),
        "later-minor": ("Keys that version 1 does not know, sorted by code point, are covered by the digest.", minor),
        "request": ("Nothing in it: its sender asks for what they lack.", request),
    }
    files = {name: (what, text(file).encode()) for name, (what, file) in found.items()}
    otherwise = b"\xef\xbb\xbf" + json.dumps(plain, indent=3, ensure_ascii=False, sort_keys=True).encode()
    files["written-otherwise"] = (
        "The same as note.json: other white space, order, line ends.",
        otherwise.replace(b"\n", b"\r\n"),
    )
    return files


def unsound() -> dict[str, tuple[str, str, bytes]]:
    """Files that no make accepts: why, what is wrong, and the bytes."""
    good = A.file([A.run([who(A, "A", "UY"), status(T + 1, "done")])], T)
    written = text(good)

    def run(change: Callable[[dict[str, Any]], None]) -> bytes:
        """The same with something else in its run, sealed again by its sender."""
        file = json.loads(written)
        change(file["logs"][0])
        return text(A.sealed(file)).encode()

    def swap(run: dict[str, Any]) -> None:
        run["changes"][0], run["changes"][1] = run["changes"][1], run["changes"][0]

    twice = A.run([(T, [edit("note/n", "text", "a"), edit("note/n", "text", "b")])])
    official = genesis([(T, [edit("plan/1", "year", 2019)])])
    half, otherwise = written.replace('"done"', '"\\ud800"'), written.replace(".001Z", ".001+00:00")
    fraction, key_twice = written.replace('"done"', "1.5"), written.replace("{", '{"format": "x",', 1)
    of_another = A.sealed(good | {"from": B.replica})
    return {
        "no-json": ("format", "Cut off in the middle.", written[: len(written) // 2].encode()),
        "other-format": ("format", "JSON of something else.", b'{"format": "other", "version": 1}\n'),
        "version-2": ("newer", "A later version.", text(A.sealed(good | {"version": 2})).encode()),
        "letter": ("altered", "One letter of a value.", written.replace('"done"', '"donE"').encode()),
        "order": ("altered", "Two edits of a change in the other order.", run(swap)),
        "summary": ("altered", "The line for people.", written.replace('"summary": ""', '"summary": "x"').encode()),
        "count": ("altered", "More changes are said than are there.", run(lambda run: run.update(count=3))),
        "previous": (
            "altered",
            "A beginning that names one before.",
            run(lambda run: run.update(previous="a" * 26)),
        ),
        "twice": ("altered", "A change sets a register twice.", text(A.file([twice], T)).encode()),
        "fraction": ("altered", "A number that is no integer.", fraction.encode()),
        "key-twice": (
            "altered",
            "A key of an object stands twice.",
            key_twice.encode(),
        ),
        "instant": (
            "altered",
            "An instant that is spelled otherwise.",
            otherwise.encode(),
        ),
        "surrogate": ("altered", "Half a character.", half.encode()),
        "integer": ("limit", "An integer of more than 53 bits.", written.replace('"done"', str(2**53)).encode()),
        "signed-by-another": ("forged", "A run that another key signed.", run(lambda run: run.update(key=B.key))),
        "sender": (
            "forged",
            "A sender to whom the key does not belong.",
            text(of_another).encode(),
        ),
        "other-document": (
            "forged",
            "The log of a document under a name that is not its own.",
            text(A.file([official | {"replica": f"genesis-{'a' * 26}"}], T)).encode(),
        ),
    }


def block(data: bytes) -> str:
    """A file as a block of text for a mail."""
    letters = base64.b64encode(zlib.compress(data, 9)).decode().rstrip("=")
    lines = [letters[start : start + 60] for start in range(0, len(letters), 60)]
    checksum = base64.b32encode(sha256(data).digest()[:16]).decode().lower().rstrip("=")
    head, tail = "===== BEGIN GEALC CHANGES =====", "===== END GEALC CHANGES ====="
    return "\n".join([head, *lines, f"({checksum} {len(data)})", tail, ""])


def told(data: bytes) -> dict[str, Any]:
    """What a sound file amounts to, alone."""
    _, changes = read(data)
    state: dict[str, dict[str, Any]] = {}
    differences = []
    heads = fold(changes)
    for (entity, field), standing in sorted(heads.items()):
        state.setdefault(entity, {})[field] = standing[0][0]
        if len({canonical(value) for value, _ in standing}) > 1:
            values = [{"value": value, "change": change} for value, change in standing]
            differences.append({"entity": entity, "field": field, "values": values})
    return {
        "ids": list(changes),
        "heads": [[entity, field, standing] for (entity, field), standing in sorted(heads.items())],
        "fingerprint": name({"entities": state, "differences": differences}),
    }


def main() -> None:
    index: dict[str, Any] = {
        "keys": {w: {"key": k.key, "replica": k.replica} for w, k in zip("ABC", (A, B, C), strict=True)}
    }
    index["sound"], index["refused"] = {}, {}
    for title, (what, data) in sound().items():
        (VECTORS / f"{title}.json").write_bytes(data)
        index["sound"][f"{title}.json"] = {"shows": what, **told(data)}
    for title, (why, what, data) in unsound().items():
        (VECTORS / f"refused-{title}.json").write_bytes(data)
        index["refused"][f"refused-{title}.json"] = {"shows": what, "reason": why}
        try:
            read(data)
        except Refused as refused:
            if str(refused) == why:
                continue
        raise SystemExit(f"refused-{title}.json is not refused as {why}")
    (VECTORS / "block.txt").write_text(block((VECTORS / "note.json").read_bytes()), "ascii", newline="\n")
    index["blocks"] = {"block.txt": "note.json"}
    (VECTORS / "index.json").write_text(json.dumps(index, indent=1) + "\n", "ascii", newline="\n")


if __name__ == "__main__":
    main()
