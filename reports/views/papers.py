"""Reports and briefings as PDF, in the layout of Nghị định 30/2020/NĐ-CP."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from directives.wording import cannot_print
from directives.writing.document import OfficialDocument
from eduportal.base.downloads import as_pdf
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
    row = get_report(request, pk)
    context = reading_context(request, row)
    if not context["shown"]:
        raise PermissionDenied
    work = [line for line in queries.work_lines(row, timezone.localdate()) if line.latest]
    document = report_document(report_paper(row, context["lines"], work, context["answered"]))
    name = f"bao-cao-{code_of(row.period)}-{row.unit.code}.pdf"
    return printed(request, document, name, ("reports:report", pk))


@require_safe
def briefing_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """The briefing on paper; until its meeting is entered it is a draft."""
    row = get_briefing(request, pk)
    is_draft = not hasattr(row, "meeting")
    document = briefing_document(
        briefing_head(row), from_json(row.figures), briefing_parts(row), is_draft=is_draft
    )
    name = f"giao-ban-{code_of(row.period)}-{row.office.code}.pdf"
    return printed(request, document, name, ("reports:briefing", pk))


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
