"""How a month's report reads in JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from directives.api.work import STANDINGS
from directives.models import ProgressEntry
from eduportal.base.api.fields import decimal_text
from reports.labels import doubt_in_words
from reports.models import MonthlyReport, QuestionKind
from reports.queries import FigureLine
from reports.queries.doubts import doubts_at
from schools.api import PeriodSerializer, UnitRefSerializer
from targets.arithmetic import NOT_APPLICABLE, Figure, number_of
from targets.models import ObservationStatus
from targets.quality import Rule


def text_of(figure: Figure) -> str | None:
    return decimal_text(number_of(figure))


@extend_schema_field({"type": "string", "nullable": True, "pattern": r"^-?\d+(\.\d+)?$", "example": "380"})
class FigureText(serializers.SerializerMethodField):
    """A figure's number as a decimal string, or null."""


class FigureSerializer(serializers.Serializer):
    """One figure beside last month's and last year's. Missing: value null and not_applicable false."""

    measure = serializers.CharField(source="measure.code")
    name = serializers.CharField(source="measure.name")
    level = serializers.CharField(source="measure.level")
    value = FigureText()
    not_applicable = serializers.SerializerMethodField()
    remark = serializers.CharField()
    status = serializers.SerializerMethodField(help_text=_("Empty while the figure is missing"))
    previous = FigureText(help_text=_("As reported for the month before"))
    last_year = FigureText(help_text=_("As reported for the same month a year before"))

    def get_value(self, line: FigureLine) -> str | None:
        return text_of(line.figure)

    def get_not_applicable(self, line: FigureLine) -> bool:
        return line.figure is NOT_APPLICABLE

    @extend_schema_field({"type": "string", "enum": ["", *ObservationStatus.values]})
    def get_status(self, line: FigureLine) -> str:
        return line.observation.status if line.observation else ""

    def get_previous(self, line: FigureLine) -> str | None:
        return text_of(line.previous)

    def get_last_year(self, line: FigureLine) -> str | None:
        return text_of(line.last_year)


class DoubtSerializer(serializers.Serializer):
    """What is doubtful in a report by one of the rules in force, with the word that its unit said to it."""

    rule = serializers.CharField(help_text=_("Code of the rule"))
    measure = serializers.CharField(help_text=_("Code of the measure at which it is asked about"))
    level = serializers.CharField(help_text=_("Of teaching; empty for what communes count"))
    stem = serializers.CharField(help_text=_("What is counted, whatever the level"))
    message = serializers.CharField(help_text=_("In the language asked for"))
    is_serious = serializers.BooleanField(help_text=_("Not sent without a remark"))
    remark = serializers.CharField()


def doubts_told(lines: Sequence[FigureLine], rules: Sequence[Rule]) -> Iterator[dict[str, Any]]:
    """The doubts about the figures of a report, as `DoubtSerializer` takes them. Without queries."""
    measures = {(line.measure.level, line.measure.stem): line.measure for line in lines}
    for code, here in doubts_at(lines, rules).items():
        for one in here:
            yield {
                "rule": one.doubt.rule.code,
                "measure": code,
                "level": one.doubt.level,
                "stem": one.doubt.rule.stem,
                "message": doubt_in_words(one, measures),
                "is_serious": one.is_serious,
                "remark": one.remark,
            }


class SaidSerializer(serializers.ModelSerializer):
    """What the unit said of an assignment this month."""

    class Meta:
        model = ProgressEntry
        fields = ("percent", "note", "claims_done", "sent_at")


class WorkSerializer(serializers.Serializer):
    """An assignment on the report: what is being written of it (for the unit alone), and what was sent."""

    assignment_id = serializers.IntegerField(source="assignment.pk")
    path = serializers.CharField(source="assignment.task.path")
    text = serializers.CharField(source="assignment.task.text")
    directive_number = serializers.CharField(source="assignment.task.directive.full_number")
    deadline = serializers.DateField(source="assignment.deadline", allow_null=True)
    standing = serializers.ChoiceField(choices=STANDINGS)
    percent = serializers.IntegerField(source="assignment.percent")
    draft = SaidSerializer(allow_null=True)
    sent = SaidSerializer(many=True)


class QuestionSerializer(serializers.Serializer):
    """A question of the report, and what was answered; empty: nothing yet."""

    question = serializers.IntegerField(source="question.pk")
    text = serializers.CharField(source="question.text")
    kind = serializers.ChoiceField(source="question.kind", choices=QuestionKind.choices)
    choices = serializers.ListField(source="question.answers_offered", child=serializers.CharField())
    is_required = serializers.BooleanField(source="question.is_required")
    answer = serializers.CharField()


ROW_FIELDS = (
    "id", "unit", "period", "office", "state", "due_on", "is_overdue", "sent_at", "sent_by", "first_sent_at",
    "was_sent_late", "signed_as", "added_at", "added_reason", "reviewed_at", "reviewed_by", "reason",
    "correction", "nothing_to_report", "version",
)  # fmt: skip


class MonthlyReportRowSerializer(serializers.ModelSerializer):
    """Where a report stands."""

    unit = UnitRefSerializer(read_only=True)
    period = PeriodSerializer(read_only=True)
    office = UnitRefSerializer(read_only=True, help_text=_("Accepts it or returns it"))
    is_overdue = serializers.BooleanField(read_only=True)
    sent_by = serializers.CharField(source="sent_by.full_name", read_only=True, allow_null=True, default=None)
    was_sent_late = serializers.BooleanField(read_only=True, help_text=_("The first sending counts"))
    reviewed_by = serializers.CharField(
        source="reviewed_by.full_name", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = MonthlyReport
        fields = ROW_FIELDS


class MonthlyReportSerializer(MonthlyReportRowSerializer):
    """A report with what stands in it. Offices read it once it is sent; before, `is_shown` is false."""

    is_shown = serializers.BooleanField(read_only=True)
    figures = FigureSerializer(source="lines", many=True, read_only=True)
    doubts = DoubtSerializer(many=True, read_only=True)
    work = WorkSerializer(source="work_shown", many=True, read_only=True)
    answers = QuestionSerializer(source="questions_shown", many=True, read_only=True)
    difficulties = serializers.SerializerMethodField()
    proposals = serializers.SerializerMethodField()

    class Meta:
        model = MonthlyReport
        fields = (
            *ROW_FIELDS,
            "is_shown",
            "figures",
            "doubts",
            "work",
            "answers",
            "difficulties",
            "proposals",
        )

    def get_difficulties(self, row: Any) -> str:
        return row.difficulties if row.is_shown else ""

    def get_proposals(self, row: Any) -> str:
        return row.proposals if row.is_shown else ""
