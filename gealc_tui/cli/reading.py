"""Commands that only look: list, show, log, people."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from gealc_tui import errors
from gealc_tui.cli import following, ordering
from gealc_tui.cli.differences import say_differences, values_facts
from gealc_tui.cli.output import Cell, Exit, Row, complain, say, say_json, say_line, say_text
from gealc_tui.cli.phrases import day_phrase, instant, moment_phrase, status_phrase, tell_day
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.commands.naming import name_of
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.days import Toward
from gealc_tui.domain.fields import FIELDS
from gealc_tui.domain.filters import Filter, Since
from gealc_tui.domain.readings import (
    NOWHERE,
    ActivityReading,
    ActivityRow,
    AreaRow,
    Mark,
    NoteReading,
    ObservationReading,
    PlanOutline,
    ProductReading,
)
from gealc_tui.domain.vocabulary import Alert, Period, Status
from gealc_tui.i18n import t
from gealc_tui.i18n.edit_words import value_phrase
from gealc_tui.i18n.labels import (
    DIFFERENCE_MARK,
    OVERDUE_MARK,
    alert_label,
    area_title,
    field_label,
    lead_name,
    mark_label,
    observation_label,
    period_label,
)
from gealc_tui.i18n.naming import author_label
from gealc_tui.presentation.translating import titled, told

if TYPE_CHECKING:
    from datetime import date

    from gealc_tui.replica import Replica

_COLOURS = {Status.IN_PROGRESS: "36", Status.DONE: "32", Status.ON_HOLD: "33", Status.CANCELLED: "2"}

Facts = dict[str, Any]
"""A thing as JSON tells it: codes, ids and dates as they are stored."""


# --- list ----------------------------------------------------------------------------------------------------


def list_activities(replica: Replica, args: Namespace) -> int:
    plan = _plan(replica, args.area)
    if args.withdrawn:
        return _list_withdrawn(replica, plan, as_json=args.json)
    outline = replica.read.outline(replica.today, plan)
    found = [] if outline is None else _found(replica, outline, args)
    if args.mine:
        found = ordering.mine(replica, found)
    if (args.sort or args.group) and outline is not None:
        found = ordering.ordered(found, outline.year, args.sort, args.group)
    if args.json:
        every = {one.row.id: one for one in replica.read.activities(replica.today, plan)}
        say_json([activity_facts(every[row.id]) for _, rows in found for row in rows if row.id in every])
        return Exit.DONE
    if outline is None:
        complain(t("Todavía no hay ningún plan en esta base; traiga uno con gealc import."))
        return Exit.DONE
    codes = Counter(row.code for row in outline.activities)
    # A code alone is one of the plan in view.
    in_view = plan == replica.plan
    table: list[Row] = []
    names = told(replica.read, [f"area/{area.id}" for area, _ in found])
    for area, rows in found:
        if args.sort or args.group:
            table += [area.title] if area.title else []
            shown = titled(replica.read, rows)
            table += [_row(row, is_unique=in_view and codes[row.code] == 1) for row in shown]
        elif rows or (not area.activities and not _is_filtered(args, replica.today)):
            title = names.get((f"area/{area.id}", "title"), area_title(area.title, area.mark))
            table.append(f"{f'{area.code} {title}'.strip()} ({area.done}/{len(area.activities)})")
            shown = titled(replica.read, rows)
            table += [_row(row, is_unique=in_view and codes[row.code] == 1) for row in shown]
    columns = [
        Column(t("Referencia")),
        Column(t("Estado"), minor=1),
        Column(t("Plazo"), minor=3),
        Column(t("Avisos"), minor=2),
        Column(t("Responsable"), minor=4),
        Column(t("Actividad"), is_elastic=True),
    ]
    say_table(table, columns)
    return Exit.DONE


def _is_filtered(args: Namespace, today: date) -> bool:
    return args.mine or args.search is not None or bool(_filter((), args, today))


def _plan(replica: Replica, area: str | None) -> str | None:
    """The plan in view, unless an area of another is asked for by its id, or by year and code."""
    if area is not None and "/" in area:
        return replica.read.plan_of(replica.resolve(area)) or replica.plan
    return replica.plan


def _found(replica: Replica, outline: PlanOutline, args: Namespace) -> list[tuple[AreaRow, list[ActivityRow]]]:
    """The areas with those of their activities that the options ask for: the filter of the screen."""
    from gealc_tui.commands import finding

    areas = _areas(outline, args.area)
    wanted = _filter(areas if args.area is not None else (), args, replica.today)
    if args.search is None and not wanted:
        return [(area, list(area.activities)) for area in areas]
    matching = finding.matching(replica, wanted, outline.id)
    kept = {id for ids in matching.by_area.values() for id in ids}
    if args.search is not None:
        # All of them: it is not a list to look at while typing.
        words = finding.sought(replica, args.search)
        rows = replica.read.search(words, replica.today, outline.id, most=len(outline.activities))
        kept &= {row.id for row in rows.rows}
    return [(area, [row for row in area.activities if row.id in kept]) for area in areas]


def _filter(areas: Iterable[AreaRow], args: Namespace, today: date) -> Filter:
    """Raises ValueRefused for a date or a country that is none."""
    from gealc_tui.commands.fields import day, parse

    since = args.since
    if since is not None:
        if since.strip().lower() == Since.MEETING:
            since = Since.MEETING.value
        else:
            typed, since = since, day(since, "since", today, Toward.BEHIND)
            tell_day(typed, since)
    return Filter(
        statuses=tuple(Status(code) for code in args.status or ()),
        areas=tuple(area.id for area in areas),
        periods=tuple(Period(code) for code in args.period or ()),
        leads=tuple(str(parse("activity", "lead", name)) for name in args.lead or ()),
        no_lead=args.no_lead,
        funders=tuple(args.funder or ()),
        alerts=tuple(alert for alert, asked in _alerts_asked(args) if asked),
        differing=args.differences,
        since=since,
    )


def _alerts_asked(args: Namespace) -> tuple[tuple[Alert, bool], ...]:
    return (Alert.OVERDUE, args.overdue), (Alert.DUE_SOON, args.due_soon), (Alert.UNREPORTED, args.unreported)


def _areas(outline: PlanOutline, wanted: str | None) -> Sequence[AreaRow]:
    if wanted is None:
        return outline.areas
    code = wanted.partition("/")[2] or wanted
    found = [area for area in outline.areas if area.id == wanted]
    found = found or [area for area in outline.areas if area.code == code]
    if not found:
        raise errors.NotFound(ref=wanted)
    return found


def _row(row: ActivityRow, *, is_unique: bool) -> list[Cell | str]:
    overdue = Alert.OVERDUE in row.alerts
    return [
        row.code if is_unique else row.id,
        Cell(status_phrase(row.status), _COLOURS.get(row.status, "")),
        day_phrase(row.due) if row.due else period_label(row.period),
        Cell(_alerts_phrase(row), "31" if overdue or row.differences else ""),
        lead_name(row.lead) if row.lead else "",
        row.title,
    ]


def _alerts_phrase(row: ActivityRow) -> str:
    alerts = [f"{OVERDUE_MARK} {alert_label(one)}" if one is Alert.OVERDUE else alert_label(one) for one in row.alerts]
    if row.mark is not None:
        alerts.append(mark_label(row.mark))
    if row.differences:
        alerts.append(f"{DIFFERENCE_MARK} {row.differences}")
    return ", ".join(alerts)


def activity_facts(reading: ActivityReading) -> Facts:
    """An activity as `list --json` tells it."""
    row = reading.row
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "area": reading.area_code,
        "area_title": reading.area_title,
        "period": row.period.value,
        "status": row.status.value,
        "progress": row.progress,
        "products": [_product_facts(product) for product in reading.products],
        "participants": reading.participants,
        "place": reading.place,
        "resources": reading.resources,
        "lead": row.lead,
        "co_leads": list(reading.co_leads),
        "due": row.due,
        "alerts": [alert.value for alert in row.alerts],
        "conflicts": row.differences,
        "notes": row.notes,
        "plan": reading.plan,
        "origin": reading.origin,
        "order": row.rank,
        "withdrawn": None,
    }


def _product_facts(product: ProductReading) -> Facts:
    return {
        "id": product.id,
        "text": product.text,
        "delivered": product.delivered,
        "evidence": product.evidence,
        "units": product.units,
        "withdrawn": None,
    }


def _withdrawal_facts(replica: Replica, entity: str) -> Facts | None:
    """Why something is out of sight, by whom and since when."""
    found = replica.read.deletion(entity)
    if found is None:
        return None
    return {"reason": found.reason, "meeting": found.meeting, "by": found.author.name, "at": instant(found.at)}


def _list_withdrawn(replica: Replica, plan: str | None, *, as_json: bool) -> int:
    found = replica.read.withdrawn_activities(replica.today, plan)
    if as_json:
        say_json(
            [activity_facts(one) | {"withdrawn": _withdrawal_facts(replica, f"activity/{one.row.id}")} for one in found]
        )
        return Exit.DONE
    if not found:
        say(t("No hay actividades retiradas."))
        return Exit.DONE
    columns = [Column(t("Referencia")), Column(t("Actividad"), is_elastic=True), Column(t("Motivo"), minor=1)]
    said = [(one.row, replica.read.deletion(f"activity/{one.row.id}")) for one in found]
    say_table([[row.id, row.title, gone.reason if gone is not None else ""] for row, gone in said], columns)
    return Exit.DONE


# --- show ----------------------------------------------------------------------------------------------------


def show(replica: Replica, args: Namespace) -> int:
    """An activity, also by one of its notes or products; or an area."""
    entity = replica.resolve(args.ref)
    if kind_of(entity) == "area":
        return _show_area(replica, local_id(entity), args)
    activity = replica.read.activity_of(entity)
    if activity is None:
        raise errors.NotFound(ref=args.ref)
    reading = replica.read.activity(activity, replica.today)
    if args.json:
        say_json(
            {
                **activity_facts(reading),
                "notes": [_note_facts(note) for note in reading.notes],
                "conflicts": [
                    {"field": one.field, "entity": one.entity, "values": values_facts(one)}
                    for one in reading.differences
                ],
                "observations": _observations_facts(reading.observations),
                **following.following_facts(replica, activity),
                "translations": {
                    **replica.read.translations_of(f"activity/{activity}"),
                    **{
                        f"{one.id}/{field}": text
                        for one in reading.products
                        for field, text in replica.read.translations_of(f"product/{one.id}").items()
                    },
                },
            }
        )
    else:
        _say_activity(replica, reading)
    return Exit.DONE


def _say_continued(replica: Replica, reading: ActivityReading) -> None:
    """Which activities of other plans it continues, and which ones continue it."""
    before = continued(replica, reading.row.id)
    if before:
        _heading(t("Continúa"))
        for one in before:
            say_line(one, 2)
    if after := replica.read.succeeding(reading.row.id):
        _heading(t("Sigue en"))
        for one in after:
            say_line(_reference(replica, one), 2)


def continued(replica: Replica, activity: str) -> list[str]:
    """The activities that one continues, the last plan's first: since when it has been promised."""
    found: list[str] = []
    seen = {activity}
    while (origin := replica.read.origin_of(activity)) is not None and origin not in seen:
        # A plan may be its own origin, by whoever wrote so.
        seen.add(origin)
        found.append(_reference(replica, origin))
        activity = origin
    return found


