"""The list of documents, and entering one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from directives.models import Directive
from tests.directives.samples import LETTER
from tests.factories import DirectiveFactory

LIST, NEW = "/documents/", "/documents/new/"


@pytest.mark.parametrize(
    "who", ["staff", "leader", "registrar", "commune_officer", "principal", "clerk", "outsider"]
)
def test_everybody_has_a_list_that_says_what_to_do(cast, client_of, who):
    response = client_of(getattr(cast, who)).get(LIST)
    assert response.status_code == 200
    drafts = who in ("staff", "commune_officer", "outsider")
    assert (NEW in response.content.decode()) == drafts


@pytest.mark.parametrize(
    ("who", "amount"),
    [
        ("staff", 1),
        ("leader", 1),
        ("principal", 1),
        ("commune_officer", 1),
        ("outsider", 0),
        ("outsider_principal", 0),
    ],
)
def test_issued_documents_are_seen_by_those_they_concern(cast, client_of, issued_letter, who, amount):
    page = client_of(getattr(cast, who)).get(LIST).context["page_obj"]
    assert page.paginator.count == amount


def test_a_draft_is_seen_by_its_office_alone(cast, client_of, letter):
    assert client_of(cast.leader).get(LIST).context["page_obj"].paginator.count == 1
    assert client_of(cast.principal).get(LIST).context["page_obj"].paginator.count == 0


def test_a_draft_leads_its_staff_to_the_review_and_others_to_the_document(cast, client_of, letter):
    assert f"/documents/{letter.pk}/review/" in client_of(cast.staff).get(LIST).content.decode()
    assert f"/documents/{letter.pk}/review/" not in client_of(cast.leader).get(LIST).content.decode()


def test_searching(cast, client_of, letter):
    client = client_of(cast.staff)
    assert list(client.get(LIST, {"q": "so ket"}).context["page_obj"]) == [letter]
    assert list(client.get(LIST, {"q": "khong co"}).context["page_obj"]) == []


@pytest.mark.parametrize("page", ["1", "2", "999", "x"])
def test_pages(cast, client_of, province, page):
    DirectiveFactory.create_batch(25, office=province.department)
    assert client_of(cast.staff).get(LIST, {"page": page}).status_code == 200


@pytest.mark.parametrize("amount", [1, 3])
def test_as_many_queries_for_one_as_for_three(cast, client_of, province, amount, django_assert_num_queries):
    DirectiveFactory.create_batch(amount, office=province.department)
    client = client_of(cast.staff)
    with django_assert_num_queries(5):
        client.get(LIST)


@pytest.mark.parametrize("who", ["leader", "registrar", "admin", "principal", "clerk"])
def test_only_staff_enter_documents(cast, client_of, who):
    client = client_of(getattr(cast, who))
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, {"text": LETTER}).status_code == 403
    assert not Directive.objects.exists()


def test_a_pasted_document_is_read_and_put_up_for_review(cast, client_of, province):
    response = client_of(cast.staff).post(NEW, {"text": LETTER})
    directive = Directive.objects.get()
    assert response.url == f"/documents/{directive.pk}/review/"
    assert (directive.office_id, directive.tasks.count()) == (province.department.pk, 5)


def test_a_department_within_enters_in_the_name_of_its_office(cast, client_of, province):
    client_of(cast.division_staff).post(NEW, {"text": LETTER})
    assert Directive.objects.get().office_id == province.department.pk


def test_an_uploaded_document_is_kept_as_it_came(cast, client_of):
    file = SimpleUploadedFile("Công văn 215.txt", LETTER.encode("utf-16"))
    client_of(cast.staff).post(NEW, {"text": "", "file": file})
    directive = Directive.objects.get()
    assert directive.text == LETTER
    assert (directive.original.name, directive.original.size) == (
        "Công văn 215.txt",
        len(LETTER.encode("utf-16")),
    )


def test_what_was_pasted_is_kept_when_something_is_wrong(cast, client_of):
    file = SimpleUploadedFile("a.txt", b"1. a")
    response = client_of(cast.staff).post(NEW, {"text": LETTER, "file": file})
    assert response.status_code == 422
    assert "Rà soát cơ sở vật chất" in response.content.decode()
    assert not Directive.objects.exists()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x00\x01"])
def test_files_that_cannot_be_read(cast, client_of, content):
    response = client_of(cast.staff).post(NEW, {"file": SimpleUploadedFile("a.txt", content)})
    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_a_state_secret_is_refused_and_not_shown_again_to_others(cast, client_of):
    response = client_of(cast.staff).post(NEW, {"text": f"TỐI MẬT\n{LETTER}"})
    assert response.status_code == 422
    assert "TỐI MẬT" in str(response.context["form"].non_field_errors())
    assert not Directive.objects.exists()
