"""Two plans are alive at once every year: the one in view stays until somebody chooses another."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import SMALL_PLAN, Clock

from gealc_tui import errors
from gealc_tui.commands import activities, deletion, finding, meetings, plan_choice, plans
from gealc_tui.commands.naming import name_of
from gealc_tui.domain.filters import Filter
from gealc_tui.domain.readings import SoughtWord
from gealc_tui.domain.vocabulary import Status
from gealc_tui.reports.progress import Grouping, progress_of

NOVEMBER = int(datetime(2019, 11, 20, 12, tzinfo=UTC).timestamp()) * 1000
JANUARY = int(datetime(2020, 1, 20, 12, tzinfo=UTC).timestamp()) * 1000

NEXT_PLAN = SMALL_PLAN.replace("2019", "2020").replace("Taller", "Encuentro").replace("Estudio", "Informe")


@pytest.fixture
def clock() -> Clock:
    return Clock(NOVEMBER)


@pytest.fixture
def ana(make_replica, clock):
    return make_replica("Ana", plan="small", clock=clock)


@pytest.fixture
def next_plan(tmp_path: Path) -> Path:
    document = tmp_path / "next.txt"
    document.write_text(NEXT_PLAN, encoding="utf-8")
    return document


@pytest.fixture
def both(ana, next_plan):
    """Both plans are here; the one of 2019 is in view."""
    ana.remember_plan()
    plans.import_document(ana, next_plan)
    return ana


# --- what is in view ---------------------------------------------------------------------------------------------


def test_neither_an_import_nor_a_file_changes_the_plan_in_view(both, make_replica, clock, send):
    assert both.plan == "2019"
    eva = make_replica("Eva", "PE", "small", clock=clock)
    eva.remember_plan()
    send(both, eva)
    assert [one.id for one in eva.read.plans()] == ["2020", "2019"]
    assert eva.plan == "2019"


def test_neither_a_new_year_nor_the_next_start_changes_it(both, clock, reopen):
    clock.now = JANUARY
    assert both.plan == "2019"
    again = reopen(both)
    again.remember_plan()
    assert again.plan == "2019"


def test_a_plan_of_a_far_year_changes_nothing_even_where_nobody_has_chosen(make_replica):
    ana = make_replica("Ana", plan="small")
    ana.commit([("plan/zz", "year", 999_999), ("plan/zz", "state", "approved")])
    assert ana.plan == "2019"
    assert plan_choice.listed(ana)[0].plan.id == "zz"


def test_another_plan_is_chosen_by_its_year_and_stays(both, reopen):
    assert plan_choice.use(both, "2020") == "2020"
    assert reopen(both).plan == "2020"


def test_for_now_another_plan_is_in_view_and_nothing_is_remembered(both, reopen):
    both.view_plan("2020", for_now=True)
    assert both.plan == both.another().plan == "2020"
    assert reopen(both)._db.value("SELECT value FROM settings WHERE name = 'plan'") == "2019"


def test_a_copy_without_a_plan_has_none_in_view_and_keeps_the_first_that_comes(make_replica, clock, ana, send):
    eva = make_replica("Eva", "PE", plan=False, clock=clock)
    eva.remember_plan()
    assert eva.plan is None
    send(ana, eva)
    eva.remember_plan()
    assert eva.setting("plan") == "2019"


def test_remembering_waits_for_nobody_who_writes(ana):
    """A command that only looks answers at once, whatever another process is doing."""
    other = ana.another()
    try:
        with other._db.transaction():
            other._db.execute("DELETE FROM drafts")
            ana.remember_plan()
    finally:
        other.close()
    assert ana.setting("plan") is None
    assert ana._db.value("PRAGMA busy_timeout") > 0
    ana.remember_plan()
    assert ana.setting("plan") == "2019"


# --- what follows from it ----------------------------------------------------------------------------------------


def test_codes_searches_filters_and_progress_are_those_of_the_plan_in_view(both):
    activities.set_status(both, "2020/1.1.2", Status.DONE)
    for plan, titles, done in (("2019", ["Taller", "Estudio"], 0), ("2020", ["Encuentro", "Informe"], 1)):
        plan_choice.use(both, plan)
        assert both.resolve("1.1.1") == f"activity/{plan}/1.1.1"
        assert both.resolve("1.1") == f"area/{plan}/1.1"
        assert [row.title for row in finding.by_code(both, "1.1.")] == titles
        assert [row.id for row in finding.search(both, titles[0]).rows] == [f"{plan}/1.1.1"]
        assert finding.search(both, "acta").total == 1
        found = finding.matching(both, Filter(statuses=(Status.DONE,)), both.plan)
        assert found.total == done
        counted = progress_of(both, Grouping.AREA)
        assert counted is not None
        assert (counted.plan, counted.whole.done) == (plan, done)


def test_a_search_follows_what_is_written_and_what_moves_to_another_plan(both):
    assert finding.search(both, "encuentro").rows == ()
    both.commit([("area/2020/1.1", "plan", "2019")])
    assert [row.id for row in finding.search(both, "encuentro").rows] == ["2020/1.1.1"]
    both.commit([("area/2020/1.1", "plan", "2020")])
    assert finding.search(both, "encuentro").rows == ()


def test_a_letter_more_costs_the_same_in_a_plan_of_any_size(both):
    """Which rows are the plan's is found out once, and again only after something was written."""

    def statements() -> list[str]:
        said: list[str] = []
        both._db.connection.set_trace_callback(said.append)
        assert finding.search(both, "tall").total == 1
        both._db.connection.set_trace_callback(None)
        return said

    first, second = statements(), statements()
    assert sum("INSERT" in one for one in first) == 1
    assert sum("INSERT" in one for one in second) == 0
    activities.set_status(both, "2019/1.1.1", Status.IN_PROGRESS)
    assert sum("INSERT" in one for one in statements()) == 1


