"""What came in: registered without gaps, instructed, passed on or kept within the office."""

import datetime as dt
import threading

import pytest
from django.db import connection

from directives.actions.drafting import Arrival, draft_directive
from directives.actions.incoming import hand_over, instruct, revise_registration
from directives.actions.issuing import issue_directive
from directives.models import ArrivalRegister, Assignment, Directive
from directives.wording import state_sentence
from eduportal.base.errors import EditConflict, Refused
from tests.conftest import TODAY
from tests.directives.samples import LETTER
from trail.models import AuditEvent

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def arrive(cast, province):
    def enter(arrived_on: dt.date = DAY, sender: str = "UBND tỉnh Ngọc Sơn", **values) -> Directive:
        given = {"office": province.department, "text": LETTER, "by": cast.registrar, "today": TODAY}
        arrival = Arrival(sender, arrived_on)
        return draft_directive(**(given | values), direction="incoming", arrival=arrival)

    return enter


@pytest.fixture
def arrived(arrive) -> Directive:
    return arrive()


def verbs(directive: Directive) -> list[str]:
    return list(AuditEvent.objects.about(directive).order_by("pk").values_list("verb", flat=True))


class TestRegister:
    def test_numbers_count_on_by_office_and_year(self, arrive, cast, province):
        next_year = arrive(dt.date(2027, 1, 4))
        elsewhere = arrive(office=province.cloud_commune, by=cast.commune_officer)
        numbers = [arrive().arrival_number, arrive().arrival_number]
        assert (numbers, next_year.arrival_number, elsewhere.arrival_number) == ([1, 2], 1, 1)

    def test_what_is_refused_takes_no_number(self, arrive):
        with pytest.raises(Refused):
            arrive(text=f"MẬT\n{LETTER}")
        assert arrive().arrival_number == 1

    def test_it_is_written_down(self, arrived, cast):
        event = AuditEvent.objects.get(verb="directive.registered")
        assert (event.actor_id, event.data) == (
            cast.registrar.user_id,
            {"item": "1", "sender": "UBND tỉnh Ngọc Sơn"},
        )

    @pytest.mark.services
    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_two_registrars_at_once_leave_no_gap(self, arrive):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has one writer at a time; this needs PostgreSQL")
        numbers = []

        def enter() -> None:
            numbers.append(arrive().arrival_number)
            connection.close()

        threads = [threading.Thread(target=enter) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (sorted(numbers), ArrivalRegister.objects.get().last_number) == ([1, 2, 3, 4, 5], 5)


class TestRegistration:
    def test_corrected(self, arrived, cast):
        values = {
            "sender": "Bộ GDĐT",
            "arrived_on": dt.date(2026, 11, 19),
            "number": "7",
            "symbol": "BGDĐT-GDPT",
        }
        revise_registration(directive=arrived, version=1, values=values, by=cast.registrar)
        stored = Directive.objects.get()
        assert (stored.sender, stored.arrived_on, stored.full_number, stored.arrival_number) == (
            "Bộ GDĐT", dt.date(2026, 11, 19), "07/BGDĐT-GDPT", 1,
        )  # fmt: skip
        assert "bo gddt" in stored.search_key

    def test_the_day_stays_in_the_year_of_its_register(self, arrived, cast):
        values = {"arrived_on": dt.date(2025, 12, 31)}
        with pytest.raises(Refused):
            revise_registration(directive=arrived, version=1, values=values, by=cast.registrar)
        assert Directive.objects.get().arrived_on == DAY

    def test_whoever_saves_second_is_told(self, arrived, cast):
        revise_registration(directive=arrived, version=1, values={"sender": "A"}, by=cast.registrar)
        with pytest.raises(EditConflict):
            revise_registration(directive=arrived, version=1, values={"sender": "B"}, by=cast.staff)
        assert Directive.objects.get().sender == "A"


class TestInstruction:
    def test_the_sentence_says_whose_turn_it_is(self, arrived, cast, province):
        before = state_sentence(arrived)
        common = {"directive": arrived, "text": "Tham mưu thực hiện", "deadline": None, "by": cast.leader}
        instruct(version=1, unit=province.department, **common)
        instruct(version=2, unit=province.primary_division, **common)
        assert (before, state_sentence(arrived)) == (
            "Đã vào sổ: đến lượt lãnh đạo ghi ý kiến giao xử lý.",
            "Đến lượt P. GDTH: giao tiếp nhiệm vụ xuống đơn vị, hoặc nhận xử lý trong cơ quan.",
        )
        assert verbs(arrived)[2:] == ["directive.instructed"] * 2

    def test_issued_onward_to_schools(self, arrived, cast):
        issue_directive(directive=arrived, version=1, by=cast.staff, today=TODAY)
        assert (Directive.objects.get().state, Assignment.objects.count()) == ("issued", 10)

    def test_kept_within_the_office_it_is_one_task(self, arrived, cast, province):
        day = dt.date(2026, 12, 1)
        unit = province.primary_division
        instruct(directive=arrived, version=1, unit=unit, text="Tham mưu", deadline=day, by=cast.leader)
        hand_over(directive=arrived, version=2, by=cast.staff, today=TODAY)
        one = Assignment.objects.get()
        assert (one.unit_id, one.task.text, one.deadline, one.role) == (unit.pk, "Tham mưu", day, "lead")
        assert Directive.objects.get().is_issued
        assert verbs(arrived)[-2:] == ["directive.issued", "directive.handed_over"]

    def test_nobody_is_handed_what_nobody_was_told_to_handle(self, arrived, cast):
        with pytest.raises(Refused):
            hand_over(directive=arrived, version=1, by=cast.staff, today=TODAY)
        assert (Directive.objects.get().state, Directive.objects.get().version) == ("draft", 1)


def test_the_same_number_from_two_senders_is_no_twin(arrive, cast):
    """Each commune counts its own reports: 12/BC-UBND comes from several."""
    for sender in ("UBND xã Suối Mây", "UBND xã Đồi Chè"):
        issue_directive(directive=arrive(sender=sender), version=1, by=cast.staff, today=TODAY)
    with pytest.raises(Refused):
        issue_directive(directive=arrive(sender="UBND xã Đồi Chè"), version=1, by=cast.staff, today=TODAY)


def test_an_internal_document_stays_within_the_office(cast, province):
    given = {"office": province.department, "text": LETTER, "by": cast.staff, "today": TODAY}
    directive = draft_directive(**given, direction="internal")
    kinds = set(directive.tasks.values_list("addressees__kind", "addressees__unit"))
    assert kinds == {("unit", province.department.pk)}
    issue_directive(directive=directive, version=1, by=cast.staff, today=TODAY)
    assert set(Assignment.objects.values_list("unit", flat=True)) == {province.department.pk}
