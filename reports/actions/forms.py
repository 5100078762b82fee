"""The month's form as data: its sections, and the questions that it asks besides figures."""

from typing import Any

from django.db import transaction

from reports.models import Question
from schools.models import Posting
from targets.actions.measures import write_changes
from targets.models import FormSection
from trail.actions import record


@transaction.atomic
def define_section(*, by: Posting | None, **fields: Any) -> FormSection:
    """A heading under which measures and questions can stand."""
    section = FormSection.objects.create(**fields)
    record("section.defined", about=section, by=by, unit_id=by.unit_id if by else None)
    return section


@transaction.atomic
def edit_section(*, section: FormSection, version: int, by: Posting | None, **fields: Any) -> FormSection:
    """Mend a heading; what stands under it stays. Raises EditConflict when somebody saved since `version`."""
    section.claim(version)
    if told := write_changes(section, fields):
        record("section.edited", about=section, by=by, unit_id=by.unit_id if by else None, data=told)
    return section


@transaction.atomic
def define_question(*, by: Posting | None, **fields: Any) -> Question:
    """Ask something of units, from the month that ends on the day given on."""
    question = Question.objects.create(**fields)
    record("question.defined", about=question, by=by, unit_id=by.unit_id if by else None)
    return question


@transaction.atomic
def edit_question(*, question: Question, version: int, by: Posting | None, **fields: Any) -> Question:
    """Mend how a question is worded and placed; with `valid_to`, ask it no more from that day on.

    Whom it asks and how it is answered stay: answers stand on it. Raises EditConflict when somebody saved
    since `version`.
    """
    question.claim(version)
    if told := write_changes(question, fields):
        record("question.edited", about=question, by=by, unit_id=by.unit_id if by else None, data=told)
    return question
