"""A sheet that comes back filled in: what each of its cells says, and what becomes of that.

A matrix of ours says which change each cell showed, signed by whoever made it. What was filled in is written over that
change and nothing else, in the log of a scribe: so what anybody wrote since stands beside it as a difference. Any
other sheet has seen nothing: with a person's name its words go over nothing, without one they are the importer's own,
who looks at them first.

Nothing is written here before `keep`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.authoring import Filled, Setting
from gealc_tui.commands import fields, proposals
from gealc_tui.commands.sheet_columns import Columns, find_columns
from gealc_tui.documents import packages
from gealc_tui.documents.packages import Kind
from gealc_tui.documents.sheet_marks import Place, cell_name
from gealc_tui.documents.sheets import Book, Cell, Page
from gealc_tui.domain import matrix as sent_matrix
from gealc_tui.domain.change import Value, canonical, kind_of, same, text_hash
from gealc_tui.domain.matrix import SentCell, SentMatrix, SentRow
from gealc_tui.domain.permissions import right_for
from gealc_tui.domain.proposals import KIND as PROPOSAL
from gealc_tui.domain.proposals import ProposedEdit, edits_value
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import country_name
from gealc_tui.i18n.sentences import sentence
from gealc_tui.permissions import is_bound
from gealc_tui.replica import Replica
from gealc_tui.reports import matrix

SAME, CHANGED, DIFFERENCE, UNREADABLE = "same", "changed", "difference", "unreadable"

LONGEST_NAME = 200

_SUFFIXES = (".csv", ".tsv")


class Whose(NamedTuple):
    """Whose words a sheet holds."""

    name: str
    country: str


class CellOutcome(NamedTuple):
    """What a cell says of a register, and what becomes of it; `reason` is a sentence for people."""

    cell: str
    entity: str
    field: str
    before: Value
    after: Value
    outcome: str
    reason: str = ""
    is_proposed: bool = False
    seen: tuple[str, ...] = ()
    """The change that the sheet showed."""


class Remark(NamedTuple):
    """Something that a person should know. `kind` is a code, `place` a cell, column or sheet."""

    kind: str
    place: str
    text: str


class Reading(NamedTuple):
    """A sheet that was read. `kind`: matrix (its "seen" counts) or sheet. `sample`: how its columns were taken."""

    kind: str
    plan: str
    rows: tuple[CellOutcome, ...]
    remarks: tuple[Remark, ...]
    filled: Filled | None
    sample: tuple[tuple[str, str, str, str], ...] = ()
    """Letter, title, the name of what it is taken for (empty: nothing), and a cell below."""

    def count(self, outcome: str) -> int:
        return sum(one.outcome == outcome for one in self.rows)


class Seen(NamedTuple):
    """What a reading compares with: whose words, in which plan, and what the importer's copy holds."""

    plan: str
    filled: Filled | None
    heads: Mapping[tuple[str, str], Sequence[tuple[Value, str, str]]]
    written: frozenset[bytes]
    proposed: frozenset[str]
    mine: frozenset[str]
    is_bound: bool


# --- what a file is ------------------------------------------------------------------------------------------------


def is_sheet(data: bytes, path: Path) -> bool:
    """Whether a file is a sheet, and no document. Raises FileUnreadable for what nobody reads."""
    return packages.kind_of(data, str(path)) in (Kind.EXCEL, Kind.CALC) or path.suffix.casefold() in _SUFFIXES


def carries_ours(data: bytes, path: Path) -> bool:
    """Whether a sheet carries what we sent. Raises FileUnreadable."""
    if packages.kind_of(data, str(path)) not in (Kind.EXCEL, Kind.CALC):
        return False
    from gealc_tui.documents.sheets import may_be_ours

    return may_be_ours(data, str(path)) and read_sheet(data, path).ours is not None


def read_sheet(data: bytes, path: Path) -> Book:
    """A sheet's pages. Raises FileUnreadable."""
    kind = packages.kind_of(data, str(path))
    if kind in (Kind.EXCEL, Kind.CALC):
        from gealc_tui.documents.sheets import read_book

        return read_book(data, kind, str(path))
    from gealc_tui.documents.csv_sheet import read_csv

    return read_csv(data, str(path))


