"""Work on spreadsheets that takes longer than a page."""

from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eduportal.base.errors import Refused
from eduportal.base.sheets import CONTENT_TYPES, read_sheet
from eduportal.pages.administration.sheets import RESOURCES, file_name, file_of
from schools.models import Posting
from schools.rules import may_administer
from trail.actions import store_file
from trail.kinds import Progress, job_kind
from trail.models import StoredFile

CHECK, APPLY, EXPORT = "sheet.check", "sheet.apply", "sheet.export"


@job_kind(CHECK, label=gettext_lazy("Checking a spreadsheet"))
def check(progress: Progress, **args: Any) -> dict[str, Any]:
    """What the file would change; nothing is saved."""
    return worked_through(progress, dry_run=True, **args)


@job_kind(APPLY, label=gettext_lazy("Taking over a spreadsheet"))
def apply(progress: Progress, **args: Any) -> dict[str, Any]:
    """All rows or none. Run a second time it finds everything in place and changes nothing."""
    return worked_through(progress, dry_run=False, **args)


@job_kind(EXPORT, label=gettext_lazy("Writing a list into a file"))
def export(progress: Progress, *, resource: str, kind: str, posting_id: int, language: str) -> dict[str, Any]:
    """A file of a long list, kept for a day. Run a second time it makes another."""
    with translation.override(language):
        posting = administrator(posting_id)
        worker = RESOURCES[resource](by=posting, progress=progress)
        stored = store_file(
            name=file_name(worker, kind),
            content=file_of(worker, kind),
            content_type=CONTENT_TYPES[kind],
            unit_id=posting.unit_id,
        )
        page = reverse("administration:exported", args=[resource, stored.pk])
        return {"file": stored.pk, "url": page}


def administrator(posting_id: int) -> Posting:
    """Who asked, if they still may. Raises Refused."""
    in_force = Posting.objects.on(timezone.localdate()).select_related("user", "unit")
    posting = in_force.filter(pk=posting_id).first()
    if posting is None or not may_administer(posting):
        raise Refused(_("You are no longer the administrator of these units. Nothing was saved."))
    return posting


def worked_through(
    progress: Progress, *, dry_run: bool, resource: str, file_id: int, posting_id: int, language: str
) -> dict[str, Any]:
    with translation.override(language):
        posting = administrator(posting_id)
        stored = StoredFile.objects.get(pk=file_id)
        with stored.file.open("rb") as file:
            table = read_sheet(stored.name, file.read())
        worker = RESOURCES[resource](by=posting, progress=progress)
        headings = worker.read_headings(table.headings)
        outcome = worker.run(table, headings.places, dry_run=dry_run)
        page = reverse("administration:outcome", args=[resource, file_id])
        return {**outcome.as_dict(), "url": page}
