"""Where the program puts what people look for: reports, minutes, change files, drafts of messages.

One folder for all of it, where people see it; a demonstration keeps what it makes to itself.
"""

from __future__ import annotations

from pathlib import Path

from gealc_tui import errors
from gealc_tui.commands.fields import clean
from gealc_tui.paths import FOLDER, SENDING, documents, expanded
from gealc_tui.replica import Replica


def folder(replica: Replica) -> Path:
    """Where files are written from the window: Documents/GEALC, unless the person chose another folder."""
    if chosen := replica.setting(FOLDER):
        return Path(chosen)
    return documents() if replica.demo_day is None else replica.path.parent / SENDING


def use_folder(replica: Replica, text: str) -> None:
    """Files are written to another folder from now on; an empty text means the usual one again.

    Raises what `checked_folder` raises.
    """
    replica.set_setting(FOLDER, str(checked_folder(text)) if text.strip() else "")


def checked_folder(text: str) -> Path:
    """A folder as a person writes it. Raises FileUnwritable for one that is none, or not the whole path."""
    path = expanded(clean(text).strip()) if text.strip() else documents()
    if not path.is_absolute() or (path.exists() and not path.is_dir()):
        raise errors.FileUnwritable(path=str(path), reason="folder_wanted")
    return path
