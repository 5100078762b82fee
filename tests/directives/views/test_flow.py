"""Each step by the person whose step it is."""

import datetime as dt

import pytest

from directives.actions.drafting import revise_header
from directives.actions.tasks import Work, revise_task
from directives.models import Assignment, Directive
from trail.models import Job

STEPS = ["issue", "submit", "approve", "return", "number"]


@pytest.fixture
def at(notice):
    """The notice's address of a step."""
    return lambda step: f"/documents/{notice.pk}/{step}/"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", ["commune_officer", "commune_leader", "principal", "outsider"])
def test_outsiders_find_no_step(cast, client_of, at, who, step):
    assert client_of(getattr(cast, who)).post(at(step), {"version": 1}).status_code == 404


@pytest.mark.parametrize(
    ("who", "step"),
    [
        ("staff", "issue"), ("staff", "approve"), ("staff", "return"), ("staff", "number"),
        ("leader", "issue"), ("leader", "submit"), ("leader", "approve"), ("leader", "number"),
        ("registrar", "issue"), ("registrar", "submit"), ("registrar", "approve"), ("registrar", "number"),
        ("admin", "issue"), ("admin", "approve"), ("admin", "number"),
    ],
)  # fmt: skip
def test_nobody_takes_anothers_step_or_skips_one(cast, client_of, at, notice, who, step):
    assert client_of(getattr(cast, who)).post(at(step), {"version": 1}).status_code == 403
    notice.refresh_from_db()
    assert (notice.state, notice.version) == ("draft", 1)


def test_a_notice_goes_the_whole_way(cast, client_of, at, notice, province):
    detail = f"/documents/{notice.pk}/"
    staff, leader, registrar = (client_of(who) for who in (cast.staff, cast.leader, cast.registrar))
    assert staff.get(at("submit")).status_code == 200
    assert staff.post(at("submit"), {"version": 1}).url == detail
    assert at("approve") in leader.get(detail).content.decode()
    assert leader.post(at("approve"), {"version": 2}).url == detail
    assert "01/TB-SGDĐT" in registrar.get(at("number")).content.decode()
    assert registrar.post(at("number"), {"version": 3}).url == detail
    notice.refresh_from_db()
    assert (notice.state, notice.full_number) == ("issued", "01/TB-SGDĐT")
    assert Assignment.objects.filter(unit=province.cloud_primary).count() == 2
    assert Job.objects.get().kind == "directives.render_pdf"


def test_open_doubts_are_named_before_each_step(cast, client_of, at, notice):
    notice.tasks.update(doubts=[], deadline=None)
    task = notice.tasks.to_track().first()
    task.doubts, task.confirmed = [{"code": "vague_deadline", "text": ""}], False
    task.save()
    staff, leader, registrar = (client_of(who) for who in (cast.staff, cast.leader, cast.registrar))

    def named(page) -> list:
        return [one for _words, one in page.context["warnings"]]

    assert named(staff.get(at("submit"))) == [task]
    staff.post(at("submit"), {"version": 1})
    page = leader.get(f"/documents/{notice.pk}/")
    assert (page.context["doubtful"], page.context["may_approve"]) == (1, True)
    leader.post(at("approve"), {"version": 2})
    assert named(registrar.get(at("number"))) == [task]


def test_before_issuing_it_is_said_who_will_receive_what(cast, client_of, letter, settings):
    settings.LANGUAGE_CODE = "en"
    page = client_of(cast.staff).get(f"/documents/{letter.pk}/issue/")
    assert page.context["sentence"] == "4 schools and Sở GDĐT will receive 5 tasks."
    assert [task.path for _, task in page.context["warnings"]] == ["4", "5"]


def test_what_is_missing_is_listed_and_there_is_no_button(cast, client_of, letter):
    revise_header(directive=letter, version=1, values={"number": "", "subject": ""}, by=cast.staff)
    revise_task(task=letter.tasks.get(path="1"), version=1, work=Work(text="a"), by=cast.staff)
    client = client_of(cast.staff)
    page = client.get(f"/documents/{letter.pk}/issue/")
    assert len(page.context["blocks"]) == 3
    assert 'name="version"' not in page.content.decode()
    assert (
        client.post(f"/documents/{letter.pk}/issue/", {"version": 2}).url == f"/documents/{letter.pk}/issue/"
    )
    assert Directive.objects.get().state == "draft"


def test_a_letter_is_issued_once(cast, client_of, letter):
    client = client_of(cast.staff)
    url = f"/documents/{letter.pk}/issue/"
    assert client.post(url, {"version": 1}).url == f"/documents/{letter.pk}/"
    assert client.post(url, {"version": 1}).url == f"/documents/{letter.pk}/"
    assert Assignment.objects.count() == 10
    told = client.get(f"/documents/{letter.pk}/").content.decode()
    assert "đã ban hành. Không thực hiện lần thứ hai. (Phạm Văn Minh, " in told


