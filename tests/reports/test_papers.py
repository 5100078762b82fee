"""Reports and briefings on paper: what the PDF says and where it stands."""

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import pdfplumber
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from directives.reading import text_of_file
from directives.writing.document import Table
from directives.writing.pdf import to_pdf
from eduportal.base.numbers import parse_number
from eduportal.base.uploads import DOCX
from reports import actions
from reports.actions.briefing import build_briefing
from reports.actions.meeting import hold_meeting
from reports.models import MonthlyReport
from reports.papers import (
    FigureText,
    Head,
    ReportPaper,
    TaskText,
    figure_text,
    report_document,
    signed,
)
from schools.periods import Named
from targets.arithmetic import NOT_APPLICABLE
from tests.conftest import TODAY
from tests.reports.months import BRIEFING_DAY, BRIEFING_TIME, assign, october_and_november, report
from tests.reports.page import OCTOBER_DAY, url

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, 195 * MM, 20 * MM, 277 * MM
HEAD = Head(
    superior="UBND XÃ SUỐI MÂY",
    issuer="Trường Tiểu học Suối Mây",
    place="Suối Mây",
    issued_on=dt.date(2026, 12, 5),
    symbol="",
    signed_as=("HIỆU TRƯỞNG",),
    signer="Trần Thị Hoa",
)
PUPILS = FigureText("primary", "Số học sinh", Decimal(1280), Decimal(1268), Decimal(1301))
PAPER = ReportPaper(
    head=HEAD,
    unit="Trường Tiểu học Suối Mây",
    addressee="UBND xã Suối Mây",
    period=Named("month", 2026, 11),
    figures=(PUPILS,),
    tasks=(
        TaskText("Rà soát cơ sở vật chất.", "12/SGDĐT-GDPT", dt.date(2026, 12, 14), "running", 60, "Đã họp."),
    ),
    difficulties="Mái che hư hỏng.",
    proposals="",
    is_draft=False,
)


