"""The catalogues: what is said in Spanish is said in English, with the same facts."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from gealc_tui import errors, i18n
from gealc_tui.documents.plan_document import Expected, ObservationKind
from gealc_tui.domain.vocabulary import (
    BODIES,
    COUNTRIES,
    Alert,
    ItemKind,
    MeetingBody,
    MeetingState,
    Period,
    Role,
    Status,
    Trust,
)
from gealc_tui.i18n import countries, labels
from gealc_tui.i18n.sentences import sentence

SCRIPT = Path(__file__).parents[2] / "scripts" / "catalogues.py"

SPANISH = re.compile(
    r"\b(el|la|los|las|de|del|que|con|por|para|una?|sin|se|su|está|cambios?|actividad(es)?|archivos?|estado|plazo"
    r"|diferencias?|notas?|copia|persona|nombre|país|base|línea)\b|[áéíóúñ¿¡«»]",
    re.IGNORECASE,
)
"""Spanish words that are not English words too, and letters and marks that English does not use."""
SAME_IN_ENGLISH = {"database"}

QUOTED = re.compile("“[^”]*”")
"""In English texts, what the official document says: it is in Spanish in every language."""


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """scripts/catalogues.py, which is no module of the program."""
    spec = importlib.util.spec_from_file_location("catalogues", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def found(script: ModuleType) -> Catalog:
    """All messages in the code."""
    catalogue: Catalog = script.extracted()
    return catalogue


@pytest.fixture(scope="module")
def english(script: ModuleType) -> Catalog:
    with (script.LOCALES / "en" / "LC_MESSAGES" / "gealc.po").open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in force, one after the other."""
    i18n.use(request.param)
    yield request.param
    i18n.use(i18n.SOURCE)


def spoken(catalogue: Catalog) -> list[Message]:
    """The messages without the header."""
    return [message for message in catalogue if message.id]


def forms(texts: str | tuple[str, ...] | list[str]) -> list[str]:
    """One form, or singular and plural."""
    return [texts] if isinstance(texts, str) else list(texts)


def facts(text: str) -> tuple[list[str], list[str]]:
    """The names in braces, and argparse's names and places."""
    braces = sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    return braces, sorted(re.findall(r"%(?:\(\w+\))?[srd]", text))


# --- the catalogue as a file -----------------------------------------------------------------------------------


def test_every_message_in_the_code_is_in_english_and_the_compiled_catalogue_is_in_step(
    script: ModuleType, found: Catalog
):
    assert script.update("en", found, check=True) == []


def test_nothing_stands_in_the_catalogue_that_the_code_does_not_say(english: Catalog, found: Catalog):
    assert {str(message.id) for message in spoken(english)} == {str(message.id) for message in spoken(found)}
    assert not english.obsolete


def test_messages_inside_other_strings_are_found(script: ModuleType, tmp_path: Path):
    code = tmp_path / "code.py"
    code.write_text("""f"{a}: {t('Uno')} {tn('{n} dos', '{n} doses', 2)}"\nN_("Tres")\nt(found)\n""", encoding="utf-8")
    assert set(script._messages(code)) == {"Uno", ("{n} dos", "{n} doses"), "Tres"}


def test_a_missing_translation_is_a_fault(script: ModuleType):
    more = Catalog()
    more.add("Esto no lo dice nadie")
    assert any("Esto no lo dice nadie" in fault for fault in script.update("en", more, check=True))


def test_the_header_names_nobody_and_holds_no_blanks_to_fill_in(english: Catalog):
    header = english.header_comment + str(english.mime_headers)
    assert not re.search(r"FIRST AUTHOR|FULL NAME|EMAIL|ORGANIZATION|@|VERSION'", header)
    assert english.project == "gealc_tui"


def test_no_translation_is_doubtful(english: Catalog):
    assert not [message.id for message in spoken(english) if message.fuzzy]


# --- the translations ------------------------------------------------------------------------------------------


def test_facts_are_the_same_on_both_sides(english: Catalog):
    for message in spoken(english):
        wanted = {str(facts(text)) for text in forms(message.id)}
        assert {str(facts(text)) for text in forms(message.string)} == wanted, message.id


def test_messages_that_count_have_both_forms_and_tell_the_number(english: Catalog):
    counting = [message for message in spoken(english) if message.pluralizable]
    assert counting
    for message in counting:
        assert len(forms(message.string)) == english.num_plurals == 2
        assert all("{n}" in text for text in forms(message.id) + forms(message.string)), message.id


@pytest.mark.parametrize(
    ("n", "spanish", "in_english"),
    [(0, "0 cambios", "0 changes"), (1, "1 cambio", "1 change"), (2, "2 cambios", "2 changes")],
)
def test_one_is_singular_and_all_else_plural(n: int, spanish: str, in_english: str):
    said = {}
    for language in i18n.LANGUAGES:
        i18n.use(language)
        said[language] = i18n.tn("{n} cambio", "{n} cambios", n)
    assert said == {"es": spanish, "en": in_english}


