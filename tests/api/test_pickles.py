"""Whatever a public question gives can be pickled, copied and sent to other processes, and comes
back equal.
"""

from __future__ import annotations

import copy
import dataclasses
import io
import multiprocessing
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from branca.element import Element
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import sovietpacific as sp
from sovietpacific import Atlas, DataNotFoundError, loading
from sovietpacific.answers.card import AnswerCard
from sovietpacific.facts.store import Store
from sovietpacific.labels.labeller import labeller_of
from tests.support.damage import copy_data, spoil_json
from tests.support.questions import QUESTIONS, write_points

DAY = "1950-01-01"
SENT = [("urup", DAY), ((142.7, 47.0), DAY), ("Kunashir", "2020-01-01"), ((150.0, 46.0), DAY)]
QUICK = ("maps.web", "AtlasFrame.plot", "label_dask")


def picture(figure: Figure) -> bytes:
    with io.BytesIO() as file:
        figure.savefig(file, format="png", dpi=30)
        return file.getvalue()


def look(drawn: Any) -> Any:
    """Give how something drawn looks: the page of a map, whose parts have names that a copy shares,
    or a picture.
    """
    if isinstance(drawn, Element):
        return drawn.get_root().render()
    return (
        picture(drawn.figure if isinstance(drawn, Axes) else drawn)
        if isinstance(drawn, Axes | Figure)
        else None
    )


def check_equal(sent: Any, back: Any) -> None:
    """Check that what came back is of the same class, equal, and shows itself in the same way."""
    assert type(back) is type(sent)
    if isinstance(sent, pd.DataFrame):
        pd.testing.assert_frame_equal(back, sent)
        assert back.attrs == sent.attrs
        assert getattr(back, "crs", None) == getattr(sent, "crs", None)
    elif isinstance(sent, pa.Table):
        assert back.equals(sent, check_metadata=True)
    elif isinstance(sent, Atlas):
        assert back is sent
    elif not isinstance(sent, Element | Axes | Figure):
        assert back == sent
    if isinstance(sent, sp.Sovereignty):
        assert back._repr_html_() == sent._repr_html_()
        assert "<svg" in back._repr_html_()
        assert dataclasses.asdict(back) == dataclasses.asdict(sent)
        assert hash(back) == hash(sent)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.slow) if question.heavy and name not in QUICK else name
        for name, question in QUESTIONS.items()
    ],
)
def test_what_a_question_gives_comes_back_equal(name: str, tmp_path: Path) -> None:
    write_points(tmp_path)
    given = QUESTIONS[name].ask(**QUESTIONS[name].values(tmp_path))
    try:
        copies = [
            pickle.loads(pickle.dumps(given, protocol))
            for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)
        ]
        copies.append(copy.deepcopy(given))
        looks = look(given)
        for copied in copies:
            check_equal(given, copied)
            assert look(copied) == looks
    finally:
        pyplot.close("all")


def test_a_labeller_comes_back_with_its_options_and_answers(atlas: Atlas) -> None:
    sent = labeller_of(atlas, view="title", columns=("tract", "holder"), prefix="in_")
    for back in (pickle.loads(pickle.dumps(sent)), copy.deepcopy(sent)):
        assert back.options == sent.options
        assert back.timetable.column("holder")[0] == sent.timetable.column("holder")[0]


def test_what_the_atlas_tells_of_itself_comes_back_equal(atlas: Atlas) -> None:
    told = {
        name: getattr(atlas, name)
        for name, kind in vars(Atlas).items()
        if isinstance(kind, property)
    }
    assert "tracts" in told
    for name, value in {
        **told,
        "records": atlas.records,
        "polity_names": atlas.polity_names,
        "edges": atlas.shapes.edges,
    }.items():
        assert pickle.loads(pickle.dumps(value)) == value, name
        assert copy.deepcopy(value) == value, name


@pytest.mark.parametrize("place", [place for place, _ in SENT])
def test_an_answer_from_a_point_beside_borders_is_a_plain_value(place: Any) -> None:
    answer = sp.sovereignty_of(place, DAY, snap_km=30, view="japan")
    check_equal(answer, pickle.loads(pickle.dumps(answer)))
    check_equal(answer, copy.deepcopy(answer))
    told = dataclasses.asdict(answer)
    assert (told["tract"], told["control"]["standing"]) == (answer.tract, answer.control.standing)
    assert len(pickle.dumps(answer)) < 5_000  # the facts, not the atlas


@pytest.mark.parametrize(
    "way",
    [
        way
        for way in ("fork", "spawn", "forkserver")
        if way in multiprocessing.get_all_start_methods()
    ],
)
@pytest.mark.filterwarnings(
    "ignore:.*multi-threaded:DeprecationWarning"
)  # said of every fork from Python 3.12 on
def test_answers_come_from_processes(way: str) -> None:
    expected = [sp.sovereignty_of(*asked, snap_km=0) for asked in SENT]
    with multiprocessing.get_context(way).Pool(2) as pool:
        found = pool.starmap(sp.sovereignty_of, SENT)
        named = pool.apply(sp.sovereignty_of, SENT[0], {"atlas": sp.load_atlas()})
    for sent, back in zip([*expected, expected[0]], [*found, named], strict=True):
        check_equal(sent, back)


