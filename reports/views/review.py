"""The queue of what came in, accepted together and taken back; words at single figures."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eduportal.base.errors import Refused
from reports import queries, rules
from reports.actions import joint as acting
from reports.actions.commenting import close_comment, comment_on
from reports.forms.review import CommentForm, ReviewForm
from reports.jobs import work_off_soon
from reports.labels import doubt_in_words
from reports.models import FigureComment, JointAcceptance, JointOutcome, MonthlyReport
from reports.queries.doubts import names_of_measures
from reports.queries.figures import code_of
from reports.queries.review import (
    Waiting,
    joint_acceptances_of,
    joint_counts,
    of_level,
    review_queue,
    waiting_for,
)
from reports.views.access import get_report
from schools.middleware import ActingRequest
from schools.models import Period, Posting

PAGE_SIZE = 50


@dataclass(frozen=True)
class Queue:
    """What waits for somebody's word, as far as the filter leaves it."""

    form: ReviewForm
    period: Period | None
    waiting: int
    listed: list[Waiting]

    @property
    def clear(self) -> list[Waiting]:
        """What may be accepted unseen."""
        return [one for one in self.listed if one.risk.is_clear]


def reviewer(request: ActingRequest) -> Posting:
    """Who acts, if they accept reports for an office; to see them is another right."""
    if request.posting is None or not rules.may_keep_list(request.posting):
        raise PermissionDenied
    return request.posting


def asked_queue(by: Posting, asked: QueryDict) -> Queue | None:
    """None for a filter that does not exist, as that of a month of which nothing waits any more."""
    waiting = waiting_for(by)
    form = ReviewForm(asked, periods=queries.periods_of(waiting))
    if not form.is_valid():
        return None
    period = form.chosen
    if period is None:
        return Queue(form, None, 0, [])
    of_month = of_level(waiting, form.cleaned_data["level"], period)
    listed = [one for one in review_queue(of_month, period) if form.lets_through(one)]
    return Queue(form, period, waiting.count(), listed)


@require_safe
def queue(request: ActingRequest) -> HttpResponse:
    """What came in and waits, the greatest risks first."""
    by = reviewer(request)
    asked = asked_queue(by, request.GET)
    if asked is None:
        return redirect("reports:review")
    page = Paginator(asked.listed, PAGE_SIZE).get_page(request.GET.get("page"))
    measures = names_of_measures() if any(one.doubts for one in page) else {}
    context = {
        "form": asked.form,
        "period": asked.period,
        "code": code_of(asked.period) if asked.period else "",
        "waiting": asked.waiting,
        "total": len(asked.listed),
        "clear": len(asked.clear),
        "page": page,
        "rows": [(one, [doubt_in_words(doubt, measures) for doubt in one.doubts]) for one in page],
        "seen": timezone.now().isoformat(),
        "joint": list(joint_acceptances_of(by.acting_unit)[:5]),
    }
    return render(request, "reports/review.html", context)


@require_POST
def accept_clear(request: ActingRequest) -> HttpResponse:
    """Accept all without warnings that the filter leaves, not only those of the page that was shown."""
    by = reviewer(request)
    asked = asked_queue(by, request.POST) if request.POST.get("period") else None
    seen = asked.form.cleaned_data["seen"] if asked else None
    chosen = [one.report for one in asked.clear if shown_by(one.report, seen)] if asked else []
    now = timezone.now()
    try:
        row = acting.ask_to_accept(reports=chosen, by=by, now=now)
    except Refused as refusal:
        messages.info(request, str(refusal.message))
        return redirect("reports:review")
    return followed(row, by)


def shown_by(report: MonthlyReport, seen: dt.datetime | None) -> bool:
    """Whether it was in when the list was shown."""
    return seen is not None and report.sent_at is not None and report.sent_at <= seen


def followed(row: JointAcceptance, by: Posting) -> HttpResponse:
    """Few are done at once; of many, the work is shown."""
    job = work_off_soon(row, by)
    return redirect("job", pk=job.pk) if job else redirect("reports:joint", pk=row.pk)


