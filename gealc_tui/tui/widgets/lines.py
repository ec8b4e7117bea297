"""The lines above and below: where am I, what is filtered, what was done, what can be pressed.

They are always mounted and only drawn anew: a message costs no layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from rich.style import Style
from rich.text import Text
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import DIFFERENCE_MARK
from gealc_tui.i18n.sentences import demo_sentence, demo_word
from gealc_tui.plain import drawable
from gealc_tui.tui import keys
from gealc_tui.tui.keys import Key

ROOMY = 100
"""Columns from which on everything is spelled out."""

ROOMY_DEMO = 140
"""The same, where it is said too that all is a demonstration."""


class Standing(NamedTuple):
    """What the top line tells."""

    title: str = ""
    who: str = ""
    done: int = 0
    total: int = 0
    differences: int = 0
    unsent: int = 0
    is_demo: bool = False
    """Nothing of it is real, and everybody who looks at the screen sees that."""
    year: int = 0
    """That of the plan in view; 0: there is none."""
    pointed_out: str = ""
    """What is said of the plan in view, or another that could be: that it is withdrawn, that its year has begun."""
    in_meeting: bool = False
    """A meeting is open here: what is written is part of it."""


class StatusLine(Widget):
    """One line; what does not fit goes from the left, so that differences and unsent changes stay in sight."""

    COMPONENT_CLASSES = {  # noqa: RUF012
        "status-line--difference",
        "status-line--quiet",
        "status-line--demo",
        "status-line--plan",
    }

    auto_links = False
    """What can be clicked keeps its colours."""

    standing: reactive[Standing] = reactive(Standing())

    def render(self) -> RenderResult:
        now = self.standing
        short = self.size.width < (ROOMY_DEMO if now.is_demo else ROOMY)
        done = tn("{n} de {total} cumplida", "{n} de {total} cumplidas", now.done, total=now.total)
        right = [Text(f"● {now.done}/{now.total}" if short else done, _click("progress"))]
        if now.in_meeting:
            style = self._style("difference")
            style += _click("meeting")
            right.insert(0, Text(t("reunión (m)") if short else t("reunión abierta (m)"), style))
        if now.differences:
            style = self._style("difference")
            label = tn("{n} diferencia", "{n} diferencias", now.differences)
            style += _click("open_difference")
            right.append(Text(f"{DIFFERENCE_MARK} {now.differences if short else label}", style))
        if now.unsent:
            unsent = tn("{n} cambio sin enviar", "{n} cambios sin enviar", now.unsent)
            right.append(Text(t("{n} sin enviar", n=now.unsent) if short else unsent, _click("exchange")))
        tail = Text("   ").join(right)
        room = max(self.size.width - tail.cell_len - 4, 0)
        lefts = self._lefts(now)
        left = next((one for one in lefts if one.cell_len <= room), lefts[-1])
        left.truncate(room, overflow="ellipsis")
        gap = max(self.size.width - left.cell_len - tail.cell_len - 2, 1)
        return Text.assemble(" ", left, " " * gap, tail, " ")

    def _lefts(self, now: Standing) -> list[Text]:
        """What the left says, from the longest form to the shortest, which is cut if it must be."""
        who = Text(f"   {drawable(now.who)}", self._style("quiet")) if now.who else Text("")
        pointed = Text("")
        if now.pointed_out:
            pointed = Text.assemble("  ", (f" {drawable(now.pointed_out)} ", self._style("plan")))
        title, year = Text(_title(now), "bold"), Text(_year(now), "bold")
        if not now.is_demo:
            both = Text.assemble(title, pointed, who)
            return [both, Text.assemble(title, pointed), Text.assemble(year, pointed)] if now.pointed_out else [both]
        sentence, word = (
            Text.assemble((f" {one} ", self._style("demo")), "  ") for one in (demo_sentence().rstrip("."), demo_word())
        )
        return [
            Text.assemble(sentence, " ", title, pointed, who),
            Text.assemble(sentence, " ", title, pointed),
            Text.assemble(sentence, year, pointed),
            Text.assemble(word, year, pointed),
        ]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"status-line--{name}", partial=True)


def _click(action: str) -> Style:
    """What a count leads to when it is clicked: the same as its key."""
    return Style(meta={"@click": f"screen.{action}"})


def _title(standing: Standing) -> str:
    """The plan's title, with its year if the title does not say it."""
    title = drawable(standing.title).capitalize()
    year = _year(standing)
    return title if year in title else f"{title} · {year}" if title else year


def _year(standing: Standing) -> str:
    return str(standing.year) if standing.year else ""


class Sieve(NamedTuple):
    """What the line of filters tells."""

    label: str = ""
    """The filter in words; empty: none."""
    n: int = 0
    total: int = 0
    marked: int = 0


