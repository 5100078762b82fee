"""Times: what an expression stands for and what the words around it make of it."""

import datetime

import pytest

from directives.reading import Context, SchoolYear
from directives.reading.dates import Frame, InvalidDateError, UnknownYearError, expressions, month_days

from .phrases import read_section, read_task


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def times(reading):
    return [(d.role, d.start, d.end) for d in reading.deadlines]


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("trước ngày 30/4/2026", None, "2026-04-29"),
        ("trước 30/4/2026", None, "2026-04-29"),
        ("trước ngày 15 tháng 4 năm 2026", None, "2026-04-14"),
        ("trước 17h00 ngày 25/09/2026", None, "2026-09-25"),
        ("chậm nhất ngày 20/3/2026", None, "2026-03-20"),
        ("chậm nhất là ngày 20/3/2026", None, "2026-03-20"),
        ("muộn nhất vào ngày 20-3-2026", None, "2026-03-20"),
        ("hết ngày 15/4", None, "2026-04-15"),
        ("đến ngày 31/5/2026", None, "2026-05-31"),
        ("đến hết tháng 5/2026", None, "2026-05-31"),
        ("đến hết năm 2026", None, "2026-12-31"),
        ("trong quý IV năm 2026", "2026-10-01", "2026-12-31"),
        ("trong quý II/2026", "2026-04-01", "2026-06-30"),
        ("trong tháng 4", "2026-04-01", "2026-04-30"),
        ("trong tháng 01", "2027-01-01", "2027-01-31"),
        ("trong năm 2026", "2026-01-01", "2026-12-31"),
        ("trước khi bước vào năm học mới 2026-2027", None, "2026-09-04"),
        ("trước khi kết thúc năm học 2025-2026", None, "2026-05-31"),
        ("đến hết năm học", None, "2026-05-31"),
        ("đến hết học kỳ I, năm học 2026-2027", None, "2027-01-18"),
        ("trong thời hạn 10 ngày kể từ ngày ban hành", "2026-03-10", "2026-03-20"),
        ("sau 05 ngày làm việc kể từ ngày nhận được văn bản", None, None),
        ("sau 05 ngày làm việc", None, None),
        ("sau 10 ngày kể từ ngày nhận được văn bản", None, None),
        ("trong vòng 7 ngày kể từ ngày ký", "2026-03-10", "2026-03-17"),
        ("sau 7 ngày làm việc kể từ ngày ký", None, None),
        ("trong học kỳ II", "2026-01-19", "2026-05-31"),
        ("trong năm học 2025-2026", "2025-09-05", "2026-05-31"),
        ("trong 6 tháng cuối năm 2026", "2026-07-01", "2026-12-31"),
        ("xong trong ngày 15/4/2026", "2026-04-15", "2026-04-15"),
        ("đến ngày 31/5", None, "2026-05-31"),
        ("đến hết 31/5", None, "2026-05-31"),
        ("vào ngày 20/11/2026", "2026-11-20", "2026-11-20"),
        ("chậm nhất ngày 10/3/2026", None, "2026-03-10"),
        ("17h30 ngày 25/9/2026", None, "2026-09-25"),
    ],
)
def test_deadline(phrase, start, end):
    reading = read_task(f"Các trường hoàn thành hồ sơ {phrase}.")
    assert times(reading) == [("deadline", day(start), day(end))]


