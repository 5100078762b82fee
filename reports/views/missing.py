"""Who has not sent: the list with whom to call, its files, and reminding them."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from eduportal.base.downloads import as_download
from eduportal.base.sheets import CONTENT_TYPES, write_csv, write_xlsx
from reports import queries, rules
from reports.actions.reminding import Reminding, remind
from reports.forms.missing import ChosenForm, MissingForm
from reports.models import MonthlyReport
from reports.models.monthly import MonthlyReportQuerySet
from reports.queries.figures import code_of
from reports.queries.missing import MissingRow, missing_of, missing_rows
from reports.queries.punctuality import clusters_of
from reports.views.months import names_of
from schools.middleware import ActingRequest
from schools.models import Period, Unit

PAGE_SIZE = 100


@dataclass(frozen=True)
class Chosen:
    """The month and the part of it that is asked for, as the person may see it."""

    form: MissingForm
    period: Period | None
    of_month: MonthlyReportQuerySet
    missing: MonthlyReportQuerySet


def chosen(request: ActingRequest, today: dt.date) -> Chosen:
    """What this person asks for; there is none for people of schools."""
    beneath = reports_beneath(request)
    form = MissingForm(
        request.GET,
        periods=queries.periods_of(beneath),
        offices=offices_accepting(beneath),
        clusters=clusters_of(beneath),
    )
    if not form.is_valid():
        raise Http404
    period, office = form.chosen, form.cleaned_data["office"]
    of_month = beneath.filter(period=period) if period else beneath.none()
    of_office = of_month.filter(office=office.pk) if office else of_month
    asked = {name: form.cleaned_data[name] for name in ("level", "state", "cluster")}
    part = missing_of(of_office, on=period.data_to if period else today, **asked)
    return Chosen(form, period, of_month, part)


def reports_beneath(request: ActingRequest) -> MonthlyReportQuerySet:
    """The reports that a person's office and those beneath expect. Lazy; none there for people of schools."""
    posting = request.posting
    if posting is None or posting.unit.is_school:
        raise Http404
    return MonthlyReport.objects.visible_to(request.user).expected().beneath(posting.acting_unit)


def offices_accepting(reports: MonthlyReportQuerySet) -> QuerySet[Unit]:
    """The offices that accept these reports. Lazy."""
    return Unit.objects.filter(pk__in=reports.order_by().values("office"))


@require_safe
def missing(request: ActingRequest) -> HttpResponse:
    """One page with everything that is needed to ask for a report."""
    today = timezone.localdate()
    asked = chosen(request, today)
    rows = missing_rows(asked.missing, today)
    context = {
        "form": asked.form,
        "period": asked.period,
        "counts": queries.month_counts(asked.of_month, today),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "total": len(rows),
        "phones": "\n".join(
            f"{row.report.unit.short_name}: {', '.join(row.phones)}" for row in rows if row.phones
        ),
        "may_remind": rules.may_keep_list(request.posting),
        "query": request.GET.urlencode(),
        "today": today,
    }
    return render(request, "reports/missing.html", context)


# --- as a file ----------------------------------------------------------------------------------------------


@require_safe
def missing_file(request: ActingRequest, kind: str) -> HttpResponse:
    """The listed units as a spreadsheet: the same part of them as the page shows."""
    if kind not in CONTENT_TYPES:
        raise Http404
    today = timezone.localdate()
    asked = chosen(request, today)
    if asked.period is None:
        raise Http404
    table = [line_of(row) for row in missing_rows(asked.missing, today)]
    name = f"chua-nop-{code_of(asked.period)}.{kind}"
    content = (
        write_csv(headings(), table)
        if kind == "csv"
        else write_xlsx(str(asked.period).replace("/", "-"), headings(), table)
    )
    return as_download(content, name, CONTENT_TYPES[kind])


def headings() -> list[str]:
    return [
        _("Unit"),
        _("Code"),
        _("Accepting office"),
        _("State"),
        _("Days late"),
        _("Due"),
        _("Head"),
        _("Phone"),
        _("Mail"),
        _("Returned because"),
        _("Last reminded"),
    ]


def line_of(row: MissingRow) -> list[str]:
    report = row.report
    reminded = f"{timezone.localtime(row.reminded_at):%d/%m/%Y %H:%M}" if row.reminded_at else ""
    return [
        report.unit.name,
        report.unit.code,
        report.office.name,
        str(row.state_label),
        str(row.days_late or ""),
        f"{report.due_on:%d/%m/%Y}",
        row.head,
        "; ".join(row.phones),
        "; ".join(row.mails),
        report.reason,
        reminded,
    ]


# --- reminding ----------------------------------------------------------------------------------------------


@require_POST
def reminders(request: ActingRequest) -> HttpResponse:
    """Remind the ticked units, or all that are listed."""
    asked = chosen(request, timezone.localdate())
    if not rules.may_keep_list(request.posting):
        raise PermissionDenied
    target = f"{reverse('reports:missing')}?{request.GET.urlencode()}"
    if "all" in request.POST:
        reports = list(asked.missing)
    else:
        form = ChosenForm(request.POST, reports=asked.of_month)
        reports = list(form.cleaned_data["report"]) if form.is_valid() else []
    if not reports:
        messages.info(request, _("No unit was ticked. Nobody was reminded."))
        return redirect(target)
    result = remind(
        reports=reports,
        by=request.posting,
        now=timezone.now(),
        portal=request.build_absolute_uri("/"),
    )
    tell_who_was_reminded(request, result)
    return redirect(target)


def tell_who_was_reminded(request: ActingRequest, result: Reminding) -> None:
    if count := len(result.reminded):
        text = ngettext(
            "%(count)s unit reminded on its first page, %(letters)s by mail.",
            "%(count)s units reminded on their first pages, %(letters)s by mail.",
            count,
        )
        messages.success(request, text % {"count": count, "letters": result.mailed})
    if result.already:
        text = _("Reminded today already, and not once more: %(units)s.")
        messages.info(request, text % {"units": names_of(result.already)})
    if result.came_in:
        text = _("No longer missing: %(units)s.")
        messages.info(request, text % {"units": names_of(result.came_in)})
    if result.nobody_there:
        text = _("Could not be reminded, since nobody there has an account: %(units)s. Please call them.")
        messages.warning(request, text % {"units": names_of(result.nobody_there)})
