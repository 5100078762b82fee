"""The month: its list, the page that a school fills in, and what its office does with it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from eduportal.base.errors import EditConflict, Refused
from reports import actions, queries, rules
from reports.figures import Month
from reports.forms import AcceptForm, MonthForm, MonthsForm, ReturnForm
from reports.models import MonthlyReport, ReportState
from reports.models.monthly import MonthlyReportQuerySet
from reports.queries.figures import code_of
from schools.middleware import ActingRequest
from schools.models import Posting, UnitKind
from schools.queries import units_in_scope
from schools.queries.acting import signing_lines

PAGE_SIZE = 50


# --- the list --------------------------------------------------------------------------------------


@require_safe
def months(request: ActingRequest) -> HttpResponse:
    """A school sees its own months; an office sees where a month's reports stand."""
    posting = request.posting
    if posting is not None and posting.unit.is_school:
        return school_months(request)
    return office_month(request)


def school_months(request: ActingRequest) -> HttpResponse:
    own = MonthlyReport.objects.visible_to(request.user).filter(unit=request.posting.unit)
    page = Paginator(own.select_related("period", "office"), PAGE_SIZE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    waiting = [report for report in page if report.is_editable]
    context = {"page": page, "waiting": waiting, "today": today}
    return render(request, "reports/months_school.html", context)


def office_month(request: ActingRequest) -> HttpResponse:
    today = timezone.localdate()
    visible = MonthlyReport.objects.visible_to(request.user).expected()
    offices = units_in_scope(request.user).exclude(kind=UnitKind.SCHOOL)
    form = MonthsForm(request.GET, periods=queries.months_of(visible), offices=offices)
    if not form.is_valid():
        raise Http404
    period, office = form.chosen, form.cleaned_data["office"]
    of_office = visible.beneath(office, today) if office else visible
    of_month = of_office.filter(period=period) if period else visible.none()
    listed = in_state(of_month, form.cleaned_data["state"], today, request.posting).with_overdue(today)
    listed = listed.select_related("unit", "office", "period")
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "period": period,
        "counts": queries.month_counts(of_month, today),
        "page": page,
        "state": form.cleaned_data["state"],
        "state_label": form.state_label,
        "office": office,
        "to_open": months_still_closed(request, today),
        "today": today,
    }
    return render(request, "reports/months_office.html", context)


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


def months_still_closed(request: ActingRequest, today: dt.date) -> list[Month]:
    """The months that this person may open now, when the nightly job has not yet."""
    if not rules.may_open_month(request.posting):
        return []
    return queries.months_to_open(today)


@require_POST
def open_month(request: ActingRequest) -> HttpResponse:
    if not rules.may_open_month(request.posting):
        raise PermissionDenied
    opened = actions.open_due_months(by=request.posting, today=timezone.localdate())
    if opened:
        tell_what_opened(request, opened)
    else:
        messages.info(request, _("Every month that is due was open already. Nothing was changed."))
    return redirect("reports:months")


def tell_what_opened(request: ActingRequest, opened: list[actions.OpenedMonth]) -> None:
    """A month opens for the whole installation; the person is told of the schools that they may see."""
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


# --- one report ------------------------------------------------------------------------------------


def get_report(request: ActingRequest, pk: int) -> MonthlyReport:
    """A report that this person may see; to all others there is none."""
    rows = MonthlyReport.objects.visible_to(request.user).select_related(
        "unit", "period", "office", "saved_by", "sent_by", "reviewed_by"
    )
    return get_object_or_404(rows, pk=pk)


def report(request: ActingRequest, pk: int) -> HttpResponse:
    """One address for the page that the school fills in and for what its office reads."""
    row = get_report(request, pk)
    is_own = rules.may_prepare(request.posting, row)
    if request.method == "POST":
        if not is_own:
            raise PermissionDenied
        return save(request, row)
    if is_own and row.is_editable:
        return render(request, "reports/report_edit.html", editing_context(request, row, blank_form(row)))
    return render(request, "reports/report_read.html", reading_context(request, row))


def blank_form(row: MonthlyReport) -> MonthForm:
    today = timezone.localdate()
    return MonthForm(report=row, lines=queries.figure_lines(row), work=queries.work_lines(row, today))


