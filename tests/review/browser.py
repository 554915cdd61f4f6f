"""A headless Chromium, driven over the WebDriver protocol on this machine alone."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"escape": "\ue00c", "tab": "\ue004", "ctrl": "\ue009"}


class Browser:
    """One session."""

    def __init__(self, port: int, downloads: Path) -> None:
        self._base = f"http://127.0.0.1:{port}/session"
        self._opener = build_opener(ProxyHandler({}))
        self.downloads = downloads
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        preferences = {"download.default_directory": str(downloads)}
        options = {"args": arguments, "prefs": preferences}
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        self._base += "/" + self._call("POST", "", wanted)["sessionId"]

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        data = None if method in {"GET", "DELETE"} else json.dumps(body or {}).encode()
        kind = {"Content-Type": "application/json"}
        request = Request(self._base + path, data, kind)  # noqa: S310 - this machine's own driver
        request.method = method
        with self._opener.open(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def open(self, page: Path) -> None:
        self._call("POST", "/url", {"url": page.as_uri()})

    def click(self, selector: str) -> None:
        self._call("POST", f"/element/{self._find(selector)}/click")

    def type(self, selector: str, words: str) -> None:
        self._call("POST", f"/element/{self._find(selector)}/value", {"text": words})

    def press(self, *keys: str) -> None:
        """Keys that go to whatever has the focus."""
        pressed = [{"type": kind, "value": KEYS.get(key, key)} for key in keys
                   for kind in ("keyDown", "keyUp")]  # fmt: skip
        self._call(
            "POST", "/actions", {"actions": [{"type": "key", "id": "k", "actions": pressed}]}
        )

    def run(self, script: str) -> Any:
        return self._call("POST", "/execute/sync", {"script": script, "args": []})

    def log(self) -> list[str]:
        """What the browser complained of."""
        entries = self._call("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries]

    def downloaded(self) -> bytes:
        """The one file that was saved, once it is whole."""
        for _attempt in range(200):
            found = [path for path in self.downloads.iterdir() if path.suffix == ".json"]
            content = found[0].read_bytes() if found else b""
            if content.endswith(b"}"):
                return content
            time.sleep(0.05)
        raise AssertionError("nothing was saved")

    def close(self) -> None:
        self._call("DELETE", "")

    def _find(self, selector: str) -> str:
        found = self._call("POST", "/element", {"using": "css selector", "value": selector})
        return str(found[ELEMENT])


@contextmanager
def browsing(downloads: Path) -> Iterator[Browser]:
    """A browser that is closed again, with the program that drives it."""
    downloads.mkdir()
    driver = subprocess.Popen(
        ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert driver.stdout is not None
        lines = iter(driver.stdout.readline, "")
        port = next(m.group(1) for line in lines if (m := re.search(r"on port (\d+)\.", line)))
        browser = Browser(int(port), downloads)
        try:
            yield browser
        finally:
            browser.close()
    finally:
        driver.terminate()
        driver.wait(20)
        if driver.stdout is not None:
            driver.stdout.close()
