"""What is sent of a month's report, as the screen's own form takes it.

A programme names what changes; the form judges the report as a whole, as it stands with these changes.
"""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from eduportal.base.api.fields import PlainNumber, VersionInputSerializer
from eduportal.base.api.pages import form_problems
from eduportal.base.numbers import format_number
from reports.actions import correct_report, save_report
from reports.forms import MonthForm, ReturnForm
from reports.forms.monthly import field_of, name_of, said_before
from reports.models import MonthlyReport
from reports.models.question import LONGEST_ANSWER
from reports.queries import FigureLine, WorkLine, figure_lines, work_lines
from reports.queries.doubts import rules_of
from reports.queries.questions import question_lines
from schools.models import Posting
from targets.arithmetic import NOT_APPLICABLE, number_of

MOST_AT_ONCE = 500
NO_ANSWER = _("Give a number, null to take it away, or not_applicable.")


class FigureInputSerializer(serializers.Serializer):
    """A figure of the report: a number, null to take it away, or that it does not apply."""

    measure = serializers.CharField(max_length=60)
    value = PlainNumber(required=False, allow_null=True)
    not_applicable = serializers.BooleanField(default=False)
    remark = serializers.CharField(max_length=300, allow_blank=True, required=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if "value" not in given and not given["not_applicable"]:
            raise ValidationError({"value": [ErrorDetail(str(NO_ANSWER), code="required")]})
        return given


class WorkInputSerializer(serializers.Serializer):
    """What is said of an assignment of the own unit. What is left out stays as it was said."""

    assignment_id = serializers.IntegerField(min_value=1, max_value=10**18 - 1)
    percent = serializers.IntegerField(min_value=0, max_value=100, required=False)
    note = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    claims_done = serializers.BooleanField(required=False)


class AnswerInputSerializer(serializers.Serializer):
    """An answer to a question of the report; empty takes it away."""

    question = serializers.IntegerField(min_value=1, max_value=10**18 - 1)
    answer = serializers.CharField(max_length=LONGEST_ANSWER, allow_blank=True)


class SaveInputSerializer(VersionInputSerializer):
    """What changes in a report. All is saved, or nothing."""

    figures = FigureInputSerializer(many=True, required=False, max_length=MOST_AT_ONCE)
    work = WorkInputSerializer(many=True, required=False, max_length=MOST_AT_ONCE)
    answers = AnswerInputSerializer(many=True, required=False, max_length=MOST_AT_ONCE)
    difficulties = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    proposals = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    nothing_to_report = serializers.BooleanField(
        required=False, help_text=_("Of a report that asks for no figures: without it none is sent empty")
    )


class CorrectInputSerializer(SaveInputSerializer):
    """What is corrected in an accepted report, and why. What is not named stays."""

    work = None  # type: ignore[assignment]  # said on its own page, at any time
    nothing_to_report = None
    reason = serializers.CharField(max_length=1000)


class SendInputSerializer(VersionInputSerializer):
    """The report is sent as it is saved."""

    doubts_checked = serializers.BooleanField(
        default=False, help_text=_("A person has looked at the doubtful figures; serious ones want a remark.")
    )


class ReturnInputSerializer(VersionInputSerializer):
    """Why a report goes back, and which work with it."""

    reason = serializers.CharField(max_length=1000)
    send_back = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=10**18 - 1),
        default=list,
        max_length=MOST_AT_ONCE,
        help_text=_("Keys of assignments that this report said are done and that are not"),
    )


def save_given(report: MonthlyReport, given: dict[str, Any], *, by: Posting) -> None:
    """Save what was sent. Raises ValidationError, and what `save_report` does."""
    lines, work = figure_lines(report), work_lines(report, timezone.localdate())
    form = filled_form(report, lines, work, given)
    save_report(
        report=report,
        # The same once more differs in nothing, so nothing conflicts.
        version=given["version"] if form.has_changes() else report.version,
        figures=form.figures(),
        remarks=form.remarks(),
        progress=form.progress(),
        answers=form.answers(),
        by=by,
        now=timezone.now(),
        **form.words(),
    )


def correct_given(report: MonthlyReport, given: dict[str, Any], *, by: Posting) -> None:
    """Send an accepted report anew. Raises ValidationError, and what `correct_report` does."""
    form = filled_form(report, figure_lines(report), [], given)
    prose: dict[str, Any] = form.prose()
    correct_report(
        report=report,
        version=given["version"],
        reason=given["reason"],
        figures=form.figures(),
        remarks=form.remarks(),
        answers=form.answers(),
        by=by,
        now=timezone.now(),
        **prose,
    )


