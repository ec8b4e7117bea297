"""Opens an envelope, and what lies in it, until nothing is closed any more."""

from __future__ import annotations

from collections.abc import Iterable

from gealc_tui import errors
from gealc_tui.sync.bundle import LARGEST_FILE
from gealc_tui.sync.envelope import archive, mail, outlook, texts
from gealc_tui.sync.envelope.findings import Candidate, Opened, Part, Refused
from gealc_tui.sync.envelope.limits import DEEPEST, Allowance
from gealc_tui.sync.envelope.settling import settled

_WINMAIL = b"\x78\x9f\x3e\x22"
"""The first bytes of `winmail.dat`, in which Outlook wraps what it sends as rich text (MS-OXTNEF, section 2.1.3.1)."""

LONGEST_NAME = 200


def opened(name: str, data: bytes) -> Opened:
    """The change files in `data`, each once, and what was refused. `name` is a label and has no other effect.

    Never raises. If there is nothing like a change file in it, the one refusal is NotAChangeFile.
    """
    opening = _Opening()
    try:
        if len(data) > LARGEST_FILE:
            raise errors.TooLarge(limit="bytes")
        opening.look(Part(name, data), 0)
    except errors.TooLarge as error:
        opening.found.append(Candidate(name, b"", (), error))
    found = opening.found or opening.doubts
    if not found:
        return Opened((), (Refused(name, errors.NotAChangeFile(reason="nothing", line=0)),))
    return settled(found)


class _Opening:
    """One envelope while it is opened: what was found, and what may be said if nothing else is found."""

    def __init__(self) -> None:
        self.found: list[Candidate] = []
        self.doubts: list[Candidate] = []
        self._allowance = Allowance()

    def look(self, part: Part, depth: int) -> None:
        """Finds what a part holds, at any depth. Raises TooLarge when the limits of the whole are reached."""
        self._allowance.one_more()
        part = texts.in_utf8(part)
        if part.error is not None:
            self._add(Candidate(*part))
        elif candidate := texts.whole(part):
            self._add(candidate)
        elif part.data.startswith(_WINMAIL):
            self._refuse(part, errors.OutlookWrapped(reason="outlook", line=0))
        elif archive.is_archive(part.data):
            self._open(part, archive.entries(part.data, self._allowance), depth)
        elif outlook.is_compound(part.data):
            # Old documents of an office are compound files too: that one cannot be read is said only for want of else.
            self._open(part, outlook.parts(part.data, self._allowance), depth, self.doubts)
        elif texts.is_text(part.data):
            self._read(part, depth)

    def _read(self, part: Part, depth: int) -> None:
        if mail.is_mail(part.data):
            before = len(self.found)
            self._open(part, mail.parts(part.data, self._allowance), depth)
            if len(self.found) > before:
                return
        # Also a message whose parts cannot be told apart any more may have its block in it.
        for candidate in texts.inside(part, self._allowance):
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

    def _add(self, candidate: Candidate) -> None:
        self._allowance.one_found()
        self.found.append(candidate)


def _refusal(part: Part, error: errors.GealcError) -> Candidate:
    return Candidate(part.name, b"", part.repairs, error)


def _placed(part: Part, container: Part) -> Part:
    """The part with the way to it: where it lay, and what was undone."""
    name = part.name.replace("\\", "/").rpartition("/")[2][-LONGEST_NAME:]
    named = f"{container.name}: {name}" if name else container.name
    news = tuple(repair for repair in part.repairs if repair not in container.repairs)
    return part._replace(name=named, repairs=(*container.repairs, *news))
