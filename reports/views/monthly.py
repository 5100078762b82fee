"""One report of a month: the page that a unit fills in, and what its office does with it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from eduportal.base.errors import EditConflict, Refused
from reports import actions, queries, rules
from reports.actions.expected import excuse_unit
from reports.forms import AcceptForm, MonthForm, ReturnForm
from reports.forms.missing import ExcuseForm
from reports.forms.monthly import with_last_months, without_proposals
from reports.forms.rows import FigureRow
from reports.labels import doubt_in_words
from reports.models import Briefing, MonthlyReport, ReportState
from reports.queries import FigureLine
from reports.queries.doubts import Doubtful, doubts_at, rules_of
from reports.queries.figures import code_of
from reports.queries.papers import report_head
from reports.queries.people import may_send_now, senders, sends
from reports.queries.questions import question_lines
from reports.queries.review import comments_of
from reports.queries.versions import former_versions
from reports.views.access import get_report
from reports.views.page import page_context
from schools.middleware import ActingRequest
from schools.models import Period, PeriodKind
from targets.models import Observation

# --- one report ------------------------------------------------------------------------------------


def report(request: ActingRequest, pk: int) -> HttpResponse:
    """One address for the page that the school fills in and for what its office reads."""
    row = get_report(request, pk)
    is_own = rules.may_prepare(request.posting, row)
    if request.method == "POST":
        if not is_own:
            raise PermissionDenied
        return save(request, row)
    if is_own and row.is_editable:
        page = render(request, "reports/report_edit.html", editing_context(request, row, blank_form(row)))
        page.headers["X-Keep-Page"] = "month"  # may be opened again without network (static/js/offline.js)
        return page
    return render(request, "reports/report_read.html", reading_context(request, row))


@require_safe
def report_of(request: ActingRequest, unit: int, year: int, month: int) -> HttpResponse:
    """To a unit's report of a month, from a figure that came with it. What is not seen is not there.

    `?of=` names the indicator of the figure: where a longer report that ended with the month gave it, there.
    """
    rows = MonthlyReport.objects.visible_to(request.user).filter(unit=unit)
    of_month = Q(period__kind=PeriodKind.MONTH, period__year=year, period__ordinal=month)
    ends = Period.objects.filter(kind=PeriodKind.MONTH, year=year, ordinal=month).values("data_to")
    given = Observation.objects.filter(
        unit=unit, period=OuterRef("period"), measure__terms__indicator__code=request.GET.get("of", "")
    )
    longer = rows.filter(Exists(given), period__data_to__in=ends).exclude(of_month)
    return redirect("reports:report", (longer.first() or get_object_or_404(rows.filter(of_month))).pk)


def blank_form(row: MonthlyReport) -> MonthForm:
    today = timezone.localdate()
    lines, work = queries.figure_lines(row), queries.work_lines(row, today)
    rules_now, questions = rules_of(row.period), question_lines(row)
    return MonthForm(report=row, lines=lines, work=work, rules=rules_now, questions=questions)


def typed_form(request: ActingRequest, row: MonthlyReport) -> MonthForm:
    """What was typed, validated, beside what is stored now; asked to, with last month's where it is empty."""
    lines, work = queries.figure_lines(row), queries.work_lines(row, timezone.localdate())
    typed = without_proposals(request.POST, lines)
    if "fill" in request.POST:
        typed = with_last_months(typed, lines)
    form = MonthForm(
        typed,
        request.FILES,
        report=row,
        lines=lines,
        work=work,
        rules=rules_of(row.period),
        questions=question_lines(row),
    )
    form.full_clean()
    return form


def save(request: ActingRequest, row: MonthlyReport) -> HttpResponse:
    """Save what is valid and, when asked, send. Whatever is in the way, what was typed stays on the page."""
    sending = "send" in request.POST
    if sending and not may_send_now(request.posting, row, timezone.localdate()):
        raise PermissionDenied
    form = typed_form(request, row)
    if not row.is_editable:
        return too_late(request, row, form)
    valid = form.is_valid()
    doubted = form.doubted() if sending and valid else []
    unseen = unseen_doubts(request, doubted)
    try:
        outcome = write(request, row, form, doubted, sending=sending and valid and not unseen)
    except EditConflict:
        return overtaken(request, get_report(request, row.pk))
    except Refused as refusal:
        return not_saved(request, get_report(request, row.pk), form, refusal)
    if not valid:
        return show_again(request, row.pk, form, sending=sending)
    if unseen:
        return doubts_to_see(request, row.pk, unseen)
    if sending:
        return told_of_sending(request, outcome, form)
    if "fill" in request.POST:
        messages.success(
            request, _("Figures of the period before stand where nothing was filled in, and are saved.")
        )
    else:
        messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"})
    return lead_to(request, row.pk)


