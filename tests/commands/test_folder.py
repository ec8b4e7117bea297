"""One folder for all that the program makes for others, where people look for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gealc_tui import errors
from gealc_tui.authoring import DEMO_DAY
from gealc_tui.commands.folder import folder, use_folder
from gealc_tui.tui.app import GealcApp


@pytest.fixture
def documents(tmp_path, monkeypatch):
    monkeypatch.setattr("gealc_tui.commands.folder.documents", lambda: tmp_path / "Documentos" / "GEALC")
    return tmp_path / "Documentos" / "GEALC"


def test_files_lie_among_the_persons_documents_or_where_they_say(make_replica, documents, tmp_path):
    replica = make_replica("Ana")
    app = GealcApp(replica, None, replica.path.parent)
    assert folder(replica) == app.sending == documents
    use_folder(replica, str(tmp_path / "otra"))
    assert folder(replica) == app.sending == tmp_path / "otra", "also in a window that stands"
    use_folder(replica, "  ")
    assert folder(replica) == documents


def test_what_is_no_folder_is_refused_and_the_one_before_stays(make_replica, documents, tmp_path):
    replica = make_replica("Ana")
    (tmp_path / "archivo").write_text("x")
    for wrong in (str(tmp_path / "archivo"), "relativa/carpeta"):
        with pytest.raises(errors.FileUnwritable):
            use_folder(replica, wrong)
    assert folder(replica) == documents


def test_a_demonstration_puts_nothing_among_the_persons_documents(make_replica, documents):
    replica = make_replica("Ana")
    replica.set_setting(DEMO_DAY, "2019-06-18")
    assert folder(replica) == Path(replica.path.parent) / "enviados"
