"""The targets read in a document, each with what is proposed for it and what became of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from directives.models import Directive, ReadTarget
from eduportal.base.text import search_key
from schools.models import Posting
from targets.matching import Candidate, best_match, group_meant
from targets.models import Comparator, Direction, Indicator, SchoolGroup, Target
from targets.proposing import comparator_meant, period_meant
from targets.rules import may_set

# What the name of a target is made of.
PARTS_NAMED = ("unit", "indicator", "period", "group")
PART_OF_IT = "trong do"


@dataclass(frozen=True)
class Proposal:
    """A target read in a document. `target` is what it became; `indicator` is proposed for one still open."""

    read: ReadTarget
    indicator: Indicator | None
    period_kind: str
    period_year: int
    comparator: str
    group: SchoolGroup | None = None
    within: Target | None = None
    target: Target | None = None
    is_skipped: bool = False

    @property
    def is_open(self) -> bool:
        return self.target is None and not self.is_skipped


def proposals_of(directive: Directive, today: dt.date) -> list[Proposal]:
    """All targets read in a document, in its order. Three queries."""
    became = [f"{way}__{part}" for way in ("target", "mention__target") for part in PARTS_NAMED]
    reads = directive.read_targets.select_related("skipped", *became)
    for read in reads:
        read.directive = directive
    return proposed(reads, today)


def proposal_of(read: ReadTarget, today: dt.date) -> Proposal:
    """One of them, beside the others: what it says a part of stands in another sentence. Three queries."""
    return next(one for one in proposals_of(read.directive, today) if one.read.pk == read.pk)


def reads_to_adopt(user: Any, by: Posting | None) -> QuerySet[ReadTarget]:
    """The targets read in documents whose targets a person may adopt (`rules.may_adopt`). Lazy."""
    if by is None or not may_set(by):
        return ReadTarget.objects.none()
    documents = Directive.objects.visible_to(user).issued().filter(office=by.acting_unit.pk)
    return ReadTarget.objects.filter(directive__in=documents.values("pk"))


def proposed(reads: Iterable[ReadTarget], today: dt.date) -> list[Proposal]:
    """What is proposed for each of these, which come with their documents. Two queries."""
    reads = list(reads)
    known = Known(Indicator.objects.on(today), SchoolGroup.objects.on(today))
    by_place = {(read.directive_id, read.span_start): read for read in reads}
    found = []
    for read in reads:
        whole = by_place.get((read.directive_id, place_of_whole(read)))
        # "trong đó Khá, Tốt 93%" does not say of whom; the sentence that it is a part of does.
        is_short = whole is not None and search_key(read.raw).startswith(PART_OF_IT)
        sentence = f"{whole.raw}, {read.raw}" if whole and is_short else read.raw
        found.append(proposal(read, sentence, known, target_of(whole) if whole else None))
    return found


def place_of_whole(read: ReadTarget) -> int:
    """Where the sentence begins of which this one says a part, as the reader found it; -1: of none."""
    for one in read.directive.reading.get("targets", []):
        if one["span"][0] == read.span_start and one.get("within"):
            return int(one["within"][0])
    return -1


class Known:
    """The indicators and groups of a day, by what documents call them."""

    def __init__(self, indicators: Iterable[Indicator], groups: Iterable[SchoolGroup]):
        self.indicators = {one.pk: one for one in indicators}
        self.groups = {one.pk: one for one in groups}
        self.candidates = [Candidate(pk, one.unit, wordings(one)) for pk, one in self.indicators.items()]
        self.names_of_groups = {pk: wordings(one) for pk, one in self.groups.items()}

    def indicator(self, sentence: str, heading: str, unit: str) -> Indicator | None:
        match = best_match(sentence, heading, unit, self.candidates)
        return self.indicators[match.pk] if match else None

    def group(self, sentence: str, indicator: Indicator | None) -> SchoolGroup | None:
        meant = group_meant(sentence, wordings(indicator) if indicator else (), self.names_of_groups)
        return self.groups[meant] if meant else None


def wordings(row: Indicator | SchoolGroup) -> tuple[str, ...]:
    return (row.name_vi, *row.synonyms)


def proposal(read: ReadTarget, sentence: str, known: Known, whole: Target | None) -> Proposal:
    directive = read.directive
    heading = heading_of(directive.reading, read.path)
    indicator = known.indicator(sentence, heading, read.unit)
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
        group=known.group(sentence, indicator),
        within=whole,
        target=target_of(read),
        is_skipped=hasattr(read, "skipped"),
    )


def target_of(read: ReadTarget) -> Target | None:
    """What a sentence became: a target of its own, or one that was there before. Needs both selected."""
    if mention := getattr(read, "mention", None):
        return mention.target
    return getattr(read, "target", None)


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
        adopted=Count("pk", filter=Q(target__isnull=False) | Q(mention__isnull=False)),
        skipped=Count("skipped", filter=Q(target__isnull=True, mention__isnull=True)),
    )
    return AdoptionCounts(**counts)
