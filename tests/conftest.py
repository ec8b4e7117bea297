"""What all tests share: real replicas on disk, whose clocks, ids and keys are the same each run.

No test reaches the network or the home of whoever runs it: both are taken away before each one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import settings

from gealc_tui import i18n
from gealc_tui.commands import plans
from gealc_tui.replica import Replica
from gealc_tui.sync import gate, identity

# Machines of very different speed run these tests, and a failing example is printed whole: no file is needed.
settings.register_profile("gealc", deadline=None, database=None, print_blob=True)
settings.load_profile("gealc")

DATA = Path(__file__).parents[1] / "data"
START = 1_552_564_800_000
"""2019-03-14, noon, UTC."""

SMALL_PLAN = """PLAN DE TRABAJO 2019
1) Áreas
1.1) Datos
Objetivo: Abrir.
Actividades anuales
1.1.1) Taller
Producto: Acta
Responsable: Perú
1.1.2) Estudio
Producto: Informe
"""

LOG = ("logs", "runs", "changes", "registers", "edits", "overs")
LOCAL = ("trust", "aside", "peers", "settings", "steps", "drafts")


class Clock:
    """Stands still until it is read, and then goes on by one step. `now` may be set: clocks are wrong at times."""

    def __init__(self, now: int = START, step: int = 1_000) -> None:
        self.now = now
        self.step = step

    def __call__(self) -> int:
        self.now += self.step
        return self.now


class Whole(NamedTuple):
    """Everything that a copy holds; what was refused leaves it equal."""

    dump: dict[str, object]
    fingerprint: str
    tables: dict[str, list[tuple[Any, ...]]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.name == "nt":
        for item in items:
            if "needs_posix" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="Windows has nothing of the kind"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home for this test alone: nobody's real one is read or written."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("GEALC_HOME", str(tmp_path / "gealc-home"))
    monkeypatch.setenv("GEALC_DOCUMENTS", str(tmp_path / "GEALC"))
    for name in ("GEALC_DB", "GEALC_LANG", "GEALC_PLAN", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    i18n.use(i18n.SOURCE)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for a connection or a name on the network fails the test."""
    connect = socket.socket.connect

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    def only_here(self: socket.socket, address: Any) -> None:
        # On Windows the event loop itself is a pair of sockets of this machine.
        is_own_loop = sys.platform == "win32" and address[0] in ("127.0.0.1", "::1")
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_own_loop:
            refuse()
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def _nothing_unnamed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that the gate has to give a name is a fault of the program, and fails the test.

    Tests of the gate itself say so: `@pytest.mark.faults`.
    """
    if "faults" not in request.keywords:
        monkeypatch.setattr(gate.Gate, "refused", _fail)


def _fail(_: gate.Gate, error: BaseException) -> None:
    raise AssertionError("an unnamed error") from error


class KeysInOrder:
    """Makes the private keys of one name: always the same ones, in the same order."""

    from_private_bytes = staticmethod(Ed25519PrivateKey.from_private_bytes)

    def __init__(self, name: str) -> None:
        self._seeds = (hashlib.sha256(f"{name} {n}".encode()).digest() for n in count())

    def generate(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(next(self._seeds))


def introduced(replica: Replica, name: str, country: str = "UY", role: str = "focal") -> Replica:
    """Says who uses a copy, with the key that follows from the name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(identity, "Ed25519PrivateKey", KeysInOrder(name))
        replica.introduce(name, country, role)
    return replica


def opened(folder: Path, name: str, clock: Callable[[], int] | None = None) -> Replica:
    """The copy in a folder, with the clock and the ids of a test."""
    ids = count(1)
    return Replica(folder / "gealc.db", folder / "keys", clock=clock or Clock(), new_id=lambda: f"{name}{next(ids):04}")


@pytest.fixture(scope="session")
def plan_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the official plan of 2019 and nobody's words."""
    return _imported(tmp_path_factory.mktemp("plan"), DATA / "plan-2019.txt")


@pytest.fixture(scope="session")
def small_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds a plan of two activities."""
    folder = tmp_path_factory.mktemp("small-plan")
    document = folder / "plan.txt"
    document.write_text(SMALL_PLAN, encoding="utf-8")
    return _imported(folder, document)


def _imported(folder: Path, document: Path) -> Path:
    plans.build_pristine(document, folder / "gealc.db")
    return folder / "gealc.db"


MakeReplica = Callable[..., Replica]


@pytest.fixture
def make_replica(tmp_path: Path, plan_database: Path, small_database: Path) -> Iterator[MakeReplica]:
    """Makes `make_replica(name, country, plan=…)`: a replica on disk, with its folder named like it.

    `plan` is True for the official plan, "small" for the one of two activities, False for none. With
    `introduce=False` nobody has said yet who uses the copy.
    """
    made: list[Replica] = []

    def make(
        name: str = "Ana",
        country: str = "UY",
        plan: bool | str = True,
        *,
        introduce: bool = True,
        clock: Callable[[], int] | None = None,
    ) -> Replica:
        folder = tmp_path / name
        if not folder.exists():
            folder.mkdir(mode=0o700)
            if plan:
                shutil.copyfile(small_database if plan == "small" else plan_database, folder / "gealc.db")
        replica = opened(folder, name, clock)
        made.append(replica)
        return introduced(replica, name, country) if introduce else replica

    yield make
    for replica in made:
        replica.close()


@pytest.fixture
def small_plan(tmp_path: Path) -> Path:
    """The document of two activities."""
    document = tmp_path / "plan.txt"
    document.write_text(SMALL_PLAN, encoding="utf-8")
    return document


@pytest.fixture
def reopen() -> Callable[[Replica], Replica]:
    """Closes a replica and opens it again, as the next start of the program does."""

    def again(replica: Replica) -> Replica:
        replica.close()
        return replica.another()

    return again


def tables_of(replica: Replica, names: tuple[str, ...]) -> dict[str, list[tuple[Any, ...]]]:
    return {name: sorted(replica._db.rows(f"SELECT * FROM {name}"), key=repr) for name in names}


@pytest.fixture
def whole() -> Callable[[Replica], Whole]:
    """Everything that a copy holds, its log and what is its own, to be compared before and after."""
    return lambda replica: Whole(replica.dump(), replica.fingerprint(), tables_of(replica, LOG + LOCAL))


@pytest.fixture
def everything() -> Callable[[Replica], bytes]:
    """A change file with all that a copy holds."""
    return lambda replica: replica.bundle_text(recipients=None, summary="").encode()


@pytest.fixture
def send(everything: Callable[[Replica], bytes]) -> Callable[..., Any]:
    """Sends all that one copy holds to another, whose user accepts those whom they meet; returns the report."""

    def sent(sender: Replica, recipient: Replica, *, accept: bool = True) -> Any:
        return recipient.merge([("file.json", everything(sender))], accept=accept)

    return sent
