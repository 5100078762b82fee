"""Work on spreadsheets that takes longer than a page."""

from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eduportal.base.errors import Refused
from eduportal.base.sheets import read_sheet
from eduportal.pages.administration.sheets import RESOURCES
from schools.models import Posting
from schools.rules import may_administer
from trail.kinds import Progress, job_kind
from trail.models import StoredFile

CHECK, APPLY = "sheet.check", "sheet.apply"


@job_kind(CHECK, label=gettext_lazy("Checking a spreadsheet"))
def check(progress: Progress, **args: Any) -> dict[str, Any]:
    """What the file would change; nothing is saved."""
    return worked_through(progress, dry_run=True, **args)


@job_kind(APPLY, label=gettext_lazy("Taking over a spreadsheet"))
def apply(progress: Progress, **args: Any) -> dict[str, Any]:
    """All rows or none. Run a second time it finds everything in place and changes nothing."""
    return worked_through(progress, dry_run=False, **args)


def worked_through(
    progress: Progress, *, dry_run: bool, resource: str, file_id: int, posting_id: int, language: str
) -> dict[str, Any]:
    posting = (
        Posting.objects.on(timezone.localdate()).select_related("user", "unit").filter(pk=posting_id).first()
    )
    with translation.override(language):
        if not may_administer(posting):
            raise Refused(_("You are no longer the administrator of these units. Nothing was saved."))
        stored = StoredFile.objects.get(pk=file_id)
        with stored.file.open("rb") as file:
            table = read_sheet(stored.name, file.read())
        worker = RESOURCES[resource](by=posting, progress=progress)
        headings = worker.read_headings(table.headings)
        outcome = worker.run(table, headings.places, dry_run=dry_run)
        page = reverse("administration:outcome", args=[resource, file_id])
        return {**outcome.as_dict(), "url": page}
