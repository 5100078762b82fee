"""The portal's own reminders: the clock moved through deadlines and Tết, the sweep cut off anywhere."""

import datetime as dt
from collections import Counter

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directives.actions import extensions, halting
from directives.models import Assignment
from reports import jobs
from reports.actions import digests, sweeping
from reports.actions.briefing import build_briefing
from reports.actions.expected import excuse_unit
from reports.actions.reminding import remind
from reports.models import MonthlyReport, Reminder, ReminderLine
from reports.queries.briefing import chased_units
from schools.models import Unit
from tests.directives.work import given, task_of
from tests.reports.months import open_months, report
from trail import post
from trail.jobs import send_letters
from trail.models import Letter, LetterState, Notification

pytestmark = pytest.mark.django_db
ZONE = timezone.get_default_timezone()
LIST_COSTS = 6  # queries, however many there are
PRIMARY = [("primary", 12, 378, 370, 21)]


def at(day: dt.date, hour: int = 8, minute: int = 0) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def people(cast):
    """Everybody has an address by which the tests know them."""
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@ngocson.example")
    return cast


@pytest.fixture
def november(province, people, time_machine):
    """November is opened; due on 5 December 2026, a Saturday."""
    time_machine.move_to(at(dt.date(2026, 11, 20)), tick=False)
    (period,) = open_months((2026, 11))
    return period


@pytest.fixture
def clock(time_machine):
    """Moves to a moment; then the portal does what it does every quarter of an hour."""

    def go(day: dt.date, hour: int = 8, *, send: bool = True) -> dict:
        time_machine.move_to(at(day, hour), tick=False)
        result = jobs.remind(lambda *_: None)
        if send:
            send_letters(lambda *_: None)
        return result

    return go


def row_of(unit, period) -> MonthlyReport:
    return MonthlyReport.objects.get(unit=unit, period=period)


def written_to() -> list[str]:
    """Who got a mail, in order, and nothing stays in the box."""
    names = [one.to[0].partition("@")[0] for one in mail.outbox]
    mail.outbox.clear()
    return sorted(names)


def days_from(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]


DEC = lambda day: dt.date(2026, 12, day)  # noqa: E731
IN_PROVINCE = ["dung", "hoa", "khanh", "mai", "nga", "son", "tam"]


# --- when, and to whom --------------------------------------------------------------------------------------


def test_one_letter_a_person_says_all_of_the_day(november, province, people, clock):
    given(task_of(province, people), province.cloud_primary, deadline=DEC(5))
    # six units of the province, two of its neighbour, the task
    assert clock(DEC(2)) == {"reminders": 9, "letters": 8}
    letter = next(one for one in mail.outbox if one.to == ["hoa@ngocson.example"])
    row, work = row_of(province.cloud_primary, november), Assignment.objects.get()
    assert letter.subject == "Nhắc việc ngày 02/12/2026: 02 việc đến hạn"
    assert letter.body.splitlines() == [
        "Kính gửi: Trần Thị Hoa.",
        "",
        "Trường Tiểu học Suối Mây:",
        f"- Báo cáo tháng 11/2026: hạn 05/12/2026 (còn 3 ngày). http://127.0.0.1:8000/reports/{row.pk}/",
        "- Nhiệm vụ “Rà soát cơ sở vật chất, báo cáo kết quả” theo văn bản số "
        f"{work.task.directive.full_number}: hạn 05/12/2026 (còn 3 ngày). http://127.0.0.1:8000/tasks/{work.pk}/",
        "",
        "Việc đã gửi hoặc đã xong thì xin bỏ qua.",
        "Chọn cách nhận nhắc việc: http://127.0.0.1:8000/account/reminders/",
    ]
    assert written_to() == sorted([*IN_PROVINCE, "xa"])


def test_each_stage_once_however_often_the_portal_looks(november, province, people, clock):
    said = []
    for day in days_from(dt.date(2026, 11, 23), DEC(8)):
        for hour in (8, 9, 15):
            clock(day, hour)
        said += [(f"{day:%d/%m}", stage) for stage in stages_of(province.cloud_primary, day)]
    assert said == [("27/11", -7), ("02/12", -3), ("04/12", -1), ("05/12", 0), ("07/12", 1)]
    counts = Counter(one.to[0] for one in mail.outbox)
    assert counts["hoa@ngocson.example"] == counts["tam@ngocson.example"] == 5


