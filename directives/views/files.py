"""The files of a document: the original as it came, its annexes, and the printed form."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from directives import rules
from directives.actions import files
from directives.actions.issuing import print_of, word_of
from directives.actions.opening import note_opening
from directives.documents import file_name
from directives.forms.entering import AnnexesForm
from directives.views.access import directive_for, visible_annex, visible_directive
from directives.views.document_steps import take_step
from directives.wording import cannot_print
from eduportal.base.downloads import as_docx, as_pdf
from eduportal.base.errors import EditConflict, Refused
from schools.middleware import ActingRequest
from trail.downloads import attachment


@require_GET
def original(request: ActingRequest, pk: int) -> FileResponse:
    """The file as it was uploaded: always to be saved, never shown by the browser."""
    directive = visible_directive(request, pk)
    if directive.original is None:
        raise Http404
    note_opening(directive, request.posting)
    return attachment(directive.original)


@require_GET
def annex(request: ActingRequest, pk: int, annex_pk: int) -> FileResponse:
    """An annex as it came."""
    return attachment(visible_annex(request, pk, annex_pk).file)


@require_POST
def add_annexes(request: ActingRequest, pk: int) -> HttpResponse:
    """Put files behind the annexes of a draft."""
    directive = directive_for(request, pk, rules.may_annex)
    form = AnnexesForm(request.POST, request.FILES, prefix="annex")
    if form.is_valid():
        try:
            files.add_annexes(
                directive=directive,
                version=form.cleaned_data["version"],
                files=form.cleaned_data["annexes"],
                by=request.posting,
            )
        except EditConflict:
            messages.warning(
                request, _("The document was changed meanwhile. Look at it, then choose the files again.")
            )
        except Refused as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("The annexes were added."))
    else:
        for problem in form.errors.get("annexes", [_("Nothing was added. Choose the files again.")]):
            messages.error(request, str(problem))
    return redirect(f"{reverse('directives:detail', args=[pk])}#annexes")


@require_POST
def remove_annex(request: ActingRequest, pk: int, annex_pk: int) -> HttpResponse:
    """Take an annex off a draft."""
    directive = directive_for(request, pk, rules.may_annex)
    one = get_object_or_404(directive.annexes.select_related("file"), pk=annex_pk)
    done = _("The annex “%(title)s” was taken off.") % {"title": one.title}
    take_step(request, files.remove_annex, done, annex=one)
    return redirect(f"{reverse('directives:detail', args=[pk])}#annexes")


@require_GET
def pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """A document written here in the national layout: the kept file once issued, a marked draft before."""
    directive = visible_directive(request, pk)
    if not directive.written_here:
        raise Http404
    note_opening(directive, request.posting)
    # WeasyPrint takes a second to load, and only printing needs it.
    from directives.writing.pdf import FontMissing

    try:
        content = print_of(directive, timezone.localdate())
    except FontMissing as missing:
        messages.error(request, cannot_print(missing.missing))
        return redirect("directives:detail", pk)
    return as_pdf(content, file_name(directive))


@require_GET
def docx(request: ActingRequest, pk: int) -> HttpResponse:
    """A document written here as a Word file, in the layout of its PDF; a draft bears its mark."""
    directive = visible_directive(request, pk)
    if not directive.written_here:
        raise Http404
    return as_docx(word_of(directive, timezone.localdate()), file_name(directive, "docx"))
