"""How each school deals with its report of a month: when, how late, and what became of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from eduportal.pages.demo.figures import dice
from eduportal.pages.demo.schedule import (
    CLOSED,
    NEWEST,
    OLDER,
    PlayedMonth,
    Schedule,
    workday,
    workday_before,
)
from eduportal.pages.demo.tables import SchoolPlan

PROMPT, USUAL, SLOW = range(3)
PACE_OF = {
    "mnhoaban": PROMPT,
    "mnhuongche": PROMPT,
    "thbenngoc": PROMPT,
    "thcsbenngoc": PROMPT,
    "khemay": SLOW,
    "khebuoi": SLOW,
    "thptdoiche": SLOW,
}
# Of ten schools of whom the story tells nothing else.
USUAL_PACES = (PROMPT, PROMPT, PROMPT, USUAL, USUAL, USUAL, USUAL, USUAL, SLOW, SLOW)

ACCEPTED, WAITING, RETURNED, BEGUN, NOTHING = "accepted", "waiting", "returned", "begun", "nothing"
# What became of the newest month so far; of schools that are not named, it is by chance, as often as this.
NEWEST_OUTCOMES = {
    "mnhoaban": ACCEPTED,
    "mnhuongche": ACCEPTED,
    "thbenngoc": ACCEPTED,
    "thcsbenngoc": ACCEPTED,
    "thsuoimay": WAITING,
    "mnsaomai": WAITING,
    "thptngocson": WAITING,
    "thcssuoimay": RETURNED,
    "doiche": BEGUN,
    "mnbupnon": WAITING,
    "mnnakhuong": WAITING,
    "mntuoitho": WAITING,
    "thcsthacvang": WAITING,
    "hangche": BEGUN,
    "lungsan": NOTHING,
}
USUAL_OUTCOMES = (*[ACCEPTED] * 9, *[WAITING] * 4, *[RETURNED] * 1, *[BEGUN] * 2, *[NOTHING] * 5)
# Months that a school never reported, or did not send again when it was asked to: by school and months ago.
GAPS = {("tongcoong", 5): NOTHING, ("lungsan", 9): NOTHING, ("hangche", 7): RETURNED}
# Working days after the due day on which slow schools of the story sent.
LATE_BY = {("khemay", OLDER): 1, ("khebuoi", OLDER): 2, ("khemay", CLOSED): 1, ("thptdoiche", CLOSED): 1}
LATE_OF_HUNDRED = {PROMPT: 1, USUAL: 4, SLOW: 30}
CORRECTED_OF_HUNDRED = 3


@dataclass(frozen=True)
class Filing:
    """One school's report of one month. `is_corrected`: it was returned once, put right and sent again."""

    plan: SchoolPlan
    month: PlayedMonth
    outcome: str
    day: dt.date
    is_corrected: bool = False


def pace_of(plan: SchoolPlan) -> int:
    usual = USUAL if plan.in_small else USUAL_PACES[dice(len(USUAL_PACES), plan.code, "pace")]
    return PACE_OF.get(plan.key, usual)


def filings(month: PlayedMonth, schedule: Schedule, schools: Sequence[SchoolPlan]) -> list[Filing]:
    """What each school did with a month, those that did nothing left out."""
    told = newest_filings if month.ago == NEWEST else closed_filings
    return [filing for filing in told(month, schedule, schools) if filing.outcome != NOTHING]


def closed_filings(month: PlayedMonth, schedule: Schedule, schools: Sequence[SchoolPlan]) -> list[Filing]:
    return [
        Filing(
            plan,
            month,
            GAPS.get((plan.key, month.ago), ACCEPTED),
            schedule.past(closed_sending_day(plan, number, len(schools), month)),
            is_corrected=is_told_by_chance(plan, month)
            and dice(100, plan.code, "corrected", month.number.code) < CORRECTED_OF_HUNDRED,
        )
        for number, plan in enumerate(schools)
    ]


def is_told_by_chance(plan: SchoolPlan, month: PlayedMonth) -> bool:
    """Nothing befalls the schools of the story but what it tells."""
    return not (plan.in_small and month.ago <= OLDER)


def closed_sending_day(plan: SchoolPlan, number: int, count: int, month: PlayedMonth) -> dt.date:
    """Spread from the opening to the day before the due day, or as late as the school was."""
    late = LATE_BY.get((plan.key, month.ago), 0)
    if is_told_by_chance(plan, month):
        throw = dice(100, plan.code, "late", month.number.code)
        late = 1 + throw % 4 if throw < LATE_OF_HUNDRED[pace_of(plan)] else 0
    if late:
        return workday(month.due_on, late)
    return spread(month.opens_on, month.due_on - dt.timedelta(days=1), number, count)


def newest_filings(month: PlayedMonth, schedule: Schedule, schools: Sequence[SchoolPlan]) -> list[Filing]:
    """Spread over the days since the newest month was opened, none after its due day."""
    begun = [plan for plan in schools if newest_outcome(plan) != NOTHING]
    last = min(schedule.latest, month.due_on)
    return [
        Filing(plan, month, newest_outcome(plan), spread(month.opens_on, last, number, len(begun)))
        for number, plan in enumerate(begun)
    ]


def newest_outcome(plan: SchoolPlan) -> str:
    usual = NOTHING if plan.in_small else USUAL_OUTCOMES[dice(len(USUAL_OUTCOMES), plan.code, "newest")]
    return NEWEST_OUTCOMES.get(plan.key, usual)


def spread(first: dt.date, last: dt.date, number: int, count: int) -> dt.date:
    """The working day of one among many, the first of them on the first day and the last on the last."""
    return max(first, workday_before(first + (last - first) * number // (count - 1)))
