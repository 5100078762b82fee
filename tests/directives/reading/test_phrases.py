"""Single phrases: every time, target and cited document in each, with the frame they were printed in."""

import datetime

import pytest

from directives.reading.dates import Frame
from directives.reading.phrases import frame_of, read_phrase

FRAME = frame_of({"doc_date": "2027-01-15", "school_year": "2026-2027", "report_month": "2026-12"})


def dates(phrase, frame=FRAME):
    return [(one["role"], one["start"], one["end"]) for one in read_phrase(phrase, frame).as_dict()["dates"]]


@pytest.mark.parametrize(
    ("phrase", "role", "start", "end"),
    [
        ("trước ngày 20/3/2027", "deadline", None, "2027-03-19"),
        ("năm 2028", "mention", "2028-01-01", "2028-12-31"),
        ("so với tháng 11/2026", "baseline", "2026-11-01", "2026-11-30"),
        ("so với năm học 2025-2026", "baseline", "2025-09-05", "2026-05-31"),
        ("tầm nhìn đến năm 2045", "mention", "2045-01-01", "2045-12-31"),
        ("đến nay", "as_of", None, "2027-01-15"),
        ("từ trước đến nay", "as_of", None, "2027-01-15"),
        ("hiện nay", "as_of", None, "2027-01-15"),
        ("trong tháng", "mention", "2026-12-01", "2026-12-31"),
        ("lùi sang tháng sau", "schedule", "2027-01-01", "2027-01-31"),
        ("sau khi hoàn thiện hồ sơ", "mention", None, None),
        ("trước khi thi công lắp đặt", "mention", None, None),
        ("hết thời gian cách ly", "mention", None, None),
        ("khi có dịch", "mention", None, None),
        ("thường xuyên", "mention", None, None),
        ("từ nay đến 2030", "period", "2027-01-15", "2030-12-31"),
    ],
)
def test_every_time_is_read_mentions_among_them(phrase, role, start, end):
    assert dates(phrase) == [(role, start, end)]


def test_a_month_after_trong_is_no_month_reported_on():
    assert dates("trong tháng 3/2027") == [("deadline", "2027-03-01", "2027-03-31")]
    assert dates("trong tháng sau") == [("deadline", "2027-01-01", "2027-01-31")]


def test_a_count_is_a_target_and_a_number_that_names_is_none():
    [target] = read_phrase("03 phòng học bộ môn", FRAME).targets
    assert (target.comparator, target.value, target.unit) == ("eq", 3, "phòng học")
    assert read_phrase("lớp 3, 4, 5", FRAME).targets == ()


def test_a_frequency_is_a_time_and_a_figure():
    read = read_phrase("ít nhất 02 lần/học kỳ", FRAME).as_dict()
    assert read["dates"] == [{"role": "recurrence", "start": None, "end": None}]
    assert read["targets"] == [{"comparator": "ge", "value": 2, "value_max": None, "unit": "lần/học kỳ"}]


def test_documents():
    read = read_phrase("Thông tư số 12/2026/TT-BGDĐT ngày 05/02/2026", FRAME).as_dict()
    assert read["references"] == [{"number": "12", "symbol": "TT-BGDĐT", "date": "2026-02-05"}]


def test_the_frame():
    assert frame_of({"doc_date": "2027-01-15"}).anchor_is_day
    month = frame_of({"doc_date": "2027-02", "calendar": {"2027-2028": {"opening": "2027-09-06"}}})
    assert (month.anchor, month.anchor_is_day) == (datetime.date(2027, 2, 1), False)
    assert month.context.school_year(2027).opening == datetime.date(2027, 9, 6)
    assert month.context.school_year(2028).opening == datetime.date(2028, 9, 5)
    meeting = frame_of({"meeting_date": "2026-12-02", "doc_year": 2026})
    assert meeting.anchor == datetime.date(2026, 12, 2)
    assert frame_of({"doc_year": 2026}).anchor == datetime.date(2026, 1, 1)
    assert frame_of({}) == Frame(frame_of({}).context)
