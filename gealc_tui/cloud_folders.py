"""Whether a folder belongs to a program that synchronises it, and may replace an open database by another version.

Known by the names that these programs give to their folders, by what they leave in them, and by what they say in the
environment. A folder that is not recognised may belong to one all the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_NAMES = (
    # "OneDrive - Ministerio de Hacienda", "Dropbox (Personal)", "Nextcloud2", "Mi unidad".
    (re.compile(r"onedrive\b.*|skydrive", re.IGNORECASE), "OneDrive"),
    (re.compile(r"dropbox\b.*", re.IGNORECASE), "Dropbox"),
    (re.compile(r"icloud ?drive|icloud~.*|com~apple~clouddocs|mobile documents", re.IGNORECASE), "iCloud"),
    (re.compile(r"nextcloud\d*\b.*", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"owncloud\d*\b.*", re.IGNORECASE), "ownCloud"),
    (re.compile(r"google ?drive\b.*|drivefs", re.IGNORECASE), "Google Drive"),
    (re.compile(r"mega(sync)?|pcloud ?drive|box( sync)?|syncthing", re.IGNORECASE), ""),
)
"""What a folder is called, and whose it is then; empty: as the folder itself."""

_LEFT = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".stfolder", "Syncthing"),
)
"""What lies in the topmost folder of one."""

_SAID = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Variables in which OneDrive for Windows says which folders are its own."""

_JOURNALS = (".sync_*.db", "._sync_*.db")
"""What Nextcloud and ownCloud keep of a folder that they synchronise."""


def keeper_of(folder: Path) -> str | None:
    """The name of the program that synchronises a folder, as people know it; None if none is recognised."""
    with suppress(OSError, RuntimeError):
        resolved = folder.resolve()
        for place in dict.fromkeys((folder.absolute(), resolved)):
            for above in (place, *place.parents):
                if (keeper := _keeper_at(above)) is not None:
                    return keeper
    return None


def _keeper_at(folder: Path) -> str | None:
    if folder.parent.name == "CloudStorage" and folder.parent.parent.name == "Library":
        # macOS puts them all there: "GoogleDrive-ana@example.org".
        return next(_by_name(folder.name.partition("-")[0]), folder.name.partition("-")[0])
    if (named := next(_by_name(folder.name), None)) is not None:
        return named
    if any((said := os.environ.get(name)) and folder == Path(said) for name in _SAID):
        return "OneDrive"
    for name, keeper in _LEFT:
        if (folder / name).exists():
            return keeper
    return "Nextcloud" if any(True for pattern in _JOURNALS for _ in folder.glob(pattern)) else None


def _by_name(name: str) -> Iterator[str]:
    for pattern, keeper in _NAMES:
        if pattern.fullmatch(name):
            yield keeper or name
