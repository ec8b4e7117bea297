"""What the codes of a plan's life are called: moments, changes, proposals."""

from __future__ import annotations

from gealc_tui.domain.moment import MomentKind
from gealc_tui.domain.plan_changes import ChangeKind, Explained
from gealc_tui.domain.vocabulary import ProposalState
from gealc_tui.i18n import N_, t
from gealc_tui.i18n.labels import MOMENT_NAMES, PROPOSAL_NAMES

_KINDS = {
    ChangeKind.CHANGED: N_("cambiado"),
    ChangeKind.ADDED: N_("agregado"),
    ChangeKind.WITHDRAWN: N_("retirado"),
}
_LATE = {"open": N_("por decidir"), "counted": N_("contado"), "left": N_("no contado")}
_UNEXPLAINED = {Explained.UNEXPLAINED: N_("sin motivo"), Explained.LATE: N_("llegó después de la aprobación")}


def moment_label(kind: str) -> str:
    """What a moment is of; one of a newer version is shown as its code."""
    return t(MOMENT_NAMES[MomentKind(kind)]) if kind in MOMENT_NAMES else kind


def change_kind_label(kind: ChangeKind) -> str:
    """`agregado`, `cambiado`, `retirado`."""
    return t(_KINDS[kind])


def proposal_state_label(state: ProposalState) -> str:
    """What became of a proposal."""
    return t(PROPOSAL_NAMES[state])


def late_label(state: str) -> str:
    """What was said of a change that came after a closing."""
    return t(_LATE[state])


def explained_label(explained: Explained) -> str:
    """What a change without a reason is called; nothing for others."""
    return t(_UNEXPLAINED[explained]) if explained in _UNEXPLAINED else ""
