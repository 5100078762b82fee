"""A later deadline: asked for by the unit, granted or refused by the office that set the work."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.models import Assignment, AssignmentState, Extension
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.text import nfc
from schools.models import Posting
from trail.actions import record


@transaction.atomic
def ask_extension(
    *, assignment: Assignment, until: dt.date, reason: str, by: Posting, today: dt.date
) -> Extension:
    """Ask for a later deadline, saying why. Raises Refused, in words, where that makes no sense."""
    current = locked(assignment)
    deadline = sensible_deadline(current, until, today)
    try:
        with transaction.atomic():
            asked = Extension.objects.create(
                assignment=current,
                deadline_before=deadline,
                asked_deadline=until,
                reason=worded(reason),
                asked_by=by.user,
            )
    except IntegrityError as error:
        raise Refused(
            _("A later day has been asked for already and is not decided yet. Nothing was sent again.")
        ) from error
    data = {"until": until, "reason": asked.reason, "deadline": deadline}
    record("extension.asked", about=current, by=by, unit_id=current.unit_id, data=data)
    return asked


def sensible_deadline(assignment: Assignment, until: dt.date, today: dt.date) -> dt.date:
    """The deadline that is to be moved, or Refused where asking for that day makes no sense."""
    if assignment.state == AssignmentState.DONE:
        raise Refused(_("This work is reported as done; it needs no later day. Nothing was sent."))
    if assignment.state != AssignmentState.OPEN:
        raise Refused(_("This work does not run any more; it needs no later day. Nothing was sent."))
    if assignment.deadline is None:
        raise Refused(_("This work has no deadline, so there is none to move. Nothing was sent."))
    refuse_no_later(assignment.deadline, until, today)
    return assignment.deadline


def refuse_no_later(deadline: dt.date | None, until: dt.date, today: dt.date) -> None:
    """A day that gives no more time than there is."""
    if until < today:
        raise Refused(_("%(day)s has passed. Choose a day from today on.") % {"day": f"{until:%d/%m/%Y}"})
    if deadline is not None and until <= deadline:
        raise Refused(
            _("%(day)s is not later than the deadline, %(deadline)s. Choose a later day.")
            % {"day": f"{until:%d/%m/%Y}", "deadline": f"{deadline:%d/%m/%Y}"}
        )


@transaction.atomic
def grant_extension(
    *,
    extension: Extension,
    version: int,
    until: dt.date | None,
    answer: str,
    by: Posting,
    today: dt.date,
) -> None:
    """Move the deadline to the day asked for, or to another (`until`); the first deadline is kept.

    Raises EditConflict when somebody decided it since `version` was shown, Refused when the day gives no more
    time or the work does not run any more.
    """
    current = locked(extension.assignment)
    extension.claim(version)
    granted = until or extension.asked_deadline
    if current.state != AssignmentState.OPEN:
        raise Refused(_("This work does not run any more, so its deadline was not moved."))
    refuse_no_later(current.deadline, granted, today)
    decide(extension, by=by, answer=answer, granted=granted)
    before, current.deadline = current.deadline, granted
    current.version += 1
    current.save(update_fields=["deadline", "version"])
    data = {"until": granted, "deadline": before, "reason": extension.answer}
    record("extension.granted", about=current, by=by, unit_id=current.unit_id, data=data)


@transaction.atomic
def refuse_extension(*, extension: Extension, version: int, answer: str, by: Posting) -> None:
    """Leave the deadline as it is, saying why. Raises EditConflict as `grant_extension` does."""
    assignment = locked(extension.assignment)
    extension.claim(version)
    decide(extension, by=by, answer=worded(answer), granted=None)
    data = {"asked": extension.asked_deadline, "reason": extension.answer}
    record("extension.refused", about=assignment, by=by, unit_id=assignment.unit_id, data=data)


@dataclass(frozen=True)
class Granted:
    """What granting several at once came to; `skipped` says of each that was not granted why."""

    granted: list[Extension]
    skipped: list[tuple[Extension, str]]


@transaction.atomic
def grant_extensions(
    *,
    shown: Iterable[tuple[Extension, int]],
    until: dt.date | None,
    answer: str,
    by: Posting,
    today: dt.date,
) -> Granted:
    """Grant several requests, each with the version that was shown, for one reason.

    One that was decided meanwhile or cannot be granted is left as it is and told; the others are granted.
    """
    result = Granted([], [])
    for extension, version in sorted(shown, key=lambda pair: pair[0].pk):
        try:
            with transaction.atomic():
                grant_extension(
                    extension=extension, version=version, until=until, answer=answer, by=by, today=today
                )
        except EditConflict:
            result.skipped.append((extension, _("decided by somebody else meanwhile")))
        except Refused as refusal:
            result.skipped.append((extension, str(refusal.message)))
        else:
            result.granted.append(extension)
    return result


def decide(extension: Extension, *, by: Posting, answer: str, granted: dt.date | None) -> None:
    """The claim has locked the request and compared it with what was shown: it is not decided yet."""
    extension.granted_deadline, extension.answer = granted, nfc(answer).strip()[:1000]
    extension.decided_at, extension.decided_by = timezone.now(), by.user
    extension.save(update_fields=["granted_deadline", "answer", "decided_at", "decided_by"])


def locked(assignment: Assignment) -> Assignment:
    """The assignment as stored now, held until the transaction ends: always locked before its requests."""
    return Assignment.objects.select_for_update().get(pk=assignment.pk)


def worded(reason: str) -> str:
    """A reason as it is stored. Raises Refused for an empty one."""
    if not (reason := nfc(reason).strip()):
        raise Refused(_("Give the reason. Nothing was changed."))
    return reason[:1000]
