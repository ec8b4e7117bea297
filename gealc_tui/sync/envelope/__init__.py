"""Finds the change file inside whatever comes by mail.

`opened` takes the bytes of a file as somebody saved it: a change file, a message with all that mail programs do to
it, an archive, a text that was pasted. It promises that it looks at content and never at names; that a file which
lies in an envelope several times is delivered once; that one sound copy is enough; that what is refused is named;
and that time and memory are bounded, whatever comes. Nothing is written anywhere. It recognises change files and
does not judge them: that is what `bundle.decode` is for.
"""

from gealc_tui.sync.envelope.findings import Found, Opened, Refused, Repair
from gealc_tui.sync.envelope.opening import opened

__all__ = ["Found", "Opened", "Refused", "Repair", "opened"]
