"""Differences: conflicts tells of them, settle ends them.

A difference tells for each value who wrote it, when, and what they had before them. Where texts have words in
common, those that differ stand in signs, `[-so-]` in the value that is shown now and `{+so+}` in the others: they
are read without colours too, and aloud.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from gealc_tui.cli.output import Exit, say, say_json, say_line, say_text
from gealc_tui.cli.phrases import instant, moment_phrase
from gealc_tui.commands.naming import name_of
from gealc_tui.domain.change import Value, kind_of, local_id
from gealc_tui.domain.readings import Choice, Difference, Seen, Standing
from gealc_tui.domain.vocabulary import Status, seen_default
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.edit_words import value_phrase
from gealc_tui.i18n.labels import DIFFERENCE_MARK, MARKS, field_label, kept_label, value_label, words_label
from gealc_tui.i18n.naming import author_label
from gealc_tui.i18n.sentences import shorten
from gealc_tui.i18n.unseen import unseen_sentence
from gealc_tui.plain import drawable
from gealc_tui.shell_words import word

if TYPE_CHECKING:
    from gealc_tui.replica import Committed, Replica

# --- conflicts -------------------------------------------------------------------------------------------------


def list_conflicts(replica: Replica, args: Namespace) -> int:
    differences = replica.read.differences()
    if args.json:
        say_json([_facts(replica, one) for one in differences])
        return Exit.DONE
    if not differences:
        say(t("No hay diferencias por resolver."))
        return Exit.DONE
    above = None
    for one in differences:
        place = _place_facts(replica, one)
        heading = f"{place['id']}  {place['title'] or ''}" if place["id"] else name_of(replica, one.entity, titled=True)
        if heading != above:
            say_line(heading)
        above = heading
        _say_difference(one)
    say()
    say(tn("{n} diferencia por resolver.", "{n} diferencias por resolver.", len(differences)))
    return Exit.DONE


def say_differences(differences: Iterable[Difference]) -> None:
    """Those of one activity, under a heading."""
    for place, difference in enumerate(differences):
        if place == 0:
            say()
            say(t("Diferencias por resolver"))
        _say_difference(difference)


def _say_difference(difference: Difference) -> None:
    say(f"  {DIFFERENCE_MARK} {field_label(kind_of(difference.entity), difference.field)}")
    choices = difference.choices
    for number, (choice, text) in enumerate(zip(choices, _marked(difference), strict=True), 1):
        _say_choice(difference, choice, f"{number:>3}  ", text)
    if not difference.is_of_deletion and (alike := unseen_sentence(_undrawn(difference))):
        say("     " + alike)
    entity = difference.entity
    target = local_id(entity) if kind_of(entity) == "activity" else entity
    say(f"     gealc settle {word(target)} {difference.field} --take {t('NÚMERO')}")


def _say_choice(difference: Difference, choice: Choice, head: str, text: str) -> None:
    indent = len(head)
    first, *rest = drawable(text).split("\n")
    say(head + first)
    if rest:
        say_text("\n".join(rest), indent)
    for one in choice.standings:
        parts = [author_label(one.author), moment_phrase(one.at, one.is_doubtful), one.change[:8]]
        if one.shown:
            parts.append(t("se ve ahora"))
        if one.deletes:
            parts.append(t("con esto lo borró"))
        say(" " * (indent + 2) + " · ".join(parts))
        if not difference.is_of_deletion:
            say(" " * (indent + 2) + _had_seen(difference, one))
        for entity, field, value in one.words:
            say_text(drawable(words_label(kind_of(entity), field, value)), indent + 2)


def _had_seen(difference: Difference, one: Standing) -> str:
    entity, field = difference.place
    if not one.seen:
        return t("había visto: {values}", values=_label(entity, field, seen_default(kind_of(entity), field)))
    values = [f"{_label(entity, field, seen.value)} ({author_label(seen.author)})" for seen in one.seen]
    return t("había visto: {values}", values="; ".join(values))


def _label(entity: str, field: str, value: Any) -> str:
    """A value in few words, with the status' mark."""
    return _with_mark(field, value, shorten(value_phrase(entity, field, value)))


