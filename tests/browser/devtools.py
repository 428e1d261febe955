"""A headless Chromium, driven by its DevTools protocol over two pipes: no port, no other library.

Source: chromedevtools.github.io/devtools-protocol; a message is JSON that ends with a NUL byte.
"""

import fcntl
import json
import os
import select
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE_S = 20.0
FIRST_FREE = 10  # file descriptors: the browser's own pipes are 3 and 4
# Puts the pipes where the browser looks for them.
LAUNCH = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
# No sandbox: it needs rights that a container seldom gives, and the pages are of our own making.
OPTIONS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
)
KEYS = {"Tab": 9, "Enter": 13, " ": 32}


class Browser:
    """One process. Events are kept for the page that they are of."""

    def __init__(self, process: "subprocess.Popen[bytes]", to: int, back: int) -> None:
        self._process, self._to, self._back = process, to, back
        self._number = 0
        self._unread = b""
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str | None = None, **values: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": values}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            reply = self._next()
            if reply.get("id") != self._number:
                self.events.append(reply)
                continue
            assert "error" not in reply, f"{method}: {reply['error']}"
            result: dict[str, Any] = reply["result"]
            return result

    def wait_for(self, method: str, session: str) -> dict[str, Any]:
        """The event's values, whether it has come or is to come."""
        while True:
            for event in self.events:
                if event.get("method") == method and event.get("sessionId") == session:
                    values: dict[str, Any] = event["params"]
                    return values
            self.events.append(self._next())

    def forget(self, method: str, session: str) -> None:
        self.events = [
            each
            for each in self.events
            if (each.get("method"), each.get("sessionId")) != (method, session)
        ]

    def _next(self) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE_S
        while b"\0" not in self._unread:
            ready, _, _ = select.select([self._back], [], [], max(0.0, end - time.monotonic()))
            assert ready, "the browser does not answer"
            data = os.read(self._back, 1 << 20)
            assert data, f"the browser has ended: {self._process.poll()}"
            self._unread += data
        message, _, self._unread = self._unread.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    @contextmanager
    def page(
        self,
        address: Path | str,
        *,
        width: int = 1000,
        height: int = 844,
        scheme: str = "light",
        scripts: bool = True,
    ) -> Iterator["Page"]:
        """A file or a URL in a page of its own, as a person opens it. What happens is kept from
        before it is asked for."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        page.resize(width, height)
        page.call(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )
        url = address.as_uri() if isinstance(address, Path) else address
        gone = page.call("Page.navigate", url=url)
        assert not gone.get("errorText"), f"{url}: {gone['errorText']}"
        self.wait_for("Page.loadEventFired", session)
        yield page
        self.call("Target.closeTarget", targetId=target)
        self.events = [each for each in self.events if each.get("sessionId") != session]


class Page:
    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session

    def call(self, method: str, **values: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, **values)

    def value(self, expression: str) -> Any:
        """What JavaScript comes to, a promise when it is kept. It is run by the tools, whatever
        the page allows."""
        ended = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in ended, ended["exceptionDetails"]
        return ended["result"].get("value")

    def resize(self, width: int, height: int) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def leave(self, expression: str) -> None:
        """Do what leads to another page, and be there."""
        self._browser.forget("Page.loadEventFired", self._session)
        self.value(expression)
        self._browser.wait_for("Page.loadEventFired", self._session)

    def press(self, key: str) -> None:
        text = {"Enter": "\r", " ": " "}.get(key, "")
        values = {"key": key, "code": key.strip() or "Space", "windowsVirtualKeyCode": KEYS[key]}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **values)
        self.call("Input.dispatchKeyEvent", type="keyUp", **values)

    def type(self, text: str) -> None:
        self.call("Input.insertText", text=text)

    def events(self, *methods: str) -> list[dict[str, Any]]:
        """Values of the page's events of these kinds, up to now."""
        self.value("0")
        return [
            each["params"]
            for each in self._browser.events
            if each.get("sessionId") == self._session and each.get("method") in methods
        ]

    def screenshot(self) -> bytes:
        """Of the whole page: a PNG."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        taken = self.call(
            "Page.captureScreenshot", captureBeyondViewport=True, optimizeForSpeed=True, clip=clip
        )
        return b64decode(taken["data"])


@contextmanager
def chromium(program: str, folder: Path) -> Iterator[Browser]:
    """A browser with a profile of its own in the folder."""
    theirs_in, to = os.pipe()
    back, theirs_out = os.pipe()
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD, FIRST_FREE) for end in (theirs_in, theirs_out)]
    os.close(theirs_in)
    os.close(theirs_out)
    options = [*OPTIONS, f"--user-data-dir={folder / 'profile'}", "about:blank"]
    with (folder / "chromium.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, *map(str, ends), program, *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=ends,
        )
    for end in ends:
        os.close(end)
    browser = Browser(process, to, back)
    try:
        yield browser
        browser.call("Browser.close")
    finally:
        os.close(to)
        os.close(back)
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
