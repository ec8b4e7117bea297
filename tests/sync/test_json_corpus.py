"""The kinds of JSON over which parsers disagree: each ends in a named outcome, and none changes the database.

The kinds are those of a published test suite for JSON parsers (N. Seriot, "Parsing JSON is a minefield"), written
anew: what every parser must refuse, what every parser must accept, and what the standard leaves open. Each is tried
as a whole file, and as what somebody wrote in a note, in a file that is well shaped and rightly signed but for that.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from gealc_tui import errors
from gealc_tui.domain.change import Edit
from gealc_tui.errors import GealcError
from gealc_tui.i18n.sentences import sentence
from gealc_tui.sync.bundle import decode
from gealc_tui.sync.envelope import opened

from . import forge

ANA = forge.made_up("Ana")
HERE = "put it here"
REFUSALS = {"not-a-change-file", "cut-off", "altered", "forged", "too-large", "newer-version"}

# What is no JSON at all.
WRONG: dict[str, bytes] = {
    "nothing": b"",
    "a blank": b" ",
    "a newline only": b"\n",
    "array, one comma too many at its end": b"[1,]",
    "array, one comma too many at its beginning": b"[,1]",
    "array, two commas": b"[1,,2]",
    "array, a comma alone": b"[,]",
    "array, no comma": b"[1 true]",
    "array, a colon for a comma": b'["":1]',
    "array, not closed": b'["x"',
    "array, not closed behind a comma": b"[1,",
    "array, closed twice": b'["x"]]',
    "array, closed by a brace": b"[1}",
    "array, only a minus": b"[-]",
    "array, only a star": b"[*]",
    "array, a newline in a string": b'["a\nb"]',
    "array, opened without end": b"[" * 100_000,
    "array, opened with objects without end": b'[{"":' * 50_000,
    "object, comma at its end": b'{"a":1,}',
    "object, two commas": b'{"a":1,,"b":2}',
    "object, no colon": b'{"a" 1}',
    "object, two colons": b'{"a"::1}',
    "object, no value": b'{"a":}',
    "object, a key without quotes": b"{a:1}",
    "object, a number for a key": b"{1:1}",
    "object, a key in single quotes": b"{'a':1}",
    "object, a null for a key": b"{null:null}",
    "object, nothing but a key": b'{"a"}',
    "object, not closed": b'{"a":1',
    "object, not closed in a key": b'{"a',
    "object, closed by a bracket": b'{"a":1]',
    "object, something behind it": b'{"a":1}#',
    "object, a comment behind it": b'{"a":1}//',
    "object, a comment in it": b'{"a":/*x*/1}',
    "object, a comment of one line": b'{"a":1 // x\n}',
    "object, an open comment behind it": b'{"a":1}/*',
    "object, another behind it": b'{"a":1}{"b":2}',
    "two values": b"1 2",
    "a word": b"gealc",
    "a word of Python": b"None",
    "True": b"True",
    "TRUE": b"TRUE",
    "tru": b"tru",
    "nul": b"nul",
    "undefined": b"undefined",
    "a number with a plus": b"+1",
    "a number with two minuses": b"--1",
    "a minus and a blank": b"- 1",
    "a number that begins with nought": b"012",
    "a negative number that begins with nought": b"-012",
    "two noughts": b"00",
    "a number in base 16": b"0x42",
    "an octal number": b"0o17",
    "a number with separators": b"1_000",
    "a number with commas": b"1,000",
    "a number that ends with a point": b"1.",
    "a number that begins with a point": b".5",
    "a number with two points": b"1.2.3",
    "a number that ends with e": b"1e",
    "a number that ends with e and a sign": b"1e+",
    "a number with two e": b"1e2e3",
    "a number and a letter": b"1a",
    "a number with a fullwidth digit": "１".encode(),
    "inf": b"inf",
    "Inf": b"Inf",
    "nan": b"nan",
    "-NaN": b"-NaN",
    "a string in single quotes": b"'a'",
    "a string in typographic quotes": "“a”".encode(),
    "a string without quotes": b"a b",
    "a string, not closed": b'"a',
    "a string, not closed behind a backslash": b'"\\',
    "a string, closed by an escaped quote": b'"a\\"',
    "a string, an escape of no meaning": b'"\\a"',
    "a string, \\x": b'"\\x41"',
    "a string, an escaped newline": b'"\\\n"',
    "a string, an escaped emoji": '"\\🙂"'.encode(),
    "a string, \\u and nothing": b'"\\u"',
    "a string, \\u and three digits": b'"\\u00A"',
    "a string, \\u and letters": b'"\\u00XY"',
    "a string, \\U": b'"\\U00000041"',
    "a string with a tab in it": b'"a\tb"',
    "a string with a NUL in it": b'"a\0b"',
    "a string with a newline in it": b'"a\nb"',
    "a string with an escape character in it": b'"a\x1bb"',
    "a NUL behind the value": b"1\0",
    "a form feed around": b"\f1\f",
    "a hard blank around": b"\xc2\xa01",
    "a zero width around": "\u200b1".encode(),
    "a byte order mark in the middle": b'["\xef\xbb\xbf",\xef\xbb\xbf1]',
    "one byte of UTF-8": b"\xc3",
    "one byte of Latin-1": b'"\xf1"',
    "half a letter of UTF-8": b'"\xc3"',
    "overlong slash of two bytes": b'"\xc0\xaf"',
    "overlong slash of four bytes": b'"\xf0\x80\x80\xaf"',
    "overlong nought": b'"\xc0\x80"',
    "half a pair in UTF-8": b'"\xed\xa0\x80"',
    "beyond Unicode in UTF-8": b'"\xf4\xbf\xbf\xbf"',
    "no UTF-8 at all": b'"\xff\xfe\xfd"',
    "a page": b"<null>",
    "a template": b"${1}",
    "a document of YAML": b"a: 1",
}

# What is JSON, and nothing that a register may hold, or that our numbers reach.
STRANGE: dict[str, bytes] = {
    "a float": b"1.5",
    "minus nought as a float": b"-0.0",
    "one as a float": b"1.0",
    "a number with e": b"1e2",
    "a number with E": b"1E+2",
    "a number with a negative exponent": b"1e-2",
    "a number beyond floats": b"1e999",
    "a negative number beyond floats": b"-1e999",
    "a number whose exponent has no end": b"1e" + b"9" * 5_000,
    "a number below floats": b"123e-10000000",
    "a very small number": b"1e-999",
    "a number of many decimals": b"0." + b"3" * 5_000,
    "the first integer too large": b"9007199254740992",
    "the first integer too small": b"-9007199254740992",
    "an integer of 64 bits": b"18446744073709551616",
    "an integer of 4,300 digits": b"7" * 4_300,
    "an integer of 4,301 digits": b"7" * 4_301,
    "an integer of ten million digits": b"7" * 10_000_000,
    "NaN": b"NaN",
    "Infinity": b"Infinity",
    "minus Infinity": b"-Infinity",
    "an object": b'{"a":1}',
    "an empty object": b"{}",
    "an object with a key twice": b'{"a":1,"a":2}',
    "an object with a key and a value twice": b'{"a":1,"a":1}',
    "an object with a key twice, once escaped": b'{"a":1,"\\u0061":2}',
    "an object with an empty key": b'{"":0}',
    "an object in an array": b"[[{}]]",
    "an object that means its class": b'{"__class__":"os","__proto__":{}}',
    "half a pair": b'"\\ud800"',
    "the second half of a pair": b'"\\udfff"',
    "a pair the wrong way round": b'"\\udd1e\\ud834"',
    "half a pair twice": b'"\\ud800\\ud800"',
    "half a pair and a letter": b'"\\ud800a"',
    "half a pair and a newline": b'"\\ud800\\n"',
    "half a pair for a key": b'{"\\ud800":1}',
    "half a pair in an array": b'[["\\ud834"]]',
    "arrays nine deep": b"[" * 9 + b"]" * 9,
    "arrays five hundred deep": b"[" * 500 + b"]" * 500,
    "arrays a hundred thousand deep": b"[" * 100_000 + b"]" * 100_000,
    "objects a hundred thousand deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "a text too long": b'"' + b"x" * 1_000_001 + b'"',
}

# What is JSON, and may stand in a register in whatever spelling.
RIGHT: dict[str, bytes] = {
    "null": b"null",
    "true": b"true",
    "false": b"false",
    "nought": b"0",
    "minus nought": b"-0",
    "an integer": b"-42",
    "the largest integer": b"9007199254740991",
    "the smallest integer": b"-9007199254740991",
    "an empty string": b'""',
    "a blank string": b'" "',
    "a string": b'"a"',
    "a string escaped": b'"\\u0061\\u0030"',
    "all escapes": b'"\\"\\\\\\/\\b\\f\\n\\r\\t"',
    "an escaped NUL": b'"\\u0000"',
    "an escaped escape character": b'"\\u001b[2J"',
    "a delete character": b'"\x7f"',
    "a backslash and u, escaped": b'"\\\\u0061"',
    "letters in small hex": b'"\\u00f1\\u00F1"',
    "a pair": b'"\\ud834\\udd1e"',
    "a pair in UTF-8": '"𝄞"'.encode(),
    "the last letter of Unicode": b'"\\udbff\\udfff"',
    "no letter": b'"\\uffff\\ufdd0"',
    "a byte order mark escaped": b'"\\ufeff"',
    "line ends of Unicode": '"\u2028\u2029\x85"'.encode(),
    "marks of direction": '"\u202e\u200f"'.encode(),
    "a comment in a string": b'"a/*b*/c//d"',
    "accents in two parts": '"n\u0303"'.encode(),
    "an empty array": b"[]",
    "an array": b'[null, 1, "1", false]',
    "arrays eight deep": b"[" * 8 + b"]" * 8,
    "an array with blanks": b" [ 1 ,\t2\r\n, [ ] ] ",
    "the name of the format": b'"gealc-changes"',
    "a text of a million letters": b'"' + b"x" * 1_000_000 + b'"',
}


def signed(value: Any) -> bytes:
    """A change file in which a note says `value`, rightly signed."""
    note = (Edit("note/n1", "activity", "activity/2019/1.1.1"), Edit("note/n1", "text", value))
    chain = forge.chain(ANA.replica, [note], at=1_552_564_700_000)
    return forge.bundle(ANA, [forge.run(ANA, chain)], have={})


def saying(value: Any, spelled: bytes) -> bytes:
    """The same file, in which the note is spelled in another way."""
    data, there = signed(value), json.dumps(value, separators=(",", ":")).encode()
    assert data.count(b'"text",' + there) == 1
    return data.replace(b'"text",' + there, b'"text",' + spelled)


@pytest.fixture
def replica(make_replica):
    made = make_replica("Pedro", plan="small")
    made.commit([("activity/2019/1.1.1", "status", "in_progress")])
    return made


@pytest.fixture
def refused(replica, whole) -> Callable[[bytes], GealcError]:
    """Checks that a file is refused by name and changes nothing."""

    def check(data: bytes) -> GealcError:
        before = whole(replica)
        report = replica.merge([("x.json", data)], accept=True)
        assert whole(replica) == before
        assert [one.outcome in REFUSALS for one in report.files] == [True]
        assert report.files[0].logs == report.altered == report.opened == report.settled == ()
        assert sentence(report.files[0].error)
        with pytest.raises(GealcError):
            decode(data)
        return report.files[0].error

    return check


def by_name(*kinds: dict[str, bytes]) -> pytest.MarkDecorator:
    cases = {name: text for kind in kinds for name, text in kind.items()}
    return pytest.mark.parametrize("text", cases.values(), ids=cases)


@by_name(WRONG, STRANGE, RIGHT)
def test_as_a_whole_file_it_is_no_change_file(refused, text):
    refused(text)


@by_name(WRONG, STRANGE, RIGHT)
def test_behind_a_change_file_nothing_is_read(text):
    """What looks like data makes it no change file; what looks like words may be somebody's signature."""
    data = signed("uno")
    for found in opened("x.json", data + text).files:
        with suppress(errors.GealcError):
            assert decode(found.data) == decode(data)


