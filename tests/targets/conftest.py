"""Figures of the cast's province, sent or accepted, and a decision of its department."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from schools.actions import enter_recognition, month_period, school_year_period
from schools.models import Period, School, Unit
from targets.actions import Goal, observe, set_status, set_target
from targets.arithmetic import Figure
from targets.models import Indicator, ObservationStatus, Target

Giving = Callable[..., None]


@pytest.fixture
def give(db) -> Giving:
    """`give(school, (2026, 9), primary__pupils=380)`: figures of a month that count."""

    def written(
        unit: Unit,
        month: tuple[int, int],
        status: ObservationStatus = ObservationStatus.ACCEPTED,
        **figures: int | Figure,
    ) -> Period:
        period = month_period(*month)
        values = {
            code.replace("__", "."): Decimal(figure) if isinstance(figure, int) else figure
            for code, figure in figures.items()
        }
        observe(unit=unit, period=period, values=values, by=None)
        set_status(unit=unit, period=period, status=status, by=None)
        return period

    return written


@pytest.fixture
def recognise(cast):
    """A decision of the department that recognises a school."""

    def entered(school: School, level: int, decided_on: dt.date, number: str = "1204/QĐ-UBND"):
        return enter_recognition(
            school=school, level=level, decision_number=number, decided_on=decided_on, by=cast.staff
        )

    return entered


@pytest.fixture
def year(db) -> Period:
    return school_year_period(2026)


PARTS_OF_A_GOAL = ("value_max", "baseline_value", "baseline_period", "in_percent")


@pytest.fixture
def set_for(province, cast, year) -> Callable[..., Target]:
    """`set_for("all.standard_1", 9)`: a target of the department for the school year, set by its staff."""

    def setting(code: str, value: int | str, unit=None, *, comparator="ge", period=None, **more) -> Target:
        of_goal = {name: more.pop(name) for name in PARTS_OF_A_GOAL if name in more}
        return set_target(
            unit=unit or province.department,
            indicator=indicator(code),
            period=period or year,
            goal=Goal(comparator, Decimal(value), **of_goal),
            by=cast.staff,
            **more,
        )

    return setting


def indicator(code: str) -> Indicator:
    return Indicator.objects.whole().get(code=code)
