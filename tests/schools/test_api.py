"""Units and periods for other programmes."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.actions import month_period
from schools.models import Affiliation, School

UNITS = "/api/v1/units/"


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC))


def names(answer) -> list[str]:
    return [row["short_name"] for row in answer.json()["results"]]


def test_a_school_reads_itself_with_what_it_stands_beneath(api_of, cast, province):
    (row,) = api_of(cast.tea_principal).get(UNITS).json()["results"]
    assert row.pop("parents") == [
        {
            "unit": {
                "id": office.pk,
                "kind": kind,
                "code": office.code,
                "name": office.name,
                "short_name": office.short_name,
            },
            "line": line,
            "valid_from": "2025-07-01",
            "valid_to": None,
        }
        for office, kind, line in [
            (province.tea_commune, "commune", "administrative"),
            (province.department, "department", "professional"),
        ]
    ]
    assert row == {
        "id": province.tea_combined.pk,
        "kind": "school",
        "code": "NS020001",
        "name": "Trường Tiểu học và Trung học cơ sở Đồi Chè",
        "short_name": "TH&THCS Đồi Chè",
        "phone": "",
        "valid_from": "2025-07-01",
        "valid_to": None,
        "is_public": True,
        "levels": ["primary", "lower_secondary"],
        "version": 1,
    }


def test_an_office_has_no_levels(api_of, cast, province):
    row = api_of(cast.commune_officer).get(f"{UNITS}{province.cloud_commune.pk}/").json()
    assert (row["is_public"], row["levels"], len(row["parents"])) == (None, [], 1)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"level": "primary"}, ["TH Suối Mây", "TH&THCS Đồi Chè"]),
        ({"kind": "commune"}, ["Xã Đồi Chè", "Xã Suối Mây"]),
        ({"code": "NS010001"}, ["MN Hoa Ban"]),
        ({"search": "suoi may"}, ["TH Suối Mây", "Xã Suối Mây"]),
        ({"search": "Suối tiểu"}, ["TH Suối Mây"]),
        ({"kind": "school", "ordering": "-code", "limit": 2}, ["TH&THCS Đồi Chè", "TH Suối Mây"]),
        ({"kind": "school", "ordering": "code", "limit": 1, "offset": 1}, ["MN Hoa Ban"]),
        ({"on": "2025-06-30"}, []),
    ],
)
def test_filters(api_of, cast, asked, found):
    assert names(api_of(cast.staff).get(UNITS, asked)) == found


def test_beneath_an_office(api_of, cast, province):
    answer = api_of(cast.staff).get(UNITS, {"under": province.cloud_commune.pk, "kind": "school"})
    assert sorted(names(answer)) == ["MN Hoa Ban", "TH Suối Mây"]


def test_as_of_a_day(api_of, cast, province):
    """A school that has moved stood beneath its former commune then."""
    links = Affiliation.objects.filter(school=province.orchid_preschool, kind="administrative")
    moved_on = dt.date(2026, 3, 1)
    links.update(valid_to=moved_on)
    Affiliation.objects.create(
        school=province.orchid_preschool,
        office=province.tea_commune,
        kind="administrative",
        valid_from=moved_on,
    )
    url, api = f"{UNITS}{province.orchid_preschool.pk}/", api_of(cast.staff)
    above = {
        day: api.get(url, {"on": day}).json()["parents"][0]["unit"] for day in ("2026-02-28", "2026-03-01")
    }
    assert [one["short_name"] for one in above.values()] == ["Xã Suối Mây", "Xã Đồi Chè"]


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({"kind": "nix"}, "kind", "invalid_choice"),
        ({"under": "x"}, "under", "invalid"),
        ({"under": 0}, "under", "min_value"),
        ({"under": 10**30}, "under", "max_value"),
        ({"on": "22/11/2026"}, "on", "invalid"),
        ({"on": "1026-11-22"}, "on", "absurd"),
        ({"limit": 201}, "limit", "max_value"),
        ({"offset": -1}, "offset", "min_value"),
        ({"ordering": "phone"}, "ordering", "invalid_choice"),
        ({"leve": "primary"}, "leve", "unknown_parameter"),
        ({"search": "a\x00b"}, "search", "null_characters_not_allowed"),
    ],
)
def test_what_is_asked_wrongly_is_named(api_of, cast, asked, field, code):
    answer = api_of(cast.staff).get(UNITS, asked)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]


def test_the_number_of_queries_does_not_grow(api_of, cast, province):
    api = api_of(cast.staff)
    api.get(UNITS)

    def queries(limit: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(names(api.get(UNITS, {"kind": "school", "limit": limit}))) == limit
        return len(captured)

    assert (queries(1), queries(3)) == (5, 5)
    assert School.objects.count() == 5


def test_pages_follow_each_other(api_of, cast):
    api, seen = api_of(cast.staff), []
    url = f"{UNITS}?limit=3"
    while url:
        page = api.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert (len(seen), len(set(seen)), page["count"]) == (8, 8, 8)


def test_periods_are_the_same_for_everybody(api_of, cast, province):
    october, november = month_period(2026, 10), month_period(2026, 11)
    answer = api_of(cast.clerk).get("/api/v1/periods/", {"year": 2026})
    assert [row["id"] for row in answer.json()["results"]] == [november.pk, october.pk]
    assert answer.json()["results"][0] == {
        "id": november.pk,
        "kind": "month",
        "year": 2026,
        "ordinal": 11,
        "name": "month 11/2026",
        "data_from": "2026-11-01",
        "data_to": "2026-11-30",
    }
    assert api_of(cast.clerk).get("/api/v1/periods/", {"year": 2025}).json()["count"] == 0
