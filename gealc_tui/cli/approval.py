"""plan propose, approve, close, reopen, moments, compare; amendments: the life of a plan, and why it was changed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gealc_tui.cli import usage
from gealc_tui.cli.output import Cell, Exit, Row, complain, say, say_json, say_line
from gealc_tui.cli.phrases import day_phrase, instant, moment_phrase
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.domain.change import kind_of
from gealc_tui.domain.plan_changes import Explained, PlanDifference
from gealc_tui.domain.readings import EditReading
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.edit_words import edit_phrases
from gealc_tui.i18n.life_labels import explained_label, moment_label
from gealc_tui.i18n.life_words import difference_phrase, why_phrase
from gealc_tui.i18n.naming import author_label

if TYPE_CHECKING:
    from gealc_tui.commands.approval import Baseline
    from gealc_tui.domain.moment import Moment
    from gealc_tui.domain.plan_changes import Amended
    from gealc_tui.replica import Replica


# --- from state to state -----------------------------------------------------------------------------------------


def propose(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import approval

    approval.propose(replica, args.ref)
    say(t("{plan}: para aprobación.", plan=_named(replica, args.ref)))
    return Exit.DONE


def approve(replica: Replica, args: Namespace) -> int:
    """Prints the id of the moment, by which the plan can be looked at again as it was approved."""
    from gealc_tui.commands import approval

    committed = approval.approve(replica, args.ref, meeting=args.meeting, day=args.day)
    moment = next(entity for entity, *_ in committed.edits if kind_of(entity) == "moment").partition("/")[2]
    say(moment)
    complain(t("{plan}: aprobado.", plan=_named(replica, args.ref)))
    return Exit.DONE


def close(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import approval

    approval.close(replica, args.ref)
    say(t("{plan}: cerrado. Sólo admite notas de la Secretaría Técnica.", plan=_named(replica, args.ref)))
    return Exit.DONE


def reopen(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import approval

    approval.reopen(replica, args.ref, args.reason, meeting=args.meeting)
    say(t("{plan}: abierto de nuevo.", plan=_named(replica, args.ref)))
    return Exit.DONE


def add_plan(parser: usage.Parser) -> None:
    """Which plan is meant."""
    help = t("su año o identificador; si no, el que está en vista")
    parser.add_argument("ref", metavar=t("PLAN"), nargs="?", help=help)


def _named(replica: Replica, ref: str | None) -> str:
    from gealc_tui.commands import approval

    plan = approval.plan_meant(replica, ref)
    title = next((one.title for one in replica.read.plans() if one.id == plan), "")
    return title or plan


# --- moments -----------------------------------------------------------------------------------------------------


def list_moments(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import approval, comparing

    plan = approval.plan_meant(replica, args.ref)
    found, baseline = approval.moments(replica, plan), approval.baseline(replica, plan)
    if args.json:
        say_json([*(_moment_facts(replica, one, baseline) for one in found), *_document_facts(baseline)])
        return Exit.DONE
    if baseline is None and not found:
        complain(t("Todavía no hay ningún momento de este plan: nadie lo aprobó, y ninguna reunión se cerró."))
        return Exit.DONE
    rows: list[Row] = [
        [
            Cell("●" if _is_baseline(one, baseline) else "", "1"),
            moment_label(one.kind),
            day_phrase(one.day),
            author_label(replica.read.author(one.author)),
            t("retirado") if one.is_withdrawn else "",
            one.id,
        ]
        for one in found
    ]
    if baseline is not None and baseline.moment is None:
        rows.append([Cell("●", "1"), t("Documento oficial"), "—", "—", "", "baseline"])
    say_table(
        rows,
        [
            t("Línea de base"),
            t("Momento"),
            t("Día"),
            Column(t("Quién"), is_elastic=True, least=12),
            "",
            Column(t("Identificador")),
        ],
    )
    if baseline is not None and not baseline.is_relied_on:
        complain(comparing.not_relied_on())
    return Exit.DONE


def _is_baseline(one: Moment, baseline: Baseline | None) -> bool:
    return baseline is not None and baseline.moment is not None and baseline.moment.change == one.change


def _moment_facts(replica: Replica, one: Moment, baseline: Baseline | None) -> dict[str, Any]:
    author = replica.read.author(one.author)
    return {
        "id": one.id,
        "kind": one.kind,
        "plan": one.plan,
        "period": one.period,
        "day": one.day,
        "meeting": one.meeting,
        "by": author.name,
        "country": author.country,
        "at": instant(one.at),
        "baseline": _is_baseline(one, baseline),
        "relied": _is_baseline(one, baseline) and baseline is not None and baseline.is_relied_on,
        "withdrawn": one.is_withdrawn,
    }


def _document_facts(baseline: Baseline | None) -> Iterator[dict[str, Any]]:
    if baseline is not None and baseline.moment is None:
        nothing = dict.fromkeys(("period", "day", "meeting", "by", "country", "at"))
        yield {
            "id": "baseline", "kind": "document", "plan": baseline.plan, **nothing,
            "baseline": True, "relied": True, "withdrawn": False,
        }  # fmt: skip


# --- comparing ---------------------------------------------------------------------------------------------------


def compare(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import approval, comparing

    plan = approval.plan_meant(replica, args.ref)
    found = comparing.compared(replica, plan, args.other)
    if args.json:
        say_json([_difference_facts(one) for one in found.differences])
        return Exit.DONE
    complain(comparing.told_with(replica, found))
    if not found.differences:
        say(t("No hay cambios."))
        return Exit.DONE
    area = None
    for one in found.differences:
        if one.area != area:
            area = one.area
            say_line(_area_name(replica, area))
        moved = _area_name(replica, str(one.after)) if one.field == "area" else None
        say_line(f"{one.code}  {difference_phrase(one, moved)}", 2)
        if why := why_phrase(one):
            say_line(why, 6)
    unexplained = sum(one.explained is Explained.UNEXPLAINED for one in found.differences)
    if unexplained:
        complain(tn("{n} cambio sin motivo", "{n} cambios sin motivo", unexplained))
    return Exit.DONE


def _area_name(replica: Replica, area: str) -> str:
    from gealc_tui.commands.naming import name_of

    return name_of(replica, f"area/{area}", titled=True)


def _difference_facts(one: PlanDifference) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "entity": one.entity,
        "code": one.code,
        "field": one.field,
        "before": one.before,
        "after": one.after,
        "by": one.author.name if one.author is not None else None,
        "at": instant(one.at) if one.at is not None else None,
        "reason": one.reason,
        "meeting": one.meeting,
        "amendment": one.amendment,
        "explained": one.explained.value,
    }


# --- amendments --------------------------------------------------------------------------------------------------


def list_amendments(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import approval, comparing

    plan = approval.plan_meant(replica, args.ref)
    found = comparing.amendments(replica, plan)
    if args.json:
        say_json([_amendment_facts(replica, plan, one) for one in found])
        return Exit.DONE
    if not found:
        complain(t("No hay enmiendas."))
        return Exit.DONE
    for one in found:
        _say_amendment(replica, one)
    return Exit.DONE


def _say_amendment(replica: Replica, one: Amended) -> None:
    from gealc_tui.commands.naming import name_of

    who = author_label(one.author) if one.author is not None else "—"
    say_line(f"{moment_phrase(one.at)} · {who} · {one.reason or explained_label(one.explained) or '—'}")
    by_name: dict[str, list[EditReading]] = {}
    for edit in one.edits:
        by_name.setdefault(name_of(replica, edit.entity), []).append(edit)
    for name, edits in by_name.items():
        for phrase in edit_phrases(edits):
            say_line(f"{name} · {phrase}", 2)


def _amendment_facts(replica: Replica, plan: str, one: Amended) -> dict[str, Any]:
    return {
        "id": one.id,
        "plan": plan,
        "reason": one.reason,
        "meeting": one.meeting,
        "by": one.author.name if one.author is not None else None,
        "at": instant(one.at),
        "explained": one.explained.value,
        "after_baseline": one.is_after_baseline,
        "edits": [
            {
                "entity": edit.entity,
                "code": replica.read.title_of(edit.entity),
                "field": edit.field,
                "before": edit.before,
                "after": edit.after,
            }
            for edit in one.edits
        ],
    }
