"""Figures of the cast's province, sent or accepted, and a decision of its department."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from schools.actions import enter_recognition, month_period
from schools.models import Period, School, Unit
from targets.actions import observe, set_status
from targets.arithmetic import Figure
from targets.models import Indicator, ObservationStatus

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


def indicator(code: str) -> Indicator:
    return Indicator.objects.whole().get(code=code)
