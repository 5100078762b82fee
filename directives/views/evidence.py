"""Files that show what was done: added, taken away, sent and handed out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from directives import rules
from directives.actions.evidence import add_evidence, remove_evidence, send_evidence
from directives.forms.work import EvidenceForm
from directives.models import Evidence
from directives.views.access import visible_assignment
from directives.views.assignment_page import Shown, page
from eduportal.base.acting import or_say, or_say_in
from schools.middleware import ActingRequest
from trail.downloads import attachment, inline_picture


@require_POST
def add(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep files beside the work, as the unit's own until they are sent."""
    one = visible_assignment(request, pk)
    if not rules.may_prepare_work(request.posting, one):
        raise PermissionDenied
    form = EvidenceForm(request.POST, request.FILES, prefix="files")
    if not form.is_valid():
        return page(request, one, Shown(files=form, status=422))
    with or_say_in(form) as act:
        added = add_evidence(assignment=one, files=form.cleaned_data["evidence"], by=request.posting)
    if not act.done:
        return page(request, one, Shown(files=form, status=422))
    text = ngettext(
        "%(count)s file was added, not sent.", "%(count)s files were added, not sent.", len(added)
    )
    messages.success(request, text % {"count": len(added)})
    return redirect("directives:assignment", pk)


@require_POST
def send(request: ActingRequest, pk: int) -> HttpResponse:
    """Send what was laid ready, without saying anything else."""
    one = visible_assignment(request, pk)
    if not rules.may_report(request.posting, one):
        raise PermissionDenied
    if sent := send_evidence(assignment=one, by=request.posting, now=timezone.now()):
        text = ngettext("%(count)s file was sent.", "%(count)s files were sent.", sent)
        messages.success(request, text % {"count": sent})
    else:
        messages.info(request, _("Every file was sent before. Nothing was changed."))
    return redirect("directives:assignment", pk)


@require_GET
def download(request: ActingRequest, pk: int) -> FileResponse:
    """The file, for those who see the work; before it is sent, for the unit alone."""
    return attachment(visible_evidence(request, pk).file)


@require_GET
def thumbnail(request: ActingRequest, pk: int) -> FileResponse:
    """The small picture of a photo, for those who may have the photo."""
    evidence = visible_evidence(request, pk)
    if evidence.thumbnail is None:
        raise Http404
    return inline_picture(evidence.thumbnail)


@require_POST
def remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Take away a file that is not sent yet."""
    evidence = visible_evidence(request, pk)
    if not rules.may_prepare_work(request.posting, evidence.assignment):
        raise PermissionDenied
    with or_say(request) as act:
        remove_evidence(evidence=evidence, by=request.posting)
    if act.done:
        messages.success(request, _("Taken away: %(file)s.") % {"file": evidence.file.name})
    return redirect("directives:assignment", evidence.assignment_id)


def visible_evidence(request: ActingRequest, pk: int) -> Evidence:
    """A file the person may read; an unsent one of another unit does not exist for them."""
    rows = Evidence.objects.visible_to(request.user).select_related("file", "thumbnail", "assignment__unit")
    evidence = get_object_or_404(rows, pk=pk)
    if not rules.may_read(request.posting, evidence.assignment, is_sent=evidence.is_sent):
        raise Http404
    return evidence
