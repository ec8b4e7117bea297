"""The armoured block comes through whatever mail does to a text, or is refused by name."""

from __future__ import annotations

import quopri
import textwrap
import time
import zlib
from collections.abc import Callable, Iterator

import pytest

from gealc_tui import errors
from gealc_tui.domain.change import text_hash
from gealc_tui.sync import armour
from gealc_tui.sync.armour import blocks, wrap

from . import forge
from .letters import change_file

FILE = change_file()
BLOCK = wrap(FILE)


def the_file(text: str) -> None:
    """Checks that a text holds the one block, sound."""
    [found] = blocks(text)
    assert found.error is None
    assert found.data == FILE


# --- how it looks ------------------------------------------------------------------------------------------------


def test_a_block_is_ascii_between_two_markers_in_short_lines():
    lines = BLOCK.splitlines()
    assert BLOCK.isascii()
    assert BLOCK.endswith("\n")
    assert lines[0] == "===== BEGIN GEALC CHANGES ====="
    assert lines[-1] == "===== END GEALC CHANGES ====="
    assert max(map(len, lines)) == 60
    assert "=" not in "".join(lines[1:-1])


def test_its_last_line_says_the_checksum_and_the_length_of_what_is_in_it():
    assert BLOCK.splitlines()[-2] == f"({text_hash(FILE)} {len(FILE)})"


def test_a_block_is_much_smaller_than_its_file():
    assert len(wrap(FILE * 20)) < len(FILE * 20) / 3


@pytest.mark.parametrize("data", [b"", b"\0", b"x" * 59, bytes(range(256)) * 7], ids=len)
def test_any_bytes_come_back(data):
    [found] = blocks(wrap(data))
    assert found == (data, text_hash(data), None, False, "")


# --- what mail does ----------------------------------------------------------------------------------------------


