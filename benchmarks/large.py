"""A plan of 100,000 activities in 200 areas, as a home: written into a log and folded as any other.

It takes a minute or two, so it is kept in the temporary folder from one run to the next.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

from benchmarks import copies
from gealc_tui import paths
from gealc_tui.commands import people
from gealc_tui.domain.change import Edit
from gealc_tui.domain.vocabulary import Period
from gealc_tui.store.migrations import STEPS

AREAS, EACH = 200, 500
CODE = "117.250"
"""An activity in the middle."""

SHOWN = "Documento 228 con"
"""Words of its product, in the right pane."""

AT = 1_546_300_800_000
"""2019-01-01, UTC."""

_WHAT = (
    "Taller",
    "Estudio",
    "Reunión",
    "Relevamiento",
    "Seminario",
    "Publicación",
    "Guía",
    "Curso",
    "Encuesta",
    "Informe",
)
_ABOUT = (
    "datos abiertos",
    "firma digital",
    "interoperabilidad",
    "accesibilidad",
    "software público",
    "innovación",
    "seguridad de la información",
    "identidad electrónica",
    "trámites en línea",
    "gobierno móvil",
    "compras públicas",
)
_WHERE = ("Montevideo", "Lima", "Bogotá", "Asunción", "Ciudad de Panamá", "San José", "Quito", "Santo Domingo")
_LEADS = ("UY", "PE", "CO", "PY", "PA", "CR", "EC", "DO", "CL", "BR", "OAS", "IDB")


def home() -> paths.Home:
    """The home; made if it is not there yet."""
    folder = Path(gettempdir()) / f"gealc-benchmark-large-{STEPS[-1]}"
    if not folder.exists():
        making = folder.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        with copies.opened(paths.Home(making, making / "gealc.db")) as replica:
            replica.import_genesis(list(_changes()), AT)
            people.introduce(replica, "Ana", "UY", "focal")
        making.rename(folder)
    home = paths.Home(folder, folder / "gealc.db")
    with copies.opened(home) as replica:
        replica.set_setting("last_activity", f"2019/{CODE}")
    return home


def _changes() -> Iterator[tuple[Edit, ...]]:
    yield (Edit("plan/2019", "year", 2019), Edit("plan/2019", "title", "Plan de trabajo 2019"))
    for area in range(1, AREAS + 1):
        entity = f"area/2019/{area}"
        yield (
            Edit(entity, "plan", "2019"),
            Edit(entity, "code", str(area)),
            Edit(entity, "title", f"{_ABOUT[area % len(_ABOUT)].capitalize()} {area}"),
            Edit(entity, "position", area),
        )
        for number in range(1, EACH + 1):
            yield tuple(_activity(area, number))


def _activity(area: int, number: int) -> Iterator[Edit]:
    n = area * EACH + number
    id = f"2019/{area}.{number}"
    about = f"{_ABOUT[n * 7 % len(_ABOUT)]} en {_WHERE[n * 5 % len(_WHERE)]}"
    for field, value in {
        "area": f"2019/{area}",
        "code": f"{area}.{number}",
        "title": f"{_WHAT[n * 3 % len(_WHAT)]} {n % 97} sobre {about}",
        "position": number,
        "period": tuple(Period)[n % 3].value,
        "lead": _LEADS[n % len(_LEADS)] if n % 4 else None,
        "place": _WHERE[n % len(_WHERE)],
        "status": ("in_progress", "done")[n % 2] if n % 3 == 0 else None,
    }.items():
        if value is not None:
            yield Edit(f"activity/{id}", field, value)
    product = f"product/{id}/1"
    yield Edit(product, "activity", id)
    yield Edit(product, "text", f"Documento {n % 1009} con los resultados y las recomendaciones")
    yield Edit(product, "position", 1)
