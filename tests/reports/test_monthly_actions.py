"""The month: opened once, saved in part, sent once, accepted or returned by the accepting office."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from directives.models import ProgressEntry
from eduportal.base.errors import EditConflict, Refused
from reports import actions
from reports.models import MonthlyReport, ReportState
from schools.actions import open_school
from schools.models import LinkKind
from targets.arithmetic import NOT_APPLICABLE
from targets.models import Observation, ObservationStatus
from targets.queries import values_of
from tests.conftest import TODAY
from tests.factories import AssignmentFactory, DirectiveFactory
from trail.models import AuditEvent

NOW = dt.datetime(2026, 11, 22, 10, 42, tzinfo=timezone.get_default_timezone())
LATER = NOW + dt.timedelta(hours=5)
FOUR = {
    "primary.classes": Decimal(12),
    "primary.pupils": Decimal(380),
    "primary.attending": Decimal(371),
    "primary.teachers": Decimal(21),
}


def open_november(today=TODAY):
    return actions.open_month(year=2026, month=11, by=None, today=today)


@pytest.fixture
def report(cast, province) -> MonthlyReport:
    """The cloud primary school's report of November, not yet begun."""
    open_november()
    return MonthlyReport.objects.get(unit=province.cloud_primary)


@pytest.fixture
def sent(report, cast) -> MonthlyReport:
    saved = actions.save_report(report=report, version=1, figures=FOUR, by=cast.clerk, now=NOW)
    return actions.send_report(report=saved, version=saved.version, by=cast.principal, now=NOW)


@pytest.fixture
def assignment(province, cast):
    document = DirectiveFactory(issued=True, office=province.department, created_by=cast.staff.user)
    return AssignmentFactory(task__directive=document, unit=province.cloud_primary)


def statuses(report) -> set[str]:
    return set(
        Observation.objects.filter(unit=report.unit, period=report.period).values_list("status", flat=True)
    )


def a_school(code, opened_on, office, line=LinkKind.ADMINISTRATIVE) -> None:
    open_school(
        code=code,
        name=f"Trường {code}",
        short_name=code,
        levels=["primary"],
        opened_on=opened_on,
        affiliations=[(office, line)],
        by=None,
    )


# --- opening --------------------------------------------------------------------------------


def test_opening_expects_every_school_and_commune_from_the_office_above_it(province, cast):
    assert open_november().opened == 8
    expected = {report.unit_id: report.office_id for report in MonthlyReport.objects.all()}
    assert expected == {
        province.orchid_preschool.pk: province.cloud_commune.pk,
        province.cloud_primary.pk: province.cloud_commune.pk,
        province.tea_combined.pk: province.tea_commune.pk,
        province.high_school.pk: province.department.pk,
        province.foreign_primary.pk: province.foreign_commune.pk,
        province.cloud_commune.pk: province.department.pk,
        province.tea_commune.pk: province.department.pk,
        province.foreign_commune.pk: province.foreign_department.pk,
    }
    # 5 December 2026 is a Saturday, on which schools work.
    assert set(MonthlyReport.objects.values_list("due_on", flat=True)) == {dt.date(2026, 12, 5)}


def test_the_due_day_moves_off_a_sunday(province):
    actions.open_month(year=2026, month=6, by=None, today=dt.date(2026, 6, 25))
    assert set(MonthlyReport.objects.values_list("due_on", flat=True)) == {dt.date(2026, 7, 6)}


def test_an_opened_list_is_frozen(province, cast):
    open_november()
    a_school("NS010009", dt.date(2026, 11, 1), province.cloud_commune)
    assert open_november().opened == 0
    assert MonthlyReport.objects.count() == 8


def test_schools_not_in_existence_are_not_expected(province):
    for code, opened_on in [("NS010009", dt.date(2026, 12, 1)), ("NS010010", dt.date(2026, 11, 25))]:
        a_school(code, opened_on, province.cloud_commune)
    assert open_november().opened == 8


def test_a_school_of_no_office_is_named_not_lost(province):
    a_school("NS010009", dt.date(2026, 9, 1), province.department, LinkKind.PROFESSIONAL)
    opened = open_november()
    assert (opened.opened, [one.name for one in opened.without_office]) == (8, ["Trường NS010009"])


# --- saving --------------------------------------------------------------------------------


