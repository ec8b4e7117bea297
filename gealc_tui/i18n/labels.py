"""What the codes of the plan are called: the field's own words, spelled in the language in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from gealc_tui.domain.change import Value
from gealc_tui.domain.fields import MOVES, FieldType, field_of
from gealc_tui.domain.meetings import LEFT_OUT
from gealc_tui.domain.moment import MomentKind
from gealc_tui.domain.readings import Mark
from gealc_tui.domain.series import Series, read_series
from gealc_tui.domain.translations import language_of, original_of
from gealc_tui.domain.vocabulary import (
    Alert,
    ItemKind,
    MeetingBody,
    MeetingState,
    Period,
    PlanState,
    ProposalState,
    Role,
    Status,
    Trust,
)
from gealc_tui.i18n import LANGUAGES, N_, countries, in_every_language, language, number, t, tn
from gealc_tui.i18n import NAMES as LANGUAGE_NAMES
from gealc_tui.i18n.months import NAMES
from gealc_tui.plain import folded

# Marks are in WGL4, which old console fonts have too. A mark always stands beside its colour.
MARKS: Mapping[Status, str] = {
    Status.PENDING: "○",
    Status.IN_PROGRESS: "≈",
    Status.DONE: "●",
    Status.ON_HOLD: "■",
    Status.CANCELLED: "×",
}
OVERDUE_MARK = "!"
DIFFERENCE_MARK = "≠"

STATUS_NAMES = {
    Status.PENDING: N_("Pendiente"),
    Status.IN_PROGRESS: N_("En curso"),
    Status.DONE: N_("Cumplida"),
    Status.ON_HOLD: N_("Suspendida"),
    Status.CANCELLED: N_("Cancelada"),
}

PERIOD_NAMES = {
    Period.S1: N_("Primer semestre"),
    Period.S2: N_("Segundo semestre"),
    Period.ANNUAL: N_("De carácter anual"),
}

ROLE_NAMES = {
    Role.FOCAL: N_("Punto focal"),
    Role.SECRETARIAT: N_("Secretaría Técnica"),
    Role.COMMITTEE: N_("Comité Ejecutivo"),
    Role.OBSERVER: N_("Observador"),
}

_ALERT = {
    Alert.OVERDUE: N_("Vencida"),
    Alert.DUE_SOON: N_("Por vencer"),
    Alert.UNREPORTED: N_("Sin reporte"),
}

_TRUST = {
    Trust.SELF: N_("usted"),
    Trust.ACCEPTED: N_("confirmada"),
    Trust.STRANGER: N_("por confirmar"),
    Trust.BLOCKED: N_("bloqueada"),
}

_FIELD = {
    "title": N_("Actividad"),
    "year": N_("Año"),
    "code": N_("Código"),
    "area": N_("Área de trabajo"),
    "objective": N_("Objetivo"),
    "period": N_("Período"),
    "participants": N_("Participantes"),
    "place": N_("Lugar"),
    "resources": N_("Recursos"),
    "funder": N_("Financiador"),
    "lead": N_("Responsable"),
    "co_leads": N_("Corresponsables"),
    "due": N_("Plazo"),
    "status": N_("Estado"),
    "progress": N_("Avance (%)"),
    "units_done": N_("Unidades hechas"),
    "units_planned": N_("Unidades previstas"),
    "delivered": N_("Entregado"),
    "evidence": N_("Medio de verificación"),
    "name": N_("Nombre"),
    "country": N_("País"),
    "role": N_("Función"),
    "email": N_("Correo"),
    "official": N_("Nota oficial"),
    "deleted": N_("Borrado"),
    "withdrawn": N_("Motivo"),
    "reason": N_("Motivo"),
    "day": N_("Fecha"),
    "hour": N_("Hora"),
    "city": N_("Hora de"),
    "state": N_("Estado del plan"),
    "body": N_("De quién es el plan"),
    "origin": N_("Continúa el área"),
    "since": N_("Cambiadas desde"),
    "position": N_("Orden"),
    "about": N_("Sobre qué"),
    "deleted_seen": N_("Borrado"),
    "order": N_("Orden"),
    "units": N_("Unidades entregadas"),
}

_FIELD_OF_KIND = {
    ("area", "title"): N_("Área de trabajo"),
    ("product", "activity"): N_("Actividad"),
    ("area", "plan"): N_("Plan de trabajo"),
    ("plan", "deleted"): N_("Plan retirado"),
    ("area", "deleted"): N_("Área retirada"),
    ("activity", "deleted"): N_("Actividad retirada"),
    ("product", "deleted"): N_("Producto retirado"),
    ("note", "deleted"): N_("Nota borrada"),
    ("item", "deleted"): N_("Acuerdo borrado"),
    ("meeting", "deleted"): N_("Reunión borrada"),
    ("plan", "title"): N_("Plan de trabajo"),
    ("product", "text"): N_("Producto"),
    ("note", "text"): N_("Nota"),
    ("item", "text"): N_("Acuerdo"),
    ("item", "kind"): N_("Clase de acuerdo"),
    ("item", "done"): N_("Compromiso cumplido"),
    ("meeting", "title"): N_("Reunión"),
    ("meeting", "state"): N_("Reunión"),
    ("meeting", "body"): N_("Órgano"),
    ("meeting", "countries"): N_("Países presentes"),
    ("meeting", "agenda"): N_("Orden del día"),
    ("meeting", "plan"): N_("Plan"),
    ("plan", "year"): N_("Año"),
    ("plan", "preamble"): N_("Antecedentes"),
    ("plan", "masthead"): N_("Encabezamiento"),
    ("plan", "source"): N_("Documento"),
    ("plan", "source_sha256"): N_("Huella del documento"),
    ("plan", "importer"): N_("Lector del documento"),
    ("item", "meeting"): N_("Reunión"),
    ("amendment", "plan"): N_("Plan de trabajo"),
    ("amendment", "meeting"): N_("Reunión"),
    ("amendment", "withdrawn"): N_("Motivo retirado"),
    ("activity", "series"): N_("Serie"),
    ("activity", "depends"): N_("Depende de"),
    ("occurrence", "held"): N_("Realizada"),
    ("occurrence", "meeting"): N_("Reunión"),
    ("occurrence", "due"): N_("Plazo"),
    ("occurrence", "reason"): N_("Motivo"),
    ("moment", "kind"): N_("Momento"),
    ("handover", "role"): N_("Función traspasada"),
    ("handover", "to"): N_("Función traspasada"),
    ("handover", "deleted"): N_("Función traspasada"),
    ("late", "state"): N_("Después del cierre"),
    ("proposal", "plan"): N_("Plan de trabajo"),
    ("proposal", "edits"): N_("Propuesta"),
    ("proposal", "reason"): N_("Propuesta"),
    ("proposal", "state"): N_("Propuesta"),
    ("proposal", "word"): N_("Respuesta"),
    ("proposal", "deleted"): N_("Propuesta borrada"),
    ("plan", "state"): N_("Estado del plan"),
    ("activity", "origin"): N_("Continúa la actividad"),
    ("plan", "origin"): N_("Continúa el plan"),
    **dict.fromkeys(
        [("observation", field) for field in ("kind", "line", "text", "related")], N_("Observación del documento")
    ),
}

MOMENT_NAMES = {
    MomentKind.APPROVAL: N_("Aprobación del plan"),
    MomentKind.CLOSING: N_("Cierre de una reunión"),
    MomentKind.PERIOD: N_("Cierre de un período"),
}
PROPOSAL_NAMES = {
    ProposalState.OPEN: N_("Por decidir"),
    ProposalState.ACCEPTED: N_("Se acepta"),
    ProposalState.DECLINED: N_("No se acepta"),
    ProposalState.WITHDRAWN: N_("Retirada por su autor"),
}

_OBSERVATION = {
    "duplicate_code": N_("El código ya está en otra actividad."),
    "out_of_order": N_("El código está fuera de orden."),
    "misplaced_code": N_("El código no corresponde al área en la que está."),
    "repeated_title": N_("El título se repite en otra actividad."),
    "heading_variant": N_("El título del período está escrito de otra manera."),
    "label_variant": N_("La etiqueta está escrita de otra manera."),
    "repeated_label": N_("La etiqueta está dos veces."),
    "empty_label": N_("La etiqueta no tiene texto."),
    "unread_label": N_("Una etiqueta que no se puso en ningún campo."),
    "missing_product": N_("No tiene producto."),
    "several_products": N_("Varios productos en una línea."),
    "trailing_comma": N_("El texto termina en coma."),
    "unlabelled_line": N_("Una línea sin etiqueta: ¿de quién es? Pregunta para la Secretaría."),
    "second_value": N_("La misma etiqueta por segunda vez: ¿de quién es? Pregunta para la Secretaría."),
    "doubtful_value": N_("No se sabe de qué actividad es. Pregunta para la Secretaría."),
    "doubtful_lead": N_("No se sabe de qué actividad es responsable. Pregunta para la Secretaría."),
    "quantity_in_words": N_("Una cantidad escrita en palabras."),
    "ambiguous_frequency": N_("«Bimensual» es ambiguo: ¿dos veces al mes o cada dos meses?"),
    "unreadable_date": N_("La fecha del documento no existe."),
    "closing_text": N_("Texto después de las áreas."),
    "no_dates": N_("El documento no trae fechas, montos ni estados de las actividades."),
    "tracked_insertion": N_("Un cambio con control de cambios agregó esto; cuenta."),
    "tracked_deletion": N_("Un cambio con control de cambios quitó esto; no cuenta."),
    "comment": N_("Un comentario al margen."),
    "footnote": N_("Una nota al pie, que no se puso en ningún campo."),
    "text_box": N_("Un cuadro de texto, que no se puso en ningún campo."),
    "picture": N_("Una imagen, que no se lee."),
    "page_margin": N_("Un encabezado o pie de página."),
    "hidden_text": N_("Texto oculto, que no se leyó."),
    "link": N_("Un vínculo lleva a otra parte de lo que dice."),
    "external": N_("Algo que está fuera del documento, y no se trajo."),
    "macro": N_("El documento trae un programa (macro), que no se ejecutó."),
}

_BACKUP = {
    "daily": N_("del día"),
    "merge": N_("antes de recibir cambios"),
    "restore": N_("antes de restaurar"),
    "migrate": N_("antes de una versión nueva"),
    "asked": N_("a pedido"),
    "replaced": N_("base reemplazada por otro programa"),
    "damaged": N_("base dañada, como se encontró"),
}

MEETING_BODY_NAMES = {
    MeetingBody.WORKING_GROUP: N_("Grupo de trabajo"),
    MeetingBody.COMMITTEE: N_("Comité Ejecutivo"),
    MeetingBody.ASSEMBLY: N_("Asamblea anual"),
    MeetingBody.OTHER: N_("Otra reunión"),
}

_MEETING_STATE = {
    MeetingState.PLANNED: N_("Prevista"),
    MeetingState.OPEN: N_("Abierta"),
    MeetingState.CLOSED: N_("Cerrada"),
    MeetingState.CANCELLED: N_("Cancelada"),
}

_PLAN_STATE = {
    PlanState.DRAFT: N_("Borrador"),
    PlanState.FOR_APPROVAL: N_("Por aprobar"),
    PlanState.APPROVED: N_("Aprobado"),
    PlanState.CLOSED: N_("Cerrado"),
}


_DAYS = frozenset(
    (("item", "due"), ("item", "done"), ("meeting", "day"), ("occurrence", "held"), ("occurrence", "due"))
)
"""Fields that hold a day, of kinds that have no card (`domain.fields`)."""

_ITEM = {
    ItemKind.DECISION: N_("Decisión"),
    ItemKind.COMMITMENT: N_("Compromiso"),
    ItemKind.NOTED: N_("Se toma nota"),
}

_MARK = {
    Mark.NO_AREA: N_("sin área"),
    Mark.NO_PLAN: N_("sin plan"),
    Mark.WITHDRAWN: N_("retirada, con actividades adentro"),
    Mark.CONTESTED: N_("retirada; alguien escribió sin verlo"),
}

_BODY = {"OAS": N_("OEA"), "IDB": N_("BID")}


def status_label(status: Status) -> str:
    return t(STATUS_NAMES[status])


def period_label(period: Period) -> str:
    return t(PERIOD_NAMES[period])


def role_label(role: str) -> str:
    """A role from a newer version is shown as its code."""
    return t(ROLE_NAMES[Role(role)]) if role in ROLE_NAMES else role


def alert_label(alert: Alert) -> str:
    return t(_ALERT[alert])


def body_label(body: MeetingBody) -> str:
    """A kind of body that meets."""
    return t(MEETING_BODY_NAMES[body])


def state_label(state: MeetingState) -> str:
    """Of a meeting."""
    return t(_MEETING_STATE[state])


def plan_state_label(state: str) -> str:
    """How far a plan is; a state from a newer version is shown as its code."""
    return t(_PLAN_STATE[PlanState(state)]) if state in _PLAN_STATE else state


def item_label(kind: ItemKind) -> str:
    """What a meeting concluded."""
    return t(_ITEM[kind])


def trust_label(trust: Trust) -> str:
    return t(_TRUST[trust])


def backup_label(reason: str) -> str:
    """Why a copy was made; a reason from a newer version is shown as its code."""
    return t(_BACKUP[reason]) if reason in _BACKUP else reason


def observation_label(kind: str) -> str:
    """What was noticed in the document; a kind from a newer importer is shown as its code."""
    return t(_OBSERVATION[kind]) if kind in _OBSERVATION else kind


def field_label(kind: str, field: str) -> str:
    """What a field is called; of one that this version does not know it is only said that a newer one wrote it."""
    if kind == "meeting" and field.startswith(LEFT_OUT):
        return t("Fuera del acta")
    if (told_in := language_of(kind, field)) is not None:
        return f"{field_label(kind, original_of(kind, field))} ({LANGUAGE_NAMES[told_in]})"
    message = _FIELD_OF_KIND.get((kind, field)) or _FIELD.get(field)
    return t(message) if message else t("algo de una versión más nueva")


def lead_name(code: str) -> str:
    """A country or body that leads an activity, or has promised something."""
    return country_name(code)


def country_name(code: str) -> str:
    """A country's name, or a body's, for which people may work; a code that is not known is shown as it is."""
    name = countries.NAMES.get(code) or _BODY.get(code)
    return t(name) if name else code


def country_by_name(text: str) -> str | None:
    """The code of the country that is so called in any of the languages, without regard to accents and case."""
    return _countries_by_name().get(fold(text))


@cache
def _countries_by_name() -> dict[str, str]:
    # The first language that calls something so is meant, as in LANGUAGES.
    names = [(code, in_every_language(name)) for code, name in countries.NAMES.items()]
    return {fold(said[place]): code for place in reversed(range(len(LANGUAGES))) for code, said in reversed(names)}


def fold(text: str) -> str:
    """A text without accents and case, for finding."""
    return folded(text)


def area_title(title: str, mark: Mark | None) -> str:
    """What an area is called where the plan is shown: also what is none, and why it stands where it does."""
    if mark is Mark.NO_AREA:
        return t("Sin área")
    if mark is Mark.NO_PLAN:
        return t("Sin plan: {title}", title=title)
    return f"{title} ({mark_label(mark)})" if mark is not None else title


def plan_title(title: str, mark: Mark | None) -> str:
    """What a plan is called, also what is none; who withdrew it is said beside it."""
    if mark is Mark.NO_PLAN:
        return t("Sin plan")
    return f"{title} ({mark_label(mark)})" if mark is Mark.CONTESTED else title


def mark_label(mark: Mark) -> str:
    return t(_MARK[mark])


def kept_label(keeps: bool) -> str:
    """The two ways in which it is settled whether something is deleted."""
    return t("dejar a la vista") if keeps else t("quitar de la vista")


def moved_label(field: str) -> str:
    """What is told of something that stands elsewhere now (`domain.fields.MOVES`)."""
    return t("Pasó a otra área") if field == MOVES[0] else t("Cambió de lugar")


def words_label(kind: str, field: str, value: Value) -> str:
    """What somebody wrote: `Nota: …`."""
    return f"{field_label(kind, field)}: {value_label(kind, field, value)}"


def value_label(kind: str, field: str, value: Value) -> str:
    """A field's value as people read it."""
    if field == "withdrawn" and isinstance(value, (list, tuple)):
        value = next(iter(value), None)
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, bool):
        return t("sí") if value else t("no")
    if (kind, field) == ("activity", "series") and (rule := read_series(value)) is not None:
        return series_label(rule)
    described = field_of(kind, field)
    type = described.type if described is not None else None
    if isinstance(value, str):
        if type is FieldType.STATUS and value in STATUS_NAMES:
            return status_label(Status(value))
        if type is FieldType.PERIOD and value in PERIOD_NAMES:
            return period_label(Period(value))
        if field == "role":
            return role_label(value)
        if (label := _of_meetings(kind, field, value)) is not None:
            return label
        if type in (FieldType.LEAD, FieldType.LEADS) or field in ("country", "countries"):
            return lead_name(value)
        return day_label(value) if holds_day(kind, field) else value
    if isinstance(value, int):
        return percent_label(value) if type is FieldType.PERCENT else number(value)
    return ", ".join(value_label(kind, field, part) for part in value)


