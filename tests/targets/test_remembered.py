"""What is remembered of a large office is what its figures come to, whatever was done since the last look."""

import datetime as dt
import random
from decimal import Decimal

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as RedisConnectionError

from schools.actions.upkeep import close_unit, place_under
from schools.models import Period
from targets.actions import set_status
from targets.models import Indicator, Observation, ObservationStatus
from targets.queries import remembered
from targets.queries.sums import Span
from targets.queries.values import Ground, trends, values, values_before
from tests.conftest import ADMINISTRATIVE

YEAR = Span(dt.date(2026, 8, 1), dt.date(2027, 7, 31))
TODAY = dt.date(2026, 12, 10)
NOW = dt.datetime(2026, 12, 10, 9, tzinfo=dt.UTC)
AUTUMN = Span(dt.date(2026, 9, 1), dt.date(2026, 10, 31))
TWO_YEARS = Span(dt.date(2025, 1, 1), TODAY)
MONTHS = [(2026, 9), (2026, 10), (2026, 11)]
STEMS = ["pupils", "attending", "classes", "of_age"]


@pytest.fixture
def large(monkeypatch):
    """Every office counts as large, and all that changed is read by unit."""
    monkeypatch.setattr(remembered, "MANY", 2)
    monkeypatch.setattr(remembered, "TOO_MANY", 1)


@pytest.fixture
def asked(db) -> list[Indicator]:
    return list(Indicator.objects.whole())


def seen(units, asked):
    """What a board reads: the year so far, the months, and a time that is over."""
    return {
        unit.short_name: (
            values(unit, asked, YEAR, TODAY),
            trends(unit, asked, TWO_YEARS),
            values_before(Ground(unit), asked, AUTUMN, TODAY),
        )
        for unit in units
    }


def read_anew(units, asked):
    kept = dict(cache._cache), dict(cache._expire_info)
    cache.clear()
    found = seen(units, asked)
    cache.clear()
    cache._cache.update(kept[0])
    cache._expire_info.update(kept[1])
    return found


def act(chance: random.Random, province, give) -> None:
    """Something that schools and offices do any day."""
    school = chance.choice([province.cloud_primary, province.tea_combined])
    doing = chance.choice(["report", "report", "report", "send back", "accept", "count residents"])
    if doing == "count residents":
        commune = chance.choice([province.cloud_commune, province.tea_commune])
        free = [one for one in MONTHS if not counting(commune, one)]
        if free:
            give(commune, chance.choice(free), population__age_6_10=chance.randint(100, 900))
    elif doing == "report":
        free = [one for one in MONTHS if not counting(school, one)]
        if free:
            stems = chance.sample(STEMS, chance.randint(1, len(STEMS)))
            figures = {f"primary__{stem}": chance.randint(0, 900) for stem in stems}
            give(school, chance.choice(free), ObservationStatus.SENT, **figures)
    else:
        to = ObservationStatus.DRAFT if doing == "send back" else ObservationStatus.ACCEPTED
        for period in Period.objects.filter(observations__unit=school).distinct()[:1]:
            set_status(unit=school, period=period, status=to, by=None)


