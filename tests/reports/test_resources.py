"""Figures from a spreadsheet are doubted by the rules of the month's form, and taken over all the same."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eduportal.base.sheets import write_xlsx
from reports.resources import ReportedFigures
from targets.models import Observation
from tests.reports.page import figures
from tests.sheets import run, sheet

pytestmark = pytest.mark.usefixtures("in_november")
HEADINGS = ["Mã trường", "Tháng", "Số liệu", "Giá trị", "Giải trình"]
IMPORT = "/administration/lists/figures/"
NO_CLASSES = "Số lớp: không có, trong khi có 380 học sinh, trẻ."


def line(stem, value, remark="", *, school="NS010002", level="primary"):
    return [school, "11/2026", f"{level}.{stem}", value, remark]


def warnings(outcome) -> list[tuple[int, str]]:
    return [(one["number"], one["message"]) for one in outcome.warnings]


def test_doubts_stand_at_their_rows_and_stop_nothing(row, cast):
    table = sheet(HEADINGS, line("pupils", "380"), line("teachers", "40"), line("classes", "0"))
    outcome = run(ReportedFigures(by=cast.admin), table)
    assert (outcome.faults, outcome.new, outcome.warned) == (0, 3, 3)
    assert [number for number, _ in warnings(outcome)] == [3, 4, 4]
    told = {message for _, message in warnings(outcome)}
    assert "Số giáo viên: 40, kỳ trước 21." in told
    assert any(message.startswith(NO_CLASSES) and message != NO_CLASSES for message in told)
    assert outcome.warnings[0]["about"] == "TH Suối Mây · tháng 11/2026 · primary.teachers"
    assert figures(row) == {"pupils": 380, "teachers": 40, "classes": 0}


def test_a_preview_saves_nothing_and_warns_alike(row, cast):
    table = sheet(HEADINGS, line("pupils", "500"))
    outcome = run(ReportedFigures(by=cast.admin), table, dry_run=True)
    assert warnings(outcome) == [(2, "Số học sinh: 500, kỳ trước 378.")]
    assert figures(row) == {}


def test_what_is_missing_contradicts_nothing_and_zero_does(row, cast):
    missing = sheet(HEADINGS, line("pupils", "380"), line("classes", ""))
    assert warnings(run(ReportedFigures(by=cast.admin), missing, dry_run=True)) == []
    none = sheet(HEADINGS, line("pupils", "380"), line("classes", "không áp dụng"))
    [(number, message)] = warnings(run(ReportedFigures(by=cast.admin), none, dry_run=True))
    assert (number, message.startswith(NO_CLASSES)) == (3, True)


def test_a_reason_in_the_file_answers_the_doubt(row, cast):
    table = sheet(HEADINGS, line("pupils", "500", "Nhận học sinh điểm trường Nà Pắc"))
    assert run(ReportedFigures(by=cast.admin), table, dry_run=True).warned == 0


def test_a_figure_that_was_there_is_doubted_at_the_row_that_contradicts_it(row, cast):
    run(ReportedFigures(by=cast.admin), sheet(HEADINGS, line("classes", "0", "Chưa chia lớp")))
    Observation.objects.filter(period=row.period).update(remark="")
    outcome = run(ReportedFigures(by=cast.admin), sheet(HEADINGS, line("pupils", "380")))
    [(number, message)] = warnings(outcome)
    assert (number, message.startswith(NO_CLASSES)) == (2, True)


def test_what_the_file_does_not_touch_is_not_its_doubt(row, cast):
    run(ReportedFigures(by=cast.admin), sheet(HEADINGS, line("pupils", "500")))
    assert run(ReportedFigures(by=cast.admin), sheet(HEADINGS, line("teachers", "21"))).warned == 0


def test_faults_come_first(row, cast):
    table = sheet(HEADINGS, line("pupils", "500"), line("teachers", "nhiều"))
    outcome = run(ReportedFigures(by=cast.admin), table)
    assert (outcome.faults, outcome.warned) == (1, 0)


def test_the_preview_shows_them_above_the_button_that_takes_over(row, cast, client_of):
    content = write_xlsx("a", HEADINGS, [line("pupils", "500")])
    client = client_of(cast.admin)
    where = client.post(IMPORT, {"file": SimpleUploadedFile("a.xlsx", content)}).headers["Location"]
    page = client.get(where)
    assert "Số học sinh: 500, kỳ trước 378." in page.text
    assert not page.context["is_saved"]
    assert "<button" in page.text.split("<main")[1]
    client.post(where)
    assert figures(row) == {"pupils": Decimal(500)}


SCHOOLS = [("NS010002", "primary"), ("NS020001", "primary"), ("NS010001", "preschool")]


@pytest.mark.parametrize("schools", [1, 3])
def test_it_costs_the_same_for_many(months, cast, schools):
    """Rules, month before, both months' figures, levels taught; and the names of measures."""
    lines = [line("pupils", "500", school=code, level=level) for code, level in SCHOOLS[:schools]]
    resource = ReportedFigures(by=cast.admin)
    run(resource, sheet(HEADINGS, *lines))
    with CaptureQueriesContext(connection) as captured:
        list(resource.warnings())
    assert len(captured) == 6
