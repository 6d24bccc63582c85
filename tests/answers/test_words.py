"""Every sentence about a hold is worded in one place: the catalogue has what the code says, no
more and no less, and another language needs a catalogue and nothing else.
"""

from __future__ import annotations

import ast
import pickle
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from gettext import GNUTranslations
from importlib import import_module
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest

from sovietpacific.answers import words
from sovietpacific.answers.words import acts, days, holds, messages, pages, wording
from sovietpacific.answers.words.messages import COUNT, SENTENCES, Message
from sovietpacific.errors import OptionError
from tools.words import compiled, read_catalogue, sources

SOURCE = Path(__file__).parents[2] / "src" / "sovietpacific"
ASSETS = SOURCE / "maps" / "pages" / "assets"
ENGLISH = wording.catalogues() / "en" / "LC_MESSAGES" / "sovietpacific.po"

#: The scripts of each page that say something, as the page has them.
SCRIPTS = {
    "web": ("web.js",),
    "compare": ("web.js", "compare.js"),
    "frame": ("web.js", "frame.js"),
    "timeline": tuple(path.name for path in sorted(ASSETS.glob("timeline*.js"))),
}

#: Words that none but a catalogue may have; a key such as `unverified.after` is no such word.
TELLTALE = re.compile(
    r"occupied by|held in common|to today|unverified(?!\.)|as things stood|disputed between"
    r"|fought over|not told by this atlas|undetermined(?!\.)|Claimed by|Held by|Who held what"
    r"|No position is taken|Legend of|Unchanged since|line at sea|Also called"
)

for _, name, _ in pkgutil.iter_modules(words.__path__):
    import_module(f"{words.__name__}.{name}")


def written() -> dict[str, tuple[str, ...]]:
    """Give the texts of each key of the English catalogue, one for each form."""
    return {
        one.id if isinstance(one.id, str) else one.id[0]: (
            (one.string,) if isinstance(one.string, str) else tuple(one.string)
        )
        for one in read_catalogue(ENGLISH)
        if one.id
    }


def arguments_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def script_of(name: str) -> str:
    """Give the code of a script without its comments."""
    text = (ASSETS / name).read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|(?<=\s)//[^\n]*", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.parents[1].name)
def test_the_compiled_catalogue_is_that_of_the_written_one(path: Path) -> None:
    made = compiled(path)
    assert path.with_suffix(".mo").read_bytes() == made == compiled(path), "run `make words`"
    head = GNUTranslations(BytesIO(made)).info()
    assert set(head) == {
        "language",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
        "plural-forms",
    }


