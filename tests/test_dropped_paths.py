"""A file that is dragged into a terminal is found, however the file manager writes its path."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from gealc_tui import paths

NAME = "Cambios de la reunión (1) & más.json"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "Mis archivos" / NAME
    found.parent.mkdir()
    found.write_text("{}", "utf-8")
    return found


@pytest.mark.skipif(os.name == "nt", reason="a backslash parts folders there")
def test_with_backslashes_before_what_a_shell_would_read(file):
    said = "".join(f"\\{one}" if one in " ()&" else one for one in str(file))
    assert paths.dropped(f" {said} ") == file


@pytest.mark.parametrize("quote_mark", ["'", '"'])
def test_in_quotes(file, quote_mark):
    assert paths.dropped(f"{quote_mark}{file}{quote_mark}") == file


@pytest.mark.parametrize("host", ["", "localhost"])
def test_as_an_address(file, host):
    assert paths.dropped(file.as_uri().replace("file://", f"file://{host}")) == file


def test_as_an_address_on_a_server():
    said = paths.dropped("file://servidor/compartida/Ana%20Mar%C3%ADa/cambios.json")
    assert said == Path("//servidor/compartida/Ana María/cambios.json")


def test_what_only_begins_like_an_address_is_a_name():
    assert paths.dropped("file://[cambios") == Path("file://[cambios")


@pytest.mark.parametrize("on_disk", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_with_accents_composed_or_taken_apart(tmp_path, on_disk, typed):
    folder = tmp_path / unicodedata.normalize(on_disk, "Reunión")
    folder.mkdir()
    file = folder / unicodedata.normalize(on_disk, "año.json")
    file.write_text("{}", "utf-8")
    found = paths.dropped(
        str(tmp_path / unicodedata.normalize(typed, "Reunión") / unicodedata.normalize(typed, "año.json"))
    )
    assert found.samefile(file)


@pytest.mark.skipif(os.name == "nt", reason="no name holds a backslash there")
def test_a_name_that_holds_a_backslash_is_found_as_it_stands(tmp_path):
    (tmp_path / "a\\ b.json").write_text("{}", "utf-8")
    (tmp_path / "a b.json").write_text("{}", "utf-8")
    assert paths.dropped(str(tmp_path / "a\\ b.json")) == tmp_path / "a\\ b.json"


def test_one_that_is_not_there_is_named_as_it_was_typed(tmp_path):
    assert paths.dropped(str(tmp_path / "no está.json")) == tmp_path / "no está.json"
    assert paths.dropped("x" * 5_000) == Path("x" * 5_000)
