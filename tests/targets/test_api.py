"""Measures and observations for other programmes."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.actions import month_period
from targets.actions import observe, set_status
from targets.arithmetic import NOT_APPLICABLE

FIGURES = "/api/v1/observations/"


@pytest.fixture
def october(province):
    return month_period(2026, 10)


@pytest.fixture
def reported(province, october):
    values = {
        "primary.pupils": Decimal(380),
        "primary.classes": NOT_APPLICABLE,
        "primary.attending": Decimal(0),
    }
    observe(unit=province.cloud_primary, period=october, values=values, by=None)
    set_status(unit=province.cloud_primary, period=october, status="sent", by=None)


def shown(answer) -> list[tuple]:
    rows = answer.json()["results"]
    return [(row["measure"], row["value"], row["not_applicable"], row["status"]) for row in rows]


def test_numbers_are_strings_and_zero_is_not_nothing(api_of, cast, reported):
    assert shown(api_of(cast.staff).get(FIGURES)) == [
        ("primary.classes", None, True, "sent"),
        ("primary.pupils", "380", False, "sent"),
        ("primary.attending", "0", False, "sent"),
    ]


def test_what_is_not_sent_is_the_units_own(api_of, cast, province, october):
    observe(
        unit=province.cloud_primary, period=october, values={"primary.pupils": Decimal("7")}, by=cast.clerk
    )
    counts = {who: api_of(getattr(cast, who)).get(FIGURES).json()["count"] for who in
              ("clerk", "principal", "staff", "commune_officer", "leader", "neighbour")}  # fmt: skip
    assert counts == {
        "clerk": 1, "principal": 1, "staff": 0, "commune_officer": 0, "leader": 0, "neighbour": 0,
    }  # fmt: skip
    assert api_of(cast.staff).get(FIGURES, {"status": "draft"}).json()["count"] == 0


def test_what_a_commune_has_not_sent_is_its_internal_departments_too(api_of, province, october, in_division):
    observe(unit=province.cloud_commune, period=october, values={"population.age_5": Decimal(81)}, by=None)
    rows = api_of(in_division).get(FIGURES).json()["results"]
    assert [(row["value"], row["status"]) for row in rows] == [("81", "draft")]


def test_filters(api_of, cast, province, october, reported):
    api = api_of(cast.staff)
    asked = [
        {"unit": province.cloud_primary.pk},
        {"unit": province.tea_combined.pk},
        {"under": province.cloud_commune.pk},
        {"under": province.tea_commune.pk},
        {"period": october.pk, "measure": "primary.pupils"},
        {"level": "preschool"},
    ]
    assert [api.get(FIGURES, one).json()["count"] for one in asked] == [3, 0, 3, 0, 1, 0]
    by_value = api.get(FIGURES, {"ordering": "-value", "measure": "primary.pupils"})
    assert shown(by_value) == [("primary.pupils", "380", False, "sent")]


def test_the_number_of_queries_does_not_grow(api_of, cast, reported):
    api = api_of(cast.staff)
    api.get(FIGURES)

    def queries(limit: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(api.get(FIGURES, {"limit": limit}).json()["results"]) == limit
        return len(captured)

    assert (queries(1), queries(3)) == (3, 3)


def test_a_measure_is_called_in_the_language_asked_for(api_of, cast):
    api = api_of(cast.clerk)
    names = [
        api.get("/api/v1/measures/primary.pupils/", headers={"accept-language": language}).json()["name"]
        for language in ("vi", "en-GB,en;q=0.9", "fr")
    ]
    assert names == ["Số học sinh", "Pupils", "Số học sinh"]


def test_what_a_figure_may_not_exceed(api_of, cast):
    row = api_of(cast.clerk).get("/api/v1/measures/primary.attending/").json()
    assert (row["at_most"], row["level"], row["is_stock"]) == ("primary.pupils", "primary", True)
