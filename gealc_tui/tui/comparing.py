"""The values of a difference as Rich: side by side where there is room, else one under the other.

Each is headed by its number, who says it and when, and what they had before them. Words that differ are marked by
style and not by colour alone. User text goes in as text, without what a terminal would obey.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text

from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.readings import Choice, Difference, Standing
from gealc_tui.domain.vocabulary import seen_default
from gealc_tui.domain.word_difference import Part, Parts, parts
from gealc_tui.i18n import t
from gealc_tui.i18n.dates import moment_label
from gealc_tui.i18n.labels import kept_label, words_label
from gealc_tui.i18n.naming import author_label
from gealc_tui.i18n.sentences import shorten
from gealc_tui.plain import drawable
from gealc_tui.tui.drawing import value_text, whole_value
from gealc_tui.tui.excerpts import ALONE, excerpt_of_parts

SIDE_BY_SIDE = 92
"""Columns from which on two values stand side by side."""

NARROWEST = 38
"""Columns that each of more values needs to stand beside the others."""


class Styles(NamedTuple):
    """How the parts are drawn; the screen takes them from its style sheet."""

    number: Style
    quiet: Style
    word: Style


class Comparison:
    """A difference, drawn to the width that there is."""

    def __init__(self, difference: Difference, today: date, styles: Styles) -> None:
        entity, field = difference.place
        texts = [whole_value(entity, field, choice.value) for choice in difference.choices]
        compared: Sequence[Parts] = parts(texts)
        if difference.is_of_deletion:
            texts = [_way(choice) for choice in difference.choices]
            compared = [(Part(text, False),) for text in texts]
        self._values = [
            _Value(difference, number, choice, text, today, styles)
            for number, (choice, text) in enumerate(zip(difference.choices, compared, strict=True), 1)
        ]
        self._look_alike = len(set(texts)) < len(texts)
        self._quiet = styles.quiet

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width >= max(SIDE_BY_SIDE, NARROWEST * len(self._values)):
            grid = Table.grid(padding=(0, 3, 0, 0), expand=True, pad_edge=False)
            for _ in self._values:
                grid.add_column(ratio=1)
            grid.add_row(*(one.head for one in self._values))
            grid.add_row(*(Rule(style=self._quiet) for _ in self._values))
            grid.add_row(*(one.facts for one in self._values))
            grid.add_row(*(one.said for one in self._values))
            grid.add_row()
            grid.add_row(*(one.text for one in self._values))
            yield grid
        else:
            for one in self._values:
                yield Group(Text.assemble(one.head, "  ", one.facts), one.said, one.text, Text())
        if self._look_alike:
            yield Text("\n" + t("Se ven iguales: difieren en espacios o en signos que no se dibujan."), self._quiet)


class _Value:
    """One of the values: its head, what each author had seen, and the value itself."""

    def __init__(
        self, difference: Difference, number: int, choice: Choice, text: Parts, today: date, styles: Styles
    ) -> None:
        alone = len(choice.standings) == 1
        self.head = Text.assemble((f" {number} ", styles.number), " ")
        self.head.append("; ".join(author_label(one.author) for one in choice.standings), "bold")
        facts = [moment_label(choice.standings[0].at, today, choice.standings[0].is_doubtful)] if alone else []
        facts += [t("se ve ahora")] if choice.shown else []
        self.facts = Text(" · ".join(facts), styles.quiet)
        self.said = Text("\n").join(_said(difference, one, None if alone else today) for one in choice.standings)
        self.said.stylize(styles.quiet)
        self.text = _marked(excerpt_of_parts(text), styles.word)


def _said(difference: Difference, one: Standing, today: date | None) -> Text:
    """What an author had before them; with `today`, also who and when."""
    if difference.is_of_deletion:
        alone = [] if today is None else [author_label(one.author), moment_label(one.at, today)]
        what = t("con esto lo borró") if one.deletes else t("escribió sin haberlo visto borrado")
        return Text(" · ".join([*alone, what]))
    entity, field = difference.place
    values = [f"{_short(entity, field, seen.value)} ({author_label(seen.author)})" for seen in one.seen]
    if not values:
        values = [_short(entity, field, seen_default(kind_of(entity), field))]
    facts = [] if today is None else [author_label(one.author), moment_label(one.at, today, one.is_doubtful)]
    facts.append(t("había visto: {values}", values="; ".join(values)))
    if one.deletes:
        facts.append(t("con esto lo borró"))
    return Text(" · ".join(facts))


def _way(choice: Choice) -> str:
    """What is done if it is chosen, and the words that whoever deletes had not seen."""
    words = [
        words_label(kind_of(entity), field, value) for one in choice.standings for entity, field, value in one.words
    ]
    return drawable("\n".join([kept_label(choice.value is False), *words]))


def _short(entity: str, field: str, value: Value) -> str:
    return shorten(whole_value(entity, field, value))


def _marked(text: Parts, word: Style) -> Text:
    return Text.assemble(*_stretches(text, word))


def _stretches(text: Parts, word: Style) -> Iterator[tuple[str, Style]]:
    for part in text:
        yield part.text, word if part.differs else Style.null()


def whole_values(difference: Difference, today: date) -> str:
    """The values of a difference one under the other, as long as they are, each under who says it."""
    return "\n\n".join(
        "\n".join(
            [
                f"{number}  {'; '.join(_who(one, today) for one in choice.standings)}",
                whole_value(*difference.place, choice.value),
            ]
        )
        for number, choice in enumerate(difference.choices, 1)
    )


def _who(one: Standing, today: date) -> str:
    return f"{author_label(one.author)}, {moment_label(one.at, today)}"


def settled(values: Sequence[Standing], entity: str, field: str, today: date, styles: Styles) -> Group:
    """What stands in a register that is in difference no longer."""
    who = "; ".join(_who(one, today) for one in values)
    value = value_text(entity, field, values[0].value if values else None, ALONE)
    return Group(Text(t("Ya está resuelta"), "bold"), Rule(style=styles.quiet), Text(who, styles.quiet), Text(), value)
