"""The review page: who may open it, saving item by item, two people at once."""

import pytest

from directives.actions.drafting import draft_directive, revise_header, revise_text
from directives.actions.issuing import submit_directive
from directives.actions.tasks import Work, revise_task
from directives.models import Directive, Task
from tests.conftest import TODAY
from tests.directives.samples import LETTER, NOTICE_BODY
from trail.models import AuditEvent

HTMX = {"HX-Request": "true"}
POSTED_TO = [
    "tasks/{task}/",
    "tasks/{task}/confirm/",
    "tasks/{task}/remove/",
    "tasks/{task}/restore/",
    "tasks/{task}/leave/",
    "tasks/{task}/move/",
    "tasks/{task}/split/",
    "tasks/add/",
    "review/accept/",
    "review/undo/",
    "review/keep/",
    "review/let-go/",
]


@pytest.fixture
def page(letter) -> str:
    return f"/documents/{letter.pk}/review/"


@pytest.fixture
def task(letter) -> Task:
    return letter.tasks.get(path="4")


@pytest.fixture
def task_page(letter, task) -> str:
    return f"/documents/{letter.pk}/tasks/{task.pk}/"


def typed(task: Task, **values) -> dict:
    given = {"version": task.version, "text": task.text, "is_tracked": "on", "all_schools": "on"} | values
    return {f"t{task.pk}-{name}": value for name, value in given.items()}


def head(directive: Directive, **values) -> dict:
    """The form of the head as a browser sends it back."""
    fields = [
        "kind",
        "number",
        "symbol",
        "place",
        "subject",
        "signer_authority",
        "signer_title",
        "signer_name",
    ]
    shown = {name: getattr(directive, name) for name in fields}
    lines = {"recipients": directive.recipients.replace("\n", "\r\n")}
    return shown | lines | {"version": directive.version, "issued_on": directive.issued_on or ""} | values


@pytest.mark.parametrize("who", ["staff", "division_staff"])
def test_staff_of_the_office_review(cast, client_of, page, who):
    assert client_of(getattr(cast, who)).get(page).status_code == 200


@pytest.mark.parametrize("who", ["leader", "registrar", "admin"])
def test_others_of_the_office_read_the_document_instead(cast, client_of, letter, page, who):
    assert client_of(getattr(cast, who)).get(page).url == f"/documents/{letter.pk}/"


@pytest.mark.parametrize("who", ["commune_officer", "principal", "clerk", "outsider", "outsider_principal"])
def test_for_all_others_a_draft_does_not_exist(cast, client_of, letter, task, page, who):
    client = client_of(getattr(cast, who))
    assert client.get(page).status_code == 404
    assert client.get(f"/documents/{letter.pk}/text/").status_code == 404
    for path in POSTED_TO:
        assert client.post(f"/documents/{letter.pk}/{path.format(task=task.pk)}").status_code == 404


@pytest.mark.parametrize("path", POSTED_TO)
def test_a_leader_corrects_nothing(cast, client_of, letter, task, path):
    client = client_of(cast.leader)
    assert client.post(f"/documents/{letter.pk}/{path.format(task=task.pk)}", typed(task)).status_code == 403


def test_the_text_carries_marks_that_lead_to_the_items(cast, client_of, letter, page, task):
    content = client_of(cast.staff).get(page).content.decode()
    assert f'<a class="tag doubtful" id="s{task.pk}" href="#i{task.pk}"' in content
    start = letter.text.index("Trường THCS Duyên Hải")
    marked = f'data-start="{start}" data-item="{task.pk}" class="mark who" id="c{start}"'
    assert f"<span {marked}>Trường THCS Duyên Hải</span>" in content
    assert f'href="#s{task.pk}"' in content


def test_the_bar_counts_and_leads_to_the_first_doubt(cast, client_of, page, task):
    context = client_of(cast.staff).get(page).context
    assert (context["counts"].doubts, context["counts"].first_doubt, context["blanks"]) == (2, task.pk, [])


def test_blanks_are_named(cast, client_of, letter, page, settings):
    settings.LANGUAGE_CODE = "en"
    revise_header(directive=letter, version=1, values={"number": "", "issued_on": None}, by=cast.staff)
    context = client_of(cast.staff).get(page).context
    assert context["blanks"] == ["number", "date"]


