"""Where targets stand: met or missed at the end, by time and trend before it."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.forecast import By, Forecast
from targets.standing import Judged, TargetStanding, Wanted, Why, share_over, standing_of
from targets.values import Point

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 8, 31)
HALF = dt.date(2027, 3, 1)
numbers = st.decimals(min_value=0, max_value=1000, places=1)
comparators = st.sampled_from(["ge", "gt", "le", "lt", "eq", "between", "increase_by", "decrease_by"])
days = st.dates(dt.date(2026, 6, 1), dt.date(2027, 12, 31))


@st.composite
def goals(draw) -> Wanted:
    comparator, value = draw(comparators), draw(numbers)
    high = value + draw(numbers) if comparator == "between" else None
    has_baseline = comparator in ("increase_by", "decrease_by")
    return Wanted(
        comparator,
        value,
        high,
        draw(numbers) if has_baseline else None,
        draw(st.booleans()) if has_baseline else False,
    )


@st.composite
def trends(draw) -> list[Point]:
    on = sorted(draw(st.sets(st.dates(FIRST, LAST), max_size=5)))
    return [Point(day, draw(numbers)) for day in on]


def judged(wanted, value, *, start=None, trend=(), today=HALF, last=LAST) -> Judged:
    number = None if value is None else Decimal(value)
    begun = None if start is None else Decimal(start)
    return standing_of(
        wanted=wanted, value=number, start=begun, trend=trend, first=FIRST, last=last, today=today
    )


def points(*values) -> list[Point]:
    """Figures at the ends of September, November and January."""
    ends = (dt.date(2026, 9, 30), dt.date(2026, 11, 30), dt.date(2027, 1, 31))
    return [Point(on, Decimal(value)) for on, value in zip(ends, values, strict=True)]


def at_least(value) -> Wanted:
    return Wanted("ge", Decimal(value))


@pytest.mark.parametrize(
    ("wanted", "met", "not_met"),
    [
        (Wanted("ge", Decimal(98)), ["98", "99"], ["97.9"]),
        (Wanted("gt", Decimal(98)), ["98.1"], ["98", "97"]),
        (Wanted("le", Decimal(5)), ["5", "0"], ["5.1"]),
        (Wanted("lt", Decimal(5)), ["4.9"], ["5", "6"]),
        (Wanted("eq", Decimal(10)), ["10"], ["9.9", "10.1"]),
        (Wanted("between", Decimal(65), Decimal(70)), ["65", "68", "70"], ["64.9", "70.1"]),
        (Wanted("increase_by", Decimal(3), baseline=Decimal(9)), ["12", "13"], ["11"]),
        (Wanted("decrease_by", Decimal(3), baseline=Decimal(9)), ["6", "0"], ["7"]),
        (Wanted("increase_by", Decimal(10), baseline=Decimal(200), in_percent=True), ["220"], ["219.9"]),
        (Wanted("decrease_by", Decimal(10), baseline=Decimal(200), in_percent=True), ["180"], ["180.1"]),
    ],
)
def test_what_meets_a_target(wanted, met, not_met):
    assert [wanted.is_met_by(Decimal(value)) for value in met] == [True] * len(met)
    assert [wanted.is_met_by(Decimal(value)) for value in not_met] == [False] * len(not_met)


def test_the_gap_has_its_sign():
    band = Wanted("between", Decimal(65), Decimal(70))
    assert at_least(98).gap(Decimal("96.5")) == Decimal("-1.5")
    assert Wanted("le", Decimal(5)).gap(Decimal(7)) == 2
    assert [band.gap(Decimal(value)) for value in (60, 67, 72)] == [-5, 0, 2]
    assert Wanted("increase_by", Decimal(3), baseline=Decimal(9)).gap(Decimal(10)) == -2


class TestAtTheEnd:
    AFTER = LAST + dt.timedelta(days=1)

    def test_it_is_met_or_missed(self):
        assert judged(at_least(98), 98, today=self.AFTER) == Judged(TargetStanding.MET, Why.MET_AT_THE_END)
        assert judged(at_least(98), 97, today=self.AFTER) == Judged(
            TargetStanding.MISSED, Why.MISSED_AT_THE_END
        )

    @pytest.mark.parametrize(
        ("wanted", "value", "standing"),
        [
            (at_least(98), 98, "met"),
            (at_least(98), "98.1", "exceeded"),
            (Wanted("increase_by", Decimal(2), baseline=Decimal(9)), 11, "met"),
            (Wanted("increase_by", Decimal(2), baseline=Decimal(9)), 12, "exceeded"),
            (Wanted("decrease_by", Decimal(2), baseline=Decimal(9)), 7, "met"),
            (Wanted("decrease_by", Decimal(2), baseline=Decimal(9)), 6, "exceeded"),
            (Wanted("gt", Decimal(9)), 10, "met"),
            (Wanted("le", Decimal(5)), 3, "met"),
            (Wanted("between", Decimal(2), Decimal(4)), 3, "met"),
            (Wanted("eq", Decimal(5)), 5, "met"),
        ],
    )
    def test_what_went_past_a_height_or_a_step_is_exceeded(self, wanted, value, standing):
        assert judged(wanted, value, today=self.AFTER).standing == standing

    def test_the_last_day_is_still_within(self):
        assert judged(Wanted("le", Decimal(5)), 5, today=LAST).standing == TargetStanding.ON_TRACK


class TestBefore:
    def test_what_is_reached_is_met_so_far(self):
        assert judged(at_least(98), 98) == Judged(TargetStanding.MET, Why.MET_SO_FAR)

    def test_what_is_past_it_is_exceeded_so_far(self):
        assert judged(at_least(98), "98.1") == Judged(TargetStanding.EXCEEDED, Why.MET_SO_FAR)

    def test_down_by_can_still_rise_again(self):
        wanted = Wanted("decrease_by", Decimal(2), baseline=Decimal(9))
        assert judged(wanted, 6) == Judged(TargetStanding.ON_TRACK, Why.WITHIN_SO_FAR)

    def test_what_is_to_be_kept_is_on_track(self):
        assert judged(Wanted("le", Decimal(5)), 3) == Judged(TargetStanding.ON_TRACK, Why.WITHIN_SO_FAR)

    def test_half_the_time_half_the_way(self):
        """From 80 to 90: on 1 March 182 of 365 days are over, and 84,99 is where it should be."""
        assert judged(at_least(90), 85, start=80).why == Why.AS_FAR_AS_TIME
        assert judged(at_least(90), "84.8", start=80) == Judged(
            TargetStanding.AT_RISK, Why.BEHIND_TIME, Decimal("84.9")
        )

    def test_of_schools_whole_ones_are_due(self):
        """From two to three schools, half the time gone: two are where they should be."""
        found = standing_of(
            wanted=at_least(3),
            value=Decimal(2),
            start=Decimal(2),
            trend=[],
            first=FIRST,
            last=LAST,
            today=HALF,
            whole=True,
        )
        assert found == Judged(TargetStanding.ON_TRACK, Why.AS_FAR_AS_TIME, Decimal(2))

    def test_the_way_down_is_a_way_too(self):
        wanted = Wanted("le", Decimal(10))
        assert judged(wanted, 15, start=20).standing == TargetStanding.ON_TRACK
        assert judged(wanted, 16, start=20).standing == TargetStanding.AT_RISK

    def test_a_pace_that_leads_there_is_on_track(self):
        rising, flat = points(80, 82, 85), points(85, 85, 85)
        assert judged(at_least(90), 85, trend=rising).why == Why.FORECAST_REACHES
        assert judged(at_least(90), 85, trend=flat).why == Why.FORECAST_FALLS_SHORT
        assert judged(at_least(90), 85, trend=rising[:2]).why == Why.BEHIND_TIME

    def test_the_rhythm_of_the_year_before_says_more_than_the_time_that_is_over(self):
        """Half the way in half the time; but last year nothing was gained after the winter."""
        before = [Point(dt.date(2026, 1, 31), Decimal(84)), Point(dt.date(2026, 8, 31), Decimal(84))]
        newest = [Point(dt.date(2027, 1, 31), Decimal(85))]
        found = judged(at_least(90), 85, start=80, trend=[*before, *newest])
        assert (found.standing, found.why, found.due) == (
            TargetStanding.AT_RISK,
            Why.FORECAST_FALLS_SHORT,
            Decimal("84.9"),
        )
        assert found.forecast == Forecast(Decimal(85), By.RHYTHM, 3)
        rose = [before[0], Point(dt.date(2026, 8, 31), Decimal(89))]
        assert judged(at_least(90), 85, start=80, trend=[*rose, *newest]).why == Why.FORECAST_REACHES

    def test_a_range_is_reached_from_below_or_above(self):
        band = Wanted("between", Decimal(65), Decimal(70))
        falling = points(90, 82, 75)
        assert judged(band, 75, trend=falling).standing == TargetStanding.ON_TRACK
        assert judged(band, 75, trend=falling[-1:]).standing == TargetStanding.AT_RISK

    def test_what_fell_from_a_start_beyond_the_goal_is_at_risk(self):
        assert judged(at_least(90), 85, start=95).standing == TargetStanding.AT_RISK

    def test_at_the_beginning_nothing_can_be_told(self):
        early = FIRST + dt.timedelta(days=30)
        assert judged(at_least(90), 85, today=early).why == Why.TOO_EARLY
        assert judged(at_least(90), 85, start=89, today=early).standing == TargetStanding.AT_RISK


@given(goals(), numbers, trends(), days)
def test_without_a_value_there_is_no_data(wanted, start, trend, today):
    assert judged(wanted, None, start=start, trend=trend, today=today).standing == TargetStanding.NO_DATA


@given(goals(), numbers, st.none() | numbers, trends(), days)
def test_met_and_missed_say_whether_the_value_meets(wanted, value, start, trend, today):
    found = judged(wanted, value, start=start, trend=trend, today=today).standing
    if found in (TargetStanding.MET, TargetStanding.EXCEEDED):
        assert wanted.is_met_by(value)
        assert (found == TargetStanding.EXCEEDED) == wanted.is_exceeded_by(value)
    if found in (TargetStanding.MISSED, TargetStanding.AT_RISK):
        assert not wanted.is_met_by(value)
    if today > LAST:
        assert found in (TargetStanding.MET, TargetStanding.EXCEEDED, TargetStanding.MISSED)
    else:
        assert found != TargetStanding.MISSED


@given(goals(), numbers)
def test_there_is_no_gap_to_what_is_nearest_and_it_is_reached_from_within(wanted, value):
    assert wanted.gap(wanted.nearest(value)) == 0
    if wanted.comparator not in ("gt", "lt"):
        assert wanted.is_met_by(wanted.nearest(value))


@given(numbers, numbers, st.integers(0, 364))
def test_waiting_never_makes_a_target_safer(value, start, days_in):
    """With the same value, a later day is never judged better."""
    order = [TargetStanding.ON_TRACK, TargetStanding.AT_RISK, TargetStanding.MISSED]
    wanted = at_least(1001)
    day = FIRST + dt.timedelta(days=days_in)
    sooner, later = (
        judged(wanted, value, start=start, today=day + dt.timedelta(days=wait)).standing for wait in (0, 7)
    )
    assert order.index(sooner) <= order.index(later)


@given(days)
def test_the_share_that_is_over_lies_between_nothing_and_all(today):
    over = share_over(FIRST, LAST, today)
    assert 0 <= over <= 1
    assert (over == 1) == (today >= LAST)
