"""The net under a run of the program: whatever it ends with is an exit code, and a sentence where one is due.

Promise: no traceback reaches a person (decision 23). Light on purpose: who opens the window goes through here too, and
does not wait for the commands.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gealc_tui import crash, errors
from gealc_tui.cli import output
from gealc_tui.cli.output import Exit

_AMBIGUOUS = (errors.PlanIsAmbiguous, errors.ReferenceIsAmbiguous)
"""What was written may mean two things: it has to be written otherwise."""


def ended(run: Callable[[], int]) -> int:
    """Runs a whole program and returns the exit code of its process."""
    output.prepare()
    code: int = Exit.DONE
    try:
        code = run()
        output.finish()
    except errors.GealcError as error:
        code = refused(error)
    except BrokenPipeError:
        # Who reads our output has read enough.
        output.silence()
    except KeyboardInterrupt:
        output.silence()
        code = Exit.INTERRUPTED
    return int(code)


def answered(run: Callable[[], int], database: Callable[[], Path]) -> int:
    """Runs what a person asked for and returns its exit code; what nobody foresaw too ends in a sentence.

    `database` says on which one it works, and is asked only then.
    """
    try:
        return run()
    except errors.GealcError as error:
        return refused(error)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 (the last net, decision 23)
        return refused(crash.understood(error, database()))


def refused(error: errors.GealcError) -> Exit:
    """Tells an error in a sentence; returns the exit code that goes with it."""
    from gealc_tui.i18n.sentences import sentence

    output.complain(sentence(error))
    return Exit.USAGE if isinstance(error, (*_AMBIGUOUS, errors.NoTerminal)) else Exit.REFUSED
