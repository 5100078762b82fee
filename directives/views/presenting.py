"""What pages show of documents and tasks, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directives.actions.tasks import Who, Work
from directives.forms.dataforms import options_of
from directives.models import Addressee, AddresseeKind, AssigneeRole, FormField, Task
from directives.models.dataform import Value
from directives.wording import EVENTS
from eduportal.base.templatetags.eduportal import day
from schools.models import Level
from trail.models import AuditEvent


def addressee_words(one: Addressee | Who) -> str:
    """ "tất cả các trường", "các trường tiểu học", or the unit's short name."""
    if one.kind == AddresseeKind.ALL_SCHOOLS:
        return _("all schools")
    if one.kind == AddresseeKind.LEVEL:
        return pgettext("schools of a level", "%(level)s schools") % {"level": Level(one.level).label}
    return one.unit.short_name if one.unit else ""


def in_role(addressees: Iterable[Addressee | Who], role: str) -> list[str]:
    return [addressee_words(one) for one in addressees if one.role == role]


@dataclass(frozen=True)
class Told:
    """An event of a history in words, and what it was about or why it was done."""

    event: AuditEvent
    words: str
    note: str


def told(events: Iterable[AuditEvent]) -> list[Told]:
    """A history as people read it: what has no words is the portal's own book-keeping."""
    return [
        Told(event, str(EVENTS[event.verb]), note_of(event.data)) for event in events if event.verb in EVENTS
    ]


def note_of(data: dict[str, Any]) -> str:
    percent = f"{data['percent']}%" if "percent" in data else ""
    return data.get("item") or data.get("reason") or percent


def work_rows(task: Task, work: Work) -> list[dict[str, Any]]:
    """Stored and typed values of a task that differ, for the person whose save came second."""
    stored = task.addressees.all()
    rows: list[dict[str, Any]] = [
        {"label": _("Text"), "stored": task.text, "yours": work.text},
        {"label": _("Track as a task"), "stored": yes_no(task.is_tracked), "yours": yes_no(work.is_tracked)},
        {"label": _("Deadline"), "stored": day(task.deadline), "yours": day(work.deadline)},
        {"label": _("Expected product"), "stored": task.product or "–", "yours": work.product or "–"},
    ]
    for label, role in ((_("Leads"), AssigneeRole.LEAD), (_("Supports"), AssigneeRole.SUPPORT)):
        rows.append(
            {
                "label": label,
                "stored": "; ".join(sorted(in_role(stored, role))) or "–",
                "yours": "; ".join(sorted(in_role(work.addressees, role))) or "–",
            }
        )
    return [row for row in rows if row["stored"] != row["yours"]]


def yes_no(value: bool) -> str:
    return _("yes") if value else _("no")


def typed_rows(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What was typed or chosen in a form, field by field in words, whether it is right or not."""
    rows = [(str(bound.label), typed_words(bound)) for bound in form if not bound.is_hidden]
    return [row for row in rows if row[1]]


def typed_words(bound: forms.BoundField) -> str:
    if isinstance(bound.field, forms.BooleanField):
        return yes_no(True) if bound.value() else ""
    if isinstance(bound.field, forms.ChoiceField):
        chosen = bound.value() or []
        keys = {str(key) for key in (chosen if isinstance(chosen, list) else [chosen])}
        return "; ".join(str(label) for key, label in bound.field.widget.choices if str(key) in keys)
    return str(bound.value() or "")


def answer_words(field: FormField, value: Value) -> Any:
    """An answer for a table: numbers and days as they are, codes as words, nothing as None."""
    if value is None:
        return None
    return str(dict(options_of(field)).get(str(value), value)) if isinstance(value, str) else value
