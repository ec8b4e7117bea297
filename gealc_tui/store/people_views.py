"""Views of the database for people who open it with other programs: Datasette, DB Browser, pandas, a spreadsheet.

Plain Spanish names beside the tables' English ones, instants that can be read, names of authors, labels beside codes,
joins made, and nothing of what was deleted. They are part of a numbered step, so what stands here is not edited once
it is released: a later step makes them anew. `docs/database.md` explains them.
"""

from __future__ import annotations

from collections.abc import Mapping

STATUS = {
    "pending": "Pendiente",
    "in_progress": "En curso",
    "done": "Cumplida",
    "on_hold": "Suspendida",
    "cancelled": "Cancelada",
}
PERIOD = {"S1": "Primer semestre", "S2": "Segundo semestre", "ANNUAL": "De carácter anual"}
ROLE = {
    "focal": "Punto focal",
    "secretariat": "Secretaría Técnica",
    "committee": "Comité Ejecutivo",
    "observer": "Observador",
}
BODY = {
    "working_group": "Grupo de trabajo",
    "committee": "Comité Ejecutivo",
    "assembly": "Asamblea anual",
    "other": "Otra reunión",
}
STATE = {"planned": "Prevista", "open": "Abierta", "closed": "Cerrada", "cancelled": "Cancelada"}
ITEM = {"decision": "Decisión", "commitment": "Compromiso", "noted": "Se toma nota"}
"""What the codes are called: the words of the program's own language, whatever is in force when the views are made."""

_COUNTRIES = """
VALUES
  ('AG','Antigua y Barbuda'), ('AL','Albania'), ('AM','Armenia'), ('AO','Angola'), ('AR','Argentina'),
  ('AT','Austria'), ('AZ','Azerbaiyán'), ('BA','Bosnia y Herzegovina'), ('BB','Barbados'), ('BD','Bangladés'),
  ('BE','Bélgica'), ('BG','Bulgaria'), ('BJ','Benín'), ('BO','Bolivia'), ('BR','Brasil'), ('BS','Bahamas'),
  ('BZ','Belice'), ('CA','Canadá'), ('CH','Suiza'), ('CL','Chile'), ('CN','China'), ('CO','Colombia'),
  ('CR','Costa Rica'), ('CU','Cuba'), ('CY','Chipre'), ('CZ','Chequia'), ('DE','Alemania'), ('DK','Dinamarca'),
  ('DM','Dominica'), ('DO','República Dominicana'), ('DZ','Argelia'), ('EC','Ecuador'), ('EE','Estonia'),
  ('EG','Egipto'), ('ES','España'), ('EU','Unión Europea'), ('FI','Finlandia'), ('FR','Francia'),
  ('GB','Reino Unido'), ('GD','Granada'), ('GE','Georgia'), ('GH','Ghana'), ('GQ','Guinea Ecuatorial'),
  ('GR','Grecia'), ('GT','Guatemala'), ('GY','Guyana'), ('HN','Honduras'), ('HR','Croacia'), ('HT','Haití'),
  ('HU','Hungría'), ('IDB','BID'), ('IE','Irlanda'), ('IL','Israel'), ('IN','India'), ('IS','Islandia'),
  ('IT','Italia'), ('JM','Jamaica'), ('JP','Japón'), ('KN','San Cristóbal y Nieves'), ('KR','Corea del Sur'),
  ('KZ','Kazajistán'), ('LB','Líbano'), ('LC','Santa Lucía'), ('LI','Liechtenstein'), ('LK','Sri Lanka'),
  ('LT','Lituania'), ('LU','Luxemburgo'), ('LV','Letonia'), ('MA','Marruecos'), ('MC','Mónaco'),
  ('MD','Moldavia'), ('ME','Montenegro'), ('MK','Macedonia del Norte'), ('MT','Malta'), ('MX','México'),
  ('NG','Nigeria'), ('NI','Nicaragua'), ('NL','Países Bajos'), ('NO','Noruega'), ('OAS','OEA'), ('PA','Panamá'),
  ('PE','Perú'), ('PH','Filipinas'), ('PK','Pakistán'), ('PL','Polonia'), ('PT','Portugal'), ('PY','Paraguay'),
  ('QA','Catar'), ('RO','Rumanía'), ('RS','Serbia'), ('RU','Rusia'), ('SA','Arabia Saudí'), ('SE','Suecia'),
  ('SI','Eslovenia'), ('SK','Eslovaquia'), ('SR','Surinam'), ('SV','El Salvador'), ('TH','Tailandia'),
  ('TN','Túnez'), ('TR','Turquía'), ('TT','Trinidad y Tobago'), ('UA','Ucrania'), ('US','Estados Unidos'),
  ('UY','Uruguay'), ('VA','Ciudad del Vaticano'), ('VC','San Vicente y las Granadinas'), ('VE','Venezuela'),
  ('VU','Vanuatu'), ('YE','Yemen')
"""


