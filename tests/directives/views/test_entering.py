"""Entering documents: who may, what is kept, what is refused."""

import datetime as dt
import logging

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from directives.actions import drafting, files
from directives.models import Annex, ArrivalRegister, Directive, Upload
from tests.directives.reading.files.builders import plain_pdf, plain_word, printed
from tests.directives.reading.files.test_mail import mail
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


MISNAMED = {
    "a program": ("Kế hoạch.docx", b"MZ\x90\x00" + bytes(300), "chương trình"),
    "plain text": ("Kế hoạch.docx", LETTER.encode(), "văn bản thuần"),
    "Word": ("cv215.pdf", plain_word(LETTER), ".docx"),
}


@pytest.mark.parametrize(("name", "content", "holds"), MISNAMED.values(), ids=MISNAMED)
@pytest.mark.parametrize("text", ["", LETTER], ids=["alone", "beside a pasted text"])
def test_a_file_that_is_not_what_its_name_says_is_refused(cast, client_of, name, content, holds, text):
    response = post(client_of(cast.staff), file=uploaded(content, name), text=text)
    form = response.context["form"]
    (said,) = form.errors["file"]
    assert (response.status_code, list(form.errors), form["text"].value()) == (422, ["file"], text)
    assert name in said
    assert holds in said
    left = [model.objects.count() for model in (Directive, Upload, StoredFile)]
    assert left == [0, 0, 0]


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("cv 7.215", plain_word(LETTER), "cv 7.215.docx"),
        ("cv215.exe", LETTER.encode(), "cv215.exe.txt"),
    ],
)
def test_a_name_that_promises_nothing_takes_the_ending_of_the_content(cast, client_of, name, content, kept):
    post(client_of(cast.staff), file=uploaded(content, name))
    assert Directive.objects.get().original.name == kept


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


OTHER = LETTER.replace("15/12/2026", "18/12/2026")


def test_a_file_and_a_pasted_text_that_differ_are_asked_about(cast, client_of):
    client = client_of(cast.staff)
    response = post(client, file=uploaded(plain_word(OTHER), "cv.docx"), text=LETTER)
    form = response.context["form"]
    assert (response.status_code, list(form.errors), form["text"].value()) == (422, ["counts"], LETTER)
    (said,) = form.errors["counts"]
    assert [words in said for words in ("cv.docx", "18/12/2026", "15/12/2026")] == [True, True, True]
    page = response.content.decode()
    assert page.count('name="counts"') == 2
    assert not Directive.objects.exists()
    assert Upload.objects.get().document.name == "cv.docx"


@pytest.mark.parametrize(("chosen", "expected"), [("text", LETTER), ("file", OTHER)])
def test_the_text_that_was_chosen_counts(cast, client_of, chosen, expected):
    client = client_of(cast.staff)
    content = plain_word(OTHER)
    asked = post(client, file=uploaded(content, "cv.docx"), text=LETTER).context["form"]
    post(client, upload=asked["upload"].value(), text=LETTER, counts=chosen)
    directive = Directive.objects.get()
    assert [("18/12/2026" in text) for text in (directive.text, expected)] in ([True, True], [False, False])
    with directive.original.file.open("rb") as file:
        assert (directive.original.name, file.read()) == ("cv.docx", content)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("text", [LETTER, "  ".join(LETTER.split())], ids=["as it is", "on one line"])
def test_nothing_is_asked_where_both_say_the_same(cast, client_of, text):
    response = post(client_of(cast.staff), file=uploaded(plain_word(LETTER), "cv.docx"), text=text)
    assert response.status_code == 302
    assert 'name="counts"' not in client_of(cast.staff).get(NEW).content.decode()


def test_a_mail_is_read_as_it_is_shown(cast, client_of):
    source = f"<html><body>{''.join(f'<p>{line}</p>' for line in LETTER.splitlines())}</body></html>"
    for given in ({"text": source}, {"file": uploaded(source.encode(), "thu.html")}):
        post(client_of(cast.staff), **given)
    assert [one.full_number for one in Directive.objects.all()] == ["215/SGDĐT-GDPT"] * 2


