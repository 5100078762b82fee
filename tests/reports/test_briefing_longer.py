"""Briefings of quarters, terms and years, and what briefings say of a year ago, of the standard, of words."""

import datetime as dt

import pytest

from directives.models import ProgressEntry
from eduportal.base.errors import Refused
from reports.actions.briefing import build_briefing
from reports.figures import Recognised, from_json
from reports.jobs import ask_for_briefing, build_due
from reports.models import Briefing, BriefingPlan
from reports.queries.plan import buildable, due_briefings
from schools.actions import period_named
from schools.models import StandardRecognition
from schools.periods import Named
from tests.reports.months import (
    BRIEFING_DAY,
    BRIEFING_TIME,
    assign,
    october_and_november,
    open_months,
    report,
)
from trail.actions import run_job
from trail.models import Job

QUARTER = Named("quarter", 2026, 4)
AFTER_NEW_YEAR = dt.date(2027, 1, 6)


@pytest.fixture
def months(province, cast):
    return october_and_november(province, cast, missing=[province.high_school])


def build(office, period, today=BRIEFING_DAY) -> Briefing:
    return build_briefing(office=office, period=period, by=None, today=today, now=BRIEFING_TIME)


def texts(briefing) -> dict[str, str]:
    return {section.key: section.text for section in briefing.sections.all()}


def test_a_quarter_counts_stocks_as_its_last_month_has_them(province, months):
    built = build(province.department, period_named("quarter", 2026, 4))
    primary = next(one for one in from_json(built.figures).levels if one.level == "primary")
    assert (primary.counted_in, primary.compared_with) == (Named("month", 2026, 11), Named("month", 2026, 9))
    assert primary.pupils.value == 684
    assert texts(built)["level.primary"].splitlines()[:2] == [
        "Số liệu chốt tháng 11/2026.",
        "Tổng số lớp: 22; tổng số học sinh: 684 (tháng 09/2026 chưa có số liệu để so sánh).",
    ]


def test_a_quarter_counts_the_reports_of_all_its_months(province, months):
    built = build(province.department, period_named("quarter", 2026, 4))
    found = from_json(built.figures).discipline
    assert (found.expected, found.received) == (12, 11)
    assert texts(built)["discipline"].splitlines() == [
        "11/12 lượt báo cáo trong quý IV/2026 đã nộp (trường học 07/08; xã, phường 04/04); "
        "01 lượt báo cáo chưa nộp.",
        "- Chưa nộp: Trường Trung học phổ thông Ngọc Sơn.",
    ]


def test_the_words_name_the_period(province, months):
    built = build(province.department, period_named("quarter", 2026, 4))
    titles = {section.key: section.title for section in built.sections.all()}
    assert titles["directions"] == "Nhiệm vụ trọng tâm quý I/2027"
    assert "gửi báo cáo quý I/2027 trên hệ thống" in texts(built)["directions"]


def test_a_period_without_an_opened_month_has_no_levels(province, cast):
    built = build(province.department, period_named("quarter", 2026, 2))
    assert (from_json(built.figures).levels, from_json(built.figures).discipline.expected) == ((), 0)
    assert texts(built)["discipline"] == "Chưa có đơn vị nào phải nộp báo cáo quý II/2026."


def test_a_period_to_come_is_refused(province, cast):
    with pytest.raises(Refused, match="năm 2027"):
        build(province.department, period_named("calendar_year", 2027, 1))


# --- beside the month before --------------------------------------------------------------------------------


def test_a_year_ago_stands_beside_the_month_before(province, cast):
    november_of_2025, _october, november = open_months((2025, 11), (2026, 10), (2026, 11))
    report(province.high_school, november_of_2025).of(("upper_secondary", 29, 1_200, 1_150, 70))
    report(province.high_school, november).of(("upper_secondary", 30, 1_252, 1_211, 70))
    built = build(province.department, november)
    (level,) = (one for one in from_json(built.figures).levels if one.level == "upper_secondary")
    assert (level.pupils.year_ago, level.pupils.year_change) == (1200, 52)
    assert texts(built)["level.upper_secondary"].splitlines()[0] == (
        "Tổng số lớp: 30; tổng số học sinh: 1.252 (tháng 10/2026 chưa có số liệu để so sánh; "
        "tăng 52 học sinh so với cùng kỳ năm trước)."
    )


# --- the standard -------------------------------------------------------------------------------------------


def recognise(school, since: str, until: str, level: int = 1) -> None:
    StandardRecognition.objects.create(
        school=school, level=level, decision_number="12/QĐ-SGDĐT", valid_from=since, valid_to=until
    )


