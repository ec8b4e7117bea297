"""Nothing behind the gate costs more than its size deserves: twice as much of anything is at most twice the work.

Counted, not timed (`counting`). What is looked at in one go by the libraries is bounded by its length, and those bounds
are tried by themselves.
"""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile

import pytest
from counting import MOST_GROWTH, calls, growth

from gealc_tui import errors
from gealc_tui.domain.change import Edit
from gealc_tui.sync import bundle, envelope
from gealc_tui.sync.armour import wrap
from gealc_tui.sync.envelope import limits, mail

from . import compound, forge
from .letters import archive, change_file, letter

FILE = change_file()
ANA = forge.made_up("Ana")


def of_edits(n, *, value="palabra", over=0):
    """A file of `n` changes by one author."""
    tips = tuple(sorted(forge.text_hash(b"%d" % one) for one in range(over)))
    edits = [(Edit(f"note/n{one}", "text", value, tips),) for one in range(n)]
    return forge.bundle(ANA, [forge.run(ANA, forge.chain(ANA.replica, edits))])


def of_one_change(n):
    """A file of one change of `n` edits."""
    edits = [tuple(Edit(f"note/n{one}", "text", "palabra") for one in range(n))]
    return forge.bundle(ANA, [forge.run(ANA, forge.chain(ANA.replica, edits))])


def of_authors(n):
    runs = []
    for one in range(n):
        author = forge.made_up(f"{one}")
        runs.append(forge.run(author, forge.chain(author.replica, [(Edit(f"person/{author.replica}", "name", "x"),)])))
    return forge.bundle(ANA, runs, have={})


def of_have(n):
    return forge.bundle(ANA, [], have={forge.text_hash(b"%d" % one): [(1, "a" * 26)] for one in range(n)})


def respelled(data):
    return json.dumps(json.loads(data), indent=None).encode()


def with_more(n):
    raw = forge.parsed(forge.bundle(ANA, []))
    return forge.sealed({**raw, "later": [[one] for one in range(n)]}, ANA)


DECODED = {
    "changes": of_edits,
    "changes spelled otherwise": lambda n: respelled(of_edits(n)),
    "edits of one change": of_one_change,
    "authors": of_authors,
    "tips that a sender holds": of_have,
    "ids gone over": lambda n: of_edits(20, over=n),
    "letters of a text": lambda n: of_edits(5, value="x" * 100 * n),
    "what is added by a later version": with_more,
}


@pytest.mark.parametrize("made", DECODED.values(), ids=DECODED)
def test_a_file_is_proved_in_proportion_to_its_length(made):
    files = {n: made(n) for n in (2, 400, 800)}
    assert growth(lambda n: bundle.decode(files[n]), 400) <= MOST_GROWTH


@pytest.mark.parametrize("made", [of_edits, of_one_change, of_authors, of_have], ids=lambda one: one.__name__)
def test_a_file_is_taken_in_in_proportion_to_its_length(make_replica, made):
    files = {n: made(n) for n in (2, 400, 800)}
    copies = {n: iter([make_replica(f"{n}", "UY", "small", introduce=False)]) for n in files}

    def take(n):
        assert not next(copies[n]).merge([("x", files[n])], accept=True).refused

    assert growth(take, 400) <= MOST_GROWTH


@pytest.mark.parametrize("made", [of_edits, of_authors], ids=lambda one: one.__name__)
def test_what_strangers_send_is_kept_aside_in_proportion_to_its_length(make_replica, made):
    files = {n: made(n) for n in (2, 200, 400)}
    copies = {n: iter([make_replica(f"{n}", "UY", "small", introduce=False)]) for n in files}

    def take(n):
        assert not next(copies[n]).merge([("x", files[n])]).refused

    assert growth(take, 200) <= MOST_GROWTH


def mailbox(n):
    return b"\n".join(b"From x Thu Mar 14 12:00:00 2019\n" + letter(f"{one}").as_bytes() for one in range(n))


def of_parts(n):
    return letter("x", attached={f"{one}": b"y" for one in range(n)}).as_bytes()


OPENED = {
    "messages of a mailbox": (mailbox, 100),
    "parts of a message": (of_parts, 200),
    "lines of a message": (lambda n: letter("una línea\n" * n).as_bytes(), 2_000),
    "headers of a message": (lambda n: b"From: a\nTo: b\n" + b"X: y\n" * n + b"\nx", 2_000),
    "entries of an archive": (lambda n: archive({f"{one}": b"palabra" for one in range(n)}), 200),
    "bytes of an archive": (lambda n: archive({"a.json": of_edits(5, value="x" * 1_000 * n)}), 400),
    "streams of Outlook": (
        lambda n: compound.saved(compound.message("x", attached={f"{k}": b"y" for k in range(n)})),
        50,
    ),
    "blocks": (lambda n: "".join(wrap(change_file(words=str(one), at=one)) for one in range(n)).encode(), 40),
    "letters of a block": (lambda n: wrap(of_edits(n)).encode(), 400),
    "markers": (lambda n: b"===== BEGIN GEALC CHANGES =====\n" * n, 80),
    "braces": (lambda n: b"palabra {" * n, 2_000),
    "quotes in a text that is cut off": (lambda n: b'x {"format": "gealc-changes", "a": "' + b'\\"' * n, 4_000),
    "beginnings in a text": (lambda n: b'x{"format":"gealc-changes"' * n, 2_000),
    "tags of a page": (lambda n: b"<p>palabra &gt; <a x='1'>" * n, 2_000),
    "words behind a file": (lambda n: FILE + b"-- \nAna {}\n" * n, 2_000),
}


