"""Entering documents: who may, what is kept, what is refused."""

import datetime as dt
import logging

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from directives.models import Annex, ArrivalRegister, Directive
from tests.directives.reading.files.builders import plain_pdf, plain_word, printed
from tests.directives.reading.files.test_pdf import SCAN
from tests.directives.samples import LETTER
from trail.models import AuditEvent, Job, StoredFile

NEW = "/documents/new/"
NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)
ARRIVAL = {"direction": "incoming", "sender": "UBND tỉnh Ngọc Sơn", "arrived_on": "20/11/2026"}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOON, tick=False):
        yield


def post(client, **data):
    return client.post(NEW, {"direction": "outgoing", **data})


def uploaded(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("who", ["leader", "admin", "principal", "clerk"])
def test_only_staff_and_registrars_enter_documents(cast, client_of, who):
    client = client_of(getattr(cast, who))
    assert (client.get(NEW).status_code, post(client, text=LETTER).status_code) == (403, 403)
    assert not Directive.objects.exists()


def test_a_pasted_document_is_read_and_put_up_for_review(cast, client_of, province):
    response = post(client_of(cast.staff), text=LETTER)
    directive = Directive.objects.get()
    assert response.url == f"/documents/{directive.pk}/review/"
    assert (directive.office_id, directive.tasks.count()) == (province.department.pk, 5)
    assert (directive.direction, directive.arrival_number, directive.sender) == ("outgoing", None, "")


def test_a_department_within_enters_in_the_name_of_its_office(cast, client_of, province):
    post(client_of(cast.division_staff), text=LETTER)
    assert Directive.objects.get().office_id == province.department.pk


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Công văn 215.txt", LETTER.encode("utf-16")),
        ("Công văn 215.docx", plain_word(LETTER)),
        ("Công văn 215.pdf", plain_pdf(LETTER)),
    ],
    ids=["txt", "docx", "pdf"],
)
def test_an_uploaded_document_is_kept_as_it_came(cast, client_of, name, content):
    post(client_of(cast.staff), text="", file=uploaded(content, name))
    directive = Directive.objects.get()
    assert (directive.full_number, directive.tasks.count()) == ("215/SGDĐT-GDPT", 5)
    with directive.original.file.open("rb") as file:
        assert (directive.original.name, file.read()) == (name, content)


def test_a_wrong_ending_is_put_right(cast, client_of):
    post(client_of(cast.staff), file=uploaded(plain_word(LETTER), "cv215.pdf"))
    assert Directive.objects.get().original.name == "cv215.docx"


def test_a_scan_is_kept_beside_its_pasted_text(cast, client_of):
    scan = printed(SCAN)
    client = client_of(cast.staff)
    post(client, file=uploaded(scan, "quet.pdf"), text=LETTER)
    directive = Directive.objects.get()
    assert (directive.text, directive.original.name, directive.original.size) == (
        LETTER,
        "quet.pdf",
        len(scan),
    )


def test_a_mail_is_read_as_it_is_shown(cast, client_of):
    source = f"<html><body>{''.join(f'<p>{line}</p>' for line in LETTER.splitlines())}</body></html>"
    for given in ({"text": source}, {"file": uploaded(source.encode(), "thu.html")}):
        post(client_of(cast.staff), **given)
    assert [one.full_number for one in Directive.objects.all()] == ["215/SGDĐT-GDPT"] * 2


def test_a_pasted_text_in_an_old_font_code_is_converted_and_told(cast, client_of):
    post(client_of(cast.staff), text="KÕ ho¹ch\n1. C¸c tr\xadêng tiÓu häc b¸o c¸o vÒ ®µo t¹o ®óng h¹n.")
    directive = Directive.objects.get()
    assert directive.text == "Kế hoạch\n1. Các trường tiểu học báo cáo về đào tạo đúng hạn."
    assert ("legacy_converted", {"code": "TCVN3"}) in [
        (one["code"], one["args"]) for one in directive.reading["doubts"]
    ]


