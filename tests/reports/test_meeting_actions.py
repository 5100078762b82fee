"""The meeting: who is invited, who was there, and one notice however often it is asked for."""

import datetime as dt

import pytest
from django.utils import timezone

from directives.models import DirectiveKind, DirectiveState
from eduportal.base.errors import EditConflict, Refused
from reports.actions.briefing import build_briefing, edit_section
from reports.actions.meeting import Mark, draft_notice, hold_meeting, revise_meeting, take_attendance
from reports.models import Meeting, Presence
from reports.queries.meeting import roll_of, sole_leader
from reports.rules import may_keep_meeting
from tests.conftest import posted
from tests.reports.months import BRIEFING_DAY, BRIEFING_TIME, october_and_november
from trail.models import AuditEvent

HELD = dt.datetime(2026, 12, 8, 8, 0, tzinfo=timezone.get_default_timezone())
WORDS = {"title": "Hội nghị giao ban tháng 12/2026", "place": "Hội trường", "chair": "Đỗ Thị Lan"}


@pytest.fixture
def briefing(province, cast):
    _, november = october_and_november(province, cast, missing=[province.high_school])
    return build_briefing(
        office=province.department, period=november, by=cast.staff, today=BRIEFING_DAY, now=BRIEFING_TIME
    )


@pytest.fixture
def meeting(briefing, cast) -> Meeting:
    return hold_meeting(briefing=briefing, held_at=HELD, by=cast.staff, **WORDS)


@pytest.fixture
def attended(meeting, province, cast) -> Meeting:
    marks = {school.pk: Mark(Presence.PRESENT) for school in province.schools[1:]}
    marks[province.orchid_preschool.pk] = Mark(Presence.ABSENT, " đi tập huấn ")
    return take_attendance(meeting=meeting, version=1, marks=marks, by=cast.staff)


def test_a_meeting_invites_the_schools_of_the_office(meeting, province):
    assert {row.unit_id for row in meeting.attendances.all()} == {school.pk for school in province.schools}
    assert {row.presence for row in meeting.attendances.all()} == {Presence.UNKNOWN}


def test_a_briefing_has_one_meeting(meeting, briefing, cast):
    with pytest.raises(Refused):
        hold_meeting(briefing=briefing, held_at=HELD, by=cast.staff, **WORDS)
    assert Meeting.objects.count() == 1


def test_attendance_keeps_the_reason_of_absence_only(attended, province, cast):
    roll = roll_of(attended.attendances.all())
    assert (roll.present, roll.invited, roll.not_noted) == (3, 4, 0)
    assert [(row.name, row.reason) for row in roll.absent] == [("Trường Mầm non Hoa Ban", "đi tập huấn")]
    marks = {province.orchid_preschool.pk: Mark(Presence.PRESENT, "đi tập huấn")}
    take_attendance(meeting=attended, version=2, marks=marks, by=cast.staff)
    assert attended.attendances.get(unit=province.orchid_preschool).reason == ""
    assert roll_of(attended.attendances.all()).present == 4


def test_two_people_taking_attendance_are_told(attended, province, cast):
    with pytest.raises(EditConflict):
        take_attendance(
            meeting=Meeting.objects.get(),
            version=1,
            marks={province.high_school.pk: Mark(Presence.ABSENT)},
            by=cast.staff,
        )


def test_units_that_were_not_invited_are_left_out(meeting, province, cast):
    marks = {province.foreign_primary.pk: Mark(Presence.PRESENT)}
    take_attendance(meeting=meeting, version=1, marks=marks, by=cast.staff)
    assert roll_of(meeting.attendances.all()).invited == 4


def test_revising_a_meeting(meeting, cast):
    said = {**WORDS, "meeting": meeting, "version": 1, "held_at": HELD, "by": cast.staff, "now": HELD}
    revise_meeting(secretary="Ngô Thị Hạnh", **said)
    meeting.refresh_from_db()
    assert (meeting.secretary, meeting.version) == ("Ngô Thị Hạnh", 2)
    with pytest.raises(EditConflict):
        revise_meeting(secretary="Khác", **said)


