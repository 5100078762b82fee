"""Who holds the national standard on a day."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from targets.recognised import (
    Holding,
    Register,
    Share,
    StandardSchool,
    concerned,
    held_on_days,
    share_holding,
)

JANUARY = dt.date(2026, 1, 1)
levels = st.frozensets(st.sampled_from(["preschool", "primary", "lower_secondary", "continuing"]), min_size=1)


@st.composite
def schools(draw) -> StandardSchool:
    start = draw(st.dates(dt.date(2020, 1, 1), dt.date(2027, 1, 1)))
    held = Holding(draw(st.integers(1, 2)), start, start.replace(year=start.year + 5, day=1))
    return StandardSchool(
        draw(st.integers(1, 99)), draw(st.booleans()), draw(levels), (held,) if draw(st.booleans()) else ()
    )


several_schools = st.lists(schools(), unique_by=lambda school: school.pk)


def share_on(listed: list[StandardSchool], level: int, day: dt.date) -> Share:
    return share_holding(listed, Register(listed).holding(level, day))


def test_a_centre_of_continuing_education_has_no_standard():
    centre = StandardSchool(1, True, frozenset({"continuing"}))
    assert concerned([centre], level="", public_only=False) == []


def test_the_last_day_is_the_one_before_it_lapses():
    school = StandardSchool(
        1, True, frozenset({"primary"}), (Holding(1, JANUARY, JANUARY.replace(year=2031)),)
    )
    days = [JANUARY - dt.timedelta(days=1), JANUARY, dt.date(2030, 12, 31), dt.date(2031, 1, 1)]
    assert [share_on([school], 1, day) for day in days] == [
        Share(0, 1),
        Share(1, 1),
        Share(1, 1),
        Share(0, 1),
    ]


@given(several_schools)
def test_level_two_is_never_more_than_level_one_and_public_never_more_than_all(listed):
    counts = [share_on(listed, level, JANUARY).held for level in (1, 2)]
    assert counts[1] <= counts[0] <= len(listed)
    public = concerned(listed, level="primary", public_only=True)
    assert set(public) <= set(concerned(listed, level="primary", public_only=False))


@given(several_schools, st.sampled_from([1, 2]))
def test_many_days_are_counted_as_each_by_itself(listed, level):
    days = [JANUARY.replace(year=year, day=day) for year in range(2020, 2034) for day in (1, 9, 30)]
    alone = [share_on(listed, level, day).held for day in days]
    assert held_on_days(listed, level, days) == alone


def test_a_school_with_two_recognitions_in_force_holds_the_standard_once():
    twice = (
        Holding(1, JANUARY, JANUARY.replace(year=2031)),
        Holding(2, JANUARY, JANUARY.replace(year=2028)),
    )
    school = StandardSchool(1, True, frozenset({"primary"}), twice)
    days = [JANUARY, JANUARY.replace(year=2029)]
    assert (held_on_days([school], 1, days), held_on_days([school], 2, days)) == ([1, 1], [1, 0])
