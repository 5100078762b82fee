"""What the whole demo holds, loaded as of 25/11/2026 by the command."""

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pytest
from django.db import transaction
from django.db.models import Count, Max, Sum
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directives.models import (
    Annex,
    Assignment,
    AssignmentState,
    DataForm,
    Direction,
    Directive,
    DirectiveState,
    Evidence,
    Extension,
    FormAnswer,
    FormReply,
    Halt,
    HaltKind,
    Instruction,
    ReadTarget,
    Task,
)
from directives.queries import standing_counts
from directives.queries.extensions import requests_to_decide
from directives.reading import text_of_file
from eduportal.base.numbers import format_number
from eduportal.pages.demo import story
from eduportal.pages.demo.schedule import moment, schedule_for
from eduportal.pages.demo.tables import FULL
from reports.figures import Month
from reports.models import Briefing, MonthlyReport, ReportState
from reports.queries import figure_lines
from reports.queries.figures import level_figures, period_of
from schools.actions import school_year_period
from schools.models import Office, Posting, School, StandardRecognition, Unit
from schools.queries.recognitions import register
from targets.models import Observation, ObservationStatus, Target
from targets.queries.board import board
from tests.eduportal.pages.loading import load_demo
from trail.models import AuditEvent, StoredFile

pytestmark = pytest.mark.xdist_group("whole demo")  # loaded once, not once a worker

TODAY = dt.date(2026, 11, 25)
CLOSED = Month(2026, 10)


@dataclass(frozen=True)
class Loading:
    """What loading said, and the folder where its files lie."""

    lines: list[str]
    media: Path


