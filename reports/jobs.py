"""Background work on reports: opening months, building briefings."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from eduportal.base.errors import Refused
from reports.actions import open_due_periods
from reports.actions.briefing import build_briefing
from reports.actions.digests import write_digests
from reports.actions.joint import STEP, open_rows, work_off
from reports.actions.sweeping import remind_of_deadlines
from reports.models import JointAcceptance
from reports.queries.figures import code_of
from reports.queries.plan import due_briefings
from schools.actions import stored_period
from schools.models import Office, Period, Posting
from trail.actions import enqueue
from trail.kinds import Progress, daily, every, job_kind
from trail.models import Job
from trail.post import writing_hours

BUILD_BRIEFING = "reports.build_briefing"
WORK_OFF = "reports.accept_jointly"


@job_kind("reports.open_month", label=_("Open the reports that are due"), every=daily(hour=1))
def open_months(progress: Progress) -> dict[str, Any]:
    """Open what has come to its opening day. Every night; opens nothing twice and skips no month."""
    progress(10)
    opened = open_due_periods(by=None, today=timezone.localdate())
    return {
        "months": [code_of(one.period) for one in opened],
        "opened": sum(one.opened for one in opened),
        "without_office": sorted({school.name for one in opened for school in one.without_office}),
    }


@job_kind(BUILD_BRIEFING, label=_("Build a briefing"))
def build(
    progress: Progress, *, office_id: int, period_id: int, posting_id: int | None = None
) -> dict[str, Any]:
    """Build an office's briefing of a period, or build it anew."""
    office, period = Office.objects.get(pk=office_id), Period.objects.get(pk=period_id)
    progress(10, gettext("Counting %(office)s, %(period)s") % {"office": office.name, "period": period})
    briefing = build_briefing(
        office=office,
        period=period,
        by=Posting.objects.select_related("user").get(pk=posting_id) if posting_id else None,
        today=timezone.localdate(),
        now=timezone.now(),
    )
    return {"briefing": briefing.pk, "url": briefing.get_absolute_url()}


def ask_for_briefing(office: Office, period: Period, by: Posting | None) -> Job:
    """Queue the building of a briefing; of a period only named, too. Asked for twice, it is one job."""
    period = stored_period(period)
    return enqueue(
        BUILD_BRIEFING,
        key=f"{office.pk}:{period.pk}",
        args={"office_id": office.pk, "period_id": period.pk, "posting_id": by.pk if by else None},
        by=by,
        unit_id=office.pk,
    )


@job_kind("reports.build_due_briefings", label=_("Build the briefings that are due"), every=daily(hour=5))
def build_due(progress: Progress) -> dict[str, Any]:
    """Each morning, ask for the briefings that offices await by then and that are not built yet."""
    due = due_briefings(timezone.localdate())
    progress(50)
    for one in due:
        ask_for_briefing(one.office, one.period, None)
    return {"asked_for": len(due)}


@job_kind("reports.remind", label=_("Remind of deadlines"), every=every(minutes=15))
def remind(progress: Progress) -> dict[str, Any]:
    """In the hours in which people may be written to: what is due today, then a letter for each person.

    Looks again all day, for what a fault in the morning left out; finds most of it said.
    """
    now = timezone.now()
    if not writing_hours().hold(timezone.localtime(now)):
        return {}
    reminders = remind_of_deadlines(now=now)
    progress(60)
    return {"reminders": reminders, "letters": write_digests(now=now)}


@job_kind(WORK_OFF, label=_("Accept reports together"))
def work_off_joint(progress: Progress, *, acceptance_id: int) -> dict[str, Any]:
    """Accept the reports of a joint acceptance, or take them back, while whoever asked for it may."""
    acceptance = JointAcceptance.objects.select_related("posting__unit", "undone_by__unit").get(
        pk=acceptance_id
    )
    asked = acceptance.undone_by or acceptance.posting
    if not Posting.objects.on(timezone.localdate()).filter(pk=asked.pk).exists() or not asked.user.is_active:
        raise Refused(gettext("You no longer act for this office. What was done so far stays."))
    work_off(acceptance, now=timezone.now(), progress=progress)
    return {"url": acceptance.get_absolute_url()}


def work_off_soon(acceptance: JointAcceptance, by: Posting) -> Job | None:
    """A few reports are worked on at once, many by a job, which is given then. Asked for twice, it is one."""
    if len(open_rows(acceptance)) <= STEP:
        work_off(acceptance, now=timezone.now(), progress=lambda percent, note="": None)
        return None
    args, key = {"acceptance_id": acceptance.pk}, f"{acceptance.pk}{'.undo' if acceptance.undone_at else ''}"
    return enqueue(WORK_OFF, key=key, args=args, by=by, unit_id=acceptance.office_id)
