"""Figures of a month from a spreadsheet: checked as on the page, never over what was sent."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import RoleCode
from eduportal.base.errors import EditConflict
from reports.actions.monthly import save_report
from reports.actions.opening import open_month
from reports.models import MonthlyReport
from schools.actions import month_period
from targets.actions import observe, set_status
from targets.arithmetic import NOT_APPLICABLE
from targets.models import Observation, ObservationStatus
from targets.queries import values_of
from targets.resources import ObservationResource
from tests.conftest import TODAY, posted
from tests.sheets import exported, messages, run, sheet
from trail.models import AuditEvent

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)
HEADINGS = ["Mã trường", "Tháng", "Số liệu", "Giá trị", "Ghi chú"]


@pytest.fixture
def october(province):
    open_month(year=2026, month=10, by=None, today=TODAY)
    return month_period(2026, 10)


def row(value, measure="primary.pupils", school="NS010002", month="10/2026", remark=""):
    return [school, month, measure, value, remark]


def figures(school, period):
    return {code: one.figure for code, one in values_of(school, period).items()}


def test_numbers_typed_the_vietnamese_way_become_drafts(cast, province, october):
    table = sheet(
        HEADINGS,
        row("1.212", remark="sáp nhập điểm trường"),
        row("1.190", "Số học sinh có mặt bình quân mỗi ngày (tiểu học)"),
        row("không áp dụng", "primary.teachers"),
    )
    outcome = run(ObservationResource(by=cast.admin), table)
    assert (outcome.new, outcome.problems) == (3, [])
    assert figures(province.cloud_primary, october) == {
        "primary.pupils": Decimal(1212),
        "primary.attending": Decimal(1190),
        "primary.teachers": NOT_APPLICABLE,
    }
    stored = Observation.objects.get(measure__code="primary.pupils")
    assert (stored.status, stored.remark) == (ObservationStatus.DRAFT, "sáp nhập điểm trường")


def test_the_same_file_twice_changes_nothing(cast, october):
    table = sheet(HEADINGS, row("1.212"), row("", "primary.teachers"))
    run(ObservationResource(by=cast.admin), table)
    events = AuditEvent.objects.count()
    again = run(ObservationResource(by=cast.admin), table)
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert AuditEvent.objects.count() == events


def test_an_empty_cell_takes_a_draft_away(cast, province, october):
    run(ObservationResource(by=cast.admin), sheet(HEADINGS, row("512")))
    assert run(ObservationResource(by=cast.admin), sheet(HEADINGS, row(""))).changed == 1
    assert figures(province.cloud_primary, october) == {}


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        (row("98.5"), "Giá trị"),
        (row("99.000"), "Giá trị"),
        (row("-3"), "Giá trị"),
        (row("nhiều"), "Giá trị"),
        (row("12", "lower_secondary.pupils"), "Số liệu"),
        (row("12", "primary.ghosts"), "Số liệu"),
        (row("12", month="10/1990"), "Tháng"),
        (row("12", month="tháng mười"), "Tháng"),
        (row("12", school="NS999999"), "Đơn vị"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_saved(cast, october, wrong, column):
    outcome = run(ObservationResource(by=cast.admin), sheet(HEADINGS, row("10", "primary.classes"), wrong))
    assert [(number, found) for number, found, _ in messages(outcome)] == [(3, column)]
    assert not Observation.objects.exists()


def test_more_present_than_enrolled_shows_when_both_are_there(cast, october):
    """In either order, and only against what the file leaves behind."""
    right = sheet(HEADINGS, row("100"), row("90", "primary.attending"))
    assert run(ObservationResource(by=cast.admin), right).faults == 0
    shrunk = sheet(HEADINGS, row("80"), row("75", "primary.attending"))
    assert run(ObservationResource(by=cast.admin), shrunk).faults == 0
    outcome = run(ObservationResource(by=cast.admin), sheet(HEADINGS, row("81", "primary.attending")))
    assert messages(outcome) == [
        (2, "Giá trị", "“Số học sinh có mặt bình quân mỗi ngày” lớn hơn “Số học sinh”.")
    ]
    assert Observation.objects.get(measure__code="primary.attending").value == 75


def test_what_was_sent_is_not_changed_by_a_file(cast, province, october):
    observe(unit=province.cloud_primary, period=october, values={"primary.pupils": Decimal(512)}, by=None)
    set_status(unit=province.cloud_primary, period=october, status=ObservationStatus.SENT, by=None)
    outcome = run(ObservationResource(by=cast.admin), sheet(HEADINGS, row("513")))
    assert (outcome.faults, figures(province.cloud_primary, october)) == (1, {"primary.pupils": Decimal(512)})


def test_a_commune_reaches_its_own_schools_only(province, cast, october):
    admin = posted("quantrixa", "Giàng Thị Xã", province.cloud_commune, RoleCode.ADMIN)
    observe(unit=province.tea_combined, period=october, values={"primary.pupils": Decimal(438)}, by=None)
    run(ObservationResource(by=admin), sheet(HEADINGS, row("512")))
    Observation.objects.update(status=ObservationStatus.SENT)
    assert [one.cells[0] for one in exported(ObservationResource(by=admin)).rows] == ["NS010002"]
    outcome = run(ObservationResource(by=admin), sheet(HEADINGS, row("1", school="NS020001")))
    assert [column for _, column, _ in messages(outcome)] == ["Đơn vị"]


def test_what_is_exported_reads_back_in_unchanged(cast, province, october):
    values = {
        "primary.pupils": Decimal("1212"),
        "primary.classes": Decimal("0"),
        "primary.teachers": NOT_APPLICABLE,
    }
    observe(unit=province.cloud_primary, period=october, values=values, by=None)
    set_status(unit=province.cloud_primary, period=october, status=ObservationStatus.SENT, by=None)
    table = exported(ObservationResource(by=cast.admin))
    outcome = run(ObservationResource(by=cast.admin), table)
    assert (outcome.total, outcome.same, outcome.problems) == (3, 3, [])


def test_what_a_school_has_not_sent_is_not_exported(cast, province, october):
    observe(unit=province.cloud_primary, period=october, values={"primary.pupils": Decimal(512)}, by=None)
    assert list(ObservationResource(by=cast.admin).visible()) == []
    set_status(unit=province.cloud_primary, period=october, status=ObservationStatus.SENT, by=None)
    assert [row.cells[3] for row in exported(ObservationResource(by=cast.admin)).rows] == ["512"]


def test_whoever_has_the_report_open_is_told_of_a_figure_from_a_file(cast, province, october):
    """The clerk's page still shows 380; the file said 400. Saving asks instead of undoing it."""
    report = MonthlyReport.objects.get(unit=province.cloud_primary, period=october)
    given = {"report": report, "by": cast.clerk, "now": NOON, "figures": {"primary.pupils": Decimal(380)}}
    shown = save_report(version=report.version, **given).version
    run(ObservationResource(by=cast.admin), sheet(HEADINGS, row("400")))
    with pytest.raises(EditConflict):
        save_report(version=shown, **given)
    assert figures(province.cloud_primary, october) == {"primary.pupils": Decimal(400)}
