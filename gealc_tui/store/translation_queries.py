"""Official texts as they are told in other languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gealc_tui.store.asking import Asking


class TranslationQueries(Asking):
    """Reads translations; whoever shows one says so."""

    def translations(self, language: str, entities: Iterable[str]) -> Mapping[tuple[str, str], str]:
        """What some entities are called in a language, by entity and field."""
        if not self._db.value("SELECT 1 FROM translations LIMIT 1"):
            return {}
        rows = self._db.rows_in(
            "SELECT entity, field, language, text FROM translations WHERE entity IN ({})", list(entities)
        )
        return {(entity, field): text for entity, field, told_in, text in rows if told_in == language}

    def translations_of(self, entity: str) -> dict[str, str]:
        """All that an entity is called in other languages, as `title:en`."""
        rows = self._db.rows(
            "SELECT field, language, text FROM translations WHERE entity = ? ORDER BY field, language", [entity]
        )
        return {f"{field}:{language}": text for field, language, text in rows}
