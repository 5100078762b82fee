"""The calendar of figures: months that meet without gap or overlap, due dates on working days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.periods import (
    IN_A_YEAR,
    Named,
    calendar_year_bounds,
    is_working_day,
    month_bounds,
    month_of,
    newest_ended,
    next_month,
    next_working_day,
    previous_month,
    report_due_on,
    school_year_bounds,
    school_year_of,
    term_bounds,
)

days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
starts = st.integers(1, 28)


@pytest.mark.parametrize(
    ("year", "month", "starts_on", "first", "last"),
    [
        (2026, 11, 1, (2026, 11, 1), (2026, 11, 30)),
        (2028, 2, 1, (2028, 2, 1), (2028, 2, 29)),
        (2026, 12, 1, (2026, 12, 1), (2026, 12, 31)),
        (2026, 3, 15, (2026, 2, 15), (2026, 3, 14)),
        (2026, 1, 15, (2025, 12, 15), (2026, 1, 14)),
    ],
)
def test_bounds_of_a_month(year, month, starts_on, first, last):
    assert month_bounds(year, month, starts_on) == (dt.date(*first), dt.date(*last))


@given(days, starts)
def test_every_day_falls_into_the_month_whose_bounds_hold_it(day, starts_on):
    first, last = month_bounds(*month_of(day, starts_on), starts_on)
    assert first <= day <= last


@given(days, starts)
def test_months_meet_without_gap_or_overlap(day, starts_on):
    year, month = month_of(day, starts_on)
    _, last_before = month_bounds(*previous_month(year, month), starts_on)
    assert last_before + dt.timedelta(days=1) == month_bounds(year, month, starts_on)[0]


@given(days)
def test_the_month_before_the_next_is_this_one(day):
    following = next_month(day)
    assert (following.day, previous_month(following.year, following.month)) == (1, (day.year, day.month))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ((2026, 11, 21), True),  # a Saturday
        ((2026, 11, 22), False),  # a Sunday
        ((2026, 9, 2), False),  # national day
        ((2026, 2, 17), False),  # lunar new year
        ((2026, 2, 16), False),  # its eve
    ],
)
def test_working_days(day, works):
    assert is_working_day(dt.date(*day)) == works


@given(days)
def test_the_next_working_day_is_the_first_from_the_day_on(day):
    found = next_working_day(day)
    assert is_working_day(found)
    assert not any(is_working_day(day + dt.timedelta(days=n)) for n in range((found - day).days))


@pytest.mark.parametrize(
    ("data_to", "due_day", "due"),
    [
        ((2026, 10, 31), 5, (2026, 11, 5)),
        ((2026, 6, 30), 5, (2026, 7, 6)),  # the fifth is a Sunday
        ((2026, 1, 31), 15, (2026, 2, 21)),  # the fifteenth is a Sunday, then comes lunar new year
        ((2026, 11, 14), 20, (2026, 11, 20)),
        ((2026, 11, 14), 5, (2026, 12, 5)),
        ((2026, 12, 31), 31, (2027, 2, 1)),  # a month's last day, moved off Sunday 31/01
        ((2026, 10, 31), 31, (2026, 11, 30)),  # November has no 31st
    ],
)
def test_due_dates(data_to, due_day, due):
    assert report_due_on(dt.date(*data_to), due_day) == dt.date(*due)


@given(days, st.integers(1, 31))
def test_a_report_is_due_on_a_working_day_after_its_month(data_to, due_day):
    due = report_due_on(data_to, due_day)
    assert is_working_day(due)
    assert dt.timedelta(0) < due - data_to < dt.timedelta(days=75)


def test_a_school_year_runs_from_september_to_august():
    first, last = school_year_bounds(2026)
    assert (first, last) == (dt.date(2026, 9, 1), dt.date(2027, 8, 31))
    assert [school_year_of(day) for day in (first, last)] == [2026, 2026]
    assert school_year_of(last + dt.timedelta(days=1)) == 2027


@given(st.integers(2020, 2040), starts)
def test_years_and_terms_hold_whole_months(year, starts_on):
    months = [
        month_bounds(year + (month < 9), month, starts_on)
        for month in (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)
    ]
    assert school_year_bounds(year, starts_on) == (months[0][0], months[-1][1])
    assert term_bounds(year, 1, starts_on) == (months[0][0], months[4][1])
    assert term_bounds(year, 2, starts_on) == (months[5][0], months[8][1])
    first, last = calendar_year_bounds(year, starts_on)
    assert (first, last) == (month_bounds(year, 1, starts_on)[0], month_bounds(year, 12, starts_on)[1])


@given(days, starts)
def test_every_day_falls_into_the_school_year_whose_bounds_hold_it(day, starts_on):
    first, last = school_year_bounds(school_year_of(day, starts_on), starts_on)
    assert first <= day <= last


# --- any of them --------------------------------------------------------------------------------------------

kinds = st.sampled_from(sorted(IN_A_YEAR))
names = kinds.flatmap(
    lambda kind: st.builds(Named, st.just(kind), st.integers(2020, 2040), st.integers(1, IN_A_YEAR[kind]))
)


@given(names, starts)
def test_periods_of_a_kind_follow_one_another(named, starts_on):
    first, last = named.bounds(starts_on)
    following = named.following.bounds(starts_on)[0]
    assert first < last < following
    assert (named.following.before, named.before.following) == (named, named)
    if named.kind != "term":  # the summer belongs to neither
        assert following - last == dt.timedelta(days=1)


@given(names)
def test_a_year_before_is_as_many_periods_before(named):
    before = named
    for _ in range(IN_A_YEAR[named.kind]):
        before = before.before
    assert before == named.year_before


@given(kinds, days, starts)
def test_of_what_has_ended_the_newest_is_found(kind, day, starts_on):
    newest = newest_ended(kind, day, starts_on)
    assert newest.bounds(starts_on)[1] <= day < newest.following.bounds(starts_on)[1]


@pytest.mark.parametrize(
    ("named", "code", "vietnamese", "in_full"),
    [
        (Named("month", 2026, 9), "2026-09", "tháng 09/2026", "tháng 09 năm 2026"),
        (Named("quarter", 2026, 4), "quarter-2026-4", "quý IV/2026", "quý IV năm 2026"),
        (Named("term", 2026, 1), "term-2026-1", "học kỳ I năm học 2026-2027", "học kỳ I năm học 2026-2027"),
        (Named("school_year", 2026, 1), "school_year-2026-1", "năm học 2026-2027", "năm học 2026-2027"),
        (Named("calendar_year", 2026, 1), "calendar_year-2026-1", "năm 2026", "năm 2026"),
    ],
)
def test_what_a_period_is_called(named, code, vietnamese, in_full):
    assert (named.code, named.vietnamese, named.in_full) == (code, vietnamese, in_full)


def test_a_quarter_is_three_months():
    assert Named("quarter", 2026, 1).bounds(15) == (dt.date(2025, 12, 15), dt.date(2026, 3, 14))