def _label(column: str, labels: Mapping[str, str]) -> str:
    """A code's label; a code from a newer version as it is."""
    cases = " ".join(f"WHEN '{code}' THEN '{label}'" for code, label in labels.items())
    return f"CASE {column} {cases} ELSE {column} END"


def _country(column: str) -> str:
    return f"coalesce((SELECT nombre FROM paises WHERE codigo = {column}), {column})"


def _when(column: str) -> str:
    """`2019-03-14 10:22` by the clock of the machine that asks; a clock that was beyond all years as a number."""
    return f"coalesce(strftime('%Y-%m-%d %H:%M', {column} / 1000.0, 'unixepoch', 'localtime'), {column})"


def _author(column: str) -> str:
    return (
        f"coalesce((SELECT nullif(name, '') FROM people WHERE id = {column}),"
        f" CASE WHEN {column} LIKE 'genesis%' THEN 'documento oficial' ELSE substr({column}, 1, 8) END)"
    )


def _author_country(column: str) -> str:
    return _country(f"(SELECT country FROM people WHERE id = {column})")


_ABOUT = {
    "codigo": "coalesce(a.code, w.code)",
    "sobre": "coalesce(a.title, w.title)",
    "actividad": "a.id",
}
"""What a note or agreement is about: an activity (a), or an area (w)."""

_ABOUT_JOINS = " LEFT JOIN activities a ON t.about = 'activity/' || a.id LEFT JOIN areas w ON t.about = 'area/' || w.id"


def _select(columns: Mapping[str, str], rest: str) -> str:
    return f"SELECT {', '.join(f'{sql} AS {name}' for name, sql in columns.items())} {rest}"


