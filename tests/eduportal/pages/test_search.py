"""One field for everything, within what a person may see."""

import pytest
from django.urls import reverse

from accounts.models import RoleCode
from eduportal.base.text import search_key
from tests.conftest import posted, queries_of
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory

pytestmark = pytest.mark.django_db
SUBJECT = "Kiểm tra bếp ăn bán trú"


@pytest.fixture
def letter(province, cast):
    """An issued letter with one task for two schools, and a draft that nobody beneath has heard of."""
    common = {"office": province.department, "created_by": cast.staff.user, "subject": SUBJECT}
    DirectiveFactory(**common, search_key=search_key(f"bản nháp {SUBJECT}"))
    issued = DirectiveFactory(issued=True, search_key=search_key(SUBJECT), **common)
    task = TaskFactory(directive=issued, text=SUBJECT, search_key=search_key(SUBJECT))
    for school in (province.cloud_primary, province.tea_combined):
        AssignmentFactory(task=task, unit=school)
    return issued


def found(client, q):
    """The results by their kind, as addresses."""
    groups = client.get(reverse("search"), {"q": q}).context["groups"]
    return {group.title: [hit.url for hit in group.hits] for group in groups}


def test_the_field_is_on_every_page(cast, client_of):
    page = client_of(cast.principal).get("/").content.decode()
    assert f'action="{reverse("search")}"' in page
    assert 'aria-keyshortcuts="/"' in page


def test_words_are_found_without_diacritics_in_any_order(cast, client_of, letter):
    got = found(client_of(cast.staff), "ban tru BEP")
    tasks = f"{reverse('directives:assignments')}?task={letter.tasks.get().pk}"
    assert got["Nhiệm vụ"] == [tasks]
    assert len(got["Văn bản"]) == 2


def test_a_school_is_led_to_its_own_share_and_hears_of_no_draft(cast, client_of, letter, province):
    got = found(client_of(cast.principal), "bep an")
    own = letter.tasks.get().assignments.get(unit=province.cloud_primary)
    assert got == {
        "Văn bản": [reverse("directives:detail", args=[letter.pk])],
        "Nhiệm vụ": [reverse("directives:assignment", args=[own.pk])],
    }


@pytest.mark.parametrize("who", ["outsider", "outsider_principal", "high_principal"])
def test_what_is_not_theirs_is_not_found(cast, client_of, letter, who):
    client = client_of(getattr(cast, who))
    assert [found(client, q) for q in ("bep an", "suoi may", "hoa ban", "tran thi hoa")] == [{}] * 4


def test_schools_by_name_and_code(cast, client_of, province):
    client, page = client_of(cast.staff), reverse("school", args=[province.cloud_primary.pk])
    assert page in found(client, "suoi may")["Trường và cơ quan"]
    assert found(client, "ns010002")["Trường và cơ quan"] == [page]
    commune = f"{reverse('school_list')}?office={province.cloud_commune.pk}"
    assert commune in found(client, "suoi may")["Trường và cơ quan"]


def test_people_by_name_and_sign_in(cast, client_of, province):
    school = reverse("school", args=[province.cloud_primary.pk])
    assert found(client_of(cast.staff), "tran thi hoa") == {"Người phụ trách": [school]}
    account = reverse("administration:person", args=[cast.principal.user_id])
    assert found(client_of(cast.admin), "hoa tran")["Người phụ trách"] == [account]


def test_more_than_a_few_lead_to_the_list(cast, client_of, province):
    for number in range(8):
        posted(f"gv{number}", f"Lò Văn Đông {number}", province.cloud_primary, RoleCode.CLERK)
    groups = client_of(cast.admin).get(reverse("search"), {"q": "lo van dong"}).context["groups"]
    assert [(len(group.hits), group.more) for group in groups] == [
        (6, f"{reverse('administration:people')}?q=lo+van+dong")
    ]


@pytest.mark.parametrize("q", ["", "a", " ", "đ", "%", "\x00", "ʼ" * 300, "zzz khong co"])
def test_odd_words_are_answered_with_a_hint(cast, client_of, q):
    page = client_of(cast.staff).get(reverse("search"), {"q": q})
    assert (page.status_code, page.context["groups"]) == (200, [])
    assert 'class="empty"' in page.content.decode()


def test_without_a_posting_nothing_is_found(client_of, cast, letter):
    cast.staff.delete()
    assert found(client_of(cast.staff), "bep an") == {}


def test_queries_do_not_grow(cast, client_of, letter, province):
    client = client_of(cast.staff)
    one = queries_of(client, reverse("search"), q="bep an")
    for number in range(3):
        TaskFactory(directive=letter, text=f"{SUBJECT} {number}", search_key=search_key(SUBJECT))
    assert queries_of(client, reverse("search"), q="bep an") == one
