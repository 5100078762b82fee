"""Invitations: told once, told again of another time, never lost and never twice."""

# ruff: noqa: F811 — fixtures are named after what they give

import datetime as dt
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from eduportal.base.errors import EditConflict, Refused
from eduportal.pages.queries import notices_to
from reports.actions.inviting import cancel_meeting, invite_units, send_invitations, uninvite_units
from reports.actions.meeting import draft_notice, revise_meeting
from reports.models import Attendance
from reports.queries.proceedings import invitable, invitations_to
from tests.conftest import open_school
from tests.reports.meetings import BEFORE, HELD, WORDS, fresh, meeting, told  # noqa: F401
from trail.models import Channel, Job, Letter, LetterState, Notification
from trail.post import WAITS, send_all


def move(meeting, cast, **changes):
    said = {**WORDS, "held_at": HELD, "secretary": "", **changes}
    revise_meeting(meeting=meeting, version=meeting.version, by=cast.staff, now=BEFORE, **said)
    return fresh(meeting)


def sent() -> list[tuple[str, str, str, int]]:
    """To whom, and of the entry method, status and sequence; the outbox is emptied."""
    send_all(Channel.MAIL, lambda *_: None)
    found = []
    for one in mail.outbox:
        read = message_from_bytes(one.message().as_bytes(), policy=default)
        (part,) = [part for part in read.walk() if part.get_content_type() == "text/calendar"]
        entry = Calendar.from_ical(part.get_content())
        (event,) = entry.walk("VEVENT")
        assert part.get_param("method") == entry["METHOD"]
        found.append((one.to[0], str(entry["METHOD"]), str(event["UID"]), int(event["SEQUENCE"])))
    mail.outbox.clear()
    return sorted(found)


def test_before_they_are_sent_nobody_knows(meeting, cast):
    assert notices_to(cast.principal) == []
    assert invitations_to(cast.principal, BEFORE) == []


def test_every_unit_is_told_on_its_first_page_and_by_mail(told, cast, province):
    (notice,) = notices_to(cast.principal)
    assert notice.url == reverse("reports:invitation", args=[told.pk])
    assert all(part in notice.words for part in ("Giao ban tháng 12", "08:00 08/12/2026", "Hội trường"))
    assert [row.meeting for row in invitations_to(cast.tea_principal, BEFORE)] == [told]
    uid = f"meeting-{told.pk}@localhost"
    people = ("hoa@truong.example", "nga@truong.example", "tam@truong.example")
    assert sent() == [(to, "REQUEST", uid, 0) for to in people]
    assert sent() == []


def test_sent_twice_they_are_sent_once(told, cast):
    with pytest.raises(Refused):
        send_invitations(meeting=told, version=told.version, by=cast.staff, now=BEFORE)
    with pytest.raises(EditConflict):
        send_invitations(meeting=told, version=1, by=cast.staff, now=BEFORE)
    assert (Letter.objects.count(), Notification.objects.count()) == (3, 4)


def test_a_meeting_in_the_past_invites_nobody(meeting, cast):
    with pytest.raises(Refused):
        send_invitations(meeting=meeting, version=1, by=cast.staff, now=HELD)
    assert (fresh(meeting).invited_at, Letter.objects.count()) == (None, 0)


def test_another_place_is_told_once_and_other_words_are_not(told, cast):
    sent()
    moved = move(told, cast, place="Tầng 2")
    assert {(to, method, sequence) for to, method, _, sequence in sent()} == {
        (to, "REQUEST", 1) for to in ("hoa@truong.example", "nga@truong.example", "tam@truong.example")
    }
    assert "Tầng 2" in notices_to(cast.principal)[0].words
    assert len(notices_to(cast.principal)) == 1
    same = move(moved, cast, place="Tầng 2", chair="Người khác")
    assert (same.sequence, sent()) == (1, [])


def test_what_could_not_leave_gives_way_to_the_newer_word(told, cast, monkeypatch, time_machine):
    """The mail server is away while the meeting is moved: each person gets one mail, with the new time."""
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMessage.send", lambda self: 1 / 0)
        send_all(Channel.MAIL, lambda *_: None)
        move(told, cast, held_at=HELD + dt.timedelta(hours=2))
        send_all(Channel.MAIL, lambda *_: None)
    time_machine.shift(WAITS[0])
    assert [sequence for *_, sequence in sent()] == [1, 1, 1]
    assert set(Letter.objects.values_list("state", "key")) == {
        (LetterState.SENT if letter.key.endswith(":1") else LetterState.DROPPED, letter.key)
        for letter in Letter.objects.all()
    }


