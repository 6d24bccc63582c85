"""The seeds are read strictly: whatever is wrong is refused with its file, its tract and its row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sovietpacific.builder.document import spans_apart
from sovietpacific.builder.seeds import read_seeds
from sovietpacific.builder.timeline import make_timelines
from sovietpacific.errors import SeedError
from tests.support.small_seeds import (
    INSTRUMENTS,
    LANDING,
    POLITIES,
    START,
    TRACTS,
    TREATY,
    write_small_seeds,
)


def problems_of(folder: Path, **spoiled: str) -> str:
    """Give all that reading and folding the spoiled seeds complains of, as one text."""
    try:
        _, problems = make_timelines(read_seeds(write_small_seeds(folder, **spoiled)))
    except SeedError as wrong:
        return str(wrong)
    return "\n".join(problems)


def test_good_seeds_fold_into_one_timeline_per_view(tmp_path: Path) -> None:
    timelines, problems = make_timelines(read_seeds(write_small_seeds(tmp_path)))
    assert problems == []
    assert [(t.since, t.holders, t.standing) for t in timelines["east"].control] == [
        (date(1855, 1, 1), ("russia",), "sovereign"),
        (date(1875, 8, 22), ("japan",), "sovereign"),
        (date(1945, 8, 18), ("russia",), "occupied"),
    ]


def test_unwritten_sovereignty_is_the_chain_of_sovereign_control(tmp_path: Path) -> None:
    timelines, _ = make_timelines(read_seeds(write_small_seeds(tmp_path)))
    assert [t.holders for t in timelines["east"].sovereignty] == [("russia",), ("japan",)]
    assert timelines["east"].title == timelines["east"].sovereignty


def test_tracts_under_one_region_row_share_its_tenure(tmp_path: Path) -> None:
    timelines, _ = make_timelines(read_seeds(write_small_seeds(tmp_path)))
    assert timelines["east"].control[1] is timelines["west"].control[1]


def test_the_own_row_wins_on_the_same_day(tmp_path: Path) -> None:
    own = TREATY.replace('"sovereign"', '"occupied"')
    tracts = TRACTS.replace(
        f"control = [\n    {LANDING},\n]\n[chain.west]", f"control = [\n    {own},\n]\n[chain.west]"
    )
    timelines, problems = make_timelines(read_seeds(write_small_seeds(tmp_path, tracts=tracts)))
    assert problems == []
    assert [t.standing for t in timelines["east"].control] == ["sovereign", "occupied"]


def test_a_region_row_passes_over_the_tracts_it_excepts(tmp_path: Path) -> None:
    tracts = TRACTS.replace(
        TREATY, TREATY.replace("seen = true }", 'seen = true, except = ["east"] }')
    ).replace(f"control = [\n    {LANDING},\n]\n[chain.west]", "[chain.west]")
    timelines, problems = make_timelines(read_seeds(write_small_seeds(tmp_path, tracts=tracts)))
    assert problems == []
    assert len(timelines["east"].control) == 1
    assert len(timelines["west"].control) == 3


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (LANDING, LANDING.replace("standing =", "stand ="), "unknown key stand"),
        (
            LANDING,
            LANDING.replace('"russia", standing', '"rusia", standing'),
            "'rusia' is neither a lineage nor a polity",
        ),
        (
            LANDING,
            LANDING.replace('by = "landing-1945"', 'by = "landing-1946"'),
            "'landing-1946' is not in instruments.toml",
        ),
        (
            LANDING,
            LANDING.replace('"book-1974"', '"book-1975 p. 2"'),
            "source 'book-1975 p. 2' is not in sources.toml",
        ),
        (LANDING, LANDING.replace('["book-1974"]', "[]"), "every fact needs at least one"),
        (
            LANDING,
            LANDING.replace('was = "japan"', 'was = "russia"'),
            "the holder before is ['japan'] since 1875-08-22",
        ),
        (LANDING, LANDING.replace(', was = "japan"', ""), "says no `was`"),
        (LANDING, LANDING.replace("1945-08-18", "1854-12-31"), "1854-12-31 is before 1855-01-01"),
        (LANDING, LANDING.replace("1945-08-18", '"1945-08-18"'), "is not a day"),
        (LANDING, LANDING.replace('"occupied"', '"condominium"'), "it takes two holders or more"),
        (
            LANDING,
            LANDING.replace('holder = "russia"', "holder = []"),
            "it takes exactly one holder",
        ),
        (
            LANDING,
            LANDING.replace('"occupied"', '"stolen"'),
            "standing = 'stolen'; allowed: sovereign",
        ),
        (LANDING, LANDING.replace('"probable"', '"likely"'), "certainty = 'likely'; allowed: firm"),
        (LANDING, LANDING.replace('"carried out"', '"done"'), "on = 'done'; allowed: signed"),
        (LANDING, LANDING.replace("seen = false", 'seen = "no"'), "write true or false"),
        (
            LANDING,
            LANDING.replace('"russia", standing = "occupied"', '"japan", standing = "sovereign"'),
            "say renews = true",
        ),
        (
            LANDING,
            LANDING.replace("seen = false", "seen = false, renews = true"),
            "says renews = true but changes something",
        ),
        (
            LANDING,
            LANDING.replace('by = "landing-1945"', 'by = "series-start"'),
            "is for the first row only",
        ),
        (
            LANDING,
            LANDING.replace("1945-08-18", '1945-08-18, old_style = "1945-08-04"'),
            "is 1945-08-17 in the Gregorian calendar",
        ),
        (
            LANDING,
            LANDING.replace("1945-08-18", '1945-08-18, old_style = "1945-02-30"'),
            "not a day of the Julian calendar",
        ),
        (
            START,
            START.replace("1855-01-01", "1856-01-01"),
            "the first row of east must be of 1855-01-01",
        ),
        (f"    {START},\n    {TREATY},", f"    {TREATY},\n    {START},", "out of order"),
        (
            TREATY,
            TREATY.replace("seen = true }", 'seen = true, except = ["north"] }'),
            "except names north, which does not lie there",
        ),
        ('name = "East island"\n', "", "name = None is missing"),
        ("Восточный", "Vostochny", "letters of another script"),
        ("East island", "East\\u202eisland", "holds control signs (U+202E)"),
        ("東島", "か\\u3099島", "not in the composed Unicode form"),
        ('ja = "東島"', 'jp = "東島"', "unknown language"),
        ("[chain.west]", "[chain.sub.east]\nname = 'x'\nshape = {}\n[chain.west]", "name = None"),
        (
            "shape = { island = [149.0, 45.0] }",
            "published_km2 = 3",
            "belongs to a tract, but this table has no shape",
        ),
        ('name = "West island"', 'name = "West island"\nholder = "japan"', "unknown key holder"),
    ],
)
def test_a_wrong_seed_is_refused_and_says_why(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert old in TRACTS
    found = problems_of(tmp_path, tracts=TRACTS.replace(old, new, 1))
    assert complaint in found
    assert "chain.toml" in found


def test_a_holder_must_live_through_the_whole_tenure(tmp_path: Path) -> None:
    polities = POLITIES.replace("since = 1603-03-24", "since = 1603-03-24\nuntil = 1940-01-01")
    found = problems_of(tmp_path, polities=polities)
    assert (
        "chain.east: control 1875-08-22: japan holds until 1945-08-18 but is no more from 1940-01-01"
        in found
    )


def test_a_holder_cannot_hold_before_it_begins(tmp_path: Path) -> None:
    tracts = TRACTS.replace(
        LANDING,
        LANDING.replace('"russia", standing', '"russia/white", standing').replace(
            "1945-08", "1917-08"
        ),
    )
    assert "russia/white holds from 1917-08-18 but begins on 1918-06-29" in problems_of(
        tmp_path, tracts=tracts
    )


def test_a_gap_between_main_polities_is_refused(tmp_path: Path) -> None:
    polities = POLITIES.replace("until = 1917-09-14", "until = 1917-09-13")
    assert "without gap or overlap" in problems_of(tmp_path, polities=polities)


def test_an_instrument_whose_old_style_day_does_not_agree_is_refused(tmp_path: Path) -> None:
    instruments = INSTRUMENTS.replace("1875-04-25", "1875-04-24")
    assert "is 1875-05-06 in the Gregorian calendar, not 1875-05-07" in problems_of(
        tmp_path, instruments=instruments
    )


def test_a_broken_file_is_refused_by_name(tmp_path: Path) -> None:
    assert "sources.toml cannot be read as TOML" in problems_of(tmp_path, sources="[book")


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    write_small_seeds(tmp_path)
    (tmp_path / "polities.toml").unlink()
    with pytest.raises(SeedError, match=r"polities\.toml is missing"):
        read_seeds(tmp_path)


def test_two_timelines_are_apart_while_their_holders_differ(tmp_path: Path) -> None:
    tracts = TRACTS.replace(LANDING, LANDING.replace("1945-08-18", "1945-09-01"), 1)
    timelines, problems = make_timelines(read_seeds(write_small_seeds(tmp_path, tracts=tracts)))
    assert problems == []
    east, west = timelines["east"].control, timelines["west"].control
    assert spans_apart(east, west) == [["1945-08-18", "1945-09-01"]]
    assert spans_apart(east, east) == []
    assert spans_apart(timelines["east"].sovereignty[:1], timelines["east"].sovereignty) == [
        ["1875-08-22", None]
    ]


@pytest.mark.parametrize(
    ("edtf", "complaint"),
    [
        ("1875-08/1875-09", "is an interval, which lasts"),
        ("August 1875", "is not a day in EDTF"),
        ("[1875-08-23..1875-08-25]", "the day used, 1875-08-22, lies outside edtf"),
    ],
)
def test_limits_that_are_no_edtf_or_shut_out_the_day_used_are_refused(
    tmp_path: Path, edtf: str, complaint: str
) -> None:
    spoiled = TREATY.replace("since = 1875-08-22", f'since = 1875-08-22, edtf = "{edtf}"')
    assert spoiled != TREATY
    told = problems_of(tmp_path, tracts=TRACTS.replace(TREATY, spoiled))
    assert complaint in told
    assert "1875-08-22" in told


def test_limits_that_allow_the_day_used_are_kept(tmp_path: Path) -> None:
    tracts = TRACTS.replace(
        TREATY, TREATY.replace("since = 1875-08-22", 'since = 1875-08-22, edtf = "1875-08"')
    )
    timelines, problems = make_timelines(read_seeds(write_small_seeds(tmp_path, tracts=tracts)))
    assert problems == []
    known = timelines["east"].control[1].limits
    assert (known.earliest, known.latest) == (date(1875, 8, 1), date(1875, 8, 31))
