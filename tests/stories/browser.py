"""A real Chromium without a window, driven over a pipe (DevTools protocol): no port is opened for it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

PATIENCE = 40.0
"""Seconds. The machines are slow, and nothing waits longer than it must."""


def installed() -> str | None:
    """The Chromium of this machine."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """One page."""

    def __init__(self, profile: Path) -> None:
        read, self._write = os.pipe()
        self._read, write = os.pipe()
        arguments = [
            *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
            *("--disable-extensions", "--disable-background-networking", "--window-size=1200,760"),
            *(f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"),
        ]
        # The protocol wants descriptors 3 and 4.
        command = f'exec "$@" 3<&{read} 4>&{write}'
        self._process = subprocess.Popen(
            ["bash", "-c", command, "bash", str(installed()), *arguments],
            pass_fds=(read, write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read)
        os.close(write)
        os.set_blocking(self._read, False)
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self.requests: list[str] = []
        """The addresses of everything that was asked for, websockets too."""
        self.complaints: list[str] = []
        """What the page's console says of errors."""
        page = next(one for one in self.ask("Target.getTargets")["targetInfos"] if one["type"] == "page")
        self._session = self.ask("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.ask(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)
        os.close(self._write)
        os.close(self._read)

    def ask(self, method: str, **params: Any) -> Any:
        """Sends a command and returns what it answers."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for answer in self._arrived():
                if answer.get("id") == self._number:
                    assert "error" not in answer, answer
                    return answer["result"]
        raise AssertionError(f"no answer to {method}")

    def _arrived(self) -> list[dict[str, Any]]:
        try:
            self._rest += os.read(self._read, 1 << 20)
        except BlockingIOError:
            time.sleep(0.02)
        *whole, self._rest = self._rest.split(b"\0")
        messages = [json.loads(one) for one in whole]
        for one in messages:
            self._note(one.get("method", ""), one.get("params", {}))
        return messages

    def _note(self, event: str, said: dict[str, Any]) -> None:
        if event == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])
        elif event == "Network.webSocketCreated":
            self.requests.append(said["url"])
        elif event == "Log.entryAdded" and said["entry"]["level"] == "error":
            self.complaints.append(said["entry"]["text"])
        elif event == "Runtime.exceptionThrown":
            self.complaints.append(str(said["exceptionDetails"]))

    def go(self, address: str) -> None:
        self.ask("Page.navigate", url=address)

    def value(self, expression: str) -> Any:
        """What a JavaScript expression gives in the page."""
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def press(self, key: str) -> None:
        """A letter or a digit."""
        code = f"Digit{key}" if key.isdigit() else f"Key{key.upper()}"
        facts: dict[str, Any] = {"key": key, "code": code, "windowsVirtualKeyCode": ord(key.upper())}
        self.ask("Input.dispatchKeyEvent", type="keyDown", text=key, **facts)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **facts)

    def picture(self) -> str:
        """The page as a PNG, base64."""
        return str(self.ask("Page.captureScreenshot")["data"])
