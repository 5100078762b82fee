"""Opening units, linking and posting: keys, closure and history are written with them."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.utils import translation

from accounts.models import RoleCode
from eduportal.base.errors import Refused
from schools import actions
from schools.models import (
    Letterhead,
    LinkKind,
    OfficeLink,
    Period,
    PeriodKind,
    Posting,
    School,
    Unit,
    UnitAncestry,
    UnitKind,
)
from tests.conftest import TODAY, open_school
from tests.factories import OPENED, UserFactory
from trail.models import AuditEvent

pytestmark = pytest.mark.django_db
LINES = LinkKind.values


def above(unit, day=TODAY):
    """(line, code, depth) of all that a unit stands under on a day."""
    rows = UnitAncestry.objects.on(day).filter(descendant=unit).order_by("kind", "-depth")
    return list(rows.values_list("kind", "ancestor__code", "depth"))


def open_peach_blossom(province):
    """A preschool in the tea commune."""
    owners = province.tea_commune, province.department
    return open_school("X1", "Trường Mầm non Hoa Đào", "MN Hoa Đào", [], *owners)


def last_event():
    event = AuditEvent.objects.first()
    return event.verb, event.actor_name, event.unit_id


class TestOpening:
    def test_a_school_stands_under_its_offices_in_both_lines(self, province):
        assert above(province.cloud_primary) == [
            ("administrative", "NS-01", 1),
            ("administrative", "NS010002", 0),
            ("professional", "NS", 1),
            ("professional", "NS010002", 0),
        ]

    def test_before_it_was_opened_it_stood_nowhere(self, province):
        assert above(province.cloud_primary, OPENED - dt.timedelta(days=1)) == []

    def test_names_are_stored_in_one_form_with_their_keys(self):
        keys = actions.named(" Trường Mầm non Hoa\u200b Đào ", "MN Hoa Đào")
        assert keys["name"] == "Trường Mầm non Hoa Đào"
        assert keys["search_key"] == "truong mam non hoa dao mn hoa dao"

    def test_schools_are_listed_in_vietnamese_order(self, province):
        names = list(School.objects.filter(code__startswith="NS").values_list("short_name", flat=True))
        assert names == ["MN Hoa Ban", "TH Suối Mây", "TH&THCS Đồi Chè", "THPT Ngọc Sơn"]

    def test_who_opened_it_is_written_down(self, cast, province):
        office = actions.open_office(
            kind=UnitKind.COMMUNE,
            code="NS-03",
            name="UBND xã Bản Lùng",
            short_name="Xã Bản Lùng",
            opened_on=TODAY,
            by=cast.admin,
            parents=[(province.department, LinkKind.PROFESSIONAL)],
        )
        assert last_event() == ("office.opened", "Vũ Hồng Quân", office.pk)
        assert ("professional", "NS", 1) in above(office)


class TestAncestry:
    def test_building_it_again_changes_nothing(self, province):
        before = set(UnitAncestry.objects.values_list())
        actions.rebuild_ancestry()
        assert set(UnitAncestry.objects.values_list()) == before

    def test_rows_that_are_wrong_are_put_right(self, province):
        before = set(UnitAncestry.objects.values_list(*actions.ANCESTRY_FIELDS))
        UnitAncestry.objects.filter(ancestor=province.department).delete()
        UnitAncestry.objects.filter(ancestor=province.tea_commune).update(valid_to=TODAY)
        actions.rebuild_ancestry()
        assert set(UnitAncestry.objects.values_list(*actions.ANCESTRY_FIELDS)) == before

    def test_a_new_school_leaves_the_rows_of_others_alone(self, province):
        before = set(UnitAncestry.objects.values_list())
        open_peach_blossom(province)
        assert before < set(UnitAncestry.objects.values_list())
        assert UnitAncestry.objects.count() == len(before) + 4

    def test_a_closed_unit_is_its_own_ancestor_until_it_closed(self, province):
        Unit.objects.filter(pk=province.high_school.pk).update(valid_to=TODAY)
        actions.rebuild_ancestry()
        own = UnitAncestry.objects.filter(descendant=province.high_school, depth=0)
        assert set(own.values_list("kind", "valid_to")) == {(line, TODAY) for line in LINES}

    def test_the_lines_are_not_mixed(self, province):
        """The commune stands under the department professionally, its schools under it administratively."""
        assert ("administrative", "NS", 2) not in above(province.cloud_primary)

    def test_a_circle_is_refused_by_name_and_nothing_changes(self, province):
        before = set(UnitAncestry.objects.values_list())
        OfficeLink.objects.create(
            child=province.department,
            parent=province.cloud_commune,
            kind=LinkKind.PROFESSIONAL,
            valid_from=TODAY,
        )
        with pytest.raises(Refused) as caught:
            actions.rebuild_ancestry()
        named = [name for name in ("Sở GDĐT tỉnh Ngọc Sơn", "UBND xã Suối Mây") if name in str(caught.value)]
        assert (len(named), "22/11/2026" in str(caught.value)) == (1, True)
        assert set(UnitAncestry.objects.values_list()) == before

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    @pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time anyway")
    def test_two_changes_at_the_same_moment_both_count(self, province):
        """While one moves a commune, the other opens a school in it: the school moves along."""
        moved = threading.Event()

        def open_a_school():
            moved.wait(5)
            open_peach_blossom(province)
            connection.close()

        thread = threading.Thread(target=open_a_school)
        thread.start()
        with transaction.atomic():
            OfficeLink.objects.filter(child=province.tea_commune).update(valid_to=TODAY)
            OfficeLink.objects.create(
                child=province.tea_commune, parent=province.foreign_department, kind=LinkKind.ADMINISTRATIVE,
                valid_from=TODAY,
            )  # fmt: skip
            actions.rebuild_ancestry()
            moved.set()
            thread.join(0.5)
        thread.join(5)
        assert ("administrative", "BL", 2) in above(Unit.objects.get(code="X1"))


class TestLetterheads:
    def test_a_new_one_ends_the_one_before(self, province, cast):
        new = actions.set_letterhead(
            office=province.department,
            valid_from=TODAY,
            by=cast.admin,
            superior="ỦY BAN NHÂN DÂN TỈNH NGỌC SƠN",
            issuer="SỞ GIÁO DỤC VÀ ĐÀO TẠO",
            symbol="SGDĐT",
            place="Ngọc Sơn",
            head_title="GIÁM ĐỐC",
        )
        heads = Letterhead.objects.filter(office=province.department)
        assert [head.valid_to for head in heads] == [TODAY, None]
        assert heads.on(TODAY).get() == new
        assert heads.on(TODAY - dt.timedelta(days=1)).get().superior == "UBND TỈNH NGỌC SƠN"
        assert last_event() == ("office.letterhead_set", "Vũ Hồng Quân", province.department.pk)


class TestPostings:
    def test_begin_and_end_with_a_day_and_a_line_in_the_history(self, province, cast):
        user = UserFactory()
        posting = actions.post(
            user=user, unit=province.tea_combined, role=RoleCode.CLERK, valid_from=TODAY, by=cast.admin
        )
        assert last_event() == ("posting.begun", "Vũ Hồng Quân", province.tea_combined.pk)
        actions.end_posting(posting=posting, last_day=TODAY, by=cast.admin)
        assert last_event() == ("posting.ended", "Vũ Hồng Quân", province.tea_combined.pk)
        assert Posting.objects.on(TODAY).filter(user=user).exists()
        assert not Posting.objects.on(TODAY + dt.timedelta(days=1)).filter(user=user).exists()


class TestPeriods:
    @pytest.mark.parametrize(
        ("starts_on", "first", "last"),
        [(1, (2026, 11, 1), (2026, 11, 30)), (15, (2026, 10, 15), (2026, 11, 14))],
    )
    def test_a_month_by_the_rule_of_the_installation(self, settings, starts_on, first, last):
        settings.MONTH_STARTS_ON = starts_on
        period = actions.month_period(2026, 11)
        assert (period.data_from, period.data_to) == (dt.date(*first), dt.date(*last))

    def test_is_made_once(self):
        assert actions.month_period(2026, 11) == actions.month_period(2026, 11)
        assert Period.objects.count() == 1


def test_years_and_terms_are_made_once_and_called_by_their_name(db):
    periods = [
        actions.school_year_period(2026),
        actions.calendar_year_period(2026),
        actions.term_period(2026, 2),
        actions.period_named(PeriodKind.MONTH, 2026, 11),
        actions.period_named(PeriodKind.QUARTER, 2026, 3),
    ]
    again = [actions.period_named(one.kind, one.year, one.ordinal) for one in periods]
    assert again == periods
    with translation.override("vi"):
        names = [str(one) for one in periods]
    assert names == [
        "năm học 2026–2027",
        "năm 2026",
        "học kỳ 2 năm học 2026–2027",
        "tháng 11/2026",
        "quý III/2026",
    ]
