"""A document as issued: each sees the lines of their own units."""

import pytest

from directives.actions.issuing import issue_directive
from directives.actions.tasks import Who, Work, add_task
from directives.models import Assignment
from tests.conftest import TODAY
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory


@pytest.fixture
def lines_for(cast, client_of, issued_letter):
    """The task lines that a person of the cast sees, by the number of the item."""

    def seen(who: str) -> dict:
        response = client_of(getattr(cast, who)).get(f"/documents/{issued_letter.pk}/")
        lines = [block.line for block in response.context["blocks"] if block.line]
        return {line.task.path: line for line in lines}

    return seen


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 200), ("leader", 200), ("commune_officer", 200), ("principal", 200), ("outsider", 404),
     ("outsider_principal", 404)],
)  # fmt: skip
def test_who_sees_an_issued_document(cast, client_of, issued_letter, who, status):
    assert client_of(getattr(cast, who)).get(f"/documents/{issued_letter.pk}/").status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("staff", 200), ("leader", 200), ("principal", 404), ("outsider", 404)]
)
def test_who_sees_a_draft(cast, client_of, letter, who, status):
    assert client_of(getattr(cast, who)).get(f"/documents/{letter.pk}/").status_code == status


def test_the_issuing_office_sees_all_lines(lines_for):
    lines = lines_for("leader")
    assert {path: sum(line.counts.values()) for path, line in lines.items()} == {
        "1": 4, "2": 1, "3": 2, "4": 1, "5": 2,
    }  # fmt: skip
    assert lines["3"].lead == ["TH Suối Mây", "MN Hoa Ban"]


def test_a_commune_sees_the_lines_of_its_schools(lines_for):
    assert {path: sum(line.counts.values()) for path, line in lines_for("commune_officer").items()} == {
        "1": 2, "3": 2, "5": 1,
    }  # fmt: skip


def test_a_principal_sees_his_own_share_and_nothing_of_others(lines_for, province):
    lines = lines_for("principal")
    assert set(lines) == {"1", "3", "5"}
    assert {line.only.unit_id for line in lines.values()} == {province.cloud_primary.pk}
    assert all(line.lead == [] for line in lines.values())


def test_no_words_of_others_standing_reach_a_principal(cast, client_of, issued_letter):
    content = client_of(cast.principal).get(f"/documents/{issued_letter.pk}/").content.decode()
    assert "TH&amp;THCS Đồi Chè" not in content
    assert "share-bar" not in content


def test_history_is_for_the_issuing_side(cast, client_of, issued_letter):
    url = f"/documents/{issued_letter.pk}/"
    assert len(client_of(cast.leader).get(url).context["history"]) == 2
    assert client_of(cast.principal).get(url).context["history"] == []
    assert client_of(cast.commune_officer).get(url).context["history"] == []


def test_the_whole_text_is_there(cast, client_of, issued_letter):
    context = client_of(cast.principal).get(f"/documents/{issued_letter.pk}/").context
    sheet = context["sheet"]
    around = [*sheet.left, *sheet.right, *sheet.title, *sheet.recipients, *sheet.signature]
    words = " ".join([*around, *(block.text for block in context["blocks"])]).split()
    assert sorted(words) == sorted(issued_letter.text.split())
    assert sheet.left[-1] == "V/v chuẩn bị sơ kết học kỳ I năm học 2026-2027"


def test_the_buttons_follow_the_state(cast, client_of, notice, approve):
    url = f"/documents/{notice.pk}/"
    flags = ["may_edit", "may_approve", "may_return", "may_number"]

    def buttons(who) -> list[bool]:
        context = client_of(who).get(url).context
        return [context[flag] for flag in flags]

    assert [buttons(who) for who in (cast.staff, cast.leader, cast.registrar)] == [
        [True, False, False, False],
        [False, False, False, False],
        [False, False, False, False],
    ]
    approve(notice)
    assert [buttons(who) for who in (cast.staff, cast.leader, cast.registrar)] == [
        [False, False, False, False],
        [False, False, True, False],
        [False, False, False, True],
    ]


@pytest.mark.parametrize("amount", [1, 3])
def test_as_many_queries_for_one_task_as_for_three(
    cast, client_of, province, amount, django_assert_num_queries
):
    directive = DirectiveFactory(office=province.department, issued=True)
    for _ in range(amount):
        AssignmentFactory(task=TaskFactory(directive=directive, deadline=TODAY), unit=province.cloud_primary)
    assert Assignment.objects.count() == amount
    client = client_of(cast.leader)
    with django_assert_num_queries(15):
        client.get(f"/documents/{directive.pk}/")


def test_later_documents_that_cite_it_are_listed_for_those_who_see_them(
    cast, client_of, issued_letter, province
):
    citing = DirectiveFactory(
        office=province.department, issued=True, subject="đôn đốc", created_by=cast.staff.user
    )
    citing.references.create(number="215", symbol="SGDĐT-GDPT", raw="Công văn 215", span_start=0, span_end=5)
    seen = {
        who: list(client_of(getattr(cast, who)).get(f"/documents/{issued_letter.pk}/").context["cited_by"])
        for who in ("staff", "principal")
    }
    assert seen == {"staff": [citing], "principal": []}
    page = client_of(cast.staff).get(f"/documents/{citing.pk}/").content.decode()
    assert f'<a href="/documents/{issued_letter.pk}/">Công văn 215</a>' in page


def test_a_task_made_from_words_of_another_item_has_its_line(cast, client_of, letter):
    words = "Phấn đấu 98% học sinh tham gia."
    start = letter.text.index(words)
    work = Work(words, addressees=(Who(),))
    add_task(
        directive=letter, path="", after=None, work=work, by=cast.staff, span=(start, start + len(words))
    )
    issue_directive(directive=letter, version=1, by=cast.staff, today=TODAY)
    loose = client_of(cast.staff).get(f"/documents/{letter.pk}/").context["loose"]
    assert [line.task.text for line in loose] == [words]