def opened(content: bytes) -> pdfplumber.PDF:
    return pdfplumber.open(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """All words in the order of the page, a space between any two."""
    with opened(content) as file:
        return " ".join(" ".join(page.extract_text() for page in file.pages).split())


def printed(client, row, name: str = "report_pdf") -> bytes:
    answer = client.get(url(row, name))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["X-Content-Type-Options"] == "nosniff"
    return answer.content


# --- the report ---------------------------------------------------------------------------------------------


def test_a_report_says_what_the_page_says(months, row, province, cast, client_of, in_november):
    (todo,) = assign(province, cast, province.cloud_primary, deadline=dt.date(2026, 12, 14))
    saved = actions.save_report(
        report=row,
        version=1,
        figures={
            "primary.classes": Decimal(12),
            "primary.pupils": Decimal(1380),
            "primary.attending": Decimal(1371),
            "primary.teachers": NOT_APPLICABLE,
        },
        remarks={"primary.pupils": "Nhận thêm học sinh"},
        progress=[actions.ProgressDraft(todo, percent=60, note="Đã họp tổ chuyên môn")],
        difficulties="Mưa lũ.",
        proposals="Xin cầu.",
        by=cast.clerk,
        now=OCTOBER_DAY,
    )
    sent = actions.send_report(
        report=saved, version=saved.version, by=cast.principal, now=OCTOBER_DAY + dt.timedelta(days=25)
    )
    text = text_of(printed(client_of(cast.commune_officer), sent))
    for words in [
        "UBND XÃ SUỐI MÂY",
        "TRƯỜNG TIỂU HỌC",
        "Số: /BC-………",
        "Ngọc Sơn, ngày 22 tháng 11 năm 2026",
        "BÁO CÁO",
        "Công tác tháng 11 năm 2026",
        "Kính gửi: UBND xã Suối Mây",
        "Số học sinh 1.380 378 +1.002 360",
        "không áp",
        "Số học sinh: Nhận thêm học sinh.",
        f"({todo.task.directive.full_number}), thời hạn 14/12/2026: đang thực hiện, trong hạn, đạt 60%.",
        "Đã họp tổ chuyên môn.",
        "Mưa lũ.",
        "Xin cầu.",
        "HIỆU TRƯỞNG",
        "Trần Thị Hoa",
        "Nơi nhận:",
    ]:
        assert words in text, words
    assert "BẢN NHÁP" not in text


def test_what_is_not_sent_is_the_units_own_and_marked_as_a_draft(row, cast, client_of, in_november):
    figures = {"primary.classes": Decimal(12)}
    actions.save_report(report=row, version=1, figures=figures, by=cast.clerk, now=OCTOBER_DAY)
    text = text_of(printed(client_of(cast.clerk), row))
    assert "BẢN NHÁP" in text
    assert "Ngọc Sơn, ngày … tháng … năm 2026" in text
    assert client_of(cast.commune_officer).get(url(row, "report_pdf")).status_code == 403


def test_a_communes_report_has_its_own_letterhead(months, province, cast, client_of, in_november):
    own = report(province.cloud_commune, months[2], sent_on=TODAY).of_population()
    text = text_of(printed(client_of(cast.staff), own))
    for words in [
        "PHÒNG VĂN HÓA - XÃ HỘI",
        "/BC-VHXH",
        "Kính gửi: Sở GDĐT tỉnh Ngọc Sơn",
        "Dân số trong độ tuổi",
        "Số trẻ 6 tuổi trên địa bàn 79 – – –",
        "GIÁM ĐỐC",
        "Lý Thị Mai",
    ]:
        assert words in text


ACTING = {
    True: ["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"],
    False: ["Q. HIỆU TRƯỞNG"],
}


@pytest.mark.parametrize("beside_principal", [True, False])
def test_an_acting_principal_signs_as_such(row, cast, client_of, in_november, beside_principal):
    deputy = cast.clerk
    type(deputy).objects.filter(pk=deputy.pk).update(
        role="principal", is_acting=True, valid_to=dt.date(2026, 12, 31)
    )
    if not beside_principal:
        type(deputy).objects.filter(pk=cast.principal.pk).update(valid_to=TODAY)
    deputy = type(deputy).objects.get(pk=deputy.pk)
    saved = actions.save_report(
        report=row,
        version=1,
        figures={f"primary.{stem}": Decimal(5) for stem in ("classes", "pupils", "attending", "teachers")},
        by=deputy,
        now=OCTOBER_DAY,
    )
    sent = actions.send_report(
        report=saved, version=2, by=deputy, now=dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
    )
    assert sent.signed_as.splitlines() == ACTING[beside_principal]
    text = text_of(printed(client_of(cast.commune_officer), MonthlyReport.objects.get(pk=row.pk)))
    assert all(line in text for line in ACTING[beside_principal])
    assert "Bùi Văn Tâm" in text


# --- its page -----------------------------------------------------------------------------------------------


def many(figures: int, tasks: int = 1) -> ReportPaper:
    return replace(
        PAPER,
        figures=tuple(replace(PUPILS, name=f"Số liệu thứ {n}") for n in range(figures)),
        tasks=PAPER.tasks * tasks,
    )


def test_tables_have_black_rules_within_the_margins_and_numbers_to_the_right():
    with opened(to_pdf(report_document(PAPER))) as file:
        page = file.pages[0]
        (table,) = page.find_tables()
        x0, top, x1, bottom = table.bbox
        assert (x0, x1) == pytest.approx((LEFT, RIGHT), abs=1.5)
        assert TOP <= top < bottom <= BOTTOM
        assert {
            tuple(edge["non_stroking_color"] or (0,)) for edge in page.rects if edge["top"] >= top - 1
        } <= {
            (0,),
            (0, 0, 0),
            (0.0,),
        }
        rows = table.extract()
        assert rows[1] == ["Số học sinh", "1.280", "1.268", "+12", "1.301"]
        cell = table.rows[1].cells[1]
        figure = page.crop(cell).chars
        assert figure[-1]["x1"] == pytest.approx(cell[2] - 4, abs=2)


def test_the_head_of_a_long_table_is_on_every_page_and_no_row_is_lost():
    with opened(to_pdf(report_document(many(70)))) as file:
        tables = [table.extract() for page in file.pages for table in page.find_tables()]
    assert len(tables) >= 2
    heads = {tuple(" ".join(cell.split()) for cell in table[0]) for table in tables}
    assert heads == {("Số liệu", "Tháng 11/2026", "Tháng 10/2026", "Tăng, giảm", "Cùng kỳ 11/2025")}
    names = [row[0] for table in tables for row in table[1:]]
    assert names == [f"Số liệu thứ {n}" for n in range(70)]


def test_a_short_table_is_not_divided():
    for tasks in range(6, 12):
        document = report_document(many(4, tasks))
        (table,) = [block for block in document.body if isinstance(block, Table)]
        *others, closing = [block for block in document.body if block is not table]
        moved = replace(document, body=(*others, table, closing))
        with opened(to_pdf(moved)) as file:
            found = [found.extract() for page in file.pages for found in page.find_tables()]
        assert [len(rows) for rows in found] == [5]


def test_the_signature_is_never_orphaned_and_pages_are_numbered_from_the_second():
    for tasks in range(8, 18):
        with opened(to_pdf(report_document(many(4, tasks)))) as file:
            pages = [page.extract_text() for page in file.pages]
        last = pages[-1]
        assert "HIỆU TRƯỞNG" in last
        assert "Trần Thị Hoa" in last
        before = last.split("Nơi nhận")[0].splitlines()
        assert len([line for line in before if not line.isdecimal()]) >= 2
        assert [page.splitlines()[0] for page in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]
        assert not pages[0].startswith("1\n")


# --- the briefing -------------------------------------------------------------------------------------------


@pytest.fixture
def briefing(province, cast, time_machine):
    time_machine.move_to(BRIEFING_TIME, tick=False)
    _, november = october_and_november(province, cast, missing=[province.high_school])
    return build_briefing(
        office=province.department, period=november, by=None, today=BRIEFING_DAY, now=BRIEFING_TIME
    )


def test_a_briefing_on_paper_has_the_same_figures(briefing, cast, client_of):
    address = reverse("reports:briefing_pdf", args=[briefing.pk])
    text = text_of(client_of(cast.leader).get(address).content)
    for words in [
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
        "/BC-SGDĐT",
        "Ngọc Sơn, ngày 07 tháng 12 năm 2026",
        "BÁO CÁO",
        "Giao ban công tác tháng 11 năm 2026",
        "I. GIÁO DỤC MẦM NON",
        "Số trẻ 152 150 +2",
        "Tỷ lệ đi học chuyên cần 93,4% 94% −0,6 điểm %",
        "(trường học 03/04; xã, phường 02/02)",
        "GIÁM ĐỐC",
        "Đỗ Thị Lan",
        "BẢN NHÁP",
    ]:
        assert words in text, words


def test_with_its_meeting_a_briefing_is_no_draft(briefing, cast, client_of):
    hold_meeting(
        briefing=briefing, title="Giao ban", held_at=BRIEFING_TIME, place="Sở", chair="Lan", by=cast.staff
    )
    address = reverse("reports:briefing_pdf", args=[briefing.pk])
    answer = client_of(cast.leader).get(address)
    assert answer["Content-Disposition"] == "inline; filename*=UTF-8''giao-ban-2026-11-NS.pdf"
    assert "BẢN NHÁP" not in text_of(answer.content)


def test_without_a_font_the_page_says_so(briefing, cast, client_of, monkeypatch):
    monkeypatch.setattr("directives.writing.pdf.missing_fonts", lambda: ["Tinos"])
    answer = client_of(cast.leader).get(reverse("reports:briefing_pdf", args=[briefing.pk]), follow=True)
    assert answer.redirect_chain[0][0] == briefing.get_absolute_url()
    assert "Tinos" in answer.text


# --- as Word files ------------------------------------------------------------------------------------------


def in_word(answer) -> str:
    assert (answer.status_code, answer["Content-Type"]) == (200, DOCX.content_type)
    return text_of_file(answer.content).text


def test_a_briefing_in_word_has_the_figures_of_its_pdf(briefing, cast, client_of):
    answer = client_of(cast.leader).get(reverse("reports:briefing_docx", args=[briefing.pk]))
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''giao-ban-2026-11-NS.docx"
    text = in_word(answer)
    for words in ["BẢN NHÁP", "I. GIÁO DỤC MẦM NON", "Số trẻ | 152 | 150 | +2", "93,4% | 94% | −0,6 điểm %"]:
        assert words in text, words
    assert (
        client_of(cast.outsider).get(reverse("reports:briefing_docx", args=[briefing.pk])).status_code == 404
    )


def test_a_report_in_word_is_for_those_who_see_its_pdf(row, cast, client_of, in_november):
    figures = {"primary.classes": Decimal(12)}
    actions.save_report(report=row, version=1, figures=figures, by=cast.clerk, now=OCTOBER_DAY)
    answer = client_of(cast.clerk).get(url(row, "report_docx"))
    assert f"bao-cao-2026-11-{row.unit.code}.docx" in answer["Content-Disposition"]
    assert "BẢN NHÁP" in in_word(answer)
    assert client_of(cast.commune_officer).get(url(row, "report_docx")).status_code == 403


# --- figures in words ---------------------------------------------------------------------------------------


def test_missing_zero_and_not_applicable_are_three_things():
    assert [figure_text(one) for one in (None, Decimal(0), NOT_APPLICABLE)] == ["–", "0", "không áp dụng"]


@given(st.decimals(min_value=0, max_value=10**9, places=0))
def test_a_printed_figure_reads_back_as_itself(value):
    assert parse_number(figure_text(value)) == value


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_a_difference_keeps_its_sign(value):
    shown = signed(Decimal(value))
    assert shown[0] == ("0" if value == 0 else "+" if value > 0 else "−")
    assert parse_number(shown.lstrip("+−")) == abs(value)