def _reference(replica: Replica, activity: str) -> str:
    """`2019/3.6.1 Relevamiento…`, by which it can be asked for."""
    return f"{activity} {name_of(replica, f'activity/{activity}', titled=True)}".strip()


def _say_activity(replica: Replica, reading: ActivityReading) -> None:
    row, names = reading.row, told(replica.read, [f"activity/{reading.row.id}"])
    say(f"{row.code} {' '.join(row.title.split())}")
    for text in names.values():
        say_line(text)
    say(row.id)
    say()
    fields: list[tuple[str, str]] = [
        (t("Área de trabajo"), _area_of(reading)),
        (_label("status"), status_phrase(row.status)),
        (t("Avisos"), _alerts_phrase(row) or "—"),
        (_label("period"), f"{period_label(row.period)} {reading.year or ''}"),
        *(
            (_label(one.name), value_phrase(f"activity/{row.id}", one.name, reading.value(one.name)))
            for one in FIELDS["activity"]
            if one.name not in ("status", "period", "title", "code")
        ),
    ]
    width = max(len(label) for label, _ in fields)
    for label, value in fields:
        say(f"{label + ':':<{width + 1}} {' '.join(value.split())}")
    following.say_following(replica, reading)
    _say_continued(replica, reading)
    _say_products(reading.products)
    _say_notes(reading.notes)
    say_differences(reading.differences)
    _say_observations(reading.observations)


