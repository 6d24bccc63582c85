"""A saved web map opens in a real browser with no network: nothing is asked for, nothing goes wrong, the land is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from sovietpacific import maps

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=6000"),
)

#: Put into the page's head: gathers whatever is asked of the network or goes wrong, for the dumped page to show.
WATCH = """<script>
window.wrong = [];
window.addEventListener("error", function (e) { window.wrong.push(String(e.message || e.target.src || e.target.href)); }, true);
window.addEventListener("load", function () { setTimeout(function () {
  var box = document.body.appendChild(document.createElement("pre")); box.id = "found";
  box.textContent = JSON.stringify({wrong: window.wrong, asked: performance.getEntriesByType("resource").map(function (r) { return r.name; })
    .filter(function (name) { return name.slice(0, 5) !== "data:"; }), paths: document.querySelectorAll("path.leaflet-interactive").length,
    patterns: document.querySelectorAll("pattern").length, legend: document.querySelectorAll(".sp-box").length});
}, 1500); });
</script>"""


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install Debian's package chromium to run this test")
def test_a_saved_map_opens_without_a_network(tmp_path: Path) -> None:
    page = tmp_path / "map.html"
    maps.save(page, "1945-09-02")
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("<head>", "<head>" + WATCH, 1), encoding="utf-8")
    ran = subprocess.run(
        [str(CHROMIUM), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = ran.stdout.split('<pre id="found">')[1].split("</pre>")[0]
    assert '"wrong":[]' in found, found
    assert '"asked":[]' in found, found
    assert '"legend":2' in found, found
    paths, patterns = (int(found.split(f'"{name}":')[1].split(",")[0].rstrip("}")) for name in ("paths", "patterns"))
    assert paths >= 85
    assert patterns >= 5
