"""Strict when people write, total when the log is read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gealc_tui.domain.entities import (
    ENTITIES,
    LONGEST_LINE,
    LONGEST_TEXT,
    Activity,
    Note,
    Person,
    Plan,
    default_of,
    fits,
    is_optional,
    plain,
)
from gealc_tui.domain.vocabulary import Period, Status, seen_default

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.sampled_from(["done", "2019-02-30", "UY", "9" * 30, "1"]),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=8,
)
FIELDS = [(kind, field) for kind, model in ENTITIES.items() for field in model.model_fields if field != "id"]


@given(st.data())
def test_any_value_in_any_field_is_read_without_failing(data):
    kind = data.draw(st.sampled_from(sorted(ENTITIES)))
    names = st.sampled_from(sorted(ENTITIES[kind].model_fields)) | st.text(max_size=5)
    values = data.draw(st.dictionaries(names, json_values))
    read = ENTITIES[kind].read("x", values)
    assert read.id == "x"


@given(st.data())
def test_a_value_that_does_not_fit_leaves_the_default_and_the_other_fields_as_they_are(data):
    field = data.draw(st.sampled_from(sorted(set(Activity.model_fields) - {"id", "title"})))
    value = data.draw(json_values.filter(lambda value: not fits("activity", field, value)))
    read = Activity.read("x", {field: value, "title": "Taller"})
    assert read.title == "Taller"
    if not isinstance(value, (bool, int, str)):
        assert getattr(read, field) == Activity.model_fields[field].get_default()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "finished"),
        ("status", True),
        ("period", "S3"),
        ("progress", 101),
        ("progress", -1),
        ("progress", True),
        ("progress", "50"),
        ("due", "2019-02-30"),
        ("due", "2019-W01-1"),
        ("due", "20190101"),
        ("lead", "XX"),
        ("lead", "uy"),
        ("co_leads", "UY"),
        ("co_leads", ["UY", "XX"]),
        ("title", "x" * (LONGEST_LINE + 1)),
        ("title", None),
        ("title", 3),
        ("units_done", 100_001),
        ("deleted", 1),
        ("deleted", "true"),
        ("id", "x"),
        ("colour", "red"),
    ],
)
def test_what_does_not_fit_a_field_is_not_written(field, value):
    assert not fits("activity", field, value)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("activity", "status", "done"),
        ("activity", "progress", 0),
        ("activity", "progress", 100),
        ("activity", "progress", None),
        ("activity", "due", "2019-08-15"),
        ("activity", "lead", "OAS"),
        ("activity", "co_leads", ["PE", "UY"]),
        ("activity", "co_leads", []),
        ("activity", "deleted", True),
        ("note", "text", "x" * LONGEST_TEXT),
        ("person", "country", "ES"),
    ],
)
def test_what_fits_a_field_is_written(kind, field, value):
    assert fits(kind, field, value)


def test_an_unknown_kind_takes_nothing():
    assert not fits("spaceship", "title", "x")


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_every_field_shows_its_own_default_while_nobody_has_set_it(kind, field):
    default = default_of(kind, field)
    assert plain(getattr(ENTITIES[kind].read("x", {}), field)) == default
    if default is not None:
        assert fits(kind, field, default)
    else:
        assert is_optional(kind, field)


def test_only_choices_have_a_word_for_what_was_never_set():
    assert seen_default("activity", "status") == "pending"
    assert seen_default("activity", "title") is None
    assert seen_default("activity", "progress") is None
    assert seen_default("spaceship", "title") is None


def test_a_good_value_is_read_as_what_it_means():
    read = Activity.read("2019/3.1.1", {"status": "on_hold", "period": "S2", "co_leads": ["PE"], "due": "2019-08-15"})
    assert read.status is Status.ON_HOLD
    assert read.period is Period.S2
    assert read.co_leads == ("PE",)
    assert date.fromisoformat(read.due or "") == date(2019, 8, 15)


def test_a_field_that_was_emptied_shows_its_default():
    assert Activity.read("x", {"status": None, "title": None}).status is Status.PENDING


def test_an_unknown_field_is_ignored_on_screen():
    assert Note.read("x", {"text": "Hola", "colour": "red"}).text == "Hola"


def test_the_log_cannot_rename_an_entity():
    assert Person.read("x", {"id": "y", "name": "Ana"}).id == "x"


def test_plain_values_are_what_the_log_holds():
    assert plain((Status.DONE, ("a", 1), None, True)) == ["done", ["a", 1], None, True]


def test_the_kinds_are_named_by_their_models():
    assert all(kind == model.KIND for kind, model in ENTITIES.items())
    assert len({model.TABLE for model in ENTITIES.values()}) == len(ENTITIES)
    assert ENTITIES["plan"] is Plan
