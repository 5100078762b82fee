"""The principal's month as a form.

Saving a month never waits for the whole to be right: what is valid is handed on to be saved, what is not
stays on the page with its message.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.models import Assignment
from eduportal.base.forms import FilesField, NumberField, VersionField
from eduportal.base.numbers import format_number
from eduportal.base.text import nfc
from reports.actions import ProgressDraft
from reports.forms.rows import FigureRow, FigureSection, WorkRow, can_be_kept, under_headings
from reports.labels import CHECKED, in_its_level, level_in_words, warning_at_figure
from reports.models import MonthlyReport, QuestionKind
from reports.models.question import LONGEST_ANSWER, NO, YES
from reports.queries import FigureLine, WorkLine
from reports.queries.doubts import Answer, Doubtful, doubts_at, stored_answer
from reports.queries.questions import QuestionLine
from targets.arithmetic import NOT_APPLICABLE, Figure, number_of
from targets.quality import Rule


class ProseField(forms.CharField):
    """Text of several lines, in the one stored form: composed letters, plain line ends."""

    def __init__(self, *, rows: int, required: bool = False, **kwargs: Any):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), required=required, **kwargs)

    def to_python(self, value: Any) -> str:
        return nfc(str(super().to_python(value) or "").replace("\r\n", "\n"))


class MonthForm(forms.Form):
    """All that a school says in a month: its figures, its work, its words.

    Fields are named after measures and assignments ("primary-pupils", "task-12-note"). `initial` is what is
    stored, so `has_changes` and `differences` compare what was typed with what is stored now.
    """

    version = VersionField()
    difficulties = ProseField(
        label=gettext_lazy("Difficulties"),
        max_length=5000,
        rows=4,
        help_text=gettext_lazy("What hinders the work and is beyond the unit's own means."),
    )
    proposals = ProseField(
        label=gettext_lazy("Proposals"),
        max_length=5000,
        rows=4,
        help_text=gettext_lazy("What you ask of the offices above you."),
    )
    nothing_to_report = forms.BooleanField(
        label=gettext_lazy("Nothing to report"),
        required=False,
        help_text=gettext_lazy("Where there is nothing to write: an empty report is not sent without it."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        report: MonthlyReport,
        lines: Sequence[FigureLine],
        work: Sequence[WorkLine],
        rules: Sequence[Rule],
        questions: Sequence[QuestionLine] = (),
    ):
        super().__init__(data, files)
        self.report, self.lines, self.work, self.rules = report, lines, work, rules
        self.questions = questions
        self.several_levels = len({line.measure.level for line in lines}) > 1
        self.initial = {
            "version": report.version,
            "difficulties": report.difficulties,
            "proposals": report.proposals,
            "nothing_to_report": report.nothing_to_report,
        }
        if lines:  # figures are always something
            del self.fields["nothing_to_report"]
        for line in lines:
            self.add_figure(line)
        for work_line in work:
            if work_line.is_open:
                self.add_work(work_line)
        for question_line in questions:
            self.add_question(question_line)

    # --- fields ------------------------------------------------------------------------------------

    def add_figure(self, line: FigureLine) -> None:
        name, label = name_of(line), self.label_of(line)
        self.fields[name] = NumberField(label=label, max_value=line.measure.highest, required=False)
        self.fields[f"{name}-na"] = forms.BooleanField(
            label=_("%(measure)s: not applicable") % {"measure": label}, required=False
        )
        self.fields[f"{name}-remark"] = forms.CharField(
            label=_("Explanation"), max_length=300, required=False, empty_value=""
        )
        self.initial[name] = number_of(line.figure)
        self.initial[f"{name}-na"] = line.figure is NOT_APPLICABLE
        self.initial[f"{name}-remark"] = line.remark

    def add_work(self, line: WorkLine) -> None:
        name, about = f"task-{line.assignment.pk}", short(line.assignment)
        self.fields[f"{name}-percent"] = NumberField(
            label=_("%(task)s: progress (%%)") % {"task": about}, max_value=100, required=False
        )
        self.fields[f"{name}-note"] = ProseField(
            label=_("%(task)s: what was done") % {"task": about}, max_length=2000, rows=2
        )
        self.fields[f"{name}-done"] = forms.BooleanField(
            label=_("%(task)s: done") % {"task": about}, required=False
        )
        self.fields[f"{name}-files"] = FilesField(
            label=_("%(task)s: evidence") % {"task": about}, required=False
        )
        percent, note, done = said_before(line)
        self.initial.update({f"{name}-percent": Decimal(percent), f"{name}-note": note, f"{name}-done": done})

    def add_question(self, line: QuestionLine) -> None:
        question, name = line.question, field_of(line)
        said: dict[str, Any] = {"label": question.text, "help_text": question.help, "required": False}
        if question.kind == QuestionKind.TEXT:
            self.fields[name] = ProseField(max_length=LONGEST_ANSWER, rows=3, **said)
        else:
            offered = [(text, answer_in_words(text)) for text in question.answers_offered]
            self.fields[name] = forms.ChoiceField(choices=[("", _("no answer")), *offered], **said)
        self.initial[name] = line.answer

    def label_of(self, line: FigureLine) -> str:
        if not self.several_levels:
            return line.measure.name
        return in_its_level(line.measure)

    # --- validation --------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        for line in self.lines:
            self.check_one_answer(line)
            self.check_explained_figure(line)
        for line in self.lines:
            self.check_not_above(line)
        return self.cleaned_data

    def check_one_answer(self, line: FigureLine) -> None:
        name = name_of(line)
        if self.cleaned_data.get(name) is not None and self.cleaned_data.get(f"{name}-na"):
            message = _(
                "This has a number and is marked as not applicable. Empty the one or take away the other."
            )
            self.add_error(name, ValidationError(message, code="two_answers"))

    def check_explained_figure(self, line: FigureLine) -> None:
        """An explanation is kept with its figure; without one it would be lost."""
        name = name_of(line)
        if name not in self.data or self.has_error(name) or self.cleaned_data.get(f"{name}-na"):
            return
        if self.cleaned_data.get(name) is None and self.cleaned_data.get(f"{name}-remark"):
            message = _("An explanation needs its figure. Give the number, or empty the explanation.")
            self.add_error(f"{name}-remark", ValidationError(message, code="no_figure"))

    def check_not_above(self, line: FigureLine) -> None:
        """Pupils present are some of the pupils."""
        name, limit = name_of(line), self.limit_of(line)
        value, most = self.cleaned_data.get(name), self.cleaned_data.get(name_of(limit)) if limit else None
        if limit and value is not None and most is not None and value > most:
            words = {
                "value": format_number(value),
                "limit": format_number(most),
                "what": self.label_of(limit),
            }
            message = _("%(value)s cannot be above %(limit)s, the number under “%(what)s”. Check both.")
            self.add_error(name, ValidationError(message, code="above_limit", params=words))

    def limit_of(self, line: FigureLine) -> FigureLine | None:
        return next((other for other in self.lines if other.measure.pk == line.measure.at_most_id), None)

    def require(self, codes: set[str]) -> None:
        """Mark the figures that are still missing when the report is sent."""
        for line in self.lines:
            if line.measure.code in codes and not self.has_error(name_of(line)):
                self.add_error(name_of(line), ValidationError(wanted(line)))

    def require_answers(self, keys: set[int]) -> None:
        """Mark the questions that are still to be answered when the report is sent."""
        for line in self.questions:
            if line.question.pk in keys and not self.has_error(field_of(line)):
                self.add_error(field_of(line), ValidationError(_("This must be answered.")))

    # --- what may be saved -------------------------------------------------------------------------

    def figures(self) -> dict[str, Figure]:
        """The valid answers, by code of the measure: a number, not applicable, or None for an empty field.

        A field that did not come along (a request cut short) is no answer, and its stored figure stays.
        """
        given = [line for line in self.lines if name_of(line) in self.data and not self.errors_at(line)]
        return {line.measure.code: self.answer(name_of(line)) for line in given}

    def answer(self, name: str) -> Figure:
        return NOT_APPLICABLE if self.cleaned_data[f"{name}-na"] else self.cleaned_data[name]

    def errors_at(self, line: FigureLine) -> bool:
        name = name_of(line)
        return self.has_error(name) or self.has_error(f"{name}-na") or self.has_error(f"{name}-remark")

    def remarks(self) -> dict[str, str]:
        """The explanations that came along beside a valid answer; all others stay as they are stored."""
        names = {
            line.measure.code: f"{name_of(line)}-remark" for line in self.lines if not self.errors_at(line)
        }
        return {code: self.cleaned_data[name] for code, name in names.items() if name in self.data}

    def confirmations(self, doubted: Sequence[FigureRow]) -> dict[str, str]:
        """The word for each doubtful figure that is sent as it is, its warning seen: whoever reviews reads
        that it was checked, where no reason is given. What contradicts wants a word of the unit's own."""
        seen = self.data.getlist("seen") if isinstance(self.data, QueryDict) else []
        if any(row.must_be_explained for row in doubted):
            return {}  # it is not going to be sent
        checked = [row for row in doubted if row.seen in seen and not row.remark.value()]
        return {row.line.measure.code: str(CHECKED) for row in checked}

    def progress(self) -> list[ProgressDraft]:
        """What is newly said of assignments. Untouched ones are left out: no word is not "no progress"."""
        given = [line for line in self.work if f"task-{line.assignment.pk}-percent" in self.data]
        return [draft for line in given if line.is_open and (draft := self.progress_of(line))]

    def progress_of(self, line: WorkLine) -> ProgressDraft | None:
        name = f"task-{line.assignment.pk}"
        percent_before, note_before, done_before = said_before(line)
        percent = self.cleaned_data.get(f"{name}-percent")
        note = self.cleaned_data.get(f"{name}-note", note_before)
        done = self.cleaned_data.get(f"{name}-done", done_before)
        percent = 100 if done else percent_before if percent is None else int(percent)
        files = tuple(self.cleaned_data.get(f"{name}-files", ()))
        if not files and (percent, note, done) == (percent_before, note_before, done_before):
            return None
        return ProgressDraft(line.assignment, percent=percent, note=note, claims_done=done, files=files)

    def answers(self) -> dict[int, str]:
        """The valid answers that came along, by the keys of their questions; all others stay."""
        return {
            line.question.pk: self.cleaned_data[field_of(line)]
            for line in self.questions
            if field_of(line) in self.data and field_of(line) in self.cleaned_data
        }

    def prose(self) -> dict[str, str]:
        """Difficulties and proposals; where one is too long or did not come along, what was stored."""
        names = ("difficulties", "proposals")
        valid = {
            name: self.cleaned_data[name] for name in names if name in self.data and name in self.cleaned_data
        }
        return {name: self.initial[name] for name in names} | valid

    def words(self) -> dict[str, Any]:
        """The same, and whether there is nothing to report, of a report that may say so."""
        return {**self.prose(), "nothing_to_report": bool(self.cleaned_data.get("nothing_to_report"))}

    # --- what the page shows -----------------------------------------------------------------------

    def sections(self) -> list[FigureSection]:
        """The figures level by level; what communes count has none, and a section of its own."""
        by_level: dict[str, list[FigureRow]] = {}
        doubts = doubts_at(self.lines, self.rules, self.answer_now)
        for line in self.lines:
            row = self.row_of(line, doubts.get(line.measure.code, ()))
            by_level.setdefault(line.measure.level, []).append(row)
        return [FigureSection(self.title_of(level), under_headings(rows)) for level, rows in by_level.items()]

    def title_of(self, level: str) -> str:
        if not level:
            return section_title(level)
        return section_title(level) if self.several_levels else ""

    def row_of(self, line: FigureLine, doubts: Sequence[Doubtful]) -> FigureRow:
        name, measures = (
            name_of(line),
            {(one.measure.level, one.measure.stem): one.measure for one in self.lines},
        )
        return FigureRow(
            line,
            self[name],
            self[f"{name}-na"],
            self[f"{name}-remark"],
            self.answer_now(line).figure,
            doubts,
            [warning_at_figure(one, measures) for one in doubts],
        )

    def answer_now(self, line: FigureLine) -> Answer:
        """What stands on the page: typed, or stored where it did not come along; none while it is wrong."""
        name = name_of(line)
        if not self.is_bound or name not in self.data:
            return stored_answer(line)
        said = self.cleaned_data.get(f"{name}-remark", "") if f"{name}-remark" in self.data else line.remark
        if self.has_error(name) or self.has_error(f"{name}-na"):
            return Answer(None, said)
        return Answer(self.answer(name), said)

    def doubted(self) -> list[FigureRow]:
        """The figures at which something is asked about."""
        return [row for section in self.sections() for row in section.rows if row.doubts]

    def question_groups(self) -> list[tuple[str, list[BoundField]]]:
        """The questions under the headings of their sections; those of none come first, under none."""
        groups: dict[str, list[BoundField]] = {}
        for line in self.questions:
            groups.setdefault(line.heading, []).append(self[field_of(line)])
        return list(groups.items())

    def work_rows(self) -> list[WorkRow]:
        return [self.work_row(line) for line in self.work]

    def work_row(self, line: WorkLine) -> WorkRow:
        if not line.is_open:
            return WorkRow(line)
        name = f"task-{line.assignment.pk}"
        parts = (self[f"{name}-{part}"] for part in ("percent", "note", "done", "files"))
        return WorkRow(line, *parts)

    def has_changes(self) -> bool:
        """Whether anything was typed that is not stored, whatever version it was typed over."""
        return next(self.differences(), None) is not None

    def differences(self) -> Iterator[dict[str, Any]]:
        """What was typed where it differs from what is stored, as rows of components/conflict.html."""
        for bound in self:
            if bound.name in self.changed_data and not bound.is_hidden:
                stored = bound.field.prepare_value(bound.initial)
                yield {"label": bound.label, "stored": in_words(stored), "yours": in_words(bound.data)}


