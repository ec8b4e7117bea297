"""Every error that a person can meet, with its facts and without its words.

Errors are worded at the edge (`i18n.sentences`), in the language in force. What is not a `GealcError` is a
fault of the program.
"""

from __future__ import annotations


class GealcError(Exception):
    """Something was refused or failed, for a reason that a person can be told."""


class DocumentUnreadable(GealcError):
    """The official document does not have the shape of a plan. `line` counts from 1."""

    def __init__(self, line: int, expected: str, found: str) -> None:
        super().__init__(line, expected, found)
        self.line = line
        self.expected = expected
        self.found = found
