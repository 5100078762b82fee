"""Steps over the whole review: accepting what is sure, taking back, words that are not saved yet."""

import re

import pytest

from directives.actions.drafting import draft_directive, revise_header
from directives.actions.issuing import issue_directive
from directives.actions.tasks import Work, confirm_task, revise_task
from directives.models import TypedForm
from schools.models import Level
from tests.conftest import TODAY
from tests.directives.views.test_review import HTMX, head, typed


@pytest.fixture
def page(letter) -> str:
    return f"/documents/{letter.pk}/review/"


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.staff)


def test_doubts_come_first_with_their_reasons(client, letter, page):
    context = client.get(page).context
    assert [(one.name, len(one.reasons)) for one in context["doubted"]] == [("4", 1), ("5", 1)]
    assert "Trường THCS Duyên Hải" in context["doubted"][0].reasons[0]


def test_what_is_blank_leads_to_its_field(client, cast, province):
    text = "KẾ HOẠCH\nKiểm tra\n\n1. Các trường rà soát hồ sơ."
    directive = draft_directive(office=province.department, text=text, by=cast.staff, today=TODAY)
    context = client.get(f"/documents/{directive.pk}/review/").context
    assert [one.href for one in context["document_doubts"]] == ["#id_number", "#id_issued_on"]
    assert context["header_open"] is True


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_all_that_is_sure_is_accepted(client, letter, page, headers):
    response = client.post(f"{page}accept/", {"version": 5}, headers=headers)
    assert response.status_code == (200 if headers else 302)
    assert letter.tasks.filter(confirmed=True).count() == 3


def test_the_answer_in_place_brings_items_text_and_counts_along(client, page):
    content = client.post(f"{page}accept/", {"version": 5}, headers=HTMX).content.decode()
    parts = re.findall(r'id="([\w-]+)" ?(?:hx-swap-oob="true")?', content)
    assert {"items", "sheet", "review-bar", "review-tools", "doubts"} <= set(parts)


@pytest.mark.parametrize("version", ["4", "", "x"])
def test_nothing_is_accepted_over_a_change_of_somebody(client, letter, page, version):
    response = client.post(f"{page}accept/", {"version": version}, headers=HTMX)
    assert response.status_code == 200
    assert "said" in response.headers["HX-Trigger"]
    assert not letter.tasks.filter(confirmed=True).exists()


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_the_last_step_is_taken_back(client, cast, letter, page, headers):
    confirm_task(task=letter.tasks.get(path="4"), version=1, by=cast.staff)
    step = letter.review_steps.get()
    assert client.get(page).context["step"] == step
    client.post(f"{page}undo/", {"step": step.pk}, headers=headers)
    assert not letter.tasks.get(path="4").confirmed


def test_a_step_that_was_not_shown_is_not_taken_back(client, cast, letter, page):
    confirm_task(task=letter.tasks.get(path="4"), version=1, by=cast.staff)
    client.post(f"{page}undo/", {"step": "0"})
    assert letter.tasks.get(path="4").confirmed


def test_what_somebody_built_on_stays_and_it_is_said(client, cast, letter, page):
    task = letter.tasks.get(path="4")
    confirm_task(task=task, version=1, by=cast.staff)
    step = letter.review_steps.get()
    revise_task(task=task, version=2, work=Work("Khác.", is_tracked=False), by=cast.division_staff)
    response = client.post(f"{page}undo/", {"step": step.pk}, headers=HTMX)
    assert "said" in response.headers["HX-Trigger"]
    assert letter.tasks.get(path="4").text == "Khác."


# --- words that are not saved yet ---------------------------------------------------------------------------


def test_what_is_typed_is_there_again_after_a_reload(client, letter, page):
    task = letter.tasks.get(path="4")
    mine = typed(task, text="Đang gõ dở", deadline="31/02/2026") | {"form": f"t{task.pk}"}
    assert client.post(f"{page}keep/", mine).json()["kept"]
    content = client.get(page).content.decode()
    assert "Đang gõ dở" in content
    assert "31/02/2026" in content
    # Nothing is said to be wrong before it is sent.
    assert "error-summary" not in content
    assert letter.tasks.get(path="4").text == task.text


def test_the_head_and_a_new_task_are_kept_too(client, letter, page):
    client.post(f"{page}keep/", head(letter, subject="Tiêu đề dở", form="header"))
    client.post(f"{page}keep/", {"new-text": "Việc mới dở", "form": "new", "csrfmiddlewaretoken": "x"})
    content = client.get(page).content.decode()
    assert "Tiêu đề dở" in content
    assert "Việc mới dở" in content
    assert not TypedForm.objects.filter(data__contains="csrf").exists()


def test_others_do_not_see_it(client, client_of, cast, letter, page):
    client.post(f"{page}keep/", head(letter, subject="Tiêu đề dở", form="header"))
    assert "Tiêu đề dở" not in client_of(cast.division_staff).get(page).content.decode()


