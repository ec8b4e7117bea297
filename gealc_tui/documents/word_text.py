"""What is read in one paragraph of a Word document, and what stands beside it: changes, comments, notes, boxes.

Promise: all that Word shows when changes are accepted is in the text; all else that a reader of the document could
come upon is in a remark, never silently gone. (ECMA-376, part 1, sections 17.3 and 17.13.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gealc_tui.documents.plan_document import ObservationKind
from gealc_tui.documents.word_numbering import child, is_on, name_of, value_of

_THROUGH = frozenset(
    {
        *("hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "ins", "moveTo"),
        *("oMath", "oMathPara", "ruby", "rubyBase", "Choice", "e", "num", "den", "sub", "sup", "f", "sSub", "sSup"),
    }
)
"""What only surrounds text that counts."""

_GONE = frozenset({"del", "moveFrom"})

_PRIVATE = "\uf000", "\uf8ff"
"""Letters that only a font of symbols knows."""


class Remark(NamedTuple):
    """Something beside the text."""

    kind: ObservationKind
    text: str
    author: str = ""
    day: str = ""
    """`2021-03-14`."""

    @property
    def told(self) -> str:
        """`«Dos talleres» (Ana Pérez, 2021-03-14)`."""
        who = ", ".join(part for part in (self.author, self.day) if part)
        said = f"«{self.text}»" if self.text else ""
        return f"{said} ({who})".strip() if who else said


class Beside(NamedTuple):
    """What other parts of the file say, by their ids: comments, notes, and where links lead."""

    comments: Mapping[str, Remark]
    notes: Mapping[tuple[str, str], str]
    """Footnotes and endnotes, by the name of the reference to them and id."""
    links: Mapping[str, str]


class Reading:
    """The text of a paragraph, piece by piece, and its remarks."""

    def __init__(self, beside: Beside) -> None:
        self._beside = beside
        self.text = ""
        self.remarks: list[Remark] = []

    def read(self, element: Any) -> None:
        """Reads what stands in an element: a paragraph, or something in it."""
        for one in element:
            self._read_one(one)

    def _read_one(self, one: Any) -> None:
        name = name_of(one)
        if name == "r":
            self._run(one)
        elif name in _GONE:
            self._changed(one, ObservationKind.TRACKED_DELETION, deleted_text(one))
        elif name == "AlternateContent":
            self._alternate(one)
        elif name in _THROUGH:
            before = len(self.text)
            self.read(one)
            if name in ("ins", "moveTo"):
                self._changed(one, ObservationKind.TRACKED_INSERTION, self.text[before:])
            elif name == "hyperlink":
                self._link(self._beside.links.get(value_of(one, "id") or "", ""), self.text[before:])

    def _link(self, target: str, text: str) -> None:
        if target and target.removeprefix("mailto:").rstrip("/") not in text:
            self.remarks.append(Remark(ObservationKind.LINK, target))

    def _alternate(self, one: Any) -> None:
        """Of several forms of the same thing the first one."""
        for form in one:
            if name_of(form) in ("Choice", "Fallback"):
                self.read(form) if _has_runs(form) else self._run(form)
                return

    def _changed(self, change: Any, kind: ObservationKind, text: str) -> None:
        if text.strip():
            self.remarks.append(Remark(kind, text.strip(), *author_and_day(change)))

    def _run(self, run: Any) -> None:
        if is_on(child(run, "rPr", "vanish")):
            hidden = "".join(one.text or "" for one in run if name_of(one) == "t").strip()
            if hidden:
                self.remarks.append(Remark(ObservationKind.HIDDEN_TEXT, hidden))
            return
        for one in run:
            self._in_run(one, name_of(one))

    def _in_run(self, one: Any, name: str) -> None:
        if name == "t":
            self.text += one.text or ""
        elif name == "tab":
            self.text += " "
        elif name == "cr" or (name == "br" and value_of(one, "type") in (None, "textWrapping")):
            self.text += "\n"
        elif name == "noBreakHyphen":
            self.text += "-"
        elif name == "sym":
            self.text += _symbol(value_of(one, "char") or "")
        elif name in ("footnoteReference", "endnoteReference"):
            self._note(name, value_of(one, "id") or "")
        elif name == "commentReference":
            if (said := self._beside.comments.get(value_of(one, "id") or "")) is not None:
                self.remarks.append(said)
        elif name == "AlternateContent":
            self._alternate(one)
        elif name in ("drawing", "pict", "object"):
            self._drawn(one)
        elif name == "ruby":
            self.read(one)

    def _note(self, name: str, id: str) -> None:
        if (text := self._beside.notes.get((name, id))) is not None:
            self.remarks.append(Remark(ObservationKind.FOOTNOTE, text))

    def _drawn(self, drawing: Any) -> None:
        boxes = [one for one in drawing.iter() if name_of(one) == "txbxContent"]
        for box in boxes:
            if (text := visible_text(box, self._beside)).strip():
                self.remarks.append(Remark(ObservationKind.TEXT_BOX, text.strip()))
        if not boxes:
            named = (one for one in drawing.iter() if name_of(one) == "docPr")
            words = (value_of(one, "descr") or value_of(one, "name") or "" for one in named)
            self.remarks.append(Remark(ObservationKind.PICTURE, next(words, "")))


def _has_runs(form: Any) -> bool:
    return any(name_of(one) == "r" for one in form)


def _symbol(code: str) -> str:
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "□"
    is_drawable = character.isprintable() and not _PRIVATE[0] <= character <= _PRIVATE[1]
    return character if is_drawable else "□"


def author_and_day(change: Any) -> tuple[str, str]:
    """Who made a change or a comment, and on which day."""
    day = (value_of(change, "date") or "").partition("T")[0]
    is_day = len(day) == 10 and day.replace("-", "").isdecimal()
    return " ".join((value_of(change, "author") or "").split()), day if is_day else ""


def deleted_text(change: Any) -> str:
    """The words that a change took away."""
    return "".join(one.text or "" for one in change.iter() if name_of(one) in ("delText", "t"))


def visible_text(element: Any, beside: Beside) -> str:
    """The text of all paragraphs in an element, a line each; remarks about it are left to whoever names it."""
    return "\n".join(_paragraphs(element, beside))


def _paragraphs(element: Any, beside: Beside) -> Iterator[str]:
    for one in element:
        if name_of(one) == "p":
            reading = Reading(beside)
            reading.read(one)
            yield reading.text
        elif name_of(one) != "txbxContent":
            yield from _paragraphs(one, beside)