def series_label(rule: Series) -> str:
    """`cada 2 meses desde el 01/01/2019, 6 veces`."""
    often = tn("{n} vez", "{n} veces", rule.times)
    every = tn("cada {n} mes", "cada {n} meses", rule.months)
    return t("{every} desde el {day}, {often}", every=every, day=day_label(rule.begins), often=often)


def holds_day(kind: str, field: str) -> bool:
    """Whether a field's value is a day."""
    described = field_of(kind, field)
    if described is not None:
        return described.type in (FieldType.DUE, FieldType.HAPPENED)
    return (kind, field) in _DAYS


def _of_meetings(kind: str, field: str, value: str) -> str | None:
    if (kind, field) == ("meeting", "body") and value in MEETING_BODY_NAMES:
        return body_label(MeetingBody(value))
    if (kind, field) == ("meeting", "state") and value in _MEETING_STATE:
        return state_label(MeetingState(value))
    if (kind, field) == ("item", "kind") and value in _ITEM:
        return item_label(ItemKind(value))
    if (kind, field) == ("moment", "kind") and value in MOMENT_NAMES:
        return t(MOMENT_NAMES[MomentKind(value)])
    if (kind, field) == ("plan", "state"):
        return plan_state_label(value)
    if (kind, field) == ("proposal", "state") and value in PROPOSAL_NAMES:
        return t(PROPOSAL_NAMES[ProposalState(value)])
    return None


def percent_label(value: int) -> str:
    """`50 %`, as Spanish and French write it; `50%` elsewhere."""
    return f"{value} %" if language() in ("es", "fr") else f"{value}%"


def day_label(day: str) -> str:
    """`2019-06-30` in the language's order: `30/06/2019`, `30 Jun 2019`. What is no date is shown as it is."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    if found.isoformat() != day:
        return day
    if language() == "en":
        # In numbers nobody could tell which is the month.
        return f"{found.day} {NAMES['en'][found.month - 1][:3]} {found.year}"
    return f"{found:%d/%m}/{found.year:04}"
