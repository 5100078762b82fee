"""Figures written by themselves: into the own unit's report of a month, by its action and version."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import Writing
from accounts.models import Scope
from eduportal.base.api.fields import VersionInputSerializer
from reports import queries, rules
from reports.api.showing import DoubtSerializer, FigureSerializer, doubts_told
from reports.api.writing import MOST_AT_ONCE, FigureInputSerializer, save_given
from reports.models import MonthlyReport, ReportState
from reports.queries.doubts import rules_of
from targets.api import ObservationView as FigureView

NO_REPORT = _("Your unit has no report of this period.")
SOME_FIGURES = OpenApiExample(
    "figures",
    request_only=True,
    value={"period": 14, "version": 3, "figures": [{"measure": "primary.pupils", "value": 380}]},
)


class ObservationsInputSerializer(VersionInputSerializer):
    """Figures of the own unit in a month. All are saved, or none; those not named stay as they are."""

    period = serializers.IntegerField(
        min_value=1,
        max_value=10**18 - 1,
        help_text=_("Key of the month; its report's version is the version"),
    )
    figures = FigureInputSerializer(many=True, allow_empty=False, max_length=MOST_AT_ONCE)


class MonthsFiguresSerializer(serializers.Serializer):
    """All figures of a report as they are stored now, with what is doubtful about them."""

    report_id = serializers.IntegerField(source="pk")
    state = serializers.ChoiceField(choices=ReportState.choices)
    version = serializers.IntegerField(help_text=_("Of the report"))
    figures = FigureSerializer(source="lines", many=True)
    doubts = DoubtSerializer(many=True)


class ObservationView(Writing, FigureView):
    """Figures to be read; those of the own unit's open months also to be written."""

    scopes = {"create": Scope.WRITE_REPORTS}
    report: MonthlyReport

    @extend_schema(
        summary=_("Write figures of the own unit into its report of a month; sending it is another step"),
        request=ObservationsInputSerializer,
        responses=MonthsFiguresSerializer,
        examples=[SOME_FIGURES],
    )
    def create(self, request: Request) -> Response:
        given = self.checked(ObservationsInputSerializer, request)
        self.report = own_report(request, given["period"])
        if not rules.may_prepare(request.posting, self.report):
            raise PermissionDenied
        return self.write(request, lambda: save_given(self.report, given, by=request.posting))

    def get_object(self) -> Any:
        if self.action == "create":
            return MonthlyReport.objects.select_related("unit", "period").get(pk=self.report.pk)
        return super().get_object()

    def represent(self, row: Any) -> Any:
        if self.action == "create":
            row.lines = queries.figure_lines(row)
            row.doubts = list(doubts_told(row.lines, rules_of(row.period)))
            return MonthsFiguresSerializer(row).data
        return super().represent(row)


def own_report(request: Request, period: int) -> MonthlyReport:
    """The report of the unit that the caller acts for. Raises ValidationError where there is none."""
    posting = request.posting
    seen = MonthlyReport.objects.visible_to(request.user).select_related("unit", "period")
    own = seen.filter(unit=posting.acting_unit.pk, period=period).first() if posting else None
    if own is None:
        raise ValidationError({"period": [ErrorDetail(str(NO_REPORT), code="does_not_exist")]})
    return own
