"""Commands about the copy as a whole: fingerprint, words, dump, verify, rebuild."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from gealc_tui.cli.output import Exit, complain, say, say_json, write
from gealc_tui.domain.change import canonical
from gealc_tui.domain.verification import verification_digits, verification_groups
from gealc_tui.i18n import N_, t, tn

if TYPE_CHECKING:
    from gealc_tui.paths import Home
    from gealc_tui.replica import Replica

_GROUP = 4

_FAULT = {
    "file": N_("el archivo de la base está dañado"),
    "hash": N_("un cambio no es el que dice su identificador"),
    "chain": N_("un cambio no sigue al anterior"),
    "signature": N_("una firma no corresponde"),
    "genesis": N_("el documento oficial no es el que dice su identificador"),
    "missing": N_("falta un cambio"),
    "view": N_("una vista no es lo que dicen los cambios"),
    "value": N_("un valor no se puede leer"),
    "edits": N_("un cambio escribe dos veces lo mismo"),
    "local": N_("algo propio de esta copia no se puede leer"),
}


def fingerprint(replica: Replica, args: Namespace) -> int:
    whole = replica.fingerprint()
    if args.json:
        say_json({"hash": whole, "words": list(verification_groups(whole))})
        return Exit.DONE
    # For the telephone, as the exchange screen shows it; below, the whole.
    say(verification_digits(whole))
    say(" ".join(whole[start : start + _GROUP] for start in range(0, len(whole), _GROUP)))
    return Exit.DONE


def words(home: Home, args: Namespace) -> int:
    """The lists of words of which verification consists, by language: none, since it is digits."""
    if args.json:
        say_json({})
    else:
        say(t("Se compara por números, iguales en todos los idiomas: no hay listas de palabras."))
    return Exit.DONE


def dump(replica: Replica, args: Namespace) -> int:
    write(canonical(replica.dump()).decode() + "\n")
    return Exit.DONE


def verify(replica: Replica, args: Namespace) -> int:
    faults = replica.verify()
    if not faults:
        say(t("Todo está en orden."))
        return Exit.DONE
    for kind, place in faults:
        say(f"{t(_FAULT[kind]) if kind in _FAULT else kind}: {place}")
    n = len(faults)
    if all(fault.kind == "view" for fault in faults):
        complain(tn("Hay {n} falla. La corrige gealc rebuild.", "Hay {n} fallas. Las corrige gealc rebuild.", n))
    else:
        complain(
            tn(
                "Hay {n} falla. Guarde una copia de la base; gealc backups muestra las de antes, y gealc restore pone"
                " una en su lugar.",
                "Hay {n} fallas. Guarde una copia de la base; gealc backups muestra las de antes, y gealc restore pone"
                " una en su lugar.",
                n,
            )
        )
    return Exit.REFUSED


def rebuild(replica: Replica, args: Namespace) -> int:
    replica.rebuild()
    say(t("Las vistas están rehechas."))
    return Exit.DONE
