"""Reads over the plans of briefings: which parts, which periods, and what is due."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from reports.models import LONGER_KINDS, Briefing, BriefingPlan, MonthlyReport
from reports.queries.briefing import buildable_months, newest_closed_month
from reports.wording.parts import Part
from schools.models import Office, Period, PeriodKind, Unit
from schools.periods import Named, newest_ended, report_due_on


def plan_of(office: Unit) -> BriefingPlan | None:
    """One query."""
    return BriefingPlan.objects.filter(office=office.pk).first()


def parts_of(office: Unit) -> list[Part]:
    """The parts of which an office's briefings consist; none: the portal's own. One query."""
    plan = plan_of(office)
    return plan.composed if plan else []


def buildable(office: Unit, today: dt.date) -> list[Period]:
    """The periods of which an office may have a briefing built: the opened months whose briefing is not
    concluded, newest first, then the longer periods that hold an opened month. Three queries.

    Longer periods that nothing was asked for are named only, and stored when the briefing is built.
    """
    months = list(buildable_months(office).filter(kind=PeriodKind.MONTH))
    return [*months, *longer_around(office, today)]


def longer_around(office: Unit, today: dt.date) -> list[Period]:
    opened = MonthlyReport.objects.beneath(office).filter(period__kind=PeriodKind.MONTH)
    months = Period.objects.filter(pk__in=opened.values("period")).values_list("data_from", "data_to")
    concluded = set(
        Briefing.objects.filter(office=office.pk)
        .concluded()
        .values_list("period__kind", "period__year", "period__ordinal")
    )
    found: dict[Named, tuple[dt.date, dt.date]] = {}
    for first, last in months:
        for named, bounds in longer_with(first, last):
            if (named.kind, named.year, named.ordinal) not in concluded and bounds[0] <= today:
                found[named] = bounds
    ordered = sorted(found, key=lambda one: (found[one][1], -LONGER_KINDS.index(one.kind)), reverse=True)
    stored = {one.named: one for one in Period.objects.filter(kind__in=LONGER_KINDS)}
    return [stored.get(one) or unstored(one, found[one]) for one in ordered]


def longer_with(first: dt.date, last: dt.date) -> Iterable[tuple[Named, tuple[dt.date, dt.date]]]:
    """The quarter, term and years in which a month lies; the summer lies in no term."""
    for kind in LONGER_KINDS:
        named = newest_ended(kind, last, settings.MONTH_STARTS_ON)
        for one in (named, named.following):
            bounds = one.bounds(settings.MONTH_STARTS_ON)
            if bounds[0] <= first and last <= bounds[1]:
                yield one, bounds


def unstored(named: Named, bounds: tuple[dt.date, dt.date]) -> Period:
    first, last = bounds
    return Period(kind=named.kind, year=named.year, ordinal=named.ordinal, data_from=first, data_to=last)


# --- which briefing is due ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class DueBriefing:
    """A briefing that is to be built today. The period may be named only."""

    office: Office
    period: Period


def due_briefings(today: dt.date) -> list[DueBriefing]:
    """What each office that holds schools awaits by today and has no briefing of yet: its newest month, and
    the newest of the longer periods that it has chosen.

    A month is due on the office's own day, or once all its reports were due; a longer period on that day
    after its end, or on the installation's day for reports. Four queries an office.
    """
    plans = {plan.office_id: plan for plan in BriefingPlan.objects.all()}
    due = []
    for office in Office.objects.on(today).holding_schools():
        plan = plans.get(office.pk) or BriefingPlan(office=office)
        periods = [month_due(office, plan, today), *(longer_due(kind, plan, today) for kind in plan.kinds)]
        due += [DueBriefing(office, one) for one in periods if one and not was_built(office, one)]
    return due


def month_due(office: Office, plan: BriefingPlan, today: dt.date) -> Period | None:
    """Two queries at most."""
    if plan.day is None:
        return newest_closed_month(office, today)
    newest = buildable_months(office).filter(kind=PeriodKind.MONTH, data_to__lt=today).first()
    return newest if newest and report_due_on(newest.data_to, plan.day) <= today else None


def longer_due(kind: str, plan: BriefingPlan, today: dt.date) -> Period | None:
    """Without queries."""
    named = newest_ended(kind, today, settings.MONTH_STARTS_ON)
    bounds = named.bounds(settings.MONTH_STARTS_ON)
    day = plan.day or settings.MONTHLY_REPORT_DUE_DAY
    return unstored(named, bounds) if report_due_on(bounds[1], day) <= today else None


def was_built(office: Office, period: Period) -> bool:
    """Or never will be: nothing was opened in it. Two queries at most."""
    same = {"period__kind": period.kind, "period__year": period.year, "period__ordinal": period.ordinal}
    if Briefing.objects.filter(office=office, **same).exists():
        return True
    opened = MonthlyReport.objects.beneath(office)
    within = opened.filter(period__data_from__gte=period.data_from, period__data_to__lte=period.data_to)
    return not within.exists()
