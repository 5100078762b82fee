"""The targets read in a document, each with what is proposed for it and what became of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from directives.models import Directive, ReadTarget
from schools.models import Posting
from targets.matching import Candidate, best_match
from targets.models import Comparator, Direction, Indicator, Target
from targets.proposing import comparator_meant, period_meant
from targets.rules import may_set


@dataclass(frozen=True)
class Proposal:
    """A target read in a document. `target` is what it became; `indicator` is proposed for one still open."""

    read: ReadTarget
    indicator: Indicator | None
    period_kind: str
    period_year: int
    comparator: str
    target: Target | None = None
    is_skipped: bool = False

    @property
    def is_open(self) -> bool:
        return self.target is None and not self.is_skipped


def proposals_of(directive: Directive, today: dt.date) -> list[Proposal]:
    """All targets read in a document, in its order. Two queries."""
    reads = directive.read_targets.select_related(
        "skipped", "target__unit", "target__indicator", "target__period"
    )
    for read in reads:
        read.directive = directive
    return proposed(reads, today)


def proposal_of(read: ReadTarget, today: dt.date) -> Proposal:
    """One of them. One query."""
    return proposed([read], today)[0]


def reads_to_adopt(user: Any, by: Posting | None) -> QuerySet[ReadTarget]:
    """The targets read in documents whose targets a person may adopt (`rules.may_adopt`). Lazy."""
    if by is None or not may_set(by):
        return ReadTarget.objects.none()
    documents = Directive.objects.visible_to(user).issued().filter(office=by.acting_unit.pk)
    return ReadTarget.objects.filter(directive__in=documents.values("pk"))


def proposed(reads: Iterable[ReadTarget], today: dt.date) -> list[Proposal]:
    """What is proposed for each of these, which come with their documents. One query."""
    indicators = {one.pk: one for one in Indicator.objects.on(today)}
    candidates = [Candidate(one.pk, one.unit, (one.name_vi, *one.synonyms)) for one in indicators.values()]
    return [proposal(read, indicators, candidates) for read in reads]


def proposal(read: ReadTarget, indicators: dict[int, Indicator], candidates: list[Candidate]) -> Proposal:
    directive = read.directive
    heading = heading_of(directive.reading, read.path)
    match = best_match(read.raw, heading, read.unit, candidates)
    indicator = indicators[match.pk] if match else None
    issued_on = directive.issued_on or directive.created_at.date()
    texts = (read.raw, heading, directive.subject)
    kind, year = period_meant(texts, issued_on, settings.MONTH_STARTS_ON)
    higher = indicator is None or indicator.direction == Direction.HIGHER
    return Proposal(
        read=read,
        indicator=indicator,
        period_kind=kind,
        period_year=year,
        comparator=comparator_meant(read.comparator, higher_is_better=higher, known=Comparator.values),
        target=getattr(read, "target", None),
        is_skipped=hasattr(read, "skipped"),
    )


def heading_of(reading: dict[str, Any], path: str | None) -> str:
    """The words above the targets of an item: its own heading and those that it stands under."""
    items = {item["path"]: item for item in reading.get("outline", [])}
    words = []
    while path is not None and path in items:
        words.append(items[path]["head"] or "")
        path = items[path]["parent_path"]
    return " ".join(words)


@dataclass(frozen=True)
class AdoptionCounts:
    read: int
    adopted: int
    skipped: int

    @property
    def open(self) -> int:
        return self.read - self.adopted - self.skipped


def adoption_counts(directive: Directive) -> AdoptionCounts:
    """How many targets were read in a document, and what became of them. One query."""
    counts = directive.read_targets.aggregate(
        read=Count("pk"),
        adopted=Count("target"),
        skipped=Count("skipped", filter=Q(target__isnull=True)),
    )
    return AdoptionCounts(**counts)