@pytest.mark.parametrize(("made", "size"), OPENED.values(), ids=OPENED)
def test_an_envelope_is_opened_in_proportion_to_its_length(made, size):
    data = {n: made(n) for n in (2, size, 2 * size)}
    assert growth(lambda n: envelope.opened("x", data[n]), size) <= MOST_GROWTH


# --- what is bounded, because it grows faster ----------------------------------------------------------------------


def named(name):
    head = b"From: a\nTo: b\nMIME-Version: 1.0\nContent-Type: application/json; " + name + b"\n\n"
    return head + FILE


@pytest.mark.parametrize(
    "name",
    [
        lambda n: b'name="' + b"=?utf-8?q?a?= " * n + b'"',
        lambda n: b";".join(b"name*%d=a" % one for one in range(n)),
        lambda n: b'name="' + b'";"' * n + b'"',
        lambda n: b'name="a\n' + b" b\n" * n + b'"',
    ],
    ids=["encoded words", "numbered pieces", "quotes", "folded"],
)
def test_the_name_of_a_part_costs_no_more_however_long_it_is(name):
    longest = limits.LONGEST_HEADER
    costs = [calls(lambda n=n: envelope.opened("x", named(name(n)))) for n in (longest, 2 * longest, 8 * longest)]
    # One call for each line that is read, which is what the file deserves.
    assert costs[2] - costs[0] <= 12 * 7 * longest
    assert [one.data.strip() for one in envelope.opened("x", named(name(8 * longest))).files] == [FILE.strip()]


def test_no_header_is_read_beyond_its_measure(monkeypatch):
    seen = []
    real = mail._name
    monkeypatch.setattr(mail, "_name", lambda part: seen.extend(part.values()) or real(part))
    envelope.opened("x", named(b'name="' + b"a" * 1_000_000 + b'"'))
    assert max(map(len, seen)) == limits.LONGEST_HEADER


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (b"From: a\nTo: b\n\n" + b"a\n" * 20, "MOST_LINES"),
        (b"From: a\nTo: b\nX: boundary\n\n" + b"a\n" * 20, "MOST_COMPARISONS"),
        (b"From: a\nTo: b\n\n" + b"--\n" * 20, "MOST_BORDERS"),
        (b"From: a\nTo: b\n\n" + b"\r--" * 20, "MOST_BORDERS"),
    ],
)
def test_a_message_is_counted_before_it_is_taken_apart(monkeypatch, data, limit):
    monkeypatch.setattr(limits, limit, 15)
    monkeypatch.setattr("email.message_from_bytes", lambda *_, **__: pytest.fail("it was taken apart"))
    [refused] = envelope.opened("x", data).refused
    assert isinstance(refused.error, errors.TooLarge)


def packed(entries):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries:
            file.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize("filler", [b"\0", b"a", b'{"format": "gealc-changes"', b"From: a\nTo: b\n\n", b"<p>"])
def test_a_small_archive_of_archives_stays_small(filler):
    once = packed([("a", filler + b" " * 60_000_000)])
    bomb = packed([(f"{n}", once) for n in range(9)])
    assert len(bomb) < 10_000
    inflated = []
    real = limits.Allowance.spend

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits.Allowance, "spend", lambda self, size: inflated.append(size) or real(self, size))
        assert envelope.opened("x", bomb).files == ()
    assert sum(inflated) <= limits.LEAST_WHOLE + 2 * 1024 * 1024


def test_of_what_can_hold_nothing_only_the_beginning_is_unpacked():
    bomb = packed([(f"{n}", b"\0" * 30_000_000) for n in range(20)])
    tracemalloc.start()
    assert envelope.opened("x", bomb).files == ()
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_change_file_that_is_packed_once_comes_out_however_well_it_packs():
    data = of_edits(1, value=" " * 1_000_000)
    big = data.replace(b'"summary"', b'"later": "' + b" " * 60_000_000 + b'", "summary"', 1)
    small = archive({"a.json": big})
    assert len(big) > limits.LEAST_WHOLE > 500 * len(small) // 1_000
    [file] = envelope.opened("x", small).files
    assert file.data == big


# --- no bound refuses a change -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "edits",
    [
        [(Edit("note/n1", "text", "x" * 1_000_000),)],
        [(Edit("note/n1", "text", [[[[[[[["x"]]]]]]]]),)],
        [(Edit("e" * 500, "f" * 500, 2**53 - 1),)],
        [(Edit("note/n1", "text", "x", tuple(sorted(forge.text_hash(b"%d" % n) for n in range(5_000)))),)],
        [tuple(Edit(f"note/{n}", "text", "x") for n in range(20_000))],
        [(Edit(f"note/{n}", "text", "x"),) for n in range(20_000)],
        [(Edit("note/n1", "text", wrap(FILE) + "\n-- \n{[" * 50),)],
    ],
    ids=["text", "depth", "names", "gone over", "edits", "changes", "words"],
)
@pytest.mark.parametrize("way", ["plain", "zip", "zip in zip", "attached", "block", "signed below"])
def test_what_the_first_version_admits_comes_in(edits, way):
    data = forge.bundle(ANA, [forge.run(ANA, forge.chain(ANA.replica, edits))])
    sent = {
        "plain": lambda: data,
        "zip": lambda: archive({"a.json": data}),
        "zip in zip": lambda: archive({"a.zip": archive({"a.json": data})}),
        "attached": lambda: letter(attached={"a.json": data}).as_bytes(),
        "block": lambda: wrap(data).encode(),
        "signed below": lambda: data + b"\n-- \nAna\n",
    }[way]()
    made = envelope.opened("x", sent)
    assert made.refused == ()
    [file] = made.files
    assert bundle.decode(file.data) == bundle.decode(data)
