"""What people do every week, from the screen alone, with the keys that it takes beside the text that they type."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gealc_tui.commands import activities
from gealc_tui.domain.vocabulary import Status, Trust
from gealc_tui.replica import Replica
from stories.conftest import MINUTE, Clock, Copies, Windows, file_of
from stories.window import NARROW, Window

HERE = "2019/3.6.1"


class Hands:
    """Counts what is pressed; text that is typed is not counted."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.keys = 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self._window.press(*keys)

    async def type(self, text: str) -> None:
        await self._window.type(text)


async def test_who_i_am_takes_at_most_six_keys(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of(introduced=False)
    async with window_on(replica, NARROW) as window:
        hands = Hands(window)
        await hands.type("Ana")
        await hands.press("enter")
        await hands.type("uy")
        await hands.press("enter", "enter", "enter", "enter")
        assert replica.id is not None
        assert hands.keys <= 6


@pytest.mark.parametrize(
    ("key", "text", "field", "value", "most"),
    [("l", "Chile", "lead", "CL", 4), ("z", "30/06/2019", "due", "2019-06-30", 3)],
)
async def test_lead_and_due_date_are_set_from_the_tree(
    copy_of: Copies, window_on: Windows, key: str, text: str, field: str, value: str, most: int
) -> None:
    replica = copy_of()
    async with window_on(replica, NARROW) as window:
        await window.go_to(HERE)
        hands = Hands(window)
        await hands.press(key)
        await hands.type(text)
        await hands.press("enter")
        assert replica.read.state_of(f"activity/{HERE}")[field] == value
        assert hands.keys <= most


async def test_the_file_of_a_stranger_is_received_in_four_keys(
    copy_of: Copies, window_on: Windows, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    eva, ana = copy_of("Eva", "PE"), copy_of("Ana")
    activities.set_status(eva, HERE, Status.DONE)
    downloads = tmp_path / "home" / "Downloads"
    downloads.mkdir()
    for name, data in (
        ("factura.json", b'{"total": 3}'),
        ("fotos.zip", b"PK\x05\x06" + bytes(18)),
        ("cambios-PE-20190618.json", file_of(eva)),
    ):
        (downloads / name).write_bytes(data)
    os.utime(downloads / "cambios-PE-20190618.json", (1_560_000_000, 1_560_000_000))
    monkeypatch.setattr("platformdirs.user_downloads_path", lambda: downloads)
    async with window_on(ana, NARROW) as window:
        hands = Hands(window)
        await hands.press("x", "r")
        assert "cambios-PE-20190618.json" in window.text
        assert "factura.json" not in window.find("#arrivals", type(window.app.focused)).id + window.text  # type: ignore[arg-type, operator, union-attr]
        await hands.press("enter")
        assert "Dice ser: Eva · Perú" in window.text
        assert "Si son los mismos números, F3 confirma y aplica." in window.words
        await hands.press("f3")
        assert next(one.trust for one in ana.people() if one.name == "Eva") is Trust.ACCEPTED
        assert ana.read.activity(HERE, ana.today).row.status is Status.DONE
        assert hands.keys <= 5
        assert "ya recibido" in window.text or window.last == "2 cambios aplicados"


async def test_three_differences_are_settled_in_six_keys(copy_of: Copies, window_on: Windows, clock: Clock) -> None:
    ana, eva = copy_of("Ana", "UY"), copy_of("Eva", "PE")
    for code in ("3.1.1", "3.2.1", "3.6.1"):
        activities.set_status(ana, f"2019/{code}", Status.IN_PROGRESS)
        clock.now += MINUTE
        activities.set_status(eva, f"2019/{code}", Status.ON_HOLD)
    ana.merge([("eva.json", file_of(eva))], accept=True)
    assert len(ana.read.differences()) == 3
    async with window_on(ana) as window:
        hands = Hands(window)
        await hands.press("D", "1", "d", "1", "d", "1")
        assert ana.read.differences() == ()
        assert hands.keys <= 6


async def test_what_leaves_is_seen_before_it_is_sent_and_is_net(copy_of: Copies, window_on: Windows) -> None:
    ana: Replica = copy_of("Ana")
    activities.set_status(ana, "2019/3.1.1", Status.DONE)
    activities.set_field(ana, f"activity/{HERE}", "lead", "CL")
    activities.set_field(ana, f"activity/{HERE}", "lead", "")
    async with window_on(ana) as window:
        await window.press("x")
        assert "1 cambio sin enviar" in window.text
        assert "3.1.1 · Estado: Cumplida" in window.text
        assert "3.6.1" not in window.text, "what was set and taken back again is nothing to tell"
