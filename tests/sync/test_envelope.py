"""The change file is found inside whatever comes, once, by its content; what cannot be read is refused by name."""

from __future__ import annotations

import struct
import time
import zipfile
from typing import Any

import pytest

from gealc_tui import errors
from gealc_tui.i18n.sentences import sentence
from gealc_tui.sync import armour
from gealc_tui.sync.armour import BEGIN, wrap
from gealc_tui.sync.bundle import LARGEST_FILE, decode
from gealc_tui.sync.envelope import Found, Repair, limits, opened, opening, texts

from . import compound, forge
from .letters import archive, change_file, forwarded, letter, page

FILE = change_file()
OTHER = change_file("Eva", "otra cosa")
LATER = change_file("Ana", "más tarde", at=1_552_564_800_001)
WINMAIL = b"\x78\x9f\x3e\x22\x01\x00" + bytes(500)


def found(data: bytes) -> list[bytes]:
    """What is delivered, of something of which nothing is refused."""
    made = opened("x", data)
    assert made.refused == ()
    return [one.data for one in made.files]


def refusal(data: bytes) -> errors.GealcError:
    """Why something is refused of which nothing is delivered."""
    made = opened("x", data)
    assert made.files == ()
    [refused] = made.refused
    assert sentence(refused.error)
    return refused.error


def repairs(data: bytes) -> tuple[Repair, ...]:
    [file] = opened("x", data).files
    return file.repairs


def altered(data: bytes) -> bytes:
    """One word is another."""
    assert b"oficina 4" in data
    return data.replace(b"oficina 4", b"oficina 5")


# --- the file itself ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["cambios.json", "cambios.json.txt", "noname", "", "foto.jpg", "x.zip", "\0\x1b[2J"])
def test_a_change_file_is_delivered_as_it_is_whatever_it_is_called(name):
    assert opened(name, FILE) == ((Found(name, FILE, ()),), ())


def test_a_change_file_is_known_by_its_format_and_not_judged():
    for data in (
        FILE[:200],
        altered(FILE),
        b'{"format": "gealc-changes"}',
        b'  {"version":99,"format":"gealc-changes"',
    ):
        assert found(data) == [data]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"\xff\xfe",
        b"{}",
        b"[]",
        b"{",
        b'{"format": "other"}',
        b'{"summary": "gealc-changes-2"}',
        b"Estimados: hablemos de gealc-changes.",
        bytes(range(256)) * 20,
        b"%PDF-1.7\n" + bytes(300),
        b"From: ana@example.uy\nTo: eva@example.pe\nSubject: Hola\n\nNada.\n",
        letter("Nada.", attached={"foto.png": b"\x89PNG" + bytes(100)}).as_bytes(),
        archive({"leame.txt": b"Nada."}),
        archive({}),
        compound.saved(compound.message("Nada.")),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
        ("{" + " " * 5_000 + '"format": "gealc-changes"}').encode(),
    ],
)
def test_what_holds_no_change_file_is_refused_once(data):
    assert isinstance(refusal(data), errors.NotAChangeFile)


def test_the_largest_file_is_not_even_looked_at(monkeypatch):
    monkeypatch.setattr(opening, "LARGEST_FILE", len(FILE) - 1)
    error = refusal(FILE)
    assert isinstance(error, errors.TooLarge)
    assert error.limit == "bytes"


