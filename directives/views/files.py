"""The files of a document: the original as it came, and the printed form."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from directives.actions.issuing import printed
from directives.documents import file_name
from directives.views.access import visible_directive
from eduportal.base.downloads import as_pdf
from schools.middleware import ActingRequest


@require_GET
def original(request: ActingRequest, pk: int) -> FileResponse:
    """The file as it was uploaded: always to be saved, never shown by the browser."""
    directive = visible_directive(request, pk)
    if directive.original is None:
        raise Http404
    response = FileResponse(
        directive.original.file.open("rb"),
        as_attachment=True,
        filename=directive.original.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
def pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """A document written here in the national layout: the kept file once issued, a marked draft before."""
    directive = visible_directive(request, pk)
    if not directive.written_here:
        raise Http404
    if directive.print_file is not None:
        with directive.print_file.file.open("rb") as file:
            content = file.read()
    else:
        # WeasyPrint takes a second to load, and only printing needs it.
        from directives.writing.pdf import FontMissing

        try:
            content = printed(directive, timezone.localdate())
        except FontMissing as missing:
            message = _(
                "The document cannot be printed: no fitting font is installed (%(fonts)s). "
                "Tell your administrator."
            )
            messages.error(request, message % {"fonts": ", ".join(missing.missing)})
            return redirect("directives:detail", pk)
    return as_pdf(content, file_name(directive))
