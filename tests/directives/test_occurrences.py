"""Which periods recurring work has, and by when it is due in each."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.occurrences import (
    DAYS_AHEAD,
    MONTH,
    PERIODS,
    QUARTER,
    SCHOOL_YEAR,
    TERM,
    WEEK,
    YEAR,
    Rule,
    Span,
    due_spans,
    rule_of,
    spans,
)
from directives.reading.recurrences import recurrence_of

D = dt.date
NOVEMBER = D(2026, 11, 22)
FAR = D(2030, 12, 31)
RULES = st.builds(
    Rule,
    per=st.sampled_from(PERIODS),
    every=st.integers(1, 12),
    times=st.integers(1, 12),
    day=st.none() | st.integers(0, 31),
    month=st.none() | st.integers(1, 12),
)
DAYS = st.dates(D(2020, 1, 1), D(2040, 12, 31))


def first_of(rule: Rule, since: dt.date = NOVEMBER) -> tuple[dt.date, dt.date, dt.date]:
    span = next(spans(rule, since=since, until=FAR))
    return span.first, span.last, span.deadline


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(WEEK), (D(2026, 11, 16), D(2026, 11, 22), D(2026, 11, 22))),
        (Rule(MONTH), (D(2026, 11, 1), D(2026, 11, 30), D(2026, 11, 30))),
        (Rule(MONTH, day=25), (D(2026, 11, 1), D(2026, 11, 30), D(2026, 11, 25))),
        # What was due on the 5th cannot be done in time any more: it begins with December.
        (Rule(MONTH, day=5), (D(2026, 12, 1), D(2026, 12, 31), D(2026, 12, 5))),
        (Rule(MONTH, day=31), (D(2026, 11, 1), D(2026, 11, 30), D(2026, 11, 30))),
        (Rule(MONTH, every=6), (D(2026, 7, 1), D(2026, 12, 31), D(2026, 12, 31))),
        (Rule(QUARTER, day=20), (D(2026, 10, 1), D(2026, 12, 31), D(2026, 12, 20))),
        (Rule(TERM), (D(2026, 9, 1), D(2027, 1, 31), D(2027, 1, 31))),
        (Rule(SCHOOL_YEAR), (D(2026, 9, 1), D(2027, 5, 31), D(2027, 5, 31))),
        (Rule(SCHOOL_YEAR, day=15, month=3), (D(2026, 9, 1), D(2027, 5, 31), D(2027, 3, 15))),
        (Rule(YEAR, day=15, month=12), (D(2026, 1, 1), D(2026, 12, 31), D(2026, 12, 15))),
        # "trước ngày 01 hằng tháng" is the last day of the month before.
        (Rule(MONTH, day=0), (D(2026, 12, 1), D(2026, 12, 31), D(2026, 11, 30))),
    ],
)
def test_the_occurrence_of_a_day(rule, expected):
    assert first_of(rule) == expected


def test_the_summer_belongs_to_the_school_year_that_comes():
    assert first_of(Rule(SCHOOL_YEAR), D(2027, 7, 1))[0] == D(2027, 9, 1)
    assert first_of(Rule(TERM), D(2027, 6, 1))[0] == D(2027, 9, 1)
    assert first_of(Rule(TERM), D(2027, 2, 1))[0] == D(2027, 2, 1)


def test_twice_a_school_year_is_once_a_term():
    found = [
        (span.first, span.deadline, span.ordinal)
        for span in spans(Rule(SCHOOL_YEAR, times=2), since=NOVEMBER, until=D(2027, 8, 31))
    ]
    assert found == [(D(2026, 9, 1), D(2027, 1, 31), 1), (D(2027, 2, 1), D(2027, 5, 31), 2)]


def test_parts_end_with_months_where_they_come_out_even():
    found = list(spans(Rule(YEAR, times=4), since=D(2026, 1, 1), until=D(2026, 12, 31)))
    assert [span.deadline for span in found] == [
        D(2026, 3, 31),
        D(2026, 6, 30),
        D(2026, 9, 30),
        D(2026, 12, 31),
    ]
    week = list(spans(Rule(WEEK, times=2), since=D(2026, 11, 16), until=D(2026, 11, 22)))
    assert [span.deadline for span in week] == [D(2026, 11, 18), D(2026, 11, 22)]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("ít nhất 01 lần/năm học", Rule(SCHOOL_YEAR)),
        ("ít nhất 02 lần/năm học", Rule(SCHOOL_YEAR, times=2)),
        ("hằng tháng", Rule(MONTH)),
        ("trước ngày 25 hằng tháng", Rule(MONTH, day=24)),
        ("mỗi tuần một lần", Rule(WEEK)),
        ("định kỳ 6 tháng", Rule(MONTH, every=6)),
        ("hằng ngày", None),
    ],
)
def test_from_the_words_of_a_document(words, rule):
    read = recurrence_of(words)
    assert rule_of(vars(read)) == rule


@given(RULES, DAYS)
def test_occurrences_follow_each_other_without_overlap(rule, since):
    until = since + dt.timedelta(days=500)
    found = list(spans(rule, since=since, until=until))
    for one, following in pairwise(found):
        assert one.last < following.first
    for span in found:
        assert span.first <= span.last
        assert span.first - dt.timedelta(days=1) <= span.deadline <= span.last
        assert (span.deadline >= since, span.first <= until) == (True, True)
        assert 1 <= span.ordinal <= span.times <= rule.times


@given(RULES, DAYS, st.integers(0, 400))
def test_opened_day_by_day_or_late_they_are_the_same(rule, since, days):
    """However often the job runs and whenever: nothing is left out, nothing comes twice."""
    until = since + dt.timedelta(days=300)
    at_once = due_spans(rule, since=since, until=until, today=since + dt.timedelta(days=days))
    opened: list[Span] = []
    for passed in sorted({0, days // 3, days // 2, days}):
        today = since + dt.timedelta(days=passed)
        due = due_spans(rule, since=since, until=until, today=today)
        opened += [span for span in due if span not in opened]
    assert opened == at_once


@given(RULES, DAYS)
def test_no_occurrence_opens_too_late_for_its_day(rule, since):
    for span in list(spans(rule, since=since, until=since + dt.timedelta(days=400)))[:6]:
        opens = span.opens_on(rule.per)
        assert opens <= span.first
        if rule.per != WEEK:
            assert (span.deadline - opens).days >= min(DAYS_AHEAD, (span.deadline - span.first).days)
