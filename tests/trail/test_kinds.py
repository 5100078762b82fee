"""What kinds of work there are, and when the daily ones are due."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from trail.kinds import KINDS, daily, job_kind

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("after", "due"),
    [
        ((2026, 11, 22, 5, 59), (2026, 11, 22, 6, 30)),
        ((2026, 11, 22, 6, 30), (2026, 11, 23, 6, 30)),
        ((2026, 11, 22, 23, 59), (2026, 11, 23, 6, 30)),
        ((2026, 12, 31, 7, 0), (2027, 1, 1, 6, 30)),
    ],
)
def test_daily_work_is_due_the_next_time_the_clock_shows_its_hour(after, due):
    assert daily(6, 30)(dt.datetime(*after, tzinfo=HANOI)) == dt.datetime(*due, tzinfo=HANOI)


def test_a_kind_is_registered_under_its_name(monkeypatch):
    monkeypatch.setattr("trail.kinds.KINDS", registered := dict(KINDS))

    @job_kind("test.registered", label="Việc thử")
    def handler(progress):
        return None

    kind = registered["test.registered"]
    assert (kind.label, kind.handler, kind.next_run) == ("Việc thử", handler, None)


def test_every_app_has_its_kinds_registered_under_its_own_name():
    """A kind begins with the app whose jobs.py registers it, so that two apps never share one."""
    composed = {"sheet": "eduportal.pages"}
    assert {kind.name: kind.handler.__module__ for kind in KINDS.values()} == {
        name: f"{composed.get(app := name.split('.')[0], app)}.jobs" for name in KINDS
    }
