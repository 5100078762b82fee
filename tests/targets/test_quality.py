"""What is doubtful in figures, and what is not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.arithmetic import NOT_APPLICABLE
from targets.models import QualityRule
from targets.quality import Check, Rule, doubts_of

CLASSES = Rule("classes", Check.NOT_ZERO, "classes", ("pupils",))
PER_CLASS = Rule("per_class", Check.RATIO, "pupils", ("classes",), least=Decimal(5), most=Decimal(55))
AGES = Rule("ages", Check.PARTS, "pupils", ("nursery", "kindergarten"), level="preschool")
TAUGHT = Rule("taught", Check.TAUGHT, "pupils")
JUMP = Rule("jump", Check.JUMP, "pupils", most=Decimal("0.2"))
ALL = [CLASSES, PER_CLASS, AGES, TAUGHT, JUMP]
figures = st.dictionaries(
    st.sampled_from(["pupils", "classes", "nursery", "kindergarten"]),
    st.integers(0, 500).map(Decimal) | st.just(NOT_APPLICABLE),
)


def doubted(now, before=None, level="primary", rules=ALL):
    numbers = {stem: Decimal(one) if isinstance(one, int) else one for stem, one in now.items()}
    former = {stem: Decimal(one) for stem, one in (before or {}).items()}
    return {one.rule.code: one.found for one in doubts_of(level, numbers, former, rules)}


@pytest.mark.parametrize(
    ("now", "before", "level", "found"),
    [
        ({"pupils": 300, "classes": 10}, {"pupils": 290}, "primary", {}),
        ({"pupils": 300, "classes": 0}, {}, "primary", {"classes": 300}),
        ({"pupils": 300, "classes": NOT_APPLICABLE}, {}, "primary", {"classes": 300}),
        ({"pupils": 300}, {}, "primary", {}),  # missing is not zero
        ({"pupils": 600, "classes": 10}, {}, "primary", {"per_class": 60}),
        ({"pupils": 550, "classes": 10}, {}, "primary", {}),
        ({"pupils": 40, "classes": 10}, {}, "primary", {"per_class": 4}),
        ({"pupils": 0, "classes": 0}, {}, "primary", {"taught": 0}),
        ({"pupils": NOT_APPLICABLE}, {}, "primary", {"taught": 0}),
        ({"pupils": 361, "classes": 10}, {"pupils": 300}, "primary", {"jump": 300}),
        ({"pupils": 360, "classes": 10}, {"pupils": 300}, "primary", {}),
        ({"pupils": 99, "nursery": 40, "kindergarten": 60}, {}, "preschool", {"ages": 100}),
        ({"pupils": 100, "nursery": 40, "kindergarten": 60}, {}, "preschool", {}),
        ({"pupils": 100, "nursery": 40}, {}, "preschool", {}),
        ({"pupils": 99, "nursery": 40, "kindergarten": 60}, {}, "primary", {}),  # a rule of another level
    ],
)
def test_what_is_doubtful(now, before, level, found):
    assert doubted(now, before, level) == found


@given(figures, figures)
def test_nothing_known_is_nothing_doubted_and_figures_are_never_altered(now, before):
    kept = dict(now)
    list(doubts_of("preschool", now, before, ALL))
    assert now == kept
    assert list(doubts_of("preschool", {}, before, ALL)) == []


@given(st.integers(1, 400), st.integers(0, 400))
def test_a_jump_is_the_same_up_and_down(before, change):
    up = doubted({"pupils": before + change}, {"pupils": before}, rules=[JUMP])
    down = doubted({"pupils": before - change}, {"pupils": before}, rules=[JUMP])
    assert bool(up) == bool(down) == (5 * change > before)


@pytest.mark.django_db
def test_the_rules_laid_down_are_evaluated_as_they_stand():
    rules = {one.code: one for one in QualityRule.objects.all().as_rules()}
    assert rules["pupils_in_a_class"] == Rule(
        "pupils_in_a_class", Check.RATIO, "pupils", ("classes",), least=Decimal(5), most=Decimal(55)
    )
    assert {one.code for one in rules.values() if one.is_serious} == {
        "pupils_without_classes",
        "pupils_without_teachers",
        "level_without_pupils",
        "children_by_age",
    }


class TestEveryFigure:
    """A rule without a figure of its own looks at each that no other rule of its kind looks at."""

    ANY = Rule("jump_of_others", Check.JUMP, "", most=Decimal("0.5"))

    def test_those_without_a_rule_of_their_own(self):
        now = {"pupils": Decimal(130), "teachers": Decimal(40), "rooms": Decimal(12)}
        before = {"pupils": Decimal(100), "teachers": Decimal(20), "rooms": Decimal(10)}
        found = list(doubts_of("primary", now, before, [JUMP, self.ANY]))
        assert [(one.rule.code, one.rule.stem, one.found) for one in found] == [
            ("jump", "pupils", Decimal(100)),
            ("jump_of_others", "teachers", Decimal(20)),
        ]

    def test_a_rule_of_another_level_is_none_of_theirs(self):
        elsewhere = Rule("jump", Check.JUMP, "pupils", level="preschool", most=Decimal("0.9"))
        found = doubts_of("primary", {"pupils": Decimal(9)}, {"pupils": Decimal(3)}, [elsewhere, self.ANY])
        assert [(one.rule.code, one.rule.stem) for one in found] == [("jump_of_others", "pupils")]
