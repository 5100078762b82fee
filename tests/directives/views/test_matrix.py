"""One document's tasks by the units that have them."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from directives.models import Assignment
from directives.views import matrix
from tests.conftest import queries_of


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC))


@pytest.fixture
def shown(client_of, issued_letter):
    """The rows as a person sees them: unit and, by the task's number, where each share stands."""

    def rows(who, **asked) -> dict[str, dict[str, str]]:
        page = client_of(who).get(f"/documents/{issued_letter.pk}/matrix/", asked)
        numbers = [column.number for column in page.context["columns"]]
        return {
            row.unit.short_name: {
                number: cell.shown for number, cell in zip(numbers, row.cells, strict=True) if cell
            }
            for row in page.context["rows"]
        }

    return rows


def test_a_row_a_unit_a_column_a_task(cast, shown):
    assert shown(cast.staff) == {
        "MN Hoa Ban": {"1": "running", "3": "running"},
        "Sở GDĐT": {"4": "no_deadline"},
        "TH Suối Mây": {"1": "running", "3": "running", "5": "running"},
        "TH&THCS Đồi Chè": {"1": "running", "2": "running", "5": "running"},
        "THPT Ngọc Sơn": {"1": "running"},
    }


def test_each_sees_the_rows_of_units_in_sight(cast, shown, client_of, issued_letter):
    assert set(shown(cast.commune_officer)) == {"MN Hoa Ban", "TH Suối Mây"}
    assert set(shown(cast.principal)) == {"TH Suối Mây"}
    for address in ("", "workbook/"):
        assert (
            client_of(cast.outsider).get(f"/documents/{issued_letter.pk}/matrix/{address}").status_code == 404
        )


def test_a_draft_has_none(cast, client_of, letter):
    assert client_of(cast.staff).get(f"/documents/{letter.pk}/matrix/").status_code == 404


def test_filters(cast, shown, issued_letter):
    Assignment.objects.filter(task__path="2").update(deadline=dt.date(2026, 11, 1))
    assert set(shown(cast.staff, standing="overdue")) == {"TH&THCS Đồi Chè"}
    assert set(shown(cast.staff, q="suoi may")) == {"TH Suối Mây"}
    assert len(shown(cast.staff, standing="x")) == 5
    assert shown(cast.staff, standing="paused") == {}


def test_what_is_done_of_what_counts(cast, client_of, issued_letter, province):
    theirs = Assignment.objects.filter(unit=province.tea_combined)
    theirs.filter(task__path="1").update(state="done", reported_done_on=dt.date(2026, 11, 20), percent=100)
    theirs.filter(task__path="2").update(state="cancelled")
    page = client_of(cast.staff).get(f"/documents/{issued_letter.pk}/matrix/")
    row = next(one for one in page.context["rows"] if one.unit.pk == province.tea_combined.pk)
    assert (row.done, row.counted) == (1, 2)
    columns = {one.number: (one.done, one.counted) for one in page.context["columns"]}
    assert columns["1"] == (1, 4)
    assert columns["2"] == (0, 0)
    # The sentence counts the same shares.
    assert "Tổng số nhiệm vụ giao: 9" in page.context["statistics"]


def test_many_units_come_in_pages(cast, shown, monkeypatch):
    monkeypatch.setattr(matrix, "PAGE", 3)
    assert [len(shown(cast.staff, page=page)) for page in (1, 2)] == [3, 2]


def test_the_workbook_holds_all_rows_of_the_filter(cast, client_of, issued_letter, monkeypatch):
    monkeypatch.setattr(matrix, "PAGE", 1)
    Assignment.objects.filter(task__path="1").update(percent=40)
    answer = client_of(cast.staff).get(f"/documents/{issued_letter.pk}/matrix/workbook/", {"q": "th"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0][:5] == ["TT", "Đơn vị", "Mã", "Điện thoại", "Đã hoàn thành"]
    assert rows[0][5].startswith("1. ")
    assert [row[1] for row in rows[1:-1]] == [
        "Trường Tiểu học Suối Mây",
        "Trường Tiểu học và Trung học cơ sở Đồi Chè",
        "Trường Trung học phổ thông Ngọc Sơn",
    ]
    assert rows[1][4:6] == ["0/3", "đang thực hiện, trong hạn (40%)"]
    assert rows[-1][1] == "Đã hoàn thành"


@pytest.mark.parametrize("amount", [1, 3])
def test_as_many_queries_for_one_as_for_three(cast, client_of, issued_letter, amount):
    kept = list(
        Assignment.objects.filter(task__path="1").order_by("pk").values_list("unit", flat=True)[:amount]
    )
    Assignment.objects.exclude(unit__in=kept).delete()
    assert queries_of(client_of(cast.staff), f"/documents/{issued_letter.pk}/matrix/") == 9