def test_no_spanish_is_left_in_english_texts(english: Catalog):
    names = set(countries.NAMES.values())
    left = {
        text: SPANISH.findall(QUOTED.sub("", text))
        for message in spoken(english)
        if message.id not in names
        for text in forms(message.string)
        if SPANISH.search(QUOTED.sub("", text))
    }
    assert left == {}


def test_marks_and_spaces_at_the_ends_are_kept(english: Catalog):
    for message in spoken(english):
        for spanish, text in zip(forms(message.id), forms(message.string), strict=True):
            assert re.findall("[○≈●■×≠…·→]", spanish) == re.findall("[○≈●■×≠…·→]", text), spanish
            assert text.strip() == text.strip("\n") or spanish != spanish.strip(), spanish
            assert (text[-1] == ".") == (spanish[-1] == "."), spanish


def test_the_words_of_the_field(english: Catalog):
    said = {message.id: message.string for message in spoken(english)}
    for spanish, text in {
        "Pendiente": "Not started",
        "En curso": "In progress",
        "Cumplida": "Completed",
        "Suspendida": "On hold",
        "Cancelada": "Cancelled",
        "Vencida": "Overdue",
        "Por vencer": "Due soon",
        "Sin reporte": "No report",
        "Punto focal": "Focal point",
        "Responsable": "Lead",
        "Plazo": "Due date",
        "Lugar": "Place",
        "De carácter anual": "Year-round",
        "Primer semestre": "First half-year",
    }.items():
        assert said[spanish] == text


# --- labels ----------------------------------------------------------------------------------------------------


def test_every_code_of_a_closed_list_has_a_label(language: str):
    for label, codes in (
        (labels.status_label, Status),
        (labels.period_label, Period),
        (labels.role_label, Role),
        (labels.alert_label, Alert),
        (labels.trust_label, Trust),
        (labels.body_label, MeetingBody),
        (labels.state_label, MeetingState),
        (labels.item_label, ItemKind),
        (labels.observation_label, ObservationKind),
    ):
        said = [label(code) for code in codes]
        assert len(set(said)) == len(said)
        assert all(said)
        # Codes are English words, and may be the very word in English ("accepted").
        assert language == "en" or not set(said) & {code.value for code in codes}


def test_labels_differ_between_the_languages():
    said = {}
    for language in i18n.LANGUAGES:
        i18n.use(language)
        said[language] = [labels.status_label(code) for code in Status] + [labels.trust_label(code) for code in Trust]
    assert not set(said["es"]) & set(said["en"])


def test_every_country_and_body_has_a_name(language: str):
    for code in COUNTRIES:
        assert labels.lead_name(code) not in ("", code)
    names = {"es": {"OEA", "BID"}, "en": {"OAS", "IDB"}}
    assert {labels.lead_name(code) for code in BODIES} == names[language]


def test_countries_are_called_in_english_as_in_the_cldr():
    from babel import Locale

    i18n.use("en")
    assert {code: labels.country_name(code) for code in COUNTRIES} == {
        code: Locale("en").territories[code] for code in COUNTRIES
    }


def test_a_country_is_found_by_its_name_in_any_language(language: str):
    assert labels.country_by_name("brasil") == labels.country_by_name("BRAZIL") == "BR"
    assert i18n.language() == language


# --- errors ----------------------------------------------------------------------------------------------------

REASONS = ("missing", "exists", "folder", "permission", "full", "too_large", "encoding", "other")
EXPECTED = ("country", "date", "status", "period", "role", "percent", "count", "flag", "line")
DATABASE = {"path": "/home/ana/gealc.db", "detail": "disk I/O error"}
REPLICA = "6btlkfvb4ghe3twbqqrupfdwdy"

