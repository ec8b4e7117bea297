"""One of several: chosen or not, its mark says it, and not its colour alone."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import RadioButton


class Choice(RadioButton):
    """A radio button of a `RadioSet`."""

    def render(self) -> Content:
        mark = ("●" if self.value else "○", self.get_visual_style("toggle--button"))
        label = self.label.pad(1, 1).stylize_before(self.get_visual_style("toggle--label"))
        return Content.assemble(" ", mark, " ", label)
