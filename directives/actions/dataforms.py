"""The form of a task: which fields it asks of each unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from directives.actions.drafting import stored_text
from directives.models import DataForm, DirectiveState, FormField, FormReply, Task
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.text import nfc
from schools.models import Posting
from trail.actions import record

MOST_FIELDS = 60


@dataclass(frozen=True)
class Asked:
    """A field as staff want it; `field` is the stored one that it changes."""

    label: str
    kind: str
    is_required: bool = True
    hint: str = ""
    unit: str = ""
    options: tuple[str, ...] = ()
    field: FormField | None = None

    @property
    def shape(self) -> tuple[str, bool, tuple[str, ...]]:
        """What must not change under answers that were given."""
        return self.kind, self.is_required, self.options


@transaction.atomic
def shape_form(*, task: Task, version: int, asked: Sequence[Asked], by: Posting) -> DataForm | None:
    """Give a task these fields in this order. Without any it carries no form; then gives None.

    `version` is that of the form as it was shown, 0 where there was none. Once a unit has begun to answer,
    only words, units of measure and hints change: all else raises Refused and changes nothing. Raises
    EditConflict when somebody saved the form meanwhile.
    """
    Task.objects.select_for_update().get(pk=task.pk)
    expect_shapeable(task)
    form = claimed_form(task, version, by)
    stored = {field.pk: field for field in form.fields.all()} if form else {}
    if form and FormReply.objects.filter(form=form).exists():
        refuse_other_shape(stored, asked)
    if not asked:
        take_away(form, by)
        return None
    if len(asked) > MOST_FIELDS:
        raise Refused(_("A form asks at most %(most)s things. Nothing was saved.") % {"most": MOST_FIELDS})
    form = form or DataForm.objects.create(task=task, created_by=by.user)
    kept = [write_field(form, position, one, stored) for position, one in enumerate(asked)]
    form.fields.exclude(pk__in=kept).delete()
    # Whoever gave an item a form has looked at it: reading the text again must not take it away.
    Task.objects.filter(pk=task.pk).update(confirmed=True)
    record_form("form.shaped", form, by, len(asked))
    return form


def expect_shapeable(task: Task) -> None:
    """On a draft, or on work that was handed out; in between, the leader decides on what was submitted."""
    if task.directive.state not in (DirectiveState.DRAFT, DirectiveState.ISSUED):
        raise Refused(_("The document is on its way to being signed. Have it sent back to change its form."))


def claimed_form(task: Task, version: int, by: Posting) -> DataForm | None:
    form = DataForm.objects.filter(task=task).first()
    if form is not None:
        form.claim(version)
    elif version:
        raise EditConflict(DataForm(task=task, version=0, created_by=by.user))
    return form


def refuse_other_shape(stored: dict[int, FormField], asked: Sequence[Asked]) -> None:
    """Answers were given to these fields in this order; only what is written beside them may change."""
    before = {pk: (field.kind, field.is_required, tuple(field.choices)) for pk, field in stored.items()}
    after = {one.field.pk if one.field else 0: one.shape for one in asked}
    if list(before.items()) != list(after.items()) or len(asked) != len(stored):
        raise Refused(
            _(
                "Units have begun to answer this form: only words, units of measure and hints can be changed "
                "now. Nothing was saved; what you typed is still here."
            )
        )


def take_away(form: DataForm | None, by: Posting) -> None:
    if form is not None:
        record_form("form.removed", form, by, 0)
        form.delete()


def write_field(form: DataForm, position: int, one: Asked, stored: dict[int, FormField]) -> int:
    field = stored.get(one.field.pk) if one.field else None
    field = field or FormField(form=form)
    field.position, field.kind, field.is_required = position, one.kind, one.is_required
    field.label, field.hint, field.unit = (nfc(text).strip() for text in (one.label, one.hint, one.unit))
    field.options = "\n".join(stored_text(option).strip() for option in one.options)
    field.save()
    return field.pk


def record_form(verb: str, form: DataForm, by: Posting, fields: int) -> None:
    """Forms have their history with the document they belong to."""
    directive = form.task.directive
    data = {"task": form.task_id, "item": str(form.task)[:120], "fields": fields}
    record(verb, about=directive, by=by, unit_id=directive.office_id, data=data)
