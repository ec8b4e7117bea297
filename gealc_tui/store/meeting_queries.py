"""Meetings, what they agreed, and what they changed.

What a meeting changed is not written down anywhere: it is what the log says that its minute-taker changed while it was
open. So whoever holds the log can make the same minutes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.domain.change import Value, kind_of, local_id, same
from gealc_tui.domain.meetings import FULFILLED, ItemReading, MeetingChange, MeetingReading
from gealc_tui.domain.vocabulary import ItemKind, MeetingBody, MeetingState, seen_default
from gealc_tui.store.database import stored, stored_code, stored_names
from gealc_tui.store.history_queries import HistoryQueries
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK, shown_in

_VISIBLE = (
    "(NOT {table}.deleted OR EXISTS (SELECT 1 FROM heads JOIN registers ON n = register"
    " WHERE differs AND entity = '{kind}/' || {table}.id))"
)
_MEETINGS = (
    "SELECT meetings.id, body, area, areas.title, meetings.title, day, hour, city, countries, agenda, state,"
    " meetings.author, meetings.at, areas.code FROM meetings LEFT JOIN areas ON areas.id = area"
    f" WHERE {_VISIBLE.format(table='meetings', kind='meeting')} AND meetings.author IS NOT NULL"
)

_MADE = {"note", "item"}
"""Kinds that a meeting writes anew: of these one change is told, not one for each field."""

_INNER = {"about", "meeting", "position"}
"""Fields that only hold things together."""


class _Span(NamedTuple):
    """Changes of one log, by number, both ends included."""

    first: int
    last: int


class _Touched(NamedTuple):
    """A register within a meeting: its first and last edit there."""

    register: int
    entity: str
    field: str
    first: int
    last: int
    value: str
    at: int
    """When it was last written."""


class MeetingQueries(HistoryQueries):
    """Meetings, planned, open and closed."""

    def meetings(self) -> tuple[MeetingReading, ...]:
        """All that are known, the newest first; those whose day is not known before the others."""
        found = [self._meeting(*row) for row in self._db.rows(_MEETINGS)]
        return tuple(sorted(found, key=lambda one: (one.day or "9999", one.hour or "", one.at, one.id), reverse=True))

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
        )

    def items(self, meeting: str | None = None) -> tuple[ItemReading, ...]:
        """What a meeting agreed and took note of, oldest first; None: all meetings."""
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
            )
            for id, of, about, code, title, kind, text, country, due, author, at, done in self._db.rows(
                # What one change wrote stands in its order, which is that of the registers' numbers.
                "SELECT items.id, meeting, about, a.code, a.title, kind, text, country, items.due, items.author,"
                " items.at, (SELECT h.value FROM registers f JOIN heads h ON h.register = f.n AND h.shown"
                " WHERE f.entity = r.entity AND f.field = ?2)"
                " FROM items JOIN registers r ON r.entity = 'item/' || items.id AND r.field = 'text'"
                " LEFT JOIN activities a ON about = 'activity/' || a.id"
                f" WHERE (?1 IS NULL OR meeting = ?1) AND {_VISIBLE.format(table='items', kind='item')}"
                " AND items.at IS NOT NULL ORDER BY items.at, r.n",
                [meeting, FULFILLED],
            )
        )

    def value_at(self, entity: str, field: str, at: int) -> Value:
        """What a register was last set to at a moment, by the clocks of those who set it; None if nobody had."""
        found = self._db.value(
            "SELECT e.value FROM registers r JOIN edits e ON e.register = r.n JOIN changes c ON c.n = e.change"
            " WHERE r.entity = ? AND r.field = ? AND c.at <= ? ORDER BY c.at DESC, c.id DESC LIMIT 1",
            [entity, field, at],
        )
        return None if found is None else stored(found)

    # --- what a meeting changed ------------------------------------------------------------------------------------

    def meeting_changes(self, meeting: str) -> tuple[MeetingChange, ...]:
        """The registers that hold something else through this meeting than before it, in the order of the last word.

        What was set and taken back is not there, nor are the meeting's own fields.
        """
        with self._db.snapshot():
            spans = self._spans(meeting)
            touched = self._touched(spans)
            empty = self._empty_before(touched, spans)
            made = {
                one.entity
                for one in touched
                if one.field == "text" and one.register in empty and kind_of(one.entity) in _MADE
            }
            found = [(one.last, change) for one in touched if (change := self._changed(one, made, empty)) is not None]
            return tuple(change for _, change in sorted(found, key=lambda pair: (pair[1].at, pair[0])))

    def _spans(self, meeting: str) -> list[_Span]:
        """When a meeting was open, as stretches of the logs of those who opened and closed it."""
        logs: dict[int, list[tuple[int, str]]] = {}
        for n, value in self._db.rows(
            "SELECT e.change, e.value FROM registers r JOIN edits e ON e.register = r.n"
            " WHERE r.entity = ? AND r.field = 'state' ORDER BY e.change",
            [f"meeting/{meeting}"],
        ):
            logs.setdefault(n >> SEQ_BITS, []).append((n, stored(value)))
        return [span for log, said in logs.items() for span in self._spans_in(log, said, logs)]

    def _spans_in(self, log: int, said: list[tuple[int, str]], logs: Iterable[int]) -> Iterator[_Span]:
        begun: int | None = None
        for n, state in said:
            if state == MeetingState.OPEN:
                begun = n if begun is None else begun
            elif begun is not None:
                yield _Span(begun, n)
                begun = None
        if begun is not None:
            # Nobody closed it here; should somebody else have, then that was its end by the clock.
            end = self._closed_elsewhere(log, begun, logs)
            yield _Span(begun, end if end is not None else log << SEQ_BITS | SEQ_MASK)

    def _closed_elsewhere(self, log: int, begun: int, logs: Iterable[int]) -> int | None:
        register, at = self._db.row(
            "SELECT e.register, c.at FROM edits e JOIN registers r ON r.n = e.register JOIN changes c ON c.n = e.change"
            " WHERE e.change = ? AND r.field = 'state'",
            [begun],
        ) or (0, 0)
        closed = self._db.value(
            "SELECT min(c.at) FROM edits e JOIN changes c ON c.n = e.change"
            " WHERE e.register = ? AND e.change >> ? <> ? AND e.value <> ? AND c.at >= ?",
            [register, SEQ_BITS, log, json.dumps(MeetingState.OPEN), at],
        )
        if closed is None:
            return None
        found: int | None = self._db.value(
            "SELECT max(n) FROM changes WHERE n BETWEEN ? AND ? AND at <= ?",
            [begun, log << SEQ_BITS | SEQ_MASK, closed],
        )
        return found

    def _touched(self, spans: Iterable[_Span]) -> list[_Touched]:
        found: dict[int, _Touched] = {}
        for span in spans:
            for n, register, entity, field, value, at in self._db.rows(
                "SELECT e.change, r.n, r.entity, r.field, e.value, c.at FROM edits e"
                " JOIN registers r ON r.n = e.register JOIN changes c ON c.n = e.change"
                " WHERE e.change BETWEEN ? AND ? ORDER BY e.change, e.position",
                list(span),
            ):
                if kind_of(entity) in ("meeting", "person", "vouching"):
                    continue
                before = found.get(register)
                found[register] = _Touched(register, entity, field, before.first if before else n, n, value, at)
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
        seen = None
        if one.register not in empty:
            change = self._db.value("SELECT id FROM changes WHERE n = ?", [one.first])
            seen = self.seen_before(one.entity, one.field, str(change))
        return seen_default(kind_of(one.entity), one.field) if seen is None else seen

    def _changed(self, one: _Touched, made: set[str], empty: set[int]) -> MeetingChange | None:
        after: Value = stored(one.value)
        if one.entity in made:
            if one.field != "text" or self._is_gone(one.entity):
                return None
            before: Value = None
        else:
            before = self._before(one, empty)
            nothing = (None, "", False) if one.field == "deleted" else (None, "")
            if one.field in _INNER or same(before, after) or (before in nothing and after in nothing):
                return None
        activity = self.activity_of(one.entity)
        return MeetingChange(activity, self.title_of(one.entity), one.entity, one.field, before, after, one.at)

    def _is_gone(self, entity: str) -> bool:
        found = shown_in(self._db, entity, "deleted")
        return found is not None and found.value is True
