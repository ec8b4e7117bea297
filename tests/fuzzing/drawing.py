"""Structures out of bytes, so that one target serves every fuzzer: what to build is read from the input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

T = TypeVar("T")

WORDS = (
    "",
    "x",
    "gealc-changes",
    "genesis",
    "activity/2019/1.1.1",
    "person/",
    "a" * 26,
    "a" * 501,
    "\0",
    "\ud800",
    "ñ🙂",
)
NUMBERS = (0, 1, -1, 64, 2**31, 2**40 - 1, 2**40, 2**53 - 1, 2**53, 2**64, -(2**63) - 1, 10**17, 10**30)


class Draw:
    """Reads choices from bytes; when they are at an end, every choice is the first."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    def below(self, n: int) -> int:
        """A number from 0 to n - 1."""
        size = 1 if n <= 256 else 4
        found = int.from_bytes(self._data[self._place : self._place + size], "big")
        self._place += size
        return found % n

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def some(self, most: int) -> bytes:
        """Some bytes of the input as they stand."""
        size = self.below(most)
        found = self._data[self._place : self._place + size]
        self._place += size
        return found

    def rest(self) -> bytes:
        return self._data[self._place :]

    def text(self) -> str:
        return self.pick(WORDS) if self.below(2) else self.some(40).decode("utf-8", "surrogateescape")

    def value(self, depth: int = 0) -> Any:
        """A JSON value, with what no canonical form has among it."""
        kind = self.below(10 if depth < 12 else 6)
        if kind == 0:
            return self.pick((None, True, False))
        if kind == 1:
            return self.pick(NUMBERS)
        if kind == 2:
            return self.pick((0.5, float("inf"), float("nan")))
        if kind < 6:
            return self.text()
        if kind < 8:
            return [self.value(depth + 1) for _ in range(self.below(4))]
        if kind == 8:
            return {self.text(): self.value(depth + 1) for _ in range(self.below(4))}
        inner = self.value(depth + 1)
        for _ in range(self.pick((2, 9, 70, 400, 950, 985, 2_000))):
            inner = [inner]
        return inner
