"""The activity that a meeting is at, large, to be read from the back of a room. Assign `scene`.

The code and the title stand first and whole, however long; what comes below them can be scrolled if it does not fit.
"""

from __future__ import annotations

from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.reactive import reactive
from textual.widgets import Digits, Static

from gealc_tui.domain.readings import NOWHERE, Mark
from gealc_tui.i18n.labels import area_title
from gealc_tui.plain import drawable
from gealc_tui.tui.drawing import LABEL_WIDTH
from gealc_tui.tui.excerpts import excerpt
from gealc_tui.tui.meeting_drawing import Scene, facts, status_line


class Stage(Vertical):
    """One activity."""

    COMPONENT_CLASSES = {  # noqa: RUF012
        "stage--quiet",
        "stage--label",
        "stage--warning",
        "stage--overdue",
        "stage--pending",
        "stage--in_progress",
        "stage--done",
        "stage--on_hold",
        "stage--cancelled",
        "stage--proved",
    }

    scene: reactive[Scene | None] = reactive(None)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._code = ""
        self._area = Text()

    def compose(self) -> ComposeResult:
        yield Digits("", id="digits")
        with VerticalScroll(id="told", can_focus=False):
            yield Static(id="code")
            yield Static(id="subject")
            yield Static(id="standing")
            yield Static(id="facts")

    def watch_scene(self, was: Scene | None, scene: Scene | None) -> None:
        if scene is None:
            return
        row = scene.activity.row
        code = drawable(row.code)
        title = area_title(scene.activity.area_title, Mark.NO_AREA if row.area == NOWHERE else None)
        area = Text(f"{drawable(scene.activity.area_code)} {drawable(title)}".strip(), self._style("quiet"))
        self._code, self._area = code, area
        self._show_code()
        self.query_one("#subject", Static).update(Text(excerpt(drawable(row.title)), "bold"))
        self.query_one("#standing", Static).update(status_line(scene, self._style))
        self.query_one("#facts", Static).update(self._facts(scene))
        if was is None or was.activity.row.id != row.id:
            self.query_one("#told", VerticalScroll).scroll_home(animate=False)

    def respell(self) -> None:
        self.watch_scene(self.scene, self.scene)

    def on_resize(self) -> None:
        self._show_code()

    def _show_code(self) -> None:
        """Where there is room, the code is as high as three lines."""
        digits = self.query_one(Digits)
        large = self.screen.has_class("-high") and set(self._code) <= set("0123456789.")
        digits.display = large
        digits.update(self._code if large else "")
        small = Text() if large else Text.assemble((self._code, "bold"), "   ")
        self.query_one("#code", Static).update(small.append(self._area))

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"stage--{name}", partial=True)

    def _facts(self, scene: Scene) -> Table:
        """Labels and values, with blank lines between them where there is room."""
        roomy = self.screen.has_class("-high")
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(width=LABEL_WIDTH, no_wrap=True)
        grid.add_column(ratio=1)
        for number, (label, value) in enumerate(facts(scene, self._style)):
            if roomy and number and label:
                grid.add_row()
            grid.add_row(Text(label, self._style("label")), value)
        return grid

    def turn(self, pages: int) -> None:
        """Shows what comes below (1), or above (-1)."""
        told = self.query_one("#told", VerticalScroll)
        if pages > 0:
            told.scroll_page_down(animate=False)
        else:
            told.scroll_page_up(animate=False)
