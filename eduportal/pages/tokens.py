"""Tokens for other programmes: making one, seeing which there are, ending one.

Here because whose tokens one sees follows from units, which the accounts do not know.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions.tokens import make_token, revoke_token
from accounts.forms.tokens import NewTokenForm
from accounts.models import ApiToken
from accounts.roles import Permission
from eduportal.base.acting import or_say_in
from schools.middleware import ActingRequest
from schools.queries.administering import tokens_administered


@require_safe
def tokens(request: ActingRequest) -> HttpResponse:
    """A person's own tokens; who administers sees those of their units besides."""
    visible = tokens_administered(request.user, request.posting)
    context: dict[str, Any] = {
        "own": visible.filter(user=request.user.pk),
        "others": visible.exclude(user=request.user.pk),
        "may_make": bool(request.postings),
        "administers": request.posting is not None and request.posting.may(Permission.ADMINISTER),
    }
    return render(request, "pages/tokens.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Make a token. Its secret is on the answer and nowhere else, so the answer is no redirect."""
    if not request.postings:
        raise PermissionDenied
    form = NewTokenForm(request.POST or None, postings=request.postings)
    if form.is_bound and form.is_valid():
        with or_say_in(form, "name") as act:
            made = make_token(
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                expires_at=form.expires_at(),
                by=form.chosen,
            )
        if act.done:
            return render(request, "pages/token_made.html", {"made": made})
    status = 422 if form.is_bound else 200
    return render(request, "pages/token_new.html", {"form": form}, status=status)


@require_POST
def revoke(request: ActingRequest, pk: int) -> HttpResponse:
    """End one's own token, or as administrator one of one's units."""
    token: ApiToken = get_object_or_404(tokens_administered(request.user, request.posting), pk=pk)
    if request.posting is None:
        raise PermissionDenied
    revoke_token(token=token, unit_id=token.posting.unit_id, by=request.posting)
    messages.success(request, _("Revoked: %(token)s. It opens nothing any more.") % {"token": token.name})
    return redirect("tokens")
