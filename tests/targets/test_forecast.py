"""Forecasts on series of which it is known how they went on."""

import datetime as dt
from calendar import monthrange
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.forecast import By, Forecast, a_month_needed, by_pace, forecast_of, nearest
from targets.values import Point

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 8, 31)
# A school year of attendance and of pupils, September to August, as a year before went.
ATTENDANCE = ["96.0", "96.2", "95.8", "95.0", "94.6", "94.9", "95.6", "96.1", "96.4", "96.4", "96.4", "96.4"]
PUPILS = [1000, 1012, 1010, 1008, 1004, 1002, 1001, 1000, 998, 998, 998, 990]


def months(year: int, values, first: int = 9) -> list[Point]:
    """Points at the ends of months from September of a year on."""
    points = []
    for place, value in enumerate(values):
        month, of_year = (first + place - 1) % 12 + 1, year + (first + place - 1) // 12
        points.append(Point(dt.date(of_year, month, monthrange(of_year, month)[1]), Decimal(value)))
    return points


def forecast(trend, *, is_rate=True, last=LAST) -> Forecast | None:
    return forecast_of(trend, first=FIRST, last=last, is_rate=is_rate)


class TestRhythm:
    def test_a_rate_moves_by_as_many_points_as_a_year_before(self):
        """In January it stands 0,4 points above last January; last year rose by 1,8 to its end."""
        trend = months(2025, ATTENDANCE) + months(2026, ["96.4", "96.5", "96.2", "95.4", "95.0"])
        assert forecast(trend) == Forecast(Decimal("96.8"), By.RHYTHM, 5 + 8)

    def test_a_count_moves_by_as_large_a_part(self):
        """Two in a hundred more than last October: 990 at last year's end are 1.010 at the end of this."""
        trend = months(2025, PUPILS) + months(2026, [1020, 1032])
        assert forecast(trend, is_rate=False) == Forecast(Decimal(1010), By.RHYTHM, 2 + 11)

    def test_a_fall_in_winter_is_no_fall_of_the_year(self):
        """By its own pace it would go on falling; every winter is so."""
        trend = months(2025, ATTENDANCE) + months(2026, ATTENDANCE[:5])
        assert forecast(trend).value == Decimal("96.4")
        assert by_pace(trend[-5:], LAST, is_rate=True).value < 95

    def test_at_the_end_it_is_the_value(self):
        trend = months(2025, ATTENDANCE) + months(2026, ATTENDANCE)
        assert forecast(trend).value == Decimal("96.4")

    @pytest.mark.parametrize("missing", ["end", "same month"])
    def test_it_takes_the_same_month_and_the_end(self, missing):
        before = months(2025, ATTENDANCE)
        before = before[:-3] if missing == "end" else before[3:]
        found = forecast(before + months(2026, ["96.4", "96.5"]))
        assert found is None

    def test_a_count_that_was_nothing_grows_by_as_many(self):
        trend = months(2025, [0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 3]) + months(2026, [4, 4])
        assert forecast(trend, is_rate=False).value == 7


class TestPace:
    def test_a_line_goes_on(self):
        trend = months(2026, ["80", "81", "82", "83"])
        found = forecast(trend, last=dt.date(2027, 4, 30))
        assert (found.by, found.points) == (By.PACE, 4)
        assert abs(found.value - 87) <= Decimal("0.2")

    def test_one_odd_month_does_not_turn_it(self):
        found = forecast(months(2026, ["80", "81", "20", "83", "84"]), last=dt.date(2027, 4, 30))
        assert abs(found.value - 87) <= Decimal("0.5")

    @pytest.mark.parametrize("values", [[], ["80"], ["80", "85"]])
    def test_too_few_points_are_no_forecast(self, values):
        assert forecast(months(2026, values)) is None

    def test_three_points_of_one_month_are_none(self):
        days = [Point(dt.date(2026, 9, day), Decimal(80 + day)) for day in (1, 10, 20)]
        assert forecast(days) is None


def test_a_point_further_than_a_month_away_is_not_near():
    points = months(2025, ["96", "97"])
    assert nearest(points, dt.date(2025, 10, 20)).value == 97
    assert nearest(points, dt.date(2025, 12, 15)) is None


@pytest.mark.parametrize(
    ("gap", "newest", "is_rate", "needed"),
    [
        ("-3", dt.date(2027, 5, 31), False, "1"),
        ("-2", dt.date(2027, 5, 31), False, "1"),
        ("-1.5", dt.date(2027, 3, 31), True, "0.3"),
        ("0", dt.date(2027, 3, 31), True, None),
        ("-1.5", dt.date(2027, 8, 31), True, None),
    ],
)
def test_what_each_month_that_is_left_has_to_bring(gap, newest, is_rate, needed):
    found = a_month_needed(Decimal(gap), newest, LAST, is_rate=is_rate)
    assert found == (None if needed is None else Decimal(needed))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=24), st.booleans())
def test_a_forecast_is_possible_and_says_what_it_is_made_of(tenths, is_rate):
    trend = [Point(one.on, one.value / 10) for one in months(2025, tenths)]
    found = forecast(trend, is_rate=is_rate)
    if found is not None:
        assert found.points >= 3 or found.by == By.RHYTHM
        assert found.value >= 0
        assert not is_rate or found.value <= 100
        assert is_rate or found.value == found.value.to_integral_value()


@given(st.integers(0, 900), st.integers(-30, 30), st.integers(3, 11))
def test_what_goes_evenly_goes_on_evenly(start, step, amount):
    days = [FIRST + dt.timedelta(days=30 * n) for n in range(13)]
    trend = [Point(days[n], Decimal(start + 1000 + step * n)) for n in range(amount)]
    found = forecast_of(trend, first=FIRST, last=days[12], is_rate=False)
    assert found.value == max(start + 1000 + step * 12, 0)
