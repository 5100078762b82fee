"""Who has not sent: seen with contacts by whoever may, taken along as a file, reminded once a day."""

import csv
import datetime as dt
import io
import threading

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from reports import actions
from reports.actions.reminding import remind
from reports.models import MonthlyReport
from reports.notices import REMINDER
from schools.models import Posting, School, Unit
from tests.conftest import TODAY
from tests.factories import UserFactory
from tests.reports.months import october_and_november, open_months, report
from tests.reports.page import OCTOBER_DAY, fresh
from trail.jobs import send_letters
from trail.models import AuditEvent, Job, Letter, Notification

pytestmark = pytest.mark.usefixtures("in_november")
PAGE = "reports:missing"
NOW = dt.datetime(2026, 11, 22, 10, 42, tzinfo=timezone.get_default_timezone())
PORTAL = "https://ngocson.example/"


@pytest.fixture
def october(province, cast):
    """By 22 November: the cloud primary school accepted, the high school returned, the preschool begun, the
    tea school and both communes not begun."""
    (october,) = open_months((2026, 10))
    report(province.cloud_primary, october).of(("primary", 12, 378, 370, 21))
    high = report(province.high_school, october).of(("upper_secondary", 30, 1250, 1210, 70))
    actions.return_report(
        report=high, version=high.version, reason="Số giáo viên lệch", by=cast.staff, now=OCTOBER_DAY
    )
    begun = MonthlyReport.objects.get(unit=province.orchid_preschool, period=october)
    actions.save_report(report=begun, version=1, figures={}, by=cast.neighbour, now=OCTOBER_DAY)
    Unit.objects.filter(pk=province.orchid_preschool.pk).update(phone="0214 3812 345")
    type(cast.neighbour.user).objects.filter(pk=cast.neighbour.user_id).update(
        phone="0912 000 111", email="nga@ngocson.example"
    )
    return october


def row_of(unit, october) -> MonthlyReport:
    return MonthlyReport.objects.get(unit=unit, period=october)


# --- the list -----------------------------------------------------------------------------------------------


def test_everything_that_is_needed_to_ask(october, province, cast, client_of):
    page = client_of(cast.staff).get(reverse(PAGE))
    rows = {row.report.unit.code: row for row in page.context["page"]}
    assert {code: (row.state, row.days_late) for code, row in rows.items()} == {
        "NS-01": ("not_begun", 17),
        "NS-02": ("not_begun", 17),
        "NS000001": ("returned", 17),
        "NS010001": ("begun", 17),
        "NS020001": ("not_begun", 17),
    }
    orchid = rows["NS010001"]
    assert (orchid.head, orchid.phones, orchid.mails) == (
        "Hoàng Thị Nga",
        ["0214 3812 345", "0912 000 111"],
        ["nga@ngocson.example"],
    )
    for words in ['href="tel:02143812345"', 'href="mailto:nga@ngocson.example"', "Số giáo viên lệch"]:
        assert words in page.text
    assert "MN Hoa Ban: 0214 3812 345, 0912 000 111" in page.context["phones"]


PARTS = [
    ({"state": "not_begun"}, {"NS-01", "NS-02", "NS020001"}),
    ({"state": "begun"}, {"NS010001"}),
    ({"state": "returned"}, {"NS000001"}),
    ({"level": "primary"}, {"NS020001"}),
    ({"level": "preschool"}, {"NS010001"}),
    ({"level": "commune"}, {"NS-01", "NS-02"}),
    ({"level": "continuing"}, set()),
]


@pytest.mark.parametrize(("asked", "found"), PARTS)
def test_its_parts(october, cast, client_of, asked, found):
    page = client_of(cast.staff).get(reverse(PAGE), asked)
    assert {row.report.unit.code for row in page.context["page"]} == found
    assert page.context["counts"].missing == 5


