"""By which clock a city lives: `Quito` is `America/Guayaquil`.

People say "9 am, hora de Quito"; a calendar wants the name of a zone. Promise: a city that is not known has none, and
nobody's clock is put in its place.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from functools import cache

from gealc_tui.i18n.labels import country_by_name, fold

_CAPITALS: Mapping[str, str] = {
    "AG": "America/Antigua",
    "AR": "America/Argentina/Buenos_Aires",
    "BB": "America/Barbados",
    "BO": "America/La_Paz",
    "BR": "America/Sao_Paulo",
    "BS": "America/Nassau",
    "BZ": "America/Belize",
    "CA": "America/Toronto",
    "CL": "America/Santiago",
    "CO": "America/Bogota",
    "CR": "America/Costa_Rica",
    "CU": "America/Havana",
    "DM": "America/Dominica",
    "DO": "America/Santo_Domingo",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FR": "Europe/Paris",
    "GD": "America/Grenada",
    "GT": "America/Guatemala",
    "GY": "America/Guyana",
    "HN": "America/Tegucigalpa",
    "HT": "America/Port-au-Prince",
    "JM": "America/Jamaica",
    "KN": "America/St_Kitts",
    "LC": "America/St_Lucia",
    "MX": "America/Mexico_City",
    "NI": "America/Managua",
    "PA": "America/Panama",
    "PE": "America/Lima",
    "PT": "Europe/Lisbon",
    "PY": "America/Asuncion",
    "SR": "America/Paramaribo",
    "SV": "America/El_Salvador",
    "TT": "America/Port_of_Spain",
    "US": "America/New_York",
    "UY": "America/Montevideo",
    "VC": "America/St_Vincent",
    "VE": "America/Caracas",
}
"""The zone of each member's capital, for those who say "hora de Chile"."""

_CITIES: Mapping[str, str] = {
    "asuncion": "PY",
    "barranquilla": "CO",
    "basseterre": "KN",
    "belmopan": "BZ",
    "brasilia": "BR",
    "bridgetown": "BB",
    "cali": "CO",
    "cartagena": "CO",
    "castries": "LC",
    "ciudad de guatemala": "GT",
    "ciudad de mexico": "MX",
    "ciudad de panama": "PA",
    "cidade da guatemala": "GT",
    "cidade do mexico": "MX",
    "cidade do panama": "PA",
    "cordoba": "AR",
    "georgetown": "GY",
    "guadalajara": "MX",
    "guatemala city": "GT",
    "kingston": "JM",
    "kingstown": "VC",
    "la habana": "CU",
    "la havane": "CU",
    "lisboa": "PT",
    "medellin": "CO",
    "mexico": "MX",
    "mexico city": "MX",
    "mexico df": "MX",
    "miami": "US",
    "monterrey": "MX",
    "nueva york": "US",
    "ottawa": "CA",
    "panama city": "PA",
    "port d'espagne": "TT",
    "porto principe": "HT",
    "puerto espana": "TT",
    "puerto principe": "HT",
    "quito": "EC",
    "rio de janeiro": "BR",
    "roseau": "DM",
    "rosario": "AR",
    "saint john's": "AG",
    "san jose": "CR",
    "san pedro sula": "HN",
    "san salvador": "SV",
    "santa cruz": "BO",
    "santa cruz de la sierra": "BO",
    "santiago de chile": "CL",
    "st. george's": "GD",
    "st. john's": "AG",
    "sucre": "BO",
    "washington": "US",
    "washington d.c.": "US",
    "washington dc": "US",
    "washington, d.c.": "US",
    "washington, dc": "US",
}
"""Cities that no zone is named after, or that have another name in our languages."""

_AMERICA = "America/"


def zone_of(city: str | None) -> str | None:
    """The IANA zone of a city, or of a country's capital; None for what is not known."""
    if not city or not city.strip():
        return None
    wanted = " ".join(fold(city).split())
    if wanted in _CITIES:
        return _CAPITALS[_CITIES[wanted]]
    if (found := _named_after_cities().get(wanted)) is not None:
        return found
    country = country_by_name(city)
    return _CAPITALS.get(country) if country is not None else None


@cache
def _named_after_cities() -> Mapping[str, str]:
    """`lima`: `America/Lima`, `buenos aires`: `America/Argentina/Buenos_Aires`; those of America before all others."""
    found: dict[str, str] = {}
    for name in sorted(zoneinfo.available_timezones(), key=lambda one: (not one.startswith(_AMERICA), -len(one), one)):
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "US/")):
            found.setdefault(fold(name.rpartition("/")[2].replace("_", " ")), name)
    return found