def stages_of(unit: Unit, day: dt.date) -> list[int]:
    return list(Reminder.objects.filter(unit=unit, on=day).values_list("stage", flat=True))


def test_not_at_night_and_not_on_free_days(november, clock):
    assert clock(DEC(4), 6) == {}
    assert clock(DEC(4), 20) == {}
    assert clock(DEC(6)) == {"reminders": 0, "letters": 0}
    assert (Reminder.objects.count(), mail.outbox) == (0, [])


def test_through_tet(province, people, time_machine, clock):
    """A deadline on 7 February 2027, within the holidays from the 4th to the 10th: told before and after."""
    time_machine.move_to(at(dt.date(2027, 1, 18)), tick=False)
    (work,) = given(task_of(province, people), province.cloud_primary, deadline=dt.date(2027, 2, 7))
    told = {}
    for day in days_from(dt.date(2027, 1, 19), dt.date(2027, 2, 16)):
        clock(day)
        if written_to():
            told[f"{day:%d/%m}"] = work.reminders.order_by("-pk").first().stage
    assert told == {
        "26/01": -7, "30/01": -3, "02/02": -1, "03/02": 0, "11/02": 1, "13/02": 2, "16/02": 3,
    }  # fmt: skip


def test_it_climbs_to_the_commune_and_to_the_department(november, province, people, clock):
    """One school does not report: its commune hears with the fourth word, the department with the seventh,
    and after the ninth the portal says no more."""
    MonthlyReport.objects.exclude(unit=province.cloud_primary).update(
        state="excused", reason="Không phải nộp"
    )
    told = {}
    for day in days_from(DEC(7), dt.date(2027, 1, 9)):
        clock(day)
        if names := written_to():
            told[Reminder.objects.order_by("-stage").first().stage] = names
    school, commune, department = ["hoa", "tam"], ["mai", "son"], ["lan", "minh"]
    assert told == {
        **dict.fromkeys((1, 2, 3), school),
        **dict.fromkeys((4, 5, 6), sorted(school + commune)),
        **dict.fromkeys((7, 8, 9), sorted(school + commune + department)),
    }


def test_the_higher_office_reads_who_and_how_often(november, province, people, clock, client_of):
    MonthlyReport.objects.exclude(unit=province.cloud_primary).update(
        state="excused", reason="Không phải nộp"
    )
    for day in days_from(DEC(7), DEC(14)):
        mail.outbox.clear()
        clock(day)
    letter = next(one for one in mail.outbox if one.to == ["mai@ngocson.example"])
    assert letter.subject == "Nhắc việc ngày 14/12/2026: 01 việc quá hạn của đơn vị trực thuộc"
    row = row_of(province.cloud_primary, november)
    assert (
        "- Trường Tiểu học Suối Mây: báo cáo tháng 11/2026: hạn 05/12/2026, đã quá hạn 9 ngày, "
        "đã nhắc 4 lần. "
        f"http://127.0.0.1:8000/reports/{row.pk}/" in letter.body
    )
    page = client_of(people.commune_leader).get(reverse("home"))
    words = "Đã nhắc nhiều lần, đơn vị trực thuộc vẫn chưa thực hiện: 1 báo cáo, 0 nhiệm vụ."
    assert words in page.text
    assert words not in client_of(people.leader).get(reverse("home")).text
    report(province.cloud_primary, november).of(*PRIMARY)
    clock(DEC(15))
    assert words not in client_of(people.commune_leader).get(reverse("home")).text


