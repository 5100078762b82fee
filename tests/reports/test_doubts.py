"""The page of figures that want a second look: what is on it, for whom, at what cost."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from reports.models import MonthlyReport
from reports.queries.doubts import doubtful
from targets.actions import edit_rule
from targets.models import QualityRule
from tests.reports.months import BRIEFING_TIME, october_and_november, open_months, report

URL = reverse("reports:doubts")


@pytest.fixture(autouse=True)
def _in_december(time_machine):
    time_machine.move_to(BRIEFING_TIME, tick=False)


@pytest.fixture
def december(province, cast):
    """Suối Mây reports 500 pupils in 8 classes after 382 in 12; Đồi Chè nobody in lower secondary."""
    october_and_november(province, cast)
    [month] = open_months((2026, 12))
    report(province.orchid_preschool, month).of(("preschool", 6, 152, 142, 14))
    filed = report(province.cloud_primary, month)
    filed.figures({f"primary.{stem}": Decimal(value) for stem, value in FIGURES.items()})
    report(province.tea_combined, month).of(("primary", 10, 302, 295, 18), ("lower_secondary", 0, 0, 0, 0))
    return month


FIGURES = {"classes": 8, "pupils": 500, "attending": 490, "teachers": 21}


def words_for(client, **asked):
    rows = client.get(URL, {"period": "2026-12", **asked}).context["rows"]
    return [(row.doubtful.report.unit.short_name, row.level, row.words) for row in rows]


def test_each_doubt_with_its_numbers_by_office_and_unit(december, cast, client_of):
    assert words_for(client_of(cast.leader)) == [
        ("TH&THCS Đồi Chè", "THCS", "Sổ đăng ký ghi trường có cấp này, nhưng báo cáo không có ai."),
        ("TH&THCS Đồi Chè", "THCS", "Số lớp: 0, kỳ trước 8."),
        ("TH&THCS Đồi Chè", "THCS", "Số học sinh: 0, kỳ trước 282."),
        ("TH&THCS Đồi Chè", "THCS", "Số giáo viên: 0, kỳ trước 20."),
        ("TH&THCS Đồi Chè", "THCS", "Số học sinh có mặt bình quân mỗi ngày: 0, kỳ trước 271."),
        ("TH Suối Mây", "tiểu học", "Số học sinh chia Số lớp: 62,5; thường từ 5 đến 55."),
        ("TH Suối Mây", "tiểu học", "Số lớp: 8, kỳ trước 12."),
        ("TH Suối Mây", "tiểu học", "Số học sinh: 500, kỳ trước 382."),
        ("TH Suối Mây", "tiểu học", "Số học sinh có mặt bình quân mỗi ngày: 490, kỳ trước 372."),
    ]


def test_filters(december, cast, client_of, province):
    client = client_of(cast.leader)
    assert len(words_for(client, severity="serious")) == 1
    assert len(words_for(client, severity="minor")) == 8
    assert len(words_for(client, level="primary")) == 4
    assert len(words_for(client, office=province.cloud_commune.pk)) == 4
    # What contradicts the register was not sent without a word.
    assert [words for _, _, words in words_for(client, explained="yes")] == [
        "Sổ đăng ký ghi trường có cấp này, nhưng báo cáo không có ai.",
        "Số học sinh: 0, kỳ trước 282.",
    ]
    assert client.get(URL, {"office": province.foreign_commune.pk}).status_code == 404
    assert client.get(URL, {"period": "2026-11"}).context["rows"] == []


def test_a_word_of_explanation_stands_beside_it(december, cast, client_of, province):
    row = MonthlyReport.objects.get(unit=province.cloud_primary, period=december)
    row.unit.observations.filter(measure__code="primary.pupils", period=december).update(
        remark="Nhận học sinh của điểm trường Nà Lốc."
    )
    client = client_of(cast.leader)
    assert (
        len(words_for(client, explained="yes")) == 4
    )  # two more: at the figure itself, and at the ratio made of it
    assert "Nhận học sinh của điểm trường Nà Lốc." in client.get(URL).text
    assert client.get(URL).context["unexplained"] == 5


SEES = {
    "leader": 9, "staff": 9, "division_staff": 9, "commune_officer": 4, "outsider": 0,
    "principal": None, "clerk": None, "outsider_principal": None,
}  # fmt: skip


@pytest.mark.parametrize("who", SEES)
def test_who_sees_what(december, cast, client_of, who):
    answer = client_of(getattr(cast, who)).get(URL)
    if SEES[who] is None:
        assert answer.status_code == 404
    else:
        assert len(answer.context["rows"]) == SEES[who]


def test_what_is_not_in_is_not_doubted_and_nothing_doubtful_is_said(december, cast, client_of, province):
    row = MonthlyReport.objects.get(unit=province.tea_combined, period=december)
    MonthlyReport.objects.filter(pk=row.pk).update(state="returned", reason="Kiểm tra lại cấp THCS.")
    assert len(words_for(client_of(cast.leader))) == 4
    MonthlyReport.objects.all().update(state="expected")
    assert "Không có gì" in client_of(cast.leader).get(URL).text


def test_bounds_are_data_and_a_retired_rule_is_silent(december, cast, client_of):
    ratio = QualityRule.objects.get(code="pupils_in_a_class")
    edit_rule(rule=ratio, version=1, by=cast.admin, most=Decimal(70))
    for code in ("jump_of_pupils", "jump_of_others"):  # else the one takes over from the other
        jump = QualityRule.objects.get(code=code)
        edit_rule(rule=jump, version=1, by=cast.admin, valid_to=dt.date(2026, 12, 1))
    words = [one for _, _, one in words_for(client_of(cast.leader))]
    assert "Số học sinh chia Số lớp: 62,5; thường từ 5 đến 55." not in words
    assert "Số học sinh: 500, kỳ trước 382." not in words
    assert len(words) == 4


def test_what_communes_count_is_doubted_as_well(december, cast, client_of, province):
    report(province.cloud_commune, december).of_population(210, 480, 81, 400, 79, 330)
    assert words_for(client_of(cast.leader), office=province.department.pk) == [
        ("Xã Suối Mây", "dân số trong độ tuổi", "Số trẻ 3–5 tuổi trên địa bàn: 480, kỳ trước 240."),
    ]


def test_without_a_month_the_page_says_so(cast, client_of):
    assert "Chưa mở tháng nào" in client_of(cast.leader).get(URL).text


@pytest.mark.parametrize("schools", [1, 3])
def test_it_costs_the_same_for_many(december, cast, province, django_assert_num_queries, schools):
    rows = MonthlyReport.objects.visible_to(cast.leader.user)
    some = [province.cloud_primary, province.tea_combined, province.orchid_preschool][:schools]
    with django_assert_num_queries(6):
        doubtful(rows.filter(unit__in=some), december)
