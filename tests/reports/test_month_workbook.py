"""The month as an Excel workbook: what is in it, and what a filled one changes."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from directives.models import ProgressEntry
from reports.models import FieldSaving, MonthlyReport
from reports.workbook import NAME, SEEN, TICK, VALUE, WORDS
from targets.arithmetic import NOT_APPLICABLE
from tests.reports.months import assign
from tests.reports.page import figures, fresh, typed, url

pytestmark = pytest.mark.usefixtures("in_november")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PUPILS = "Số học sinh"


class Book:
    """A workbook in somebody's hands."""

    def __init__(self, content: bytes):
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet = self.book.worksheets[0]

    def row(self, label: str) -> int:
        """The first that begins so."""
        return next(cell.row for cell in self.sheet["A"] if str(cell.value or "").startswith(label))

    def write(self, label: str, value: Any, column: int = VALUE) -> None:
        self.sheet.cell(self.row(label), column).value = value

    def values(self, label: str) -> list[Any]:
        return [self.sheet.cell(self.row(label), column).value for column in range(1, WORDS + 1)]

    @property
    def content(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


@pytest.fixture
def clerk(cast, client_of) -> Any:
    return client_of(cast.clerk)


def download(client: Any, row: MonthlyReport) -> Book:
    answer = client.get(url(row, "report_workbook_file"))
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    return Book(answer.content)


def upload(client: Any, row: MonthlyReport, content: bytes, name: str = "thang.xlsx") -> Any:
    file = SimpleUploadedFile(name, content, XLSX)
    return client.post(url(row, "report_workbook"), {"version": row.version, "workbook": file})


def test_what_stands_in_it(row, clerk):
    clerk.post(url(row), typed(row, primary__pupils="1.380", difficulties="=Thiếu phòng", save=""))
    book = download(clerk, row)
    assert book.values(PUPILS) == [PUPILS, 360, 378, 1380, None, None]
    assert book.values("Khó khăn")[WORDS - 1] == "=Thiếu phòng"
    assert book.sheet.cell(book.row("Khó khăn"), WORDS).data_type == "s"
    hidden = {letter for letter, one in book.sheet.column_dimensions.items() if one.hidden}
    assert hidden == {"G", "H"}


def test_a_filled_one_is_a_draft_of_the_month(row, clerk, province, cast):
    (assignment,) = assign(province, cast, province.cloud_primary, deadline=None)
    book = download(clerk, row)
    book.write("Số lớp", 12)
    book.write("Số giáo viên", "x", TICK)
    book.write(assignment.task.text, 40)
    book.write(assignment.task.text, "Đã họp", WORDS)
    book.write("Đề xuất", "Cấp thêm bàn ghế", WORDS)
    answer = upload(clerk, row, book.content)
    assert (answer.status_code, answer.url) == (302, url(row))
    assert figures(row) == {"classes": 12, "teachers": NOT_APPLICABLE}
    (entry,) = ProgressEntry.objects.all()
    assert (entry.percent, entry.note, entry.sent_at) == (40, "Đã họp", None)
    assert (fresh(row).state, fresh(row).proposals) == ("expected", "Cấp thêm bàn ghế")


def test_the_same_file_once_more_changes_nothing(row, clerk, cast, client_of):
    book = download(clerk, row)
    book.write("Số lớp", 12)
    content = book.content
    upload(clerk, row, content)
    client_of(cast.principal).post(url(row), typed(fresh(row), primary__classes="13", save=""))
    upload(clerk, row, content)
    assert figures(row)["classes"] == 13
    assert FieldSaving.objects.count() == 1


def test_each_wrong_cell_is_named_and_nothing_is_saved(row, clerk):
    book = download(clerk, row)
    book.write("Số lớp", 12)
    book.write("Số giáo viên", "nhiều")
    book.sheet.cell(book.row("Số học sinh có mặt"), VALUE).value = 99_999
    answer = upload(clerk, row, book.content)
    assert answer.status_code == 422
    told = answer.context["wrong"]
    teachers, present = book.row("Số giáo viên"), book.row("Số học sinh có mặt")
    assert sorted(one.split(",")[0] for one in told) == sorted([f"D{teachers}", f"D{present}"])
    assert figures(row) == {}


def test_over_what_somebody_saved_meanwhile_nothing_is_written(row, clerk, cast, client_of):
    book = download(clerk, row)
    client_of(cast.principal).post(url(row), typed(row, primary__classes="13", save=""))
    book.write("Số lớp", 12)
    answer = upload(clerk, row, book.content)
    assert answer.status_code == 409
    assert answer.context["asked"] == [{"label": "Số lớp", "stored": "13", "yours": "12"}]
    assert figures(row)["classes"] == 13
    assert FieldSaving.objects.get().outcome == "asked"


def test_an_untouched_one_says_so(row, clerk):
    clerk.post(url(row), typed(row, primary__pupils="1.380", primary__attending="1.371", save=""))
    version = fresh(row).version
    answer = upload(clerk, fresh(row), download(clerk, row).content)
    assert answer.status_code == 302
    assert fresh(row).version == version


def test_rows_sorted_and_added_still_find_their_place(row, clerk):
    book = download(clerk, row)
    book.write("Số lớp", 12)
    book.sheet.insert_rows(6, 3)
    book.sheet.cell(7, 1).value = "ghi chú của tôi"
    book.sheet.cell(7, VALUE).value = 7
    assert upload(clerk, row, book.content).status_code == 302
    assert figures(row) == {"classes": 12}


@pytest.mark.parametrize("change", ["other_unit", "other_file", "broken", "not_excel"])
def test_what_is_no_workbook_of_this_month(row, clerk, change):
    book = download(clerk, row)
    name, content = "thang.xlsx", b""
    if change == "other_unit":
        book.sheet.cell(1, NAME).value = "eduportal-month:999999"
    if change == "other_file":
        book.sheet.cell(1, NAME).value = None
    content = book.content
    if change == "broken":
        content = content[: len(content) // 2]
    if change == "not_excel":
        name, content = "thang.pdf", b"%PDF-1.7\n"
    answer = upload(clerk, row, content, name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["workbook"]
    assert figures(row) == {}


def test_hidden_cells_that_were_tampered_with_say_nothing(row, clerk):
    book = download(clerk, row)
    book.write("Số lớp", 12)
    book.sheet.cell(book.row("Số giáo viên"), NAME).value = '["version"]'
    book.sheet.cell(book.row("Số học sinh có mặt"), SEEN).value = "{"
    assert upload(clerk, row, book.content).status_code == 302
    assert figures(row) == {"classes": 12}


def test_what_was_sent_is_not_changed_by_a_file(sent, row, clerk):
    answer = upload(clerk, row, download(clerk, row).content)
    assert (answer.status_code, answer.url) == (302, url(row))
    assert "version" not in clerk.get(url(row, "report_workbook")).text


@pytest.mark.parametrize("who", ["staff", "commune_officer"])
def test_offices_fill_in_no_workbook(row, cast, client_of, who):
    client = client_of(getattr(cast, who))
    assert client.get(url(row, "report_workbook_file")).status_code == 403
    assert client.post(url(row, "report_workbook")).status_code == 403