@pytest.fixture(scope="module")
def _loading(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[Loading]:
    """Loaded once for this module: what a test changes goes with the test."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    media = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media, PASSWORD_HASHERS=quick),
        transaction.atomic(),
    ):
        lines = load_demo("--today", TODAY.isoformat())
        yield Loading(lines, media)
        transaction.set_rollback(True)


@pytest.fixture
def loading(_loading: Loading, db: None) -> Loading:
    """The whole demo of 25/11/2026."""
    return _loading


def test_it_says_what_it_does(loading: Loading) -> None:
    assert loading.lines[0] == "units: a department, 6 communes, 47 schools"
    assert [line for line in loading.lines if line.startswith("month ")] == [
        f"month {month.number.short}" for month in schedule_for(TODAY, 14).months
    ]
    assert loading.lines[-1] == "The demo is loaded."
    assert len(load_demo("--accounts")) == len(FULL.accounts)


def test_units(loading: Loading) -> None:
    kinds = Counter(Unit.objects.values_list("kind", flat=True))
    assert kinds == {"department": 1, "internal": 1, "commune": 6, "school": 47}
    under_department = School.objects.affiliated_to(Office.objects.get(code="NS"), TODAY)
    assert sorted(under_department.values_list("short_name", flat=True)) == [
        "GDNN-GDTX Ngọc Sơn",
        "THPT Ngọc Sơn",
        "THPT Đồi Chè",
    ]


def test_the_last_closed_month_adds_up(loading: Loading) -> None:
    """To what the province is known by, on the way that the briefing adds it up."""
    rows = level_figures(Office.objects.get(code="NS"), period_of(CLOSED))
    told = {row.level: (row.schools, row.reported, row.classes.value, row.pupils.value) for row in rows}
    assert told == {
        "preschool": (17, 17, 268, 6640),
        "primary": (19, 19, 326, 12_843),
        "lower_secondary": (16, 16, 188, 8411),
        "upper_secondary": (2, 2, 39, 1605),
        "continuing": (1, 1, 9, 348),
    }


def test_months(loading: Loading) -> None:
    states = {}
    rows = MonthlyReport.objects.values_list("period__year", "period__ordinal", "state")
    for year, month, state, count in rows.annotate(Count("pk")).order_by():
        states.setdefault(Month(year, month), {})[state] = count
    whole = [month for month, counts in states.items() if counts == {"accepted": 53}]
    assert (len(states), len(whole)) == (14, 7)
    assert states[CLOSED] == {"accepted": 53}
    assert states[Month(2026, 11)] == {"accepted": 13, "sent": 14, "returned": 2, "expected": 24}
    assert sum(counts.get("returned", 0) for month, counts in states.items() if month < CLOSED) == 1
    assert sum(counts.get("expected", 0) for month, counts in states.items() if month < CLOSED) == 6


def test_reports_come_late_and_are_corrected(loading: Loading) -> None:
    closed = MonthlyReport.objects.exclude(period__year=2026, period__ordinal=11)
    late = sum(report.was_sent_late for report in closed)
    assert 0.05 < late / closed.count() < 0.15
    corrected = closed.filter(state=ReportState.ACCEPTED).exclude(reason="")
    assert corrected.count() > 10
    remarks = Observation.objects.exclude(remark="").values("unit", "period").distinct()
    assert remarks.count() == corrected.count()


def test_every_office_has_something_to_accept(loading: Loading) -> None:
    waiting = MonthlyReport.objects.filter(state=ReportState.SENT).values_list("office__code", flat=True)
    assert sorted(set(waiting)) == ["NS", "NS-01", "NS-02", "NS-03", "NS-04", "NS-05", "NS-06"]


def test_whatever_was_asked_is_answered(loading: Loading) -> None:
    """In the months that ask for more than the usual four figures, too."""
    received = MonthlyReport.objects.received().filter(period__ordinal__in=[1, 5, 6, 9])
    reports = received.select_related("unit", "period")
    assert [str(one) for one in reports if any(line.figure is None for line in figure_lines(one))] == []
    asked = Counter(Observation.objects.values_list("period__ordinal", flat=True))
    assert asked[9] > asked[8]
    assert asked[5] > asked[4]


def test_communes_count_who_lives_there(loading: Loading) -> None:
    period = period_of(CLOSED)
    counting = Observation.objects.filter(period=period, status=ObservationStatus.ACCEPTED)
    living = counting.filter(measure__stem="age_6_10")
    assert living.count() == 6
    pupils = counting.filter(measure__code="primary.pupils").aggregate(all=Sum("value"))["all"]
    assert 0.98 < pupils / living.aggregate(all=Sum("value"))["all"] <= 1.02
    sent = Observation.objects.filter(period__ordinal=11, period__year=2026, measure__stem="age_6_10")
    assert Counter(sent.values_list("status", flat=True)) == {"sent": 2}


def test_every_standing_is_there(loading: Loading) -> None:
    counts = standing_counts(Assignment.objects.all(), TODAY)
    assert [standing for standing, count in counts.items() if not count] == []
    assert sum(counts.values()) == Assignment.objects.count()
    assert counts["done_on_time"] > 2 * counts["done_late"]
    assert counts["overdue"] < 0.1 * Assignment.objects.count()


def test_documents(loading: Loading) -> None:
    issued = Directive.objects.filter(state=DirectiveState.ISSUED)
    assert Counter(issued.values_list("kind", flat=True)) == {
        "cong_van": 9, "ke_hoach": 4, "thong_bao": 2, "huong_dan": 1
    }  # fmt: skip
    assert Counter(issued.values_list("office__code", flat=True)) == {"NS": 15, "NS-01": 1}
    doubtful = Task.objects.filter(directive__in=issued).exclude(doubts=[])
    assert [str(task) for task in doubtful] == []
    read = ReadTarget.objects.filter(directive__in=issued, directive__kind="ke_hoach")
    assert read.count() > 10


def test_work_put_aside_has_its_reason_in_the_history(loading: Loading) -> None:
    for state, by in (("paused", "staff"), ("cancelled", "staff"), ("refused", "principal")):
        for assignment in Assignment.objects.filter(state=state):
            event = AuditEvent.objects.about(assignment).get(verb=f"assignment.{state}")
            assert event.actor_role == by
            assert len(event.data["reason"]) > 20
            assert assignment.halts.get().begun_at == event.at


def test_one_refusal_was_accepted_and_one_waits(loading: Loading) -> None:
    refusals = Halt.objects.current().filter(kind=HaltKind.REFUSED)
    answered = refusals.values_list("assignment__unit__short_name", "accepted_by__username")
    assert sorted(answered) == [("TH Cầu Đá", "chuyenvien"), ("THCS Sông Xanh", None)]


def test_what_comes_in_is_registered_instructed_and_given_onward(loading: Loading) -> None:
    arrived = Directive.objects.filter(direction=Direction.INCOMING).order_by("arrival_number")
    assert [(one.arrival_number, one.sender, one.state) for one in arrived] == [
        (1, "Bộ Giáo dục và Đào tạo", "issued"),
        (2, "UBND tỉnh Ngọc Sơn", "issued"),
        (3, "Sở Y tế", "draft"),
    ]
    onward, within, new = arrived
    steps = AuditEvent.objects.about(onward).order_by("at", "pk").values_list("verb", "actor_role")
    assert list(dict.fromkeys(steps)) == [
        ("directive.drafted", "registrar"),
        ("directive.registered", "registrar"),
        ("directive.instructed", "leader"),
        ("task.confirmed", "staff"),
        ("directive.issued", "staff"),
    ]
    handed_out = Assignment.objects.filter(task__directive=onward)
    assert Counter(handed_out.values_list("task__path", flat=True)) == {"1": 47, "2": 36, "3": 47}
    done = Assignment.objects.get(task__directive=within)
    assert (done.unit.short_name, done.state) == ("P. GDTH", AssignmentState.DONE)
    assert (new.instructions.count(), new.original is not None) == (0, True)


def test_later_days_are_granted_refused_and_waited_for(loading: Loading) -> None:
    asked = Extension.objects.with_work().order_by("asked_at")
    outcome = {
        one.assignment.unit.short_name: "granted" if one.is_granted else "refused" if one.is_refused else ""
        for one in asked
    }
    assert outcome == {
        "TH Đồi Thông": "granted",
        "Xã Nà Khuông": "refused",
        "PTDTBT TH Pá Lau": "granted",
        "TH&THCS Huổi Sim": "",
        "PTDTBT TH&THCS Háng Ché": "",
        "PTDTBT TH&THCS Lùng Sán": "",
    }
    assert [one for one in asked if one.is_granted and one.assignment.deadline != one.granted_deadline] == []
    assert [one for one in asked if one.decided_at and one.decided_at <= one.asked_at] == []
    staff = Posting.objects.get(user__username="chuyenvien")
    assert requests_to_decide(staff).count() == 3


def test_schools_answer_forms_with_their_work(loading: Loading) -> None:
    forms = {form.task.path: form for form in DataForm.objects.all()}
    assert {path: form.fields.count() for path, form in forms.items()} == {"1": 9, "II.1": 3}
    equipment = FormReply.objects.filter(form=forms["1"])
    sent = equipment.sent()
    assert sent.count() > 20
    assert set(sent.values_list("assignment__state", flat=True)) == {AssignmentState.DONE}
    begun = equipment.filter(sent_at__isnull=True, return_reason="")
    assert begun.exists()
    given_back = equipment.exclude(return_reason="").get()
    assert given_back.assignment.unit.short_name == "THCS Suối Mây"
    pupils = FormAnswer.objects.filter(field__form=forms["II.1"], field__position__in=[0, 1])
    reported = pupils.aggregate(all=Sum("number"))["all"]
    schools = [plan for plan in FULL.schools if forms["II.1"].replies.filter(
        assignment__unit__code=plan.code, sent_at__isnull=False).exists()]  # fmt: skip
    assert reported >= sum(plan.pupils for plan in schools)


def test_schools_show_their_work(loading: Loading) -> None:
    shown = Evidence.objects.select_related("file", "assignment__unit")
    assert 50 < shown.filter(sent_at__isnull=False).count() == shown.count()
    assert {one.file.name.rsplit(".")[-1] for one in shown} == {"docx", "xlsx"}
    assert [one for one in shown if one.assignment.unit.short_name not in one.file.name] == []
    assert [one for one in shown if one.added_at > one.sent_at] == []
    minutes = shown.filter(file__name__startswith="Biên bản tự kiểm tra").first()
    text = text_of_file((loading.media / minutes.file.file.name).read_bytes()).text
    assert minutes.assignment.unit.name in text


def test_documents_have_annexes(loading: Loading) -> None:
    annexes = Annex.objects.order_by("added_at").values_list("title", "directive__symbol")
    assert list(annexes) == [
        ("Phụ lục - Mẫu biên bản đối chiếu mã định danh", "KH-SGDĐT"),
        ("Phụ lục 1 - Danh mục thiết bị dạy học tối thiểu", "SGDĐT-KHTC"),
    ]


def test_nothing_happened_after_today(loading: Loading) -> None:
    events = AuditEvent.objects.exclude(verb=story.LOADED)
    assert events.aggregate(Max("at"))["at__max"] < moment(TODAY, 0)
    dated = (
        (Annex, "added_at"),
        (Assignment, "assigned_at"),
        (DataForm, "created_at"),
        (Directive, "created_at"),
        (Evidence, "added_at"),
        (Extension, "asked_at"),
        (Extension, "decided_at"),
        (FormReply, "sent_at"),
        (Halt, "begun_at"),
        (Halt, "accepted_at"),
        (Instruction, "given_at"),
        (MonthlyReport, "saved_at"),
        (StoredFile, "created_at"),
    )
    for model, field in dated:
        last = model.objects.aggregate(last=Max(field))["last"]
        assert timezone.localdate(last) < TODAY, (model, field)


def test_before_the_communes_there_is_nothing_to_report(settings) -> None:
    """The province of today is there since July 2025."""
    months = schedule_for(dt.date(2026, 6, 30), 14).months
    assert [months[0].number, months[-1].number, len(months)] == [Month(2025, 7), Month(2026, 6), 12]
    assert [month.ago for month in months] == list(range(11, -1, -1))


def test_targets_of_two_years(loading: Loading) -> None:
    years = Counter(Target.objects.values_list("period__year", flat=True))
    assert years == {2025: 14, 2026: 19}
    adopted = Target.objects.filter(read_target__isnull=False).values_list("indicator__code", flat=True)
    assert sorted(adopted) == [
        "preschool.five_year_old_rate",
        "preschool.kindergarten_rate",
        "preschool.nursery_rate",
        "primary.six_year_old_rate",
    ]
    department = Office.objects.get(code="NS")
    leader = User.objects.get(username="lanhdao")
    expected = {
        2025: {"exceeded", "missed"},
        2026: {"exceeded", "met", "on_track", "at_risk", "no_data"},
    }
    for year, standings in expected.items():
        shown = board(unit=department, period=school_year_period(year), today=TODAY, user=leader)
        assert {row.standing.value for row in shown.rows} == standings


def test_recognitions_hold_lapse_and_have_lapsed(loading: Loading) -> None:
    counts = register(user=User.objects.get(username="lanhdao"), today=TODAY).counts
    assert min(counts["in_force"], counts["soon"], counts["lapsed"]) > 0
    assert sum(counts.values()) == StandardRecognition.objects.count() > 25


CLOSED_TOTALS = {
    "preschool.classes": 268,
    "preschool.pupils": 6_640,
    "primary.classes": 326,
    "primary.pupils": 12_843,
    "lower_secondary.classes": 188,
    "lower_secondary.pupils": 8_411,
}


def test_page_programme_and_print_say_the_same(loading: Loading, api_of, client_of) -> None:
    """The page of a number, the figures that another programme adds up, and the briefing as it is printed."""
    leader, period = Posting.objects.get(user__username="lanhdao"), period_of(CLOSED)
    pages, api = client_of(leader), api_of(leader, "read")
    briefing = Briefing.objects.get(office__code="NS", period=period)
    printed = pages.get(reverse("reports:briefing_pdf", args=[briefing.pk]))
    with pdfplumber.open(io.BytesIO(printed.content)) as pdf:
        words = " ".join(page.extract_text() for page in pdf.pages)
    for code, total in CLOSED_TOTALS.items():
        page = pages.get(reverse("reports:live_figure", args=[code]), {"period": CLOSED.code})
        asked = {"measure": code, "period": period.pk, "limit": 100}
        read = api.get("/api/v1/observations/", asked).json()
        assert read["count"] == len(read["results"])
        added = sum(Decimal(one["value"]) for one in read["results"])
        assert (page.context["behind"].total, added) == (total, total), code
        assert format_number(total) in words, code
