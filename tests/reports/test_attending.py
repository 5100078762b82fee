"""Units check themselves in by the code in the room, or say beforehand that they cannot come."""

# ruff: noqa: F811 — fixtures are named after what they give

import datetime as dt

import pytest

from eduportal.base.errors import Refused
from reports.actions.attending import (
    MOST_WRONG,
    announce_absence,
    check_in,
    renew_code,
    take_back_absence,
)
from reports.actions.inviting import cancel_meeting
from reports.actions.meeting import Mark, take_attendance
from reports.models import Presence
from reports.queries.meeting import roll_in
from tests.reports.meetings import BEFORE, HELD, fresh, meeting, row_of, told  # noqa: F401
from trail.models import AuditEvent


@pytest.fixture
def row(told, cast, province):
    renew_code(meeting=told, by=cast.staff)
    return row_of(fresh(told), province.cloud_primary)


@pytest.mark.parametrize("minutes", [-60, 0, 59, 15 * 60])
def test_checking_in_notes_time_and_person(row, cast, minutes):
    now = HELD + dt.timedelta(minutes=minutes)
    code = f" {row.meeting.code[:3]} {row.meeting.code[3:]} "
    check_in(attendance=row, code=code, by=cast.clerk, now=now)
    row.refresh_from_db()
    assert (row.presence, row.said_at, row.said_by) == (Presence.PRESENT, now, cast.clerk.user)


def test_a_second_time_changes_nothing(row, cast):
    for who, code in ((cast.clerk, row.meeting.code), (cast.principal, "khác")):
        done = check_in(attendance=row, code=code, by=who, now=HELD)
        assert (done.presence, done.said_by) == (Presence.PRESENT, cast.clerk.user)
    assert AuditEvent.objects.filter(verb="meeting.checked_in").count() == 1


@pytest.mark.parametrize("minutes", [-61, 16 * 60])
def test_too_early_and_too_late(row, cast, minutes):
    with pytest.raises(Refused):
        check_in(
            attendance=row,
            code=row.meeting.code,
            by=cast.clerk,
            now=HELD + dt.timedelta(minutes=minutes),
        )
    row.refresh_from_db()
    assert (row.presence, row.wrong_codes) == (Presence.UNKNOWN, 0)


def test_guessing_ends_until_there_is_another_code(row, cast, told):
    wrong = "000000" if row.meeting.code != "000000" else "000001"
    for _ in range(MOST_WRONG + 2):
        with pytest.raises(Refused):
            check_in(attendance=row, code=wrong, by=cast.clerk, now=HELD)
    with pytest.raises(Refused):
        check_in(attendance=row, code=row.meeting.code, by=cast.clerk, now=HELD)
    row.refresh_from_db()
    assert (row.presence, row.wrong_codes) == (Presence.UNKNOWN, MOST_WRONG)
    code = renew_code(meeting=told, by=cast.staff)
    assert check_in(attendance=row, code=code, by=cast.clerk, now=HELD).is_present


def test_a_meeting_without_a_code_lets_nobody_in(told, cast, province):
    with pytest.raises(Refused):
        check_in(attendance=row_of(told, province.cloud_primary), code="", by=cast.clerk, now=HELD)


def test_a_cancelled_meeting_lets_nobody_in(row, cast, told):
    cancel_meeting(meeting=fresh(told), version=fresh(told).version, reason="bão", by=cast.staff, now=BEFORE)
    for ask in (
        lambda: check_in(attendance=row, code=row.meeting.code, by=cast.clerk, now=HELD),
        lambda: announce_absence(attendance=row, reason="bận", by=cast.clerk, now=BEFORE),
    ):
        with pytest.raises(Refused):
            ask()


def test_an_absence_is_announced_with_its_reason_and_taken_back(row, cast, told):
    announce_absence(attendance=row, reason=" đi tập huấn ", by=cast.principal, now=BEFORE)
    assert [(one.name, one.reason) for one in roll_in(told).absent] == [
        ("Trường Tiểu học Suối Mây", "đi tập huấn")
    ]
    with pytest.raises(Refused):
        announce_absence(attendance=row, reason="  ", by=cast.principal, now=BEFORE)
    with pytest.raises(Refused):
        announce_absence(attendance=row, reason="muộn", by=cast.principal, now=HELD)
    take_back_absence(attendance=row, by=cast.principal, now=BEFORE)
    row.refresh_from_db()
    assert (row.presence, row.reason, row.said_by) == (Presence.UNKNOWN, "", None)


def test_whoever_announced_an_absence_may_come_after_all(row, cast):
    announce_absence(attendance=row, reason="bận", by=cast.principal, now=BEFORE)
    done = check_in(attendance=row, code=row.meeting.code, by=cast.clerk, now=HELD)
    assert (done.presence, done.reason) == (Presence.PRESENT, "")


def test_what_a_unit_says_stands_where_the_office_did_not_touch_its_row(row, cast, told):
    """The office's page was opened before the school checked in."""
    announce_absence(attendance=row, reason="bận", by=cast.principal, now=BEFORE)
    check_in(attendance=row, code=row.meeting.code, by=cast.clerk, now=HELD)
    shown = Mark(Presence.ABSENT, "bận", shown=Presence.ABSENT)
    version = fresh(told).version
    take_attendance(meeting=fresh(told), version=version, marks={row.unit_id: shown}, by=cast.staff)
    row.refresh_from_db()
    assert row.is_present


def test_the_office_corrects_what_a_unit_said(row, cast, told):
    check_in(attendance=row, code=row.meeting.code, by=cast.clerk, now=HELD)
    mark = Mark(Presence.ABSENT, "chỉ gửi mã", shown=Presence.PRESENT)
    take_attendance(
        meeting=fresh(told), version=fresh(told).version, marks={row.unit_id: mark}, by=cast.staff
    )
    row.refresh_from_db()
    assert (row.presence, row.reason, row.said_by) == (Presence.ABSENT, "chỉ gửi mã", None)
