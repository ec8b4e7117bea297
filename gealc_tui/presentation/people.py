"""What there is to say of people before one accepts them, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from gealc_tui.domain.lookalikes import KnownNames, Likeness, Resemblance
from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.vocabulary import Role, Trust
from gealc_tui.i18n import in_every_language, t
from gealc_tui.i18n.labels import ROLE_NAMES
from gealc_tui.i18n.naming import person_label


def known_names(people: Iterable[PersonReading]) -> KnownNames:
    """The names that a stranger may resemble."""
    return KnownNames(people, in_every_language(ROLE_NAMES[Role.SECRETARIAT]))


def cautions(known: KnownNames, name: str, role: str | None) -> list[str]:
    """What to be told of before accepting somebody of this name and function; usually nothing."""
    return [_caution(one) for one in known.resembled_by(name, role)]


def _caution(one: Resemblance) -> str:
    person = one.person
    who = person_label(person.replica, person.name, person.country) if person is not None else ""
    match one.likeness:
        case Likeness.SAME_NAME if person is not None and person.trust is Trust.SELF:
            return t("Atención: se llama como usted.")
        case Likeness.SAME_NAME:
            return t(
                "Atención: ya hay una persona confirmada con ese nombre ({who}). Puede ser la misma en otra"
                " computadora, u otra: pregúntele.",
                who=who,
            )
        case Likeness.SIMILAR_NAME:
            return t("Atención: el nombre se parece al de {who}, pero se escribe con otras letras.", who=who)
        case Likeness.SECRETARIAT:
            return t("Atención: dice ser la Secretaría Técnica. Nadie más lo dice: compruébelo por teléfono.")
        case _:
            assert_never(one.likeness)
