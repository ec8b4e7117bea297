"""The application in a browser of this machine (`gealc serve`): textual-serve, closed to everybody else.

It listens on 127.0.0.1 only. Who opens it needs the key in the address that is printed (another user of the machine
does not have it); a request that names another host, or comes from another page, is refused. The page asks for
nothing from the internet: docs/decisions/0016-browser.md.
"""

from __future__ import annotations

import hmac
import os
import secrets
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from gealc_tui import errors, i18n, paths
from gealc_tui.i18n import t

if TYPE_CHECKING:
    from aiohttp import web

ADDRESS = "127.0.0.1"

KEY = "llave"
"""The name of the key in the address that is printed."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The terminal in the page styles itself; nothing else may come from elsewhere or be written into the page."""


def serve(home: paths.Home, port: int) -> int:
    """Serves a home until Ctrl-C; returns the exit status. Raises BrowserMissing and PortTaken."""
    try:
        from aiohttp import web
        from textual_serve.server import Server  # noqa: F401
    except ImportError as error:
        raise errors.BrowserMissing() from error

    paths.settle(home)
    # By the environment and not in the command, which goes through a shell.
    os.environ["GEALC_HOME"], os.environ["GEALC_DB"] = str(home.folder), str(home.database)
    os.environ["GEALC_LANG"] = i18n.language()
    if home.plan is not None:
        os.environ["GEALC_PLAN"] = home.plan
    key = secrets.token_urlsafe(16)
    print(t("Abra esta dirección en un navegador de esta computadora:"))
    print(f"\n    http://{ADDRESS}:{port}/?{KEY}={key}\n")
    print(t("No comparta esta dirección: quien la tenga puede escribir en su nombre. Ctrl-C termina."), flush=True)
    try:
        web.run_app(application(port, key), host=ADDRESS, port=port, print=None)
    except OSError as error:
        raise errors.PortTaken(port=port) from error
    return 0


async def application(port: int, key: str) -> web.Application:
    """The pages, and the application behind them, for whoever has the key."""
    import jinja2
    from aiohttp import web
    from textual_serve.server import Server

    folder = paths.bundled("styles") / "browser"
    page = jinja2.Environment(autoescape=True).from_string((folder / "page.html").read_text(encoding="utf-8"))
    hosts = {f"{name}:{port}" for name in (ADDRESS, "localhost")}
    # Browsers give a cookie to every port of a machine.
    cookie = f"gealc-{port}"
    server = Server(_command(), ADDRESS, port, title="gealc")

    @web.middleware
    async def guard(request: web.Request, handler: Any) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if request.host not in hosts or (origin is not None and origin != f"http://{request.host}"):
            raise web.HTTPForbidden(text=t("Sólo se abre desde esta computadora, con la dirección que mostró gealc."))
        if _same(request.query.get(KEY, ""), key):
            # Out of the address, which stays in sight on a projector.
            found = web.HTTPFound("/")
            found.set_cookie(cookie, key, httponly=True, samesite="Strict")
            raise found
        if not _same(request.cookies.get(cookie, ""), key):
            raise web.HTTPForbidden(text=t("Falta la clave: use la dirección completa que mostró gealc."))
        response: web.StreamResponse = await handler(request)
        return response

    async def show(request: web.Request) -> web.Response:
        text = page.render(
            language=i18n.language(),
            title=t("Plan de trabajo de la Red GEALC"),
            opening=t("Abriendo el plan…"),
            closed=t("El programa se cerró."),
            again=t("Abrir de nuevo"),
            websocket=f"ws://{request.host}/ws",
            font_size=_font_size(request.query.get("fontsize", "")),
        )
        headers = {"Content-Security-Policy": _POLICY.format(host=request.host), "Referrer-Policy": "no-referrer"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    app = web.Application(middlewares=[guard])
    app.add_routes(
        [
            web.get("/", show),
            web.get("/ws", server.handle_websocket),
            web.static("/static", server.statics_path),
            web.static("/page", folder),
        ]
    )
    return app


def _same(one: str, other: str) -> bool:
    # What a browser sends may be half a character.
    return hmac.compare_digest(one.encode(errors="surrogatepass"), other.encode(errors="surrogatepass"))


def _command() -> str:
    """This very program, as a shell takes it."""
    words = [sys.executable, "-m", "gealc_tui"]
    if os.name == "nt":
        return subprocess.list2cmdline(words)
    import shlex

    return shlex.join(words)


def _font_size(asked: str) -> int:
    """Pixels; larger ones for a projector: `?fontsize=24`."""
    return min(max(int(asked), 8), 72) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 16
