"""How much of an envelope is looked at. Everything foreign is counted before the work on it is done.

The measures are of content, never of time: what one machine opens, every machine opens. None of them refuses a change
file that `bundle.decode` takes: that may be as large in an archive or a block as it may be by itself.
"""

from __future__ import annotations

from gealc_tui import errors
from gealc_tui.sync.bundle import LARGEST_FILE

LARGEST_WHOLE = 2 * LARGEST_FILE
"""Bytes that may come out of one envelope, all together: a file may lie in it twice, attached and as a block."""

LEAST_WHOLE = 32 * 1024 * 1024
"""Bytes that may come out of any envelope, however small."""

LARGEST_RATIO = 1_100
"""Bytes that may come out for each that went in. Deflate packs 1,032 into one, so what is packed once comes out
whatever it holds; what is packed twice, to be small beyond all measure, does not."""

LARGEST_MAIL = 64 * 1024 * 1024
"""Bytes of one message. No mail service carries more than 50 MB, and a message is read line by line in Python."""

LARGEST_INSIDE = 64 * 1024 * 1024
"""Bytes of what lies in an archive and is not a change file itself: a message, a text, an archive."""

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

MOST_COMPARISONS = 20_000_000
"""Lines of one message, times the borders that it declares."""

MOST_LINES = 2_000_000
"""Lines of one message, each of which becomes an object. The largest message in lines of base64 has half as many."""

MOST_BORDERS = 20_000
"""Lines of one message that may be a border: those that begin with two hyphens. Each may begin a part."""

LONGEST_HEADER = 4_096
"""Characters of a header of a message; the rest of it is not read. To find the pieces of a file name in it takes the
square of its length, and the longest name that a disk holds takes a third of this."""

MOST_STREAMS = 20_000
"""Streams in a file of Outlook: a message has some hundred, and some fifteen more for each of its addressees."""


class Allowance:
    """What is left of the limits while an envelope of `size` bytes is opened."""

    def __init__(self, size: int) -> None:
        self.bytes = min(LARGEST_WHOLE, max(LEAST_WHOLE, LARGEST_RATIO * size))
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
