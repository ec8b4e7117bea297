"""Meetings on the command line: seen, begun, written and closed, and their files."""

from __future__ import annotations

from argparse import SUPPRESS, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gealc_tui import errors
from gealc_tui.cli import usage
from gealc_tui.cli.output import Exit, complain, say, say_json, say_path
from gealc_tui.cli.phrases import day_phrase, instant, tell_day
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.cli.writing import said
from gealc_tui.domain.vocabulary import MeetingBody, MeetingState
from gealc_tui.i18n import t
from gealc_tui.i18n.edit_words import edit_phrase
from gealc_tui.i18n.meeting_words import no_clock_sentence
from gealc_tui.i18n.naming import author_label

if TYPE_CHECKING:
    from gealc_tui.domain.meetings import ItemReading, MeetingReading
    from gealc_tui.domain.moment import Moment
    from gealc_tui.replica import Replica

Facts = dict[str, Any]
"""A thing as JSON tells it: codes, ids and dates as they are stored."""

Command = Callable[["Replica", Namespace], int]


# --- looking -------------------------------------------------------------------------------------------------


def list_meetings(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import meetings
    from gealc_tui.i18n.meeting_words import hour_label, meeting_label, state_label

    found = meetings.meetings(replica)
    if getattr(args, "json", False):
        say_json([_facts(one) for one in found])
        return Exit.DONE
    if not found:
        complain(t("Todavía no hay ninguna reunión; empiece una con gealc meeting begin."))
        return Exit.DONE
    say_table(
        [
            [one.id, day_phrase(one.day), hour_label(one.hour, one.city), state_label(one.state), meeting_label(one)]
            for one in found
        ],
        [
            Column(t("Reunión")),
            Column(t("Fecha")),
            Column(t("Hora"), minor=2),
            Column(t("Estado"), minor=1),
            Column(t("Quién"), is_elastic=True),
        ],
    )
    return Exit.DONE


def show(replica: Replica, args: Namespace) -> int:
    """The minutes as they are, or as they would be now."""
    from gealc_tui.commands import meetings

    moment, meeting = _minutes(replica, args)
    if not args.json:
        say(meetings.acta_text(replica, meeting.id, moment).rstrip("\n"))
        return Exit.DONE
    say_json(
        {
            **_facts(meeting),
            "changes": [{**one._asdict(), "at": instant(one.at)} for one in meetings.changes(replica, meeting.id)],
            "items": [_item(one) for one in meetings.items(replica, meeting.id)],
            "owed": [
                {**_item(one), "guessed": one.guessed}
                for one in meetings.open_commitments(replica, meeting.body, meeting.area)
            ],
            "moments": [
                {
                    "id": one.id,
                    "author": one.author,
                    "at": instant(one.at),
                    "day": one.day,
                    "plan": one.plan,
                    "fingerprint": one.fingerprint,
                }
                for one in meetings.closings(replica, meeting.id)
            ],
            "checks": [
                {"kind": one.kind.value, "activity": one.activity, "item": one.item}
                for one in meetings.checks(replica, meeting.id)
            ],
        }
    )
    return Exit.DONE


def _minutes(replica: Replica, args: Namespace) -> tuple[Moment | None, MeetingReading]:
    """The meeting that is asked for, and which of its closings. Raises MomentUnknown, NotFound and MeetingUnknown."""
    from gealc_tui.commands import looking_back, meetings

    if args.moment is None:
        return None, _found(replica, args.ref)
    moment = looking_back.closing(replica, args.moment)
    return moment, meetings.reading(replica, moment.meeting or "")


def _item(item: ItemReading) -> Facts:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "activity": item.about,
        "text": item.text,
        "country": item.country,
        "due": item.due,
        "done": item.done,
    }


def _facts(meeting: MeetingReading) -> Facts:
    return {
        "id": meeting.id,
        "body": meeting.body.value,
        "area": meeting.area,
        "title": meeting.title,
        "day": meeting.day,
        "hour": meeting.hour,
        "city": meeting.city,
        "countries": list(meeting.countries),
        "agenda": list(meeting.agenda),
        "state": meeting.state.value,
        "author": author_label(meeting.author),
        "at": instant(meeting.at),
    }


def _found(replica: Replica, ref: str | None) -> MeetingReading:
    """The meeting whose id begins so; without one the one that is open here, else the last that was closed.

    Raises NotFound and MeetingUnknown.
    """
    from gealc_tui.commands import meetings

    known = meetings.meetings(replica)
    if ref is None:
        closed = [one for one in known if one.state is MeetingState.CLOSED]
        last = meetings.resume(replica) or max(closed, key=lambda one: one.placed, default=None)
        if last is None:
            raise errors.MeetingUnknown()
        return last
    found = [one for one in known if one.id.startswith(ref)] if ref else []
    exact = [one for one in found if one.id == ref]
    if len(exact or found) != 1:
        raise errors.NotFound(ref=ref)
    return (exact or found)[0]


