"""What stands on the desks of those who work: staff, records officers, schools, administrators."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, QuerySet

from directives.models import Assignment, Directive, DirectiveState
from directives.queries import office_assignments
from directives.queries.counting import shown_counts
from directives.queries.extensions import refusals_to_answer, requests_to_decide
from directives.standing import DUE_SOON, Standing
from reports.models import Briefing, Meeting, MonthlyReport
from reports.queries.briefing import newest_closed_month, sees_whole
from reports.queries.dashboard import OwedMonth, owed_months
from reports.queries.review import waiting_for
from reports.rules import may_hold_briefings
from schools.models import Period, Posting, Unit
from targets.queries.pledges import pledges_to_decide
from trail.kinds import HOLDING, NOTICES
from trail.models import Notification

MOST_SHOWN = 10
OF_LATE = dt.timedelta(days=35)


class Step(StrEnum):
    """What is next on the way from a month's figures to the conclusion notice being issued."""

    BUILD = "build"
    MEET = "meet"
    CONCLUDE = "conclude"
    WAIT = "wait"


@dataclass(frozen=True)
class NextBriefing:
    """How far the office is with the briefing of its newest closed month."""

    period: Period
    briefing: Briefing | None

    @property
    def meeting(self) -> Meeting | None:
        return getattr(self.briefing, "meeting", None)

    @property
    def step(self) -> Step:
        """Build it; read it and enter its meeting; draft the notice; wait for its number."""
        if self.briefing is None:
            return Step.BUILD
        if self.meeting is None:
            return Step.MEET
        return Step.CONCLUDE if self.meeting.notice is None else Step.WAIT


@dataclass(frozen=True)
class Owed:
    """The months of reports that are owed: each of late with a line of its own, those of long ago in one."""

    of_late: list[OwedMonth]
    long_ago: list[OwedMonth]


def by_age(months: Iterable[OwedMonth], today: dt.date) -> Owed:
    """Of late is what fell due within the last month or so, or is not due yet. Pure."""
    owed = Owed([], [])
    for one in months:
        (owed.of_late if today - one.due_on <= OF_LATE else owed.long_ago).append(one)
    return owed


@dataclass(frozen=True)
class StaffDesk:
    drafts: list[Directive]
    to_review: int
    review_period: Period | None
    owed: Owed
    standing: dict[str, int]
    own_tasks: list[Assignment]
    briefing: NextBriefing | None
    extensions: int = 0
    pledges: int = 0
    refusals: int = 0

    @property
    def overdue(self) -> int:
        return self.standing[Standing.OVERDUE]


def staff_desk(posting: Posting, today: dt.date) -> StaffDesk:
    """What waits for a member of staff who acts for an office. Twelve queries."""
    user, office = posting.user, posting.acting_unit
    by_month = (
        waiting_for(posting).order_by().values("period").annotate(n=Count("pk")).order_by("period__data_from")
    )
    first = by_month.first()
    missing = MonthlyReport.objects.visible_to(user).beneath(office).missing()
    return StaffDesk(
        drafts=list(documents_of(user, office, DirectiveState.DRAFT)),
        to_review=first["n"] if first else 0,
        review_period=Period.objects.get(pk=first["period"]) if first else None,
        standing=shown_counts(office_assignments(office, today).visible_to(user), today),
        extensions=requests_to_decide(posting).count(),
        pledges=pledges_to_decide(posting).count(),
        refusals=refusals_to_answer(posting).count(),
        owed=by_age(owed_months(missing), today),
        own_tasks=list(open_tasks(office, posting.unit)[:MOST_SHOWN]),
        briefing=next_briefing(posting, today),
    )


def documents_of(user: Any, office: Unit, state: str) -> QuerySet[Directive]:
    """The office's documents in a state, oldest first."""
    documents = Directive.objects.visible_to(user).for_lists()
    return documents.filter(office=office.pk, state=state).order_by("pk")[:MOST_SHOWN]


def open_tasks(*units: Unit) -> QuerySet[Assignment]:
    """The units' own open assignments, the nearest day first."""
    rows = Assignment.objects.filter(unit__in=units).open().with_document()
    return rows.order_by(F("deadline").asc(nulls_last=True), "pk")


def next_briefing(posting: Posting, today: dt.date) -> NextBriefing | None:
    """The newest closed month of the office with its briefing, if it has one. Two queries.

    None for those who hold no briefings of their office, or do not see all that they speak of, and once it
    is concluded: then there is nothing more to do.
    """
    office = posting.acting_unit
    if not may_hold_briefings(posting, office) or not sees_whole(posting):
        return None
    period = newest_closed_month(office, today)
    if period is None:
        return None
    rows = Briefing.objects.filter(office=office.pk, period=period)
    built = rows.select_related("office", "period", "meeting__notice").first()
    return None if built and built.is_concluded else NextBriefing(period, built)


@dataclass(frozen=True)
class SchoolDesk:
    """A school's months still to send, oldest first, its open work, and the last month that is in."""

    to_send: list[MonthlyReport]
    last_sent: MonthlyReport | None
    tasks: list[Assignment]
    standing: dict[str, int]

    @property
    def open_count(self) -> int:
        running = (Standing.RUNNING, DUE_SOON, Standing.OVERDUE, Standing.NO_DEADLINE)
        return sum(self.standing[code] for code in running)


def school_desk(posting: Posting, today: dt.date) -> SchoolDesk:
    """What waits for a principal or clerk. Four queries."""
    own = MonthlyReport.objects.filter(unit=posting.unit_id).select_related("period")
    return SchoolDesk(
        to_send=list(own.missing().order_by("period__data_from")),
        last_sent=own.received().order_by("-period__data_from").first(),
        tasks=list(open_tasks(posting.unit)[:MOST_SHOWN]),
        standing=shown_counts(Assignment.objects.filter(unit=posting.unit_id), today),
    )


@dataclass(frozen=True)
class Notice:
    """A word to a unit, in the reader's language."""

    words: str
    url: str
    at: dt.datetime


def notices_to(posting: Posting) -> list[Notice]:
    """What asks something of the unit in whose name a person acts, newest first.

    A kind that this version of the portal does not know is left out. One query, and one more for each kind
    that says by itself whether it still holds.
    """
    rows = Notification.objects.open().filter(unit_id=posting.acting_unit.pk, kind__in=NOTICES)
    listed = holding(rows[: 2 * MOST_SHOWN])[:MOST_SHOWN]
    return [Notice(NOTICES[row.kind].said(row.data), row.url, row.created_at) for row in listed]


def holding(rows: Iterable[Notification]) -> list[Notification]:
    """Those that still hold, in their order."""
    listed = list(rows)
    for kind, holds in HOLDING.items():
        asked = [row for row in listed if row.kind == kind]
        held = holds(asked) if asked else set()
        listed = [row for row in listed if row.kind != kind or row.pk in held]
    return listed


def own_months_to_send(posting: Posting) -> list[MonthlyReport]:
    """A commune's own reports that are still to be sent, oldest first. One query."""
    own = MonthlyReport.objects.filter(unit=posting.acting_unit.pk).select_related("period")
    return list(own.missing().order_by("period__data_from"))