def test_the_code_of_what_stands_in_no_plan_is_found_from_every_one(both):
    both.commit([("activity/2020/1.1.1", "area", "x"), ("area/y", "plan", "z"), ("area/y", "code", "8")])
    for plan in ("2019", "2020"):
        plan_choice.use(both, plan)
        assert both.resolve("8") == "area/y"
    assert both.resolve("1.1.1") == "activity/2020/1.1.1"
    plan_choice.use(both, "2019")
    assert both.resolve("1.1.1") == "activity/2019/1.1.1"


def test_year_and_code_and_ids_mean_themselves_whatever_is_in_view(both):
    both.commit([("activity/2020/1.1.1", "code", "7")])
    assert both.resolve("2020/7") == both.resolve("2020/1.1.1") == "activity/2020/1.1.1"
    assert both.resolve("2020/1.1") == "area/2020/1.1"
    assert both.resolve("activity/2020/1.1.1") == "activity/2020/1.1.1"
    for ref in ("7", "2021/7", "2020/8", "activity/7", "2020/"):
        with pytest.raises(errors.NotFound):
            both.resolve(ref)


def test_a_code_that_only_another_plan_has_is_not_found(both):
    both.commit([("activity/2020/1.1.1", "code", "7")])
    with pytest.raises(errors.NotFound):
        both.resolve("7")


def test_what_is_the_id_of_one_and_the_year_and_code_of_another_is_ambiguous(ana):
    """Somebody turned two codes round: an id keeps the code that it was made with."""
    ana.commit([("activity/2019/1.1.1", "code", "1.1.2"), ("activity/2019/1.1.2", "code", "1.1.1")])
    with pytest.raises(errors.ReferenceIsAmbiguous) as found:
        ana.resolve("2019/1.1.1")
    assert [entity for entity, _ in found.value.matches] == ["activity/2019/1.1.1", "activity/2019/1.1.2"]
    assert ana.resolve("activity/2019/1.1.1") == "activity/2019/1.1.1"
    assert ana.resolve("1.1.1") == "activity/2019/1.1.2"


