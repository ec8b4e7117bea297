"""The ways in which mail mangles what it carries: a change file comes through all of them, or is refused by name.

Each way takes what a person sends, as the text of a message, and gives the bytes that another person saves and opens.
"""

from __future__ import annotations

import base64
import codecs
import quopri
import textwrap
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from gealc_tui import errors
from gealc_tui.sync.armour import wrap
from gealc_tui.sync.bundle import decode
from gealc_tui.sync.envelope import opened

from .letters import archive, change_file, forwarded, letter, page

FILE = change_file()
PROVED = decode(FILE)
WORDS = "Estimada Eva:\n\nVan los cambios de Uruguay de marzo.\n\n"
GREETING = "\nSaludos,\nAna\n-- \nAGESIC – Montevideo\n"

Way = Callable[[str], bytes]


def quoted(text: str, sign: str = "> ") -> str:
    return "".join(f"{sign}{line}\n" for line in text.split("\n"))


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.fill(line, width) if line else "" for line in text.split("\n"))


def flowed(text: str) -> bytes:
    """As RFC 3676 has it: blanks stuffed before some lines, broken lines end with a blank."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.uy", "e@example.pe", "Cambios"
    lines = [f" {line}" if line.startswith((">", " ", "From ")) else line for line in text.split("\n")]
    broken = [" \n".join(textwrap.wrap(line, 50)) for line in lines]
    message.set_content("\n".join(broken), params={"format": "flowed", "delsp": "yes"})
    return message.as_bytes()


def with_transfer(encoding: str) -> Way:
    return lambda text: letter(text, cte=encoding).as_bytes(policy=SMTP)


def claiming(charset: str) -> Way:
    """A text in UTF-8 that says to be in another encoding."""

    def made(text: str) -> bytes:
        message = letter(text, cte="8bit").as_bytes()
        return message.replace(b'charset="utf-8"', f'charset="{charset}"'.encode())

    return made


def only_html(text: str) -> bytes:
    message = letter()
    message.set_content(html_of(text), subtype="html")
    return message.as_bytes()


def html_of(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<html><body><pre>{escaped}</pre></body></html>"


def with_breaks(text: str) -> bytes:
    """HTML as an editor in a browser makes it."""
    lines = html_of(text)[17:-20].replace("\n", "<br>\n").replace(" ", "&nbsp;")
    message = letter()
    message.set_content(f'<div dir="ltr" class="a>b">{lines}</div>', subtype="html")
    return message.as_bytes()


def damaged_parts(text: str) -> bytes:
    """The line that tells the parts apart has got lost on the way."""
    message = letter(text, attached={"foto.png": b"\x89PNG\r\n" + bytes(200)}).as_bytes()
    boundary = message_from_bytes(message).get_boundary()
    assert boundary
    return message.replace(f'boundary="{boundary}"'.encode(), b"x=y")


def encoded_forward(text: str) -> bytes:
    """A message attached in base64, which the rules forbid and some servers do."""
    inner = base64.encodebytes(letter(text).as_bytes()).decode()
    outer = letter("Ver adjunto.").as_string()
    head, _, _ = outer.partition("\n\n")
    head = head.replace("Content-Type: text/plain", "X-Old: text/plain").replace("Content-Transfer", "X-Transfer")
    return (
        f"{head}\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{inner}".replace(
            'charset="utf-8"', ""
        )
    ).encode()


def mailbox(text: str) -> bytes:
    messages = [letter("Hola.").as_bytes(), letter(text).as_bytes(), letter("Chau.").as_bytes()]
    return b"\n".join(b"From ana@example.uy Thu Mar 14 12:00:00 2019\n" + one for one in messages)


def with_smart_quotes(text: str) -> str:
    """What a word processor does to quotation marks, dots and hyphens of what is pasted into it."""
    text = text.replace("...", "…").replace("--", "—")
    parts = text.split('"')
    return "".join(part + ("“" if n % 2 == 0 else "”") for n, part in enumerate(parts[:-1])) + parts[-1]


WAYS: dict[str, Way] = {
    "as a text file": lambda text: text.encode(),
    "in a message": lambda text: letter(text).as_bytes(policy=SMTP),
    "with a byte order mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "saved in UTF-16": lambda text: text.encode("utf-16"),
    "saved in UTF-16 without a mark": lambda text: text.encode("utf-16-be"),
    "a message saved in UTF-16": lambda text: letter(text).as_string().encode("utf-16"),
    "with Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "quoted": lambda text: letter("Recibido, gracias.\n\n" + quoted(text)).as_bytes(),
    "quoted twice": lambda text: letter(quoted(quoted(text, "> "), "> ")).as_bytes(),
    "quoted thrice by several programs": lambda text: quoted(quoted(quoted(text, "> "), "| "), "AP>").encode(),
    "wrapped at 76": lambda text: letter(wrapped(text, 76)).as_bytes(),
    "wrapped at 40": lambda text: letter(wrapped(text, 40)).as_bytes(),
    "quoted and then wrapped": lambda text: letter(wrapped(quoted(quoted(text)), 50)).as_bytes(),
    "indented": lambda text: quoted(text, "        ").encode(),
    "only in HTML": only_html,
    "in HTML with breaks and hard blanks": with_breaks,
    "HTML saved as a file": lambda text: html_of(text).encode(),
    "HTML saved in UTF-16": lambda text: html_of(text).encode("utf-16-le"),
    "in text and in HTML": lambda text: letter(text, html=html_of(text)).as_bytes(),
    "forwarded inline": lambda text: letter(
        "---------- Mensaje reenviado ---------\nDe: Ana <ana@example.uy>\nPara: Eva\n\n" + text
    ).as_bytes(),
    "forwarded as an attachment": lambda text: forwarded(letter(text)).as_bytes(),
    "forwarded thrice as an attachment": lambda text: forwarded(forwarded(forwarded(letter(text)))).as_bytes(),
    "forwarded as an attachment in base64": encoded_forward,
    "in quoted-printable": with_transfer("quoted-printable"),
    "in base64": with_transfer("base64"),
    "in eight bits": with_transfer("8bit"),
    "with leftovers of quoted-printable": lambda text: quopri.encodestring(text.encode(), quotetabs=True),
    "flowed": flowed,
    "with smart quotes around": lambda text: with_smart_quotes(text).encode(),
    "with smart quotes of Windows": lambda text: with_smart_quotes(text).encode("cp1252", "replace"),
    "claiming to be Latin-1": claiming("iso-8859-1"),
    "claiming an encoding that does not exist": claiming("klingon-8"),
    "attached as noname": lambda text: letter(attached={"noname": text.encode()}).as_bytes(),
    "in a zip": lambda text: archive({"mensaje.txt": text.encode()}),
    "a message in a zip in a message": lambda text: letter(
        attached={"lote.zip": archive({"m.eml": letter(text).as_bytes()})}
    ).as_bytes(),
    "in a mailbox": mailbox,
    "in a message whose parts got mixed up": damaged_parts,
    "with a notice of the mail gateway": lambda text: letter(
        "[EXTERNO] No abra enlaces.\n" + text + "\n____\nEste mensaje es confidencial = CONFIDENTIAL.\n" * 3
    ).as_bytes(),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_an_armoured_block_comes_through(way):
    found = opened("correo", way(WORDS + wrap(FILE) + GREETING))
    assert found.refused == ()
    assert [one.data for one in found.files] == [FILE]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_an_armoured_block_that_is_cut_off_is_refused_by_name(way):
    text = WORDS + wrap(FILE)
    found = opened("correo", way(text[: len(text) // 2]))
    assert found.files == ()
    assert [type(one.error) for one in found.refused] == [errors.CutOff]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_json_pasted_as_text_comes_through_or_is_refused_by_name_and_is_never_silently_altered(way):
    for text in (FILE.decode(), WORDS + FILE.decode() + GREETING):
        found = opened("correo", way(text))
        assert found.files or found.refused
        for file in found.files:
            try:
                proved = decode(file.data)
            except errors.GealcError:
                continue
            assert proved == PROVED


ATTACHED: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "in a message": lambda data: letter(attached={"cambios-UY-20190314.json": data}).as_bytes(),
    "renamed to .json.txt": lambda data: letter(attached={"cambios.json.txt": data}).as_bytes(),
    "renamed to _(1)": lambda data: letter(attached={"cambios_(1).json": data}).as_bytes(),
    "renamed to noname": lambda data: letter(attached={"noname": data}).as_bytes(),
    "with a name that is no name": lambda data: letter(attached={"../../../etc/passwd\t\x1b[2J": data}).as_bytes(),
    "with a name in another script": lambda data: letter(attached={"изменения – ñ.json": data}).as_bytes(),
    "with Windows line ends": lambda data: letter(attached={"c.json": data.replace(b"\n", b"\r\n")}).as_bytes(),
    "with a byte order mark": lambda data: letter(attached={"c.json": codecs.BOM_UTF8 + data}).as_bytes(),
    "in UTF-16": lambda data: letter(attached={"c.json": data.decode().encode("utf-16")}).as_bytes(),
    "in a zip": lambda data: letter(attached={"c.zip": archive({"c.json": data})}).as_bytes(),
    "in a zip in a zip": lambda data: archive({"b.zip": archive({"c.json": data})}),
    "in a zip of a Mac": lambda data: archive({"c.json": data, "__MACOSX/._c.json": b"\0\5\x16\7" + bytes(80)}),
    "forwarded": lambda data: forwarded(letter(attached={"c.json": data})).as_bytes(),
    "with an image": lambda data: letter(attached={"logo.png": b"\x89PNG" + bytes(999), "c.json": data}).as_bytes(),
}


@pytest.mark.parametrize("way", ATTACHED.values(), ids=ATTACHED)
def test_a_file_that_is_attached_comes_through(way):
    found = opened("correo", way(FILE))
    assert found.refused == ()
    [file] = found.files
    assert decode(file.data) == PROVED


@pytest.mark.parametrize("way", ATTACHED.values(), ids=ATTACHED)
def test_a_file_that_is_attached_and_cut_off_is_refused_by_name(way):
    found = opened("correo", way(FILE[: len(FILE) // 2]))
    assert found.refused == ()
    for file in found.files:
        with pytest.raises(errors.CutOff):
            decode(file.data)


def test_there_are_more_than_twenty_ways():
    assert len(WAYS) + len(ATTACHED) > 40


def test_the_page_of_a_mail_program_comes_through():
    message = letter("Su programa no muestra HTML.", html=page(FILE)).as_bytes(policy=SMTP)
    assert [one.data for one in opened("correo", message).files] == [FILE]
