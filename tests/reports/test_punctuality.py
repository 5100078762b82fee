"""Timeliness and completeness: from the frozen lists, seen by whom they concern, taken as a workbook."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given as every
from hypothesis import strategies as st
from openpyxl import load_workbook

from directives.models import ProgressEntry
from reports.models import MonthlyReport
from reports.punctuality import Kept, MonthKept, Tally, month_kept, share, tally_of
from schools.models import School
from tests.directives.work import given, task_of
from tests.reports.months import open_months, report

PAGE = "reports:timeliness"
DUE = dt.date(2026, 11, 5)


# --- one month ----------------------------------------------------------------------------------------------


def kept(*, today=dt.date(2026, 11, 22), sent=None, **said) -> MonthKept:
    facts = {"is_excused": False, "is_missing": sent is None} | said
    return month_kept(due_on=DUE, first_sent_on=sent, today=today, **facts)


@pytest.mark.parametrize(
    ("month", "found"),
    [
        (kept(sent=DUE), MonthKept(Kept.IN_TIME)),
        (kept(sent=dt.date(2026, 11, 8)), MonthKept(Kept.LATE, 3)),
        (kept(), MonthKept(Kept.MISSING, 17)),
        (kept(today=DUE), MonthKept(Kept.WAITING)),
        (kept(is_excused=True), MonthKept(Kept.EXCUSED)),
        (kept(sent=DUE, is_missing=True), MonthKept(Kept.MISSING, 17)),  # returned
    ],
)
def test_what_became_of_a_month(month, found):
    assert month == found


months = st.builds(
    MonthKept, st.sampled_from(Kept), st.integers(0, 40), given=st.integers(0, 9), asked=st.integers(9, 12)
)


@every(st.lists(months))
def test_what_is_added_up_stays_within_what_was_expected(some):
    tally = sum((tally_of(one) for one in some), Tally())
    assert tally.in_time <= tally.received <= tally.expected <= len(some)
    assert tally.expected == sum(one.kept not in (Kept.EXCUSED, Kept.WAITING) for one in some)
    for part in (tally.completeness, tally.timeliness, tally.content):
        assert part is None or 0 <= part <= 100


def test_hundred_means_all():
    assert (share(999, 1000), share(1000, 1000), share(0, 0)) == (99, 100, None)


# --- the page -----------------------------------------------------------------------------------------------


@pytest.fixture
def year(province, cast, time_machine):
    """October to December; by 22 December the primary school of the clouds was late once, the tea school
    sent in October only, the high school was excused once, the communes never reported."""
    opened = open_months((2026, 10), (2026, 11), (2026, 12))
    time_machine.move_to(dt.datetime(2026, 12, 22, 3, tzinfo=dt.UTC), tick=False)
    october, november, _ = opened
    report(province.cloud_primary, october).of(("primary", 12, 378, 370, 21))
    report(province.cloud_primary, november, sent_on=dt.date(2026, 12, 9)).of(("primary", 12, 378, 370, 21))
    tea = [("primary", 10, 300, 294, 18), ("lower_secondary", 8, 280, 270, 20)]
    report(province.tea_combined, october).of(*tea)
    MonthlyReport.objects.filter(unit=province.high_school, period=november).update(
        state="excused", reason="Trường đang sửa chữa"
    )
    School.objects.filter(pk=province.cloud_primary.pk).update(cluster="Cụm số 1")
    return opened


def rows_of(page) -> dict[str, tuple]:
    return {
        row.name: ([one.state for one in row.months], row.tally.timeliness, row.tally.completeness)
        for row in page.context["rows"]
    }


def test_units_over_the_months(year, cast, client_of):
    page = client_of(cast.staff).get(reverse(PAGE))
    assert page.context["months"] == ["10/2026", "11/2026", "12/2026"]
    assert rows_of(page) == {
        "Trường Tiểu học Suối Mây": (["all_in_time", "all_in", "waiting"], 50, 100),
        "Trường Mầm non Hoa Ban": (["overdue", "overdue", "waiting"], 0, 0),
        "Trường Tiểu học và Trung học cơ sở Đồi Chè": (["all_in_time", "overdue", "waiting"], 50, 50),
        "Trường Trung học phổ thông Ngọc Sơn": (["overdue", "none", "waiting"], 0, 0),
        "UBND xã Suối Mây": (["overdue", "overdue", "waiting"], 0, 0),
        "UBND xã Đồi Chè": (["overdue", "overdue", "waiting"], 0, 0),
    }
    tally = page.context["tally"]
    assert (tally.expected, tally.received, tally.in_time, tally.days_late) == (11, 3, 2, 4)
    assert "Trong 11 báo cáo phải nộp của các tháng này, đã nộp 27%, nộp đúng hạn 18%." in page.text
    assert 'title="nộp muộn 4 ngày"' in page.text


PARTS = [
    ({"period": "2026-11"}, {"cloud_primary", "orchid_preschool", "tea_combined", "high_school", "communes"}),
    ({"level": "primary"}, {"cloud_primary", "tea_combined"}),
    ({"level": "commune"}, {"communes"}),
    ({"cluster": "Cụm số 1"}, {"cloud_primary"}),
]


@pytest.mark.parametrize(("asked", "found"), PARTS)
def test_its_parts(year, province, cast, client_of, asked, found):
    page = client_of(cast.staff).get(reverse(PAGE), asked)
    names = {getattr(province, one).name for one in found - {"communes"}}
    names |= {"UBND xã Suối Mây", "UBND xã Đồi Chè"} if "communes" in found else set()
    assert {row.name for row in page.context["rows"]} == names
    assert len(page.context["months"]) == (2 if "period" in asked else 3)


def test_of_one_commune(year, province, cast, client_of):
    page = client_of(cast.staff).get(reverse(PAGE), {"office": province.tea_commune.pk})
    assert [row.name for row in page.context["rows"]] == [province.tea_combined.name]


def test_by_content(year, province, cast, client_of):
    first, second = given(task_of(province, cast), province.cloud_primary, province.tea_combined)
    type(first).objects.update(assigned_at=dt.datetime(2026, 11, 3, tzinfo=dt.UTC))
    ProgressEntry.objects.create(
        assignment=first, period=year[1], percent=40, note="Đang làm", written_by=cast.principal.user,
        sent_at=dt.datetime(2026, 12, 4, tzinfo=dt.UTC),
    )  # fmt: skip
    client = client_of(cast.staff)
    told = {
        row.name: [one.text for one in row.months]
        for row in client.get(reverse(PAGE), {"content": "tasks"}).context["rows"]
    }
    assert told[province.cloud_primary.name] == ["", "1/1", "0/1"]
    assert told[province.tea_combined.name] == ["", "0/1", "0/1"]
    figures = client.get(reverse(PAGE), {"content": "figures", "level": "primary"}).context["rows"]
    shown = {row.name: [one.text for one in row.months] for row in figures}
    assert shown[province.cloud_primary.name][0] == "4/4"
    assert second.is_open


SEES = {"commune_officer": 2, "division_staff": 4, "outsider": 2}


@pytest.mark.parametrize("who", SEES)
def test_each_sees_their_own(year, cast, client_of, who):
    page = client_of(getattr(cast, who)).get(reverse(PAGE))
    assert len(page.context["rows"]) == SEES[who]


@pytest.mark.parametrize("query", ["period=2031-01", "level=x", "office=x", "content=x", "cluster=Cụm số 9"])
def test_what_there_is_not_is_not_found(year, cast, client_of, query):
    assert client_of(cast.staff).get(f"{reverse(PAGE)}?{query}").status_code == 404


def test_schools_have_no_such_page(year, cast, client_of):
    client = client_of(cast.principal)
    assert client.get(reverse(PAGE)).status_code == 404
    assert client.get(reverse("reports:timeliness_file", args=["xlsx"])).status_code == 404
    assert client.get(reverse("reports:chased")).status_code == 404


def test_as_a_workbook(year, cast, client_of):
    client = client_of(cast.staff)
    asked = {"level": "primary"}
    book = client.get(reverse("reports:timeliness_file", args=["xlsx"]), asked)
    lines = [
        [cell.value for cell in row] for row in load_workbook(io.BytesIO(book.content)).active.iter_rows()
    ]
    text = client.get(reverse("reports:timeliness_file", args=["csv"]), asked).content.decode("utf-8-sig")
    head, _tea, cloud = csv.reader(io.StringIO(text), delimiter=";")
    assert lines[0] == head
    assert dict(zip(head, cloud, strict=True)) == {
        "Cơ quan duyệt": "UBND xã Suối Mây",
        "Đơn vị": "Trường Tiểu học Suối Mây",
        "10/2026": "đúng hạn",
        "11/2026": "nộp muộn 4 ngày",
        "12/2026": "chưa đến hạn",
        "Phải nộp": "2",
        "Đã nộp": "2",
        "Đúng hạn": "1",
        "Đầy đủ (%)": "100",
        "Đúng hạn (%)": "50",
        "Số ngày quá hạn": "4",
        "Nội dung (%)": "",
    }
    assert client.get(reverse("reports:timeliness_file", args=["exe"])).status_code == 404


@pytest.mark.parametrize("content", ["", "figures", "tasks"])
def test_its_queries_do_not_grow(year, province, cast, client_of, content):
    client, cost = client_of(cast.staff), []
    for level in ("preschool", ""):
        client.get(reverse(PAGE), {"level": level, "content": content})
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse(PAGE), {"level": level, "content": content})
        cost.append((len(page.context["rows"]), len(captured)))
    assert [rows for rows, _ in cost] == [1, 6]
    assert cost[0][1] == cost[1][1]
