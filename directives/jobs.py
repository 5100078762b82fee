"""Background work on documents."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from directives.actions.issuing import keep_print
from directives.models import Directive
from schools.models import Posting
from trail.actions import enqueue
from trail.kinds import Progress, job_kind
from trail.models import Job

RENDER_PDF = "directives.render_pdf"


@job_kind(RENDER_PDF, label=_("Print a document as PDF"))
def render_pdf(progress: Progress, directive: int) -> dict[str, Any]:
    """Print an issued document and keep the file; a second run finds it kept."""
    progress(10, _("Setting the document"))
    stored = keep_print(directive=Directive.objects.select_related("office").get(pk=directive))
    return {"file": stored.pk}


def request_print(directive: Directive, by: Posting) -> Job:
    """Have an issued document printed in the background."""
    return enqueue(
        RENDER_PDF,
        key=str(directive.pk),
        args={"directive": directive.pk},
        by=by,
        unit_id=directive.office_id,
    )