def whose(text: str) -> Whose:
    """A person as `NAME, COUNTRY`. Raises ValueRefused, TextEmpty, TextTooLong, TextHasControlCharacters."""
    name, comma, country = fields.clean(text, LONGEST_NAME).rpartition(",")
    if not comma or not name.strip():
        raise errors.ValueRefused(field="name", value=text, expected="name_and_country")
    return Whose(fields.line("name", name), fields.country_or_body(country))


# --- reading -------------------------------------------------------------------------------------------------------


def look(
    replica: Replica,
    book: Book,
    data: bytes,
    *,
    by: Whose | None = None,
    page: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Reading:
    """What a sheet says of a plan, and what would become of it. Writes nothing.

    Raises SheetUnknown, ColumnsUnknown, NoPlan, PlanIsClosed, PlanNotHere, PlanNotInView, NoIdentity.
    """
    replica.require_identity()
    sent, remarks = _believed(replica, book)
    if sent is not None and by is not None:
        plan = sent.plan
        if plan not in {one.id for one in replica.read.plans()}:
            raise errors.PlanNotHere(plan=plan)
        if plan != replica.plan:
            raise errors.PlanNotInView(plan=plan)
        filled: Filled | None = Filled(sent.export, *by)
        rows: Sequence[SentRow] = sent.rows
        titles = dict(sent.titles)
    else:
        if replica.plan is None:
            raise errors.NoPlan()
        plan, titles, sent = replica.plan, {}, None
        filled = Filled(f"file-{text_hash(data)}", *by) if by is not None else None
        rows = _present(replica, plan)
    if plan in replica.read.closed_plans(replica.id):
        raise errors.PlanIsClosed(plan=replica.read.plan_called(plan))
    chosen = _page(book, page, titles)
    found = find_columns(chosen, titles, rows if sent is not None else (), columns or {})
    if "code" not in found.places and found.key is None:
        raise errors.ColumnsUnknown(said="", names=matrix.NAMES)
    remarks += [Remark(kind, chosen.name, "") for kind in book.remarks]
    remarks += [Remark("page", one.name, t("No se leyó.")) for one in book.pages if one is not chosen and one.rows]
    remarks += [Remark("column", cell_name((found.header, column)), title) for column, title in found.unknown]
    seen = _seen(replica, plan, filled, rows)
    told = _outcomes(replica, chosen, found, rows, seen, is_ours=sent is not None, remarks=remarks)
    outcomes = tuple(_within(replica, plan, one) for one in told)
    return Reading("matrix" if sent is not None else "sheet", plan, outcomes, tuple(remarks), filled, found.sample)


def _believed(replica: Replica, book: Book) -> tuple[SentMatrix | None, list[Remark]]:
    """The matrix that was sent, if whoever sent it is believed here; else why it counts as any other sheet."""
    if book.ours is None:
        return None, []
    from gealc_tui.sync.identity import matrix_is_signed

    found = sent_matrix.read(book.ours)
    if found is None:
        return None, [Remark("unproved", "", t("Lo que la planilla llevaba oculto está dañado: cuenta como otra."))]
    sent, signature = found
    if not matrix_is_signed(sent.sender, sent.key, sent.digest, signature):
        return None, [Remark("unproved", "", t("Lo que la planilla llevaba oculto fue alterado: cuenta como otra."))]
    if replica.trust_in(sent.sender) not in (Trust.SELF, Trust.ACCEPTED):
        said = t("La planilla la hizo alguien a quien usted no confirmó: cuenta como otra.")
        return None, [Remark("unproved", "", said)]
    if not all(_is_ours(replica, sent.plan, row) for row in sent.rows):
        return None, [Remark("unproved", "", t("La planilla nombra lo que no es de su plan: cuenta como otra."))]
    return sent, []


def _is_ours(replica: Replica, plan: str, row: SentRow) -> bool:
    """Whether a row is of such cells as our matrices have: nobody has other fields written by it."""
    return kind_of(row.entity) == "activity" and all(
        (cell.column, kind_of(cell.entity), cell.field) in matrix.REGISTERS for cell in row.cells
    )


def _present(replica: Replica, plan: str) -> list[SentRow]:
    """The rows that a matrix of the plan would have now."""
    outline = replica.read.outline(replica.today, plan)
    readings = {one.row.id: one for one in replica.read.activities(replica.today, plan)}
    shown = [readings[row.id] for row in outline.activities] if outline is not None else []
    return list(matrix.sent_rows(replica, shown))


def _page(book: Book, name: str | None, titles: Mapping[str, str]) -> Page:
    """The sheet that is meant: the one of that name, else the first in sight that looks like a matrix."""
    if name is not None:
        for one in book.pages:
            if one.name.casefold() == name.strip().casefold():
                return one
        raise errors.SheetUnknown(name=name, names=tuple(one.name for one in book.pages))
    in_sight = [one for one in book.pages if not one.is_hidden and one.rows]
    if not in_sight:
        raise errors.SheetUnknown(name="", names=tuple(one.name for one in book.pages))
    return next((one for one in in_sight if find_columns(one, titles, (), {}).places), in_sight[0])


def _seen(replica: Replica, plan: str, filled: Filled | None, rows: Sequence[SentRow]) -> Seen:
    entities = dict.fromkeys(cell.entity for row in rows for cell in row.cells)
    scribes = replica.scribes_of(filled) if filled is not None else []
    written = replica.read.edits_of(scribes)
    return Seen(
        plan,
        filled,
        replica.read.standing_in(entities),
        frozenset(canonical(list(one)) for one in written),
        frozenset(one.id for one in replica.read.proposals(plan)),
        frozenset(scribes) & frozenset(replica.own_scribes()),
        is_bound(replica.read, plan),
    )


# --- cell by cell --------------------------------------------------------------------------------------------------


def _outcomes(
    replica: Replica,
    page: Page,
    found: Columns,
    rows: Sequence[SentRow],
    seen: Seen,
    *,
    is_ours: bool,
    remarks: list[Remark],
) -> Iterator[CellOutcome]:
    by_key = {row.entity: row for row in rows}
    by_code: dict[str, list[SentRow]] = {}
    for row in rows:
        if (code := _code(row)) is not None:
            by_code.setdefault(code, []).append(row)
    lines: dict[str, list[int]] = {}
    for line in range(found.header + 1, len(page.rows)):
        about, why = _row_of(page, line, found, by_key, by_code)
        if about is not None:
            lines.setdefault(about.entity, []).append(line)
        elif any(cell != "" for cell in page.rows[line]):
            text = " | ".join(_plain(cell) for cell in page.rows[line] if cell != "")
            yield CellOutcome(cell_name((line, 0)), "", "", None, text, UNREADABLE, why)
    for entity, at in lines.items():
        for line in at:
            for name, column in found.places.items():
                place = (line, column)
                parts = [cell for cell in by_key[entity].cells if cell.column == name]
                for one in _cell(replica, page, place, name, parts, seen, is_ours=is_ours):
                    if len(at) > 1 and one.outcome not in (SAME, UNREADABLE):
                        one = one._replace(outcome=UNREADABLE, reason=t("La misma actividad está en más de una fila."))
                    yield one
    if is_ours and (missing := [_code(row) or "" for row in rows if row.entity not in lines]):
        remarks.append(Remark("missing", page.name, t("No están en la planilla: {codes}", codes=", ".join(missing))))


def _within(replica: Replica, plan: str, one: CellOutcome) -> CellOutcome:
    """What a cell says, but of another plan: who signed the sheet may have named anything."""
    if one.outcome in (SAME, UNREADABLE) or replica.read.plan_of(one.entity) in (plan, None):
        return one
    return one._replace(outcome=UNREADABLE, reason=t("No es una fila del plan."))


def _code(row: SentRow) -> str | None:
    return next((str(cell.value) for cell in row.cells if cell.column == "code"), None)


def _row_of(
    page: Page, line: int, found: Columns, by_key: Mapping[str, SentRow], by_code: Mapping[str, list[SentRow]]
) -> tuple[SentRow | None, str]:
    """Which activity a row is about, by its hidden key or else by its code; and if it is about none, why."""
    code = _plain(page.at((line, found.places["code"]))).strip() if "code" in found.places else ""
    key = _plain(page.at((line, found.key))) if found.key is not None else ""
    named = by_code.get(code, [])
    if key in by_key:
        if named and by_key[key] not in named:
            return None, t("La fila lleva el código de otra actividad: quizá se ordenó sólo una parte.")
        return by_key[key], ""
    if len(named) == 1:
        return named[0], ""
    if named:
        return None, t("El código {code} está más de una vez en el plan.", code=code)
    return None, t("No es una fila del plan.")


def _cell(
    replica: Replica,
    page: Page,
    place: Place,
    name: str,
    parts: Sequence[SentCell],
    seen: Seen,
    *,
    is_ours: bool,
) -> Iterator[CellOutcome]:
    cell = page.at(place)
    where = cell_name(place)
    entity, field = (parts[0].entity, parts[0].field) if parts else ("", name)

    def unreadable(reason: str) -> CellOutcome:
        before = parts[0].value if len(parts) == 1 else None
        return CellOutcome(where, entity, field, before, _plain(cell), UNREADABLE, reason)

    if (fault := page.marks.faults.get(place)) is not None:
        if fault != "merged" or not _is_empty(parts):
            yield unreadable(_FAULTS[fault]())
        return
    if cell == "" and not is_ours:
        return  # what a sheet of somebody's own does not say is no word
    if _is_as_shown(cell, name, parts):
        yield from (CellOutcome(where, one.entity, one.field, one.value, one.value, SAME) for one in parts)
        return
    try:
        said = _values(replica, cell, name, parts, is_percent=place in page.marks.percents)
    except fields.REFUSALS as error:
        yield unreadable(sentence(error))
        return
    if said is None:
        yield unreadable(t("Dice varias cosas a la vez, o no se sabe de qué producto: escríbalo en el programa."))
        return
    for one, value in zip(parts, said, strict=True):
        yield _outcome(where, one, value, seen, is_ours=is_ours)


_FAULTS = {
    "formula": lambda: t("Es una fórmula sin su resultado: ábrala y guárdela de nuevo."),
    "error": lambda: t("Es el error de una fórmula."),
    "merged": lambda: t("Está combinada con otra celda."),
}


def _is_empty(parts: Sequence[SentCell]) -> bool:
    return all(one.value in (None, "", []) for one in parts)


def _is_as_shown(cell: Cell, name: str, parts: Sequence[SentCell]) -> bool:
    """Whether a cell is as it went out."""
    try:
        shown = matrix.shown(name, [one.value for one in parts])
    except ValueError:
        return False
    if shown is None or isinstance(shown, date):
        return (cell == "" and shown is None) or (isinstance(cell, date) and _day(cell) == shown)
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float):
        return cell == shown
    return _plain(cell).replace("\r\n", "\n").strip() == str(shown).strip()


