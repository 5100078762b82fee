"""Numbers in JSON."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError

from eduportal.base.api.fields import AS_TYPED, PlainNumber, decimal_text

PLAIN = PlainNumber()


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        (8411, "8411"),
        (0, "0"),
        (-3, "-3"),
        (98.5, "98.5"),
        (8.411, "8.411"),  # as a number it is what JSON says it is
        (1e3, "1000.0"),
        (1e-5, "0.00001"),
        ("8411", "8411"),
        ("98.5", "98.5"),
        ("8.4110", "8.4110"),
        ("0.978", "0.978"),
    ],
)
def test_what_is_a_number(sent, number):
    assert str(PLAIN.run_validation(sent)) == number


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("8.411", "ambiguous"),
        ("-12.843", "ambiguous"),
        ("8.411,5", "not_a_number"),
        ("98,5", "not_a_number"),
        ("1.234.567", "not_a_number"),
        ("1e3", "not_a_number"),
        ("", "not_a_number"),
        (" 12", "not_a_number"),
        ("١٢", "not_a_number"),
        (True, "not_a_number"),
        ([], "not_a_number"),
        (10**21, "not_a_number"),
        (float("inf"), "not_a_number"),
        (float("nan"), "not_a_number"),
    ],
)
def test_what_is_not(sent, code):
    with pytest.raises(ValidationError) as problem:
        PLAIN.run_validation(sent)
    assert problem.value.get_codes() == [code]


@given(st.decimals(min_value=0, max_value=10**12, places=4))
def test_what_is_given_is_taken_again_or_asked_about(number):
    """Three decimals after up to three digits look as typed here; as a JSON number they are taken."""
    given_so = decimal_text(number)
    if AS_TYPED.fullmatch(given_so):
        assert PLAIN.run_validation(float(given_so)) == number
    else:
        assert PLAIN.run_validation(given_so) == number


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_whole_numbers_mean_the_same_either_way(number):
    assert PLAIN.run_validation(number) == PLAIN.run_validation(str(number)) == Decimal(number)
