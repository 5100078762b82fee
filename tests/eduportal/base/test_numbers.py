"""Numbers typed the Vietnamese way: what is clear is taken, what is not is asked about."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduportal.base.numbers import NumberProblem, format_number, parse_number

whole_numbers = st.integers(-(10**12), 10**12)
fractions = st.decimals(-(10**9), 10**9, places=4)
typed_texts = st.text(alphabet="0123456789.,-− %x", max_size=14) | st.from_regex(
    r"-?\d{1,3}([.,]\d{1,3}){0,3}", fullmatch=True
)


def problem_of(typed, decimals):
    try:
        parse_number(typed, decimals=decimals)
    except NumberProblem as problem:
        return problem
    return None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8.411", "8411"),
        ("8411", "8411"),
        ("8 411", "8411"),
        ("8\u00a0411", "8411"),
        (" 12 ", "12"),
        ("0", "0"),
        ("007", "7"),
        ("1.234.567", "1234567"),
        ("-12", "-12"),
        ("\u221212", "-12"),
        ("12,0", "12"),
    ],
)
def test_whole_numbers(typed, meant):
    assert parse_number(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("98,5", "98.5"),
        ("98,5%", "98.5"),
        ("98,5 %", "98.5"),
        ("0,125", "0.125"),
        ("8.411", "8411"),
        ("8.411,25", "8411.25"),
        ("-0,5", "-0.5"),
    ],
)
def test_numbers_with_a_fraction(typed, meant):
    assert parse_number(typed, decimals=True) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "decimals", "code", "readings"),
    [
        ("98.5", True, "ambiguous", ["98.5", "985"]),
        ("0.985", True, "ambiguous", ["0.985", "985"]),
        ("8.41", True, "ambiguous", ["8.41", "841"]),
        ("1,234,567", True, "ambiguous", ["1234567"]),
        ("1,234.5", True, "ambiguous", ["1234.5"]),
        ("12,000", False, "ambiguous", ["12", "12000"]),
        ("1,234,567", False, "ambiguous", ["1234567"]),
        ("12.0", False, "ambiguous", ["12", "120"]),
        ("12,843", False, "not_whole", ["12843"]),
        ("98.5", False, "not_whole", ["985"]),
        ("-12,843", False, "not_whole", ["-12843"]),
        ("98,5", False, "not_whole", []),
        ("584,5", False, "not_whole", []),
        ("1,234.5", False, "not_whole", []),
    ],
)
def test_what_can_be_meant_two_ways_is_asked_about(typed, decimals, code, readings):
    with pytest.raises(NumberProblem) as caught:
        parse_number(typed, decimals=decimals)
    assert (caught.value.code, list(caught.value.readings)) == (code, [Decimal(r) for r in readings])


@pytest.mark.parametrize(
    "typed", ["", "tám", "12a", "1.2.3", "--5", "5-", "1e3", ",5", "5,", "12 5", "%", "NaN"]
)
def test_what_is_no_number(typed):
    with pytest.raises(NumberProblem) as caught:
        parse_number(typed, decimals=True)
    assert caught.value.code == "not_a_number"


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (8411, "8.411", "8,411"),
        (Decimal("8411.50"), "8.411,5", "8,411.5"),
        (Decimal("98.5000"), "98,5", "98.5"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (0.985, "0,985", "0.985"),
        (-1234567, "-1.234.567", "-1,234,567"),
        (0, "0", "0"),
    ],
)
def test_formatting(value, vietnamese, english):
    assert (format_number(value), format_number(value, language="en")) == (vietnamese, english)


@given(whole_numbers)
def test_a_whole_number_survives_being_shown_and_typed_again(number):
    assert parse_number(format_number(number)) == number
    assert parse_number(format_number(number), decimals=True) == number


@given(fractions)
def test_a_fraction_survives_being_shown_and_typed_again(number):
    assert parse_number(format_number(number), decimals=True) == number


@given(typed_texts, st.booleans())
def test_each_reading_offered_is_taken_when_typed(typed, decimals):
    problem = problem_of(typed, decimals)
    if problem:
        assert problem.readings or problem.code != "ambiguous"
        assert not problem.readings or problem.code != "not_a_number"
        for reading in problem.readings:
            assert parse_number(format_number(reading), decimals=decimals) == reading


@given(typed_texts)
def test_a_field_of_whole_numbers_gives_nothing_but_whole_numbers(typed):
    if not problem_of(typed, decimals=False):
        assert parse_number(typed) == int(parse_number(typed))


@given(st.text(max_size=30), st.booleans())
def test_any_text_is_a_number_or_a_problem(typed, decimals):
    if not problem_of(typed, decimals):
        assert parse_number(typed, decimals=decimals).is_finite()
