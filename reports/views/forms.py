"""The month's form as units will see it, for whoever composes it."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.figures import Month
from reports.forms import MonthForm
from reports.forms.preview import MONTHS_AHEAD, PreviewForm
from reports.models import MonthlyReport, Question
from reports.queries import FigureLine
from reports.queries.doubts import rules_of
from reports.queries.questions import QuestionLine, asked_of_level, in_the_order_of_the_form
from schools.middleware import ActingRequest
from schools.models import Level, Period, PeriodKind
from schools.periods import month_bounds, month_of
from schools.rules import may_administer
from targets.queries import measures_of_level


@require_safe
def preview(request: ActingRequest) -> HttpResponse:
    """What a school of a level, or a commune, is asked in a month: the page itself, and nothing is kept."""
    if not may_administer(request.posting):
        raise PermissionDenied
    months = months_from(timezone.localdate())
    chosen = PreviewForm(request.GET, months=months)
    level, month = chosen.level_or(Level.PRIMARY), chosen.month_or(months[0])
    period = period_of(month)
    form = blank_form(level, period)
    context = {
        "chosen": chosen,
        "period": period,
        "levels": form.sections(),
        "groups": form.question_groups(),
    }
    return render(request, "reports/form_preview.html", context, status=200 if chosen.is_valid() else 404)


def months_from(today: dt.date) -> list[Month]:
    """The running month of figures and those after it, a year of them."""
    months = [Month(*month_of(today, settings.MONTH_STARTS_ON))]
    while len(months) < MONTHS_AHEAD:
        months.append(months[-1].following)
    return months


def period_of(month: Month) -> Period:
    """The period of a month, stored or not."""
    first, last = month_bounds(month.year, month.month, settings.MONTH_STARTS_ON)
    return Period(kind=PeriodKind.MONTH, year=month.year, ordinal=month.month, data_from=first, data_to=last)


def blank_form(level: str, period: Period) -> MonthForm:
    """As it opens to a unit that has filled in nothing. Three queries."""
    questions = in_the_order_of_the_form(Question.objects.filter(asked_of_level(level)), period)
    return MonthForm(
        report=MonthlyReport(period=period),
        lines=[FigureLine(one, None, None, None) for one in measures_of_level(level, period)],
        work=[],
        rules=rules_of(period),
        questions=[QuestionLine(one) for one in questions],
    )
