"""Who has not sent a month's report, with whom to call and what has been said to them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from reports.models import MonthlyReport, ReportState
from reports.models.monthly import MonthlyReportQuerySet
from reports.notices import REMINDER
from reports.queries.people import Staffing, staffing
from schools.models import Posting, School, SchoolLevel, UnitKind
from trail.models import Notification

NOT_BEGUN, BEGUN, RETURNED = "not_begun", "begun", "returned"
STATE_LABELS = {NOT_BEGUN: _("not begun"), BEGUN: _("begun"), RETURNED: _("returned")}
COMMUNES = "commune"
"""In the filter of levels: the communes themselves, which teach none."""


@dataclass(frozen=True)
class MissingRow:
    """A unit whose report is not in. `days_late` is 0 while there is still time."""

    report: MonthlyReport
    people: Staffing
    days_late: int
    reminded_at: dt.datetime | None
    reminded_by: str

    @property
    def state(self) -> str:
        if self.report.state == ReportState.RETURNED:
            return RETURNED
        return BEGUN if self.report.was_begun else NOT_BEGUN

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[self.state])

    @property
    def head(self) -> str:
        """Who answers for it; where nobody is posted as head, whoever else works on it."""
        return ", ".join(one.user.full_name for one in self.contacts)

    @property
    def phones(self) -> list[str]:
        """The unit's own telephone first, then those of its head, each once."""
        numbers = [self.report.unit.phone, *(one.user.phone for one in self.contacts)]
        return list(dict.fromkeys(number for number in numbers if number))

    @property
    def mails(self) -> list[str]:
        return [one.user.email for one in self.contacts if one.user.email]

    @property
    def contacts(self) -> list[Posting]:
        return self.people.heads or self.people.others


def missing_of(
    reports: MonthlyReportQuerySet, *, on: dt.date, level: str = "", state: str = "", cluster: str = ""
) -> MonthlyReportQuerySet:
    """The reports that are not in; of them those of a cluster, of a level on a day. Lazy."""
    rows = reports.missing()
    if level == COMMUNES:
        rows = rows.filter(unit__kind=UnitKind.COMMUNE)
    elif level:
        taught = SchoolLevel.objects.on(on).filter(school=OuterRef("unit"), level=level)
        rows = rows.filter(Exists(taught))
    parts = {
        NOT_BEGUN: Q(state=ReportState.EXPECTED, saved_at__isnull=True),
        BEGUN: Q(state=ReportState.EXPECTED, saved_at__isnull=False),
        RETURNED: Q(state=ReportState.RETURNED),
    }
    rows = rows.filter(parts.get(state, Q()))
    rows = in_cluster(rows, cluster)
    return rows.select_related("unit", "office", "period").order_by(
        "office__sort_key", "unit__sort_key", "pk"
    )


def in_cluster(reports: MonthlyReportQuerySet, cluster: str) -> MonthlyReportQuerySet:
    """Of these, those of the schools of a cluster; without one all of them. Lazy."""
    return (
        reports.filter(unit__in=School.objects.filter(cluster=cluster).values("pk")) if cluster else reports
    )


def missing_rows(reports: Iterable[MonthlyReport], today: dt.date) -> list[MissingRow]:
    """These reports with their people and last reminders, by office. Four queries, however many there are."""
    listed = list(reports)
    people = staffing([report.unit_id for report in listed], today)
    reminders = last_reminders(report.pk for report in listed)
    return [
        MissingRow(
            report=report,
            people=people[report.unit_id],
            days_late=max((today - report.due_on).days, 0),
            reminded_at=said.created_at if (said := reminders.get(report.pk)) else None,
            reminded_by=said.actor_name if said else "",
        )
        for report in listed
    ]


def last_reminders(reports: Iterable[int]) -> dict[int, Notification]:
    """The newest reminder of each report, by its primary key. One query."""
    model = MonthlyReport._meta.label_lower
    rows = Notification.objects.filter(kind=REMINDER, object_type=model, object_id__in=list(reports))
    return {row.object_id: row for row in rows.order_by("created_at", "pk")}


def reminded_today(units: Iterable[int], today: dt.date) -> set[int]:
    """Of these units, those that were reminded on a day, of whatever month. One query."""
    rows = Notification.objects.filter(kind=REMINDER, unit_id__in=list(units), created_at__date=today)
    return set(rows.values_list("unit_id", flat=True))
