"""Who has not sent a month's report, for other programmes."""

import datetime as dt

import pytest

from reports.actions.opening import open_month
from reports.actions.reminding import remind
from reports.models import MonthlyReport, ReportState
from tests.conftest import queries_of

URL = "/api/v1/monthly-reports/missing/"
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def october(province, time_machine):
    time_machine.move_to(NOW, tick=False)
    return open_month(year=2026, month=10, by=None, today=NOW.date()).period


def units(answer) -> list[str]:
    return [row["unit"]["code"] for row in answer.json()["results"]]


def test_all_that_is_needed_to_ask_for_a_report(api_of, cast, province):
    report = MonthlyReport.objects.get(unit=province.cloud_primary)
    remind(reports=[report], by=cast.commune_officer, now=NOW, portal="https://portal.example/")
    rows = api_of(cast.staff).get(URL).json()["results"]
    row = next(row for row in rows if row["unit"]["code"] == "NS010002")
    assert (row["report_id"], row["office"]["code"], row["state"], row["due_on"], row["days_late"]) == (
        report.pk, "NS-01", "not_begun", "2026-11-05", 17,
    )  # fmt: skip
    assert (row["head"], row["reminded_by"]) == ("Trần Thị Hoa", "Giàng A Sơn")
    assert dt.datetime.fromisoformat(row["reminded_at"]).astimezone(dt.UTC) == NOW


def test_they_are_those_of_the_page(api_of, client_of, cast):
    page = client_of(cast.staff).get("/reports/missing/").context["page"]
    listed = [row.report.unit.code for row in page]
    assert units(api_of(cast.staff).get(URL)) == listed


def test_filters(api_of, cast, province, october):
    MonthlyReport.objects.filter(unit=province.tea_combined).update(
        state=ReportState.RETURNED, reason="Xem lại số học sinh"
    )
    api = api_of(cast.staff)
    asked = [
        {"office": province.cloud_commune.pk},
        {"level": "primary"},
        {"level": "commune"},
        {"state": "returned"},
        {"period": october.pk, "limit": 1},
    ]
    found = [units(api.get(URL, one)) for one in asked]
    assert found[1:4] == [["NS020001", "NS010002"], ["NS-02", "NS-01"], ["NS020001"]]
    assert (sorted(found[0]), len(found[4])) == (["NS010001", "NS010002"], 1)


def test_what_came_in_is_missing_no_more(api_of, cast, province):
    MonthlyReport.objects.filter(unit=province.cloud_primary).update(
        state=ReportState.SENT, sent_at=NOW, sent_by=cast.principal.user
    )
    assert "NS010002" not in units(api_of(cast.staff).get(URL))


def test_an_office_sees_what_stands_beneath_it(api_of, cast):
    found = {
        who: sorted(units(api_of(getattr(cast, who)).get(URL)))
        for who in ("commune_officer", "division_staff", "principal", "outsider")
    }
    assert found == {
        "commune_officer": ["NS010001", "NS010002"],
        "division_staff": ["NS-01", "NS-02", "NS010002", "NS020001"],
        "principal": [],
        "outsider": ["BL-01", "BL010001"],
    }


def test_before_a_month_was_opened_there_is_nothing(api_of, cast):
    MonthlyReport.objects.all().delete()
    assert api_of(cast.staff).get(URL).json()["count"] == 0


def test_what_is_unseen_is_refused_like_what_is_not(api_of, cast, province):
    api = api_of(cast.outsider)
    there, nowhere = (api.get(URL, {"office": key}) for key in (province.cloud_commune.pk, 987654))
    assert (there.status_code, there.content) == (400, nowhere.content)


def test_the_number_of_queries_does_not_grow(api_of, cast):
    api = api_of(cast.staff)
    one, three = (queries_of(api, URL, limit=limit) for limit in (1, 3))
    assert one == three
