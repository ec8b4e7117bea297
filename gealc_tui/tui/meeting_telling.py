"""What a command did to a meeting or to what it agreed, in a line, and how it is taken back."""

from __future__ import annotations

from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.vocabulary import ItemKind, MeetingState
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import country_name, day_label, field_label, lead_name, value_label
from gealc_tui.i18n.meeting_words import item_label
from gealc_tui.i18n.sentences import shorten
from gealc_tui.replica import Committed


def meeting_line(committed: Committed, where: str, *, is_undo: bool = False) -> str:
    """`3.5.3 · Compromiso: Enviar el formulario (Chile, 15/08/2019)`. `where` is what it is about, as people say."""
    first = committed.edits[0][0]
    values = {field: after for entity, field, _, after in committed.edits if entity == first}
    if kind_of(first) == "meeting":
        return _meeting(values, is_undo=is_undo)
    more = len({entity for entity, *_ in committed.edits}) - 1
    what = shorten(_item(values, is_undo=is_undo), 100)
    line = t("{where} · {what}", where=where, what=what) if where else what
    return t("{line} (y {n} más)", line=line, n=more) if more else line


def _item(values: dict[str, Value], *, is_undo: bool) -> str:
    if values.get("deleted"):
        return t("acuerdo quitado") if is_undo else t("acuerdo borrado")
    if "deleted" in values:
        return t("acuerdo restablecido")
    kind = values.get("kind")
    label = item_label(ItemKind(kind)) if isinstance(kind, str) and kind in set(ItemKind) else t("Acuerdo")
    who = [lead_name(str(values["country"]))] if values.get("country") else []
    who += [day_label(str(values["due"]))] if values.get("due") else []
    said = shorten(str(values.get("text") or ""), 60)
    if who and said:
        return t("{kind}: {text} ({who})", kind=label, text=said, who=", ".join(who))
    return t("{kind}: {text}", kind=label, text=said or ", ".join(who))


def _meeting(values: dict[str, Value], *, is_undo: bool) -> str:
    if values.get("deleted"):
        return t("Reunión quitada") if is_undo else t("Reunión borrada")
    if "deleted" in values:
        return t("Reunión restablecida")
    state = values.get("state")
    if state == MeetingState.OPEN:
        return t("Reunión abierta")
    if state == MeetingState.CLOSED:
        return t("Reunión cerrada")
    if state == MeetingState.CANCELLED:
        return t("Reunión cancelada")
    if state == MeetingState.PLANNED:
        return t("Próxima reunión: {day}", day=day_label(str(values.get("day") or "—")))
    if "countries" in values:
        codes = values["countries"]
        names = ", ".join(country_name(str(one)) for one in codes) if isinstance(codes, (list, tuple)) else ""
        return t("Presentes: {names}", names=names or "—")
    if "agenda" in values:
        return t("Orden del día cambiado")
    said = [(field_label("meeting", field), value_label("meeting", field, value)) for field, value in values.items()]
    return "; ".join(t("{field}: {value}", field=field, value=value) for field, value in said)
