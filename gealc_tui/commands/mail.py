"""A message that is ready to be sent: a mail program opens it as a draft, with addressees, subject and attachment.

Promise: whatever people call themselves, the headers are those that are written here, and nobody is written to but
those who were chosen; the text is ASCII on its way, in lines of at most 76 characters, and the attachment holds the
very bytes of the change file, as does the block in the text of a message that brings nothing but changes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui.commands.contents import Contents, contents
from gealc_tui.domain.readings import PersonReading
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import country_name, day_label
from gealc_tui.i18n.sentences import counted_changes, shorten
from gealc_tui.replica import Replica

if TYPE_CHECKING:
    from email.header import Header
    from email.mime.base import MIMEBase
    from email.mime.text import MIMEText

    from gealc_tui.sync.bundle import Bundle

BUDGET = 10_000_000
"""Bytes of a message, attachment and all, that ministries' mail servers let pass."""

LONGEST_BLOCK = 200_000
"""Characters of the armoured block that still stand in the text; what is longer goes as an attachment only."""

MOST_LINES = 20
"""Values that the text tells before it only counts."""

_COLUMNS = 72
_WIDEST = 76
_LONGEST_NAME = 40
_LONGEST_WORD = 75
"""Characters of an encoded word (RFC 2047)."""


class Matter(NamedTuple):
    """What a message is about beside the changes that it brings."""

    subject: str
    paragraphs: tuple[str, ...]
    """What stands before all else in the text; a paragraph of several lines is a list."""
    enclosures: tuple[tuple[str, bytes], ...]
    """Files that are attached before the change file: name and content."""


_KINDS = {
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "ics": ("text", "calendar"),
}


class Drafted(NamedTuple):
    """A message, and what its sender should know of the change file in it."""

    message: bytes
    internal_notes: int


def draft(
    replica: Replica, data: bytes, name: str, people: Sequence[PersonReading], *, matter: Matter | None = None
) -> bytes:
    """The message of `drafted` alone."""
    return drafted(replica, data, name, people, matter=matter).message


def drafted(
    replica: Replica, data: bytes, name: str, people: Sequence[PersonReading], *, matter: Matter | None = None
) -> Drafted:
    """The message that brings the change file `data`, attached as `name`, to those of `people` who have an address.

    It says who it is from in its words only: the account that sends it is known to the mail program alone.
    """
    from email.mime.application import MIMEApplication
    from email.mime.multipart import MIMEMultipart
    from email.policy import compat32

    from gealc_tui.sync.bundle import decode

    bundle = decode(data)
    message = MIMEMultipart()
    message["Subject"] = _subject(replica, bundle, matter)  # type: ignore[assignment]  # typeshed knows no Header here
    if mailboxes := {one.email: _mailbox(one.name, one.email) for one in people if one.email}:
        message["To"] = ", ".join(mailboxes.values())
    # Outlook and Thunderbird open as a draft what bears the first, Apple Mail what bears the second.
    message["X-Unsent"] = "1"
    message["X-Uniform-Type-Identifier"] = "com.apple.mail-draft"
    found = contents(replica, bundle, MOST_LINES if matter is None else 0)
    message.attach(_plain(_body(replica, bundle, found, data, name, matter)))
    for enclosed, content in matter.enclosures if matter is not None else ():
        message.attach(_attached(enclosed, content))
    attachment = MIMEApplication(data, "json", name=name)
    attachment.add_header("Content-Disposition", "attachment", filename=name)
    message.attach(attachment)
    # The newer policies of `email` fold long lists of addresses wrongly up to Python 3.12 (gh-100884, gh-121284):
    # a comma in a name becomes one between addressees.
    whole = message.as_bytes(policy=compat32.clone(linesep="\r\n", max_line_length=_WIDEST))
    return Drafted(whole, found.internal_notes)


# --- headers -------------------------------------------------------------------------------------------------


