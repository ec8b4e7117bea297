"""Notes, names, drafts, change files on disk, and the official document."""

from __future__ import annotations

from pathlib import Path

import pytest

from gealc_tui import errors
from gealc_tui.commands import activities, deletion, exchange, next_plan, notes, people, plans, proposals
from gealc_tui.domain.vocabulary import Status, Trust
from gealc_tui.i18n import labels

PLAN = Path(__file__).parents[2] / "data" / "plan-2019.txt"
ENTITY = "activity/2019/1.1.1"


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY", "small")


# --- notes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("about", [ENTITY, "area/2019/1.1", "plan/2019"])
def test_a_note_is_written_on_an_activity_an_area_or_the_plan(ana, about):
    notes.add_note(ana, about, "Uno\r\n dos  \n")
    notes.add_note(ana, about, "Interna", official=False)
    found = ana.read.notes(about)
    assert [(one.text, one.official, one.author.name) for one in found] == [
        ("Uno\n dos", True, "Ana"),
        ("Interna", False, "Ana"),
    ]


def test_a_note_is_edited_and_its_history_keeps_the_old_words(ana):
    notes.add_note(ana, ENTITY, "Uno")
    note = ana.read.notes(ENTITY)[0].id
    notes.edit_note(ana, note, "Dos", official=False)
    assert [(one.text, one.official) for one in ana.read.notes(ENTITY)] == [("Dos", False)]
    edits = [edit for change in ana.read.history([f"note/{note}"]) for edit in change.edits if edit.field == "text"]
    assert [(one.before, one.after) for one in edits] == [(None, "Uno"), ("Uno", "Dos")]


def test_a_note_that_was_deleted_is_out_of_sight_and_its_words_stay_in_the_history(ana):
    notes.add_note(ana, ENTITY, "Uno")
    note = ana.read.notes(ENTITY)[0].id
    notes.delete_note(ana, note)
    assert ana.read.notes(ENTITY) == ()
    assert ana.read.activity("2019/1.1.1", ana.today).row.notes == 0
    assert "Uno" in str(ana.read.history([f"note/{note}"]))


@pytest.mark.parametrize("text", ["", " \n\t ", "a\x07b", "x" * 100_001])
def test_a_note_that_cannot_be_written_changes_nothing(ana, whole, text):
    notes.add_note(ana, ENTITY, "Uno")
    note, before = ana.read.notes(ENTITY)[0].id, whole(ana)
    for write in (lambda: notes.add_note(ana, ENTITY, text), lambda: notes.edit_note(ana, note, text)):
        with pytest.raises(errors.GealcError):
            write()
    assert whole(ana) == before


@pytest.mark.parametrize("note", ["x", "", "note/x", "2019/1.1.1"])
def test_a_note_that_does_not_exist_is_named(ana, note):
    for write in (lambda: notes.edit_note(ana, note, "x"), lambda: notes.delete_note(ana, note)):
        with pytest.raises(errors.NotFound):
            write()
    with pytest.raises(errors.NotFound):
        notes.add_note(ana, "activity/2019/9.9.9", "x")


def test_what_is_being_typed_is_kept_until_it_is_forgotten(ana, reopen):
    ana.keep_draft("note/new", "Estaba escribiendo")
    again = reopen(ana)
    assert again.draft("note/new") == "Estaba escribiendo"
    again.keep_draft("note/new", "")
    assert again.draft("note/new") == ""
    again.close()


# --- people ------------------------------------------------------------------------------------------------------


def test_who_uses_a_copy_is_said_once_and_can_be_said_anew(make_replica):
    replica = make_replica("Ana", introduce=False)
    assert replica.id is None
    people.introduce(replica, " Ana Rui\u0301z ", "uruguay", "FOCAL")
    first = replica.id
    (me,) = replica.people()
    assert (me.name, me.country, me.role, me.trust) == ("Ana Ruíz", "UY", "focal", Trust.SELF)
    people.introduce(replica, "Ana R.", "PE", "secretariat")
    assert replica.id == first
    assert [(one.name, one.country, one.role) for one in replica.people()] == [("Ana R.", "PE", "secretariat")]
    assert people.introduce(replica, "Ana R.", "PE", "secretariat") is None


def test_the_secretariat_is_of_a_body_and_not_of_a_country(make_replica):
    replica = make_replica("Ana", introduce=False)
    people.introduce(replica, "Secretaría Técnica", "oea", "secretariat")
    (me,) = replica.people()
    assert (me.country, labels.country_name(me.country or "")) == ("OAS", "OEA")


@pytest.mark.parametrize(
    ("name", "country", "role"),
    [
        ("", "UY", "focal"),
        (" ", "UY", "focal"),
        ("a\nb", "UY", "focal"),
        ("a\x00", "UY", "focal"),
        ("x" * 2001, "UY", "focal"),
        ("Ana", "XX", "focal"),
        ("Ana", "", "focal"),
        ("Ana", "UY", "queen"),
    ],
)
def test_a_name_country_or_role_that_does_not_fit_makes_no_key(make_replica, name, country, role):
    replica = make_replica("Ana", plan=False, introduce=False)
    with pytest.raises(errors.GealcError):
        people.introduce(replica, name, country, role)
    assert replica.id is None
    assert not replica.keys.exists()


