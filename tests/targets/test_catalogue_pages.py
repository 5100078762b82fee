"""The catalogue as a page: found by words, told in words, the same for everybody but for where it is used."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.actions import school_year_period
from schools.models import EACH
from targets.actions import Goal, set_target
from targets.models import Indicator
from targets.queries import catalogue as queries
from targets.queries.catalogue import catalogue, made_of, uses_of
from tests.targets.conftest import indicator

NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)
LIST = reverse("targets:indicators")


def page_of(code: str) -> str:
    return reverse("targets:indicator", args=[code])


PAGE = page_of("primary.attendance_rate")


def codes_on(answer):
    return [row.code for row, _ in answer.context["rows"]]


def test_it_is_found_by_words_without_diacritics_and_by_level(cast, client_of):
    client = client_of(cast.principal)
    assert len(codes_on(client.get(LIST))) == Indicator.objects.count()
    assert "primary.attendance_rate" in codes_on(client.get(LIST, {"q": "TY LE chuyen can"}))
    found = codes_on(client.get(LIST, {"q": "chuyên cần", "level": "primary"}))
    assert found == ["primary.attendance_rate"]
    assert codes_on(client.get(LIST, {"level": "nowhere", "q": "chuyên cần tiểu học"})) == found
    assert "Không có chỉ số nào" in client.get(LIST, {"q": "không đâu có"}).text


def test_one_says_what_it_is_made_of_how_it_adds_up_and_by_which_law(cast, client_of):
    text = client_of(cast.staff).get(page_of("preschool.nursery_rate")).text
    for words in (
        "preschool.nursery / population.age_0_2",
        "Số trẻ nhà trẻ (mầm non)",
        "Số trẻ 0–2 tuổi trên địa bàn",
        "Nghị định số 20/2014/NĐ-CP",
        "Nursery enrolment rate",
        "không bao giờ lấy trung bình",
    ):
        assert words in text
    assert client_of(cast.staff).get(page_of("primary.nothing")).status_code == 404


@pytest.mark.django_db
def test_months_in_which_all_its_parts_are_asked_for():
    assert made_of(indicator("primary.attendance_rate")).each == EACH["month"]
    assert made_of(indicator("primary.solid_rate")).months == [1, 5, 9]
    graduated = made_of(indicator("lower_secondary.graduation_rate"))
    assert (graduated.months, graduated.is_kept) == ([6], True)
    assert made_of(indicator("all.standard_1")) is None


@pytest.fixture
def set_for(cast):
    def made(*units, year: int = 2026):
        return [
            set_target(
                unit=unit,
                indicator=indicator("primary.attendance_rate"),
                period=school_year_period(year),
                goal=Goal("ge", Decimal(98)),
                by=cast.staff,
            )
            for unit in units
        ]

    return made


def test_everybody_sees_where_their_own_targets_stand_on_it(province, cast, client_of, set_for):
    set_for(province.cloud_primary, province.department)
    seen = {
        who: [
            (use.count, [one.unit.short_name for one in use.targets])
            for use in client_of(getattr(cast, who)).get(PAGE).context["uses"]
        ]
        for who in ("leader", "principal", "tea_principal", "outsider")
    }
    assert seen == {
        "leader": [(2, ["Sở GDĐT", "TH Suối Mây"])],
        "principal": [(1, ["TH Suối Mây"])],
        "tea_principal": [],
        "outsider": [],
    }


def test_the_newest_period_first_and_of_many_how_many_more(province, cast, client_of, set_for, monkeypatch):
    monkeypatch.setattr(queries, "MOST_NAMED", 1)
    set_for(province.department, year=2025)
    set_for(province.cloud_primary, province.department)
    page = client_of(cast.leader).get(PAGE)
    assert [(use.period.year, use.count, use.more) for use in page.context["uses"]] == [
        (2026, 2, 1), (2025, 1, 0),
    ]  # fmt: skip
    assert [one.unit.short_name for one in page.context["uses"][0].targets] == ["Sở GDĐT"]


def test_where_it_is_used_costs_the_same_for_one_and_three(province, cast, set_for):
    def queries_of() -> int:
        with CaptureQueriesContext(connection) as captured:
            uses_of(indicator("primary.attendance_rate"), cast.leader.user)
        return len(captured)

    set_for(province.department)
    one = queries_of()
    set_for(province.cloud_primary, province.cloud_commune)
    assert queries_of() == one


class TestTryingOut:
    URL = reverse("targets:try_formula")

    def test_a_formula_says_what_it_comes_to_and_nothing_is_kept(self, province, cast, client_of, give):
        give(province.cloud_primary, (2026, 10), primary__pupils=100, primary__teachers=8)
        give(province.tea_combined, (2026, 10), primary__pupils=300, primary__teachers=12)
        before = Indicator.objects.count()
        with time_machine.travel(NOON, tick=False):
            page = client_of(cast.admin).get(self.URL, {"formula": "primary.pupils + lower_secondary.pupils"})
        tried = page.context["tried"]
        assert (tried.now.value, tried.now.counted, tried.now.expected) == (Decimal(400), 2, 2)
        assert page.context["now"] == "400 học sinh"
        assert [amount for _, amount in page.context["months"]] == ["400 học sinh"]
        assert Indicator.objects.count() == before

    def test_a_rate_with_nobody_below_says_so(self, province, cast, client_of, give):
        give(province.cloud_primary, (2026, 10), primary__pupils=0, primary__attending=0)
        with time_machine.travel(NOON, tick=False):
            page = client_of(cast.admin).get(self.URL, {"formula": "primary.attending / primary.pupils"})
        assert page.context["tried"].now.value is None
        assert "Mẫu số bằng không" in page.text

    @pytest.mark.parametrize(
        ("formula", "words"),
        [("primary.pupil", "primary.pupil"), ("primary.pupils / ", ""), ("", ""), ("primary.pupils + 1", "")],
    )
    def test_a_fault_is_told_at_its_place(self, cast, client_of, formula, words):
        page = client_of(cast.admin).get(self.URL, {"formula": formula})
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["formula"])
        assert words in page.text

    @pytest.mark.parametrize("who", ["staff", "leader", "principal", "outsider"])
    def test_it_is_the_administrators(self, cast, client_of, who):
        assert client_of(getattr(cast, who)).get(self.URL).status_code == 403


@pytest.mark.django_db
def test_the_whole_catalogue_costs_as_much_as_one():
    counted = []
    for words in ("chuyên cần tiểu học", ""):
        with CaptureQueriesContext(connection) as captured:
            [made_of(row) for row in catalogue(words=words)]
        counted.append(len(captured))
    assert counted == [3, 3]