def test_a_code_that_stands_twice_leaves_the_id_what_it_is(ana):
    ana.commit([("activity/2019/1.1.2", "code", "1.1.1")])
    assert ana.resolve("2019/1.1.1") == "activity/2019/1.1.1"
    with pytest.raises(errors.CodeIsAmbiguous):
        ana.resolve("1.1.1")


def test_nobody_can_take_a_reference_over_with_a_made_up_kind_of_thing(ana):
    ana.commit([("2019/1.1.1", "title", "x"), ("plan/activity", "year", 2019)])
    assert ana.resolve("2019/1.1.1") == "activity/2019/1.1.1"


# --- which plan is meant -----------------------------------------------------------------------------------------


def test_a_year_that_several_plans_may_mean_is_ambiguous_and_an_id_is_not(both):
    both.commit([("plan/otro", "year", 2020), ("plan/otro", "state", "approved")])
    with pytest.raises(errors.PlanIsAmbiguous) as found:
        plan_choice.use(both, "2020")
    assert [id for id, _ in found.value.matches] == ["2020", "otro"]
    assert plan_choice.use(both, "plan/2020") == "2020"
    assert plan_choice.use(both, "otro") == "otro"
    with pytest.raises(errors.PlanIsAmbiguous):
        both.resolve("2020/9.9.9")


def test_a_draft_a_groups_plan_and_one_that_was_withdrawn_leave_the_year_what_it_is(both):
    both.commit([("plan/borrador", "year", 2020)])
    both.commit([("plan/grupo", "year", 2020), ("plan/grupo", "state", "approved"), ("plan/grupo", "body", "Grupo")])
    both.commit([("plan/otro", "year", 2020), ("plan/otro", "state", "approved"), ("plan/otro", "deleted", True)])
    assert plan_choice.use(both, "2020") == "2020"


def test_the_year_of_a_withdrawn_plan_means_the_one_that_took_its_place(both):
    deletion.withdraw(both, "plan/2020")
    both.commit([("plan/otro", "year", 2020)])
    assert plan_choice.use(both, "2020") == "otro"
    assert plan_choice.use(both, "plan/2020") == "2020"


def test_a_text_that_is_the_id_of_one_plan_and_the_year_of_another_is_ambiguous(both):
    both.commit([("plan/otro", "year", 2019), ("plan/otro", "state", "approved"), ("plan/2019", "year", 2018)])
    with pytest.raises(errors.PlanIsAmbiguous):
        plan_choice.use(both, "2019")


def test_a_plan_that_is_not_here_is_unknown(ana):
    for ref in ("2030", "x", "", "plan/x"):
        with pytest.raises(errors.PlanUnknown):
            plan_choice.use(ana, ref)


def test_a_plan_that_is_withdrawn_while_in_view_stays_there_and_is_listed_last(both, make_replica, clock, send):
    eva = make_replica("Eva", "PE", "small", clock=clock)
    send(both, eva)
    deletion.withdraw(eva, "plan/2020")
    plan_choice.use(both, "2020")
    send(eva, both)
    assert both.plan == "2020"
    head = both.read.head(both.plan)
    assert head is not None
    assert head.year == 2020
    author = both.read.withdrawn_by("2020")
    assert author is not None
    assert author.name == "Eva"
    assert [(one.plan.id, one.in_view) for one in plan_choice.listed(both)] == [("2019", False), ("2020", True)]


# --- what is offered ---------------------------------------------------------------------------------------------


def test_a_plan_that_arrives_is_offered_until_somebody_has_looked(both):
    assert plan_choice.offer(both) == plan_choice.Offer(2020, has_begun=False)
    both.note_plans_seen()
    assert plan_choice.offer(both) is None


def test_the_new_year_offers_its_plan_once(both, clock):
    both.note_plans_seen()
    clock.now = JANUARY
    assert plan_choice.offer(both) == plan_choice.Offer(2020, has_begun=True)
    both.note_plans_seen()
    assert plan_choice.offer(both) is None
    assert both.plan == "2019"


