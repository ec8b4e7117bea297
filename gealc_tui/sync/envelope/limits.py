"""How much of an envelope is looked at. Everything foreign is bounded before it is parsed."""

from __future__ import annotations

from gealc_tui import errors
from gealc_tui.sync.bundle import LARGEST_FILE

LARGEST_WHOLE = 2 * LARGEST_FILE
"""Bytes that may come out of one envelope, all together: a file may lie in it twice, attached and as a block."""

LARGEST_MAIL = 64 * 1024 * 1024
"""Bytes of one message. No mail service carries more than 50 MB, and a message is read line by line in Python."""

LARGEST_OUTLOOK = 64 * 1024 * 1024
"""Bytes of one message saved by Outlook; larger ones were never mailed."""

DEEPEST = 8
"""Containers in one another: a zip in a mail that was forwarded in a mail is three. Chains rarely pass five."""

MOST_PARTS = 1_000
"""Parts, entries and messages of one envelope. A year's mailbox of change files has some hundred."""

MOST_FOUND = 200
"""Change files, good and bad, of one envelope; a long exchange of answers quotes the same block some dozen times."""

MOST_BOUNDARIES = 200
"""Borders that one message declares. Each line of it is compared with all that are open, so time grows with them."""

MOST_STREAMS = 20_000
"""Streams in a file of Outlook: a message has some hundred, and some fifteen more for each of its addressees."""


class Allowance:
    """What is left of the limits while one envelope is opened."""

    def __init__(self) -> None:
        self.bytes = LARGEST_WHOLE
        self._parts = MOST_PARTS
        self._found = MOST_FOUND

    def spend(self, size: int) -> None:
        """Bytes that come out of a container. Raises TooLarge when there are too many."""
        self.bytes -= size
        if self.bytes < 0:
            raise errors.TooLarge(limit="bytes")

    def one_more(self) -> None:
        """Another part. Raises TooLarge when there are too many."""
        self._parts -= 1
        if self._parts < 0:
            raise errors.TooLarge(limit="count")

    def one_found(self) -> None:
        """Another change file, good or bad. Raises TooLarge when there are too many."""
        self._found -= 1
        if self._found < 0:
            raise errors.TooLarge(limit="count")

    @property
    def is_spent(self) -> bool:
        """Whether nothing more of this envelope may be looked at."""
        return min(self.bytes, self._parts, self._found) < 0
