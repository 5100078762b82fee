"""Targets within a target: "trong đó"."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from eduportal.base.errors import EditConflict, Refused
from targets.actions import BeyondTheWhole, Goal, place_within, revise_target
from targets.models import Target
from targets.nesting import Portion, excess, together
from targets.queries.nesting import nest_of, wholes_for
from tests.targets.conftest import indicator
from trail.models import AuditEvent

SCHOOLS, PUPILS = frozenset({"schools"}), frozenset({"rate", "primary.pupils"})
COUNTS = st.decimals(0, 10_000, places=0)


def count(value: int | Decimal, comparator: str = "ge") -> Portion:
    return Portion(comparator, Decimal(value), SCHOOLS)


def rate(value: str, below: frozenset[str] = PUPILS) -> Portion:
    return Portion("ge", Decimal(value), below, is_rate=True)


class TestHeldAgainstTheWhole:
    def test_counts_add_up(self):
        parts = [count(3), count(4), count(2)]
        assert (together(count(9), parts), excess(count(9), parts)) == (Decimal(9), Decimal(0))
        assert excess(count(8), parts) == Decimal(1)

    @given(COUNTS, st.lists(COUNTS, max_size=5))
    def test_they_go_beyond_by_what_is_too_much(self, whole, parts):
        found = excess(count(whole), [count(one) for one in parts])
        assert found == max(sum(parts, Decimal(0)) - whole, Decimal(0))

    def test_rates_are_never_added(self):
        parts = [rate("93"), rate("95")]
        assert (together(rate("98"), parts), excess(rate("98"), parts)) == (None, Decimal(0))

    def test_but_a_part_of_the_same_pupils_cannot_be_more(self):
        assert excess(rate("98"), [rate("93"), rate("99.5")]) == Decimal("1.5")

    def test_what_counts_something_else_is_not_held_against_it(self):
        others = [rate("99", frozenset({"rate", "preschool.pupils"})), rate("1")]
        assert excess(rate("50"), others) == Decimal(0)
        assert (together(count(9), [rate("93")]), excess(count(9), [rate("93")])) == (None, Decimal(0))

    @pytest.mark.parametrize("comparator", ["between", "increase_by", "decrease_by"])
    def test_nor_a_range_or_a_step(self, comparator):
        assert excess(count(9), [count(20, comparator)]) == Decimal(0)
        assert excess(count(9, comparator), [count(20)]) == Decimal(0)


@pytest.fixture
def whole(set_for):
    return set_for("all.standard_1", 9)


class TestSetting:
    def test_parts_within_their_whole(self, set_for, whole):
        set_for("preschool.standard_1", 3, within=whole)
        set_for("primary.standard_1", 4, within=whole)
        nest = nest_of(whole)
        assert [part.indicator.code for part in nest.parts] == [
            "preschool.standard_1",
            "primary.standard_1",
        ]
        assert (nest.together, nest.excess, nest.left) == (Decimal(7), Decimal(0), Decimal(2))

    def test_parts_over_the_whole_are_asked_about(self, set_for, whole):
        set_for("preschool.standard_1", 6, within=whole)
        with pytest.raises(BeyondTheWhole, match="10 trường"):
            set_for("primary.standard_1", 4, within=whole)
        assert whole.pieces.count() == 1

    def test_and_set_by_somebody_who_says_so(self, set_for, whole):
        set_for("preschool.standard_1", 6, within=whole)
        set_for("primary.standard_1", 4, within=whole, although_beyond=True)
        assert nest_of(whole).excess == Decimal(1)

    def test_a_whole_is_not_lowered_below_its_parts_unasked(self, cast, set_for, whole):
        set_for("preschool.standard_1", 6, within=whole)
        change = {"goal": Goal("ge", Decimal(5)), "note": "", "reason": "Ít trường đăng ký", "by": cast.staff}
        with pytest.raises(BeyondTheWhole):
            revise_target(target=whole, version=whole.version, **change)
        stored = Target.objects.shown().get(pk=whole.pk)
        assert (stored.value, stored.version) == (Decimal(9), 1)
        revised = revise_target(target=stored, version=1, although_beyond=True, **change)
        assert revised.value == Decimal(5)

    def test_of_another_unit_it_is_no_part(self, province, set_for, whole):
        with pytest.raises(Refused, match="đơn vị hoặc kỳ khác"):
            set_for("primary.standard_1", 1, unit=province.cloud_commune, within=whole)


class TestPlacing:
    def test_one_that_is_there_becomes_a_part(self, cast, set_for, whole):
        part = set_for("primary.standard_1", 4)
        place_within(target=part, version=1, whole=whole, by=cast.staff)
        assert Target.objects.get(pk=part.pk).within == whole
        assert AuditEvent.objects.about(part).first().verb == "target.placed"
        place_within(target=part, version=2, whole=None, by=cast.staff)
        assert Target.objects.get(pk=part.pk).within is None

    def test_a_part_is_no_whole_of_its_whole(self, cast, set_for, whole):
        part = set_for("primary.standard_1", 4, within=whole)
        assert wholes_for(whole) == []
        assert wholes_for(part) == [whole]
        with pytest.raises(Refused, match="chính là một phần"):
            place_within(target=whole, version=1, whole=part, by=cast.staff)

    def test_somebody_saved_meanwhile(self, cast, set_for, whole):
        part = set_for("primary.standard_1", 4)
        with pytest.raises(EditConflict):
            place_within(target=part, version=7, whole=whole, by=cast.staff)


class TestPages:
    def test_a_part_is_set_from_the_page_of_its_whole(self, cast, client_of, province, whole):
        client = client_of(cast.staff)
        page = client.get(reverse("targets:target", args=[whole.pk])).content.decode()
        unit, year = province.department.pk, "school_year-2026-1"
        address = f"{reverse('targets:new')}?within={whole.pk}&unit={unit}&period={year}"
        assert address.replace("&", "&amp;") in page
        form = client.get(address).context["form"]
        assert (form["within"].value(), list(form.fields["within"].queryset)) == (str(whole.pk), [whole])
        typed = {
            "unit": unit, "indicator": indicator("primary.standard_1").pk, "within": whole.pk,
            "period": year, "comparator": "ge", "value": "12",
        }  # fmt: skip
        asked = client.post(reverse("targets:new"), typed)
        assert asked.status_code == 422
        assert list(asked.context["form"].errors) == ["although_beyond"]
        assert not whole.pieces.exists()
        client.post(reverse("targets:new"), typed | {"although_beyond": "on"})
        page = client.get(reverse("targets:target", args=[whole.pk])).content.decode()
        assert "nhiều hơn chỉ tiêu 3 trường" in page

    def test_one_is_placed_and_taken_out(self, cast, client_of, set_for, whole):
        part = set_for("primary.standard_1", 4)
        client, url = client_of(cast.staff), reverse("targets:place", args=[part.pk])
        client.post(url, {"place-version": "1", "place-within": whole.pk})
        assert Target.objects.get(pk=part.pk).within == whole
        stale = client.post(url, {"place-version": "1", "place-within": ""})
        assert stale.status_code == 409
        assert Target.objects.get(pk=part.pk).within == whole

    def test_a_whole_of_elsewhere_is_no_choice(self, cast, client_of, province, set_for, whole):
        part = set_for("primary.standard_1", 4, unit=province.cloud_commune)
        answer = client_of(cast.staff).post(
            reverse("targets:place", args=[part.pk]), {"place-version": "1", "place-within": whole.pk}
        )
        assert answer.status_code == 422
        assert Target.objects.get(pk=part.pk).within is None

    @pytest.mark.parametrize(
        ("who", "status"), [("principal", 404), ("commune_officer", 404), ("leader", 403), ("outsider", 404)]
    )
    def test_nobody_else_places_one(self, cast, client_of, whole, who, status):
        url = reverse("targets:place", args=[whole.pk])
        assert client_of(getattr(cast, who)).post(url, {"place-version": "1"}).status_code == status
