"""The catalogues: what is said in Spanish is said in each language, with the same facts."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message

from gealc_tui import errors, i18n
from gealc_tui.documents.plan_document import Expected, ObservationKind
from gealc_tui.domain.permissions import Right
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
from gealc_tui.sync.envelope import known

SCRIPT = Path(__file__).parents[2] / "scripts" / "catalogues.py"

OTHERS = tuple(one for one in i18n.LANGUAGES if one != i18n.SOURCE)

SPANISH = {
    "en": r"\b(el|la|los|las|de|del|que|con|por|para|una?|sin|se|su|está|cambios?|actividad(es)?|archivos?|estado|plazo"
    r"|diferencias?|notas?|copia|persona|nombre|país|base|línea)\b|[áéíóúñ¿¡«»]",
    "pt": r"\b(el|los|del|y|con|una|unos|sin|hay|ya|todavía|cambios?|actividad(es)?|archivos?|estado|plazo"
    r"|diferencias?|reunión|nombre|línea|ningún|quién|cuál)\b|[ñ¿¡«»]",
    "fr": r"\b(el|los|con|una|por|para|sin|hay|todavía|cambios?|actividad(es)?|archivos?|estado|plazo|diferencias?"
    r"|notas?|copia|persona|país|línea)\b|[áíóúñ¿¡“”]",
}
"""For each language, Spanish words that are not words of it too, and letters and marks that it does not use."""

QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\bDel\b")
"""What the official document says: it is in Spanish in every language. And the name of a key."""


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


@pytest.fixture(scope="module", params=OTHERS)
def catalogue(request: pytest.FixtureRequest, script: ModuleType) -> Catalog:
    """The catalogue of each language, one after the other."""
    read: Catalog = script.read(request.param)
    return read


def code_of(catalogue: Catalog) -> str:
    """The language of a catalogue, as the program names it."""
    return str(catalogue.locale).partition("_")[0]


@pytest.fixture(params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in force, one after the other."""
    i18n.use(request.param)
    yield request.param
    i18n.use(i18n.SOURCE)


def spoken(catalogue: Catalog) -> list[Message]:
    """The messages without the header."""
    return [message for message in catalogue if message.id]


# --- the catalogue as a file -----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_in_the_code_is_said_in_each_language_and_the_compiled_catalogue_is_in_step(
    script: ModuleType, found: Catalog, code: str
):
    assert script.update(code, found, check=True) == []
    assert script.missing(code) == {}


def test_the_languages_of_the_catalogues_are_those_of_the_program(script: ModuleType):
    assert tuple(script.LANGUAGES) == OTHERS


def test_nothing_stands_in_the_catalogue_that_the_code_does_not_say(catalogue: Catalog, found: Catalog):
    assert {str(message.id) for message in spoken(catalogue)} == {str(message.id) for message in spoken(found)}
    assert not catalogue.obsolete


def test_messages_inside_other_strings_are_found(script: ModuleType, tmp_path: Path):
    code = tmp_path / "code.py"
    code.write_text("""f"{a}: {t('Uno')} {tn('{n} dos', '{n} doses', 2)}"\nN_("Tres")\nt(found)\n""", encoding="utf-8")
    assert set(script._messages(code)) == {"Uno", ("{n} dos", "{n} doses"), "Tres"}


@pytest.mark.parametrize("code", OTHERS)
def test_a_missing_translation_is_a_fault(script: ModuleType, code: str):
    more = Catalog()
    more.add("Esto no lo dice nadie")
    assert any("Esto no lo dice nadie" in fault for fault in script.update(code, more, check=True))


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (Message("De {who}", ""), "no translation"),
        (Message("De {who}", "From {whom}"), "does not tell the facts"),
        (Message("De {who}", "From {who"), "does not tell the facts"),
        (Message("falta: %s", "missing"), "does not tell the facts"),
        (Message(("{n} día", "{n} días"), ("{n} day", "")), "no translation"),
        (Message(("{n} día", "{n} días"), ("{n} day", "days")), "does not tell the facts"),
        (Message(("{n} día", "{n} días"), "{n} day"), "1 forms"),
        (Message("De {who}", "From {who}", flags=("fuzzy",)), "doubtful"),
        (Message("De {who}", "From {who}"), None),
    ],
)
def test_what_is_wrong_with_a_translation_is_found(script: ModuleType, message: Message, fault: str | None):
    faults = script.faults_of(message)
    assert [fault in one for one in faults] == [True] if fault else faults == []