def test_of_one_cluster(october, province, cast, client_of):
    client = client_of(cast.staff)
    assert "cụm" not in client.get(reverse(PAGE)).text.casefold()  # nobody has named one
    School.objects.filter(pk__in=[province.tea_combined.pk, province.high_school.pk]).update(
        cluster="Cụm số 2"
    )
    page = client.get(reverse(PAGE), {"cluster": "Cụm số 2", "level": "primary"})
    assert [row.report.unit.code for row in page.context["page"]] == ["NS020001"]
    page = client.get(reverse(PAGE), {"cluster": "Cụm số 2"})
    assert [row.report.unit.code for row in page.context["page"]] == ["NS000001", "NS020001"]
    client.post(f"{reverse('reports:remind')}?cluster=Cụm số 2", {"all": ""})
    assert Notification.objects.filter(kind=REMINDER).count() == 2


def test_of_one_commune(october, province, cast, client_of):
    page = client_of(cast.staff).get(reverse(PAGE), {"office": province.tea_commune.pk})
    assert [row.report.unit.code for row in page.context["page"]] == ["NS020001"]


SEES = {
    "leader": {"NS-01", "NS-02", "NS000001", "NS010001", "NS020001"},
    "division_staff": {"NS-01", "NS-02", "NS020001"},
    "commune_officer": {"NS010001"},
    "outsider": {"BL-01", "BL010001"},
}


@pytest.mark.parametrize("who", SEES)
def test_each_office_sees_its_own(october, cast, client_of, who):
    page = client_of(getattr(cast, who)).get(reverse(PAGE))
    assert {row.report.unit.code for row in page.context["page"]} == SEES[who]


def test_schools_have_no_such_list(october, cast, client_of):
    client = client_of(cast.principal)
    assert client.get(reverse(PAGE)).status_code == 404
    assert client.get(reverse("reports:missing_file", args=["csv"])).status_code == 404
    assert client.post(reverse("reports:remind"), {"all": ""}).status_code == 404


def test_when_all_are_in_it_says_so(province, cast, client_of, time_machine):
    october_and_november(province, cast)
    page = client_of(cast.staff).get(reverse(PAGE))
    assert "Tất cả đã nộp." in page.text
    assert "Nhắc tất cả" not in page.text


@pytest.mark.parametrize("query", ["period=2031-01", "state=x", "office=x", "level=x"])
def test_what_there_is_not_is_not_found(october, cast, client_of, query):
    assert client_of(cast.staff).get(f"{reverse(PAGE)}?{query}").status_code == 404


def test_its_queries_do_not_grow(october, province, cast, client_of):
    client, cost = client_of(cast.staff), {}
    for units in ([province.tea_combined], None):
        rows = MonthlyReport.objects.missing().exclude(unit__in=units or [])
        held = list(rows.values_list("pk", "state")) if units else []
        for pk, _ in held:
            MonthlyReport.objects.filter(pk=pk).update(state="excused", reason="Không phải nộp")
        client.get(reverse(PAGE))
        with CaptureQueriesContext(connection) as captured:
            shown = client.get(reverse(PAGE)).context["total"]
        cost[shown] = len(captured)
        for pk, state in held:
            MonthlyReport.objects.filter(pk=pk).update(state=state)
    assert set(cost) == {1, 5}
    assert cost[1] == cost[5]


# --- as a file ----------------------------------------------------------------------------------------------


