"""The ways to a server: what each kind of URL needs, and what its libraries raise.

Each way imports its library when it is asked for (the optional extra `carriers`). Credentials come from the URL, from
fsspec's own configuration, or from where the library looks by itself: the SSH agent and `~/.ssh`, AWS's profile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, unquote

from gealc_tui.sync.carriers.folder import reason_of

SECONDS = 20
"""How long a server may be silent."""

Reasons = tuple[tuple[type[Exception], str | Callable[[Any], str]], ...]
"""What a library raises, and the code of FolderUnreachable that it means, or what finds it; the first that fits."""


def _moved(fs: Any, source: str, target: str) -> None:
    fs.mv(source, target)


def _never(fs: Any) -> bool:
    return False


def _read(fs: Any, path: str, limit: int) -> bytes:
    data = bytearray()
    with fs.open(path, "rb") as file:
        while len(data) < limit and (part := file.read(limit - len(data))):
            data += part
    return bytes(data)


def _streamed(fs: Any, path: str, limit: int) -> bytes:
    # webdav4 looks at a file before it reads it, and loses its way at names with `#`, `?` or `%`.
    data = bytearray()
    with fs.client.http.stream("GET", fs.client.join_url(quote(path)), follow_redirects=True) as answer:
        answer.raise_for_status()
        for part in answer.iter_bytes():
            data += part
            if len(data) >= limit:
                break
    return bytes(data[:limit])


class Way(NamedTuple):
    """How to come to a folder: `open` gives the fsspec file system, in which `root` is the folder."""

    root: str
    open: Callable[[], Any]
    close: Callable[[Any], object]
    reasons: Reasons
    move: Callable[[Any, str, str], None] | None = _moved
    """Renames a file at once; None: there is no renaming, and what is written appears whole."""
    is_empty: Callable[[Any], bool] = _never
    """Whether a folder that cannot be found is there, with nothing in it."""
    read: Callable[[Any, str, int], bytes] = _read
    """The first so many bytes of a file."""


def way(url: SplitResult) -> Way:
    """The way to a URL of one of the `SCHEMES`. Raises ModuleNotFoundError."""
    return {"s3": _s3, "sftp": _sftp, "webdav": _webdav, "webdav+http": _webdav}[url.scheme](url)


def _system() -> Reasons:
    """What every file system of fsspec raises."""
    from fsspec.exceptions import FSTimeoutError

    return (
        (FSTimeoutError, "offline"),
        (FileNotFoundError, "missing"),
        (NotADirectoryError, "not_a_folder"),
        (PermissionError, "permission"),
        (OSError, reason_of),
    )


def _credentials(url: SplitResult) -> tuple[str | None, str | None]:
    who, secret = url.username, url.password
    return who and unquote(who), None if secret is None else unquote(secret)


def _webdav(url: SplitResult) -> Way:
    from xml.etree.ElementTree import ParseError

    import httpx
    from fsspec.config import conf
    from webdav4 import client
    from webdav4.fsspec import WebdavFileSystem

    who, secret = _credentials(url)
    configured = conf.get("webdav", {}).get("auth")
    auth = (who or "", secret) if secret is not None else configured and tuple(configured)
    base = url._replace(scheme="http" if url.scheme == "webdav+http" else "https", netloc=url.netloc.rpartition("@")[2])

    def refused(error: client.HTTPError | httpx.HTTPStatusError) -> str:
        known = {401: "credentials", 403: "permission", 404: "missing", 407: "offline", 507: "full"}
        return known.get(error.response.status_code, "other")

    return Way(
        "",
        lambda: WebdavFileSystem(
            base._replace(query="", fragment="").geturl(), auth=auth, timeout=SECONDS, skip_instance_cache=True
        ),
        lambda fs: fs.client.http.close(),
        (
            (client.HTTPError, refused),
            (client.ForbiddenOperation, "permission"),
            (client.InsufficientStorage, "full"),
            (client.ResourceNotFound, "missing"),
            (client.ResourceConflict, "missing"),
            (client.BadGatewayError, "offline"),
            (client.ClientError, "other"),
            (httpx.HTTPStatusError, refused),
            (httpx.TransportError, "offline"),
            (httpx.HTTPError, "other"),
            (httpx.InvalidURL, "other"),
            (httpx.StreamError, "offline"),
            *_system(),
            # Answers that are not WebDAV, such as the page of a hotel's network.
            *((kind, "other") for kind in (ParseError, ValueError, LookupError, AttributeError, AssertionError)),
        ),
        lambda fs, source, target: fs.client.move(source, target, overwrite=True),
        read=_streamed,
    )


def _sftp(url: SplitResult) -> Way:
    import asyncssh
    from sshfs import SSHFileSystem

    who, secret = _credentials(url)
    known = {"host": url.hostname, "port": url.port, "username": who, "password": secret}
    path = unquote(url.path)
    return Way(
        path.removeprefix("/~/") if path.startswith("/~/") else path or "/",
        lambda: SSHFileSystem(
            **{name: value for name, value in known.items() if value is not None},
            # sshfs would trust any server; this is asyncssh's own rule, `~/.ssh/known_hosts`.
            known_hosts=(),
            connect_timeout=SECONDS,
            login_timeout=SECONDS,
            keepalive_interval=SECONDS,
            skip_instance_cache=True,
        ),
        # The connection belongs to the thread of fsspec's loop.
        lambda fs: fs.loop.call_soon_threadsafe(fs.client.close),
        (
            (asyncssh.HostKeyNotVerifiable, "host_key"),
            (asyncssh.PermissionDenied, "credentials"),
            # What sshfs makes of asyncssh.PermissionDenied.
            (PermissionError, "credentials"),
            (asyncssh.SFTPPermissionDenied, "permission"),
            (asyncssh.SFTPWriteProtect, "permission"),
            (asyncssh.SFTPNoSpaceOnFilesystem, "full"),
            (asyncssh.SFTPQuotaExceeded, "full"),
            (asyncssh.SFTPNotADirectory, "not_a_folder"),
            (asyncssh.SFTPNoSuchPath, "missing"),
            (asyncssh.SFTPConnectionLost, "offline"),
            (asyncssh.SFTPNoConnection, "offline"),
            (asyncssh.DisconnectError, "offline"),
            (asyncssh.Error, "other"),
            (asyncssh.ConfigParseError, "other"),
            (asyncssh.KeyImportError, "credentials"),
            *_system(),
        ),
    )


def _s3(url: SplitResult) -> Way:
    from botocore import exceptions
    from s3fs import S3FileSystem

    key, secret = _credentials(url)
    bucket = url.hostname or ""
    waiting = {"connect_timeout": SECONDS, "read_timeout": SECONDS, "retries": {"max_attempts": 2}}
    given = {"key": key, "secret": secret} if key and secret is not None else {}
    return Way(
        f"{bucket}/{unquote(url.path).strip('/')}".rstrip("/"),
        lambda: S3FileSystem(**given, config_kwargs=waiting, skip_instance_cache=True, use_listings_cache=False),
        lambda fs: fs.close_session(fs.loop, fs.s3),
        (
            (exceptions.NoCredentialsError, "credentials"),
            (exceptions.PartialCredentialsError, "credentials"),
            (exceptions.ConnectionError, "offline"),
            (exceptions.HTTPClientError, "offline"),
            (exceptions.BotoCoreError, "other"),
            (exceptions.ClientError, "other"),
            *_system(),
        ),
        None,
        # What is in no file of a bucket is no folder either.
        lambda fs: bool(fs.exists(bucket)),
    )
