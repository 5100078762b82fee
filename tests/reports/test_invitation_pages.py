"""Pages of invitations: the office's lists and code, the unit's own page, and who sees nothing of either."""

# ruff: noqa: F811 — fixtures are named after what they give

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar

from reports.actions.attending import announce_absence, renew_code
from reports.actions.proceedings import draft_minutes, publish_papers, save_agenda, save_opinions
from reports.invitations import AgendaLine
from reports.minutes import OpinionText
from reports.models import MeetingFile, Minutes
from tests.conftest import queries_of
from tests.reports.meetings import BEFORE, HELD, fresh, meeting, row_of, told  # noqa: F401
from trail.actions import store_file

SECRET = "Xin thêm phòng ở bán trú"


def url(name, meeting, *more):
    return reverse(f"reports:{name}", args=[meeting.pk, *more])


def rows_of(*rows, stored=0, **others):
    """Form data of placed rows: dictionaries with ORDER."""
    data = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": stored}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return data | others


def test_an_agenda_is_typed_one_a_line_and_put_into_order_by_numbers(meeting, cast, client_of):
    client = client_of(cast.staff)
    page = client.post(url("meeting_agenda", meeting), rows_of(version=1, more="Khai mạc\nBáo cáo||lâu"))
    assert (page.status_code, "2" in page.context["form"].errors["more"][0]) == (422, True)
    lines = "Khai mạc | | 5\nBáo cáo | Phòng GDTH | 20\nKết luận"
    assert client.post(url("meeting_agenda", meeting), rows_of(version=1, more=lines)).status_code == 302
    rows = [
        {"ORDER": 2, "title": "Khai mạc", "minutes": 5},
        {"ORDER": 2, "title": "Báo cáo", "speaker": "Phòng GDTH", "minutes": 20},
        {"ORDER": 3, "title": ""},
    ]
    client.post(url("meeting_agenda", meeting), rows_of(*rows, stored=3, version=2, more=""))
    assert [one.title for one in meeting.agenda.all()] == ["Báo cáo", "Khai mạc"]


def test_two_people_at_one_agenda_see_both(meeting, cast, client_of):
    client = client_of(cast.staff)
    save_agenda(meeting=meeting, version=1, items=[AgendaLine("Khai mạc", "", 5)], by=cast.staff)
    late = client.post(url("meeting_agenda", meeting), rows_of({"title": "Báo cáo"}, version=1, more=""))
    assert late.status_code == 409
    assert [(row["stored"], row["yours"]) for row in late.context["conflicts"]] == [
        ("1. Khai mạc (5 phút)", "1. Báo cáo")
    ]
    assert late.context["form"]["version"].value() == 2
    client.post(url("meeting_agenda", meeting), rows_of({"title": "Báo cáo"}, version=2, more=""))
    assert [one.title for one in meeting.agenda.all()] == ["Báo cáo"]


def test_opinions_are_noted_row_by_row(meeting, cast, client_of):
    client = client_of(cast.staff)
    nothing_said = rows_of({"speaker": "Hoa", "text": ""}, version=1, remarks="")
    assert client.post(url("meeting_opinions", meeting), nothing_said).status_code == 422
    rows = [
        {"ORDER": 2, "speaker": "Hoa", "text": SECRET},
        {"ORDER": 1, "unit": "MN Hoa Ban", "text": "Nhất trí"},
    ]
    typed = rows_of(*rows, version=1, remarks="Chung")
    assert client.post(url("meeting_opinions", meeting), typed).status_code == 302
    late = client.post(url("meeting_opinions", meeting), typed | {"remarks": "Khác"})
    assert (late.status_code, [row["yours"] for row in late.context["conflicts"]]) == (409, ["Khác"])
    page = client.get(url("meeting", meeting)).content.decode()
    assert (SECRET in page, "Chung" in page) == (True, True)


def test_the_office_invites_communes_takes_a_school_out_and_sends(meeting, province, cast, client_of):
    client = client_of(cast.staff)
    client.post(url("meeting_invited", meeting), {"version": 1, "communes": "all"})
    out = {"version": 2, "units": [province.high_school.pk], "leave_out": "on"}
    assert client.post(url("meeting_invited", meeting), out, follow=True).status_code == 200
    assert meeting.attendances.count() == 5
    stale = client.post(url("meeting_invite", meeting), {"version": 1}, follow=True)
    assert fresh(meeting).invited_at is None
    assert stale.status_code == 200
    client.post(url("meeting_invite", meeting), {"version": 3})
    assert fresh(meeting).is_told
    assert fresh(meeting).title in client_of(cast.commune_officer).get("/").content.decode()
    assert client_of(cast.high_principal).get(url("invitation", meeting)).status_code == 404


