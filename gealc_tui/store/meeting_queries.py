"""Meetings, what they agreed, and what they changed.

What a meeting changed is not written down anywhere: it is what the log says that its minute-takers changed while it was
open, each from opening it to closing it in their own log. So whoever holds the log can make the same minutes.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.domain.change import Value, kind_of, local_id, same
from gealc_tui.domain.fields import BOOKKEEPING
from gealc_tui.domain.meetings import FULFILLED, LEFT_OUT, ItemReading, MeetingChange, MeetingReading
from gealc_tui.domain.order import Place
from gealc_tui.domain.vocabulary import ItemKind, MeetingBody, MeetingState, seen_default
from gealc_tui.store import order
from gealc_tui.store.database import stored, stored_code, stored_names
from gealc_tui.store.history_queries import HistoryQueries
from gealc_tui.store.moment_queries import MomentQueries
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK

_MEETINGS = (
    "SELECT meetings.id, body, area, areas.title, meetings.title, day, hour, city, countries, agenda, state,"
    " meetings.author, meetings.at, areas.code, meetings.plan, meetings.placed"
    " FROM meetings LEFT JOIN areas ON areas.id = area"
    " WHERE NOT meetings.deleted AND meetings.author IS NOT NULL"
)

_MADE = {"note", "item"}
"""Kinds that a meeting writes anew: of these one change is told, not one for each field."""

_TOLD = {"plan", "area", "activity", "product", "note", "item", "observation"}
"""Kinds of which minutes tell."""

_INNER = BOOKKEEPING - {"area"} | {"withdrawn"}
"""Fields of which minutes do not tell; but that something went to another area they do."""

_AT_FIRST = {"area", "code"}
"""Fields that go without saying of what a meeting adds to the plan."""


class _Span(NamedTuple):
    """Changes of one log, by number, both ends included."""

    first: int
    last: int


class _Touched(NamedTuple):
    """A register within a meeting: the changes that set it first and last there, and what it was last set to."""

    register: int
    entity: str
    field: str
    first: str
    last: str
    value: str
    at: int
    """When it was last written."""


def _is_endless(span: _Span) -> bool:
    return span.last & SEQ_MASK == SEQ_MASK


class MeetingQueries(MomentQueries, HistoryQueries):
    """Meetings, planned, open and closed."""

    def meetings(self) -> tuple[MeetingReading, ...]:
        """All that are known, the newest first; those whose day is not known before the others."""
        found = [self._meeting(*row) for row in self._db.rows(_MEETINGS)]
        return tuple(
            sorted(found, key=lambda one: (one.day or "9999", one.hour or "", one.placed, one.id), reverse=True)
        )

    def is_any_meeting_open(self) -> bool:
        """Whether a meeting of anybody's is open; asked at each start, before anything of meetings is loaded."""
        return bool(self._db.value("SELECT EXISTS (SELECT 1 FROM meetings WHERE state = ?)", [MeetingState.OPEN.value]))

    def meeting(self, id: str) -> MeetingReading:
        """One of them. Raises NotFound."""
        row = self._db.row(f"{_MEETINGS} AND meetings.id = ?", [id])
        if row is None:
            raise errors.NotFound(ref=id)
        return self._meeting(*row)

    def _meeting(
        self,
        id: str,
        body: str,
        area: str | None,
        area_title: str | None,
        title: str | None,
        day: str | None,
        hour: str | None,
        city: str | None,
        countries: str | None,
        agenda: str | None,
        state: str,
        author: str,
        at: int,
        area_code: str | None,
        plan: str | None,
        placed: str | None,
    ) -> MeetingReading:
        return MeetingReading(
            id,
            stored_code(MeetingBody, body),
            area,
            area_title,
            title,
            day,
            hour,
            city,
            stored_names(countries),
            stored_names(agenda),
            stored_code(MeetingState, state),
            self.author(author),
            at,
            area_code,
            plan,
            placed or "",
        )

    def items(self, meeting: str | None = None) -> tuple[ItemReading, ...]:
        """What a meeting agreed and took note of, in the order in which it was written; None: all meetings."""
        return tuple(
            ItemReading(
                id,
                of,
                local_id(about) if about and kind_of(about) == "activity" else None,
                code or "",
                title or "",
                stored_code(ItemKind, kind),
                text,
                country,
                due,
                self.author(author),
                at,
                stored(done) if done is not None else None,
                placed,
            )
            for id, of, about, code, title, kind, text, country, due, author, at, placed, done in self._db.rows(
                "SELECT items.id, meeting, about, a.code, a.title, kind, text, country, items.due, items.author,"
                " items.at, items.placed, (SELECT h.value FROM registers f JOIN heads h ON h.register = f.n AND h.shown"
                " WHERE f.entity = r.entity AND f.field = ?2)"
                " FROM items JOIN registers r ON r.entity = 'item/' || items.id AND r.field = 'text'"
                " LEFT JOIN activities a ON about = 'activity/' || a.id"
                " WHERE (?1 IS NULL OR meeting = ?1) AND NOT items.deleted"
                " AND items.at IS NOT NULL ORDER BY items.placed, items.id",
                [meeting, FULFILLED],
            )
        )

    def value_at(self, entity: str, field: str, at: int) -> Value:
        """What a register was last set to at an instant, by the clocks of those who set it; None if nobody had."""
        found = self._db.value(
            f"SELECT e.value FROM registers r JOIN edits e ON e.register = r.n JOIN changes c ON c.n = e.change"
            f" {order.JOINED} WHERE r.entity = ? AND r.field = ? AND {order.CREDIBLE} <= ?"
            f" ORDER BY {order.NEWEST_FIRST} LIMIT 1",
            [entity, field, at],
        )
        return None if found is None else stored(found)

    # --- what a meeting changed ------------------------------------------------------------------------------------

    def meeting_changes(self, meeting: str) -> tuple[MeetingChange, ...]:
        """The registers that hold something else through this meeting than before it, in the order of the last word.

        What was set and taken back is not there, nor are the meeting's own fields, nor what it leaves out.
        """
        with self._db.snapshot():
            spans = self._spans(meeting)
            touched = self._touched(spans, self._left_out(meeting))
            empty = self._empty_before(touched, spans)
            made = {
                one.entity
                for one in touched
                if one.field == "text" and one.register in empty and kind_of(one.entity) in _MADE
            }
            return tuple(change for one in touched if (change := self._changed(one, made, empty)) is not None)

    def _left_out(self, meeting: str) -> set[str]:
        """The ids of the changes that a meeting leaves out of its minutes."""
        return {
            field.removeprefix(LEFT_OUT)
            for (field,) in self._db.rows(
                "SELECT r.field FROM registers r JOIN heads h ON h.register = r.n AND h.shown"
                " WHERE r.entity = ? AND r.field GLOB ? AND h.value = 'true'",
                [f"meeting/{meeting}", f"{LEFT_OUT}*"],
            )
        }

    def _spans(self, meeting: str) -> list[_Span]:
        """When a meeting was open, as stretches of the logs of those who opened it."""
        states: dict[str, dict[int, list[tuple[int, str]]]] = {}
        for n, replica, value in self._db.rows(
            "SELECT e.change, l.replica, e.value FROM registers r JOIN edits e ON e.register = r.n"
            " JOIN logs l ON l.n = e.change >> ? WHERE r.entity = ? AND r.field = 'state' ORDER BY e.change",
            [SEQ_BITS, f"meeting/{meeting}"],
        ):
            states.setdefault(replica, {}).setdefault(n >> SEQ_BITS, []).append((n, stored(value)))
        by_clocks = not self.moments(meeting)
        spans = []
        for replica, by_log in states.items():
            logs = [n for (n,) in self._db.rows("SELECT n FROM logs WHERE replica = ? ORDER BY n", [replica])]
            for span in self._spans_of(logs, by_log):
                end = self._closed_elsewhere(meeting, replica, span) if by_clocks and _is_endless(span) else None
                spans.append(span._replace(last=end) if end is not None else span)
        return spans

    def _spans_of(self, logs: Sequence[int], states: Mapping[int, Sequence[tuple[int, str]]]) -> Iterator[_Span]:
        """Of one author, from each opening to the next closing in the same log, through its branches.

        A branch begins as open as the meeting was where it parts from the others.
        """
        parents = order.forks(self._db, logs) if len(logs) > 1 else {}
        for log in sorted(logs, key=lambda one: parents.get(one, 0) & SEQ_MASK):
            begun = None
            if (parent := parents.get(log)) is not None and self._is_open_at(parent, states, parents):
                begun = log << SEQ_BITS
            for n, state in states.get(log, ()):
                if state == MeetingState.OPEN:
                    begun = n if begun is None else begun
                elif begun is not None:
                    yield _Span(begun, n)
                    begun = None
            if begun is not None:
                yield _Span(begun, log << SEQ_BITS | SEQ_MASK)

    def _is_open_at(self, n: int, states: Mapping[int, Sequence[tuple[int, str]]], parents: Mapping[int, int]) -> bool:
        """Whether an author had the meeting open after a change of theirs."""
        at: int | None = n
        while at is not None:
            said = [state for number, state in states.get(at >> SEQ_BITS, ()) if number <= at]
            if said:
                return said[-1] == MeetingState.OPEN
            at = parents.get(at >> SEQ_BITS)
        return False

    def _closed_elsewhere(self, meeting: str, replica: str, span: _Span) -> int | None:
        """Where an author's log was when somebody else closed the meeting that they had open, by the clocks.

        Only for meetings that older versions held: their closing does not say what it had seen.
        """
        begun = self._db.value(
            f"SELECT {order.CREDIBLE} FROM changes c {order.JOINED} WHERE c.n >= ? ORDER BY c.n LIMIT 1", [span.first]
        )
        closed = self._db.value(
            f"SELECT min({order.CREDIBLE}) FROM registers r JOIN edits e ON e.register = r.n"
            f" JOIN changes c ON c.n = e.change {order.JOINED} JOIN logs l ON l.n = c.n >> ?"
            f" WHERE r.entity = ? AND r.field = 'state' AND l.replica <> ? AND e.value = ? AND {order.CREDIBLE} >= ?",
            [SEQ_BITS, f"meeting/{meeting}", replica, json.dumps(MeetingState.CLOSED), begun],
        )
        if closed is None:
            return None
        found: int | None = self._db.value(
            f"SELECT max(c.n) FROM changes c {order.JOINED} WHERE c.n BETWEEN ? AND ? AND {order.CREDIBLE} <= ?",
            [*span, closed],
        )
        return found

    def _touched(self, spans: Iterable[_Span], left_out: Container[str]) -> list[_Touched]:
        """The registers that were set within some spans, by when they were last set."""
        edits = [
            (Place(instant, step, id).text(position), id, register, entity, field, value, at)
            for span in spans
            for id, register, entity, field, value, at, instant, step, position in self._db.rows(
                f"SELECT c.id, r.n, r.entity, r.field, e.value, c.at, {order.INSTANT}, {order.STEP}, e.position"
                f" FROM edits e JOIN registers r ON r.n = e.register JOIN changes c ON c.n = e.change {order.JOINED}"
                " WHERE e.change BETWEEN ? AND ?",
                list(span),
            )
            if kind_of(entity) in _TOLD and id not in left_out
        ]
        found: dict[int, _Touched] = {}
        for _, id, register, entity, field, value, at in sorted(edits):
            before = found.pop(register, None)
            found[register] = _Touched(register, entity, field, before.first if before else id, id, value, at)
        return list(found.values())

    def _empty_before(self, touched: Iterable[_Touched], spans: Iterable[_Span]) -> set[int]:
        """The registers that nobody but the meeting ever wrote: all at once, for it may have written hundreds."""
        inside = " OR ".join(f"e.change BETWEEN {span.first} AND {span.last}" for span in spans) or "0"
        written = {
            register
            for (register,) in self._db.rows(
                "SELECT DISTINCT e.register FROM json_each(?) j JOIN edits e ON e.register = j.value"
                f" WHERE NOT ({inside})",
                [json.dumps([one.register for one in touched])],
            )
        }
        return {one.register for one in touched} - written

    def _before(self, one: _Touched, empty: set[int]) -> Value:
        seen = self.seen_before(one.entity, one.field, one.first) if one.register not in empty else None
        return seen_default(kind_of(one.entity), one.field) if seen is None else seen

    def _changed(self, one: _Touched, made: set[str], empty: set[int]) -> MeetingChange | None:
        after: Value = stored(one.value)
        if one.entity in made:
            if one.field != "text" or self.is_deleted(one.entity):
                return None
            before: Value = None
        else:
            before = self._before(one, empty)
            nothing = (None, "", False) if one.field == "deleted" else (None, "")
            if one.field in _INNER or same(before, after) or (before in nothing and after in nothing):
                return None
            if before is None and one.field in _AT_FIRST:
                return None
            if one.field == "area":
                before, after = (self._printed_code(value) for value in (before, after))
        activity = self.activity_of(one.entity)
        return MeetingChange(
            activity, self.title_of(one.entity), one.entity, one.field, before, after, one.at, one.last
        )

    def _printed_code(self, area: Value) -> Value:
        """The code by which people know an area; its id for one that is not here."""
        return str(self._db.value("SELECT code FROM areas WHERE id = ?", [area]) or area)

    def own_words(self, entity: str, field: str, replica: str) -> tuple[Value, int] | None:
        """What an author last wrote into a register, and when by their clock; None if they never did."""
        row = self._db.row(
            "SELECT e.value, c.at FROM registers r JOIN edits e ON e.register = r.n"
            f" JOIN changes c ON c.n = e.change {order.JOINED} JOIN logs l ON l.n = c.n >> ?"
            f" WHERE r.entity = ? AND r.field = ? AND l.replica = ? ORDER BY {order.NEWEST_FIRST} LIMIT 1",
            [SEQ_BITS, entity, field, replica],
        )
        return None if row is None else (stored(row[0]), row[1])
