"""Targets in words, in both languages."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from schools.models import Period, PeriodKind
from targets.forecast import By, Forecast
from targets.models import Indicator, Target
from targets.queries.board import BoardRow, wanted_of
from targets.standing import Judged, TargetStanding, Why
from targets.values import Lack, Point, Value
from targets.wording import LACKS, REASONS, STANDINGS, coverage, gap_words, reason, trend_words, wanted_words

LAST = dt.date(2027, 8, 31)
RATE = Indicator(unit="percent", making="rate")
COUNT = Indicator(unit="schools", making="recognised")
AHEAD = Forecast(Decimal("97.2"), By.RHYTHM, 11)
YEAR_BEFORE = Period(kind=PeriodKind.SCHOOL_YEAR, year=2025, ordinal=1)


@pytest.fixture(autouse=True)
def _in_vietnamese():
    with translation.override("vi"):
        yield


def target(indicator=RATE, comparator="ge", value="98", **goal) -> Target:
    return Target(
        indicator=indicator,
        comparator=comparator,
        value=Decimal(value),
        period=Period(kind=PeriodKind.SCHOOL_YEAR, year=2026, ordinal=1, data_to=LAST),
        **goal,
    )


def row(one: Target, value: str | None, why: Why = Why.BEHIND_TIME, due=None, **more) -> BoardRow:
    now = Value(value=None if value is None else Decimal(value), **more)
    before = Value(value=Decimal(95))
    ahead = AHEAD if why in (Why.FORECAST_REACHES, Why.FORECAST_FALLS_SHORT) else None
    return BoardRow(one, wanted_of(one), now, before, [], Judged(TargetStanding.AT_RISK, why, due, ahead))


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (target(value="98.5000"), "từ 98,5% trở lên"),
        (target(COUNT, "gt", "9"), "trên 9 trường"),
        (target(comparator="le", value="5"), "không quá 5%"),
        (target(comparator="lt", value="5"), "dưới 5%"),
        (target(COUNT, "eq", "1000"), "đúng 1.000 trường"),
        (target(comparator="between", value="65", value_max=Decimal(70)), "từ 65% đến 70%"),
        (
            target(COUNT, "increase_by", "3", baseline_value=Decimal(9), baseline_period=YEAR_BEFORE),
            "tăng ít nhất 3 trường so với 9 trường của năm học 2025–2026",
        ),
        (
            target(
                comparator="decrease_by", value="2", baseline_value=Decimal(9), baseline_period=YEAR_BEFORE
            ),
            "giảm ít nhất 2 điểm % so với 9% của năm học 2025–2026",
        ),
        (
            target(
                COUNT,
                "increase_by",
                "10",
                baseline_value=Decimal(9),
                baseline_period=YEAR_BEFORE,
                in_percent=True,
            ),
            "tăng ít nhất 10% so với 9 trường của năm học 2025–2026",
        ),
    ],
)
def test_what_is_wanted(one, words):
    assert wanted_words(one, one.indicator) == words


@pytest.mark.parametrize(
    ("one", "value", "words"),
    [
        (target(), "96.5", "−1,5 điểm % (còn thiếu)"),
        (target(), "99", "+1 điểm % (vượt)"),
        (target(), "98", "vừa đạt"),
        (target(COUNT, "le", "5"), "7", "+2 trường (quá mức)"),
        (target(COUNT, "le", "5"), "3", "−2 trường (dưới mức)"),
        (target(COUNT, "gt", "5"), "5", "đúng ở giới hạn"),
        (target(), None, ""),
    ],
)
def test_the_gap_with_sign_and_word(one, value, words):
    assert gap_words(row(one, value)) == words


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("why", [why for why in Why if why != Why.NO_FIGURES])
def test_every_reason_is_a_sentence_with_its_numbers(why, language):
    with translation.override(language):
        words = reason(row(target(), "96.5", why, Decimal(97)))
    assert words.endswith(".")
    assert "%(" not in words
    assert words[0].isupper()


def test_reasons_say_the_numbers():
    assert reason(row(target(), "96.5", Why.BEHIND_TIME, Decimal(97))) == (
        "Nay lẽ ra phải ở mức 97% nhưng mới là 96,5%; ngày 31/08/2027 là hết kỳ."
    )
    assert (
        reason(row(target(), "96.5"))
        == "Đang ở mức 96,5%, đến 31/08/2027 cần đạt 98%; chưa đủ số liệu để dự báo."
    )
    no_figures = row(target(), None, Why.NO_FIGURES, lack=Lack.NO_POPULATION)
    assert reason(no_figures) == "Chưa xã, phường nào gửi số trẻ trên địa bàn của kỳ này."


def test_a_forecast_says_from_how_many_points():
    assert reason(row(target(), "96.5", Why.FORECAST_FALLS_SHORT)) == (
        "Dự báo đến 31/08/2027 chỉ đạt 97,2% so với mức 98% (theo nhịp năm trước, từ 11 điểm số liệu)."
    )


def test_what_is_at_risk_says_what_is_needed():
    as_of = dt.date(2027, 5, 31)
    lacking = row(target(), "96.5", Why.BEHIND_TIME, Decimal(97), as_of=as_of)
    assert reason(lacking).endswith("Từ nay đến đó mỗi tháng cần thêm 0,5 điểm %.")
    too_much = row(target(COUNT, "le", "5"), "7", as_of=as_of)
    assert reason(too_much).endswith("Từ nay đến đó mỗi tháng cần giảm 1 trường.")


def test_recognitions_that_end_are_told():
    one = row(target(COUNT, "ge", "9"), "10", Why.MET_SO_FAR, lapsing=2)
    assert reason(one).endswith("2 trường hết hạn công nhận trước 31/08/2027 nếu không được công nhận lại.")


def test_every_code_has_its_words():
    assert set(STANDINGS) == set(TargetStanding)
    assert set(REASONS) == set(Why) - {Why.NO_FIGURES}
    assert set(LACKS) == set(Lack) - {Lack.NOTHING}


def test_who_is_not_counted_is_said():
    assert coverage(row(target(), "96.5", counted=5, expected=7)) == "2 trong 7 đơn vị chưa được tính"
    assert coverage(row(target(), "96.5", counted=7, expected=7)) == ""


def test_the_line_of_months_in_words():
    trend = [Point(dt.date(2026, 9, 30), Decimal(95)), Point(dt.date(2026, 11, 30), Decimal("96.5"))]
    one = row(target(), "96.5")
    drawn = BoardRow(one.target, one.wanted, one.value, one.before, trend, one.judged)
    assert trend_words(drawn) == "2 tháng: 95% ngày 30/09/2026, 96,5% ngày 30/11/2026"
    assert trend_words(one) == ""