def test_files_hold_the_listed_units_and_no_formula(october, province, cast, client_of):
    Unit.objects.filter(pk=province.tea_combined.pk).update(name="=HYPERLINK(1)", phone="+84 20 1")
    client = client_of(cast.staff)
    answer = client.get(reverse("reports:missing_file", args=["csv"]), {"level": "primary"})
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''chua-nop-2026-10.csv"
    assert answer["X-Content-Type-Options"] == "nosniff"
    head, line = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert dict(zip(head, line, strict=True)) == {
        "Đơn vị": "'=HYPERLINK(1)",
        "Mã": "NS020001",
        "Cơ quan duyệt": "UBND xã Đồi Chè",
        "Trạng thái": "chưa làm",
        "Số ngày quá hạn": "17",
        "Hạn nộp": "05/11/2026",
        "Người đứng đầu": "Đặng Văn Dũng",
        "Điện thoại": "'+84 20 1",
        "Thư điện tử": "",
        "Lý do trả lại": "",
        "Nhắc gần nhất": "",
    }
    book = client.get(reverse("reports:missing_file", args=["xlsx"]), {"level": "primary"})
    cells = list(load_workbook(io.BytesIO(book.content)).active.iter_rows())[1]
    assert [(cell.value, cell.data_type) for cell in cells[:2]] == [
        ("=HYPERLINK(1)", "s"),
        ("NS020001", "s"),
    ]
    assert client.get(reverse("reports:missing_file", args=["exe"])).status_code == 404


# --- reminding ----------------------------------------------------------------------------------------------


def test_one_press_reminds_all_and_says_who_could_not_be(october, province, cast, client_of):
    Posting.objects.filter(unit=province.cloud_commune).update(valid_to=TODAY)
    answer = client_of(cast.staff).post(reverse("reports:remind"), {"all": ""}, follow=True)
    told = [str(one) for one in answer.context["messages"]]
    assert told == [
        "Đã nhắc 3 đơn vị trên trang đầu, trong đó 1 đơn vị được gửi thư điện tử.",
        "Không nhắc được vì đơn vị chưa có ai có tài khoản: Xã Đồi Chè, Xã Suối Mây. Đề nghị gọi điện.",
    ]
    assert set(Notification.objects.filter(kind=REMINDER).values_list("unit_id", flat=True)) == {
        province.high_school.pk,
        province.orchid_preschool.pk,
        province.tea_combined.pk,
    }
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (
        "nga@ngocson.example",
        "Nhắc nộp báo cáo tháng 10/2026: Trường Mầm non Hoa Ban",
    )
    assert f"/reports/{row_of(province.orchid_preschool, october).pk}/" in letter.body
    assert AuditEvent.objects.filter(verb="report.reminded").count() == 3

    send_letters(lambda *_: None)
    assert [one.to for one in mail.outbox] == [["nga@ngocson.example"]]


def test_the_statements_do_not_grow_with_the_units(october, province, cast):
    """Three units with two letters each cost what one does: nothing is written one by one."""
    units = [province.tea_combined, province.high_school, province.orchid_preschool]
    for unit in units:
        for place in (1, 2):
            Posting.objects.create(
                user=UserFactory(email=f"{unit.pk}.{place}@ngocson.example"),
                unit_id=unit.pk,
                role="principal",
                valid_from=dt.date(2025, 7, 1),
            )
    cost = []
    for several in (units[:1], units):
        Notification.objects.all().delete()
        Letter.objects.all().delete()
        Job.objects.all().delete()
        reports = list(MonthlyReport.objects.filter(period=october, unit__in=several))
        with CaptureQueriesContext(connection) as captured:
            found = remind(reports=reports, by=cast.staff, now=NOW, portal=PORTAL)
        cost.append((found.mailed, Letter.objects.count() >= 2 * len(several), len(captured)))
    assert [one[:2] for one in cost] == [(1, True), (3, True)]
    assert cost[0][2] == cost[1][2]


def test_the_word_stands_on_the_units_first_page_until_it_sends(october, province, cast, client_of):
    row = row_of(province.tea_combined, october)
    client_of(cast.staff).post(reverse("reports:remind"), {"report": [row.pk]})
    principal = client_of(cast.tea_principal)
    words = "Sở GDĐT tỉnh Ngọc Sơn nhắc: báo cáo tháng 10/2026 có hạn nộp 05/11/2026, đến nay chưa nhận được."
    assert words in principal.get(reverse("home")).text
    assert words not in client_of(cast.neighbour).get(reverse("home")).text
    principal.cookies["django_language"] = "en"
    assert (
        "reminds you: the report of month 10/2026, due on 05/11/2026, is not in yet."
        in principal.get(reverse("home")).text
    )
    report(province.tea_combined, october).of(
        ("primary", 10, 300, 294, 18), ("lower_secondary", 8, 280, 270, 20)
    )
    assert "reminds you" not in principal.get(reverse("home")).text