def test_annexes_come_along(cast, client_of):
    annexes = [
        uploaded(plain_word("Danh sách trường"), "Phu luc 1.docx"),
        uploaded(plain_pdf("Mẫu"), "Mẫu.pdf"),
    ]
    post(client_of(cast.staff), text=LETTER, annexes=annexes)
    assert list(Annex.objects.values_list("title", "position", "file__name")) == [
        ("Phu luc 1", 1, "Phu luc 1.docx"),
        ("Mẫu", 2, "Mẫu.pdf"),
    ]


def test_what_was_typed_is_kept_when_something_is_wrong(cast, client_of):
    response = post(
        client_of(cast.staff), text=LETTER, annexes=uploaded(b"MZ", "a.exe"), **ARRIVAL | {"sender": ""}
    )
    form = response.context["form"]
    assert (response.status_code, sorted(form.errors)) == (422, ["annexes", "sender"])
    assert form["text"].value() == LETTER
    assert not Directive.objects.exists()


# --- what comes in ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["staff", "registrar", "commune_officer"])
def test_incoming_documents_take_the_next_arrival_number(cast, client_of, who):
    client = client_of(getattr(cast, who))
    for _ in range(2):
        post(client, text=LETTER, **ARRIVAL)
    rows = Directive.objects.order_by("pk").values_list("direction", "arrival_number", "arrived_on", "sender")
    day = dt.date(2026, 11, 20)
    assert list(rows) == [("incoming", n, day, "UBND tỉnh Ngọc Sơn") for n in (1, 2)]
    assert ArrivalRegister.objects.get().last_number == 2


def test_who_only_registers_sees_what_was_registered(cast, client_of):
    response = post(client_of(cast.registrar), text=LETTER, **ARRIVAL)
    assert response.url == f"/documents/{Directive.objects.get().pk}/"


def test_who_only_registers_enters_nothing_that_goes_out(cast, client_of):
    response = post(client_of(cast.registrar), text=LETTER)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["direction"])


@pytest.mark.parametrize(
    ("day", "field"), [("", "arrived_on"), ("23/11/2026", "arrived_on"), ("32/1/2026", "arrived_on")]
)
def test_the_arrival_date_is_a_day_that_has_been(cast, client_of, day, field):
    response = post(client_of(cast.staff), text=LETTER, **ARRIVAL | {"arrived_on": day})
    assert list(response.context["form"].errors) == ["arrived_on"]
    assert not ArrivalRegister.objects.exists()


# --- state secrets ------------------------------------------------------------------------------------------

SECRET = f"MẬT\n{LETTER}"
TWO_PAGES = "<p>Nội dung.</p><p style='page-break-before:always'>Trang sau.</p>"
HEADED = printed(TWO_PAGES, "@page { @top-left { content: 'MẬT' } }")
MARKED = {
    "pasted": lambda: {"text": SECRET},
    "txt": lambda: {"file": uploaded(SECRET.encode(), "a.txt")},
    "docx": lambda: {"file": uploaded(plain_word(SECRET), "a.docx")},
    "pdf": lambda: {"file": uploaded(plain_pdf(SECRET), "a.pdf")},
    "running head": lambda: {"file": uploaded(HEADED, "a.pdf")},
    "file beside a pasted text": lambda: {"text": LETTER, "file": uploaded(plain_pdf(SECRET), "a.pdf")},
    "annex": lambda: {"text": LETTER, "annexes": uploaded(plain_word(SECRET), "b.docx")},
}


@pytest.mark.parametrize("given", MARKED.values(), ids=MARKED)
def test_nothing_of_a_state_secret_stays_anywhere(cast, client_of, given, caplog, settings):
    with caplog.at_level(logging.DEBUG):
        response = post(client_of(cast.staff), **given())
    assert response.status_code == 422
    assert "MẬT" in str(response.context["form"].non_field_errors())
    left = [model.objects.count() for model in (Directive, StoredFile, Annex, AuditEvent, Job)]
    assert left[:3] + left[4:] == [0, 0, 0, 0]
    assert not AuditEvent.objects.filter(object_type="directives.directive").exists()
    assert not default_storage.exists("files") or default_storage.listdir("files") == ([], [])
    assert "Rà soát cơ sở vật chất" not in caplog.text
