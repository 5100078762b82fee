"""The schools a person looks after: the list of them, and what the portal knows of one."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Max, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directives.models import Assignment
from directives.queries.counting import shown_counts, shown_counts_by
from directives.standing import Standing
from eduportal.base.lists import chips_of, page_of
from eduportal.pages.queries import open_tasks
from eduportal.pages.search import named
from reports.models import MonthlyReport
from schools.middleware import ActingRequest
from schools.models import Affiliation, Level, LinkKind, Posting, School, SchoolLevel, Unit, UnitKind
from schools.queries import units_in_scope
from schools.queries.recognitions import recognitions_standing, recognitions_visible_to
from schools.queries.tree import lasting_beneath
from schools.rules import may_administer
from targets.models import Observation

MONTHS_SHOWN = 6
TASKS_SHOWN = 5


class ShortOffice(forms.ModelChoiceField):
    def label_from_instance(self, unit: Any) -> str:
        return unit.short_name


class SchoolFilter(forms.Form):
    """How the list is narrowed. What cannot be a filter is left out of account."""

    use_required_attribute = False
    q = forms.CharField(label=_("Name or code"), required=False, max_length=200)
    office = ShortOffice(
        label=_("Belongs to"), queryset=Unit.objects.none(), empty_label=_("all"), required=False
    )
    level = forms.ChoiceField(
        label=_("Level of teaching"), choices=[("", _("all")), *Level.choices], required=False
    )
    closed = forms.BooleanField(label=_("with those that have closed"), required=False)

    def __init__(self, *args: Any, offices: QuerySet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.is_valid()

    def narrowed(self, rows: QuerySet[School], today: dt.date) -> QuerySet[School]:
        data = self.cleaned_data
        if q := data.get("q"):
            rows = rows.filter(named(q, "search_key") | Q(code__icontains=q.strip()))
        if office := data.get("office"):
            rows = rows.filter(pk__in=lasting_beneath(office, today))
        if level := data.get("level"):
            rows = rows.filter(pk__in=SchoolLevel.objects.filter(level=level).values("school"))
        if not data.get("closed"):
            rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
        return rows


@dataclass(frozen=True)
class SchoolRow:
    """A school as the list shows it."""

    school: School
    levels: list[str]
    office: str
    report: MonthlyReport | None
    overdue: int


@require_safe
def schools(request: ActingRequest) -> HttpResponse:
    """The schools in a person's scope; whoever works in one is led to it."""
    if request.posting is None:
        return redirect("home")  # which says what to do without a posting
    if request.posting.unit.is_school:
        return redirect("school", request.posting.unit_id)
    today, scope = timezone.localdate(), units_in_scope(request.user)
    offices = scope.filter(kind__in=[UnitKind.DEPARTMENT, UnitKind.COMMUNE]).order_by("kind", "sort_key")
    form = SchoolFilter(request.GET, offices=offices)
    found = form.narrowed(School.objects.filter(pk__in=scope.values("pk")), today)
    page, sizes = page_of(request, found.order_by("sort_key", "pk"))
    context = {
        "form": form,
        "chips": chips_of(form, request.GET),
        "page_obj": page,
        "sizes": sizes,
        "rows": rows_of(request, list(page), today),
        "may_add": may_administer(request.posting),
    }
    return render(request, "pages/schools.html", context)


def rows_of(request: ActingRequest, shown: list[School], today: dt.date) -> list[SchoolRow]:
    """What stands beside each school. Six queries, however many there are."""
    keys = [one.pk for one in shown]
    levels, offices = levels_of(keys, today), holders_of(keys, today)
    reports = newest_reports(request.user, keys)
    theirs = Assignment.objects.visible_to(request.user).filter(unit__in=keys)
    late = shown_counts_by(theirs, "unit", today)
    return [
        SchoolRow(
            school=one,
            levels=levels.get(one.pk, []),
            office=offices.get(one.pk, ""),
            report=reports.get(one.pk),
            overdue=late.get(one.pk, {}).get(Standing.OVERDUE, 0),
        )
        for one in shown
    ]


def levels_of(keys: list[int], today: dt.date) -> dict[int, list[str]]:
    """What each school teaches, lowest level first. One query."""
    held: dict[int, set[str]] = {}
    for school, level in SchoolLevel.objects.on(today).filter(school__in=keys).values_list("school", "level"):
        held.setdefault(school, set()).add(level)
    return {key: [str(one.label) for one in Level if one in found] for key, found in held.items()}


def holders_of(keys: list[int], today: dt.date) -> dict[int, str]:
    """Which office accepts the reports of each school. One query."""
    rows = Affiliation.objects.on(today).filter(school__in=keys, kind=LinkKind.ADMINISTRATIVE)
    return dict(rows.values_list("school", "office__short_name"))


def newest_reports(user: Any, keys: list[int]) -> dict[int, MonthlyReport]:
    """The report of the newest month that is open, by school. Two queries."""
    visible = MonthlyReport.objects.visible_to(user).filter(unit__in=keys)
    newest = visible.aggregate(day=Max("period__data_from"))["day"]
    rows = visible.filter(period__data_from=newest).select_related("period")
    return {one.unit_id: one for one in rows}


# --- one school ---------------------------------------------------------------------------------------------


@require_safe
def school(request: ActingRequest, pk: int) -> HttpResponse:
    """What the portal knows of a school: whom to call, its months, work, figures and recognition."""
    today, user = timezone.localdate(), request.user
    visible = School.objects.filter(pk__in=units_in_scope(user).values("pk"))
    row = get_object_or_404(visible.select_related("successor"), pk=pk)
    work = Assignment.objects.visible_to(user).filter(unit=row.pk)
    months = MonthlyReport.objects.visible_to(user).filter(unit=row.pk).select_related("period")
    figures = figures_of(row)
    context = {
        "school": row,
        "levels": levels_of([row.pk], today).get(row.pk, []),
        "links": row.affiliations.on(today).select_related("office").order_by("kind"),
        "people": people_of(row, today),
        "months": months.order_by("-period__data_from")[:MONTHS_SHOWN],
        "standing": shown_counts(work, today),
        "tasks": open_tasks(row)[:TASKS_SHOWN],
        "tasks_url": f"{reverse('directives:assignments')}?unit={row.pk}&year=all",
        "figures": figures,
        "figures_of": figures[0].period if figures else None,
        "recognition": recognition_of(user, row, today),
        "is_closed": row.valid_to is not None and row.valid_to <= today,
        "may_change": may_administer(request.posting),
        "today": today,
    }
    return render(request, "pages/school.html", context)


def people_of(school: School, today: dt.date) -> QuerySet[Posting]:
    """Who works there, the principal first."""
    posted = Posting.objects.on(today).filter(unit=school.pk, user__is_active=True)
    return posted.select_related("user").order_by("-role", "user__search_key")


def figures_of(school: School) -> list[Observation]:
    """What the school reported last, of one month. Two queries."""
    counted = Observation.objects.counting().filter(
        unit=school.pk, breakdown="total", period__kind="month", measure__is_stock=True
    )
    newest = counted.aggregate(day=Max("period__data_from"))["day"]
    rows = counted.filter(period__data_from=newest).select_related("measure", "period")
    return list(rows.order_by("measure__position"))


def recognition_of(user: Any, school: School, today: dt.date) -> Any:
    """The newest decision on the national standard, with where it stands."""
    rows = recognitions_standing(recognitions_visible_to(user).filter(school=school.pk), today)
    return rows.order_by("-valid_from", "-pk").first()
