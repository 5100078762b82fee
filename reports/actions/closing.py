"""A unit closes: what becomes of the reports that are expected of it, and of those that it was to accept."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.models import MonthlyReport, ReportState
from reports.models.monthly import MonthlyReportQuerySet
from schools.models import Posting, Unit
from schools.queries.accepting import accepting_offices
from schools.reorganisation import Follower
from trail.actions import record, settle


def unaccepted(unit: Unit) -> MonthlyReportQuerySet:
    """Reports that an office has still to accept, whoever is to send them. Lazy."""
    return MonthlyReport.objects.filter(office=unit.pk).exclude(
        state__in=[ReportState.ACCEPTED, ReportState.EXCUSED]
    )


def reports_left_open(unit: Unit) -> list[str]:
    """In words, for whoever closes the unit. Two queries."""
    own = MonthlyReport.objects.filter(unit=unit.pk).missing().count()
    others = unaccepted(unit).count()
    not_sent = ngettext("%(count)s report not sent", "%(count)s reports not sent", own)
    to_accept = ngettext("%(count)s report to accept", "%(count)s reports to accept", others)
    said = [(own, not_sent), (others, to_accept)]
    return [words % {"count": count} for count, words in said if count]


def carry_over_reports(unit: Unit, by: Posting | None) -> None:
    """Within a transaction; safe to run twice."""
    excuse_cut_short(unit, by)
    hand_over_acceptance(unit, by)


def excuse_cut_short(unit: Unit, by: Posting | None) -> None:
    """A month is expected of whoever exists at its end: one opened before that expects a unit that closed no
    more. Reports of months that it saw to the end are still owed; its office may excuse them."""
    rows = MonthlyReport.objects.select_for_update(of=("self",)).filter(unit=unit.pk)
    reason = _("The unit exists no more since %(day)s.") % {"day": f"{unit.valid_to:%d/%m/%Y}"}
    for report in rows.missing().filter(period__data_to__gte=unit.valid_to).order_by("pk"):
        report.claim(report.version)
        report.state, report.reason = ReportState.EXCUSED, reason
        report.reviewed_at, report.reviewed_by = timezone.now(), by.user if by else None
        report.save(update_fields=["state", "reason", "reviewed_at", "reviewed_by"])
        settle(about=report)
        record("report.excused", about=report, by=by, unit_id=unit.pk, data={"reason": reason})


def hand_over_acceptance(unit: Unit, by: Posting | None) -> None:
    """What an office that closed has not accepted is its successor's to accept, or the office's above it."""
    if unit.is_school or unit.valid_to is None:
        return
    last_day = unit.valid_to - dt.timedelta(days=1)
    office = unit.successor_id or accepting_offices(last_day).get(unit.pk)
    if office is None:
        return
    for report in unaccepted(unit).select_for_update(of=("self",)).order_by("pk"):
        report.claim(report.version)
        report.office_id = office
        report.save(update_fields=["office"])
        data = {"office": [unit.pk, office]}
        record("report.handed_over", about=report, by=by, unit_id=report.unit_id, data=data)


FOLLOWER = Follower(reports_left_open, carry_over_reports)
