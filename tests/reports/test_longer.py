"""Reports of quarters, terms and years: the month's mechanism, for those that are asked something."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from eduportal.base.errors import EditConflict
from reports.actions.forms import define_question
from reports.actions.monthly import NothingSaid, save_report, send_report
from reports.actions.opening import open_due_periods, open_month, set_due_day
from reports.models import MonthlyReport, ReportState
from reports.notices import REMINDER
from reports.papers import report_document
from reports.queries import figure_lines
from reports.queries.papers import report_paper
from schools.actions import period_named
from schools.models import Period, PeriodKind
from targets.actions import define_measure, observe, set_status
from targets.actions.measures import define_indicator
from targets.formula import parsed
from targets.models import Indicator, Measure, Observation, ObservationStatus
from targets.queries.values import span_of, values
from tests.reports.page import fresh, url
from trail.actions import enqueue, run_job
from trail.kinds import NOTICES
from trail.models import AuditEvent

OCTOBER_3 = dt.date(2026, 10, 3)
IN_OCTOBER = dt.datetime(2026, 10, 3, 9, tzinfo=timezone.get_default_timezone())
CODE = "quarter-2026-3"


@pytest.fixture
def in_october(time_machine) -> None:
    """The third quarter has ended; its reports are due on the 5th."""
    time_machine.move_to(IN_OCTOBER, tick=False)


@pytest.fixture
def books(db) -> Measure:
    return define_measure(
        stem="books",
        level="primary",
        counts="rooms",
        name_vi="Số đầu sách thư viện",
        name_en="Titles in the library",
        asked_every=PeriodKind.QUARTER,
        highest=90_000,
        position=200,
        valid_from=dt.date(2026, 1, 1),
        by=None,
    )


@pytest.fixture
def titles(books) -> Indicator:
    return define_indicator(
        by=None,
        stem="books",
        formula=parsed("primary.books"),
        name_vi="Đầu sách thư viện",
        name_en="Titles",
        position=900,
        valid_from=dt.date(2026, 1, 1),
    )


@pytest.fixture
def quarter(province, books) -> Period:
    """The third of 2026, opened by the night's job with September."""
    open_due_periods(by=None, today=OCTOBER_3)
    return Period.objects.get(kind=PeriodKind.QUARTER)


@pytest.fixture
def row(quarter, province) -> MonthlyReport:
    return MonthlyReport.objects.get(unit=province.cloud_primary, period=quarter)


def question(**fields):
    usual = {"text_vi": "Hoạt động trong năm", "text_en": "Events of the year", "position": 10}
    usual |= {"valid_from": dt.date(2026, 1, 1), "asked_every": PeriodKind.CALENDAR_YEAR}
    return define_question(by=None, **usual | fields)


def expecting(kind: str) -> list[str]:
    rows = MonthlyReport.objects.filter(period__kind=kind)
    return sorted(rows.values_list("unit__short_name", flat=True))


# --- opening ------------------------------------------------------------------------------------------------


