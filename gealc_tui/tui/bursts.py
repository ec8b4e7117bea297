"""Text that comes as keys: a terminal without bracketed paste types what is pasted, faster than any fingers.

A burst is text where somebody writes, and nothing everywhere else: `3) Talleres` must not complete an activity. What
a key is can be known only when it is known that no other follows at once, so each waits for an instant (`GAP`).
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.driver import Driver
from textual.message import Message

GAP = 0.010
"""Seconds. Fingers need twice as long from key to key."""

FEWEST = 4
"""So many characters in a row, each within `GAP` of the one before, were not typed. Fewer a script may send, or a line
that falters may bring at once."""

AFTER = 0.1
"""Seconds after a burst in which what comes still belongs to it: a network may have cut it in two."""


class Burst(events.Event, bubble=False):
    """Characters that nobody typed. `entered`: they end with the only line break among them, which is not in `text`."""

    def __init__(self, text: str, *, entered: bool) -> None:
        super().__init__()
        self.text = text
        self.entered = entered


class Grouping:
    """Hands on what a terminal sends, each key by itself and each burst as one.

    `deliver` gets keys and bursts in the order in which they came. Whoever adds a key calls `flush` when `GAP` has
    passed without another.
    """

    def __init__(self, deliver: Callable[[Message], object]) -> None:
        self._deliver = deliver
        self._held: list[events.Key] = []
        self._last = float("-inf")
        self._burst_ended = float("-inf")

    @property
    def is_holding(self) -> bool:
        return bool(self._held)

    @property
    def last(self) -> float:
        """When the newest key that is or was held arrived."""
        return self._last

    def add(self, message: Message, at: float) -> None:
        """What came, and when it arrived, in seconds: not when it is its turn, which may be much later."""
        if not (isinstance(message, events.Key) and _is_text(message)):
            self.flush()
            self._deliver(message)
            return
        if at - self._last > GAP:
            self.flush()
        self._held.append(message)
        self._last = at

    def flush(self) -> None:
        """Hands on what is held: nothing belongs to it any more."""
        held, self._held = self._held, []
        if not held:
            return
        # The same one over and over is a key that is held down, on a machine or a line that falters.
        typed = len(held) < FEWEST or len({key.character for key in held}) == 1
        goes_on = self._last - self._burst_ended <= AFTER
        if typed and not goes_on:
            for key in held:
                self._deliver(key)
            return
        self._burst_ended = self._last
        text = "".join(key.character or "" for key in held).replace("\r\n", "\n").replace("\r", "\n")
        entered = text.endswith("\n") and text.count("\n") == 1
        self._deliver(Burst(text.removesuffix("\n") if entered else text, entered=entered))


def _is_text(key: events.Key) -> bool:
    return key.character is not None and (key.character.isprintable() or key.character in "\r\n\t")


def watching(driver: type[Driver]) -> type[Driver]:
    """The same driver, which tells bursts from keys."""

    class Watching(driver):  # type: ignore[misc, valid-type]
        _grouping: Grouping | None = None

        def send_message(self, message: Message) -> None:
            # From the thread that reads, so that it is known when each came.
            self._loop.call_soon_threadsafe(self._group, message, message.time)

        def _group(self, message: Message, at: float) -> None:
            if self._grouping is None:
                self._grouping = Grouping(super().send_message)
            self._grouping.add(message, at)
            if self._grouping.is_holding:
                self._loop.call_later(GAP, self._flush, at)

        def _flush(self, at: float) -> None:
            assert self._grouping is not None
            if self._grouping.last <= at:
                self._grouping.flush()

        def write(self, data: str) -> None:
            # Once the terminal is gone the thread that writes ends, and who gives it more waits for ever.
            writer = getattr(self, "_writer_thread", None)
            if writer is None or writer.is_alive():
                super().write(data)

    return Watching
