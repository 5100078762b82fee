"""The command that loads the demo: on any day, the same each time, never where it does not belong."""

import datetime as dt
from collections import Counter

import pytest
from django.core.management import CommandError
from django.db.models import Max

from directives.models import Assignment, Directive
from directives.queries import standing_counts
from directives.standing import COUNTED
from eduportal.pages.demo import story
from eduportal.pages.demo.schedule import moment, schedule_for
from eduportal.pages.demo.tables import SMALL
from reports.models import Meeting, MonthlyReport
from targets.models import Observation
from tests.eduportal.pages.loading import load_demo, loaded
from trail.models import AuditEvent


def test_not_in_production(settings) -> None:
    settings.EMBEDDED = False
    for arguments in [(), ("--accounts",)]:
        with pytest.raises(CommandError, match="never loaded in production"):
            load_demo(*arguments)


def test_not_among_other_data(province) -> None:
    with pytest.raises(CommandError, match="other data"):
        load_demo()


def test_no_accounts_before_loading(db: None) -> None:
    with pytest.raises(CommandError, match="not loaded yet"):
        load_demo("--accounts")


def test_says_what_it_does(db: None) -> None:
    lines = load_demo("--small", "--today", "2026-06-30")
    assert lines[0] == "units: a department, 3 communes, 12 schools"
    assert "month 06/2026" in lines
    assert lines[-1] == "The demo is loaded."
    assert_whole(dt.date(2026, 6, 30))


def assert_whole(today: dt.date) -> None:
    """Two months closed and one open, every standing, a notice; and nothing happened after today."""
    schedule = schedule_for(today, SMALL.months)
    states = [
        Counter(
            MonthlyReport.objects.filter(
                period__year=one.number.year, period__ordinal=one.number.month
            ).values_list("state", flat=True)
        )
        for one in schedule.months
    ]
    assert states == [
        {"accepted": 15},
        {"accepted": 15},
        {"accepted": 4, "sent": 4, "returned": 1, "expected": 6},
    ]
    counts = standing_counts(Assignment.objects.all(), today)
    assert [standing.value for standing in COUNTED if not counts[standing]] == []
    assert Meeting.objects.get().notice.full_number == "01/TB-SGDĐT"
    last = schedule.latest
    assert Directive.objects.aggregate(Max("issued_on"))["issued_on__max"] <= last
    events = AuditEvent.objects.exclude(verb=story.LOADED)
    assert events.aggregate(Max("at"))["at__max"] < moment(last + dt.timedelta(days=1), 0)


def told() -> list[tuple]:
    """All that the demo says, without keys of the database."""
    figures = Observation.objects.values_list(
        "unit__code", "measure__code", "period__year", "period__ordinal", "value", "status"
    )
    reports = MonthlyReport.objects.values_list(
        "unit__code", "period__ordinal", "state", "due_on", "first_sent_at", "reviewed_at"
    )
    work = Assignment.objects.values_list(
        "unit__code",
        "task__directive__symbol",
        "task__path",
        "state",
        "deadline",
        "reported_done_on",
        "percent",
    )
    trail = AuditEvent.objects.exclude(verb=story.LOADED).values_list("verb", "actor_name", "at")
    texts = Directive.objects.values_list("number", "symbol", "issued_on", "text", "created_at")
    return [sorted(map(str, rows)) for rows in (figures, reports, work, trail, texts)]


@pytest.mark.parametrize(
    ("today", "starts_on"),
    [
        pytest.param(dt.date(2026, 11, 20), 1, id="the month opens today"),
        pytest.param(dt.date(2027, 1, 3), 15, id="months from the 15th"),
        pytest.param(dt.date(2027, 8, 25), 1, id="after July, when nobody attends"),
    ],
)
def test_any_day(db: None, settings, today: dt.date, starts_on: int) -> None:
    settings.MONTH_STARTS_ON = starts_on
    with loaded(today):
        assert_whole(today)


def test_the_same_day_gives_the_same_demo(db: None) -> None:
    today = dt.date(2027, 2, 10)  # lunar new year
    with loaded(today):
        assert_whole(today)
        first = told()
    with loaded(today):
        assert told() == first