@pytest.mark.parametrize("amount", [1, 3])
def test_as_many_queries_for_one_item_as_for_three(
    cast, client_of, province, amount, django_assert_num_queries
):
    text = "".join(f"{n}. Các trường báo cáo lần {n}.\n" for n in range(1, amount + 1))
    directive = draft_directive(office=province.department, text=text, by=cast.staff, today=TODAY)
    client = client_of(cast.staff)
    with django_assert_num_queries(17):
        client.get(f"/documents/{directive.pk}/review/")


def test_the_head_is_saved(cast, client_of, letter, page):
    response = client_of(cast.staff).post(page, head(letter, subject="Sơ kết", number="7"))
    assert response.url == page
    letter.refresh_from_db()
    assert (letter.subject, letter.number, letter.version) == ("Sơ kết", "07", 2)


@pytest.mark.parametrize("values", [{"issued_on": "31/02/2026"}, {"number": "7/TB"}, {"version": ""}])
def test_a_head_that_cannot_be_is_shown_again_as_typed(cast, client_of, letter, page, values):
    response = client_of(cast.staff).post(page, head(letter, subject="Đang gõ", **values))
    assert response.status_code == 422
    assert "Đang gõ" in response.content.decode()
    letter.refresh_from_db()
    assert letter.version == 1


def test_the_second_to_save_the_head_sees_both(cast, client_of, letter, page):
    revise_header(directive=letter, version=1, values={"subject": "Của người trước"}, by=cast.division_staff)
    response = client_of(cast.staff).post(page, head(letter, version=1, subject="Của tôi"))
    assert response.status_code == 422
    assert response.context["header_conflict"] == [
        {
            "label": response.context["header"].fields["subject"].label,
            "stored": "Của người trước",
            "yours": "Của tôi",
        }
    ]
    assert response.context["header"]["version"].value() == 2
    assert Directive.objects.get().subject == "Của người trước"
    client_of(cast.staff).post(page, head(letter, version=2, subject="Của tôi"))
    assert Directive.objects.get().subject == "Của tôi"


def test_an_item_is_edited_in_place(cast, client_of, task_page, task):
    client = client_of(cast.staff)
    response = client.get(task_page, headers=HTMX)
    assert response.templates[0].name == "directives/_review_item.html"
    response = client.post(task_page, typed(task, text="Báo cáo sớm.", deadline="2026-12-01"), headers=HTMX)
    assert response.status_code == 200
    assert 'hx-swap-oob="true"' in response.content.decode()
    task.refresh_from_db()
    assert (task.text, str(task.deadline), task.confirmed) == ("Báo cáo sớm.", "2026-12-01", True)


def test_an_item_is_edited_without_javascript(cast, client_of, page, task_page, task):
    client = client_of(cast.staff)
    assert client.get(task_page).url == f"{page}?item={task.pk}#i{task.pk}"
    assert f'name="t{task.pk}-text"' in client.get(f"{page}?item={task.pk}").content.decode()
    response = client.post(task_page, typed(task, text="Báo cáo sớm."))
    assert response.url == f"{page}#i{task.pk}"
    task.refresh_from_db()
    assert task.text == "Báo cáo sớm."


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize(
    "values", [{"text": ""}, {"deadline": "31/02/2026"}, {"all_schools": "", "text": "đang gõ"}]
)
def test_an_item_that_cannot_be_is_shown_again(cast, client_of, task_page, task, headers, values):
    response = client_of(cast.staff).post(task_page, typed(task, **values), headers=headers)
    assert response.status_code == 422
    assert values.get("text", task.text) in response.content.decode()
    task.refresh_from_db()
    assert task.version == 1


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_the_second_to_save_an_item_sees_both_and_decides(cast, client_of, task_page, task, headers):
    revise_task(
        task=task, version=1, work=Work(text="Của người trước", is_tracked=False), by=cast.division_staff
    )
    client = client_of(cast.staff)
    mine = typed(task, version=1, text="Của tôi")
    response = client.post(task_page, mine, headers=headers)
    content = response.content.decode()
    assert response.status_code == 422
    assert "Của người trước" in content
    assert "Của tôi" in content
    assert f'name="t{task.pk}-version" value="2"' in content
    assert Task.objects.get(pk=task.pk).text == "Của người trước"
    client.post(task_page, mine | {f"t{task.pk}-version": 2}, headers=headers)
    assert Task.objects.get(pk=task.pk).text == "Của tôi"