def _values(
    replica: Replica, cell: Cell, name: str, parts: Sequence[SentCell], *, is_percent: bool
) -> list[Value] | None:
    """What a cell says of each of its registers; None if that cannot be told. Raises `fields.REFUSALS`."""
    text = _text(cell, name, is_percent=is_percent)
    if not parts:
        return [] if not text.strip() else None
    if name == "leads":
        codes = [fields.country_or_body(one, "lead") for one in fields.leads_in(text)]
        others: Value = sorted(dict.fromkeys(codes[1:])) or None
        return [codes[0] if codes else None, others][: len(parts)] if len(parts) == 2 else None
    said = text.replace("\r\n", "\n").split("\n") if name in ("products", "evidence") and len(parts) > 1 else [text]
    if len(said) != len(parts):
        return None
    today = replica.today
    found = []
    for one, part in zip(parts, said, strict=True):
        # A line that stands as it was shown is as it was, whatever reading it anew would make of it.
        is_as_shown = len(parts) > 1 and part.strip() == str(matrix.shown(name, [one.value])).strip()
        found.append(one.value if is_as_shown else fields.parse(kind_of(one.entity), one.field, part, today))
    return found


def _text(cell: Cell, name: str, *, is_percent: bool) -> str:
    """A cell as a person would type it. Raises ValueRefused for a kind of value that does not belong there."""
    if isinstance(cell, bool | time | timedelta) or (isinstance(cell, date) and name != "due"):
        raise errors.ValueRefused(field=name, value=_plain(cell), expected="cell_text")
    if isinstance(cell, date):
        return _day(cell).isoformat()
    if isinstance(cell, int | float):
        if name == "due":
            raise errors.ValueRefused(field=name, value=_plain(cell), expected="cell_day")
        if name == "progress" and (is_percent or 0 < cell < 1):
            cell = round(cell * 100, 6)
        return _plain(cell)
    return cell


