"""Lists as spreadsheets: download, check, take over."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from eduportal.base.downloads import as_download
from eduportal.base.sheets import CONTENT_TYPES
from eduportal.pages.administration.actions import check_file, take_over, write_out
from eduportal.pages.administration.forms import SheetFileForm
from eduportal.pages.administration.sheets import RESOURCES, file_name, file_of, sample_of
from eduportal.pages.administration.views.access import administrator, resource_named
from eduportal.pages.jobs import APPLY, CHECK, EXPORT
from eduportal.pages.views import progress_of
from schools.middleware import ActingRequest
from trail.downloads import attachment
from trail.models import Job, JobState, StoredFile

# So many rows are written while one waits; more are written in the background.
MOST_AT_ONCE = 2_000


@require_safe
def sheets(request: ActingRequest) -> HttpResponse:
    """What can be taken in and out."""
    administrator(request)
    lists = [{"name": name, "title": resource.title} for name, resource in RESOURCES.items()]
    return render(request, "administration/sheets.html", {"lists": lists})


@require_safe
def sample(request: ActingRequest, resource: str) -> HttpResponse:
    found = resource_named(request, resource)
    name = _("sample %(list)s") % {"list": str(found.title).lower()}
    return as_download(sample_of(type(found)), f"{name}.xlsx", CONTENT_TYPES["xlsx"])


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: ActingRequest, resource: str, kind: str) -> HttpResponse:
    """All that the administrator looks after, as of now; a long list is written in the background."""
    found = resource_named(request, resource)
    if kind not in CONTENT_TYPES:
        raise Http404
    if request.method == "POST":
        return redirect("job", write_out(resource=resource, kind=kind, by=request.posting).pk)
    rows = found.visible().count()
    if rows > MOST_AT_ONCE:
        context = {"resource": resource, "kind": kind, "title": found.title, "rows": rows}
        return render(request, "administration/export.html", context)
    return as_download(file_of(found, kind), file_name(found, kind), CONTENT_TYPES[kind])


@never_cache
@require_safe
def exported(request: ActingRequest, resource: str, pk: int) -> HttpResponseBase:
    """The file that was written for this person in this posting."""
    resource_named(request, resource)
    own = Job.objects.filter(requested_by_id=request.user.pk, kind=EXPORT, state=JobState.DONE)
    if not own.filter(args__posting_id=request.posting.pk, result__file=pk).exists():
        raise Http404
    return attachment(get_object_or_404(StoredFile, pk=pk))


@require_http_methods(["GET", "POST"])
def take_in(request: ActingRequest, resource: str) -> HttpResponse:
    """Choose a file; it is checked at once, and nothing is saved before the person has seen what changes."""
    found = resource_named(request, resource)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetFileForm(*sent, resource=found)
    if request.method == "POST" and form.is_valid():
        stored = check_file(
            resource=resource,
            name=form.cleaned_data["file"].name,
            content=form.content,
            rows=len(form.sheet.rows) if form.sheet else 0,
            by=request.posting,
        )
        return redirect("administration:outcome", resource, stored.pk)
    context = {"form": form, "resource": resource, "title": found.title, "columns": found.columns}
    return render(request, "administration/import.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def outcome(request: ActingRequest, resource: str, pk: int) -> HttpResponse:
    """What a file would change, to be confirmed; afterwards what it has changed. Of one's own files only."""
    found = resource_named(request, resource)
    own = Job.objects.filter(requested_by_id=request.user.pk, key=f"{resource}:{pk}")
    check = own.filter(kind=CHECK).first()
    stored = get_object_or_404(StoredFile, pk=pk) if check else None
    if check is None or stored is None:
        raise Http404
    if request.method == "POST":
        return confirm(request, resource, stored, check)
    job = own.filter(kind=APPLY).first() or check
    context = {
        "file": stored,
        "resource": resource,
        "title": found.title,
        "job": job,
        "told": job.result,
        "is_saved": job.kind == APPLY and job.state == JobState.DONE and not job.result["faults"],
        "is_announced": job.kind == CHECK,
    }
    return render(request, "administration/outcome.html", progress_of(request, job) | context)


def confirm(request: ActingRequest, resource: str, stored: StoredFile, check: Job) -> HttpResponse:
    """Take over what the check announced. A file with faults offers no button, and is not taken."""
    here = redirect(reverse("administration:outcome", args=[resource, stored.pk]))
    told = check.result or {"faults": 1, "total": 0}
    if told["faults"]:
        messages.error(request, _("Nothing was saved: this file has faults, or is still being checked."))
        return here
    take_over(resource=resource, stored=stored, rows=told["total"], by=request.posting)
    return here
