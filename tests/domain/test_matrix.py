"""What a matrix carries out of sight is read back as it was, or not at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gealc_tui.domain.matrix import SentCell, SentMatrix, SentRow, is_ours, lines, read

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_VALUES = st.one_of(st.none(), st.booleans(), st.integers(0, 9_999), _TEXTS, st.lists(_TEXTS, max_size=3))
_CELLS = st.builds(SentCell, _TEXTS, _TEXTS, _TEXTS, _VALUES, st.none() | _TEXTS)
_ROWS = st.builds(SentRow, _TEXTS, st.lists(_CELLS, max_size=3).map(tuple))
_TITLES = st.lists(st.tuples(_TEXTS, _TEXTS), max_size=3).map(tuple)
_SENT = st.builds(SentMatrix, _TEXTS, _TEXTS, _TEXTS, _TEXTS, _TITLES, st.lists(_ROWS, max_size=3).map(tuple))


@given(_SENT, _TEXTS)
def test_what_goes_out_is_read_back(sent: SentMatrix, signature: str) -> None:
    said = lines(sent, signature)
    assert is_ours(said[0][0])
    assert read(said) == (sent, signature)


def test_a_long_value_goes_on_in_the_next_cell() -> None:
    cell = SentCell("title", "activity/1", "title", "_x0041_" * 20_000, None)
    sent = SentMatrix("2019", "r", "k", "e", (("title", "Título"),), (SentRow("activity/1", (cell,)),))
    said = lines(sent, "s")
    assert len(said[1]) > 1
    assert not any("_" in piece for line in said for piece in line)
    assert read(said) == (sent, "s")


@given(st.lists(st.lists(st.text(max_size=30) | st.just("[1.5,[]]"), max_size=2), max_size=3))
def test_anything_else_is_nothing(rows: list[list[str]]) -> None:
    sent = SentMatrix("2019", "r", "k", "e", (), ())
    assert read(rows) is None
    header = lines(sent, "s")
    assert read([*header, *[row for row in rows if any(row)]]) in (None, (sent, "s"))


def test_a_row_that_is_missing_is_noticed() -> None:
    rows = tuple(SentRow(f"activity/{n}", ()) for n in range(3))
    said = lines(SentMatrix("2019", "r", "k", "e", (), rows), "s")
    assert read(said[:-1]) is None
