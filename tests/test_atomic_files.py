"""Files are there whole or not at all, and what killed processes left unfinished goes."""

from __future__ import annotations

import os
import time

import pytest

from gealc_tui import atomic_files, paths


def old(path, hours: float):
    path.write_bytes(b"half a")
    then = time.time() - hours * 60 * 60
    os.utime(path, (then, then))
    return path


def test_what_a_killed_process_left_goes_and_what_may_still_be_written_stays(tmp_path):
    stale = [old(tmp_path / name, 2) for name in (".gealc-abc", ".gealc-abc-wal")]
    fresh, others = old(tmp_path / ".gealc-def", 0.1), old(tmp_path / "gealc-abc", 500)
    atomic_files.write(tmp_path / "file", b"whole")
    assert not any(path.exists() for path in stale)
    assert fresh.exists()
    assert others.exists()


def test_each_start_sweeps_the_folders_of_the_home(tmp_path):
    home = paths.home(str(tmp_path / "home"))
    paths.settle(home)
    home.backups.mkdir()
    home.sending.mkdir()
    stale = [old(folder / ".gealc-abc", 2) for folder in (home.folder, home.backups, home.sending)]
    paths.settle(home)
    assert not any(path.exists() for path in stale)


def test_a_file_that_is_not_finished_leaves_the_one_before(tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"before")

    def full(*_):
        raise OSError("no room")

    monkeypatch.setattr(atomic_files.os, "fsync", full)
    with pytest.raises(OSError, match="no room"):
        atomic_files.write(tmp_path / "file", b"after")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"before"


@pytest.mark.needs_posix
def test_a_link_leads_to_its_target(tmp_path):
    (tmp_path / "target").write_bytes(b"before")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    atomic_files.write(tmp_path / "link", b"after")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"after"
