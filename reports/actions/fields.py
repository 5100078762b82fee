"""A month's page saves each field by itself: over what its writer saw there, and each saving once."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import transaction

from directives.actions.files import File, refuse_secret_files
from reports.actions.monthly import locked, save_report
from reports.models import FieldSaving, MonthlyReport, Outcome
from schools.models import Posting


@dataclass(frozen=True)
class Edit:
    """What was typed into one field. `seen`: what its writer last knew to be stored there.

    Whoever was asked and wants their own value says it again, over what they were shown: so whoever comes in
    between is asked about as well.
    """

    key: uuid.UUID
    name: str
    text: str
    seen: str = ""
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Judged:
    """What the form says of edits: what `save_report` is to write; what is not right, by the edit's key."""

    content: dict[str, Any]
    wrong: Mapping[uuid.UUID, list[str]] = field(default_factory=dict)


class Page(Protocol):
    """The month's form over what is stored, as the action asks it."""

    @property
    def stored(self) -> Mapping[str, str]:
        """What each field holds now. A field that is not there is not asked of this report."""

    def is_same(self, name: str, text: str, other: str) -> bool: ...
    def judged(self, edits: Sequence[Edit]) -> Judged: ...


@dataclass(frozen=True)
class Kept:
    """What became of edits, by their keys. What is in none of these is of a field that there is not."""

    saved: set[uuid.UUID] = field(default_factory=set)
    asked: set[uuid.UUID] = field(default_factory=set)
    late: set[uuid.UUID] = field(default_factory=set)
    wrong: dict[uuid.UUID, list[str]] = field(default_factory=dict)


def save_fields(
    *,
    report: MonthlyReport,
    edits: Sequence[Edit],
    page_of: Callable[[MonthlyReport], Page],
    by: Posting,
    now: dt.datetime,
) -> Kept:
    """Save fields of a report, each by itself. What is not right stays unsaved, the others are kept.

    A field over which somebody else saved another value meanwhile is not written: its writer is asked, and
    what they typed is kept in the field's history. Nothing is written of a report that was sent. Raises
    Refused when a file is a state secret.
    """
    refuse_secret_files(file for edit in edits for file in edit.files)
    with transaction.atomic():
        current = locked(report)
        kept = done_before(current, edits)
        done = kept.saved | kept.asked | kept.late
        fresh = [edit for edit in edits if edit.key not in done]
        if fresh:
            page = page_of(current)
            asked_for = [edit for edit in fresh if edit.name in page.stored]
            if current.is_editable:
                write(current, asked_for, page, kept, by=by, now=now)
            else:
                kept.late.update(edit.key for edit in asked_for)
            remember(current, asked_for, page.stored, kept, by=by, now=now)
        return kept


def done_before(report: MonthlyReport, edits: Sequence[Edit]) -> Kept:
    """What became of these when they came before. One query."""
    rows = FieldSaving.objects.filter(report=report, key__in=[edit.key for edit in edits])
    kept = Kept()
    by_outcome = {Outcome.SAVED: kept.saved, Outcome.ASKED: kept.asked, Outcome.LATE: kept.late}
    for key, outcome in rows.values_list("key", "outcome"):
        by_outcome[Outcome(outcome)].add(key)
    return kept


def write(
    current: MonthlyReport, edits: Sequence[Edit], page: Page, kept: Kept, *, by: Posting, now: dt.datetime
) -> None:
    """Save those that are clear and right."""
    standing, clear = dict(page.stored), []
    for edit in edits:
        if is_overtaken(edit, standing[edit.name], page):
            kept.asked.add(edit.key)
        else:
            clear.append(edit)
            standing[edit.name] = edit.text  # what was typed after it into the same field was typed over it
    judged = page.judged(clear)
    kept.wrong.update(judged.wrong)
    good = [edit for edit in clear if edit.key not in judged.wrong]
    kept.saved.update(edit.key for edit in good)
    if any(edit.files or not page.is_same(edit.name, edit.text, page.stored[edit.name]) for edit in good):
        save_report(report=current, version=current.version, by=by, now=now, **judged.content)


def remember(
    report: MonthlyReport,
    edits: Sequence[Edit],
    stood: Mapping[str, str],
    kept: Kept,
    *,
    by: Posting,
    now: dt.datetime,
) -> None:
    """The history of the fields. What is not right has none: it comes again when it is corrected."""

    def outcome(edit: Edit) -> Outcome:
        if edit.key in kept.saved:
            return Outcome.SAVED
        return Outcome.ASKED if edit.key in kept.asked else Outcome.LATE

    FieldSaving.objects.bulk_create(
        FieldSaving(
            report=report,
            key=edit.key,
            field=edit.name,
            stood=stood[edit.name],
            typed=", ".join(file.name for file in edit.files) or edit.text,
            outcome=outcome(edit),
            by=by.user,
            at=now,
        )
        for edit in edits
        if edit.key not in kept.wrong
    )


def is_overtaken(edit: Edit, stands: str, page: Page) -> bool:
    """Somebody saved another value since, and not the same. Files are added, so that they overtake none."""
    if edit.files:
        return False
    return not any(page.is_same(edit.name, stands, text) for text in (edit.seen, edit.text))
