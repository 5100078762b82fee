"""What a unit answers to the form of its task: saved as a draft, sent, given back to be corrected."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from directives.models import (
    Assignment,
    AssignmentState,
    DataForm,
    FieldKind,
    FormAnswer,
    FormField,
    FormReply,
)
from directives.models.dataform import Value
from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from schools.models import Posting
from trail.actions import record


class AnswersMissing(Refused):
    """Not sent, because these fields must be answered and are not."""

    def __init__(self, missing: list[FormField]):
        super().__init__(_("Not sent: some answers are missing. Everything you typed is saved."))
        self.missing = missing


@transaction.atomic
def save_reply(
    *, assignment: Assignment, version: int, values: Mapping[int, Value], by: Posting, now: dt.datetime
) -> FormReply:
    """Keep answers by the key of their field, as far as there are any; fields not named stay as they are.

    `version` is that of the reply as it was shown, 0 where there was none. Raises EditConflict when somebody
    saved meanwhile, Refused when it was sent or the work stands outside.
    """
    reply = claimed_reply(assignment, version, by, now)
    fields = {field.pk: field for field in reply.form.fields.all()}
    kept = {answer.field_id: answer for answer in reply.answers.all()}
    written = {pk: value for pk, value in values.items() if pk in fields}
    for pk, value in written.items():
        write_answer(reply, fields[pk], kept.get(pk), value)
    reply.saved_at, reply.saved_by = now, by.user
    reply.save(update_fields=["saved_at", "saved_by"])
    # An event of the unit: what is not sent yet is not for others.
    data = {"assignment": assignment.pk, "answers": len(written)}
    record("form.answered", about=assignment.unit, by=by, unit_id=assignment.unit_id, data=data)
    return reply


def claimed_reply(assignment: Assignment, version: int, by: Posting, now: dt.datetime) -> FormReply:
    """The unit's reply to be written in. The form is locked first: its fields stay while answers come in."""
    current = Assignment.objects.select_for_update().get(pk=assignment.pk)
    form = DataForm.objects.select_for_update().get(task=current.task_id)
    if current.state not in (AssignmentState.OPEN, AssignmentState.DONE):
        raise Refused(_("This work does not run any more. Nothing was saved."))
    reply = FormReply.objects.filter(assignment=current).first()
    if reply is None:
        return FormReply.objects.create(form=form, assignment=current, saved_at=now, saved_by=by.user)
    if reply.is_sent:
        raise Refused(already_sent(reply))
    reply.claim(version)
    return reply


def already_sent(reply: FormReply) -> str:
    return _("This form was sent already, by %(who)s. Nothing was changed.") % {"who": reply.sent_by}


def write_answer(reply: FormReply, field: FormField, kept: FormAnswer | None, value: Value) -> None:
    """In the column of its kind; an empty answer takes the row away."""
    if value is None or value == "":
        if kept is not None:
            kept.delete()
        return
    answer = kept or FormAnswer(reply=reply, field=field)
    answer.number = value if isinstance(value, Decimal) else None
    answer.day = value if field.kind == FieldKind.DAY and isinstance(value, dt.date) else None
    answer.text = nfc(value).strip() if isinstance(value, str) else ""
    answer.save()


@transaction.atomic
def send_reply(*, reply: FormReply, version: int, by: Posting, now: dt.datetime) -> None:
    """Send the answers: from now on the offices above see them.

    Raises AnswersMissing while a field that must be answered is not, Refused when they were sent before,
    EditConflict when somebody saved since `version`.
    """
    current = FormReply.objects.select_for_update().get(pk=reply.pk)
    if current.is_sent:
        raise Refused(already_sent(current))
    current.claim(version)
    if missing := missing_fields(current):
        raise AnswersMissing(missing)
    mark_reply_sent(current, by=by, now=now)


def missing_fields(reply: FormReply) -> list[FormField]:
    """What must still be answered. Zero and "no" are answers."""
    answered = reply.answers.values("field")
    return list(reply.form.fields.filter(is_required=True).exclude(pk__in=answered))


def mark_reply_sent(reply: FormReply, *, by: Posting, now: dt.datetime) -> None:
    reply.sent_at, reply.sent_by, reply.return_reason = now, by.user, ""
    reply.save(update_fields=["sent_at", "sent_by", "return_reason"])
    assignment = reply.assignment
    record("assignment.form_sent", about=assignment, by=by, unit_id=assignment.unit_id)


def send_complete_reply(*, assignment: Assignment, by: Posting, now: dt.datetime) -> None:
    """With the word that work is done goes its form, where it is laid ready and nothing is missing."""
    drafts = FormReply.objects.select_for_update().filter(sent_at__isnull=True)
    reply = drafts.filter(assignment=assignment.pk).first()
    if reply is not None and not missing_fields(reply):
        reply.version += 1
        reply.save(update_fields=["version"])
        mark_reply_sent(reply, by=by, now=now)


@transaction.atomic
def return_reply(*, reply: FormReply, version: int, reason: str, by: Posting) -> None:
    """Give a sent form back to the unit to be corrected, saying why. The answers stay as they were given."""
    reason = nfc(reason).strip()
    if not reason:
        raise Refused(_("Give the reason. Nothing was changed."))
    reply.claim(version)
    if not give_back_reply(assignment=reply.assignment, reason=reason):
        raise Refused(_("This form is not sent, so it cannot be returned. Nothing was changed."))
    assignment = reply.assignment
    data = {"reason": reason}
    record("assignment.form_returned", about=assignment, by=by, unit_id=assignment.unit_id, data=data)


def give_back_reply(*, assignment: Assignment, reason: str) -> bool:
    """Make a sent form the unit's own again. Whether there was one."""
    sent = FormReply.objects.sent().filter(assignment=assignment.pk)
    return bool(
        sent.update(sent_at=None, sent_by=None, return_reason=reason[:1000], version=F("version") + 1)
    )
