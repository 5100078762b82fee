"""Targets that units register for themselves: whose they are, who decides, and what becomes of them."""

import datetime as dt
from decimal import Decimal
from http import HTTPStatus

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eduportal.base.errors import EditConflict, Refused
from targets.actions import (
    Goal,
    approve_pledge,
    approve_pledges,
    change_pledge,
    return_pledge,
    send_pledge,
    set_target,
    withdraw_pledge,
)
from targets.actions.closing import carry_over_targets
from targets.models import Pledge, PledgeState, Target
from targets.queries.pledges import beside, indicators_to_pledge, pledges_listed, pledges_to_decide
from tests.conftest import TODAY
from tests.targets.conftest import indicator
from trail.models import AuditEvent, Notification

NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)
ATTENDANCE = "primary.attendance_rate"


@pytest.fixture
def register(province, cast, year):
    """`register("99")`: what Cloud Primary's principal means to reach."""

    def send(value: str = "99", code: str = ATTENDANCE, unit=None, by=None) -> Pledge:
        return send_pledge(
            unit=unit or province.cloud_primary,
            indicator=indicator(code),
            period=year,
            goal=Goal("ge", Decimal(value)),
            note="",
            by=by or cast.principal,
            today=TODAY,
        )

    return send


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False):
        yield


def stored(pledge: Pledge) -> Pledge:
    return Pledge.objects.shown().get(pk=pledge.pk)


class TestSending:
    def test_it_goes_to_the_office_that_accepts_the_reports(self, province, cast, register):
        pledge = register()
        assert pledge.office.pk == province.cloud_commune.pk
        assert (pledge.state, pledge.value, pledge.sent_by) == ("sent", Decimal(99), cast.principal.user)
        assert AuditEvent.objects.about(pledge).get().verb == "pledge.sent"

    def test_a_communes_goes_to_the_department(self, province, cast, register):
        pledge = register(unit=province.cloud_commune, by=cast.commune_officer)
        assert pledge.office.pk == province.department.pk

    def test_the_department_answers_to_nobody(self, province, cast, register):
        with pytest.raises(Refused, match="không có cơ quan quản lý"):
            register(unit=province.department, by=cast.staff)

    def test_the_same_is_registered_once(self, register):
        register()
        with pytest.raises(Refused, match="đã đăng ký"):
            register("97")
        assert Pledge.objects.count() == 1

    def test_but_anew_when_it_was_taken_back(self, cast, register):
        withdraw_pledge(pledge=register(), version=1, by=cast.principal)
        assert register("97").value == Decimal(97)

    def test_what_the_unit_has_already_is_not_registered(self, province, cast, year, register):
        goal = Goal("ge", Decimal(99))
        set_target(
            unit=province.cloud_primary,
            indicator=indicator(ATTENDANCE),
            period=year,
            goal=goal,
            by=cast.staff,
        )
        with pytest.raises(Refused, match="đúng chỉ tiêu này"):
            register("99")

    def test_a_rate_over_residents_is_no_schools(self, register):
        with pytest.raises(Refused):
            register(code="primary.enrolment_rate")

    def test_a_school_is_offered_what_is_of_its_levels(self, province):
        offered = set(indicators_to_pledge(province.cloud_primary, TODAY).values_list("code", flat=True))
        assert {ATTENDANCE, "all.standard_1"} <= offered
        assert not offered & {"preschool.attendance_rate", "primary.enrolment_rate"}
        of_commune = set(indicators_to_pledge(province.cloud_commune, TODAY).values_list("code", flat=True))
        assert {"preschool.attendance_rate", "primary.enrolment_rate"} <= of_commune