def test_what_was_typed_on_an_older_state_is_compared_on_saving(client, cast, letter, page):
    client.post(f"{page}keep/", head(letter, subject="Của tôi", form="header"))
    revise_header(directive=letter, version=1, values={"subject": "Của người khác"}, by=cast.division_staff)
    shown = client.get(page).context["header"]
    assert (shown["subject"].value(), shown["version"].value()) == ("Của tôi", "1")
    response = client.post(page, head(letter, version=1, subject="Của tôi"))
    assert response.context["header_conflict"][0]["stored"] == "Của người khác"


def test_saving_forgets_it(client, letter, page):
    task = letter.tasks.get(path="4")
    client.post(f"{page}keep/", typed(task, text="Gõ") | {"form": f"t{task.pk}"})
    client.post(f"{page}keep/", head(letter, subject="Gõ", form="header"))
    client.post(f"{page}keep/", {"new-text": "Gõ", "form": "new"})
    client.post(f"/documents/{letter.pk}/tasks/{task.pk}/", typed(task, text="Xong."))
    client.post(page, head(letter, subject="Xong"))
    client.post(f"/documents/{letter.pk}/tasks/add/", {"new-text": "Xong.", "new-is_tracked": ""})
    assert TypedForm.objects.count() == 0


def test_letting_go_forgets_it(client, letter, page):
    task = letter.tasks.get(path="4")
    client.post(f"{page}keep/", typed(task, text="Gõ") | {"form": f"t{task.pk}"})
    client.post(f"/documents/{letter.pk}/tasks/{task.pk}/leave/", headers=HTMX)
    client.post(f"{page}keep/", head(letter, form="header"))
    assert client.post(f"{page}let-go/", {"form": "header"}).url == page
    assert TypedForm.objects.count() == 0


def test_what_is_too_long_is_said_not_to_be_kept(client, page):
    response = client.post(f"{page}keep/", {"form": "new", "new-text": "x" * 210_000})
    assert response.status_code == 422


def test_words_typed_into_an_item_that_is_gone_do_no_harm(client, letter, page):
    client.post(f"{page}keep/", {"form": "t999999", "t999999-text": "Gõ"})
    client.post(f"{page}keep/", {"form": "tx", "text": "Gõ"})
    assert client.get(page).status_code == 200


def test_the_head_is_saved_on_the_way_to_issuing(client, letter, page):
    response = client.post(page, head(letter, number="77", then="issue"))
    assert response.url == f"/documents/{letter.pk}/issue/"
    letter.refresh_from_db()
    assert letter.number == "77"


def test_a_head_with_faults_is_not_on_its_way_to_issuing(client, letter, page):
    assert client.post(page, head(letter, number="7/7", then="issue")).status_code == 422


# --- what it cites ------------------------------------------------------------------------------------------


def test_documents_that_are_here_are_linked(client, cast, letter, province):
    text = "1. Thực hiện Công văn số 215/SGDĐT-GDPT ngày 02/11/2026, các trường báo cáo."
    issue_directive(directive=letter, version=1, by=cast.staff, today=TODAY)
    later = draft_directive(office=province.department, text=text, by=cast.staff, today=TODAY)
    content = client.get(f"/documents/{later.pk}/review/").content.decode()
    assert f'href="/documents/{letter.pk}/"' in content


# --- what else was read -------------------------------------------------------------------------------------


def test_issuer_and_bases_stand_under_the_head(client, letter, page):
    content = client.get(page).content.decode()
    facts = content[content.index('class="read-facts"') :].partition("</dl>")[0]
    assert "SỞ GIÁO DỤC VÀ ĐÀO TẠO" in facts
    basis = "Kế hoạch số 118/KH-UBND ngày 12/8/2026"
    assert f'href="#c{letter.text.index(basis)}">{basis}</a> <span class="muted">(UBND tỉnh)</span>' in facts


def test_a_product_says_to_whom_and_a_target_whose_it_is(client, cast, province):
    text = (
        "1. Các trường mầm non lập danh sách trẻ, gửi về Phòng Kế hoạch - Tài chính trước ngày 10/12/2026; "
        "phấn đấu 98% trẻ 5 tuổi ra lớp."
    )
    draft = draft_directive(office=province.department, text=text, by=cast.staff, today=TODAY)
    page = f"/documents/{draft.pk}/review/"
    content = client.get(page).content.decode()
    assert "danh sách → Phòng Kế hoạch - Tài chính" in content
    place = content.index("98% trẻ 5 tuổi ra lớp</a>")
    assert str(Level.PRESCHOOL.label) in content[place : place + 100]
    draft.tasks.update(product="Báo cáo")
    assert "→ Phòng Kế hoạch" not in client.get(page).content.decode()