@pytest.mark.parametrize(
    ("phrase", "role", "start", "end"),
    [
        ("từ ngày 01/4 đến ngày 15/4/2026", "schedule", "2026-04-01", "2026-04-15"),
        ("từ 15/12/2026 đến 10/01/2027", "schedule", "2026-12-15", "2027-01-10"),
        ("từ tháng 9/2026 đến tháng 5/2027", "schedule", "2026-09-01", "2027-05-31"),
        ("(tháng 4/2026)", "schedule", "2026-04-01", "2026-04-30"),
        ("vào ngày 05/4/2026", "schedule", "2026-04-05", "2026-04-05"),
        ("ngày 09-10/11", "schedule", "2026-11-09", "2026-11-10"),
        ("ngày 23 và 24/11/2026", "schedule", "2026-11-23", "2026-11-24"),
        ("sang tháng 12", "schedule", "2026-12-01", "2026-12-31"),
        ("từ tháng 4/2026", "start", "2026-04-01", None),
        ("từ ngày 01/12/2026", "start", "2026-12-01", None),
        ("đến năm 2030", "period", None, "2030-12-31"),
        ("từ nay đến 2030", "period", "2026-03-10", "2030-12-31"),
        ("giai đoạn 2026-2030", "period", "2026-01-01", "2030-12-31"),
        ("định kỳ hằng quý", "recurrence", None, None),
        ("ít nhất 01 lần/năm học", "recurrence", None, None),
        ("chậm nhất là ngày 05 hằng tháng", "recurrence", None, None),
        ("theo từng năm học", "recurrence", None, None),
        ("trước ngày 15/7 hàng năm", "recurrence", None, None),
        ("trong tuần 2 tháng 4/2026", "schedule", None, None),
        ("vào tháng 12/2026", "schedule", "2026-12-01", "2026-12-31"),
        ("sang ngày 15/12/2026", "schedule", "2026-12-15", "2026-12-15"),
        (", 20/11/2026", "schedule", "2026-11-20", "2026-11-20"),
        (", 20 tháng 11 năm 2026", "schedule", "2026-11-20", "2026-11-20"),
        ("(15-20/4/2026)", "schedule", "2026-04-15", "2026-04-20"),
        ("(quý II/2026)", "schedule", "2026-04-01", "2026-06-30"),
        ("(dự kiến tháng 4/2026)", "schedule", "2026-04-01", "2026-04-30"),
        ("(trong khoảng thời gian tháng 4/2026)", "schedule", "2026-04-01", "2026-04-30"),
        ("(ngày 15/4)", "schedule", "2026-04-15", "2026-04-15"),
        ("từ năm học 2026-2027 đến năm học 2027-2028", "period", "2026-09-05", "2028-05-31"),
        ("từ nay đến hết năm 2026", "period", "2026-03-10", "2026-12-31"),
        ("đến giai đoạn 2026-2030", "period", None, "2030-12-31"),
        ("thời kỳ 2026-2030", "period", "2026-01-01", "2030-12-31"),
        ("trong cả tuần; cuối năm học", "schedule", None, None),
        ("theo Đề án đã duyệt. Giai đoạn 2026-2030", "period", "2026-01-01", "2030-12-31"),
    ],
)
def test_other_roles(phrase, role, start, end):
    reading = read_task(f"Các trường tổ chức sinh hoạt chuyên môn {phrase}.")
    assert times(reading) == [(role, day(start), day(end))]


@pytest.mark.parametrize(
    "phrase",
    [
        "năm học 2025-2026",
        "so với tháng 10/2026",
        "tầm nhìn đến năm 2045",
        "kỷ niệm ngày Nhà giáo Việt Nam (20/11)",
        "tại trường 20/10",
        "đường 3/2",
        "Chương trình giáo dục phổ thông 2018",
        "trong Đề án “Nâng cao chất lượng giai đoạn 2026-2030”",
        "theo Kế hoạch số 14/KH-UBND ngày 18/6/2026",
        "đến 2/3 số trường",
        "công thức 2-1 2-1",
        "đến 31/5 số trường",
        "trong cả học kỳ II",
        "trong năm 2026",
        "trong năm 2026 theo kế hoạch",
        "rà soát. Số trường hoàn thành nhiều; số đạt chuẩn trong năm 2026",
        "trước năm học",
        "trước năm học này",
        "sang năm 2027",
        "vào năm 2027",
        "kỷ niệm ngày thành lập trường vào ngày 20/11/2026",
        "kỷ niệm ngày thành lập trường, 20/11/2026",
        "vào ngày 20/2/2026",
        "từ ngày 01/2/2026 đến ngày 15/2/2026",
        "theo Đề án phát triển giai đoạn 2026-2030",
        "bài “Giáo dục giai đoạn 2026-2030” đã đăng",
        "đủ học sinh năm học 2026-2027, duy trì sĩ số",
        "(lần thứ hai tháng 4/2026)",
        "(số liệu năm học 2026-2027)",
        "số liệu tháng 4/2026 của các trường",
        "số liệu (của trường, tháng 4/2026",
        "trong thời hạn 10 ngày",
        "lớp 3, 4, 5",
    ],
)
def test_what_only_looks_like_a_time(phrase):
    assert times(read_task(f"Các trường triển khai {phrase}.")) == []


def test_trước_ngày_is_a_custom_of_the_office():
    sentence = "Nộp báo cáo trước ngày 15/4/2026."
    inclusive = Context(before_is_inclusive=True)
    assert [d.end for d in read_task(sentence).deadlines] == [day("2026-04-14")]
    assert [d.end for d in read_task(sentence, context=inclusive).deadlines] == [day("2026-04-15")]
    assert read_task(sentence).deadlines[0].nominal == day("2026-04-15")


def test_the_hour_is_kept():
    assert read_task("Gửi báo cáo trước 17h00 ngày 25/9/2026.").deadlines[0].end_time == "17:00"
    assert read_task("Gửi báo cáo trước 8 giờ ngày 25/9/2026.").deadlines[0].end_time == "08:00"
    assert read_task("Gửi báo cáo lúc 17 giờ 30 phút ngày 25/9/2026.").deadlines[0].end_time == "17:30"
    assert read_task("Gửi báo cáo lúc 17g30 ngày 25/9/2026.").deadlines[0].end_time == "17:30"
    assert read_task("Gửi báo cáo trước ngày 25/9/2026.").deadlines[0].end_time is None


