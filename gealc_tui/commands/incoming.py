"""Documents of a plan that are brought in: what kind of file one is, what it says, and what would come of it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.commands import corrections
from gealc_tui.commands.exchange import read_bounded
from gealc_tui.documents import genesis, packages, plan_text
from gealc_tui.documents.packages import Kind
from gealc_tui.documents.plan_document import PlanDocument
from gealc_tui.domain.change import Edit
from gealc_tui.replica import Replica

LARGEST_DOCUMENT = 2_000_000
"""Bytes of a text."""


class Incoming(NamedTuple):
    """A document, and its lines as one text."""

    kind: str
    """text, docx"""
    document: PlanDocument
    text: str

    @property
    def edits(self) -> tuple[tuple[Edit, ...], ...]:
        """The edits of its log."""
        return genesis.genesis_edits(self.document, source=self.document.title, sha256=genesis.document_hash(self.text))


def read_document(path: Path) -> Incoming:
    """What a document says. Raises FileUnreadable, DocumentUnreadable."""
    return document_in(read_bounded(path, packages.LARGEST_FILE), path)


def document_in(data: bytes, path: Path) -> Incoming:
    """What the bytes of a file say; `path` is what refusals call it. Raises FileUnreadable, DocumentUnreadable."""
    if packages.kind_of(data, str(path)) is Kind.WORD:
        from gealc_tui.documents.word_plan import read_word_plan

        return Incoming("docx", *read_word_plan(data, str(path)))
    if len(data) > LARGEST_DOCUMENT:
        raise errors.FileUnreadable(path=str(path), reason="too_large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise errors.FileUnreadable(path=str(path), reason="encoding") from error
    return Incoming("text", plan_text.read_plan(text), text)


def outcome(replica: Replica, found: Incoming) -> tuple[str, str]:
    """What would come of a document, and of which plan: new, known, or proposed as far as it says otherwise.

    Raises PlanIsAmbiguous.
    """
    if replica.holds_genesis(found.edits, genesis.genesis_at(found.document)):
        return "known", found.document.id
    plan = corrections.plan_meant(replica, found.document)
    if plan is None:
        return "new", found.document.id
    return ("proposed" if any(corrections.corrections(replica, plan, found.document)) else "known"), plan
