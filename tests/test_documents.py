"""The documents tell of tests and commands that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_test_that_the_ten_points_name_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "ten-points.md").read_text(encoding="utf-8")))
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert named <= there, sorted(named - there)


def test_every_decision_stands_in_the_list_and_every_listed_one_exists() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8")))
    assert listed == {path.name for path in folder.glob("0*.md")}


def test_every_link_between_the_documents_leads_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_guides_name_only_commands_that_there_are() -> None:
    from gealc_tui.cli.main import _parsers

    commands = _parsers(with_application=True).commands
    for page in (ROOT / "README.md", *(ROOT / "docs" / "guide").glob("*.md")):
        named = set(re.findall(r"\bgealc ([a-z]+)\b", page.read_text(encoding="utf-8")))
        assert named <= set(commands) | {"keeps", "guarda"}, f"{page.name}: {sorted(named - set(commands))}"
