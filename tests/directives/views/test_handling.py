"""The handling books: on a page, on paper and as a workbook."""

import datetime as dt
import io

import pdfplumber
import pytest
from openpyxl import load_workbook

from directives.actions.drafting import Arrival, draft_directive
from directives.actions.incoming import instruct
from directives.actions.issuing import issue_directive
from directives.models import Addressee, Assignment, Directive, Reference
from directives.views import handling
from directives.writing import pdf
from tests.conftest import TODAY, queries_of
from tests.directives.samples import LETTER
from tests.factories import DirectiveFactory

BOOK = "/tasks/book/"
DAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC))


@pytest.fixture
def arrived(cast, province) -> Directive:
    """Came in, instructed, not issued onward yet."""
    directive = draft_directive(
        office=province.department,
        text=LETTER,
        by=cast.registrar,
        today=TODAY,
        direction="incoming",
        arrival=Arrival("UBND tỉnh Ngọc Sơn", DAY),
    )
    instruct(
        directive=directive,
        version=directive.version,
        unit=province.primary_division,
        text="Tham mưu trước 30/11",
        deadline=dt.date(2026, 11, 30),
        by=cast.leader,
    )
    return directive


@pytest.fixture
def rows(client_of):
    """The cells of a book as a person reads it."""

    def read(who, **asked) -> list[list[str]]:
        page = client_of(who).get(BOOK, asked)
        assert page.status_code == 200
        return [[cell for _column, cell in cells] for _url, cells in page.context["lines"]]

    return read


def test_what_came_in_in_the_columns_of_the_decree(cast, arrived, rows):
    assert rows(cast.staff) == [
        [
            "1",
            "Công văn số 215/SGDĐT-GDPT ngày 02/11/2026 của UBND tỉnh Ngọc Sơn: "
            "chuẩn bị sơ kết học kỳ I năm học 2026-2027",
            "P. GDTH",
            "30/11/2026",
            "Đã chuyển xử lý",
            "",
            "Đến ngày 20/11/2026",
        ]
    ]


def test_what_became_of_it_and_what_answers_it(cast, province, arrived, rows):
    issue_directive(directive=arrived, version=arrived.version, by=cast.staff, today=TODAY)
    Assignment.objects.filter(task__path="1").update(state="done", reported_done_on=DAY)
    answer = DirectiveFactory(issued=True, office=province.department, number="80")
    Reference.objects.create(
        directive=answer, number="215", symbol="SGDĐT-GDPT", raw="CV 215", span_start=0, span_end=5
    )
    [row] = rows(cast.staff)
    assert row[4:6] == ["Hoàn thành 4/10", "80/SGDĐT-GDPT"]


def test_tasks_that_the_office_set(cast, issued_letter, rows):
    found = rows(cast.staff, book="tasks")
    assert [row[0] for row in found] == ["1", "2", "3", "4", "5"]
    assert found[1][1] == "215/SGDĐT-GDPT ngày 02/11/2026"
    assert found[1][2].startswith("Mục 2: ")
    assert (found[0][3], found[0][6]) == (
        "các trường mầm non; các trường tiểu học; các trường THCS; các trường THPT",
        "Hoàn thành 0/4",
    )


def test_a_school_has_the_book_of_what_it_was_given(cast, issued_letter, rows, client_of):
    found = rows(cast.principal)
    assert len(found) == 3
    assert found[0][1] == "Công văn số 215/SGDĐT-GDPT ngày 02/11/2026 của Sở GDĐT tỉnh Ngọc Sơn"
    assert {row[6] for row in found} == {"Đang thực hiện, trong hạn"}
    # Another book does not exist for it.
    assert client_of(cast.principal).get(BOOK, {"book": "tasks"}).status_code == 422


def test_nothing_of_another_office(cast, arrived, issued_letter, rows):
    assert [rows(cast.outsider, book=book) for book in ("arrivals", "tasks", "own")] == [[], [], []]
    assert rows(cast.commune_officer, book="tasks") == []


