"""How long texts may be."""

LONGEST_TEXT = 100_000
"""Characters in a note."""

LONGEST_LINE = 2_000
"""Characters in a one-line field."""

LONGEST_EMAIL = 254
"""Characters in an e-mail address (RFC 5321, erratum 1690)."""
