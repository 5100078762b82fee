"""Missing, zero and not applicable stay three things; rates are sums over sums."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from targets.arithmetic import NOT_APPLICABLE, Total, change, number_of, plain, rate, rate_of, total

numbers = st.decimals(min_value=0, max_value=10_000, places=2)
figures = st.one_of(numbers, st.none(), st.just(NOT_APPLICABLE))


def test_total_keeps_the_three_apart():
    assert total([Decimal(3), Decimal(0), None, NOT_APPLICABLE, NOT_APPLICABLE]) == Total(Decimal(3), 2, 1, 2)
    assert total([None, NOT_APPLICABLE]) == Total(None, 0, 1, 1)
    assert total([Decimal(0)]) == Total(Decimal(0), 1, 0, 0)


@given(st.lists(figures), st.lists(figures))
def test_totals_of_parts_add_up_to_the_total_of_the_whole(left, right):
    whole, one, other = total(left + right), total(left), total(right)
    assert whole.counted + whole.missing + whole.not_applicable == len(left) + len(right)
    assert whole.counted == one.counted + other.counted
    if whole.value is None:
        assert (one.value, other.value) == (None, None)
    else:
        assert whole.value == (one.value or 0) + (other.value or 0)


def test_change_against_a_former_value():
    found = change(Decimal(98), Decimal(100))
    assert (found.difference, found.share) == (Decimal(-2), Decimal("-0.02"))
    assert change(Decimal(5), Decimal(0)).share is None


def test_change_needs_two_numbers():
    assert change(None, Decimal(5)) is None
    assert change(Decimal(5), NOT_APPLICABLE) is None


def test_a_jump_is_more_than_a_fifth_up_or_down():
    jumps = {value: change(Decimal(value), Decimal(100)).is_jump() for value in (79, 80, 100, 120, 121)}
    assert jumps == {79: True, 80: False, 100: False, 120: False, 121: True}
    assert change(Decimal(1), Decimal(0)).is_jump()
    assert not change(Decimal(0), Decimal(0)).is_jump()


@given(numbers, numbers)
def test_difference_is_turned_round_with_its_ends(one, other):
    assert change(one, other).difference == -change(other, one).difference


def test_rate_of_nothing_is_nothing():
    assert rate(Decimal(1), Decimal(0)) is None
    assert rate(None, Decimal(5)) is None
    assert rate(NOT_APPLICABLE, Decimal(5)) is None
    assert rate(Decimal(0), Decimal(5)) == 0


def test_a_rate_of_many_is_no_average_of_rates():
    """90 of 100 and 10 of 10 pupils are 100 of 110 present, not 95 percent."""
    pairs = [
        (Decimal(90), Decimal(100)),
        (Decimal(10), Decimal(10)),
        (None, Decimal(500)),
        (Decimal(7), NOT_APPLICABLE),
    ]
    assert rate_of(pairs) == Decimal(100) / Decimal(110)


@given(st.lists(st.tuples(numbers, numbers.filter(bool)), min_size=1))
def test_a_rate_lies_between_the_lowest_and_the_highest(pairs):
    rates = [top / below for top, below in pairs]
    slack = Decimal("1e-15") * (1 + max(rates))
    assert min(rates) - slack <= rate_of(pairs) <= max(rates) + slack


@given(st.integers(0, 10**12), st.integers(0, 4))
def test_plain_numbers_are_equal_and_without_powers_of_ten(digits, places):
    value = Decimal(digits).scaleb(-places).quantize(Decimal("0.0001"))
    shown = plain(value)
    assert shown == value
    assert "E" not in str(shown)
    assert shown.as_tuple().exponent == 0 or shown.as_tuple().digits[-1] != 0


def test_number_of_a_figure():
    assert [number_of(figure) for figure in (Decimal(0), None, NOT_APPLICABLE)] == [Decimal(0), None, None]