def typed_form(request: ActingRequest, row: MonthlyReport) -> MonthForm:
    """What was typed, validated, beside what is stored now."""
    lines, work = queries.figure_lines(row), queries.work_lines(row, timezone.localdate())
    form = MonthForm(request.POST, request.FILES, report=row, lines=lines, work=work)
    form.full_clean()
    return form


def save(request: ActingRequest, row: MonthlyReport) -> HttpResponse:
    """Save what is valid and, when asked, send. Whatever is in the way, what was typed stays on the page."""
    sending = "send" in request.POST
    if sending and not rules.may_send(request.posting, row):
        raise PermissionDenied
    form = typed_form(request, row)
    if not row.is_editable:
        return too_late(request, row, form)
    valid = form.is_valid()
    version = form.cleaned_data.get("version", 0)
    if not form.has_changes():
        # The same page sent again (a double click, a second tab): nothing differs, so nothing conflicts.
        version = row.version
    try:
        saved = actions.save_report(
            report=row,
            version=version,
            figures=form.figures(),
            remarks=form.remarks(),
            progress=form.progress(),
            by=request.posting,
            now=timezone.now(),
            **form.prose(),
        )
    except EditConflict:
        return overtaken(request, get_report(request, row.pk))
    except Refused as refusal:
        return not_saved(request, get_report(request, row.pk), form, refusal)
    if not valid:
        return show_again(request, saved.pk, form, sending=sending)
    if sending:
        return send(request, saved, form)
    messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"})
    return redirect("reports:report", pk=row.pk)


def overtaken(request: ActingRequest, current: MonthlyReport) -> HttpResponse:
    """Somebody was quicker: show what is stored and what was typed, side by side."""
    form = typed_form(request, current)
    if not current.is_editable:
        return too_late(request, current, form)
    context = editing_context(request, current, form)
    context |= {"conflicts": list(form.differences()), "stored_by": current.saved_by}
    return render(request, "reports/report_edit.html", context, status=409)


def not_saved(
    request: ActingRequest, current: MonthlyReport, form: MonthForm, refusal: Refused
) -> HttpResponse:
    """It was sent meanwhile, or something in it cannot be kept: what was typed stays on the page."""
    if not current.is_editable:
        return too_late(request, current, form)
    messages.warning(request, str(refusal.message))
    context = editing_context(request, current, form)
    return render(request, "reports/report_edit.html", context, status=422)


def too_late(request: ActingRequest, row: MonthlyReport, form: MonthForm) -> HttpResponse:
    """It was sent before. The same once more does no harm; what differs is shown, so that it is not lost."""
    if not form.has_changes():
        messages.info(request, actions.already_sent(row))
        return redirect("reports:report", pk=row.pk)
    context = reading_context(request, row) | {"unsaved": list(form.differences())}
    return render(request, "reports/report_read.html", context, status=409)


def show_again(request: ActingRequest, pk: int, form: MonthForm, *, sending: bool) -> HttpResponse:
    """What was valid is saved; the rest stands in the form with its messages."""
    kept = _("What is right was saved. What is marked below is not saved yet, but still on this page.")
    messages.warning(request, f"{_('Not sent.')} {kept}" if sending else kept)
    row = get_report(request, pk)
    context = editing_context(request, row, form)
    return render(request, "reports/report_edit.html", context, status=422)


def send(request: ActingRequest, saved: MonthlyReport, form: MonthForm) -> HttpResponse:
    seen = request.POST.getlist("seen")
    unseen = [row for row in form.jumps() if row.seen not in seen and not row.remark.value()]
    if unseen:
        text = ngettext(
            "Saved, not sent yet: %(count)s figure is far from last month's. Check it, then send again.",
            "Saved, not sent yet: %(count)s figures are far from last month's. Check them, then send again.",
            len(unseen),
        )
        messages.warning(request, text % {"count": len(unseen)})
        return redirect("reports:report", pk=saved.pk)
    try:
        sent = actions.send_report(
            report=saved,
            version=saved.version,
            by=request.posting,
            now=timezone.now(),
        )
    except actions.FiguresMissing as refusal:
        form.require({measure.code for measure in refusal.missing})
        return show_again(request, saved.pk, form, sending=True)
    except (EditConflict, Refused):
        return overtaken(request, get_report(request, saved.pk))
    text = _("Sent to %(office)s. Thank you.") % {"office": sent.office.name}
    messages.success(request, text)
    return redirect("reports:report", pk=saved.pk)