def test_a_unit_sees_its_invitation_and_nothing_else_of_the_meeting(told, province, cast, client_of):
    save_agenda(meeting=told, version=told.version, items=[AgendaLine("Báo cáo", "Lan", 45)], by=cast.staff)
    save_opinions(
        meeting=fresh(told),
        version=fresh(told).version,
        opinions=[OpinionText("Hoa", "", SECRET)],
        remarks=SECRET,
        by=cast.staff,
    )
    announce_absence(
        attendance=row_of(told, province.orchid_preschool), reason=SECRET, by=cast.neighbour, now=BEFORE
    )
    draft_minutes(meeting=told, by=cast.staff, now=HELD)
    kept = [
        MeetingFile.objects.create(
            meeting=told,
            file=store_file(name=name, content=b"x", content_type="text/plain", unit_id=told.office_id),
            for_invited=shown,
            added_by=cast.staff.user,
        )
        for name, shown in (("moi.txt", True), ("noibo.txt", False))
    ]
    client = client_of(cast.clerk)
    page = client.get(url("invitation", told)).content.decode()
    assert [text in page for text in ("Hội trường", "Báo cáo", "45", "moi.txt")] == [True] * 4
    assert [text in page for text in (SECRET, "noibo.txt", "Hoa Ban")] == [False] * 3
    got = [client.get(url("invitation_file", told, one.pk)) for one in kept]
    assert (b"".join(got[0]), got[1].status_code) == (b"x", 404)
    assert client.get(url("invitation_minutes_pdf", told)).status_code == 404
    assert client.get(url("meeting", told)).status_code == 404
    publish_papers(meeting=told, version=Minutes.objects.get().version, by=cast.staff, now=HELD)
    assert SECRET in client.get(url("invitation", told)).content.decode()
    pdf = client.get(url("invitation_minutes_pdf", told))
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.parametrize("who", ["outsider", "outsider_principal", "staff", "division_staff"])
def test_for_whoever_is_not_invited_there_is_no_invitation(who, told, cast, client_of):
    client = client_of(getattr(cast, who))
    for name in ("invitation", "invitation_calendar", "invitation_pdf", "check_in"):
        assert client.get(url(name, told)).status_code == 404
    assert told.title not in client.get("/").content.decode() or who == "staff"


def test_before_it_is_sent_there_is_no_invitation(meeting, cast, client_of):
    client = client_of(cast.principal)
    assert client.get(url("invitation", meeting)).status_code == 404
    assert meeting.title not in client.get("/").content.decode()


def test_the_entry_for_a_calendar_and_the_paper(told, cast, client_of):
    client = client_of(cast.principal)
    answer = client.get(url("invitation_calendar", told))
    read = Calendar.from_ical(answer.content)
    (event,) = read.walk("VEVENT")
    assert (read["METHOD"], event["DTSTART"].dt) == ("PUBLISH", HELD)
    assert answer["Content-Type"].startswith("text/calendar")
    assert client.get(url("invitation_pdf", told)).content.startswith(b"%PDF")
    assert client_of(cast.staff).get(url("meeting_invitation_pdf", told)).content.startswith(b"%PDF")


def test_the_code_leads_to_the_units_own_page_and_checks_in(told, province, cast, client_of, time_machine):
    office = client_of(cast.staff)
    assert "qr" not in office.get(url("meeting_code", told)).content.decode().partition("<main")[2]
    office.post(url("meeting_code", told))
    code = fresh(told).code
    room = office.get(url("meeting_code", told)).content.decode()
    assert (f"{code[:3]} {code[3:]}" in room, '<svg viewBox="' in room) == (True, True)
    school = client_of(cast.clerk)
    early = school.post(url("check_in", told), {"code": code})
    assert (early.status_code, len(early.context["check"].errors["code"])) == (422, 1)
    time_machine.move_to(HELD - dt.timedelta(minutes=10), tick=False)
    page = school.get(url("check_in", told), {"code": code})
    assert page.context["check"]["code"].value() == code
    assert row_of(told, province.cloud_primary).presence == "unknown"
    assert school.post(url("check_in", told), {"code": ""}).status_code == 422
    assert school.post(url("check_in", told), {"code": "12"}).status_code == 422
    for _ in range(2):
        assert school.post(url("check_in", told), {"code": code}).status_code == 302
    counts = office.get(url("meeting_counts", told))
    assert counts.context["roll"].present == 1
    assert "Bùi Văn Tâm" in office.get(url("meeting", told)).content.decode()


