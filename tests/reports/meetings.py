"""A meeting of the cast's department, a day before it is held, for the tests of what belongs to it."""

import datetime as dt

import pytest
from django.utils import timezone

from reports.actions.inviting import send_invitations
from reports.actions.meeting import hold_meeting
from reports.models import Attendance, Briefing, Meeting
from schools.actions import month_period
from schools.models import Unit

HANOI = timezone.get_default_timezone()
HELD = dt.datetime(2026, 12, 8, 8, 0, tzinfo=HANOI)
BEFORE = dt.datetime(2026, 12, 7, 9, 0, tzinfo=HANOI)
WORDS = {"title": "Giao ban tháng 12", "place": "Hội trường", "chair": "Đỗ Thị Lan, Giám đốc"}


@pytest.fixture
def meeting(province, cast, time_machine) -> Meeting:
    time_machine.move_to(BEFORE, tick=False)
    for posting, mail in [(cast.principal, "hoa"), (cast.clerk, "tam"), (cast.neighbour, "nga")]:
        posting.user.email = f"{mail}@truong.example"
        posting.user.save(update_fields=["email"])
    briefing = Briefing.objects.create(
        office=province.department, period=month_period(2026, 11), built_at=BEFORE, figures={}
    )
    return hold_meeting(briefing=briefing, held_at=HELD, by=cast.staff, **WORDS)


@pytest.fixture
def told(meeting, cast) -> Meeting:
    send_invitations(meeting=meeting, version=meeting.version, by=cast.staff, now=BEFORE)
    return fresh(meeting)


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("office").get(pk=meeting.pk)


def row_of(meeting: Meeting, unit: Unit) -> Attendance:
    return meeting.attendances.get(unit=unit)
