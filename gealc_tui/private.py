"""Folders that only their owner reads, as far as the system can."""

from __future__ import annotations

import os
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Makes a folder, with those above it. Raises OSError.

    On Windows nothing is set inside the person's own profile, which nobody else reads: Python writes a list of rights
    for the mode 0700, and after one start as administrator that list would lock the person out.
    """
    is_set = os.name != "nt" or not _is_in_profile(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700 if is_set else 0o777)


def _is_in_profile(folder: Path) -> bool:
    try:
        return folder.absolute().is_relative_to(Path.home())
    except RuntimeError:
        # There is no profile.
        return False
