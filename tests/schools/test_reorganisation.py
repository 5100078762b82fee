"""A unit closes: what it leaves open goes to its successor, or ends, once its last day is over."""

import datetime as dt

import pytest

from eduportal.base.errors import Refused
from schools import reorganisation
from schools.actions.upkeep import close_unit, remove_unit
from schools.jobs import carry_over_closed
from schools.models import School
from schools.reorganisation import Follower, carry_over, left_open
from tests.factories import OPENED
from trail.models import AuditEvent

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_november(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def carried(monkeypatch) -> list:
    """What a follower is asked to carry over: unit, successor and by whom."""
    asked = []

    def carry(unit, by) -> None:
        asked.append((unit.pk, unit.successor_id, by))

    monkeypatch.setattr(reorganisation, "FOLLOWERS", [Follower(lambda unit: [f"2 of {unit.code}"], carry)])
    return asked


def close(unit, last_day, successor=None, by=None) -> None:
    close_unit(unit=unit, last_day=last_day, successor=successor, by=by)


def test_every_app_with_work_of_units_follows():
    said = {follower.carry_over.__module__ for follower in reorganisation.FOLLOWERS}
    assert said == {"directives.actions.closing", "targets.actions.closing", "reports.actions.closing"}


def test_what_is_past_is_carried_over_at_once(province, cast, carried):
    close(province.tea_combined, YESTERDAY, province.cloud_primary, cast.admin)
    assert carried == [(province.tea_combined.pk, province.cloud_primary.pk, cast.admin)]
    told = AuditEvent.objects.get(verb="unit.closed").data
    assert told == {"last_day": "2026-11-21", "successor": province.cloud_primary.name}


def test_on_its_last_day_a_unit_still_works(province, carried, time_machine):
    """The night after does it, and says that nobody but the portal did."""
    close(province.tea_combined, TODAY, province.cloud_primary)
    assert carry_over_closed(lambda percent, note="": None) == {"units": 0}
    assert carried == []
    time_machine.move_to(dt.datetime(2026, 11, 22, 17, 20, tzinfo=dt.UTC), tick=False)
    assert carry_over_closed(lambda percent, note="": None) == {"units": 1}
    assert carried == [(province.tea_combined.pk, province.cloud_primary.pk, None)]


def test_units_that_closed_long_ago_are_left_in_peace(province, carried, time_machine):
    close(province.tea_combined, TODAY)
    time_machine.move_to(dt.datetime(2026, 12, 24, 3, tzinfo=dt.UTC), tick=False)
    assert carry_over_closed(lambda percent, note="": None) == {"units": 0}


@pytest.mark.parametrize("successor", ["tea_combined", "cloud_commune", "high_school"])
def test_who_cannot_carry_on_is_refused(province, carried, successor):
    """Itself, an office for a school, a school that closes on the same day."""
    close(province.high_school, TODAY)
    with pytest.raises(Refused, match=getattr(province, successor).name):
        close(province.tea_combined, TODAY, getattr(province, successor))
    assert School.objects.get(pk=province.tea_combined.pk).valid_to is None


def test_a_successor_has_a_history(province, carried):
    close(province.tea_combined, TODAY, province.cloud_primary)
    with pytest.raises(Refused):
        remove_unit(unit=province.cloud_primary, by=None)


def test_followers_are_asked_in_turn(province, carried):
    carry_over(province.cloud_primary, by=None)
    assert left_open(province.cloud_primary) == ["2 of NS010002"]
    assert carried == [(province.cloud_primary.pk, None, None)]


# --- on the administrator's table ---------------------------------------------------------------------------


def form_of(school, **changes) -> dict[str, str]:
    return {
        "code": school.code, "name": school.name, "short_name": school.short_name, "levels": "primary",
        "is_public": "yes", "administrative": "NS-01", "professional": "NS", "version": str(school.version),
        "opened_on": f"{OPENED:%d/%m/%Y}",
        "levels-TOTAL_FORMS": "0", "levels-INITIAL_FORMS": "0",
        "affiliations-TOTAL_FORMS": "0", "affiliations-INITIAL_FORMS": "0",
    } | changes  # fmt: skip


def test_the_form_says_what_is_open_and_takes_the_successor(province, cast, client_of, carried):
    client = client_of(cast.admin)
    address = f"/administration/tables/schools/school/{province.cloud_primary.pk}/change/"
    assert "2 of NS010002" in client.get(address).text
    alone = client.post(address, form_of(province.cloud_primary, successor="NS020001"))
    assert "successor" in alone.context["adminform"].form.errors
    data = form_of(province.cloud_primary, successor="NS020001", last_day="21/11/2026")
    answer = client.post(address, data)
    assert answer.status_code == 302
    assert carried[0][:2] == (province.cloud_primary.pk, province.tea_combined.pk)


def test_no_unit_beyond_the_administrators_reach_carries_on(province, cast, client_of, carried):
    address = f"/administration/tables/schools/school/{province.cloud_primary.pk}/change/"
    data = form_of(province.cloud_primary, successor="BL010001", last_day="21/11/2026")
    answer = client_of(cast.admin).post(address, data)
    assert "successor" in answer.context["adminform"].form.errors
    assert carried == []