def test_nothing_is_offered_where_there_is_nothing_else_or_the_new_plan_is_in_view(ana, next_plan, clock):
    ana.remember_plan()
    clock.now = JANUARY
    assert plan_choice.offer(ana) is None
    plans.import_document(ana, next_plan)
    plan_choice.use(ana, "2020")
    assert plan_choice.offer(ana) is None


def test_a_withdrawn_plan_is_not_offered(both):
    deletion.withdraw(both, "plan/2020")
    assert plan_choice.offer(both) is None


# --- commitments over the years ----------------------------------------------------------------------------------


@pytest.fixture
def promised(both):
    """In November the group of area 1.1 agrees on something, under the plan of 2019."""
    meeting = meetings.begin(both, body="working_group", area="1.1", day="15/11/2019")
    meetings.agree(both, meeting, "2019/1.1.1", "Terminar el informe @pe 15/1/2020")
    meetings.close(both, meeting)
    return both


def test_what_is_owed_about_another_plans_activity_says_its_year(promised):
    assert [one.code for one in meetings.open_commitments(promised, "working_group", "2020/1.1")] == ["2019/1.1.1"]
    assert [one.code for one in meetings.open_commitments(promised, "working_group", "2019/1.1")] == ["1.1.1"]
    committee = meetings.begin(promised, body="committee")
    meetings.agree(promised, committee, "2020/1.1.1", "Revisar @cl 15/1/2020")
    meetings.close(promised, committee)
    assert [one.code for one in meetings.open_commitments(promised, "committee")] == ["2020/1.1.1"]
    plan_choice.use(promised, "2020")
    assert [one.code for one in meetings.open_commitments(promised, "committee")] == ["1.1.1"]


def owed(replica, area):
    return [(one.text, one.guessed) for one in meetings.open_commitments(replica, "working_group", area)]


def test_a_group_owes_next_year_what_it_promised_this_year(promised):
    assert owed(promised, "2020/1.1") == [("Terminar el informe", True)]
    assert owed(promised, "2019/1.1") == [("Terminar el informe", False)]


def test_an_area_that_names_its_origin_goes_on_with_that_and_nothing_is_guessed(promised):
    promised.commit([("area/2020/1.1", "code", "4.1"), ("area/2020/1.1", "title", "Otra cosa")])
    assert owed(promised, "2020/1.1") == []
    activities.set_field(promised, "area/2020/1.1", "origin", "2019/1.1")
    assert owed(promised, "2020/1.1") == [("Terminar el informe", False)]


def test_an_area_of_the_same_code_and_another_title_is_another(promised):
    promised.commit([("area/2020/1.1", "title", "Otra cosa")])
    assert owed(promised, "2020/1.1") == []


def test_accents_and_case_of_the_title_make_no_difference(promised):
    promised.commit([("area/2020/1.1", "title", "DÁTOS")])
    assert owed(promised, "2020/1.1") == [("Terminar el informe", True)]


def test_the_plan_of_a_group_goes_on_with_none_of_the_network(promised):
    promised.commit([("plan/2020", "body", "Grupo de datos")])
    assert owed(promised, "2020/1.1") == []


def test_what_is_done_since_is_owed_no_more(promised):
    activities.set_status(promised, "2019/1.1.1", Status.DONE)
    assert owed(promised, "2020/1.1") == []


@pytest.mark.parametrize("origin", ["2020/1.1", "2019/1.1", "nowhere", 7, ["2019/1.1"], "area/2019/1.1", "x" * 300])
def test_whatever_somebody_writes_as_an_origin_is_read_to_an_end(promised, origin):
    """Also a plan that is its own origin, or two areas that go on with each other."""
    promised.commit([("area/2020/1.1", "origin", origin), ("area/2019/1.1", "origin", "2020/1.1")])
    assert [text for text, _ in owed(promised, "2020/1.1")] in ([], ["Terminar el informe"])
    assert owed(promised, "2019/1.1") == [("Terminar el informe", False)]


