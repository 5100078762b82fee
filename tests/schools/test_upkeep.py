"""Keeping units right: what changes holds from a day on, and earlier days keep what they had."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduportal.base.errors import EditConflict, Refused
from schools.actions import open_school, post, rebuild_ancestry
from schools.actions.upkeep import (
    close_unit,
    edit_unit,
    limit_department,
    place_under,
    remove_unit,
    set_levels,
)
from schools.closure import Link, ancestries, closure, parents_of
from schools.models import Affiliation, LinkKind, OfficeLink, School, SchoolLevel, UnitAncestry
from tests.conftest import ADMINISTRATIVE, PROFESSIONAL
from tests.factories import OPENED, UserFactory
from trail.models import AuditEvent

MARCH = dt.date(2027, 3, 1)


@pytest.mark.django_db
class TestLevels:
    def held(self, school, day):
        return School.objects.get(pk=school.pk).levels_on(day)

    def test_hold_from_a_day_on(self, province):
        set_levels(school=province.cloud_primary, levels=["primary", "lower_secondary"], since=MARCH, by=None)
        before, after = dt.date(2027, 2, 28), MARCH
        assert self.held(province.cloud_primary, before) == ["primary"]
        assert self.held(province.cloud_primary, after) == ["primary", "lower_secondary"]

    def test_one_that_ends_is_history(self, province):
        set_levels(school=province.tea_combined, levels=["lower_secondary"], since=MARCH, by=None)
        rows = SchoolLevel.objects.filter(school=province.tea_combined, level="primary")
        assert list(rows.values_list("valid_from", "valid_to")) == [(OPENED, MARCH)]

    def test_a_change_made_and_taken_back_on_a_day_leaves_nothing(self, province):
        for levels in (["preschool", "primary"], ["primary"]):
            set_levels(school=province.cloud_primary, levels=levels, since=MARCH, by=None)
        rows = SchoolLevel.objects.filter(school=province.cloud_primary)
        assert list(rows.values_list("level", "valid_from", "valid_to")) == [("primary", OPENED, None)]

    @pytest.mark.parametrize("planned", [["primary", "lower_secondary"], ["lower_secondary"]])
    def test_no_others_means_none_that_were_planned_either(self, province, planned):
        """Said again before the day of the change, the levels of today are to stay."""
        school = province.cloud_primary
        set_levels(school=school, levels=planned, since=dt.date(2027, 9, 1), by=None)
        set_levels(school=school, levels=["primary"], since=MARCH, by=None)
        assert self.held(school, dt.date(2027, 10, 1)) == ["primary"]
        rows = SchoolLevel.objects.filter(school=school)
        assert list(rows.values_list("level", "valid_from", "valid_to")) == [("primary", OPENED, None)]

    def test_those_of_a_school_that_closes_end_with_it(self, province):
        school = School.objects.get(pk=province.cloud_primary.pk)
        close_unit(unit=school, last_day=dt.date(2027, 8, 31), by=None)
        set_levels(school=school, levels=["lower_secondary"], since=MARCH, by=None)
        rows = SchoolLevel.objects.filter(school=school, level="lower_secondary")
        assert list(rows.values_list("valid_from", "valid_to")) == [(MARCH, dt.date(2027, 9, 1))]


@pytest.mark.django_db
class TestPlace:
    def test_the_same_place_writes_nothing(self, province):
        events = AuditEvent.objects.count()
        place_under(
            unit=province.cloud_primary,
            office=province.cloud_commune,
            line=ADMINISTRATIVE,
            since=MARCH,
            by=None,
        )
        assert AuditEvent.objects.count() == events

    @pytest.mark.parametrize("planned", ["tea_commune", None])
    def test_a_move_that_was_planned_is_called_off(self, province, planned):
        """The school is to stay where it is after all: the link of today goes on as one."""
        school, office = province.cloud_primary, getattr(province, planned) if planned else None
        later = dt.date(2027, 9, 1)
        place_under(unit=school, office=office, line=ADMINISTRATIVE, since=later, by=None)
        place_under(unit=school, office=province.cloud_commune, line=ADMINISTRATIVE, since=MARCH, by=None)
        rows = Affiliation.objects.filter(school=school, kind=ADMINISTRATIVE)
        assert list(rows.values_list("office", "valid_from", "valid_to")) == [
            (province.cloud_commune.pk, OPENED, None)
        ]
        above = UnitAncestry.objects.on(later).filter(descendant=school, kind=ADMINISTRATIVE, depth=1)
        assert above.get().ancestor_id == province.cloud_commune.pk

    def test_an_office_moves_with_all_beneath_it(self, province):
        place_under(
            unit=province.cloud_commune, office=province.tea_commune, line=PROFESSIONAL, since=MARCH, by=None
        )
        above = UnitAncestry.objects.on(MARCH).filter(descendant=province.cloud_commune, kind=PROFESSIONAL)
        assert set(above.values_list("ancestor__code", "depth")) == {("NS-01", 0), ("NS-02", 1), ("NS", 2)}

    def test_a_circle_is_refused_and_nothing_changed(self, province):
        links = list(OfficeLink.objects.order_by("pk").values())
        with pytest.raises(Refused):
            place_under(
                unit=province.department, office=province.tea_commune, line=PROFESSIONAL, since=MARCH, by=None
            )
        assert list(OfficeLink.objects.order_by("pk").values()) == links

    def test_none_is_a_place_too(self, province):
        place_under(unit=province.high_school, office=None, line=ADMINISTRATIVE, since=MARCH, by=None)
        rows = Affiliation.objects.filter(school=province.high_school)
        assert dict(rows.values_list("kind", "valid_to")) == {ADMINISTRATIVE: MARCH, PROFESSIONAL: None}


@pytest.mark.django_db
class TestClosing:
    def test_what_stands_beneath_goes_first(self, province):
        with pytest.raises(Refused, match="vẫn còn trực thuộc"):
            close_unit(unit=province.tea_commune, last_day=MARCH, by=None)
        close_unit(unit=province.tea_combined, last_day=MARCH, by=None)
        close_unit(unit=province.tea_commune, last_day=MARCH, by=None)
        province.tea_commune.refresh_from_db()
        assert province.tea_commune.valid_to == dt.date(2027, 3, 2)

    def test_a_day_before_the_first_is_refused(self, province):
        with pytest.raises(Refused):
            close_unit(unit=province.tea_combined, last_day=dt.date(2025, 6, 30), by=None)

    def test_a_posting_still_to_come_goes(self, province):
        post(
            user=UserFactory(),
            unit=province.tea_combined,
            role="clerk",
            valid_from=dt.date(2028, 1, 1),
            by=None,
        )
        close_unit(unit=province.tea_combined, last_day=MARCH, by=None)
        assert not province.tea_combined.postings.exists()

    def test_two_at_once(self, province):
        stale = School.objects.get(pk=province.tea_combined.pk)
        close_unit(unit=province.tea_combined, last_day=MARCH, by=None)
        with pytest.raises(EditConflict):
            close_unit(unit=stale, last_day=dt.date(2028, 1, 1), by=None)


@pytest.mark.django_db
class TestRemoving:
    def test_leaves_nothing_behind(self, province):
        pk = province.tea_combined.pk
        remove_unit(unit=province.tea_combined, by=None)
        assert not UnitAncestry.objects.filter(descendant=pk).exists()
        assert AuditEvent.objects.filter(object_id=pk, verb="school.opened").exists()
        assert AuditEvent.objects.filter(object_id=pk, verb="unit.removed").exists()

    def test_an_office_above_others_stays(self, province):
        with pytest.raises(Refused):
            remove_unit(unit=province.tea_commune, by=None)

    def test_a_school_that_has_people_stays(self, cast, province):
        with pytest.raises(Refused):
            remove_unit(unit=province.tea_combined, by=None)


@pytest.mark.django_db
class TestEditing:
    def fields(self, unit, **changes):
        return {
            "name": unit.name,
            "short_name": unit.short_name,
            "phone": unit.phone,
            "code": unit.code,
        } | changes

    def test_a_code_that_is_taken_meanwhile_is_refused(self, province):
        school = province.cloud_primary
        with pytest.raises(Refused):
            edit_unit(unit=school, version=1, by=None, **self.fields(school, code="NS010001"))

    def test_the_second_to_save_is_told(self, province):
        stale = School.objects.get(pk=province.cloud_primary.pk)
        school = province.cloud_primary
        edit_unit(unit=school, version=1, by=None, **self.fields(school, phone="0200 555 0112"))
        with pytest.raises(EditConflict):
            edit_unit(unit=stale, version=1, by=None, **self.fields(stale, phone="0200 555 0113"))

    def test_limits_of_a_department(self, province):
        limit_department(office=province.primary_division, levels=["primary", "preschool"], by=None)
        assert set(province.primary_division.limits.values_list("level", flat=True)) == {
            "primary",
            "preschool",
        }
        limit_department(office=province.primary_division, levels=[], by=None)
        assert not province.primary_division.limits.exists()
        assert AuditEvent.objects.filter(verb="office.limited").count() == 2


@pytest.mark.django_db
def test_a_school_opened_later_stands_where_a_whole_rebuild_puts_it(province):
    """Opening one school adds to the closure; computing all anew changes nothing."""
    open_school(
        code="NS010009",
        name="Trường Mầm non Bản Ví",
        short_name="MN Bản Ví",
        levels=["preschool"],
        opened_on=MARCH,
        affiliations=[
            (province.cloud_commune, LinkKind.ADMINISTRATIVE),
            (province.department, LinkKind.PROFESSIONAL),
        ],
        by=None,
    )
    stored = set(UnitAncestry.objects.values_list("pk", flat=True))
    rebuild_ancestry()
    assert set(UnitAncestry.objects.values_list("pk", flat=True)) == stored


DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1))


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), DAYS), max_size=12))
def test_the_closure_is_the_ancestries_of_each(links):
    """Parents have higher numbers, so that no circle can arise."""
    rows = [Link(child, parent, start) for child, parent, start in links if child < parent]
    parents = parents_of(rows)
    assert closure(rows) == {found for unit in range(1, 7) for found in ancestries(unit, parents)}
