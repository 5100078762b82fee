"""From draft to issued: nobody skips a step, each unit gets its share once, numbers have no gaps."""

import datetime as dt
import threading
from io import BytesIO

import pdfplumber
import pytest
from django.db import connection

from directives.actions.drafting import revise_header
from directives.actions.issuing import (
    approve_directive,
    fan_out,
    issue_directive,
    keep_print,
    number_and_issue,
    return_directive,
    submit_directive,
)
from directives.actions.tasks import Who, Work, remove_task, revise_task
from directives.models import Assignment, Directive, NumberRegister
from directives.queries.documents import holding_words
from eduportal.base.errors import EditConflict, Refused
from schools.models import Unit
from tests.conftest import TODAY
from tests.directives.samples import LETTER
from trail.models import AuditEvent


def codes(directive, path: str) -> set[str]:
    return set(
        Assignment.objects.filter(task__directive=directive, task__path=path).values_list(
            "unit__code", flat=True
        )
    )


def test_issued_tasks_go_to_those_they_concern(issued_letter):
    assert issued_letter.state == "issued"
    assert codes(issued_letter, "1") == {"NS010001", "NS010002", "NS020001", "NS000001"}
    assert codes(issued_letter, "2") == {"NS020001"}
    assert codes(issued_letter, "3") == {"NS010001", "NS010002"}
    assert codes(issued_letter, "4") == {"NS"}
    assert codes(issued_letter, "5") == {"NS010002", "NS020001"}
    one = Assignment.objects.filter(task__path="1").first()
    assert (one.deadline, one.first_deadline, one.state, one.percent) == (
        dt.date(2026, 12, 14), dt.date(2026, 12, 14), "open", 0,
    )  # fmt: skip


def test_all_schools_are_those_beneath_the_office_on_the_day(letter, province, cast):
    work = Work(text="Báo cáo.", addressees=(Who("all_schools"),))
    revise_task(task=letter.tasks.get(path="1"), version=1, work=work, by=cast.staff)
    Unit.objects.filter(pk=province.high_school.pk).update(valid_to=TODAY)
    issue_directive(directive=letter, version=1, by=cast.staff, today=TODAY)
    assert codes(letter, "1") == {"NS010001", "NS010002", "NS020001"}


def test_handing_out_twice_changes_nothing(issued_letter):
    before = Assignment.objects.count()
    assert fan_out(directive=issued_letter, on=TODAY) == 0
    assert Assignment.objects.count() == before == 10


def test_whoever_leads_does_not_also_support(letter, province, cast):
    work = Work(
        text="Báo cáo.",
        addressees=(Who("all_schools", "support"), Who("unit", "lead", unit=province.cloud_primary)),
    )
    revise_task(task=letter.tasks.get(path="1"), version=1, work=work, by=cast.staff)
    issue_directive(directive=letter, version=1, by=cast.staff, today=TODAY)
    roles = dict(Assignment.objects.filter(task__path="1").values_list("unit__code", "role"))
    assert roles == {"NS010001": "support", "NS010002": "lead", "NS020001": "support", "NS000001": "support"}


def test_items_taken_out_or_not_tracked_reach_nobody(letter, cast):
    remove_task(task=letter.tasks.get(path="1"), version=1, by=cast.staff)
    revise_task(
        task=letter.tasks.get(path="2"), version=1, work=Work(text="a", is_tracked=False), by=cast.staff
    )
    issue_directive(directive=letter, version=1, by=cast.staff, today=TODAY)
    assert not codes(letter, "1") | codes(letter, "2")


@pytest.mark.parametrize(
    ("values", "reason"),
    [({"number": ""}, "number"), ({"issued_on": None}, "date"), ({"subject": ""}, "subject")],
)
def test_a_document_is_not_issued_without(letter, cast, values, reason, settings):
    settings.LANGUAGE_CODE = "en"
    revise_header(directive=letter, version=1, values=values, by=cast.staff)
    with pytest.raises(Refused, match=reason):
        issue_directive(directive=letter, version=2, by=cast.staff, today=TODAY)
    assert Directive.objects.get().state == "draft"
    assert not Assignment.objects.exists()


