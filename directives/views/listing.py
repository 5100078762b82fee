"""The list of documents, and entering a new one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from directives import rules
from directives.actions.drafting import draft_directive
from directives.forms import NewDirectiveForm
from directives.queries import find_directives
from eduportal.base.errors import Refused
from schools.middleware import ActingRequest

PAGE = 20


@require_GET
def documents(request: ActingRequest) -> HttpResponse:
    """What the person may see, newest first; `q` looks in number, subject and text."""
    q = request.GET.get("q", "").strip()
    page = Paginator(find_directives(request.user, q), PAGE).get_page(request.GET.get("page"))
    posting = request.posting
    editable = {one.pk for one in page if rules.may_edit(posting, one)}
    context = {"page_obj": page, "editable": editable, "q": q, "may_draft": rules.may_draft(posting)}
    return render(request, "directives/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Paste or upload a document; it is read at once and put up for review."""
    posting = request.posting
    if not rules.may_draft(posting):
        raise PermissionDenied
    form = NewDirectiveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            directive = draft_directive(
                office=posting.acting_unit,
                text=form.cleaned_data["text"],
                original=form.cleaned_data.get("original"),
                by=posting,
                today=timezone.localdate(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The document was read. Compare what was found with the text."))
            return redirect("directives:review", directive.pk)
    status = 422 if form.is_bound else 200
    return render(request, "directives/new.html", {"form": form}, status=status)