def write(
    request: ActingRequest, row: MonthlyReport, form: MonthForm, doubted: list[FigureRow], *, sending: bool
) -> actions.Sending:
    """Save what is valid, and send it where that is asked for."""
    content: dict[str, Any] = {
        "report": row,
        # The same page sent again (a double click, a second tab): nothing differs, so nothing conflicts.
        "version": form.cleaned_data.get("version", 0) if form.has_changes() else row.version,
        "figures": form.figures(),
        "remarks": form.remarks() | (form.confirmations(doubted) if sending else {}),
        "progress": form.progress(),
        "answers": form.answers(),
        "by": request.posting,
        "now": timezone.now(),
        **form.words(),
    }
    if sending:
        return actions.save_and_send(**content, basis=actions.Basis(form.lines, form.rules, form.questions))
    return actions.Sending(actions.save_report(**content))


def unseen_doubts(request: ActingRequest, doubted: list[FigureRow]) -> int:
    """How many figures are still to be asked about before the report is sent.

    None where a word is wanted: then it is refused with that, whatever was seen.
    """
    if any(row.must_be_explained for row in doubted):
        return 0
    seen = request.POST.getlist("seen")
    return sum(row.seen not in seen and row.is_unexplained for row in doubted)


def lead_to(request: ActingRequest, pk: int) -> HttpResponse:
    """To the page as it is stored now; a page that was saved in place is loaded anew."""
    if request.htmx:
        return HttpResponseClientRedirect(reverse("reports:report", args=[pk]))
    return redirect("reports:report", pk=pk)


def overtaken(request: ActingRequest, current: MonthlyReport) -> HttpResponse:
    """Somebody was quicker: show what is stored and what was typed, side by side."""
    form = typed_form(request, current)
    if not current.is_editable:
        return too_late(request, current, form)
    if not form.has_changes():
        return lead_to(request, current.pk)  # the same, from another device at the same moment
    context = editing_context(request, current, form)
    context |= {"conflicts": list(form.differences()), "stored_by": current.saved_by}
    return render(request, "reports/report_edit.html", context, status=409)


def not_saved(
    request: ActingRequest, current: MonthlyReport, form: MonthForm, refusal: Refused
) -> HttpResponse:
    """It was sent meanwhile, or something in it cannot be kept: what was typed stays on the page."""
    if not current.is_editable:
        return too_late(request, current, typed_form(request, current))
    messages.warning(request, str(refusal.message))
    context = editing_context(request, current, form)
    return render(request, "reports/report_edit.html", context, status=422)


def too_late(request: ActingRequest, row: MonthlyReport, form: MonthForm) -> HttpResponse:
    """It was sent before. The same once more does no harm; what differs is shown, so that it is not lost."""
    if not form.has_changes():
        messages.info(request, actions.already_sent(row))
        return lead_to(request, row.pk)
    context = reading_context(request, row) | {"unsaved": list(form.differences())}
    return render(request, "reports/report_read.html", context, status=409)


def show_again(request: ActingRequest, pk: int, form: MonthForm, *, sending: bool) -> HttpResponse:
    """What was valid is saved; the rest stands in the form with its messages."""
    kept = _("What is right was saved. What is marked below is not saved yet, but still on this page.")
    messages.warning(request, " ".join([_("Not sent."), kept]) if sending else kept)
    row = get_report(request, pk)
    context = editing_context(request, row, form)
    return render(request, "reports/report_edit.html", context, status=422)


