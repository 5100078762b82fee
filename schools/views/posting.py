"""Which unit a person works for."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from schools.middleware import SESSION_KEY, ActingRequest


@require_POST
def act_as(request: ActingRequest) -> HttpResponse:
    """Act through another of one's current postings from now on; then `next`, within this portal, or home."""
    wanted = request.POST.get("posting")
    posting = next((mine for mine in request.postings if str(mine.pk) == wanted), None)
    if posting is None:
        raise Http404
    request.session[SESSION_KEY] = posting.pk
    target = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if is_here else "home")
