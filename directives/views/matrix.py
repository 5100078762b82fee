"""One document's tasks by the units that have them, as a page and as a workbook."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from directives.models import Assignment, Directive
from directives.models.assignment import AssignmentQuerySet
from directives.queries.counting import SHOWN, sum_of
from directives.queries.matrix import Column, Row, columns_of, rows_of, units_with
from directives.statistics import statistics_sentence
from directives.views.access import visible_directive
from directives.workbooks import answers_workbook
from eduportal.base.downloads import as_download
from eduportal.base.lists import Chip, without
from eduportal.base.templatetags.eduportal import STANDINGS, day
from eduportal.base.uploads import XLSX
from schools.middleware import ActingRequest

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a document handed out, and the part of its units."""

    directive: Directive
    shares: AssignmentQuerySet
    q: str
    standing: str


def asked(request: ActingRequest, pk: int) -> Asked:
    directive = visible_directive(request, pk)
    if not directive.is_issued:
        raise Http404
    shares = Assignment.objects.visible_to(request.user).filter(task__directive=directive)
    standing = request.GET.get("standing", "")
    q = request.GET.get("q", "").strip()
    return Asked(directive, shares, q, standing if standing in SHOWN else "")


@require_GET
def matrix(request: ActingRequest, pk: int) -> HttpResponse:
    """Who has done what of all the tasks of a document, a row a unit."""
    wanted, today = asked(request, pk), timezone.localdate()
    columns = columns_of(wanted.directive, wanted.shares, today)
    units = units_with(wanted.shares, q=wanted.q, standing=wanted.standing, today=today)
    page = Paginator(units, PAGE).get_page(request.GET.get("page"))
    context = {
        "directive": wanted.directive,
        "columns": columns,
        "rows": rows_of(page, columns, wanted.shares, today),
        "page_obj": page,
        "statistics": statistics_sentence(sum_of(column.counts for column in columns)),
        "q": wanted.q,
        "standing": wanted.standing,
        "standings": STANDINGS,
        "chips": chips(request, wanted),
        "today": today,
    }
    return render(request, "directives/matrix.html", context)


def chips(request: ActingRequest, wanted: Asked) -> list[Chip]:
    found = []
    if wanted.standing:
        found.append(Chip(str(STANDINGS[wanted.standing]), without(request.GET, "standing")))
    if wanted.q:
        found.append(Chip(_("“%(words)s”") % {"words": wanted.q}, without(request.GET, "q")))
    return found


@require_GET
def workbook(request: ActingRequest, pk: int) -> HttpResponse:
    """The same, of all units that the filters leave, on one sheet."""
    wanted, today = asked(request, pk), timezone.localdate()
    columns = columns_of(wanted.directive, wanted.shares, today)
    units = units_with(wanted.shares, q=wanted.q, standing=wanted.standing, today=today)
    rows = rows_of(units, columns, wanted.shares, today)
    content = answers_workbook(
        title=_("%(document)s: tasks by units, as of %(day)s")
        % {"document": str(wanted.directive), "day": day(today)},
        columns=[_("No."), _("Unit"), _("Code"), _("Phone"), _("Done"), *map(head, columns)],
        rows=(line(number, row) for number, row in enumerate(rows, start=1)),
        total=["", _("Done"), "", "", share(sum_done(rows)), *(share(pair(one)) for one in columns)],
    )
    return as_download(content, f"ma-tran-{wanted.directive.pk}.xlsx", XLSX.content_type)


def head(column: Column) -> str:
    return f"{column.number}. {column.task.text[:120]}"


def line(number: int, row: Row) -> list[Any]:
    unit = row.unit
    cells = [cell_words(cell) for cell in row.cells]
    return [number, unit.name, unit.code, unit.phone, share((row.done, row.counted)), *cells]


def cell_words(cell: Any) -> str:
    """Where a share stands, and how far work that is under way has come."""
    if cell is None:
        return ""
    words = str(STANDINGS[cell.shown])
    return f"{words} ({cell.percent}%)" if cell.is_open and cell.percent else words


def pair(column: Column) -> tuple[int, int]:
    return column.done, column.counted


def sum_done(rows: list[Row]) -> tuple[int, int]:
    return sum(row.done for row in rows), sum(row.counted for row in rows)


def share(counted: tuple[int, int]) -> str:
    return f"{counted[0]}/{counted[1]}"
