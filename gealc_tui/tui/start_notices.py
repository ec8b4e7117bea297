"""What a person is told once at each start, when there is reason to, beside the first screen."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from gealc_tui.commands import backups, clocks, drafts
from gealc_tui.domain.change import kind_of
from gealc_tui.errors import GealcError
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import field_label
from gealc_tui.i18n.sentences import clock_sentence, demo_sentence, place_sentence, renewed_sentence
from gealc_tui.shell_words import word
from gealc_tui.tui import keymap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gealc_tui.commands.drafts import HalfWritten
    from gealc_tui.replica import Replica
    from gealc_tui.tui.app import GealcApp


def tell(app: GealcApp) -> None:
    """Tells what there is to tell."""
    _tell_renewed(app)
    if app.keymap.faults:
        app.notify(keymap.faults_sentence(app.keymap.faults), severity="warning", timeout=20, markup=False)
    if app.replica.demo_day is not None:
        _tell_demo(app)
    _tell_replaced(app)
    if (doubt := clocks.doubt(app.replica)) is not None:
        app.notify(clock_sentence(doubt), severity="warning", timeout=30, markup=False)
    _tell_half_written(app)
    _tell_mine(app)
    if (said := place_sentence(app.replica.path.parent)) is not None:
        app.notify(said, severity="warning", timeout=20, markup=False)


def _tell_renewed(app: GealcApp) -> None:
    if app.replica.id is not None and app.replica.renewed():
        said = renewed_sentence(lacks=app.replica.renewed_lacking())
        # Long on the screen: this is not read in passing.
        app.notify(said, severity="warning", timeout=60, markup=False)
        # Where that cannot be noted it is told again.
        with suppress(GealcError):
            app.replica.told_renewed()


def _tell_demo(app: GealcApp) -> None:
    said = t("Puede cambiar, enviar y borrar lo que quiera. Señale 3.6.1 para ver una diferencia, x lo que llegó.")
    app.notify(said, title=demo_sentence(), severity="warning", timeout=12, markup=False)


def _tell_replaced(app: GealcApp) -> None:
    """An earlier window kept what was in a database that was replaced: how it comes back."""
    with suppress(GealcError):
        name = backups.replaced_untold(app.replica)
        if name is not None:
            said = t(
                "La base fue reemplazada mientras estaba abierta. Lo que había en ella está en una copia; para sumarlo:"
                " gealc restore --merge {name}",
                name=word(name),
            )
            app.notify(said, severity="warning", timeout=60, markup=False)


MOST_COUNTED = 5_000
"""Activities of a plan that are gone through at a start, after the first screen stands."""


def _tell_mine(app: GealcApp) -> None:
    """What presses of one's own country, and the key that shows it."""
    head = app.replica.read.head(app.replica.plan)
    if app.replica.id is None or app.replica.demo_day is not None or head is None or head.total > MOST_COUNTED:
        return
    from gealc_tui.commands import mine

    with suppress(GealcError):
        found = mine.mine(app.replica)
        if found is not None and (said := mine.summary(found, app.replica.today)):
            app.notify(t("{what} · F3 lo muestra", what=said), timeout=12, markup=False)


MOST_CODES = 3


def _tell_half_written(app: GealcApp) -> None:
    """What was being typed when a window was taken away, and the key that goes on with it."""
    if said := half_written_sentence(app.replica, drafts.half_written(app.replica)):
        app.notify(said, timeout=20, markup=False)


def half_written_sentence(replica: Replica, half: Sequence[HalfWritten]) -> str:
    """Where something is half written; empty if nothing is."""
    if len(half) == 1:
        (one,) = half
        code = replica.read.title_of(one.about)
        if not one.field:
            return t("Hay una nota a medio escribir en {code}: n sigue con ella.", code=code)
        field = field_label(kind_of(one.about), one.field)
        return t("Hay un texto a medio escribir en {code} ({field}): e o Tab llevan a él.", code=code, field=field)
    codes = sorted({replica.read.title_of(one.about) for one in half})
    shown = ", ".join(codes[:MOST_CODES]) + ("…" if len(codes) > MOST_CODES else "")
    if not half:
        return ""
    return tn(
        "Hay {n} texto a medio escribir: {codes}. En el plan tienen un *.",
        "Hay {n} textos a medio escribir: {codes}. En el plan tienen un *.",
        len(half),
        codes=shown,
    )
