"""The books in which an office follows what is to be done: on a page, on paper and as a workbook."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives.documents import KIND_NAMES
from directives.forms.handling import BookForm
from directives.handling import (
    ARRIVALS,
    BOOKS,
    OWN,
    TASKS,
    BookKind,
    Line,
    day,
    deadline_words,
    head_of_document,
    named,
    progress_words,
    standing_words,
)
from directives.models import AssigneeRole, Assignment, Directive, DirectiveKind, Task
from directives.queries import letterhead_of
from directives.queries.handling import (
    Arrived,
    arrivals,
    arrived,
    counts_of,
    own_shares,
    set_tasks,
)
from directives.views.presenting import in_role
from directives.wording import cannot_print, item_number
from directives.workbooks import book_workbook
from eduportal.base.downloads import as_download, as_pdf
from eduportal.base.uploads import XLSX
from schools.middleware import ActingRequest
from schools.models import Posting

PAGE = 50
# What is printed in one go; a longer book is printed in parts, as it is bound.
MOST_PRINTED = 500


@dataclass(frozen=True)
class Book:
    """The book asked for: all its rows, lazily, and how a page of them is put into words."""

    name: str
    kind: BookKind
    form: BookForm
    posting: Posting
    rows: Any
    lines: Callable[[Sequence[Any], int], list[Line]]
    address: str

    @property
    def first(self) -> dt.date:
        return self.form.cleaned_data["first"]

    @property
    def last(self) -> dt.date:
        return self.form.cleaned_data["last"]


def books_for(posting: Posting) -> list[str]:
    """The books that a unit keeps: schools have only what is given to them."""
    return [OWN] if posting.unit.is_school else [ARRIVALS, TASKS, OWN]


def asked_book(request: ActingRequest, posting: Posting) -> Book | BookForm:
    """The book, or the form with what is to be put right."""
    today = timezone.localdate()
    form = BookForm(request.GET, books=books_for(posting), today=today)
    if not form.is_valid():
        return form
    name, user = form.cleaned_data["book"], request.user
    days = (form.cleaned_data["first"], form.cleaned_data["last"])
    office = posting.acting_unit
    lines: Callable[[Sequence[Any], int], list[Line]]
    if name == ARRIVALS:
        rows: Any = arrivals(user, office, *days)
        lines = lambda page, start: [arrival_line(one) for one in arrived(user, page, today)]  # noqa: E731
    elif name == TASKS:
        rows = set_tasks(user, office, *days)
        lines = lambda page, start: task_lines(user, page, start, today)  # noqa: E731
    else:
        rows = own_shares(user, [posting.unit, office], *days, today)
        lines = lambda page, start: [own_line(n, one) for n, one in enumerate(page, start=start)]  # noqa: E731
    address = {ARRIVALS: "directives:detail", TASKS: "directives:task_of_all", OWN: "directives:assignment"}
    return Book(name, BOOKS[name], form, posting, rows, lines, address[name])


# --- rows ---------------------------------------------------------------------------------------------------


def arrival_line(one: Arrived) -> Line:
    directive, said = one.directive, one.instruction
    if directive.is_issued:
        progress = progress_words(one.counts) or "Đã xử lý, không có nhiệm vụ theo dõi"
    else:
        progress = "Đã chuyển xử lý" if said else "Chưa phân công"
    cells = (
        str(directive.arrival_number),
        head_of_document(
            kind_name(directive),
            directive.full_number,
            directive.issued_on,
            directive.sender,
            directive.subject,
        ),
        said.unit.short_name if said else "",
        day(said.deadline) if said else "",
        progress,
        named(one.answers),
        f"Đến ngày {day(directive.arrived_on)}",
    )
    return Line(directive.pk, cells)


def kind_name(directive: Directive) -> str:
    return KIND_NAMES[DirectiveKind(directive.kind)]


def task_lines(user: Any, tasks: Sequence[Task], start: int, today: dt.date) -> list[Line]:
    tasks = list(tasks)
    counts = counts_of(user, tasks, today)
    return [task_line(n, task, counts.get(task.pk, {})) for n, task in enumerate(tasks, start=start)]


def task_line(number: int, task: Task, counts: dict[str, int]) -> Line:
    directive, addressees = task.directive, list(task.addressees.all())
    place = f"Mục {item_number(task.path)}: " if task.path else ""
    cells = (
        str(number),
        f"{directive.full_number} ngày {day(directive.issued_on)}",
        place + " ".join(task.text.split()),
        named(in_role(addressees, AssigneeRole.LEAD)),
        named(in_role(addressees, AssigneeRole.SUPPORT)),
        day(task.deadline) or task.deadline_raw,
        progress_words(counts) or "Chưa giao đơn vị nào",
        ended_words(directive),
    )
    return Line(task.pk, cells)


def ended_words(directive: Directive) -> str:
    return {"replaced": "Văn bản đã được thay thế", "withdrawn": "Văn bản đã thu hồi"}.get(
        directive.ended, ""
    )


def own_line(number: int, one: Assignment) -> Line:
    directive = one.task.directive
    author = directive.sender or directive.office.name
    document = head_of_document(kind_name(directive), directive.full_number, directive.issued_on, author, "")
    cells = (
        str(number),
        document,
        " ".join(one.task.text.split()),
        "Chủ trì" if one.role == AssigneeRole.LEAD else "Phối hợp",
        deadline_words(one.deadline, one.first_deadline),
        day(one.reported_done_on),
        standing_words(one.shown, one.percent),  # type: ignore[attr-defined]  # by with_shown
        ended_words(directive),
    )
    return Line(one.pk, cells)


# --- pages and files ----------------------------------------------------------------------------------------


@require_safe
def book(request: ActingRequest) -> HttpResponse:
    """A book as a page: each row leads to what it speaks of."""
    if request.posting is None:
        return redirect("home")  # which says what to do without a posting
    found = asked_book(request, request.posting)
    if isinstance(found, BookForm):
        return render(request, "directives/book.html", {"form": found}, status=422)
    with translation.override("vi"):
        page = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
        lines = found.lines(list(page), page.start_index() or 1)
    shown = found.form.cleaned_data
    context = {
        "form": BookForm(shown, books=found.form.books, today=found.form.today),
        "book": found,
        "kind": found.kind,
        "heads": [column.head for column in found.kind.columns],
        "lines": [
            (reverse(found.address, args=[line.pk]), list(zip(found.kind.columns, line.cells, strict=True)))
            for line in lines
        ],
        "page_obj": page,
        "too_long": page.paginator.count > MOST_PRINTED,
        "most": MOST_PRINTED,
    }
    return render(request, "directives/book.html", context)


@require_safe
def book_pdf(request: ActingRequest) -> HttpResponse:
    """The book on paper, across the page, its head on every page. In Vietnamese."""
    if request.posting is None:
        return redirect("home")
    # WeasyPrint takes a second to load, and only printing needs it.
    from directives.writing.pdf import FontMissing, pdf_of

    found = asked_book(request, request.posting)
    if isinstance(found, BookForm):
        return render(request, "directives/book.html", {"form": found}, status=422)
    rows = list(found.rows[: MOST_PRINTED + 1])
    back = f"{reverse('directives:book')}?{request.GET.urlencode()}"
    if not rows:
        return redirect(back)  # which says that nothing stands in it
    if len(rows) > MOST_PRINTED:
        messages.error(
            request,
            _("At most %(most)s rows are printed at once. Choose fewer days, or download the workbook.")
            % {"most": MOST_PRINTED},
        )
        return redirect(back)
    with translation.override("vi"):
        office = request.posting.acting_unit
        context = {
            "book": found,
            "lines": found.lines(rows, 1),
            "office": office,
            "letterhead": letterhead_of(office, found.last),
        }
        page = render_to_string("documents/handling_book.html", context)
    try:
        return as_pdf(pdf_of(page), f"{file_name(found)}.pdf")
    except FontMissing as missing:
        messages.error(request, cannot_print(missing.missing))
        return redirect(back)


@require_safe
def workbook(request: ActingRequest) -> HttpResponse:
    """The whole book as a workbook."""
    if request.posting is None:
        return redirect("home")
    found = asked_book(request, request.posting)
    if isinstance(found, BookForm):
        return render(request, "directives/book.html", {"form": found}, status=422)
    with translation.override("vi"):
        lines = found.lines(list(found.rows), 1)
    if not lines:
        return redirect(f"{reverse('directives:book')}?{request.GET.urlencode()}")
    content = book_workbook(
        title=found.kind.title,
        subtitle=f"{request.posting.acting_unit.name}, từ ngày {day(found.first)} đến ngày {day(found.last)}",
        columns=[(column.head, column.width // 2) for column in found.kind.columns],
        rows=[line.cells for line in lines],
    )
    return as_download(content, f"{file_name(found)}.xlsx", XLSX.content_type)


def file_name(found: Book) -> str:
    names = {ARRIVALS: "so-van-ban-den", TASKS: "so-nhiem-vu-giao", OWN: "so-nhiem-vu-duoc-giao"}
    return f"{names[found.name]}-{found.first:%Y%m%d}-{found.last:%Y%m%d}"
