"""Who may do what with a document, for every role and state."""

from dataclasses import fields

import pytest

from accounts.models import RoleCode
from directives import rules
from tests.conftest import posted
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory

OWN = ("leader", "staff", "registrar", "admin", "division_staff", "commune_officer", "principal", "outsider")
RIGHTS = [
    (rules.may_edit, "draft", {"staff", "division_staff"}),
    (rules.may_edit, "submitted", set()),
    (rules.may_edit, "issued", set()),
    (rules.may_draft_for, "issued", {"staff", "division_staff"}),
    (rules.may_submit, "draft", {"staff", "division_staff"}),
    (rules.may_submit, "approved", set()),
    (rules.may_approve, "submitted", {"leader"}),
    (rules.may_approve, "draft", set()),
    (rules.may_return, "submitted", {"leader"}),
    (rules.may_return, "approved", {"leader"}),
    (rules.may_return, "issued", set()),
    (rules.may_number, "approved", {"registrar"}),
    (rules.may_number, "submitted", set()),
    (rules.may_change_issued, "issued", {"leader"}),
    (rules.may_change_issued, "approved", set()),
    (rules.may_discard, "draft", {"staff", "division_staff"}),
    (rules.may_discard, "submitted", set()),
    (rules.may_bring_back, "discarded", {"staff", "division_staff"}),
    (rules.may_bring_back, "draft", set()),
    (rules.may_annex, "draft", {"staff", "division_staff"}),
    (rules.may_annex, "issued", set()),
]


@pytest.mark.parametrize(("rule", "state", "allowed"), RIGHTS)
def test_steps_of_a_document_written_here(cast, province, rule, state, allowed):
    directive = DirectiveFactory.build(office=province.department, state=state, written_here=True)
    assert {who for who in OWN if rule(getattr(cast, who), directive)} == allowed


@pytest.mark.parametrize(("state", "allowed"), [("draft", {"staff", "division_staff"}), ("issued", set())])
def test_documents_signed_elsewhere_are_issued_by_staff(cast, province, state, allowed):
    directive = DirectiveFactory.build(office=province.department, state=state)
    assert {who for who in OWN if rules.may_issue(getattr(cast, who), directive)} == allowed


def test_a_document_written_here_is_not_issued_past_the_leader(cast, province):
    directive = DirectiveFactory.build(office=province.department, written_here=True)
    assert not rules.may_issue(cast.staff, directive)


def test_whoever_sees_a_lower_office_does_not_act_for_it(cast, province):
    directive = DirectiveFactory.build(office=province.cloud_commune)
    assert not rules.may_edit(cast.staff, directive)
    assert rules.may_edit(cast.commune_officer, directive)


def test_only_staff_of_offices_draft(cast):
    drafting = {who for who in OWN if rules.may_draft(getattr(cast, who))}
    assert drafting == {"staff", "division_staff", "commune_officer", "outsider"}


def test_nobody_may_anything_without_a_posting(province):
    directive = DirectiveFactory.build(office=province.department)
    assert not any(rule(None, directive) for rule, _, _ in RIGHTS)
    assert not rules.may_draft(None)


@pytest.mark.parametrize(
    ("unit", "reporting", "seeing"),
    [
        ("cloud_primary", {"principal"}, {"principal"}),
        ("department", {"leader", "staff", "division_staff"},
         {"leader", "staff", "division_staff", "registrar", "admin"}),
        ("primary_division", {"division_staff"}, {"division_staff"}),
        ("cloud_commune", {"commune_officer"}, {"commune_officer"}),
    ],
)  # fmt: skip
def test_each_unit_reports_on_its_own_work(cast, province, unit, reporting, seeing):
    document = DirectiveFactory(issued=True, office=province.department, created_by=cast.staff.user)
    assignment = AssignmentFactory(task__directive=document, unit=getattr(province, unit))
    assert {who for who in OWN if rules.may_report(getattr(cast, who), assignment)} == reporting
    assert {who for who in OWN if rules.is_own(getattr(cast, who), assignment)} == seeing


def test_a_clerk_sees_the_unsent_notes_and_reports_nothing(cast, province):
    document = DirectiveFactory(issued=True, office=province.department, created_by=cast.staff.user)
    assignment = AssignmentFactory(task__directive=document, unit=province.cloud_primary)
    assert rules.is_own(cast.clerk, assignment)
    assert not rules.may_report(cast.clerk, assignment)


def test_the_office_that_set_the_work_sends_it_back(cast, province):
    document = DirectiveFactory(issued=True, office=province.department, created_by=cast.staff.user)
    assignment = AssignmentFactory(task__directive=document, unit=province.cloud_primary)
    sending = {who for who in OWN if rules.may_send_back(getattr(cast, who), assignment)}
    assert sending == {"leader", "staff", "division_staff"}


@pytest.mark.parametrize(
    ("role", "rule", "state"),
    [
        (RoleCode.LEADER, rules.may_approve, "submitted"),
        (RoleCode.LEADER, rules.may_return, "approved"),
        (RoleCode.REGISTRAR, rules.may_number, "approved"),
    ],
)
def test_an_internal_department_neither_signs_nor_numbers_for_the_office(cast, province, role, rule, state):
    directive = DirectiveFactory.build(office=province.department, state=state, written_here=True)
    assert not rule(posted("truongphong", "Ngô Văn Trưởng", province.primary_division, role), directive)


@pytest.fixture
def work(cast, province):
    directive = DirectiveFactory(issued=True, office=province.department, created_by=cast.staff.user)
    return AssignmentFactory(task=TaskFactory(directive=directive), unit=province.cloud_primary)


def who_may(cast, rule) -> set[str]:
    return {field.name for field in fields(cast) if rule(getattr(cast, field.name))}


def test_who_does_what_with_work_that_was_handed_out(cast, work):
    directive = work.task.directive
    assert who_may(cast, lambda by: rules.may_prepare_work(by, work)) == {"principal", "clerk"}
    assert who_may(cast, lambda by: rules.may_read(by, work, is_sent=False)) == {"principal", "clerk"}
    assert who_may(cast, lambda by: rules.may_steer(by, directive)) == {"leader", "staff", "division_staff"}
    assert who_may(cast, lambda by: rules.may_shape_form(by, directive)) == {"staff", "division_staff"}
    assert who_may(cast, rules.may_decide_requests) == {
        "leader", "staff", "division_staff", "commune_officer", "commune_leader", "outsider",
    }  # fmt: skip
    assert not any(rule(None, directive) for rule in (rules.may_steer, rules.may_shape_form))


@pytest.mark.parametrize(
    ("state", "shaped"), [("draft", True), ("submitted", False), ("approved", False), ("issued", True)]
)
def test_a_form_is_shaped_before_signing_and_after_issuing(cast, work, state, shaped):
    directive = work.task.directive
    directive.state = state
    assert rules.may_shape_form(cast.staff, directive) is shaped
