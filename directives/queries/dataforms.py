"""What units answered to the form of a task, in one table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from directives.models import DataForm, FormAnswer, FormField, FormReply, Task
from directives.models.assignment import Assignment, AssignmentQuerySet
from directives.models.dataform import Value


@dataclass(frozen=True)
class AnswerRow:
    """One unit: its answers in the order of the fields, all None while it has sent nothing."""

    assignment: Assignment
    reply: FormReply | None
    values: list[Value]

    @property
    def is_sent(self) -> bool:
        return self.reply is not None


@dataclass(frozen=True)
class Totals:
    """How many units were asked and have answered, and the sum of each field that adds up."""

    asked: int
    answered: int
    sums: list[Decimal | None]

    @property
    def missing(self) -> int:
        return self.asked - self.answered


def form_of(task: Task) -> DataForm | None:
    """The form that a task carries, with its fields. Two queries."""
    return DataForm.objects.filter(task=task).prefetch_related("fields").first()


def asked_units(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    """Those of whom answers are expected: not the ones that stand outside for good."""
    return assignments.exclude(state__in=["cancelled", "refused"])


def answered(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    return assignments.filter(reply__sent_at__isnull=False)


def not_answered(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    return assignments.filter(Q(reply__isnull=True) | Q(reply__sent_at__isnull=True))


def answer_rows(fields: Sequence[FormField], assignments: Sequence[Assignment]) -> list[AnswerRow]:
    """The sent answers of these assignments. Two queries, however many there are."""
    sent = FormReply.objects.sent().filter(assignment__in=assignments).select_related("sent_by")
    replies = {reply.assignment_id: reply for reply in sent}
    values: dict[int, dict[int, Value]] = {}
    for answer in FormAnswer.objects.filter(reply__in=replies.values()):
        values.setdefault(answer.reply_id, {})[answer.field_id] = answer.value
    return [
        AnswerRow(
            one,
            reply := replies.get(one.pk),
            [values.get(reply.pk, {}).get(field.pk) if reply else None for field in fields],
        )
        for one in assignments
    ]


def totals(fields: Sequence[FormField], assignments: AssignmentQuerySet) -> Totals:
    """Over all of these assignments, not only those on one page of the table. Two queries."""
    counted = assignments.aggregate(
        asked=Count("pk", distinct=True),
        answered=Count("pk", distinct=True, filter=Q(reply__sent_at__isnull=False)),
    )
    sent = FormAnswer.objects.filter(
        reply__assignment__in=assignments.order_by().values("pk"), reply__sent_at__isnull=False
    )
    summed = sent.filter(number__isnull=False).order_by().values_list("field").annotate(Sum("number"))
    sums: dict[int, Decimal] = dict(summed)
    return Totals(
        asked=counted["asked"],
        answered=counted["answered"],
        sums=[sums.get(field.pk) if field.is_summed else None for field in fields],
    )


def values_of(reply: FormReply | None) -> dict[int, Value]:
    """Answers by the key of their field. One query."""
    return {answer.field_id: answer.value for answer in reply.answers.all()} if reply else {}