@by_name(WRONG)
def test_in_a_note_what_is_no_json_is_refused(refused, text):
    refused(saying(HERE, text))


@by_name(STRANGE)
def test_in_a_note_what_no_register_holds_is_refused(refused, text):
    error = refused(saying(HERE, text))
    assert isinstance(error, (errors.Altered, errors.TooLarge))


@by_name(STRANGE)
def test_beside_what_is_known_what_no_register_holds_is_refused_or_stands_there_unread(refused, text):
    """A newer version may write parts that are not known here; they are covered by the digest all the same."""
    refused(signed("uno").replace(b'"summary":', b'"later": ' + text + b', "summary":', 1))


@by_name(RIGHT)
def test_in_a_note_what_is_right_is_taken_in_however_it_is_spelled(replica, text):
    value = json.loads(text)
    report = replica.merge([("x.json", saying(value, text))], accept=True)
    assert [one.outcome for one in report.files] == ["applied"]
    [[held, _]] = replica.read.state()["note/n1"]["text"]
    assert held == value
    assert type(held) is type(value)
    assert replica.verify() == ()


@by_name(RIGHT)
def test_in_a_note_what_is_right_and_was_not_signed_is_refused(refused, text):
    error = refused(saying(HERE, text))
    assert isinstance(error, errors.Altered)


def test_a_byte_order_mark_before_the_file_does_no_harm(replica):
    report = replica.merge([("x.json", b"\xef\xbb\xbf" + signed("uno"))], accept=True)
    assert [one.outcome for one in report.files] == ["applied"]


def test_there_are_more_than_a_hundred_and_fifty_kinds():
    assert len(WRONG) + len(STRANGE) + len(RIGHT) > 150
