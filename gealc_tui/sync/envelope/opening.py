"""Opens an envelope, and what lies in it, until nothing is closed any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gealc_tui import errors
from gealc_tui.sync.bundle import LARGEST_FILE
from gealc_tui.sync.envelope import archive, known, mail, outlook, texts
from gealc_tui.sync.envelope.findings import Candidate, Opened, Part, Refused, Repair
from gealc_tui.sync.envelope.limits import DEEPEST, Allowance
from gealc_tui.sync.envelope.settling import settled

_WINMAIL = b"\x78\x9f\x3e\x22"
"""The first bytes of `winmail.dat`, in which Outlook wraps what it sends as rich text (MS-OXTNEF, section 2.1.3.1)."""

LONGEST_NAME = 200


def opened(name: str, data: bytes) -> Opened:
    """The change files in `data`, each once, and what was refused. `name` is a label and has no other effect.

    Never raises. If there is nothing like a change file in it, the one refusal is NotAChangeFile.
    """
    opening = _Opening(len(data))
    try:
        if len(data) > LARGEST_FILE:
            raise errors.TooLarge(limit="bytes")
        opening.look(Part(name, data), 0)
    except errors.TooLarge as error:
        opening.found.append(Candidate(name, b"", (), error))
    if opening.found:
        return settled(opening.found)
    if opening.doubts:
        return settled([min(opening.doubts, key=_less_telling)])
    return Opened((), (Refused(name, errors.NotAChangeFile(reason="nothing", line=0)),))


class _Opening:
    """One envelope while it is opened: what was found, and what may be said if nothing else is found."""

    def __init__(self, size: int) -> None:
        self.found: list[Candidate] = []
        self.doubts: list[Candidate] = []
        self._allowance = Allowance(size)

    def look(self, part: Part, depth: int) -> None:
        """Finds what a part holds, at any depth. Raises TooLarge when the limits of the whole are reached."""
        self._allowance.one_more()
        part = _without_head_of_mac(part)
        # Binary signatures before encodings: half of what lies in such a file may be text in UTF-16.
        if part.error is not None:
            self._add(Candidate(*part))
        elif part.data.startswith(_WINMAIL):
            self._refuse(part, errors.OutlookWrapped(reason="outlook", line=0))
        elif archive.is_archive(part.data):
            if archive.is_office(part.data):
                self._doubt(part, "office", depth)
            self._open(part, archive.entries(part.data, self._allowance), depth)
        elif outlook.is_compound(part.data):
            # Old documents of an office are compound files too: that one cannot be read is said only for want of else.
            self._open(part, outlook.parts(part.data, self._allowance), depth, self.doubts)
        elif kind := known.binary_kind(part.data):
            self._doubt(part, kind, depth)
        else:
            self._look_for_text(texts.in_utf8(part), depth)

    def _look_for_text(self, part: Part, depth: int) -> None:
        if candidate := texts.whole(part):
            self._add(candidate)
        elif texts.is_text(part.data):
            before = len(self.found)
            self._read(part, depth)
            if len(self.found) == before and (kind := known.text_kind(part.data)):
                self._doubt(part, kind, depth)

    def _read(self, part: Part, depth: int) -> None:
        start = mail.start(part.data)
        if start is not None:
            before, doubted = len(self.found), len(self.doubts)
            message = part._replace(data=part.data[start:])
            pieces: list[bytes] = []
            self._open(message, _noting_texts(mail.parts(message.data, self._allowance), pieces), depth)
            begun = [*self.found[before:], *self.doubts[doubted:]]
            if len(pieces) > 1 and any(one.error is not None and Repair.ARMOUR in one.repairs for one in begun):
                self._read_as_one(_placed(Part("", b"\n".join(pieces), (Repair.MAIL,)), message))
            if len(self.found) > before:
                return
        # Also a message whose parts cannot be told apart any more may have its block in it.
        for candidate in texts.inside(part, self._allowance):
            self._add(candidate)

    def _read_as_one(self, text: Part) -> None:
        """Looks for what was cut in pieces, because a program on the way put something in the middle of the text."""
        self._allowance.spend(len(text.data))
        for candidate in texts.inside(text, self._allowance):
            if candidate.error is None:
                self._add(candidate)

    def _open(
        self, container: Part, parts: Iterable[Part], depth: int, refusals: list[Candidate] | None = None
    ) -> None:
        """Looks at each part of a container; if it breaks off, that is a refusal beside what was found before."""
        if depth == DEEPEST:
            self._refuse(container, errors.TooLarge(limit="depth"))
            return
        before = len(self.found)
        wrapped: list[Part] = []
        try:
            for inside in parts:
                part = _placed(inside, container)
                if part.data.startswith(_WINMAIL):
                    wrapped.append(part)
                else:
                    self.look(part, depth + 1)
        except (errors.NotAChangeFile, errors.CutOff, errors.TooLarge) as error:
            if self._allowance.is_spent:
                raise
            (self.found if refusals is None else refusals).append(_refusal(container, error))
        # Beside what Outlook wrapped, the same message may carry the block, and then nothing is missing.
        if wrapped and len(self.found) == before:
            self.look(wrapped[0], depth + 1)

    def _refuse(self, part: Part, error: errors.GealcError) -> None:
        self._add(_refusal(part, error))

    def _doubt(self, part: Part, kind: str, depth: int) -> None:
        if depth == 0 or kind not in known.ALONE:
            self.doubts.append(_refusal(part, errors.OtherFormat(reason="other", line=0, kind=kind, detail="")))

    def _add(self, candidate: Candidate) -> None:
        self._allowance.one_found()
        (self.doubts if candidate.mention else self.found).append(candidate)


def _noting_texts(parts: Iterable[Part], texts_found: list[bytes]) -> Iterator[Part]:
    """The parts, of which those that are texts of this message are kept."""
    for part in parts:
        if Repair.FORWARDED not in part.repairs and not texts.begins_file(part.data) and texts.is_text(part.data):
            texts_found.append(part.data)
        yield part


def _less_telling(doubt: Candidate) -> int:
    return known.ORDER.index(doubt.error.kind) if isinstance(doubt.error, errors.OtherFormat) else len(known.ORDER)


def _without_head_of_mac(part: Part) -> Part:
    """Without the 128 bytes of MacBinary, which old programs of a Mac put before a file."""
    data = part.data
    name = data[2 : 2 + data[1]] if len(data) > 128 and data[0] == 0 and 0 < data[1] < 64 else b""
    is_head = name and min(name) >= 32 and data[74] == 0 == data[82]
    return part._replace(data=data[128:]) if is_head else part


def _refusal(part: Part, error: errors.GealcError) -> Candidate:
    return Candidate(part.name, b"", part.repairs, error)


def _placed(part: Part, container: Part) -> Part:
    """The part with the way to it: where it lay, and what was undone."""
    name = part.name.replace("\\", "/").rpartition("/")[2][-LONGEST_NAME:]
    named = f"{container.name}: {name}" if name else container.name
    news = tuple(repair for repair in part.repairs if repair not in container.repairs)
    return part._replace(name=named, repairs=(*container.repairs, *news))