def test_what_is_missing_goes_out_as_a_list_and_comes_back_filled_in(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(script, "LOCALES", tmp_path)
    assert script.main(["--missing", "fr"]) == 0
    blanks = json.loads(capsys.readouterr().out)
    assert (blanks["hoy"], blanks["{n} día"]) == ("", ["", ""])
    assert not set(blanks) & set(countries.NAMES.values()), "countries' names come by themselves"
    given = tmp_path / "given.json"
    given.write_text(json.dumps({"hoy": "aujourd'hui", "{n} día": ["{n} jour", "{n} jours"], "nadie": "x"}), "utf-8")
    assert script.main(["--fill", "fr", str(given)]) == 1
    assert "the code does not say 'nadie'" in capsys.readouterr().out
    assert set(blanks) - set(script.missing("fr")) == {"hoy", "{n} día"}


def test_the_header_names_nobody_and_holds_no_blanks_to_fill_in(catalogue: Catalog):
    header = catalogue.header_comment + str(catalogue.mime_headers)
    assert not re.search(r"FIRST AUTHOR|FULL NAME|EMAIL|ORGANIZATION|@|VERSION'", header)
    assert catalogue.project == "gealc_tui"


def test_a_language_that_no_native_reader_has_checked_says_so(catalogue: Catalog):
    assert ("Nobody who grew up" in catalogue.header_comment) == (code_of(catalogue) in ("pt", "fr"))


# --- the translations ------------------------------------------------------------------------------------------


def test_messages_that_count_have_both_forms_and_tell_the_number(script: ModuleType, catalogue: Catalog):
    counting = [message for message in spoken(catalogue) if message.pluralizable]
    assert counting
    for message in counting:
        assert len(script.forms(message.string)) == catalogue.num_plurals == 2
        assert all("{n}" in text for text in script.forms(message.id) + script.forms(message.string)), message.id


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, ["0 cambios", "0 changes", "0 alteração", "0 modification"]),
        (1, ["1 cambio", "1 change", "1 alteração", "1 modification"]),
        (2, ["2 cambios", "2 changes", "2 alterações", "2 modifications"]),
        (
            12_345,
            ["12\u00a0345 cambios", "12,345 changes", "12.345 alterações", "12\u00a0345 modifications"],
        ),
    ],
)
def test_none_is_singular_in_portuguese_and_french_and_plural_elsewhere(n: int, said: list[str]):
    heard = []
    for language in i18n.LANGUAGES:
        i18n.use(language)
        heard.append(i18n.tn("{n} cambio", "{n} cambios", n))
    assert heard == said


def test_no_spanish_is_left_in_other_languages(script: ModuleType, catalogue: Catalog):
    names = set(countries.NAMES.values())
    spanish = re.compile(SPANISH[code_of(catalogue)], re.IGNORECASE)
    left = {
        text: spanish.findall(QUOTED.sub("", text))
        for message in spoken(catalogue)
        if message.id not in names
        for text in script.forms(message.string)
        if spanish.search(QUOTED.sub("", text))
    }
    assert left == {}


def test_marks_and_spaces_at_the_ends_are_kept(script: ModuleType, catalogue: Catalog):
    for message in spoken(catalogue):
        for spanish, text in zip(script.forms(message.id), script.forms(message.string), strict=True):
            assert re.findall("[○≈●■×≠…·→]", spanish) == re.findall("[○≈●■×≠…·→]", text), spanish
            assert text.strip() == text.strip("\n") or spanish != spanish.strip(), spanish
            assert (text[-1] == ".") == (spanish[-1] == "."), spanish


def test_quotation_marks_are_those_of_the_language(script: ModuleType, catalogue: Catalog):
    wrong = {"en": "[«»]", "pt": "[«»]", "fr": r"[“”]|«(?!\u00a0)|(?<!\u00a0)»| [:;?!](?= |$)"}[code_of(catalogue)]
    texts = [text for message in spoken(catalogue) for text in script.forms(message.string)]
    assert [text for text in texts if re.search(wrong, text)] == []


WORDS = {
    "Pendiente": ("Not started", "Não iniciada", "Non commencée"),
    "En curso": ("In progress", "Em andamento", "En cours"),
    "Cumplida": ("Completed", "Concluída", "Réalisée"),
    "Suspendida": ("On hold", "Suspensa", "Suspendue"),
    "Cancelada": ("Cancelled", "Cancelada", "Annulée"),
    "Vencida": ("Overdue", "Vencida", "Échue"),
    "Por vencer": ("Due soon", "A vencer", "À échéance proche"),
    "Sin reporte": ("No report", "Sem relato", "Sans compte rendu"),
    "Punto focal": ("Focal point", "Ponto focal", "Point focal"),
    "Secretaría Técnica": ("Technical Secretariat", "Secretaria Técnica", "Secrétariat technique"),
    "Comité Ejecutivo": ("Executive Committee", "Comitê Executivo", "Comité exécutif"),
    "Responsable": ("Lead", "Responsável", "Responsable"),
    "Plazo": ("Due date", "Prazo", "Échéance"),
    "Lugar": ("Place", "Local", "Lieu"),
    "De carácter anual": ("Year-round", "De caráter anual", "À caractère annuel"),
    "Primer semestre": ("First half-year", "Primeiro semestre", "Premier semestre"),
    "Área de trabajo": ("Work area", "Área de trabalho", "Domaine de travail"),
    "Medio de verificación": ("Means of verification", "Meio de verificação", "Moyen de vérification"),
    "Nota oficial": ("Official note", "Nota oficial", "Note officielle"),
    "Acuerdo": ("Agreement", "Acordo", "Accord"),
    "Preparar envío": ("Prepare to send", "Preparar envio", "Préparer un envoi"),
}
"""The words of the field (es, en, pt, fr), by the Spanish one."""


