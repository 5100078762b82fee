"""The visibility rule: everyone sees the subtree of their unit, and nothing else, on any day."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from accounts.models import RoleCode, User
from schools import actions
from schools.models import (
    Affiliation,
    DepartmentLevel,
    Level,
    LinkKind,
    OfficeLink,
    SchoolLevel,
    Unit,
    UnitKind,
)
from schools.queries import jobs_visible_to, levels_in_part, offices_seen_whole, units_in_scope
from schools.queries.tree import schools_beneath
from tests.conftest import TODAY, open_office, posted
from tests.factories import OPENED, UserFactory
from trail.models import Job

YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
# Whole sets: own unit and all beneath are in them; parents, siblings and the foreign province are not.
DEPARTMENT_SCOPE = {"NS", "NS-TH", "NS-01", "NS-02", "NS010001", "NS010002", "NS020001", "NS000001"}
CLOUD_SCOPE = {"NS-01", "NS010001", "NS010002"}
SCOPES = {
    "leader": DEPARTMENT_SCOPE,
    "staff": DEPARTMENT_SCOPE,
    "registrar": DEPARTMENT_SCOPE,
    "admin": DEPARTMENT_SCOPE,
    "division_staff": DEPARTMENT_SCOPE - {"NS010001", "NS000001"},
    "commune_officer": CLOUD_SCOPE,
    "commune_leader": CLOUD_SCOPE,
    "principal": {"NS010002"},
    "clerk": {"NS010002"},
    "neighbour": {"NS010001"},
    "tea_principal": {"NS020001"},
    "high_principal": {"NS000001"},
    "outsider": {"BL", "BL-01", "BL010001"},
    "outsider_principal": {"BL010001"},
}


def codes(user, on=TODAY):
    return set(units_in_scope(user, on).values_list("code", flat=True))


@pytest.fixture
def newcomer(province):
    return UserFactory(username="moi")


def post(user, unit, role=RoleCode.STAFF, valid_from=OPENED):
    return actions.post(user=user, unit=unit, role=role, valid_from=valid_from, by=None)


class TestRoles:
    @pytest.mark.parametrize("who", SCOPES)
    def test_scope(self, cast, who):
        assert codes(getattr(cast, who).user) == SCOPES[who]

    def test_the_whole_cast_is_in_the_table(self, cast):
        assert set(SCOPES) == set(vars(cast))

    @pytest.mark.parametrize("role", RoleCode.values)
    def test_the_role_does_not_widen_or_narrow_it(self, province, newcomer, role):
        post(newcomer, province.cloud_commune, role)
        assert codes(newcomer) == CLOUD_SCOPE

    @pytest.mark.parametrize("who", ["leader", "division_staff", "principal", "outsider"])
    def test_one_query(self, cast, who, django_assert_num_queries):
        with django_assert_num_queries(1):
            list(units_in_scope(getattr(cast, who).user, TODAY))

    def test_a_superuser_sees_by_postings_like_everybody(self, province):
        root = User.objects.create_superuser("goc", "", "x", full_name="Gốc")
        assert codes(root) == set()


class TestWho:
    def test_without_a_posting_nothing_is_seen(self, newcomer):
        assert codes(newcomer) == set()

    def test_a_visitor_sees_nothing_and_asks_nothing(self, province, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert codes(AnonymousUser()) == set()

    def test_a_closed_account_sees_nothing(self, cast):
        cast.leader.user.is_active = False
        assert codes(cast.leader.user) == set()

    def test_two_postings_see_both_subtrees(self, province, newcomer):
        post(newcomer, province.orchid_preschool, RoleCode.PRINCIPAL)
        post(newcomer, province.foreign_commune, RoleCode.LEADER)
        assert codes(newcomer) == {"NS010001", "BL-01", "BL010001"}

    def test_two_postings_in_one_unit_see_it_once(self, province, newcomer, django_assert_num_queries):
        for role in (RoleCode.STAFF, RoleCode.LEADER):
            post(newcomer, province.cloud_commune, role)
        with django_assert_num_queries(1):
            assert len(units_in_scope(newcomer, TODAY)) == 3


class TestDays:
    @pytest.mark.parametrize(("last_day", "seen"), [(YESTERDAY, False), (TODAY, True), (TOMORROW, True)])
    def test_sight_ends_with_the_last_day_of_the_posting(self, cast, last_day, seen):
        actions.end_posting(posting=cast.commune_officer, last_day=last_day, by=None)
        assert codes(cast.commune_officer.user) == (CLOUD_SCOPE if seen else set())

    @pytest.mark.parametrize(("first_day", "seen"), [(TODAY, True), (TOMORROW, False)])
    def test_sight_begins_with_its_first(self, province, newcomer, first_day, seen):
        post(newcomer, province.cloud_commune, valid_from=first_day)
        assert codes(newcomer) == (CLOUD_SCOPE if seen else set())

    def test_of_two_postings_the_ended_one_no_longer_counts(self, province, newcomer):
        ended = post(newcomer, province.cloud_commune)
        actions.end_posting(posting=ended, last_day=YESTERDAY, by=None)
        post(newcomer, province.tea_commune)
        assert codes(newcomer) == {"NS-02", "NS020001"}

    def test_unless_told_the_day_is_today_in_vietnam(self, cast):
        """At half past midnight in Hanoi it is still yesterday in London."""
        actions.end_posting(posting=cast.principal, last_day=YESTERDAY, by=None)
        with time_machine.travel(dt.datetime(2026, 11, 21, 17, 30, tzinfo=dt.UTC), tick=False):
            assert not units_in_scope(cast.principal.user).exists()
        with time_machine.travel(dt.datetime(2026, 11, 21, 16, 30, tzinfo=dt.UTC), tick=False):
            assert units_in_scope(cast.principal.user).exists()

    def test_a_moved_school_is_seen_by_each_commune_in_its_time(self, province, cast):
        tea_officer = posted("che", "Người Chè", province.tea_commune, RoleCode.STAFF)
        cloud = Affiliation.objects.filter(school=province.cloud_primary, office=province.cloud_commune)
        cloud.update(valid_to=TODAY)
        Affiliation.objects.create(
            school=province.cloud_primary,
            office=province.tea_commune,
            kind=LinkKind.ADMINISTRATIVE,
            valid_from=TODAY,
        )
        actions.rebuild_ancestry()
        seen = [
            [name for name, posting in (("cloud", cast.commune_officer), ("tea", tea_officer))
             if "NS010002" in codes(posting.user, on)]
            for on in (YESTERDAY, TODAY)
        ]  # fmt: skip
        assert seen == [["cloud"], ["tea"]]
        assert {"NS010002"} <= codes(cast.leader.user, YESTERDAY) & codes(cast.leader.user, TODAY)

    def test_who_moves_with_a_commune_to_another_department_sees_as_before(self, province, cast):
        OfficeLink.objects.filter(child=province.cloud_commune).update(valid_to=TODAY)
        OfficeLink.objects.create(
            child=province.cloud_commune,
            parent=province.foreign_department,
            kind=LinkKind.PROFESSIONAL,
            valid_from=TODAY,
        )
        actions.rebuild_ancestry()
        assert codes(cast.commune_officer.user) == CLOUD_SCOPE
        assert "NS-01" in codes(cast.outsider.user)
        assert "NS-01" not in codes(cast.outsider.user, YESTERDAY)
        assert "NS-01" not in codes(cast.leader.user)


class TestInternalDepartments:
    """What the parent office sees; schools only where a limit, if there is one, is met."""

    @pytest.fixture
    def general_division(self, province):
        parents = [(province.department, LinkKind.ADMINISTRATIVE)]
        return open_office(UnitKind.INTERNAL, "NS-VP", "Văn phòng Sở", "VP Sở", parents=parents)

    @pytest.fixture
    def foreign_preschool_division(self, province):
        parents = [(province.foreign_department, LinkKind.ADMINISTRATIVE)]
        division = open_office(UnitKind.INTERNAL, "BL-MN", "Phòng Mầm non", "P. MN", parents=parents)
        DepartmentLevel.objects.create(office=division, level=Level.PRESCHOOL)
        return division

    def test_without_limits_all_that_the_office_sees(self, province, newcomer, general_division):
        post(newcomer, general_division)
        assert codes(newcomer) == DEPARTMENT_SCOPE | {"NS-VP"}

    def test_limited_to_levels_schools_of_these_and_all_offices(self, province, newcomer):
        DepartmentLevel.objects.create(office=province.primary_division, level=Level.PRESCHOOL)
        post(newcomer, province.primary_division)
        assert codes(newcomer) == DEPARTMENT_SCOPE - {"NS000001"}

    def test_a_limited_and_an_unlimited_one_have_no_limit(self, province, newcomer, general_division):
        post(newcomer, province.primary_division)
        post(newcomer, general_division)
        assert codes(newcomer) == DEPARTMENT_SCOPE | {"NS-VP"}

    def test_a_limit_of_one_office_opens_nothing_in_another(
        self, province, newcomer, foreign_preschool_division
    ):
        """Primary here and preschool there: neither preschools here nor primary schools there."""
        post(newcomer, province.primary_division)
        post(newcomer, foreign_preschool_division)
        assert codes(newcomer) == {"NS", "NS-TH", "NS-01", "NS-02", "NS010002", "NS020001"} | {
            "BL", "BL-01", "BL-MN",
        }  # fmt: skip

    def test_a_limited_department_beside_a_school_of_another_level(self, province, newcomer):
        post(newcomer, province.primary_division)
        post(newcomer, province.high_school, RoleCode.PRINCIPAL)
        assert codes(newcomer) == DEPARTMENT_SCOPE - {"NS010001"}

    def test_a_level_counts_while_it_is_taught(self, province, cast):
        taught = SchoolLevel.objects.filter(school=province.tea_combined, level=Level.PRIMARY)
        taught.update(valid_to=TODAY)
        assert "NS020001" in codes(cast.division_staff.user, YESTERDAY)
        assert "NS020001" not in codes(cast.division_staff.user, TODAY)

    def test_moved_to_another_office_it_sees_there(self, province, cast):
        OfficeLink.objects.filter(child=province.primary_division).update(valid_to=TODAY)
        OfficeLink.objects.create(
            child=province.primary_division,
            parent=province.foreign_department,
            kind=LinkKind.ADMINISTRATIVE,
            valid_from=TODAY,
        )
        actions.rebuild_ancestry()
        assert codes(cast.division_staff.user, YESTERDAY) == SCOPES["division_staff"]
        assert codes(cast.division_staff.user) == {"BL", "BL-01", "NS-TH", "BL010001"}

    def test_by_the_professional_line_alone_it_reaches_nothing(self, province, newcomer):
        """An internal department acts for the office whose part it is, not for one that advises it."""
        apart = open_office(
            UnitKind.INTERNAL,
            "X",
            "Phòng lẻ",
            "P. lẻ",
            parents=[(province.department, LinkKind.PROFESSIONAL)],
        )
        post(newcomer, apart)
        assert codes(newcomer) == {"X"}

    def test_only_an_internal_department_sees_as_its_parent_does(self, province, cast):
        """A commune that belongs to the department also administratively still sees its own schools alone."""
        OfficeLink.objects.create(
            child=province.cloud_commune,
            parent=province.department,
            kind=LinkKind.ADMINISTRATIVE,
            valid_from=OPENED,
        )
        actions.rebuild_ancestry()
        assert codes(cast.commune_officer.user) == CLOUD_SCOPE

    def test_without_an_office_it_sees_itself(self, province, newcomer):
        alone = open_office(UnitKind.INTERNAL, "X", "Phòng lẻ", "P. lẻ")
        post(newcomer, alone)
        assert codes(newcomer) == {"X"}


class TestSchoolsBeneath:
    @pytest.mark.parametrize(
        ("office", "found"),
        [
            ("department", {"NS010001", "NS010002", "NS020001", "NS000001"}),
            ("cloud_commune", {"NS010001", "NS010002"}),
            ("foreign_department", {"BL010001"}),
            ("primary_division", set()),
        ],
    )
    def test_in_either_line_once_each(self, province, office, found):
        schools = schools_beneath(getattr(province, office), TODAY)
        assert sorted(schools.values_list("code", flat=True)) == sorted(found)

    def test_a_closed_school_is_beneath_until_it_closed(self, province):
        Unit.objects.filter(pk=province.high_school.pk).update(valid_to=TODAY)
        assert schools_beneath(province.department, YESTERDAY).count() == 4
        assert schools_beneath(province.department, TODAY).count() == 3

    def test_none_before_it_all_began(self, province):
        assert not schools_beneath(province.department, OPENED - dt.timedelta(days=1)).exists()


class TestClosedUnits:
    """What has closed stays in sight of those it stood beneath on its last day, and of nobody else."""

    @pytest.fixture
    def closed(self, province):
        school = province.cloud_primary
        for rows in (Affiliation.objects.filter(school=school), SchoolLevel.objects.filter(school=school)):
            rows.update(valid_to=TODAY)
        Unit.objects.filter(pk=school.pk).update(valid_to=TODAY)
        actions.rebuild_ancestry()
        return school

    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            ("leader", True),
            ("division_staff", True),
            ("commune_officer", True),
            ("principal", True),
            ("neighbour", False),
            ("tea_principal", False),
            ("outsider", False),
        ],
    )
    def test_who_sees_it_afterwards(self, cast, closed, who, seen):
        assert (closed.code in codes(getattr(cast, who).user, TOMORROW)) is seen

    def test_a_commune_that_lost_it_before_does_not(self, province, cast):
        school = province.cloud_primary
        cloud = Affiliation.objects.filter(school=school, office=province.cloud_commune)
        cloud.update(valid_to=YESTERDAY)
        Affiliation.objects.filter(school=school, valid_to__isnull=True).update(valid_to=TODAY)
        Unit.objects.filter(pk=school.pk).update(valid_to=TODAY)
        actions.rebuild_ancestry()
        assert school.code not in codes(cast.commune_officer.user, TOMORROW)
        assert school.code in codes(cast.leader.user, TOMORROW)

    def test_it_is_directed_no_more(self, province, closed):
        assert closed not in schools_beneath(province.department, TOMORROW)


class TestSeenWhole:
    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            ("leader", DEPARTMENT_SCOPE),
            ("division_staff", {"NS-TH"}),
            ("commune_officer", CLOUD_SCOPE),
            ("principal", {"NS010002"}),
        ],
    )
    def test_offices_seen_whole(self, cast, who, seen):
        whole = offices_seen_whole(getattr(cast, who).user, TODAY)
        assert set(whole.values_list("code", flat=True)) == seen

    def test_without_a_day_it_is_today(self, cast):
        actions.end_posting(posting=cast.leader, last_day=YESTERDAY, by=None)
        for day, seen in ((YESTERDAY, DEPARTMENT_SCOPE), (TODAY, set())):
            with time_machine.travel(dt.datetime.combine(day, dt.time(5), dt.UTC), tick=False):
                assert set(offices_seen_whole(cast.leader.user).values_list("code", flat=True)) == seen

    def test_an_unlimited_department_sees_its_office_whole(self, province, cast):
        DepartmentLevel.objects.all().delete()
        whole = offices_seen_whole(cast.division_staff.user, TODAY)
        assert set(whole.values_list("code", flat=True)) == DEPARTMENT_SCOPE

    def test_a_visitor_sees_nothing_whole(self, province):
        assert not offices_seen_whole(AnonymousUser()).exists()


class TestLevelsInPart:
    def levels(self, user, on=TODAY):
        return sorted(row["level"] for row in levels_in_part(user, on))

    def test_are_those_of_the_persons_own_limited_department(self, province, cast):
        assert self.levels(cast.division_staff.user) == [Level.PRIMARY]
        assert self.levels(cast.staff.user) == []
        assert self.levels(cast.principal.user) == []

    def test_end_with_the_posting(self, cast):
        actions.end_posting(posting=cast.division_staff, last_day=YESTERDAY, by=None)
        assert self.levels(cast.division_staff.user, YESTERDAY) == [Level.PRIMARY]
        assert self.levels(cast.division_staff.user) == []

    def test_without_a_day_are_todays(self, cast):
        actions.end_posting(posting=cast.division_staff, last_day=YESTERDAY, by=None)
        for day, found in ((YESTERDAY, ["primary"]), (TODAY, [])):
            with time_machine.travel(dt.datetime.combine(day, dt.time(5), dt.UTC), tick=False):
                assert [row["level"] for row in levels_in_part(cast.division_staff.user)] == found


class TestJobs:
    @pytest.fixture
    def jobs(self, province, cast):
        return {
            "of_a_school": Job.objects.create(kind="a", unit_id=province.cloud_primary.pk),
            "of_another_commune": Job.objects.create(kind="b", unit_id=province.tea_commune.pk),
            "asked_for": Job.objects.create(kind="c", requested_by_id=cast.clerk.user_id),
            "of_nobody": Job.objects.create(kind="d"),
        }

    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            ("leader", {"of_a_school", "of_another_commune"}),
            ("commune_officer", {"of_a_school"}),
            ("clerk", {"of_a_school", "asked_for"}),
            ("outsider", set()),
        ],
    )
    def test_are_seen_by_who_asked_and_where_they_are_done(self, cast, jobs, who, seen):
        found = set(jobs_visible_to(getattr(cast, who).user))
        assert {name for name, job in jobs.items() if job in found} == seen