def test_a_task_without_anybody_keeps_it_from_being_issued(letter, cast):
    revise_task(task=letter.tasks.get(path="1"), version=1, work=Work(text="a"), by=cast.staff)
    with pytest.raises(Refused):
        issue_directive(directive=letter, version=1, by=cast.staff, today=TODAY)


def test_a_unit_that_is_gone_keeps_it_from_being_issued(letter, province, cast):
    Unit.objects.filter(pk=province.orchid_preschool.pk).update(valid_to=TODAY)
    with pytest.raises(Refused, match="MN Hoa Ban"):
        issue_directive(directive=letter, version=1, by=cast.staff, today=TODAY)


def test_a_number_is_not_used_twice(issued_letter, province, cast):
    from directives.actions.drafting import draft_directive

    twin = draft_directive(office=province.department, text=LETTER, by=cast.staff, today=TODAY)
    with pytest.raises(Refused, match="215/SGDĐT-GDPT"):
        issue_directive(directive=twin, version=1, by=cast.staff, today=TODAY)


def test_a_stale_page_issues_nothing(letter, cast):
    revise_header(directive=letter, version=1, values={"subject": "Mới"}, by=cast.staff)
    with pytest.raises(EditConflict):
        issue_directive(directive=letter, version=1, by=cast.staff, today=TODAY)
    assert not Assignment.objects.exists()


def test_a_notice_goes_from_staff_to_leader_to_registrar(notice, cast):
    submit_directive(directive=notice, version=1, by=cast.staff, today=TODAY)
    approve_directive(directive=notice, version=2, by=cast.leader)
    number_and_issue(directive=notice, version=3, by=cast.registrar, today=TODAY)
    notice.refresh_from_db()
    assert (notice.state, notice.number, notice.issued_on) == ("issued", "01", TODAY)
    assert (notice.approved_by, notice.issued_by) == (cast.leader.user, cast.registrar.user)
    assert codes(notice, "II.2") == {"NS010001"}
    verbs = list(AuditEvent.objects.about(notice).values_list("verb", flat=True))
    assert verbs == ["directive.issued", "directive.approved", "directive.submitted", "directive.drafted"]


def test_no_step_is_skipped(notice, cast):
    with pytest.raises(Refused):
        approve_directive(directive=notice, version=1, by=cast.leader)
    with pytest.raises(Refused):
        number_and_issue(directive=notice, version=1, by=cast.registrar, today=TODAY)
    with pytest.raises(Refused):
        issue_directive(directive=notice, version=1, by=cast.staff, today=TODAY)
    submit_directive(directive=notice, version=1, by=cast.staff, today=TODAY)
    with pytest.raises(Refused):
        submit_directive(directive=notice, version=2, by=cast.staff, today=TODAY)
    with pytest.raises(Refused):
        number_and_issue(directive=notice, version=2, by=cast.registrar, today=TODAY)
    assert Directive.objects.get().version == 2
    assert not NumberRegister.objects.exists()


def test_a_leader_sends_back_with_a_reason(notice, approve, cast):
    approve(notice)
    return_directive(directive=notice, version=3, reason="Thiếu mốc thời gian.", by=cast.leader)
    notice.refresh_from_db()
    assert (notice.state, notice.return_reason) == ("draft", "Thiếu mốc thời gian.")
    assert (notice.approved_at, notice.approved_by) == (None, None)
    submit_directive(directive=notice, version=4, by=cast.staff, today=TODAY)
    assert notice.return_reason == ""


def test_without_a_reason_it_is_not_sent_back(notice, cast):
    submit_directive(directive=notice, version=1, by=cast.staff, today=TODAY)
    with pytest.raises(Refused):
        return_directive(directive=notice, version=2, reason="  ", by=cast.leader)
    assert Directive.objects.get().state == "submitted"