def test_a_step_taken_twice_says_who_took_it(cast, client_of, at, notice):
    """Whoever comes second is told; who has no right to the step still has none."""
    detail = f"/documents/{notice.pk}/"
    staff, leader, registrar = (client_of(who) for who in (cast.staff, cast.leader, cast.registrar))

    def again(client, step, words, **data) -> bool:
        first = client.post(at(step), {"version": Directive.objects.get().version, **data})
        second = client.post(at(step), {"version": Directive.objects.get().version, **data})
        return (first.url, second.url) == (detail, detail) and words in client.get(detail).content.decode()

    assert again(staff, "submit", "đã trình. Không thực hiện lần thứ hai. (Phạm Văn Minh")
    assert again(
        leader, "return", "đã được trả lại. Không", **{"back-version": 2, "back-reason": "Thiếu số liệu"}
    )
    assert staff.post(at("submit"), {"version": 3}).url == detail
    assert again(leader, "approve", "đã được duyệt. Không thực hiện lần thứ hai. (Đỗ Thị Lan")
    assert again(registrar, "number", "đã được cấp số và ban hành. Không thực hiện lần thứ hai. (Lê Thị Thu")
    assert [client.post(at("number"), {"version": 9}).status_code for client in (staff, leader)] == [403, 403]
    assert Job.objects.count() == 1


def test_a_document_dated_in_the_future_is_worth_a_look(cast, client_of, letter):
    revise_header(directive=letter, version=1, values={"issued_on": dt.date(2031, 1, 5)}, by=cast.staff)
    words = [
        words for words, _ in client_of(cast.staff).get(f"/documents/{letter.pk}/issue/").context["warnings"]
    ]
    assert "Ngày của văn bản ở trong tương lai: 05/01/2031." in words


@pytest.mark.parametrize("version", ["", "x", "7"])
def test_a_stale_page_is_shown_again(cast, client_of, letter, version):
    url = f"/documents/{letter.pk}/issue/"
    assert client_of(cast.staff).post(url, {"version": version}).url == url
    assert Directive.objects.get().state == "draft"


@pytest.mark.parametrize("step", ["issue", "submit"])
def test_an_item_saved_after_the_question_was_asked_is_noticed(cast, client_of, letter, notice, step):
    directive = letter if step == "issue" else notice
    client, url = client_of(cast.staff), f"/documents/{directive.pk}/{step}/"
    shown = {"version": 1, "tasks_version": client.get(url).context["tasks_version"]}
    task = directive.tasks.to_track().first()
    revise_task(task=task, version=1, work=Work(text="a", is_tracked=False), by=cast.division_staff)
    assert client.post(url, shown).url == url
    directive.refresh_from_db()
    assert (directive.state, directive.version) == ("draft", 1)
    shown["tasks_version"] = client.get(url).context["tasks_version"]
    assert client.post(url, shown).url == f"/documents/{directive.pk}/"


def test_sending_back_needs_a_reason_which_is_kept(cast, client_of, at, notice):
    staff, leader = client_of(cast.staff), client_of(cast.leader)
    staff.post(at("submit"), {"version": 1})
    response = leader.post(at("return"), {"back-version": 2, "back-reason": " "})
    assert (response.status_code, response.context["back_open"]) == (422, True)
    leader.post(at("return"), {"back-version": 2, "back-reason": "Thiếu thời hạn."})
    notice.refresh_from_db()
    assert notice.state == "draft"
    assert "Thiếu thời hạn." in staff.get(f"/documents/{notice.pk}/review/").content.decode()


def test_a_reason_typed_on_a_stale_page_is_kept(cast, client_of, at, notice):
    client_of(cast.staff).post(at("submit"), {"version": 1})
    response = client_of(cast.leader).post(
        at("return"), {"back-version": 1, "back-reason": "Thiếu thời hạn."}
    )
    assert response.status_code == 422
    assert "Thiếu thời hạn." in response.content.decode()
    assert response.context["back"]["version"].value() == 2


def test_approving_what_changed_meanwhile_does_nothing(cast, client_of, at, notice):
    client_of(cast.staff).post(at("submit"), {"version": 1})
    client_of(cast.leader).post(at("approve"), {"version": 1})
    notice.refresh_from_db()
    assert notice.state == "submitted"


@pytest.mark.parametrize("step", ["approve", "return"])
def test_steps_are_not_taken_by_following_a_link(cast, client_of, at, notice, step):
    assert client_of(cast.leader).get(at(step)).headers["Location"] == f"/documents/{notice.pk}/"
