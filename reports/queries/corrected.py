"""What was corrected since a briefing was built: which reports, and by how much."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from reports.models import Briefing, MonthlyReport, ReportState, ReportVersion, VersionOutcome
from reports.queries.figures import reports_beneath
from reports.queries.versions import Difference, figures_in
from targets.arithmetic import Figure
from targets.models import Measure, Observation


@dataclass(frozen=True)
class CorrectedReport:
    """A report whose correction was accepted after the briefing was built.

    `differences`: from what the briefing counted to what it says now; empty where only words differ, or where
    it had not come in then.
    """

    report: MonthlyReport
    differences: list[Difference] = field(default_factory=list)


def corrected_since(briefing: Briefing) -> list[CorrectedReport]:
    """In the order of their units. One query where nothing was corrected, else four."""
    rows = reports_beneath(briefing.office, briefing.period).filter(state=ReportState.ACCEPTED)
    rows = rows.exclude(correction="").filter(reviewed_at__gt=briefing.built_at)
    reports = list(rows.select_related("unit", "period").order_by("unit__sort_key"))
    if not reports:
        return []
    then = counted_then(briefing, reports)
    now: dict[int, dict[str, Figure]] = {report.unit_id: {} for report in reports}
    total = Observation.objects.filter(unit__in=now, period=briefing.period_id, breakdown="total")
    for observation in total.select_related("measure"):
        now[observation.unit_id][observation.measure.code] = observation.figure
    codes = {code for figures in (*then.values(), *now.values()) for code in figures}
    measures = list(Measure.objects.filter(code__in=codes).order_by("position", "pk"))
    return [
        CorrectedReport(one, differences(measures, then.get(one.pk), now[one.unit_id])) for one in reports
    ]


def counted_then(briefing: Briefing, reports: list[MonthlyReport]) -> dict[int, dict[str, Figure]]:
    """The figures of these reports that counted when the briefing was built. One query."""
    versions = ReportVersion.objects.filter(
        report__in=reports, outcome=VersionOutcome.CORRECTED, sent_at__lte=briefing.built_at
    )
    return {version.report_id: figures_in(version) for version in versions.order_by("number")}


def differences(
    measures: list[Measure], then: Mapping[str, Figure] | None, now: Mapping[str, Figure]
) -> list[Difference]:
    """Without queries."""
    if then is None:
        return []
    return [
        Difference(measure, then.get(measure.code), now.get(measure.code))
        for measure in measures
        if then.get(measure.code) != now.get(measure.code)
    ]


def summed(corrected: list[CorrectedReport]) -> list[tuple[Measure, Decimal]]:
    """How much all corrections together add, measure by measure; what cancels itself out is left out."""
    found: dict[Measure, Decimal] = {}
    for one in corrected:
        for row in one.differences:
            found[row.measure] = found.get(row.measure, Decimal(0)) + row.change
    return [(measure, by) for measure, by in found.items() if by]
