"""Slips that the grammar settles are mended and told; what could be meant in two ways is left alone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.reading import read_document
from directives.reading.normalise import View
from directives.reading.slips import mended


def read_as(text: str) -> str:
    return mended(View.of(text))[0].text


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("trước ngày l5/12/2026", "trước ngày 15/12/2026"),
        ("từ 0l-O9-2O26", "từ 01-09-2026"),
        ("ngày 1S tháng l2 năm 2O26", "ngày 15 tháng 12 năm 2026"),
        ("ngày l5/3", "ngày 15/3"),
        ("năm học 2O26-2027", "năm học 2026-2027"),
        ("Số: l5/TB-SGDĐT", "Số: 15/TB-SGDĐT"),
        ("Sô: I2O/KH-UBND", "Số: 120/KH-UBND"),
        ("Công văn số l234/SGDĐT", "Công văn số 1234/SGDĐT"),
        ("đạt 98,5 0/0 trở lên", "đạt 98,5 % trở lên"),
        ("đạt 1000/0.", "đạt 100%."),
        ("đạt 95 °/o", "đạt 95 %"),
        ("Kinh gửi: Các trường", "Kính gửi: Các trường"),
        ("NOI NHÂN:", "NƠI NHẬN:"),
        ("Diều 3. Hiệu lực", "Điều 3. Hiệu lực"),
        ("CHUONG II\n", "CHƯƠNG II\n"),
        ("I. Một\nll. Hai\nIlI. Ba\nlV. Bốn", "I. Một\nII. Hai\nIII. Ba\nIV. Bốn"),
        ("l. Một\nII. Hai", "I. Một\nII. Hai"),
        ("l. Một\n2. Hai", "1. Một\n2. Hai"),
        ("k) Một\nl) Hai\nm) Ba", "k) Một\nl) Hai\nm) Ba"),
        ("l) Một\n2) Hai", "1) Một\n2) Hai"),
        ("c) Một\nd) Hai\nd) Ba\ne) Bốn", "c) Một\nd) Hai\nđ) Ba\ne) Bốn"),
        ("Quyết định số 12/QÐ-UBND", "Quyết định số 12/QĐ-UBND"),
    ],
)
def test_what_can_only_be_meant_so(printed, meant):
    assert read_as(printed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "trước ngày 3l/2l/2026",
        "ngày 15/12/2026, tỷ lệ 1/2, điểm 8/10",
        "tỷ số 10/0",
        "Sở: đề nghị",
        "Kính gửi: Các trường; Nơi nhận: như trên",
        "Điều 5. Điều kiện",
        "Dieu kien 3",
        "I. Một\n1. Hai\n11. Ba",
        "c) Một\nd) Hai\nđ) Ba\ne) Bốn",
        "ISO/IEC, Bộ/Sở, SOS/BBC",
    ],
)
def test_what_could_be_meant_in_two_ways_is_left_alone(text):
    assert mended(View.of(text)) == (View.of(text), [])


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), st.data())
def test_a_day_comes_back_whatever_letters_stand_for_its_digits(day, data):
    like = {"0": "0Oo", "1": "1lI|", "2": "2Z", "5": "5Ss", "8": "8B"}
    printed = "".join(data.draw(st.sampled_from(like.get(sign, sign))) for sign in f"{day:%d/%m/%Y}")
    assert read_as(f"trước ngày {printed}.") == f"trước ngày {day:%d/%m/%Y}."


@given(st.text(alphabet="lI|1O0/. -%°od)đeSsốngàytháCHƯƠNGIVX\n", max_size=200))
def test_a_mended_view_still_tells_where_everything_stands(text):
    view, warnings = mended(View.of(text))
    assert len(view.text) == len(view.key) == len(view.starts) == len(view.ends)
    assert all(a < b for a, b in zip(view.starts, view.ends, strict=True))
    assert list(view.starts) == sorted(view.starts)
    for warning in warnings:
        start, end = warning.span
        assert 0 <= start < end <= len(text)
        assert warning.args["read"] != warning.args["text"]


def test_each_slip_is_told_with_its_place_and_what_it_was_read_as():
    text = "THÔNG BÁO\nKết luận\n1. Các trường báo cáo trước ngày l5/l2/2026.\n2. Bảo đảm 98,5 0/0 phòng học."
    reading = read_document(text)
    told = [
        (text[one.span[0] : one.span[1]], one.args["text"])
        for one in reading.warnings
        if one.code == "slip_mended"
    ]
    assert told == [("l5", "15"), ("l2", "12"), ("0/0", "%")]
    assert [(one.raw, one.end) for one in reading.deadlines] == [
        ("trước ngày l5/l2/2026", dt.date(2026, 12, 14))
    ]
    assert [(one.value, one.unit) for one in reading.targets] == [(98.5, "%")]
