"""The form of a period as units will see it, for whoever composes it."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.forms import MonthForm
from reports.forms.preview import PreviewForm
from reports.models import MonthlyReport, Question
from reports.queries import FigureLine
from reports.queries.doubts import rules_of
from reports.queries.expected import meant
from reports.queries.questions import QuestionLine, asked_of_level, in_the_order_of_the_form
from schools.middleware import ActingRequest
from schools.models import Level, Period, PeriodKind
from schools.periods import IN_A_YEAR, Named, month_of, newest_ended
from schools.rules import may_administer
from targets.queries import measures_of_level


@require_safe
def preview(request: ActingRequest) -> HttpResponse:
    """What a school of a level, or a commune, is asked of a period: the page itself, and nothing is kept."""
    if not may_administer(request.posting):
        raise PermissionDenied
    periods = periods_from(timezone.localdate())
    chosen = PreviewForm(request.GET, periods=periods)
    level, period = chosen.level_or(Level.PRIMARY), chosen.period_or(periods[0])
    form = blank_form(level, period)
    context = {
        "chosen": chosen,
        "period": period,
        "levels": form.sections(),
        "groups": form.question_groups(),
    }
    return render(request, "reports/form_preview.html", context, status=200 if chosen.is_valid() else 404)


def periods_from(today: dt.date) -> list[Period]:
    """The running month of figures and those after it, a year of them; then the coming year's longer ones."""
    running = Named(PeriodKind.MONTH, *month_of(today, settings.MONTH_STARTS_ON))
    kinds = [kind for kind in PeriodKind.values if kind != PeriodKind.MONTH]
    longer = [newest_ended(kind, today, settings.MONTH_STARTS_ON).following for kind in kinds]
    coming = [one for begun in (running, *longer) for one in a_year_from(begun)]
    return [meant(one) for one in coming]


def a_year_from(named: Named) -> list[Named]:
    found = [named]
    while len(found) < IN_A_YEAR[named.kind]:
        found.append(found[-1].following)
    return found


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
