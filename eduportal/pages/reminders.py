"""By which ways a person wants to be reminded: a page of their account."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import choose_reminders
from accounts.forms.reminders import RemindersForm
from reports.queries.reminders import plan
from schools.middleware import ActingRequest
from trail.gateway import is_set_up
from trail.post import writing_hours


@require_http_methods(["GET", "POST"])
def reminders(request: ActingRequest) -> HttpResponse:
    """What the portal reminds of, and by which ways; the first page tells everybody."""
    typed = request.POST if request.method == "POST" else None
    user: Any = request.user  # of this page, somebody who has signed in
    form = RemindersForm(typed, user=user, has_gateway=is_set_up())
    if request.method == "POST" and form.is_valid():
        choose_reminders(
            user=user,
            by_mail=form.cleaned_data["by_mail"],
            by_message=form.cleaned_data.get("by_message", user.remind_by_message),
            by=request.posting,
        )
        messages.success(request, _("Saved: this is how you are reminded from now on."))
        return redirect("reminders")
    context = {"form": form, "plan": plan(), "hours": writing_hours()}
    return render(request, "pages/reminders.html", context)