def test_finishing_is_a_deadline_only_where_it_is_said_of_that_day():
    finishing = read_task("Các trường tổ chức, kết thúc hội thi vào ngày 20/11/2026.")
    apart = read_task("Các trường gửi báo cáo; tổ chức hội thi vào ngày 20/11/2026.")
    assert [d.role for d in finishing.deadlines] == ["deadline"]
    assert [d.role for d in apart.deadlines] == ["schedule"]


@pytest.mark.parametrize(
    ("sentence", "rule", "raw", "confidence"),
    [
        ("Nộp báo cáo trước ngày 15/4/2026.", "before:day", "trước ngày 15/4/2026", 0.97),
        ("Sơ kết (tháng 4/2026).", "parenthesis:month", "tháng 4/2026", 0.75),
        (
            "Thực hiện từ tháng 9/2026 đến tháng 5/2027.",
            "from:month_span",
            "từ tháng 9/2026 đến tháng 5/2027",
            0.6,
        ),
        ("Nghiệm thu cuối năm học.", "vague", "Nghiệm thu cuối năm học", 0.7),
        ("Báo cáo sau 5 ngày làm việc.", "after_event", "sau 5 ngày làm việc", 0.7),
        ("Báo cáo chậm nhất ngày 05 hằng tháng.", "day_of_each_month", "chậm nhất ngày 05 hằng tháng", 0.7),
    ],
)
def test_each_time_says_by_which_rule_it_was_read_and_how_surely(sentence, rule, raw, confidence):
    [found] = read_task(sentence).deadlines
    assert (found.rule, found.raw, found.confidence) == (rule, raw, confidence)


def test_what_recurs_and_what_follows_an_event_are_read_beside_a_date():
    reading = read_task(
        "So với tháng 10/2026, nộp báo cáo hằng tháng, sau 5 ngày làm việc, xong trước ngày 15/4/2026."
    )
    assert [d.role for d in reading.deadlines] == ["recurrence", "deadline", "deadline"]
    assert reading.deadlines[-1].end == day("2026-04-14")


def test_the_heading_of_results_or_of_a_year_gives_no_period():
    for heading in ("KẾT QUẢ THÁNG 4 NĂM 2026", "NHIỆM VỤ NĂM 2026", "NHIỆM VỤ NĂM HỌC 2025-2026"):
        assert times(read_section(heading, "Duy trì sĩ số.")) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Thực hiện từ ngày 01/4/2026.", []),
        ("Tổ chức vào ngày 01/4/2026.", []),
        ("Tổ chức ngày 01/4/2026.", []),
        ("Lùi thời gian sang ngày 01/4/2026.", []),
        ("Tổng kết cuối năm học.", []),
        ("Hoàn thành trước ngày 01/4/2026.", [("deadline", None, "2026-03-31")]),
    ],
)
def test_a_purpose_sets_deadlines_and_nothing_else(sentence, found):
    reading = read_section("MỤC ĐÍCH, YÊU CẦU", sentence)
    assert times(reading) == [(role, day(start), day(end)) for role, start, end in found]


def test_a_list_of_days_inherits_its_preposition():
    reading = read_task("Gửi báo cáo trước ngày 15/4/2026 và ngày 15/6/2026.")
    assert [d.end for d in reading.deadlines] == [day("2026-04-14"), day("2026-06-14")]
    assert "several_deadlines" in reading.outline[0].doubts


def test_the_office_gives_its_own_school_year():
    year = SchoolYear(2026, day("2026-08-31"), day("2027-01-10"), day("2027-05-25"))
    reading = read_task(
        "Hoàn thành trước khi bước vào năm học mới 2026-2027; đánh giá đến hết học kỳ I năm học 2026-2027.",
        context=Context(school_years=(year,)),
    )
    assert [d.end for d in reading.deadlines] == [day("2026-08-30"), day("2027-01-10")]


def test_a_vague_time_is_a_doubt():
    reading = read_task("Các trường nghiệm thu cuối năm.")
    assert [(d.rule, d.end) for d in reading.deadlines] == [("vague", None)]
    assert reading.outline[0].doubts == ("vague_deadline",)


@pytest.mark.parametrize("phrase", ["trước ngày 31/02/2026", "trước ngày 15/13/2026"])
def test_a_day_that_does_not_exist_is_asked_about(phrase):
    sentence = f"Nộp báo cáo {phrase}."
    reading = read_task(sentence)
    assert reading.deadlines == ()
    [warning] = reading.warnings
    said = phrase.removeprefix("trước ngày ")
    assert (warning.code, warning.args) == ("invalid_date", {"text": said})
    assert warning.span[1] - warning.span[0] == len(said)


