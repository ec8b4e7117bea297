"""Sending and receiving change files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from gealc_tui import errors
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import country_name
from gealc_tui.replica import Replica
from gealc_tui.sync.bundle import LARGEST_FILE
from gealc_tui.sync.outcomes import MergeReport


def export_text(replica: Replica, *, recipients: Sequence[str] = (), everything: bool = False) -> str:
    """The text of a change file for these recipients; by default what any accepted person may lack.

    Raises NoIdentity, IdentityLost and PersonUnknown.
    """
    if everything:
        wanted: list[str] | None = None
    else:
        accepted = [one.replica for one in replica.people() if one.trust is Trust.ACCEPTED]
        wanted = [replica.person(one) for one in recipients] or accepted
    return replica.bundle_text(recipients=wanted, summary=_summary(replica))


def export_file(
    replica: Replica, path: Path | None = None, *, recipients: Sequence[str] = (), everything: bool = False
) -> Path:
    """Writes a change file whole or not at all, by default under a new name in the current folder.

    Returns its path. Raises FileUnwritable and what `export_text` raises.
    """
    text = export_text(replica, recipients=recipients, everything=everything)
    target = path if path is not None else free_path(Path.cwd(), file_stem(replica))
    write_whole(target, text)
    replica.mark_sent()
    return target


def file_stem(replica: Replica) -> str:
    """`cambios-UY-20190502`: ASCII without dots, for mail servers of all kinds."""
    own = next((one for one in replica.people() if one.trust is Trust.SELF), None)
    return f"cambios-{(own and own.country) or 'XX'}-{replica.today:%Y%m%d}"


def free_path(folder: Path, stem: str) -> Path:
    """A name for a new change file that no file bears yet."""
    path, number = folder / f"{stem}.json", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.json", number + 1
    return path


def write_whole(path: Path, text: str) -> None:
    """Writes a file so that it is there whole, or as it was. Raises FileUnwritable.

    What is no ordinary file (a device, a pipe) cannot be replaced and is written to; a link leads to its target.
    """
    try:
        path = path.resolve()
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".gealc-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise errors.FileUnwritable(path=str(path), reason=errors.reason_of(error)) from error


def _summary(replica: Replica) -> str:
    """What people read at the top of the file."""
    own = next((one for one in replica.people() if one.trust is Trust.SELF), None)
    changes = tn("{n} cambio propio", "{n} cambios propios", own.last if own else 0)
    who = f"{own.name} ({country_name(own.country)})" if own and own.country else ""
    return t(
        "Archivo de cambios del plan de trabajo · {who} · {day} · {changes}",
        who=who,
        day=replica.today.isoformat(),
        changes=changes,
    )


def read_file(path: Path) -> bytes:
    """The bytes of a file that somebody sent. Raises FileUnreadable."""
    return read_bounded(path, LARGEST_FILE)


def read_bounded(path: Path, largest: int) -> bytes:
    """The bytes of a file, at most `largest`. Raises FileUnreadable."""
    try:
        with path.open("rb") as file:
            # Not by its size, which devices and pipes do not tell.
            data = file.read(largest + 1)
    except OSError as error:
        raise errors.FileUnreadable(path=str(path), reason=errors.reason_of(error)) from error
    if len(data) > largest:
        raise errors.FileUnreadable(path=str(path), reason="too_large")
    return data


def merge(
    replica: Replica, files: Iterable[tuple[str, bytes]], *, accept: bool = False, dry_run: bool = False
) -> MergeReport:
    """Takes in change files (name, content). `dry_run` tells what would happen and changes nothing."""
    return replica.merge(files, accept=accept, dry_run=dry_run)
