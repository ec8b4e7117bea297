"""Real servers for shared folders, on the loopback: WebDAV, SFTP, S3. Each serves one folder, or one bucket."""

from __future__ import annotations

import asyncio
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER, SECRET = "ana", "clave: ñ@/2"
"""With all that must be quoted in a URL."""

_WHO = f"{USER}:{quote(SECRET, safe='')}@"


@contextmanager
def webdav(folder: Path) -> Iterator[str]:
    """A WebDAV server (WsgiDAV on cheroot) over a folder; the URL of its root, with the password."""
    from cheroot.wsgi import Server
    from wsgidav.wsgidav_app import WsgiDAVApp

    application = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(folder)},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": SECRET}}}},
            "http_authenticator": {"accept_digest": False, "default_to_digest": False},
            "logging": {"enable": False, "enable_loggers": []},
            "verbose": 0,
            "lock_storage": False,
        }
    )
    server = Server(("127.0.0.1", 0), application, numthreads=2, timeout=5, shutdown_timeout=1)
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield f"webdav+http://{_WHO}127.0.0.1:{server.bind_addr[1]}"
    finally:
        server.stop()
        thread.join(10)


@contextmanager
def sftp(folder: Path, known_hosts: Path | None) -> Iterator[str]:
    """An SFTP server (asyncssh) over a folder; the URL of its root, with the password.

    Its key is added to the file `known_hosts`, if one is given.
    """
    import asyncssh

    class Door(asyncssh.SSHServer):
        def begin_auth(self, username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, SECRET)

    key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def listen() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=Door,
            server_host_keys=[key],
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(folder)),
        )

    async def close(server: asyncssh.SSHAcceptor) -> None:
        server.close()
        await asyncio.wait_for(server.wait_closed(), 10)

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    port = server.get_port()
    if known_hosts is not None:
        known_hosts.parent.mkdir(parents=True, exist_ok=True)
        public = key.export_public_key().decode().strip()
        known_hosts.write_text(f"[127.0.0.1]:{port} {public}\n", encoding="ascii")
    try:
        yield f"sftp://{_WHO}127.0.0.1:{port}"
    finally:
        asyncio.run_coroutine_threadsafe(close(server), loop).result(15)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@contextmanager
def s3() -> Iterator[str]:
    """An S3 server (moto) with the empty bucket `plan`; its address."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    # Its buckets are the process's, and not the server's.
    urllib.request.urlopen(f"{address}/moto-api/reset", data=b"").close()
    try:
        yield address
    finally:
        server.stop()
