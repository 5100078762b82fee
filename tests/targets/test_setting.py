"""Targets are set once a unit, indicator and period, and changed with a reason that stays."""

import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from eduportal.base.errors import EditConflict, Refused
from schools.actions import school_year_period
from targets.actions import AlreadySet, Goal, remove_target, revise_target, set_target
from targets.models import Target, TargetRevision
from tests.targets.conftest import indicator
from trail.models import AuditEvent

NINETY_EIGHT = Goal("ge", Decimal(98))


@pytest.fixture
def target(province, cast, year) -> Target:
    return set_target(
        unit=province.department,
        indicator=indicator("all.attendance_rate"),
        period=year,
        goal=NINETY_EIGHT,
        note=" Theo kế hoạch ",
        by=cast.staff,
    )


def test_it_belongs_to_the_office_that_set_it(target, province, cast):
    assert (target.office.pk, target.note, target.value, target.directive) == (
        province.department.pk,
        "Theo kế hoạch",
        Decimal(98),
        None,
    )
    event = AuditEvent.objects.get(verb="target.set")
    assert (event.unit_id, event.data["indicator"]) == (province.department.pk, "all.attendance_rate")


def test_an_internal_department_sets_it_for_its_office(province, cast, year):
    target = set_target(
        unit=province.cloud_primary,
        indicator=indicator("primary.attendance_rate"),
        period=year,
        goal=NINETY_EIGHT,
        by=cast.division_staff,
    )
    assert target.office.pk == province.department.pk


def test_there_is_one_a_unit_indicator_and_period(target, province, cast, year):
    given = {"unit": province.department, "goal": NINETY_EIGHT, "by": cast.staff}
    with pytest.raises(AlreadySet) as refusal:
        set_target(indicator=target.indicator, period=year, **given)
    assert refusal.value.target == target
    set_target(indicator=target.indicator, period=school_year_period(2025), **given)
    set_target(indicator=indicator("primary.attendance_rate"), period=year, **given)
    assert Target.objects.count() == 3


def test_a_school_has_no_rate_over_residents(province, cast, year):
    with pytest.raises(Refused):
        set_target(
            unit=province.orchid_preschool,
            indicator=indicator("preschool.nursery_rate"),
            period=year,
            goal=NINETY_EIGHT,
            by=cast.staff,
        )


@pytest.mark.parametrize(
    "goal",
    [
        Goal("between", Decimal(65)),
        Goal("between", Decimal(65), Decimal(65)),
        Goal("increase_by", Decimal(3)),
        Goal("decrease_by", Decimal(3), baseline_value=Decimal(9)),
    ],
)
def test_goals_that_say_too_little_are_refused(province, cast, year, goal):
    with pytest.raises(Refused):
        set_target(
            unit=province.department,
            indicator=indicator("all.standard_1"),
            period=year,
            goal=goal,
            by=cast.staff,
        )


def test_the_database_holds_goals_whole(target, year):
    for wrong in (
        {"comparator": "between"},
        {"value_max": Decimal(99)},
        {"comparator": "increase_by"},
        {"baseline_value": Decimal(1)},
        {"in_percent": True},
        {"quote": "đạt 98%"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.update(**wrong)


class TestRevising:
    def revise(self, target, cast, **changes):
        given = {
            "version": target.version,
            "goal": Goal("ge", Decimal("98.5")),
            "note": "",
            "reason": " Sơ kết ",
        }
        return revise_target(target=target, by=cast.staff, **given | changes)

    def test_what_it_was_stays_with_the_reason(self, target, cast):
        self.revise(target, cast)
        target.refresh_from_db()
        assert (target.value, target.version) == (Decimal("98.5"), 2)
        former = TargetRevision.objects.get()
        assert (former.comparator, former.value, former.reason, former.revised_by) == (
            "ge",
            Decimal(98),
            "Sơ kết",
            cast.staff.user,
        )

    def test_without_a_reason_nothing_is_changed(self, target, cast):
        with pytest.raises(Refused):
            self.revise(target, cast, reason="  ")
        target.refresh_from_db()
        assert (target.value, target.version) == (Decimal(98), 1)

    def test_the_second_to_save_is_told(self, target, cast):
        self.revise(Target.objects.get(pk=target.pk), cast)
        with pytest.raises(EditConflict):
            self.revise(target, cast, version=1)
        assert TargetRevision.objects.count() == 1

    def test_taken_away_the_trail_keeps_it(self, target, cast):
        self.revise(target, cast)
        remove_target(target=target, version=2, reason="Giao nhầm", by=cast.staff)
        assert not Target.objects.exists()
        event = AuditEvent.objects.get(verb="target.removed")
        assert (event.data["reason"], event.data["value"]) == ("Giao nhầm", "98.5")


class TestVisibility:
    @pytest.fixture
    def all_targets(self, province, cast, year):
        for unit, code in [
            (province.department, "all.attendance_rate"),
            (province.department, "primary.attendance_rate"),
            (province.cloud_commune, "primary.attendance_rate"),
            (province.cloud_primary, "primary.attendance_rate"),
            (province.orchid_preschool, "preschool.attendance_rate"),
        ]:
            set_target(unit=unit, indicator=indicator(code), period=year, goal=NINETY_EIGHT, by=cast.staff)

    def test_each_sees_those_of_units_in_scope(self, all_targets, cast):
        seen = {
            name: Target.objects.visible_to(getattr(cast, name).user).count()
            for name in ("leader", "commune_officer", "principal", "neighbour", "tea_principal", "outsider")
        }
        assert seen == {
            "leader": 5,
            "commune_officer": 3,
            "principal": 1,
            "neighbour": 1,
            "tea_principal": 0,
            "outsider": 0,
        }

    def test_a_limited_department_sees_its_level_of_offices(self, all_targets, cast):
        seen = Target.objects.visible_to(cast.division_staff.user)
        assert sorted((one.unit.short_name, one.indicator.code) for one in seen) == [
            ("Sở GDĐT", "primary.attendance_rate"),
            ("TH Suối Mây", "primary.attendance_rate"),
            ("Xã Suối Mây", "primary.attendance_rate"),
        ]

    def test_those_of_one_unit_are_what_each_sees_among_all(self, all_targets, province, cast):
        """`of` asks about the unit first; nobody is to see more by it, or less."""
        units = [province.department, province.cloud_commune, province.cloud_primary, province.tea_combined]
        for name in ("leader", "division_staff", "commune_officer", "principal", "neighbour", "outsider"):
            user = getattr(cast, name).user
            among_all = Target.objects.visible_to(user)
            for unit in units:
                assert set(Target.objects.of(unit, user)) == set(among_all.filter(unit=unit.pk)), (name, unit)


@pytest.mark.services
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time anyway")
def test_two_who_set_the_same_side_by_side_set_it_once(province, cast):
    year, outcomes = school_year_period(2026), []
    row = indicator("all.attendance_rate")
    start = threading.Barrier(2)

    def attempt(value: int):
        start.wait(5)
        try:
            set_target(
                unit=province.department,
                indicator=row,
                period=year,
                goal=Goal("ge", Decimal(value)),
                by=cast.staff,
            )
            outcomes.append("set")
        except AlreadySet:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(value,)) for value in (97, 98)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(outcomes) == ["set", "told"]
    assert Target.objects.count() == 1


def test_a_target_is_named_by_what_whose_and_when(target):
    assert str(target) == "Tỷ lệ chuyên cần toàn ngành, Sở GDĐT, năm học 2026–2027"
