"""A home speaks of the office that its person acts for, and of no more of it than that person may see."""

import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleCode
from directives.standing import Standing
from schools import actions
from schools.models import Posting
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
    assert (shown.reporting.counts.expected, shown.reporting.counts.received) == (4, 4)
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


# --- several postings -------------------------------------------------------------------------


@pytest.fixture
def of_two_communes(province, cast):
    """Leader of the cloud commune, and of the tea commune by a second posting."""
    actions.post(
        user=cast.commune_leader.user,
        unit=province.tea_commune,
        role=RoleCode.LEADER,
        valid_from=OPENED,
        by=None,
    )
    return cast.commune_leader


@pytest.fixture
def overdue(province, cast):
    """One overdue in each commune."""
    assign(province, cast, province.cloud_primary, province.tea_combined, deadline=dt.date(2026, 12, 1))


def act_for(client, posting_unit):
    posting = Posting.objects.get(unit=posting_unit, user=client.session["_auth_user_id"])
    client.post(reverse("schools:act_as"), {"posting": posting.pk})


def addresses_in(response) -> list[str]:
    page = unescape(response.content.decode().split("<main")[1])
    return re.findall(r'href="(/(?:tasks|reports|reports/review)/\?[^"]*)"', page)


def test_a_home_is_of_the_office_acted_for(province, november, overdue, of_two_communes, client_of):
    client = client_of(of_two_communes)
    found = {}
    for commune in (province.cloud_commune, province.tea_commune):
        act_for(client, commune)
        shown = client.get(reverse("home")).context["shown"]
        found[commune.short_name] = (
            shown.reporting.counts.expected,
            shown.standing[Standing.OVERDUE],
            [row.name for row in shown.overdue_units],
            [row.coverage.schools for row in shown.pupils],
        )
    assert found == {
        "Xã Suối Mây": (2, 1, ["TH Suối Mây"], [1, 1]),
        "Xã Đồi Chè": (1, 1, ["TH&THCS Đồi Chè"], [1, 1]),
    }


def test_the_lists_behind_a_home_are_of_the_same_office(
    province, november, overdue, of_two_communes, client_of
):
    client = client_of(of_two_communes)
    for commune in (province.cloud_commune, province.tea_commune):
        act_for(client, commune)
        page = client.get(reverse("home"))
        shown = page.context["shown"]
        office = {"office": commune.pk}
        listed = client.get(reverse("reports:months"), {"period": "2026-11", **office})
        assert listed.context["page"].paginator.count == shown.reporting.counts.expected
        assert commune.short_name in listed.content.decode()
        listed = client.get(reverse("directives:assignments"), {"standing": "overdue", **office})
        assert listed.context["page_obj"].paginator.count == shown.overdue
        assert addresses_in(page) != []
        assert all(f"office={commune.pk}" in address for address in addresses_in(page))


def test_staff_of_two_offices_see_what_waits_at_the_one(province, cast, november, overdue, client_of):
    actions.post(
        user=cast.commune_officer.user,
        unit=province.tea_commune,
        role=RoleCode.STAFF,
        valid_from=OPENED,
        by=None,
    )
    client = client_of(cast.commune_officer)
    desk = client.get(reverse("home")).context["desk"]
    assert (desk.overdue, desk.to_review) == (1, 2)


def test_reports_to_review_are_those_that_the_office_accepts(province, cast, november, client_of):
    client = client_of(cast.staff)
    page = client.get(reverse("home"))
    assert (page.context["desk"].to_review, page.context["desk"].review_period.ordinal) == (3, 10)
    (address,) = [one for one in addresses_in(page) if one.startswith("/reports/")]
    listed = {waiting.report.unit_id for waiting in client.get(address).context["page"]}
    assert listed == {province.high_school.pk, province.cloud_commune.pk, province.tea_commune.pk}


@pytest.mark.parametrize("value", ["x", "0", "999999"])
def test_an_office_out_of_sight_is_no_filter(province, cast, november, client_of, value):
    client = client_of(cast.commune_leader)
    for office in (value, province.tea_commune.pk, province.cloud_primary.pk):
        for name in ("reports:months", "directives:assignments"):
            assert client.get(reverse(name), {"office": office}).status_code == 404, (name, office)
