"""How long a recognition holds."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from schools.standards import lapses_on, rule_on

days = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))


def test_five_years_from_the_decision():
    assert lapses_on(dt.date(2021, 5, 20)) == dt.date(2026, 5, 20)
    assert lapses_on(dt.date(2024, 2, 29)) == dt.date(2029, 3, 1)


@given(days)
def test_the_later_the_decision_the_later_it_lapses(day):
    later = day + dt.timedelta(days=1)
    assert day < lapses_on(day) <= lapses_on(later)
    assert lapses_on(day).year - day.year == rule_on(day).years
