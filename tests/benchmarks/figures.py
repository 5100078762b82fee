"""What the units of a generated province report, and what its department wants them to reach."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from decimal import Decimal

from reports.models import MonthlyReport, ReportState
from schools.actions import school_year_period
from schools.models import Office, Period, Posting, School, SchoolLevel, StandardRecognition
from targets.actions import Goal, set_target
from targets.models import Comparator, Counted, Indicator, Measure, Observation, ObservationStatus

STATUS_OF = {
    ReportState.SENT: ObservationStatus.SENT,
    ReportState.ACCEPTED: ObservationStatus.ACCEPTED,
    ReportState.RETURNED: ObservationStatus.DRAFT,
}
# By stem of the measure, of so many classes. What only some months ask for does not change in between.
VALUES: dict[str, Callable[[int, random.Random], int]] = {
    "classes": lambda classes, chance: classes,
    "pupils": lambda classes, chance: classes * 32 + chance.randint(-3, 3),
    "attending": lambda classes, chance: classes * 31 - chance.randint(3, 9),
    "teachers": lambda classes, chance: round(classes * 1.6),
    "nursery": lambda classes, chance: classes * 8,
    "kindergarten": lambda classes, chance: classes * 23,
    "five_year_olds": lambda classes, chance: classes * 8,
    "of_age": lambda classes, chance: classes * 31,
    "six_in_grade_one": lambda classes, chance: classes * 6,
    "final_grade": lambda classes, chance: classes * 7,
    "completed": lambda classes, chance: classes * 7 - chance.randint(0, 3),
    "graduated": lambda classes, chance: classes * 7 - chance.randint(0, 3),
    "teachers_at_standard": lambda classes, chance: round(classes * 1.5),
    "classrooms": lambda classes, chance: classes + 1,
    "solid_classrooms": lambda classes, chance: classes - chance.randint(0, 1),
}
# The children of each age who live in a commune, about as many as its schools have.
RESIDENTS = {
    "age_0_2": 900,
    "age_3_5": 960,
    "age_5": 330,
    "age_6_10": 2_100,
    "age_6": 400,
    "age_11_14": 1_300,
}
MOSTLY = 0.9
# Of a hundred schools, and the days back over which the decisions lie: some have lapsed.
RECOGNISED, OLDEST_DECISION = 60, 1_940
# Indicators in the order of lists, every second one: counts, rates, what communes count, the register.
TARGETS_SET = 30


def observations(
    period: Period, reports: list[MonthlyReport], chance: random.Random
) -> Iterator[Observation]:
    """The figures of these reports: classes as ever, pupils a few more or fewer; residents by communes."""
    measures: dict[str, list[Measure]] = {}
    for measure in Measure.objects.order_by("position"):
        if measure.is_asked_in(period):
            measures.setdefault(measure.level, []).append(measure)
    levels: dict[int, list[str]] = {}
    for school, level in SchoolLevel.objects.order_by("pk").values_list("school", "level"):
        levels.setdefault(school, []).append(level)
    for report in reports:
        for level in levels.get(report.unit_id, [""]):
            for measure in measures[level]:
                yield Observation(
                    unit_id=report.unit_id,
                    measure=measure,
                    period=period,
                    status=STATUS_OF[report.state],
                    status_at=report.sent_at,
                    value=Decimal(figure(measure, report.unit_id, chance)),
                )


def figure(measure: Measure, unit: int, chance: random.Random) -> int:
    """What a unit reports; of the many figures of June so many a class, and mostly yes."""
    if measure.counts == Counted.YES:
        return int(chance.random() < MOSTLY)
    if measure.stem in RESIDENTS:
        return RESIDENTS[measure.stem] + unit % 50
    classes = 6 + unit % 19
    return VALUES[measure.stem](classes, chance) if measure.stem in VALUES else classes * 6


def recognitions(today: dt.date, chance: random.Random) -> Iterator[StandardRecognition]:
    """Decisions of the last five years and a little more."""
    for school in School.objects.order_by("pk"):
        if chance.randint(1, 100) <= RECOGNISED:
            decided = today - dt.timedelta(days=30 + chance.randint(0, OLDEST_DECISION))
            yield StandardRecognition(
                school=school,
                level=1 + (chance.randint(1, 100) <= 20),
                decision_number=f"{school.pk}/QĐ-UBND",
                valid_from=decided,
                valid_to=decided.replace(year=decided.year + 5, day=min(decided.day, 28)),
            )


def set_targets(department: Office, year: int, by: Posting) -> None:
    """Targets of the department for the school year that begins in a year, and the one before."""
    indicators = list(Indicator.objects.order_by("position")[: 2 * TARGETS_SET : 2])
    for begun in (year - 1, year):
        for indicator in indicators:
            set_target(
                unit=department,
                indicator=indicator,
                period=school_year_period(begun),
                goal=Goal(Comparator.GE, Decimal(95 if indicator.is_rate else 9_000)),
                by=by,
            )