# --- change files on disk ----------------------------------------------------------------------------------------


def test_a_change_file_is_written_whole_and_read_back(ana, make_replica, tmp_path):
    notes.add_note(ana, ENTITY, "Uno")
    path = exchange.export_file(ana, tmp_path / "cambios.json", everything=True)
    eva = make_replica("Eva", "PE", plan=False)
    report = exchange.merge(eva, [(path.name, exchange.read_file(path))], accept=True)
    assert report.files[0].file == "cambios.json"
    assert [one.text for one in eva.read.notes(ENTITY)] == ["Uno"]
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".gealc")] == []


def test_a_file_without_a_name_takes_a_free_one_in_this_folder(ana, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = [exchange.export_file(ana).name for _ in range(3)]
    assert names == ["cambios-UY-20190314.json", "cambios-UY-20190314-2.json", "cambios-UY-20190314-3.json"]


def test_a_file_that_cannot_be_written_is_named_and_leaves_the_old_one(ana, tmp_path):
    ana.commit([("activity/2019/3.1.1", "lead", "UY")])
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("antes", "utf-8")
    for path in (tmp_path / "folder", tmp_path / "file" / "x.json", tmp_path / "file" / "y" / "x.json"):
        with pytest.raises(errors.FileUnwritable) as refused:
            exchange.export_file(ana, path)
        assert refused.value.path == str(path)
    assert (tmp_path / "file").read_text("utf-8") == "antes"
    assert ana.unsent() == 1


def test_a_disk_that_fills_up_leaves_the_old_file_as_it_was(ana, tmp_path, monkeypatch):
    ana.commit([("activity/2019/3.1.1", "lead", "UY")])
    path = tmp_path / "x.json"
    path.write_text("antes", "utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(errors.FileUnwritable) as refused:
        exchange.export_file(ana, path)
    assert refused.value.reason == "full"
    assert path.read_text("utf-8") == "antes"
    assert [one.name for one in tmp_path.glob(".gealc-*")] == []
    assert ana.unsent() == 1


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    for path, reason in ((tmp_path / "none", "missing"), (tmp_path, "folder")):
        with pytest.raises(errors.FileUnreadable) as refused:
            exchange.read_file(path)
        assert refused.value.reason == reason


# --- the official document ---------------------------------------------------------------------------------------


def test_the_official_plan_is_brought_in(make_replica):
    replica = make_replica("Ana", plan=False, introduce=False)
    assert plans.import_document(replica, PLAN)[:4] == ("new", "2019", 9, 40)
    outline = replica.read.outline(replica.today, replica.plan)
    assert outline is not None
    assert (len(outline.areas), len(outline.activities)) == (9, 40)
    assert replica.verify() == ()


def test_a_document_that_is_brought_in_twice_changes_nothing(make_replica, whole):
    replica = make_replica("Ana")
    before = whole(replica)
    assert plans.import_document(replica, PLAN).outcome == "known"
    assert whole(replica) == before


def test_a_document_that_is_known_takes_back_nothing_that_people_wrote(make_replica, whole):
    replica = make_replica("Ana")
    activities.set_field(replica, "activity/2019/3.6.1", "title", "Título nuevo")
    before = whole(replica)
    assert plans.import_document(replica, PLAN).outcome == "known"
    assert whole(replica) == before


def test_a_document_whose_line_ends_mail_altered_is_the_same_document(make_replica, whole, tmp_path):
    replica = make_replica("Ana")
    before = whole(replica)
    (tmp_path / "plan.txt").write_bytes(b"\xef\xbb\xbf" + PLAN.read_bytes().replace(b"\n", b"\r\n"))
    assert plans.import_document(replica, tmp_path / "plan.txt").outcome == "known"
    assert whole(replica) == before


def test_two_copies_that_bring_in_the_document_show_the_same_plan(make_replica):
    found = set()
    for name in ("uno", "dos"):
        replica = make_replica(name, plan=False, introduce=False)
        plans.import_document(replica, PLAN)
        found.add(replica.fingerprint())
    assert len(found) == 1


def test_a_corrected_document_becomes_proposals_one_by_one(ana, small_plan, make_replica, send):
    activities.set_status(ana, "2019/1.1.1", Status.DONE, note="Listo")
    text = small_plan.read_text(encoding="utf-8")
    corrected = text.replace("Taller", "Taller regional").replace("Perú", "Chile").replace("Informe", "Mapa")
    small_plan.write_text(f"{corrected}1.1.3) Encuesta\nProducto: Base\n", encoding="utf-8")
    state = ana.read.state_of(ENTITY)
    found = plans.import_document(ana, small_plan)
    assert (found.outcome, found.plan, found.proposals) == ("proposed", "2019", 4)
    assert ana.read.state_of(ENTITY) == state
    asked = [[(edit.field, edit.value) for edit in one.edits][:1] for one in ana.read.proposals()]
    assert asked == [[("title", "Taller regional")], [("lead", "CL")], [("text", "Mapa")], [("area", "2019/1.1")]]
    assert plans.import_document(ana, small_plan).outcome == "known"
    for one in ana.read.proposals():
        proposals.accept(ana, one.id)
    assert plans.import_document(ana, small_plan).outcome == "known"
    rows = ana.read.rows_of_areas(["2019/1.1"], ana.today)["2019/1.1"]
    assert [(row.code, row.title, row.status.value) for row in rows] == [
        ("1.1.1", "Taller regional", "done"),
        ("1.1.2", "Estudio", "pending"),
        ("1.1.3", "Encuesta", "pending"),
    ]
    assert [one.text for one in ana.read.products("2019/1.1.2")] == ["Mapa"]
    assert [one.text for one in ana.read.products(rows[2].id)] == ["Base"]
    assert ana.verify() == ()
    eva = make_replica("Eva", "PE", "small")
    send(ana, eva)
    assert eva.read.activity("2019/1.1.1", eva.today).row.title == "Taller regional"


def test_what_a_corrected_document_names_no_more_is_proposed_to_be_withdrawn(ana, small_plan):
    text = small_plan.read_text(encoding="utf-8")
    small_plan.write_text(text[: text.index("1.1.2")], encoding="utf-8")
    assert plans.import_document(ana, small_plan).proposals == 1
    (one,) = ana.read.proposals()
    proposals.accept(ana, one.id)
    assert ana.read.is_hidden("activity/2019/1.1.2")
    assert plans.import_document(ana, small_plan).outcome == "known"


def test_a_document_of_a_plan_that_people_made_is_matched_by_body_and_year(ana, small_plan):
    made = next_plan.make(ana, "2020", origin="2019").plan
    text = small_plan.read_text(encoding="utf-8").replace("2019", "2020")
    small_plan.write_text(text, encoding="utf-8")
    found = plans.import_document(ana, small_plan, any_year=True)
    # The draft holds the areas and activities of the document, with ids of its own; the title says another case.
    assert (found.outcome, found.plan) == ("known", made)
    small_plan.write_text(text.replace("Taller", "Encuentro"), encoding="utf-8")
    assert plans.import_document(ana, small_plan, any_year=True).proposals == 1
    assert ana.read.proposals(made)[0].edits[0].value == "Encuentro"


def test_a_document_of_another_body_is_another_plan_of_the_year(ana, small_plan):
    text = "Grupo de Firma Digital\n18-01-2019\n" + small_plan.read_text(encoding="utf-8")
    small_plan.write_text(text, encoding="utf-8")
    found = plans.import_document(ana, small_plan)
    assert (found.outcome, found.plan) == ("new", "2019-grupo-de-firma-digital")
    assert [(one.id, one.body) for one in ana.read.plans()] == [
        ("2019", None),
        ("2019-grupo-de-firma-digital", "Grupo de Firma Digital"),
    ]
    assert ana.resolve("2019/1.1.1") == "activity/2019/1.1.1"
    ana.view_plan(found.plan)
    assert ana.resolve("1.1.1") == "activity/2019-grupo-de-firma-digital/1.1.1"
    assert plans.import_document(ana, small_plan).outcome == "known"
    small_plan.write_text(text.replace("Taller", "Encuentro"), encoding="utf-8")
    assert plans.import_document(ana, small_plan).plan == found.plan


def test_a_document_of_a_plan_that_was_withdrawn_is_compared_with_what_is_left(ana, small_plan):
    deletion.withdraw(ana, "plan/2019", "era una prueba")
    deletion.withdraw(ana, "1.1", "era una prueba")
    small_plan.write_text(small_plan.read_text(encoding="utf-8").replace("Taller", "Otro"), encoding="utf-8")
    found = plans.import_document(ana, small_plan)
    assert (found.outcome, found.plan) == ("proposed", "2019")


def test_a_corrected_document_needs_an_author(make_replica, small_plan, whole):
    replica = make_replica("Ana", plan="small", introduce=False)
    before = whole(replica)
    small_plan.write_text(small_plan.read_text(encoding="utf-8").replace("Taller", "Otro"), encoding="utf-8")
    with pytest.raises(errors.NoIdentity):
        plans.import_document(replica, small_plan)
    assert whole(replica) == before


@pytest.mark.parametrize("content", [b"", b"Estimados:", b"\xff\xfe\x00", b"PLAN DE TRABAJO", b"\x00" * 100])
def test_a_document_that_is_none_is_named_and_changes_nothing(ana, whole, tmp_path, content):
    path, before = tmp_path / "x.txt", whole(ana)
    path.write_bytes(content)
    with pytest.raises((errors.DocumentUnreadable, errors.FileUnreadable)):
        plans.import_document(ana, path)
    with pytest.raises(errors.FileUnreadable):
        plans.import_document(ana, tmp_path / "none.txt")
    assert whole(ana) == before
