"""Files that show what was done: added by the unit, sent with its word or by themselves."""

import datetime as dt
from collections.abc import Iterable
from pathlib import PurePath

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from directives.actions.files import File, refuse_secret_files
from directives.models import Assignment, AssignmentState, Evidence, ProgressEntry
from eduportal.base.errors import Refused
from eduportal.base.thumbnails import CONTENT_TYPE, ENDING, thumbnail_of
from schools.models import Posting, Unit
from trail.actions import record, store_file
from trail.models import StoredFile

# More beside one assignment is a mistake, or belongs into one file.
MOST_FILES = 40


def add_evidence(*, assignment: Assignment, files: Iterable[File], by: Posting) -> list[Evidence]:
    """Keep files beside an assignment as the unit's own, until they are sent.

    Raises Refused for work that stands outside, when there would be too many, and for a state secret.
    """
    files = list(files)
    refuse_secret_files(files)
    return keep_evidence(assignment=assignment, files=files, by=by)


@transaction.atomic
def keep_evidence(
    *, assignment: Assignment, files: Iterable[File], by: Posting, entry: ProgressEntry | None = None
) -> list[Evidence]:
    """Store files that `refuse_secret_files` has looked at; with `entry`, as part of it."""
    current = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if current.state not in (AssignmentState.OPEN, AssignmentState.DONE):
        raise Refused(_("This work does not run any more. No file was added."))
    files = list(files)
    if current.evidence.count() + len(files) > MOST_FILES:
        raise Refused(
            _("At most %(most)s files can stand beside one task. Put several into one file; none was added.")
            % {"most": MOST_FILES}
        )
    added = [
        Evidence.objects.create(
            assignment=current,
            entry=entry,
            file=store_file(
                name=one.name, content=one.content, content_type=one.content_type, unit_id=current.unit_id
            ),
            thumbnail=keep_thumbnail(one, current.unit_id),
            added_by=by.user,
        )
        for one in files
    ]
    if added:
        # An event of the unit, not of the assignment: what is not sent yet is not for others.
        data = {"assignment": current.pk, "files": [str(one) for one in added]}
        record("evidence.added", about=current.unit, by=by, unit_id=current.unit_id, data=data)
    return added


def keep_thumbnail(one: File, unit_id: int) -> StoredFile | None:
    """A small picture of a photo, kept beside it; None for what is no photo."""
    small = thumbnail_of(one.content, one.content_type)
    if small is None:
        return None
    name = f"{PurePath(one.name).stem[:200]}{ENDING}"
    return store_file(name=name, content=small, content_type=CONTENT_TYPE, unit_id=unit_id)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: Posting) -> None:
    """Take a file away that is not sent yet. Raises Refused for one that is: it is a record then."""
    assignment, name = evidence.assignment, str(evidence)
    if not Evidence.objects.drafts().filter(pk=evidence.pk).delete()[0]:
        raise Refused(_("This file was sent or taken away before. Nothing was changed."))
    data = {"assignment": assignment.pk, "files": [name]}
    record("evidence.removed", about=assignment.unit, by=by, unit_id=assignment.unit_id, data=data)


@transaction.atomic
def send_evidence(*, assignment: Assignment, by: Posting, now: dt.datetime) -> int:
    """Send the files that stand by themselves; those of an unsent month wait for it. Gives how many."""
    loose = Evidence.objects.drafts().filter(assignment=assignment, entry__isnull=True)
    return mark_sent(assignment, list(loose.select_related("file")), by=by, now=now)


def send_evidence_of(*, unit: Unit, by: Posting, now: dt.datetime) -> None:
    """Send a unit's files that stand by themselves, or with an entry that has been sent."""
    drafts = Evidence.objects.drafts().filter(assignment__unit=unit)
    by_assignment: dict[Assignment, list[Evidence]] = {}
    # What belongs to them is read apart: mostly there is none.
    for one in drafts.exclude(entry__isnull=False, entry__sent_at__isnull=True).prefetch_related(
        "file", "assignment"
    ):
        by_assignment.setdefault(one.assignment, []).append(one)
    for assignment, files in by_assignment.items():
        mark_sent(assignment, files, by=by, now=now)


def send_evidence_with(*, entry: ProgressEntry, by: Posting, now: dt.datetime) -> None:
    """Send the files of an entry, and those of its assignment that stand by themselves."""
    drafts = Evidence.objects.drafts().filter(Q(entry=entry) | Q(entry__isnull=True))
    files = drafts.filter(assignment=entry.assignment_id).select_related("file")
    mark_sent(entry.assignment, list(files), by=by, now=now)


def mark_sent(assignment: Assignment, files: list[Evidence], *, by: Posting, now: dt.datetime) -> int:
    sent = Evidence.objects.drafts().filter(pk__in=[one.pk for one in files]).update(sent_at=now)
    if sent:
        data = {"files": [str(one) for one in files]}
        record("assignment.evidence_sent", about=assignment, by=by, unit_id=assignment.unit_id, data=data)
    return sent
