"""What a person should have read before they confirm somebody, or rely on whom somebody vouches for.

It says who it is, by which way they came, which numbers to compare and why, and what follows from yes and from no.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.verification import verification_digits
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import country_name, role_label
from gealc_tui.i18n.naming import person_label, short_name
from gealc_tui.plain import drawable
from gealc_tui.presentation.people import cautions, known_names
from gealc_tui.sync.outcomes import LogOutcome, MergeReport
from gealc_tui.tui.report import report_text


def stranger_lines(
    replica: str, name: str, country: str | None, role: str | None, n: int, people: Iterable[PersonReading]
) -> list[RenderableType]:
    """Who says to have written `n` changes, and the numbers by which one finds out whether it is true."""
    said = [short_name(replica, name, 40) if name else t("alguien que todavía no dijo su nombre")]
    said += [drawable(country_name(country))] if country else []
    if role and role_label(role) not in said:
        said.append(role_label(role))
    return [
        Text(t("Dice ser: {who}", who=" · ".join(said)), "bold"),
        Text(tn("Trae {n} cambio.", "Trae {n} cambios.", n)),
        *(Text(f"! {one}", "bold") for one in cautions(known_names(people), name, role)),
        Text.assemble(t("Llame y compare sus números:"), "  ", (verification_digits(replica), "bold")),
    ]


def why_compare() -> Text:
    """Why numbers are compared."""
    return Text(t("Un nombre lo escribe cualquiera; estos números, sólo quien tiene su clave."), "dim")


def newcomers_lines(strangers: Sequence[LogOutcome], people: Sequence[PersonReading]) -> list[RenderableType]:
    """The strangers whose words a file brings, each once, whatever the number of pieces in which it brings them."""
    by_replica: dict[str, list[LogOutcome]] = {}
    for one in strangers:
        by_replica.setdefault(one.replica, []).append(one)
    lines: list[RenderableType] = []
    for replica, pieces in by_replica.items():
        said = next((one for one in pieces if one.name), pieces[0])
        n = sum(one.new for one in pieces)
        lines += [*stranger_lines(replica, said.name, said.country, said.role, n, people), Text("")]
    return [*lines, why_compare()]


def confirming_text(
    person: PersonReading, people: Sequence[PersonReading], senders: Sequence[str], would: MergeReport
) -> Group:
    """What is read before the answer; `would` is what would come of a yes, `senders` sent what waits."""
    known = {one.replica: one for one in people}
    lines = stranger_lines(person.replica, person.name, person.country, person.role, person.aside, people)
    others = [known[one] for one in senders if one in known and one != person.replica]
    if others:
        who = ", ".join(person_label(one.replica, one.name, one.country) for one in others)
        lines.insert(2, Text(t("Llegó en un archivo de {who}.", who=who)))
    return Group(
        *lines,
        why_compare(),
        Text(""),
        Text(t("Si confirma, esto entra en el plan, y también lo que envíe después:")),
        report_text(would, done=False),
        Text(""),
        Text(t("Si no, espera: nada se pierde, y se puede confirmar otro día."), "dim"),
    )


def vouching_text(voucher: str, people: Iterable[PersonReading], listed: Iterable[str]) -> Group:
    """Whom one would confirm by relying on somebody's list."""
    known = {one.replica: one for one in people}
    names = [person_label(one, known[one].name, known[one].country) for one in sorted(listed) if one in known]
    lines = [
        Text(t("Quedan confirmadas las personas que {who} avale, ahora y más adelante.", who=voucher)),
        Text(t("Usted ya no compara los números de ellas: se fía de quien las avala."), "dim"),
        Text(""),
    ]
    if names:
        lines += [Text(t("Hoy avala a:"), "bold"), *(Text(f"  {name}") for name in names)]
    else:
        lines.append(Text(t("Hoy no avala a nadie que haya escrito aquí.")))
    return Group(*lines)