@pytest.mark.slow
def test_frames_and_maps_come_from_processes() -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        for ask, *given in (
            (sp.borders_at, DAY),
            (sp.history_of, "urup"),
            (sp.load_atlas,),
            (sp.places, "Dairen"),
        ):
            check_equal(ask(*given), pool.submit(ask, *given).result())  # type: ignore[operator]
        drawn = pool.submit(sp.maps.sheet, DAY, region="kurils.south").result()
        assert picture(drawn) == picture(sp.maps.sheet(DAY, region="kurils.south"))


@pytest.mark.slow
def test_answers_come_from_a_cluster() -> None:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        found = client.gather([client.submit(sp.sovereignty_of, *asked) for asked in SENT])
        named = client.submit(sp.sovereignty_of, *SENT[0], atlas=sp.load_atlas()).result()
    for asked, back in zip([*SENT, SENT[0]], [*found, named], strict=True):
        check_equal(sp.sovereignty_of(*asked), back)


def other_edition(folder: Path) -> Path:
    """Make data that tells one thing in another way than the data that is shipped."""

    def change(document: dict[str, Any]) -> None:
        document["tracts"]["urup"]["name"] = "Urup of the other edition"

    spoil_json(copy_data(folder), "records.json", change)
    return folder


def in_another_process(code: str, *arguments: str) -> str:
    command = [sys.executable, "-W", "error", "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


SHOW = "import pickle, sys; print(pickle.load(open(sys.argv[1], 'rb'))._repr_html_())"


def test_an_answer_of_another_atlas_finds_its_own_atlas_again(tmp_path: Path) -> None:
    atlas = sp.load_atlas(other_edition(tmp_path / "data"))
    answer = sp.sovereignty_of("urup", DAY, atlas=atlas)
    (tmp_path / "answer").write_bytes(pickle.dumps(answer))
    check_equal(answer, pickle.loads(pickle.dumps(answer)))
    assert pickle.loads(pickle.dumps(atlas)) is atlas
    assert pickle.loads(pickle.dumps(atlas.shapes)) is atlas.shapes
    assert in_another_process(SHOW, str(tmp_path / "answer")).strip() == answer._repr_html_()


def test_an_answer_whose_atlas_is_not_there_is_shown_as_text_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = other_edition(tmp_path / "data")
    answer = sp.sovereignty_of("urup", DAY, atlas=Atlas(Store(data)))
    sent = pickle.dumps(answer)
    monkeypatch.setattr(loading, "_atlases", {})
    data.rename(tmp_path / "elsewhere")
    back = pickle.loads(sent)
    assert back == answer
    shown = back._repr_html_()
    assert shown.startswith("<pre>Urup of the other edition [urup] on 1950-01-01, then called ")
    assert "shown without its card: the data of version" in shown
    assert f"{data / 'datapackage.json'} is missing" in shown
    assert "holds another build of it" in shown
    copy_data(data)  # at the old place lies other data now
    assert "shown without its card" in pickle.loads(sent)._repr_html_()


def test_an_atlas_whose_data_is_not_there_is_refused_when_it_is_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = other_edition(tmp_path / "data")
    sent = pickle.dumps(Atlas(Store(data)))
    assert (
        sp.sovereignty_of("urup", DAY, atlas=pickle.loads(sent)).name == "Urup of the other edition"
    )
    monkeypatch.setattr(loading, "_atlases", {})
    (data / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(
        DataNotFoundError,
        match=r"is not here: .* holds another build of it; .*datapackage\.json is damaged",
    ):
        pickle.loads(sent)


def test_an_answer_is_pickled_without_the_folder_the_shipped_data_lies_in() -> None:
    assert str(Path.cwd()).encode() not in pickle.dumps(sp.sovereignty_of("urup", DAY))
    assert str(Path(sp.__file__).parent).encode() not in pickle.dumps(sp.load_atlas())


def test_a_shallow_copy_is_another_atlas_of_the_same_parts(atlas: Atlas) -> None:
    other = copy.copy(atlas)
    assert other is not atlas
    assert vars(other) == vars(atlas)
    assert copy.copy(atlas.tracts) == atlas.tracts


def test_cards_are_equal_where_they_show_the_same() -> None:
    cards: list[Any] = [sp.sovereignty_of(place, DAY).card for place in ("urup", "urup", "iturup")]
    assert isinstance(cards[0], AnswerCard)
    assert cards[0] == cards[1] == pickle.loads(pickle.dumps(cards[0]))
    assert cards[0] != cards[2]
    assert len({hash(card) for card in cards[:2]}) == 1


def test_every_kind_of_answer_is_among_those_tried() -> None:
    given = {question.gives for question in QUESTIONS.values()}
    assert given >= {
        "AtlasFrame",
        "Sovereignty",
        "DataFrame",
        "Atlas",
        "Map",
        "Figure",
        "Axes",
        "Table",
    }
