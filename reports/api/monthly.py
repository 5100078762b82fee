"""The month's reports: read, filled in and sent by the school, accepted or returned by its office."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import Writing
from accounts.models import Scope
from directives.models import Assignment
from eduportal.base.api.fields import VersionInputSerializer
from eduportal.base.api.filters import ChosenFilter, Filters, KeyFilter, Ordering
from eduportal.base.api.problems import Unprocessable
from reports import actions, queries, rules
from reports.api.missing import MissingFilters, MissingSerializer
from reports.api.showing import MonthlyReportRowSerializer, MonthlyReportSerializer, doubts_told
from reports.api.writing import (
    CorrectInputSerializer,
    ReturnInputSerializer,
    SaveInputSerializer,
    SendInputSerializer,
    correct_given,
    return_form,
    save_given,
)
from reports.models import MonthlyReport, ReportState
from reports.models.monthly import MonthlyReportQuerySet
from reports.queries.doubts import doubts_at, rules_of, unexplained
from reports.queries.missing import missing_of, missing_rows
from reports.queries.people import may_send_now
from reports.queries.questions import question_lines
from schools.models import Unit, UnitKind
from schools.queries import units_in_scope


@contextmanager
def said_what_lacks() -> Iterator[None]:
    """What hinders the sending, with the codes of the measures or the keys of the questions."""
    try:
        yield
    except actions.FiguresMissing as refusal:
        missing = [measure.code for measure in refusal.missing]
        raise Unprocessable(refusal.message, refusal.code, missing=missing) from refusal
    except actions.AnswersMissing as refusal:
        questions = [str(question.pk) for question in refusal.missing]
        raise Unprocessable(refusal.message, refusal.code, missing=questions) from refusal
    except actions.DoubtsUnexplained as refusal:
        doubtful = [measure.code for measure in refusal.measures]
        raise Unprocessable(refusal.message, refusal.code, missing=doubtful) from refusal


def offices_in_scope(user: Any) -> QuerySet[Unit]:
    return units_in_scope(user).exclude(kind=UnitKind.SCHOOL)


A_MONTH = OpenApiExample(
    "primary",
    request_only=True,
    value={
        "version": 3,
        "figures": [
            {"measure": "primary.pupils", "value": 380},
            {"measure": "primary.classes", "value": "12", "remark": "Tách một lớp 1"},
            {"measure": "primary.teachers", "not_applicable": True},
        ],
        "work": [{"assignment_id": 41, "percent": 60, "note": "Đã họp tổ chuyên môn"}],
        "difficulties": "Thiếu phòng học bộ môn",
    },
)
A_RETURN = OpenApiExample(
    "return",
    request_only=True,
    value={"version": 5, "reason": "Xem lại số học sinh đi học", "send_back": [41]},
)


class MonthlyReportFilters(Filters):
    unit = KeyFilter(label=gettext_lazy("Key of the unit"))
    period = KeyFilter(label=gettext_lazy("Key of the period"))
    state = django_filters.ChoiceFilter(choices=ReportState.choices)
    office = ChosenFilter(
        among=offices_in_scope, method="beneath", label=gettext_lazy("Of units beneath this office (key)")
    )
    is_overdue = django_filters.BooleanFilter()
    ordering = Ordering(fields=(("due_on", "due_on"), ("unit__sort_key", "unit"), ("sent_at", "sent_at")))

    class Meta:
        model = MonthlyReport
        fields: tuple[str, ...] = ()

    def beneath(self, rows: MonthlyReportQuerySet, name: str, key: Any) -> MonthlyReportQuerySet:
        return rows.beneath(self.chosen[name])


@extend_schema(tags=["monthly reports"])
@extend_schema_view(
    list=extend_schema(summary=gettext_lazy("Monthly reports and where they stand")),
    retrieve=extend_schema(summary=gettext_lazy("One report with its figures and work")),
)
class MonthlyReportView(Writing):
    """Reports of units in sight. Two queries a page; about nine for one."""

    serializer_class = MonthlyReportRowSerializer
    detail_serializer_class = MonthlyReportSerializer
    filterset_class = MonthlyReportFilters
    queryset = MonthlyReport.objects.none()
    scopes = {
        "partial_update": Scope.WRITE_REPORTS,
        "send": Scope.WRITE_REPORTS,
        "call_back": Scope.WRITE_REPORTS,
        "correct": Scope.WRITE_REPORTS,
        "accept": Scope.WRITE_REVIEWS,
        "give_back": Scope.WRITE_REVIEWS,
    }

    def get_queryset(self) -> QuerySet[MonthlyReport]:
        rows = MonthlyReport.objects.visible_to(self.request.user).with_overdue(timezone.localdate())
        rows = rows.select_related("unit", "period", "office", "sent_by", "reviewed_by")
        return rows.order_by(F("period__data_from").desc(), "unit__sort_key", "pk")

    @extend_schema(
        summary=gettext_lazy("Who has not sent a month's report, whom to call, who was reminded"),
        filters=True,
        responses=MissingSerializer(many=True),
    )
    @action(detail=False, filterset_class=MissingFilters)
    def missing(self, request: Request) -> Response:
        """Of what stands beneath the office of whoever asks. About eight queries a page."""
        asked, today, posting = self.asked(), timezone.localdate(), request.posting
        seen = MonthlyReport.objects.visible_to(request.user).expected()
        rows = seen.beneath(posting.acting_unit) if posting else seen.none()
        period = asked["period"] or queries.months_of(rows).first()
        rows = rows.filter(period=period)
        if asked["office"]:
            rows = rows.filter(office=asked["office"].pk)
        on = period.data_to if period else today
        listed = missing_of(rows, on=on, level=asked["level"], state=asked["state"])
        page = self.paginate_queryset(listed)
        return self.get_paginated_response(MissingSerializer(missing_rows(page, today), many=True).data)

    def fill(self, rows: Sequence[Any]) -> None:
        """What stands in one report. What the school has not sent is not shown to offices."""
        if self.action == "list":
            return
        posting = self.request.posting
        for row in rows:
            is_own = rules.is_of_own_unit(posting, row)
            row.is_shown = is_own or not row.is_editable
            row.lines = queries.figure_lines(row) if row.is_shown else []
            row.doubts = list(doubts_told(row.lines, rules_of(row.period))) if row.lines else []
            work = queries.work_lines(row, timezone.localdate()) if row.is_shown else []
            row.work_shown = [line for line in work if is_own or line.sent]
            row.questions_shown = question_lines(row) if row.is_shown else []

    def own_report(self, rule: Any) -> MonthlyReport:
        """The report of this request, if the rule lets this person touch it."""
        row = self.get_object()
        if not rule(self.request.posting, row):
            raise PermissionDenied
        return row

    @extend_schema(
        summary=gettext_lazy("Fill in the own unit's report; what is not named stays as it is"),
        request=SaveInputSerializer,
        responses=MonthlyReportSerializer,
        examples=[A_MONTH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        row = self.own_report(rules.may_prepare)
        given = self.checked(SaveInputSerializer, request)
        return self.write(request, lambda: save_given(row, given, by=request.posting))

    @extend_schema(
        summary=gettext_lazy("Send the own unit's report as it is saved"),
        request=SendInputSerializer,
        responses=MonthlyReportSerializer,
    )
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str) -> Response:
        row = self.own_report(lambda by, row: may_send_now(by, row, timezone.localdate()))
        given = self.checked(SendInputSerializer, request)

        def act() -> None:
            if row.is_editable and not given["doubts_checked"]:
                ask_about_doubts(row)
            with said_what_lacks():
                actions.send_report(
                    report=row, version=given["version"], by=request.posting, now=timezone.now()
                )

        return self.write(request, act)

    @extend_schema(
        summary=gettext_lazy("Call the own unit's report back, while it waits for review"),
        request=VersionInputSerializer,
        responses=MonthlyReportSerializer,
    )
    @action(detail=True, methods=["post"], url_path="call-back")
    def call_back(self, request: Request, pk: str) -> Response:
        row = self.own_report(lambda by, row: may_send_now(by, row, timezone.localdate()))
        version = self.checked(VersionInputSerializer, request)["version"]

        def act() -> None:
            actions.call_back(report=row, version=version, by=request.posting)

        return self.write(request, act)

    @extend_schema(
        summary=gettext_lazy("Correct the own unit's accepted report, with a reason"),
        request=CorrectInputSerializer,
        responses=MonthlyReportSerializer,
    )
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: str) -> Response:
        row = self.own_report(lambda by, row: may_send_now(by, row, timezone.localdate()))
        given = self.checked(CorrectInputSerializer, request)

        def act() -> None:
            with said_what_lacks():
                correct_given(row, given, by=request.posting)

        return self.write(request, act)

    @extend_schema(
        summary=gettext_lazy("Accept a report that was sent"),
        request=VersionInputSerializer,
        responses=MonthlyReportSerializer,
    )
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        row = self.own_report(rules.may_review)
        version = self.checked(VersionInputSerializer, request)["version"]

        def act() -> None:
            actions.accept_report(report=row, version=version, by=request.posting, now=timezone.now())

        return self.write(request, act)

    @extend_schema(
        summary=gettext_lazy("Return a report with a reason, and work that it said is done"),
        request=ReturnInputSerializer,
        responses=MonthlyReportSerializer,
        examples=[A_RETURN],
    )
    @action(detail=True, methods=["post"], url_path="return")
    def give_back(self, request: Request, pk: str) -> Response:
        row = self.own_report(rules.may_review)
        given = self.checked(ReturnInputSerializer, request)

        def act() -> None:
            form = return_form(row, queries.reported_done(row), given)
            back: Sequence[Assignment] = form.cleaned_data.get("send_back", ())
            actions.return_report(
                report=row,
                version=given["version"],
                reason=form.cleaned_data["reason"],
                send_back=back,
                by=request.posting,
                now=timezone.now(),
            )

        return self.write(request, act)


def ask_about_doubts(row: MonthlyReport) -> None:
    """As the page does before it sends: doubtful figures want a remark, or a second look.

    Where sending is going to be refused whoever looked, nobody is asked to look first. Four queries.
    """
    doubts = doubts_at(queries.figure_lines(row), rules_of(row.period))
    codes = unexplained(doubts, serious=False)
    if codes and not unexplained(doubts, serious=True):
        message = _("Not sent yet: some figures are doubtful. Give each a remark, or say doubts_checked.")
        raise Unprocessable(message, "doubts_unchecked", missing=codes)
