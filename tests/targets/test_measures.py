"""The catalogue of what is counted: words corrected, measures and indicators retired."""

import datetime as dt
from decimal import Decimal

import pytest

from eduportal.base.errors import EditConflict, Refused
from schools.actions import month_period, school_year_period
from targets.actions import Goal, define_measure, edit_indicator, edit_measure, set_target
from targets.models import Indicator, Measure
from targets.queries import measures_for
from targets.queries.board import indicators_to_set
from trail.models import AuditEvent

JULY, AUGUST = dt.date(2027, 7, 31), dt.date(2027, 8, 31)
DAY = dt.timedelta(days=1)


@pytest.fixture
def attendance(db):
    return Indicator.objects.get(code="primary.attendance_rate")


@pytest.fixture
def boarders(db, cast):
    return define_measure(
        stem="boarders",
        level="primary",
        name_vi="Số học sinh bán trú",
        name_en="Boarders",
        highest=9000,
        position=90,
        valid_from=dt.date(2026, 1, 1),
        by=cast.admin,
    )


class TestIndicators:
    def test_its_words_are_mended_and_the_trail_says_what_they_were(self, attendance, cast):
        before = attendance.source
        edit_indicator(indicator=attendance, version=1, source="Thông tư số 09/2024/TT-BGDĐT", by=cast.admin)
        event = AuditEvent.objects.about(attendance).get()
        assert (event.verb, event.actor_id) == ("indicator.edited", cast.admin.user_id)
        assert event.data == {"source": [before, "Thông tư số 09/2024/TT-BGDĐT"]}

    def test_nothing_changed_is_no_event(self, attendance, cast):
        edit_indicator(indicator=attendance, version=1, source=attendance.source, by=cast.admin)
        assert not AuditEvent.objects.about(attendance).exists()

    def test_whoever_saves_second_is_told(self, attendance, cast):
        edit_indicator(indicator=attendance, version=1, name_en="Attendance", by=cast.admin)
        with pytest.raises(EditConflict):
            edit_indicator(indicator=attendance, version=1, name_en="Presence", by=cast.admin)
        attendance.refresh_from_db()
        assert attendance.name_en == "Attendance"

    def test_retired_no_target_is_set_on_it_any_more(self, attendance, cast):
        edit_indicator(indicator=attendance, version=1, valid_to=JULY + DAY, by=cast.admin)
        assert attendance in indicators_to_set(cast.staff, JULY)
        assert attendance not in indicators_to_set(cast.staff, JULY + DAY)

    def test_it_lasts_as_long_as_its_targets(self, attendance, province, cast):
        set_target(
            unit=province.department,
            indicator=attendance,
            period=school_year_period(2026),
            goal=Goal("ge", Decimal(97)),
            by=cast.staff,
        )
        with pytest.raises(Refused, match="31/08/2027"):
            edit_indicator(indicator=attendance, version=1, valid_to=AUGUST, by=cast.admin)
        attendance.refresh_from_db()
        assert (attendance.valid_to, attendance.version) == (None, 1)
        edit_indicator(indicator=attendance, version=1, valid_to=AUGUST + DAY, by=cast.admin)
        assert attendance.valid_to == dt.date(2027, 9, 1)

    def test_taken_up_again_it_is_there_as_before(self, attendance, cast):
        edit_indicator(indicator=attendance, version=1, valid_to=JULY + DAY, by=cast.admin)
        edit_indicator(indicator=attendance, version=2, valid_to=None, by=cast.admin)
        assert attendance in indicators_to_set(cast.staff, AUGUST)


class TestMeasures:
    def test_retired_no_later_month_asks_for_it(self, boarders, province, cast):
        edit_measure(measure=boarders, version=1, valid_to=JULY + DAY, by=cast.admin)
        july, august = month_period(2027, 7), month_period(2027, 8)
        assert boarders in measures_for(province.cloud_primary, july)
        assert boarders not in measures_for(province.cloud_primary, august)

    def test_what_indicators_are_made_of_stays_while_they_are_in_force(self, cast):
        pupils = Measure.objects.get(code="continuing.pupils")
        counting = Indicator.objects.filter(terms__measure=pupils).distinct()
        with pytest.raises(Refused) as refusal:
            edit_measure(measure=pupils, version=1, valid_to=JULY + DAY, by=cast.admin)
        assert all(one.name in str(refusal.value.message) for one in counting)
        for one in counting:
            edit_indicator(indicator=one, version=1, valid_to=JULY + DAY, by=cast.admin)
        edit_measure(measure=Measure.objects.get(pk=pupils.pk), version=1, valid_to=JULY + DAY, by=cast.admin)
        assert Measure.objects.get(pk=pupils.pk).valid_to == JULY + DAY

    def test_whoever_saves_second_is_told(self, boarders, cast):
        edit_measure(measure=boarders, version=1, highest=800, by=cast.admin)
        with pytest.raises(EditConflict):
            edit_measure(measure=boarders, version=1, highest=700, by=cast.admin)


def test_attendance_and_what_happens_in_a_month_are_read_anew(db):
    anew = set(Measure.objects.filter(carries_over=False).values_list("stem", flat=True))
    assert anew == {"attending", "completed", "graduated"}
    assert set(Measure.objects.filter(stem="attending").values_list("is_stock", flat=True)) == {True}
