"""What CI checks beside the tests: `uv run python scripts/check.py`.

Format, lint, strict types, the contracts between layers, the catalogues, the workflow's syntax, and the wheel:
built, installed into an empty environment and used there.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent

FORMS = [str(form) for form in sorted(ROOT.glob(".github/ISSUE_TEMPLATE/[!c]*.yml"))]

CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    (sys.executable, "scripts/catalogues.py", "--check"),
    ("check-jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/ci.yml"),
    ("check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", *FORMS),
)


def main() -> int:
    for command in CHECKS:
        print("·", " ".join(Path(part).name for part in command), flush=True)
        if subprocess.run(command, cwd=ROOT).returncode != 0:
            return 1
    return try_the_wheel()


def try_the_wheel() -> int:
    """Builds the wheel and uses it where the checkout cannot help."""
    print("· the wheel in an empty environment", flush=True)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        subprocess.run(["uv", "build", "--quiet", "--wheel", "--out-dir", place, ROOT], check=True)
        (wheel,) = place.glob("*.whl")
        venv.create(place / "env", with_pip=False)
        scripts = place / "env" / ("Scripts" if sys.platform == "win32" else "bin")
        python = scripts / "python"
        subprocess.run(["uv", "pip", "install", "--quiet", "--python", python, wheel], check=True, cwd=place)
        gealc = [scripts / "gealc", "--home", place / "home"]
        subprocess.run([*gealc, "init", "--name", "Prueba", "--country", "UY"], check=True, cwd=place)
        subprocess.run([*gealc, "status", "3.1.1", "done"], check=True, cwd=place)
        shown = subprocess.run([*gealc, "show", "3.1.1", "--json"], check=True, cwd=place, capture_output=True)
        styles = "from gealc_tui import paths; assert (paths.bundled('styles') / 'app.tcss').is_file()"
        subprocess.run([python, "-c", styles], check=True, cwd=place)
        return 0 if b'"status": "done"' in shown.stdout else 1


if __name__ == "__main__":
    sys.exit(main())
