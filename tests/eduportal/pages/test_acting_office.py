"""A home speaks of the office that its person acts for, and of no more of it than that person may see."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleCode
from directives.standing import Standing
from schools import actions
from tests.conftest import posted
from tests.factories import OPENED
from tests.reports.months import assign, october_and_november

NOW = dt.datetime(2026, 12, 7, 8, 30, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def november(province, cast):
    return october_and_november(province, cast, missing=[province.high_school])[1]


@pytest.fixture
def division_head(province):
    return posted("truongphong", "Hà Văn Trưởng", province.primary_division, RoleCode.LEADER)


# --- departments limited to levels ------------------------------------------------------------


def test_a_limited_department_counts_the_schools_it_sees(province, cast, november, division_head, client_of):
    client = client_of(division_head)
    shown = client.get(reverse("home")).context["shown"]
    assert (shown.reporting.counts.expected, shown.reporting.counts.received) == (2, 2)
    assert {row.level: (row.coverage.schools, row.figure.value) for row in shown.pupils} == {
        "primary": (2, 684),
        "lower_secondary": (1, 282),
    }
    for row in shown.pupils:
        behind = client.get(reverse("reports:live_figure", args=[row.figure.code]), {"period": "2026-11"})
        assert behind.context["behind"].total == row.figure.value


def test_a_limited_department_is_shown_no_briefing(province, cast, november, division_head, client_of):
    for who in (division_head, cast.division_staff):
        page = client_of(who).get(reverse("home"))
        assert reverse("reports:briefings") not in page.content.decode()
    assert client_of(cast.division_staff).get(reverse("home")).context["desk"].briefing is None
