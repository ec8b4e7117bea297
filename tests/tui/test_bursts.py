"""What came faster than fingers is known for text, and what fingers did stays keys, each in its order."""

from __future__ import annotations

import pytest
from textual import events
from textual.message import Message

from gealc_tui.tui.bursts import AFTER, GAP, Burst, Grouping

CHARACTERS = {"\r": "enter", "\t": "tab", "\x1b": "escape", "\x01": "ctrl+a"}


class Terminal:
    """Sends characters at moments, and tells when `GAP` has passed without one, as the driver does."""

    def __init__(self) -> None:
        self.came: list[Message] = []
        self.grouping = Grouping(self.came.append)
        self.now = 0.0

    def sends(self, text: str, every: float = 0.0) -> Terminal:
        for character in text:
            key = events.Key(CHARACTERS.get(character, character), character)
            self.grouping.add(key, self.now)
            self.now += every
            if every > GAP:
                self.grouping.flush()
        return self

    def rests(self, seconds: float) -> Terminal:
        self.now += seconds
        self.grouping.flush()
        return self

    @property
    def told(self) -> list[str]:
        """Keys by their names, bursts as they are."""
        return [
            one.key if isinstance(one, events.Key) else f"«{one.text}»{'+' if one.entered else ''}"
            for one in self.came
            if isinstance(one, events.Key | Burst)
        ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3) Talleres", ["«3) Talleres»"]),
        ("3.6.1\r", ["«3.6.1»+"]),
        ("uno\rdos\r", ["«uno\ndos\n»"]),
        ("uno\r\ndos", ["«uno\ndos»"]),
        ("a\tb\tc", ["«a\tb\tc»"]),
        ("3n", ["3", "n"]),
        ("j2a", ["j", "2", "a"]),
        ("jjjjjjjj", ["j"] * 8),
        ("\r\r\r\r", ["enter"] * 4),
        ("ab\x1bcd", ["a", "b", "escape", "c", "d"]),
    ],
)
def test_what_comes_at_once(text, told):
    assert Terminal().sends(text).rests(1).told == told


def test_fingers_are_never_taken_for_a_paste():
    assert Terminal().sends("3nSin respuesta\r", every=0.02).rests(1).told == [*"3nSin respuesta", "enter"]


def test_a_paste_that_the_network_cut_in_two_is_one_thing_after_the_other():
    cut = Terminal().sends("3) Tal").rests(AFTER / 2).sends("1").rests(AFTER / 2).sends("\r").rests(1).sends("1")
    assert cut.rests(1).told == ["«3) Tal»", "«1»", "«»+", "1"]


def test_what_is_no_key_keeps_its_place():
    terminal = Terminal().sends("abcd")
    terminal.grouping.add(events.Paste("pegado"), terminal.now)
    terminal.sends("z").rests(1)
    assert [type(one) for one in terminal.came] == [Burst, events.Paste, Burst]


def test_keys_that_wait_for_a_busy_machine_are_told_by_when_they_came():
    grouping = Terminal()
    for character, at in (("g", 0.0), ("3", 0.1), ("n", 0.25), ("u", 0.4)):
        grouping.grouping.add(events.Key(character, character), at)
    assert grouping.rests(1).told == ["g", "3", "n", "u"]
