"""Change files, and the messages and archives in which they come: made with the real libraries."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

from gealc_tui.domain.change import Edit
from gealc_tui.sync.armour import wrap

from . import forge


def change_file(by: str = "Ana", words: str = 'Ñandú «1»\n\t"dos" 🙂', *, at: int = 1_552_564_800_000) -> bytes:
    """A real change file of a dozen edits, signed by `by`."""
    author = forge.made_up(by)
    said = [
        (Edit("person/" + author.replica, "name", by), Edit("person/" + author.replica, "country", "UY")),
        (Edit("activity/2019/3.1.1", "status", "done"), Edit("activity/2019/3.1.1", "progress", 100)),
        (Edit("note/n1", "activity", "activity/2019/3.1.1"), Edit("note/n1", "text", words)),
        *((Edit(f"activity/2019/3.1.{n}", "notes", f"Se habló con la oficina {n}"),) for n in range(2, 9)),
    ]
    chain = forge.chain(author.replica, said, at=at - 10_000)
    return forge.bundle(author, [forge.run(author, chain)], at=at, have={})


def letter(
    text: str = "Va adjunto.", *, html: str = "", attached: dict[str, bytes] | None = None, **how: str
) -> EmailMessage:
    """A message with a text, perhaps the same as a page, and attachments by their names."""
    message = EmailMessage()
    message["From"] = "Ana Pérez <ana@example.uy>"
    message["To"] = "Eva <eva@example.pe>"
    message["Subject"] = "Cambios del plan de trabajo"
    message["Date"] = "Thu, 14 Mar 2019 12:00:00 -0300"
    message.set_content(text, **how)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in (attached or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def forwarded(inner: EmailMessage) -> EmailMessage:
    """A message with another one attached to it."""
    outer = letter("Reenvío.")
    outer.add_attachment(inner)
    return outer


def archive(entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return made.getvalue()


def page(data: bytes) -> str:
    """A block as a mail program makes a page of it: one element a line."""
    lines = "".join(f"<div>{line or '<br>'}</div>\r\n" for line in wrap(data).splitlines())
    return f'<html><head><style>p {{ margin: 0 }}</style></head><body dir="ltr">{lines}</body></html>'
