"""The demo from beginning to end, in the order in which things happened."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from eduportal.pages.demo import communes, directives, meeting, months
from eduportal.pages.demo.past import played_at
from eduportal.pages.demo.people import ACCOUNTS, open_accounts
from eduportal.pages.demo.province import OPENED_ON, SCHOOLS, open_province
from eduportal.pages.demo.schedule import moment, schedule_for
from schools.models import Unit
from trail.actions import record
from trail.models import AuditEvent

LOADED = "demo.loaded"


def is_loaded() -> bool:
    return AuditEvent.objects.filter(verb=LOADED).exists()


def holds_other_data() -> bool:
    """Units that are not the demo's: somebody's own data, among which the demo has no place."""
    return Unit.objects.exists() and not is_loaded()


@transaction.atomic
def load(today: dt.date, say: Callable[[str], None]) -> None:
    """Load the whole demo as of a day. The same day gives the same demo."""
    schedule = schedule_for(today)
    say(f"units: a department, 3 communes, {len(SCHOOLS)} schools")
    with played_at(moment(OPENED_ON, 8)):
        province = open_province()
    say(f"people: {len(ACCOUNTS)} accounts")
    with played_at(moment(OPENED_ON, 9)):
        postings = open_accounts(province)
    staff = postings["chuyenvien"]
    work = months.Work({})

    def issue(plan: directives.Plan) -> None:
        say(f"document {plan.number} of {plan.issued_on}")
        work.paces[directives.issue(plan, staff).pk] = plan.paces

    def play(place: int) -> None:
        say(f"month {schedule.months[place].short}")
        months.play_month(place, schedule, work, postings)
        communes.play_communes(place, schedule, postings)

    issue(directives.school_safety(schedule))
    issue(directives.school_records(schedule))
    play(directives.OLDER)
    issue(directives.school_buildings(schedule))
    play(directives.CLOSED)
    say(f"briefing, meeting and notice on {schedule.closed.short}")
    notice = meeting.hold(schedule, province, postings)
    work.paces[notice.pk] = meeting.PACES
    play(directives.NEWEST)
    say("a draft to be looked at")
    directives.enter(directives.disease_draft(schedule), staff)
    record(LOADED, about=province.department, by=None, unit_id=province.department.pk, data={"today": today})
