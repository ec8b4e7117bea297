"""A merge report as people read it: who brought what, and what changes, from what to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from gealc_tui.domain.change import is_genesis, kind_of
from gealc_tui.domain.fields import MOVES
from gealc_tui.domain.readings import EntityName
from gealc_tui.i18n import number, t
from gealc_tui.i18n.labels import DIFFERENCE_MARK, field_label, moved_label, value_label
from gealc_tui.i18n.naming import author_label, entity_label, person_label, short_name
from gealc_tui.i18n.sentences import (
    branches_sentence,
    displaced_sentence,
    meeting_itself_sentence,
    renewed_sentence,
    repairs_sentence,
    sentence,
)
from gealc_tui.plain import drawable
from gealc_tui.presentation.merging import log_sentence, told_changes
from gealc_tui.sync.outcomes import AlteredValue, MergeReport, Register
from gealc_tui.tui.excerpts import IN_A_CHANGE, MOST_ROWS, excerpt


def report_text(report: MergeReport, *, done: bool) -> Group:
    """The report. `done`: it was applied; else it is a preview."""
    lines: list[RenderableType] = []
    for file in report.files:
        if file.error is not None:
            lines.append(Text(f"× {sentence(file.error)}", "bold"))
        if file.outcome == "known":
            lines.append(Text(f"{drawable(file.file)}: {t('ya se había recibido')}"))
        if file.repairs:
            lines.append(Text(repairs_sentence(file.repairs), "dim"))
        lines += [Text(log_sentence(one, done=done)) for one in file.logs if not is_genesis(one.replica) or one.new]
    lines += [
        Text(branches_sentence(short_name(replica, name), branches, replica), "bold")
        for name, branches, replica in report.many_branches
    ]
    lines += [
        Text(displaced_sentence(person_label(gone.replica, gone.name, gone.country)), "bold")
        for gone in report.displaced
    ]
    if report.met_itself:
        lines.append(Text(renewed_sentence() if done else meeting_itself_sentence(), "bold"))
    lines += [_renamed_line(one) for one in report.renamed]
    if altered := told_changes(report):
        lines += [Text(f"\n{t('Cambia')}", "bold"), _altered_table(altered, report.names), *_more(len(altered))]
    lines += _section(t("Diferencias que se abren"), [_register_line(one, report.names) for one in report.opened])
    lines += _section(t("Diferencias que se resuelven"), [_register_line(one, report.names) for one in report.settled])
    if not any((report.altered, report.opened, report.settled, report.refused)):
        lines.append(Text(t("El plan que se ve no cambia.")))
    return Group(*lines)


def _section(title: str, lines: Sequence[Text]) -> list[RenderableType]:
    return [Text(f"\n{title}", "bold"), *lines[:MOST_ROWS], *_more(len(lines))] if lines else []


def _more(count: int) -> list[Text]:
    """What stands below a list of which only the beginning is drawn."""
    more = count - MOST_ROWS
    said = t("… y {n} más: gealc merge --dry-run los dice todos.", n=number(more))
    return [Text(said, "dim")] if more > 0 else []


def _renamed_line(one: AlteredValue) -> Text:
    """Somebody who is known goes by another name or country: that is for a person to see."""
    kind = kind_of(one.entity)
    before, after = (drawable(value_label(kind, one.field, value)) for value in (one.before, one.after))
    return Text(f"! {field_label(kind, one.field)}: {before} → {after}", "bold")


def _altered_table(altered: Sequence[AlteredValue], names: Mapping[str, EntityName]) -> Group:
    """Activity by activity, in the order of their codes, then meetings and the rest: each field, from what to what.

    Who wrote it is said of each line only if several people did.
    """
    by_name: dict[EntityName, list[AlteredValue]] = {}
    for one in altered:
        by_name.setdefault(names[one.entity], []).append(one)
    several = len({one.by for one in altered}) > 1
    coded = Table.grid(padding=(0, 1))
    coded.add_column(no_wrap=True)
    coded.add_column()
    others: list[Text] = []
    left = MOST_ROWS
    for name in sorted(by_name, key=lambda one: (_natural(one.code), one)):
        said = sorted(by_name[name], key=lambda one: _FIRST.get(one.field, len(_FIRST)))
        lines = [_altered_line(one, named=several) for one in said[:left]]
        if not lines:
            break
        left -= len(lines)
        if name.kind in ("activity", "area"):
            for place, line in enumerate(lines):
                coded.add_row(Text("" if place else drawable(entity_label(name)), "bold"), line)
        else:
            others += [Text(drawable(entity_label(name)), "bold"), *(Text.assemble("  ", line) for line in lines)]
    return Group(coded, *others)


_FIRST = {field: place for place, field in enumerate(("status", "due", "title", "lead"))}
"""What is told first of an activity."""


def _natural(code: str) -> list[tuple[int, str]]:
    """So that 3.10 comes after 3.9."""
    return [(int(part), "") if part.isdecimal() and len(part) < 16 else (0, part) for part in code.split(".")]


def _altered_line(one: AlteredValue, *, named: bool) -> Text:
    kind = kind_of(one.entity)
    if one.field in MOVES:
        text = Text(moved_label(one.field))
    else:
        text = Text(f"{field_label(kind, one.field)}: ")
        if one.before is not None:
            text.append(f"{excerpt(drawable(value_label(kind, one.field, one.before)), IN_A_CHANGE)} → ")
        text.append(excerpt(drawable(value_label(kind, one.field, one.after)), IN_A_CHANGE))
    if named:
        text.append(f"  ({author_label(one.by)})", "dim")
    return text


def _register_line(one: Register, names: Mapping[str, EntityName]) -> Text:
    name = drawable(entity_label(names[one.entity]))
    return Text(f"{DIFFERENCE_MARK} {name} · {field_label(kind_of(one.entity), one.field)}")