def test_who_was_reminded_in_vain_is_listed_and_stands_in_the_briefing(
    november, province, people, clock, client_of
):
    MonthlyReport.objects.exclude(unit=province.cloud_primary).update(
        state="excused", reason="Không phải nộp"
    )
    given(task_of(province, people), province.tea_combined, deadline=DEC(5))
    Unit.objects.filter(pk=province.cloud_primary.pk).update(phone="0214 3812 345")
    for day in days_from(DEC(7), DEC(10)):
        clock(day)
    client = client_of(people.leader)
    assert client.get(reverse("reports:chased")).context["total"] == 0
    clock(DEC(11))
    page = client.get(reverse("reports:chased"))
    assert [(row.reminder.unit.name, row.reminder.stage) for row in page.context["page"]] == [
        (province.cloud_primary.name, 3),
        (province.tea_combined.name, 3),
    ]
    assert 'href="tel:02143812345"' in page.text
    seen = client_of(people.commune_leader).get(reverse("reports:chased")).context
    assert [row.reminder.unit.name for row in seen["page"]] == [province.cloud_primary.name]
    assert client_of(people.outsider).get(reverse("reports:chased")).context["total"] == 0
    found = chased_units(province.department, DEC(11))
    assert [(one.name, one.reports, one.tasks, one.times) for one in found] == [
        (province.cloud_primary.name, 1, 0, 3),
        (province.tea_combined.name, 0, 1, 3),
    ]
    built = build_briefing(
        office=province.department, period=november, by=None, today=DEC(11), now=timezone.now()
    )
    assert built.sections.get(key="discipline").built_text.splitlines()[-1] == (
        "- Đã được nhắc nhiều lần nhưng chưa thực hiện: "
        "Trường Tiểu học Suối Mây (01 báo cáo tháng, nhắc 03 lần)"
        "; Trường Tiểu học và Trung học cơ sở Đồi Chè (01 nhiệm vụ, nhắc 03 lần)."
    )
    report(province.cloud_primary, november, sent_on=DEC(11)).of(*PRIMARY)
    assert [one.name for one in chased_units(province.department, DEC(11))] == [province.tea_combined.name]


@pytest.mark.parametrize("units", [1, 3])
def test_the_list_of_them_costs_the_same(november, province, people, clock, client_of, units):
    schools = [province.cloud_primary, province.tea_combined, province.high_school][:units]
    MonthlyReport.objects.exclude(unit__in=schools).update(state="excused", reason="Không phải nộp")
    for day in days_from(DEC(7), DEC(11)):
        clock(day, send=False)
    client = client_of(people.staff)
    client.get(reverse("reports:chased"))
    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("reports:chased"))
    assert (page.context["total"], len(captured)) == (units, LIST_COSTS)


# --- never for nothing --------------------------------------------------------------------------------------


def send(unit, november, people):
    report(unit, november).of(*PRIMARY)


def excuse(unit, november, people):
    row = row_of(unit, november)
    excuse_unit(
        report=row,
        version=row.version,
        reason="Trường đang sửa chữa",
        by=people.commune_officer,
        now=timezone.now(),
    )


def close(unit, november, people):
    Unit.objects.filter(pk=unit.pk).update(valid_to=dt.date(2026, 12, 1))


ENDS_A_REPORT = [send, excuse, close]


@pytest.mark.parametrize("end", ENDS_A_REPORT)
def test_what_is_sent_excused_or_closed_is_not_reminded_of(november, province, people, clock, end):
    end(province.cloud_primary, november, people)
    clock(DEC(2))
    assert not Reminder.objects.filter(unit=province.cloud_primary).exists()
    assert "hoa" not in written_to()


@pytest.mark.parametrize("end", ENDS_A_REPORT)
def test_nor_when_it_happens_while_the_letter_waits(november, province, people, clock, end):
    clock(DEC(2), send=False)
    end(province.cloud_primary, november, people)
    send_letters(lambda *_: None)
    told = written_to()
    assert ("hoa" in told, "tam" in told, "nga" in told) == (False, False, True)
    assert set(Letter.objects.filter(user_id=people.principal.user_id).values_list("state", flat=True)) == {
        "dropped"
    }


def pause(work, people):
    halting.pause(assignment=work, version=work.version, reason="Chờ hướng dẫn", by=people.staff)


def cancel(work, people):
    halting.cancel(assignment=work, version=work.version, reason="Không còn cần", by=people.staff)


def refuse(work, people):
    halting.refuse(assignment=work, version=work.version, reason="Không thuộc trường", by=people.principal)


def do(work, people):
    Assignment.objects.filter(pk=work.pk).update(state="done", reported_done_on=DEC(1))


def ask(work, people):
    return extensions.ask_extension(
        assignment=work, until=dt.date(2026, 12, 20), reason="Mưa lũ", by=people.principal, today=DEC(2)
    )


def extend(work, people):
    asked = ask(work, people)
    extensions.grant_extension(
        extension=asked, version=asked.version, until=None, answer="", by=people.staff, today=DEC(2)
    )


ENDS_WORK = [pause, cancel, refuse, do, ask, extend]


@pytest.fixture
def work(province, people, time_machine) -> Assignment:
    time_machine.move_to(at(dt.date(2026, 11, 20)), tick=False)
    (work,) = given(task_of(province, people), province.cloud_primary, deadline=DEC(5))
    return work