def test_a_mail_kept_as_a_file_is_read_and_its_attachment_told(cast, client_of):
    letter = mail(LETTER, attached="Phu luc.pdf")
    assert post(client_of(cast.staff), file=uploaded(letter, "cv215.eml")).status_code == 302
    directive = Directive.objects.get()
    assert (directive.full_number, directive.original.name) == ("215/SGDĐT-GDPT", "cv215.eml")
    assert "Phu luc.pdf" in [one["args"].get("text", "") for one in directive.reading["doubts"]]


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


# --- the same once more -------------------------------------------------------------------------------------


def review_of(client, response) -> str:
    return client.get(response.url).content.decode()


@pytest.mark.parametrize(
    "again",
    [
        lambda: {"text": LETTER},
        lambda: {"text": LETTER.replace("1. Rà soát", "1. Kiểm tra"), **ARRIVAL},
        lambda: {"file": uploaded(plain_word(LETTER), "khac.docx")},
    ],
    ids=["number", "number of one that came in", "file"],
)
def test_a_document_that_is_here_is_noticed_at_once(cast, client_of, again):
    client = client_of(cast.staff)
    post(client, file=uploaded(plain_word(LETTER), "cv.docx"))
    first = Directive.objects.get()
    page = review_of(client, post(client, **again()))
    assert f'<li><a href="/documents/{first.pk}/">' in page


@pytest.mark.parametrize(
    "other",
    [
        LETTER.replace("215/", "216/"),
        LETTER.replace("ngày 02 tháng 11", "ngày 03 tháng 11"),
        LETTER.replace("215/SGDĐT-GDPT", "215/SGDĐT-VP"),
    ],
    ids=["number", "date", "symbol"],
)
def test_another_document_is_no_twin(cast, client_of, other):
    client = client_of(cast.staff)
    post(client, text=LETTER)
    response = post(client, text=other)
    assert client.get(response.url).context["twins"] == []


def test_the_same_number_of_another_issuer_is_no_twin(cast, client_of):
    client = client_of(cast.staff)
    post(client, text=LETTER, **ARRIVAL)
    other = LETTER.replace("SỞ GIÁO DỤC VÀ ĐÀO TẠO  ", "SỞ NỘI VỤ               ")
    response = post(client, text=other, **ARRIVAL | {"sender": "Sở Nội vụ"})
    assert client.get(response.url).context["twins"] == []


def test_what_another_office_entered_is_not_told(cast, client_of):
    post(client_of(cast.staff), text=LETTER)
    client = client_of(cast.commune_officer)
    response = post(client, text=LETTER)
    assert client.get(response.url).context["twins"] == []


def test_who_only_registers_is_told_on_the_page_of_the_document(cast, client_of):
    client = client_of(cast.registrar)
    post(client, text=LETTER, **ARRIVAL)
    response = post(client, text=LETTER, **ARRIVAL)
    assert len(client.get(response.url).context["twins"]) == 1


def test_a_draft_that_was_thrown_away_is_no_twin(cast, client_of):
    client = client_of(cast.staff)
    post(client, text=LETTER)
    first = Directive.objects.get()
    client.post(f"/documents/{first.pk}/discard/", {"version": first.version})
    assert Directive.objects.get().is_discarded
    response = post(client, text=LETTER)
    assert client.get(response.url).context["twins"] == []


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


def test_files_and_texts_are_read_before_a_transaction_opens(cast, client_of, monkeypatch):
    depth, opened = len(connection.savepoint_ids), []

    def noted(read):
        def call(*args, **options):
            opened.append(len(connection.savepoint_ids) - depth)
            return read(*args, **options)

        return call

    monkeypatch.setattr(files, "text_of_file", noted(files.text_of_file))
    monkeypatch.setattr(drafting, "read_document", noted(drafting.read_document))
    client = client_of(cast.staff)
    annex = plain_word("Danh sách")
    post(client, text=LETTER, annexes=uploaded(annex, "a.docx"))
    directive = Directive.objects.get()
    more = {"annex-version": directive.version, "annex-annexes": uploaded(annex, "b.docx")}
    client.post(f"/documents/{directive.pk}/annexes/add/", more)
    held = post(
        client,
        annexes=uploaded(annex, "c.docx"),
        file=uploaded(plain_word(LETTER), "d.docx"),
        **ARRIVAL | {"sender": ""},
    )
    assert held.status_code == 422
    assert Annex.objects.count() == 2
    assert opened == [0, 0, 0, 0]
