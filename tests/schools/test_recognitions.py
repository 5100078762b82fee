"""The register of recognised schools: entered, renewed, corrected, revoked; never two in force at once."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import RoleCode
from eduportal.base.errors import EditConflict, Refused
from schools.actions import (
    correct_recognition,
    enter_recognition,
    post,
    renew_recognition,
    revoke_recognition,
)
from schools.actions.upkeep import close_unit
from schools.models import StandardRecognition
from schools.queries.recognitions import recognitions_kept_by, register, schools_to_recognise
from tests.factories import OPENED
from trail.models import AuditEvent

DECIDED = dt.date(2022, 5, 20)
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def recognition(province, cast) -> StandardRecognition:
    return enter_recognition(
        school=province.cloud_primary,
        level=1,
        decision_number=" 1204/QĐ-UBND ",
        decided_on=DECIDED,
        by=cast.staff,
    )


def renewed(recognition, cast, **changes):
    given = {"version": recognition.version, "level": 2, "decision_number": "77/QĐ-UBND"}
    given |= {"decided_on": dt.date(2026, 3, 1)} | changes
    return renew_recognition(recognition=recognition, by=cast.staff, **given)


def test_a_decision_holds_five_years(recognition):
    assert (recognition.decision_number, recognition.valid_from, recognition.valid_to) == (
        "1204/QĐ-UBND",
        DECIDED,
        dt.date(2027, 5, 20),
    )
    assert recognition.last_day == dt.date(2027, 5, 19)
    days = [dt.date(2022, 5, 19), DECIDED, dt.date(2027, 5, 19), dt.date(2027, 5, 20)]
    assert [StandardRecognition.objects.on(day).exists() for day in days] == [False, True, True, False]


def test_level_one_counts_level_two(province, cast, recognition):
    renewed(recognition, cast)
    counts = [StandardRecognition.objects.on(TODAY).of_level(level).count() for level in (1, 2)]
    assert counts == [1, 1]


def test_a_renewal_takes_its_place_from_its_day_on(recognition, cast):
    later = renewed(recognition, cast)
    recognition.refresh_from_db()
    assert (recognition.valid_to, later.renews, later.valid_to) == (
        dt.date(2026, 3, 1),
        recognition,
        dt.date(2031, 3, 1),
    )
    with pytest.raises(Refused):
        renewed(recognition, cast)


def test_a_lapsed_one_may_be_renewed_and_stays_lapsed_in_between(recognition, cast):
    renewed(recognition, cast, decided_on=dt.date(2028, 1, 1))
    recognition.refresh_from_db()
    assert recognition.valid_to == dt.date(2027, 5, 20)
    assert not StandardRecognition.objects.on(dt.date(2027, 12, 31)).exists()


def test_two_are_never_in_force_at_once(recognition, province, cast):
    given = {"school": province.cloud_primary, "level": 1, "decision_number": "9/QĐ-UBND", "by": cast.staff}
    for decided_on in (dt.date(2018, 1, 1), dt.date(2025, 1, 1)):
        with pytest.raises(Refused) as refusal:
            enter_recognition(decided_on=decided_on, **given)
        assert "1204/QĐ-UBND" in refusal.value.message
    enter_recognition(decided_on=dt.date(2017, 5, 20), **given)
    assert StandardRecognition.objects.count() == 2


def test_a_renewal_is_later_than_what_it_renews(recognition, cast):
    with pytest.raises(Refused):
        renewed(recognition, cast, decided_on=DECIDED)
    recognition.refresh_from_db()
    assert (recognition.version, recognition.valid_to) == (1, dt.date(2027, 5, 20))


class TestCorrecting:
    def correct(self, row, cast, **changes):
        given = {"version": row.version, "level": 1, "decision_number": "1240/QĐ-UBND", "decided_on": DECIDED}
        return correct_recognition(recognition=row, by=cast.staff, **given | changes)

    def test_the_term_follows_the_day_and_the_trail_keeps_what_stood_there(self, recognition, cast):
        self.correct(recognition, cast, decided_on=dt.date(2023, 5, 20))
        recognition.refresh_from_db()
        assert (recognition.decision_number, recognition.valid_to) == ("1240/QĐ-UBND", dt.date(2028, 5, 20))
        event = AuditEvent.objects.get(verb="recognition.corrected")
        assert event.data["before"]["decision"] == "1204/QĐ-UBND"

    def test_the_former_one_ends_on_the_corrected_day(self, recognition, cast):
        later = renewed(recognition, cast)
        self.correct(later, cast, level=2, decided_on=dt.date(2026, 6, 1))
        recognition.refresh_from_db()
        assert recognition.valid_to == dt.date(2026, 6, 1)
        with pytest.raises(Refused):
            self.correct(later, cast, decided_on=dt.date(2020, 1, 1))

    def test_the_second_to_save_is_told(self, recognition, cast):
        self.correct(StandardRecognition.objects.get(), cast)
        with pytest.raises(EditConflict):
            self.correct(recognition, cast)


class TestRevoking:
    def revoke(self, row, cast, on=dt.date(2026, 1, 10)):
        return revoke_recognition(
            recognition=row, version=row.version, revoked_on=on, reason=" Không còn đạt ", by=cast.staff
        )

    def test_it_counts_up_to_the_day_before(self, recognition, cast):
        self.revoke(recognition, cast)
        row = StandardRecognition.objects.get()
        assert (row.valid_to, row.revoked_on, row.revoke_reason) == (
            dt.date(2026, 1, 10),
            dt.date(2026, 1, 10),
            "Không còn đạt",
        )
        with pytest.raises(Refused):
            renewed(row, cast)

    @pytest.mark.parametrize("on", [DECIDED, dt.date(2027, 5, 21)])
    def test_only_while_it_is_in_force(self, recognition, cast, on):
        with pytest.raises(Refused):
            self.revoke(recognition, cast, on)

    def test_day_and_reason_go_together(self, recognition):
        with pytest.raises(IntegrityError), transaction.atomic():
            StandardRecognition.objects.update(revoked_on=dt.date(2026, 1, 10))


class TestRegister:
    @pytest.fixture
    def rows(self, province, cast):
        for n, (school, decided_on) in enumerate(
            [
                (province.cloud_primary, dt.date(2025, 1, 1)),
                (province.tea_combined, dt.date(2022, 1, 1)),
                (province.high_school, dt.date(2021, 1, 1)),
                (province.foreign_primary, dt.date(2025, 1, 1)),
            ]
        ):
            enter_recognition(
                school=school,
                level=1 + n % 2,
                decision_number=f"{n}/QĐ-UBND",
                decided_on=decided_on,
                by=cast.staff,
            )

    def names(self, cast, **filters):
        return [row.school.short_name for row in register(user=cast.staff.user, today=TODAY, **filters).rows]

    def test_those_that_lapse_first_come_first_with_their_standing(self, rows, cast):
        found = register(user=cast.staff.user, today=TODAY)
        assert [(row.school.short_name, row.standing) for row in found.rows] == [
            ("THPT Ngọc Sơn", "lapsed"),
            ("TH&THCS Đồi Chè", "soon"),
            ("TH Suối Mây", "in_force"),
        ]
        assert found.counts == {"in_force": 1, "soon": 1, "lapsed": 1, "ended": 0}

    def test_what_was_renewed_or_revoked_has_ended(self, rows, cast):
        row = StandardRecognition.objects.get(decision_number="2/QĐ-UBND")
        renewed(row, cast, level=1, decision_number="5/QĐ-UBND")
        found = register(user=cast.staff.user, today=TODAY, standing="ended")
        assert [row.decision_number for row in found.rows] == ["2/QĐ-UBND"]

    def test_filters(self, rows, cast):
        assert self.names(cast, q="doi che") == ["TH&THCS Đồi Chè"]
        for typed in ("2/QĐ", "2/qđ", "2/qd-ubnd"):
            assert self.names(cast, q=typed) == ["THPT Ngọc Sơn"]
        assert self.names(cast, level="2") == ["TH&THCS Đồi Chè"]
        assert self.names(cast, teaching="primary") == ["TH&THCS Đồi Chè", "TH Suối Mây"]
        assert self.names(cast, standing="soon") == ["TH&THCS Đồi Chè"]

    def test_each_sees_the_schools_in_scope(self, rows, cast):
        seen = {
            name: [row.school.short_name for row in register(user=getattr(cast, name).user, today=TODAY).rows]
            for name in ("commune_officer", "principal", "neighbour", "outsider", "division_staff")
        }
        assert seen == {
            "commune_officer": ["TH Suối Mây"],
            "principal": ["TH Suối Mây"],
            "neighbour": [],
            "outsider": ["TH Cồn Sậy"],
            "division_staff": ["TH&THCS Đồi Chè", "TH Suối Mây"],
        }

    def test_of_one_day_they_come_by_the_names_of_schools_and_cost_one_query(
        self, province, cast, django_assert_num_queries
    ):
        for n, school in enumerate([province.tea_combined, province.cloud_primary]):
            enter_recognition(
                school=school, level=1, decision_number=f"{n}/QĐ", decided_on=DECIDED, by=cast.staff
            )
        rows = register(user=cast.staff.user, today=TODAY).rows
        with django_assert_num_queries(1):
            named = [(row.school.short_name, hasattr(row, "renewed_by")) for row in rows]
        assert named == [("TH Suối Mây", False), ("TH&THCS Đồi Chè", False)]


class TestKeeping:
    """Who keeps the register of which schools: those beneath the office one acts for, as far as one sees."""

    def test_it_is_kept_of_schools_beneath_the_acting_office(self, province, cast, recognition):
        posted_twice = post(
            user=cast.staff.user,
            unit=province.foreign_department,
            role=RoleCode.STAFF,
            valid_from=OPENED,
            by=None,
        )
        kept = {
            posting: list(recognitions_kept_by(posting, TODAY))
            for posting in (cast.staff, cast.division_staff, posted_twice, cast.outsider)
        }
        assert kept == {
            cast.staff: [recognition],
            cast.division_staff: [recognition],
            posted_twice: [],
            cast.outsider: [],
        }

    def test_that_of_a_closed_school_stays(self, province, cast, recognition):
        close_unit(unit=province.cloud_primary, last_day=TODAY, by=cast.admin)
        assert list(recognitions_kept_by(cast.staff, dt.date(2027, 1, 1))) == [recognition]
        to_choose = schools_to_recognise(cast.staff.user, province.department, dt.date(2027, 1, 1))
        assert "TH Suối Mây" not in {school.short_name for school in to_choose}

    def test_schools_to_choose_are_beneath_the_office_and_in_sight(self, province, cast):
        def names(posting, office, on=TODAY):
            return {one.short_name for one in schools_to_recognise(posting.user, office, on)}

        assert names(cast.staff, province.department) == {one.short_name for one in province.schools}
        assert names(cast.commune_officer, province.department) == {"TH Suối Mây", "MN Hoa Ban"}
        assert names(cast.division_staff, province.department) == {"TH Suối Mây", "TH&THCS Đồi Chè"}
        assert names(cast.staff, province.tea_commune) == {"TH&THCS Đồi Chè"}
        assert names(cast.outsider, province.department) == set()
        assert names(cast.staff, province.department, OPENED - dt.timedelta(days=1)) == set()
