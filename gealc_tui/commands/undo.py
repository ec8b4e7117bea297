"""Undo and redo of this copy's own changes, one command at a time, across restarts.

An undo is a new change that sets the registers back, and travels like any other. It never wipes out what somebody
else wrote since: then it is refused, and says who.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gealc_tui import errors
from gealc_tui.commands.deletion import deletion_of, is_deletable
from gealc_tui.domain import moment
from gealc_tui.domain.change import Change, Edit, kind_of, local_id, same
from gealc_tui.domain.fields import MADE_BY
from gealc_tui.domain.moment import MomentDraft, MomentKind
from gealc_tui.domain.visibility import DELETED, SEEN, WITHDRAWN
from gealc_tui.replica import Committed, Replica, Setting
from gealc_tui.store.local import Step

_AMENDMENT = "amendment"


def undo(replica: Replica) -> Committed:
    """Takes back the last change that is not taken back. Raises NothingToUndo and ChangedSince."""
    done, _ = _stacks(replica.steps())
    if not done:
        raise errors.NothingToUndo()
    return _turn_back(replica, done[-1], "undo")


def redo(replica: Replica) -> Committed:
    """Does again what the last undo took back. Raises NothingToRedo and ChangedSince."""
    _, undone = _stacks(replica.steps())
    if not undone:
        raise errors.NothingToRedo()
    return _turn_back(replica, undone[-1], "redo")


def can_undo(replica: Replica) -> bool:
    """Whether something of this copy's own is left to take back."""
    return bool(_stacks(replica.steps())[0])


def can_redo(replica: Replica) -> bool:
    """Whether something was taken back since the last change."""
    return bool(_stacks(replica.steps())[1])


def _stacks(steps: Sequence[Step]) -> tuple[list[str], list[str]]:
    """What can be undone and what can be redone, the next one last, by the steps taken so far."""
    done: list[str] = []
    undone: list[str] = []
    for change, kind, _ in steps:
        # What it undid may be of an identity that was given up at that very moment, whose steps are forgotten.
        if kind == "undo":
            del done[-1:]
            undone.append(change)
        else:
            if kind == "redo":
                del undone[-1:]
            else:
                undone.clear()
            done.append(change)
    return done, undone


def _turn_back(replica: Replica, target: str, step: str) -> Committed:
    change = replica.change(target)
    edits = [edit for edit in change.edits if not _is_withdrawn_instead(edit)]
    for edit in edits:
        _check_untouched(replica, change.replica, edit)
    settings = [setting for entity, of in _by_entity(edits) for setting in _reverse(replica, target, entity, of)]
    # Restated: the step is taken also where a register shows the earlier value already.
    committed = replica.commit(
        [*settings, *_withdrawing(change)],
        step=step,
        target=target,
        restate=True,
        moment=_moment(replica, change),
        scribe=change.replica if change.replica in replica.own_scribes() else None,
    )
    assert committed is not None, "what is restated is always written"
    return committed


def _is_withdrawn_instead(edit: Edit) -> bool:
    """Whether it is of a moment, or what an amendment says: that is never altered, but withdrawn."""
    kind = kind_of(edit.entity)
    return kind == moment.KIND or (kind == _AMENDMENT and edit.field != WITHDRAWN)


def _withdrawing(change: Change) -> Iterator[Setting]:
    """Takes back the moments and the amendments that a change wrote. What they say is never altered."""
    for edit in change.edits:
        if (kind_of(edit.entity), edit.field) in ((moment.KIND, "runs"), (_AMENDMENT, "plan")):
            yield edit.entity, WITHDRAWN, True


def _moment(replica: Replica, change: Change) -> MomentDraft | None:
    """Where a change took a moment back, the one that takes its place: of what is held now."""
    for edit in change.edits:
        if kind_of(edit.entity) == moment.KIND and edit.field == moment.WITHDRAWN:
            for one in replica.read.moment(local_id(edit.entity)):
                if one.author == change.replica and one.kind in set(MomentKind):
                    return MomentDraft(MomentKind(one.kind), one.plan, one.day, one.meeting, one.period)
    return None


def _by_entity(edits: Sequence[Edit]) -> Iterator[tuple[str, list[Edit]]]:
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.entity, []).append(edit)
    yield from found.items()


def _reverse(replica: Replica, target: str, entity: str, edits: list[Edit]) -> list[Setting]:
    """What sets an entity's registers back to what the change had before it; a creation is undone by a deletion.

    A deletion is written anew, with what is seen now: what an earlier one had seen counts for that one alone.
    """
    # The models take long to import, and the first screen does not wait for them.
    from gealc_tui.domain.entities import ENTITIES, default_of

    before = {edit.field: replica.read.seen_before(entity, edit.field, target) for edit in edits}
    if MADE_BY.get(kind_of(entity)) in before and all(value is None for value in before.values()):
        said = {edit.field: edit.value for edit in edits if edit.field not in (DELETED, SEEN)}
        return deletion_of(replica, entity, said)
    settings = {
        field: value if value is not None else default_of(kind_of(entity), field)
        for field, value in before.items()
        if field != SEEN
    }
    if settings.get(DELETED) is True and is_deletable(entity):
        if any(edit.field == DELETED and edit.value is True for edit in edits):
            # Deleted once more, it had been in sight: as before, for the words that the first deletion had not seen.
            kept = not ENTITIES[kind_of(entity)].IS_RESTATED
            settings |= {DELETED: True, SEEN: before.get(SEEN) or []} if kept else {DELETED: False}
            return [(entity, field, value) for field, value in settings.items()]
        return deletion_of(replica, entity, {field: settings[field] for field in settings if field != DELETED})
    return [(entity, field, value) for field, value in settings.items()]


def _check_untouched(replica: Replica, own: str, edit: Edit) -> None:
    """Raises ChangedSince if the register no longer shows what the change wrote, by this copy's own hand."""
    standing = replica.read.standing(edit.entity, edit.field)
    foreign = [one for one in standing if one.author.replica != own]
    if foreign or any(not same(one.value, edit.value) for one in standing):
        others = foreign or replica.read.others_words(edit.entity, edit.field, own)
        name = others[0].author.name if others else ""
        raise errors.ChangedSince(entity=edit.entity, field=edit.field, name=name)