@pytest.mark.parametrize(
    ("data", "undone"),
    [
        (b"\xef\xbb\xbf" + FILE, (Repair.BOM,)),
        (FILE.decode().encode("utf-16"), (Repair.UTF16,)),
        (b"\xfe\xff" + FILE.decode().encode("utf-16-be"), (Repair.UTF16,)),
        (FILE.decode().encode("utf-16-le"), (Repair.UTF16,)),
        (FILE.decode().encode("utf-16-be"), (Repair.UTF16,)),
        (FILE.decode().encode("utf-32"), (Repair.UTF16,)),
        (archive({"a.json": FILE}), (Repair.ZIP,)),
        (letter(attached={"a.json": FILE}).as_bytes(), (Repair.MAIL,)),
        (letter(attached={"a.zip": archive({"a.json": FILE})}).as_bytes(), (Repair.MAIL, Repair.ZIP)),
        (letter(wrap(FILE)).as_bytes(), (Repair.MAIL, Repair.ARMOUR)),
        (letter("x", html=page(FILE)).as_bytes(), (Repair.MAIL, Repair.HTML, Repair.ARMOUR)),
        (forwarded(letter(attached={"a.json": FILE})).as_bytes(), (Repair.MAIL, Repair.FORWARDED)),
        (compound.saved(compound.message(wrap(FILE))), (Repair.OUTLOOK, Repair.ARMOUR)),
        (b"Hola:\n" + FILE, (Repair.PASTED,)),
        (wrap(FILE).encode(), (Repair.ARMOUR,)),
    ],
)
def test_it_is_told_what_was_undone(data, undone):
    assert repairs(data) == undone
    assert found(data)[0].strip() == FILE.strip()


def test_typographic_quotes_are_refused_with_the_line():
    lines = FILE.decode().splitlines()
    lines[4] = lines[4].replace('"', "“")
    [file] = opened("x", "\n".join(lines).encode()).files
    with pytest.raises(errors.NotAChangeFile) as raised:
        decode(file.data)
    assert (raised.value.reason, raised.value.line) == ("damaged", 5)


@pytest.mark.parametrize("quotes", ["“”", "„“", "«»", "''"])
def test_a_file_all_of_whose_quotes_were_replaced_is_still_known_for_a_change_file(quotes):
    parts = FILE.decode().split('"')
    text = "".join(part + quotes[n % 2] for n, part in enumerate(parts[:-1])) + parts[-1]
    for encoding in ("utf-8", "cp1252"):
        error = refusal(text.encode(encoding, "replace"))
        assert isinstance(error, errors.NotAChangeFile)
        assert error.reason == "damaged"
        assert error.line in (1, 2)


# --- once each ---------------------------------------------------------------------------------------------------


def test_a_file_that_is_attached_and_in_the_text_is_delivered_once():
    message = letter(wrap(FILE), html=page(FILE), attached={"a.json": FILE, "a_(1).json": FILE})
    [file] = opened("m", message.as_bytes()).files
    assert file == Found("m: a.json", FILE, (Repair.MAIL,))


def test_copies_that_differ_in_line_ends_and_blanks_are_one_file():
    respelled = forge.spelled(forge.parsed(FILE))
    assert respelled != FILE
    crlf = FILE.replace(b"\n", b"\r\n").rstrip()
    made = opened("m", letter(wrap(FILE), attached={"a": crlf, "b": respelled}).as_bytes())
    [file] = made.files
    assert decode(file.data) == decode(FILE)
    assert made.refused == ()


def test_different_files_come_each():
    assert found(archive({"a": FILE, "b": OTHER, "c": LATER})) == [FILE, OTHER, LATER]
    answers = wrap(FILE) + "\n> " + wrap(OTHER).replace("\n", "\n> ") + "\n>> " + wrap(FILE).replace("\n", "\n>> ")
    assert found(letter(answers).as_bytes()) == [FILE, OTHER]


def test_two_files_of_one_author_and_instant_that_both_pass_the_gate_come_both():
    twin = change_file("Ana", "escrito por otra máquina en el mismo instante")
    assert found(archive({"a": FILE, "b": twin})) == [FILE, twin]


