"""Change files through real mail: drafts are sent by SMTP to a server on the loopback, and what arrives is taken in."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formatdate, make_msgid
from typing import Any, NamedTuple

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from gealc_tui.commands import activities, exchange, notes, people
from gealc_tui.commands.exchange import Form
from gealc_tui.domain.vocabulary import Status
from gealc_tui.sync.envelope import opened

_CONNECT = socket.socket.connect
_LOOK_UP = socket.getaddrinfo
HERE = "127.0.0.1"


class Letter(NamedTuple):
    sender: str | None
    recipients: list[str]
    content: bytes


class Postbox:
    """Keeps what a server was handed."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert envelope.original_content is not None
        self.letters.append(Letter(envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content))
        return "250 OK"


class Post(NamedTuple):
    """A mail server, and what a mail program does with it."""

    port: int
    box: Postbox
    is_old: bool

    def send(self, message: Message, sender: str = "ana@agesic.example") -> Letter:
        """Hands a message to the server, and returns what the server was handed."""
        message["From"] = sender
        message["Date"] = formatdate(1_552_564_800)
        message["Message-ID"] = make_msgid(domain="agesic.example")
        with smtplib.SMTP(HERE, self.port, local_hostname="localhost", timeout=10) as server:
            server.send_message(message)
        return self.box.letters[-1]

    def send_draft(self, draft: bytes, sender: str = "ana@agesic.example") -> Letter:
        """Opens a draft and sends it, as a mail program does."""
        message = message_from_bytes(draft)
        assert message["X-Unsent"] == "1"
        del message["X-Unsent"]
        return self.send(message, sender)


