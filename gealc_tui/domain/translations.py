"""Official texts as they are told in other languages: `title:en` beside `title`. They never stand in its place."""

from __future__ import annotations

from collections.abc import Mapping

OFFICIAL = "es"
"""The language of the official texts."""

LANGUAGES = ("en", "pt", "fr")
"""Those into which they may be translated."""

TRANSLATED: Mapping[str, tuple[str, ...]] = {
    "plan": ("title",),
    "area": ("title", "objective"),
    "activity": ("title",),
    "product": ("text",),
}
"""The fields of each kind that may be given in other languages."""


def original_of(kind: str, field: str) -> str:
    """The field whose translation one is (`title` of `title:en`); any other field as it is."""
    name, _, language = field.partition(":")
    return name if language in LANGUAGES and name in TRANSLATED.get(kind, ()) else field


def language_of(kind: str, field: str) -> str | None:
    """The language into which a field translates (`en` of `title:en`); None for one that translates nothing."""
    return field.partition(":")[2] if original_of(kind, field) != field else None


def translation_of(field: str, language: str) -> str:
    """The field that tells one in another language."""
    return f"{field}:{language}"
