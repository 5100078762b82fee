"""The month's page as its scripts speak with it: a field is saved by itself, others' fields are told."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directives.models import Evidence
from eduportal.base.errors import Refused
from eduportal.base.numbers import whole_number
from reports import actions, rules
from reports.actions.fields import Edit, Kept, save_fields
from reports.forms.fields import StoredPage, edits_sent, stored_page
from reports.models import MonthlyReport
from reports.queries.saving import last_savings, savings_of
from reports.views.monthly import get_report
from schools.middleware import ActingRequest

MOST_SAVINGS = 300


@require_http_methods(["GET", "HEAD", "POST"])
def fields(request: ActingRequest, pk: int) -> HttpResponse:
    """What a report's fields hold now, or nothing (204) at the version that the page knows; POST saves some.

    Answers in JSON. What cannot be saved is told field by field, with 200: the page keeps it and says so.
    """
    row = get_report(request, pk)
    if not rules.may_prepare(request.posting, row):
        raise PermissionDenied
    if request.method == "POST":
        return saved(request, row)
    if whole_number(request.GET.get("version")) == row.version:
        return HttpResponse(status=204)
    return JsonResponse(as_stored(row))


def saved(request: ActingRequest, row: MonthlyReport) -> HttpResponse:
    try:
        given = json.loads(request.POST.get("edits", ""))
        edits, problems = edits_sent(given, request.FILES)
    except ValueError:
        return JsonResponse(
            {"told": _("This page is out of date. Load it anew; nothing is lost.")}, status=400
        )
    except ValidationError as problem:
        return JsonResponse({"told": problem.messages[0]}, status=400)
    try:
        kept = save_fields(
            report=row, edits=edits, page_of=stored_page, by=request.posting, now=timezone.now()
        )
    except Refused as refusal:
        kept = Kept(wrong={edit.key: [str(refusal.message)] for edit in edits})
    current = get_report(request, row.pk)
    page = stored_page(current)
    answer = as_stored(current, page)
    answer["fates"] = {str(edit.key): fate_of(edit, kept) for edit in edits}
    answer["fates"] |= {str(key): {"fate": "wrong", "told": " ".join(told)} for key, told in problems.items()}
    answer["people"] = people(current, [edit.name for edit in edits if edit.key in kept.asked])
    return JsonResponse(answer)


def fate_of(edit: Edit, kept: Kept) -> dict[str, Any]:
    """What became of an edit; of one that is not right, why."""
    if edit.key in kept.wrong:
        return {"fate": "wrong", "told": " ".join(kept.wrong[edit.key])}
    fates = {"saved": kept.saved, "asked": kept.asked, "late": kept.late}
    return {"fate": next((fate for fate, keys in fates.items() if edit.key in keys), "gone")}


def people(row: MonthlyReport, names: list[str]) -> dict[str, dict[str, str]]:
    """Who saved these fields last, and when; the whole report's last saving where no field's is known."""
    if not names:
        return {}
    last = last_savings(row, names)
    whole = (row.saved_by, row.saved_at)
    found = {}
    for name in names:
        by, at = (last[name].by, last[name].at) if name in last else whole
        shown = f"{timezone.localtime(at):%H:%M %d/%m}" if at else ""
        found[name] = {"who": str(by or ""), "at": shown}
    return found


def as_stored(row: MonthlyReport, page: StoredPage | None = None) -> dict[str, Any]:
    """What the page shows of what is stored: values, what is doubtful in them, how far it is."""
    page = page or stored_page(row)
    form = page.form
    warnings = {
        one.field.name: {"words": one.warning, "seen": one.seen, "serious": one.must_be_explained}
        for one in form.doubted()
    }
    evidence = {
        f"task-{line.assignment.pk}-files": [kept_file(one) for one in line.evidence] for line in form.work
    }
    return {
        "version": row.version,
        "editable": row.is_editable,
        "told": "" if row.is_editable else actions.already_sent(row),
        "saved": f"{timezone.localtime(row.saved_at):%H:%M}" if row.saved_at else "",
        "by": str(row.saved_by or ""),
        "fields": page.stored,
        "problems": {name: " ".join(told) for name, told in page.problems().items()},
        "warnings": warnings,
        "files": {name: files for name, files in evidence.items() if files},
    }


def kept_file(one: Evidence) -> dict[str, Any]:
    return {"name": one.file.name, "size": one.file.size}


@require_safe
def history(request: ActingRequest, pk: int) -> HttpResponse:
    """Who typed what into the report, field by field, with what stood there: also what was not taken over."""
    row = get_report(request, pk)
    if not rules.is_of_own_unit(request.posting, row):
        raise PermissionDenied
    form = stored_page(row).form
    labels = {name: field.label for name, field in form.fields.items()}
    savings = [(labels.get(one.field, one.field), one) for one in savings_of(row, MOST_SAVINGS)]
    context = {"report": row, "savings": savings, "most": MOST_SAVINGS}
    return render(request, "reports/report_history.html", context)
