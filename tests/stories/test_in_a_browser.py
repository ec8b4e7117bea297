"""The application in a real browser: nothing is asked of the internet, nobody else gets in, and a key is a key."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import pytest

from gealc_tui import paths
from gealc_tui.commands import people
from gealc_tui.replica import Replica
from stories import browser

pytest.importorskip("textual_serve", reason="the extra `serve` is not installed")

_CONNECT = socket.socket.connect
_CONNECT_EX = socket.socket.connect_ex
_ADDRESSES = socket.getaddrinfo


class Page(NamedTuple):
    """What `gealc serve` serves, and the home behind it."""

    address: str
    port: int
    home: paths.Home

    def answer(self, path: str = "/", **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        found = answer.status, answer.read().decode()
        connection.close()
        return found


def until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + browser.PATIENCE
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.1)


@pytest.fixture(autouse=True)
def _this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine may be asked here, and no other."""

    def only_here(host: str, *others: Any, **named: Any) -> Any:
        assert host == "127.0.0.1", f"the network was asked for: {host}"
        return _ADDRESSES(host, *others, **named)

    monkeypatch.setattr(socket.socket, "connect", _CONNECT)
    monkeypatch.setattr(socket.socket, "connect_ex", _CONNECT_EX)
    monkeypatch.setattr(socket, "getaddrinfo", only_here)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = paths.home(
        str(tmp_path_factory.mktemp("home") / "una copia"), str(tmp_path_factory.mktemp("db") / "gealc.db")
    )
    paths.settle(home)
    with Replica(home.database, home.keys) as replica:
        people.introduce(replica, "Ana", "UY", "focal")
        replica.set_setting("last_activity", "2019/3.1.1")
    command = [sys.executable, "-m", "gealc_tui", "--home", str(home.folder), "--db", str(home.database)]
    command += ["serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        try:
            said = "".join(iter(server.stdout.readline, "\n")) + server.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/\?llave=\S+", said)
            assert found is not None, said
            served = Page(found[0], port, home)
            end = time.monotonic() + browser.PATIENCE
            while not _listens(port):
                assert time.monotonic() < end, "the page is not served"
                time.sleep(0.1)
            yield served
        finally:
            # Windows sends no Ctrl-C to one process alone.
            if sys.platform == "win32":
                server.terminate()
            else:
                server.send_signal(signal.SIGINT)
            server.wait(browser.PATIENCE)


def _listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def test_only_this_machine_with_the_key_gets_in(page: Page) -> None:
    key = urlsplit(page.address).query
    here = f"127.0.0.1:{page.port}"
    assert page.answer()[0] == 403, "without the key"
    assert page.answer("/?llave=otra")[0] == 403
    assert page.answer("/static/js/textual.js")[0] == 403
    assert page.answer("/ws")[0] == 403
    assert page.answer(f"/?{key}")[0] == 302
    cookie = f"gealc-{page.port}={key.partition('=')[2]}"
    assert page.answer(Cookie=cookie)[0] == 200
    for host in (f"evil.example:{page.port}", "evil.example", f"192.0.2.1:{page.port}"):
        assert page.answer(f"/?{key}", Host=host, Cookie=cookie)[0] == 403, host
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
        assert page.answer("/ws", Host=here, Cookie=cookie, Origin=origin)[0] == 403, origin
    with socket.socket() as other:
        other.settimeout(2)
        assert other.connect_ex(("127.0.0.2", page.port)) != 0, "it listens at one address"


@pytest.mark.parametrize(
    "value", ["\xff", "\xed\xa0\x80", '"\\777"', "", "=", ";;;=;", '"', "a" * 5_000, "ñ", "%FF", "\xff=\xff; x"]
)
def test_a_malformed_cookie_or_key_is_a_wrong_one(page: Page, value: str) -> None:
    assert page.answer(Cookie=f"gealc-{page.port}={value}")[0] == 403
    assert page.answer(Cookie=value)[0] == 403
    assert page.answer(f"/?llave={quote(value, encoding='latin-1')}")[0] == 403


@pytest.mark.skipif(browser.installed() is None, reason="no Chromium is installed")
def test_a_key_in_the_page_changes_the_database_and_the_page_needs_no_internet(page: Page, tmp_path: Path) -> None:
    def status() -> str:
        with Replica(page.home.database, page.home.keys) as replica:
            return str(replica.read.activity("2019/3.1.1", replica.today).row.status)

    with browser.Browser(tmp_path / "profile") as chromium:
        chromium.go(page.address)
        focused = "document.activeElement.className"
        until(lambda: chromium.value("document.body.classList.contains('-first-byte')") is True, "it is drawn")
        assert chromium.value(focused) == "xterm-helper-textarea"
        assert status() == "pending"
        # Keys that come before the first screen are for nobody.
        until(lambda: _pressed(chromium, "3", lambda: status() == "done"), "the status is in the database")
        hosts = {urlsplit(address).netloc for address in chromium.requests}
        assert hosts == {f"127.0.0.1:{page.port}"}, chromium.requests
        assert any(address.startswith("ws://") for address in chromium.requests)
        assert chromium.value("document.fonts.check('16px \"Roboto Mono\"')") is True
        assert chromium.value("window.location.search") == "", "the key does not stay in sight"
        assert chromium.complaints == []
        chromium.press("q")
        until(lambda: chromium.value("document.body.classList.contains('-closed')") is True, "it says that it closed")
        assert "El programa se cerró" in chromium.value("document.getElementById('closed').innerText")


def _pressed(chromium: browser.Browser, key: str, holds: Callable[[], bool]) -> bool:
    chromium.press(key)
    end = time.monotonic() + 2
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False
