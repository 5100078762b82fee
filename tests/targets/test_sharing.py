"""How a target is divided among the units beneath, and what the parts come to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.sharing import Piece, Way, divided, holds, proposed, whole

CLOUD, TEA, HIGH = 1, 2, 3


def numbers(**given: str) -> dict[int, Decimal]:
    return {{"cloud": CLOUD, "tea": TEA, "high": HIGH}[name]: Decimal(text) for name, text in given.items()}


def piece(pk: int, weight: str | None = None, before: str | None = None) -> Piece:
    return Piece(pk, None if weight is None else Decimal(weight), None if before is None else Decimal(before))


def test_a_rate_is_the_same_for_all():
    found = proposed(Way.SAME, [piece(CLOUD, "300"), piece(TEA)], Decimal("98.5"), is_rate=True)
    assert found == numbers(cloud="98.5", tea="98.5")


def test_a_count_goes_by_shares_of_what_each_has():
    pieces = [piece(CLOUD, "300"), piece(TEA, "500"), piece(HIGH, "1200")]
    assert proposed(Way.SHARE, pieces, Decimal(9), is_rate=False) == numbers(cloud="1", tea="2", high="6")


def test_whoever_has_nothing_yet_is_proposed_nothing():
    pieces = [piece(CLOUD, "300"), piece(TEA), piece(HIGH, "0")]
    assert proposed(Way.SHARE, pieces, Decimal(9), is_rate=False) == numbers(cloud="9")
    assert proposed(Way.SHARE, [piece(TEA)], Decimal(9), is_rate=False) == {}


def test_a_count_grows_from_last_years():
    """330 last year, 341 wanted: eleven more, by what each had."""
    pieces = [piece(CLOUD, before="30"), piece(TEA, before="300"), piece(HIGH)]
    assert proposed(Way.STEP, pieces, Decimal(341), is_rate=False) == numbers(cloud="31", tea="310")


def test_a_count_shrinks_from_last_years():
    pieces = [piece(CLOUD, before="10"), piece(TEA, before="20")]
    assert proposed(Way.STEP, pieces, Decimal(27), is_rate=False) == numbers(cloud="9", tea="18")


def test_rates_grow_by_the_points_that_all_together_lack():
    """90 % of 300 and 98 % of 100 were 92 %; 95 % wanted: three points more for each."""
    pieces = [piece(CLOUD, "300", "90"), piece(TEA, "100", "98"), piece(HIGH, "50")]
    assert proposed(Way.STEP, pieces, Decimal(95), is_rate=True) == numbers(cloud="93", tea="100")


def test_nothing_to_start_from_is_nothing_to_propose():
    for is_rate in (True, False):
        assert proposed(Way.STEP, [piece(CLOUD, "300")], Decimal(9), is_rate=is_rate) == {}


def test_together_rates_are_weighted_and_counts_added():
    pieces = [piece(CLOUD, "300"), piece(TEA, "100"), piece(HIGH)]
    assert whole(pieces, numbers(cloud="90", tea="98"), is_rate=True) == Decimal(92)
    assert whole(pieces, numbers(cloud="90", tea="98"), is_rate=False) == Decimal(188)
    assert whole(pieces, {}, is_rate=False) is None
    assert whole(pieces, numbers(high="90"), is_rate=True) is None


@pytest.mark.parametrize(
    ("comparator", "together", "is_enough"),
    [
        ("ge", "98", True), ("ge", "99", True), ("ge", "97.9", False), ("gt", "98", True),
        ("le", "98", True), ("le", "98.1", False), ("lt", "97", True),
        ("eq", "98", True), ("eq", "99", False), ("ge", None, True),
    ],
)  # fmt: skip
def test_parts_that_reach_the_whole(comparator, together, is_enough):
    known = None if together is None else Decimal(together)
    assert holds(comparator, known, Decimal(98)) is is_enough


WEIGHTS = st.dictionaries(st.integers(1, 50), st.integers(1, 5000).map(Decimal), min_size=1)


@given(st.integers(0, 100_000).map(Decimal), WEIGHTS)
def test_parts_add_up_and_nobody_is_off_by_one_or_more(total, weights):
    parts = divided(total, weights)
    assert sum(parts.values()) == total
    in_all = sum(weights.values())
    assert all(abs(parts[pk] - total * weight / in_all) < 1 for pk, weight in weights.items())


@given(WEIGHTS, st.integers(0, 20_000).map(Decimal))
def test_a_step_adds_up_too(before, goal):
    pieces = [Piece(pk, None, had) for pk, had in before.items()]
    parts = proposed(Way.STEP, pieces, goal, is_rate=False)
    assert sum(parts.values()) == goal
    assert min(parts.values()) >= 0


@given(st.dictionaries(st.integers(1, 50), st.tuples(st.integers(1, 900), st.integers(0, 1000)), min_size=1))
def test_a_weighted_rate_lies_between_its_parts(units):
    pieces = [Piece(pk, Decimal(weight)) for pk, (weight, _) in units.items()]
    rates = {pk: Decimal(tenths) / 10 for pk, (_, tenths) in units.items()}
    together = whole(pieces, rates, is_rate=True)
    assert min(rates.values()) <= together <= max(rates.values())
