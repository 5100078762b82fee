"""A step that needs nothing but the version that was shown, and its answer in words."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from directives.forms import VersionForm
from eduportal.base.errors import EditConflict, Refused
from schools.middleware import ActingRequest


def take_step(request: ActingRequest, action: Callable[..., Any], done: str, **what: Any) -> bool:
    """Call an action with the posted version; says what came of it, and returns whether it was done."""
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        action(version=version, by=request.posting, **what)
    except EditConflict:
        messages.warning(
            request, _("The document was changed meanwhile. Look at it again, then repeat this step.")
        )
        return False
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return False
    messages.success(request, done)
    return True