@pytest.mark.parametrize("ref", ["1.1.1", "2019/1.1.1", "1.1", "2030/1.1"])
def test_an_origin_is_an_area_of_another_plan(both, ref):
    with pytest.raises(errors.NotFound):
        activities.set_field(both, "area/2019/1.1", "origin", ref)


def test_the_minutes_tell_what_the_group_owes_and_that_it_is_taken_for_the_same(promised, clock):
    clock.now = JANUARY
    plan_choice.use(promised, "2020")
    meeting = meetings.begin(promised, body="working_group", area="1.1", day="20/1/2020")
    assert meetings.reading(promised, meeting).agenda == ("2020/1.1.1", "2020/1.1.2")
    text = meetings.acta_text(promised, meeting)
    assert "Compromisos anteriores" in text
    assert "Terminar el informe" in text
    assert "2019/1.1.1" in text
    assert "Se supone que es el mismo grupo de un plan anterior" in " ".join(text.split())


def test_a_meeting_of_another_plans_area_goes_through_that_plan(both):
    meeting = meetings.begin(both, body="working_group", area="2020/1.1")
    assert meetings.reading(both, meeting).agenda == ("2020/1.1.1", "2020/1.1.2")
    assert meetings.plan_of(both, meetings.reading(both, meeting)) == "2020"


def test_a_meeting_that_was_fixed_under_last_years_plan_begins_under_the_one_in_view(promised, clock):
    last = meetings.meetings(promised)[0].id
    fixed = meetings.plan_next(promised, last, day="20/1/2020")
    clock.now = JANUARY
    plan_choice.use(promised, "2020")
    planned = meetings.planned(promised, "working_group", "2020/1.1")
    assert planned is not None
    assert planned.id == fixed
    meetings.begin_planned(promised, fixed)
    begun = meetings.reading(promised, fixed)
    assert (begun.area, begun.agenda) == ("2020/1.1", ("2020/1.1.1", "2020/1.1.2"))
    assert "20 de enero de 2020" in meetings.acta_text(promised, last).partition("Próxima reunión")[2]


def test_minutes_do_not_depend_on_the_plan_that_is_in_view(both):
    """Copies that hold the same changes print the same, whatever their people look at."""
    for body, area in (("committee", None), ("working_group", "2019/1.1")):
        meeting = meetings.begin(both, body=body, area=area, day="20/11/2019")
        meetings.set_agenda(both, meeting, ())
        meetings.agree(both, meeting, "2020/1.1.1", "Revisar @cl 15/1/2020")
        meetings.close(both, meeting)
        texts = []
        for plan in ("2019", "2020"):
            plan_choice.use(both, plan)
            texts.append(meetings.acta_text(both, meeting))
        assert texts[0] == texts[1]
        assert "Plan de trabajo 2019" in texts[0]


def test_what_is_told_of_another_plan_says_its_year(both):
    assert name_of(both, "activity/2019/1.1.1") == "1.1.1"
    assert name_of(both, "activity/2020/1.1.1") == "2020/1.1.1"
    assert name_of(both, "area/2020/1.1") == "2020/1.1"
    both.commit([("note/x", "about", "area/2020/1.1"), ("note/x", "text", "x")])
    both.commit([("meeting/x", "area", "2020/1.1"), ("meeting/x", "state", "open")])
    assert name_of(both, "note/x") == "2020/1.1"
    assert "(2020/1.1)" in name_of(both, "meeting/x")
    plan_choice.use(both, "2020")
    assert name_of(both, "activity/2020/1.1.1") == "1.1.1"
    assert name_of(both, "activity/2019/1.1.1") == "2019/1.1.1"


def test_following_areas_costs_the_same_however_many_there_are(both):
    def statements(areas: int) -> int:
        both.commit([(f"area/x{n}", field, value) for n in range(areas) for field, value in _area(n)])
        count = 0

        def one(_: str) -> None:
            nonlocal count
            count += 1

        both._db.connection.set_trace_callback(one)
        both.read.continued("2020/1.1")
        both._db.connection.set_trace_callback(None)
        return count

    assert statements(400) == statements(10)