def test_numbers_follow_each_other_and_begin_anew_each_january(write_notice, approve, cast):
    for day, number in [
        (dt.date(2026, 12, 30), "01"),
        (dt.date(2026, 12, 31), "02"),
        (dt.date(2027, 1, 1), "01"),
        (dt.date(2027, 1, 2), "02"),
    ]:
        notice = approve(write_notice())
        number_and_issue(directive=notice, version=notice.version, by=cast.registrar, today=day)
        assert notice.number == number


def test_a_document_numbered_here_is_found_by_its_number(write_notice, approve, cast):
    notice = approve(write_notice())
    number_and_issue(directive=notice, version=notice.version, by=cast.registrar, today=TODAY)
    assert notice.full_number == "01/TB-SGDĐT"
    assert list(holding_words(Directive.objects.all(), "01/tb-sgddt")) == [notice]


def test_each_kind_has_its_own_register(write_notice, approve, cast):
    numbers = []
    for kind in ("thong_bao", "ke_hoach", "thong_bao"):
        notice = approve(write_notice(kind=kind))
        number_and_issue(directive=notice, version=notice.version, by=cast.registrar, today=TODAY)
        numbers.append(notice.full_number)
    assert numbers == ["01/TB-SGDĐT", "01/KH-SGDĐT", "02/TB-SGDĐT"]


def test_a_number_typed_before_is_passed_over(letter, write_notice, approve, cast):
    values = {"kind": "thong_bao", "number": "1", "symbol": "TB-SGDĐT"}
    revise_header(directive=letter, version=1, values=values, by=cast.staff)
    issue_directive(directive=letter, version=2, by=cast.staff, today=TODAY)
    notice = approve(write_notice())
    number_and_issue(directive=notice, version=notice.version, by=cast.registrar, today=TODAY)
    assert notice.number == "02"


def test_a_number_of_the_ministry_is_not_one_of_the_offices_own(letter, write_notice, approve, cast):
    values = {"kind": "thong_bao", "number": "1", "symbol": "TB-BGDĐT"}
    revise_header(directive=letter, version=1, values=values, by=cast.staff)
    issue_directive(directive=letter, version=2, by=cast.staff, today=TODAY)
    notice = approve(write_notice())
    number_and_issue(directive=notice, version=notice.version, by=cast.registrar, today=TODAY)
    assert notice.full_number == "01/TB-SGDĐT"


def test_a_refused_issue_takes_no_number(notice, approve, province, cast):
    approve(notice)
    Unit.objects.filter(pk=province.orchid_preschool.pk).update(valid_to=TODAY)
    with pytest.raises(Refused):
        number_and_issue(directive=notice, version=3, by=cast.registrar, today=TODAY)
    assert not NumberRegister.objects.exists()


@pytest.mark.services
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_registrars_at_once_get_two_numbers_without_a_gap(write_notice, approve, cast):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; this needs PostgreSQL")
    notices = [approve(write_notice()) for _ in range(6)]
    failures = []

    def issue(mine: list[Directive]) -> None:
        try:
            for notice in mine:
                number_and_issue(directive=notice, version=notice.version, by=cast.registrar, today=TODAY)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue, args=(notices[n::2],)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    assert sorted(Directive.objects.values_list("number", flat=True)) == ["01", "02", "03", "04", "05", "06"]
    assert NumberRegister.objects.get().last_number == 6


def test_an_issued_document_is_printed_once(issued_notice):
    first = keep_print(directive=issued_notice)
    second = keep_print(directive=Directive.objects.get(pk=issued_notice.pk))
    assert first.pk == second.pk
    assert first.name == "01-TB-SGDĐT.pdf"
    with first.file.open("rb") as file, pdfplumber.open(BytesIO(file.read())) as pdf:
        text = pdf.pages[0].extract_text()
    assert "Số: 01/TB-SGDĐT" in text
    assert "Ngọc Sơn, ngày 22 tháng 11 năm 2026" in text
    assert "DỰ THẢO" not in text
