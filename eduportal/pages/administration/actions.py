"""Every write of administration that belongs to no other app: imports begun, failed work tried again."""

from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from eduportal.base.sheets import CONTENT_TYPES
from eduportal.pages.jobs import APPLY, CHECK, EXPORT
from schools.models import Posting
from trail.actions import enqueue, record, run_job, store_file
from trail.kinds import KINDS
from trail.models import Job, JobState, StoredFile

# So many rows take less than a second: the answer is awaited.
QUICK_ROWS = 40


def check_file(*, resource: str, name: str, content: bytes, rows: int, by: Posting) -> StoredFile:
    """Keep a file and find out what it would change."""
    with transaction.atomic():
        ending = name.lower().rpartition(".")[2]
        kind = CONTENT_TYPES.get(ending, CONTENT_TYPES["csv"])
        stored = store_file(name=name, content=content, content_type=kind, unit_id=by.unit_id)
        job = enqueue_sheet(CHECK, resource, stored, by)
    run_if_quick(job, rows)
    return stored


def take_over(*, resource: str, stored: StoredFile, rows: int, by: Posting) -> Job:
    """Do what the check of a file has announced."""
    with transaction.atomic():
        job = enqueue_sheet(APPLY, resource, stored, by)
        record("sheet.taken_over", about=stored, by=by, unit_id=by.unit_id, data={"list": resource})
    run_if_quick(job, rows)
    return job


def enqueue_sheet(kind: str, resource: str, stored: StoredFile, by: Posting) -> Job:
    args = {
        "resource": resource,
        "file_id": stored.pk,
        "posting_id": by.pk,
        "language": get_language(),
    }
    return enqueue(kind, key=f"{resource}:{stored.pk}", args=args, by=by, unit_id=by.unit_id)


def write_out(*, resource: str, kind: str, by: Posting) -> Job:
    """Have a long list written into a file. Asked for twice, it is one job."""
    args = {"resource": resource, "kind": kind, "posting_id": by.pk, "language": get_language()}
    return enqueue(EXPORT, key=f"{resource}:{kind}:{by.pk}", args=args, by=by, unit_id=by.unit_id)


def run_if_quick(job: Job, rows: int) -> None:
    if rows <= QUICK_ROWS:
        run_job(job.pk)


@transaction.atomic
def retry_job(*, job: Job, by: Any) -> Job:
    """Queue failed work once more, with what it was told the first time."""
    if job.state != JobState.FAILED:
        raise Refused(_("This work did not fail. Nothing was started."))
    if job.kind not in KINDS:
        raise Refused(_("The portal no longer knows this kind of work. Nothing was started."))
    again = enqueue(job.kind, key=job.key, args=job.args, by=by, unit_id=job.unit_id)
    record("job.retried", about=job, by=by, unit_id=job.unit_id, data={"as": again.pk})
    return again
