"""A document that is being read in the background: how far it is, and what to do where it stopped."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from directives import rules
from directives.actions import uploads
from directives.models import Upload
from schools.middleware import ActingRequest
from trail.models import Job, JobState


@require_GET
def upload(request: ActingRequest, pk: int) -> HttpResponse:
    """How far the reading is; asked for anew by itself. Once the document is drafted, it leads there."""
    held = own_upload(request, pk)
    if held.directive is not None:
        page = "review" if rules.may_edit(request.posting, held.directive) else "detail"
        address = reverse(f"directives:{page}", args=[held.directive_id])
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    job = Job.objects.filter(kind=uploads.READ_UPLOAD, key=str(held.pk)).first()
    context = {
        "upload": held,
        "job": job,
        "title": held,
        "poll_url": reverse("directives:upload", args=[held.pk]),
        "is_stopped": job is None or job.state in (JobState.FAILED, JobState.CANCELLED),
    }
    template = "directives/_upload.html" if request.htmx else "directives/upload.html"
    return render(request, template, context)


@require_POST
def forget(request: ActingRequest, pk: int) -> HttpResponse:
    """Throw away what was handed in and did not become a document."""
    uploads.forget_upload(upload=own_upload(request, pk))
    messages.success(request, _("The file was thrown away."))
    return redirect("directives:new")


def own_upload(request: ActingRequest, pk: int) -> Upload:
    own = Upload.objects.visible_to(request.user).select_related("directive").prefetch_related("files")
    return get_object_or_404(own, pk=pk)