def test_confirming_taking_out_and_undoing(cast, client_of, letter, task, task_page):
    client = client_of(cast.staff)
    client.post(f"{task_page}confirm/", {"version": 1})
    client.post(f"{task_page}remove/", {"version": 2}, headers=HTMX)
    assert letter.tasks.kept().count() == 4
    response = client.post(f"{task_page}restore/", {"version": 3}, headers=HTMX)
    assert response.status_code == 200
    task.refresh_from_db()
    assert (task.confirmed, task.is_removed, task.version) == (True, False, 4)


@pytest.mark.parametrize("version", ["0", "x", "", "99"])
def test_a_stale_button_does_nothing_and_says_so(cast, client_of, task, task_page, version):
    response = client_of(cast.staff).post(f"{task_page}remove/", {"version": version}, headers=HTMX)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    task.refresh_from_db()
    assert not task.is_removed


def test_an_item_of_another_document_is_not_reached_through_this_one(cast, client_of, letter, notice):
    foreign = notice.tasks.first()
    response = client_of(cast.staff).post(
        f"/documents/{letter.pk}/tasks/{foreign.pk}/remove/", {"version": 1}
    )
    assert response.status_code == 404


def test_a_task_is_added(cast, client_of, letter, page):
    data = {"new-text": "Gửi kết quả.", "new-is_tracked": "on", "new-all_schools": "on", "new-path": "6"}
    response = client_of(cast.staff).post(f"/documents/{letter.pk}/tasks/add/", data)
    added = letter.tasks.get(path="6")
    assert response.url == f"{page}#i{added.pk}"
    response = client_of(cast.staff).post(
        f"/documents/{letter.pk}/tasks/add/", data | {"new-all_schools": ""}
    )
    assert response.status_code == 422
    assert "Gửi kết quả." in response.content.decode()


def test_after_issuing_a_late_click_changes_nothing(cast, client_of, issued_letter):
    task = issued_letter.tasks.first()
    url = f"/documents/{issued_letter.pk}/tasks/{task.pk}/remove/"
    assert client_of(cast.staff).post(url, {"version": task.version}).status_code == 403


def test_the_text_of_a_notice_is_edited_and_read_again(cast, client_of, notice):
    url = f"/documents/{notice.pk}/text/"
    client = client_of(cast.staff)
    assert client.get(url).status_code == 200
    text = NOTICE_BODY + "\n4. Các trường rà soát thư viện."
    assert client.post(url, {"version": 1, "text": text}).url == f"/documents/{notice.pk}/review/"
    assert notice.tasks.filter(path="II.4").exists()


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_text_is_not_taken(cast, client_of, notice, text):
    response = client_of(cast.staff).post(f"/documents/{notice.pk}/text/", {"version": 1, "text": text})
    assert response.status_code == 422
    assert Directive.objects.get().text == NOTICE_BODY


def test_the_second_to_save_the_text_sees_both(cast, client_of, notice):
    revise_header(directive=notice, version=1, values={"subject": "Khác"}, by=cast.staff)
    url = f"/documents/{notice.pk}/text/"
    response = client_of(cast.staff).post(url, {"version": 1, "text": "1. Của tôi."})
    assert response.status_code == 422
    assert response.context["conflict"][0]["yours"] == "1. Của tôi."
    assert response.context["form"]["version"].value() == 2


def test_the_text_of_a_signed_document_is_not_edited(cast, client_of, letter):
    assert client_of(cast.staff).get(f"/documents/{letter.pk}/text/").status_code == 403


@pytest.mark.shared
def test_real_documents_are_reviewed_and_issued(cast, client_of, province, real_document):
    directive = draft_directive(office=province.department, text=real_document, by=cast.staff, today=TODAY)
    client = client_of(cast.staff)
    page = f"/documents/{directive.pk}/review/"
    assert client.get(page).status_code == 200
    values = head(directive, number="12", issued_on="2026-11-20", subject=directive.subject)
    assert client.post(page, values).status_code == 302
    client.post(f"/documents/{directive.pk}/issue/", {"version": 2})
    directive.refresh_from_db()
    assert directive.state == "issued"
    tracked = directive.tasks.to_track().count()
    assert directive.tasks.to_track().filter(assignments__isnull=False).distinct().count() == tracked
    assert AuditEvent.objects.about(directive).first().verb == "directive.issued"


