"""The least that Textual can do: an application with one line, which any key alters. Run as a program."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static

READY = "listo"
MARKS = ("≈", "●")


class Blank(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self._presses = 0

    def compose(self) -> ComposeResult:
        yield Static(READY)

    def on_key(self, event: Key) -> None:
        self._presses += 1
        self.query_one(Static).update(MARKS[self._presses % 2])


if __name__ == "__main__":
    Blank().run()