def _area_of(reading: ActivityReading) -> str:
    mark = Mark.NO_AREA if reading.row.area == NOWHERE else None
    return f"{reading.area_code} {area_title(reading.area_title, mark)}".strip()


def _label(field: str) -> str:
    return field_label("activity", field)


def _heading(text: str) -> None:
    say()
    say(text)


def _say_products(products: Iterable[ProductReading]) -> None:
    for place, product in enumerate(products):
        if place == 0:
            _heading(t("Productos"))
        say_text(" ".join(product.text.split()), 2)
        say(f"    product/{product.id}")
        for field, value in (("delivered", product.delivered), ("evidence", product.evidence)):
            if value:
                say(f"    {field_label('product', field)}: {value_phrase(f'product/{product.id}', field, value)}")


def _say_notes(notes: Iterable[NoteReading]) -> None:
    for place, note in enumerate(notes):
        if place == 0:
            _heading(t("Notas"))
        kind = t("oficial") if note.official else t("interna")
        say(f"  {moment_phrase(note.at, note.is_doubtful)} · {author_label(note.author)} · {kind} · note/{note.id}")
        say_text(note.text, 4)


def _say_observations(observations: Iterable[ObservationReading]) -> None:
    for place, one in enumerate(observations):
        if place == 0:
            _heading(t("Observaciones del documento"))
        say(f"  {observation_label(one.kind)}")
        say(f"    {t('línea {line}: «{text}»', line=one.line, text=' '.join(one.text.split()))}")


