"""Shared folders on real servers, started here on the loopback: WebDAV, SFTP, S3."""

from __future__ import annotations

import gc
import http.server
import logging
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gealc_tui import errors
from gealc_tui.cli.main import main
from gealc_tui.commands import carrying, notes
from gealc_tui.i18n.sentences import sentence
from gealc_tui.replica import Replica
from gealc_tui.sync.carriers import schemes
from gealc_tui.sync.carriers.opening import open_folder, without_password
from gealc_tui.sync.carriers.remote import RemoteFolder

from . import servers

for needed in ("fsspec", "webdav4", "sshfs", "s3fs", "wsgidav", "cheroot", "moto", "flask"):
    pytest.importorskip(needed, reason="needs the extra `carriers` and the group `servers`")

ROOT = Path(__file__).parents[2]
ENTITY = "activity/2019/1.1.1"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loopback may be asked for here, and nothing else."""
    connect, names = socket.socket.connect, socket.getaddrinfo

    def connected(self: socket.socket, address: Any) -> None:
        assert self.family == socket.AF_UNIX or address[0] in LOOPBACK, "the network was asked for"
        connect(self, address)

    def found(host: Any, *arguments: Any, **options: Any) -> Any:
        assert host in LOOPBACK, "the network was asked for"
        return names(host, *arguments, **options)

    monkeypatch.setattr(socket.socket, "connect", connected)
    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.fixture(autouse=True)
def _own_credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's credentials but those of the test, and no patience for what does not answer."""
    for name in [*os.environ]:
        if name.startswith(("AWS_", "FSSPEC_", "SSH_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "aws"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "aws-keys"))
    monkeypatch.setattr(schemes, "SECONDS", 5)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)


class Place(NamedTuple):
    """A shared folder on a server: its URL, and what lies in it as the server sees it."""

    url: str
    put: Callable[[str, bytes], None]
    get: Callable[[str], bytes]
    names: Callable[[], list[str]]


def on_disk(url: str, folder: Path) -> Place:
    def put(name: str, data: bytes) -> None:
        (folder / name).write_bytes(data)

    return Place(url, put, lambda name: (folder / name).read_bytes(), lambda: sorted(p.name for p in folder.iterdir()))


@contextmanager
def started(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    folder = tmp_path / "servidor" / "plan de trabajo"
    folder.mkdir(parents=True)
    with ExitStack() as stack:
        if kind == "webdav":
            url = stack.enter_context(servers.webdav(folder.parent))
            yield on_disk(f"{url}/plan%20de%20trabajo", folder)
        elif kind == "sftp":
            url = stack.enter_context(servers.sftp(folder.parent, Path.home() / ".ssh" / "known_hosts"))
            yield on_disk(f"{url}/plan%20de%20trabajo", folder)
        else:
            monkeypatch.setenv("AWS_ENDPOINT_URL", stack.enter_context(servers.s3()))
            monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
            yield bucket("s3://clave:s3cr3ta@plan/2019")


def bucket(url: str) -> Place:
    import boto3

    client = boto3.client("s3", aws_access_key_id="clave", aws_secret_access_key="s3cr3ta")
    client.create_bucket(Bucket="plan")

    def put(name: str, data: bytes) -> None:
        client.put_object(Bucket="plan", Key=f"2019/{name}", Body=data)

    def names() -> list[str]:
        found = client.list_objects_v2(Bucket="plan").get("Contents", [])
        return sorted(one["Key"].removeprefix("2019/") for one in found)

    return Place(url, put, lambda name: client.get_object(Bucket="plan", Key=f"2019/{name}")["Body"].read(), names)


@pytest.fixture(params=["webdav", "sftp", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A folder on a server of each kind."""
    with started(request.param, tmp_path, monkeypatch) as found:
        yield found


@pytest.fixture(params=["webdav", "sftp"])
def disk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A folder on a server that has folders."""
    with started(request.param, tmp_path, monkeypatch) as found:
        yield found


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY", "small")


@pytest.fixture
def eva(make_replica):
    return make_replica("Eva", "PE", "small")


def notes_of(replica: Replica) -> set[str]:
    return {note.text for note in replica.read.notes(ENTITY)}


def sync(place: Place, *replicas: Replica) -> Any:
    return [carrying.sync(replica, place.url, accept=True) for replica in replicas][-1]


def refusal(url: str) -> str:
    with pytest.raises(errors.FolderUnreachable) as told:
        open_folder(url).entries()
    assert servers.SECRET not in sentence(told.value)
    return str(told.value.reason)


# --- what it is for ------------------------------------------------------------------------------------------------


def test_two_people_who_share_a_server_see_the_same_plan(place, ana, eva):
    notes.add_note(ana, ENTITY, "de Ana")
    notes.add_note(eva, ENTITY, "de Eva")
    sync(place, ana, eva, ana)
    assert ana.fingerprint() == eva.fingerprint()
    assert notes_of(ana) == {"de Ana", "de Eva"}
    assert all(name.startswith("gealc-") and name.endswith(".json") for name in place.names())
    assert len(place.names()) == 2


def test_when_nothing_is_new_nothing_is_fetched(place, ana, eva, monkeypatch):
    sync(place, ana, eva, ana)

    def fetched(self: RemoteFolder, name: str, limit: int) -> bytes:
        raise AssertionError(f"{name} was read again")

    monkeypatch.setattr(RemoteFolder, "read", fetched)
    for replica in (ana, eva):
        report = carrying.sync(replica, place.url)
        assert (report.written, report.failed, report.unreadable) == (None, None, ())


def test_half_a_file_waits_until_it_is_whole(place, ana, eva):
    sync(place, ana, eva)
    notes.add_note(eva, ENTITY, "de Eva")
    name = sync(place, eva).written
    whole = place.get(name)
    place.put(name, whole[:300])
    assert [one.name for one in sync(place, ana).unreadable] == [name]
    place.put(name, whole)
    assert sync(place, ana).unreadable == ()
    assert notes_of(ana) == {"de Eva"}


@pytest.mark.parametrize(
    "name", ["plan #1 100%.json", "a%20b.json", "¿qué? (copia en conflicto).json", "con espacio.sync-conflict-1.json"]
)
def test_a_conflict_copy_of_any_name_is_read(place, ana, eva, everything, name):
    notes.add_note(eva, ENTITY, "de Eva")
    place.put(name, everything(eva))
    assert sync(place, ana).unreadable == ()
    assert notes_of(ana) == {"de Eva"}


def test_other_peoples_files_and_folders_are_left_alone(disk, ana, tmp_path):
    disk.put("acta.docx", b"PK")
    disk.put("datos.json", b"[1, 2]")
    (tmp_path / "servidor" / "plan de trabajo" / "carpeta.json").mkdir()
    report = sync(disk, ana)
    assert (report.read, report.unreadable, report.failed) == (0, (), None)
    assert len(disk.names()) == 4


def test_no_more_than_wanted_is_fetched(place):
    place.put("grande.json", b"x" * 500_000)
    folder = open_folder(place.url)
    (entry,) = folder.entries()
    assert (entry.name, entry.size) == ("grande.json", 500_000)
    assert folder.read("grande.json", 1_000) == b"x" * 1_000
    assert len(folder.read("grande.json", 600_000)) == 500_000


def test_another_content_has_another_stamp(place):
    place.put("uno.json", b"a")
    (before,) = open_folder(place.url).entries()
    place.put("uno.json", b"bb")
    (after,) = open_folder(place.url).entries()
    assert before.stamp != after.stamp


def test_what_is_written_bears_the_stamp_that_is_listed(place):
    folder = open_folder(place.url)
    written = folder.write("gealc-a-000001.json", b"{}")
    assert folder.entries() == [written]
    assert place.get("gealc-a-000001.json") == b"{}"


def test_an_empty_bucket_is_an_empty_folder(tmp_path, monkeypatch):
    with started("s3", tmp_path, monkeypatch) as found:
        assert open_folder(found.url).entries() == []
        assert all(one.is_folder for one in open_folder(found.url.rpartition("/")[0]).entries())


# --- trouble -------------------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_on_the_server_is_told_and_not_made(disk, tmp_path):
    assert refusal(f"{disk.url}/otra") == "missing"
    assert [path.name for path in (tmp_path / "servidor").iterdir()] == ["plan de trabajo"]


def test_a_bucket_that_is_not_there_is_told(tmp_path, monkeypatch):
    with started("s3", tmp_path, monkeypatch) as found:
        assert refusal(found.url.replace("@plan", "@otro")) == "missing"


def test_a_wrong_password_is_told(disk):
    assert refusal(disk.url.replace("clave", "llave")) == "credentials"


def test_no_credentials_at_all_are_told(disk):
    assert refusal(without_password(disk.url)) == "credentials"


def test_no_credentials_for_a_bucket_are_told(tmp_path, monkeypatch):
    with started("s3", tmp_path, monkeypatch) as found:
        assert refusal(found.url.replace("clave:s3cr3ta@", "")) == "credentials"


@pytest.mark.parametrize("kind", ["webdav", "sftp", "s3"])
def test_a_server_that_is_not_there_is_told(kind, tmp_path, monkeypatch):
    with started(kind, tmp_path, monkeypatch) as found:
        pass
    assert refusal(found.url) == "offline"


@pytest.mark.parametrize("url", ["webdav+http://127.0.0.1:{}/x", "webdav://127.0.0.1:{}/x", "sftp://127.0.0.1:{}/x"])
def test_a_server_that_keeps_silent_is_not_waited_for_long(url, monkeypatch):
    monkeypatch.setattr(schemes, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert refusal(url.format(silent.getsockname()[1])) == "offline"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html><body>Bienvenido al hotel"),
        (207, b"<html>"),
        (207, b""),
        (207, b'<multistatus xmlns="DAV:"><response/></multistatus>'),
        (
            207,
            b'<multistatus xmlns="DAV:"><response><href>/x</href><propstat><prop><getcontentlength>muchos'
            b"</getcontentlength><getlastmodified>ayer</getlastmodified></prop></propstat></response></multistatus>",
        ),
        (404, b""),
        (302, b""),
        (500, b""),
    ],
)
def test_a_server_that_talks_of_something_else_is_told(status, body, monkeypatch):
    monkeypatch.setattr("webdav4.retry.BACKOFF", 0)

    class Other(http.server.BaseHTTPRequestHandler):
        def do_PROPFIND(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            assert refusal(f"webdav+http://127.0.0.1:{server.server_port}/x") in ("missing", "other", "offline")
        finally:
            server.shutdown()


def test_webdav_without_tls_must_be_asked_for(tmp_path, monkeypatch):
    with started("webdav", tmp_path, monkeypatch) as found:
        assert refusal(found.url.replace("webdav+http:", "webdav:")) == "offline"


def test_a_server_whose_key_is_not_known_gets_no_password(tmp_path):
    with servers.sftp(tmp_path, known_hosts=None) as url:
        assert refusal(url) == "host_key"


def test_a_server_whose_key_is_another_gets_no_password(tmp_path):
    known = Path.home() / ".ssh" / "known_hosts"
    with servers.sftp(tmp_path, known) as first:
        line = known.read_text("utf-8")
    with servers.sftp(tmp_path, None) as url:
        ports = [one.rpartition(":")[2] for one in (first, url)]
        known.write_text(line.replace(*ports), "utf-8")
        assert refusal(url) == "host_key"


def test_what_came_is_taken_in_when_the_server_takes_nothing(disk, ana, eva, monkeypatch):
    notes.add_note(eva, ENTITY, "de Eva")
    sync(disk, ana, eva)
    before = disk.names()
    notes.add_note(ana, ENTITY, "de Ana")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    with monkeypatch.context() as patch:
        if "sftp" in disk.url:
            from asyncssh import SFTPServer

            patch.setattr(SFTPServer, "posix_rename", refuse)
        else:
            from wsgidav.request_server import RequestServer

            patch.setattr(RequestServer, "do_MOVE", _forbidden)
        report = sync(disk, ana)
    assert notes_of(ana) == {"de Ana", "de Eva"}
    assert report.failed is not None
    assert report.written is None
    assert ana.unsent() > 0
    # Nothing half-written stays.
    assert disk.names() == before
    assert sync(disk, ana).failed is None
    sync(disk, eva)
    assert ana.fingerprint() == eva.fingerprint()


def _forbidden(self: Any, environ: Any, start_response: Any) -> None:
    from wsgidav.dav_error import HTTP_FORBIDDEN, DAVError

    raise DAVError(HTTP_FORBIDDEN)


def test_a_server_that_goes_away_while_files_are_read_is_told_and_what_came_stays(place, ana, eva, monkeypatch):
    for n in range(2):
        notes.add_note(eva, ENTITY, f"de Eva {n}")
        sync(place, eva)
    read = RemoteFolder.read

    def once(self: RemoteFolder, name: str, limit: int) -> bytes:
        if "000002" in name:
            raise errors.FolderUnreachable(place=self.place, reason="offline")
        return read(self, name, limit)

    monkeypatch.setattr(RemoteFolder, "read", once)
    report = sync(place, ana)
    assert isinstance(report.failed, errors.FolderUnreachable)
    assert notes_of(ana) == {"de Eva 0"}


# --- credentials ---------------------------------------------------------------------------------------------------


def test_a_password_may_stand_in_fsspecs_configuration(tmp_path, monkeypatch):
    from fsspec.config import conf

    monkeypatch.setitem(conf, "webdav", {"auth": [servers.USER, servers.SECRET]})
    with started("webdav", tmp_path, monkeypatch) as found:
        server = found.url.partition("@")[2]
        assert open_folder(f"webdav+http://{server}").entries() == []


def test_a_password_is_neither_kept_nor_shown(place, ana, capsys):
    sync(place, ana)
    secret = place.url.partition("://")[2].partition("@")[0].partition(":")[2]
    with sqlite3.connect(ana.path) as connection:
        kept = "\n".join(connection.iterdump())
    connection.close()
    assert place.names()[0] in kept
    home = ["--home", str(ana.path.parent)]
    assert main([*home, "sync", place.url]) == 0
    assert main([*home, "sync", "--json", place.url]) == 0
    assert main([*home, "sync", place.url.replace("plan", "nada")]) == 1
    out, err = capsys.readouterr()
    for text in (kept, out, err):
        assert secret not in text
        assert servers.SECRET not in text


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sftp://ana:x@servidor.org:22/plan", "sftp://ana@servidor.org:22/plan"),
        ("webdav://ana:a%40b@servidor.org/plan", "webdav://ana@servidor.org/plan"),
        ("webdav://ana:a@b:c@servidor.org/plan", "webdav://ana@servidor.org/plan"),
        ("s3://clave:s3cr3ta@plan/2019", "s3://clave@plan/2019"),
        ("s3://plan", "s3://plan"),
        ("/home/ana/plan", "/home/ana/plan"),
        ("C:\\Plan", "C:\\Plan"),
    ],
)
def test_a_place_is_shown_without_its_password(url, shown):
    assert without_password(url) == shown


@pytest.mark.parametrize(
    "url", ["ftp://ana:x@servidor/plan", "http://servidor/plan", "webdav://", "sftp://[::1/x", "sftp://a:x@s:puerto/"]
)
def test_what_is_no_address_is_told(url):
    with pytest.raises(errors.FolderAddress) as told:
        open_folder(url)
    assert "webdav://" in sentence(told.value)
    assert ":x@" not in sentence(told.value)


# --- without the extra ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "library"), [("webdav://s/x", "webdav4"), ("sftp://s/x", "sshfs"), ("s3://s/x", "s3fs")]
)
def test_without_the_extra_it_is_told_what_to_install(url, library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(errors.CarrierMissing) as told:
        open_folder(url)
    assert "gealc-tui[carriers]" in sentence(told.value)


def test_a_folder_of_the_machine_needs_nothing_of_it(ana, tmp_path):
    (tmp_path / "compartida").mkdir()
    home, place = ana.path.parent, tmp_path / "compartida"
    code = (
        "import sys; from gealc_tui.cli.main import main;"
        "code = main(sys.argv[1:]); print(sorted({'fsspec', 'webdav4', 'sshfs', 's3fs', 'httpx'} & set(sys.modules)));"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--home", str(home), "sync", str(place)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_sync_leaves_no_connection_open(tmp_path, ana, monkeypatch):
    import asyncssh

    open_now: list[object] = []
    monkeypatch.setattr(asyncssh.SSHServer, "connection_made", lambda self, _: open_now.append(self))
    monkeypatch.setattr(asyncssh.SSHServer, "connection_lost", lambda self, _: open_now.remove(self))
    gc.disable()
    try:
        with started("sftp", tmp_path, monkeypatch) as found:
            sync(found, ana, ana)
            for _ in range(100):
                if not open_now:
                    break
                time.sleep(0.05)
            assert open_now == []
    finally:
        gc.enable()
