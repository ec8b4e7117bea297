"""A program in a terminal of its own, timed from outside: the bytes that it writes are all that counts.

Nothing of the program is replaced: it starts, paints and answers keys as it does for a person. Linux and macOS only
(pseudo-terminals).
"""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

COLUMNS, LINES = 120, 40
PATIENCE = 30.0
"""Seconds after which a program is taken to be stuck."""


class Terminal:
    """A running program. Its end is ours: leaving the `with` ends it."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str]) -> None:
        self._screen, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._written = b""
        self.started = perf_counter()
        self._process = subprocess.Popen(
            argv, stdin=theirs, stdout=theirs, stderr=theirs, env=_plain(env), start_new_session=True
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._screen)

    def press(self, keys: str) -> float:
        """Types, and returns when."""
        self._written = b""
        pressed = perf_counter()
        os.write(self._screen, keys.encode())
        return pressed

    def shows(self, text: str) -> float:
        """Waits until `text` has been written since the last key, and returns when."""
        sought = text.encode()
        while sought not in self._written:
            self._written += self._read(PATIENCE)
        return perf_counter()

    def memory(self) -> float:
        """What the program holds in memory, in megabytes (Linux; elsewhere nothing is known: 0)."""
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        except OSError:
            return 0.0
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def answers(self) -> float:
        """Waits until anything is written since the last key, and returns when."""
        self._written += self._read(PATIENCE)
        return perf_counter()

    def rests(self, seconds: float = 0.15) -> float:
        """Waits until nothing has been written for a while, and returns when the last byte came."""
        last = perf_counter()
        while self._is_ready(seconds):
            self._written += self._read(0)
            last = perf_counter()
        return last

    def _is_ready(self, seconds: float) -> bool:
        return bool(select.select([self._screen], [], [], seconds)[0])

    def _read(self, seconds: float) -> bytes:
        try:
            read = os.read(self._screen, 1 << 16) if self._is_ready(seconds) else b""
        except OSError:
            # Linux: nobody holds the other end any more.
            read = b""
        if not read:
            raise RuntimeError(f"stuck or ended: {self._written[-2000:].decode(errors='replace')}")
        return read


def _plain(env: Mapping[str, str]) -> dict[str, str]:
    """The person's own environment, with a terminal that all of them paint alike for."""
    return {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env}
