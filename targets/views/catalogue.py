"""The catalogue of indicators: what each number means, what it is made of, by which law, where it is used."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from schools.middleware import ActingRequest
from schools.models import Level, Period, PeriodKind
from schools.periods import school_year_bounds, school_year_of
from schools.rules import may_administer
from targets.actions import try_formula
from targets.forms.administering import TryForm
from targets.models import Indicator, Measure
from targets.queries.catalogue import catalogue, made_of, uses_of
from targets.wording import LACKS, amount

LONGEST_WORDS = 100


@require_safe
def indicators(request: ActingRequest) -> HttpResponse:
    """All of them, by words without diacritics and by level. Everybody who has a posting may read them."""
    if request.posting is None:
        return redirect("home")
    words = request.GET.get("q", "")[:LONGEST_WORDS]
    level = request.GET.get("level", "")
    rows = catalogue(words=words, level=level if level in Level.values else "")
    context = {
        "rows": [(row, made_of(row)) for row in rows],
        "words": words,
        "level": level,
        "levels": Level.choices,
        "today": timezone.localdate(),
        "may_try": may_administer(request.posting),
    }
    return render(request, "targets/indicators.html", context)


@require_safe
def try_out(request: ActingRequest) -> HttpResponse:
    """What a formula would come to for the own office, before anybody defines it. Nothing is kept."""
    if not may_administer(request.posting):
        raise PermissionDenied
    unit, today = request.posting.acting_unit, timezone.localdate()
    form = TryForm(request.GET if "formula" in request.GET else None)
    measures = Measure.objects.filter(valid_to__isnull=True)
    context = {"form": form, "unit": unit, "today": today, "measures": measures}
    if form.is_valid():
        period = running_school_year(today)
        tried = try_formula(formula=form.cleaned_data["formula"], unit=unit, period=period, today=today)
        context |= {
            "tried": tried,
            "formula": form.cleaned_data["formula"],
            "made": made_of(tried.indicator),
            "period": period,
            "now": amount(tried.now.value, tried.indicator),
            "lack": LACKS.get(tried.now.lack, ""),
            "before": amount(tried.before.value, tried.indicator),
            "months": [(point.on, amount(point.value, tried.indicator)) for point in tried.months[-6:]],
        }
    return render(request, "targets/try.html", context, status=422 if form.errors else 200)


def running_school_year(today: dt.date) -> Period:
    """The school year of a day, stored or not."""
    year = school_year_of(today, settings.MONTH_STARTS_ON)
    first, last = school_year_bounds(year, settings.MONTH_STARTS_ON)
    return Period(kind=PeriodKind.SCHOOL_YEAR, year=year, ordinal=1, data_from=first, data_to=last)


@require_safe
def indicator(request: ActingRequest, code: str) -> HttpResponse:
    """One, with the targets that stand on it as far as the reader sees them."""
    if request.posting is None:
        return redirect("home")
    row = get_object_or_404(Indicator.objects.whole(), code=code)
    context = {
        "indicator": row,
        "made": made_of(row),
        "uses": uses_of(row, request.user),
        "is_in_force": row.is_in_force(timezone.localdate()),
    }
    return render(request, "targets/indicator.html", context)
