"""What the small demo holds, loaded as of 22/11/2026."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.password_validation import validate_password
from django.db.models import Max
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from directives.actions.drafting import draft_directive
from directives.jobs import RENDER_PDF
from directives.models import Assignment, Directive, DirectiveState
from directives.queries import standing_counts
from directives.standing import COUNTED
from eduportal.pages.demo import story
from eduportal.pages.demo.people import PASSWORD
from eduportal.pages.demo.schedule import moment
from reports.models import Attendance, Briefing, Meeting, MonthlyReport, Presence, ReportState
from schools.models import Office, Posting, School, Unit
from targets.models import Observation
from tests.eduportal.pages.loading import load_demo, loaded, row_counts
from trail.models import AuditEvent, Job

TODAY = dt.date(2026, 11, 22)
SAMPLE = Path(__file__).parents[3] / "docs" / "samples" / "cong-van-mau.txt"


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """Loaded once for this module: what a test changes goes with the test."""
    with (
        django_db_blocker.unblock(),
        override_settings(
            MEDIA_ROOT=tmp_path_factory.mktemp("demo"),
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ),
        loaded(TODAY),
    ):
        yield


@pytest.fixture
def demo(_demo: None, db: None) -> None:
    """The demo of 22/11/2026."""


def states_of(year: int, month: int) -> Counter[str]:
    rows = MonthlyReport.objects.filter(period__year=year, period__ordinal=month)
    return Counter(rows.values_list("state", flat=True))


# --- what it holds --------------------------------------------------------------------------------------


def test_units_and_people(demo: None) -> None:
    kinds = Counter(Unit.objects.values_list("kind", flat=True))
    assert kinds == {"department": 1, "internal": 1, "commune": 3, "school": 12}
    assert Office.objects.filter(letterheads__isnull=False).count() == 4
    roles = Counter(Posting.objects.values_list("role", flat=True))
    assert roles == {"staff": 5, "leader": 4, "registrar": 1, "admin": 1, "principal": 12, "clerk": 3}
    led = Posting.objects.filter(role="principal").values("unit")
    assert School.objects.filter(pk__in=led).count() == 12


def test_months(demo: None) -> None:
    assert states_of(2026, 9) == states_of(2026, 10) == {"accepted": 15}
    assert states_of(2026, 11) == {"accepted": 4, "sent": 4, "returned": 1, "expected": 6}
    late = [str(one) for one in MonthlyReport.objects.all() if one.was_sent_late]
    assert len(late) == 4
    started = MonthlyReport.objects.filter(state=ReportState.EXPECTED, saved_at__isnull=False)
    begun = started.get(unit__kind="school")
    assert begun.unit.short_name == "TH&THCS Đồi Chè"
    assert Observation.objects.filter(unit=begun.unit, period=begun.period).count() == 4


def test_every_office_has_something_to_accept(demo: None) -> None:
    waiting = MonthlyReport.objects.filter(state=ReportState.SENT)
    assert sorted(waiting.values_list("office__code", flat=True)) == ["NS", "NS", "NS-01", "NS-03"]
    missing = MonthlyReport.objects.missing().values_list("office__code", flat=True)
    assert sorted(set(missing)) == ["NS", "NS-01", "NS-02"]


def test_every_standing_is_there(demo: None) -> None:
    counts = standing_counts(Assignment.objects.all(), TODAY)
    assert [standing.value for standing in COUNTED if not counts[standing]] == []
    assert sum(counts[standing] for standing in COUNTED) == Assignment.objects.count()
    soon = TODAY + dt.timedelta(days=django_settings.DUE_SOON_DAYS)
    assert Assignment.objects.open().filter(deadline__range=(TODAY, soon)).count() == 8


def test_documents(demo: None) -> None:
    issued = Directive.objects.filter(state=DirectiveState.ISSUED).order_by("issued_on")
    kinds = [(one.kind, one.written_here) for one in issued]
    assert kinds == [("cong_van", False), ("ke_hoach", False), ("cong_van", False), ("thong_bao", True)]
    draft = Directive.objects.get(state=DirectiveState.DRAFT)
    doubts = [doubt["code"] for task in draft.tasks.all() for doubt in task.doubts]
    assert doubts == ["several_deadlines", "unknown_unit", "name_near"]
    assert draft.original is not None


def test_documents_name_the_units_they_mean(demo: None) -> None:
    boarding = Assignment.objects.filter(task__directive__symbol="SGDĐT-VP", task__path="5")
    assert sorted(one.unit.code for one in boarding) == ["NS010004", "NS020003"]
    communes = Assignment.objects.filter(task__directive__symbol="SGDĐT-VP", task__path="6")
    assert sorted(one.unit.code for one in communes) == ["NS-01", "NS-02", "NS-03"]


def test_meeting_and_notice(demo: None) -> None:
    meeting = Meeting.objects.get()
    assert meeting.briefing.period.ordinal == 10
    assert Briefing.objects.get().sections.get(key="directions").is_edited
    roll = Counter(Attendance.objects.values_list("presence", flat=True))
    assert roll == {Presence.PRESENT: 11, Presence.ABSENT: 1}
    notice = meeting.notice
    assert (notice.full_number, notice.issued_on) == ("01/TB-SGDĐT", dt.date(2026, 11, 10))
    assert (notice.approved_by.username, notice.issued_by.username) == ("lanhdao", "vanthu")
    assert sorted(notice.tasks.to_track().values_list("path", flat=True)) == [f"II.{n}" for n in range(1, 7)]
    assert Job.objects.get(kind=RENDER_PDF).key == str(notice.pk)


def test_each_step_is_done_by_whose_step_it_is(demo: None) -> None:
    acted = set(AuditEvent.objects.exclude(actor_role="").values_list("verb", "actor_role"))
    roles = {verb: {role for one, role in acted if one == verb} for verb, _ in acted}
    assert roles["report.saved"] == {"principal", "clerk", "staff"}
    assert roles["report.sent"] == {"principal", "leader"}
    assert roles["report.accepted"] == roles["report.returned"] == {"staff"}
    assert roles["directive.approved"] == {"leader"}
    assert roles["directive.issued"] == {"staff", "registrar"}


def test_the_trail_tells_the_story_in_its_order(demo: None) -> None:
    events = AuditEvent.objects.exclude(verb=story.LOADED)
    assert events.aggregate(Max("at"))["at__max"] < moment(TODAY, 0)
    notice = AuditEvent.objects.about(Meeting.objects.get().notice).order_by("at", "pk")
    steps = [verb for verb in notice.values_list("verb", flat=True) if verb.startswith("directive.")]
    assert steps == ["directive.drafted", "directive.submitted", "directive.approved", "directive.issued"]
    first = Assignment.objects.order_by("assigned_at").first()
    assert timezone.localdate(first.assigned_at) == first.task.directive.issued_on


# --- the command ----------------------------------------------------------------------------------------


def test_loading_twice_changes_nothing(demo: None) -> None:
    before = row_counts()
    assert load_demo() == ["The demo is loaded already; nothing was changed."]
    assert row_counts() == before


def test_accounts(demo: None) -> None:
    lines = [line.split(" ") for line in load_demo("--accounts")]
    assert {line[0] for line in lines} == {"account"}
    assert {line[3] for line in lines} == {PASSWORD}
    assert [line[2] for line in lines] == list(User.objects.order_by("pk").values_list("username", flat=True))
    roles = Counter(line[1] for line in lines)
    assert roles == {
        "staff": 2,
        "registrar": 1,
        "leader": 1,
        "admin": 1,
        "commune_staff": 3,
        "commune_leader": 3,
        "principal": 12,
        "clerk": 3,
    }


def test_everybody_has_the_password_and_it_is_a_valid_one(demo: None) -> None:
    users = list(User.objects.all())
    assert len({user.password for user in users}) == 1
    assert users[0].check_password(PASSWORD)
    for user in users:
        validate_password(PASSWORD, user)


# --- the sample letter ----------------------------------------------------------------------------------


def test_the_sample_letter_is_read_and_leaves_two_things_to_correct(demo: None) -> None:
    by = Posting.objects.get(user__username="chuyenvien")
    text = SAMPLE.read_text(encoding="utf-8")
    letter = draft_directive(office=by.acting_unit, text=text, by=by, today=dt.date(2026, 11, 25))
    assert (letter.kind, letter.full_number, letter.place) == ("cong_van", "1652/SGDĐT-GDPT", "Ngọc Sơn")
    assert (letter.issued_on, letter.signer_name) == (dt.date(2026, 11, 24), "Trương Văn Lộc")
    tasks = {task.path: task for task in letter.tasks.to_track()}
    assert {path: task.deadline and f"{task.deadline:%d/%m}" for path, task in tasks.items()} == {
        "1": "12/12",
        "2": "18/12",
        "3": "18/12",
        "4": "10/12",
        "5": "04/12",
        "6": "15/12",
        "7": None,
        "8": "31/12",
        "9": "09/01",
    }
    named = [one.unit.short_name for one in tasks["4"].addressees.order_by("pk")]
    assert named == ["TH Suối Mây", "TH Bến Ngọc", "THCS Bến Ngọc"]
    assert [one.level for one in tasks["2"].addressees.all()] == ["lower_secondary"]
    doubts = {path: [doubt["code"] for doubt in task.doubts] for path, task in tasks.items() if task.doubts}
    assert doubts == {"5": ["unknown_unit"], "6": ["several_deadlines"]}
