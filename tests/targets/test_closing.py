"""The targets of a unit that closes go on with its successor."""

import datetime as dt
from decimal import Decimal

import pytest

from schools.actions import school_year_period
from schools.actions.upkeep import close_unit
from schools.reorganisation import left_open
from targets.actions import Goal, set_target
from targets.models import Target
from tests.targets.conftest import indicator
from trail.models import AuditEvent

pytestmark = pytest.mark.django_db
LAST_DAY = dt.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _in_november(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def aim(cast):
    """`aim(school, "primary.attendance_rate", 98)`: of the running school year."""

    def set_(unit, code, value, year=2026, **more) -> Target:
        goal = Goal(more.pop("comparator", "ge"), Decimal(value), **more)
        return set_target(
            unit=unit, indicator=indicator(code), period=school_year_period(year), goal=goal, by=cast.staff
        )

    return set_


def targets_of(unit) -> list[tuple[str, int, Decimal]]:
    rows = Target.objects.filter(unit=unit).order_by("indicator__code", "period")
    return [(one.indicator.code, one.period.year, one.value) for one in rows]


def test_they_go_on_where_the_successor_has_none(province, cast, aim):
    aim(province.cloud_primary, "primary.attendance_rate", 98)
    aim(province.cloud_primary, "primary.completion_rate", 100)
    aim(province.cloud_primary, "primary.completion_rate", 99, year=2025)
    own = aim(province.tea_combined, "primary.completion_rate", 97)
    close_unit(unit=province.cloud_primary, last_day=LAST_DAY, successor=province.tea_combined, by=cast.admin)
    assert targets_of(province.tea_combined) == [
        ("primary.attendance_rate", 2026, Decimal(98)),
        ("primary.completion_rate", 2026, own.value),
    ]
    assert targets_of(province.cloud_primary) == [
        ("primary.completion_rate", 2025, Decimal(99)),
        ("primary.completion_rate", 2026, Decimal(100)),
    ]
    told = AuditEvent.objects.get(verb="target.handed_over")
    assert (told.unit_id, told.data["from"]) == (province.tea_combined.pk, province.cloud_primary.name)


def test_what_starts_from_the_closed_unit_stays_with_it(province, cast, aim):
    goal = {
        "baseline_value": Decimal(380),
        "baseline_period": school_year_period(2025),
        "comparator": "increase_by",
    }
    aim(province.cloud_primary, "primary.pupils", 20, **goal)
    close_unit(unit=province.cloud_primary, last_day=LAST_DAY, successor=province.tea_combined, by=cast.admin)
    assert targets_of(province.tea_combined) == []


def test_without_a_successor_they_stay_as_its_past(province, cast, aim):
    aim(province.cloud_primary, "primary.attendance_rate", 98)
    assert left_open(province.cloud_primary) == ["1 chỉ tiêu"]
    close_unit(unit=province.cloud_primary, last_day=LAST_DAY, by=cast.admin)
    assert targets_of(province.cloud_primary) == [("primary.attendance_rate", 2026, Decimal(98))]