def test_a_deadline_that_is_over_is_asked_about():
    reading = read_task("Nộp báo cáo trước ngày 15/2/2026.")
    [deadline], [warning] = reading.deadlines, reading.warnings
    assert deadline.end == day("2026-02-14")
    assert (warning.code, warning.span) == ("deadline_in_past", deadline.span)
    assert warning.args == {"text": "trước ngày 15/2/2026"}


def test_the_day_before_the_document_is_over_and_its_own_day_is_not():
    over, today = read_task("Nộp trước ngày 10/3/2026."), read_task("Nộp chậm nhất ngày 10/3/2026.")
    assert [w.code for w in over.warnings] == ["deadline_in_past"]
    assert today.warnings == ()


def test_without_any_date_the_year_is_asked_for_or_taken_from_today():
    undated = read_task("Nộp báo cáo trong tháng 4.", dated="     tháng     năm")
    assert undated.deadlines == ()
    assert "year_unknown" in [w.code for w in undated.warnings]
    today = Context(today=day("2027-02-01"))
    given = read_task("Nộp báo cáo trong tháng 4.", dated="     tháng     năm", context=today)
    assert [d.end for d in given.deadlines] == [day("2027-04-30")]


def test_today_does_not_touch_a_dated_document():
    today = Context(today=day("2030-01-01"))
    assert [d.end for d in read_task("Nộp trong tháng 4.", context=today).deadlines] == [day("2026-04-30")]


def test_results_set_no_times_but_those_still_ahead():
    past = read_section("KẾT QUẢ THỰC HIỆN", "Đã tổ chức tập huấn vào ngày 12/2/2026 (tháng 4/2026).")
    moved = read_section("KẾT QUẢ THỰC HIỆN", "Điều chỉnh thời gian thi sang tháng 4.")
    within = read_section("KẾT QUẢ THỰC HIỆN", "Các trường tổ chức trong tháng 4/2026.")
    ahead = read_section("KẾT QUẢ THỰC HIỆN", "Các trường nộp báo cáo trước ngày 15/4/2026.")
    behind = read_section("KẾT QUẢ THỰC HIỆN", "Các trường nộp báo cáo trước ngày 15/2/2026.")
    assert times(past) == times(within) == times(behind) == []
    assert times(moved) == [("schedule", day("2026-04-01"), day("2026-04-30"))]
    assert times(ahead) == [("deadline", None, day("2026-04-14"))]


def test_the_heading_of_a_part_gives_its_period():
    reading = read_section("NHIỆM VỤ TRỌNG TÂM THÁNG 4 NĂM 2026", "Duy trì sĩ số.")
    assert [(d.path, *t) for d, t in zip(reading.deadlines, times(reading), strict=True)] == [
        ("I", "period", day("2026-04-01"), day("2026-04-30"))
    ]


def test_months():
    assert month_days(2024, 2) == (day("2024-02-01"), day("2024-02-29"))
    with pytest.raises(InvalidDateError):
        month_days(2026, 13)


def test_a_frame_without_anchor_knows_no_year():
    with pytest.raises(UnknownYearError):
        Frame(Context()).year_of(3)
    with pytest.raises(UnknownYearError):
        _ = Frame(Context()).school_year


def test_an_irregular_school_year_is_read_and_marked():
    key = "năm học 2022-2025"
    [when] = expressions(key, Frame(Context()), bytearray(len(key)))
    assert (when.first, when.last, when.problem) == (
        day("2022-09-05"),
        day("2025-05-31"),
        "irregular_school_year",
    )


@pytest.mark.parametrize(
    "phrase",
    [
        "mỗi tuần một lần vào chiều thứ sáu",
        "mỗi tuần một lần",
        "mỗi tháng ít nhất 02 lần",
        "mỗi học kỳ hai lần",
        "01 lần/tuần",
        "một lần mỗi tuần",
        "tuần một lần",
        "hai tuần một lần",
        "02 tháng/lần",
        "hằng tuần",
        "vào chiều thứ sáu hằng tuần",
        "hàng tuần vào thứ 6",
        "chiều thứ tư hằng tuần",
    ],
)
def test_what_recurs_sets_no_target(phrase):
    reading = read_task(f"Các trường vệ sinh lần đầu trước ngày 20/3/2026, sau đó duy trì {phrase}.")
    found = [(d.role, d.raw) for d in reading.deadlines]
    assert (found, reading.targets) == (
        [("deadline", "trước ngày 20/3/2026"), ("recurrence", phrase)],
        (),
    )
    assert reading.outline[0].doubts == ()