class FilterLine(Widget):
    """What is filtered and how much is marked, with the keys that take it back. Out of sight while there is neither."""

    COMPONENT_CLASSES = {"filter-line--key", "filter-line--marked"}  # noqa: RUF012

    sieve: reactive[Sieve] = reactive(Sieve())

    def watch_sieve(self, sieve: Sieve) -> None:
        self.display = bool(sieve.label or sieve.marked)

    def render(self) -> RenderResult:
        now = self.sieve
        parts = []
        if now.marked:
            marked = tn("{n} marcada · Esc la desmarca", "{n} marcadas · Esc las desmarca", now.marked)
            parts.append(Text(marked, self.get_component_rich_style("filter-line--marked", partial=True)))
        if not now.label:
            return Text.assemble(" ", *parts)
        count = t("{n} de {total} · F lo quita", n=now.n, total=now.total)
        tail = Text("   ").join([Text(f" — {count}"), *parts])
        head = Text(t("Filtro: {what}", what=drawable(now.label)))
        head.truncate(max(self.size.width - tail.cell_len - 2, 0), overflow="ellipsis")
        return Text.assemble(" ", head, tail)


class TellLine(Widget):
    """What was done last, or why it was not; after a while, and until the first time, a hint or nothing."""

    COMPONENT_CLASSES = {"tell-line--failed", "tell-line--quiet"}  # noqa: RUF012

    SECONDS = 20.0

    hint: reactive[str] = reactive("")
    """What is worth saying while there is no news."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._said = ""
        self._failed = False
        self._times = 0

    def say(self, message: str, *, failed: bool = False) -> None:
        """User text in it is text."""
        self._said, self._failed = message, failed
        self._times += 1
        self.set_timer(self.SECONDS, partial(self._forget, self._times))
        self.refresh()

    def _forget(self, times: int) -> None:
        if times == self._times:
            self._said = ""
            self.refresh()

    def watch_hint(self) -> None:
        self._said = ""

    def render(self) -> RenderResult:
        text = Text(drawable(self._said or self.hint).replace("\n", " "))
        if not self._said:
            text.stylize(self.get_component_rich_style("tell-line--quiet", partial=True))
        elif self._failed:
            text.stylize(self.get_component_rich_style("tell-line--failed", partial=True))
        text.truncate(max(self.size.width - 2, 0), overflow="ellipsis")
        return Text.assemble(" ", text)


class KeyLine(Static):
    """What can be pressed here, and at the right the key of the help. A click does the same."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[tuple[Sequence[Key], ...], str] = ((), "")

    def respell(self) -> None:
        """Says the same in the language in force; who gave a `first` gives it again."""
        self._draw()

    def show(self, *tables: Sequence[Key], first: str = "") -> None:
        if (tables, first) != self._shown:
            self._shown = (tables, first)
            self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        help = self._part(keys.EVERYWHERE[0], brief=False)
        room = self.size.width - help.cell_length
        line = self._fitted(max(room - 2, 0))
        self.update(Content.assemble(line, " " * max(room - line.cell_length, 1), help))

    def _fitted(self, room: int) -> Content:
        """The keys, as many as there is room for: explanations go first, then keys from the end.

        What finishes stays (`Key.keep`), and so does the last, which leads out.
        """
        tables, first = self._shown
        chosen = [key for table in tables for key in table if key.line]
        line = self._joined(chosen, first, brief=False)
        if line.cell_length <= room:
            return line
        line = self._joined(chosen, first, brief=True)
        while line.cell_length > room and (spare := [key for key in chosen[:-1] if not key.keep]):
            chosen = [key for key in chosen if key is not spare[-1]]
            line = self._joined(chosen, first, brief=True)
        if line.cell_length > room and first:
            line = self._joined(chosen, "", brief=True)
        return line.truncate(room, ellipsis=True)

    def _joined(self, chosen: Sequence[Key], first: str, *, brief: bool) -> Content:
        parts = [Content(first)] if first else []
        return Content("  ").join([*parts, *(self._part(key, brief=brief) for key in chosen)])

    def _part(self, key: Key, *, brief: bool) -> Content:
        action = f"[@click=screen.{key.action}]" if key.action else ""
        end = "[/]" if action else ""
        # Of several keys for one thing the first; those that belong together (↑ ↓) are no binding of ours.
        shown = keys.shown(key).partition(" ")[0] if key.keys else key.shown
        label = t(key.label).partition(":")[0].strip()
        if brief:
            label = label.partition(" (")[0]
        return Content.from_markup(f"{action}[b]$key[/b] $label{end}", key=shown, label=label)
