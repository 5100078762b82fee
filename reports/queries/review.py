"""What came in and waits for an office's word, what asks to be looked at first."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from reports.models import FigureComment, JointAcceptance, JointOutcome, MonthlyReport, ReportState
from reports.models.monthly import MonthlyReportQuerySet
from reports.queries.doubts import Doubtful, doubts_among, rules_of
from reports.queries.missing import COMMUNES
from reports.risk import Risk
from schools.models import Period, Posting, SchoolLevel, Unit, UnitKind
from targets.models import Observation
from targets.quality import Check
from trail.models import Notification

TOLD_FOR = dt.timedelta(days=7)
"""How long a unit's first page says that its report was accepted; it asks for nothing."""


@dataclass(frozen=True)
class Waiting:
    """A report that waits for review, with what is doubtful in it."""

    report: MonthlyReport
    risk: Risk
    doubts: tuple[Doubtful, ...] = ()


def waiting_for(by: Posting) -> MonthlyReportQuerySet:
    """What waits for the word of the office in whose name somebody acts. Lazy."""
    seen = MonthlyReport.objects.visible_to(by.user)
    return seen.filter(office=by.acting_unit.pk, state=ReportState.SENT)


def of_level(reports: MonthlyReportQuerySet, level: str, period: Period) -> MonthlyReportQuerySet:
    """Those of schools that teach a level at the month's end, or of communes; without a level, all. Lazy."""
    if level == COMMUNES:
        return reports.filter(unit__kind=UnitKind.COMMUNE)
    if not level:
        return reports
    taught = SchoolLevel.objects.on(period.data_to).filter(school=OuterRef("unit"), level=level)
    return reports.filter(Exists(taught))


def review_queue(reports: MonthlyReportQuerySet, period: Period) -> list[Waiting]:
    """These reports of a month, the greatest risks first, of like ones the newest. Seven queries at most."""
    rows = reports.filter(period=period).select_related("unit", "office", "period")
    rows = rows.annotate(comments_open=Count("comments", filter=Q(comments__closed_at__isnull=True)))
    by_unit = {row.unit_id: row for row in rows.order_by("unit__sort_key", "pk")}
    found: dict[int, list[Doubtful]] = {}
    if by_unit and (rules := rules_of(period)):
        for unit, one in doubts_among(Observation.objects.counting(), period, by_unit, rules):
            found.setdefault(unit, []).append(one)
    queue = [
        Waiting(row, risk_of(row, found.get(unit, ())), tuple(found.get(unit, ())))
        for unit, row in by_unit.items()
    ]
    return sorted(queue, key=lambda one: (one.risk.grade, one.report.sent_at), reverse=True)


def risk_of(row: Any, doubts: Iterable[Doubtful]) -> Risk:
    """Of a report with `comments_open`. No query."""
    listed = list(doubts)
    serious = sum(one.is_serious for one in listed)
    jumps = sum(not one.is_serious and one.doubt.rule.check == Check.JUMP for one in listed)
    return Risk(
        serious=serious,
        jumps=jumps,
        others=len(listed) - serious - jumps,
        unexplained=sum(not one.remark for one in listed),
        comments=row.comments_open,
        is_late=row.was_sent_late,
        is_correction=bool(row.correction),
        was_returned=bool(row.reason) and not row.correction,
    )


def comments_of(row: MonthlyReport) -> list[FigureComment]:
    """What the office said at a report's figures, oldest first. One query."""
    return list(row.comments.select_related("by", "closed_by", "measure"))


def joint_acceptances_of(office: Unit) -> Any:
    """Newest first. Lazy."""
    return JointAcceptance.objects.filter(office=office.pk).select_related(
        "period", "office", "posting__user"
    )


def joint_counts(acceptance: JointAcceptance) -> dict[str, int]:
    """How many reports of it came to what. One query."""
    counted = dict(acceptance.rows.order_by().values_list("outcome").annotate(Count("pk")))
    return {str(outcome): counted.get(outcome, 0) for outcome in JointOutcome}


def told_of_late(notifications: Collection[Notification]) -> set[int]:
    """Of words that ask for nothing, those of the last days."""
    since = timezone.now() - TOLD_FOR
    return {one.pk for one in notifications if one.created_at > since}


def comments_open(notifications: Collection[Notification]) -> set[int]:
    """Of words about comments, those whose comment is open. One query."""
    keys = {one.pk: one.object_id for one in notifications}
    still = set(FigureComment.objects.open().filter(pk__in=keys.values()).values_list("pk", flat=True))
    return {pk for pk, comment in keys.items() if comment in still}
