"""Mail as programs make it, against the rules and all; and what is no change file is called what it is."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from email.message import EmailMessage
from itertools import pairwise

import pytest

from gealc_tui import errors
from gealc_tui.i18n.sentences import sentence
from gealc_tui.sync.armour import BEGIN, END, wrap
from gealc_tui.sync.bundle import decode
from gealc_tui.sync.envelope import Repair, known, opened

from . import compound
from .letters import archive, change_file, letter

FILE, OTHER = change_file(), change_file("Eva", "otra cosa")
ATTACHED = letter("Va adjunto.", attached={"cambios.json": FILE}).as_bytes()


def found(data: bytes) -> list[bytes]:
    made = opened("x", data)
    assert made.refused == ()
    return [one.data for one in made.files]


def refusal(data: bytes) -> errors.GealcError:
    made = opened("x", data)
    assert made.files == ()
    [refused] = made.refused
    assert sentence(refused.error)
    return refused.error


# --- first lines that are no headers -----------------------------------------------------------------------------


def emlx(message: bytes) -> bytes:
    """As Apple Mail keeps a message: its length, the message, a property list."""
    flags = b'<?xml version="1.0"?>\n<plist version="1.0"><dict><key>flags</key><integer>1</integer></dict></plist>\n'
    return b"%-10d\n" % len(message) + message + flags


def mac_binary(data: bytes, name: bytes = b"cambios") -> bytes:
    """Behind 128 bytes with name, type and lengths, as MacBinary has it."""
    head = bytes([0, len(name)]) + name.ljust(63, b"\0") + b"TEXTttxt" + bytes(10)
    return head + struct.pack(">II", len(data), 0) + bytes(128 - len(head) - 8) + data


STRAY = {
    "Apple Mail": emlx,
    "a banner": lambda data: b"Exported by the archive, version 2.0\n" + data,
    "a banner and a blank line": lambda data: b"**** Archive of the ministry ****\r\n\r\n" + data,
    "several lines": lambda data: b"--- begin\nrecord 7\n(3 of 9)\n" + data,
    "a From line that was quoted": lambda data: b">From ana@example.uy Thu Mar 14 2019\n" + data,
    "a head of a Mac": mac_binary,
    "blank lines": lambda data: b"\r\n\r\n\t\n" + data,
}


@pytest.mark.parametrize("way", STRAY.values(), ids=STRAY)
def test_a_message_behind_lines_that_are_no_headers_is_a_message(way):
    assert found(way(ATTACHED)) == [FILE]


def test_a_change_file_behind_the_head_of_a_mac_is_one():
    assert found(mac_binary(FILE)) == [FILE]


def test_a_message_that_is_quoted_in_a_text_does_not_hide_what_stands_before_it():
    text = f"{wrap(FILE)}\n----- Mensaje original -----\nFrom: a@example.uy\nTo: e@example.pe\n\nHola\n"
    assert found(text.encode()) == [FILE]
    assert found(b"Hola\n\n" + b"From: a@example.uy\nTo: e@example.pe\nSubject: x\n\n" + wrap(FILE).encode()) == [FILE]


# --- encodings of parts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["BASE64 ", " base64\t", '"base64"', "base64 (as always)", "Base64;", "base64\r\n ", "BASE64"]
)
def test_base64_is_base64_whatever_stands_around_the_word(word):
    assert b"Transfer-Encoding: base64" in ATTACHED
    assert found(ATTACHED.replace(b"Transfer-Encoding: base64", b"Transfer-Encoding: " + word.encode())) == [FILE]


@pytest.mark.parametrize("less", range(1, 9))
def test_an_attachment_cut_inside_base64_is_cut_off(less):
    start = ATTACHED.index(base64.b64encode(FILE)[:40])
    middle = start + (len(ATTACHED) - start) // 2
    [file] = opened("x", ATTACHED[: middle - less]).files
    assert FILE.startswith(file.data)
    assert len(file.data) > len(FILE) // 3
    with pytest.raises(errors.CutOff):
        decode(file.data)


def test_base64_with_signs_and_blanks_strewn_in_is_read():
    letters = base64.b64encode(FILE)
    encoded = base64.encodebytes(FILE)
    assert encoded in ATTACHED
    strewn = b" \r\n".join(b"> " * (n % 50 == 0) + letters[n : n + 7] for n in range(0, len(letters), 7))
    assert found(ATTACHED.replace(encoded, strewn + b"\n")) == [FILE]


# --- pieces of a block -------------------------------------------------------------------------------------------


def in_parts(*texts: str) -> bytes:
    """A message whose text a program has cut in parts, with an image between them."""
    message = EmailMessage()
    message["From"], message["To"], message["MIME-Version"] = "a@example.uy", "e@example.pe", "1.0"
    message.make_mixed()
    for text in texts:
        part = EmailMessage()
        part.set_content(text)
        message.attach(part)
        message.add_attachment(b"\x89PNG\r\n" + bytes(40), maintype="image", subtype="png", filename="logo.png")
    return message.as_bytes()


@pytest.mark.parametrize("cuts", [[5], [12], [3, 9], [2, 4, 6, 8, 10]])
def test_a_block_that_lies_in_several_parts_is_put_together(cuts):
    lines = f"Hola\n{wrap(FILE)}\nSaludos\n".splitlines(keepends=True)
    places = [0, *cuts, len(lines)]
    assert found(in_parts(*("".join(lines[a:b]) for a, b in pairwise(places)))) == [FILE]


@pytest.mark.parametrize("length", [40, 60, 100, 200, 500])
def test_a_piece_of_a_block_beside_the_whole_file_is_no_other_file(length):
    assert found(letter(wrap(FILE)[:length], attached={"cambios.json": FILE}).as_bytes()) == [FILE]


def test_words_about_the_block_beside_the_file_are_words():
    text = f"Si no ve el adjunto, copie desde la línea\n{BEGIN}\nhasta la línea\n{END}\ny péguelo en el programa.\n"
    assert found(letter(text, attached={"cambios.json": FILE}).as_bytes()) == [FILE]
    assert isinstance(refusal(letter(text).as_bytes()), (errors.CutOff, errors.Altered))


def test_a_block_of_another_file_that_is_damaged_is_still_told():
    made = opened("x", letter(wrap(OTHER)[:300], attached={"cambios.json": FILE}).as_bytes())
    assert [one.data for one in made.files] == [FILE]
    assert len(made.refused) == 1


# --- words below a file ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "-- \nAna Pérez\nAGESIC",
        "_______________\nEste mensaje es confidencial {ver aviso}.",
        "\n\n¡Saludos!",
        "<https://example.uy>",
        'Enviado con "Correo"',
        "* aviso } *",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_signature_below_a_file_is_not_part_of_it(words, encoding):
    text = f"{FILE.decode()}\n{words}\n"
    for data in (text.encode(encoding), letter(text).as_bytes()):
        [file] = opened("x", data).files
        assert decode(file.data) == decode(FILE)
        assert Repair.PASTED in file.repairs


def test_a_file_that_is_cut_off_is_still_cut_off_and_two_in_one_are_refused():
    for data in (FILE[: len(FILE) // 2], FILE + FILE[:50], FILE + OTHER):
        for file in opened("x", data).files:
            with pytest.raises(errors.GealcError):
                decode(file.data)


# --- binary files ------------------------------------------------------------------------------------------------


def test_a_message_of_outlook_that_begins_with_its_body_is_read():
    whole = compound.saved(compound.message(wrap(FILE) + "palabra " * 3_000, attached={"b.json": OTHER}))
    assert whole[512:4096].count(0) > 1_500
    assert set(found(whole)) == {FILE, OTHER}


def test_signatures_are_looked_at_before_encodings():
    for sign, filler in ((b"PK\x03\x04", b"p\0"), (b"\x78\x9f\x3e\x22", b"p\0"), (b"7z\xbc\xaf\x27\x1c", b"p\0")):
        error = refusal(sign + filler * 3_000)
        assert not isinstance(error, errors.NotAChangeFile) or error.reason != "nothing"


# --- what is known for something else ----------------------------------------------------------------------------


def tar() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as file:
        info = tarfile.TarInfo("cambios.json")
        info.size = len(FILE)
        file.addfile(info, io.BytesIO(FILE))
    return made.getvalue()


def uuencoded() -> bytes:
    import binascii

    lines = [binascii.b2a_uu(FILE[start : start + 45]) for start in range(0, len(FILE), 45)]
    return b"Hola.\n\nbegin 644 cambios.json\n" + b"".join(lines) + b"`\nend\n"


ID = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
ENCRYPTED = b"\x30\x82\x04\x00" + ID + b"\x03\xa0\x82\x03\xf0" + bytes(1_000)
SIGNED = b"\x30\x80" + ID + b"\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x0f" + bytes(15) + b"\x30\x80" + ID + b"\x01\xa0\x80"
APART = b"\x30\x82\x04\x00" + ID + b"\x02\xa0\x82\x03\xf0\x30" + bytes(20) + b"\x30\x0b" + ID + b"\x01\xa0" + bytes(90)
PGP = "-----BEGIN PGP MESSAGE-----\n\nhQGMAz5+SrPIwTiwAQv9HJQVDuvK0nh7xLtHPTm7\n-----END PGP MESSAGE-----\n"

KINDS = {
    "pgp": PGP.encode(),
    "smime": ENCRYPTED,
    "smime-signed": SIGNED + bytes(100),
    "7z": b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(100),
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(100),
    "tar": tar(),
    "gz": gzip.compress(tar()),
    "bz2": bz2.compress(FILE),
    "xz": lzma.compress(FILE),
    "zst": b"\x28\xb5\x2f\xfd" + bytes(100),
    "zip": archive({"a.json": FILE}, zipfile.ZIP_LZMA),
    "uuencode": uuencoded(),
    "pst": b"!BDN" + bytes(600),
    "database": b"SQLite format 3\0" + bytes(600),
    "office": archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w>Hola</w>"}),
    "pdf": b"%PDF-1.7\n" + b"palabras\n" * 50,
    "image": b"\x89PNG\r\n\x1a\n" + bytes(100),
}


def test_every_kind_that_is_named_is_tried():
    assert tuple(KINDS) == known.ORDER


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_known_for_something_else_is_called_that_with_the_way_out(kind):
    error = refusal(KINDS[kind])
    assert isinstance(error, errors.OtherFormat)
    assert error.kind == kind
    assert any(word in sentence(error) for word in ("pida", "abra", "ábralo"))


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_told_of_what_is_attached_too_but_not_of_the_logo_in_a_signature(kind):
    error = refusal(letter("Hola.", attached={"x.bin": KINDS[kind], "logo.png": KINDS["image"]}).as_bytes())
    assert isinstance(error, errors.NotAChangeFile)
    assert getattr(error, "kind", "nothing") == ("nothing" if kind in known.ALONE else kind)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "zip"])
def test_beside_a_change_file_none_of_it_matters(kind):
    assert found(letter("Hola.", attached={"a.json": FILE, "x.bin": KINDS[kind]}).as_bytes()) == [FILE]


@pytest.mark.parametrize(
    ("method", "name"),
    [(zipfile.ZIP_LZMA, "LZMA"), (zipfile.ZIP_BZIP2, "BZip2"), (9, "Deflate64"), (98, "PPMd"), (77, "77")],
)
def test_of_a_zip_it_is_said_how_it_is_packed(method, name):
    data = bytearray(archive({"a.json": FILE}))
    for sign, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(sign) + place, method)
    error = refusal(bytes(data))
    assert isinstance(error, errors.OtherFormat)
    assert (error.kind, error.detail) == ("zip", name)
    assert name in sentence(error)


def test_a_message_that_is_only_signed_is_read():
    """The signature lies beside the text, or around it as text."""
    signed = letter("Hola.", attached={"a.json": FILE, "smime.p7s": APART}).as_bytes()
    assert found(signed) == [FILE]
    clear = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{wrap(FILE)}\n-----BEGIN PGP SIGNATURE-----\n\niQ\n"
    assert found(letter(clear).as_bytes()) == [FILE]
    error = refusal(letter("Nada.", attached={"smime.p7s": APART}).as_bytes())
    assert not isinstance(error, errors.OtherFormat)


def test_an_encrypted_message_says_so_rather_than_what_else_lies_in_it():
    message = letter("Hola.", attached={"lote.gz": KINDS["gz"], "smime.p7m": ENCRYPTED, "encrypted.asc": PGP.encode()})
    error = refusal(message.as_bytes())
    assert isinstance(error, errors.OtherFormat)
    assert error.kind == "pgp"
