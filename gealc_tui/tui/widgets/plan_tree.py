"""The tree of areas and activities.

Assign `outline`: nodes that stay are patched in place, so that the cursor and what is open stay where they are.
Posts `Highlighted` when the cursor comes to rest on an area or activity, `Entered` when the person goes into one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from gealc_tui.domain.readings import ActivityRow, AreaRow, PlanOutline
from gealc_tui.domain.vocabulary import Alert, Period, Status
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import DIFFERENCE_MARK, MARKS, OVERDUE_MARK
from gealc_tui.tui.drawing import cut

Row = AreaRow | ActivityRow

_BAR = 5
_PERIOD = {Period.S1: "1s", Period.S2: "2s", Period.ANNUAL: "  "}
_ORDER = {Period.S1: 0, Period.S2: 1, Period.ANNUAL: 2}


class PlanTree(Tree[Row]):
    """Areas with how far they are; activities with status, code, title and marks."""

    COMPONENT_CLASSES = {  # noqa: RUF012 (Textual reads it from the class)
        "plan-tree--pending",
        "plan-tree--in_progress",
        "plan-tree--done",
        "plan-tree--on_hold",
        "plan-tree--cancelled",
        "plan-tree--overdue",
        "plan-tree--difference",
        "plan-tree--area",
        "plan-tree--quiet",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "open", show=False),
        Binding("left", "close", show=False),
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    outline: reactive[PlanOutline | None] = reactive(None)

    @dataclass
    class Highlighted(Message):
        """The cursor rests on an area or activity."""

        row: Row

    @dataclass
    class Entered(Message):
        """The person goes into an activity."""

        row: ActivityRow

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.show_root = False
        self.guide_depth = 2
        self.auto_expand = False
        self._node_of: dict[str, TreeNode[Row]] = {}

    # --- content -----------------------------------------------------------------------------------------------

    def watch_outline(self, was: PlanOutline | None, outline: PlanOutline | None) -> None:
        if outline is None:
            return
        if was is not None and _shape(was) == _shape(outline):
            for row in _rows(outline):
                self._patch(row)
        else:
            self._fill(outline)

    def _fill(self, outline: PlanOutline) -> None:
        open_before = {id for id, node in self._node_of.items() if node.is_expanded}
        first = not self._node_of
        here = self.highlighted
        self.clear()
        self._node_of = {}
        for area in outline.areas:
            branch = self.root.add("", area, expand=first or area.id in open_before)
            self._node_of[area.id] = branch
            for activity in _in_order(area):
                self._node_of[activity.id] = branch.add_leaf("", activity)
        self.root.expand()
        if here is not None:
            self.go_to(here.id)

    def _patch(self, row: Row) -> None:
        node = self._node_of[row.id]
        if node.data != row:
            node.data = row
            node.refresh()

    # --- where the person is -----------------------------------------------------------------------------------

    @property
    def highlighted(self) -> Row | None:
        return self.cursor_node.data if self.cursor_node is not None else None

    def go_to(self, id: str) -> bool:
        """Puts the cursor on an area or activity, opening its area. False if it is not in the tree."""
        node = self._node_of.get(id)
        if node is None:
            return False
        if node.parent is not None:
            node.parent.expand()
        self.call_after_refresh(self._rest_on, node)
        return True

    def _rest_on(self, node: TreeNode[Row]) -> None:
        if node.line >= 0:
            same_line = node.line == self.cursor_line
            self.move_cursor(node)
            self.scroll_to_node(node, animate=False)
            if same_line and node.data is not None:
                # Textual tells of another line, not of another node on the same one.
                self.post_message(self.Highlighted(node.data))

    def on_resize(self) -> None:
        if self.cursor_node is not None:
            self.scroll_to_node(self.cursor_node, animate=False)

    def open_or_close_all(self) -> None:
        """Closes all areas if all are open, else opens them."""
        areas = self.root.children
        every = all(node.is_expanded for node in areas)
        for node in areas:
            if every:
                node.collapse()
            else:
                node.expand()

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Row]) -> None:
        event.stop()
        if event.node.data is not None:
            self.post_message(self.Highlighted(event.node.data))

    def on_tree_node_selected(self, event: Tree.NodeSelected[Row]) -> None:
        event.stop()
        row = event.node.data
        if isinstance(row, ActivityRow):
            self.post_message(self.Entered(row))
        else:
            event.node.toggle()

    def action_open(self) -> None:
        node = self.cursor_node
        if node is None or node.data is None:
            return
        if isinstance(node.data, ActivityRow):
            self.post_message(self.Entered(node.data))
        elif not node.is_expanded:
            node.expand()
        else:
            self.action_cursor_down()

    def action_close(self) -> None:
        node = self.cursor_node
        if node is None:
            return
        if isinstance(node.data, ActivityRow) and node.parent is not None:
            self.move_cursor(node.parent)
        else:
            node.collapse()

    # --- drawing -----------------------------------------------------------------------------------------------

    def get_label_width(self, node: TreeNode[Row]) -> int:
        # Labels fill the line and never make the tree scroll sideways.
        return 1

    def render_label(self, node: TreeNode[Row], base_style: Style, style: Style) -> Text:
        row = node.data
        if row is None:
            return Text()
        on_cursor = node.line == self.cursor_line
        if isinstance(row, AreaRow):
            return self._area_label(row, node.is_expanded, style, on_cursor)
        return self._activity_label(row, style, on_cursor)

    def _style(self, name: str, on_cursor: bool) -> Style:
        """A colour of the theme; on the cursor line everything has the cursor's."""
        return Style.null() if on_cursor else self.get_component_rich_style(f"plan-tree--{name}", partial=True)

    def _area_label(self, area: AreaRow, is_open: bool, style: Style, on_cursor: bool) -> Text:
        total, done = len(area.activities), area.done
        full = round(_BAR * done / total) if total else 0
        full = max(full, 1) if done else 0
        tail = f" {'█' * full}{'░' * (_BAR - full)} {f'{done}/{total}':>5}"
        width = self.size.width - len(tail) - 1
        head = f"{'▼' if is_open else '►'} {area.code} "
        title = cut(area.title, width - len(head))
        text = Text(head + title, style)
        text.stylize(self._style("area", on_cursor))
        text.append(" " * max(width - text.cell_len, 0), style)
        text.append(tail, style + self._style("quiet", on_cursor))
        return text

    def _activity_label(self, row: ActivityRow, style: Style, on_cursor: bool) -> Text:
        late = Alert.OVERDUE in row.alerts
        text = Text(style=style)
        text.append(MARKS[row.status], self._style(row.status.value, on_cursor))
        text.append(OVERDUE_MARK if late else " ", self._style("overdue", on_cursor))
        text.append(DIFFERENCE_MARK if row.differences else " ", self._style("difference", on_cursor))
        text.append(f" {row.code} ")
        notes = f"+{row.notes}" if row.notes else ""
        tail = f" {notes:>3} {_PERIOD[row.period]}"
        width = self.size.width - self.guide_depth - len(tail) - 1
        text.append(cut(row.title, width - text.cell_len))
        text.append(" " * max(width - text.cell_len, 0))
        text.append(tail, self._style("quiet", on_cursor))
        if row.status is Status.CANCELLED:
            text.stylize(self._style("quiet", on_cursor), 3)
        return text


def _in_order(area: AreaRow) -> list[ActivityRow]:
    """By period, and within it in the printed order."""
    return sorted(area.activities, key=lambda row: (_ORDER[row.period], row.position))


def _rows(outline: PlanOutline) -> list[Row]:
    rows: list[Row] = []
    for area in outline.areas:
        rows += [area, *area.activities]
    return rows


def _shape(outline: PlanOutline) -> list[list[str]]:
    """What stands where: if it is the same, labels are all that changed."""
    return [[area.id, *(row.id for row in _in_order(area))] for area in outline.areas]


def legend() -> str:
    """What the marks mean, in two lines."""
    return "\n".join(
        (
            t("○ pendiente  ≈ en curso  ● cumplida  ■ suspendida  × cancelada"),
            t("! vencida  ≠ diferencia  +2 notas  1s 2s semestre"),
        )
    )