@pytest.mark.parametrize("end", ENDS_WORK)
def test_work_that_does_not_run_to_that_day_is_not_reminded_of(work, people, clock, end):
    end(work, people)
    clock(DEC(2))
    assert (Reminder.objects.count(), written_to()) == (0, [])


@pytest.mark.parametrize("end", ENDS_WORK)
def test_nor_is_it_when_the_letter_waits_and_the_word_is_gone(work, people, clock, client_of, end):
    clock(DEC(2), send=False)
    words = "Đến hạn 05/12/2026"
    assert words in client_of(people.principal).get(reverse("home")).text
    end(work, people)
    send_letters(lambda *_: None)
    assert written_to() == []
    assert words not in client_of(people.principal).get(reverse("home")).text


def test_a_later_deadline_has_its_own_days(work, people, clock):
    for day in days_from(dt.date(2026, 11, 23), DEC(1)):
        clock(day)
    extend(work, people)
    for day in days_from(DEC(2), DEC(21)):
        clock(day)
    assert list(work.reminders.order_by("pk").values_list("deadline", "stage")) == [
        (DEC(5), -7), (DEC(20), -7), (DEC(20), -3), (DEC(20), -1), (DEC(20), 0), (DEC(20), 1),
    ]  # fmt: skip


def test_who_left_or_turned_it_off_is_not_written_to(november, people, clock):
    clock(DEC(2), send=False)
    people.clerk.valid_to = DEC(2)
    people.clerk.save()
    User.objects.filter(pk=people.neighbour.user_id).update(remind_by_mail=False)
    User.objects.filter(pk=people.tea_principal.user_id).update(is_active=False)
    send_letters(lambda *_: None)
    told = written_to()
    assert [name in told for name in ("tam", "nga", "dung", "hoa")] == [False, False, False, True]


def test_what_staff_reminded_of_today_the_portal_does_not_say_again(
    november, province, people, clock, time_machine
):
    time_machine.move_to(at(DEC(7), 7), tick=False)
    row = row_of(province.cloud_primary, november)
    remind(reports=[row], by=people.commune_officer, now=timezone.now(), portal="https://ngocson.example")
    send_letters(lambda *_: None)
    assert written_to() == ["hoa", "tam"]
    clock(DEC(7))
    assert "hoa" not in written_to()
    clock(DEC(9))
    assert "hoa" in written_to()
    assert list(row.reminders.order_by("pk").values_list("stage", "by")) == [
        (1, people.commune_officer.user_id),
        (2, None),
    ]


# --- while servers are away ---------------------------------------------------------------------------------


@pytest.fixture
def mail_server(monkeypatch):
    """`mail_server(False)` takes it away, `mail_server(True)` brings it back."""
    send = post.EmailMessage.send
    state = {"up": True}

    def sending(self, *args, **kwargs):
        if not state["up"]:
            raise ConnectionRefusedError("no server")
        return send(self, *args, **kwargs)

    monkeypatch.setattr(post.EmailMessage, "send", sending)
    return lambda up: state.update(up=up)


def test_a_mail_server_that_is_away_for_days_delays_and_nothing_else(
    november, province, people, clock, mail_server
):
    mail_server(False)
    for day in days_from(DEC(2), DEC(9)):
        for hour in (8, 12, 17):
            clock(day, hour)
    assert mail.outbox == []
    mail_server(True)
    for day in (DEC(10), DEC(11)):
        for hour in (8, 12, 17):
            clock(day, hour)
    letters = [one for one in mail.outbox if one.to == ["hoa@ngocson.example"]]
    assert [one.subject for one in letters] == [
        "Nhắc việc ngày 10/12/2026: 01 việc quá hạn",
        "Nhắc việc ngày 11/12/2026: 01 việc quá hạn",
    ]
    assert "đã quá hạn 5 ngày, đã nhắc 2 lần" in letters[0].body
    lines = ReminderLine.objects.filter(user=people.principal.user_id)
    assert not lines.waiting().exists()


def test_a_letter_that_failed_by_day_is_not_sent_by_night(november, clock, mail_server, time_machine):
    mail_server(False)
    clock(DEC(2), 19)
    mail_server(True)
    time_machine.move_to(at(DEC(2), 21), tick=False)
    send_letters(lambda *_: None)
    assert mail.outbox == []
    time_machine.move_to(at(DEC(3), 7), tick=False)
    send_letters(lambda *_: None)
    assert "hoa" in written_to()


