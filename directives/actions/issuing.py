"""From draft to issued: submit, approve, send back, number, and give each unit its share of the tasks."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.actions.drafting import search_key_of
from directives.actions.ending import settle_links
from directives.actions.lessons import learn_document
from directives.actions.registers import is_typed, typed_number
from directives.actions.undoing import forget_steps
from directives.checking import new_code
from directives.documents import file_name, official_document
from directives.models import Assignment, Directive, DirectiveState, NumberRegister, Task
from directives.queries import letterhead_of, next_number
from directives.queries.readiness import readiness, recipients_of
from directives.queries.readiness import tasks_version as current_tasks_version
from directives.wording import explain
from directives.writing.words import padded
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.text import nfc
from schools.models import Posting
from trail.actions import enqueue, record, store_file
from trail.models import Job, StoredFile

RENDER_PDF = "directives.render_pdf"


@transaction.atomic
def issue_directive(
    *, directive: Directive, version: int, by: Posting, today: dt.date, tasks_version: int | None = None
) -> None:
    """Issue a document that was signed elsewhere under the number it bears, and hand out its tasks.

    `tasks_version` (queries.tasks_version) is that of the tasks as they were shown. Raises EditConflict when
    the document or one of its tasks changed since, Refused, saying all that is missing, when it cannot be
    issued yet.
    """
    claim_as_shown(directive, version, tasks_version)
    expect_state(directive, DirectiveState.DRAFT)
    if directive.written_here:
        raise Refused(_("A document written here is approved and numbered before it is issued."))
    refuse_unready(directive, today)
    mark_issued(directive, by, today)


@transaction.atomic
def submit_directive(
    *, directive: Directive, version: int, by: Posting, today: dt.date, tasks_version: int | None = None
) -> None:
    """Put a document written here before the leader. `tasks_version` as in `issue_directive`."""
    claim_as_shown(directive, version, tasks_version)
    expect_state(directive, DirectiveState.DRAFT)
    refuse_unready(directive, today)
    directive.state, directive.return_reason = DirectiveState.SUBMITTED, ""
    directive.save(update_fields=["state", "return_reason"])
    forget_steps(directive)
    record("directive.submitted", about=directive, by=by, unit_id=directive.office_id)


@transaction.atomic
def approve_directive(*, directive: Directive, version: int, by: Posting) -> None:
    """The leader approves; the registrar may number it."""
    directive.claim(version)
    expect_state(directive, DirectiveState.SUBMITTED)
    directive.state = DirectiveState.APPROVED
    directive.approved_at, directive.approved_by = timezone.now(), by.user
    directive.save(update_fields=["state", "approved_at", "approved_by"])
    record("directive.approved", about=directive, by=by, unit_id=directive.office_id)


@transaction.atomic
def return_directive(*, directive: Directive, version: int, reason: str, by: Posting) -> None:
    """Send it back to be a draft again, saying why."""
    reason = nfc(reason).strip()
    if not reason:
        raise Refused(_("Say why you send the document back. It was not sent back yet."))
    directive.claim(version)
    expect_state(directive, DirectiveState.SUBMITTED, DirectiveState.APPROVED)
    directive.state, directive.return_reason = DirectiveState.DRAFT, reason[:1000]
    directive.approved_at = directive.approved_by = None
    directive.save(update_fields=["state", "return_reason", "approved_at", "approved_by"])
    record(
        "directive.returned",
        about=directive,
        by=by,
        unit_id=directive.office_id,
        data={"reason": reason[:1000]},
    )


@transaction.atomic
def number_and_issue(
    *,
    directive: Directive,
    version: int,
    by: Posting,
    today: dt.date,
    tasks_version: int | None = None,
    number: str = "",
    dated: dt.date | None = None,
) -> None:
    """Give an approved document the next number of its register and today's date, and hand out its tasks.

    Where the numbers of its register are given elsewhere: that `number`, and the day on which it was given.
    It is printed in the background. `tasks_version` as in `issue_directive`. Raises Refused without the one
    or with the other, and as `issue_directive` does.
    """
    claim_as_shown(directive, version, tasks_version)
    expect_state(directive, DirectiveState.APPROVED)
    day = day_of_issue(dated, today)
    refuse_unready(directive, day)
    letterhead = letterhead_of(directive.office, day)
    directive.issued_on = day
    directive.place = directive.place or (letterhead.place if letterhead else "")
    directive.number = padded(typed_number(directive, number) if number else take_number(directive, day.year))
    directive.search_key = search_key_of(directive)
    mark_issued(directive, by, today)
    request_print(directive=directive, by=by)


def request_print(*, directive: Directive, by: Posting | None) -> Job:
    """Have an issued document printed in the background; asked for twice, it is one job."""
    return enqueue(
        RENDER_PDF,
        key=str(directive.pk),
        args={"directive": directive.pk},
        by=by,
        unit_id=directive.office_id,
    )


def claim_as_shown(directive: Directive, version: int, tasks_version: int | None) -> None:
    """Saving an item does not touch the document's own version: items and head are saved side by side."""
    directive.claim(version)
    if tasks_version is not None and tasks_version != current_tasks_version(directive):
        raise EditConflict(directive)


