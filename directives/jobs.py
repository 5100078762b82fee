"""Background work on documents."""

from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directives import rules
from directives.actions.issuing import RENDER_PDF, keep_print, request_print
from directives.actions.recurring import open_due_occurrences
from directives.actions.uploads import READ_UPLOAD, forget_old_uploads, read_upload
from directives.models import Directive, Upload
from eduportal.base.errors import Refused
from schools.models import Posting
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


@job_kind(READ_UPLOAD, label=_("Read a scan or an old Word file"))
def read(progress: Progress, upload: int, posting: int, language: str) -> dict[str, Any]:
    """Recognise the text of a held file and draft it; a second run finds it drafted."""
    held = Upload.objects.filter(pk=upload).first()
    if held is None:
        return {}
    today = timezone.localdate()
    by = Posting.objects.on(today).select_related("user", "unit").filter(pk=posting).first()
    with translation.override(language):
        if by is None or not rules.may_enter(by):
            raise Refused(gettext("You may no longer enter documents. The file is still kept for you."))
        directive = read_upload(upload=held, by=by, progress=progress)
    if directive is None:
        return {}
    page = "directives:review" if rules.may_edit(by, directive) else "directives:detail"
    return {"url": reverse(page, args=[directive.pk])}


@job_kind("directives.forget_uploads", label=_("Forget files nobody came back for"), every=daily(hour=3))
def forget_uploads(progress: Progress) -> dict[str, Any]:
    """Files that could not be read are held for two weeks."""
    progress(50)
    return {"forgotten": forget_old_uploads(timezone.now())}


@job_kind(
    "directives.open_occurrences", label=_("Hand out recurring tasks that are due"), every=daily(hour=1)
)
def open_occurrences(progress: Progress) -> dict[str, Any]:
    """Each night, the occurrences of recurring work that begin or are soon due; a second run finds none."""
    progress(10)
    return {"opened": open_due_occurrences(timezone.localdate())}
