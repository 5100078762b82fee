"""How well each rule of the reader has read, over the documents that their offices have issued."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from directives.models import DirectiveState, Lesson
from schools.models import Unit


@dataclass(frozen=True)
class RuleAccuracy:
    """What a rule found, and how much of it was left as it was. An empty rule: what people had to add."""

    kind: str
    rule: str
    found: int
    right: int

    @property
    def share(self) -> float:
        return self.right / self.found


def confirmed_lessons(office: Unit | None = None, since: dt.date | None = None) -> QuerySet[Lesson]:
    """Lessons of issued documents: of drafts only what was corrected is kept so far, which would mislead."""
    lessons = Lesson.objects.filter(directive__state=DirectiveState.ISSUED)
    if office is not None:
        lessons = lessons.filter(directive__office=office.pk)
    if since is not None:
        lessons = lessons.filter(directive__issued_at__date__gte=since)
    return lessons


def accuracy_by_rule(lessons: QuerySet[Lesson]) -> list[RuleAccuracy]:
    """By kind, the rules that found most first. One query."""
    rows = lessons.order_by().values_list("kind", "rule")
    counted = rows.annotate(found=Count("pk"), right=Count("pk", filter=Q(is_right=True)))
    return [RuleAccuracy(*row) for row in counted.order_by("kind", "-found", "rule")]


def last_corrections(lessons: QuerySet[Lesson], amount: int) -> QuerySet[Lesson]:
    """The newest that were not left as they were read, with their document."""
    wrong = lessons.filter(is_right=False).select_related("directive").defer("directive__reading")
    return wrong.order_by("-pk")[:amount]