def test_recognitions_that_came_went_and_will_go(province, months):
    recognise(province.high_school, "2026-11-03", "2031-11-03", level=2)
    recognise(province.cloud_primary, "2021-11-20", "2026-11-20")
    recognise(province.tea_combined, "2022-02-01", "2027-02-01")
    built = build(province.department, months[1])
    found = from_json(built.figures).standards
    assert (found.schools, found.recognised) == (4, 2)
    assert found.gained == (
        Recognised("Trường Trung học phổ thông Ngọc Sơn", 2, "12/QĐ-SGDĐT", dt.date(2026, 11, 3)),
    )
    assert [one.school for one in found.lost] == ["Trường Tiểu học Suối Mây"]
    assert [one.on for one in found.lapsing] == [dt.date(2027, 2, 1)]
    assert texts(built)["standards"].splitlines() == [
        "Số trường đạt chuẩn quốc gia: 02/04 trường.",
        "- Được công nhận trong kỳ: Trường Trung học phổ thông Ngọc Sơn (mức độ 2, quyết định 12/QĐ-SGDĐT "
        "ngày 03/11/2026).",
        "- Hết hiệu lực hoặc bị thu hồi trong kỳ: Trường Tiểu học Suối Mây (mức độ 1, từ ngày 20/11/2026).",
        "- Sắp hết hiệu lực: Trường Tiểu học và Trung học cơ sở Đồi Chè (mức độ 1, từ ngày 01/02/2027).",
    ]


def test_where_no_school_has_the_standard_nothing_is_said(province, months):
    assert "standards" not in texts(build(province.department, months[1]))


# --- what units wrote ---------------------------------------------------------------------------------------


def test_the_last_word_of_each_unit_is_quoted(province, cast, months):
    (assignment,) = assign(province, cast, province.cloud_primary, deadline=None)
    for percent, note in ((30, "Đang rà soát"), (60, "Đã xong\nba lớp.")):
        ProgressEntry.objects.create(
            assignment=assignment,
            period=months[1],
            percent=percent,
            note=note,
            written_by=cast.principal.user,
            sent_at=BRIEFING_TIME,
        )
    lines = texts(build(province.department, months[1]))["assignments"].splitlines()
    number = assignment.task.directive.full_number
    assert lines[-2] == "Các đơn vị báo cáo về nhiệm vụ:"
    assert lines[-1].startswith(f"- Văn bản số {number}")
    assert lines[-1].endswith(": “Đã xong ba lớp” (Trường Tiểu học Suối Mây, 60%).")


# --- which are built ----------------------------------------------------------------------------------------


def test_what_may_be_built_are_opened_months_and_what_lies_around_them(province, months):
    offered = [one.named.code for one in buildable(province.department, BRIEFING_DAY)]
    assert offered == [
        "2026-11",
        "2026-10",
        "school_year-2026-1",
        "term-2026-1",
        "quarter-2026-4",
        "calendar_year-2026-1",
    ]


def plan(province, **fields) -> None:
    BriefingPlan.objects.create(office=province.department, **fields)


def due(today) -> set[tuple[str, str]]:
    """In the cast's province, without its neighbour."""
    found = {(one.office.code, one.period.named.code) for one in due_briefings(today)}
    return {(office, period) for office, period in found if office.startswith("NS")}


def test_an_office_has_its_briefing_on_its_own_day(province, months):
    """The 12th of December; the communes once their reports were due."""
    plan(province, day=12)
    communes = {("NS-01", "2026-11"), ("NS-02", "2026-11")}
    assert due(dt.date(2026, 12, 11)) == communes
    assert due(dt.date(2026, 12, 12)) == {("NS", "2026-11"), *communes}


def test_longer_periods_are_built_where_an_office_wants_them(province, months):
    assert ("NS", "quarter-2026-4") not in due(AFTER_NEW_YEAR)
    plan(province, kinds=["quarter", "calendar_year"])
    wanted = {("NS", "quarter-2026-4"), ("NS", "calendar_year-2026-1")}
    assert wanted <= due(AFTER_NEW_YEAR)
    assert not wanted & due(dt.date(2027, 1, 4))
    for one in due_briefings(AFTER_NEW_YEAR):
        run_job(ask_for_briefing(one.office, one.period, None).pk)
    assert due(AFTER_NEW_YEAR) == set()
    assert Briefing.objects.filter(period__kind="quarter").count() == 1


def test_the_morning_asks_for_each_once(province, months, time_machine):
    plan(province, kinds=["quarter"])
    time_machine.move_to(dt.datetime(2027, 1, 6, 6, tzinfo=dt.UTC), tick=False)
    first = build_due(lambda percent, note="": None)["asked_for"]
    build_due(lambda percent, note="": None)
    assert Job.objects.filter(kind="reports.build_briefing").count() == first == 6
