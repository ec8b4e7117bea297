"""The tree of areas and activities; while somebody searches, the list of what was found.

Assign `view`: an area has lines below it when its rows are in the view, which is what makes it open. Nodes that stay
are patched in place, so that the cursor stays where it is. Posts `Highlighted` when the cursor comes to rest on an
area or activity, `Entered` when the person goes into one, `Toggled` when an area is to be opened or closed, `Marked`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from gealc_tui.domain.readings import ActivityRow, AreaHead, Row
from gealc_tui.domain.vocabulary import Alert, Period, Status
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import DIFFERENCE_MARK, MARKS, OVERDUE_MARK, area_title, mark_label
from gealc_tui.tui.drawing import cut

CHOSEN_MARK = "√"
"""Stands before the code of a marked activity. WGL4, as the others."""

DRAFT_MARK = "*"
"""Stands at the end of a line about which something is half written."""

_BAR = 5
_PERIOD = {Period.S1: "1s", Period.S2: "2s", Period.ANNUAL: "  "}
_ORDER = {Period.S1: 0, Period.S2: 1, Period.ANNUAL: 2}


class TreeView(NamedTuple):
    """What is in sight."""

    areas: tuple[AreaHead, ...] = ()
    rows: Mapping[str, tuple[ActivityRow, ...]] = {}
    """The activities of the areas that are open."""
    matched: Mapping[str, int] | None = None
    """While something is filtered: how many of each area's activities are let through."""
    found: tuple[Row, ...] | None = None
    """While something is searched: what was found, instead of the areas."""
    marked: frozenset[str] = frozenset()
    half_written: frozenset[str] = frozenset()
    """Activities and areas about which somebody began to write and did not save."""


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
        "plan-tree--marked",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "open", show=False),
        Binding("left", "close", show=False),
        Binding("space", "mark", show=False),
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    view: reactive[TreeView] = reactive(TreeView(), repaint=False)

    @dataclass
    class Highlighted(Message):
        """The cursor rests on an area or activity."""

        row: Row

    @dataclass
    class Entered(Message):
        """The person goes into an activity, or into an area that was found."""

        row: Row

    @dataclass
    class Toggled(Message):
        """The person opens or closes an area."""

        area: str
        opens: bool

    @dataclass
    class Marked(Message):
        """The person marks an activity, or takes its mark away."""

        row: ActivityRow

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.show_root = False
        self.guide_depth = 2
        self.auto_expand = False
        self._node_of: dict[str, TreeNode[Row]] = {}

    # --- content -----------------------------------------------------------------------------------------------

    def watch_view(self, was: TreeView, view: TreeView) -> None:
        if (was.found is None) is (view.found is None) and _top(was) == _top(view):
            for row in view.areas if view.found is None else view.found:
                self._patch(row)
        else:
            self._fill(view)
        for area in view.areas if view.found is None else ():
            self._fill_area(self._node_of[area.id], view.rows.get(area.id))
        if (was.marked, was.matched, was.half_written) != (view.marked, view.matched, view.half_written):
            self._clear_line_cache()
            self.refresh()
        if (lost := self._lost) is not None:
            self._lost = None
            self.go_to(lost.id)

    def _fill(self, view: TreeView) -> None:
        here = self.highlighted
        self.clear()
        self._node_of = {}
        if view.found is None:
            for area in view.areas:
                self._node_of[area.id] = self.root.add("", area, expand=area.id in view.rows)
        else:
            for row in view.found:
                self._node_of[row.id] = self.root.add_leaf("", row)
        self.root.expand()
        self._lost = here

    _lost: Row | None = None
    """Where the cursor was when everything was filled anew."""

    def _fill_area(self, node: TreeNode[Row], rows: tuple[ActivityRow, ...] | None) -> None:
        """Makes an area's lines what its rows are; without rows it is closed, and what was below it is let go."""
        if rows is None:
            self._empty(node)
            if node.is_expanded:
                node.collapse()
            return
        wanted = in_order(rows)
        if [child.data.id for child in node.children if child.data is not None] == [row.id for row in wanted]:
            for row in wanted:
                self._patch(row)
        else:
            here = self.highlighted
            self._empty(node)
            for row in wanted:
                self._node_of[row.id] = node.add_leaf("", row)
            self._lost = self._lost or here
        if not node.is_expanded:
            node.expand()

    def _empty(self, node: TreeNode[Row]) -> None:
        if not node.children:
            return
        if (here := self.cursor_node) is not None and here.parent is node:
            self.move_cursor(node)
        for child in node.children:
            if child.data is not None:
                self._node_of.pop(child.data.id, None)
        node.remove_children()

    def _patch(self, row: Row) -> None:
        node = self._node_of[row.id]
        if node.data != row:
            node.data = row
            node.refresh()

    # --- where the person is -----------------------------------------------------------------------------------

    @property
    def highlighted(self) -> Row | None:
        node = self.cursor_node
        row = node.data if node is not None else None
        # Textual keeps a node that is no longer there.
        return row if row is not None and self._node_of.get(row.id) is node else None

    def go_to(self, id: str) -> bool:
        """Puts the cursor on an area or activity. False if it is not in the tree."""
        node = self._node_of.get(id)
        if node is None:
            return False
        # Lines have their numbers when the tree has been laid out, which asking for one brings about.
        self.get_node_at_line(0)
        self._rest_on(node)
        self.call_after_refresh(self._scroll_to_cursor)
        return True

    def _rest_on(self, node: TreeNode[Row]) -> None:
        if node.line >= 0:
            same_line = node.line == self.cursor_line
            # Without scrolling: before the first layout there is no knowing what is in sight.
            self.cursor_line = node.line
            if same_line and node.data is not None:
                # Textual tells of another line, not of another node on the same one.
                self.post_message(self.Highlighted(node.data))

    def _scroll_to_cursor(self) -> None:
        if self.cursor_node is not None:
            self.scroll_to_node(self.cursor_node, animate=False)

    def on_resize(self) -> None:
        self._scroll_to_cursor()

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Row]) -> None:
        event.stop()
        if event.node.data is not None:
            self.post_message(self.Highlighted(event.node.data))

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[Row]) -> None:
        self._tell_toggled(event, opens=True)

    def on_tree_node_collapsed(self, event: Tree.NodeCollapsed[Row]) -> None:
        self._tell_toggled(event, opens=False)

    def _tell_toggled(self, event: Tree.NodeExpanded[Row] | Tree.NodeCollapsed[Row], *, opens: bool) -> None:
        event.stop()
        row = event.node.data
        # What the view opened itself is no news.
        if isinstance(row, AreaHead) and self.view.found is None and (row.id in self.view.rows) is not opens:
            self.post_message(self.Toggled(row.id, opens))

    def on_tree_node_selected(self, event: Tree.NodeSelected[Row]) -> None:
        event.stop()
        row = event.node.data
        if isinstance(row, ActivityRow) or (row is not None and self.view.found is not None):
            self.post_message(self.Entered(row))
        else:
            event.node.toggle()

    def action_mark(self) -> None:
        row = self.highlighted
        if isinstance(row, ActivityRow):
            self.post_message(self.Marked(row))
            self.action_cursor_down()

    def action_open(self) -> None:
        node = self.cursor_node
        if node is None or node.data is None:
            return
        if isinstance(node.data, ActivityRow) or self.view.found is not None:
            self.post_message(self.Entered(node.data))
        elif not node.is_expanded:
            node.expand()
        else:
            self.action_cursor_down()

    def action_close(self) -> None:
        node = self.cursor_node
        if node is None:
            return
        if self.view.found is not None:
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
        if isinstance(row, AreaHead):
            return self._area_label(row, node.is_expanded, style, on_cursor)
        return self._activity_label(row, style, on_cursor)

    def _style(self, name: str, on_cursor: bool) -> Style:
        """A colour of the theme; on the cursor line everything has the cursor's."""
        return Style.null() if on_cursor else self.get_component_rich_style(f"plan-tree--{name}", partial=True)

    def _area_label(self, area: AreaHead, is_open: bool, style: Style, on_cursor: bool) -> Text:
        if self.view.matched is None or self.view.found is not None:
            full = round(_BAR * area.done / area.total) if area.total else 0
            full = max(full, 1) if area.done else 0
            tail = f" {'█' * full}{'░' * (_BAR - full)} {f'{area.done}/{area.total}':>5}"
        else:
            tail = " " + t("{n} de {total}", n=self.view.matched.get(area.id, 0), total=area.total)
        if area.id in self.view.half_written:
            tail = f" {DRAFT_MARK}{tail}"
        width = self.size.width - len(tail) - 1
        head = f"{'▼' if is_open else '►'} {area.code} " if area.code else f"{'▼' if is_open else '►'} "
        title = cut(area_title(area.title, area.mark), width - len(head))
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
        marked = row.id in self.view.marked
        text.append(CHOSEN_MARK if marked else " ", self._style("marked", on_cursor))
        text.append(f"{row.code} ", self._style("marked", on_cursor) if marked else None)
        notes = f"+{row.notes}" if row.notes else ""
        draft = DRAFT_MARK if row.id in self.view.half_written else ""
        tail = f" {draft + notes:>3} {_PERIOD[row.period]}"
        indent = self.guide_depth if self.view.found is None else 0
        width = self.size.width - indent - len(tail) - 1
        title = row.title if row.mark is None else f"({mark_label(row.mark)}) {row.title}"
        text.append(cut(title, width - text.cell_len))
        text.append(" " * max(width - text.cell_len, 0))
        text.append(tail, self._style("quiet", on_cursor))
        if row.status is Status.CANCELLED:
            text.stylize(self._style("quiet", on_cursor), 3)
        return text


def in_order(rows: tuple[ActivityRow, ...]) -> list[ActivityRow]:
    """By period, and within it in the printed order."""
    return sorted(rows, key=lambda row: (_ORDER[row.period], row.rank, row.id))


def _top(view: TreeView) -> list[str]:
    """The lines that stand under no other."""
    return [row.id for row in (view.areas if view.found is None else view.found)]


def legend() -> str:
    """What the marks mean, in two lines."""
    return "\n".join(
        (
            t("○ pendiente  ≈ en curso  ● cumplida  ■ suspendida  × cancelada"),
            t("! vencida  ≠ diferencia  +2 notas  * borrador  1s 2s semestre"),
        )
    )