def test_one_sound_copy_is_enough():
    for attached in (altered(FILE), FILE[: len(FILE) // 2], FILE.replace(b'"', "“".encode()), FILE[:400] + b"x"):
        made = opened("m", letter(wrap(FILE), attached={"a.json": attached}).as_bytes())
        assert made.refused == ()
        assert made.files == (Found("m", FILE, (Repair.MAIL, Repair.ARMOUR, Repair.COPY)),)


@pytest.mark.parametrize("n", [100, 300, 600])
def test_one_sound_copy_is_enough_also_if_it_is_the_block_that_is_damaged(n):
    block = wrap(FILE)
    for damaged in (block[:n], block[:n] + "x" + block[n + 1 :], block[:n] + "\nBEGIN\n" + block[n:]):
        made = opened("m", letter(damaged, attached={"a.json": FILE}).as_bytes())
        assert made.refused == () or n == 100
        assert made.files[0].data == FILE


def test_a_block_damaged_in_the_text_and_sound_in_the_page_is_sound():
    block = wrap(FILE)
    made = opened("m", letter(block.replace(block[90:95], "*****"), html=page(FILE)).as_bytes())
    assert made.refused == ()
    assert [one.data for one in made.files] == [FILE]


def test_copies_of_which_none_is_sound_are_one_file_for_the_gate_to_refuse():
    [data] = found(letter(attached={"a.json": altered(FILE), "b.json": FILE[:1_000]}).as_bytes())
    with pytest.raises(errors.GealcError):
        decode(data)


def test_a_damaged_file_beside_another_is_refused_and_the_other_comes():
    block = wrap(OTHER)
    made = opened("m", letter(block[:200], attached={"a.json": FILE}).as_bytes())
    assert [one.data for one in made.files] == [FILE]
    assert [type(one.error) for one in made.refused] == [errors.CutOff]


def test_a_block_that_somebody_pasted_into_a_note_is_no_file():
    data = change_file(words=f"Me llegó esto:\n{wrap(OTHER)}")
    assert found(data) == [data]


def test_a_newer_format_is_delivered_once_for_the_gate_to_name():
    raw = {**forge.parsed(FILE), "version": 2}
    newer, respelled = forge.sealed(raw, forge.made_up("Ana")), b"{ " + forge.sealed(raw, forge.made_up("Ana"))[1:]
    [data] = found(letter(wrap(newer), attached={"a": respelled}).as_bytes())
    with pytest.raises(errors.NewerFormat):
        decode(data)


# --- mail --------------------------------------------------------------------------------------------------------


def test_what_outlook_wrapped_is_refused_with_what_to_ask_for():
    for data in (WINMAIL, letter(attached={"winmail.dat": WINMAIL}).as_bytes(), archive({"noname": WINMAIL})):
        error = refusal(data)
        assert isinstance(error, errors.OutlookWrapped)
        assert "winmail.dat" in sentence(error)


def test_what_outlook_wrapped_does_no_harm_beside_a_block():
    assert found(letter(wrap(FILE), attached={"winmail.dat": WINMAIL}).as_bytes()) == [FILE]


def test_what_outlook_wrapped_is_told_if_another_message_has_the_block():
    inner = letter("Otro.", attached={"winmail.dat": WINMAIL})
    made = opened("m", archive({"a.eml": letter(wrap(FILE)).as_bytes(), "b.eml": inner.as_bytes()}))
    assert [one.data for one in made.files] == [FILE]
    assert [type(one.error) for one in made.refused] == [errors.OutlookWrapped]


def test_a_mailbox_gives_the_files_of_each_message():
    messages = [letter(wrap(FILE)), letter(attached={"a.json": OTHER}), letter("Nada."), letter(wrap(FILE))]
    mailbox = b"".join(b"From x@example.uy Thu Mar 14 12:00:00 2019\n" + one.as_bytes() + b"\n" for one in messages)
    assert found(mailbox) == [FILE, OTHER]


def test_a_message_of_outlook_gives_its_texts_its_attachments_and_those_of_messages_inside():
    inner = compound.message(wrap(LATER), attached={"c.json": LATER})
    tree = compound.message(wrap(FILE), html=page(FILE).encode(), attached={"ñ.json": OTHER, "Reenvío": inner})
    made = opened("m.msg", compound.saved(tree))
    assert {(one.name, one.data) for one in made.files} == {
        ("m.msg", FILE),
        ("m.msg: ñ.json", OTHER),
        ("m.msg: c.json", LATER),
    }
    assert made.refused == ()


def test_a_message_of_outlook_that_is_damaged_gives_what_can_be_read():
    whole = compound.saved(compound.message(wrap(FILE) + " " * 3_000, attached={"a.bin": b"x" * 9_000}))
    data = bytearray(whole)
    table = len(whole) - 512
    # The chain of sectors of the attachment leads out of the file.
    for place in range(table, len(whole), 4):
        if struct.unpack_from("<I", data, place)[0] == 20:
            struct.pack_into("<I", data, place, 60_000)
    assert bytes(data) != whole
    assert found(bytes(data)) == [FILE]


def test_old_documents_of_an_office_do_no_harm():
    broken = compound.saved(compound.message("x"))[:1_500]
    assert found(letter(wrap(FILE), attached={"informe.doc": broken}).as_bytes()) == [FILE]
    assert refusal(broken).__dict__ == {"reason": "outlook", "line": 0}


# --- archives ----------------------------------------------------------------------------------------------------


def test_several_files_come_out_of_an_archive_also_out_of_one_inside():
    inside = archive({"b.json": OTHER, "carpeta/c.json": LATER}, zipfile.ZIP_STORED)
    assert found(archive({"a.json": FILE, "b.zip": inside})) == [FILE, OTHER, LATER]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\Windows\\x", "..\\..\\x", "a\x1b[2J", "x" * 9_000, "con", "a\nb"]
)
def test_names_in_an_archive_lead_nowhere(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    [file] = opened("lote.zip", archive({name: FILE})).files
    assert file.data == FILE
    assert file.name.startswith("lote.zip: ")
    assert len(file.name) < 300
    assert not any(sign in file.name for sign in "/\\")
    assert sorted(tmp_path.rglob("*")) == before


def with_flag(data: bytes, flag: int) -> bytes:
    """An archive all of whose entries have a flag."""
    made = bytearray(data)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        here = made.find(sign)
        while here >= 0:
            made[here + place] |= flag
            here = made.find(sign, here + 1)
    return bytes(made)


def test_an_archive_with_a_password_is_refused_with_what_to_ask_for():
    error = refusal(with_flag(archive({"a.json": FILE}), 1))
    assert isinstance(error, errors.ArchiveEncrypted)
    assert "contraseña" in sentence(error)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_rare_way_of_packing_is_refused(method):
    assert isinstance(refusal(archive({"a.json": FILE}, method)), errors.NotAChangeFile)


def test_an_archive_that_is_cut_off_says_so():
    data = archive({"a.json": FILE, "b.json": OTHER})
    for length in range(10, len(data) - 22, 60):
        error = refusal(data[:length])
        assert isinstance(error, errors.CutOff)
        assert "cortado" in sentence(error)


def test_an_entry_that_is_damaged_is_refused_and_the_others_come():
    data = bytearray(archive({"a.json": FILE, "b.json": OTHER}))
    data[len(FILE) // 6] ^= 0x55
    made = opened("x", bytes(data))
    assert [one.data for one in made.files] == [OTHER]
    assert [(one.name, type(one.error)) for one in made.refused] == [("x: a.json", errors.Altered)]


def test_a_bomb_is_stopped_by_what_comes_out_of_it(monkeypatch):
    monkeypatch.setattr("gealc_tui.sync.envelope.archive.LARGEST_FILE", 3_000_000)
    bomb = archive({"a.json": b"0" * 50_000_000})
    assert len(bomb) < 60_000
    error = refusal(bomb)
    assert isinstance(error, errors.TooLarge)
    assert error.limit == "bytes"


def test_a_bomb_that_lies_about_its_size_is_stopped_too(monkeypatch):
    monkeypatch.setattr("gealc_tui.sync.envelope.archive.LARGEST_FILE", 3_000_000)
    size = struct.pack("<I", 50_000_000)
    lying = archive({"a.json": b"0" * 50_000_000}).replace(size, struct.pack("<I", 100))
    assert isinstance(refusal(lying), (errors.TooLarge, errors.Altered))


def test_many_small_bombs_are_one_bomb(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_WHOLE", 10_000_000)
    bomb = archive({"a.json": FILE, **{f"{n}.json": b"0" * 1_000_000 for n in range(50)}})
    made = opened("x", bomb)
    assert [one.data for one in made.files] == [FILE]
    assert [type(one.error) for one in made.refused] == [errors.TooLarge]


def test_entries_that_overlap_come_out_no_oftener_than_the_limit_allows(monkeypatch):
    """A thousand entries of the directory that all mean the same bytes."""
    monkeypatch.setattr(limits, "LARGEST_WHOLE", 20_000_000)
    data = archive({"a.json": b"0" * 1_000_000})
    directory = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[directory:end]
    many = entry * 900
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 900, 900, len(many), directory, 0)
    start = time.process_time()
    made = opened("x", data[:directory] + many + tail)
    # From 3.13 on Python's own reader refuses each entry that overlaps another.
    assert all(isinstance(one.error, (errors.TooLarge, errors.Altered)) for one in made.refused)
    assert made.refused
    assert time.process_time() - start < 10


def test_a_directory_of_a_million_entries_is_not_even_parsed():
    data = archive({"a.json": FILE})
    directory, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    error = refusal(data[:directory] + data[directory:end] * 1_000_000 + data[end:])
    assert isinstance(error, errors.TooLarge)
    assert error.limit == "count"


# --- limits ------------------------------------------------------------------------------------------------------


def nested(depth: int, data: bytes = FILE) -> bytes:
    for n in range(depth):
        data = archive({f"{n}.zip": data}, zipfile.ZIP_STORED)
    return data


def test_containers_are_opened_down_to_a_depth_and_no_deeper():
    assert found(nested(limits.DEEPEST)) == [FILE]
    error = refusal(nested(limits.DEEPEST + 1))
    assert isinstance(error, errors.TooLarge)
    assert error.limit == "depth"


def test_messages_are_opened_down_to_a_depth_and_no_deeper():
    message = letter(attached={"a.json": FILE})
    for _ in range(limits.DEEPEST - 1):
        message = forwarded(message)
    assert found(message.as_bytes()) == [FILE]
    assert isinstance(refusal(forwarded(message).as_bytes()), errors.TooLarge)


def test_a_message_of_parts_in_parts_without_end_is_refused():
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(150))
    assert isinstance(refusal(f"MIME-Version: 1.0\n{head}\nx".encode()), errors.GealcError)
    many = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(5_000))
    error = refusal(f"MIME-Version: 1.0\n{many}\nx".encode())
    assert isinstance(error, errors.TooLarge)
    assert error.limit == "count"


def test_parts_and_files_are_counted(monkeypatch):
    monkeypatch.setattr(limits, "MOST_PARTS", 10)
    assert isinstance(refusal(archive({str(n): b"x" for n in range(10)})), errors.TooLarge)
    monkeypatch.setattr(limits, "MOST_PARTS", 1_000)
    monkeypatch.setattr(limits, "MOST_FOUND", 3)
    made = opened("x", ("".join(wrap(change_file(words=str(n), at=n)) for n in range(9))).encode())
    assert len(made.files) == 3
    assert [type(one.error) for one in made.refused] == [errors.TooLarge]


def test_a_block_bomb_is_stopped():
    bomb = wrap(b"\0" * (LARGEST_FILE // 8))
    text = bomb.replace(f" {LARGEST_FILE // 8})", f" {LARGEST_FILE + 1})")
    error = refusal(text.encode())
    assert isinstance(error, errors.TooLarge)


def test_blocks_that_inflate_to_too_much_together_are_stopped(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_WHOLE", 5_000_000)
    made = opened("x", "".join(wrap(b"%d" % n * 1_000_000) for n in range(9)).encode())
    assert len(made.files) == 5
    assert [type(one.error) for one in made.refused] == [errors.TooLarge]


def test_blocks_that_are_damaged_count_as_well(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_WHOLE", 5_000_000)
    damaged = [wrap(b"0" * 1_000_000).replace(" 1000000)", " 999999)") for _ in range(9)]
    opened_blocks = []
    inflated = armour._inflated
    monkeypatch.setattr(armour, "_inflated", lambda *how: opened_blocks.append(inflated(*how)) or opened_blocks[-1])
    assert isinstance(refusal("".join(damaged).encode()), (errors.TooLarge, errors.Altered))
    assert len(opened_blocks) == 5


def test_a_mail_or_message_too_large_to_be_mailed_is_refused(monkeypatch):
    monkeypatch.setattr("gealc_tui.sync.envelope.mail.LARGEST_MAIL", 1_000)
    assert isinstance(refusal(letter(wrap(FILE)).as_bytes()), errors.TooLarge)
    monkeypatch.setattr("gealc_tui.sync.envelope.outlook.LARGEST_OUTLOOK", 1_000)
    assert isinstance(refusal(compound.saved(compound.message(wrap(FILE)))), errors.TooLarge)


def outlook_with(**header: tuple[str, int, int]) -> bytes:
    data = bytearray(compound.saved(compound.message("x" * 5_000)))
    for form, place, value in header.values():
        struct.pack_into(form, data, place, value)
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        outlook_with(fat=("<I", 44, 0xFFFFFFF0)),
        outlook_with(fat=("<I", 44, 110), difat=("<I", 72, 1), first=("<I", 68, 0)),
        outlook_with(fat=("<I", 44, 0x7FFFFFFF), difat=("<I", 72, 0x1020408), first=("<I", 68, 0)),
        outlook_with(directory=("<I", 48, 0)),
        outlook_with(directory=("<I", 48, 0xFFFFFFF0)),
        outlook_with(shift=("<H", 30, 0xFFFF)),
        outlook_with(shift=("<H", 30, 0)),
        outlook_with(small=("<I", 64, 0xFFFFFFFF)),
        outlook_with(cutoff=("<I", 56, 0)),
    ],
)
def test_a_file_of_outlook_that_lies_about_itself_is_refused_quickly(data):
    start = time.process_time()
    assert isinstance(refusal(data), errors.GealcError)
    assert time.process_time() - start < 5


def test_a_file_of_outlook_with_streams_without_number_is_refused_quickly(monkeypatch):
    monkeypatch.setattr("gealc_tui.sync.envelope.outlook.MOST_STREAMS", 50)
    tree: dict[str, Any] = {f"__substg1.0_{n:08X}": b"x" for n in range(60)}
    assert isinstance(refusal(compound.saved(tree)), errors.NotAChangeFile)


@pytest.mark.parametrize(
    "data",
    [
        b"<" * 3_000_000,
        b"<!--" * 700_000,
        b"<a x='" * 500_000,
        b'<p><a "' * 500_000,
        b"&nbsp;" * 500_000,
        b"{" * 3_000_000,
        b'x{"format":"gealc-changes"' * 20_000,
        b'x{"format":"gealc-changes","\\"' + b'\\"' * 1_000_000,
        b"x{" + b">" * 3_000_000,
        b"From: x\nTo: y\n" + b" folded\n" * 300_000,
        b"From: x\nTo: y\n" + b"X: y\n" * 300_000,
        b"From x\n\n" * 300_000,
        b"From x\nA: b\n\n" * 900,
        b"Subject: x\nMIME-Version: 1.0\nContent-Type: " + b'"' * 100_000 + b"\n\nx",
        b'Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; name="=?utf-8?q?' + b"=?" * 100_000 + b'?="\n\nx',
        b"Subject: x\nMIME-Version: 1.0\nContent-Disposition: attachment; filename*0*=x" + b";a=b" * 30_000 + b"\n\nx",
        b"PK\x05\x06" * 500_000,
        b"PK\x03\x04" + b"PK\x05\x06" + bytes(1_000_000),
        bytes(3_000_000),
        " ".join([BEGIN] * 50_000).encode(),
    ],
    ids=lambda data: repr(data[:20]),
)
def test_nothing_takes_long(data):
    start = time.process_time()
    opened("x", data)
    assert time.process_time() - start < 20


def test_the_head_is_where_a_change_file_names_its_format():
    assert FILE.index(b"gealc-changes") < 100 < texts.HEAD
