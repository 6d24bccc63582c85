"""Tells Sphinx how to make the site: the pages as they lie in the checkout, the notebooks run anew,
nothing from the network.

In the checkout `python -m sphinx -W --keep-going -n -j auto -c docs -d out/doctrees . out/docs`
makes it; the door is `out/docs/index.html`.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [
    str(ROOT / "docs"),
    str(ROOT),
]  # where `site_pages` lies, and the tools of a release

from release.versions import library_version  # noqa: E402  # found only now


def _read(file: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / file).read_text(encoding="utf-8"))


project = "sovietpacific"
author = "sovietpacific maintainers"
release = library_version()
project_copyright = (
    "sovietpacific maintainers; geometry © OpenStreetMap contributors (ODbL-1.0). "
    f"Version {release}, data {_read('seeds/edition.toml')['version']}"
)

# The source is the whole checkout, so that a link between two files is the same on the site as on a
# host of code.
root_doc = "docs/index"
include_patterns = [
    *(
        "THEORY.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "NEWS.md",
        "LICENSE-DATA.md",
        "seeds/README.md",
        "benchmarks/RESULTS.md",
    ),
    *("docs/*.md", "docs/gallery/README.md", "notebooks/*.py"),
]
exclude_patterns = [".*", "out", "dist", "data", "src", "tests"]

extensions = ["sphinx.ext.autodoc", "sphinx.ext.napoleon", "myst_nb", "site_pages"]
nitpicky = True

# Docstrings have the sections of numpydoc.
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_param = False
napoleon_use_rtype = False

# Docstrings are prose with code in single backticks; what has a place in the reference is linked.
default_role = "code-or-name"
autodoc_member_order = "bysource"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 90
add_module_names = False
# Types of other packages have no pages here, and none are fetched; what is no public name has none
# either.
nitpick_ignore_regex = [
    (
        "py:.*",
        r"(collections\.abc|dataframe|datetime|distributed|folium|matplotlib|numpy|pandas|pathlib"
        r"|pyarrow|shapely)\..*|Figure|Path",
    ),
    ("py:.*", r"(.*\.)?(ArrowStream|Frame|LabelOptions|Progress|_Plot)"),
]

myst_enable_extensions = ["html_image"]  # the gallery gives one picture a width
myst_heading_anchors = 3

# Notebooks are texts without outputs; each build runs them, in processes of its own.
nb_custom_formats = {".py": ["jupytext.reads", {"fmt": "py:percent"}]}
nb_execution_mode = "force"
nb_execution_timeout = 120
nb_execution_raise_on_error = True
nb_merge_streams = True

templates_path = ["_templates"]
html_theme = "furo"
html_title = f"sovietpacific {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_additional_pages = {"index": "to_start.html"}
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = (
    False  # it would fetch whole pages, which a browser refuses to pages that are files
)
html_theme_options = {"top_of_page_buttons": []}
