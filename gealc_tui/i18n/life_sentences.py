"""Errors about the life of a plan as sentences: approval, functions, proposals (the others: `i18n.sentences`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gealc_tui import errors
from gealc_tui.domain.permissions import Right
from gealc_tui.domain.vocabulary import Period, ProposalState
from gealc_tui.i18n import N_, t
from gealc_tui.i18n.labels import day_label, field_label, period_label, plan_state_label, role_label
from gealc_tui.i18n.life_labels import proposal_state_label

_NOT_YOURS = {
    Right.STRUCTURE: N_(
        "El plan está aprobado: «{field}» ({what}) lo cambia la Secretaría Técnica. Puede proponérselo, con el motivo:"
        " --propose --reason, o gealc propose."
    ),
    Right.LEADS: N_(
        "El plan está aprobado: «{field}» ({what}) lo cambia la Secretaría Técnica, o quien toma el acta de una reunión"
        " abierta. Puede proponérselo, con el motivo: --propose --reason, o gealc propose."
    ),
    Right.STATE: N_("El plan está aprobado: «{field}» ({what}) lo cambia la Secretaría Técnica."),
}

_NOT_THERE = {
    "propose": N_("Sólo un borrador se ofrece para aprobación; {plan}: {state}."),
    "approve": N_("Un plan cerrado no se aprueba: antes se abre de nuevo; {plan}: {state}."),
    "close": N_("Sólo se cierra un plan aprobado; {plan}: {state}."),
    "reopen": N_("Sólo se abre de nuevo un plan cerrado, o para aprobación; {plan}: {state}."),
}

LIFE: Mapping[type[errors.GealcError], Callable[[Any], str]] = {
    errors.NotYourFunction: lambda e: t(_NOT_YOURS[Right(e.right)], field=field_label(e.kind, e.field), what=e.what),
    errors.PlanIsClosed: lambda e: t(
        "«{plan}» está cerrado: sólo admite notas de la Secretaría Técnica. Se abre de nuevo, con su motivo: gealc plan"
        " reopen --reason.",
        plan=e.plan,
    ),
    errors.PlanIsNotThere: lambda e: t(_NOT_THERE[e.wanted], plan=e.plan, state=plan_state_label(e.state)),
    errors.RoleIsNotYours: lambda e: t(
        "Sólo quien tiene la función de {role} la traspasa; usted dijo otra.", role=role_label(e.role)
    ),
    errors.NoOccurrence: lambda e: t(
        "No hay una vez número {number}: gealc show dice cuántas son, y gealc series cada cuánto.", number=e.number
    ),
    errors.OccurrenceIsHeld: lambda e: t(
        "La vez número {number} ya se realizó, el {day}.", number=e.number, day=day_label(e.day)
    ),
    errors.DependsInCircle: lambda e: t(
        "{ref} no puede depender de {on}: {on} depende de {ref}, directamente o no.", ref=e.ref, on=e.on
    ),
    errors.PeriodIsClosed: lambda e: t(
        "{period} ya está cerrado: gealc period reopen lo abre de nuevo.", period=period_label(Period(e.period))
    ),
    errors.PeriodIsOpen: lambda e: t("{period} no está cerrado.", period=period_label(Period(e.period))),
    errors.LateUnknown: lambda e: t(
        "Después de un cierre no llegó nada, o llegó más de una cosa, que empiece por «{ref}»: gealc late.", ref=e.ref
    ),
    errors.FormUnknown: lambda e: t(
        "El informe {name} no se hace como {form}; sí como {forms}.", name=e.name, form=e.form, forms=", ".join(e.forms)
    ),
    errors.NoBaseline: lambda e: t(
        "«{plan}» todavía no se aprobó, y no viene de un documento: compárelo con un día, un momento u otro plan.",
        plan=e.plan,
    ),
    errors.ProposalUnknown: lambda e: t("No hay una propuesta, o hay más de una, que empiece por «{ref}».", ref=e.ref),
    errors.ProposalIsSettled: lambda e: t(
        "La propuesta {proposal} ya se decidió: {state}.",
        proposal=e.proposal[:8],
        state=proposal_state_label(ProposalState(e.state)),
    ),
    errors.ProposalIsNotYours: lambda e: t(
        "La propuesta {proposal} es de otra persona: sólo quien la hizo la retira.", proposal=e.proposal[:8]
    ),
    errors.ProposalUnusable: lambda e: t(
        "Nada de lo que propone {proposal} se puede escribir en el plan: lo que nombra está retirado o no existe.",
        proposal=e.proposal[:8],
    ),
    errors.AlreadySo: lambda e: t("«{field}» ya dice eso ({what}).", field=field_label(e.kind, e.field), what=e.what),
    errors.ValueTooDeep: lambda e: t("Lo que se propone tiene demasiadas listas dentro de listas."),
}
