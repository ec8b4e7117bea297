"""Style sheets are parsed once; what is kept of them is believed only for what it was made from."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet

from gealc_tui import paths
from gealc_tui.tui.app import GealcApp
from gealc_tui.tui.parsed_styles import MOST_KEPT, ParsedStyles


@pytest.fixture
def started(make_replica: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Starts the application once and ends it; returns how many sheets were parsed, and the screen."""
    replica = make_replica("Ana")
    parsed: list[object] = []
    parse = Stylesheet._parse_rules

    def counted(self: Stylesheet, *said: Any, **named: Any) -> Any:
        before = len(self._parse_cache)
        rules = parse(self, *said, **named)
        parsed.extend([None] * (len(self._parse_cache) - before))
        return rules

    monkeypatch.setattr(Stylesheet, "_parse_rules", counted)

    async def start(folder: Path, theme: str | None = None) -> tuple[int, str]:
        parsed.clear()
        if theme is not None:
            replica.set_setting("theme", theme)
        app = GealcApp(replica, paths.home().sending, styles=ParsedStyles(folder))
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            screen = app.export_screenshot(simplify=True)
        return len(parsed), screen

    return start


def kept_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.bin"))


async def test_the_second_start_parses_nothing_and_looks_the_same(started: Any, tmp_path: Path) -> None:
    first, screen = await started(tmp_path / "cache")
    again, same = await started(tmp_path / "cache")
    assert first > 20
    assert again == 0
    assert same == screen


async def test_each_theme_is_kept_and_the_oldest_go(started: Any, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    for number in range(MOST_KEPT + 3):
        old = folder / f"estilos-{number:016}.bin"
        old.write_bytes(b"x")
        os.utime(old, (number, number))
    await started(folder, "gealc-dark")
    assert len(kept_in(folder)) == MOST_KEPT
    parsed, _ = await started(folder, "gealc-light")
    assert parsed > 20, "other colours stand in other sheets"
    assert (await started(folder, "gealc-dark"))[0] == 0


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: b"", lambda data: data[:99] + bytes([data[99] ^ 1]) + data[100:]]
)
async def test_a_damaged_file_is_as_good_as_none(
    started: Any, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    await started(tmp_path)
    (kept,) = kept_in(tmp_path)
    kept.write_bytes(damage(kept.read_bytes()))
    assert (await started(tmp_path))[0] > 20
    assert (await started(tmp_path))[0] == 0, "and is written anew"


class Hostile:
    def __init__(self, *call: Any) -> None:
        self._call = call

    def __reduce__(self) -> Any:
        return self._call


@pytest.mark.parametrize(
    "content",
    [
        Hostile(os.mkdir, ("obeyed",)),
        Hostile(getattr, (Hostile(getattr, (ParsedStyles, "__init__")), "__globals__")),
        {"x": Hostile(eval, ("__import__('os').mkdir('obeyed')",))},
        ["no table"],
    ],
)
async def test_a_file_that_somebody_made_up_does_nothing(
    started: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: object
) -> None:
    monkeypatch.chdir(tmp_path)
    await started(tmp_path)
    (kept,) = kept_in(tmp_path)
    data = pickle.dumps(content)
    kept.write_bytes(hashlib.sha256(data).digest() + data)
    assert (await started(tmp_path))[0] > 20
    assert not (tmp_path / "obeyed").exists()


async def test_a_place_that_cannot_be_written_to_costs_nothing_but_time(started: Any, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    assert (await started(tmp_path / "cache"))[0] > 20


def test_the_place_is_this_machines_own_whatever_home_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    before = paths.cache()
    monkeypatch.setenv("GEALC_HOME", "/media/stick")
    assert paths.cache() == before
