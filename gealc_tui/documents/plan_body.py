"""Whose plan a document is, by its masthead: the network's annual plan, or that of another body.

What surrounds a name (dates, places, "Distr.", the assembly that approves it) names nobody. A masthead that names
nobody is the network's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gealc_tui.documents.plan_lines import fold
from gealc_tui.domain.change import text_hash

LONGEST = 120
"""Characters of a body's name."""

_LONGEST_SLUG = 40

_NETWORK = re.compile(
    r"\bgealc\b|gobierno (?:electronico|digital) (?:y|de|en) (?:america latina|las americas)"
    r"|governo eletronico (?:e|da|na) america latina|e-?government network of latin america"
)
_NAMES_NOBODY = re.compile(
    r"^(?:distr|publica$|publico$|reservad|original|borrador|version|versao|draft|documento|document$|anexo|pagina|page)"
    r"|\b(?:asamblea|assembleia|assembly|reunion|reuniao|meeting|sesion)\b|\d"
)


def body_of(masthead: Iterable[str]) -> str | None:
    """The name of the body whose plan it is; None: the network's."""
    lines = [line.strip(" *_#") for line in masthead]
    if _NETWORK.search(fold(" ".join(lines))):
        return None
    named = [line for line in lines if line and not _NAMES_NOBODY.search(fold(line))]
    return " ".join(named)[:LONGEST].strip() or None


def plan_id(year: int, body: str | None) -> str:
    """The id of a plan that comes from a document: `2019`; of another body `2019-grupo-de-firma-digital`."""
    if body is None:
        return str(year)
    slug = re.sub(r"[^a-z0-9]+", "-", fold(body)).strip("-")
    if not slug or len(slug) > _LONGEST_SLUG:
        # Names that begin alike, or of which no letter is left, are told apart all the same.
        slug = f"{slug[:_LONGEST_SLUG].strip('-')}-{text_hash(fold(body).encode())[:6]}".strip("-")
    return f"{year}-{slug}"
