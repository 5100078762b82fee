"""Figures are written as drafts, with a trail of what stood there before."""

from decimal import Decimal

import pytest

from eduportal.base.errors import Refused
from schools.actions import month_period
from targets.actions import observe, set_status
from targets.arithmetic import NOT_APPLICABLE
from targets.models import Observation, ObservationStatus
from targets.queries import values_of
from trail.models import AuditEvent


@pytest.fixture
def november(db):
    return month_period(2026, 11)


def kept(province, november) -> dict[str, object]:
    return {code: row.figure for code, row in values_of(province.cloud_primary, november).items()}


def write(province, november, cast, values, remarks=None) -> None:
    observe(unit=province.cloud_primary, period=november, values=values, remarks=remarks, by=cast.clerk)


def test_missing_zero_and_not_applicable_are_kept_apart(province, november, cast):
    write(
        province,
        november,
        cast,
        {"primary.classes": Decimal(0), "primary.pupils": None, "primary.teachers": NOT_APPLICABLE},
    )
    assert kept(province, november) == {"primary.classes": Decimal(0), "primary.teachers": NOT_APPLICABLE}


def test_what_is_not_named_stays(province, november, cast):
    write(province, november, cast, {"primary.classes": Decimal(12), "primary.pupils": Decimal(380)})
    write(province, november, cast, {"primary.pupils": NOT_APPLICABLE})
    assert kept(province, november) == {"primary.classes": Decimal(12), "primary.pupils": NOT_APPLICABLE}


def test_the_trail_keeps_former_values_and_nothing_unchanged(province, november, cast):
    write(province, november, cast, {"primary.classes": Decimal(12), "primary.pupils": Decimal(380)})
    write(province, november, cast, {"primary.classes": Decimal("12.0000"), "primary.pupils": None})
    write(province, november, cast, {"primary.classes": Decimal(12), "primary.pupils": None})
    changes = [event.data["changes"] for event in AuditEvent.objects.filter(verb="figures.written")]
    assert changes == [
        {"primary.pupils": ["380", None]},
        {"primary.classes": [None, "12"], "primary.pupils": [None, "380"]},
    ]
    assert Observation.objects.get().version == 1


def test_a_remark_is_kept_with_its_figure(province, november, cast):
    write(province, november, cast, {"primary.classes": Decimal(12)}, {"primary.classes": "Ghép lớp"})
    assert values_of(province.cloud_primary, november)["primary.classes"].remark == "Ghép lớp"
    write(province, november, cast, {"primary.classes": Decimal(13)})
    assert values_of(province.cloud_primary, november)["primary.classes"].remark == "Ghép lớp"
    write(province, november, cast, {"primary.classes": Decimal(13)}, {"primary.classes": ""})
    assert values_of(province.cloud_primary, november)["primary.classes"].remark == ""


@pytest.mark.parametrize("stems", [["classes"], ["classes", "pupils", "attending", "teachers"]])
def test_writing_costs_the_same_for_many(province, november, cast, django_assert_num_queries, stems):
    for value in (Decimal(1), Decimal(2), None):
        with django_assert_num_queries(6):  # the savepoint's two, two to read, one to write, the trail's
            write(province, november, cast, {f"primary.{stem}": value for stem in stems})
    assert not Observation.objects.exists()


def test_sent_figures_are_not_written_over(province, november, cast):
    write(province, november, cast, {"primary.classes": Decimal(12)})
    set_status(unit=province.cloud_primary, period=november, status=ObservationStatus.SENT, by=cast.principal)
    write(province, november, cast, {"primary.classes": Decimal(12)})
    with pytest.raises(Refused):
        write(province, november, cast, {"primary.classes": Decimal(13)})
    assert kept(province, november) == {"primary.classes": Decimal(12)}


def test_status_is_set_for_one_unit_and_period(province, november, cast):
    write(province, november, cast, {"primary.classes": Decimal(12)})
    december = month_period(2026, 12)
    write(province, december, cast, {"primary.classes": Decimal(12)})
    observe(
        unit=province.tea_combined,
        period=november,
        values={"primary.classes": Decimal(1)},
        by=cast.tea_principal,
    )
    set_status(unit=province.cloud_primary, period=november, status=ObservationStatus.SENT, by=cast.principal)
    sent = Observation.objects.counting()
    assert [(row.unit_id, row.period_id, row.version) for row in sent] == [
        (province.cloud_primary.pk, november.pk, 2)
    ]
