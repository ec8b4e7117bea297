"""Setting the status and every field of an activity, from what a person types."""

from __future__ import annotations

import pytest

from gealc_tui import errors, i18n
from gealc_tui.commands import activities, fields
from gealc_tui.domain.entities import default_of, fits
from gealc_tui.domain.fields import FIELDS, FieldType
from gealc_tui.domain.limits import LONGEST_LINE, LONGEST_TEXT
from gealc_tui.domain.vocabulary import Status
from gealc_tui.i18n.labels import field_label, value_label

ACTIVITY = "2019/3.6.1"
ENTITY = f"activity/{ACTIVITY}"


@pytest.fixture
def replica(make_replica):
    return make_replica("Ana")


def shown(replica, field: str, entity: str = ENTITY):
    return replica.read.state_of(entity).get(field)


@pytest.mark.parametrize("status", list(Status))
def test_every_status_can_be_set(replica, status):
    activities.set_status(replica, ACTIVITY, Status.IN_PROGRESS)
    activities.set_status(replica, ACTIVITY, status)
    assert replica.read.activity(ACTIVITY, replica.today).row.status is status


def test_a_status_with_its_reason_is_one_change(replica):
    before = replica.read.history([ENTITY])
    activities.set_status(replica, ACTIVITY, Status.ON_HOLD, note="Sin respuesta")
    read = replica.read.activity(ACTIVITY, replica.today)
    assert [(one.text, one.official, one.author.name) for one in read.notes] == [("Sin respuesta", True, "Ana")]
    (change,) = replica.read.history([ENTITY])[len(before) :]
    assert {(one.before, one.after) for one in change.edits} == {("pending", "on_hold")}
    assert replica.read.history([f"note/{read.notes[0].id}"])[0].id == change.id


def test_a_status_that_stands_already_is_not_written_again(replica, whole):
    activities.set_status(replica, ACTIVITY, Status.DONE)
    before = whole(replica)
    assert activities.set_status(replica, ACTIVITY, Status.DONE) is None
    assert whole(replica) == before
    assert activities.set_status(replica, ACTIVITY, Status.DONE, note="De nuevo") is not None


def test_what_was_committed_is_told_with_before_and_after(replica):
    activities.set_status(replica, ACTIVITY, Status.IN_PROGRESS)
    made = activities.set_status(replica, ACTIVITY, Status.DONE)
    assert made.edits == ((ENTITY, "status", "in_progress", "done"),)


@pytest.mark.parametrize("note", ["", "  \n ", "x" * (LONGEST_TEXT + 1), "a\x1bb", "a\ud800"])
def test_a_reason_that_cannot_be_written_keeps_the_status_as_it_was(replica, whole, note):
    before = whole(replica)
    with pytest.raises((errors.TextEmpty, errors.TextTooLong, errors.TextHasControlCharacters)):
        activities.set_status(replica, ACTIVITY, Status.DONE, note=note)
    assert whole(replica) == before


@pytest.mark.parametrize("ref", ["9.9.9", "", "activity/", "2019/9.9", "note/x", "'; DROP TABLE logs; --"])
def test_an_activity_that_does_not_exist_is_named(replica, whole, ref):
    before = whole(replica)
    for act in (
        lambda: activities.set_status(replica, ref, Status.DONE),
        lambda: activities.set_field(replica, ref, "status", "done"),
        lambda: activities.activity_ref(replica, ref),
    ):
        with pytest.raises(errors.NotFound):
            act()
    assert whole(replica) == before


def test_a_code_that_is_printed_twice_is_ambiguous_and_each_id_is_not(replica):
    with pytest.raises(errors.CodeIsAmbiguous) as found:
        activities.activity_ref(replica, "3.2.4")
    assert sorted(id for id, _ in found.value.matches) == ["2019/3.2.4", "2019/3.2.4-2"]
    for id, _ in found.value.matches:
        assert activities.activity_ref(replica, id) == id
    assert activities.activity_ref(replica, "3.6.1") == ACTIVITY


SAMPLES = {
    **dict.fromkeys(FieldType, "x"),
    FieldType.STATUS: "done",
    FieldType.PERIOD: "S1",
    FieldType.LEAD: "UY",
    FieldType.LEADS: "UY PE",
    FieldType.DUE: "2019-08-15",
    FieldType.HAPPENED: "2019-08-15",
    FieldType.PERCENT: "7",
    FieldType.COUNT: "7",
    FieldType.FLAG: "true",
}

GOOD = [
    ("title", "  Título nuevo ", "Título nuevo"),
    ("period", "s2", "S2"),
    ("participants", "15 países", "15 países"),
    ("place", "Ciudad de Panama\u0301", "Ciudad de Panamá"),
    ("resources", "BPR", "BPR"),
    ("funder", "BID", "BID"),
    ("lead", "uy", "UY"),
    ("lead", "Perú", "PE"),
    ("lead", "oea", "OAS"),
    ("lead", "BID", "IDB"),
    ("co_leads", "uy; PE, OEA", ["OAS", "PE", "UY"]),
    ("co_leads", "UY,UY", ["UY"]),
    ("co_leads", "uy pe oea", ["OAS", "PE", "UY"]),
    ("co_leads", "Costa Rica, perú", ["CR", "PE"]),
    ("code", " 3.6.9 ", "3.6.9"),
    ("due", "2019-08-15", "2019-08-15"),
    ("due", "15/8/2019", "2019-08-15"),
    ("due", "01.02.2019", "2019-02-01"),
    ("status", "Done", "done"),
    ("progress", "0", 0),
    ("progress", " 40 % ", 40),
    ("progress", "100", 100),
    ("units_done", "3", 3),
    ("units_planned", "100000", 100_000),
]


