"""How long texts may be."""

LONGEST_TEXT = 100_000
"""Characters in a note."""

LONGEST_LINE = 2_000
"""Characters in a one-line field."""

LONGEST_EMAIL = 254
"""Characters in an e-mail address (RFC 5321, erratum 1690)."""

MANY_BRANCHES = 8
"""From so many branches of one identity on people are warned. A machine that is noticed makes one, so somebody may be
writing under that identity who should not; there is no limit."""