class TestOpening:
    def test_it_is_expected_of_those_that_are_asked(self, quarter):
        assert expecting(PeriodKind.QUARTER) == ["TH Cồn Sậy", "TH Suối Mây", "TH&THCS Đồi Chè"]
        rows = MonthlyReport.objects.filter(period=quarter)
        assert set(rows.values_list("due_on", flat=True)) == {dt.date(2026, 10, 5)}

    def test_twice_it_is_opened_once(self, quarter, province):
        assert open_due_periods(by=None, today=OCTOBER_3) == []

    def test_where_nobody_is_asked_there_is_no_such_period(self, province):
        opened = open_due_periods(by=None, today=OCTOBER_3)
        assert [str(one.period.kind) for one in opened] == ["month"]
        assert not Period.objects.exclude(kind=PeriodKind.MONTH).exists()

    def test_before_the_measure_was_asked_for_nothing_is_owed(self, province, books):
        Measure.objects.filter(pk=books.pk).update(valid_from=dt.date(2026, 10, 1))
        open_due_periods(by=None, today=OCTOBER_3)
        assert expecting(PeriodKind.QUARTER) == []

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"reporter": "commune"}, ["Xã Cồn Sậy", "Xã Suối Mây", "Xã Đồi Chè"]),
            ({"level": "upper_secondary"}, ["THPT Ngọc Sơn"]),
            ({}, ["MN Hoa Ban", "TH Cồn Sậy", "TH Suối Mây", "TH&THCS Đồi Chè", "THPT Ngọc Sơn"]),
        ],
    )
    def test_a_question_is_reason_enough(self, province, fields, expected):
        question(**fields)
        open_due_periods(by=None, today=dt.date(2027, 1, 2))
        assert sorted(expecting(PeriodKind.CALENDAR_YEAR)) == sorted(expected)

    def test_terms_and_school_years_open_before_they_end(self, province):
        question(asked_every=PeriodKind.TERM)
        question(asked_every=PeriodKind.SCHOOL_YEAR)
        for today in (dt.date(2027, 1, 22), dt.date(2027, 5, 22), dt.date(2027, 8, 22)):
            open_due_periods(by=None, today=today)
        kept = Period.objects.filter(monthly_reports__unit=province.cloud_primary)
        longer = kept.exclude(kind=PeriodKind.MONTH).order_by("data_to")
        with translation.override("en"):
            assert [str(one) for one in longer] == [
                "term 1 of the school year 2026–2027",
                "term 2 of the school year 2026–2027",
                "school year 2026–2027",
            ]

    def test_the_job_names_it(self, province, books, in_october):
        job = enqueue("reports.open_month", key="", args={})
        run_job(job.pk)
        job.refresh_from_db()
        assert job.result["months"] == ["2026-09", CODE]


# --- filled in and sent -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("in_october")
class TestReporting:
    def test_it_asks_for_its_own_figures_and_for_no_work(self, row, cast, client_of, books):
        page = client_of(cast.principal).get(url(row))
        assert [line.measure for line in page.context["form"].lines] == [books]
        assert "quý III/2026" in page.text
        assert "Tiến độ nhiệm vụ được báo cáo hằng tháng." in page.text

    def test_the_month_does_not_ask_for_it(self, row, province, books):
        september = MonthlyReport.objects.get(unit=province.cloud_primary, period__kind=PeriodKind.MONTH)
        assert books not in [line.measure for line in figure_lines(september)]

    def test_it_stands_beside_the_quarter_before_and_the_same_a_year_ago(self, row, province):
        for year, number, value in ((2026, 2, 900), (2025, 3, 800)):
            period = period_named(PeriodKind.QUARTER, year, number)
            figures = {"primary.books": Decimal(value)}
            observe(unit=province.cloud_primary, period=period, values=figures, by=None)
            set_status(unit=province.cloud_primary, period=period, status=ObservationStatus.ACCEPTED, by=None)
        (line,) = figure_lines(row)
        assert (line.previous, line.last_year) == (Decimal(900), Decimal(800))

    def test_sent_and_accepted_it_counts_for_the_quarter(self, row, cast, client_of, province):
        client = client_of(cast.principal)
        answer = client.post(url(row), {"version": 1, "primary-books": "950", "send": ""})
        assert (answer.status_code, fresh(row).state) == (302, ReportState.SENT)
        queue = client_of(cast.commune_officer).get(reverse("reports:review"), {"period": CODE})
        assert [one.report for one in queue.context["page"]] == [row]
        data = {"period": CODE, "seen": queue.context["seen"], "level": "", "sign": ""}
        client_of(cast.commune_officer).post(reverse("reports:accept_clear"), data)
        kept = Observation.objects.get(measure__code="primary.books")
        assert (kept.period, kept.value, kept.status) == (row.period, Decimal(950), "accepted")

    def test_an_indicator_made_of_it_counts_it(self, row, titles, cast, client_of, province):
        client_of(cast.principal).post(url(row), {"version": 1, "primary-books": "950", "send": ""})
        (titles,) = Indicator.objects.whole().filter(pk=titles.pk)
        found = values(province.department, [titles], span_of(row.period), OCTOBER_3)
        assert found[titles.pk].value == Decimal(950)

    def test_lists_lead_to_it_and_begin_with_the_month(self, row, cast, client_of, province):
        client = client_of(cast.commune_officer)
        first = client.get(reverse("reports:months"))
        assert first.context["period"].kind == PeriodKind.MONTH
        listed = client.get(reverse("reports:months"), {"period": CODE})
        assert list(listed.context["page"]) == [row]
        missing = client.get(reverse("reports:missing"), {"period": CODE})
        assert row.unit.name in missing.text

    def test_on_paper_it_is_called_by_its_name(self, row, cast, client_of):
        paper = report_paper(row, figure_lines(row), [], [])
        assert "quý III năm 2026" in str(report_document(paper))
        assert client_of(cast.principal).get(url(row, "report_pdf")).status_code == 200

    def test_a_figure_leads_to_the_report_that_gave_it(self, row, titles, cast, client_of, province):
        client_of(cast.principal).post(url(row), {"version": 1, "primary-books": "950", "send": ""})
        address = reverse("reports:report_of", args=[province.cloud_primary.pk, 2026, 9])
        september = MonthlyReport.objects.get(unit=province.cloud_primary, period__kind=PeriodKind.MONTH)
        client = client_of(cast.staff)
        assert client.get(address, {"of": titles.code}).url == url(row)
        assert client.get(address, {"of": "primary.attendance_rate"}).url == url(september)


