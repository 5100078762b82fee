"""The register of recognised schools for other programmes."""

import datetime as dt

import pytest

from schools.actions import enter_recognition, renew_recognition, revoke_recognition
from tests.conftest import queries_of

URL = "/api/v1/recognitions/"
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def register(province, cast):
    """Level 1, in force; level 2, lapsing within a year; level 1, lapsed."""
    decisions = [
        (province.cloud_primary, 1, dt.date(2024, 5, 20), "1204/QĐ-UBND"),
        (province.high_school, 2, dt.date(2022, 3, 1), "77/QĐ-UBND"),
        (province.tea_combined, 1, dt.date(2021, 1, 4), "5/QĐ-UBND"),
    ]
    return [
        enter_recognition(school=school, level=level, decided_on=day, decision_number=number, by=cast.staff)
        for school, level, day, number in decisions
    ]


def test_those_that_lapse_first_on_top(api_of, cast, register):
    rows = api_of(cast.staff).get(URL).json()["results"]
    assert [(row["decision_number"], row["level"], row["last_day"], row["standing"]) for row in rows] == [
        ("5/QĐ-UBND", 1, "2026-01-03", "lapsed"),
        ("77/QĐ-UBND", 2, "2027-02-28", "soon"),
        ("1204/QĐ-UBND", 1, "2029-05-19", "in_force"),
    ]
    assert (rows[2]["school"]["code"], rows[2]["decided_on"]) == ("NS010002", "2024-05-20")


def test_renewed_and_revoked(api_of, cast, register):
    first, second, _third = register
    newer = renew_recognition(
        recognition=second,
        version=1,
        level=2,
        decision_number="9/QĐ-UBND",
        decided_on=NOW.date(),
        by=cast.staff,
    )
    revoke_recognition(
        recognition=first, version=1, revoked_on=NOW.date(), reason="Thiếu phòng", by=cast.staff
    )
    api = api_of(cast.staff)
    old, new, revoked = (api.get(f"{URL}{row.pk}/").json() for row in (second, newer, first))
    assert (old["renewed_by_id"], old["standing"], new["renews_id"]) == (newer.pk, "ended", second.pk)
    assert (revoked["standing"], revoked["revoked_on"], revoked["revoke_reason"]) == (
        "ended", "2026-11-22", "Thiếu phòng",
    )  # fmt: skip


def test_filters(api_of, cast, province, register):
    api = api_of(cast.staff)
    asked = [
        {"standing": "soon"},
        {"level": 1},
        {"level": 2},
        {"teaching": "primary"},
        {"school": province.high_school.pk},
        {"under": province.tea_commune.pk},
        {"search": "suoi may"},
        {"search": "77/QĐ"},
        {"search": "khong co"},
    ]
    assert [api.get(URL, one).json()["count"] for one in asked] == [1, 3, 1, 2, 1, 1, 1, 1, 0]


def test_a_school_sees_its_own(api_of, cast, register):
    counts = [api_of(who).get(URL).json()["count"] for who in (cast.principal, cast.neighbour)]
    assert counts == [1, 0]


def test_the_number_of_queries_does_not_grow(api_of, cast, register):
    api = api_of(cast.staff)
    assert [queries_of(api, URL, limit=limit) for limit in (1, 3)] == [3, 3]
