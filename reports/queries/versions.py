"""Versions of a report that stand no longer, beside what it says now."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.models import MonthlyReport, ReportVersion
from reports.queries.monthly import FigureLine
from targets.arithmetic import NOT_APPLICABLE, Figure, number_of
from targets.models import Measure


def figures_in(version: ReportVersion) -> dict[str, Figure]:
    """The figures of a version, by code of the measure. No query."""
    return {code: figure_in(kept["value"]) for code, kept in version.content["figures"].items()}


def figure_in(kept: str | None) -> Figure:
    return NOT_APPLICABLE if kept is None else Decimal(kept)


@dataclass(frozen=True)
class Difference:
    """A figure that another version gives otherwise."""

    measure: Measure
    then: Figure
    now: Figure

    @property
    def change(self) -> Decimal:
        """How much more it is now; what is missing or does not apply counts as nothing."""
        return (number_of(self.now) or Decimal(0)) - (number_of(self.then) or Decimal(0))


@dataclass(frozen=True)
class FormerVersion:
    """A version that stands no longer, with what differs from the report as it is."""

    version: ReportVersion
    differences: list[Difference]


def former_versions(row: MonthlyReport, lines: Sequence[FigureLine]) -> list[FormerVersion]:
    """Newest first. One query, and none of its figures."""
    found = []
    for version in row.versions.select_related("sent_by", "reviewed_by").order_by("-number"):
        then = figures_in(version)
        found.append(
            FormerVersion(
                version,
                [
                    Difference(line.measure, then.get(line.measure.code), line.figure)
                    for line in lines
                    if then.get(line.measure.code) != line.figure
                ],
            )
        )
    return found