# --- nothing to report --------------------------------------------------------------------------------------


@pytest.fixture
def year_report(province) -> MonthlyReport:
    """Of the cloud commune: one question, which may stay without an answer."""
    question(reporter="commune")
    open_due_periods(by=None, today=dt.date(2027, 1, 2))
    return MonthlyReport.objects.get(unit=province.cloud_commune, period__kind=PeriodKind.CALENDAR_YEAR)


class TestNothingToReport:
    def test_an_empty_report_is_not_sent(self, year_report, cast, client_of):
        page = client_of(cast.commune_leader).post(url(year_report), {"version": 1, "send": ""}, follow=True)
        assert fresh(year_report).state == ReportState.EXPECTED
        assert "Chưa gửi: báo cáo chưa có nội dung." in page.text

    def test_it_is_said_in_so_many_words(self, year_report, cast, client_of):
        data = {"version": 1, "send": "", "nothing_to_report": "on"}
        client_of(cast.commune_leader).post(url(year_report), data)
        kept = fresh(year_report)
        assert (kept.state, kept.nothing_to_report) == (ReportState.SENT, True)
        assert "Đơn vị báo không có nội dung phải báo cáo." in client_of(cast.staff).get(url(kept)).text

    def test_what_was_written_all_the_same_counts(self, year_report, cast, client_of):
        data = {"version": 1, "send": "", "nothing_to_report": "on", "proposals": "Thêm một phòng học"}
        client_of(cast.commune_leader).post(url(year_report), data)
        kept = fresh(year_report)
        assert (kept.state, kept.nothing_to_report) == (ReportState.SENT, False)

    def test_figures_are_always_something(self, row, cast, client_of):
        assert "nothing_to_report" not in client_of(cast.principal).get(url(row)).context["form"].fields

    def test_without_a_page_as_well(self, year_report, cast):
        with pytest.raises(NothingSaid):
            send_report(report=year_report, version=1, by=cast.commune_leader, now=IN_OCTOBER)
        saved = save_report(
            report=year_report,
            version=1,
            figures={},
            nothing_to_report=True,
            by=cast.commune_leader,
            now=IN_OCTOBER,
        )
        sent = send_report(report=saved, version=2, by=cast.commune_leader, now=IN_OCTOBER)
        assert (sent.state, sent.nothing_to_report) == (ReportState.SENT, True)

    def test_over_the_api(self, year_report, cast, client_of, token_of):
        client, address = client_of(cast.commune_leader), f"/api/v1/monthly-reports/{year_report.pk}/"
        asked = {
            "content_type": "application/json",
            "headers": {"authorization": f"Bearer {token_of(cast.commune_leader)}"},
        }
        refused = client.post(f"{address}send/", {"version": 1}, **asked)
        assert (refused.status_code, refused.json()["code"]) == (409, "report_empty")
        client.patch(address, {"version": 1, "nothing_to_report": True}, **asked)
        sent = client.post(f"{address}send/", {"version": 2}, **asked)
        assert (sent.status_code, sent.json()["nothing_to_report"]) == (200, True)


