"""A shared folder on a server, through fsspec.

The promises of a local folder, and one more: whatever a server does, and whatever it answers, is a named error. What
servers do differently stands in `schemes`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any
from urllib.parse import SplitResult

from gealc_tui import errors
from gealc_tui.sync.carriers.folder import Entry, unfinished
from gealc_tui.sync.carriers.schemes import way

_STAMPS = ("etag", "ETag", "mtime", "modified", "LastModified")
"""What the file systems of fsspec call what changes with a file. The first that is there is the one."""

_OF_THE_FILE = {"missing", "not_a_folder", "permission", "full", "other"}
"""Reasons that may concern one file alone; the others concern the server."""


class RemoteFolder:
    """A folder at a URL. Connects when it is first asked. Raises ModuleNotFoundError without the extra `carriers`."""

    def __init__(self, place: str, url: SplitResult) -> None:
        self.place = place
        self._way = way(url)

    @cached_property
    def _fs(self) -> Any:
        return self._way.open()

    def entries(self) -> list[Entry]:
        with self._named():
            try:
                found = self._fs.ls(self._way.root, detail=True, refresh=True)
            except FileNotFoundError:
                if not self._way.is_empty(self._fs):
                    raise
                found = []
        return sorted(_entry(one) for one in found if one.get("type") in ("file", "directory"))

    def read(self, name: str, limit: int) -> bytes:
        with self._named(name):
            return self._way.read(self._fs, self._path(name), limit)

    def write(self, name: str, data: bytes) -> Entry:
        target = self._path(name)
        with self._named(name, writes=True):
            if self._way.move is None:
                self._fs.pipe_file(target, data)
            else:
                partial = self._path(unfinished(name))
                try:
                    with self._fs.open(partial, "wb") as file:
                        file.write(data)
                    self._way.move(self._fs, partial, target)
                except BaseException:
                    with suppress(*self._kinds):
                        self._fs.rm_file(partial)
                    raise
            return _entry(self._fs.info(target))

    def close(self) -> None:
        if "_fs" in self.__dict__:
            with suppress(*self._kinds):
                self._way.close(self._fs)

    def _path(self, name: str) -> str:
        return posixpath.join(self._way.root, name)

    @property
    def _kinds(self) -> tuple[type[Exception], ...]:
        return tuple(kind for kind, _ in self._way.reasons)

    @contextmanager
    def _named(self, name: str | None = None, *, writes: bool = False) -> Iterator[None]:
        """What the libraries raise becomes an error about the file `name`, or about the folder."""
        try:
            yield
        except self._kinds as error:
            said = next(said for kind, said in self._way.reasons if isinstance(error, kind))
            reason = said if isinstance(said, str) else said(error)
            if name is None or reason not in _OF_THE_FILE:
                raise errors.FolderUnreachable(place=self.place, reason=reason) from error
            if reason == "not_a_folder":
                reason = "other"
            if writes:
                raise errors.FileUnwritable(path=f"{self.place}/{name}", reason=reason) from error
            raise errors.FileUnreadable(path=name, reason=reason) from error


def _entry(found: Mapping[str, Any]) -> Entry:
    """A file or folder as a listing tells it. The last part of its name only: a server may say anything."""
    size = int(found.get("size") or 0)
    stamp = next((found[name] for name in _STAMPS if found.get(name)), "")
    name = posixpath.basename(str(found["name"]).rstrip("/"))
    if found.get("type") == "directory":
        return Entry(name, 0, "", is_folder=True)
    return Entry(name, size, f"{size} {stamp}")
