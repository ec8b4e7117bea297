"""The catalogues of the interface: `uv run python scripts/catalogues.py` brings them up to date.

Extracts the Spanish words from the code, merges them into each language's `.po`, and compiles the `.mo` that the
program reads. With `--check` nothing is written: it fails if a message is missing, doubtful or not compiled.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "gealc_tui" / "i18n" / "locale"
MESSAGES = {"t": 1, "N_": 1, "tn": 2}
"""The functions that take a message, and how many of their arguments it fills."""
LANGUAGES = ("en",)
HEADER = "# What gealc says, in another language. scripts/catalogues.py keeps the file; fill in the msgstr."


def main() -> int:
    check = "--check" in sys.argv
    found = extracted()
    faults = [fault for language in LANGUAGES for fault in update(language, found, check=check)]
    print("\n".join(faults) or "catalogues are complete")
    return 1 if faults else 0


def extracted() -> Catalog:
    """All messages in the code."""
    catalogue = Catalog(project="gealc_tui", version="", charset="utf-8")
    for path in sorted((ROOT / "gealc_tui").rglob("*.py")):
        for message in _messages(path):
            catalogue.add(message)
    return catalogue


def _messages(path: Path) -> Iterator[str | tuple[str, ...]]:
    """The messages of a file. Babel's own extractor does not see those inside f-strings before Python 3.12."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MESSAGES:
            words = [one.value for one in node.args[: MESSAGES[node.func.id]] if isinstance(one, ast.Constant)]
            if len(words) == MESSAGES[node.func.id]:
                yield words[0] if len(words) == 1 else tuple(words)


def update(language: str, found: Catalog, *, check: bool) -> list[str]:
    """Merges the messages into a language's catalogue; returns what is wrong with it."""
    folder = LOCALES / language / "LC_MESSAGES"
    source, compiled = folder / "gealc.po", folder / "gealc.mo"
    catalogue = Catalog(locale=language, project="gealc_tui", charset="utf-8", fuzzy=False)
    if source.exists():
        with source.open("rb") as file:
            catalogue = read_po(file, locale=language)
    catalogue.project, catalogue.version, catalogue.header_comment = "gealc_tui", "", HEADER
    catalogue.msgid_bugs_address, catalogue.last_translator, catalogue.language_team = "", "", language
    catalogue.update(found, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    # Dates would make every run differ from the last.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    faults = [
        f"{language}: no translation of {message.id!r}"
        for message in catalogue
        if message.id and not _done(message.string)
    ]
    faults += [f"{language}: {error}" for message in catalogue for error in message.check(catalogue)]
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    if check:
        if not compiled.exists() or compiled.read_bytes() != binary.getvalue():
            faults.append(f"{language}: gealc.mo is not in step; run scripts/catalogues.py")
    else:
        folder.mkdir(parents=True, exist_ok=True)
        with source.open("wb") as file:
            write_po(file, catalogue, width=110, sort_output=True, omit_header=False, include_lineno=False)
        compiled.write_bytes(binary.getvalue())
    return faults


def _done(translation: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(translation) and (isinstance(translation, str) or all(translation))


if __name__ == "__main__":
    sys.exit(main())