# --- when it is due -----------------------------------------------------------------------------------------


class TestDueDay:
    ADDRESS = "/reports/expected/due-day/"

    def test_from_the_next_month_on_and_for_this_office_alone(self, months, province, cast, client_of):
        answer = client_of(cast.commune_officer).post(self.ADDRESS, {"day": "12"})
        assert answer.status_code == 302
        open_month(year=2026, month=12, by=None, today=dt.date(2026, 12, 28))
        due = MonthlyReport.objects.filter(period__ordinal__in=[11, 12], period__year=2026)
        assert set(due.values_list("period__ordinal", "office__code", "due_on")) == {
            (11, "NS", dt.date(2026, 12, 5)),
            (11, "NS-01", dt.date(2026, 12, 5)),
            (11, "NS-02", dt.date(2026, 12, 5)),
            (11, "BL", dt.date(2026, 12, 5)),
            (11, "BL-01", dt.date(2026, 12, 5)),
            (12, "NS", dt.date(2027, 1, 5)),
            (12, "NS-01", dt.date(2027, 1, 12)),
            (12, "NS-02", dt.date(2027, 1, 5)),
            (12, "BL", dt.date(2027, 1, 5)),
            (12, "BL-01", dt.date(2027, 1, 5)),
        }
        event = AuditEvent.objects.get(verb="due_day.set")
        assert (event.unit_id, event.data) == (province.cloud_commune.pk, {"before": None, "after": 12})

    MAY = {"commune_officer": 302, "staff": 302, "principal": 403, "outsider": 404}

    @pytest.mark.parametrize("who", MAY)
    def test_who_keeps_the_list_sets_it(self, months, cast, client_of, who):
        answer = client_of(getattr(cast, who)).post(self.ADDRESS, {"day": "12"})
        assert answer.status_code == (302 if self.MAY[who] != 403 else 403)

    @pytest.mark.parametrize("typed", ["", "0", "32", "mười", "5,5"])
    def test_what_is_no_day_is_said_at_its_field(self, months, cast, client_of, typed):
        page = client_of(cast.staff).post(self.ADDRESS, {"day": typed})
        assert (page.status_code, list(page.context["due"].errors)) == (422, ["day"])

    def test_whoever_sets_it_second_is_told_and_may_set_it_again(self, months, cast, client_of):
        office = cast.commune_officer.unit.office
        set_due_day(office=office, day=7, version=None, by=cast.commune_leader)
        with pytest.raises(EditConflict):
            set_due_day(office=office, day=9, version=None, by=cast.commune_officer)
        page = client_of(cast.commune_officer).post(self.ADDRESS, {"day": "9"})
        assert (page.status_code, page.context["due"]["day"].value()) == (422, "9")
        version = page.context["due"]["version"].value()
        answer = client_of(cast.commune_officer).post(self.ADDRESS, {"day": "9", "version": version})
        assert answer.status_code == 302


# --- what is said of it -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "vietnamese", "english"),
    [
        (CODE, "quý III/2026", "quarter III/2026"),
        ("2026-09", "tháng 09/2026", "month 09/2026"),
        ("09/2026", "tháng 09/2026", "month 09/2026"),  # as it was written before there were longer ones
    ],
)
def test_a_word_names_the_period_in_the_language_of_whoever_reads(code, vietnamese, english):
    told = {"period": code, "office": "Sở", "due_on": "05/10/2026"}
    for language, words in (("vi", vietnamese), ("en", english)):
        with translation.override(language):
            assert f" {words}" in NOTICES[REMINDER].said(told)