def file_names(files: Any) -> str:
    """Files cannot be shown again in a form: their names say which to choose once more."""
    return _("to be chosen again: %(files)s") % {"files": ", ".join(str(one.name) for one in files)}


def section_title(level: str) -> str:
    """What stands over the figures of a level, or of none."""
    words = level_in_words(level)
    return words[0].upper() + words[1:]


def wanted(line: FigureLine) -> str:
    if can_be_kept(line):
        return _(
            "This is the figure of the period before. Confirm it, or give the new one; or mark it as not "
            "applicable."
        )
    return _("Give a number, or mark it as not applicable.")


def without_proposals(typed: QueryDict, lines: Sequence[FigureLine]) -> QueryDict:
    """What was typed, without last month's figures that only stand in their fields, confirmed by nobody."""
    data = typed.copy()
    confirmed = set(data.getlist("confirmed"))
    for line in lines:
        name = name_of(line)
        is_untouched = str(data.get(name, "")).strip() == proposal(line)
        if name in data.getlist("proposed") and name not in confirmed and is_untouched:
            data[name] = ""
    return data


def proposal(line: FigureLine) -> str:
    """Last month's figure as it stands in the field."""
    previous = number_of(line.previous)
    return "" if previous is None else format_number(previous)


def with_last_months(typed: QueryDict, lines: Sequence[FigureLine]) -> QueryDict:
    """What was typed, and last month's figure in each empty field that came along and may keep it."""
    data = typed.copy()
    for line in lines:
        name = name_of(line)
        is_empty = name in data and not str(data[name]).strip() and not data.get(f"{name}-na")
        if is_empty and can_be_kept(line):
            data[name] = proposal(line)
    return data


def field_of(line: QuestionLine) -> str:
    return f"question-{line.question.pk}"


def answer_in_words(text: str) -> str:
    """An answer in the language of the page: of yes and no; the installation's own are as they are."""
    return {YES: _("yes"), NO: _("no")}.get(text, text)


def name_of(line: FigureLine) -> str:
    return line.measure.code.replace(".", "-")


def short(assignment: Assignment) -> str:
    """An assignment in few words, to tell it from the others in a list of errors."""
    task = assignment.task
    return Truncator(f"{task.path}. {task.text}" if task.path else task.text).chars(60)


def said_before(line: WorkLine) -> tuple[int, str, bool]:
    """Percent, note and claim as they stand: this month's draft, or the assignment's percent and no word."""
    if line.draft:
        return line.draft.percent, line.draft.note, line.draft.claims_done
    return line.assignment.percent, "", False


def in_words(value: Any) -> Any:
    if isinstance(value, list):
        return file_names(value)
    if isinstance(value, bool) or value == "on":
        return _("yes") if value else _("no")
    return "–" if value in (None, "") else value