class TestDeciding:
    def test_approved_it_is_the_units_target(self, province, cast, register):
        pledge = register()
        target = approve_pledge(pledge=pledge, version=1, by=cast.commune_officer)
        assert (target.unit.pk, target.office.pk) == (province.cloud_primary.pk, province.cloud_commune.pk)
        assert (target.comparator, target.value) == ("ge", Decimal(99))
        assert (stored(pledge).state, stored(pledge).target) == ("approved", target)

    def test_a_target_that_the_office_set_is_changed_with_its_history(self, province, cast, year, register):
        own = set_target(
            unit=province.cloud_primary, indicator=indicator(ATTENDANCE), period=year,
            goal=Goal("ge", Decimal(95)), by=cast.commune_officer,
        )  # fmt: skip
        target = approve_pledge(pledge=register(), version=1, by=cast.commune_officer)
        assert (target.pk, target.value) == (own.pk, Decimal(99))
        former = own.revisions.get()
        assert (former.value, former.reason) == (Decimal(95), "Theo đăng ký của đơn vị.")

    def test_one_that_another_office_set_is_that_offices_to_change(self, province, cast, year, register):
        own = set_target(
            unit=province.cloud_primary, indicator=indicator(ATTENDANCE), period=year,
            goal=Goal("ge", Decimal(95)), by=cast.staff,
        )  # fmt: skip
        pledge = register()
        with pytest.raises(Refused, match="Sở GDĐT tỉnh Ngọc Sơn"):
            approve_pledge(pledge=pledge, version=1, by=cast.commune_officer)
        own.refresh_from_db()
        assert (own.value, stored(pledge).state, stored(pledge).version) == (Decimal(95), "sent", 1)

    def test_it_goes_back_with_a_reason_and_the_unit_is_told(self, province, cast, register):
        pledge = register("40")
        return_pledge(pledge=pledge, version=1, answer=" Thấp hơn năm trước ", by=cast.commune_officer)
        assert (stored(pledge).state, stored(pledge).answer) == ("returned", "Thấp hơn năm trước")
        notice = Notification.objects.open().get(unit_id=province.cloud_primary.pk)
        assert (notice.kind, notice.data["reason"]) == ("target.pledge_returned", "Thấp hơn năm trước")

    def test_sent_anew_it_waits_again_and_asks_nothing(self, province, cast, register):
        pledge = register("40")
        return_pledge(pledge=pledge, version=1, answer="Thấp", by=cast.commune_officer)
        change_pledge(
            pledge=stored(pledge), version=2, goal=Goal("ge", Decimal(98)), note="", by=cast.principal
        )
        again = stored(pledge)
        assert (again.state, again.value, again.answer, again.decided_by) == ("sent", Decimal(98), "", None)
        assert not Notification.objects.open().filter(unit_id=province.cloud_primary.pk).exists()

    def test_without_a_reason_it_does_not_go_back(self, cast, register):
        with pytest.raises(Refused, match="lý do"):
            return_pledge(pledge=register(), version=1, answer="  ", by=cast.commune_officer)

    def test_decided_once(self, cast, register):
        pledge = register()
        approve_pledge(pledge=stored(pledge), version=1, by=cast.commune_officer)
        with pytest.raises(EditConflict):
            return_pledge(pledge=stored(pledge), version=1, answer="Thấp", by=cast.commune_officer)
        with pytest.raises(Refused, match="không còn chờ duyệt"):
            approve_pledge(pledge=stored(pledge), version=2, by=cast.commune_officer)
        with pytest.raises(Refused, match="không sửa được nữa"):
            withdraw_pledge(pledge=stored(pledge), version=2, by=cast.principal)

    def test_several_at_once_and_what_cannot_be_is_told(self, province, cast, register):
        one, other = register(), register("96", "primary.two_sessions_rate")
        change_pledge(
            pledge=stored(other), version=1, goal=Goal("ge", Decimal(97)), note="", by=cast.principal
        )
        result = approve_pledges(shown=[(stored(one), 1), (stored(other), 1)], by=cast.commune_officer)
        assert [pledge.pk for pledge in result.approved] == [one.pk]
        assert [(pledge.pk, why) for pledge, why in result.skipped] == [
            (other.pk, "người khác vừa sửa hoặc quyết định")
        ]


class TestReading:
    def test_what_waits_for_an_office(self, province, cast, register):
        pledge = register()
        assert list(pledges_to_decide(cast.commune_officer)) == [pledge]
        assert [list(pledges_to_decide(by)) for by in (cast.staff, cast.principal, cast.outsider)] == [
            [],
            [],
            [],
        ]

    def test_what_waits_comes_first(self, cast, register):
        decided, waiting = register(), register("96", "primary.two_sessions_rate")
        approve_pledge(pledge=decided, version=1, by=cast.commune_officer)
        assert list(pledges_listed(cast.staff.user)) == [waiting, decided]
        assert list(pledges_listed(cast.staff.user, "approved")) == [decided]
        assert list(pledges_listed(cast.outsider.user)) == []

    def test_beside_it_stand_the_value_and_the_offices_own_target(self, province, cast, year, give, register):
        give(province.cloud_primary, (2026, 9), primary__pupils=100, primary__attending=96)
        own = set_target(
            unit=province.cloud_commune, indicator=indicator(ATTENDANCE), period=year,
            goal=Goal("ge", Decimal(98)), by=cast.commune_officer,
        )  # fmt: skip
        about = beside(stored(register()), TODAY)
        assert (about.row.value.value, about.of_office, about.own) == (Decimal(96), own, None)


class TestClosing:
    def test_what_a_closed_unit_registered_is_taken_back(self, province, register):
        pledge = register()
        province.cloud_primary.successor = province.tea_combined
        carry_over_targets(province.cloud_primary, None)
        assert stored(pledge).state == PledgeState.WITHDRAWN


