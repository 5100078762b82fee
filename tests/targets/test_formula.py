"""Formulas of indicators: what is read back as it is printed, and what is refused where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.formula import Counts, Fault, Formula, FormulaError, check, parsed

JUNE = frozenset({6})
KINDS = {
    "primary.pupils": Counts("pupils", "pupils", "primary", "school"),
    "primary.attending": Counts("pupils", "attending", "primary", "school"),
    "primary.of_age": Counts("pupils", "of_age", "primary", "school", frozenset({1, 5, 9})),
    "primary.assessed": Counts("pupils", "assessed", "primary", "school", JUNE),
    "primary.classes": Counts("classes", "classes", "primary", "school"),
    "primary.two_sessions": Counts("yes", "two_sessions", "primary", "school", JUNE),
    "primary.english": Counts("yes", "english", "primary", "school", JUNE),
    "universal.primary_3": Counts("yes", "primary_3", "", "commune", JUNE),
    "population.age_6_10": Counts("children", "age_6_10", "", "commune"),
}
names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda name: name != "share")
codes = st.builds("{}.{}".format, names, names)
sides = st.lists(codes, min_size=1, max_size=4, unique=True).map(tuple)
formulas = st.builds(Formula, sides, st.just(()) | sides) | st.builds(
    lambda side: Formula(side, is_share=True), sides
)


def fault_of(text: str) -> tuple[Fault, str, int]:
    with pytest.raises(FormulaError) as caught:
        check(parsed(text), KINDS)
    return caught.value.fault, caught.value.what, caught.value.place


@given(formulas, st.sampled_from(["", " ", "\n", "  "]))
def test_what_is_printed_is_read_back(formula, space):
    assert parsed(str(formula)) == formula
    assert parsed(str(formula).replace(" ", space)) == formula


@given(st.text())
def test_whatever_is_typed_is_a_formula_or_a_fault_within_the_text(text):
    try:
        place = len(str(parsed(text)))
    except FormulaError as error:
        place = error.place
    assert 0 <= place <= max(len(text) * 3, 1)


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("primary.pupils", Formula(("primary.pupils",))),
        ("(primary.pupils)", Formula(("primary.pupils",))),
        ("a.b+a.c / (a.d + a.e)", None),
        ("(a.b + a.c)/a.d", Formula(("a.b", "a.c"), ("a.d",))),
        ("share( a.b )", Formula(("a.b",), is_share=True)),
    ],
)
def test_brackets_say_what_is_above_the_line(text, formula):
    if formula is None:
        assert fault_of(text) == (Fault.NOT_READ, "/", 9)
    else:
        assert parsed(text) == formula


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", (Fault.EMPTY, "", 0)),
        ("  ", (Fault.EMPTY, "", 0)),
        ("primary.attending /", (Fault.NOT_ENDED, "", 0)),
        ("(primary.attending", (Fault.NOT_ENDED, "", 0)),
        ("primary.attending / primary.pupils / 2", (Fault.NOT_READ, "2", 38)),
        ("primary.pupils - primary.attending", (Fault.NOT_READ, "-", 16)),
        ("__import__('os')", (Fault.NOT_READ, "__import__('os')", 1)),
        ("Số học sinh", (Fault.NOT_READ, "Số", 1)),
        ("primary.attending primary.pupils", (Fault.NOT_READ, "primary.pupils", 19)),
        ("primary.nobody", (Fault.UNKNOWN, "primary.nobody", 0)),
        ("primary.pupils + primary.pupils", (Fault.TWICE, "primary.pupils", 0)),
        ("primary.pupils + primary.classes", (Fault.UNLIKE, "primary.pupils, primary.classes", 0)),
        ("primary.pupils / primary.classes", (Fault.NO_RATE, "", 0)),
        ("share(primary.pupils)", (Fault.NO_SHARE, "", 0)),
        ("primary.pupils / primary.pupils", (Fault.TWICE, "primary.pupils", 0)),
        (
            "primary.attending / (primary.pupils + primary.of_age)",
            (Fault.TILTED, "primary.pupils, primary.of_age", 0),
        ),
        ("primary.assessed / primary.of_age", (Fault.NEVER, "primary.assessed, primary.of_age", 0)),
        (
            "primary.two_sessions + universal.primary_3",
            (Fault.UNLIKE, "primary.two_sessions, universal.primary_3", 0),
        ),
        (
            "share(primary.two_sessions + primary.english)",
            (Fault.UNLIKE, "primary.two_sessions, primary.english", 0),
        ),
        ("primary.two_sessions / primary.pupils", (Fault.NO_SHARE, "", 0)),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_place(text, fault):
    assert fault_of(text) == fault


@pytest.mark.parametrize(
    "text",
    [
        "primary.attending / primary.pupils",
        "primary.attending / population.age_6_10",
        "primary.two_sessions",
        "share(primary.two_sessions)",
    ],
)
def test_like_over_like_is_taken(text):
    check(parsed(text), KINDS)
