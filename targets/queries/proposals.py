"""The targets read in a document, each with what is proposed for it and what became of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from directives.models import Directive, ReadTarget
from targets.matching import Candidate, best_match
from targets.models import Comparator, Direction, Indicator, Target
from targets.proposing import comparator_meant, period_meant


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
    return proposed(directive, list(reads), today)


def proposal_of(read: ReadTarget, today: dt.date) -> Proposal:
    """One of them. One query."""
    return proposed(read.directive, [read], today)[0]


def proposed(directive: Directive, reads: list[ReadTarget], today: dt.date) -> list[Proposal]:
    indicators = {one.pk: one for one in Indicator.objects.on(today)}
    candidates = [Candidate(one.pk, one.unit, (one.name_vi, *one.synonyms)) for one in indicators.values()]
    headings = headings_of(directive.reading)
    return [proposal(directive, read, headings.get(read.path, ""), indicators, candidates) for read in reads]


def proposal(
    directive: Directive,
    read: ReadTarget,
    heading: str,
    indicators: dict[int, Indicator],
    candidates: list[Candidate],
) -> Proposal:
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


def headings_of(reading: dict[str, Any]) -> dict[str, str]:
    """The words above the targets of each item: its own heading and those that it stands under, by path."""
    items = {item["path"]: item for item in reading.get("outline", [])}
    found = {}
    for path in items:
        words, above = [], path
        while above is not None and above in items:
            words.append(items[above]["head"] or "")
            above = items[above]["parent_path"]
        found[path] = " ".join(words)
    return found


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
