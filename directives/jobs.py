"""Background work on documents."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from directives.actions.issuing import RENDER_PDF, keep_print, request_print
from directives.models import Directive
from trail.kinds import Progress, daily, job_kind


@job_kind(RENDER_PDF, label=_("Print a document as PDF"))
def render_pdf(progress: Progress, directive: int) -> dict[str, Any]:
    """Print an issued document and keep the file; a second run finds it kept."""
    progress(10, _("Setting the document"))
    stored = keep_print(directive=Directive.objects.select_related("office").get(pk=directive))
    return {"file": stored.pk}


@job_kind("directives.print_missing", label=_("Print documents that were not printed"), every=daily(hour=2))
def print_missing(progress: Progress) -> dict[str, Any]:
    """Each night, ask anew for what was issued here and has no printed form: its printing had failed."""
    missing = list(Directive.objects.for_lists().unprinted())
    progress(50)
    for directive in missing:
        request_print(directive=directive, by=None)
    return {"asked_for": len(missing)}