@pytest.fixture
def _loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine may be spoken to, and no other."""

    def connect(self: socket.socket, address: Any) -> None:
        assert address[0] == HERE, "the network was asked for"
        _CONNECT(self, address)

    def look_up(host: Any, *rest: Any, **more: Any) -> Any:
        assert host == HERE, "the network was asked for"
        return _LOOK_UP(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)


@pytest.fixture(params=["eight bits", "seven bits"])
def post(_loopback: None, request: pytest.FixtureRequest) -> Iterator[Post]:
    """A server as they are today, and one that takes nothing but ASCII."""
    with socket.socket() as one:
        one.bind((HERE, 0))
        port = one.getsockname()[1]
    box, is_old = Postbox(), request.param == "seven bits"
    server = Controller(box, hostname=HERE, port=port, decode_data=is_old)
    server.start()
    yield Post(port, box, is_old)
    server.stop()


@pytest.fixture
def ana(make_replica):
    replica = make_replica("Ana")
    people.introduce(replica, "Ana Pérez", "UY", "focal", "ana@agesic.example")
    activities.set_status(replica, "2019/3.1.1", Status.DONE)
    notes.add_note(replica, "activity/2019/3.2.1", "Ñandú = «5 €»\n.\n..\nFrom aquí\n\tfin")
    return replica


@pytest.fixture
def eva(make_replica):
    replica = make_replica("Eva", "PE")
    people.introduce(replica, "Núñez, Eva", "PE", "focal", "eva@pcm.example")
    return replica


@pytest.fixture
def luis(make_replica):
    replica = make_replica("Luis", "CL")
    people.introduce(replica, 'Luis "Lucho" Ñáñez', "CL", "focal", "luis@cl.example")
    return replica


def draft_of(replica) -> bytes:
    return exchange.prepare(replica, Form.MAIL, everything=True).data


def take_in(replica, letter: bytes) -> None:
    """Saves a letter as it came and receives it."""
    report = replica.merge([("mensaje.eml", letter)], accept=True)
    assert not report.refused
    assert report.files


def letter_to(address: str, text: str, **how: str) -> EmailMessage:
    message = EmailMessage()
    message["To"] = address
    message["Subject"] = "Cambios"
    message.set_content(text, **how)
    return message


def text_of(letter: Letter) -> str:
    """The text that its reader sees."""
    message = message_from_bytes(letter.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


# --- drafts ------------------------------------------------------------------------------------------------------


def test_a_draft_goes_to_everybody_whose_address_is_known_and_to_nobody_else(post, ana, eva, luis, make_replica, send):
    for other in (eva, luis, make_replica("Pedro", "BO")):
        send(other, ana)
    letter = post.send_draft(exchange.prepare(ana, Form.MAIL).data)
    assert sorted(letter.recipients) == ["eva@pcm.example", "luis@cl.example"]


def test_what_arrives_holds_the_very_file_that_was_sent(post, ana, eva, send):
    send(eva, ana)
    parcel = exchange.prepare(ana, Form.MAIL, everything=True)
    attached = next(message_from_bytes(parcel.data, policy=policy.default).iter_attachments()).get_content()
    found = opened("mensaje.eml", post.send_draft(parcel.data).content)
    assert [one.data for one in found.files] == [attached]
    assert not found.refused


def test_three_copies_that_write_to_each_other_by_mail_show_the_same_plan(post, ana, eva, luis, send):
    for other in (eva, luis):
        send(other, ana)
    activities.set_status(eva, "2019/3.1.1", Status.ON_HOLD)
    take_in(eva, post.send_draft(draft_of(ana)).content)
    take_in(luis, post.send_draft(draft_of(eva), "eva@pcm.example").content)
    take_in(ana, post.send_draft(draft_of(luis), "luis@cl.example").content)
    assert ana.fingerprint() == eva.fingerprint() == luis.fingerprint()
    (note,) = luis.read.notes("activity/2019/3.2.1")
    assert note.text == "Ñandú = «5 €»\n.\n..\nFrom aquí\n\tfin"
    assert luis.verify() == ()


def test_when_the_attachment_is_taken_off_on_the_way_the_text_is_enough(post, ana, eva, send):
    send(eva, ana)
    letter = post.send_draft(draft_of(ana))
    eva.merge([("pegado.txt", text_of(letter).encode())], accept=True)
    assert eva.fingerprint() == ana.fingerprint()


def test_a_draft_that_is_sent_as_an_attachment_is_received_too(post, ana, eva, send):
    send(eva, ana)
    outer = MIMEMultipart()
    outer["To"] = "eva@pcm.example"
    outer.attach(MIMEText("Reenvío lo de Ana.", "plain", "utf-8"))
    outer.attach(MIMEMessage(message_from_bytes(draft_of(ana))))
    take_in(eva, post.send(outer).content)
    assert eva.fingerprint() == ana.fingerprint()


@pytest.mark.parametrize("cte", ["8bit", "quoted-printable", "base64"])
def test_an_answer_that_quotes_the_text_still_brings_the_changes(post, ana, luis, send, cte):
    send(luis, ana)
    quoted = "".join(f"> {line}\n" for line in text_of(post.send_draft(draft_of(ana))).splitlines())
    # For a server that takes no eight bits a mail program encodes them.
    encoding = "quoted-printable" if post.is_old and cte == "8bit" else cte
    answer = letter_to("luis@cl.example", f"Gracias, Ana. Ñ\n\n{quoted}\n-- \nEva\n", cte=encoding)
    take_in(luis, post.send(answer, "eva@pcm.example").content)
    assert luis.fingerprint() == ana.fingerprint()


# --- the other forms ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [Form.FILE, Form.ZIP, Form.TEXT])
def test_each_form_comes_through_as_an_attachment(post, ana, eva, send, form):
    send(eva, ana)
    letter = letter_to("eva@pcm.example", "Va adjunto.")
    data = exchange.prepare(ana, form, everything=True).data
    letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"cambios.{form}")
    take_in(eva, post.send(letter).content)
    assert eva.fingerprint() == ana.fingerprint()


def test_a_block_that_was_pasted_comes_through(post, ana, eva, send):
    send(eva, ana)
    block = exchange.prepare(ana, Form.TEXT, everything=True).data.decode("ascii")
    letter = letter_to("eva@pcm.example", f"Hola, Eva:\n\n{block}\nSaludos", cte="quoted-printable")
    take_in(eva, post.send(letter).content)
    assert eva.fingerprint() == ana.fingerprint()


def test_a_letter_that_was_altered_on_the_way_changes_nothing(post, ana, eva, send, whole):
    send(eva, ana)
    before = whole(eva)
    letter = post.send_draft(draft_of(ana)).content
    head, mark, block = letter.partition(b"BEGIN GEALC")
    lines = block.split(b"\r\n")
    spoilt = [line[:20] + b"AAAA" + line[24:] if len(line) >= 60 and b"=" not in line else line for line in lines]
    report = eva.merge([("mensaje.eml", head + mark + b"\r\n".join(spoilt))], accept=True)
    assert report.refused
    assert whole(eva) == before