def test_days_narrow_it(cast, arrived, rows, client_of):
    assert rows(cast.staff, first="21/11/2026") == []
    assert len(rows(cast.staff, first="20/11/2026", last="20/11/2026")) == 1
    answer = client_of(cast.staff).get(BOOK, {"first": "20/11/2026", "last": "01/11/2026"})
    assert answer.status_code == 422
    assert "Ngày này đứng trước ngày đầu" in answer.content.decode()


def test_on_paper_across_the_page(cast, arrived, client_of):
    answer = client_of(cast.staff).get(f"{BOOK}pdf/")
    assert answer["Content-Type"] == "application/pdf"
    with pdfplumber.open(io.BytesIO(answer.content)) as file:
        page = file.pages[0]
        assert page.width > page.height
        words = " ".join(page.extract_text().split())
        table = page.extract_tables()[-1]
    assert "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN Từ ngày 01/01/2026 đến ngày 22/11/2026" in words
    assert "SỞ GIÁO DỤC VÀ ĐÀO TẠO" in words
    assert " ".join(table[0][5].split()) == "Số, ký hiệu văn bản trả lời"
    assert table[1] == [f"({place})" for place in range(1, 8)]
    assert [" ".join(cell.split()) for cell in table[2]][2:5] == ["P. GDTH", "30/11/2026", "Đã chuyển xử lý"]


def test_a_book_too_long_to_print_says_what_to_do(cast, issued_letter, client_of, monkeypatch):
    monkeypatch.setattr(handling, "MOST_PRINTED", 2)
    answer = client_of(cast.staff).get(f"{BOOK}pdf/", {"book": "tasks"}, follow=True)
    assert answer.redirect_chain == [("/tasks/book/?book=tasks", 302)]
    assert "Mỗi lần chỉ in được 2 dòng" in answer.content.decode()


def test_an_empty_book_leads_back_to_its_page(cast, client_of, province):
    for file in ("pdf", "workbook"):
        answer = client_of(cast.staff).get(f"{BOOK}{file}/", {"book": "own"}, follow=True)
        assert answer.redirect_chain == [("/tasks/book/?book=own", 302)]
        assert "chưa có gì trong sổ" in answer.content.decode()


def test_without_a_font_it_says_what_is_missing(cast, arrived, client_of, monkeypatch):
    monkeypatch.setattr(pdf, "missing_fonts", lambda: ["Tinos"])
    assert "Tinos" in client_of(cast.staff).get(f"{BOOK}pdf/", follow=True).content.decode()


def test_as_a_workbook_of_all_rows(cast, issued_letter, client_of, monkeypatch):
    monkeypatch.setattr(handling, "PAGE", 1)
    answer = client_of(cast.staff).get(f"{BOOK}workbook/", {"book": "tasks"})
    assert "so-nhiem-vu-giao-20260101-20261122.xlsx" in answer["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][0] == "SỔ THEO DÕI THỰC HIỆN NHIỆM VỤ GIAO"
    assert cells[3][:3] == ["TT", "Số, ký hiệu, ngày tháng văn bản giao", "Nội dung nhiệm vụ"]
    assert [row[0] for row in cells[4:]] == ["(1)", "1", "2", "3", "4", "5"]


@pytest.mark.parametrize("amount", [1, 3])
@pytest.mark.parametrize(("book", "queries"), [("tasks", 8), ("own", 5)])
def test_as_many_queries_for_one_as_for_three(cast, client_of, issued_letter, book, queries, amount):
    who = cast.staff if book == "tasks" else cast.principal
    paths = ["2", "4", "5"] if book == "tasks" else ["1", "3", "5"]
    kept = [task.pk for task in issued_letter.tasks.filter(path__in=paths)[:amount]]
    Assignment.objects.exclude(task__in=kept).delete()
    issued_letter.tasks.exclude(pk__in=kept).update(is_tracked=False)
    # Each names a unit, so that whatever is looked up for one is looked up for three.
    Addressee.objects.filter(task__in=kept).update(kind="unit", level="", unit=cast.principal.unit)
    assert queries_of(client_of(who), BOOK, book=book) == queries