def filled_form(
    report: MonthlyReport, lines: Sequence[FigureLine], work: Sequence[WorkLine], given: dict[str, Any]
) -> MonthForm:
    """The screen's form as it would be sent with these changes typed in. Raises ValidationError."""
    figures, said = given.get("figures", []), given.get("work", [])
    known = {line.measure.code: line for line in lines}
    open_work = {line.assignment.pk: line for line in work if line.is_open}
    check_each_once("figures", "measure", [one["measure"] for one in figures], known)
    check_each_once("work", "assignment_id", [one["assignment_id"] for one in said], open_work)
    questions = question_lines(report)
    answers = given.get("answers", [])
    asked = {line.question.pk: line for line in questions}
    check_each_once("answers", "question", [one["question"] for one in answers], asked)
    typed = {"version": str(given["version"])}
    for line in lines:
        typed |= stored_figure(line)
    for one in figures:
        typed |= typed_figure(known[one["measure"]], one)
    for one in said:
        typed |= typed_work(open_work[one["assignment_id"]], one)
    typed |= {field_of(asked[one["question"]]): one["answer"] for one in answers}
    typed |= {name: given[name] for name in ("difficulties", "proposals") if name in given}
    if given.get("nothing_to_report", report.nothing_to_report):
        typed["nothing_to_report"] = "on"
    form = MonthForm(
        drop_unticked(typed),
        report=report,
        lines=lines,
        work=work,
        rules=rules_of(report.period),
        questions=questions,
    )
    if not form.is_valid():
        raise ValidationError(in_paths(form))
    return form


def check_each_once(part: str, field: str, keys: list[Any], known: Any) -> None:
    """What this report does not ask, whether it exists elsewhere or not, has no place in it; nor anything
    twice."""
    problems: dict[str, Any] = {}
    for place, key in enumerate(keys):
        if key not in known:
            problems[f"{place}.{field}".rstrip(".")] = [unasked()]
        elif key in keys[:place]:
            problems[f"{place}.{field}".rstrip(".")] = [twice()]
    if problems:
        raise ValidationError({part: problems})


def unasked() -> Any:
    return ErrorDetail(str(_("This report does not ask for it.")), code="does_not_exist")


def twice() -> Any:
    return ErrorDetail(str(_("This is named twice.")), code="twice")


def stored_figure(line: FigureLine) -> dict[str, str]:
    number, name = number_of(line.figure), name_of(line)
    return {
        name: "" if number is None else format_number(number),
        f"{name}-na": "on" if line.figure is NOT_APPLICABLE else "",
        f"{name}-remark": line.remark,
    }


def typed_figure(line: FigureLine, given: dict[str, Any]) -> dict[str, str]:
    name, value = name_of(line), given.get("value")
    typed = {
        name: "" if value is None else format_number(value),
        f"{name}-na": "on" if given["not_applicable"] else "",
    }
    if "remark" in given:
        typed[f"{name}-remark"] = given["remark"]
    elif value is None and not given["not_applicable"]:
        # A figure goes with its explanation.
        typed[f"{name}-remark"] = ""
    return typed


def typed_work(line: WorkLine, given: dict[str, Any]) -> dict[str, str]:
    name = f"task-{line.assignment.pk}"
    percent, note, done = said_before(line)
    return {
        f"{name}-percent": str(given.get("percent", percent)),
        f"{name}-note": given.get("note", note),
        f"{name}-done": "on" if given.get("claims_done", done) else "",
    }


def drop_unticked(typed: dict[str, str]) -> dict[str, str]:
    """A box that is not ticked does not come along."""
    return {name: text for name, text in typed.items() if text or not name.endswith(("-na", "-done"))}


PARTS = {"na": "not_applicable", "done": "claims_done"}


def in_paths(form: MonthForm) -> dict[str, Any]:
    """The form's problems under the names that a programme knows."""
    return dict(path_of(form, name, problems) for name, problems in form_problems(form).items())


def path_of(form: MonthForm, name: str, problems: list[Any]) -> tuple[str, list[Any]]:
    figures = {name_of(line): line.measure.code for line in form.lines}
    if name in figures:
        return f"figures.{figures[name]}.value", problems
    whole, _dash, part = name.rpartition("-")
    if whole in figures:
        return f"figures.{figures[whole]}.{PARTS.get(part, part)}", problems
    if whole.startswith("task-"):
        return f"work.{whole.removeprefix('task-')}.{PARTS.get(part, part)}", problems
    if name.startswith("question-"):
        return f"answers.{name.removeprefix('question-')}.answer", problems
    return name, problems


def return_form(report: MonthlyReport, done: Any, given: dict[str, Any]) -> ReturnForm:
    """The screen's form of returning. Raises ValidationError."""
    check_each_once("send_back", "", given["send_back"], {one.pk for one in done})
    form = ReturnForm(given, report=report, done=done)
    if not form.is_valid():
        raise ValidationError(form_problems(form))
    return form