def test_cancelling_is_told_and_inviting_again_takes_it_up(told, cast):
    sent()
    cancel_meeting(meeting=told, version=told.version, reason=" bão số 9 ", by=cast.staff, now=BEFORE)
    gone = fresh(told)
    assert (gone.is_told, gone.cancel_reason) == (False, "bão số 9")
    assert {(method, sequence) for _, method, _, sequence in sent()} == {("CANCEL", 1)}
    assert "bão số 9" in notices_to(cast.principal)[0].words
    with pytest.raises(Refused):
        draft_notice(meeting=gone, by=cast.staff, today=HELD.date())
    with pytest.raises(Refused):
        cancel_meeting(meeting=gone, version=gone.version, reason="nữa", by=cast.staff, now=BEFORE)
    again = fresh(told)
    send_invitations(meeting=again, version=again.version, by=cast.staff, now=BEFORE)
    assert {(method, sequence) for _, method, _, sequence in sent()} == {("REQUEST", 2)}
    assert fresh(told).is_told


def test_a_meeting_nobody_knew_of_is_cancelled_in_silence(meeting, cast):
    cancel_meeting(meeting=meeting, version=1, reason="bão", by=cast.staff, now=BEFORE)
    assert (Letter.objects.count(), Notification.objects.count()) == (0, 0)


def test_a_unit_taken_out_is_told_and_the_others_are_not(told, cast, province):
    sent()
    gone = uninvite_units(
        meeting=told,
        version=told.version,
        units=[province.orchid_preschool.pk],
        by=cast.staff,
        now=BEFORE,
    )
    assert (gone, [(to, method) for to, method, *_ in sent()]) == (1, [("nga@truong.example", "CANCEL")])
    assert invitations_to(cast.neighbour, BEFORE) == []
    assert [one.url for one in notices_to(cast.neighbour)] == [""]
    back = fresh(told)
    invite_units(
        meeting=back,
        version=back.version,
        units=[province.orchid_preschool.pk],
        by=cast.staff,
        now=BEFORE,
    )
    assert [(to, method, sequence) for to, method, _, sequence in sent()] == [
        ("nga@truong.example", "REQUEST", 2)
    ]


def test_communes_may_be_invited_and_units_of_others_may_not(meeting, cast, province):
    assert {unit.name for unit in invitable(meeting.office, meeting)} == {
        "UBND xã Suối Mây",
        "UBND xã Đồi Chè",
    }
    units = [province.cloud_commune.pk, province.foreign_commune.pk, province.primary_division.pk]
    assert invite_units(meeting=meeting, version=1, units=units, by=cast.staff, now=BEFORE) == 1
    assert set(meeting.attendances.values_list("unit", flat=True)) == {
        province.cloud_commune.pk,
        *(school.pk for school in province.schools),
    }


def test_once_it_has_begun_the_list_stays(told, cast, province):
    for change in (invite_units, uninvite_units):
        with pytest.raises(Refused):
            change(
                meeting=fresh(told),
                version=told.version,
                units=[province.high_school.pk],
                by=cast.staff,
                now=HELD,
            )
    assert told.attendances.count() == 4


def test_many_units_take_as_many_queries_as_few(meeting, cast, province):
    taken = []
    for extra in (0, 40):
        for number in range(extra):
            school = open_school(
                f"NS9{number:05}",
                f"Trường Tiểu học Bản {number}",
                f"TH Bản {number}",
                ["primary"],
                province.cloud_commune,
                province.department,
            )
            Attendance.objects.create(meeting=meeting, unit=school)
        row = fresh(meeting)
        row.invited_at = row.told_at = None
        row.save()
        Letter.objects.all().delete()
        Job.objects.all().delete()
        with CaptureQueriesContext(connection) as captured:
            send_invitations(meeting=row, version=row.version, by=cast.staff, now=BEFORE)
        taken.append(len(captured))
    assert taken[0] == taken[1]
    assert Notification.objects.open().count() == 44


def test_when_its_day_is_over_it_leaves_the_first_pages(told, cast, time_machine):
    time_machine.move_to(HELD + dt.timedelta(days=1), tick=False)
    assert (notices_to(cast.principal), invitations_to(cast.principal, HELD + dt.timedelta(days=1))) == (
        [],
        [],
    )
    assert sent() == []
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.DROPPED}
