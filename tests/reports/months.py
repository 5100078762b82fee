"""Months of the cast's province, opened and reported, for the tests of what is made of them."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from accounts.models import RoleCode
from reports.actions import monthly, opening
from reports.actions.meeting import hold_meeting
from reports.models import Briefing, Meeting, MonthlyReport
from schools.models import Period, Posting, Unit
from tests.conftest import posted
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory

# The day after November's reports were due (5 December is a Saturday, on which schools work).
BRIEFING_DAY = dt.date(2026, 12, 7)
BRIEFING_TIME = dt.datetime(2026, 12, 7, 8, 30, tzinfo=timezone.get_default_timezone())


AGES = ["age_0_2", "age_3_5", "age_5", "age_6_10", "age_6", "age_11_14"]
POPULATION = [f"population.{stem}" for stem in AGES]
CHILDREN = [210, 240, 81, 400, 79, 330]


def open_months(*months: tuple[int, int]) -> list[Period]:
    opened = []
    for year, month in months:
        opened.append(
            opening.open_month(year=year, month=month, by=None, today=dt.date(year, month, 28)).period
        )
    return opened


def report(unit: Unit, period: Period, *, sent_on: dt.date | None = None, **texts: str) -> "Sending":
    return Sending(MonthlyReport.objects.get(unit=unit, period=period), sent_on, texts)


WHY = "Đã đối chiếu với sổ đăng bộ"


class Sending:
    """`report(school, november).of("primary", 12, 380, 371, 21)` saves and sends it.

    A figure that contradicts another is sent with a word why, as the portal wants it.
    """

    def __init__(self, row: MonthlyReport, sent_on: dt.date | None, texts: dict[str, str]):
        self.row, self.texts = row, texts
        day = sent_on or row.due_on
        self.at = dt.datetime(day.year, day.month, day.day, 9, tzinfo=timezone.get_default_timezone())

    @property
    def head(self) -> Posting:
        """The principal of a school, the leader of a commune."""
        role = RoleCode.PRINCIPAL if self.row.unit.is_school else RoleCode.LEADER
        found = Posting.objects.filter(unit=self.row.unit, role=role).first()
        return found or posted(f"thutruong{self.row.unit_id}", "Thủ Trưởng", self.row.unit, role)

    def of_population(self, *counts: int) -> MonthlyReport:
        """A commune's children by age: 0-2, 3-5, 5, 6-10, 6, 11-14."""
        return self.figures(dict(zip(POPULATION, map(Decimal, counts or CHILDREN), strict=True)))

    def of(self, *levels: tuple[str, int, int, int, int]) -> MonthlyReport:
        figures = {}
        for level, *values in levels:
            for stem, value in zip(["classes", "pupils", "attending", "teachers"], values, strict=True):
                figures[f"{level}.{stem}"] = Decimal(value)
        return self.figures(figures)

    def figures(self, figures: dict[str, Decimal]) -> MonthlyReport:
        by = self.head
        saved = self.save(figures, by)
        try:
            return monthly.send_report(report=saved, version=saved.version, by=by, now=self.at)
        except monthly.DoubtsUnexplained as doubtful:
            saved = self.save(figures, by, {measure.code: WHY for measure in doubtful.measures})
        return monthly.send_report(report=saved, version=saved.version, by=by, now=self.at)

    def save(
        self, figures: dict[str, Decimal], by: Posting, remarks: dict[str, str] | None = None
    ) -> MonthlyReport:
        row = MonthlyReport.objects.get(pk=self.row.pk)
        return monthly.save_report(
            report=row,
            version=row.version,
            figures=figures,
            remarks=remarks,
            by=by,
            now=self.at,
            **self.texts,
        )


def accept(row: MonthlyReport, by: Posting) -> MonthlyReport:
    return monthly.accept_report(report=row, version=row.version, by=by, now=BRIEFING_TIME)


def october_and_november(province, cast, *, missing: Iterable[Unit] = ()) -> tuple[Period, Period]:
    """October complete; November without those `missing`, with two pupils more and one more present each.

    The communes report as well.
    """
    october, november = open_months((2026, 10), (2026, 11))
    numbers = {
        province.orchid_preschool: [("preschool", 6, 150, 141, 14)],
        province.cloud_primary: [("primary", 12, 380, 371, 21)],
        province.tea_combined: [("primary", 10, 300, 294, 18), ("lower_secondary", 8, 280, 270, 20)],
        province.high_school: [("upper_secondary", 30, 1_250, 1_210, 70)],
    }
    for school, levels in numbers.items():
        report(school, october).of(*levels)
        if school not in missing:
            report(school, november).of(*[(level, c, p + 2, a + 1, t) for level, c, p, a, t in levels])
    for commune in (province.cloud_commune, province.tea_commune):
        report(commune, october).of_population()
        if commune not in missing:
            report(commune, november).of_population()
    return october, november


def conclude(briefing: Briefing, cast) -> Meeting:
    """The briefing's meeting is held, and its notice issued."""
    meeting = hold_meeting(
        briefing=briefing,
        title="Giao ban",
        held_at=BRIEFING_TIME,
        place="Hội trường",
        chair="Đỗ Thị Lan",
        by=cast.staff,
    )
    meeting.notice = DirectiveFactory(issued=True, office=briefing.office, created_by=cast.staff.user)
    meeting.save()
    return meeting


def assign(province, cast, *units: Unit, deadline: dt.date | None, document=None, done_on=None, **kwargs):
    """One task of an issued document of the department, given to units."""
    document = document or DirectiveFactory(
        issued=True, office=province.department, created_by=cast.staff.user
    )
    task = TaskFactory(directive=document, deadline=deadline)
    state = {"state": "done", "reported_done_on": done_on, "percent": 100} if done_on else {}
    return [AssignmentFactory(task=task, unit=unit, **{**state, **kwargs}) for unit in units]