def test_the_catalogue_has_every_sentence_of_the_code_and_no_other() -> None:
    assert set(written()) == set(SENTENCES)
    keys = re.findall(r'^msgid "(.+)"$', ENGLISH.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_a_sentence_takes_the_arguments_that_its_text_has(key: str) -> None:
    forms = written()[key]
    assert all(arguments_in(text) == set(SENTENCES[key].names) for text in forms)
    assert (len(forms) > 1) == (COUNT in SENTENCES[key].names)
    assert all(forms)


def test_every_sentence_that_is_declared_is_said() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py")))
    code += "\n".join(script_of(name) for name in sorted({*sum(SCRIPTS.values(), ())}))
    for module in pkgutil.iter_modules(words.__path__):
        for name, value in vars(import_module(f"{words.__name__}.{module.name}")).items():
            if isinstance(value, messages.Sentence):
                assert len(re.findall(rf"\b{name}\b", code)) > 1, f"{value.key} is never said"
    for key in SENTENCES:
        group, _, ending = key.partition(".")
        said = f'"{key}"' in code or re.search(rf'"{re.escape(ending)}"', code)
        assert said or f'sentence(f"{group}.' in code or group == "month", f"{key} is never said"


@pytest.mark.parametrize("page", sorted(SCRIPTS))
def test_a_page_is_given_the_sentences_its_scripts_say_and_no_other(page: str) -> None:
    given = set(pages.patterns(page, wording.wording())) - {"plurals"}
    code = "\n".join(script_of(name) for name in SCRIPTS[page])
    said = set(re.findall(r'"([a-z]+\.[a-z0-9_]+)"', code)) & set(SENTENCES)
    for prefix in set(re.findall(r'say\("([a-z]+\.)" \+', code)):
        said |= {key for key in given if key.startswith(prefix)}
    assert said == given, page
    for key, named in re.findall(r'say\("([a-z]+\.[a-z0-9_]+)", \{([^{}]*)\}', code):
        assert set(re.findall(r"(\w+): ", named)) == set(SENTENCES[key].names), key


def strings_of(path: Path) -> list[str]:
    """Give the texts in the code of a module, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented
    ]


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(SOURCE.rglob("*.py")) if "builder" not in path.parts],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_no_module_words_a_hold_by_itself(path: Path) -> None:
    texts = [text for text in strings_of(path) if text not in SENTENCES]
    said = [text for text in texts if TELLTALE.search(text)]
    assert [text for text in said if not text.startswith("Whose land was this, on that day?")] == []


@pytest.mark.parametrize("name", sorted({*sum(SCRIPTS.values(), ()), "land.js", "added.js"}))
def test_no_script_words_a_hold_by_itself(name: str) -> None:
    assert TELLTALE.findall(script_of(name)) == []


def test_the_telltale_words_are_those_of_the_catalogue() -> None:
    texts = "\n".join(text for forms in written().values() for text in forms)
    for pattern in TELLTALE.pattern.split("|"):
        if pattern != "Held by":
            assert re.search(pattern, texts), pattern


def test_a_message_is_a_value() -> None:
    said = holds.held(["Japan", "Russia"], "condominium", "control")
    assert isinstance(said, Message)
    assert said == holds.held(["Japan", "Russia"], "condominium", "title")
    assert {said: 1}[pickle.loads(pickle.dumps(said))] == 1
    with pytest.raises(AttributeError):
        said.key = "other"  # type: ignore[misc]


def test_a_sentence_refuses_other_arguments_than_its_own() -> None:
    with pytest.raises(ValueError, match="zip"):
        messages.AND("Japan")
    with pytest.raises(ValueError, match="declared already"):
        messages.sentence("list.and")


def test_a_name_with_braces_is_said_as_it_is() -> None:
    assert wording.text(holds.how("{0} {x}", "occupied")) == "{0} {x} (occupied)"


def test_a_sentence_that_no_catalogue_has_is_refused() -> None:
    with pytest.raises(KeyError, match=r"none\.such"):
        wording.text(Message("none.such"))


@pytest.fixture
def russian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[wording.Wording]:
    """Give the wording of a language that has some sentences only, and three plural forms."""
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    text = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"

msgid "list.and"
msgstr "{next} и {before}"

msgid "hold.in_common"
msgstr "{holders} совместно"

msgid "list.more"
msgid_plural "list.more"
msgstr[0] "ещё {count} место"
msgstr[1] "ещё {count} места"
msgstr[2] "ещё {count} мест"
"""
    (folder / "sovietpacific.po").write_text(text, encoding="utf-8")
    (folder / "sovietpacific.mo").write_bytes(compiled(folder / "sovietpacific.po"))
    english = tmp_path / "en" / "LC_MESSAGES"
    english.mkdir(parents=True)
    (english / "sovietpacific.mo").write_bytes(ENGLISH.with_suffix(".mo").read_bytes())
    monkeypatch.setattr(wording, "catalogues", lambda: tmp_path)
    wording.languages.cache_clear()
    yield wording.Wording("ru")
    wording.languages.cache_clear()


def test_another_language_needs_a_catalogue_and_nothing_else(
    russian: wording.Wording,
) -> None:
    said = holds.held(["Япония", "Россия"], "condominium", "control")
    assert russian.text(said) == "Россия и Япония совместно"
    counted = [russian.text(messages.AND_MORE(number)) for number in (1, 3, 5, 21)]
    assert counted == ["ещё 1 место", "ещё 3 места", "ещё 5 мест", "ещё 21 место"]


def test_what_a_language_lacks_is_said_in_english(russian: wording.Wording) -> None:
    assert russian.text(acts.unverified()) == "unverified"
    assert russian.text(days.long_day(date(1945, 9, 2))) == "2 September 1945"


def test_a_page_knows_the_plural_forms_of_its_language(russian: wording.Wording) -> None:
    given = russian.patterns([messages.AND_MORE])
    forms = given["list.more"]
    assert len(forms) == 3
    for number in (0, 1, 2, 5, 11, 21, 111, 121):
        form = forms[int(given["plurals"][number])].format(count=number)
        assert form == russian.text(messages.AND_MORE(number))


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(OptionError, match="'xx' is not a language; allowed: en"):
        wording.Wording("xx")


def test_an_answer_needs_no_catalogue_until_it_is_shown() -> None:
    code = (
        "import sys, sovietpacific as s; a = s.sovereignty_of('urup', '1950-01-01');"
        "before = 'gettext' in sys.modules; str(a); print(before, 'gettext' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False True"