def test_the_words_of_the_field():
    for place, language in enumerate(OTHERS):
        i18n.use(language)
        assert {spanish: i18n.t(spanish) for spanish in WORDS} == {one: said[place] for one, said in WORDS.items()}


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
    said = []
    for language in i18n.LANGUAGES:
        i18n.use(language)
        said.append(tuple(labels.status_label(code) for code in Status))
    assert len(set(said)) == len(i18n.LANGUAGES)


def test_every_country_and_body_has_a_name(language: str):
    for code in COUNTRIES:
        assert labels.lead_name(code) not in ("", code)
    names = {"OAS", "IDB"} if language == "en" else {"OEA", "BID"}
    assert {labels.lead_name(code) for code in BODIES} == names


def test_countries_are_called_as_in_the_cldr(language: str):
    from babel import Locale

    territories = Locale(language).territories
    assert {code: labels.country_name(code) for code in COUNTRIES} == {code: territories[code] for code in COUNTRIES}
    assert set(COUNTRIES) == set(countries.NAMES)


def test_a_country_is_found_by_its_name_in_any_language(language: str):
    assert labels.country_by_name("brasil") == labels.country_by_name("BRAZIL") == "BR"
    assert i18n.language() == language


# --- errors ----------------------------------------------------------------------------------------------------

REASONS = ("missing", "exists", "folder", "permission", "full", "too_large", "encoding", "other")
EXPECTED = ("country", "date", "clear_date", "status", "period", "role", "percent", "count", "flag", "line", "email")
DATABASE = {"path": "/home/ana/gealc.db", "detail": "disk I/O error"}
REPLICA = "6btlkfvb4ghe3twbqqrupfdwdy"

