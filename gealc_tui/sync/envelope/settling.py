"""Several copies of one change file in an envelope, sound and damaged, are one change file.

Two candidates are the same file if they say so: the digest or the sender and the time that stand in it, or the
checksum of a block. What is damaged and says nothing stays on its own, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gealc_tui import errors
from gealc_tui.domain.change import text_hash
from gealc_tui.sync import armour
from gealc_tui.sync.envelope.findings import Candidate, Found, Opened, Refused, Repair

_NEAR = 4096
"""Bytes at the beginning that hold sender and time, and at the end that hold the digest."""

_Q = '["“”„‟«»″\x93\x94]'
_SENDER = re.compile(rf"{_Q}from{_Q}\s*:\s*{_Q}([a-z2-7-]{{1,40}}){_Q}")
_AT = re.compile(rf"{_Q}at{_Q}\s*:\s*{_Q}([0-9TZ:.-]{{1,30}}){_Q}")
_DIGEST = re.compile(rf"{_Q}digest{_Q}\s*:\s*{_Q}([a-z2-7]{{26}}){_Q}")


def settled(candidates: Sequence[Candidate]) -> Opened:
    """What is to be delivered and what is to be refused, in the order in which it was met."""
    files: list[Found] = []
    refused: list[Refused] = []
    groups = list(_groups(candidates))
    for group in groups:
        if _is_piece(group, groups):
            continue
        sound, error = _sound(group)
        files += sound
        if error is not None:
            refused.append(error)
    return Opened(tuple(files), tuple(refused))


def _is_piece(group: list[Candidate], groups: list[list[Candidate]]) -> bool:
    """Whether these are the beginning of a block, too short to say of which file, and such a file is there whole."""
    first = group[0]
    if any(one.error is None or one.checksum or Repair.ARMOUR not in one.repairs for one in group):
        return False
    if len({(one.data, one.begun) for one in group}) > 1 or not (first.data or first.begun):
        return False
    sound = (one.data for other in groups for one in other if one.error is None)
    return any(data.startswith(first.data) if first.data else armour.begins(first.begun, data) for data in sound)


def _groups(candidates: Sequence[Candidate]) -> Iterable[list[Candidate]]:
    """The candidates, those of one file together."""
    if len(candidates) == 1:
        return [list(candidates)]
    groups: list[tuple[set[object], list[Candidate]]] = []
    for candidate in candidates:
        traces = _traces(candidate)
        same = [group for group in groups if group[0] & traces]
        if not same:
            groups.append((traces, [candidate]))
            continue
        # A candidate may show that two of which that was not known are one.
        first, *others = same
        for other in others:
            first[0].update(other[0])
            first[1].extend(other[1])
            groups.remove(other)
        first[0].update(traces)
        first[1].append(candidate)
    return [group for _, group in groups]


def _traces(candidate: Candidate) -> set[object]:
    """What shows that a candidate is the same file as another."""
    content = _content(candidate)
    head = content[:_NEAR].decode("utf-8", "replace")
    tail = content[-_NEAR:].decode("utf-8", "replace")
    traces: set[object] = {("sum", candidate.checksum)} if candidate.checksum else set()
    if candidate.error is None:
        # A block counts the line end with which the file was written; on the way it may have got lost.
        traces |= {("sum", text_hash(content + end)) for end in (b"", b"\n")}
    sender, at = _SENDER.search(head), _AT.search(head)
    if sender and at:
        traces.add(("from", sender[1], at[1]))
    if digest := _DIGEST.search(tail):
        traces.add(("digest", digest[1]))
    # What is damaged beyond that is at least the same as its like.
    return traces or {("damaged", type(candidate.error), candidate.name, content[:_NEAR], candidate.begun)}


def _content(candidate: Candidate) -> bytes:
    """What does not differ between two copies that are equal but for line ends."""
    return candidate.data.replace(b"\r\n", b"\n").strip()


def _sound(group: list[Candidate]) -> tuple[list[Found], Refused | None]:
    """The copies to deliver; only if there are none, the refusal of the first."""
    different: dict[bytes, Candidate] = {}
    for candidate in sorted(group, key=lambda one: len(one.repairs)):
        if candidate.error is None:
            different.setdefault(_content(candidate), candidate)
    copies = list(different.values())
    if not copies:
        error = group[0].error
        assert error is not None
        return [], Refused(group[0].name, error)
    if len(copies) == 1 and all(one.error is None for one in group):
        return [_found(copies[0])], None
    sound = _sound_ones(copies)
    if sound:
        return [_found(one, Repair.COPY) for one in sound], None
    # The gate will say what is wrong. A block is at least what its sender wrote.
    return [_found(next((one for one in copies if one.checksum), copies[0]))], None


def _sound_ones(copies: Iterable[Candidate]) -> list[Candidate]:
    """The copies that pass the gate, each content once: they may differ in blanks alone."""
    proved: list[object] = []
    sound: list[Candidate] = []
    for candidate in copies:
        proof = _proof(candidate)
        if proof is not None and proof not in proved:
            proved.append(proof)
            sound.append(candidate)
    return sound


def _proof(candidate: Candidate) -> object:
    """What the gate makes of a copy; None if it refuses it. Asked only when copies differ."""
    from gealc_tui.sync import bundle

    try:
        return bundle.decode(candidate.data)
    except errors.NewerFormat as error:
        digest = _DIGEST.search(candidate.data[-_NEAR:].decode("utf-8", "replace"))
        return error.version, digest[1] if digest else candidate.data
    except errors.GealcError:
        return None


def _found(candidate: Candidate, *more: Repair) -> Found:
    return Found(candidate.name, candidate.data, (*candidate.repairs, *more))
