"""What the school's page of a month says beyond its fields: how far it is, what is next, what it reckons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from eduportal.base.sealing import owner_of, seal_of
from reports.forms import MonthForm
from reports.forms.derived import derived_of_all
from reports.forms.fields import StoredPage
from reports.forms.monthly import name_of, short
from reports.forms.rows import FigureSection, said_of
from reports.queries import WorkLine
from schools.middleware import ActingRequest


@dataclass(frozen=True)
class Step:
    """The next thing to do, and where on the page it is done."""

    label: str
    place: str


def page_context(
    request: ActingRequest, form: MonthForm, sections: Sequence[FigureSection], *, may_send: bool
) -> dict[str, Any]:
    """No queries: all of it is in the form."""
    return {
        "derived": said_of(derived_of_all([section.measures for section in sections]), sections),
        "proposals": sum(row.proposed is not None for section in sections for row in section.rows),
        "next_step": next_step(form, may_send=may_send),
        "stored": StoredPage(form).stored,
        "owner": owner_of(request.user),
        "seal": seal_of(request.user),
    }


def next_step(form: MonthForm, *, may_send: bool) -> Step:
    """The first figure that is not answered, the first work of which nothing is said, or sending."""
    for line in form.lines:
        if line.figure is None:
            return Step(form.label_of(line), f"#{form[name_of(line)].id_for_label}")
    waiting: list[WorkLine] = [line for line in form.work if line.needs_word]
    if waiting:
        return Step(short(waiting[0].assignment), f"#task-{waiting[0].assignment.pk}")
    return Step(_("send the report") if may_send else _("the report waits to be sent"), "#send")
