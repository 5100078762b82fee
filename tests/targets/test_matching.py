"""Which indicator a sentence means, by its words and the heading above it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.matching import Candidate, best_match, words_of
from targets.models import Indicator

PRESCHOOL, PRIMARY, LOWER = "Giáo dục Mầm non", "Giáo dục Tiểu học", "Giáo dục Trung học cơ sở"


@pytest.fixture
def candidates(db) -> list[Candidate]:
    return [Candidate(one.pk, one.unit, (one.name_vi, *one.synonyms)) for one in Indicator.objects.all()]


def meant(candidates, sentence, heading="", unit="%") -> str | None:
    match = best_match(sentence, heading, unit, candidates)
    return Indicator.objects.get(pk=match.pk).code if match else None


@pytest.mark.parametrize(
    ("sentence", "heading", "unit", "code"),
    [
        ("Duy trì huy động trẻ nhà trẻ ra lớp đạt từ 24% trở lên", PRESCHOOL, "%", "preschool.nursery_rate"),
        ("trẻ mẫu giáo đạt từ 97,5% trở lên", PRESCHOOL, "%", "preschool.kindergarten_rate"),
        ("huy động 99% trẻ 5 tuổi ra lớp", PRESCHOOL, "%", "preschool.five_year_old_rate"),
        ("100% trẻ 6 tuổi vào lớp 1", PRIMARY, "%", "primary.six_year_old_rate"),
        ("100% học sinh hoàn thành chương trình tiểu học", PRIMARY, "%", "primary.completion_rate"),
        ("tỷ lệ học sinh tốt nghiệp trung học cơ sở đạt 99%", LOWER, "%", "lower_secondary.graduation_rate"),
        ("tỷ lệ tốt nghiệp THPT đạt trên 98%", "", "%", "upper_secondary.graduation_rate"),
        ("phấn đấu có 09 trường đạt chuẩn quốc gia", "", "trường", "all.standard_1"),
        ("tỷ lệ trường đạt chuẩn quốc gia đạt 65%", "", "%", "all.standard_1_rate"),
        ("có thêm 02 trường đạt chuẩn quốc gia mức độ 2", "", "trường", "all.standard_2"),
        ("tỷ lệ phòng học kiên cố đạt 92%", "", "%", "all.solid_rate"),
        ("100% giáo viên ký cam kết không dạy thêm trái quy định", "", "%", "all.pledge_rate"),
        ("95% trường tiểu học có giáo viên dạy tiếng Anh", PRIMARY, "%", "primary.english_teachers_rate"),
        ("95% trẻ mầm non ăn bán trú", PRESCHOOL, "%", "preschool.boarding_meals_rate"),
        ("06 xã đạt chuẩn xóa mù chữ mức độ 2", "", "xã", "all.universal_literacy_2"),
    ],
)
def test_sentences_of_plans_find_their_indicator(candidates, sentence, heading, unit, code):
    assert meant(candidates, sentence, heading, unit) == code


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("mỗi đơn vị đăng ký 02 sáng kiến", "sáng kiến"),
        ("100% giáo viên tham gia hội thi cấp trường", "%"),
        ("hoàn thành 80% kế hoạch thu hồi công nợ", "%"),
        ("trồng 200 cây xanh", "cây"),
    ],
)
def test_what_is_no_indicator_is_not_guessed(candidates, sentence, unit):
    assert meant(candidates, sentence, PRIMARY, unit) is None


def test_long_and_short_names_are_one():
    assert words_of("Trung học cơ sở đạt từ 96% trở lên") == words_of("THCS") == "thcs"


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["%", "trường", "cây"]))
def test_any_text_finds_one_of_its_unit_or_none(sentence, heading, unit):
    choice = [Candidate(1, "percent", ("tỷ lệ chuyên cần",)), Candidate(2, "schools", ("số trường",))]
    found = best_match(sentence, heading, unit, choice)
    assert found is None or found.pk == {"%": 1, "trường": 2}[unit]
