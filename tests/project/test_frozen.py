"""What was answered before the house was rebuilt is answered still, but for what `changed.csv`
names with a reason.
"""

from __future__ import annotations

import csv
import json

import pytest

from tools import frozen

CHANGED = frozen.FOLDER / "changed.csv"
SUMS = json.loads((frozen.FOLDER / "sums.json").read_text(encoding="utf-8"))


def explained() -> dict[frozen.Change, str]:
    """Give the changes that somebody has explained, and the reason."""
    with CHANGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        frozen.Change(*(row[name] for name in frozen.Change._fields)): row["why"] for row in rows
    }


def test_every_history_is_as_it_was_or_its_change_is_explained() -> None:
    told = explained()
    assert set(frozen.changes()) == set(told)
    assert all(why.strip() for why in told.values())


@pytest.mark.slow
@pytest.mark.parametrize("view", ["control", "sovereignty", "title"])
def test_a_million_labels_are_as_they_were_or_their_change_is_explained(view: str) -> None:
    points, tracts = frozen.points(), frozen.frozen_tracts()
    before = frozen.frozen_labels(view, points, tracts)
    now = frozen.label_points(view, ["holder", "standing"])
    differs = (now != before).any(axis=1).to_numpy()
    days = points["date"].to_numpy().astype("datetime64[D]").astype(str)
    changed = [one for one in explained() if one.view == view]
    for place in differs.nonzero()[0]:
        assert any(
            one.tract == tracts[place] and one.since <= days[place] < (one.until or "9999")
            for one in changed
        ), (
            f"{tracts[place]} on {days[place]}: {before.iloc[place].tolist()} is now {now.iloc[place].tolist()}"
        )


@pytest.mark.slow
def test_a_million_points_lie_in_the_tracts_in_which_they_lay() -> None:
    assert frozen.label_points("control", ["tract"])["tract"].tolist() == frozen.frozen_tracts()


@pytest.mark.slow
def test_twenty_maps_have_the_rows_they_had() -> None:
    if explained():
        pytest.skip("maps follow the histories, of which some have changed")
    assert frozen.map_sums() == SUMS["maps"]


@pytest.mark.slow
def test_twenty_sheets_are_the_same_pictures() -> None:
    if frozen.drawn_with() != SUMS["drawn_with"] or explained():
        pytest.skip("other versions draw other bytes, and other histories other pictures")
    assert frozen.pictures() == SUMS["pictures"]
