"""What the province is to reach, and which schools hold the national standard. All of it is invented."""

import datetime as dt
from decimal import Decimal

from directives.models import ReadTarget
from eduportal.pages.demo.figures import dice, school_year
from eduportal.pages.demo.months import Stage
from eduportal.pages.demo.past import BY_REPORTS, played_at
from eduportal.pages.demo.province import OPENED_ON, Province
from eduportal.pages.demo.schedule import CLOSED, PlayedMonth, moment
from schools.actions import enter_recognition, school_year_period
from schools.models import Period, Posting, StandardLevel
from targets.actions import (
    Goal,
    adopt_target,
    approve_pledge,
    return_pledge,
    send_pledge,
    set_target,
)
from targets.models import Comparator, Indicator, SchoolGroup, Target

# Of hundred schools: so many hold the standard, and so many of these its second level.
RECOGNISED, SECOND_LEVEL = 66, 15
# Days back over which the decisions lie: the oldest of them have lapsed, others are about to.
OLDEST_DECISION = 1940
# Indicator, value of last school year and of this one; what the plan of the year says is adopted from it.
GOALS = (
    ("preschool.nursery_rate", "36", "38"),
    ("preschool.kindergarten_rate", "95", "96"),
    ("preschool.five_year_old_rate", "99", "99.5"),
    ("primary.six_year_old_rate", "99.5", "99.8"),
    ("primary.enrolment_rate", "99", "99.5"),
    ("lower_secondary.enrolment_rate", "96", "97.5"),
    ("primary.completion_rate", "99", "99.5"),
    ("lower_secondary.graduation_rate", "98.5", "99"),
    ("all.standard_1_rate", "52", "60"),
    ("all.standard_2", "4", "7"),
    ("all.solid_rate", "88", "90"),
    ("all.teachers_at_standard_rate", "88", "91"),
    ("primary.attendance_rate", "96.5", "97"),
    ("lower_secondary.attendance_rate", "96.5", "97"),
)
WHOLE = "all.standard_2"
PARTS = (("preschool.standard_2", "3"), ("primary.standard_2", "2"), ("lower_secondary.standard_2", "1"))
# Who registered what; who decided, and the reason why it went back.
PLEDGES = (
    ("ht.thsuoimay", "primary.attendance_rate", "98.5", "cv.suoimay", ""),
    ("ht.mnhoaban", "preschool.attendance_rate", "90", "cv.suoimay", "Năm học trước trường đã đạt 93%."),
    ("ht.thcssuoimay", "lower_secondary.attendance_rate", "98", "", ""),
    ("ht.khemay", "primary.attendance_rate", "97.5", "", ""),
    ("ld.suoimay", "primary.attendance_rate", "98", "", ""),
    ("ld.doiche", "all.standard_1_rate", "65", "", ""),
)
# The words by which a sentence of the plan is known; others are left to be adopted by who tries it out.
ADOPTED = (
    ("Huy động trẻ nhà trẻ", "preschool.nursery_rate"),
    ("trẻ mẫu giáo đạt", "preschool.kindergarten_rate"),
    ("trẻ mẫu giáo 5 tuổi", "preschool.five_year_old_rate"),
    ("Huy động trẻ 6 tuổi vào lớp 1", "primary.six_year_old_rate"),
)
PLAN_OF_THE_YEAR = "Thực hiện nhiệm vụ năm học"


def recognise_schools(province: Province, stage: Stage) -> None:
    """Decisions of the last five years and a little more, as of the day of the demo."""
    staff, today = stage.postings["chuyenvien"], stage.schedule.today
    with played_at(moment(OPENED_ON, 10), BY_REPORTS):
        for plan in stage.size.schools:
            if dice(100, plan.code, "standard") >= RECOGNISED:
                continue
            decided_on = today - dt.timedelta(days=30 + dice(OLDEST_DECISION, plan.code, "decided"))
            is_second = dice(100, plan.code, "level") < SECOND_LEVEL
            enter_recognition(
                school=province.schools[plan.key],
                level=StandardLevel.TWO if is_second else StandardLevel.ONE,
                decision_number=f"{400 + dice(1600, plan.code, 'number')}/QĐ-UBND",
                decided_on=decided_on,
                by=staff,
            )


def set_goals(province: Province, stage: Stage) -> None:
    """The targets of the last school year and of that of the closed month."""
    staff = stage.postings["chuyenvien"]
    year = school_year(stage.schedule.closed.number)
    with played_at(moment(stage.schedule.latest, 8), BY_REPORTS):
        adopted = adopt_from_the_plan(province, stage.schedule.ago(CLOSED), school_year_period(year), staff)
        for code, last_year, this_year in GOALS:
            set_goal(province, code, year - 1, last_year, staff)
            if code not in adopted:
                set_goal(province, code, year, this_year, staff)
        set_parts(province, year, staff)
        set_goal(province, "primary.attendance_rate", year, "98.5", staff, group="standard_1")
        register_goals(stage, year)


def set_goal(
    province: Province,
    code: str,
    year: int,
    value: str,
    staff: Posting,
    *,
    group: str = "",
    within: Target | None = None,
) -> None:
    set_target(
        unit=province.department,
        indicator=Indicator.objects.get(code=code),
        period=school_year_period(year),
        group=SchoolGroup.objects.filter(code=group).first(),
        within=within,
        goal=at_least(value),
        by=staff,
    )


def set_parts(province: Province, year: int, staff: Posting) -> None:
    """Schools of the second level, of these so many of each level of teaching."""
    whole = Target.objects.get(
        unit=province.department.pk, indicator__code=WHOLE, period=school_year_period(year)
    )
    for code, value in PARTS:
        set_goal(province, code, year, value, staff, within=whole)


def register_goals(stage: Stage, year: int) -> None:
    """What units registered themselves: some wait, one was approved, one was given back."""
    for username, code, value, officer, answer in PLEDGES:
        if (by := stage.postings.get(username)) is None:
            continue
        pledge = send_pledge(
            unit=by.acting_unit,
            indicator=Indicator.objects.get(code=code),
            period=school_year_period(year),
            goal=at_least(value),
            note="",
            by=by,
            today=stage.schedule.today,
        )
        if answer:
            return_pledge(pledge=pledge, version=1, answer=answer, by=stage.postings[officer])
        elif officer:
            approve_pledge(pledge=pledge, version=1, by=stage.postings[officer])


def adopt_from_the_plan(province: Province, month: PlayedMonth, period: Period, staff: Posting) -> set[str]:
    """What the plan of the year says, where it has been issued. Gives the indicators that it speaks of."""
    adopted = set()
    read = ReadTarget.objects.filter(
        directive__subject__startswith=PLAN_OF_THE_YEAR,
        directive__issued_on__range=(period.data_from, month.last),
        comparator=Comparator.GE,
    )
    for one in read.select_related("directive"):
        for words, code in ADOPTED:
            if words in one.raw and code not in adopted:
                adopt_target(
                    read_target=one,
                    unit=province.department,
                    indicator=Indicator.objects.get(code=code),
                    period=period,
                    goal=at_least(one.value),
                    by=staff,
                )
                adopted.add(code)
    return adopted


def at_least(value: Decimal | str | None) -> Goal:
    return Goal(Comparator.GE, Decimal(value or 0))
