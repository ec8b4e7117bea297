"""From what a person types to a folder: a path of this machine, or a URL of a server.

A folder of this machine needs nothing more; for a URL the optional extra `carriers` must be installed. A password in
a URL is used and goes no further: `without_password` is how a place is shown and remembered.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from gealc_tui import errors
from gealc_tui.paths import at_address
from gealc_tui.sync.carriers.folder import Folder, LocalFolder

SCHEMES = ("s3", "sftp", "webdav", "webdav+http")
"""What a URL may begin with. `webdav` is over TLS; `webdav+http`, without it, is for networks that one trusts."""


def open_folder(place: str) -> Folder:
    """The folder at a path or URL. Nothing is asked of it yet.

    Raises FolderAddress and CarrierMissing.
    """
    if "://" not in place:
        return LocalFolder(Path(place))
    url = _url(place)
    if url.scheme == "file":
        return LocalFolder(Path(at_address(place)))
    from gealc_tui.sync.carriers.remote import RemoteFolder

    try:
        return RemoteFolder(_shown(url), url)
    except ModuleNotFoundError as error:
        raise errors.CarrierMissing(scheme=url.scheme) from error


def without_password(place: str) -> str:
    """The place as it may be shown and kept. Raises FolderAddress."""
    return _shown(_url(place)) if "://" in place else place


def _shown(url: SplitResult) -> str:
    who, at, where = url.netloc.rpartition("@")
    return url._replace(netloc=f"{who.partition(':')[0]}{at}{where}").geturl()


def _url(place: str) -> SplitResult:
    try:
        url = urlsplit(place)
        is_known = url.scheme in SCHEMES and url.hostname and (url.port or True)
    except ValueError as error:
        # What cannot be taken apart may hold a password anywhere.
        raise errors.FolderAddress(place=place.partition("://")[0] + "://…", choices=SCHEMES) from error
    if url.scheme != "file" and not is_known:
        raise errors.FolderAddress(place=_shown(url), choices=SCHEMES)
    return url
