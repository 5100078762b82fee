"""Documents handed in that are no drafts yet: held, read in the background, drafted, forgotten."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directives.actions.drafting import Arrival, OriginalFile, checked_text, draft_directive, read_whole
from directives.actions.files import refuse_secret, refuse_secret_files
from directives.models import Direction, Directive, HeldFile, Upload
from directives.programs import reader_for
from directives.reading import Extracted, UnreadableFile, secrecy_of
from directives.wording import refused_file
from eduportal.base.errors import Refused
from eduportal.base.forms import KeptFile
from schools.models import Posting
from trail.actions import enqueue
from trail.kinds import Progress
from trail.models import Job

READ_UPLOAD = "directives.read_upload"
# Long enough for a holiday.
HELD_DAYS = 14


def hold_upload(
    *,
    document: OriginalFile,
    annexes: Sequence[KeptFile],
    given: dict[str, Any],
    by: Posting,
    text: str = "",
    problem: UnreadableFile | None = None,
    instead_of: Upload | None = None,
) -> Upload:
    """Keep what was handed in, with what was read of it before the problem.

    `text` is what was read or typed and stays in the form. Raises Refused, before anything is kept, where any
    of it is marked as a state secret.
    """
    for said in (text, problem.read if problem else "", *document.around):
        refuse_secret(secrecy_of(said))
    refuse_secret_files(annexes)
    with transaction.atomic():
        if instead_of is not None:
            forget_upload(upload=instead_of)
        upload = Upload.objects.create(
            office_id=by.acting_unit.pk,
            given=given,
            text=problem.read if problem else "",
            problem=problem.code if problem else "",
            place=problem.place if problem else {},
            created_by=by.user,
        )
        hold_file(upload, document, is_annex=False)
        for annex in annexes:
            hold_file(upload, annex, is_annex=True)
        return upload


def hold_file(upload: Upload, file: OriginalFile | KeptFile, *, is_annex: bool) -> None:
    HeldFile.objects.create(
        upload=upload,
        name=file.name[-255:],
        content_type=file.content_type,
        file=ContentFile(file.content, name="held"),
        is_annex=is_annex,
    )


@transaction.atomic
def forget_upload(*, upload: Upload) -> None:
    """Forget what was handed in, and its files once that is certain."""
    drop_files(upload)
    upload.delete()


def drop_files(upload: Upload) -> None:
    """Takes the held files off the disk once it is certain that they are not needed."""
    gone = [(held.file.storage, held.file.name) for held in upload.files.all()]
    transaction.on_commit(partial(delete_files, gone))


def delete_files(files: Iterable[tuple[Storage, str]]) -> None:
    for storage, name in files:
        storage.delete(name)


def forget_old_uploads(now: dt.datetime) -> int:
    """Forget what nobody came back for; gives how many those were."""
    old = list(Upload.objects.filter(created_at__lt=now - dt.timedelta(days=HELD_DAYS)))
    for upload in old:
        forget_upload(upload=upload)
    return len(old)


# --- to a draft ---------------------------------------------------------------------------------------------


def draft_from_upload(
    *, upload: Upload, text: str, by: Posting, today: dt.date, found: Extracted | None = None
) -> Directive:
    """A draft with the held files. `found` is what was read in the file, unless the text was typed.

    A text that is marked as a state secret is refused, and what was held of it forgotten.
    """
    forget_secret(upload, text)
    original, annexes = original_of(upload, found), annexes_of(upload)
    whole = read_whole(text=text, today=today, original=original, annexes=annexes)
    with transaction.atomic():
        directive = draft_directive(
            office=by.acting_unit,
            text=text,
            by=by,
            today=today,
            whole=whole,
            original=original,
            annexes=annexes,
            direction=upload.given.get("direction", Direction.OUTGOING),
            arrival=arrival_of(upload),
        )
        drop_files(upload)
        upload.files.all().delete()
        upload.directive, upload.text = directive, ""
        upload.save(update_fields=["directive", "text"])
    return directive


def original_of(upload: Upload, found: Extracted | None) -> OriginalFile | None:
    document = upload.document
    if document is None:
        return None
    around = (found.margins,) if found else ()
    warnings = found.warnings if found else ()
    return OriginalFile(document.name, document.content(), document.content_type, around, warnings)


def annexes_of(upload: Upload) -> list[KeptFile]:
    return [KeptFile(one.name, one.content(), one.content_type) for one in upload.files.all() if one.is_annex]


def arrival_of(upload: Upload) -> Arrival | None:
    if upload.given.get("direction") != Direction.INCOMING:
        return None
    return Arrival(upload.given["sender"], dt.date.fromisoformat(upload.given["arrived_on"]))


# --- read in the background ---------------------------------------------------------------------------------


def ask_for_reading(*, upload: Upload, by: Posting) -> Job:
    """Have a scan or an old Word file read by the program that can, and drafted."""
    args = {"upload": upload.pk, "posting": by.pk, "language": get_language()}
    return enqueue(READ_UPLOAD, key=str(upload.pk), args=args, by=by, unit_id=upload.office_id)


def read_upload(*, upload: Upload, by: Posting, progress: Progress) -> Directive | None:
    """Read what is held and draft it. None where it was drafted or forgotten before.

    Raises Refused where it cannot be read; the file and what was read of it are still held then. What turns
    out to be a state secret is forgotten at once.
    """
    document = upload.document
    if upload.directive_id or document is None:
        return upload.directive
    try:
        found = text_by_program(upload, document.content(), progress)
    except UnreadableFile as problem:
        forget_secret(upload, problem.read)
        upload.problem, upload.place, upload.text = problem.code, problem.place, problem.read
        upload.save(update_fields=["problem", "place", "text"])
        raise Refused(refused_file(problem.code, problem.place)) from problem
    forget_secret(upload, found.text, found.margins)
    progress(95, _("Reading the text"))
    upload.problem, upload.text = "", checked_text(found.text)
    upload.save(update_fields=["problem", "text"])
    return draft_from_upload(upload=upload, text=found.text, by=by, today=timezone.localdate(), found=found)


def text_by_program(upload: Upload, content: bytes, progress: Progress) -> Extracted:
    """Raises UnreadableFile, also where the program is gone since."""
    reader = reader_for(upload.problem)
    if reader is None:
        raise UnreadableFile(upload.problem)

    def tell(page: int, pages: int) -> None:
        words = _("Recognising page %(page)s of %(pages)s") if pages > 1 else _("Recognising the text")
        progress(5 + 85 * (page - 1) // pages, words % {"page": page, "pages": pages})

    return reader.read(content, tell)


def forget_secret(upload: Upload, *texts: str) -> None:
    for text in texts:
        if secrecy_of(text):
            forget_upload(upload=upload)
            refuse_secret(secrecy_of(text))
