"""What is one's own: what one's country leads or takes part in, what it promised, and what waits for somebody.

Enter goes to the activity, and ends the screen with its id.
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

from gealc_tui.commands import mine
from gealc_tui.commands.mine import Mine
from gealc_tui.domain.readings import ActivityRow
from gealc_tui.domain.vocabulary import Alert
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import MARKS, day_label
from gealc_tui.plain import drawable
from gealc_tui.reports.commitments import Promise
from gealc_tui.reports.due import due_of
from gealc_tui.tui import keys
from gealc_tui.tui.drawing import cut
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine


class MineScreen(ReplicaScreen[str | None]):
    """Ends with the id of the activity that was chosen, or None."""

    ABOUT = N_(
        "Las actividades que su país lleva o en las que participa, lo que vence primero; los compromisos que tomó en"
        " las reuniones; y lo que espera que alguien decida. Enter lleva a la actividad."
    )
    BINDINGS = keys.bindings(keys.MINE)
    COMPONENT_CLASSES = {"mine--quiet", "mine--late"}  # noqa: RUF012 (Textual reads it from the class)

    def __init__(self) -> None:
        super().__init__()
        self._ids: list[str | None] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="waits")
            yield OptionList(id="things")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.reload()
        self.query_one("#things").focus()

    def respell(self) -> None:
        self.query_one(KeyLine).show(keys.MINE)

    def on_resize(self) -> None:
        self.reload()

    def reload(self) -> None:
        ok, found = self.attempt(mine.mine, self.replica)
        box = self.query_one("#things", OptionList)
        here = box.highlighted
        box.clear_options()
        self._ids = []
        if not ok or found is None:
            self.query_one("#heading", Static).update(Content(t("Nadie dijo todavía quién usa esta copia.")))
            return
        self.query_one("#heading", Static).update(Content(t("Lo mío")))
        self.query_one("#waits", Static).update(Content(self._waits(found)))
        overdue = [row for row in found.activities if Alert.OVERDUE in row.alerts]
        soon = [row for row in found.activities if Alert.DUE_SOON in row.alerts]
        others = [row for row in found.activities if row not in overdue and row not in soon]
        for title, rows in ((t("Vencidas"), overdue), (t("Por vencer"), soon)):
            self._section(box, title, rows, found.year)
        if found.owed:
            self._head(box, t("Compromisos"))
            for one in found.owed:
                self._add(box, self._promise(one), one.item.about)
        self._section(box, t("Las demás"), others, found.year)
        if not self._ids:
            self._head(box, t("Su país no lleva ninguna actividad de este plan, ni debe compromisos."))
        first = next((n for n, id in enumerate(self._ids) if id is not None), None)
        box.highlighted = first if here is None or here >= len(self._ids) else here

    def _waits(self, found: Mine) -> str:
        parts = [tn("{n} diferencia", "{n} diferencias", found.differences)] if found.differences else []
        parts += (
            [tn("{n} propuesta por decidir", "{n} propuestas por decidir", found.proposals)] if found.proposals else []
        )
        said = mine.summary(found, self.replica.today)
        return " · ".join([said or t("Nada vence en los próximos 30 días."), *parts])

    def _section(self, box: OptionList, title: str, rows: list[ActivityRow], year: int) -> None:
        if rows:
            self._head(box, title)
        for row in rows:
            self._add(box, self._activity(row, year), row.id)

    def _head(self, box: OptionList, text: str) -> None:
        box.add_option(Option(Text(cut(text, self._width), style="bold"), disabled=True))
        self._ids.append(None)

    def _add(self, box: OptionList, text: Text, id: str | None) -> None:
        box.add_option(Option(text))
        self._ids.append(id)

    @property
    def _width(self) -> int:
        return max(self.size.width - 2 * 3 - 3, 20)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"mine--{name}", partial=True)

    def _activity(self, row: ActivityRow, year: int) -> Text:
        due = due_of(row, year)
        day = day_label(due.isoformat()) if due is not None else ""
        head = f"  {MARKS[row.status]} {drawable(row.code)}  "
        title = cut(drawable(" ".join(row.title.split())), self._width - len(head) - len(day) - 2)
        text = Text(head + title)
        text.pad_right(max(self._width - text.cell_len - len(day), 1))
        text.append(day, self._style("late" if Alert.OVERDUE in row.alerts else "quiet"))
        return text

    def _promise(self, one: Promise) -> Text:
        day = day_label(one.item.due) if one.item.due else ""
        code = f"{drawable(one.item.code)}  " if one.item.code else ""
        words = cut(f"  {code}{drawable(one.item.text)}", self._width - len(day) - 2)
        text = Text(words)
        text.pad_right(max(self._width - text.cell_len - len(day), 1))
        late = one.item.due is not None and one.item.due < self.replica.today.isoformat()
        text.append(day, self._style("late" if late else "quiet"))
        return text

    @on(OptionList.OptionSelected, "#things")
    def _go(self, event: OptionList.OptionSelected) -> None:
        if (id := self._ids[event.option_index]) is not None:
            self.dismiss(id)

    def action_leave(self) -> None:
        self.dismiss(None)