VIEWS: Mapping[str, str] = {
    "paises": f"SELECT column1 AS codigo, column2 AS nombre FROM ({_COUNTRIES.strip()})",
    "actividades": _select(
        {
            "actividad": "a.id",
            "plan": "p.year",
            "area_codigo": "w.code",
            "area": "w.title",
            "codigo": "a.code",
            "titulo": "a.title",
            "estado": _label("a.status", STATUS),
            "estado_codigo": "a.status",
            "avance": "a.progress",
            "periodo": _label("a.period", PERIOD),
            "periodo_codigo": "a.period",
            "plazo": "coalesce(a.due, CASE a.period WHEN 'S1' THEN p.year || '-06-30' ELSE p.year || '-12-31' END)",
            "responsable": _country("a.lead"),
            "responsable_codigo": "a.lead",
            "corresponsables": "(SELECT group_concat("
            + _country("j.value")
            + ", ', ') FROM json_each(coalesce(a.co_leads, '[]')) j)",
            "participantes": "a.participants",
            "lugar": "a.place",
            "recursos": "a.resources",
            "financiador": "a.funder",
            "unidades_hechas": "a.units_done",
            "unidades_previstas": "a.units_planned",
            "notas": "(SELECT count(*) FROM notes n WHERE n.about = 'activity/' || a.id AND NOT n.deleted)",
            "ultima_noticia": _when("a.reported"),
        },
        "FROM activities a JOIN areas w ON w.id = a.area LEFT JOIN plans p ON p.id = w.plan"
        " WHERE NOT a.deleted AND NOT w.deleted ORDER BY p.year, w.rank, a.rank, a.id",
    ),
    "productos": _select(
        {
            "codigo": "a.code",
            "sobre": "a.title",
            "actividad": "a.id",
            "producto": "t.text",
            "entregado": "t.delivered",
            "medio_de_verificacion": "t.evidence",
        },
        "FROM products t JOIN activities a ON a.id = t.activity WHERE NOT t.deleted AND NOT a.deleted"
        " ORDER BY a.area, a.rank, t.rank",
    ),
    "notas": _select(
        {
            **_ABOUT,
            "cuando": _when("t.at"),
            "autor": _author("t.author"),
            "pais": _author_country("t.author"),
            "clase": "CASE WHEN t.official THEN 'oficial' ELSE 'interna' END",
            "nota": "t.text",
        },
        f"FROM notes t{_ABOUT_JOINS} WHERE NOT t.deleted ORDER BY t.at, t.id",
    ),
    "reuniones": _select(
        {
            "reunion": "t.id",
            "fecha": "t.day",
            "hora": "t.hour",
            "ciudad": "t.city",
            "organo": _label("t.body", BODY),
            "organo_codigo": "t.body",
            "area_codigo": "w.code",
            "area": "w.title",
            "titulo": "t.title",
            "estado": _label("t.state", STATE),
            "estado_codigo": "t.state",
            "presentes": "(SELECT group_concat("
            + _country("j.value")
            + ", ', ') FROM json_each(coalesce(t.countries, '[]')) j)",
            "tomo_el_acta": _author("t.author"),
        },
        "FROM meetings t LEFT JOIN areas w ON w.id = t.area WHERE NOT t.deleted ORDER BY t.day, t.hour, t.id",
    ),
    "acuerdos": _select(
        {
            **_ABOUT,
            "clase": _label("t.kind", ITEM),
            "clase_codigo": "t.kind",
            "acuerdo": "t.text",
            "pais": _country("t.country"),
            "pais_codigo": "t.country",
            "plazo": "t.due",
            "cumplido": "(SELECT h.value ->> '$' FROM registers r JOIN heads h ON h.register = r.n"
            " WHERE r.entity = 'item/' || t.id AND r.field = 'done' AND h.shown)",
            "reunion": "t.meeting",
            "fecha_reunion": "m.day",
            "anoto": _author("t.author"),
        },
        f"FROM items t JOIN meetings m ON m.id = t.meeting{_ABOUT_JOINS}"
        " WHERE NOT t.deleted AND NOT m.deleted ORDER BY m.day, t.at, t.id",
    ),
    "personas": _select(
        {
            "persona": "t.id",
            "nombre": "t.name",
            "pais": _country("t.country"),
            "pais_codigo": "t.country",
            "funcion": _label("t.role", ROLE),
            "funcion_codigo": "t.role",
            "correo": "t.email",
        },
        "FROM people t WHERE NOT t.deleted ORDER BY t.name, t.id",
    ),
    "cambios": _select(
        {
            "cuando": _when("c.at"),
            "autor": _author("l.replica"),
            "pais": _author_country("l.replica"),
            "clase": "substr(r.entity, 1, instr(r.entity, '/') - 1)",
            "codigo": "a.code",
            "sobre": "a.title",
            "actividad": "a.id",
            "campo": "r.field",
            "valor": "CASE WHEN json_type(e.value) IN ('array', 'object') THEN e.value ELSE e.value ->> '$' END",
            "cambio": "c.id",
        },
        "FROM edits e JOIN registers r ON r.n = e.register JOIN changes c ON c.n = e.change"
        " JOIN logs l ON l.n = e.change >> 40"
        " LEFT JOIN activities a ON a.id = CASE substr(r.entity, 1, instr(r.entity, '/') - 1)"
        " WHEN 'activity' THEN substr(r.entity, 10)"
        " WHEN 'product' THEN (SELECT activity FROM products WHERE id = substr(r.entity, 9))"
        " WHEN 'note' THEN (SELECT substr(about, 10) FROM notes WHERE id = substr(r.entity, 6))"
        " WHEN 'item' THEN (SELECT substr(about, 10) FROM items WHERE id = substr(r.entity, 6)) END"
        " ORDER BY c.at, c.id, e.position",
    ),
    "diferencias": _select(
        {
            "codigo": "a.code",
            "sobre": "a.title",
            "actividad": "a.id",
            "clase": "substr(r.entity, 1, instr(r.entity, '/') - 1)",
            "campo": "r.field",
            "valor": "CASE WHEN json_type(h.value) IN ('array', 'object') THEN h.value ELSE h.value ->> '$' END",
            "autor": _author("l.replica"),
            "pais": _author_country("l.replica"),
            "cuando": _when("c.at"),
            "se_ve": "CASE WHEN h.shown THEN 'sí' ELSE 'no' END",
        },
        "FROM heads h JOIN registers r ON r.n = h.register JOIN changes c ON c.n = h.change"
        " JOIN logs l ON l.n = h.change >> 40 LEFT JOIN activities a ON r.entity = 'activity/' || a.id"
        " WHERE h.differs ORDER BY r.entity, r.field, c.at DESC",
    ),
    # The hidden column of the full-text table bears its name: `WHERE texto MATCH 'taller*'` asks it.
    "buscador": _select(
        {
            "texto": "s.search",
            "orden": "s.rank",
            "codigo": "coalesce(a.code, w.code)",
            "titulo": "coalesce(a.title, w.title)",
            "actividad": "a.id",
            "area": "coalesce(a.area, w.id)",
        },
        "FROM search s JOIN registers r ON r.n = s.rowid"
        " LEFT JOIN activities a ON r.entity = 'activity/' || a.id LEFT JOIN areas w ON r.entity = 'area/' || w.id",
    ),
}
"""Each view's name and what it selects, in the order in which they are made."""