def _note_facts(note: NoteReading) -> Facts:
    return {
        "id": note.id,
        "author": note.author.name,
        "country": note.author.country,
        "at": instant(note.at),
        "text": note.text,
        "official": note.official,
    }


def _observations_facts(observations: Iterable[ObservationReading]) -> list[Facts]:
    return [{"kind": one.kind, "line": one.line, "text": one.text} for one in observations]


def _show_area(replica: Replica, id: str, args: Namespace) -> int:
    outline = replica.read.outline(replica.today, replica.read.plan_of(f"area/{id}"))
    area = next((one for one in outline.areas if one.id == id), None) if outline is not None else None
    if area is None:
        raise errors.NotFound(ref=args.ref)
    notes = replica.read.notes(f"area/{id}")
    observations = replica.read.observations(f"area/{id}")
    if args.json:
        say_json(
            {
                "id": area.id,
                "code": area.code,
                "title": area.title,
                "objective": area.objective,
                "translations": replica.read.translations_of(f"area/{id}"),
                "activities": [row.id for row in area.activities],
                "notes": [_note_facts(note) for note in notes],
                "observations": _observations_facts(observations),
            }
        )
        return Exit.DONE
    say(f"{area.code} {' '.join(area.title.split())}")
    say(area.id)
    if area.objective:
        _heading(field_label("area", "objective"))
        say_text(area.objective, 2)
    _heading(t("Actividades"))
    columns = [Column(""), Column("", minor=1), Column("", is_elastic=True)]
    say_table([[row.id, status_phrase(row.status), row.title] for row in area.activities], columns)
    _say_notes(notes)
    _say_observations(observations)
    return Exit.DONE
