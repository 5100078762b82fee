"""The month's form, asked field by field."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from eduportal.base.forms import FilesField, KeptFile
from reports.actions import ProgressDraft
from reports.actions.fields import Edit, Judged
from reports.forms.monthly import MonthForm, name_of, said_before
from reports.models import MonthlyReport
from reports.queries import figure_lines, work_lines
from reports.queries.doubts import rules_of
from reports.queries.questions import question_lines

MOST_EDITS = 400
LONGEST_TEXT = 20_000


class StoredPage:
    """A report's form as the action that saves fields asks it."""

    def __init__(self, form: MonthForm):
        self.form = form

    @cached_property
    def stored(self) -> dict[str, str]:
        """What each field holds as the page shows it, by name; a ticked box is "on"."""
        names = [name for name in self.form.fields if name != "version"]
        return {name: self.text_of(name) for name in names}

    def text_of(self, name: str) -> str:
        bound = self.form[name]
        if isinstance(bound.field, FilesField):
            return ""
        if isinstance(bound.field, forms.BooleanField):
            return "on" if bound.initial else ""
        value = bound.field.prepare_value(bound.initial)
        return "" if value is None else str(value)

    def is_same(self, name: str, text: str, other: str) -> bool:
        """Whether two texts say the same: 8411 is 8.411."""
        if text == other:
            return True
        return not isinstance(self.form.fields[name], FilesField) and self.read(name, text) == self.read(
            name, other
        )

    def read(self, name: str, text: str) -> Any:
        try:
            return self.form.fields[name].to_python(text)
        except ValidationError:
            return text

    def problems(self) -> dict[str, list[str]]:
        """What does not go together in what is stored: each was right when it was saved."""
        return {name: list(map(str, messages)) for name, messages in self.typed([]).errors.items()}

    def typed(self, edits: Sequence[Edit]) -> MonthForm:
        form = self.form
        data = typed_over({"version": str(form.report.version), **self.stored}, edits)
        typed = MonthForm(
            data,
            report=form.report,
            lines=form.lines,
            work=form.work,
            rules=form.rules,
            questions=form.questions,
        )
        typed.full_clean()
        return typed

    def judged(self, edits: Sequence[Edit]) -> Judged:
        """What is stored with these typed in, as the form of the whole page would judge it."""
        form, typed = self.form, self.typed(edits)
        names = {edit.name for edit in edits}
        touched = [line for line in form.lines if names & set(names_at(name_of(line)))]
        problems = {name: list(map(str, messages)) for name, messages in typed.errors.items()}
        for line in touched:
            group = names_at(name_of(line))
            if told := [words for name in group for words in problems.get(name, ())]:
                problems |= {name: problems.get(name, told) for name in group}
        wrong = {edit.key: problems[edit.name] for edit in edits if edit.name in problems}
        codes = {line.measure.code for line in touched}
        content = {
            "figures": {code: figure for code, figure in typed.figures().items() if code in codes},
            "remarks": {code: remark for code, remark in typed.remarks().items() if code in codes},
            "progress": with_files(typed, edits),
            "answers": typed.answers(),
            **typed.words(),
        }
        return Judged(content, wrong)


def stored_page(report: MonthlyReport) -> StoredPage:
    """A report's page over what is stored now. Seven queries."""
    lines, work = figure_lines(report), work_lines(report, timezone.localdate())
    rules, questions = rules_of(report.period), question_lines(report)
    return StoredPage(MonthForm(report=report, lines=lines, work=work, rules=rules, questions=questions))


def names_at(name: str) -> tuple[str, str, str]:
    """The fields of one figure: number, that it does not apply, explanation. They are judged together."""
    return name, f"{name}-na", f"{name}-remark"


def typed_over(stored: Mapping[str, str], edits: Sequence[Edit]) -> MultiValueDict[str, Any]:
    """As a browser sends it: a box that is not ticked does not come along."""
    texts = {**stored, **{edit.name: edit.text for edit in edits}}
    unticked = ("-na", "-done", "-files")
    return MultiValueDict(
        {name: [text] for name, text in texts.items() if text or not name.endswith(unticked)}
    )


def with_files(form: MonthForm, edits: Sequence[Edit]) -> list[ProgressDraft]:
    """What is newly said of work, and the files laid to it."""
    drafts = {draft.assignment.pk: draft for draft in form.progress()}
    lines = {f"task-{line.assignment.pk}-files": line for line in form.work}
    for edit in edits:
        if not edit.files or edit.name not in lines:
            continue
        line = lines[edit.name]
        percent, note, done = said_before(line)
        draft = drafts.get(line.assignment.pk)
        draft = draft or ProgressDraft(line.assignment, percent=percent, note=note, claims_done=done)
        drafts[line.assignment.pk] = replace(draft, files=(*draft.files, *edit.files))
    return list(drafts.values())


# --- what a page sends --------------------------------------------------------------------------------------


class EditForm(forms.Form):
    """One edit, as a page sends it."""

    key = forms.UUIDField()
    name = forms.CharField(max_length=80)
    text = forms.CharField(max_length=LONGEST_TEXT, required=False, strip=False)
    seen = forms.CharField(max_length=LONGEST_TEXT, required=False, strip=False)


def edits_sent(given: Any, files: MultiValueDict[str, Any]) -> tuple[list[Edit], dict[uuid.UUID, list[str]]]:
    """The edits of a request and, by key, what is wrong with the files of some. Raises ValidationError."""
    if not isinstance(given, list) or len(given) > MOST_EDITS:
        raise ValidationError(_("This is no list of fields that can be read."), code="unreadable")
    edits, problems = [], {}
    for one in given:
        form = EditForm(one if isinstance(one, dict) else {})
        if not form.is_valid():
            raise ValidationError(_("This is no list of fields that can be read."), code="unreadable")
        data = form.cleaned_data
        try:
            kept = files_of(files.getlist(f"file-{data['key']}"))
        except ValidationError as problem:
            problems[data["key"]] = list(problem.messages)
            continue
        edits.append(Edit(**data, files=kept))
    return edits, problems


def files_of(uploaded: list[Any]) -> tuple[KeptFile, ...]:
    """Raises ValidationError with a word for each that cannot be kept."""
    return tuple(FilesField(required=False).clean(uploaded))
