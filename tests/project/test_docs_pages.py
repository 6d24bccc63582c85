"""What the pages say is so: their examples answer as printed, their commands exist, their links
lead somewhere, the citation agrees.
"""

from __future__ import annotations

import doctest
import importlib.util
import re
import shlex
import tomllib
from pathlib import Path
from types import ModuleType

import click
import pytest
import yaml

from sovietpacific.cli.main import main

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *DOCS.glob("*.md"),
        DOCS / "gallery" / "README.md",
        ROOT / "seeds" / "README.md",
    ]
)
#: These pages have tests of their own, and so has README.md.
ELSEWHERE = ("bulk.md", "exports.md")
WITH_EXAMPLES = [
    page
    for page in sorted(DOCS.glob("*.md"))
    if ">>> " in page.read_text(encoding="utf-8") and page.name not in ELSEWHERE
]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def told(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=name_of)
def test_the_examples_of_a_page_answer_as_printed(page: Path) -> None:
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    result = doctest.testfile(str(page), module_relative=False, optionflags=flags, encoding="utf-8")
    assert result.attempted > 0
    assert result.failed == 0


def test_the_pages_that_explain_have_examples() -> None:
    assert {"index.md", "asking.md", "views.md", "days.md", "names.md", "citing.md"} <= {
        page.name for page in WITH_EXAMPLES
    }


def commands_of(page: Path) -> list[str]:
    """Give the lines of shell on a page, and the code in its text, that call the command."""
    text = page.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).splitlines()
    inline = re.findall(
        r"`(sovietpacific [a-z][^`\n]*)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    )
    return [line for line in (*blocks, *inline) if line.startswith("sovietpacific ")]


@pytest.mark.parametrize("page", [page for page in PAGES if commands_of(page)], ids=name_of)
def test_the_commands_on_a_page_are_understood(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in commands_of(page):
        words = shlex.split(line, comments=True)[1:]
        for word in words:
            if Path(word).suffix in (".parquet", ".csv", ".geojson"):
                Path(word).touch()  # a file to be read must be there
        command = main.commands[words[0]]
        with command.make_context(
            words[0], words[1:], parent=click.Context(main, info_name="sovietpacific")
        ) as context:
            assert not context.args, line


def links_of(page: Path) -> list[str]:
    """Give the addresses of links and pictures on a page, those in code left out."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [*re.findall(r"\]\(([^)\s]+)\)", text), *re.findall(r'src="([^"]+)"', text)]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_links_of_a_page_lead_to_files(page: Path) -> None:
    for address in links_of(page):
        if not address.startswith(("https://", "http://", "#")):
            assert (page.parent / address.partition("#")[0]).resolve().exists(), (
                f"{name_of(page)}: {address}"
            )


def test_the_citation_agrees_with_the_project_and_its_data() -> None:
    citation = yaml.safe_load(told("CITATION.cff"))
    edition = tomllib.loads(told("seeds/edition.toml"))
    project = tomllib.loads(told("pyproject.toml"))["project"]
    assert (citation["version"], citation["date-released"]) == (
        edition["version"],
        edition["as_of"].isoformat(),
    )
    (software,) = (entry for entry in citation["references"] if entry["type"] == "software")
    assert software["title"] == project["name"]
    assert set(citation["license"]) | {software["license"]} <= set(
        project["license"].split(" AND ")
    )
    assert [author["name"] for author in citation["authors"]] == [
        author["name"] for author in project["authors"]
    ]


def test_the_citation_has_what_the_format_asks_for_and_nothing_it_does_not_know() -> None:
    citation = yaml.safe_load(told("CITATION.cff"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "dataset"
    needed = {"authors", "cff-version", "message", "title"}
    known = needed | {
        "abstract",
        "date-released",
        "keywords",
        "license",
        "references",
        "type",
        "version",
    }
    assert needed <= set(citation) <= known
    assert all({"authors", "title", "type"} <= set(entry) for entry in citation["references"])


def test_the_versions_in_texts_to_be_copied_are_those_of_today() -> None:
    version = tomllib.loads(told("seeds/edition.toml"))["version"]
    assert set(
        re.findall(r"\b20\d\d\.\d+\.\d+\b", told("docs/citing.md") + told("LICENSE-DATA.md"))
    ) == {version}


@pytest.fixture(scope="module")
def site_pages() -> ModuleType:
    """Load the extension of the site."""
    pytest.importorskip(
        "sphinx",
        reason="the extension of the site needs Sphinx, which is in requirements/develop.txt",
    )
    spec = importlib.util.spec_from_file_location("site_pages", DOCS / "site_pages.py")
    assert spec is not None
    assert spec.loader is not None
    pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    return pages


def test_code_in_docstrings_leads_to_public_names_only(site_pages: ModuleType) -> None:
    assert doctest.testmod(site_pages).failed == 0
    codes = ("DayError", "Atlas.views", "maps", "holder", "Atlas.nothing", "area_km2", "label")
    homes = [site_pages.home_of(code) for code in codes]
    assert homes == ["sovietpacific.DayError", "sovietpacific.Atlas.views", "", "", "", "", ""]


def test_the_page_of_commands_describes_each(site_pages: ModuleType) -> None:
    lines = list(site_pages.describe_commands(main))
    assert {line.removeprefix("## ") for line in lines if line.startswith("## ")} == set(
        main.commands
    )
    assert any(line.startswith("| `--view TEXT` | control, sovereignty, title") for line in lines)
    group = click.Group(
        commands=[
            click.Command("ask", help="Ask.", epilog="\b\nFor example:\n  sovietpacific ask Urup")
        ]
    )
    assert list(site_pages.describe_commands(group))[-4:] == [
        "```sh",
        "sovietpacific ask Urup",
        "```",
        "",
    ]
