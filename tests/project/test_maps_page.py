"""The code on the page about maps runs as it stands there, and the gallery shows what it names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.slow
def test_the_examples_of_the_page_run(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = re.findall(
        r"```python\n(.*?)```", (root / "docs" / "maps.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert len(blocks) == 2
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in blocks:
        exec(block, names)
    made = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert set(made) == {
        "1945.png",
        "war.gif",
        "war.html",
        "all.html",
        "kurils.svg",
        "nomonhan.pdf",
    }
    assert min(made.values()) > 20_000


def test_the_gallery_and_the_readme_show_pictures_that_are_there_and_small(root: Path) -> None:
    gallery = root / "docs" / "gallery"
    page = (gallery / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r'\]\(([\w-]+\.(?:png|gif))\)|src="([\w-]+\.png)"', page))
    names = {name for pair in shown for name in pair if name}
    assert names == {path.name for path in gallery.iterdir() if path.suffix in (".png", ".gif")}
    assert max((gallery / name).stat().st_size for name in names) < 400_000
    for picture in re.findall(
        r"\]\(([\w/.-]+\.png)\)", (root / "README.md").read_text(encoding="utf-8")
    ):
        assert (root / picture).is_file()
