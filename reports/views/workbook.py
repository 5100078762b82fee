"""The month's workbook: downloaded, filled in away from the portal, sent back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from directives.workbooks import UnreadableWorkbook
from eduportal.base.downloads import as_download
from eduportal.base.uploads import XLSX
from reports import actions, rules
from reports.actions.fields import save_fields
from reports.forms.fields import StoredPage, stored_page
from reports.forms.workbook import WorkbookForm, edits_of, workbook_of, wrong_cells
from reports.models import MonthlyReport
from reports.views.monthly import get_report
from reports.workbook import read_month
from schools.middleware import ActingRequest

UNREADABLE = {
    "broken": gettext_lazy(
        "This workbook is damaged and cannot be read. Save it again as .xlsx and choose it once more."
    ),
    "other_file": gettext_lazy(
        "This is not the workbook of a month. Download it from this page and fill it in."
    ),
    "other_unit": gettext_lazy(
        "This workbook is of another month or another unit. Nothing was taken from it. "
        "Choose the one that was downloaded from this page."
    ),
}


def get_own_report(request: ActingRequest, pk: int) -> MonthlyReport:
    row = get_report(request, pk)
    if not rules.may_prepare(request.posting, row):
        raise PermissionDenied
    return row


@require_safe
def file(request: ActingRequest, pk: int) -> HttpResponse:
    """The report as it is saved, to be filled in."""
    row = get_own_report(request, pk)
    name = f"bao-cao-{row.period.named.code}-{row.unit.code}.xlsx"
    return as_download(workbook_of(stored_page(row)), name, XLSX.content_type)


@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: ActingRequest, pk: int) -> HttpResponse:
    """Take a workbook that was filled in. One wrong cell, and nothing is saved."""
    row = get_own_report(request, pk)
    if request.method != "POST":
        return show(request, row, WorkbookForm(initial={"version": row.version}))
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, row, form, status=422)
    if not row.is_editable:
        messages.warning(request, actions.already_sent(row))
        return redirect("reports:report", pk=pk)
    content = form.cleaned_data["workbook"]
    try:
        cells = read_month(content, row.pk)
    except UnreadableWorkbook as problem:
        form.add_error("workbook", UNREADABLE[problem.code])
        return show(request, row, form, status=422)
    page = stored_page(row)
    found = edits_of(cells, page, content)
    if wrong := wrong_cells(found, page):
        return show(request, row, form, wrong=wrong, status=422)
    edits = [edit for _cell, edit in found.values()]
    kept = save_fields(report=row, edits=edits, page_of=stored_page, by=request.posting, now=timezone.now())
    tell(request, len(kept.saved))
    if kept.asked:
        page = stored_page(get_report(request, pk))
        asked = [conflict(page, found[key][1].name, found[key][1].text) for key in kept.asked]
        return show(request, row, WorkbookForm(initial={"version": row.version}), asked=asked, status=409)
    return redirect("reports:report", pk=pk)


def conflict(page: StoredPage, name: str, mine: str) -> dict[str, str]:
    label = str(page.form.fields[name].label)
    return {"label": label, "stored": page.stored[name] or "–", "yours": mine or "–"}


def tell(request: ActingRequest, count: int) -> None:
    if not count:
        messages.info(request, _("Nothing in the workbook differs from what is saved."))
        return
    words = ngettext(
        "Taken from the workbook and saved: %(count)s field. Check it, then send the report.",
        "Taken from the workbook and saved: %(count)s fields. Check them, then send the report.",
        count,
    )
    messages.success(request, words % {"count": count})


def show(
    request: ActingRequest,
    row: MonthlyReport,
    form: WorkbookForm,
    *,
    wrong: list[str] | None = None,
    asked: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"report": row, "form": form, "wrong": wrong, "asked": asked}
    return render(request, "reports/report_workbook.html", context, status=status)