def _area(n: int) -> list[tuple[str, str]]:
    return [("plan", "2019"), ("code", f"9.{n}"), ("title", f"Área {n}")]


# --- bringing in and taking out ----------------------------------------------------------------------------------


def test_a_new_plan_of_neither_this_year_nor_the_next_has_to_be_asked_for(ana, tmp_path, whole):
    for year in (2018, 2021, 2099):
        document = tmp_path / f"{year}.txt"
        document.write_text(SMALL_PLAN.replace("2019", str(year)), encoding="utf-8")
        before = whole(ana)
        with pytest.raises(errors.YearUnexpected) as refused:
            plans.import_document(ana, document)
        assert refused.value.year == year
        assert whole(ana) == before
        assert plans.import_document(ana, document, any_year=True).outcome == "new"


def test_a_plan_that_is_here_is_corrected_whatever_year_it_is(ana, small_plan, clock):
    clock.now = JANUARY + 3 * 366 * 24 * 3_600_000
    small_plan.write_text(SMALL_PLAN.replace("Taller", "Encuentro"), encoding="utf-8")
    assert plans.import_document(ana, small_plan).outcome == "proposed"


def test_a_plan_that_never_left_is_taken_out_as_if_it_had_never_come(ana, next_plan):
    ana.remember_plan()
    activities.set_status(ana, "2019/1.1.1", Status.IN_PROGRESS)
    before = ana.dump()
    tables = {table: ana._db.rows(f"SELECT * FROM {table}") for table in ("logs", "runs", "changes", "edits")}
    plans.import_document(ana, next_plan)
    plan_choice.use(ana, "2020")
    assert plans.remove(ana, "2020") == "2020"
    assert ana.dump() == before
    assert {table: ana._db.rows(f"SELECT * FROM {table}") for table in tables} == tables
    assert ana.verify() == ()
    assert ana.plan == "2019"
    assert ana.read.search((SoughtWord("encuentro"),), ana.today, "2019", most=9).rows == ()
    assert plans.import_document(ana, next_plan).outcome == "new"


@pytest.mark.parametrize(
    "leave",
    [
        lambda replica: replica.bundle_text(recipients=None, summary=""),
        lambda replica: replica.bundle_text(recipients=[], summary=""),
        lambda replica: replica.bundle_lacking((), ""),
        lambda replica: replica.request_text(""),
    ],
    ids=["everything", "for somebody", "shared folder", "request"],
)
def test_once_a_file_was_made_a_plan_stays(both, leave, whole):
    leave(both)
    before = whole(both)
    with pytest.raises(errors.PlanCannotGo) as refused:
        plans.remove(both, "2020")
    assert refused.value.reason == "left"
    assert whole(both) == before


@pytest.mark.parametrize(
    "setting",
    [
        ("activity/2020/1.1.1", "status", "done"),
        ("note/x", "about", "activity/2020/1.1.1"),
        ("meeting/x", "area", "2020/1.1"),
        ("meeting/x", "agenda", ["2019/1.1.1", "2020/1.1.1"]),
        ("area/x", "origin", "2020/1.1"),
        ("area/x", "plan", "2020"),
    ],
    ids=lambda setting: setting[1],
)
def test_a_plan_of_which_somebody_wrote_stays(both, setting, whole):
    both.commit([setting])
    before = whole(both)
    with pytest.raises(errors.PlanCannotGo) as refused:
        plans.remove(both, "2020")
    assert refused.value.reason == "written"
    assert whole(both) == before


def test_a_plan_that_others_sent_or_that_was_there_from_the_start_stays(both, make_replica, clock, send):
    eva = make_replica("Eva", "PE", "small", clock=clock)
    send(both, eva)
    for replica, plan in ((eva, "2020"), (eva, "2019"), (both, "2019")):
        with pytest.raises(errors.PlanCannotGo):
            plans.remove(replica, plan)
