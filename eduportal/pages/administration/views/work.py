"""Background work that failed, with its fault and another try."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eduportal.base.acting import or_say
from eduportal.pages.administration.actions import retry_job
from eduportal.pages.administration.queries import failed_jobs
from eduportal.pages.administration.views.access import administrator
from schools.middleware import ActingRequest
from trail.kinds import KINDS


@require_safe
def jobs(request: ActingRequest) -> HttpResponse:
    page = Paginator(failed_jobs(administrator(request)), 20).get_page(request.GET.get("page"))
    rows = [(job, KINDS[job.kind].label if job.kind in KINDS else job.kind) for job in page]
    return render(request, "administration/jobs.html", {"page_obj": page, "rows": rows})


@require_POST
def retry(request: ActingRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(failed_jobs(administrator(request)), pk=pk)
    with or_say(request) as act:
        retry_job(job=job, by=request.posting)
    if act.done:
        messages.success(request, _("The work waits for its turn once more."))
    return redirect("administration:jobs")
