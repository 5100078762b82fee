"""Targets that speak of some schools of an office: who belongs, and what they come to alone."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eduportal.base.errors import Refused
from targets.actions import AlreadySet, Goal, set_target, share_out
from targets.arithmetic import NOT_APPLICABLE
from targets.matching import group_meant
from targets.models import ObservationStatus, SchoolGroup, Target
from targets.queries.board import rows_of, standings
from targets.queries.breakdown import parts_of
from targets.queries.groups import members
from targets.queries.sharing import sharing
from targets.queries.values import Ground, span_of
from targets.standing import TargetStanding
from targets.wording import reason
from tests.targets.conftest import indicator

TODAY = dt.date(2026, 12, 10)


def group(code: str) -> SchoolGroup:
    return SchoolGroup.objects.get(code=code)


@pytest.fixture
def attended(province, give, recognise):
    """Cloud Primary holds level 2; Tea Combined holds nothing and is four times as large."""
    give(province.cloud_primary, (2026, 10), primary__pupils=100, primary__attending=90)
    give(province.tea_combined, (2026, 10), primary__pupils=400, primary__attending=396)
    recognise(province.cloud_primary, 2, dt.date(2026, 3, 2))


@pytest.fixture
def of_group(province, cast, year, attended):
    def set_for(code: str | None, unit=None, value: str = "95", indicated: str = "primary.attendance_rate"):
        return set_target(
            unit=unit or province.department,
            indicator=indicator(indicated),
            period=year,
            goal=Goal("ge", Decimal(value)),
            group=group(code) if code else None,
            by=cast.staff,
        )

    return set_for


def names_of(found) -> list[str]:
    return [part.unit.short_name for part in found.schools]


class TestMembers:
    def test_by_the_standard_they_hold_that_day(self, province, attended):
        ground = Ground(province.department)
        cloud = province.cloud_primary.pk
        assert members(ground, group("standard_2"), TODAY) == {cloud}
        assert members(ground, group("standard_1"), TODAY) == {cloud}
        assert members(ground, group("standard_2"), dt.date(2026, 3, 1)) == frozenset()

    def test_without_a_group_nothing_is_left_out(self, province):
        assert members(Ground(province.department), None, TODAY) is None

    def test_public_ones_and_others_are_all(self, province):
        ground = Ground(province.department)
        public, private = (members(ground, group(code), TODAY) for code in ("public", "private"))
        assert public | private == {one.pk for one in ground.register(TODAY).schools}
        assert public & private == frozenset()
        assert province.foreign_primary.pk not in public | private

    def test_by_the_newest_figure_of_a_year(self, province, give):
        give(province.cloud_primary, (2026, 1), primary__boarding_need=12)
        give(province.tea_combined, (2026, 1), primary__boarding_need=30)
        give(province.tea_combined, (2026, 6), primary__boarding_need=0)
        ground = Ground(province.department)
        assert members(ground, group("boarding"), dt.date(2026, 5, 31)) == {
            province.cloud_primary.pk,
            province.tea_combined.pk,
        }
        assert members(ground, group("boarding"), TODAY) == {province.cloud_primary.pk}
        assert members(ground, group("boarding"), dt.date(2027, 2, 28)) == frozenset()

    def test_what_is_not_sent_or_does_not_apply_makes_no_member(self, province, give):
        give(province.cloud_primary, (2026, 6), ObservationStatus.DRAFT, primary__boarding_need=12)
        give(province.tea_combined, (2026, 6), primary__boarding_need=NOT_APPLICABLE)
        assert members(Ground(province.department), group("boarding"), TODAY) == frozenset()


class TestValues:
    def test_a_group_comes_to_what_its_schools_alone_come_to(self, province, year, of_group):
        targets = [of_group(None), of_group("standard_2")]
        rows = rows_of(province.department, year, targets, TODAY)
        reached = [(row.value.numerator, row.value.denominator, row.value.value) for row in rows]
        assert reached == [
            (Decimal(486), Decimal(500), Decimal("97.2")),
            (Decimal(90), Decimal(100), Decimal(90)),
        ]
        assert [row.value.expected for row in rows] == [2, 1]

    def test_the_quick_board_says_the_same_of_both(self, province, cast, year, of_group):
        targets = [of_group(None), of_group("standard_2")]
        slow = rows_of(province.department, year, targets, TODAY)
        quick = standings(unit=province.department, period=year, today=TODAY, user=cast.staff.user)
        assert [(row.value, row.judged) for row in quick.rows] == [(row.value, row.judged) for row in slow]

    def test_its_trend_and_its_year_before_are_of_the_same_schools(self, province, year, of_group, give):
        """Cloud Primary was no school of level 2 a year ago; it is looked at all the same."""
        give(province.cloud_primary, (2025, 10), primary__pupils=100, primary__attending=80)
        give(province.tea_combined, (2025, 10), primary__pupils=100, primary__attending=100)
        row = rows_of(province.department, year, [of_group("standard_2")], TODAY)[0]
        assert row.before.value == Decimal(80)
        assert [point.value for point in row.trend] == [Decimal(80), Decimal(90)]

    def test_recognitions_can_be_asked_of_a_group(self, province, year, of_group):
        target = of_group("public", indicated="primary.standard_1", value="50")
        row = rows_of(province.department, year, [target], TODAY)[0]
        assert row.value.numerator == Decimal(1)

    def test_an_empty_group_has_no_value(self, province, year, of_group):
        row = rows_of(province.department, year, [of_group("boarding")], TODAY)[0]
        assert (row.value.value, row.standing) == (None, TargetStanding.NO_DATA)
        assert reason(row) == "Đơn vị không có trường nào thuộc đối tượng này."

    def test_its_parts_are_its_schools(self, of_group, year):
        assert names_of(parts_of(of_group("standard_2"), span_of(year), TODAY)) == ["TH Suối Mây"]
        assert names_of(parts_of(of_group(None), span_of(year), TODAY)) == ["TH Suối Mây", "TH&THCS Đồi Chè"]

    def test_as_many_queries_for_one_target_of_a_group_as_for_three(self, province, year, of_group):
        codes = ("primary.attendance_rate", "lower_secondary.attendance_rate", "primary.standard_1")
        targets = [of_group("standard_2", indicated=code) for code in codes]

        def queries(number: int) -> int:
            with CaptureQueriesContext(
                connection,
            ) as context:
                rows_of(province.department, year, [*targets[:number], targets[2]][:3], TODAY)
            return len(context)

        assert queries(1) == queries(2)


class TestSetting:
    def test_all_schools_and_a_group_are_two_targets(self, of_group):
        whole, part = of_group(None), of_group("standard_2")
        assert (whole.group, part.group) == (None, group("standard_2"))
        assert part.subject == "Tỷ lệ chuyên cần tiểu học (trường đạt chuẩn quốc gia mức độ 2)"
        with pytest.raises(AlreadySet) as refusal:
            of_group("standard_2")
        assert refusal.value.target == part
        with pytest.raises(AlreadySet):
            of_group(None)

    def test_a_school_is_no_group(self, province, of_group):
        with pytest.raises(Refused, match="không phải là một nhóm"):
            of_group("standard_2", province.cloud_primary)

    def test_nor_have_some_schools_a_rate_over_residents(self, of_group):
        with pytest.raises(Refused, match="trẻ em cư trú"):
            of_group("standard_2", indicated="primary.enrolment_rate")

    def test_the_form_sets_one(self, province, cast, client_of, year):
        typed = {
            "unit": province.department.pk, "indicator": indicator("primary.attendance_rate").pk,
            "period": "school_year-2026-1", "group": group("standard_2").pk,
            "comparator": "ge", "value": "98,5",
        }  # fmt: skip
        client = client_of(cast.staff)
        client.post(reverse("targets:new"), typed)
        target = Target.objects.get()
        assert (target.group.code, target.value) == ("standard_2", Decimal("98.5"))
        page = client.get(reverse("targets:target", args=[target.pk])).content.decode()
        assert "trường đạt chuẩn quốc gia mức độ 2" in page

    def test_a_school_given_a_group_is_told_at_the_form(self, province, cast, client_of):
        typed = {
            "unit": province.cloud_primary.pk, "indicator": indicator("primary.attendance_rate").pk,
            "period": "school_year-2026-1", "group": group("standard_2").pk,
            "comparator": "ge", "value": "98,5",
        }  # fmt: skip
        page = client_of(cast.staff).post(reverse("targets:new"), typed)
        assert "không phải là một nhóm" in page.content.decode()
        assert not Target.objects.exists()


class TestSharing:
    def test_communes_get_their_part_of_the_group_and_schools_their_own(
        self, province, cast, of_group, recognise
    ):
        whole = of_group("standard_2", value="95")
        found = sharing(whole, TODAY, cast.staff.user)
        assert [one.unit.short_name for one in found.shares] == ["Xã Suối Mây"]
        share_out(
            target=whole,
            version=whole.version,
            values={province.cloud_commune: Decimal(95)},
            reason="",
            by=cast.staff,
        )
        assert whole.parts.get().group == group("standard_2")
        again = sharing(whole, TODAY, cast.staff.user)
        assert again.given == {province.cloud_commune.pk: Decimal(95)}

    def test_the_target_of_all_schools_is_not_overwritten(self, province, cast, of_group):
        own = of_group(None, province.cloud_commune, value="99")
        whole = of_group("standard_2", value="95")
        share_out(
            target=whole,
            version=whole.version,
            values={province.cloud_commune: Decimal(95)},
            reason="",
            by=cast.staff,
        )
        own.refresh_from_db()
        assert (own.value, own.part_of) == (Decimal(99), None)


class TestMeaning:
    GROUPS = {
        1: ("trường đạt chuẩn quốc gia mức độ 1 trở lên", "trường chuẩn quốc gia"),
        2: ("trường đạt chuẩn quốc gia mức độ 2", "trường chuẩn quốc gia mức độ 2"),
        3: ("trường công lập",),
    }

    @pytest.mark.parametrize(
        ("sentence", "indicated", "meant"),
        [
            ("Trường chuẩn quốc gia mức độ 2: tỷ lệ chuyên cần đạt 99%", ("Tỷ lệ chuyên cần",), 2),
            ("Tại các TRƯỜNG CHUẨN QUỐC GIA, chuyên cần đạt 98%", ("Tỷ lệ chuyên cần",), 1),
            ("Tỷ lệ chuyên cần đạt 98%", ("Tỷ lệ chuyên cần",), None),
            ("55% trường đạt chuẩn quốc gia mức độ 2", ("Trường đạt chuẩn quốc gia mức độ 2",), None),
            ("100% trường công lập dạy hai buổi", (), 3),
        ],
    )
    def test_the_group_named_at_greatest_length(self, sentence, indicated, meant):
        assert group_meant(sentence, indicated, self.GROUPS) == meant
