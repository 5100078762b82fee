"""The targets of the real plan beside this checkout: each is proposed an indicator of the catalogue."""

import pytest

from directives.actions.drafting import draft_directive
from targets.queries.proposals import proposals_of
from tests.conftest import TODAY
from tests.directives.conftest import SHARED

PLAN = SHARED / "002.txt"
OF_THE_PLAN = [
    "all.teachers_at_standard_rate", "all.enough_teachers_rate", "primary.english_teachers_rate",
    "preschool.cooking_rate", "preschool.nursery_rate", "preschool.kindergarten_rate",
    "preschool.boarding_meals_rate", "primary.enrolment_rate", "primary.main_site_rate",
    "primary.two_sessions_rate", "primary.result_complete_rate", "primary.result_good_rate",
    "primary.completion_rate", "primary.foreign_language_rate", "lower_secondary.enrolment_rate",
    "lower_secondary.conduct_pass_rate", "lower_secondary.conduct_good_rate",
    "lower_secondary.study_pass_rate", "lower_secondary.study_good_rate", "lower_secondary.graduation_rate",
    "upper_secondary.admission_10_rate", "upper_secondary.conduct_pass_rate",
    "upper_secondary.conduct_good_rate", "upper_secondary.study_pass_rate",
    "upper_secondary.study_good_rate", "upper_secondary.graduation_rate", "all.boarding_places_rate",
    "all.solid_rate", "preschool.universal_preschool_5_rate", "primary.universal_primary_3",
    "lower_secondary.universal_lower_secondary_2", "all.standard_1", "preschool.standard_1",
    "primary.standard_1", "lower_secondary.standard_1", "all.digital_platform_rate",
]  # fmt: skip


@pytest.mark.shared
@pytest.mark.skipif(
    not PLAN.exists(), reason="the real documents are not beside this checkout (../shared/reading)"
)
def test_each_target_of_the_plan_has_its_indicator(province, cast):
    plan = draft_directive(
        office=province.department, text=PLAN.read_text(encoding="utf-8"), by=cast.staff, today=TODAY
    )
    proposed = [one.indicator.code if one.indicator else None for one in proposals_of(plan, TODAY)]
    assert proposed == OF_THE_PLAN
