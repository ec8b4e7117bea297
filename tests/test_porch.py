"""What a stranger meets first is true: CONTRIBUTING, the workflow, the version."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import gealc_tui
from gealc_tui.sync.carriers import schemes

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "gealc_tui"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PAGES = ("CONTRIBUTING.md", "SECURITY.md", "docs/releasing.md")


def test_every_file_that_the_pages_name_is_there():
    for page in PAGES:
        for named in re.findall(r"`([\w/.-]+/[\w.-]*|[\w-]+\.(?:py|md|toml|yml))`", (ROOT / page).read_text("utf-8")):
            roots = (ROOT, PACKAGE, PACKAGE / "tui", PACKAGE / "i18n", ROOT / "scripts")
            assert any((root / named).exists() for root in roots), f"{page}: {named}"


def test_every_link_of_the_pages_leads_somewhere():
    for page in PAGES:
        place = ROOT / page
        for target in re.findall(r"\]\(([^)#:]+)[^)]*\)", place.read_text("utf-8")):
            assert target.startswith("http") or (place.parent / target).exists(), f"{page}: {target}"


def test_the_rooms_of_ten_behaviours_are_told_by_their_names_in_the_readme():
    rows = re.findall(r"^\| ([^|`]+?) \| `", CONTRIBUTING, re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert len(rows) == 10
    assert [row for row in rows if f"| {row} |" not in readme] == []


def test_the_names_that_the_maps_send_one_to_are_in_those_files():
    for path, name in (
        ("store/migrations.py", "STEPS"),
        ("store/migrations.py", "def _apply"),
        ("domain/readings.py", "class ActivityReading"),
        ("i18n/labels.py", "_FIELD"),
        ("tui/keys.py", "TITLES"),
        ("tui/app.py", "CSS_PATH"),
        ("cli/reports.py", "NAMES"),
        ("reports/kinds.py", "class Name"),
        ("i18n/__init__.py", "_BETWEEN_GROUPS"),
    ):
        assert name in (PACKAGE / path).read_text("utf-8"), (path, name)
        assert name.removeprefix("class ").removeprefix("def ") in CONTRIBUTING
    assert schemes.Way
    assert "GOOD" in (ROOT / "tests/commands/test_setting_fields.py").read_text("utf-8")
    assert "COMMANDS" in (ROOT / "tests/cli/test_usage.py").read_text("utf-8")


def test_the_workflow_runs_the_lines_of_the_readme_as_they_stand():
    steps = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    start = (ROOT / "README.md").read_text("utf-8").partition("## Start")[2].partition("## Use")[0]
    lines = [line for block in re.findall(r"```\n(.+?)```", start, re.DOTALL) for line in block.splitlines()]
    assert len(lines) == 5
    for line in lines:
        # A runner has no terminal: there the program draws its first screen into a file.
        shown = f"{line} --screenshot" if line.endswith("gealc") else f"{line}\n"
        assert f"- run: {shown}" in steps, line


def test_the_workflow_tries_every_python_that_the_package_may_be_installed_in():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    steps = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    assert project["requires-python"] == ">=3.11"
    for python in ("3.11", "3.12", "3.13", "3.14"):
        assert steps.count(f'"{python}"') >= 2


def test_the_version_stands_in_one_place_and_is_the_one_that_is_being_made():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "gealc_tui/__init__.py"
    sections = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert re.fullmatch(rf"{re.escape(gealc_tui.__version__)} \((unreleased|\d{{4}}-\d\d-\d\d)\)", sections[0])
    assert [one for one in sections[1:] if not re.fullmatch(r"\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)", one)] == []


def test_others_may_check_their_types_against_ours():
    assert (PACKAGE / "py.typed").is_file()