EXAMPLES: list[errors.GealcError] = [
    errors.NotFound(ref="9.9.9"),
    errors.DayUnknown(day="2019-05-17"),
    errors.NotUnderstoodHere(),
    errors.MomentUnknown(ref="xyz"),
    errors.CodeIsAmbiguous(ref="3.2.4", matches=[("2019/3.2.4", "Taller"), ("2019/3.2.4-2", "Guía")]),
    errors.ReferenceIsAmbiguous(ref="2019/3.1.1", matches=[("activity/2019/3.1.1", "Taller"), ("area/x", "Guía")]),
    errors.PlanUnknown(ref="2031"),
    errors.PlanIsAmbiguous(ref="2020", matches=[("2020", "Plan"), ("otro", "Plan")]),
    errors.YearUnexpected(year=2031),
    *(errors.PlanCannotGo(plan="2020", reason=one) for one in ("left", "written")),
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
    errors.CannotWithdraw(entity="note/1"),
    errors.NotDeleted(ref="2019/3.1.1"),
    *(errors.CannotMove(reason=reason) for reason in ("itself", "withdrawn", "plan", "area", "nowhere")),
    errors.ReasonMissing(),
    *(errors.NotYourFunction(kind="activity", field="title", what="3.6.1", right=right) for right in Right),
    errors.PlanIsClosed(plan="Plan de trabajo 2019"),
    *(
        errors.PlanIsNotThere(plan="Plan de trabajo 2019", state="draft", wanted=wanted)
        for wanted in ("propose", "approve", "close", "reopen")
    ),
    errors.FormUnknown(name="board", form="xlsx", forms=("text", "md")),
    errors.FormMissing(form="pdf"),
    errors.NoBaseline(plan="Plan de trabajo 2019"),
    errors.RoleIsNotYours(role="secretariat"),
    errors.NoOccurrence(number=7),
    errors.OccurrenceIsHeld(number=2, day="2019-03-01"),
    errors.DependsInCircle(ref="3.4.4", on="3.4.3"),
    errors.PeriodIsClosed(period="S1"),
    errors.PeriodIsOpen(period="S2"),
    errors.LateUnknown(ref="k7"),
    errors.ProposalUnknown(ref="k7"),
    errors.ProposalIsSettled(proposal="k7mz", state="accepted"),
    errors.ProposalIsNotYours(proposal="k7mz"),
    errors.ProposalUnusable(proposal="k7mz"),
    errors.AlreadySo(kind="activity", field="title", what="3.6.1"),
    errors.ValueTooDeep(),
    errors.DifferenceChanged(entity="activity/2019/3.1.1", field="due"),
    errors.NothingToSettle(),
    errors.AuthorUnclear(ref="Luis"),
    errors.NoIdentity(),
    errors.NoTerminal(),
    errors.IdentityLost(replica=REPLICA),
    errors.PersonUnknown(replica="zzz"),
    errors.NotAccepted(replica=REPLICA),
    errors.CannotBlockSelf(),
    errors.NotBlocked(replica=REPLICA),
    errors.DatabaseLost(path="/home/ana/gealc.db", folder="/home/ana/respaldos", copies=3, keys=1),
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
    errors.NothingPlanned(),
    errors.CityIsUnclear(city="San Juan", choices=("San Juan, Argentina", "San Juan, Puerto Rico")),
    errors.OutlookWrapped(reason="outlook", line=0),
    errors.ArchiveEncrypted(reason="encrypted", line=0),
    errors.BackupFailed(path="/tmp/respaldos", reason="full"),
    errors.SheetUnknown(name="Notas", names=("Hoja1", "Hoja2")),
    errors.SheetUnknown(name="", names=()),
    errors.ColumnsUnknown(said="A=x", names=("code", "title")),
    errors.ColumnsUnknown(said="", names=()),
    errors.PlanNotHere(plan="2018"),
    errors.PlanNotInView(plan="2020"),
    *(errors.FileUnreadable(path="/tmp/plan.txt", reason=one) for one in REASONS),
    *(errors.FileUnwritable(path="/tmp/plan.txt", reason=one) for one in REASONS),
    *(errors.DocumentUnreadable(12, one, "2) Otra cosa") for one in Expected),
    errors.NoPlan(),
    errors.Stopped(),
    errors.ProgramReplaced(),
    errors.ProgramFailed(report="/home/ana/gealc/fallo.txt"),
    errors.ProgramFailed(report=""),
    errors.FolderNotEmpty(path="/tmp/demo"),
    errors.PortTaken(port=8019),
    errors.ClipboardUnread(),
    errors.BrowserMissing(),
    errors.BeyondThisMachine(host="0.0.0.0"),
    *(errors.EditorMissing(command=one) for one in ("", "nano -w")),
    *(errors.EditorFailed(reason=one, path="/tmp/nota.txt") for one in ("too_large", "other")),
    *(errors.EditorFailed(reason=one) for one in ("status", "lost")),
    errors.NotAChangeFile(reason="damaged", line=3),
    errors.NotAChangeFile(reason="format", line=0),
    errors.CutOff(line=41),
    errors.Altered(part="digest"),
    errors.Forged(replica=REPLICA),
    *(errors.TooLarge(limit=one) for one in ("bytes", "depth", "integer", "text", "count")),
    errors.NewerFormat(version=2, readable=1),
    *(errors.OtherFormat(reason="other", line=0, kind=one, detail="") for one in known.ORDER if one != "zip"),
    errors.OtherFormat(reason="other", line=0, kind="zip", detail="LZMA"),
    errors.GateFault(kind="RecursionError", place="sync/bundle.py:1", log="fallas.log"),
    *(
        kind(**DATABASE)
        for kind in (
            errors.DatabaseLocked,
            errors.DatabaseReadOnly,
            errors.DatabaseCorrupt,
            errors.DatabaseAltered,
            errors.NotADatabase,
            errors.DatabaseCannotOpen,
            errors.DatabaseReplaced,
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
    errors.DatabaseAltered: {"path", "detail"},
    errors.IdentityLost: {"replica"},
    errors.ChangedSince: {"entity"},
    errors.OtherFormat: {"kind"},
    errors.GateFault: {"place"},
    errors.DifferenceChanged: {"entity"},
    errors.DiskFull: {"path"},
    errors.MeetingIsOpen: {"meeting"},
    errors.MeetingIsNotOpen: {"meeting"},
    errors.MeetingNotPlanned: {"meeting"},
}
"""Facts that the sentence leaves out on purpose."""


ENDING_IN_A_LIST = (
    errors.CodeIsAmbiguous,
    errors.SheetUnknown,
    errors.ColumnsUnknown,
    errors.PlanNotInView,
    errors.ReferenceIsAmbiguous,
    errors.PlanIsAmbiguous,
    errors.CarrierMissing,
    errors.FormMissing,
    errors.PortTaken,
)


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
    assert said.endswith(".") or isinstance(error, ENDING_IN_A_LIST)


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
    spelled = {
        "reason",
        "expected",
        "limit",
        "choices",
        "matches",
        "day",
        "kind",
        "right",
        "state",
        "wanted",
        "period",
        "forms",
        "names",
        "role",
    }
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