def doubts_to_see(request: ActingRequest, pk: int, count: int) -> HttpResponse:
    """Saved; the page shows what is to be looked at again before it is sent."""
    text = ngettext(
        "Saved, not sent yet: look at %(count)s figure again. Say why; or, if it is right, send again: "
        "the office then reads that you checked it.",
        "Saved, not sent yet: look at %(count)s figures again. Say why; or, if they are right, send "
        "again: the office then reads that you checked them.",
        count,
    )
    messages.warning(request, text % {"count": count})
    return lead_to(request, pk)


def told_of_sending(request: ActingRequest, outcome: actions.Sending, form: MonthForm) -> HttpResponse:
    report, refusal = outcome.report, outcome.refusal
    if isinstance(refusal, actions.FiguresMissing):
        form.require({measure.code for measure in refusal.missing})
        return show_again(request, report.pk, form, sending=True)
    if isinstance(refusal, actions.AnswersMissing):
        form.require_answers({question.pk for question in refusal.missing})
        return show_again(request, report.pk, form, sending=True)
    if refusal is not None:
        messages.warning(request, str(refusal.message))
        return lead_to(request, report.pk)
    text = _("Sent to %(office)s. Thank you.") % {"office": report.office.name}
    messages.success(request, text)
    return lead_to(request, report.pk)


def editing_context(request: ActingRequest, row: MonthlyReport, form: MonthForm) -> dict[str, Any]:
    """What the school's page shows: counts speak of what is stored, fields of what was typed."""
    today = timezone.localdate()
    lines, work = queries.figure_lines(row), queries.work_lines(row, today)
    missing = [form.label_of(line) for line in lines if line.figure is None]
    sending = senders(row.unit, today)
    levels, may_send = form.sections(), sends(request.posting, row, sending)
    return {
        "report": row,
        "form": form,
        "levels": levels,
        **page_context(request, form, levels, may_send=may_send),
        "doubted": form.doubted(),
        "work_rows": form.work_rows(),
        "question_groups": form.question_groups(),
        "is_worded": bool(row.difficulties or row.proposals or any(one.answer for one in form.questions)),
        "figures_total": len(lines),
        "figures_done": len(lines) - len(missing),
        "missing": missing,
        "work_total": sum(line.is_open for line in work),
        "work_waiting": sum(line.needs_word for line in work),
        "may_send": may_send,
        "senders": [one.user.full_name for one in sending],
        "briefing": built_briefing(row),
        "comments": comments_of(row),
        "may_close": True,
        "today": today,
    }


def built_briefing(row: MonthlyReport) -> Briefing | None:
    """The accepting office's briefing of the month, where it was built without this report. One query."""
    return Briefing.objects.filter(office=row.office_id, period=row.period_id).first()


SENT_STATES = (ReportState.SENT, ReportState.ACCEPTED)


def reading_context(request: ActingRequest, row: MonthlyReport) -> dict[str, Any]:
    """What the school's people and its offices read. What the school has not sent is not shown to offices."""
    today = timezone.localdate()
    posting = request.posting
    is_own = rules.is_of_own_unit(posting, row)
    shown = is_own or not row.is_editable
    reviewing = row.state == ReportState.SENT and rules.may_review(posting, row)
    lines = queries.figure_lines(row) if shown else []
    return {
        "report": row,
        "is_own": is_own,
        "code": code_of(row.period),
        "shown": shown,
        "lines": lines,
        **figures_read(row, lines),
        "reviewing": reviewing,
        "work": [line for line in queries.work_lines(row, today) if line.sent] if shown else [],
        "answered": [line for line in question_lines(row) if line.answer] if shown else [],
        "accept_form": AcceptForm(initial={"version": row.version}) if reviewing else None,
        "return_form": ReturnForm(report=row, done=queries.reported_done(row)) if reviewing else None,
        "excuse_form": excuse_form(request, row),
        "comments": comments_of(row) if shown else [],
        "may_comment": rules.may_comment(posting, row),
        "may_close": rules.may_close_comment(posting, row),
        "may_send": is_own and row.state in SENT_STATES and may_send_now(posting, row, today),
        "versions": former_versions(row, lines) if shown else [],
        "today": today,
    }


@dataclass(frozen=True)
class ReadDoubt:
    """A doubt in words."""

    doubtful: Doubtful
    words: str


