"""A briefing is built from what is there, frozen, built again without harm, and edited without loss."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import OperationalError, connection, transaction

from eduportal.base.errors import EditConflict, Refused
from reports.actions import monthly
from reports.actions.briefing import build_briefing, edit_section, reset_section
from reports.figures import from_json
from reports.jobs import ask_for_briefing, build_due
from reports.models import Briefing, MonthlyReport
from reports.queries import briefing as queries
from reports.queries.plan import due_briefings
from targets.queries import values_of
from tests.reports.months import (
    BRIEFING_DAY,
    BRIEFING_TIME,
    accept,
    assign,
    conclude,
    october_and_november,
    open_months,
    report,
)
from trail.actions import run_job
from trail.models import AuditEvent, Job, JobState


def build(office, period, by=None) -> Briefing:
    return build_briefing(office=office, period=period, by=by, today=BRIEFING_DAY, now=BRIEFING_TIME)


def texts(briefing) -> dict[str, str]:
    return {section.key: section.text for section in briefing.sections.all()}


def frozen(briefing):
    briefing.refresh_from_db()
    return from_json(briefing.figures)


@pytest.fixture
def november(province, cast):
    return october_and_november(province, cast)[1]


@pytest.fixture
def briefing(province, cast, november):
    return build(province.department, november, cast.staff)


# --- figures ----------------------------------------------------------------------------------


def test_figures_by_level_against_last_month(briefing, province, november):
    figures = frozen(briefing)
    shown = {
        one.level: (
            one.classes.value,
            one.pupils.value,
            one.pupils.previous,
            one.pupils.change,
            one.teachers.value,
        )
        for one in figures.levels
    }
    assert shown == {
        "preschool": (6, 152, 150, 2, 14),
        "primary": (22, 684, 680, 4, 39),
        "lower_secondary": (8, 282, 280, 2, 20),
        "upper_secondary": (30, 1252, 1250, 2, 70),
    }
    primary = figures.levels[1]
    assert (primary.schools, primary.reported) == (2, 2)
    # (372 + 295) / (382 + 302), not the mean of two percentages
    assert (primary.attendance.value, primary.attendance.previous) == (Decimal("0.975"), Decimal("0.978"))
    assert primary.is_provisional


def test_figures_are_those_that_the_schools_sent(briefing, province, november):
    """Counted once more, one by one."""
    sent: dict[str, list[Decimal]] = {}
    for school in province.schools:
        for code, row in values_of(school, november).items():
            sent.setdefault(code, []).append(row.value)
    for level in frozen(briefing).levels:
        for figure in level.figures:
            assert (figure.value, figure.units) == (sum(sent[figure.code]), len(sent[figure.code]))


def test_the_sentences_of_a_level(briefing):
    assert texts(briefing)["level.primary"].splitlines() == [
        "Tổng số lớp: 22; tổng số học sinh: 684 (tăng 04 học sinh so với tháng 10/2026).",
        "Tỷ lệ học sinh đi học chuyên cần: 97,5% (giảm 0,3 điểm phần trăm so với tháng 10/2026); số giáo "
        "viên: 39.",
        "Số liệu tạm tính, còn báo cáo chưa được duyệt.",
    ]


def test_accepted_figures_are_no_longer_provisional(province, cast, november):
    for row in MonthlyReport.objects.filter(period=november).received():
        accept(row, cast.staff)
    assert not any(level.is_provisional for level in frozen(build(province.department, november)).levels)


def test_missing_reports_never_block_and_are_named(province, cast):
    _, november = october_and_november(province, cast, missing=[province.cloud_primary, province.high_school])
    built = texts(build(province.department, november))
    assert built["discipline"].splitlines() == [
        "04/06 đơn vị đã nộp báo cáo tháng 11/2026 (trường học 02/04; xã, phường 02/02); 02 đơn vị chưa nộp.",
        "- Chưa nộp: Trường Tiểu học Suối Mây, Trường Trung học phổ thông Ngọc Sơn.",
    ]
    assert built["level.primary"].splitlines()[0] == (
        "Tổng số lớp: 10; tổng số học sinh: 302 (tăng 02 học sinh so với tháng 10/2026, tính trên 01 "
        "trường có số "
        "liệu cả hai tháng)."
    )
    assert "Số liệu của 01/02 trường; các trường còn lại chưa báo cáo." in built["level.primary"]
    assert built["level.upper_secondary"] == "Chưa có số liệu: 0/01 trường đã báo cáo."
    assert (
        "Trường Tiểu học Suối Mây, Trường Trung học phổ thông Ngọc Sơn gửi báo cáo tháng 11/2026 còn thiếu"
        in built["directions"]
    )


def test_a_returned_report_is_missing_and_its_figures_do_not_count(province, cast, november):
    row = MonthlyReport.objects.get(period=november, unit=province.high_school)
    monthly.return_report(
        report=row, version=row.version, reason="Sai số lớp", by=cast.staff, now=BRIEFING_TIME
    )
    built = build(province.department, november)
    assert frozen(built).discipline.missing[0].returned
    assert texts(built)["level.upper_secondary"] == "Chưa có số liệu: 0/01 trường đã báo cáo."


def test_reports_sent_late_are_counted(province, cast):
    _, november = october_and_november(province, cast, missing=[province.high_school])
    report(province.high_school, november, sent_on=dt.date(2026, 12, 6)).of(
        ("upper_secondary", 30, 1252, 1211, 70)
    )
    discipline = frozen(build(province.department, november)).discipline
    assert (discipline.expected, discipline.received, discipline.received_late) == (6, 6, 1)


def test_the_first_month_has_nothing_to_be_compared_with(province, cast):
    (november,) = open_months((2026, 11))
    report(province.high_school, november).of(("upper_secondary", 30, 1252, 1211, 70))
    built = texts(build(province.department, november))
    assert "(tháng 10/2026 chưa có số liệu để so sánh)" in built["level.upper_secondary"]


def test_difficulties_are_quoted_by_school(province, cast):
    (november,) = open_months((2026, 11))
    report(province.high_school, november, difficulties="Thiếu phòng học", proposals="Xây thêm").of(
        ("upper_secondary", 30, 1252, 1211, 70)
    )
    assert texts(build(province.department, november))["difficulties"] == (
        "Khó khăn:\n- “Thiếu phòng học” (Trường Trung học phổ thông Ngọc Sơn).\n"
        "Kiến nghị:\n- “Xây thêm” (Trường Trung học phổ thông Ngọc Sơn)."
    )


def test_assignments_by_standing_document_and_unit(province, cast, november):
    assign(province, cast, province.high_school, province.cloud_primary, deadline=dt.date(2026, 12, 1))
    assign(province, cast, province.orchid_preschool, deadline=dt.date(2026, 12, 20))
    assign(
        province, cast, province.tea_combined, deadline=dt.date(2026, 12, 1), done_on=dt.date(2026, 11, 30)
    )
    assign(province, cast, province.tea_combined, deadline=None)
    figures = frozen(build(province.department, november))
    assert figures.standing == {"done_on_time": 1, "running": 1, "overdue": 2, "no_deadline": 1}
    assert [row.counts for row in figures.by_document] == [
        {"no_deadline": 1},
        {"done_on_time": 1},
        {"running": 1},
        {"overdue": 2},
    ]
    assert {row.name: row.counts for row in figures.by_unit}["Trường Trung học phổ thông Ngọc Sơn"] == {
        "overdue": 1
    }
    assert [(task.is_overdue, task.units) for task in figures.due_tasks] == [
        (True, ("Trường Tiểu học Suối Mây", "Trường Trung học phổ thông Ngọc Sơn")),
        (False, ("Trường Mầm non Hoa Ban",)),
    ]


def test_a_commune_briefs_on_its_own_schools_only(province, cast, november):
    figures = frozen(build(province.cloud_commune, november))
    assert [level.level for level in figures.levels] == ["preschool", "primary"]
    assert figures.discipline.expected == 2


# --- building again ---------------------------------------------------------------------------


def test_building_twice_changes_nothing(briefing, province, cast, november):
    def state():
        rows = briefing.sections.values_list("key", "position", "built_text", "edited_text", "version")
        return json.dumps(frozen(briefing).__repr__()), list(rows)

    before = state()
    assert build(province.department, november, cast.staff) == briefing
    assert state() == before
    assert Briefing.objects.count() == 1


def test_building_again_renews_figures_and_keeps_what_people_wrote(province, cast):
    _, november = october_and_november(province, cast, missing=[province.high_school])
    briefing = build(province.department, november)
    section = briefing.sections.get(key="level.upper_secondary")
    edit_section(section=section, version=1, text="Sẽ bổ sung.", by=cast.staff, now=BRIEFING_TIME)
    report(province.high_school, november).of(("upper_secondary", 30, 1252, 1211, 70))
    build(province.department, november)
    section.refresh_from_db()
    assert section.text == "Sẽ bổ sung."
    assert section.built_text.startswith("Tổng số lớp: 30;")
    assert section.built_text_changed
    assert briefing.sections.get(key="discipline").text == (
        "06/06 đơn vị đã nộp báo cáo tháng 11/2026 (trường học 04/04; xã, phường 02/02)."
    )


def test_who_edits_while_it_is_built_anew_is_told(province, cast):
    _, november = october_and_november(province, cast, missing=[province.high_school])
    section = build(province.department, november).sections.get(key="level.upper_secondary")
    report(province.high_school, november).of(("upper_secondary", 30, 1252, 1211, 70))
    build(province.department, november)
    with pytest.raises(EditConflict):
        edit_section(section=section, version=1, text="Sẽ bổ sung.", by=cast.staff, now=BRIEFING_TIME)


def test_a_month_to_come_is_refused(province, cast):
    (december,) = open_months((2027, 1))
    with pytest.raises(Refused):
        build(province.department, december)
    assert not Briefing.objects.exists()


# --- editing ----------------------------------------------------------------------------------


def test_editing_keeps_the_built_text_beneath(briefing, cast):
    section = briefing.sections.get(key="discipline")
    built = section.built_text
    edited = edit_section(
        section=section, version=1, text="Tất cả đã nộp.\r\n", by=cast.staff, now=BRIEFING_TIME
    )
    section.refresh_from_db()
    assert (section.text, section.built_text, section.edited_by) == ("Tất cả đã nộp.", built, cast.staff.user)
    assert not section.built_text_changed
    assert AuditEvent.objects.about(edited).get().data == {"text": "Tất cả đã nộp."}


def test_the_second_to_save_a_section_is_told(briefing, cast):
    section = briefing.sections.get(key="discipline")
    edit_section(section=section, version=1, text="Một", by=cast.staff, now=BRIEFING_TIME)
    with pytest.raises(EditConflict) as conflict:
        edit_section(section=section, version=1, text="Hai", by=cast.division_staff, now=BRIEFING_TIME)
    assert conflict.value.current.text == "Một"


def test_taking_the_built_text_again(briefing, cast):
    section = briefing.sections.get(key="discipline")
    edit_section(section=section, version=1, text="Một", by=cast.staff, now=BRIEFING_TIME)
    reset_section(section=section, version=2, by=cast.staff)
    section.refresh_from_db()
    assert (section.is_edited, section.text) == (False, section.built_text)
    assert AuditEvent.objects.about(section).first().data == {"text": "Một"}


def test_the_built_text_typed_again_is_no_edit(briefing, cast):
    section = briefing.sections.get(key="discipline")
    edit_section(section=section, version=1, text=f" {section.built_text} ", by=cast.staff, now=BRIEFING_TIME)
    section.refresh_from_db()
    assert not section.is_edited


def test_a_concluded_briefing_is_not_built_again(briefing, province, cast, november):
    conclude(briefing, cast)
    before = (frozen(briefing), texts(briefing))
    with pytest.raises(Refused, match="tháng 11/2026"):
        build(province.department, november, cast.staff)
    assert (frozen(briefing), texts(briefing)) == before


# --- which month is built next ----------------------------------------------------------------


def proposed(province) -> int | None:
    period = queries.month_to_build(province.department, BRIEFING_DAY)
    return period.ordinal if period else None


def test_the_next_month_is_proposed(province, cast):
    october, november = open_months((2026, 10), (2026, 11))
    assert proposed(province) == 11  # the newest one closed
    build(province.department, october)
    assert proposed(province) == 11
    build(province.department, november)
    assert proposed(province) is None
    open_months((2026, 12))
    assert proposed(province) == 12


def test_a_concluded_month_is_no_more_to_be_built(briefing, province, cast):
    def months():
        return [period.ordinal for period in queries.buildable_months(province.department)]

    assert months() == [11, 10]
    conclude(briefing, cast)
    assert months() == [10]


# --- jobs -------------------------------------------------------------------------------------


def test_asked_for_twice_it_is_one_job(province, cast, november, time_machine):
    time_machine.move_to(BRIEFING_TIME)
    first = ask_for_briefing(province.department, november, cast.staff)
    assert ask_for_briefing(province.department, november, cast.staff) == first
    run_job(first.pk)
    first.refresh_from_db()
    briefing = Briefing.objects.get()
    assert (first.state, first.result["url"]) == (JobState.DONE, f"/briefings/{briefing.pk}/")
    assert briefing.built_by == cast.staff.user


def test_each_office_gets_the_briefing_of_its_newest_closed_month(province, cast, time_machine):
    open_months((2026, 10), (2026, 11))
    assert due_briefings(dt.date(2026, 11, 5)) == []
    assert {(one.office.code, one.period.ordinal) for one in due_briefings(dt.date(2026, 11, 30))} == {
        ("NS", 10),
        ("NS-01", 10),
        ("NS-02", 10),
        ("BL", 10),
        ("BL-01", 10),
    }
    time_machine.move_to(BRIEFING_TIME)
    assert build_due(lambda *_: None) == {"asked_for": 5}
    for job in Job.objects.all():
        run_job(job.pk)
    assert {briefing.period.ordinal for briefing in Briefing.objects.all()} == {11}
    assert due_briefings(BRIEFING_DAY) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_builds_at_once_make_one_briefing(province, cast):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one writer and no second connection to it")
    _, november = october_and_november(province, cast)

    def build_in_its_own_connection(_: int) -> int:
        try:
            return build(province.department, november).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        built = set(pool.map(build_in_its_own_connection, range(4)))
    briefing = Briefing.objects.get()
    assert built == {briefing.pk}
    assert briefing.sections.count() == 8
    assert briefing.version == 4


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_all_sentences_are_of_one_moment_after_the_lock(province, cast, monkeypatch):
    """A report that comes in while the briefing is counted is in all of its figures or in none."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one writer and no second connection to it")
    _, november = october_and_november(province, cast, missing=[province.high_school])
    briefing = build(province.department, november)
    counted, met = queries.discipline, []

    def from_another_connection() -> None:
        try:
            report(province.high_school, november).of(("upper_secondary", 30, 1252, 1211, 70))
            with pytest.raises(OperationalError), transaction.atomic():
                Briefing.objects.select_for_update(nowait=True).get(pk=briefing.pk)
            met.append("locked")
        finally:
            connection.close()

    def discipline(office, period):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(from_another_connection).result()
        return counted(office, period)

    monkeypatch.setattr(queries, "discipline", discipline)
    build(province.department, november)
    figures = frozen(briefing)
    assert met == ["locked"]
    assert [one.name for one in figures.discipline.missing] == [province.high_school.name]
    assert figures.levels[-1].pupils.value is None
    monkeypatch.undo()
    build(province.department, november)
    assert frozen(briefing).levels[-1].pupils.value == 1252
