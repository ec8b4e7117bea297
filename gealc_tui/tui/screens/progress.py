"""Progress: how far each area, period, country or funder is, and below it the activities of the one pointed at.

Ends with the id of the activity that was chosen, or None.
"""

from __future__ import annotations

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.domain.readings import ActivityRow
from gealc_tui.domain.vocabulary import Alert
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import MARKS, OVERDUE_MARK, percent_label
from gealc_tui.plain import drawable
from gealc_tui.reports.progress import Count, Group, Grouping, Progress, light_of, progress_of
from gealc_tui.reports.progress_words import group_name, grouping_label, light_letter, rule, whole_line
from gealc_tui.tui import keys
from gealc_tui.tui.drawing import cut
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import ROOMY, KeyLine

SETTING = "progress_by"
"""By what it was grouped last."""

_BAR = {False: 10, True: 18}
"""Columns of a bar, in a narrow window and in a wide one."""

_TIGHT = 76
"""Columns below which a name would have no room beside all counts: then only how many are overdue is told."""

MOST_LINES = 200
"""Activities that are listed of one group; a plan of many thousands is looked at in the tree."""

_NUMBER = 4
"""Columns of one count."""


class ProgressScreen(ReplicaScreen[str | None]):
    """Groups above, activities below."""

    ABOUT = N_(
        "El avance del plan: cuánto está cumplido y qué pide atención, por área, período, país responsable o"
        " financiador. Debajo, las actividades del renglón señalado."
    )
    BINDINGS = keys.bindings(keys.PROGRESS)
    COMPONENT_CLASSES = {  # noqa: RUF012 (Textual reads it from the class)
        "progress--green",
        "progress--amber",
        "progress--red",
        "progress--none",
        "progress--done",
        "progress--in_progress",
        "progress--rest",
    }

    def __init__(self) -> None:
        super().__init__()
        self._grouping = Grouping.AREA
        self._found: Progress | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="whole")
            yield Static(id="columns")
            yield OptionList(id="groups")
            yield Static(id="of")
            yield OptionList(id="activities")
            yield Static(id="rule")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        said = self.replica.setting(SETTING)
        self._grouping = Grouping(said) if said in tuple(Grouping) else Grouping.AREA
        self.respell()
        self.reload()
        self.query_one("#groups").focus()

    def respell(self) -> None:
        self.query_one(KeyLine).show(keys.PROGRESS)
        self.query_one("#rule", Static).update(Content(rule()))

    def reload(self) -> None:
        """Counts again."""
        ok, found = self.attempt(progress_of, self.replica, self._grouping)
        if ok:
            self._found = found
            self._draw()

    def on_resize(self) -> None:
        self._draw()

    # --- drawing -------------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        found = self._found
        labels = [
            (f" {grouping_label(one)} ", "bold reverse" if one is self._grouping else "not bold") for one in Grouping
        ]
        heading = Content("  ").join(
            (Content.styled(t("Avance"), "bold"), *(Content.styled(words, style) for words, style in labels))
        )
        self.query_one("#heading", Static).update(heading)
        groups = self.query_one("#groups", OptionList)
        if found is None:
            self.query_one("#whole", Static).update(Content(t("Todavía no hay ningún plan.")))
            return
        whole = Text.assemble(self._light(found.whole), f" {whole_line(found.whole)}")
        self.query_one("#whole", Static).update(whole)
        width = self.size.width - 2 * 3 - 2
        self.query_one("#columns", Static).update(self._columns(width))
        # The reading may have grown or shrunk: who points at a row goes on pointing at it.
        here = groups.highlighted or 0
        groups.clear_options()
        groups.add_options(Option(self._group_line(one, width), id=one.key or None) for one in found.groups)
        groups.highlighted = min(here, len(found.groups) - 1) if found.groups else None

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"progress--{name}", partial=True)

    def _light(self, count: Count) -> Text:
        return Text(light_letter(count.light), self._style(count.light.value) + Style(bold=True))

    def _columns(self, width: int) -> Text:
        told = (OVERDUE_MARK,) if self.size.width < _TIGHT else ("≈", "○", "■", "×", OVERDUE_MARK)
        marks = "".join(f"{mark:>{_NUMBER}}" for mark in told)
        tail = f"{'●':>7}{'%':>6}  {marks}"
        return Text(" " * max(width - len(tail), 0) + tail, self._style("none"))

    def _group_line(self, group: Group, width: int) -> Text:
        count = group.counts
        numbers: tuple[int, ...] = (count.in_progress, count.pending, count.on_hold, count.cancelled)
        if self.size.width < _TIGHT:
            numbers = ()
        share = "—" if count.percent is None else percent_label(count.percent)
        tail = Text.assemble(
            "  ",
            self._bar(count),
            f"{f'{count.done}/{count.counting}':>7}{share:>6}  ",
            *((f"{number or '·':>{_NUMBER}}", "" if number else self._style("none")) for number in numbers),
            (f"{count.overdue or '·':>{_NUMBER}}", self._style("red" if count.overdue else "none")),
        )
        name = cut(group_name(group, self._grouping), width - tail.cell_len - 3)
        line = Text.assemble(self._light(count), "  ", name)
        line.append(" " * max(width - line.cell_len - tail.cell_len, 0))
        line.append_text(tail)
        return line

    def _bar(self, count: Count) -> Text:
        """Done, in progress, the rest. Whatever there is of done and of in progress has at least one cell."""
        width = _BAR[self.size.width >= ROOMY]
        whole = count.counting or 1
        done = max(round(width * count.done / whole), 1) if count.done else 0
        going = max(round(width * count.in_progress / whole), 1) if count.in_progress else 0
        done = min(done, width - bool(going)) if count.done < count.counting else done
        going = min(going, width - done)
        return Text.assemble(
            ("█" * done, self._style("done")),
            ("▒" * going, self._style("in_progress")),
            ("░" * (width - done - going), self._style("rest")),
        )

    def _activity_line(self, row: ActivityRow) -> Text:
        late = OVERDUE_MARK if Alert.OVERDUE in row.alerts else " "
        return Text.assemble(
            (light_letter(light_of(row)), self._style(light_of(row).value) + Style(bold=True)),
            f"  {MARKS[row.status]}",
            (late, self._style("red")),
            f" {drawable(row.code)} ",
            cut(row.title, self.size.width - len(row.code) - 18),
        )

    # --- moving about ----------------------------------------------------------------------------------------------

    @property
    def _group(self) -> Group | None:
        place = self.query_one("#groups", OptionList).highlighted
        return self._found.groups[place] if self._found is not None and place is not None else None

    @on(OptionList.OptionHighlighted, "#groups")
    def _show_activities(self) -> None:
        group = self._group
        activities = self.query_one("#activities", OptionList)
        activities.clear_options()
        self.query_one("#of", Static).update(Content(group_name(group, self._grouping) if group else ""))
        if group is not None:
            activities.add_options(Option(self._activity_line(row), id=row.id) for row in group.activities[:MOST_LINES])
            if (more := len(group.activities) - MOST_LINES) > 0:
                words = tn("y {n} actividad más", "y {n} actividades más", more)
                activities.add_option(Option(Text(words, self._style("none")), disabled=True))

    @on(OptionList.OptionSelected, "#groups")
    def _go_in(self) -> None:
        group = self._group
        if group is None or not group.activities:
            self.tell(t("No hay ninguna actividad."))
            return
        activities = self.query_one("#activities", OptionList)
        activities.focus()
        activities.highlighted = 0

    @on(OptionList.OptionSelected, "#activities")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_next_grouping(self) -> None:
        every = tuple(Grouping)
        self._grouping = every[(every.index(self._grouping) + 1) % len(every)]
        self.attempt(self.replica.set_setting, SETTING, self._grouping.value)
        groups = self.query_one("#groups", OptionList)
        groups.highlighted = None
        groups.focus()
        self.reload()

    def action_leave(self) -> None:
        if self.query_one("#activities").has_focus:
            self.query_one("#activities", OptionList).highlighted = None
            self.query_one("#groups").focus()
        else:
            self.dismiss(None)
