"""Opens pages in a real browser with no network, and tells what the page asked for and what went
wrong in it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

CHROMIUM = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)
DRIVER = shutil.which("chromedriver")
#: Put on every test that needs a browser.
needs_browser = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (CHROMIUM and DRIVER),
        reason="no Chromium with its driver: install Debian's chromium and chromium-driver for this test",
    ),
]
_SWITCHES = (
    *(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
    ),
    *(
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
    ),
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


class Browser:
    """A browser with one page open at a time; `asked` and `wrong` gather what the page did since it
    was opened.

    Of what it asked for, `kept` is what the browser kept back because the page's policy says so.
    """

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver
        self.asked: list[str] = []
        self.kept: list[str] = []
        self.wrong: list[str] = []

    def open(self, page: Path, fragment: str = "") -> None:
        """Open a file of this machine, and forget what was before."""
        self.driver.get("about:blank")
        self._read_logs()
        self.asked, self.kept, self.wrong = [], [], []
        self.driver.get(page.as_uri() + fragment)

    def run(self, script: str, *values: Any) -> Any:
        """Run a script in the page and give what it returns."""
        return self.driver.execute_script(script, *values)

    def check(self, page: Path) -> None:
        """Assert that the page asked for nothing beyond itself and that no error reached its
        console.
        """
        self._read_logs()
        foreign = [
            address
            for address in self.asked
            if not address.startswith(("data:", "blob:", page.as_uri(), "about:"))
        ]
        assert not foreign, foreign
        assert not self.wrong, self.wrong

    def shot(self, name: str, folder: Path) -> Path:
        """Save a picture of the page, into the folder SCREENSHOTS names, where it is set (CI keeps
        that).
        """
        target = Path(os.environ.get("SCREENSHOTS") or folder) / f"{name}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        assert self.driver.save_screenshot(str(target))
        return target

    def _read_logs(self) -> None:
        addresses: dict[str, str] = {}
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            told = message["params"]
            if message["method"] == "Network.requestWillBeSent":
                addresses[told["requestId"]] = told["request"]["url"]
                self.asked.append(told["request"]["url"])
            elif (
                message["method"] == "Network.loadingFailed" and told.get("blockedReason") == "csp"
            ):
                self.kept.append(addresses.get(told["requestId"], ""))
        self.wrong += [
            entry["message"]
            for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
        ]


@contextmanager
def browser(
    profile: Path,
    *,
    width: int = 1280,
    height: int = 800,
    phone: bool = False,
    reduced: bool = False,
) -> Iterator[Browser]:
    """Start a browser of its own profile; `phone` is 390 x 844 with touch, `reduced` asks for
    little motion.
    """
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for switch in (*_SWITCHES, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
        options.add_argument(switch)
    if reduced:
        options.add_argument("--force-prefers-reduced-motion")
    if phone:
        metrics = {"width": 390, "height": 844, "pixelRatio": 2, "touch": True, "mobile": True}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = Chrome(options=options, service=ChromeService(executable_path=str(DRIVER)))
    driver.set_script_timeout(
        120
    )  # two cores shared with others may be busy; no test asks how long a script takes
    try:
        yield Browser(driver)
    finally:
        driver.quit()
