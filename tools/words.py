"""Compile the catalogues of words: of each `.po`, which people write, the `.mo` that is read.

`python -m tools.words` writes all `.mo` files anew, the same bytes every time and whatever Babel.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parents[1] / "src" / "sovietpacific" / "answers" / "catalogues"


class Sentences(Catalog):
    """A catalogue whose head names neither the day nor the tool that made it."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What a reader of the file needs: the signs it is written in, and the plural forms."""
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", f"text/plain; charset={self.charset}"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", f"{self.plural_forms}\n"),
        ]


def read_catalogue(path: Path) -> Catalog:
    """Read a `.po`."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name, abort_invalid=True)


def compiled(path: Path) -> bytes:
    """Return the bytes of the `.mo` that belongs to a `.po`."""
    written = read_catalogue(path)
    plain = Sentences(locale=written.locale, charset="utf-8")
    for message in written:
        if message.id:
            plain[message.id] = message
    content = io.BytesIO()
    write_mo(content, plain)
    return content.getvalue()


def sources() -> list[Path]:
    """Return the `.po` files of all languages."""
    return sorted(FOLDER.glob("*/LC_MESSAGES/*.po"))


def main() -> None:
    """Compile all catalogues."""
    for path in sources():
        path.with_suffix(".mo").write_bytes(compiled(path))
        print(f"compiled {path.with_suffix('.mo').relative_to(FOLDER)}")


if __name__ == "__main__":
    main()
