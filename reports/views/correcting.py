"""A sent report is called back, an accepted one corrected."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eduportal.base.errors import EditConflict, Refused
from reports import actions
from reports.forms.correcting import CorrectionForm
from reports.forms.review import AcceptForm
from reports.models import MonthlyReport, ReportState
from reports.queries import figure_lines
from reports.queries.doubts import rules_of
from reports.queries.people import may_send_now
from reports.queries.questions import question_lines
from reports.views.access import get_report
from schools.middleware import ActingRequest


def own_report(request: ActingRequest, pk: int) -> MonthlyReport:
    """A report that this person sends; who only reads it, or prepares it, may not."""
    row = get_report(request, pk)
    if not may_send_now(request.posting, row, timezone.localdate()):
        raise PermissionDenied
    return row


@require_POST
def call_back(request: ActingRequest, pk: int) -> HttpResponse:
    """Take what was sent back, while it waits for review."""
    row = own_report(request, pk)
    form = AcceptForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    was_correction = bool(row.correction)
    try:
        actions.call_back(report=row, version=version, by=request.posting)
    except EditConflict:
        messages.warning(request, _("The report has changed since you opened it. Nothing was done."))
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        told = _("Called back. Correct what is wrong and send it again; until then it counts as not sent.")
        if was_correction:
            told = _("The correction is called back. The accepted report stands as it was.")
        messages.success(request, told)
    return redirect("reports:report", pk)


def correct(request: ActingRequest, pk: int) -> HttpResponse:
    """Fill an accepted report in anew and send it with the reason."""
    row = own_report(request, pk)
    if row.state != ReportState.ACCEPTED:
        told = _("Only an accepted report is corrected. This one can be edited or called back.")
        messages.warning(request, told)
        return redirect("reports:report", pk)
    form = form_of(row, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return shown(request, row, form, 200)
    if not form.is_valid():
        return shown(request, row, form, 422)
    try:
        sent = actions.correct_report(
            report=row,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            figures=form.figures(),
            remarks=form.remarks(),
            answers=form.answers(),
            by=request.posting,
            now=timezone.now(),
            **form.prose(),
        )
    except actions.FiguresMissing as refusal:
        form.require({measure.code for measure in refusal.missing})
        return shown(request, row, form, 422)
    except actions.AnswersMissing as refusal:
        form.require_answers({question.pk for question in refusal.missing})
        return shown(request, row, form, 422)
    except EditConflict:
        told = _("The report has changed since you opened it. Nothing was sent; look at it first.")
        form.add_error(None, told)
        return shown(request, row, form, 409)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return shown(request, row, form, 422)
    messages.success(request, _("The correction is sent to %(office)s.") % {"office": sent.office.name})
    return redirect("reports:report", pk)


def form_of(row: MonthlyReport, data: Any) -> CorrectionForm:
    return CorrectionForm(
        data,
        report=row,
        lines=figure_lines(row),
        rules=rules_of(row.period),
        questions=question_lines(row),
    )


def shown(request: ActingRequest, row: MonthlyReport, form: CorrectionForm, status: int) -> HttpResponse:
    context = {
        "report": row,
        "form": form,
        "levels": form.sections(),
        "question_groups": form.question_groups(),
    }
    return render(request, "reports/report_correct.html", context, status=status)
