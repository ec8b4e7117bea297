"""Receiving a large file: it says that it goes on, Esc stops it, and then nothing has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from gealc_tui.commands import activities, exchange
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.sync.outcomes import MergeReport
from gealc_tui.tui.screens import receive
from stories.conftest import Copies, Windows, file_of

Slow = Callable[[bool], threading.Event]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    """`slow(dry_run)`: looks, or receptions, go on until they are stopped, or until the returned event is set."""
    merge, going_on = exchange.merge, threading.Event()

    def until_stopped(which: bool) -> threading.Event:
        def wait(replica: Replica, files: Any, *, accept: bool = False, dry_run: bool = False) -> MergeReport:
            while dry_run is which and not going_on.wait(0.02):
                replica.read.plans()
            return merge(replica, files, accept=accept, dry_run=dry_run)

        monkeypatch.setattr(exchange, "merge", wait)
        return going_on

    monkeypatch.setattr(receive, "PATIENCE_SECONDS", 0.05)
    return until_stopped


async def test_it_says_that_it_goes_on_and_esc_stops_it(copy_of: Copies, window_on: Windows, slow: Slow) -> None:
    ana, eva = copy_of("Ana"), copy_of("Eva", "PE")
    activities.set_status(eva, "2019/3.4.1", Status.DONE)
    path = ana.path.parent / "eva.json"
    path.write_bytes(file_of(eva))
    before = ana.fingerprint()
    async with window_on(ana) as window:
        goes_on = slow(True)
        await window.press("x", "r")
        window.find("#path", receive.Input).value = str(path)
        await window.pilot.press("enter")
        await window.until(lambda: " s · Esc lo detiene" in window.words)
        assert "Revisando…" in window.words
        await window.pilot.press("escape")
        await window.settle()
        assert window.screen == "ReceiveScreen"
        assert window.last == "Se detuvo: no se cambió nada."
        await window.press("f3")
        assert window.last == "Primero elija un archivo y mire qué cambiaría."
        goes_on.set()
        await window.press("enter")
        assert "Eva, Perú" in window.words
        goes_on.clear()
        slow(False)
        await window.pilot.press("f3")
        await window.until(lambda: "Aplicando… " in window.words)
        await window.pilot.press("f2")
        await window.pilot.pause()
        assert window.last == "Todavía no terminó: Esc lo detiene."
        await window.press("escape")
        assert window.last == "Se detuvo: no se cambió nada."
        assert ana.fingerprint() == before
        await window.press("escape")
        assert window.screen == "ExchangeScreen"