class Killed(BaseException):
    """The process is gone: nothing after this line runs, and what was not committed never was."""


POINTS = [
    (sweeping, "remind_of_reports", "before"),
    (sweeping, "remind_of_reports", "after"),
    (sweeping, "remind_of_work", "after"),
    (sweeping, "settle_former", "after"),
    (sweeping, "lines_of", "after"),
    (sweeping, "tell_offices", "before"),
    (digests, "write_digests_to", "before"),
    (digests, "write_digests_to", "after"),
    (digests, "write_letters", "after"),
    (digests, "waiting_lines", "after"),
    (post, "text_of", "before"),
    (post, "text_of", "after"),
]


@pytest.mark.parametrize("nth", [1, 2, 4])
@pytest.mark.parametrize(("module", "name", "when"), POINTS)
def test_killed_anywhere_nothing_is_lost_or_doubled(
    november, province, people, clock, monkeypatch, time_machine, module, name, when, nth
):
    """The process dies before or after a step, at its first, second or fourth time; the next ones go on."""
    given(task_of(province, people), province.cloud_primary, province.high_school, deadline=DEC(5))
    monkeypatch.setattr(sweeping, "BATCH", 2)
    monkeypatch.setattr(digests, "BATCH", 2)
    step, calls = getattr(module, name), Counter()

    def dying(*args, **kwargs):
        calls[name] += 1
        if calls[name] == nth and when == "before":
            raise Killed
        result = step(*args, **kwargs)
        if calls[name] == nth:
            raise Killed
        return result

    monkeypatch.setattr(module, name, dying)
    for hour in (8, 9, 10, 11):
        try:
            clock(DEC(2), hour)
        except Killed:
            continue
    told = Counter(written_to())
    assert told == dict.fromkeys(["dung", "hoa", "khanh", "mai", "nga", "son", "tam", "xa"], 1)
    lines = ReminderLine.objects.select_related("letter")
    assert {one.letter.state for one in lines} == {LetterState.SENT}
    assert Counter(one.user.username for one in lines) == {
        "dung": 1, "hoa": 2, "khanh": 2, "mai": 1, "nga": 1, "son": 1, "tam": 2, "xa": 1,
    }  # fmt: skip


def test_killed_after_the_server_took_it_the_letter_goes_again_under_the_same_name(
    november, clock, monkeypatch
):
    """The one case that no outbox can rule out: the second copy is known by its Message-ID."""
    hand_over, calls = post.hand_over, Counter()

    def dying(*args):
        hand_over(*args)
        calls["n"] += 1
        if calls["n"] == 1:
            raise Killed

    monkeypatch.setattr(post, "hand_over", dying)
    with pytest.raises(Killed):
        clock(DEC(2), 8)
    clock(DEC(2), 9)
    identities = Counter((one.to[0], one.extra_headers["Message-ID"]) for one in mail.outbox)
    assert sorted(identities.values()) == [1] * 7 + [2]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time anyway")
def test_two_sweeps_at_once_say_everything_once(november, province, people, clock, time_machine):
    import threading

    time_machine.move_to(at(DEC(2)), tick=False)
    together = threading.Barrier(3)

    def run() -> None:
        together.wait(5)
        try:
            jobs.remind(lambda *_: None)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    clock(DEC(2), 9)
    assert Counter(written_to()) == dict.fromkeys(
        ["dung", "hoa", "khanh", "mai", "nga", "son", "tam", "xa"], 1
    )


# --- cost ---------------------------------------------------------------------------------------------------


def test_the_statements_do_not_grow_with_what_there_is_to_say(
    november, province, people, clock, time_machine
):
    task = task_of(province, people)
    cost = []
    for units in (
        [province.cloud_primary],
        [province.cloud_primary, province.high_school, province.tea_combined],
    ):
        for model in (ReminderLine, Reminder, Letter, Notification, Assignment):
            model.objects.all().delete()
        time_machine.move_to(at(DEC(1)), tick=False)
        given(task, *units, deadline=DEC(5))
        time_machine.move_to(at(DEC(2)), tick=False)
        with CaptureQueriesContext(connection) as captured:
            sweeping.remind_of_work(list(Assignment.objects.values_list("pk", flat=True)), DEC(2))
        cost.append((Reminder.objects.count(), len(captured)))
    assert [reminders for reminders, _ in cost] == [1, 3]
    assert cost[0][1] == cost[1][1]