def _attached(name: str, content: bytes) -> MIMEBase:
    from email.encoders import encode_base64
    from email.mime.base import MIMEBase

    kind, form = _KINDS[name.rpartition(".")[2]]
    part = MIMEBase(kind, form, name=name)
    if kind == "text":
        part.set_param("charset", "utf-8")
    part.set_payload(content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def _subject(replica: Replica, bundle: Bundle, matter: Matter | None) -> Header:
    from email.header import Header

    facts = {"who": _sender(replica), "day": day_label(replica.today.isoformat())}
    if matter is not None:
        text = shorten(matter.subject, 150)
    elif bundle.request:
        text = t("Plan de trabajo de la Red GEALC: pedido de {who}, {day}", **facts)
    else:
        text = t("Plan de trabajo de la Red GEALC: cambios de {who}, {day}", **facts)
    # What a mail program could take for something else is encoded. There are no line ends in it.
    return Header(text, "us-ascii" if text.isascii() and "=?" not in text else "utf-8", _WIDEST, "Subject")


def _sender(replica: Replica) -> str:
    own = replica.oneself()
    name = shorten(own.name, 60) if own else ""
    return f"{name} ({country_name(own.country)})" if own and own.country else name


def _mailbox(name: str, address: str) -> str:
    """`Ana <ana@example.org>`: one addressee, whatever the name."""
    said = shorten(name, _LONGEST_NAME)
    return f"{_word(said)} <{address}>" if said else address


def _word(name: str) -> str:
    """A name as it stands before an address. What is not plain letters is encoded, so that nothing has to be quoted."""
    from email.charset import Charset

    if name.isascii() and name.replace(" ", "").isalnum():
        return name
    encode = Charset("utf-8").header_encode
    if len(encode(name)) <= _LONGEST_WORD:
        return encode(name)
    # Ten letters always fit. That the blank between two encoded words is none, some programs do not know.
    return " ".join(encode(name[start : start + 10]) for start in range(0, len(name), 10))


# --- the text ------------------------------------------------------------------------------------------------


def _plain(text: str) -> MIMEText:
    """A text that travels in ASCII."""
    from email.charset import QP, Charset
    from email.mime.text import MIMEText

    if text.isascii():
        return MIMEText(text, "plain", "us-ascii")
    charset = Charset("utf-8")
    charset.body_encoding = QP
    return MIMEText(text, "plain", charset)  # type: ignore[arg-type]


def _body(replica: Replica, bundle: Bundle, found: Contents, data: bytes, name: str, matter: Matter | None) -> str:
    """Of a message that is about something else (minutes), people read the words: no list of changes, no block."""
    from gealc_tui.sync.armour import wrap

    head = [*_covering(matter), _told(replica, bundle, found), *_internal(found)]
    if matter is not None:
        parts = [*head, _filled(_receive(name))]
    else:
        block = wrap(data)
        has_block = len(block) <= LONGEST_BLOCK
        parts = [*head, _how_to_receive(name, has_block=has_block), block if has_block else ""]
    return "\n\n".join(part for part in parts if part).rstrip("\n") + "\n"


def _covering(matter: Matter | None) -> list[str]:
    from gealc_tui.sync.armour import blocks

    found = []
    for paragraph in matter.paragraphs if matter is not None else ():
        text = "\n".join(_filled(line, "- " if "\n" in paragraph else "") for line in paragraph.split("\n"))
        # Words that look like the block would be read in its place.
        if not any(True for _ in blocks(text)):
            found.append(text)
    return found


def _internal(found: Contents) -> list[str]:
    """That internal notes travel too is said, for whoever sends may not think of it."""
    return [_filled(internal_notes_sentence(found.internal_notes))] if found.internal_notes else []


def internal_notes_sentence(n: int) -> str:
    """What the sender and the recipients are told of the internal notes in a change file."""
    return tn(
        "El archivo de cambios lleva también {n} nota interna: no sale en actas ni informes, pero quien lo recibe la"
        " puede leer.",
        "El archivo de cambios lleva también {n} notas internas: no salen en actas ni informes, pero quien lo recibe"
        " las puede leer.",
        n,
    )


def _told(replica: Replica, bundle: Bundle, found: Contents) -> str:
    """Who sends, how much, and what."""
    from gealc_tui.sync.armour import blocks

    if bundle.request:
        return _filled(
            t(
                "{who} pide los cambios del plan de trabajo de la Red GEALC que le faltan. Al recibir este mensaje, la"
                " aplicación propone la respuesta.",
                who=_sender(replica),
            )
        )
    if not found.changes:
        return _filled(t("{who} envía el plan de trabajo de la Red GEALC, sin cambios nuevos.", who=_sender(replica)))
    head = _filled(
        t(
            "{who} envía {changes} del plan de trabajo de la Red GEALC.",
            who=_sender(replica),
            changes=counted_changes(found.changes),
        )
    )
    lines = [_filled(line, "- ") for line in found.lines]
    if lines and found.more:
        lines.append(tn("… y {n} valor más.", "… y {n} valores más.", found.more))
    text = "\n".join([head, "", *lines]) if lines else head
    # Words that look like the block would be read in its place.
    return head if any(True for _ in blocks(text)) else text


def _receive(name: str) -> str:
    return t(
        "Para recibirlo, guarde el archivo adjunto {name} y ábralo en la aplicación (tecla x y luego r) o con"
        " gealc merge {name}.",
        name=name,
    )


def _how_to_receive(name: str, *, has_block: bool) -> str:
    if has_block:
        otherwise = t(
            "Si el adjunto no llega, copie todo este texto en un archivo de texto y recíbalo de la misma manera: su"
            " contenido está también aquí abajo."
        )
    else:
        otherwise = t("Su contenido es demasiado largo para este texto: está sólo en el adjunto.")
    return f"{_filled(_receive(name))}\n{_filled(otherwise)}"


def _filled(text: str, bullet: str = "") -> str:
    return textwrap.fill(
        text, _COLUMNS, initial_indent=bullet, subsequent_indent=" " * len(bullet), break_on_hyphens=False
    )
