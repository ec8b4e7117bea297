"""Official texts may be told in other languages; nothing of that stands in their place where they count."""

from __future__ import annotations

import pytest

from gealc_tui import errors, i18n
from gealc_tui.commands import activities, finding, next_plan, reports, undo
from gealc_tui.commands.reports import Form, Name
from gealc_tui.presentation import translating

ACTIVITY, AREA = "activity/2019/3.6.1", "area/2019/3.6"


@pytest.fixture
def ana(make_replica):
    replica = make_replica("Ana")
    activities.set_field(replica, ACTIVITY, "title:en", "Survey on emerging technologies")
    activities.set_field(replica, AREA, "objective:pt", "Objetivo em português")
    activities.set_field(replica, f"product/{replica.read.products('2019/3.6.1')[0].id}", "text:en", "Written survey")
    return replica


def test_who_reads_in_that_language_sees_it_marked_and_nobody_else(ana):
    rows = ana.read.rows_of_areas(["2019/3.6"], ana.today)["2019/3.6"]
    official = rows[0].title
    for language, shown in (("es", official), ("en", "[en] Survey on emerging technologies"), ("fr", official)):
        i18n.use(language)
        assert translating.titled(ana.read, rows)[0].title == shown
    assert ana.read.activity("2019/3.6.1", ana.today).row.title == official


def test_what_is_carried_over_and_reported_is_the_official_text(ana):
    i18n.use("en")
    made = next_plan.make(ana, "2020", origin="2019").plan
    text = reports.make(ana, Name.MATRIX, Form.TEXT).decode()
    assert "Survey on emerging" not in text
    assert "Relevamiento para" in text
    state = ana.read.contents(made, {"area": ("title",), "activity": ("title",), "product": ("text",)})
    assert not any("[en]" in str(said) or "Survey" in str(said) for said in state.values())


def test_it_is_found_by_its_words_also_after_a_rebuild_and_the_copies_agree(ana, make_replica, send):
    def found(replica, text):
        return [row.id for row in finding.search(replica, text, None).rows]

    assert found(ana, "emerging") == ["2019/3.6.1"] == found(ana, "written survey")
    assert found(ana, "objetivo em portugues") == ["2019/3.6"]
    eva = make_replica("Eva", "PE")
    send(ana, eva)
    assert found(eva, "emerging") == ["2019/3.6.1"]
    ana.rebuild()
    assert found(ana, "emerging") == ["2019/3.6.1"]
    assert ana.verify() == eva.verify() == ()


def test_it_is_taken_back_and_emptied(ana):
    undo.undo(ana)
    product = f"product/{ana.read.products('2019/3.6.1')[0].id}"
    assert ana.read.translations_of(product) == {}
    activities.set_field(ana, ACTIVITY, "title:en", "")
    assert ana.read.translations_of(ACTIVITY) == {}
    assert ana.verify() == ()


@pytest.mark.parametrize("field", ["title:es", "title:xx", "title:", "place:en", "status:en", "id:en"])
def test_what_is_no_translation_is_no_field(ana, field):
    with pytest.raises(errors.FieldUnknown):
        activities.set_field(ana, ACTIVITY, field, "x")


def test_two_who_translate_at_the_same_time_are_shown_as_a_difference(ana, make_replica, send):
    eva = make_replica("Eva", "PE")
    activities.set_field(eva, ACTIVITY, "title:en", "Another survey")
    send(eva, ana)
    assert [(one.entity, one.field) for one in ana.read.differences()] == [(ACTIVITY, "title:en")]
