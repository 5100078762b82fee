"""Targets read in a document: proposed, adopted once, left aside, taken up again."""

from decimal import Decimal

import pytest

from directives.actions.drafting import draft_directive
from directives.actions.issuing import issue_directive
from directives.models import Directive, Lesson
from eduportal.base.errors import EditConflict, Refused
from schools.actions import school_year_period
from targets.actions import (
    AdoptedAlready,
    AlreadySet,
    Goal,
    Origin,
    adopt_target,
    keep_target,
    remove_target,
    revise_for_read,
    revise_target,
    set_target,
    skip_target,
    take_up_again,
)
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
    with django_assert_num_queries(3):
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


def test_what_was_made_of_it_is_kept_by_the_rule_that_read_it(plan, province, cast):
    """For `manage.py reading_report`: as it was read, or corrected; what is left aside teaches nothing."""
    first, second, third = plan.read_targets.all()[:3]
    adopt(first, province, cast)
    adopt_target(
        read_target=second,
        unit=province.department,
        indicator=indicator("preschool.kindergarten_rate"),
        period=school_year_period(2026),
        goal=Goal("between", Decimal(96), Decimal(98)),
        by=cast.staff,
    )
    skip_target(read_target=third, by=cast.staff)
    rows = Lesson.objects.filter(directive=plan, kind="target").order_by("pk")
    assert [(row.rule, row.read, row.corrected, row.is_right) for row in rows] == [
        (first.rule, "ge 22.6", "ge 22.6", True),
        (second.rule, "ge 98.1", "between 96 98", False),
    ]
    assert first.rule
    assert rows[0].span_start == first.span_start


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


def set_by_hand(province, cast, by=None, value="20") -> Target:
    return set_target(
        unit=province.department,
        indicator=indicator("preschool.nursery_rate"),
        period=school_year_period(2026),
        goal=Goal("ge", Decimal(value)),
        by=by or cast.staff,
    )


def test_one_set_by_hand_is_kept_and_has_its_origin_in_the_sentence(plan, province, cast):
    target, read = set_by_hand(province, cast), plan.read_targets.first()
    kept = keep_target(read_target=read, target=target, by=cast.staff)
    assert (kept.pk, kept.value, kept.directive, kept.read_target) == (target.pk, Decimal(20), plan, read)
    assert "22,6%" in kept.quote
    assert adoption_counts(plan).adopted == 1
    assert proposals_of(plan, TODAY)[0].target == target
    assert AuditEvent.objects.filter(verb="target.linked", object_id=target.pk).exists()


def test_one_of_another_sentence_keeps_its_origin_beside_the_new_link(plan, province, cast):
    first, second = plan.read_targets.all()[:2]
    target = adopt(first, province, cast)
    keep_target(read_target=second, target=target, by=cast.staff)
    target.refresh_from_db()
    assert (target.read_target, target.mentions.get().read_target) == (first, second)
    assert adoption_counts(plan) == AdoptionCounts(read=5, adopted=2, skipped=0)
    assert [one.target for one in proposals_of(plan, TODAY)][:3] == [target, target, None]
    for again in (
        lambda: keep_target(read_target=second, target=target, by=cast.staff),
        lambda: adopt(second, province, cast, "all.classes"),
        lambda: skip_target(read_target=second, by=cast.staff),
    ):
        with pytest.raises(AdoptedAlready) as refusal:
            again()
        assert refusal.value.target == target
    remove_target(target=target, version=1, reason="Nhầm", by=cast.staff)
    assert adoption_counts(plan).open == 5


def test_changed_to_the_sentence_with_what_it_was_why_and_by_whom(plan, province, cast):
    target, read = set_by_hand(province, cast), plan.read_targets.first()
    changed = {"goal": Goal("ge", Decimal("22.6")), "note": "", "reason": "Theo kế hoạch", "by": cast.staff}
    revise_for_read(read_target=read, target=target, version=1, **changed)
    target.refresh_from_db()
    former = target.revisions.get()
    assert (target.value, target.read_target) == (Decimal("22.6"), read)
    assert (former.value, former.reason, former.revised_by) == (Decimal(20), "Theo kế hoạch", cast.staff.user)


def test_nothing_is_linked_where_somebody_else_changed_it(plan, province, cast):
    target, read = set_by_hand(province, cast), plan.read_targets.first()
    revise_target(
        target=target, version=1, goal=Goal("ge", Decimal(21)), note="", reason="Khác", by=cast.staff
    )
    with pytest.raises(EditConflict):
        revise_for_read(
            read_target=read,
            target=target,
            version=1,
            goal=Goal("ge", Decimal("22.6")),
            note="",
            reason="Theo kế hoạch",
            by=cast.staff,
        )
    assert adoption_counts(plan).open == 5


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


def test_parts_are_proposed_within_the_target_before_them(province, cast):
    """ "09 trường, trong đó: mầm non 05, tiểu học 02": both are parts of the nine; what follows is none."""
    text = (
        "KẾ HOẠCH\n\nThực hiện nhiệm vụ năm học 2026 - 2027\n\nI. MỤC TIÊU\n\n1. Xây dựng trường chuẩn\n\n"
        "Năm học 2026 - 2027, có 09 trường đạt chuẩn quốc gia (lũy kế), trong đó: cấp Mầm non 05 trường, "
        "cấp Tiểu học 02 trường.\n\n2. Chuyên cần\n\nTỷ lệ học sinh tiểu học chuyên cần đạt từ 98% trở lên.\n"
    )
    plan = draft_directive(office=province.department, text=text, by=cast.staff, today=TODAY)
    whole = plan.read_targets.first()
    target = set_target(
        unit=province.department,
        indicator=indicator("all.standard_1"),
        period=school_year_period(2026),
        goal=Goal("ge", Decimal(9)),
        origin=Origin(plan, whole, whole.raw),
        by=cast.staff,
    )
    assert [(one.read.raw[:8], one.within) for one in proposals_of(plan, TODAY)] == [
        ("Năm học ", None),
        ("cấp Mầm ", target),
        ("cấp Tiểu", target),
        ("Tỷ lệ họ", None),
    ]
