"""Parts of a unit's own work, given to its people by name."""

import datetime as dt

import pytest

from accounts.models import RoleCode
from directives.actions import errands
from directives.actions.errands import finish_errand, give_errand, reopen_errand, take_back_errand
from directives.actions.halting import pause
from directives.models import Assignment, Errand
from directives.queries.errands import colleagues_of, errands_for
from eduportal.base.errors import Refused
from tests.conftest import posted
from tests.directives.work import DEADLINE, TODAY, fresh, given, task_of
from trail.models import AuditEvent


@pytest.fixture
def work(province, cast) -> Assignment:
    [one] = given(task_of(province, cast), province.cloud_primary)
    return one


@pytest.fixture
def give(work, cast):
    def part(**values) -> Errand:
        asked = {
            "assignment": work,
            "what": "Lập danh sách học sinh bán trú",
            "name": cast.clerk.user.full_name,
            "colleagues": list(colleagues_of(work.unit, TODAY)),
            "deadline": dt.date(2026, 12, 1),
            "by": cast.principal,
        }
        return give_errand(**(asked | values))

    return part


def test_a_colleague_with_an_account_finds_it(give, cast):
    made = give(name="  " + cast.clerk.user.full_name.upper())
    assert made.person == cast.clerk.user
    assert list(errands_for(cast.clerk.user)) == [made]
    assert list(errands_for(cast.principal.user)) == []


def test_any_other_name_is_a_note(give, cast):
    assert give(name="Cô Thu (5A)").person is None


def test_two_of_one_name_are_not_told_apart(give, cast, province):
    posted("thu2", cast.clerk.user.full_name, province.cloud_primary, RoleCode.CLERK)
    assert give(colleagues=list(colleagues_of(province.cloud_primary, TODAY))).person is None


def test_colleagues_are_those_of_the_unit(cast, province):
    assert set(colleagues_of(province.cloud_primary, TODAY)) == {cast.principal.user, cast.clerk.user}
    assert cast.division_staff.user in colleagues_of(province.department, TODAY)


def test_done_and_open_again(give, cast):
    made = give()
    finish_errand(errand=made, note="Đã lập, 42 em", by=cast.clerk)
    assert (fresh(made).is_done, fresh(made).done_by, fresh(made).note) == (
        True,
        cast.clerk.user,
        "Đã lập, 42 em",
    )
    assert list(errands_for(cast.clerk.user)) == []
    for again in (
        lambda: finish_errand(errand=made, note="", by=cast.clerk),
        lambda: take_back_errand(errand=made, by=cast.principal),
    ):
        with pytest.raises(Refused):
            again()
    reopen_errand(errand=made, by=cast.principal)
    with pytest.raises(Refused):
        reopen_errand(errand=made, by=cast.principal)
    assert (fresh(made).is_done, fresh(made).note) == (False, "Đã lập, 42 em")


def test_taken_back_it_is_gone(give, cast):
    take_back_errand(errand=give(), by=cast.principal)
    assert not Errand.objects.exists()


def test_no_later_than_the_unit_itself(give):
    give(deadline=DEADLINE)
    with pytest.raises(Refused, match="14/12/2026"):
        give(deadline=DEADLINE + dt.timedelta(days=1))


def test_only_of_work_that_runs(give, work, cast):
    made = give()
    pause(assignment=work, version=work.version, reason="Chờ hướng dẫn", by=cast.staff)
    with pytest.raises(Refused):
        give()
    # What rests is nobody's to do now.
    assert list(errands_for(cast.clerk.user)) == []
    assert fresh(made).is_done is False


def test_not_too_many(give, monkeypatch):
    monkeypatch.setattr(errands, "MOST_ERRANDS", 1)
    give()
    with pytest.raises(Refused):
        give()


def test_the_events_are_the_units_own(give, work, cast):
    finish_errand(errand=give(), note="", by=cast.clerk)
    events = AuditEvent.objects.filter(verb__startswith="errand.").order_by("pk")
    assert [(one.verb, one.object_type, one.object_id) for one in events] == [
        ("errand.given", "schools.unit", work.unit_id),
        ("errand.done", "schools.unit", work.unit_id),
    ]
    assert not AuditEvent.objects.about(work).exists()
