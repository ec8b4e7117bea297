"""Whatever people do in a sheet and in the plan meanwhile: no word is lost, and none overwritten that was not seen."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gealc_tui.commands import sheets
from gealc_tui.commands.sheets import DIFFERENCE, SAME, Whose
from gealc_tui.domain.change import Value
from gealc_tui.replica import Replica
from tests.conftest import introduced, opened
from tests.documents.sheet_files import filled, sent

_WORDS = st.text(st.characters(min_codepoint=32, exclude_categories=["C", "Z"]), min_size=1, max_size=12)
_FIELDS = {"I": "place", "J": "participants", "K": "resources"}
_CELLS = st.dictionaries(st.tuples(st.sampled_from(sorted(_FIELDS)), st.integers(2, 3)), _WORDS, min_size=1, max_size=6)


def _register(cell: tuple[str, int]) -> tuple[str, str]:
    column, line = cell
    return f"activity/2019/1.1.{line - 1}", _FIELDS[column]


def _values(replica: Replica, register: tuple[str, str]) -> set[Value]:
    return {one.value for one in replica.read.standing(*register)}  # type: ignore[misc]


@given(before=_CELLS, inside=_CELLS, meanwhile=_CELLS, again=st.booleans())
@settings(max_examples=12)
def test_a_matrix_goes_out_and_comes_back(
    small_database: Path,
    before: dict[tuple[str, int], str],
    inside: dict[tuple[str, int], str],
    meanwhile: dict[tuple[str, int], str],
    again: bool,
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "gealc.db").write_bytes(small_database.read_bytes())
        with opened(folder, "Ana") as ana:
            introduced(ana, "Ana")
            for cell, text in before.items():
                ana.commit([(*_register(cell), sheets.fields.parse("activity", _register(cell)[1], text))])
            data = filled(sent(ana), {f"{column}{line}": text for (column, line), text in inside.items()})
            heads = {register: ana.read.heads_of(*register) for register in map(_register, inside)}
            for cell, text in meanwhile.items():
                ana.commit([(*_register(cell), sheets.fields.parse("activity", _register(cell)[1], text))])
            stood = {register: _values(ana, register) for register in map(_register, inside)}
            now = {register: ana.read.heads_of(*register) for register in heads}
            book = sheets.read_sheet(data, Path("m.xlsx"))
            found = sheets.look(ana, book, data, by=Whose("Juan", "PE"))
            assert found.kind == "matrix"
            sheets.keep(ana, found)
            by_cell = {one.cell: one for one in found.rows}
            for cell, _ in inside.items():
                register, one = _register(cell), by_cell[f"{cell[0]}{cell[1]}"]
                if one.outcome == "unreadable":
                    assert _values(ana, register) == stood[register]
                    continue
                wrote = heads[register] != now[register]
                # What was written meanwhile stands; what the sheet says stands too, but where it said nothing new.
                assert not wrote or stood[register] <= _values(ana, register)
                assert one.outcome == SAME or one.after in _values(ana, register)
                assert one.outcome != DIFFERENCE or wrote
            if again:
                dump = ana.dump()
                twice = sheets.look(ana, book, data, by=Whose("Juan", "PE"))
                assert {one.outcome for one in twice.rows} <= {SAME, "unreadable"}
                sheets.keep(ana, twice)
                assert ana.dump() == dump
            assert not ana.verify()