def test_saving_in_part_keeps_what_there_is(report, cast, assignment):
    saved = actions.save_report(
        report=report,
        version=1,
        figures={"primary.classes": Decimal(0), "primary.pupils": None, "primary.teachers": NOT_APPLICABLE},
        remarks={"primary.classes": " Nghỉ lũ "},
        progress=[actions.ProgressDraft(assignment, percent=40, note="Đã rà soát 2 dãy nhà")],
        difficulties="Mưa lũ.",
        by=cast.clerk,
        now=NOW,
    )
    stored = values_of(report.unit, report.period)
    assert {code: row.figure for code, row in stored.items()} == {
        "primary.classes": Decimal(0),
        "primary.teachers": NOT_APPLICABLE,
    }
    assert stored["primary.classes"].remark == "Nghỉ lũ"
    assert statuses(report) == {ObservationStatus.DRAFT}
    assert (saved.version, saved.saved_at, saved.saved_by, saved.difficulties) == (
        2,
        NOW,
        cast.clerk.user,
        "Mưa lũ.",
    )
    entry = ProgressEntry.objects.get()
    assert (entry.percent, entry.note, entry.sent_at) == (40, "Đã rà soát 2 dãy nhà", None)


def test_saving_keeps_the_figures_it_does_not_name_and_takes_away_those_emptied(report, cast):
    saved = actions.save_report(report=report, version=1, figures=FOUR, by=cast.clerk, now=NOW)
    saved = actions.save_report(
        report=saved, version=2, figures={"primary.pupils": None}, by=cast.principal, now=NOW
    )
    assert set(values_of(report.unit, report.period)) == set(FOUR) - {"primary.pupils"}
    changes = AuditEvent.objects.filter(verb="figures.written").first().data["changes"]
    assert changes == {"primary.pupils": ["380", None]}


def test_the_second_to_save_is_told_and_nothing_is_overwritten(report, cast):
    actions.save_report(report=report, version=1, figures=FOUR, by=cast.clerk, now=NOW)
    with pytest.raises(EditConflict) as conflict:
        actions.save_report(
            report=report, version=1, figures={"primary.pupils": Decimal(381)}, by=cast.principal, now=LATER
        )
    assert conflict.value.current.saved_by == cast.clerk.user
    assert values_of(report.unit, report.period)["primary.pupils"].figure == 380


# --- sending --------------------------------------------------------------------------------


def test_sending_makes_figures_count_and_moves_assignments(report, cast, assignment, province):
    other = AssignmentFactory(task__directive=assignment.task.directive, unit=province.cloud_primary)
    saved = actions.save_report(
        report=report,
        version=1,
        figures=FOUR,
        progress=[
            actions.ProgressDraft(assignment, percent=60, note="Còn một điểm trường"),
            actions.ProgressDraft(other, percent=10, note="Xong", claims_done=True),
        ],
        by=cast.clerk,
        now=NOW,
    )
    sent = actions.send_report(report=saved, version=2, by=cast.principal, now=LATER)
    assert (sent.state, sent.sent_at, sent.sent_by, sent.first_sent_at) == (
        ReportState.SENT, LATER, cast.principal.user, LATER,
    )  # fmt: skip
    assert statuses(report) == {ObservationStatus.SENT}
    assignment.refresh_from_db()
    other.refresh_from_db()
    assert (assignment.percent, assignment.state, assignment.reported_done_on) == (60, "open", None)
    assert (other.percent, other.state, other.reported_done_on) == (100, "done", TODAY)
    assert set(ProgressEntry.objects.values_list("sent_at", flat=True)) == {LATER}


def test_missing_figures_are_named_and_nothing_is_sent(report, cast):
    figures = FOUR | {"primary.pupils": None, "primary.teachers": NOT_APPLICABLE}
    saved = actions.save_report(report=report, version=1, figures=figures, by=cast.clerk, now=NOW)
    with pytest.raises(actions.FiguresMissing) as refusal:
        actions.send_report(report=saved, version=2, by=cast.principal, now=NOW)
    assert [measure.code for measure in refusal.value.missing] == ["primary.pupils"]
    saved.refresh_from_db()
    assert (saved.state, saved.version) == (ReportState.EXPECTED, 2)


def test_a_report_is_sent_once(sent, cast):
    with pytest.raises(Refused, match="10:42 22/11/2026"):
        actions.send_report(report=sent, version=sent.version - 1, by=cast.principal, now=LATER)
    sent.refresh_from_db()
    assert sent.sent_at == NOW
    assert AuditEvent.objects.filter(verb="report.sent").count() == 1


def test_a_sent_report_cannot_be_edited(sent, cast):
    with pytest.raises(Refused):
        actions.save_report(report=sent, version=sent.version, figures={}, by=cast.principal, now=LATER)
    assert values_of(sent.unit, sent.period)["primary.pupils"].figure == 380


