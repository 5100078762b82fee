"""Missing, zero and not applicable stay three things; rates are sums over sums."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from targets.arithmetic import NOT_APPLICABLE, change, number_of, plain, rate

numbers = st.decimals(min_value=0, max_value=10_000, places=2)


def test_change_against_a_former_value():
    found = change(Decimal(98), Decimal(100))
    assert (found.difference, found.share) == (Decimal(-2), Decimal("-0.02"))
    assert change(Decimal(5), Decimal(0)).share is None


def test_change_needs_two_numbers():
    assert change(None, Decimal(5)) is None
    assert change(Decimal(5), NOT_APPLICABLE) is None


def test_beyond_is_more_up_or_down():
    fifth = Decimal("0.2")
    beyond = {n: change(Decimal(n), Decimal(100)).is_beyond(fifth) for n in (79, 80, 100, 120, 121)}
    assert beyond == {79: True, 80: False, 100: False, 120: False, 121: True}
    assert change(Decimal(1), Decimal(0)).is_beyond(fifth)
    assert not change(Decimal(0), Decimal(0)).is_beyond(fifth)


@given(numbers, numbers)
def test_difference_is_turned_round_with_its_ends(one, other):
    assert change(one, other).difference == -change(other, one).difference


def test_rate_of_nothing_is_nothing():
    assert rate(Decimal(1), Decimal(0)) is None
    assert rate(None, Decimal(5)) is None
    assert rate(NOT_APPLICABLE, Decimal(5)) is None
    assert rate(Decimal(0), Decimal(5)) == 0


@given(st.integers(0, 10**12), st.integers(0, 4))
def test_plain_numbers_are_equal_and_without_powers_of_ten(digits, places):
    value = Decimal(digits).scaleb(-places).quantize(Decimal("0.0001"))
    shown = plain(value)
    assert shown == value
    assert "E" not in str(shown)
    assert shown.as_tuple().exponent == 0 or shown.as_tuple().digits[-1] != 0


def test_number_of_a_figure():
    assert [number_of(figure) for figure in (Decimal(0), None, NOT_APPLICABLE)] == [Decimal(0), None, None]
