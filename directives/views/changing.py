"""What becomes of a document: amended, replaced, withdrawn; a draft thrown away and brought back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directives import rules
from directives.actions import ending
from directives.forms.changing import ChangeForm
from directives.models import Assignment
from directives.queries.documents import change_candidates
from directives.views.access import directive_for
from directives.views.document_steps import take_step
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from schools.middleware import ActingRequest


@require_http_methods(["GET", "POST"])
def change(request: ActingRequest, pk: int) -> HttpResponse:
    """Amend, replace or withdraw an issued document, saying why."""
    directive = directive_for(request, pk, rules.may_change_issued)
    documents = change_candidates(request.user, directive)
    form = ChangeForm(request.POST or None, documents=documents, initial={"version": directive.version})
    if request.method == "POST" and form.is_valid():
        try:
            link = ending.change_issued(older=directive, by=request.posting, **form.cleaned_data)
        except EditConflict as other:
            with_version(form, other.current.version)
            form.add_error(
                None, _("The document was changed meanwhile. Look at it, then send this once more.")
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            planned = _("Noted. It takes effect when the other document is issued.")
            messages.success(request, _("Done. The page says so.") if link.effective_at else planned)
            return redirect("directives:detail", pk)
    open_work = Assignment.objects.open().filter(task__directive=directive).count()
    context = {"directive": directive, "form": form, "open_work": open_work, "has_others": documents.exists()}
    return render(request, "directives/change.html", context, status=422 if form.is_bound else 200)


@require_POST
def discard(request: ActingRequest, pk: int) -> HttpResponse:
    """Throw a draft away. Its page offers to bring it back."""
    done = _("The draft was thrown away. It is in no list any more; here you can bring it back.")
    directive = directive_for(request, pk, rules.may_discard)
    take_step(request, ending.discard_draft, done, directive=directive)
    return redirect("directives:detail", pk)


@require_POST
def bring_back(request: ActingRequest, pk: int) -> HttpResponse:
    """Bring back a draft that was thrown away."""
    directive = directive_for(request, pk, rules.may_bring_back)
    take_step(request, ending.bring_back, _("The draft is back."), directive=directive)
    return redirect("directives:detail", pk)
