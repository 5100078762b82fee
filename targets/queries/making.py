"""What indicators are made of. Of indicators that come with their terms, without queries."""

from collections.abc import Iterable

from targets.models import Indicator, IndicatorTerm, Reporter


def terms_of(indicators: Iterable[Indicator]) -> list[IndicatorTerm]:
    """What indicators are made of. Uses the prefetched terms."""
    return [term for one in indicators for term in one.terms.all()]


def needs_communes(indicator: Indicator) -> bool:
    """Whether it is made of what only communes count. Uses the prefetched terms."""
    return any(term.measure.reporter == Reporter.COMMUNE for term in indicator.terms.all())


def levels_of(indicator: Indicator) -> frozenset[str]:
    """The levels whose schools report it. Uses the prefetched terms."""
    terms = indicator.terms.all()
    return frozenset(term.measure.level for term in terms if term.measure.reporter == Reporter.SCHOOL)


def is_counted_once(indicator: Indicator) -> bool:
    """Whether some of its figures stay counted when their schools are gone. Uses the prefetched terms."""
    return any(term.measure.is_counted_once for term in indicator.terms.all())