EXAMPLES: list[errors.GealcError] = [
    errors.NotFound(ref="9.9.9"),
    errors.CodeIsAmbiguous(ref="3.2.4", matches=[("2019/3.2.4", "Taller"), ("2019/3.2.4-2", "Guía")]),
    *(errors.ValueRefused(field="due", value="mañana", expected=one) for one in EXPECTED),
    errors.FieldUnknown(field="colour", choices=("title", "due")),
    errors.FieldUnknown(field="colour", choices=()),
    errors.TextEmpty(),
    errors.TextTooLong(length=20_001, longest=20_000),
    errors.TextHasControlCharacters(position=7),
    errors.NothingToUndo(),
    errors.NothingToRedo(),
    errors.ChangedSince(entity="activity/2019/3.1.1", field="due", name="Luis"),
    errors.ChangedSince(entity="activity/2019/3.1.1", field="due", name=""),
    errors.NotADifference(ref="2019/3.1.1", field="due"),
    errors.DifferenceChanged(entity="activity/2019/3.1.1", field="due"),
    errors.NothingToSettle(),
    errors.AuthorUnclear(ref="Luis"),
    errors.NoIdentity(),
    errors.IdentityLost(replica=REPLICA),
    errors.PersonUnknown(replica="zzz"),
    errors.NotAccepted(replica=REPLICA),
    errors.CannotBlockSelf(),
    errors.BackupUnknown(ref="7"),
    *(
        errors.FolderUnreachable(place="/media/usb", reason=one)
        for one in ("missing", "not_a_folder", "permission", "credentials", "host_key", "offline", "full", "other")
    ),
    errors.FolderAddress(place="ftp://x", choices=("webdav", "sftp")),
    errors.CarrierMissing(scheme="sftp"),
    errors.MeetingIsOpen(meeting="ab12"),
    errors.MeetingIsNotOpen(meeting="ab12"),
    errors.MeetingNotPlanned(meeting="ab12"),
    errors.MeetingUnknown(),
    errors.OutlookWrapped(reason="outlook", line=0),
    errors.ArchiveEncrypted(reason="encrypted", line=0),
    errors.BackupFailed(path="/tmp/respaldos", reason="full"),
    *(errors.FileUnreadable(path="/tmp/plan.txt", reason=one) for one in REASONS),
    *(errors.FileUnwritable(path="/tmp/plan.txt", reason=one) for one in REASONS),
    *(errors.DocumentUnreadable(12, one, "2) Otra cosa") for one in Expected),
    errors.NotAChangeFile(reason="damaged", line=3),
    errors.NotAChangeFile(reason="format", line=0),
    errors.CutOff(line=41),
    errors.Altered(part="digest"),
    errors.Forged(replica=REPLICA),
    *(errors.TooLarge(limit=one) for one in ("bytes", "depth", "integer", "text", "count")),
    errors.NewerFormat(version=2, readable=1),
    *(
        kind(**DATABASE)
        for kind in (
            errors.DatabaseLocked,
            errors.DatabaseReadOnly,
            errors.DatabaseCorrupt,
            errors.NotADatabase,
            errors.DatabaseCannotOpen,
            errors.DatabaseNewer,
            errors.BackupDamaged,
            errors.DiskFull,
            errors.DiskFailed,
        )
    ),
]

ALONE = {errors.GealcError, errors.DatabaseError}
"""Nobody raises these themselves."""

UNSAID: dict[type, set[str]] = {
    errors.IdentityLost: {"replica"},
    errors.ChangedSince: {"entity"},
    errors.DifferenceChanged: {"entity"},
    errors.DiskFull: {"path"},
    errors.MeetingIsOpen: {"meeting"},
    errors.MeetingIsNotOpen: {"meeting"},
    errors.MeetingNotPlanned: {"meeting"},
}
"""Facts that the sentence leaves out on purpose."""


def kinds(of: type[errors.GealcError] = errors.GealcError) -> set[type[errors.GealcError]]:
    return {of}.union(*(kinds(kind) for kind in of.__subclasses__()))


def shown(error: errors.GealcError) -> str:
    return f"{type(error).__name__}-{'-'.join(str(fact) for fact in vars(error).values())}"[:40]


def test_every_kind_of_error_is_among_the_examples():
    ours = {kind for kind in kinds() if kind.__module__ == errors.__name__}
    assert {type(error) for error in EXAMPLES} == ours - ALONE


@pytest.mark.parametrize("error", EXAMPLES, ids=shown)
def test_an_error_is_a_sentence(error: errors.GealcError, language: str):
    said = sentence(error)
    assert type(error).__name__ not in said
    assert "{" not in said
    assert "}" not in said
    assert "None" not in said
    assert said[0] == said[0].upper()
    assert said.endswith(".") or isinstance(error, (errors.CodeIsAmbiguous, errors.CarrierMissing))


@pytest.mark.parametrize("error", EXAMPLES, ids=shown)
def test_an_error_is_said_otherwise_in_each_language(error: errors.GealcError):
    said = set()
    for language in i18n.LANGUAGES:
        i18n.use(language)
        said.add(sentence(error))
    assert len(said) == len(i18n.LANGUAGES)


def told(error: errors.GealcError) -> Iterator[str]:
    """The facts of an error that its sentence should hold literally."""
    facts: dict[str, Any] = {name: fact for name, fact in vars(error).items() if not name.startswith("_")}
    left_out = UNSAID.get(type(error), set())
    # Codes are spelled in words; what SQLite says is told only where nothing else is known.
    spelled = {"reason", "expected", "limit", "choices", "matches"}
    spelled |= set() if isinstance(error, errors.DiskFailed) else {"detail"}
    spelled |= set() if isinstance(error, (errors.FieldUnknown, errors.NotADifference)) else {"field"}
    for name, fact in facts.items():
        if name not in left_out | spelled and fact:
            yield fact[:8] if name == "replica" else str(fact)
    for id, title in facts.get("matches", ()):
        yield id
        yield title
    yield from facts.get("choices", ())


@pytest.mark.parametrize("error", EXAMPLES, ids=shown)
def test_a_sentence_tells_all_the_facts_of_its_error(error: errors.GealcError, language: str):
    said = sentence(error)
    assert [fact for fact in told(error) if fact not in said] == []


@pytest.mark.parametrize("kind", [errors.FileUnreadable, errors.FileUnwritable])
def test_each_reason_is_said_in_words_of_its_own(kind: type[errors.GealcError], language: str):
    said = {sentence(kind(path="x", reason=one)) for one in REASONS}
    assert len(said) == len(REASONS)
