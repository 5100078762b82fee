"""Targets read in a document: proposed, adopted once, left aside, taken up again."""

from decimal import Decimal

import pytest

from directives.actions.drafting import draft_directive
from directives.actions.issuing import issue_directive
from directives.models import Directive
from eduportal.base.errors import Refused
from schools.actions import school_year_period
from targets.actions import AlreadySet, Goal, adopt_target, remove_target, skip_target, take_up_again
from targets.models import Target
from targets.queries.proposals import AdoptionCounts, adoption_counts, proposals_of
from tests.conftest import TODAY
from tests.targets.conftest import indicator
from tests.targets.samples import PLAN
from trail.models import AuditEvent


@pytest.fixture
def draft(province, cast) -> Directive:
    return draft_directive(office=province.department, text=PLAN, by=cast.staff, today=TODAY)


@pytest.fixture
def plan(draft, cast) -> Directive:
    issue_directive(directive=draft, version=draft.version, by=cast.staff, today=TODAY)
    return draft


def adopt(read, province, cast, code="preschool.nursery_rate") -> Target:
    return adopt_target(
        read_target=read,
        unit=province.department,
        indicator=indicator(code),
        period=school_year_period(2026),
        goal=Goal("ge", Decimal("22.6")),
        by=cast.staff,
    )


def test_each_is_proposed_with_its_indicator_period_and_comparator(plan, django_assert_num_queries):
    with django_assert_num_queries(2):
        proposals = proposals_of(plan, TODAY)
    assert [(one.indicator and one.indicator.code, one.comparator, one.read.value) for one in proposals] == [
        ("preschool.nursery_rate", "ge", Decimal("22.6")),
        ("preschool.kindergarten_rate", "ge", Decimal("98.1")),
        ("primary.completion_rate", "ge", Decimal(100)),
        ("all.standard_1", "ge", Decimal(9)),
        (None, "ge", Decimal(2)),
    ]
    assert {(one.period_kind, one.period_year) for one in proposals} == {("school_year", 2026)}


def test_what_is_adopted_points_back_to_the_sentence(plan, province, cast):
    target = adopt(plan.read_targets.first(), province, cast)
    assert (target.directive, target.read_target, target.quote) == (
        plan,
        plan.read_targets.first(),
        "huy động trẻ nhà trẻ ra lớp đạt từ 22,6% trở lên",
    )
    assert adoption_counts(plan) == AdoptionCounts(read=5, adopted=1, skipped=0)


def test_a_sentence_is_adopted_once(plan, province, cast):
    first = plan.read_targets.first()
    target = adopt(first, province, cast)
    for again in (
        lambda: adopt(first, province, cast, "all.classes"),
        lambda: skip_target(read_target=first, by=cast.staff),
    ):
        with pytest.raises(AlreadySet) as refusal:
            again()
        assert refusal.value.target == target
    assert Target.objects.count() == 1


def test_a_target_that_is_there_already_is_named(plan, province, cast):
    first, second = plan.read_targets.all()[:2]
    target = adopt(first, province, cast)
    with pytest.raises(AlreadySet) as refusal:
        adopt(second, province, cast)
    assert refusal.value.target == target


def test_a_target_taken_away_may_be_adopted_again(plan, province, cast):
    target = adopt(plan.read_targets.first(), province, cast)
    remove_target(target=target, version=1, reason="Nhầm", by=cast.staff)
    assert adopt(plan.read_targets.first(), province, cast).quote


def test_a_draft_may_still_change(draft, province, cast):
    with pytest.raises(Refused):
        adopt(draft.read_targets.first(), province, cast)
    assert not Target.objects.exists()


def test_left_aside_and_taken_up_again(plan, province, cast):
    last = plan.read_targets.last()
    for _twice in range(2):
        skip_target(read_target=last, by=cast.staff)
    assert adoption_counts(plan).open == 4
    assert [one.is_skipped for one in proposals_of(plan, TODAY)] == [False] * 4 + [True]
    take_up_again(read_target=last, by=cast.staff)
    take_up_again(read_target=last, by=cast.staff)
    assert adoption_counts(plan).open == 5
    verbs = (
        AuditEvent.objects.filter(verb__startswith="target.").order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["target.skipped", "target.taken_up"]


def test_what_was_left_aside_may_be_adopted(plan, province, cast):
    first = plan.read_targets.first()
    skip_target(read_target=first, by=cast.staff)
    adopt(first, province, cast)
    assert adoption_counts(plan) == AdoptionCounts(read=5, adopted=1, skipped=0)
