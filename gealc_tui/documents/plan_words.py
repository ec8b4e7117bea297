"""The words of plans, language by language: titles, headings, labels, and what people write ambiguously.

A plan is in the language of its title. Promise: what a Spanish plan was read as, it is always read as; its words are
never those of another language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gealc_tui.documents.plan_document import Use
from gealc_tui.domain.vocabulary import Period


@dataclass(frozen=True, slots=True)
class Words:
    """What a language calls the parts of a plan. Patterns and keys are of folded text (`plan_lines.fold`)."""

    title: re.Pattern[str]
    """The title of a plan; its one group is the year."""
    areas: re.Pattern[str]
    """How the heading of the section begins that holds the areas."""
    period: re.Pattern[str]
    """The heading of a period, with a group for each."""
    other_period: re.Pattern[str]
    """The heading of a period that plans have not: quarters, months."""
    usual: Mapping[Use, str]
    """The usual label of each field, as printed."""
    labels: Mapping[str, Use]
    """All labels that are known."""
    title_labels: frozenset[str]
    """Labels that stand before a title."""
    unread: re.Pattern[str]
    """Labels of dates, amounts and statuses, for which no field is."""
    quantity: re.Pattern[str]
    ambiguous: re.Pattern[str]
    between: re.Pattern[str]
    """What stands between the items of a list; of the original text, not folded."""
    headings: Mapping[Period, str]
    """The usual heading of each period, for a table that only names it."""
    columns: Mapping[str, Use]
    """Titles of columns beyond `labels`."""
    codes: frozenset[str]
    """Titles of the column or cell that holds the code."""
    periods: frozenset[str]
    """Titles of the column or cell that holds the period."""
    area: frozenset[str]
    """Titles of the column or cell that holds the area."""


def _quantity(numbers: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{numbers.replace(' ', '|')})\b|\([^()]*\b[0-9]{{1,3}}\b")


SPANISH: Final = Words(
    title=re.compile(r"plan (?:anual )?de trabajo (?:(?:para )?(?:el )?(?:ano )?)?((?:19|20|21)[0-9]{2})"),
    areas=re.compile(r"(?:areas|ejes|lineas de (?:accion|trabajo))\b"),
    period=re.compile(
        r"actividad(?:es)?(?: de la| del?| en el| para el)?(?: caracter)? "
        r"(?:(?P<S1>(?:primer|1er\.?|1[º°]) semestre)|(?P<S2>(?:segundo|2do\.?|2[º°]) semestre)"
        r"|(?P<ANNUAL>anual(?:es)?))"
        r"(?: (?:de |del )?[0-9]{4})?[.:]?"
    ),
    other_period=re.compile(
        r"actividades\b[^:]*\b(?:\w*mestres?|mes|meses|mensual|mensuales|anual|anuales|ano|anos)\b"
    ),
    usual={
        Use.OBJECTIVE: "Objetivo",
        Use.PRODUCT: "Producto",
        Use.PARTICIPANTS: "Participantes",
        Use.PLACE: "Lugar",
        Use.RESOURCES: "Recursos",
        Use.LEAD: "Responsable",
    },
    labels={
        "objetivo": Use.OBJECTIVE,
        "objetivos": Use.OBJECTIVE,
        "objetivo general": Use.OBJECTIVE,
        "producto": Use.PRODUCT,
        "productos": Use.PRODUCT,
        "participante": Use.PARTICIPANTS,
        "participantes": Use.PARTICIPANTS,
        "lugar": Use.PLACE,
        "lugares": Use.PLACE,
        "recurso": Use.RESOURCES,
        "recursos": Use.RESOURCES,
        "fuente de recursos": Use.RESOURCES,
        "fuentes de recursos": Use.RESOURCES,
        "fuente de financiamiento": Use.RESOURCES,
        "financiamiento": Use.RESOURCES,
        "responsable": Use.LEAD,
        "responsables": Use.LEAD,
        "pais responsable": Use.LEAD,
        "lider": Use.LEAD,
        "pais lider": Use.LEAD,
    },
    title_labels=frozenset({"nombre", "nombre de la actividad", "titulo", "actividad"}),
    unread=re.compile(
        r"fechas?(?: (?:limite|tope|de \w+))?|plazos?(?: (?:limite|de \w+))?|vencimiento"
        r"|(?:montos?|presupuesto|costos?|importe)(?: \w+)?|estado|avance"
    ),
    quantity=_quantity(
        "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta cuarenta "
        "cincuenta cien docena"
    ),
    ambiguous=re.compile(r"\b(?:bimensual|bisemanal|bianual)(?:es|mente)?\b"),
    between=re.compile(r"[,;]|\by(?=\s+[A-ZÁÉÍÓÚÑ])"),
    headings={
        Period.S1: "Actividades del primer semestre",
        Period.S2: "Actividades del segundo semestre",
        Period.ANNUAL: "Actividades de carácter anual",
    },
    columns={
        "producto esperado": Use.PRODUCT,
        "productos esperados": Use.PRODUCT,
        "resultado": Use.PRODUCT,
        "resultados": Use.PRODUCT,
        "entregable": Use.PRODUCT,
        "entregables": Use.PRODUCT,
        "sede": Use.PLACE,
        "pais": Use.LEAD,
        "paises participantes": Use.PARTICIPANTS,
        "fuente": Use.RESOURCES,
        "fuente de los recursos": Use.RESOURCES,
    },
    codes=frozenset({"codigo", "cod.", "cod", "n.o", "no.", "n.º", "nº", "n°", "numero", "num."}),
    periods=frozenset({"periodo", "semestre"}),
    area=frozenset({"area", "area de trabajo", "eje", "linea de accion", "linea de trabajo"}),
)

PORTUGUESE: Final = Words(
    title=re.compile(r"plano (?:anual )?de trabalho (?:(?:para )?(?:o )?(?:ano )?(?:de )?)?((?:19|20|21)[0-9]{2})"),
    areas=re.compile(r"(?:areas|eixos|linhas de (?:acao|trabalho))\b"),
    period=re.compile(
        r"atividades?(?: da| do?| de| no| para o)?(?: carater)? "
        r"(?:(?P<S1>(?:primeiro|1[º°o]\.?) semestre)|(?P<S2>(?:segundo|2[º°o]\.?) semestre)|(?P<ANNUAL>anua(?:l|is)))"
        r"(?: (?:de )?[0-9]{4})?[.:]?"
    ),
    other_period=re.compile(r"atividades\b[^:]*\b(?:\w*mestres?|mes|meses|mensal|mensais|anual|anuais|ano|anos)\b"),
    usual={
        Use.OBJECTIVE: "Objetivo",
        Use.PRODUCT: "Produto",
        Use.PARTICIPANTS: "Participantes",
        Use.PLACE: "Local",
        Use.RESOURCES: "Recursos",
        Use.LEAD: "Responsável",
    },
    labels={
        "objetivo": Use.OBJECTIVE,
        "objetivos": Use.OBJECTIVE,
        "objetivo geral": Use.OBJECTIVE,
        "produto": Use.PRODUCT,
        "produtos": Use.PRODUCT,
        "participante": Use.PARTICIPANTS,
        "participantes": Use.PARTICIPANTS,
        "local": Use.PLACE,
        "locais": Use.PLACE,
        "lugar": Use.PLACE,
        "recurso": Use.RESOURCES,
        "recursos": Use.RESOURCES,
        "fonte de recursos": Use.RESOURCES,
        "fontes de recursos": Use.RESOURCES,
        "fonte de financiamento": Use.RESOURCES,
        "financiamento": Use.RESOURCES,
        "responsavel": Use.LEAD,
        "responsaveis": Use.LEAD,
        "pais responsavel": Use.LEAD,
        "lider": Use.LEAD,
        "pais lider": Use.LEAD,
    },
    title_labels=frozenset({"nome", "nome da atividade", "titulo", "atividade"}),
    unread=re.compile(
        r"datas?(?: (?:limite|de \w+))?|prazos?(?: (?:limite|de \w+))?|vencimento"
        r"|(?:valor|valores|montantes?|orcamento|custos?)(?: \w+)?|situacao|estado|andamento|avanco"
    ),
    quantity=_quantity(
        "dois duas tres quatro cinco seis sete oito nove dez onze doze treze catorze quatorze quinze vinte trinta "
        "quarenta cinquenta cem duzia"
    ),
    ambiguous=re.compile(r"\b(?:bimensa(?:l|is)|bissemana(?:l|is)|bianua(?:l|is))(?:mente)?\b"),
    between=re.compile(r"[,;]|\be(?=\s+[A-ZÁÂÃÉÊÍÓÔÕÚÇ])"),
    headings={
        Period.S1: "Atividades do primeiro semestre",
        Period.S2: "Atividades do segundo semestre",
        Period.ANNUAL: "Atividades de caráter anual",
    },
    columns={
        "produto esperado": Use.PRODUCT,
        "produtos esperados": Use.PRODUCT,
        "resultado": Use.PRODUCT,
        "resultados": Use.PRODUCT,
        "entrega": Use.PRODUCT,
        "entregas": Use.PRODUCT,
        "sede": Use.PLACE,
        "pais": Use.LEAD,
        "paises participantes": Use.PARTICIPANTS,
        "fonte": Use.RESOURCES,
        "fonte dos recursos": Use.RESOURCES,
    },
    codes=frozenset({"codigo", "cod.", "cod", "n.o", "no.", "n.º", "nº", "n°", "numero", "num."}),
    periods=frozenset({"periodo", "semestre"}),
    area=frozenset({"area", "area de trabalho", "eixo", "linha de acao", "linha de trabalho"}),
)

ENGLISH: Final = Words(
    title=re.compile(r"(?:annual )?work ?plan (?:(?:for )?(?:the )?(?:year )?)?((?:19|20|21)[0-9]{2})"),
    areas=re.compile(r"(?:areas|work areas|working areas|axes|lines of (?:action|work))\b"),
    period=re.compile(
        r"(?:(?P<S1>(?:activities (?:of|in|for) the )?(?:first|1st) (?:half(?:-year| of the year)?|semester)"
        r"(?: activities)?)"
        r"|(?P<S2>(?:activities (?:of|in|for) the )?(?:second|2nd) (?:half(?:-year| of the year)?|semester)"
        r"(?: activities)?)"
        r"|(?P<ANNUAL>(?:annual|year-round|yearly) activities))"
        r"(?: (?:of )?[0-9]{4})?[.:]?"
    ),
    other_period=re.compile(r"(?=.*\bactivities\b)[^:]*\b(?:quarter\w*|trimesters?|months?|monthly|annual|years?)\b"),
    usual={
        Use.OBJECTIVE: "Objective",
        Use.PRODUCT: "Product",
        Use.PARTICIPANTS: "Participants",
        Use.PLACE: "Place",
        Use.RESOURCES: "Resources",
        Use.LEAD: "Lead",
    },
    labels={
        "objective": Use.OBJECTIVE,
        "objectives": Use.OBJECTIVE,
        "general objective": Use.OBJECTIVE,
        "product": Use.PRODUCT,
        "products": Use.PRODUCT,
        "output": Use.PRODUCT,
        "outputs": Use.PRODUCT,
        "deliverable": Use.PRODUCT,
        "deliverables": Use.PRODUCT,
        "participant": Use.PARTICIPANTS,
        "participants": Use.PARTICIPANTS,
        "place": Use.PLACE,
        "location": Use.PLACE,
        "venue": Use.PLACE,
        "resource": Use.RESOURCES,
        "resources": Use.RESOURCES,
        "source of funds": Use.RESOURCES,
        "source of funding": Use.RESOURCES,
        "funding source": Use.RESOURCES,
        "funding": Use.RESOURCES,
        "lead": Use.LEAD,
        "lead country": Use.LEAD,
        "responsible": Use.LEAD,
        "responsible country": Use.LEAD,
    },
    title_labels=frozenset({"name", "name of the activity", "activity name", "title", "activity"}),
    unread=re.compile(
        r"(?:(?:due|end|start|final) )?dates?|deadlines?|due|(?:amounts?|budget|costs?)(?: \w+)?|status|progress"
    ),
    quantity=_quantity(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty thirty forty "
        "fifty hundred dozen"
    ),
    ambiguous=re.compile(r"\b(?:bimonthly|bi-monthly|biweekly|bi-weekly|biannual|biannually)\b"),
    between=re.compile(r"[,;]|\band(?=\s+[A-Z])"),
    headings={
        Period.S1: "Activities of the first half-year",
        Period.S2: "Activities of the second half-year",
        Period.ANNUAL: "Annual activities",
    },
    columns={"expected product": Use.PRODUCT, "expected products": Use.PRODUCT, "country": Use.LEAD},
    codes=frozenset({"code", "no.", "number", "#"}),
    periods=frozenset({"period", "half-year", "semester"}),
    area=frozenset({"area", "work area", "axis"}),
)

LANGUAGES: Final = (SPANISH, PORTUGUESE, ENGLISH)
