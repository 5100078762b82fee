"""What the figures of a large office came to, remembered: the next look reads only those that changed.

A figure begins or ceases to count with its status, so `Observation.status_at` tells what is out of date.
Whoever looks also reads again what changed some minutes before the last look: a change may be written down a
while after its moment. What is remembered hangs on the tree and on the terms asked about; where these are
others, nothing is known. Losing all of it costs time only.
"""

import datetime as dt
import hashlib
import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from redis.exceptions import RedisError

from schools.models import Unit, UnitAncestry
from targets.models import IndicatorTerm, Observation
from targets.queries.sums import Amount, Amounts, Given, Months, Pair, Span, amounts, pair_of, totals_by_month
from targets.values import Value

logger = logging.getLogger(__name__)
Found = TypeVar("Found")

# Beneath fewer units everything is read quickly.
MANY = 200
# Longer than any change takes from its moment until others see it.
UNSEEN = dt.timedelta(minutes=10)
# Where so large a part changed, all is read anew.
TOO_MANY = 0.25
KEPT = dt.timedelta(days=7)
FRESH = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class Tree:
    """Who stands beneath a unit on a day: how many, and a fingerprint of them and of who stood there when."""

    units: int
    fingerprint: str

    @property
    def is_large(self) -> bool:
        return self.units >= MANY


Spans = list[tuple[int, dt.date, dt.date | None, dt.date | None]]
"""Units with the days from and to which they stand beneath one, and those on which they close."""


def spans_beneath(unit: Unit) -> Spans:
    """One query; none for a school."""
    if unit.is_school:
        return []
    rows = UnitAncestry.objects.filter(ancestor=unit.pk).order_by("descendant", "kind", "valid_from")
    return list(rows.values_list("descendant", "valid_from", "valid_to", "descendant__valid_to"))


def ever_beneath(unit: Unit) -> QuerySet:
    """Primary keys of a unit and of all that stands or once stood beneath it. A subquery."""
    return UnitAncestry.objects.filter(ancestor=unit.pk).values("descendant")


def existing_in(spans: Spans, on: dt.date) -> set[int]:
    """The units that exist beneath on a day: `existing_beneath`, of what was read."""
    return {one for one, first, end, _ in spans if first <= on and (end is None or on < end)}


def tree_of(spans: Spans, mark: str, on: dt.date) -> Tree:
    """`mark`: the fingerprint of the spans, and of whose they are."""
    existing = sorted(existing_in(spans, on))
    return Tree(len(existing), fingerprint(mark, existing))


def fingerprint(*of: object) -> str:
    return hashlib.sha256(repr(of).encode()).hexdigest()


def amounts_in(given: Given, tree: Tree) -> Amounts:
    """`amounts`, of a large office from what is remembered. Two queries."""
    if not tree.is_large:
        return amounts(given)
    key, now = key_of("amounts", given.terms, given.span, tree.fingerprint), timezone.now()
    at, found = kept_of(Amounts, key)
    if at is None:
        return keep(key, now, amounts(given))
    most = round(TOO_MANY * tree.units)
    changed = changed_since(at, given.span, "unit")[: most + 1]
    units = set(changed)
    if len(units) > most:
        return keep(key, now, amounts(given))
    if units:
        overlay(found, units, amounts(given.of(units)))
    return keep(key, now, found) if is_stale(at, now) else found


def overlay(found: Amounts, units: Collection[int], fresh: Mapping[Pair, Mapping[int, Amount]]) -> None:
    """What these units give now in the place of what they gave."""
    for of_pair in found.values():
        for unit in units:
            of_pair.pop(unit, None)
    for pair, of_units in fresh.items():
        found.setdefault(pair, {}).update(of_units)


def months_in(given: Given, tree: Tree) -> dict[Pair, Months]:
    """`totals_by_month`, of a large office from what is remembered. Two queries."""
    if not tree.is_large:
        return totals_by_month(given)
    key, now = key_of("months", given.terms, given.span, tree.fingerprint), timezone.now()
    at, found = kept_of(dict[Pair, Months], key)
    if at is None:
        return keep(key, now, totals_by_month(given))
    changed = set(changed_since(at, given.span, "period__data_to"))
    if changed:
        fresh = totals_by_month(given.in_months(changed))
        for pair in found.keys() | fresh.keys():
            quiet = {month: total for month, total in found.get(pair, {}).items() if month not in changed}
            found[pair] = quiet | fresh.get(pair, {})
    return keep(key, now, found) if is_stale(at, now) else found


def until_changed(key: str, span: Span, work_out: Callable[[], Found]) -> Found:
    """An answer that holds until some figure of a span changes. One query, then."""
    now = timezone.now()
    kept: tuple[dt.datetime, Found] | None = recalled(key)
    if kept is None or changed_since(kept[0], span, "unit").exists():
        return keep(key, now, work_out())
    return kept[1]


def by_content(key: str, work_out: Callable[[], Found]) -> Found:
    """An answer that hangs on nothing but what its key names. Without queries."""
    kept: tuple[dt.datetime, Found] | None = recalled(key)
    return keep(key, timezone.now(), work_out()) if kept is None else kept[1]


def changed_since(at: dt.datetime, span: Span, column: str) -> QuerySet[Observation, Any]:
    """The units, or months, of whose figures in a span some began or ceased to count since the last look."""
    rows = Observation.objects.filter(
        status_at__gte=at - UNSEEN, period__data_to__range=(span.first, span.last)
    )
    return rows.order_by().values_list(column, flat=True).distinct()


def kept_of(kind: type[Found], key: str) -> tuple[dt.datetime | None, Found]:
    """What was kept, with the moment of the look; an empty one without a moment where nothing was."""
    return recalled(key) or (None, kind())


def recalled(key: str) -> Any:
    """What is kept there; None where nothing is, or where the store does not answer: all is read then."""
    try:
        return cache.get(key)
    except RedisError:
        logger.warning("The store of remembered figures does not answer", exc_info=True)
        return None


def keep(key: str, at: dt.datetime, found: Found) -> Found:
    with suppress(RedisError):
        cache.set(key, (at, found), KEPT.total_seconds())
    return found


def is_stale(at: dt.datetime, now: dt.datetime) -> bool:
    """Whether what changed meanwhile is worth writing down."""
    return now - at > FRESH


def key_of(kind: str, terms: Iterable[IndicatorTerm], span: Span, hangs_on: str) -> str:
    """Where the answer to a question is kept: named by all that it hangs on but the figures."""
    asked = {
        (
            term.indicator_id,
            term.side,
            *pair_of(term),
            term.measure.is_stock,
            term.measure.asked_every,
            *term.measure.asked_in,
        )
        for term in terms
    }
    # Another version of the portal may keep other things of a value.
    shape = sorted(Value.__dataclass_fields__)
    named = fingerprint(sorted(asked, key=repr), hangs_on, shape)
    return f"figures:{kind}:{span.first}:{span.last}:{named}"
