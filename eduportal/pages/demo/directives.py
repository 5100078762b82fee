"""The documents of the demo: what they say, when they were issued, how fast schools do what they ask."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from directives.actions.drafting import OriginalFile, draft_directive
from directives.actions.issuing import issue_directive
from directives.actions.tasks import confirm_task
from directives.models import Directive
from eduportal.pages.demo.past import played_at
from eduportal.pages.demo.schedule import Schedule, moment, soon, workday, workday_before
from schools.models import Posting

TEXTS = Path(__file__).parent / "documents"

# In which of the three months a prompt, a usual and a slow school reports the work done; 3: not yet.
OLDER, CLOSED, NEWEST, NOT_YET = range(4)
Pace = tuple[int, int, int]
NEVER: Pace = (NOT_YET, NOT_YET, NOT_YET)


@dataclass(frozen=True)
class Plan:
    """A document to be issued. `days` fill the blanks of its text, `paces` are by path of the task."""

    name: str
    issued_on: dt.date
    number: int
    days: Mapping[str, dt.date] = field(default_factory=dict)
    paces: Mapping[str, Pace] = field(default_factory=dict)

    @property
    def text(self) -> str:
        on = self.issued_on
        # Nghị định 30/2020: a leading zero for days under 10, and for months 1 and 2 only.
        month = f"{on.month:02d}" if on.month < 3 else on.month
        return written(
            self.name, self.days, number=self.number, day=f"{on.day:02d}", month=month, year=on.year
        )


def written(name: str, days: Mapping[str, dt.date], **words: object) -> str:
    """One of the demo's texts with its blanks filled in."""
    printed = {blank: f"{day:%d/%m/%Y}" for blank, day in days.items()}
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8").format(**printed, **words)


def number_on(day: dt.date) -> int:
    """The number that the office's own books have reached on a day, at five documents a day."""
    return day.timetuple().tm_yday * 5 + 3


def school_safety(schedule: Schedule) -> Plan:
    issued_on = workday(schedule.older.first, 2)
    return Plan(
        "an-toan-truong-hoc",
        issued_on,
        number_on(issued_on),
        days={
            "safety": schedule.older.due_on,
            "pledge": workday(schedule.older.due_on, 7),
            "growth": schedule.closed.due_on,
            "boarding": workday(schedule.older.due_on, 10),
            "canteens": workday(schedule.today, 40),
        },
        paces={
            "1": (OLDER, OLDER, CLOSED),
            "2": (OLDER, CLOSED, CLOSED),
            "4": (OLDER, CLOSED, CLOSED),
            "5": (OLDER, CLOSED, NOT_YET),
        },
    )


def school_records(schedule: Schedule) -> Plan:
    issued_on = workday(schedule.older.first, 9)
    return Plan(
        "hoc-ba-so",
        issued_on,
        number_on(issued_on),
        days={
            "identity": schedule.closed.due_on,
            "primary": workday(schedule.today, 18),
            "secondary": workday(schedule.today, 32),
            "equipment": workday(schedule.today, 25),
            "summary": workday(schedule.today, 60),
        },
        paces={"II.1": (CLOSED, CLOSED, NOT_YET), "II.2": (NEWEST, NOT_YET, NOT_YET)},
    )


def school_buildings(schedule: Schedule) -> Plan:
    issued_on = workday(schedule.closed.first, 11)
    return Plan(
        "co-so-vat-chat",
        issued_on,
        number_on(issued_on),
        days={
            "inventory": schedule.today - dt.timedelta(days=6),
            "estimate": soon(schedule.today),
            "computers": schedule.today - dt.timedelta(days=3),
            "standard": workday(schedule.today, 12),
        },
        paces={
            "1": (CLOSED, NEWEST, NOT_YET),
            "2": (NEWEST, NOT_YET, NOT_YET),
            "3": (NEWEST, NEWEST, NOT_YET),
        },
    )


def disease_draft(schedule: Schedule) -> Plan:
    """The document that waits to be looked at: a name misspelt, a school that is none, two deadlines."""
    today = schedule.today
    issued_on = workday_before(schedule.latest)
    return Plan(
        "du-thao-phong-benh",
        issued_on,
        number_on(issued_on),
        days={
            "cleaning": workday(today, 8),
            "vaccines": workday(today, 20),
            "doses": workday(today, 45),
            "water": workday(today, 12),
            "report": workday(today, 27),
        },
    )


def enter(plan: Plan, by: Posting) -> Directive:
    """Staff upload the signed document."""
    original = OriginalFile(f"{plan.name}.txt", plan.text.encode())
    with played_at(moment(plan.issued_on, 8, 40)):
        return draft_directive(
            office=by.acting_unit, text=plan.text, by=by, today=plan.issued_on, original=original
        )


def issue(plan: Plan, by: Posting) -> Directive:
    """Staff upload it, look at each task, and issue it."""
    directive = enter(plan, by)
    with played_at(moment(plan.issued_on, 9, 5)):
        confirm_all(directive, by)
    with played_at(moment(plan.issued_on, 9, 15)):
        directive.refresh_from_db()
        issue_directive(directive=directive, version=directive.version, by=by, today=plan.issued_on)
    return directive


def confirm_all(directive: Directive, by: Posting) -> None:
    for task in directive.tasks.all():
        confirm_task(task=task, version=task.version, by=by)
