"""A writer of change files that was written from docs/format.md: its own canonical form is that of `other_reader`."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from .other_reader import COLUMNS, canonical, name


class Writer:
    """Somebody who writes one log, with the SHA-256 of `called` as private key."""

    def __init__(self, called: str) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(sha256(called.encode()).digest())
        self.key = base64.b64encode(self._private.public_key().public_bytes_raw()).decode()
        self.replica = name(["replica", self.key])

    def sign(self, message: list[Any]) -> str:
        return base64.b64encode(self._private.sign(canonical(message).encode())).decode()

    def run(self, changes: list[tuple[int, list[list[Any]]]], after: int = 0, previous: str = "") -> dict[str, Any]:
        """Changes that follow each other, each an instant in milliseconds and edits `[entity, field, value, over]`."""
        run = stretch(self.replica, changes, after, previous)
        signature = self.sign(["run", self.replica, after + len(changes), run["tip"]])
        return run | {"key": self.key, "signature": signature}

    def file(self, runs: list[dict[str, Any]], at: int, **more: Any) -> dict[str, Any]:
        have = {run["replica"]: [[run["after"] + run["count"], run["tip"]]] for run in runs if run["after"] == 0}
        header = {"format": "gealc-changes", "version": 1, "from": self.replica, "key": self.key, "at": spelled(at)}
        header |= {"summary": "", "request": False, "have": have, "columns": COLUMNS, **more}
        return self.sealed(header | {"logs": runs})

    def sealed(self, file: dict[str, Any]) -> dict[str, Any]:
        logs = [{key: part for key, part in run.items() if key != "changes"} for run in file["logs"]]
        header = {key: part for key, part in file.items() if key not in ("digest", "signature")} | {"logs": logs}
        digest = name(header)
        return file | {"digest": digest, "signature": self.sign(["bundle", digest])}


def stretch(replica: str, changes: list[tuple[int, list[list[Any]]]], after: int, previous: str) -> dict[str, Any]:
    """A run without key and signature, as a genesis log has it."""
    run: dict[str, Any] = {"replica": replica, "key": None, "after": after, "previous": previous}
    rows = []
    for seq, (at, edits) in enumerate(changes, after + 1):
        previous = name(["change", replica, seq, previous, at, edits])
        rows += [[seq, spelled(at), *edit] for edit in edits]
    return run | {"count": len(changes), "tip": previous, "signature": None, "changes": rows}


def genesis(changes: list[tuple[int, list[list[Any]]]]) -> dict[str, Any]:
    run = stretch("genesis", changes, 0, "")
    return run | {"replica": f"genesis-{run['tip']}"}


def spelled(at: int) -> str:
    # Windows knows no instants before 1970.
    day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at // 1000)).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{day}.{at % 1000:03}Z"


def text(file: dict[str, Any]) -> str:
    """ASCII, an edit a line."""
    logs = []
    for run in file["logs"]:
        rows = ",\n".join(f"   {json.dumps(row)}" for row in run["changes"])
        logs.append(_opened({key: part for key, part in run.items() if key != "changes"}, "  ", "changes", rows))
    return _opened({key: part for key, part in file.items() if key != "logs"}, "", "logs", ",\n".join(logs)) + "\n"


def _opened(value: dict[str, Any], margin: str, key: str, rows: str) -> str:
    lines = ",\n".join(f"{margin} {json.dumps(name)}: {json.dumps(part)}" for name, part in value.items())
    return f'{margin}{{\n{lines},\n{margin} "{key}": [\n{rows}\n{margin} ]\n{margin}}}'