def editing_context(request: ActingRequest, row: MonthlyReport, form: MonthForm) -> dict[str, Any]:
    """What the school's page shows: counts speak of what is stored, fields of what was typed."""
    today = timezone.localdate()
    lines, work = queries.figure_lines(row), queries.work_lines(row, today)
    missing = [form.label_of(line) for line in lines if line.figure is None]
    return {
        "report": row,
        "form": form,
        "levels": form.sections(),
        "jumps": form.jumps(),
        "work_rows": form.work_rows(),
        "figures_total": len(lines),
        "figures_done": len(lines) - len(missing),
        "missing": missing,
        "work_total": sum(line.is_open for line in work),
        "work_waiting": sum(line.needs_word for line in work),
        "may_send": rules.may_send(request.posting, row),
        "senders": queries.senders(row.unit, today),
        "today": today,
    }


def reading_context(request: ActingRequest, row: MonthlyReport) -> dict[str, Any]:
    """What the school's people and its offices read. What the school has not sent is not shown to offices."""
    today = timezone.localdate()
    posting = request.posting
    is_own = posting is not None and posting.unit_id == row.unit_id
    shown = is_own or not row.is_editable
    reviewing = row.state == ReportState.SENT and rules.may_review(posting, row)
    return {
        "report": row,
        "is_own": is_own,
        "code": code_of(row.period),
        "shown": shown,
        "lines": queries.figure_lines(row) if shown else [],
        "work": [line for line in queries.work_lines(row, today) if line.sent] if shown else [],
        "accept_form": AcceptForm(initial={"version": row.version}) if reviewing else None,
        "return_form": ReturnForm(report=row, done=queries.reported_done(row)) if reviewing else None,
        "today": today,
    }


@require_safe
def sheet(request: ActingRequest, pk: int) -> HttpResponse:
    """The report on paper, for stamp and file."""
    row = get_report(request, pk)
    context = reading_context(request, row)
    if not context["shown"]:
        raise PermissionDenied
    signed_on = timezone.localtime(row.sent_at or timezone.now()).date()
    signing = signing_lines(row.sent_by, row.unit, signed_on)
    head = queries.sheet_head(row)
    return render(request, "reports/report_sheet.html", context | {"head": head, "signing": signing})


# --- review ----------------------------------------------------------------------------------------


def get_report_to_review(request: ActingRequest, pk: int) -> MonthlyReport:
    row = get_report(request, pk)
    if not rules.may_review(request.posting, row):
        raise PermissionDenied
    return row


@require_POST
def accept(request: ActingRequest, pk: int) -> HttpResponse:
    row = get_report_to_review(request, pk)
    form = AcceptForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        actions.accept_report(report=row, version=version, by=request.posting, now=timezone.now())
    except EditConflict:
        messages.warning(request, changed_meanwhile())
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Accepted: the report of %(unit)s.") % {"unit": row.unit.short_name})
    return redirect("reports:report", pk=pk)


@require_POST
def send_back(request: ActingRequest, pk: int) -> HttpResponse:
    row = get_report_to_review(request, pk)
    form = ReturnForm(request.POST, report=row, done=queries.reported_done(row))
    if not form.is_valid() and row.state == ReportState.SENT:
        context = reading_context(request, row) | {"return_form": form}
        return render(request, "reports/report_read.html", context, status=422)
    try:
        actions.return_report(
            report=row,
            version=form.cleaned_data.get("version", 0),
            reason=form.cleaned_data.get("reason", ""),
            send_back=form.cleaned_data.get("send_back", ()),
            by=request.posting,
            now=timezone.now(),
        )
    except EditConflict:
        messages.warning(request, changed_meanwhile())
        context = reading_context(request, get_report(request, pk)) | {"return_form": form}
        return render(request, "reports/report_read.html", context, status=409)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        text = _("Returned to %(unit)s with your reason.") % {"unit": row.unit.short_name}
        messages.success(request, text)
    return redirect("reports:report", pk=pk)


def changed_meanwhile() -> str:
    return _(
        "The report has changed since you opened it. Nothing was done; look at it as it is now, then decide."
    )
