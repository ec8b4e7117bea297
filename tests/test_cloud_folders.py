"""Folders that a sync engine keeps are known for what they are, and others are not taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from gealc_tui.cloud_folders import keeper_of


@pytest.mark.parametrize(
    ("folder", "keeper"),
    [
        ("OneDrive/gealc", "OneDrive"),
        ("OneDrive - Ministerio de Hacienda/Documentos/gealc", "OneDrive"),
        ("Dropbox/gealc", "Dropbox"),
        ("Dropbox (AGESIC)/gealc", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs/gealc", "iCloud"),
        ("iCloudDrive/gealc", "iCloud"),
        ("Nextcloud/gealc", "Nextcloud"),
        ("Nextcloud2/gealc", "Nextcloud"),
        ("ownCloud/gealc", "ownCloud"),
        ("Google Drive/gealc", "Google Drive"),
        ("Library/CloudStorage/OneDrive-Personal/gealc", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-ana@example.org/Mi unidad/gealc", "Google Drive"),
        ("Library/CloudStorage/ProtonDrive-ana/gealc", "ProtonDrive"),
        (".local/share/gealc", None),
        ("Documentos/mi nextcloud vieja/gealc", None),
        ("boxes/gealc", None),
        ("Megaproyecto/gealc", None),
    ],
)
def test_by_the_name_of_a_folder_above(tmp_path, folder, keeper):
    (tmp_path / folder).mkdir(parents=True)
    assert keeper_of(tmp_path / folder) == keeper


@pytest.mark.parametrize(
    ("left", "keeper"),
    [
        (".dropbox", "Dropbox"),
        (".sync_0a1b.db", "Nextcloud"),
        ("._sync_0a1b.db", "Nextcloud"),
        (".stfolder", "Syncthing"),
    ],
)
def test_by_what_is_left_in_a_folder_above(tmp_path, left, keeper):
    (tmp_path / "Plan" / "gealc").mkdir(parents=True)
    (tmp_path / "Plan" / left).touch()
    assert keeper_of(tmp_path / "Plan" / "gealc") == keeper
    assert keeper_of(tmp_path) is None


def test_by_what_onedrive_says_of_itself(tmp_path, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Nube"))
    assert keeper_of(tmp_path / "Nube" / "gealc") == "OneDrive"
    assert keeper_of(tmp_path / "gealc") is None


def test_through_a_link(tmp_path):
    (tmp_path / "Dropbox" / "gealc").mkdir(parents=True)
    try:
        (tmp_path / "home").symlink_to(tmp_path / "Dropbox" / "gealc")
    except OSError:
        pytest.skip("Windows lets only some people make links")
    if (tmp_path / "home").resolve() == tmp_path / "home":
        pytest.skip("links are not followed here (Wine)")
    assert keeper_of(tmp_path / "home") == "Dropbox"


def test_a_folder_that_is_not_there_yet(tmp_path):
    assert keeper_of(Path(tmp_path / "Nextcloud" / "not" / "there")) == "Nextcloud"
    assert keeper_of(tmp_path / "not" / "there") is None