def test_the_notice_is_drafted_from_briefing_and_attendance(attended, briefing, province, cast):
    section = briefing.sections.get(key="directions")
    edit_section(
        section=section,
        version=1,
        text="Các trường rà soát cơ sở vật chất trước ngày 20/12/2026.\n"
        "Trường Tiểu học Suối Mây sửa mái trước ngày 25/12/2026.",
        by=cast.staff,
        now=BRIEFING_TIME,
    )
    notice = draft_notice(meeting=attended, by=cast.staff, today=HELD.date())
    attended.refresh_from_db()
    assert attended.notice == notice
    assert (notice.kind, notice.state, notice.written_here) == (
        DirectiveKind.NOTICE,
        DirectiveState.DRAFT,
        True,
    )
    assert notice.subject == "Kết luận Hội nghị giao ban Hiệu trưởng các trường học tháng 12/2026"
    assert (notice.signer_title, notice.signer_name) == ("GIÁM ĐỐC", "Đỗ Thị Lan")
    assert "Có mặt: 03/04. Vắng mặt: 01 (Trường Mầm non Hoa Ban – đi tập huấn)." in notice.text
    assert "05/06 đơn vị đã nộp báo cáo tháng 11/2026" in notice.text
    assert notice.text.endswith("./.")
    tasks = [(task.path, task.deadline) for task in notice.tasks.to_track()]
    assert tasks == [("II.1", dt.date(2026, 12, 19)), ("II.2", dt.date(2026, 12, 24))]


def test_asked_for_again_it_is_the_same_notice(attended, cast):
    first = draft_notice(meeting=attended, by=cast.staff, today=HELD.date())
    stale = Meeting.objects.get()
    stale.notice = None
    assert draft_notice(meeting=stale, by=cast.staff, today=HELD.date()) == first
    assert AuditEvent.objects.filter(verb="meeting.notice_drafted").count() == 1


def test_an_issued_notice_closes_its_meeting(attended, cast):
    assert may_keep_meeting(cast.staff, attended)
    attended.notice = draft_notice(meeting=attended, by=cast.staff, today=HELD.date())
    assert may_keep_meeting(cast.staff, attended)
    attended.notice.state = DirectiveState.ISSUED
    assert not may_keep_meeting(cast.staff, attended)
    assert not may_keep_meeting(cast.leader, attended)
    assert not may_keep_meeting(cast.commune_officer, attended)


def test_what_was_issued_meanwhile_closes_the_meeting_for_who_has_it_open(attended, province, cast):
    """The page was looked at before the notice was issued; the action looks again."""
    notice = draft_notice(meeting=attended, by=cast.staff, today=HELD.date())
    type(notice).objects.filter(pk=notice.pk).update(
        state=DirectiveState.ISSUED,
        number="7",
        issued_on=HELD.date(),
        issued_at=HELD,
        issued_by=cast.leader.user,
    )
    marks = {province.high_school.pk: Mark(Presence.ABSENT, "Bận")}
    with pytest.raises(Refused):
        take_attendance(meeting=attended, version=2, marks=marks, by=cast.staff)
    with pytest.raises(Refused):
        revise_meeting(
            meeting=attended, version=2, held_at=HELD, secretary="Muộn", by=cast.staff, now=HELD, **WORDS
        )
    stored = Meeting.objects.get()
    assert (stored.version, stored.secretary) == (2, "")
    assert roll_of(stored.attendances.all()).present == 3


def test_of_two_leaders_none_is_chosen(province, cast):
    assert sole_leader(province.department, BRIEFING_DAY) == "Đỗ Thị Lan"
    posted("binh", "Hà Văn Bình", province.department, "leader")
    assert sole_leader(province.department, BRIEFING_DAY) == ""
