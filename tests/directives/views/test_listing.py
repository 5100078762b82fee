"""The list of documents, and entering one."""

import pytest
import time_machine

from directives.actions.ending import discard_draft
from tests.factories import DirectiveFactory

LIST, NEW = "/documents/", "/documents/new/"


@pytest.mark.parametrize(
    "who", ["staff", "leader", "registrar", "commune_officer", "principal", "clerk", "outsider"]
)
def test_everybody_has_a_list_that_says_what_to_do(cast, client_of, who):
    response = client_of(getattr(cast, who)).get(LIST)
    assert response.status_code == 200
    drafts = who in ("staff", "registrar", "commune_officer", "outsider")
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
    with django_assert_num_queries(8):
        client.get(LIST)


def listed(client, **query) -> list:
    return list(client.get(LIST, query).context["page_obj"])


def chips(client, **query) -> list[tuple[str, str]]:
    return [(chip.words, chip.without) for chip in client.get(LIST, query).context["chips"]]


def test_filters_narrow_and_are_said_in_words(cast, client_of, province, settings):
    settings.LANGUAGE_CODE = "en"
    plan = DirectiveFactory(office=province.department, issued=True, kind="ke_hoach")
    notice = DirectiveFactory(office=province.department, kind="thong_bao")
    client = client_of(cast.staff)
    assert listed(client, kind="ke_hoach") == [plan]
    assert listed(client, state="draft") == [notice]
    assert listed(client, year="2026", state="issued") == [plan]
    assert listed(client, direction="incoming") == []
    assert chips(client, kind="ke_hoach", state="issued", page="2") == [
        ("plan", "state=issued"),
        ("issued", "kind=ke_hoach"),
    ]


@pytest.mark.parametrize("name", ["kind", "office", "year", "state", "sort", "size", "page"])
def test_what_is_no_filter_narrows_nothing(cast, client_of, letter, name):
    client = client_of(cast.staff)
    assert (listed(client, **{name: "7x"}), chips(client, **{name: "7x"})) == ([letter], [])


def test_a_foreign_office_is_no_filter(cast, client_of, letter, province):
    assert listed(client_of(cast.staff), office=str(province.foreign_department.pk)) == [letter]


def test_documents_with_overdue_work(cast, client_of, issued_letter):
    with time_machine.travel("2026-11-22"):
        assert listed(client_of(cast.staff), overdue="on") == []
    with time_machine.travel("2027-02-01"):
        assert listed(client_of(cast.staff), overdue="on") == [issued_letter]


def test_drafts_thrown_away_are_shown_only_when_asked_for(cast, client_of, letter):
    discard_draft(directive=letter, version=1, by=cast.staff)
    client = client_of(cast.staff)
    assert (listed(client), listed(client, state="discarded")) == ([], [letter])


def test_sorting_by_link(cast, client_of, province):
    common = {"office": province.department, "issued": True, "symbol": "A"}
    nine, ten = (DirectiveFactory(number=number, **common) for number in ("9", "10"))
    client = client_of(cast.staff)
    assert (listed(client, sort="number"), listed(client, sort="-number")) == ([nine, ten], [ten, nine])
    column = client.get(LIST, {"sort": "number", "page": "2"}).context["columns"]["number"]
    assert (column.query, column.sorted) == ("sort=-number", "ascending")


def test_the_size_of_a_page_is_remembered(cast, client_of, province):
    DirectiveFactory.create_batch(25, office=province.department)
    client = client_of(cast.staff)
    assert [len(listed(client)), len(listed(client, size="50")), len(listed(client))] == [20, 25, 25]


def test_an_empty_result_says_what_to_do(cast, client_of, letter, settings):
    settings.LANGUAGE_CODE = "en"
    page = client_of(cast.staff).get(LIST, {"kind": "bao_cao"}).content.decode()
    assert "Take a filter off above" in page
