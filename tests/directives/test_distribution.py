"""Whom an issued document reached, who opened it, and how anybody checks the paper."""

import hashlib
from io import BytesIO

import pdfplumber
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from directives.actions.issuing import keep_print, number_and_issue
from directives.actions.opening import remind_to_open
from directives.checking import grouped
from directives.documents import official_document
from directives.models import Directive, Ended, Opening
from directives.notices import UNOPENED
from directives.queries.opening import receipts_of
from tests.conftest import TODAY
from trail.models import Notification


@pytest.fixture
def issued(issued_letter) -> Directive:
    return issued_letter


def page_of(directive: Directive) -> str:
    return reverse("directives:detail", args=[directive.pk])


def receipts_page(directive: Directive) -> str:
    return reverse("directives:receipts", args=[directive.pk])


def check_page(code: str) -> str:
    return reverse("check_document", args=[code])


# --- receipts -----------------------------------------------------------------------------------------------


def test_the_first_of_a_unit_to_open_it_is_kept_once(issued, cast, client_of):
    for who in (cast.principal, cast.clerk, cast.principal):
        assert client_of(who).get(page_of(issued)).status_code == 200
    (row,) = Opening.objects.all()
    assert (row.unit_id, row.opened_by) == (cast.principal.unit_id, cast.principal.user)


@pytest.mark.parametrize("who", ["staff", "leader", "registrar", "division_staff"])
def test_the_issuing_office_opens_it_without_a_receipt(who, issued, cast, client_of):
    client_of(getattr(cast, who)).get(page_of(issued))
    assert not Opening.objects.exists()


def test_the_issuing_office_sees_who_has_not_opened_it(issued, province, cast, client_of):
    client_of(cast.principal).get(page_of(issued))
    found = receipts_of(issued)
    assert found.opened == 1
    client = client_of(cast.staff)
    page = client.get(receipts_page(issued))
    listed = {unit.pk: unit.opened_by_name for unit in page.context["page_obj"]}
    assert listed[province.cloud_primary.pk] == cast.principal.user.full_name
    assert len(listed) == found.reached == found.unopened + 1
    rest = client.get(receipts_page(issued), {"opened": "no"}).context["page_obj"]
    assert province.cloud_primary.pk not in {unit.pk for unit in rest}


@pytest.mark.parametrize("who", ["principal", "commune_officer", "outsider", "neighbour"])
def test_nobody_else_learns_who_opened_it(who, issued, cast, client_of):
    client = client_of(getattr(cast, who))
    remind = reverse("directives:receipts_remind", args=[issued.pk])
    assert (client.get(receipts_page(issued)).status_code, client.post(remind).status_code) == (404, 404)


def test_those_who_have_not_opened_it_are_reminded_once_a_day(issued, province, cast, client_of):
    client_of(cast.principal).get(page_of(issued))
    unopened = receipts_of(issued).unopened
    told = [remind_to_open(directive=issued, by=cast.staff, today=TODAY) for _ in range(2)]
    assert told == [unopened, 0]
    words = Notification.objects.open().filter(kind=UNOPENED)
    assert province.cloud_primary.pk not in set(words.values_list("unit_id", flat=True))
    client_of(cast.neighbour).get(page_of(issued))
    assert not words.filter(unit_id=province.orchid_preschool.pk).exists()
    assert words.count() == unopened - 1


def test_reminding_is_told_on_the_page(issued, cast, client_of):
    remind = reverse("directives:receipts_remind", args=[issued.pk])
    client = client_of(cast.staff)
    for _ in range(2):
        assert client.post(remind).headers["Location"] == receipts_page(issued)
    assert Notification.objects.filter(kind=UNOPENED).count() == receipts_of(issued).reached


def test_the_list_costs_the_same_for_one_unit_and_for_more(
    issued, cast, client_of, django_assert_num_queries
):
    client = client_of(cast.staff)
    client.get(receipts_page(issued))
    for who in (cast.principal, cast.neighbour):
        client_of(who).get(page_of(issued))
        with django_assert_num_queries(8):
            client.get(receipts_page(issued))


# --- checking -----------------------------------------------------------------------------------------------


def test_anybody_checks_a_document_with_its_code(issued):
    page = Client().get(check_page(grouped(issued.check_code)))
    text = page.content.decode()
    assert (page.status_code, page.headers["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert issued.full_number in text
    assert page.context["issuer"] == "UBND TỈNH NGỌC SƠN, SỞ GIÁO DỤC VÀ ĐÀO TẠO"
    assert issued.subject not in text


def test_a_code_is_typed_however_it_is_spaced(issued):
    asked = Client().get(reverse("check"), {"code": f" {grouped(issued.check_code).lower()} "})
    assert asked.headers["Location"] == check_page(grouped(issued.check_code))
    wrong = Client().get(reverse("check"), {"code": "07/TB"})
    assert (wrong.status_code, wrong.context["typed"]) == (200, "07/TB")
    assert wrong.context["problem"]


def test_what_is_no_longer_in_force_says_so(issued):
    Directive.objects.filter(pk=issued.pk).update(ended=Ended.WITHDRAWN)
    page = Client().get(check_page(issued.check_code))
    assert page.context["directive"].ended == Ended.WITHDRAWN
    assert str(Ended.WITHDRAWN.label) in page.content.decode()


def test_an_unknown_code_is_none_and_cannot_be_tried_for_long(issued):
    cache.clear()
    client = Client()
    answers = [client.get(check_page("ABCDEFGHJKMN")).status_code for _ in range(21)]
    assert answers == [404] * 20 + [429]
    assert client.get(check_page(issued.check_code)).status_code == 429
    cache.clear()


def test_a_draft_has_no_code(letter):
    assert letter.check_code is None


def test_a_file_is_compared_and_not_kept(write_notice, approve, cast):
    notice = approve(write_notice())
    number_and_issue(directive=notice, version=notice.version, by=cast.registrar, today=TODAY)
    stored = keep_print(directive=notice)
    with stored.file.open("rb") as file:
        content = file.read()
    address = check_page(notice.check_code)
    page = Client().get(address)
    assert dict(page.context["files"]).popitem()[1] == hashlib.sha256(content).hexdigest()

    def said(data: bytes) -> str:
        sent = {"file": SimpleUploadedFile("vb.pdf", data, content_type="application/pdf")}
        return Client().post(address, sent).context["compared"]["found"]

    assert said(content) != ""
    assert said(content + b" ") == ""


def test_the_paper_bears_its_code_and_a_draft_none(write_notice, approve, cast):
    notice = approve(write_notice())
    assert official_document(notice, None, "https://edu.ngocson.example").check is None
    number_and_issue(directive=notice, version=notice.version, by=cast.registrar, today=TODAY)
    check = official_document(notice, None, "https://edu.ngocson.example/").check
    code = grouped(notice.check_code)
    assert (check.code, check.address) == (code, f"https://edu.ngocson.example/check/{code}/")
    with keep_print(directive=notice).file.open("rb") as file, pdfplumber.open(BytesIO(file.read())) as pdf:
        assert f"Mã kiểm tra: {code}" in pdf.pages[-1].extract_text()
