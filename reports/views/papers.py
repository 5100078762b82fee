"""Reports and briefings as PDF and as Word files, in the layout of Nghị định 30/2020/NĐ-CP."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from directives.wording import cannot_print
from directives.writing.document import OfficialDocument
from eduportal.base.downloads import as_docx, as_pdf
from reports import queries
from reports.figures import from_json
from reports.papers import briefing_document, report_document
from reports.queries.figures import code_of
from reports.queries.papers import briefing_head, briefing_parts, report_paper
from reports.views.access import get_report
from reports.views.briefing import get_briefing
from reports.views.monthly import reading_context
from schools.middleware import ActingRequest


@require_safe
def report_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """A unit's report on paper. As long as it is not sent, it is the unit's own, and marked as a draft."""
    document, name = report_to_print(request, pk)
    return printed(request, document, f"{name}.pdf", ("reports:report", pk))


@require_safe
def report_docx(request: ActingRequest, pk: int) -> HttpResponse:
    """The same report as a Word file, for those who see its PDF."""
    document, name = report_to_print(request, pk)
    return in_word(document, f"{name}.docx")


def report_to_print(request: ActingRequest, pk: int) -> tuple[OfficialDocument, str]:
    """The report as it is printed, and the name of its file without ending."""
    row = get_report(request, pk)
    context = reading_context(request, row)
    if not context["shown"]:
        raise PermissionDenied
    work = [line for line in queries.work_lines(row, timezone.localdate()) if line.latest]
    document = report_document(report_paper(row, context["lines"], work, context["answered"]))
    return document, f"bao-cao-{code_of(row.period)}-{row.unit.code}"


@require_safe
def briefing_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """The briefing on paper; until its meeting is entered it is a draft."""
    document, name = briefing_to_print(request, pk)
    return printed(request, document, f"{name}.pdf", ("reports:briefing", pk))


@require_safe
def briefing_docx(request: ActingRequest, pk: int) -> HttpResponse:
    """The same briefing as a Word file."""
    document, name = briefing_to_print(request, pk)
    return in_word(document, f"{name}.docx")


def briefing_to_print(request: ActingRequest, pk: int) -> tuple[OfficialDocument, str]:
    """The briefing as it is printed, and the name of its file without ending."""
    row = get_briefing(request, pk)
    is_draft = not hasattr(row, "meeting")
    document = briefing_document(
        briefing_head(row), from_json(row.figures), briefing_parts(row), is_draft=is_draft
    )
    return document, f"giao-ban-{code_of(row.period)}-{row.office.code}"


def printed(
    request: ActingRequest, document: OfficialDocument, name: str, back: tuple[str, int]
) -> HttpResponse:
    """The PDF, or the page it was asked from with the word that no fitting font is installed."""
    # WeasyPrint takes a second to load, and only printing needs it.
    from directives.writing.pdf import FontMissing, to_pdf

    try:
        return as_pdf(to_pdf(document), name)
    except FontMissing as missing:
        messages.error(request, cannot_print(missing.missing))
        return redirect(*back)


def in_word(document: OfficialDocument, name: str) -> HttpResponse:
    """The document as a Word file to be saved."""
    # Loading the library takes a while, and only Word files need it.
    from directives.writing.docx import to_docx

    return as_docx(to_docx(document), name)
