"""Where things lie: what the program brings with it, and what belongs to the person.

`styles/` and `data/` stand at the top of the repository, and inside the package in a wheel. Everything of one copy
lies in its *home*: the database, the keys, the backups.
"""

from __future__ import annotations

import glob
import os
import re
import shutil
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from gealc_tui import atomic_files, errors
from gealc_tui.private import make_folder

_PACKAGE = Path(__file__).parent

BACKUPS = "respaldos"
"""The folder of the dated copies, beside the database: copies of two databases never mix."""


SENDING = "enviados"
"""The folder of a copy into which goes what is not for the person's documents."""

FOLDER = "reports_folder"
"""The setting that says where reports, minutes and change files are written, if not where they usually are."""

FAULTS = "fallas.log"
"""What is known of files over which the program failed, beside the database; private, and without their content."""

_DATED = "[0-9]" * 8 + "-" + "[0-9]" * 6 + "-" + "[0-9]" * 3 + "Z"
"""How the names of dated copies go on behind the name of their database."""


def bundled(name: str) -> Path:
    """A folder that the program brings with it: `styles` or `data`."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


class Home(NamedTuple):
    """The folder of one copy, and its database."""

    folder: Path
    database: Path
    plan: str | None = None
    """Year or id of a plan that is to be looked at this time; None: the one that is in view."""

    @property
    def keys(self) -> Path:
        """Where the private keys lie."""
        return self.folder / "keys"

    @property
    def backups(self) -> Path:
        """Where the dated copies of the database lie."""
        return self.database.parent / BACKUPS

    @property
    def sending(self) -> Path:
        """Where earlier versions wrote change files."""
        return self.folder / SENDING


def home(folder: str | None = None, database: str | None = None, plan: str | None = None) -> Home:
    """The home that was asked for: by argument, by GEALC_HOME, GEALC_DB and GEALC_PLAN, else the user's data folder.

    Raises FileUnwritable for the home of a user (`~name`) who does not exist.
    """
    chosen = folder or os.environ.get("GEALC_HOME")
    if chosen:
        path = expanded(chosen)
    else:
        from platformdirs import user_data_path

        path = user_data_path("gealc", appauthor=False)
    named = database or os.environ.get("GEALC_DB")
    return Home(
        path,
        expanded(named) if named else path / "gealc.db",
        plan if plan is not None else os.environ.get("GEALC_PLAN"),
    )


def documents() -> Path:
    """Where people look for what the program makes for others: `GEALC` among their documents, or GEALC_DOCUMENTS."""
    if chosen := os.environ.get("GEALC_DOCUMENTS"):
        return expanded(chosen)
    from platformdirs import user_documents_path

    return user_documents_path() / "GEALC"


def cache() -> Path:
    """What the program could make again, and keeps to begin sooner: on this machine alone, whatever home is opened."""
    from platformdirs import user_cache_path

    return user_cache_path("gealc", appauthor=False)


def expanded(path: str) -> Path:
    """A path as a person writes it, `~` and all. Raises FileUnwritable if there is no such user."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise errors.FileUnwritable(path=path, reason="missing") from error


def is_file(path: Path) -> bool:
    """Whether a file lies there; a path that no system takes, being too long or odd, is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def lost(home: Home) -> errors.DatabaseLost | None:
    """What lies beside a database that is not there or empty, if anything: then this is no first start.

    Keys that have written are looked at only for the home's own database: others may share them.
    """
    try:
        if home.database.stat().st_size:
            return None
    except FileNotFoundError:
        pass
    except OSError:
        return None
    own = home.database == home.folder / "gealc.db"
    keys = sum(1 for _ in home.keys.glob("*.mark")) if own else 0
    copies = sum(1 for _ in home.backups.glob(f"{glob.escape(home.database.stem)}-{_DATED}-*.db"))
    if not (keys or copies):
        return None
    return errors.DatabaseLost(path=str(home.database), folder=str(home.backups), copies=copies, keys=keys)


def dropped(text: str) -> Path:
    """The file that a path means which was typed, or dropped into a terminal by a file manager.

    Those put quotes round it, backslashes before blanks, or write a `file://` address; and accents are composed in
    one system and taken apart in another. Raises FileUnwritable as `expanded` does.
    """
    said = text.strip()
    if said.startswith("file:"):
        # What only begins like an address is taken as it was typed.
        with suppress(ValueError):
            said = at_address(said)
    if len(said) > 1 and said[0] == said[-1] and said[0] in "'\"":
        said = said[1:-1]
    # As it stands first: a name may hold a backslash, and on Windows every path does.
    spellings = [said] if os.name == "nt" else [said, re.sub(r"\\(.)", r"\1", said)]
    for spelling in spellings:
        path = expanded(spelling)
        if (found := _spelled_alike(path)) is not None:
            return found
    return expanded(said)


def at_address(address: str) -> str:
    """The path that a `file:` address means; with a host it is on a server: `//server/share`, `\\\\server\\share`.

    Raises ValueError for what is no address.
    """
    from urllib.parse import unquote, urlsplit

    url = urlsplit(address)
    host = f"//{url.netloc}" if url.netloc.casefold() not in ("", "localhost") else ""
    if os.name == "nt":
        from urllib.request import url2pathname

        return url2pathname(host + url.path)
    # Not url2pathname: from Python 3.14 on it refuses another host here.
    return unquote(host + url.path)


def _spelled_alike(path: Path) -> Path | None:
    """A path that is there, each of its parts with its accents composed or taken apart; None if none is."""
    found = Path(path.anchor)
    for part in path.parts[1 if path.anchor else 0 :]:
        spelled = (found / unicodedata.normalize(form, part) for form in ("NFC", "NFD"))
        following = next((one for one in (found / part, *spelled) if _exists(one)), None)
        if following is None:
            return None
        found = following
    return found


def _exists(path: Path) -> bool:
    # A name may be too long, or hold what no name can.
    with suppress(OSError, ValueError):
        return path.exists()
    return False


def settle(home: Home, *, anew: bool = False) -> None:
    """Makes the home, and at first start puts the approved plan into it.

    Raises FileUnwritable, and DatabaseLost unless its person wants to begin `anew`. Two processes that start at once
    find one database: the copy appears whole, under its name, or not at all. What killed processes left
    unfinished is swept away, which makes room on a full disk.
    """
    try:
        make_folder(home.folder)
        if (gone := lost(home)) is not None:
            if not anew:
                raise gone
            home.database.unlink(missing_ok=True)
        for folder in {home.folder, home.database.parent, home.backups, home.sending}:
            atomic_files.sweep(folder)
        if home.database.exists():
            return
        make_folder(home.database.parent)
        with atomic_files.unfinished(home.database.parent) as copy:
            shutil.copyfile(bundled("data") / "gealc.db", copy)
            with suppress(FileExistsError):
                _appear(copy, home.database)
    except OSError as error:
        raise errors.FileUnwritable(path=str(home.folder), reason=errors.reason_of(error)) from error


def _appear(copy: Path, database: Path) -> None:
    """Gives a finished file its name, unless another process was faster (FileExistsError)."""
    try:
        os.link(copy, database)
    except FileExistsError:
        raise
    except OSError:
        # No hard links here (FAT, some network folders).
        if database.exists():
            return
        atomic_files.replace(copy, database)
