"""A message ready to be sent: a draft for every mail program, whoever people say they are."""

from __future__ import annotations

import io
import re
import secrets
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from conftest import Clock

from gealc_tui import errors
from gealc_tui.commands import activities, exchange, mail, notes, people
from gealc_tui.commands.exchange import Form
from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.vocabulary import Status, Trust
from gealc_tui.sync.armour import BEGIN, blocks

ENTITY = "activity/2019/3.1.1"

HOSTILE = (
    "Pérez, Ana",
    'José "Pepe" Núñez <otro@mal.example>',
    "a@b.example, otro@mal.example",
    "=?utf-8?q?mal=2C_otro=40mal.example?=",
    "O'Higgins; Bernardo",
    "(comentario) é",
    "李, 雷",
    "Grupo: a@b.example, c@d.example;",
    "\\",
    "Ñ" * 200,
    "Ana\r\nBcc: otro@mal.example",
    "Ana\nBcc: otro@mal.example\n\ncuerpo",
    "\u202egnp.oh\u2028x\x00\x1b[31m",
    "",
)
"""What people may call themselves."""


@pytest.fixture
def ana(make_replica):
    replica = make_replica("Ana")
    people.introduce(replica, "Ana Pérez", "UY", "focal", "ana@agesic.example")
    return replica


@pytest.fixture
def eva(make_replica):
    replica = make_replica("Eva", "PE")
    people.introduce(replica, "Eva Núñez", "PE", "focal", "eva@pcm.example")
    return replica


def person(name: str, email: str | None, number: int = 1) -> PersonReading:
    return PersonReading(f"replica{number}", name, "PE", "focal", Trust.ACCEPTED, 1, 0, None, 0, email)


def drafted(replica, **how) -> EmailMessage:
    return parsed(exchange.prepare(replica, Form.MAIL, **how).data)


