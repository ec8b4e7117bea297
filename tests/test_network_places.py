"""A folder of a server is known for one by its path."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from gealc_tui.i18n.sentences import place_sentence
from gealc_tui.network_places import is_on_network


@pytest.mark.parametrize(
    ("folder", "is_remote"),
    [
        (PureWindowsPath(r"\\servidor\compartida\gealc"), True),
        (PureWindowsPath(r"//servidor/compartida/gealc"), True),
        (PureWindowsPath(r"\\?\UNC\servidor\compartida\gealc"), True),
        (PureWindowsPath(r"\\?\C:\gealc"), False),
        (PureWindowsPath(r"C:\Users\Ana\gealc"), False),
        (PurePosixPath("/home/ana/gealc"), False),
    ],
)
def test_a_server_is_told_from_a_disk(folder, is_remote):
    assert is_on_network(folder) is is_remote


def test_who_keeps_a_copy_on_a_server_is_warned():
    said = place_sentence(PureWindowsPath(r"\\servidor\compartida\gealc"))
    assert said is not None
    assert "está en la red" in said
    assert r"\\servidor\compartida\gealc" in said