def test_no_unit_is_reminded_twice_a_day(october, province, cast, client_of, time_machine):
    row = row_of(province.tea_combined, october)
    staff = client_of(cast.staff)
    for _ in range(2):
        answer = staff.post(reverse("reports:remind"), {"report": [row.pk]}, follow=True)
    (told,) = (str(one) for one in answer.context["messages"])
    assert told == "Hôm nay đã nhắc, không nhắc lại: TH&THCS Đồi Chè."
    assert Notification.objects.filter(kind=REMINDER).count() == 1
    shown = staff.get(reverse(PAGE)).context["page"]
    assert {one.reminded_by for one in shown if one.reminded_at} == {"Phạm Văn Minh"}
    time_machine.shift(dt.timedelta(days=1))
    staff.post(reverse("reports:remind"), {"report": [row.pk]})
    assert Notification.objects.filter(kind=REMINDER).count() == 2


def test_it_leaves_by_the_ways_that_people_chose(october, province, cast, settings, time_machine):
    settings.MESSAGE_WEBHOOK_URL = "https://tin-nhan.example/gui"
    people = type(cast.neighbour.user).objects
    people.filter(pk=cast.neighbour.user_id).update(remind_by_mail=False, phone_key="0912000111")
    row = row_of(province.orchid_preschool, october)
    result = remind(reports=[row], by=cast.staff, now=NOW, portal=PORTAL)
    (letter,) = Letter.objects.all()
    assert (len(result.reminded), result.mailed) == (1, 0)
    assert (letter.channel, letter.to, letter.body) == (
        "message",
        "0912000111",
        "Sở GDĐT tỉnh Ngọc Sơn nhắc: Trường Mầm non Hoa Ban chưa nộp báo cáo tháng 10/2026, hạn 05/11/2026, "
        f"đã quá hạn 17 ngày. Gửi tại https://ngocson.example/reports/{row.pk}/",
    )


def test_what_came_in_meanwhile_is_named_not_reminded(october, province, cast):
    row = row_of(province.tea_combined, october)
    report(province.tea_combined, october).of(
        ("primary", 10, 300, 294, 18), ("lower_secondary", 8, 280, 270, 20)
    )
    result = remind(reports=[row], by=cast.staff, now=NOW, portal=PORTAL)
    assert ([one.pk for one in result.came_in], result.reminded) == ([row.pk], [])


@pytest.mark.parametrize(
    ("who", "status"), [("staff", 302), ("leader", 302), ("registrar", 403), ("commune_officer", 302)]
)
def test_who_may_remind(october, cast, client_of, who, status):
    answer = client_of(getattr(cast, who)).post(reverse("reports:remind"), {"all": ""})
    assert answer.status_code == status


def test_a_foreign_unit_cannot_be_reminded(october, province, cast, client_of):
    row = row_of(province.tea_combined, october)
    client_of(cast.outsider).post(reverse("reports:remind"), {"report": [row.pk]})
    client_of(cast.commune_officer).post(reverse("reports:remind"), {"report": [row.pk]})
    assert not Notification.objects.filter(kind=REMINDER).exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time anyway")
def test_two_who_press_at_the_same_moment_send_one_word(october, province, cast):
    row, together, told = row_of(province.tea_combined, october), threading.Barrier(4), []

    def press() -> None:
        together.wait(5)
        try:
            told.append(len(remind(reports=[row], by=cast.staff, now=NOW, portal=PORTAL).reminded))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(told) == [0, 0, 0, 1]
    assert Notification.objects.filter(kind=REMINDER).count() == 1
    assert fresh(row).is_editable
