"""Two days compared: what differs is what the two maps say, from whom to whom, each piece of land once, with its area."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sovietpacific import Atlas, DayError, UnknownPlaceError, ViewError
from sovietpacific.maps.differences import net_differences


def test_what_changed_hands_in_the_end_is_told_with_its_area(atlas: Atlas) -> None:
    found = net_differences(atlas, "1904-01-01", "1945-09-03")
    told = {(one.from_words, one.to_words): set(one.tracts) for one in found}
    assert {"iturup", "shumshu", "shikotan"} <= told["Empire of Japan", "Japan, occupied by Soviet Union"]
    assert "yuzhno-sakhalinsk" in told["Russian Empire", "Japan, occupied by Soviet Union"]
    assert not any("sakhalin-north" in tracts for tracts in told.values())
    areas = [one.area_km2 for one in found]
    assert areas == sorted(areas, reverse=True)
    for one in found:
        assert one.area_km2 == pytest.approx(sum(atlas.tracts[tract].area_km2 for tract in one.tracts))


@pytest.mark.parametrize("view", ["control", "sovereignty", "title", "japan"])
def test_each_tract_differs_just_where_its_two_answers_do(atlas: Atlas, view: str) -> None:
    days = ("1904-06-01", "1933-06-01", "1945-09-02", "1953-08-01")
    for first, second in pairwise(days):
        found = net_differences(atlas, first, second, view)
        told = [tract for one in found for tract in one.tracts]
        assert len(told) == len(set(told))
        held = [
            {
                tract: (row["holder"], row["standing"])
                for row in atlas.borders_at(day, view=view, detail="light").drop(columns="geometry").to_dict("records")
                for tract in row["tracts"].split("; ")
            }
            for day in (first, second)
        ]
        assert set(told) == {tract for tract in held[0] if held[0][tract] != held[1][tract]}
        for one in found:
            for tract in one.tracts:
                assert held[0][tract] == (one.from_holder, one.from_standing)
                assert held[1][tract] == (one.to_holder, one.to_standing)


def test_land_lost_and_won_back_and_a_new_name_of_a_state_are_no_difference(atlas: Atlas) -> None:
    seoul = [one for one in net_differences(atlas, "1950-06-01", "1951-04-01", region="korea") if "seoul" in one.tracts]
    assert not seoul
    assert not net_differences(atlas, "1990-01-01", "1993-01-01", region="sakhalin")
    assert not net_differences(atlas, "1945-09-02", "1945-09-02")


def test_a_comparison_refuses_days_in_reverse_and_what_there_is_not(atlas: Atlas) -> None:
    with pytest.raises(DayError, match="1904-01-01 is before 1945-09-02; give the earlier day first"):
        net_differences(atlas, "1945-09-02", "1904-01-01")
    with pytest.raises(ViewError, match="'legal' is not a view"):
        net_differences(atlas, "1904-01-01", "1945-09-02", "legal")
    with pytest.raises(UnknownPlaceError):
        net_differences(atlas, "1904-01-01", "1945-09-02", region="atlantis")
