"""Pages of the register: listed for all who see the schools, kept by the department's staff."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse

from schools.actions import enter_recognition, post
from schools.actions.upkeep import close_unit
from schools.models import StandardRecognition

TODAY = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(TODAY, tick=False)


@pytest.fixture
def row(province, cast) -> StandardRecognition:
    return enter_recognition(
        school=province.cloud_primary,
        level=1,
        decision_number="1204/QĐ-UBND",
        decided_on=dt.date(2022, 5, 20),
        by=cast.staff,
    )


def url(name: str, row: StandardRecognition | None = None) -> str:
    return reverse(f"schools:{name}", args=[row.pk] if row else [])


def typed(**changes: str) -> dict[str, str]:
    return {"level": "2", "decision_number": "77/QĐ-UBND", "decided_on": "01/03/2026"} | changes


def prefixed(prefix: str, **values: str) -> dict[str, str]:
    return {f"{prefix}-{name}": value for name, value in values.items()}


def test_what_another_posting_lets_one_see_is_not_kept_from_this_one(province, cast, client_of):
    """Staff of the department who are also posted to a school of another province see its recognition."""
    row = enter_recognition(
        school=province.foreign_primary,
        level=1,
        decision_number="1/QĐ-UBND",
        decided_on=dt.date(2024, 1, 2),
        by=None,
    )
    post(
        user=cast.staff.user,
        unit=province.foreign_primary,
        role="clerk",
        valid_from=dt.date(2025, 7, 1),
        by=None,
    )
    client = client_of(cast.staff)
    client.post(reverse("schools:act_as"), {"posting": cast.staff.pk})
    page = client.get(url("standard", row))
    assert (page.status_code, page.context["may_keep"]) == (HTTPStatus.OK, False)
    typed_in = prefixed("revoke", version="1", revoked_on="01/02/2025", reason="thu hồi theo quyết định")
    assert client.post(url("standard_revoke", row), typed_in).status_code == HTTPStatus.FORBIDDEN
    assert StandardRecognition.objects.get().revoked_on is None


def test_the_recognition_of_a_school_that_closed_is_still_kept(row, cast, client_of):
    close_unit(unit=row.school, last_day=dt.date(2026, 11, 1), by=None)
    assert client_of(cast.staff).get(url("standard", row)).context["may_keep"]


def test_an_empty_register_says_what_to_do(province, cast, client_of):
    page = client_of(cast.staff).get(url("standards")).content.decode()
    assert reverse("schools:standard_new") in page
    assert (
        reverse("schools:standard_new")
        not in client_of(cast.principal).get(url("standards")).content.decode()
    )


def test_a_decision_is_entered(province, cast, client_of):
    client = client_of(cast.staff)
    answer = client.post(url("standard_new"), typed(school=str(province.cloud_primary.pk)))
    row = StandardRecognition.objects.get()
    assert answer.headers["Location"] == url("standard", row)
    assert (row.level, row.valid_from, row.valid_to) == (2, dt.date(2026, 3, 1), dt.date(2031, 3, 1))
    assert "TH Suối Mây" not in client.get(url("standards") + "?teaching=preschool").content.decode()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(province, cast, client_of, row):
    client = client_of(cast.staff)
    school = str(province.cloud_primary.pk)
    future = client.post(url("standard_new"), typed(school=school, decided_on="01/03/2027"))
    twice = client.post(url("standard_new"), typed(school=school))
    for answer in (future, twice):
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "77/QĐ-UBND" in answer.content.decode()
    assert "1204/QĐ-UBND" in twice.content.decode()


def test_foreign_schools_cannot_be_chosen(province, cast, client_of):
    answer = client_of(cast.staff).post(url("standard_new"), typed(school=str(province.foreign_primary.pk)))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not StandardRecognition.objects.exists()


def test_it_is_renewed_corrected_and_revoked(cast, client_of, row):
    client = client_of(cast.staff)
    client.post(
        url("standard_correct", row), prefixed("correct", version="1", **typed(decided_on="01/03/2022"))
    )
    answer = client.post(
        url("standard_renew", row), prefixed("renew", version="2", **typed(decision_number="9/QĐ"))
    )
    later = StandardRecognition.objects.get(decision_number="9/QĐ")
    assert answer.headers["Location"] == url("standard", later)
    client.post(
        url("standard_revoke", later),
        prefixed("revoke", version="1", revoked_on="10/05/2026", reason="Quyết định 12/QĐ-UBND"),
    )
    later.refresh_from_db()
    row.refresh_from_db()
    assert (row.decision_number, row.valid_to) == ("77/QĐ-UBND", dt.date(2026, 3, 1))
    assert later.revoked_on == dt.date(2026, 5, 10)
    assert "Quyết định 12/QĐ-UBND" in client.get(url("standard", later)).content.decode()


def test_the_second_to_save_sees_both(cast, client_of, row):
    client = client_of(cast.staff)
    client.post(
        url("standard_correct", row), prefixed("correct", version="1", **typed(decided_on="01/03/2022"))
    )
    answer = client.post(url("standard_correct", row), prefixed("correct", version="1", **typed(level="1")))
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.CONFLICT
    assert answer.context["conflict"] == [
        {"label": "Mức độ chuẩn", "stored": "mức độ 2", "yours": "mức độ 1"},
        {"label": "Ngày quyết định", "stored": "01/03/2022", "yours": "01/03/2026"},
    ]
    assert 'name="correct-version" value="2"' in page


def test_a_refused_renewal_keeps_what_was_typed(cast, client_of, row):
    answer = client_of(cast.staff).post(
        url("standard_renew", row), prefixed("renew", version="1", **typed(decided_on="01/03/2020"))
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "01/03/2020" in answer.content.decode()
    assert StandardRecognition.objects.count() == 1


@pytest.mark.parametrize("who", ["leader", "commune_officer", "principal", "division_staff"])
def test_who_keeps_the_register(cast, client_of, row, who):
    client = client_of(getattr(cast, who))
    asked = [
        client.get(url("standard_new")),
        client.post(url("standard_renew", row), prefixed("renew", **typed())),
    ]
    allowed = who == "division_staff"  # acts for the department
    expected = [HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY] if allowed else [HTTPStatus.FORBIDDEN] * 2
    assert [answer.status_code for answer in asked] == expected
    assert client.get(url("standard", row)).status_code == HTTPStatus.OK


def test_the_list_costs_the_same_for_many(province, cast, client_of, row, django_assert_max_num_queries):
    client = client_of(cast.staff)
    with django_assert_max_num_queries(8) as one:
        client.get(url("standards"))
    for school in (province.tea_combined, province.high_school):
        enter_recognition(
            school=school, level=1, decision_number="3/QĐ", decided_on=dt.date(2024, 1, 1), by=cast.staff
        )
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(url("standards"))