# --- one joint acceptance -----------------------------------------------------------------------------------


def get_joint(request: ActingRequest, pk: int) -> JointAcceptance:
    """One of the office in whose name somebody acts; to all others there is none."""
    if request.posting is None:
        raise Http404
    rows = joint_acceptances_of(request.posting.acting_unit)
    row = get_object_or_404(rows.select_related("undone_by__user"), pk=pk)
    if not rules.may_accept_jointly(request.posting, row.office):
        raise PermissionDenied
    return row


@require_safe
def joint(request: ActingRequest, pk: int) -> HttpResponse:
    """What became of reports that were accepted together."""
    row, now = get_joint(request, pk), timezone.now()
    outcomes = [JointOutcome.LEFT, JointOutcome.KEPT]
    left = row.rows.filter(outcome__in=outcomes).select_related("report__unit").order_by("pk")
    counts = joint_counts(row)
    context = {
        "row": row,
        "code": code_of(row.period),
        "counts": counts,
        "left": left,
        "unfinished": counts[JointOutcome.ACCEPTED if row.undone_at else JointOutcome.WAITING],
        "may_undo": acting.may_be_undone(row, now) and counts[JointOutcome.ACCEPTED] > 0,
        "until": row.asked_at + acting.UNDONE_WITHIN,
    }
    return render(request, "reports/joint.html", context)


@require_POST
def undo(request: ActingRequest, pk: int) -> HttpResponse:
    """Take it back, but for what changed since."""
    row = get_joint(request, pk)
    try:
        row = acting.ask_to_undo(acceptance=row, by=reviewer(request), now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("reports:joint", pk=pk)
    return followed(row, reviewer(request))


@require_POST
def resume(request: ActingRequest, pk: int) -> HttpResponse:
    """Go on with what was stopped in the middle."""
    return followed(get_joint(request, pk), reviewer(request))


# --- words at figures ---------------------------------------------------------------------------------------


@require_POST
def comment(request: ActingRequest, pk: int) -> HttpResponse:
    """Write at one figure; the unit is told."""
    row = get_report(request, pk)
    if not rules.may_review(request.posting, row):
        raise PermissionDenied
    lines = queries.figure_lines(row)
    form = CommentForm(request.POST, measures=[line.measure for line in lines])
    if not form.is_valid():
        problems = [str(problem) for found in form.errors.values() for problem in found]
        messages.warning(request, not_written(*problems, text=request.POST.get("text", "")))
        return redirect("reports:report", pk)
    measure = form.cleaned_data["measure"]
    try:
        comment_on(
            report=row,
            measure=measure,
            text=form.cleaned_data["text"],
            by=request.posting,
            now=timezone.now(),
        )
    except Refused as refusal:
        messages.warning(request, not_written(str(refusal.message), text=form.cleaned_data["text"]))
    else:
        told = _("%(unit)s reads your comment at “%(measure)s”.")
        messages.success(request, told % {"unit": row.unit.short_name, "measure": measure.name})
    return redirect(f"{reverse('reports:report', args=[pk])}#figure-{measure.pk}")


def not_written(*problems: str, text: str) -> str:
    """Why not, with what was typed, so that it is not lost."""
    said = [_("The comment was not written."), *problems]
    if text := text.strip():
        said.append(_("You had written: “%(text)s”") % {"text": text[:2000]})
    return " ".join(said)


@require_POST
def close(request: ActingRequest, pk: int) -> HttpResponse:
    """Seen by the unit, or taken back by the office."""
    seen = MonthlyReport.objects.visible_to(request.user)
    found = FigureComment.objects.filter(report__in=seen).select_related("report__office", "measure")
    row = get_object_or_404(found, pk=pk)
    if not rules.may_close_comment(request.posting, row.report):
        raise PermissionDenied
    if close_comment(comment=row, by=request.posting, now=timezone.now()):
        messages.success(request, _("The comment is noted as seen."))
    return redirect("reports:report", row.report_id)
