"""The line at the top (where am I, what differs, what is unsent) and the line of keys at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.text import Text
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import DIFFERENCE_MARK
from gealc_tui.i18n.sentences import demo_sentence
from gealc_tui.plain import drawable
from gealc_tui.tui.keys import Key

_ROOMY = 100
"""Columns from which on everything is spelled out."""


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


class StatusLine(Widget):
    """One line; what does not fit goes from the left, so that differences and unsent changes stay in sight."""

    COMPONENT_CLASSES = {"status-line--difference", "status-line--quiet", "status-line--demo"}  # noqa: RUF012

    standing: reactive[Standing] = reactive(Standing())

    def render(self) -> RenderResult:
        now = self.standing
        quiet = self.get_component_rich_style("status-line--quiet", partial=True)
        short = self.size.width < _ROOMY
        done = tn("{n} de {total} cumplida", "{n} de {total} cumplidas", now.done, total=now.total)
        right = [Text(f"● {now.done}/{now.total}" if short else done)]
        if now.differences:
            style = self.get_component_rich_style("status-line--difference", partial=True)
            label = tn("{n} diferencia", "{n} diferencias", now.differences)
            right.append(Text(f"{DIFFERENCE_MARK} {now.differences if short else label}", style))
        if now.unsent:
            unsent = tn("{n} cambio sin enviar", "{n} cambios sin enviar", now.unsent)
            right.append(Text(t("{n} sin enviar", n=now.unsent) if short else unsent))
        tail = Text("   ").join(right)
        left = Text(drawable(now.title).capitalize(), "bold")
        if now.is_demo:
            demo = self.get_component_rich_style("status-line--demo", partial=True)
            flag = Text(f" {demo_sentence().rstrip('.')} ", demo)
            left = flag if short else Text.assemble(flag, "   ", left)
        if now.who:
            left.append(f"   {drawable(now.who)}", quiet)
        left.truncate(max(self.size.width - tail.cell_len - 4, 0), overflow="ellipsis")
        gap = max(self.size.width - left.cell_len - tail.cell_len - 2, 1)
        return Text.assemble(" ", left, " " * gap, tail, " ")


class KeyLine(Static):
    """What can be pressed here. A click on a key does what the key does."""

    def show(self, *tables: Sequence[Key], first: str = "") -> None:
        parts = [Content(first)] if first else []
        for table in tables:
            parts += [self._part(key) for key in table if key.line]
        self.update(Content("  ").join(parts))

    def _part(self, key: Key) -> Content:
        action = f"[@click=screen.{key.action}]" if key.action else ""
        end = "[/]" if action else ""
        return Content.from_markup(
            f"{action}[b]$key[/b] $label{end}", key=key.shown, label=t(key.label).partition(":")[0]
        )
