"""Cities that meetings take their hour from, and the clocks of the members and of countries that observe.

Only names that the zone database does not have itself, or has for another place. Names are written as `zones.key_of`
leaves them: without accents, case and points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

CLOCKS: Mapping[str, str] = {
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
    "PR": "America/Puerto_Rico",
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
"""The zone of each country's capital: what "hora de Chile" means."""

SEVERAL_CLOCKS: Mapping[str, tuple[str, ...]] = {
    "BR": (),
    "CA": ("Ottawa", "Toronto", "Winnipeg", "Vancouver"),
    "CL": (),
    "EC": (),
    "ES": (),
    "MX": (),
    "PT": (),
    "US": ("Washington", "Chicago", "Denver", "Los Angeles"),
}
"""Countries that live by several clocks. Of those with cities here nobody can say which one the country's name means;
in the others it is the capital's."""

COUNTRIES: Mapping[str, str] = {
    "brasil": "BR",
    "eeuu": "US",
    "ee uu": "US",
    "puerto rico": "PR",
    "rd": "DO",
    "rep dominicana": "DO",
    "uk": "GB",
    "us": "US",
    "usa": "US",
}
"""What countries are called beside their names."""

_NAMES: Mapping[str, str] = {
    "AG": "saint john's; st john's",
    "AR": "bahia blanca; caba; capital federal; ciudad de buenos aires; cordoba; la plata; mar del plata;"
    "neuquen;"
    "parana; posadas; resistencia; rosario; san miguel de tucuman; santa fe",
    "BO": "cochabamba; el alto; oruro; potosi; santa cruz; santa cruz de la sierra; sucre; tarija",
    "BR": "belo horizonte; brasilia; campinas; curitiba; florianopolis; goiania; porto alegre; rio; rio de janeiro;"
    "sampa; vitoria",
    "BB": "bridgetown",
    "BZ": "belmopan; belize city; ciudad de belice",
    "CA": "ottawa; montreal; quebec",
    "CL": "antofagasta; concepcion de chile; iquique; la serena; santiago de chile; temuco; valparaiso; vina del mar",
    "CO": "barranquilla; bogota dc; bucaramanga; cali; cartagena; cartagena de indias; medellin; pereira; santa marta",
    "CR": "san jose; alajuela; heredia",
    "CU": "la habana; la havane; santiago de cuba",
    "DM": "roseau",
    "DO": "santiago de los caballeros; punta cana",
    "EC": "quito; cuenca; guayas; manta; loja",
    "ES": "barcelona de espana; bilbao; sevilla; zaragoza",
    "GD": "saint george's; st george's",
    "GT": "antigua guatemala; ciudad de guatemala; cidade da guatemala; guatemala city; quetzaltenango",
    "GY": "georgetown",
    "HN": "comayagua; la ceiba; san pedro sula",
    "HT": "porto principe; puerto principe",
    "JM": "kingston; montego bay",
    "KN": "basseterre",
    "LC": "castries",
    "MX": "cdmx; ciudad de mexico; cidade do mexico; df; guadalajara; leon de los aldama; mexico;"
    "mexico city;"
    "mexico df; morelia; oaxaca; puebla; queretaro; san luis potosi; toluca; veracruz",
    "PA": "ciudad de panama; cidade do panama; panama city",
    "PE": "arequipa; chiclayo; cusco; cuzco; iquitos; piura; trujillo del peru",
    "PT": "lisboa; lisbonne; oporto; porto",
    "PY": "asuncion; ciudad del este; encarnacion",
    "SR": "paramaribo",
    "SV": "san salvador; santa tecla",
    "TT": "port d'espagne; port of spain; puerto espana",
    "US": "atlanta; boston; miami; nueva york; philadelphia; washington; washington dc",
    "UY": "colonia del sacramento; maldonado; montevideo; punta del este; salto",
    "VC": "kingstown",
    "VE": "ciudad guayana; maracaibo; maracay; san cristobal",
}

_BY_ZONE: Mapping[str, str] = {
    "America/Bahia": "salvador; salvador de bahia",
    "America/Chicago": "dallas; houston; nueva orleans; san antonio",
    "America/Los_Angeles": "san francisco; seattle",
    "America/Manaus": "amazonas",
    "America/Mazatlan": "la paz baja california; los cabos",
    "America/Noronha": "fernando de noronha",
    "America/Punta_Arenas": "magallanes",
    "Atlantic/Canary": "canarias; las palmas",
    "Pacific/Easter": "isla de pascua; rapa nui",
}

CITIES: Mapping[str, str] = {
    name.strip(): clock
    for names, clock in (
        *((names, CLOCKS[country]) for country, names in _NAMES.items()),
        *((names, zone) for zone, names in _BY_ZONE.items()),
    )
    for name in names.split(";")
}
"""The zone of a city."""

COUNTRY_OF_CITY: Mapping[str, str] = {
    name.strip(): country for country, names in _NAMES.items() for name in names.split(";")
}


class Namesake(NamedTuple):
    """One of several places of the same name."""

    name: str
    country: str
    zone: str


def _several() -> Iterator[tuple[str, tuple[Namesake, ...]]]:
    for name, places in (
        ("Barcelona", (("ES", ""), ("VE", ""))),
        ("Concepción", (("CL", ""), ("PY", ""))),
        ("Granada", (("ES", ""), ("GD", ""), ("NI", ""))),
        ("León", (("ES", ""), ("MX", ""), ("NI", ""))),
        ("Mérida", (("ES", ""), ("MX", "America/Merida"), ("VE", ""))),
        ("San Juan", (("AR", "America/Argentina/San_Juan"), ("PR", ""))),
        ("San Luis", (("AR", "America/Argentina/San_Luis"), ("MX", "America/Hermosillo"))),
        ("Santa Ana", (("SV", ""), ("US", "America/Los_Angeles"))),
        ("St. Johns", (("AG", ""), ("CA", "America/St_Johns"))),
        ("Trujillo", (("ES", ""), ("HN", ""), ("PE", ""), ("VE", ""))),
        ("Valencia", (("ES", ""), ("VE", ""))),
        ("Victoria", (("CA", "America/Vancouver"), ("CL", ""), ("MX", "America/Monterrey"))),
    ):
        yield name, tuple(Namesake(name, country, zone or CLOCKS[country]) for country, zone in places)


SEVERAL: Mapping[str, tuple[Namesake, ...]] = dict(_several())
"""Places that bear a name which others bear too, and live by other clocks; by that name as it is printed."""
