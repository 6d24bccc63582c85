"""Opens a page in Firefox, which is spoken to in the W3C's own protocol (WebDriver BiDi), so that
no driver is needed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import websocket

FIREFOX = next(
    (found for name in ("firefox-esr", "firefox") if (found := shutil.which(name))), None
)
#: Put on every test that needs it.
needs_firefox = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not FIREFOX, reason="no Firefox: install Debian's firefox-esr for this test"
    ),
]

#: Settings of a profile that asks nothing of the network by itself: all goes to a proxy that is not
#: there.
_SETTINGS = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
}


class Firefox:
    """A Firefox with one page open; `asked` gathers the addresses it asked for."""

    def __init__(self, line: websocket.WebSocket) -> None:
        self.line, self.count, self.asked = line, 0, list[str]()
        self._send("session.new", capabilities={})
        self._send("session.subscribe", events=["network.beforeRequestSent"])
        (page,) = self._send("browsingContext.getTree")["contexts"]
        self.page = page["context"]

    def _send(self, method: str, **values: Any) -> Any:
        self.count += 1
        self.line.send(json.dumps({"id": self.count, "method": method, "params": values}))
        while True:
            told = json.loads(self.line.recv())
            if told.get("method") == "network.beforeRequestSent":
                self.asked.append(told["params"]["request"]["url"])
            if told.get("id") == self.count:
                assert told["type"] == "success", told
                return told["result"]

    def open(self, page: Path) -> None:
        """Open a file of this machine."""
        self._send(
            "browsingContext.navigate", context=self.page, url=page.as_uri(), wait="complete"
        )

    def run(self, script: str) -> Any:
        """Give what an expression of the page comes to, once it is settled, as JSON has it."""
        asked = {
            "expression": f"Promise.resolve({script}).then(JSON.stringify)",
            "target": {"context": self.page},
        }
        told = self._send("script.evaluate", **asked, awaitPromise=True)
        assert told["type"] == "success", told
        return json.loads(told["result"]["value"])


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """Start a Firefox of its own profile, and end it."""
    profile.mkdir(parents=True, exist_ok=True)
    settings = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
        for name, value in _SETTINGS.items()
    ]
    (profile / "user.js").write_text("".join(settings), encoding="utf-8")
    command = [
        str(FIREFOX),
        "--headless",
        "--no-remote",
        "--profile",
        str(profile),
        "--remote-debugging-port",
        "0",
        "about:blank",
    ]
    log = profile / "told.txt"
    with log.open("w") as told:
        started = subprocess.Popen(command, stdout=told, stderr=told)
    try:
        with closing(
            websocket.create_connection(
                f"{_address(log)}/session", timeout=120, suppress_origin=True
            )
        ) as line:
            yield Firefox(line)
    finally:
        started.terminate()
        started.wait(30)


def _address(log: Path) -> str:
    """Wait until Firefox has told where it is spoken to."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        told = log.read_text(encoding="utf-8", errors="replace").partition(
            "WebDriver BiDi listening on "
        )[2]
        if "\n" in told:
            return told.split()[0]
        time.sleep(0.1)
    raise AssertionError(
        f"Firefox did not start: {log.read_text(encoding='utf-8', errors='replace')[:2000]}"
    )
