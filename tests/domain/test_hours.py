"""Hours as people type them."""

from __future__ import annotations

import pytest

from gealc_tui.domain.hours import read_hour


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("9", "09:00"),
        ("9:30", "09:30"),
        ("09.30", "09:30"),
        ("9h", "09:00"),
        ("14h30", "14:30"),
        ("15:00 hs", "15:00"),
        ("9 am", "09:00"),
        ("3 p. m.", "15:00"),
        ("12 pm", "12:00"),
        ("12am", "00:00"),
        ("0", "00:00"),
    ],
)
def test_an_hour_is_read(typed, hour):
    assert read_hour(typed) == hour


@pytest.mark.parametrize("typed", ["", "24", "9:60", "13 pm", "0 am", "mediodía", "9:5", "9-30", "٩", "930"])
def test_what_is_no_hour_is_none(typed):
    assert read_hour(typed) is None
