"""The demo from beginning to end, in the order in which things happened.

A step more is a function more at its place in `load`: it is handed the stage (who is there) and plays through
the portal's own actions, at its moment of the past (`past.played_at`).
"""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from eduportal.pages.demo import directives, meeting, seasons
from eduportal.pages.demo import today as newest_documents
from eduportal.pages.demo.arrivals import ARRIVED_PACES, play_arrivals
from eduportal.pages.demo.communes import play_communes
from eduportal.pages.demo.details import with_details
from eduportal.pages.demo.goals import recognise_schools, set_goals
from eduportal.pages.demo.later_days import ask_for_later_days
from eduportal.pages.demo.months import Stage, play_month
from eduportal.pages.demo.past import played_at
from eduportal.pages.demo.people import open_accounts
from eduportal.pages.demo.province import OPENED_ON, Province, open_province
from eduportal.pages.demo.schedule import CLOSED, PlayedMonth, moment, schedule_for
from eduportal.pages.demo.setting_aside import put_aside
from eduportal.pages.demo.tables import FULL, SIZES, Size
from eduportal.pages.demo.work import Work
from schools.models import Unit
from trail.actions import record
from trail.models import AuditEvent

LOADED = "demo.loaded"
Say = Callable[[str], None]


def is_loaded() -> bool:
    return AuditEvent.objects.filter(verb=LOADED).exists()


def loaded_size() -> Size:
    """How much was loaded, of a demo that is."""
    return SIZES[AuditEvent.objects.get(verb=LOADED).data["size"]]


def holds_other_data() -> bool:
    """Units that are not the demo's: somebody's own data, among which the demo has no place."""
    return Unit.objects.exists() and not is_loaded()


@transaction.atomic
def load(today: dt.date, say: Say, size: Size = FULL) -> None:
    """Load the whole demo as of a day. The same day and size give the same demo."""
    schedule = schedule_for(today, size.months)
    say(f"units: a department, {len(size.communes)} communes, {len(size.schools)} schools")
    with played_at(moment(OPENED_ON, 8)):
        province = open_province(size)
    say(f"people: {len(size.accounts)} accounts")
    with played_at(moment(OPENED_ON, 9)):
        postings = open_accounts(size, province)
    stage = Stage(size, schedule, Work(), postings)
    say("recognitions of schools")
    recognise_schools(province, stage)
    for month in schedule.months:
        issue_documents(month, stage, province, say)
        if size is FULL and (came := play_arrivals(month, schedule, province, postings)):
            stage.work.paces[came.pk] = ARRIVED_PACES
        say(f"month {month.number.short}")
        play_communes(month, play_month(month, stage), stage)
        if month.ago == CLOSED:
            say(f"briefing, meeting and notice on {month.number.short}")
            notice = meeting.hold(schedule, province, postings)
            stage.work.paces[notice.pk] = meeting.PACES
    say("targets")
    set_goals(province, stage)
    say("a draft to be looked at")
    directives.enter(newest_documents.disease_draft(schedule), postings[directives.STAFF])
    department = province.department
    data = {"today": today, "size": size.name}
    record(LOADED, about=department, by=None, unit_id=department.pk, data=data)


def issue_documents(month: PlayedMonth, stage: Stage, province: Province, say: Say) -> None:
    """What was issued in a month, and what of its work was put aside."""
    schedule = stage.schedule
    newest, is_whole = newest_documents.plans(schedule), stage.size is FULL
    plans = [*map(with_details, newest), *seasons.plans(schedule)] if is_whole else newest
    for plan in plans:
        if month.first <= plan.issued_on <= month.last:
            say(f"document {directives.number_on(plan.issued_on)} of {plan.issued_on}")
            directive = directives.issue(plan, stage.postings)
            stage.work.paces[directive.pk] = plan.paces
            stage.work.forms[directive.pk] = plan.forms
            stage.work.proofs[directive.pk] = plan.proofs
            put_aside(directive, plan.asides, province.schools, stage.postings)
            ask_for_later_days(directive, plan.requests, province, stage.postings, schedule)