def counting(unit, month):
    year, ordinal = month
    rows = Observation.objects.counting().filter(unit=unit.pk)
    return rows.filter(period__year=year, period__ordinal=ordinal).exists()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_done_since_the_last_look_is_seen(province, give, large, asked, time_machine, seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    time_machine.move_to(NOW, tick=False)
    units = [province.department, province.cloud_commune, province.tea_commune]
    for _ in range(12):
        act(chance, province, give)
        time_machine.shift(dt.timedelta(minutes=chance.choice([0, 1, 4, 8, 30])))
        assert seen(units, asked) == read_anew(units, asked)


def test_only_what_changed_is_read_again(
    province, give, large, asked, time_machine, django_assert_num_queries
):
    time_machine.move_to(NOW, tick=False)
    give(province.cloud_primary, (2026, 10), primary__pupils=380, primary__attending=370)
    give(province.tea_combined, (2026, 10), primary__pupils=300, primary__attending=290)
    time_machine.shift(2 * remembered.UNSEEN)
    seen([province.department], asked)
    Observation.objects.filter(unit=province.tea_combined.pk).update(value=7)  # as nothing in the portal does
    time_machine.shift(dt.timedelta(hours=1))
    give(province.cloud_primary, (2026, 11), primary__pupils=385, primary__attending=376)
    found = values(province.department, asked, YEAR, TODAY)
    reached = {one.code: found[one.pk].numerator for one in asked}
    assert reached["primary.pupils"] == Decimal(685)
    assert reached["primary.attendance_rate"] == Decimal(666)


def test_a_change_that_is_seen_late_is_not_missed(province, give, large, asked, time_machine):
    """It was stamped before the last look, and its transaction ended after it."""
    time_machine.move_to(NOW, tick=False)
    give(province.cloud_primary, (2026, 10), ObservationStatus.DRAFT, primary__pupils=380)
    seen([province.department], asked)
    Observation.objects.update(status=ObservationStatus.SENT, status_at=NOW - dt.timedelta(minutes=9))
    assert seen([province.department], asked) == read_anew([province.department], asked)
    [pupils] = [one for one in asked if one.code == "primary.pupils"]
    assert values(province.department, asked, YEAR, TODAY)[pupils.pk].value == Decimal(380)


def test_another_tree_is_read_anew(province, give, large, asked, time_machine):
    time_machine.move_to(NOW, tick=False)
    units = [province.department, province.cloud_commune, province.tea_commune]
    give(province.cloud_primary, (2026, 10), primary__pupils=380)
    give(province.tea_combined, (2026, 10), primary__pupils=300)
    before = seen(units, asked)
    place_under(
        unit=province.cloud_primary,
        office=province.tea_commune,
        line=ADMINISTRATIVE,
        since=dt.date(2026, 12, 1),
        by=None,
    )
    moved = seen(units, asked)
    assert moved == read_anew(units, asked) != before
    close_unit(unit=province.cloud_primary, last_day=dt.date(2026, 12, 5), by=None)
    assert seen(units, asked) == read_anew(units, asked) != moved


def test_where_much_changed_all_is_read_at_once(province, give, large, asked, monkeypatch, time_machine):
    monkeypatch.setattr(remembered, "TOO_MANY", 0)
    time_machine.move_to(NOW, tick=False)
    give(province.cloud_primary, (2026, 10), primary__pupils=380)
    seen([province.department], asked)
    give(province.tea_combined, (2026, 10), primary__pupils=300)
    assert seen([province.department], asked) == read_anew([province.department], asked)


@pytest.mark.parametrize("schools", [1, 3])
def test_looking_again_costs_the_same_for_many(
    province, give, large, asked, time_machine, django_assert_num_queries, schools
):
    """One query more than what is not remembered takes: what changed, and then only that."""
    time_machine.move_to(NOW, tick=False)
    seen([province.department], asked)
    for school in [province.cloud_primary, province.tea_combined, province.high_school][:schools]:
        level = "upper_secondary" if school == province.high_school else "primary"
        give(school, (2026, 10), **{f"{level}__pupils": 100, f"{level}__attending": 90})
    with django_assert_num_queries(8):
        values(province.department, asked, YEAR, TODAY)
    with django_assert_num_queries(5):
        trends(province.department, asked, TWO_YEARS)


@pytest.mark.parametrize("broken", ["get", "set"])
def test_without_its_store_everything_is_read(province, give, large, asked, monkeypatch, broken):
    give(province.cloud_primary, (2026, 10), primary__pupils=380)
    expected = seen([province.department], asked)

    def refuse(*_: object, **__: object) -> None:
        raise RedisConnectionError("refused")

    monkeypatch.setattr(cache, broken, refuse)
    assert seen([province.department], asked) == expected
