"""Whether a folder lies on another computer: there SQLite's journal in WAL mode is not safe for two at once.

Source: sqlite.org/wal.html, "all processes using a database must be on the same host computer".
"""

from __future__ import annotations

import sys
from pathlib import PurePath

_DRIVE_REMOTE = 4
"""What GetDriveTypeW calls a drive of the network."""


def is_on_network(folder: PurePath) -> bool:
    """Whether a folder is of a server (`\\\\server\\share`), or on a drive that Windows has connected to one."""
    if folder.drive.startswith(("\\\\", "//")) and not folder.drive.startswith(("\\\\?\\", "\\\\.\\")):
        return True
    if folder.drive.upper().startswith("\\\\?\\UNC\\"):
        return True
    return _is_remote_drive(folder.drive)


def _is_remote_drive(drive: str) -> bool:
    if sys.platform == "win32" and drive:
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE)
    return False
