"""Sending and receiving change files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from gealc_tui import atomic_files, errors
from gealc_tui.domain.readings import PersonReading
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import country_name
from gealc_tui.i18n.naming import short_name
from gealc_tui.replica import Replica
from gealc_tui.sync.bundle import LARGEST_FILE
from gealc_tui.sync.outcomes import MergeReport


def export_text(replica: Replica, *, recipients: Sequence[str] = (), everything: bool = False) -> str:
    """The text of a change file for these recipients; by default what any accepted person may lack.

    Raises NoIdentity, IdentityLost and PersonUnknown.
    """
    wanted = None if everything else _wanted(replica, recipients)
    return replica.bundle_text(recipients=wanted, summary=summary(replica))


def _wanted(replica: Replica, recipients: Sequence[str]) -> list[str]:
    """The ids of those who were chosen; of all accepted people when nobody was."""
    return [replica.person(one) for one in recipients] or replica.recipients()


def request_text(replica: Replica) -> str:
    """The text of the small file that asks others for what this copy lacks. Raises NoIdentity and IdentityLost."""
    return replica.request_text(t("Pedido de los cambios que faltan · {who}", who=_who(replica)))


class Form(StrEnum):
    """How a change file leaves. The value is how the name of what is written ends."""

    FILE = "json"
    MAIL = "eml"
    """A message that a mail program opens as a draft, with the file attached."""
    ZIP = "zip"
    TEXT = "txt"
    """A block of text that can be pasted into a message."""


class Parcel(NamedTuple):
    """A change file in the form in which it leaves, and what its sender should know."""

    form: Form
    data: bytes
    upto: int
    """Which change of our own is the last one in it."""
    recipients: tuple[str, ...] = ()
    """The copies for which it was made."""
    addressees: tuple[PersonReading, ...] = ()
    """Of a message: those to whom it is addressed."""
    unaddressed: tuple[PersonReading, ...] = ()
    """Of a message: those whom it is for and whose address nobody knows."""
    is_heavy: bool = False
    """Of a message: many mail servers will not take it, for its size."""
    internal_notes: int = 0
    """Of a message: how many notes are in it that no minutes show."""


def prepare(
    replica: Replica,
    form: Form = Form.FILE,
    *,
    recipients: Sequence[str] = (),
    everything: bool = False,
    request: bool = False,
) -> Parcel:
    """A change file in one of its forms; with `request` one that holds nothing and asks for what lacks here.

    Writes nothing. Raises what `export_text` raises.
    """
    wanted = _wanted(replica, recipients)
    if request:
        plain = Parcel(form, request_text(replica).encode("ascii"), 0)
    else:
        # Asked before: what is written while the file is made counts as not sent.
        own = replica.oneself()
        text = export_text(replica, recipients=recipients, everything=everything)
        plain = Parcel(form, text.encode("ascii"), own.last if own else 0, tuple(wanted))
    data = plain.data
    name = f"{file_stem(replica)}.{Form.FILE}"
    if form is Form.MAIL:
        return _mailed(replica, plain, name, wanted)
    if form is Form.ZIP:
        return plain._replace(data=_zipped(name, data))
    if form is Form.TEXT:
        from gealc_tui.sync.armour import wrap

        return plain._replace(data=wrap(data).encode("ascii"))
    return plain


def _mailed(replica: Replica, plain: Parcel, name: str, wanted: Sequence[str]) -> Parcel:
    from gealc_tui.commands import mail

    # An identity that was left behind for another is nobody to write to.
    people = [one for one in replica.people() if one.replica in wanted and not one.successor]
    drafted = mail.drafted(replica, plain.data, name, people)
    data = drafted.message
    return plain._replace(
        data=data,
        internal_notes=drafted.internal_notes,
        addressees=tuple(one for one in people if one.email),
        unaddressed=tuple(one for one in people if not one.email),
        is_heavy=len(data) > mail.BUDGET,
    )


def remarks(parcel: Parcel) -> tuple[str, ...]:
    """What its sender should know of a parcel, a sentence each."""
    if parcel.form is not Form.MAIL:
        return ()
    said = []
    if parcel.unaddressed:
        who = ", ".join(short_name(one.replica, one.name, 40) for one in parcel.unaddressed)
        said.append(t("Falta la dirección de correo de {who}: escríbala en el mensaje.", who=who))
    elif not parcel.addressees:
        said.append(t("Todavía no se conoce a nadie a quien enviarlo: escriba las direcciones en el mensaje."))
    if parcel.is_heavy:
        size = f"{len(parcel.data) / 1_000_000:.0f}"
        said.append(
            t(
                "El mensaje pesa {size} MB, y muchos servidores no aceptan más de 10. Comprimido (.zip) pesa mucho"
                " menos: gealc export --zip",
                size=size,
            )
        )
    if parcel.internal_notes:
        from gealc_tui.commands.mail import internal_notes_sentence

        said.append(internal_notes_sentence(parcel.internal_notes))
    return tuple(said)


def _zipped(name: str, data: bytes) -> bytes:
    """One file in an archive that says nothing of when and where it was made."""
    import io
    import zipfile

    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writer:
        writer.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def write(replica: Replica, parcel: Parcel, path: Path | None = None) -> Path:
    """Writes a parcel whole or not at all, by default under a new name in the current folder, and notes it as sent.

    Returns its path. Raises FileUnwritable.
    """
    target = path if path is not None else free_path(Path.cwd(), file_stem(replica), parcel.form)
    write_whole(target, parcel.data)
    sent(replica, parcel)
    return target


def sent(replica: Replica, parcel: Parcel) -> None:
    """Notes that a parcel has left, and that whoever asked for it was answered."""
    replica.mark_sent(parcel.upto, answered=parcel.recipients)


def export_file(
    replica: Replica, path: Path | None = None, *, recipients: Sequence[str] = (), everything: bool = False
) -> Path:
    """Writes a change file, as `write` does. Raises FileUnwritable and what `export_text` raises."""
    return write(replica, prepare(replica, recipients=recipients, everything=everything), path)


def file_stem(replica: Replica) -> str:
    """`cambios-UY-20190502`: ASCII without dots, for mail servers of all kinds."""
    own = replica.oneself()
    return f"cambios-{(own and own.country) or 'XX'}-{replica.today:%Y%m%d}"


def free_path(folder: Path, stem: str, ending: str = Form.FILE) -> Path:
    """A name for a new file that no file bears yet."""
    path, number = folder / f"{stem}.{ending}", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.{ending}", number + 1
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that it is there whole, or as it was. Raises FileUnwritable.

    What is no ordinary file (a device, a pipe) cannot be replaced and is written to; a link leads to its target.
    """
    try:
        atomic_files.write(path, data)
    except OSError as error:
        raise errors.FileUnwritable(path=str(path), reason=errors.reason_of(error)) from error


def write_together(replica: Replica, parcel: Parcel, files: Mapping[Path, bytes]) -> None:
    """Writes new files of which one holds a parcel, all or none, and notes the parcel as sent.

    Raises FileUnwritable and DatabaseError; then none of them is there.
    """
    try:
        atomic_files.write_new(files)
    except OSError as error:
        folder = next(iter(files)).parent
        raise errors.FileUnwritable(path=str(folder), reason=errors.reason_of(error)) from error
    try:
        sent(replica, parcel)
    except errors.GealcError:
        atomic_files.remove(list(files))
        raise


def summary(replica: Replica) -> str:
    """What people read at the top of the file."""
    own = replica.oneself()
    changes = tn("{n} cambio propio", "{n} cambios propios", own.last if own else 0)
    return t(
        "Archivo de cambios del plan de trabajo · {who} · {day} · {changes}",
        who=_who(replica),
        day=replica.today.isoformat(),
        changes=changes,
    )


def _who(replica: Replica) -> str:
    own = replica.oneself()
    return f"{own.name} ({country_name(own.country)})" if own and own.country else ""


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