def expect_state(directive: Directive, *states: str) -> None:
    """The claim has locked the row; what it says now decides."""
    current = Directive.objects.values_list("state", flat=True).get(pk=directive.pk)
    if current not in states:
        raise Refused(_("The document is not at this step any more. Nothing was changed; open it again."))


def refuse_unready(directive: Directive, today: dt.date) -> None:
    if blocks := readiness(directive, today).blocks:
        raise Refused(" ".join(explain(block) for block in blocks))


def day_of_issue(dated: dt.date | None, today: dt.date) -> dt.date:
    """Raises Refused for a day that is still to come."""
    if dated is not None and dated > today:
        raise Refused(_("The day of the document lies in the future. Nothing was issued."), code="not_yet")
    return dated or today


def take_number(directive: Directive, year: int) -> int:
    """The next number of the office's register of this kind and year.

    The row stays locked until the document is issued, so that no number is lost or given twice. Raises
    Refused where the numbers of this register are typed in.
    """
    if is_typed(directive):
        raise Refused(
            _("The numbers of this register are given elsewhere: type the number of the document."),
            code="number_wanted",
        )
    key: dict[str, Any] = {"office": directive.office, "kind": directive.kind, "year": year}
    NumberRegister.objects.get_or_create(**key)
    register = NumberRegister.objects.select_for_update().get(**key)
    register.last_number = next_number(directive, year)
    register.save(update_fields=["last_number"])
    return register.last_number


def mark_issued(directive: Directive, by: Posting, today: dt.date) -> None:
    directive.state = DirectiveState.ISSUED
    directive.issued_at, directive.issued_by = timezone.now(), by.user
    # What others sent is theirs to vouch for.
    directive.check_code = None if directive.is_incoming else new_code()
    try:
        with transaction.atomic():
            directive.save()
    except IntegrityError as error:
        raise Refused(
            _("A document with this number was issued a moment ago. Nothing was issued.")
        ) from error
    learn_document(directive)
    forget_steps(directive)
    given = fan_out(directive=directive, on=today)
    settle_links(directive, by)
    record(
        "directive.issued",
        about=directive,
        by=by,
        unit_id=directive.office_id,
        data={"number": directive.full_number, "assignments": given},
    )


@transaction.atomic
def fan_out(*, directive: Directive, on: dt.date) -> int:
    """One assignment for each task and each unit that it concerns on a day; returns how many are new.

    Safe to run twice.
    """
    tasks = Task.objects.in_bulk(list(recipients := recipients_of(directive, on)))
    present = set(Assignment.objects.filter(task__in=tasks).values_list("task", "unit"))
    rows = [
        Assignment(
            task=tasks[task],
            unit_id=unit,
            role=role,
            deadline=tasks[task].deadline,
            first_deadline=tasks[task].deadline,
        )
        for task, units in recipients.items()
        for unit, role in units.items()
        if (task, unit) not in present
    ]
    Assignment.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def printed(directive: Directive, on: dt.date) -> bytes:
    """The PDF of a document written here, under the letterhead of its own day or, for a draft, of `on`.

    Raises FontMissing rather than print in another face.
    """
    # WeasyPrint takes a second to load, and only printing needs it.
    from directives.writing.pdf import to_pdf

    letterhead = letterhead_of(directive.office, directive.issued_on or on)
    return to_pdf(official_document(directive, letterhead, settings.PORTAL_URL))


def word_of(directive: Directive, on: dt.date) -> bytes:
    """A document written here as a Word file, under the letterhead that `printed` takes. One query."""
    # Loading the library takes a while, and only Word files need it.
    from directives.writing.docx import to_docx

    letterhead = letterhead_of(directive.office, directive.issued_on or on)
    return to_docx(official_document(directive, letterhead, settings.PORTAL_URL))


def print_of(directive: Directive, on: dt.date) -> bytes:
    """The kept PDF of a document written here; before it is kept, as it would be printed on a day.

    Raises FontMissing as `printed` does.
    """
    if directive.print_file is None:
        return printed(directive, on)
    with directive.print_file.file.open("rb") as file:
        return file.read()


@transaction.atomic
def keep_print(*, directive: Directive) -> StoredFile:
    """Print an issued document once and keep the file."""
    locked = Directive.objects.select_for_update().get(pk=directive.pk)
    if locked.print_file is None:
        content = printed(locked, locked.issued_on)
        locked.print_file = store_file(
            name=file_name(locked), content=content, content_type="application/pdf", unit_id=locked.office_id
        )
        locked.save(update_fields=["print_file"])
    return locked.print_file
