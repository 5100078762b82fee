"""A unit's page of a form: saved in part, sent whole, and by way of a workbook."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from directives.models import Assignment, DataForm, FormReply
from directives.queries.dataforms import values_of
from tests.directives.work import NOW, given, keys, task_of, with_form


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def share(province, cast) -> Assignment:
    return given(task_of(province, cast), province.cloud_primary)[0]


@pytest.fixture
def form(share, cast) -> DataForm:
    return with_form(share.task, cast)


def typed(form, version=0, **answers) -> dict:
    """Answers by the place of their field: a0 is that to the first."""
    said = {
        "a0": "1.200",
        "a1": "98,5",
        "a2": "3/11/2026",
        "a3": "Cả tuần",
        "a4": "yes",
        "a5": "Thiếu phòng",
    }
    fields = keys(form)
    values = {f"f{fields[int(name[1:])]}": text for name, text in (said | answers).items()}
    return {"version": version} | values


def post(client, share, data, **more):
    return client.post(f"/tasks/{share.pk}/form/", data | more)


def stored(share) -> tuple[list, bool]:
    reply = FormReply.objects.filter(assignment=share).first()
    return [value for _key, value in sorted(values_of(reply).items())], bool(reply and reply.is_sent)


WHOLE = [Decimal(1200), Decimal("98.5"), NOW.date().replace(day=3), "Cả tuần", "yes", "Thiếu phòng"]


def test_the_clerk_prepares_and_the_principal_sends(cast, client_of, share, form):
    clerk, principal = client_of(cast.clerk), client_of(cast.principal)
    assert post(clerk, share, typed(form), save="").status_code == 302
    assert stored(share) == (WHOLE, False)
    assert post(clerk, share, typed(form, 1), send="").status_code == 403
    assert post(principal, share, typed(form, 1), send="").status_code == 302
    assert stored(share) == (WHOLE, True)


@pytest.mark.parametrize("who", ["staff", "leader", "commune_officer"])
def test_others_read_what_is_sent_and_nothing_before(cast, client_of, share, form, who):
    reader = client_of(getattr(cast, who))
    post(client_of(cast.principal), share, typed(form), save="")
    before = reader.get(f"/tasks/{share.pk}/form/")
    assert (before.context["reply"], "Thiếu phòng" in before.content.decode()) == (None, False)
    assert post(reader, share, typed(form, 2)).status_code == 403
    assert reader.get(f"/tasks/{share.pk}/form/workbook/").status_code == 403
    post(client_of(cast.principal), share, typed(form, 1), send="")
    assert "Thiếu phòng" in reader.get(f"/tasks/{share.pk}/form/").content.decode()


BAD = [
    ("a0", "98.5"), ("a0", "rất nhiều"), ("a0", "-1"), ("a1", "98.5"), ("a2", "31/02/2026"), ("a3", "Ở nhà"),
    ("a4", "có thể"), ("a5", "x" * 2001),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), BAD)
def test_what_is_wrong_stays_on_the_page_and_the_rest_is_saved(cast, client_of, share, form, name, text):
    response = post(client_of(cast.principal), share, typed(form, **{name: text}), send="")
    field = f"f{keys(form)[int(name[1:])]}"
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.context["form"][field].value() == text
    values, is_sent = stored(share)
    assert (len(values), is_sent) == (5, False)
    version = response.context["form"]["version"].value()
    assert post(client_of(cast.principal), share, typed(form, version), send="").status_code == 302
    assert stored(share) == (WHOLE, True)


def test_what_is_missing_is_asked_for_on_sending_only(cast, client_of, share, form):
    client = client_of(cast.principal)
    assert post(client, share, typed(form, a0="", a1="")).status_code == 302
    response = post(client, share, typed(form, 1, a0="", a1=""), send="")
    assert (response.status_code, list(response.context["form"].errors)) == (422, [f"f{keys(form)[0]}"])
    assert stored(share)[1] is False


def test_the_second_of_the_unit_sees_both(cast, client_of, share, form):
    post(client_of(cast.clerk), share, typed(form, a0="10"))
    response = post(client_of(cast.principal), share, typed(form, a0="12"), save="")
    assert response.status_code == 409
    assert [(row["stored"], row["yours"]) for row in response.context["conflict"]] == [("10", "12")]
    version = response.context["form"]["version"].value()
    post(client_of(cast.principal), share, typed(form, version, a0="12"), save="")
    assert stored(share)[0][0] == 12


def test_what_comes_after_sending_is_shown_to_be_copied(cast, client_of, share, form):
    client = client_of(cast.principal)
    post(client, share, typed(form), send="")
    response = post(client, share, typed(form, 2, a5="Viết thêm"), save="")
    assert (response.status_code, [row["yours"] for row in response.context["unsaved"]]) == (
        409,
        ["Viết thêm"],
    )
    assert stored(share) == (WHOLE, True)


def test_the_office_returns_the_form_with_a_reason(cast, client_of, share, form):
    principal, staff = client_of(cast.principal), client_of(cast.staff)
    url = f"/tasks/{share.pk}/form/return/"
    post(principal, share, typed(form), send="")
    version = staff.get(f"/tasks/{share.pk}/form/").context["back"]["version"].value()
    back = {"back-version": version, "back-reason": "Xem lại số lớp"}
    assert principal.post(url, back).status_code == 403
    assert client_of(cast.commune_officer).post(url, back).status_code == 403
    assert staff.post(url, back | {"back-reason": ""}).status_code == 422
    assert staff.post(url, back).status_code == 302
    page = principal.get(f"/tasks/{share.pk}/form/").content.decode()
    assert "Xem lại số lớp" in page
    assert stored(share) == (WHOLE, False)
    staff.post(url, back)
    assert FormReply.objects.get().return_reason == "Xem lại số lớp"


# --- workbooks


def book_of(client, share):
    response = client.get(f"/tasks/{share.pk}/form/workbook/")
    assert response["Content-Disposition"].startswith("attachment")
    return load_workbook(io.BytesIO(response.content))


def upload(client, share, book, version=0):
    stream = io.BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("bieu-mau.xlsx", stream.getvalue())
    return client.post(
        f"/tasks/{share.pk}/form/upload/", {"upload-version": version, "upload-workbook": file}
    )


def fill(book, *answers):
    for number, answer in enumerate(answers, start=6):
        book.active[f"D{number}"] = answer
    return book


def test_a_workbook_goes_out_and_comes_back(cast, client_of, share, form):
    client = client_of(cast.clerk)
    book = fill(book_of(client, share), 1200, 98.5, "03/11/2026", "ca tuan", "Có", "=không phải công thức")
    book.active["D11"].data_type = "s"
    assert upload(client, share, book).status_code == 302
    values, is_sent = stored(share)
    assert (values[:5], is_sent) == (WHOLE[:5], False)
    again = book_of(client, share).active
    assert [again[f"D{n}"].value for n in (6, 7, 9, 10)] == [1200, 98.5, "Cả tuần", "có"]
    assert [again["D11"].data_type, again["D11"].value] == ["s", "=không phải công thức"]


def test_each_wrong_cell_is_named_and_nothing_is_saved(cast, client_of, share, form):
    client = client_of(cast.clerk)
    book = fill(book_of(client, share), "nhiều", 98.5, "hôm qua", "Ở nhà", "Có", "")
    response = upload(client, share, book)
    assert response.status_code == 422
    assert [cell.partition(":")[0] for cell in response.context["cells"]] == [
        "D6, Số lớp", "D8, Ngày bắt đầu", "D9, Hình thức",
    ]  # fmt: skip
    assert stored(share) == ([], False)


def test_workbooks_of_others_and_other_files_are_not_read(cast, client_of, share, form, province):
    client = client_of(cast.principal)
    (next_door,) = given(share.task, province.orchid_preschool)
    foreign = book_of(client_of(cast.neighbour), next_door)
    assert upload(client, share, fill(foreign, 5)).status_code == 422
    for name, content in (("a.xlsx", b"PK\x03\x04"), ("a.png", b"\x89PNG\r\n\x1a\n"), ("a.xlsx", b"")):
        data = {"upload-version": 0, "upload-workbook": SimpleUploadedFile(name, content)}
        response = client.post(f"/tasks/{share.pk}/form/upload/", data)
        assert (response.status_code, list(response.context["upload"].errors)) == (422, ["workbook"])
    assert stored(share) == ([], False)


def test_a_workbook_over_newer_answers_is_compared(cast, client_of, share, form):
    client = client_of(cast.principal)
    book = fill(book_of(client, share), 7)
    post(client_of(cast.clerk), share, typed(form))
    response = upload(client, share, book, version=0)
    assert response.status_code == 409
    assert response.context["conflict"][0]["yours"] == "7"
    assert stored(share) == (WHOLE, False)


@pytest.mark.parametrize(("who", "status"), [("staff", 403), ("commune_officer", 403), ("neighbour", 404)])
def test_nobody_else_uploads(cast, client_of, share, form, who, status):
    book = book_of(client_of(cast.principal), share)
    assert upload(client_of(getattr(cast, who)), share, book).status_code == status