def test_what_somebody_saved_meanwhile_is_not_sent_unseen(report, cast):
    saved = actions.save_report(report=report, version=1, figures=FOUR, by=cast.principal, now=NOW)
    actions.save_report(
        report=saved, version=2, figures={"primary.pupils": Decimal(1)}, by=cast.clerk, now=NOW
    )
    with pytest.raises(EditConflict):
        actions.send_report(report=saved, version=2, by=cast.principal, now=NOW)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time anyway")
def test_ten_sendings_at_the_same_moment_are_one(report, cast):
    saved = actions.save_report(report=report, version=1, figures=FOUR, by=cast.principal, now=NOW)
    outcomes, together = [], threading.Barrier(10)

    def send() -> None:
        together.wait(5)
        try:
            actions.send_report(report=saved, version=saved.version, by=cast.principal, now=NOW)
            outcomes.append("sent")
        except (EditConflict, Refused) as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(outcomes) == ["Refused"] * 9 + ["sent"]
    assert AuditEvent.objects.about(report).filter(verb="report.sent").count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time anyway")
def test_a_month_opened_by_two_at_the_same_moment_is_opened_once(cast):
    opened, together = [], threading.Barrier(4)

    def open_november() -> None:
        together.wait(5)
        try:
            opened.append(actions.open_month(year=2026, month=11, by=None, today=TODAY).opened)
        finally:
            connection.close()

    threads = [threading.Thread(target=open_november) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(opened) == [0, 0, 0, 8]
    assert MonthlyReport.objects.count() == 8


# --- review --------------------------------------------------------------------------------


def test_accepting_makes_figures_final(sent, cast):
    accepted = actions.accept_report(report=sent, version=sent.version, by=cast.commune_officer, now=LATER)
    assert (accepted.state, accepted.reviewed_by) == (ReportState.ACCEPTED, cast.commune_officer.user)
    assert statuses(sent) == {ObservationStatus.ACCEPTED}
    with pytest.raises(Refused):
        actions.save_report(report=sent, version=accepted.version, figures={}, by=cast.principal, now=LATER)
    with pytest.raises(Refused):
        actions.return_report(
            report=sent, version=accepted.version, reason="Xem lại sĩ số", by=cast.commune_officer, now=LATER
        )


def test_only_what_was_sent_can_be_accepted(report, cast):
    with pytest.raises(Refused):
        actions.accept_report(report=report, version=1, by=cast.commune_officer, now=NOW)


def test_a_return_gives_the_report_back_and_its_second_sending_keeps_the_first_day(sent, cast):
    returned = actions.return_report(
        report=sent,
        version=sent.version,
        reason="Sĩ số lệch so với tháng 10",
        by=cast.commune_officer,
        now=LATER,
    )
    assert (returned.state, returned.reason) == (ReportState.RETURNED, "Sĩ số lệch so với tháng 10")
    assert statuses(sent) == {ObservationStatus.DRAFT}
    saved = actions.save_report(
        report=returned,
        version=returned.version,
        figures={"primary.pupils": Decimal(375)},
        by=cast.clerk,
        now=LATER,
    )
    again = actions.send_report(report=saved, version=saved.version, by=cast.principal, now=LATER)
    assert (again.state, again.first_sent_at, again.sent_at) == (ReportState.SENT, NOW, LATER)
    assert values_of(sent.unit, sent.period)["primary.pupils"].status == ObservationStatus.SENT


def test_a_return_may_send_work_back(report, cast, assignment):
    saved = actions.save_report(
        report=report,
        version=1,
        figures=FOUR,
        progress=[actions.ProgressDraft(assignment, percent=100, claims_done=True)],
        by=cast.clerk,
        now=NOW,
    )
    sent = actions.send_report(report=saved, version=2, by=cast.principal, now=NOW)
    assignment.refresh_from_db()
    actions.return_report(
        report=sent,
        version=3,
        reason="Chưa có biên bản",
        send_back=[assignment],
        by=cast.commune_officer,
        now=LATER,
    )
    assignment.refresh_from_db()
    assert (assignment.state, assignment.reported_done_on, assignment.percent) == ("open", None, 100)
    assert ProgressEntry.objects.get().sent_at == NOW


def test_a_review_of_an_older_page_is_stopped(sent, cast):
    with pytest.raises(EditConflict):
        actions.accept_report(report=sent, version=sent.version - 1, by=cast.commune_officer, now=LATER)
