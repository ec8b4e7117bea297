"""The minutes of a meeting in words, in the language in force: the order in which a Secretariat tells them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gealc_tui.domain.change import Value
from gealc_tui.domain.meetings import ItemReading, MeetingReading
from gealc_tui.domain.readings import Author
from gealc_tui.domain.vocabulary import ItemKind
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import (
    country_name,
    day_label,
    field_label,
    fold,
    lead_name,
    role_label,
    status_label,
    value_label,
)
from gealc_tui.i18n.meeting_words import (
    agreed_label,
    author_label,
    group_label,
    hour_label,
    item_label,
    lacking_sentence,
    long_day_label,
    meeting_label,
    same_group_sentence,
)
from gealc_tui.plain import drawable
from gealc_tui.reports.acta import Acta, FieldChange, Rescheduling, Treated
from gealc_tui.reports.commitments import Followed
from gealc_tui.reports.document import Block, Document, Facts, Heading, Paragraph, Points, Table

_ARROW = " → "


def worded(acta: Acta) -> Document:
    """The minutes as a document."""
    meeting = acta.meeting
    kicker = t("Red GEALC · Plan de trabajo {year}", year=acta.year) if acta.year else t("Red GEALC")
    return Document(
        kicker, t("Acta de la reunión"), _line(meeting_label(meeting)), _author(meeting.author), tuple(_blocks(acta))
    )


def _blocks(acta: Acta) -> Iterator[Block]:
    if acta.is_draft:
        yield Paragraph(t("Borrador: la reunión sigue abierta."), quiet=True)
    yield from _standing(acta)
    yield Facts(tuple(_head(acta)))
    if acta.followed:
        yield Heading(t("Compromisos anteriores"))
        yield _followed(acta, acta.followed)
        if any(one.item.guessed for one in acta.followed):
            yield Paragraph(same_group_sentence(), quiet=True)
    yield Heading(t("Actividades tratadas"))
    if not acta.treated:
        yield Paragraph(t("La reunión no cambió ninguna actividad."))
    for one in acta.treated:
        yield Heading(f"{_code(one)}  {_line(one.title)}", 2)
        yield Facts(tuple(_said(acta, one)))
    if acta.general.items or acta.general.notes:
        yield Heading(t("Asuntos generales"))
        yield Facts(tuple(_general(acta)))
    if acta.commitments:
        yield Heading(t("Compromisos"))
        yield _commitments(acta, acta.commitments)
    if acta.decisions:
        yield Heading(t("Decisiones"))
        yield Points(tuple(_pointed(acta, acta.decisions)))
    if acta.noted:
        yield Heading(t("La reunión tomó nota"))
        yield Points(tuple(_pointed(acta, acta.noted)))
    yield Heading(t("Próxima reunión"))
    yield Paragraph(next_phrase(acta.next))
    if acta.untouched:
        yield Heading(t("Actividades sin cambios en esta reunión"))
        yield Table(
            (t("Código"), t("Actividad"), t("Estado")),
            tuple((one.code, _line(one.title), status_label(one.status)) for one in acta.untouched),
            (13, 67, 20),
        )


def _standing(acta: Acta) -> Iterator[Block]:
    """By what these minutes stand, where that is not plain: other ones, what lacks, an older version."""
    if acta.goes_by_clocks:
        said = t("Cerrada por una versión anterior del programa: cómo estaba el plan al cierre se toma de los relojes.")
        yield Paragraph(said, quiet=True)
    if (minute := acta.minute) is None:
        return
    for other in minute.others:
        yield Paragraph(t("Hay otra acta de esta reunión, de {who}.", who=_author(other)), quiet=True)
    for one in minute.lacking:
        yield Paragraph(lacking_sentence(one), quiet=True)
    if minute.lacking and minute.is_verified:
        yield Paragraph(t("El plan está completo y verificado como estaba al cierre."), quiet=True)


def _code(one: Treated) -> str:
    return t("{code} (hoy {now})", code=one.code, now=one.code_now) if one.code_now else one.code


def _words(acta: Acta, entity: str, text: str) -> str:
    """Words as they stood, and what their own author put in their place since."""
    text = drawable(text)
    if (correction := acta.corrections.get(entity)) is None:
        return text
    day = day_label(correction.day)
    if correction.text is None:
        return t("{text} (retirado el {day})", text=text, day=day)
    return t("{text} (corregido el {day}: «{now}»)", text=text, day=day, now=drawable(correction.text))


# --- the head ------------------------------------------------------------------------------------------------


def _head(acta: Acta) -> Iterator[tuple[str, str]]:
    meeting = acta.meeting
    if meeting.title:
        yield t("Órgano"), _line(group_label(meeting))
    yield t("Fecha"), long_day_label(meeting.day) or t("A definir")
    if meeting.hour:
        yield t("Hora"), _line(hour_label(meeting.hour, meeting.city))
    yield t("Países presentes"), _present(meeting)
    role = role_label(acta.role) if acta.role else ""
    yield t("Tomó el acta"), ", ".join(part for part in (_author(meeting.author), role) if part)


def _present(meeting: MeetingReading) -> str:
    """By name, in the order of the alphabet, and how many."""
    if not meeting.countries:
        return t("No se anotó ninguno")
    names = ", ".join(sorted((country_name(code) for code in meeting.countries), key=fold))
    return tn("{names} ({n} país)", "{names} ({n} países)", len(meeting.countries), names=names)


def _author(author: Author) -> str:
    return _line(author_label(author))


def next_phrase(meeting: MeetingReading | None) -> str:
    """`20 de junio de 2019, 9:00, hora de Quito`."""
    if meeting is None:
        return t("A definir")
    parts = (long_day_label(meeting.day), hour_label(meeting.hour, meeting.city))
    return _line(", ".join(part for part in parts if part))


def covering(acta: Acta) -> tuple[str, ...]:
    """What a message says that brings the minutes, a paragraph each; a list is one of several lines."""
    meeting = acta.meeting
    facts = {"meeting": _line(meeting_label(meeting)), "day": long_day_label(meeting.day) or t("sin fecha")}
    said = [t("Se adjunta el acta de la reunión: {meeting}, {day}.", **facts)]
    if acta.commitments:
        place = {activity: n for n, activity in enumerate(meeting.agenda)}
        in_order = sorted(acta.commitments, key=lambda one: (place.get(one.about or "", len(place)), one.placed))
        owed = [_line(_agreed(acta, one)) for one in in_order]
        if len(owed) == 1:
            said.append(t("Compromiso: {text}", text=owed[0]))
        else:
            said += [t("Compromisos:"), "\n".join(owed)]
    if acta.next is not None:
        said.append(t("Próxima reunión: {when}.", when=next_phrase(acta.next)))
    return tuple(said)


# --- the activities ------------------------------------------------------------------------------------------


def _said(acta: Acta, one: Treated) -> Iterator[tuple[str, str]]:
    before, after = status_label(one.before), status_label(one.after)
    yield field_label("activity", "status"), after if before == after else f"{before}{_ARROW}{after}"
    if one.rescheduling is not None:
        yield field_label("activity", "due"), _rescheduled(one.rescheduling)
    for field in one.fields:
        yield _field(field)
    for note in one.notes:
        yield t("Nota"), _words(acta, note.entity, note.text)
    for item in one.items:
        yield item_label(item.kind), _agreed(acta, item)


def _rescheduled(one: Rescheduling) -> str:
    facts = {"before": _day(one.before, one.before_is_period), "after": _day(one.after, one.after_is_period)}
    return t("Reprogramada: era el {before}; ahora es el {after}", **facts)


def _day(day: object, is_period: bool) -> str:
    said = long_day_label(str(day)) if day is not None else "—"
    return t("{day} (fin del período)", day=said) if is_period else said


def _field(change: FieldChange) -> tuple[str, str]:
    before, after = (_value(change, value) for value in (change.before, change.after))
    now = after if change.before in (None, "", []) else f"{before}{_ARROW}{after}"
    if change.kind == "product" and change.field != "text":
        now = t("{value} (producto: {product})", value=now, product=_line(change.product))
    return field_label(change.kind, change.field), now


def _value(change: FieldChange, value: Value) -> str:
    return _line(value_label(change.kind, change.field, value))


def _agreed(acta: Acta, item: ItemReading) -> str:
    return agreed_label(_words(acta, f"item/{item.id}", item.text), item.country, item.due)


def _general(acta: Acta) -> Iterator[tuple[str, str]]:
    for note in acta.general.notes:
        label = t("Nota sobre {code}", code=note.code) if note.code else t("Nota")
        yield label, _words(acta, note.entity, note.text)
    for item in acta.general.items:
        yield item_label(item.kind), _agreed(acta, item)


# --- what was agreed -----------------------------------------------------------------------------------------


def _followed(acta: Acta, commitments: Iterable[Followed]) -> Table:
    rows = tuple(
        (
            *_promise(acta, one.item),
            t("Cumplido") if one.is_fulfilled else t("Vencido") if one.is_late else t("Por cumplir"),
        )
        for one in commitments
    )
    titles = (t("Quién"), item_label(ItemKind.COMMITMENT), t("Actividad"), t("Fecha"), t("Estado"))
    return Table(titles, rows, (18, 34, 16, 16, 16))


def _promise(acta: Acta, one: ItemReading) -> tuple[str, str, str, str]:
    return (
        lead_name(one.country) if one.country else "—",
        _words(acta, f"item/{one.id}", one.text),
        one.code or "—",
        day_label(one.due) if one.due else t("Sin fecha"),
    )


def _commitments(acta: Acta, items: Iterable[ItemReading]) -> Table:
    rows = tuple(_promise(acta, one) for one in items)
    titles = (t("Quién"), item_label(ItemKind.COMMITMENT), t("Actividad"), t("Fecha"))
    return Table(titles, rows, (22, 43, 18, 17))


def _pointed(acta: Acta, items: Iterable[ItemReading]) -> Iterator[str]:
    for one in items:
        text = _words(acta, f"item/{one.id}", one.text)
        yield t("{code}: {text}", code=one.code, text=text) if one.code else text


def _line(text: str) -> str:
    return " ".join(drawable(text).split())
