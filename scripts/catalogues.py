"""The catalogues of the interface: `uv run python scripts/catalogues.py` brings them up to date.

Extracts the Spanish words from the code, merges them into each language's `.po`, and compiles the `.mo` that the
program reads. Countries' names are not translated by anybody: they come from the Unicode CLDR (Babel).

    --check              writes nothing; fails if a message is missing, doubtful, says other facts or is not compiled
    --missing LANG       prints what is not said yet in a language, as JSON: {"Spanish": ""}, {"one": ["", ""]}
    --fill LANG FILE     takes such a JSON file back, filled in

A message that counts has two forms; Portuguese and French say the first of them for none and for one.
"""

from __future__ import annotations

import ast
import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "gealc_tui" / "i18n" / "locale"
COUNTRIES = ROOT / "gealc_tui" / "i18n" / "countries.py"
MESSAGES = {"t": 1, "N_": 1, "tn": 2}
"""The functions that take a message, and how many of their arguments it fills."""

LANGUAGES = {"en": "en", "pt": "pt_BR", "fr": "fr"}
"""The languages, and where each is spoken: there Portuguese has one form for none and for one, as French has."""

_KEPT = "# What gealc says, in another language. scripts/catalogues.py keeps the file; fill in the msgstr."
_UNREAD = (
    "\n#\n# Nobody who grew up with this language has read these words yet. Somebody should, before they are relied"
    "\n# on: the field's own terms (statuses, minutes, roles) first."
)
HEADERS = {"en": _KEPT, "pt": _KEPT + _UNREAD, "fr": _KEPT + _UNREAD}

Texts = str | tuple[str, ...] | list[str]


def main(arguments: list[str]) -> int:
    match arguments:
        case [] | ["--check"]:
            found = extracted()
            check = bool(arguments)
            faults = [fault for language in LANGUAGES for fault in update(language, found, check=check)]
        case ["--missing", language] if language in LANGUAGES:
            print(json.dumps(missing(language), ensure_ascii=False, indent=1))
            return 0
        case ["--fill", language, file] if language in LANGUAGES:
            given = json.loads(Path(file).read_text(encoding="utf-8"))
            faults = unknown(given) + update(language, extracted(), check=False, given=given)
        case _:
            print(__doc__)
            return 2
    print("\n".join(faults) or "catalogues are complete")
    return 1 if faults else 0


# --- what the code says ----------------------------------------------------------------------------------------


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


def country_names(language: str) -> dict[str, str]:
    """By the Spanish name of each country the one in a language, as the CLDR has it."""
    territories = Locale.parse(LANGUAGES[language]).territories
    names = {}
    for node in ast.walk(ast.parse(COUNTRIES.read_bytes())):
        if isinstance(node, ast.Dict):
            for code, name in zip(node.keys, node.values, strict=True):
                if isinstance(code, ast.Constant) and isinstance(name, ast.Call):
                    (spanish,) = (one.value for one in name.args if isinstance(one, ast.Constant))
                    names[spanish] = territories[code.value]
    return names


# --- a language's catalogue --------------------------------------------------------------------------------------


def read(language: str) -> Catalog:
    """A language's catalogue as it lies there; an empty one if there is none yet."""
    source = LOCALES / language / "LC_MESSAGES" / "gealc.po"
    if not source.exists():
        return Catalog(locale=LANGUAGES[language], project="gealc_tui", charset="utf-8", fuzzy=False)
    with source.open("rb") as file:
        return read_po(file, locale=LANGUAGES[language])


def missing(language: str) -> dict[str, str | list[str]]:
    """What is not said yet, by the Spanish singular: an empty text, or one for each form."""
    catalogue = merged(language, extracted())
    blanks: dict[str, str | list[str]] = {}
    for message in catalogue:
        if message.id and not _done(message.string):
            blanks[_key(message)] = "" if isinstance(message.id, str) else ["", ""]
    return blanks


def unknown(given: dict[str, Texts]) -> list[str]:
    """What is given for messages that the code does not say, as faults."""
    known = {_key(message) for message in extracted() if message.id}
    return [f"the code does not say {key!r}" for key in given if key not in known]


def merged(language: str, found: Catalog, given: dict[str, Texts] | None = None) -> Catalog:
    """The catalogue of a language with all messages of the code, and with the words that are given for some."""
    catalogue = read(language)
    catalogue.project, catalogue.version, catalogue.header_comment = "gealc_tui", "", HEADERS[language]
    catalogue.msgid_bugs_address, catalogue.last_translator, catalogue.language_team = "", "", language
    catalogue.update(found, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    # Dates would make every run differ from the last.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    names = country_names(language)
    for message in catalogue:
        key = _key(message)
        if key in names:
            message.string = names[key]
        elif given and given.get(key):
            words = given[key]
            message.string = words if isinstance(words, str) else tuple(words)
    return catalogue


def update(language: str, found: Catalog, *, check: bool, given: dict[str, Texts] | None = None) -> list[str]:
    """Merges the messages into a language's catalogue; returns what is wrong with it."""
    folder = LOCALES / language / "LC_MESSAGES"
    source, compiled = folder / "gealc.po", folder / "gealc.mo"
    catalogue = merged(language, found, given)
    faults = [f"{language}: {fault}" for message in catalogue if message.id for fault in faults_of(message)]
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


def faults_of(message: Message) -> list[str]:
    """What is wrong with one message: not said, doubtful, a form too few, other facts than in Spanish."""
    if not _done(message.string):
        return [f"no translation of {message.id!r}"]
    faults = [f"a doubtful translation of {message.id!r}"] if message.fuzzy else []
    spanish, said = forms(message.id), forms(message.string)
    if len(spanish) != len(said):
        return [*faults, f"{len(said)} forms of {message.id!r}"]
    wanted = {str(facts(text)) for text in spanish}
    return faults + [
        f"{text!r} does not tell the facts of {message.id!r}" for text in said if str(facts(text)) not in wanted
    ]


def forms(texts: Texts) -> list[str]:
    """One form, or singular and plural."""
    return [texts] if isinstance(texts, str) else list(texts)


def facts(text: str) -> tuple[list[str], list[str]]:
    """The names in braces, and argparse's names and places. A text whose braces cannot be read has none like it."""
    try:
        braces = sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        braces = [text]
    return braces, sorted(re.findall(r"%(?:\(\w+\))?[srd]", text))


def _key(message: Message) -> str:
    """The Spanish text, or its singular."""
    return forms(message.id)[0]


def _done(translation: Texts | None) -> bool:
    return bool(translation) and (isinstance(translation, str) or all(translation))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