@pytest.mark.parametrize(("field", "typed", "value"), GOOD)
def test_what_is_typed_is_what_it_means(replica, field, typed, value):
    activities.set_field(replica, ENTITY, field, typed)
    assert shown(replica, field) == value
    assert fits("activity", field, value)


def test_every_field_of_an_activity_has_been_tried():
    assert {field for field, _, _ in GOOD} == set(fields.settable("activity"))


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("period", "S3", errors.ValueRefused),
        ("lead", "Atlántida", errors.ValueRefused),
        ("co_leads", "UY, XX", errors.ValueRefused),
        ("due", "31/02/2019", errors.ValueRefused),
        ("due", "2019-2-3", errors.ValueRefused),
        ("due", "mañana", errors.ValueRefused),
        ("due", "２０１９-08-15", errors.ValueRefused),
        ("due", "00/00/0000", errors.ValueRefused),
        ("status", "terminada", errors.ValueRefused),
        ("progress", "101", errors.ValueRefused),
        ("progress", "-1", errors.ValueRefused),
        ("progress", "1.5", errors.ValueRefused),
        ("progress", "٤٠", errors.ValueRefused),
        ("progress", "9" * 5_000, errors.ValueRefused),
        ("units_done", "100001", errors.ValueRefused),
        ("title", "dos\nlíneas", errors.ValueRefused),
        ("title", "x" * (LONGEST_LINE + 1), errors.TextTooLong),
        ("title", " ", errors.TextEmpty),
        ("status", "", errors.TextEmpty),
        ("period", "", errors.TextEmpty),
        ("place", "a\x00b", errors.TextHasControlCharacters),
        ("place", "a\x1b[31m", errors.TextHasControlCharacters),
        ("place", "a\udc00", errors.TextHasControlCharacters),
        ("code", "3 3", errors.ValueRefused),
        ("code", "2019/3.3", errors.ValueRefused),
        ("code", "", errors.TextEmpty),
        ("deleted", "true", errors.FieldUnknown),
        ("id", "x", errors.FieldUnknown),
        ("colour", "red", errors.FieldUnknown),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason_and_changes_nothing(replica, whole, field, typed, error):
    before = whole(replica)
    with pytest.raises(error):
        activities.set_field(replica, ENTITY, field, typed)
    assert whole(replica) == before


@pytest.mark.parametrize("field", [one.name for one in FIELDS["activity"] if not one.is_required])
def test_an_empty_text_empties_a_field_that_may_be_empty(replica, field):
    typed = next(typed for name, typed, _ in GOOD if name == field)
    activities.set_field(replica, ENTITY, field, typed)
    activities.set_field(replica, ENTITY, field, "  ")
    assert shown(replica, field) is None
    default = default_of("activity", field)
    read = replica.read.activity(ACTIVITY, replica.today)
    now = getattr(read, field) if hasattr(read, field) else getattr(read.row, field)
    assert now == (tuple(default) if isinstance(default, list) else default)


@pytest.mark.parametrize(
    ("entity", "field", "typed", "value"),
    [
        ("area/2019/3.6", "title", "Otra área", "Otra área"),
        ("area/2019/3.6", "objective", "Uno.\r\nDos.", "Uno.\nDos."),
        ("product/2019/3.6.1/p1", "delivered", "2019-08-15", "2019-08-15"),
        ("product/2019/3.6.1/p1", "evidence", "https://ejemplo.org/x", "https://ejemplo.org/x"),
        ("product/2019/3.6.1/p1", "text", "Informe", "Informe"),
    ],
)
def test_areas_and_products_are_set_likewise(replica, entity, field, typed, value):
    if entity.startswith("product/"):
        entity = f"product/{replica.read.activity(ACTIVITY, replica.today).products[0].id}"
    activities.set_field(replica, entity, field, typed)
    assert shown(replica, field, entity) == value


def test_what_every_kind_takes_is_what_its_model_takes():
    for kind, described in FIELDS.items():
        for field in described:
            assert fits(kind, field.name, fields.parse(kind, field.name, SAMPLES[field.type])), (kind, field)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_field_has_a_label_and_its_value_is_told_in_words(language):
    i18n.use(language)
    unknown = field_label("activity", "of a newer version")
    for kind, described in FIELDS.items():
        for field in described:
            assert field_label(kind, field.name) not in ("", unknown), (kind, field)
            value = fields.parse(kind, field.name, SAMPLES[field.type])
            told = value_label(kind, field.name, value)
            if field.type not in (FieldType.LINE, FieldType.TEXT, FieldType.CODE, FieldType.COUNT):
                assert told != str(value), (kind, field)


def test_a_text_is_stored_composed_and_with_plain_line_ends():
    assert fields.clean("Pana\u0301\r\ny\rz\t") == "Paná\ny\nz\t"


def test_a_text_that_grows_when_it_is_composed_is_refused_or_shown():
    """U+0958 becomes two characters in NFC: what was short enough is not any more."""
    text = "\u0958" * LONGEST_TEXT
    try:
        kept = fields.parse("note", "text", text)
    except errors.TextTooLong:
        return
    assert fits("note", "text", kept)