class TestPages:
    TYPED = {"period": "school_year-2026-1", "comparator": "ge", "value": "99"}

    def test_a_principal_registers_and_the_commune_approves(self, province, cast, client_of, clock):
        school, office = client_of(cast.principal), client_of(cast.commune_officer)
        typed = self.TYPED | {"indicator": indicator(ATTENDANCE).pk}
        sent = school.post(reverse("targets:pledge_new"), typed, follow=True)
        assert "Đã gửi UBND xã Suối Mây" in sent.content.decode()
        pledge = Pledge.objects.get()
        assert "1 đăng ký chỉ tiêu chờ duyệt" in office.get(reverse("home")).content.decode()
        office.post(
            reverse("targets:pledge_decide", args=[pledge.pk]), {"decide-version": "1", "approve": "yes"}
        )
        assert Target.objects.get().value == Decimal(99)
        page = school.get(reverse("targets:pledge", args=[pledge.pk])).content.decode()
        assert "đã duyệt" in page

    def test_it_is_returned_and_sent_anew(self, cast, client_of, clock, register):
        pledge = register("40")
        school, office = client_of(cast.principal), client_of(cast.commune_officer)
        url = reverse("targets:pledge_decide", args=[pledge.pk])
        bare = office.post(url, {"decide-version": "1", "return": "yes"})
        assert (bare.status_code, list(bare.context["decide"].errors)) == (422, ["answer"])
        office.post(url, {"decide-version": "1", "return": "yes", "decide-answer": "Thấp"})
        assert "trả lại chỉ tiêu" in school.get(reverse("home")).content.decode()
        change = reverse("targets:pledge_change", args=[pledge.pk])
        stale = school.post(change, {"version": "1", "comparator": "ge", "value": "98"})
        assert (stale.status_code, stale.context["change"]["value"].value()) == (409, "98")
        school.post(change, {"version": "2", "comparator": "ge", "value": "98"})
        assert (stored(pledge).state, stored(pledge).value) == ("sent", Decimal(98))

    def test_it_is_taken_back(self, cast, client_of, register):
        pledge = register()
        client = client_of(cast.principal)
        client.post(reverse("targets:pledge_withdraw", args=[pledge.pk]), {"version": "7"})
        assert stored(pledge).state == "sent"
        client.post(reverse("targets:pledge_withdraw", args=[pledge.pk]), {"version": "1"})
        assert stored(pledge).state == "withdrawn"

    def test_ticked_ones_are_approved(self, cast, client_of, register):
        rows = [register(), register("96", "primary.two_sessions_rate")]
        client, url = client_of(cast.commune_officer), reverse("targets:approve_pledges")
        nothing = client.post(url, {})
        assert nothing.status_code == 422
        typed = {"chosen": [row.pk for row in rows]} | {f"version-{row.pk}": "1" for row in rows}
        page = client.post(url, typed, follow=True)
        assert "Đã duyệt 2 chỉ tiêu" in page.content.decode()
        assert Target.objects.count() == 2

    @pytest.mark.parametrize("value", ["98.5.1", "101", "", "chín mươi"])
    def test_what_is_no_rate_is_refused_at_its_field(self, cast, client_of, clock, value):
        typed = self.TYPED | {"indicator": indicator(ATTENDANCE).pk, "value": value}
        page = client_of(cast.principal).post(reverse("targets:pledge_new"), typed)
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["value"])

    @pytest.mark.parametrize(("who", "allowed"), [("clerk", False), ("registrar", False), ("staff", False)])
    def test_who_has_nothing_to_register(self, cast, client_of, who, allowed):
        answer = client_of(getattr(cast, who)).get(reverse("targets:pledge_new"))
        assert answer.status_code == HTTPStatus.FORBIDDEN

    @pytest.mark.parametrize("who", ["principal", "clerk", "staff", "leader"])
    def test_others_do_not_decide(self, cast, client_of, register, who):
        pledge = register()
        url = reverse("targets:pledge_decide", args=[pledge.pk])
        answer = client_of(getattr(cast, who)).post(url, {"decide-version": "1", "approve": "yes"})
        assert (answer.status_code, stored(pledge).state) == (HTTPStatus.FORBIDDEN, "sent")

    def test_the_list_asks_as_much_for_one_as_for_three(self, cast, client_of, register):
        client = client_of(cast.commune_officer)

        def queries() -> int:
            client.get(reverse("targets:pledges"))
            with CaptureQueriesContext(connection) as context:
                client.get(reverse("targets:pledges"))
            return len(context)

        register()
        one = queries()
        register("96", "primary.two_sessions_rate")
        register("5", "all.standard_1")
        assert queries() == one


def test_the_api_shows_what_is_in_sight(api_of, cast, register):
    pledge = register()
    found = {
        who: api_of(getattr(cast, who)).get("/api/v1/registered-targets/").json()["results"]
        for who in ("staff", "principal", "neighbour", "outsider")
    }
    assert {who: [row["id"] for row in rows] for who, rows in found.items()} == {
        "staff": [pledge.pk], "principal": [pledge.pk], "neighbour": [], "outsider": [],
    }  # fmt: skip
    row = found["staff"][0]
    assert (row["indicator"], row["wanted"], row["state"], row["target_id"]) == (
        ATTENDANCE, "at least 99%", "sent", None,
    )  # fmt: skip