# --- writing -------------------------------------------------------------------------------------------------


def begin(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import meetings

    countries, unknown = meetings.read_countries(args.countries or "")
    if unknown:
        raise errors.ValueRefused(field="country", value=unknown[0], expected="country")
    facts = {name: getattr(args, name) for name in ("area", "title", "day", "hour", "city")}
    id = meetings.begin(replica, body=args.body, countries=countries, order=args.order, **facts)
    _tell_understood(replica, id, args)
    say(id)
    return Exit.DONE


def _tell_understood(replica: Replica, id: str, args: Namespace) -> None:
    """Which day was understood, and that the city's clock is not known."""
    from gealc_tui.commands import meetings

    meeting = meetings.reading(replica, id)
    if args.day and meeting.day:
        tell_day(args.day, meeting.day)
    if not meetings.has_clock(meeting.city):
        complain(no_clock_sentence(meeting.city or ""))


def agree(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import activities, meetings

    about = None if args.about == "-" else activities.activity_ref(replica, args.about)
    meeting = _found(replica, None).id
    if args.noted:
        return said(replica, meetings.take_note_of(replica, meeting, about, args.text))
    return said(replica, meetings.agree(replica, meeting, about, args.text))


def fulfil(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import agreements, meetings

    return said(replica, meetings.fulfil(replica, agreements.commitment(replica, args.item), done=not args.undo))


def close(replica: Replica, args: Namespace) -> int:
    """Closes it, and says what lacks in its minutes."""
    from gealc_tui.commands import meetings
    from gealc_tui.i18n.meeting_words import check_sentence, other_day_sentence

    meeting = _found(replica, args.ref).id
    checks, others = meetings.checks(replica, meeting), meetings.written_on_other_days(replica, meeting)
    if others and not args.all_days:
        for other in others:
            complain(other_day_sentence(other.day, len(other.changes)))
            for one in other.changes:
                complain(f"  {one.change} {one.code} · {edit_phrase(one.entity, one.field, one.before, one.after)}")
        complain(t("Con --all-days quedan en el acta; gealc meeting omit CAMBIO… los deja fuera de ella."))
        return Exit.REFUSED
    meetings.close(replica, meeting)
    for check in checks:
        complain(check_sentence(check))
    return Exit.WAITS if checks else Exit.DONE


def leave_out(replica: Replica, args: Namespace) -> int:
    """Leaves changes out of the minutes of the open meeting."""
    from gealc_tui.commands import meetings

    meeting = _found(replica, None).id
    known = {one.change for one in meetings.changes(replica, meeting)}
    ids = []
    for ref in args.changes:
        found = [one for one in known if one.startswith(ref)]
        if len(found) != 1:
            raise errors.NotFound(ref=ref)
        ids += found
    return said(replica, meetings.leave_out(replica, meeting, ids))


def plan_next(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import meetings

    id = meetings.plan_next(replica, _found(replica, args.ref).id, day=args.day, hour=args.hour, city=args.city)
    _tell_understood(replica, id, args)
    say(id)
    return Exit.DONE


def cancel(replica: Replica, args: Namespace) -> int:
    """Cancels it, and writes the file that takes it out of calendars."""
    from gealc_tui.commands import meetings

    meeting = _found(replica, args.ref) if args.ref is not None else meetings.planned(replica)
    if meeting is None:
        raise errors.NothingPlanned()
    # Of one that is cancelled already, by whomever, the file can be had again.
    if meeting.state is not MeetingState.CANCELLED:
        said(replica, meetings.cancel(replica, meeting.id))
    if (path := meetings.write_calendar(replica, meeting.id, Path(args.output or "."))) is not None:
        say(str(path))
    return Exit.DONE


def write(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import meetings

    moment, meeting = _minutes(replica, args)
    written = meetings.write_files(replica, meeting.id, Path(args.output or "."), moment)
    for path in written.paths:
        say_path(path)
    if written.internal_notes:
        from gealc_tui.commands.mail import internal_notes_sentence

        complain(internal_notes_sentence(written.internal_notes))
    return Exit.DONE


# --- the arguments -------------------------------------------------------------------------------------------


def add_arguments(parser: usage.Parser, common: Callable[[usage.Parser], None]) -> None:
    """What stands behind `gealc meeting`; `common` adds what every command accepts."""
    parser.add_argument("--json", action="store_true", help=t("para programas"))
    group = parser.add_subparsers(title=t("comandos"), metavar=t("COMANDO"), dest="action", parser_class=usage.Parser)

    def add(name: str, command: Command, help: str, *, writes: bool = False) -> usage.Parser:
        one: usage.Parser = group.add_parser(name, help=help, description=help, add_help=False)
        common(one)
        one.set_defaults(command=command, writes=writes)
        return one

    def ref(one: usage.Parser) -> None:
        one.add_argument(
            "ref", metavar=t("REUNIÓN"), nargs="?", help=t("su identificador, o cómo empieza; sin él, la abierta")
        )

    def of_moment(one: usage.Parser) -> None:
        one.add_argument(
            "--moment", metavar=t("CIERRE"), help=t("la de un cierre, si hubo varios: su identificador en show --json")
        )

    one = add("list", list_meetings, t("las reuniones"))
    one.add_argument("--json", action="store_true", default=SUPPRESS, help=t("para programas"))
    one = add("show", show, t("el acta, como está o como sería ahora"))
    ref(one)
    of_moment(one)
    one.add_argument("--json", action="store_true", default=SUPPRESS, help=t("para programas"))
    one = add("begin", begin, t("empieza una reunión, y dice su identificador"), writes=True)
    one.add_argument(
        "body",
        type=usage.spelled(MeetingBody),
        metavar=t("QUIÉN"),
        help=t("quién se reúne: {codes}", codes=usage.codes(MeetingBody)),
    )
    for option, metavar, help in (
        ("--area", t("ÁREA"), t("de un grupo de trabajo, su área (3.5)")),
        ("--title", t("TÍTULO"), t("cómo se llama, si tiene nombre propio")),
        ("--day", t("FECHA"), t("hoy, si no se dice")),
        ("--hour", t("HORA"), t("como 9:00")),
        ("--city", t("CIUDAD"), t("la del reloj: Quito")),
        ("--countries", t("PAÍSES"), t("los presentes: «cl cr ec pe uy»")),
    ):
        one.add_argument(option, metavar=metavar, help=help)
    one.add_argument(
        "--order",
        choices=["urgency", "area"],
        default="urgency",
        help=t("el orden del día: lo urgente antes, o por área"),
    )
    one = add("agree", agree, t("anota un acuerdo en la reunión abierta"), writes=True)
    one.add_argument("about", metavar="REF", help=t("la actividad; - es ninguna"))
    one.add_argument("text", metavar=t("TEXTO"), help=t("con «@cl 15/08» es un compromiso; sin país, una decisión"))
    one.add_argument("--noted", action="store_true", help=t("sólo se toma nota"))
    one = add("fulfil", fulfil, t("dice que un compromiso está cumplido"), writes=True)
    one.add_argument(
        "item",
        metavar=t("COMPROMISO"),
        help=t("algunas de sus palabras, el código de su actividad, o su identificador (show --json)"),
    )
    one.add_argument("--undo", action="store_true", help=t("dice que no lo está"))
    one = add("close", close, t("cierra la reunión, y dice qué falta en su acta"), writes=True)
    ref(one)
    one.add_argument("--all-days", action="store_true", help=t("también con lo que se escribió en otros días"))
    one = add("omit", leave_out, t("deja cambios fuera del acta de la reunión abierta"), writes=True)
    one.add_argument("changes", metavar=t("CAMBIO"), nargs="+", help=t("los identificadores que dice close"))
    one = add("next", plan_next, t("fija la próxima reunión del mismo grupo"), writes=True)
    one.add_argument("day", metavar=t("FECHA"), help=t("como 20/06/2019, 20/6, viernes, +30"))
    one.add_argument("--hour", metavar=t("HORA"), help=t("como 9:00"))
    one.add_argument("--city", metavar=t("CIUDAD"), help=t("la del reloj; si no se dice, la misma"))
    one.add_argument("--after", dest="ref", metavar=t("REUNIÓN"), help=t("después de cuál; si no se dice, la última"))
    one = add("cancel", cancel, t("cancela una reunión prevista, y escribe el aviso para los calendarios"), writes=True)
    one.add_argument("ref", metavar=t("REUNIÓN"), nargs="?", help=t("su identificador; sin él, la próxima"))
    one.add_argument("-o", "--output", metavar=t("CARPETA"), help=t("dónde; si no se dice, aquí"))
    one = add("acta", write, t("escribe el acta (Word, texto, Markdown), el calendario y el mensaje"), writes=True)
    ref(one)
    of_moment(one)
    one.add_argument("-o", "--output", metavar=t("CARPETA"), help=t("dónde; si no se dice, aquí"))
