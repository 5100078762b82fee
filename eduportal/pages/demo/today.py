"""The documents of the last three months: those that the story of the demo is about."""

import datetime as dt

from eduportal.pages.demo.directives import Plan
from eduportal.pages.demo.schedule import CLOSED, NEWEST, OLDER, Schedule, soon, workday, workday_before
from eduportal.pages.demo.work import NOT_YET


def plans(schedule: Schedule) -> list[Plan]:
    """Those that were issued, in the order of their days."""
    return [school_safety(schedule), school_records(schedule), school_buildings(schedule)]


def school_safety(schedule: Schedule) -> Plan:
    return Plan(
        "an-toan-truong-hoc",
        workday(schedule.older.first, 2),
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
    return Plan(
        "hoc-ba-so",
        workday(schedule.older.first, 9),
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
    return Plan(
        "co-so-vat-chat",
        workday(schedule.closed.first, 11),
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
    return Plan(
        "du-thao-phong-benh",
        workday_before(schedule.latest),
        days={
            "cleaning": workday(today, 8),
            "vaccines": workday(today, 20),
            "doses": workday(today, 45),
            "water": workday(today, 12),
            "report": workday(today, 27),
        },
    )