def _day(cell: date) -> date:
    return cell.date() if isinstance(cell, datetime) else cell


def _plain(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _outcome(where: str, one: SentCell, value: Value, seen: Seen, *, is_ours: bool) -> CellOutcome:
    heads = seen.heads.get((one.entity, one.field), ())
    stands = heads[0][0] if heads else one.value
    over = (one.head,) if one.head is not None and is_ours else ()
    said = CellOutcome(where, one.entity, one.field, stands, value, SAME, seen=over)
    if is_ours and _alike(value, one.value):
        return said
    if any(_alike(value, other) for other, _, _ in heads) or (not heads and _alike(value, one.value)):
        return said
    if canonical([one.entity, one.field, value, list(over)]) in seen.written:
        return said
    if seen.is_bound and right_for(kind_of(one.entity), one.field) is not None:
        if _proposal(seen, one, value, over) in seen.proposed:
            return said
        return said._replace(outcome=CHANGED, is_proposed=True, reason=t("queda como propuesta"))
    if seen.filled is None:
        if len(heads) > 1:
            return said._replace(outcome=UNREADABLE, reason=t("Hay una diferencia sin resolver: resuélvala antes."))
        return said._replace(outcome=CHANGED)
    others = [id for _, id, author in heads if id not in over and author not in seen.mine]
    return said._replace(outcome=DIFFERENCE if others else CHANGED)


def _alike(one: Value, other: Value) -> bool:
    return same(one, other) or (one in (None, "", []) and other in (None, "", []))


def _proposal(seen: Seen, one: SentCell | CellOutcome, value: Value, over: tuple[str, ...]) -> str:
    """The id of the proposal that a cell becomes: the same one at whichever copy it is brought in."""
    of = list(seen.filled) if seen.filled is not None else []
    return text_hash(canonical(["sheet", *of, one.entity, one.field, value, list(over)]))


# --- keeping -------------------------------------------------------------------------------------------------------


def keep(replica: Replica, found: Reading) -> int:
    """Writes what a reading found; returns how many cells that was.

    Raises PlanIsClosed, NotYourFunction, NoIdentity, FileUnwritable.
    """
    wanted = [one for one in found.rows if one.outcome in (CHANGED, DIFFERENCE)]
    if found.filled is None:
        plain = [one for one in wanted if not one.is_proposed]
        if plain:
            replica.commit([(one.entity, one.field, one.after) for one in plain])
        for one in wanted:
            if one.is_proposed:
                proposals.make(replica, found.plan, [(one.entity, one.field, one.after)], _OWN_REASON)
        return len(wanted)
    edits: list[tuple[Setting, tuple[str, ...]]] = []
    for one in wanted:
        if one.is_proposed:
            edits += [(setting, ()) for setting in _proposing(found, one)]
        else:
            edits.append(((one.entity, one.field, one.after), one.seen))
    replica.commit_filled(found.filled, _called(replica, found.filled), edits)
    return len(wanted)


_OWN_REASON = ".xlsx / .csv"


def _proposing(found: Reading, one: CellOutcome) -> list[Setting]:
    """A cell as a proposal; in no language, so that two copies make the same one."""
    assert found.filled is not None
    seen = Seen(found.plan, found.filled, {}, frozenset(), frozenset(), frozenset(), is_bound=True)
    entity = f"{PROPOSAL}/{_proposal(seen, one, one.after, one.seen)}"
    edit = ProposedEdit(one.entity, one.field, one.after, one.seen)
    reason = f"{found.filled.name}, {found.filled.country} (.xlsx)"
    return [(entity, "plan", found.plan), (entity, "edits", edits_value((edit,))), (entity, "reason", reason)]


def _called(replica: Replica, filled: Filled) -> str:
    own = replica.read.author(replica.id or "")
    by = f"{own.name}, {country_name(own.country)}" if own.country else own.name
    return t("{name} (planilla, traída por {who})", name=filled.name, who=by)
