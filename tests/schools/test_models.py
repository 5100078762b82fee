"""Units with their levels and affiliations on a day; postings and in whose name they act."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import RoleCode
from accounts.roles import Permission
from schools.models import Affiliation, Level, LinkKind, Office, OfficeLink, Period, School, SchoolLevel, Unit
from schools.models.period import PeriodKind
from tests.conftest import TODAY
from tests.factories import OPENED

TOMORROW = TODAY + dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


def codes(units):
    return sorted(units.values_list("code", flat=True))


class TestSchools:
    def test_levels_lowest_first_while_they_are_taught(self, province):
        school = province.tea_combined
        SchoolLevel.objects.create(school=school, level=Level.PRESCHOOL, valid_from=TOMORROW)
        SchoolLevel.objects.filter(school=school, level=Level.PRIMARY).update(valid_to=TOMORROW)
        assert school.levels_on(TODAY) == ["primary", "lower_secondary"]
        assert school.levels_on(TOMORROW) == ["preschool", "lower_secondary"]

    def test_levels_that_were_prefetched_are_not_asked_for_again(self, province, django_assert_num_queries):
        with django_assert_num_queries(2):
            for school in School.objects.prefetch_related("levels"):
                assert school.levels_on(TODAY)

    def test_teaching_a_level_on_a_day(self, province):
        SchoolLevel.objects.filter(school=province.cloud_primary).update(valid_to=TOMORROW)
        assert codes(School.objects.teaching("primary", TODAY)) == ["BL010001", "NS010002", "NS020001"]
        assert codes(School.objects.teaching("primary", TOMORROW)) == ["BL010001", "NS020001"]

    def test_affiliated_in_one_line_on_a_day(self, province):
        schools, cloud = School.objects, province.cloud_commune
        Affiliation.objects.filter(school=province.orchid_preschool, office=cloud).update(valid_to=TOMORROW)
        assert codes(schools.affiliated_to(cloud, TODAY)) == ["NS010001", "NS010002"]
        assert codes(schools.affiliated_to(cloud, TOMORROW)) == ["NS010002"]
        assert codes(schools.affiliated_to(cloud, TODAY, LinkKind.PROFESSIONAL)) == []
        assert codes(schools.affiliated_to(province.department, TODAY)) == ["NS000001"]

    def test_a_unit_in_hand_knows_whether_it_is_a_school(self, province):
        kinds = {unit.code: unit.is_school for unit in Unit.objects.filter(code__in=["NS", "NS010001"])}
        assert kinds == {"NS": False, "NS010001": True}

    def test_two_units_cannot_share_a_code(self, province):
        with pytest.raises(IntegrityError), transaction.atomic():
            Office.objects.create(code="NS", kind="department", valid_from=OPENED)


class TestOffices:
    def test_those_that_hold_schools(self, province):
        assert codes(Office.objects.holding_schools()) == ["BL", "BL-01", "NS", "NS-01", "NS-02"]


class TestPostings:
    def test_are_named_as_people_name_them(self, cast):
        assert cast.leader.actor_name == "Đỗ Thị Lan"
        assert str(cast.leader) == f"Đỗ Thị Lan, {cast.leader.role_name}, Sở GDĐT tỉnh Ngọc Sơn"

    def test_may_do_what_their_role_may(self, cast):
        assert cast.principal.may(Permission.SEND_REPORTS)
        assert not cast.clerk.may(Permission.SEND_REPORTS)

    @pytest.mark.parametrize(
        ("who", "unit"),
        [("staff", "department"), ("division_staff", "department"), ("commune_officer", "cloud_commune")],
    )
    def test_act_in_the_name_of_an_office(self, cast, province, who, unit):
        assert getattr(cast, who).acting_unit.pk == getattr(province, unit).pk

    def test_of_an_internal_department_without_an_office_act_for_itself(self, cast, province):
        OfficeLink.objects.filter(child=province.primary_division).delete()
        assert cast.division_staff.acting_unit.pk == province.primary_division.pk

    def test_find_their_office_with_one_query_at_most(self, cast, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert cast.staff.acting_unit
        with django_assert_num_queries(1):
            assert cast.division_staff.acting_unit == cast.division_staff.acting_unit

    def test_every_role_can_be_posted(self, cast):
        assert {posting.role for posting in vars(cast).values()} == set(RoleCode.values)


class TestPeriods:
    def test_cannot_end_before_they_begin(self):
        days = {"data_from": TOMORROW, "data_to": TODAY}
        with pytest.raises(IntegrityError), transaction.atomic():
            Period.objects.create(kind=PeriodKind.MONTH, year=2026, ordinal=11, **days)

    def test_are_in_the_order_of_time(self):
        for ordinal in (11, 9, 10):
            day = dt.date(2026, ordinal, 1)
            Period.objects.create(kind="month", year=2026, ordinal=ordinal, data_from=day, data_to=day)
        assert [period.ordinal for period in Period.objects.all()] == [9, 10, 11]
