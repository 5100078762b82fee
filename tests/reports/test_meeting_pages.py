"""Pages of the meeting: entered once, the roll on one page, the way to the notice."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleCode
from reports.actions.briefing import build_briefing
from reports.actions.meeting import Mark, draft_notice, hold_meeting, take_attendance
from reports.models import Meeting, Presence
from reports.views import meeting as meeting_views
from tests.conftest import posted
from tests.reports.months import BRIEFING_DAY, BRIEFING_TIME, october_and_november

HELD = dt.datetime(2026, 12, 8, 8, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(HELD, tick=False)


@pytest.fixture
def briefing(province, cast):
    _, november = october_and_november(province, cast)
    return build_briefing(
        office=province.department, period=november, by=cast.staff, today=BRIEFING_DAY, now=BRIEFING_TIME
    )


@pytest.fixture
def meeting(briefing, cast) -> Meeting:
    return hold_meeting(
        briefing=briefing,
        title="Giao ban",
        held_at=HELD,
        place="Hội trường",
        chair="Đỗ Thị Lan",
        by=cast.staff,
    )


def url(name: str, meeting: Meeting) -> str:
    return reverse(f"reports:{name}", args=[meeting.pk])


def roll(province, **said: str) -> dict[str, str]:
    """Form data: `orchid_preschool="absent: reason"`."""
    data = {}
    for name, words in said.items():
        presence, _, reason = words.partition(": ")
        unit = getattr(province, name).pk
        data |= {f"presence_{unit}": presence, f"reason_{unit}": reason}
    return data


def test_a_meeting_is_entered_from_its_briefing_with_what_is_usual(briefing, province, cast, client_of):
    client = client_of(cast.staff)
    address = reverse("reports:meeting_new", args=[briefing.pk])
    form = client.get(address).context["form"]
    usual = {field.name: field.value() for field in form}
    assert usual == {
        "title": "Hội nghị giao ban Hiệu trưởng các trường học tháng 12/2026",
        "day": dt.date(2026, 12, 8),
        "time": dt.time(8),
        "place": "Sở GDĐT tỉnh Ngọc Sơn",
        "chair": "Đỗ Thị Lan, Giám đốc",
        "secretary": None,
    }
    usual["secretary"] = ""
    response = client.post(address, usual | {"day": "09/12/2026", "time": "13:30"})
    meeting = Meeting.objects.get()
    assert response.url == url("meeting", meeting)
    assert timezone.localtime(meeting.held_at) == HELD + dt.timedelta(days=1, hours=5, minutes=30)
    again = client.post(address, usual | {"title": "Hội nghị khác", "day": "09/12/2026", "time": "13:30"})
    assert again.status_code == 422
    assert "Hội nghị khác" in again.content.decode()
    assert Meeting.objects.count() == 1


def test_the_roll_is_taken_on_one_page(meeting, province, cast, client_of):
    client = client_of(cast.staff)
    data = {"version": 1, "rest": "on"} | roll(province, orchid_preschool="absent: đi tập huấn")
    assert client.post(url("attendance", meeting), data).url == url("meeting", meeting)
    page = client.get(url("meeting", meeting))
    assert "Có mặt: 3/4. Vắng mặt: 1 (Trường Mầm non Hoa Ban – đi tập huấn)." in page.text
    client.cookies["django_language"] = "en"
    assert "Present: 3/4. Absent: 1 (Trường Mầm non Hoa Ban" in client.get(url("meeting", meeting)).text


def test_without_the_rest_only_what_was_marked_is_noted(meeting, province, cast, client_of):
    data = {"version": 1} | roll(province, high_school="present")
    client_of(cast.staff).post(url("attendance", meeting), data)
    noted = {row.unit_id: row.presence for row in meeting.attendances.all()}
    assert noted[province.high_school.pk] == Presence.PRESENT
    assert noted[province.cloud_primary.pk] == Presence.UNKNOWN


def test_a_reason_without_absence_is_asked_about_and_kept(meeting, province, cast, client_of):
    data = {"version": 1} | roll(province, high_school="present: ốm")
    response = client_of(cast.staff).post(url("attendance", meeting), data)
    assert response.status_code == 422
    assert 'value="ốm"' in response.content.decode()
    assert {row.presence for row in meeting.attendances.all()} == {Presence.UNKNOWN}


def test_an_absence_without_a_reason_is_saved_and_told(meeting, province, cast, client_of):
    data = {"version": 1} | roll(province, high_school="absent", orchid_preschool="absent: ốm")
    page = client_of(cast.staff).post(url("attendance", meeting), data, follow=True)
    told = [str(message) for message in page.context["messages"]]
    assert told[1:] == ["1 trường hợp vắng mặt chưa ghi lý do: THPT Ngọc Sơn."]


def test_a_long_roll_comes_in_pages_and_the_rest_is_of_all(meeting, province, cast, client_of, monkeypatch):
    monkeypatch.setattr(meeting_views, "PAGE_SIZE", 2)
    client = client_of(cast.staff)
    second = client.get(url("meeting", meeting) + "?page=2")
    assert len(second.context["form"].rows) == 2
    unit = second.context["form"].rows[0].unit
    data = {"version": 1, f"presence_{unit.pk}": "absent", f"reason_{unit.pk}": "ốm"}
    saved = client.post(url("attendance", meeting) + "?page=2", data)
    assert saved.url == url("meeting", meeting) + "?page=2"
    assert [row.unit for row in meeting.attendances.exclude(presence=Presence.UNKNOWN)] == [unit]
    client.post(url("attendance", meeting), {"version": 2, "rest": "on"})
    roll = client.get(url("meeting", meeting)).context["roll"]
    assert (roll.present, len(roll.absent), roll.not_noted) == (3, 1, 0)


def test_two_people_taking_the_roll_see_both(meeting, province, cast, client_of):
    marks = {province.high_school.pk: Mark(Presence.ABSENT, "ốm")}
    take_attendance(meeting=Meeting.objects.get(), version=1, marks=marks, by=cast.staff)
    data = {"version": 1} | roll(province, high_school="present")
    client = client_of(posted("hanh2", "Ngô Thị Hạnh", province.department, RoleCode.STAFF))
    response = client.post(url("attendance", meeting), data)
    assert response.status_code == 409
    (row,) = response.context["conflicts"]
    assert (row["label"], row["stored"].endswith("(ốm)")) == ("THPT Ngọc Sơn", True)
    assert str(response.context["form"]["version"].value()) == "2"
    assert client.post(url("attendance", meeting), data | {"version": 2}).status_code == 302
    assert meeting.attendances.get(unit=province.high_school).presence == Presence.PRESENT


def test_correcting_a_meeting_and_two_people_doing_so(meeting, cast, client_of):
    client = client_of(cast.staff)
    typed = {
        "version": 1,
        "title": "Giao ban",
        "day": "08/12/2026",
        "time": "08:00",
        "place": "Tầng 2",
        "chair": "Đỗ Thị Lan",
        "secretary": "Ngô Thị Hạnh",
    }
    assert client.post(url("meeting_edit", meeting), typed).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.secretary) == ("Tầng 2", "Ngô Thị Hạnh")
    late = client.post(url("meeting_edit", meeting), typed | {"place": "Tầng 3", "day": "9.12.2026"})
    assert late.status_code == 409
    assert [(row["stored"], row["yours"]) for row in late.context["conflicts"]] == [
        ("08/12/2026", "09/12/2026"),
        ("Tầng 2", "Tầng 3"),
    ]
    assert (
        client.post(url("meeting_edit", meeting), typed | {"place": "Tầng 3", "version": 2}).status_code
        == 302
    )


def test_a_meeting_without_a_day_is_asked_about(briefing, cast, client_of):
    typed = {"title": "Giao ban", "day": "hôm nay", "time": "", "place": "Hội trường", "chair": "Lan"}
    response = client_of(cast.staff).post(reverse("reports:meeting_new", args=[briefing.pk]), typed)
    assert set(response.context["form"].errors) == {"day", "time"}
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("day", ["01/01/0001", "09/12/1926", "09/12/20266", "31/02/2026"])
def test_an_absurd_day_is_asked_about(briefing, cast, client_of, day):
    typed = {"title": "Giao ban", "day": day, "time": "00:00", "place": "Hội trường", "chair": "Lan"}
    response = client_of(cast.staff).post(reverse("reports:meeting_new", args=[briefing.pk]), typed)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"day"})
    assert day in response.content.decode()


def test_the_notice_is_drafted_once_and_found_again(meeting, cast, client_of):
    client = client_of(cast.staff)
    first = client.post(url("notice_draft", meeting))
    meeting.refresh_from_db()
    assert first.url == reverse("directives:review", args=[meeting.notice_id])
    assert client.post(url("notice_draft", meeting)).url == first.url
    assert client.get(first.url).status_code == 200
    meeting.notice.state = "submitted"
    meeting.notice.save()
    assert client.post(url("notice_draft", meeting)).url == reverse(
        "directives:detail", args=[meeting.notice_id]
    )


@pytest.mark.parametrize(
    ("who", "status"),
    [("leader", 403), ("registrar", 403), ("commune_officer", 404), ("principal", 404), ("outsider", 404)],
)
def test_only_staff_of_the_office_keep_a_meeting(who, status, meeting, cast, client_of):
    client = client_of(getattr(cast, who))
    assert client.get(url("meeting", meeting)).status_code == (404 if status == 404 else 200)
    assert client.get(url("meeting_edit", meeting)).status_code == status
    assert client.post(url("attendance", meeting), {"version": 1, "rest": "on"}).status_code == status
    assert client.post(url("notice_draft", meeting)).status_code == status


def test_an_issued_notice_closes_the_roll(meeting, cast, client_of):
    notice = draft_notice(meeting=meeting, by=cast.staff, today=HELD.date())
    type(notice).objects.filter(pk=notice.pk).update(
        state="issued", number="07", issued_on=HELD.date(), issued_at=HELD, issued_by=cast.registrar.user
    )
    client = client_of(cast.staff)
    assert client.post(url("attendance", meeting), {"version": 1, "rest": "on"}).status_code == 403
    assert client.get(url("meeting", meeting)).status_code == 200


def test_the_cost_of_a_meeting_does_not_grow(meeting, province, cast, client_of, django_assert_num_queries):
    client = client_of(cast.staff)
    for invited in (3, 1):
        kept = [school.pk for school in province.schools[:invited]]
        meeting.attendances.exclude(unit__in=kept).delete()
        with django_assert_num_queries(12):
            page = client.get(url("meeting", meeting))
        assert page.context["roll"].invited == invited
