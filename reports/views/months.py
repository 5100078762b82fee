"""The months: a unit's own, and where an office's stand; opening them, accepting several at once."""

import datetime as dt
from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Permission
from reports import actions, queries, rules
from reports.actions.reviewing import Acceptance, accept_reports
from reports.figures import Month
from reports.forms import MonthsForm
from reports.forms.review import shown_versions
from reports.models import MonthlyReport, ReportState
from reports.models.monthly import MonthlyReportQuerySet
from reports.queries.figures import code_of
from reports.queries.review import waiting_for
from schools.middleware import ActingRequest
from schools.models import Posting, UnitKind
from schools.queries import units_in_scope

PAGE_SIZE = 50


@require_safe
def months(request: ActingRequest) -> HttpResponse:
    """A school sees its own months; an office sees where a month's reports stand."""
    posting = request.posting
    if posting is not None and posting.unit.is_school:
        return own_months(request)
    return office_month(request)


@require_safe
def own_months(request: ActingRequest) -> HttpResponse:
    """The months of the unit in whose name one acts: a school's, a commune's."""
    if request.posting is None:
        raise Http404
    own = MonthlyReport.objects.visible_to(request.user).filter(unit=request.posting.acting_unit.pk)
    page = Paginator(own.select_related("period", "office"), PAGE_SIZE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    waiting = [report for report in page if report.is_editable]
    context = {
        "page": page,
        "waiting": waiting,
        "sends_reports": request.posting.may(Permission.SEND_REPORTS),
        "unit": request.posting.acting_unit,
        "today": today,
    }
    return render(request, "reports/months_own.html", context)


def office_month(request: ActingRequest) -> HttpResponse:
    today = timezone.localdate()
    visible = MonthlyReport.objects.visible_to(request.user).expected()
    offices = units_in_scope(request.user).exclude(kind=UnitKind.SCHOOL)
    form = MonthsForm(request.GET, periods=queries.periods_of(visible), offices=offices)
    if not form.is_valid():
        raise Http404
    period, office = form.chosen, form.cleaned_data["office"]
    acting_unit = request.posting.acting_unit if request.posting else None
    own = visible.filter(unit=acting_unit.pk) if acting_unit else visible.none()
    listed_office = office or acting_unit
    of_office = visible.beneath(listed_office) if listed_office else visible.none()
    if accepting := form.cleaned_data["accepting"]:
        of_office = of_office.filter(office=accepting.pk)
    of_month = of_office.filter(period=period) if period else visible.none()
    listed = in_state(of_month, form.cleaned_data["state"], today, request.posting).with_overdue(today)
    listed = listed.select_related("unit", "office", "period")
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "own": list(own.missing().select_related("period").order_by("period__data_from")),
        "sends_reports": request.posting is not None and request.posting.may(Permission.SEND_REPORTS),
        "code": code_of(period) if period else "",
        "acceptable": {report.pk for report in page if may_accept(request.posting, report)},
        "to_review": to_review(request),
        "may_keep_list": rules.may_keep_list(request.posting),
        "period": period,
        "counts": queries.month_counts(of_month, today),
        "page": page,
        "state": form.cleaned_data["state"],
        "state_label": form.state_label,
        "office": office,
        "accepting": accepting,
        "to_open": months_still_closed(request, today),
        "today": today,
    }
    return render(request, "reports/months_office.html", context)


def to_review(request: ActingRequest) -> int:
    """How many reports, of whatever month, wait for the word of whoever asks. One query at most."""
    by = request.posting
    return waiting_for(by).count() if by is not None and rules.may_keep_list(by) else 0


def in_state(
    reports: MonthlyReportQuerySet, state: str, today: dt.date, by: Posting | None
) -> MonthlyReportQuerySet:
    """The part of a month's reports that a link or a filter asks for; "ours" wait for the acting office."""
    sent = reports.filter(state=ReportState.SENT)
    parts = {
        "": reports,
        "missing": reports.missing(),
        "sent": sent,
        "ours": sent.filter(office=by.acting_unit.pk) if by else sent.none(),
        "returned": reports.filter(state=ReportState.RETURNED),
        "accepted": reports.filter(state=ReportState.ACCEPTED),
        "late": reports.overdue(today),
    }
    return parts[state]


def may_accept(by: Posting | None, report: MonthlyReport) -> bool:
    return report.state == ReportState.SENT and rules.may_review(by, report)


@require_POST
def accept_many(request: ActingRequest) -> HttpResponse:
    """Accept the ticked reports, each as it was shown; those that changed meanwhile are named."""
    by = request.posting
    visible = MonthlyReport.objects.visible_to(request.user)
    own = visible.filter(office=by.acting_unit.pk) if by else visible.none()
    if not rules.may_keep_list(by):
        raise PermissionDenied
    versions = shown_versions(request.POST.getlist("shown"))
    rows = own.filter(pk__in=versions).select_related("unit", "period")
    chosen = {row: versions[row.pk] for row in rows}
    if not chosen:
        messages.info(request, _("No report was ticked. Nothing was changed."))
    else:
        tell_what_was_accepted(request, accept_reports(chosen=chosen, by=by, now=timezone.now()))
    return redirect(f"{reverse('reports:months')}?{request.GET.urlencode()}")


def tell_what_was_accepted(request: ActingRequest, result: Acceptance) -> None:
    if count := len(result.accepted):
        text = ngettext("%(count)s report accepted.", "%(count)s reports accepted.", count)
        messages.success(request, text % {"count": count})
    if result.left:
        text = _("Changed since you saw them, and left as they are: %(units)s. Look at them again.")
        messages.warning(request, text % {"units": names_of(result.left)})


def names_of(reports: Iterable[MonthlyReport]) -> str:
    return ", ".join(report.unit.short_name for report in reports)


def months_still_closed(request: ActingRequest, today: dt.date) -> list[Month]:
    """The months that this person may open now, when the nightly job has not yet."""
    if not rules.may_open_month(request.posting):
        return []
    return queries.months_to_open(today)


@require_POST
def open_month(request: ActingRequest) -> HttpResponse:
    if not rules.may_open_month(request.posting):
        raise PermissionDenied
    opened = actions.open_due_periods(by=request.posting, today=timezone.localdate())
    if opened:
        tell_what_opened(request, opened)
    else:
        messages.info(request, _("Every month that is due was open already. Nothing was changed."))
    return redirect("reports:months")


def tell_what_opened(request: ActingRequest, opened: list[actions.Opened]) -> None:
    """A period opens for the whole installation; the person is told of the schools that they may see."""
    periods = [one.period for one in opened]
    count = MonthlyReport.objects.visible_to(request.user).filter(period__in=periods).count()
    text = ngettext(
        "Open now: %(months)s. %(count)s report is expected.",
        "Open now: %(months)s. %(count)s reports are expected.",
        count,
    )
    months = ", ".join(str(period) for period in periods)
    messages.success(request, text % {"months": months, "count": count})
    homeless = {school.pk for one in opened for school in one.without_office}
    seen = units_in_scope(request.user).filter(pk__in=homeless)
    if names := list(seen.values_list("name", flat=True)):
        warning = _("These schools belong to no office and are not expected: %(schools)s.")
        messages.warning(request, warning % {"schools": ", ".join(names)})
