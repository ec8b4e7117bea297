"""A shared folder, as narrow as it can be: what lies in it, one file read, one new file written.

Whoever keeps the folder in step (Nextcloud, OneDrive, Syncthing, a USB stick) is not known here. Promises: only
ordinary files that lie in the folder itself are opened; a file is written whole or not at all; a folder that is not
there is never made, because an absent stick or share would be hidden by an empty folder.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from gealc_tui import atomic_files, errors


class Entry(NamedTuple):
    """A file in a folder: its size in bytes, and a stamp that is another one when the file is. Or a subfolder."""

    name: str
    size: int
    stamp: str
    is_folder: bool = False


class Folder(Protocol):
    """What a carrier offers. `place` names the folder to people and never holds a password."""

    place: str

    def entries(self) -> list[Entry]:
        """The ordinary files and the subfolders, by name. Raises FolderUnreachable."""

    def read(self, name: str, limit: int) -> bytes:
        """The first `limit` bytes of a file. Raises FileUnreadable and FolderUnreachable."""

    def write(self, name: str, data: bytes) -> Entry:
        """A new file, whole or not at all. Raises FileUnwritable and FolderUnreachable."""

    def close(self) -> None:
        """Ends the connection, if there is one."""


def unfinished(name: str) -> str:
    """What a file is called until it is whole.

    Nextcloud (`*.~*`), OneDrive (`.tmp`) and Dropbox (`.~*`) leave such names alone. Not `.part`, which Nextcloud's
    server refuses.
    """
    return f".~{name.partition('.')[0]}-{secrets.token_hex(4)}.tmp"


class LocalFolder:
    """A folder of this machine, or one that the system shows as such."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self.place = str(self._path)

    def entries(self) -> list[Entry]:
        try:
            with os.scandir(self._path) as found:
                names = sorted(one.name for one in found)
        except OSError as error:
            reason = "not_a_folder" if self._path.is_file() else reason_of(error)
            raise errors.FolderUnreachable(place=self.place, reason=reason) from error
        return [entry for name in names if (entry := self._entry(name)) is not None]

    def _entry(self, name: str) -> Entry | None:
        """None for what is neither an ordinary file nor a folder, or has gone meanwhile."""
        with suppress(OSError):
            # Not what scandir says: on Windows that may be older than the file.
            found = os.lstat(self._path / name)
            if stat.S_ISREG(found.st_mode):
                return Entry(name, found.st_size, f"{found.st_size} {found.st_mtime_ns}")
            if stat.S_ISDIR(found.st_mode):
                return Entry(name, 0, "", is_folder=True)
        return None

    def read(self, name: str, limit: int) -> bytes:
        try:
            # Between listing and opening somebody may have put a link or a pipe in the file's place.
            with open(os.open(self._inside(name), _READ), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise errors.FileUnreadable(path=name, reason="other")
                return file.read(limit)
        except OSError as error:
            raise errors.FileUnreadable(path=name, reason=errors.reason_of(error)) from error

    def write(self, name: str, data: bytes) -> Entry:
        target, partial = self._inside(name), self._inside(unfinished(name))
        try:
            try:
                # Readable by whom the folder's owner lets in, not by its writer alone.
                with open(os.open(partial, _WRITE, 0o666), "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                atomic_files.replace(partial, target)
            finally:
                with suppress(OSError):
                    atomic_files.unlink(partial)
            self._settle()
            found = os.lstat(target)
        except OSError as error:
            raise errors.FileUnwritable(path=str(target), reason=errors.reason_of(error)) from error
        return Entry(name, found.st_size, f"{found.st_size} {found.st_mtime_ns}")

    def close(self) -> None:
        pass

    def _inside(self, name: str) -> Path:
        if name in ("", ".", "..") or os.path.basename(name) != name:
            raise ValueError(f"not the name of a file: {name!r}")
        return self._path / name

    def _settle(self) -> None:
        """Has the new name written to the disk too, where the system can."""
        with suppress(OSError):
            folder = os.open(self._path, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)

_AWAY = {
    getattr(errno, name, None)
    for name in ("ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ENOTCONN", "ESTALE")
}


def reason_of(error: OSError) -> str:
    """The code of FolderUnreachable for what the system said."""
    if getattr(error, "winerror", None) in errors.WINDOWS_REASONS:
        return errors.reason_of(error)
    if isinstance(error, TimeoutError | ConnectionError) or (error.errno is not None and error.errno in _AWAY):
        return "offline"
    return {
        errno.ENOENT: "missing",
        errno.ENOTDIR: "not_a_folder",
        errno.EACCES: "permission",
        errno.EPERM: "permission",
    }.get(error.errno or 0, "other")