def each_line(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "".join(change(line) + "\n" for line in text.split("\n"))


def strewn(sign: str) -> Callable[[str], str]:
    """A sign between every seventh and eighth character."""
    return lambda text: sign.join(text[start : start + 7] for start in range(0, len(text), 7))


MANGLINGS: dict[str, Callable[[str], str]] = {
    "quoted": each_line(lambda line: f"> {line}"),
    "quoted twice": each_line(lambda line: f"> > {line}"),
    "quoted tightly": each_line(lambda line: f">>{line}"),
    "quoted with bars": each_line(lambda line: f"| {line}"),
    "quoted with initials": each_line(lambda line: f" AB> {line}"),
    "quoted, then wrapped": lambda text: textwrap.fill(each_line(lambda line: f"> {line}")(text), 45),
    "indented": each_line(lambda line: f"\t    {line}"),
    "indented with hard blanks": each_line(lambda line: f"\xa0\xa0{line}"),
    "with trailing blanks": each_line(lambda line: f"{line}  "),
    "with Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "with old Mac line ends": lambda text: text.replace("\n", "\r"),
    "with empty lines in between": lambda text: text.replace("\n", "\n\n \n"),
    "with Unicode line ends": lambda text: text.replace("\n", "\u2028"),
    "wrapped at 76": lambda text: textwrap.fill(text, 76),
    "wrapped at 40": lambda text: textwrap.fill(text, 40),
    "wrapped at 9": lambda text: textwrap.fill(text, 9),
    "all in one line": lambda text: " ".join(text.split()),
    "without any blanks": lambda text: "".join(text.split()),
    "with soft hyphens": strewn("\xad"),
    "with zero widths": strewn("\u200b"),
    "with byte order marks": strewn("\ufeff"),
    "markers with hard blanks": lambda text: text.replace(" GEALC ", "\xa0GEALC\xa0"),
    "markers with several blanks": lambda text: text.replace(" GEALC ", "   GEALC\t "),
    "markers broken in two": lambda text: text.replace(" GEALC ", "\n> GEALC "),
    "markers with fewer signs": lambda text: text.replace("=====", "="),
    "padded": lambda text: text.replace("\n(", "==\n("),
    "in quoted-printable": lambda text: quopri.encodestring(text.encode()).decode(),
    "in quoted-printable with blanks": lambda text: quopri.encodestring(text.encode(), quotetabs=True).decode(),
    "quoted, in quoted-printable": lambda text: quopri.encodestring(
        each_line(lambda line: f"> {line}")(text).encode()
    ).decode(),
    "hard blanks in quoted-printable": lambda text: text.replace("\n", "=C2=A0\n"),
    "with soft breaks left": lambda text: text.replace("\n", "=\n"),
    "with entities": lambda text: each_line(lambda line: f"&gt;&nbsp;{line}")(text),
    "without its end marker": lambda text: text.partition("===== END")[0],
    "amid words": lambda text: f"Estimados:\n\nVa el bloque = BEGIN.\n{text}\nSaludos (Ana)\n-- \nAna = UY",
    "in bold": lambda text: text.replace("=====", "*=====*"),
}


@pytest.mark.parametrize("mangled", MANGLINGS.values(), ids=MANGLINGS)
def test_a_block_comes_through(mangled):
    text = mangled(BLOCK)
    assert text != BLOCK
    the_file(text)


def test_words_about_the_markers_are_no_block():
    assert not list(blocks("Copie desde BEGIN GEALC CHANGES hasta END GEALC CHANGES, por favor."))


def test_several_blocks_come_in_order_and_each_time():
    other = wrap(b"otro")
    found = [block.data for block in blocks(BLOCK + other + each_line(lambda line: f"> {line}")(BLOCK))]
    assert found == [FILE, b"otro", FILE]


# --- what cannot be repaired -------------------------------------------------------------------------------------


def letters() -> range:
    return range(len(armour.BEGIN) + 1, BLOCK.index("\n("))


def altered(place: int) -> Iterator[str]:
    """The block with one letter altered, lost, doubled."""
    old = BLOCK[place]
    for new in ("B" if old != "B" else "C", "", old * 2, "(", "é"):
        yield BLOCK[:place] + new + BLOCK[place + 1 :]


@pytest.mark.parametrize("start", range(8))
def test_no_letter_can_be_altered_lost_or_doubled(start):
    last = letters()[-8]
    for place in letters()[start::8]:
        for text in altered(place) if BLOCK[place] != "\n" else ():
            [found] = blocks(text)
            # The last letters hold a checksum of the deflated bytes, which nobody needs beside that of the file.
            assert isinstance(found.error, errors.Altered) or (found.data == FILE and place > last), place


def test_a_checksum_or_length_that_is_altered_is_noticed():
    checksum = text_hash(FILE)
    for text in (
        BLOCK.replace(checksum, checksum[::-1]),
        BLOCK.replace(checksum, checksum.upper()),
        BLOCK.replace(f" {len(FILE)})", f" {len(FILE) + 1})"),
        BLOCK.replace(f" {len(FILE)})", f" {len(FILE) - 1})"),
        BLOCK.replace(f"({checksum} {len(FILE)})", ""),
    ):
        [found] = blocks(text)
        assert isinstance(found.error, errors.Altered)


def test_a_block_that_is_cut_off_says_so_and_where():
    lines = BLOCK.splitlines(keepends=True)
    for n in range(1, len(lines) - 2):
        [found] = blocks("Hola\n" + "".join(lines[:n]))
        assert isinstance(found.error, errors.CutOff)
        assert found.error.line == n + 2


def test_a_block_that_another_one_cuts_off_is_cut_off_and_the_other_is_sound():
    cut, sound = blocks(BLOCK[:200] + "\n" + BLOCK)
    assert isinstance(cut.error, errors.CutOff)
    assert sound.data == FILE


def test_of_a_damaged_block_the_beginning_is_read_so_far_as_it_can_be():
    [found] = blocks(BLOCK[: len(BLOCK) // 2])
    assert isinstance(found.error, errors.CutOff)
    assert found.data
    assert FILE.startswith(found.data)


# --- hostile texts -----------------------------------------------------------------------------------------------


def test_a_block_that_inflates_beyond_what_it_says_is_refused_after_as_much():
    bomb = wrap(b"\0" * 50_000_000).replace(" 50000000)", " 1000)")
    [found] = blocks(bomb)
    assert isinstance(found.error, errors.Altered)
    assert len(found.data) <= armour.HEAD


def test_a_block_that_says_it_is_beyond_the_limit_is_not_inflated(monkeypatch):
    monkeypatch.setattr(armour, "_inflated", lambda *_: pytest.fail("it was inflated"))
    [found] = blocks(BLOCK.replace(f" {len(FILE)})", " 99999999999)"))
    assert isinstance(found.error, errors.TooLarge)
    assert found.error.limit == "bytes"


def test_the_limit_is_the_callers():
    [found] = blocks(BLOCK, len(FILE) - 1)
    assert isinstance(found.error, errors.TooLarge)
    assert next(blocks(BLOCK, len(FILE))).error is None


def test_what_stands_behind_the_deflated_bytes_is_no_matter_of_the_file():
    """The stream ends where it ends; the checksum is over what came out of it."""
    letters = armour.base64.b64encode(zlib.compress(FILE) + b"more").decode().rstrip("=")
    [found] = blocks(f"{armour.BEGIN}\n{letters}\n({text_hash(FILE)} {len(FILE)})\n{armour.END}")
    assert found.data == FILE


@pytest.mark.parametrize(
    "text",
    [
        "=" * 4_000_000,
        "= " * 2_000_000,
        "=BEGIN " * 500_000,
        "BEGIN GEALC " * 300_000,
        "=BEGIN GEALC CHANGES" * 20_000,
        "=BEGIN GEALC CHANGES\n" * 20_000,
        "=BEGIN GEALC CHANGES" + "(" * 2_000_000,
        "=BEGIN GEALC CHANGES" + "&" * 2_000_000,
        "=BEGIN GEALC CHANGES" + "A>\n" * 700_000,
        "=BEGIN GEALC CHANGES" + " " * 4_000_000 + "x",
    ],
    ids=lambda text: text[:24],
)
def test_no_text_takes_long(text):
    start = time.process_time()
    for _ in blocks(text):
        pass
    assert time.process_time() - start < 20


def test_a_block_survives_being_sent_by_somebody_who_forges_nothing():
    """The block says nothing of its own about who wrote it: that is in the file."""
    assert forge.parsed(next(blocks(BLOCK)).data)["from"] == forge.made_up("Ana").replica
