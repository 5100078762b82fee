"""The form of a task: shaped by staff, and what all units answered, as a table and as a workbook."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from directives import rules
from directives.actions.dataforms import shape_form
from directives.forms.dataforms import FieldFormSet, ShapeForm, field_rows
from directives.models import Assignment, DataForm, FormField, FormReply, Task
from directives.models.assignment import AssignmentQuerySet
from directives.models.dataform import Value
from directives.queries import search_assignments
from directives.queries.dataforms import (
    AnswerRow,
    answer_rows,
    answered,
    asked_units,
    form_of,
    not_answered,
    totals,
)
from directives.views.access import handed_out_task, visible_task
from directives.views.presenting import answer_words
from directives.workbooks import answers_workbook
from eduportal.base.downloads import as_download
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.templatetags.eduportal import moment
from eduportal.base.uploads import XLSX
from schools.middleware import ActingRequest

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One unit's row of the table: each field with the answer as it is shown."""

    row: AnswerRow
    cells: list[tuple[FormField, Any]]


PARTS = {"answered": answered, "missing": not_answered}


# --- shaping ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def shape(request: ActingRequest, pk: int) -> HttpResponse:
    """Say what the task asks of each unit, field by field."""
    task = visible_task(request, pk)
    if not rules.may_shape_form(request.posting, task.directive):
        raise PermissionDenied
    form = form_of(task)
    if request.method == "GET":
        return shape_page(request, task, form)
    return save_shape(request, task, form)


def save_shape(request: ActingRequest, task: Task, form: DataForm | None) -> HttpResponse:
    head = ShapeForm(request.POST)
    rows: Any = FieldFormSet(request.POST, prefix="fields")
    if not (head.is_valid() and rows.is_valid()):
        return shape_page(request, task, form, rows=rows, head=head, status=422)
    fields = {field.pk: field for field in form.fields.all()} if form else {}
    try:
        saved = shape_form(
            task=task, version=head.cleaned_data["version"], asked=rows.asked(fields), by=request.posting
        )
    except EditConflict as conflict:
        head = ShapeForm({"version": conflict.current.version})
        head.is_valid()
        head.add_error(
            None,
            _(
                "Somebody saved this form while you were writing. What you typed is still here and not "
                "saved; open the form in another tab to compare, then save again."
            ),
        )
        return shape_page(request, task, form, rows=rows, head=head, status=409)
    except Refused as refusal:
        head.add_error(None, str(refusal.message))
        return shape_page(request, task, form, rows=rows, head=head, status=422)
    if saved is None:
        messages.success(request, _("The task carries no form now."))
    else:
        messages.success(request, _("The form is saved."))
    return redirect("directives:shape_form", task.pk) if "more" in request.POST else after_shaping(task)


def after_shaping(task: Task) -> HttpResponse:
    if task.directive.is_issued:
        return redirect("directives:task_of_all", task.pk)
    return redirect("directives:review", task.directive_id)


def shape_page(
    request: ActingRequest,
    task: Task,
    form: DataForm | None,
    *,
    rows: Any = None,
    head: ShapeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    stored = list(form.fields.all()) if form else []
    version = form.version if form else 0
    context = {
        "task": task,
        "directive": task.directive,
        "head": head or ShapeForm(initial={"version": version}),
        "rows": rows or FieldFormSet(initial=field_rows(stored), prefix="fields"),
        "stored": len(stored),
        "is_answered": form is not None and FormReply.objects.filter(form=form).exists(),
    }
    return render(request, "directives/form_shape.html", context, status=status)


# --- the answers of all units -------------------------------------------------------------------------------


@require_GET
def answers(request: ActingRequest, pk: int) -> HttpResponse:
    """What units sent, a row each, with sums; who has not answered, with the phone to call."""
    task, form = task_with_form(request, pk)
    fields = list(form.fields.all())
    part, q = request.GET.get("part", ""), request.GET.get("q", "").strip()
    found = chosen_units(request, task)
    summed = totals(fields, found)
    page = Paginator(in_order(found), PAGE).get_page(request.GET.get("page"))
    context = {
        "task": task,
        "directive": task.directive,
        "fields": fields,
        "lines": [Line(row, cells(fields, row.values)) for row in answer_rows(fields, list(page))],
        "page_obj": page,
        "totals": summed,
        "sums": list(zip(fields, summed.sums, strict=True)),
        "has_sums": any(field.is_summed for field in fields),
        "all": totals([], units_of(request, task)),
        "part": part if part in PARTS else "",
        "q": q,
    }
    return render(request, "directives/form_answers.html", context)


def cells(fields: list[FormField], values: list[Value]) -> list[tuple[FormField, Any]]:
    return [(field, answer_words(field, value)) for field, value in zip(fields, values, strict=True)]


def task_with_form(request: ActingRequest, pk: int) -> tuple[Task, DataForm]:
    task = handed_out_task(request, pk)
    if (form := form_of(task)) is None:
        raise Http404
    return task, form


def units_of(request: ActingRequest, task: Task) -> AssignmentQuerySet:
    """Those whose answers this person may see, and of whom some are expected."""
    return asked_units(Assignment.objects.visible_to(request.user).filter(task=task))


def chosen_units(request: ActingRequest, task: Task) -> AssignmentQuerySet:
    found = search_assignments(units_of(request, task), request.GET.get("q", ""))
    part = PARTS.get(request.GET.get("part", ""))
    return part(found) if part else found


def name_with_time(one: Assignment) -> str:
    """The unit, and of recurring work the period that its answers are of."""
    return f"{one.unit.name} ({one.occurrence})" if one.occurrence else one.unit.name


def in_order(found: AssignmentQuerySet) -> AssignmentQuerySet:
    return found.select_related("unit", "occurrence").order_by("unit__sort_key", "pk")


@require_GET
def workbook(request: ActingRequest, pk: int) -> HttpResponse:
    """The same table as a workbook, under the same filter and on one sheet."""
    task, form = task_with_form(request, pk)
    fields = list(form.fields.all())
    found = chosen_units(request, task)
    rows = answer_rows(fields, list(in_order(found)))
    sums = totals(fields, found).sums
    heads = [f"{field.label} ({field.unit})" if field.unit else field.label for field in fields]
    content = answers_workbook(
        title=str(task),
        columns=[_("No."), _("Unit"), _("Code"), _("Phone"), _("Sent"), *heads],
        rows=(
            [
                number,
                name_with_time(row.assignment),
                row.assignment.unit.code,
                row.assignment.unit.phone,
                moment(timezone.localtime(row.reply.sent_at)) if row.reply else _("not yet"),
                *(words for _field, words in cells(fields, row.values)),
            ]
            for number, row in enumerate(rows, start=1)
        ),
        total=["", _("Sum"), "", "", "", *sums],
    )
    return as_download(content, f"tra-loi-{task.pk}.xlsx", XLSX.content_type)
