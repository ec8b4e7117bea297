"""Means of verification on paper: of a file the beginning of its SHA-256, and the whole one in the annex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gealc_tui.domain.readings import ActivityReading
from gealc_tui.i18n import t
from gealc_tui.plain import drawable
from gealc_tui.reports.document import Block, Heading, Paragraph, Table

_MARK = re.compile(r"\bsha256:([0-9a-f]{12})[0-9a-f]{52}\b")


def short(evidence: str) -> str:
    """As it stands in a table: a number of 64 letters would break its columns."""
    return drawable(_MARK.sub(r"sha256:\1…", evidence))


def annex(readings: Iterable[ActivityReading]) -> Iterator[Block]:
    """The whole numbers of files, and how a file is compared with them; nothing if there are none."""
    rows = tuple(
        (one.row.code, " ".join((drawable(found[2]), *_grouped(found[1]))))
        for one in readings
        for product in one.products
        if product.evidence
        for found in [re.match(r"sha256:([0-9a-f]{64})\b ?(.*)", product.evidence, re.DOTALL)]
        if found is not None
    )
    if rows:
        yield Heading(t("Anexo: archivos que verifican"))
        yield Paragraph(
            t("Quien tenga un archivo sabe de qué es prueba con: gealc evidence verify ARCHIVO"), quiet=True
        )
        yield Table((t("Código"), t("Archivo y su SHA-256")), rows, (14, 86))


def _grouped(number: str) -> tuple[str, ...]:
    """Sixteen letters at a time, where a line may end."""
    return tuple(number[start : start + 16] for start in range(0, len(number), 16))