def test_an_absence_needs_its_reason(told, province, cast, client_of):
    client = client_of(cast.principal)
    assert client.post(url("absence", told), {"reason": " "}).status_code == 422
    assert client.post(url("absence", told), {"reason": "Đi tập huấn"}).status_code == 302
    assert row_of(told, province.cloud_primary).reason == "Đi tập huấn"
    assert client.post(url("absence", told), {"take_back": "on"}).status_code == 302
    assert row_of(told, province.cloud_primary).presence == "unknown"


def test_a_registrar_of_a_commune_reads_and_does_not_answer(told, province, cast, client_of):
    row = row_of(told, province.cloud_primary)
    row.unit = province.cloud_commune
    row.save()
    assert client_of(cast.commune_leader).get(url("invitation", told)).status_code == 200
    assert client_of(cast.principal).get(url("invitation", told)).status_code == 404


def test_files_are_kept_shown_and_taken_away(meeting, cast, client_of):
    client = client_of(cast.staff)
    program = SimpleUploadedFile("a.pdf", b"MZ program")
    assert client.post(url("meeting_files", meeting), {"uploads": program}).status_code == 422
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
    client.post(url("meeting_files", meeting), {"uploads": SimpleUploadedFile("a.png", png)})
    one = meeting.files.get()
    assert one.for_invited is False
    client.post(url("meeting_file_change", meeting, one.pk), {"show": "on"})
    assert meeting.files.get().for_invited is True
    assert b"".join(client.get(url("meeting_file", meeting, one.pk))) == png
    client.post(url("meeting_file_change", meeting, one.pk), {"remove": "on"})
    assert not meeting.files.exists()


def test_minutes_are_drafted_corrected_and_printed(told, cast, client_of, time_machine):
    time_machine.move_to(HELD, tick=False)
    client = client_of(cast.staff)
    assert client.get(url("meeting_minutes", told)).url == url("meeting", told)
    assert client.post(url("meeting_minutes", told)).url == url("meeting_minutes", told)
    typed = {"version": 1, "text": "Bản của tôi"}
    assert client.post(url("meeting_minutes", told), typed).status_code == 302
    late = client.post(url("meeting_minutes", told), typed | {"text": "Bản khác"})
    assert late.status_code == 409
    assert [(row["stored"], row["yours"]) for row in late.context["conflicts"]] == [
        ("Bản của tôi", "Bản khác")
    ]
    assert client.get(url("meeting_minutes_pdf", told)).content.startswith(b"%PDF")
    client.post(url("meeting_publish", told), {"version": 2})
    assert fresh(told).published_at == HELD
    assert client.get(url("meeting_minutes", told)).status_code == 200
    client.post(url("meeting_publish", told), {"take_back": "on"})
    assert fresh(told).published_at is None


def test_cancelling_asks_for_a_reason(told, cast, client_of):
    client = client_of(cast.staff)
    assert (
        client.post(url("meeting_cancel", told), {"version": told.version, "reason": ""}).status_code == 422
    )
    client.post(url("meeting_cancel", told), {"version": told.version, "reason": "Bão số 9"})
    assert fresh(told).is_cancelled
    assert "Bão số 9" in client_of(cast.principal).get(url("invitation", told)).content.decode()
    assert "Bão số 9" in client.get(url("meeting", told)).content.decode()


def test_a_roll_that_was_overtaken_shows_what_units_said_meanwhile(
    told, province, cast, client_of, time_machine
):
    time_machine.move_to(HELD, tick=False)
    renew_code(meeting=told, by=cast.staff)
    office = client_of(cast.staff)
    school = client_of(cast.clerk)
    school.post(url("check_in", told), {"code": fresh(told).code})
    unit = province.high_school.pk
    typed = {"version": told.version, f"presence_{unit}": "absent", f"shown_{unit}": "unknown"}
    typed[f"shown_{province.cloud_primary.pk}"] = "unknown"
    assert office.post(url("attendance", told), typed).status_code == 302
    assert row_of(told, province.cloud_primary).presence == "present"
    late = office.post(url("attendance", told), typed | {f"presence_{unit}": "present"})
    form = late.context["form"]
    assert (late.status_code, form[f"presence_{province.cloud_primary.pk}"].value()) == (409, "present")


def test_the_cost_of_an_invitation_does_not_grow(told, cast, client_of):
    client = client_of(cast.principal)
    taken = []
    for items in (1, 3):
        lines = [AgendaLine(f"Mục {n}", "", None) for n in range(items)]
        save_agenda(meeting=fresh(told), version=fresh(told).version, items=lines, by=cast.staff)
        taken.append(queries_of(client, url("invitation", told)))
    assert taken[0] == taken[1]