def parsed(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def addressees(data: bytes) -> list[tuple[str, str]]:
    """To whom a message goes: as a new mail program reads it, and as an old one does."""
    header = parsed(data)["To"]
    new = [(one.display_name, one.addr_spec) for one in header.addresses] if header else []
    old = getaddresses([str(message_from_bytes(data)["To"] or "")])
    assert [address for _, address in old] == [address for _, address in new]
    return new


def words(message: EmailMessage) -> str:
    """The text of a message as one line."""
    return " ".join(message.get_body().get_content().partition(BEGIN)[0].split())


# --- the draft ---------------------------------------------------------------------------------------------------


def test_the_message_opens_as_a_draft_of_whoever_opens_it(ana):
    message = drafted(ana)
    assert message["X-Unsent"] == "1"
    assert message["X-Uniform-Type-Identifier"] == "com.apple.mail-draft"
    # With any of these a mail program takes it for a letter that has been sent, or for somebody else's.
    assert not {"From", "Sender", "Date", "Message-ID", "Received"} & set(message.keys())


def test_the_subject_says_who_and_when(ana):
    assert drafted(ana)["Subject"] == "Plan de trabajo de la Red GEALC: cambios de Ana Pérez (Uruguay), 14/03/2019"


def test_it_goes_to_the_accepted_people_whose_address_is_known(ana, eva, make_replica, send):
    pedro = make_replica("Pedro", "CL")
    inés = make_replica("Inés", "BO")
    people.introduce(inés, "Inés", "BO", "focal", "ines@bo.example")
    send(eva, ana)
    send(pedro, ana)
    send(inés, ana, accept=False)
    parcel = exchange.prepare(ana, Form.MAIL)
    assert addressees(parcel.data) == [("Eva Núñez", "eva@pcm.example")]
    assert [one.name for one in parcel.addressees] == ["Eva Núñez"]
    assert [one.name for one in parcel.unaddressed] == ["Pedro"]
    assert exchange.remarks(parcel) == ("Falta la dirección de correo de Pedro: escríbala en el mensaje.",)


def test_it_goes_to_those_who_were_chosen(ana, eva, make_replica, send):
    pedro = make_replica("Pedro", "CL")
    people.introduce(pedro, "Pedro", "CL", "focal", "pedro@cl.example")
    send(eva, ana)
    send(pedro, ana)
    parcel = exchange.prepare(ana, Form.MAIL, recipients=[pedro.id[:8]])
    assert addressees(parcel.data) == [("Pedro", "pedro@cl.example")]


def test_while_nobody_is_known_the_sender_is_told_to_write_the_addresses(ana):
    parcel = exchange.prepare(ana, Form.MAIL)
    assert parsed(parcel.data)["To"] is None
    assert "escriba las direcciones" in exchange.remarks(parcel)[0]


def test_two_identities_of_one_person_get_one_message(ana):
    both = [person("Eva", "eva@pcm.example", 1), person("Eva N.", "eva@pcm.example", 2)]
    assert [address for _, address in addressees(mail.draft(ana, file_of(ana), "x.json", both))] == ["eva@pcm.example"]


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_people_call_themselves_only_they_are_written_to(ana, name):
    data = mail.draft(ana, file_of(ana), "x.json", [person(name, "eva@pcm.example")])
    ((shown, address),) = addressees(data)
    assert address == "eva@pcm.example"
    assert "\n" not in shown
    assert set(parsed(data).keys()) == {
        "Content-Type",
        "MIME-Version",
        "Subject",
        "To",
        "X-Unsent",
        "X-Uniform-Type-Identifier",
    }


@pytest.mark.parametrize("name", ["Pérez, Ana", "O'Higgins; Bernardo", "María José de los Ángeles Ñandú"])
def test_a_name_arrives_as_it_was_given(ana, name):
    data = mail.draft(ana, file_of(ana), "x.json", [person(name, "eva@pcm.example")])
    assert addressees(data) == [(name, "eva@pcm.example")]


def test_a_long_list_of_odd_names_keeps_every_address(ana):
    many = [person(name, f"persona{n}@ministerio.example", n) for n, name in enumerate(HOSTILE * 4)]
    data = mail.draft(ana, file_of(ana), "x.json", many)
    assert [address for _, address in addressees(data)] == [one.email for one in many]
    assert_lines_are_fit_for_mail(data)


def test_a_name_that_looks_encoded_stays_in_the_subject_as_it_is(make_replica):
    replica = make_replica("Ana", introduce=False)
    replica.introduce("=?utf-8?q?mal?= Ana", "UY", "focal")
    assert "=?utf-8?q?mal?= Ana" in drafted(replica)["Subject"]


def test_an_identity_that_was_given_up_is_not_written_to(ana, monkeypatch):
    old = person("Eva", "eva@antes.example", 1)._replace(successor="replica2")
    new = person("Eva", "eva@pcm.example", 2)
    monkeypatch.setattr(ana, "people", lambda: (old, new))
    monkeypatch.setattr(ana, "person", lambda id: id)
    parcel = exchange.prepare(ana, Form.MAIL, recipients=["replica1", "replica2"])
    assert [address for _, address in addressees(parcel.data)] == ["eva@pcm.example"]


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_the_sender_is_called_the_headers_stay(make_replica, name):
    replica = make_replica("Ana", introduce=False)
    replica.introduce(name, "UY", "focal")
    data = exchange.prepare(replica, Form.MAIL).data
    assert set(parsed(data).keys()) == {
        "Content-Type",
        "MIME-Version",
        "Subject",
        "X-Unsent",
        "X-Uniform-Type-Identifier",
    }
    assert_lines_are_fit_for_mail(data)


# --- what it carries ---------------------------------------------------------------------------------------------


def file_of(replica) -> bytes:
    return exchange.export_text(replica, everything=True).encode("ascii")


def assert_lines_are_fit_for_mail(data: bytes) -> None:
    assert data.isascii()
    lines = data.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 76


def test_the_attachment_and_the_block_are_the_change_file_to_the_byte(ana):
    notes.add_note(ana, ENTITY, "Ñandú = «5 €»\n.\nFrom aquí\n" + "=" * 90)
    data = file_of(ana)
    message = parsed(mail.draft(ana, data, exchange.file_stem(ana) + ".json", []))
    (attachment,) = message.iter_attachments()
    assert attachment.get_content() == data
    assert attachment.get_content_type() == "application/json"
    assert attachment.get_content_disposition() == "attachment"
    (block,) = blocks(message.get_body().get_content())
    assert (block.data, block.error) == (data, None)


def test_the_attachment_has_an_ascii_name_with_one_dot(ana):
    (attachment,) = drafted(ana).iter_attachments()
    assert attachment.get_filename() == "cambios-UY-20190314.json"
    assert re.fullmatch(r"[A-Za-z0-9-]+\.json", attachment.get_filename())
    assert attachment.get_param("name") == attachment.get_filename()


def test_every_line_is_short_and_ascii(ana):
    notes.add_note(ana, ENTITY, "ñ" * 5_000)
    activities.set_field(ana, ENTITY, "title", "x" * 2_000)
    parcel = exchange.prepare(ana, Form.MAIL, everything=True)
    assert_lines_are_fit_for_mail(parcel.data)
    lines = parsed(parcel.data).get_body().get_content().splitlines()
    assert max(map(len, lines)) <= 72


def test_the_draft_is_taken_in_as_it_is(ana, make_replica):
    activities.set_status(ana, "2019/3.1.1", Status.DONE)
    luis = make_replica("Luis", "CL")
    report = luis.merge([("cambios.eml", exchange.prepare(ana, Form.MAIL, everything=True).data)], accept=True)
    assert not report.refused
    assert luis.read.activity("2019/3.1.1", luis.today).row.status is Status.DONE


# --- what it says to people --------------------------------------------------------------------------------------


def test_the_text_says_who_sends_what(ana):
    activities.set_status(ana, "2019/3.1.1", Status.DONE)
    said = words(drafted(ana))
    assert "Ana Pérez (Uruguay) envía 3 cambios del plan de trabajo de la Red GEALC." in said
    assert "- 3.1.1 Taller regional · Estado: Cumplida" in said


def test_the_text_says_how_to_receive_it(ana):
    said = words(drafted(ana))
    assert "guarde el archivo adjunto cambios-UY-20190314.json" in said
    assert "tecla x y luego r" in said
    assert "gealc merge cambios-UY-20190314.json" in said
    assert "copie todo este texto" in said


def test_what_others_wrote_is_told_with_their_name(ana, eva, send):
    activities.set_status(eva, "2019/3.1.1", Status.ON_HOLD)
    send(eva, ana)
    assert "Estado: Suspendida (Eva Núñez, Perú)" in words(drafted(ana, everything=True))


def test_a_value_that_was_set_twice_is_told_once_as_it_stands(ana):
    activities.set_status(ana, "2019/3.1.1", Status.DONE)
    activities.set_status(ana, "2019/3.1.1", Status.CANCELLED)
    said = words(drafted(ana))
    assert said.count("3.1.1") == 1
    assert "Cancelada" in said


def test_twenty_values_are_told_the_newest_first_and_the_rest_is_counted(ana):
    for number in range(1, 26):
        notes.add_note(ana, ENTITY, f"nota número {number:02}")
    said = words(drafted(ana))
    told = re.findall(r"nota número (\d+)", said)
    assert told == [f"{number:02}" for number in range(25, 5, -1)]
    assert "… y 5 valores más." in said


def test_the_words_of_internal_notes_stay_in_the_file(ana):
    notes.add_note(ana, ENTITY, "que quede entre nosotros", official=False)
    notes.add_note(ana, ENTITY, "para todos")
    said = words(drafted(ana))
    assert "entre nosotros" not in said
    assert "para todos" in said


def test_what_is_not_of_the_plan_goes_without_words(ana):
    ana.commit([("vouching/x", "people", ["secreto"]), ("budget/1", "amount", 1), ("activity/2019/3.1.1", "area", "x")])
    assert "-" not in words(drafted(ana)).partition("Para recibirlo")[0]


def test_what_was_deleted_is_told_as_deleted(ana):
    notes.add_note(ana, ENTITY, "se borra")
    notes.delete_note(ana, ana.read.notes(ENTITY)[0].id)
    said = words(drafted(ana))
    assert "Nota: borrado" in said
    assert "se borra" not in said


def test_a_file_without_changes_says_so(ana, eva, send):
    send(eva, ana)
    send(ana, eva)
    send(eva, ana)
    assert "sin cambios nuevos" in words(drafted(ana))


def test_a_request_is_told_as_one(ana):
    message = drafted(ana, request=True)
    assert message["Subject"] == "Plan de trabajo de la Red GEALC: pedido de Ana Pérez (Uruguay), 14/03/2019"
    assert "pide los cambios del plan de trabajo de la Red GEALC que le faltan" in words(message)
    assert "envía" not in words(message)


@pytest.mark.parametrize("words_of_a_note", [f"{BEGIN}\nAAAA", "= BEGIN GEALC CHANGES =", "x" * 60 + f" {BEGIN}"])
def test_words_that_look_like_the_block_do_not_take_its_place(ana, words_of_a_note):
    notes.add_note(ana, ENTITY, words_of_a_note)
    found = list(blocks(drafted(ana).get_body().get_content()))
    assert [block.error for block in found] == [None]


# --- size --------------------------------------------------------------------------------------------------------


def test_a_block_that_is_too_long_stays_out_and_the_text_says_so(ana):
    for _ in range(5):
        notes.add_note(ana, ENTITY, secrets.token_hex(45_000))
    message = drafted(ana)
    text = message.get_body().get_content()
    assert BEGIN not in text
    assert "está sólo en el adjunto" in words(message)
    assert "aquí abajo" not in text
    (attachment,) = message.iter_attachments()
    assert len(attachment.get_content()) > 400_000


def test_a_message_beyond_what_servers_take_is_remarked_upon_and_zip_proposed(ana, monkeypatch):
    parcel = exchange.prepare(ana, Form.MAIL, everything=True)
    assert not parcel.is_heavy
    monkeypatch.setattr(mail, "BUDGET", len(parcel.data) - 10)
    parcel = exchange.prepare(ana, Form.MAIL, everything=True)
    assert parcel.is_heavy
    assert "--zip" in exchange.remarks(parcel)[-1]


# --- the other forms ---------------------------------------------------------------------------------------------


def test_the_zip_holds_the_file_under_its_name_and_nothing_of_this_machine(make_replica):
    ana = make_replica("Ana", clock=Clock(step=0))
    one, other = (exchange.prepare(ana, Form.ZIP).data for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        (entry,) = archive.infolist()
        assert entry.filename == "cambios-UY-20190314.json"
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert archive.read(entry) == exchange.prepare(ana).data


def test_the_text_form_is_the_block_alone(make_replica):
    ana = make_replica("Ana", clock=Clock(step=0))
    text = exchange.prepare(ana, Form.TEXT).data.decode("ascii")
    assert text.startswith(BEGIN)
    (block,) = blocks(text)
    assert block.data == exchange.prepare(ana).data


@pytest.mark.parametrize("form", Form)
def test_each_form_is_written_under_a_free_name_of_its_own(ana, form, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    paths = [exchange.write(ana, exchange.prepare(ana, form)) for _ in range(2)]
    assert [path.name for path in paths] == [f"cambios-UY-20190314.{form}", f"cambios-UY-20190314-2.{form}"]


@pytest.mark.parametrize("form", Form)
def test_preparing_sends_nothing_and_what_is_written_meanwhile_is_not_sent(ana, form, tmp_path):
    parcel = exchange.prepare(ana, form)
    before = ana.unsent()
    activities.set_status(ana, "2019/3.1.1", Status.DONE)
    assert ana.unsent() == before + 1
    exchange.write(ana, parcel, tmp_path / "x")
    assert ana.unsent() == 1


# --- addresses ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["ana@agesic.gub.uy", "a.b+c_d@x", "o'higgins@mre.gob.cl", " ana@x.uy "])
def test_an_address_is_said_with_the_name(ana, email):
    people.introduce(ana, "Ana", "UY", "focal", email)
    assert ana.people()[0].email == email.strip()


@pytest.mark.parametrize(
    "email",
    [
        "ana",
        "@x.uy",
        "ana@",
        "ana@@x.uy",
        "ana@x@y",
        "ana @x.uy",
        "ana@x.uy\nBcc: otro@mal.example",
        "ana@x.uy, otro@mal.example",
        "<ana@x.uy>",
        '"ana"@x.uy',
        "ana.@x.uy",
        "añá@x.uy",
        "a" * 250 + "@x.uy",
        "ana@x.uy\x00",
    ],
)
def test_what_is_no_address_is_refused_and_nothing_is_said(ana, email):
    before = ana.people()
    with pytest.raises(errors.ValueRefused):
        people.introduce(ana, "Otra", "UY", "focal", email)
    assert ana.people() == before


def test_an_address_stays_until_it_is_taken_away(ana):
    people.introduce(ana, "Ana", "UY", "focal")
    assert ana.people()[0].email == "ana@agesic.example"
    people.introduce(ana, "Ana", "UY", "focal", "")
    assert ana.people()[0].email is None
    assert ana.read.state_of(f"person/{ana.id}")["email"] is None


def test_without_an_address_none_is_written(make_replica):
    replica = make_replica("Luis", introduce=False)
    people.introduce(replica, "Luis", "CL", "focal", "")
    assert "email" not in replica.dump()["entities"][f"person/{replica.id}"]


def test_an_address_that_somebody_forged_past_their_program_is_not_used(ana, eva, send):
    eva.commit([(f"person/{eva.id}", "email", "eva@pcm.example, otro@mal.example")])
    send(eva, ana)
    parcel = exchange.prepare(ana, Form.MAIL)
    assert parsed(parcel.data)["To"] is None
    assert [one.name for one in parcel.unaddressed] == ["Eva Núñez"]