def test_marks_survive_text_that_looks_like_markup(cast, client_of, province):
    text = LETTER.replace("Rà soát", "<script>alert(1)</script> Rà soát")
    directive = draft_directive(office=province.department, text=text, by=cast.staff, today=TODAY)
    content = client_of(cast.staff).get(f"/documents/{directive.pk}/review/").content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_what_was_typed_into_an_item_that_is_gone_is_offered_as_a_new_task(cast, client_of, notice, headers):
    task = notice.tasks.get(path="II.3")
    text = NOTICE_BODY.replace("3. Các nhà trường tổ chức tuần lễ đọc sách.", "")
    revise_text(directive=notice, version=1, text=text, by=cast.division_staff, today=TODAY)
    client = client_of(cast.staff)
    mine = typed(task, text="Đang gõ dở", deadline="01/12/2026")
    response = client.post(f"/documents/{notice.pk}/tasks/{task.pk}/", mine, headers=headers)
    form = response.context["new_task"]
    assert response.status_code == 422
    assert (form["text"].value(), form["deadline"].value(), form["all_schools"].value()) == (
        "Đang gõ dở",
        "01/12/2026",
        True,
    )
    assert "Đang gõ dở" in response.content.decode()
    names = ("text", "deadline", "all_schools", "is_tracked")
    new = {f"new-{name}": form[name].value() for name in names}
    assert client.post(f"/documents/{notice.pk}/tasks/add/", new).status_code == 302
    assert notice.tasks.get(text="Đang gõ dở").span_start is None


def test_an_item_open_while_the_text_was_read_again_shows_both(cast, client_of, notice):
    task = notice.tasks.get(path="II.2")
    text = NOTICE_BODY.replace("kết quả nuôi dưỡng trẻ", "kết quả chăm sóc trẻ")
    revise_text(directive=notice, version=1, text=text, by=cast.division_staff, today=TODAY)
    response = client_of(cast.staff).post(
        f"/documents/{notice.pk}/tasks/{task.pk}/", typed(task, text="Của tôi"), headers=HTMX
    )
    content = response.content.decode()
    assert (response.status_code, "chăm sóc trẻ" in content, "Của tôi" in content) == (422, True, True)


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize("path", ["review/", "text/", "tasks/{task}/", "tasks/add/"])
def test_what_was_typed_while_the_document_was_submitted_is_shown_to_be_copied(
    cast, client_of, notice, path, headers
):
    task = notice.tasks.get(path="II.2")
    mine = {
        "review/": head(notice, subject="Đang gõ dở"),
        "text/": {"version": 1, "text": "Đang gõ dở"},
        "tasks/{task}/": typed(task, text="Đang gõ dở", deadline="01/12/2026"),
        "tasks/add/": {"new-text": "Đang gõ dở", "new-all_schools": "on"},
    }[path]
    submit_directive(directive=notice, version=1, by=cast.division_staff, today=TODAY)
    url = f"/documents/{notice.pk}/{path.format(task=task.pk)}"
    response = client_of(cast.staff).post(url, mine, headers=headers)
    assert response.status_code == 422
    assert "Đang gõ dở" in [words for _, words in response.context["typed"]]
    assert "Đang gõ dở" in response.content.decode()
    notice.refresh_from_db()
    assert (notice.state, notice.version, notice.tasks.filter(text="Đang gõ dở").exists()) == (
        "submitted",
        2,
        False,
    )


def test_what_was_chosen_is_kept_in_words(cast, client_of, notice, province):
    task = notice.tasks.get(path="II.2")
    submit_directive(directive=notice, version=1, by=cast.staff, today=TODAY)
    mine = typed(task, text="Gõ", levels=["primary"], units=[province.high_school.pk], support_all_schools="")
    response = client_of(cast.staff).post(f"/documents/{notice.pk}/tasks/{task.pk}/", mine)
    words = [words for _, words in response.context["typed"]]
    assert words == ["Gõ", "có", "có", "tiểu học", "THPT Ngọc Sơn"]