def _with_mark(field: str, value: Value, text: str) -> str:
    """A value's words, before them the mark of a status that is known; a newer version may write any other value."""
    is_known = field == "status" and isinstance(value, str) and value in MARKS
    return f"{MARKS[Status(str(value))]} {text}" if is_known else text


def _undrawn(difference: Difference) -> list[str]:
    """The values as texts, with all that is in them."""
    kind = kind_of(difference.entity)
    return [value_label(kind, difference.field, choice.value) for choice in difference.choices]


def _texts(difference: Difference) -> list[str]:
    kind = kind_of(difference.entity)
    if difference.is_of_deletion:
        return [kept_label(choice.value is False) for choice in difference.choices]
    field = difference.field
    return [
        _with_mark(field, choice.value, drawable(value_label(kind, field, choice.value)))
        for choice in difference.choices
    ]


def _marked(difference: Difference) -> Sequence[str]:
    """The values as texts, with the words that differ between signs."""
    from gealc_tui.domain.word_difference import parts

    found = []
    if difference.is_of_deletion:
        return _texts(difference)
    for place, row in enumerate(parts(_texts(difference))):
        before, after = ("[-", "-]") if place == 0 else ("{+", "+}")
        found.append("".join(f"{before}{part.text}{after}" if part.differs else part.text for part in row))
    return found


# --- for programs ------------------------------------------------------------------------------------------------


def _facts(replica: Replica, one: Difference) -> dict[str, Any]:
    return {
        **_place_facts(replica, one),
        "entity": one.entity,
        "field": one.field,
        "values": values_facts(one),
    }


def values_facts(difference: Difference) -> list[dict[str, Any]]:
    """The values of a difference as JSON tells them; `number` is what `settle --take` takes."""
    return [
        {
            **_said_facts(one),
            "change": one.change,
            "number": number,
            "shown": one.shown,
            "deletes": one.deletes,
            "unseen": [{"entity": entity, "field": field, "value": value} for entity, field, value in one.words],
            "seen": [_said_facts(seen) for seen in one.seen],
        }
        for number, choice in enumerate(difference.choices, 1)
        for one in choice.standings
    ]


def _said_facts(one: Standing | Seen) -> dict[str, Any]:
    return {
        "value": one.value,
        "author": one.author.name,
        "country": one.author.country,
        "at": instant(one.at),
    }


def _place_facts(replica: Replica, difference: Difference) -> dict[str, Any]:
    """The activity or area that a difference concerns, also if it is deleted."""
    kind = kind_of(difference.entity)
    place = f"activity/{difference.activity}" if difference.activity is not None else difference.entity
    if difference.activity is None and kind != "area":
        return {"id": None, "code": None, "title": None}
    shown = replica.read.state_of(place)
    return {"id": local_id(place), "code": shown.get("code"), "title": shown.get("title")}


# --- settle ------------------------------------------------------------------------------------------------------


def settle_fault(args: Namespace) -> str | None:
    """What is wrong with the arguments of settle together; None: nothing."""
    is_one = args.take is not None or args.value is not None
    if is_one and (args.ref is None or args.field is None):
        return t("con --take y --write hacen falta la referencia y el campo")
    if is_one and args.activity is not None:
        return t("--activity va con --shown, --from o --others")
    if not is_one and args.ref is not None:
        return t("la referencia y el campo van con --take o --write; para toda una actividad, --activity")
    if args.shown and args.activity is None:
        return t("--shown necesita --activity")
    return None


def settled(replica: Replica, args: Namespace) -> Committed | None:
    """Does what settle asks for: one difference, or many at once."""
    from gealc_tui.commands import activities, differences, fields

    if args.ref is not None:
        entity = replica.resolve(fields.clean(args.ref))
        if args.take is not None:
            return differences.take(replica, entity, args.field, args.take)
        return differences.write(replica, entity, args.field, args.value)
    activity = None if args.activity is None else activities.activity_ref(replica, args.activity)
    if args.shown and activity is not None:
        return differences.take_shown(replica, activity)
    if args.author is not None:
        return differences.take_theirs(replica, differences.author_ref(replica, args.author), activity)
    return differences.take_others(replica, differences.author_ref(replica, args.others), activity)