@dataclass(frozen=True)
class ReadLine:
    """A figure as it is read, with what is doubtful about it."""

    line: FigureLine
    doubts: list[ReadDoubt]

    @property
    def is_unexplained(self) -> bool:
        return any(not one.doubtful.remark for one in self.doubts)


def figures_read(row: MonthlyReport, lines: list[FigureLine]) -> dict[str, list[ReadLine]]:
    """The figures, and the doubtful ones of them. One query, or none without figures."""
    if not lines:
        return {"figures": [], "doubted": []}
    found = doubts_at(lines, rules_of(row.period))
    measures = {(line.measure.level, line.measure.stem): line.measure for line in lines}
    read = [
        ReadLine(
            line, [ReadDoubt(one, doubt_in_words(one, measures)) for one in found.get(line.measure.code, ())]
        )
        for line in lines
    ]
    return {"figures": read, "doubted": [one for one in read if one.doubts]}


def excuse_form(request: ActingRequest, row: MonthlyReport) -> ExcuseForm | None:
    """For whoever would accept the report, as long as it is not in."""
    if not row.is_editable or not rules.may_excuse(request.posting, row):
        return None
    return ExcuseForm(initial={"version": row.version})


@require_safe
def sheet(request: ActingRequest, pk: int) -> HttpResponse:
    """The report on paper, for stamp and file."""
    row = get_report(request, pk)
    context = reading_context(request, row)
    if not context["shown"]:
        raise PermissionDenied
    return render(request, "reports/report_sheet.html", context | {"head": report_head(row)})


# --- review ----------------------------------------------------------------------------------------


def get_report_to_review(request: ActingRequest, pk: int) -> MonthlyReport:
    row = get_report(request, pk)
    if not rules.may_review(request.posting, row):
        raise PermissionDenied
    return row


@require_POST
def accept(request: ActingRequest, pk: int) -> HttpResponse:
    row = get_report_to_review(request, pk)
    form = AcceptForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        actions.accept_report(report=row, version=version, by=request.posting, now=timezone.now())
    except EditConflict:
        messages.warning(request, changed_meanwhile())
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Accepted: the report of %(unit)s.") % {"unit": row.unit.short_name})
    return redirect("reports:report", pk=pk)


@require_POST
def send_back(request: ActingRequest, pk: int) -> HttpResponse:
    row = get_report_to_review(request, pk)
    form = ReturnForm(request.POST, report=row, done=queries.reported_done(row))
    if not form.is_valid() and row.state == ReportState.SENT:
        context = reading_context(request, row) | {"return_form": form}
        return render(request, "reports/report_read.html", context, status=422)
    try:
        actions.return_report(
            report=row,
            version=form.cleaned_data.get("version", 0),
            reason=form.cleaned_data.get("reason", ""),
            send_back=form.cleaned_data.get("send_back", ()),
            by=request.posting,
            now=timezone.now(),
        )
    except EditConflict:
        messages.warning(request, changed_meanwhile())
        context = reading_context(request, get_report(request, pk)) | {"return_form": form}
        return render(request, "reports/report_read.html", context, status=409)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        text = _("Returned to %(unit)s with your reason.") % {"unit": row.unit.short_name}
        messages.success(request, text)
    return redirect("reports:report", pk=pk)


def changed_meanwhile() -> str:
    return _(
        "The report has changed since you opened it. Nothing was done; look at it as it is now, then decide."
    )


@require_POST
def excuse(request: ActingRequest, pk: int) -> HttpResponse:
    """Take the unit off this month's list, with the reason."""
    row = get_report(request, pk)
    if not rules.may_excuse(request.posting, row):
        raise PermissionDenied
    form = ExcuseForm(request.POST)
    if not form.is_valid():
        context = reading_context(request, row) | {"excuse_form": form}
        return render(request, "reports/report_read.html", context, status=422)
    try:
        excuse_unit(
            report=row,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            by=request.posting,
            now=timezone.now(),
        )
    except EditConflict:
        messages.warning(request, changed_meanwhile())
        context = reading_context(request, get_report(request, pk)) | {"excuse_form": form}
        return render(request, "reports/report_read.html", context, status=409)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        text = _("%(unit)s is excused from %(period)s.")
        messages.success(request, text % {"unit": row.unit.short_name, "period": row.period})
    return redirect("reports:report", pk=pk)
