"""The figures of the demo, for whatever month it is loaded in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduportal.pages.demo.figures import (
    ENROLLED,
    JULY,
    SEPTEMBER,
    LevelOfSchool,
    apportion,
    month_figures,
    population_figures,
    school_year,
)
from eduportal.pages.demo.tables import FULL, CommunePlan, SchoolPlan
from reports.figures import Month
from schools.models import Level
from targets.arithmetic import NOT_APPLICABLE, Figure, change
from targets.models import Measure, Reporter

months = st.builds(Month, st.integers(2025, 2040), st.integers(1, 12))
schools = st.sampled_from(FULL.schools)
communes = st.sampled_from(FULL.communes)
PROVINCE = {
    "preschool.classes": 268,
    "preschool.pupils": 6640,
    "primary.classes": 326,
    "primary.pupils": 12_843,
    "lower_secondary.classes": 188,
    "lower_secondary.pupils": 8411,
}


def some_before(month: Month, count: int) -> Month:
    """So many months before; for -1 the one after."""
    for _ in range(count):
        month = month.before
    return month.following if count < 0 else month


played = st.integers(-1, 12)  # from the open month back to the first


def number(figure: Figure) -> int:
    assert isinstance(figure, Decimal)
    return int(figure)


def levels(plan: SchoolPlan, as_of: Month) -> list[LevelOfSchool]:
    return [LevelOfSchool(plan, cohort, as_of) for cohort in plan.cohorts]


@given(st.integers(0, 10_000), st.lists(st.integers(1, 200), min_size=1, max_size=6))
def test_parts_add_up(total: int, weights: list[int]) -> None:
    parts = apportion(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True)
    )


@given(months)
def test_in_the_month_of_the_table_the_province_has_its_numbers(as_of: Month) -> None:
    figures = [month_figures(plan, as_of, as_of) for plan in FULL.schools]
    assert {code: sum(number(one.get(code, Decimal(0))) for one in figures) for code in PROVINCE} == PROVINCE


@given(schools, months, played)
def test_parts_are_not_above_their_whole(plan: SchoolPlan, as_of: Month, ago: int) -> None:
    month = some_before(as_of, ago)
    for level in levels(plan, as_of):
        children, pupils = level.in_year(school_year(month)), level.pupils(month)
        assert min(children.grades) > 0
        assert level.classes(month) >= 1
        if month.month == JULY and level.level != Level.PRESCHOOL:
            assert level.attending(month) is NOT_APPLICABLE
        else:
            assert 0.85 * pupils < number(level.attending(month)) < pupils
        assert 15 < pupils / level.classes(month) < 52


@given(schools, months, played)
def test_within_a_school_year_few_come_and_go(plan: SchoolPlan, as_of: Month, ago: int) -> None:
    month = some_before(as_of, ago)
    for level in levels(plan, as_of):
        jump = change(Decimal(level.pupils(month)), Decimal(level.pupils(month.before)))
        assert jump is not None
        assert not jump.is_beyond(Decimal("0.2"))
        if month.month != SEPTEMBER:
            assert abs(jump.difference) <= level.most_at_once
            assert level.classes(month) == level.classes(month.before)


@given(schools, months, st.integers(-1, 2))
def test_in_september_every_grade_moves_up(plan: SchoolPlan, as_of: Month, years: int) -> None:
    year = school_year(as_of) - years
    for level in levels(plan, as_of):
        assert level.in_year(year).grades[1:] == level.in_year(year - 1).grades[:-1]


@given(communes, months, played)
def test_enough_children_live_in_a_commune(commune: CommunePlan, as_of: Month, ago: int) -> None:
    """Of an age about as many as go to school, at the rates that the sector knows."""
    month, of_commune = some_before(as_of, ago), FULL.schools_of(commune.key)
    living = population_figures(commune, of_commune, month, as_of)
    for age, (code, least, more) in ENROLLED.items():
        enrolled = sum(number(month_figures(plan, month, as_of).get(code, Decimal(0))) for plan in of_commune)
        rate = enrolled / number(living[f"population.{age}"])
        assert (least - 5) / 1000 <= rate <= min(1, (least + more) / 1000)
    assert number(living["population.age_5"]) <= number(living["population.age_3_5"])
    assert number(living["population.age_6"]) <= number(living["population.age_6_10"])


@pytest.mark.django_db
@pytest.mark.parametrize("month", [Month(2026, number) for number in range(1, 13)], ids=lambda one: one.code)
def test_whatever_is_asked_is_known_and_passes_the_form(month: Month) -> None:
    """All measures of the levels, none above what it cannot be above nor above the highest plausible."""
    measures = list(Measure.objects.filter(reporter=Reporter.SCHOOL).select_related("at_most"))
    for plan in FULL.schools:
        known = month_figures(plan, month, Month(2026, 10))
        for measure in measures:
            if measure.level not in {cohort.level for cohort in plan.cohorts}:
                continue
            if known[measure.code] is NOT_APPLICABLE:
                continue
            assert 0 <= number(known[measure.code]) <= measure.highest
            if measure.at_most:
                assert known[measure.code] <= known[measure.at_most.code]
