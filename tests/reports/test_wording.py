"""Sentences follow the figures: every number in them is one of the figures, every word fits the number."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.reading import Context, read_document
from eduportal.base.numbers import parse_number
from reports.figures import (
    BriefingFigures,
    Discipline,
    DocumentStanding,
    DueTask,
    Figure,
    LevelFigures,
    MeasureSum,
    MissingReport,
    Rate,
    Remark,
    UnitStanding,
    compare,
    compare_rates,
)
from reports.wording import excerpt, levels, reporting, sections, tasks, written
from reports.wording.reporting import difficulties_text
from reports.wording.tasks import addressees, directions_text
from reports.wording.words import unmarked
from schools.periods import Named


def read(say):
    """A sentence as people read it, without what its numbers lead to."""
    return lambda *args: unmarked(say(*args))


level_text, assignments_text = read(levels.level_text), read(tasks.assignments_text)
discipline_text = read(reporting.discipline_text)

OCTOBER = Named("month", 2021, 10)


def figure(
    stem: str, value: int | None, previous: int | None, *, whole: bool = True, units: int = 5
) -> Figure:
    """All `units` schools reported both months, or where not `whole`, all but one this month."""
    now = (
        None if value is None else MeasureSum(Decimal(value), units, Decimal(value), units, provisional=False)
    )
    before = None
    if previous is not None:
        more = 0 if whole else 1
        before = MeasureSum(Decimal(previous), units + more, Decimal(previous), units, provisional=False)
    return compare(f"lower_secondary.{stem}", stem, now, before, both_months_whole=whole)


def level(classes=(188, 188), pupils=(8411, 8410), teachers=(412, 412), rate=("0.982", "0.979"), **kwargs):
    whole = kwargs.pop("whole", True)
    return LevelFigures(
        level=kwargs.pop("level", "lower_secondary"),
        schools=kwargs.pop("schools", 5),
        reported=kwargs.pop("reported", 5),
        classes=figure("classes", *classes, whole=whole),
        pupils=figure("pupils", *pupils, whole=whole),
        teachers=figure("teachers", *teachers, whole=whole),
        attendance=compare_rates(
            "lower_secondary.attendance_rate",
            *(None if part is None else Decimal(part) for part in rate),
            provisional=kwargs.pop("provisional", False),
        ),
    )


# --- levels -----------------------------------------------------------------------------------


def test_the_sentence_of_the_field():
    assert level_text(level(), OCTOBER) == (
        "Tổng số lớp: 188; tổng số học sinh: 8.411 (tăng 01 học sinh so với tháng 10/2021).\n"
        "Tỷ lệ học sinh đi học chuyên cần: 98,2% (tăng 0,3 điểm phần trăm so với tháng 10/2021); "
        "số giáo viên: 412."
    )


@pytest.mark.parametrize(
    ("pupils", "words"),
    [
        ((8411, 8398), "(tăng 13 học sinh so với tháng 10/2021)"),
        ((8398, 8411), "(giảm 13 học sinh so với tháng 10/2021)"),
        ((8411, 8411), "(không đổi so với tháng 10/2021)"),
        ((8411, None), "(tháng 10/2021 chưa có số liệu để so sánh)"),
    ],
)
def test_words_of_change_follow_the_numbers(pupils, words):
    first = level_text(level(pupils=pupils), OCTOBER).splitlines()[0]
    assert first.endswith(f"{words}.")


def test_classes_and_teachers_are_compared_only_where_they_changed():
    text = level_text(level(classes=(187, 188), teachers=(415, 412)), OCTOBER)
    assert "Tổng số lớp: 187 (giảm 01 lớp so với tháng 10/2021);" in text
    assert "số giáo viên: 415 (tăng 03 giáo viên so với tháng 10/2021)." in text


def test_where_reports_are_missing_the_change_is_that_of_the_schools_that_reported_both_months():
    part = level(reported=5, schools=6, whole=False)
    assert (
        level_text(part, OCTOBER)
        .splitlines()[0]
        .endswith("(tăng 01 học sinh so với tháng 10/2021, tính trên 05 trường có số liệu cả hai tháng).")
    )
    assert "Số liệu của 05/06 trường; các trường còn lại chưa báo cáo." in level_text(part, OCTOBER)


def test_no_school_with_both_months_is_said_so():
    now = MeasureSum(Decimal(300), 2, Decimal(0), 0, provisional=False)
    before = MeasureSum(Decimal(500), 3, Decimal(0), 0, provisional=False)
    compared = compare("lower_secondary.pupils", "pupils", now, before, both_months_whole=False)
    text = level_text(replace(level(), pupils=compared), OCTOBER)
    assert "(không có trường nào có số liệu cả tháng 10/2021 để so sánh)" in text


def test_no_data_is_not_zero():
    nothing = level(
        classes=(None, 188), pupils=(None, 8410), teachers=(None, 1), rate=(None, "0.9"), reported=0
    )
    assert level_text(nothing, OCTOBER) == "Chưa có số liệu: 0/05 trường đã báo cáo."
    some = level(teachers=(None, 412), rate=(None, "0.9"))
    assert level_text(some, OCTOBER).splitlines()[1] == (
        "Tỷ lệ học sinh đi học chuyên cần: chưa có số liệu; số giáo viên: chưa có số liệu."
    )


def test_what_does_not_apply_is_neither_zero_nor_missing():
    """Five schools reported: three gave their teachers, one says it has none to count, one said nothing."""
    some = level()
    few = replace(some.teachers, units=3, not_applicable=1)
    line = level_text(replace(some, teachers=few), OCTOBER).splitlines()[1]
    assert line.endswith("số giáo viên: 412 (của 03 trường có số liệu, 01 trường không áp dụng).")
    line = level_text(replace(some, teachers=replace(few, units=4)), OCTOBER).splitlines()[1]
    assert line.endswith("số giáo viên: 412 (01 trường không áp dụng).")
    none = replace(level(teachers=(None, 412)).teachers, not_applicable=5)
    line = level_text(replace(some, teachers=none), OCTOBER).splitlines()[1]
    assert line.endswith("số giáo viên: không áp dụng.")
    line = level_text(replace(some, teachers=replace(none, not_applicable=2)), OCTOBER).splitlines()[1]
    assert line.endswith("số giáo viên: chưa có số liệu (02 trường không áp dụng).")


def test_figures_not_yet_accepted_are_provisional():
    assert level_text(level(provisional=True), OCTOBER).endswith(
        "Số liệu tạm tính, còn báo cáo chưa được duyệt."
    )


def test_small_children_are_children():
    assert "tổng số trẻ: 8.411 (tăng 01 trẻ so" in level_text(level(level="preschool"), OCTOBER)


@given(
    st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    st.tuples(st.decimals(0, 1, places=5), st.decimals(0, 1, places=5)),
)
def test_every_number_in_a_sentence_is_one_of_the_figures(classes, pupils, teachers, rate):
    shown = level(classes=classes, pupils=pupils, teachers=teachers, rate=rate)
    text = level_text(shown, OCTOBER).replace("10/2021", "")
    expected = []
    for one in (shown.classes, shown.pupils):
        expected += [one.value, *([abs(one.change)] if one.change else [])]
    one = shown.attendance
    expected += [one.value * 100, *([abs(one.change * 100)] if one.change else [])]
    one = shown.teachers
    expected += [one.value, *([abs(one.change)] if one.change else [])]
    numbers = [parse_number(found, decimals=True) for found in re.findall(r"\d[\d.]*(?:,\d+)?(?<!\.)", text)]
    assert numbers == expected
    assert ("tăng" in text) == any(part.change > 0 for part in (*shown.figures, shown.attendance))
    assert ("giảm" in text) == any(part.change < 0 for part in (*shown.figures, shown.attendance))


@given(st.integers(0, 10**9))
def test_a_written_count_reads_as_itself(number):
    assert parse_number(written(number)) == number
    assert len(written(number)) >= 2 or number == 0


# --- assignments, reporting, difficulties, directions -----------------------------------------


def briefing(**parts) -> BriefingFigures:
    values = {
        "period": Named("month", 2026, 11),
        "as_of": dt.date(2026, 12, 7),
        "next_report_due_on": dt.date(2027, 1, 5),
        "levels": (),
        "standing": {},
        "by_document": (),
        "by_unit": (),
        "discipline": Discipline(0, 0, 0, ()),
        "remarks": (),
        "due_tasks": (),
    }
    return BriefingFigures(**(values | parts))


STANDING = {"done_on_time": 12, "done_late": 2, "running": 10, "overdue": 4, "no_deadline": 2, "paused": 1}


def test_the_statistics_sentence_adds_up():
    documents = (
        DocumentStanding(
            1, "15/KH-SGDĐT", "Kế hoạch rà soát", dt.date(2026, 11, 2), {"running": 10, "overdue": 4}
        ),
        DocumentStanding(
            2, "09/TB-SGDĐT", "Kết luận", dt.date(2026, 10, 2), {"done_on_time": 12, "done_late": 2}
        ),
    )
    units = (
        UnitStanding(1, "Trường A", {"overdue": 3}),
        UnitStanding(2, "Trường B", {"overdue": 1, "running": 2}),
    )
    text = assignments_text(briefing(standing=STANDING, by_document=documents, by_unit=units))
    assert text.splitlines() == [
        "Đến ngày 07/12/2026, các đơn vị được giao 30 lượt nhiệm vụ theo 02 văn bản, trong đó: hoàn thành "
        "đúng hạn 12; hoàn thành quá hạn 02; đang thực hiện, trong hạn 10; quá hạn chưa hoàn thành 04; đang "
        "thực hiện, không có thời hạn 02. Ngoài ra: tạm hoãn 01.",
        "- Văn bản số 15/KH-SGDĐT ngày 02/11/2026 (Kế hoạch rà soát): 14 lượt nhiệm vụ, đang thực hiện, "
        "trong hạn 10; quá hạn chưa hoàn thành 04.",
        "- 01 văn bản không còn nhiệm vụ đang thực hiện.",
        "- Đơn vị có nhiệm vụ quá hạn: Trường A (03); Trường B (01).",
    ]


COUNTS = st.dictionaries(
    st.sampled_from(["done_on_time", "done_late", "running", "overdue", "no_deadline"]),
    st.integers(1, 99_999),
    min_size=1,
)


@given(COUNTS)
def test_the_parts_of_the_statistics_sentence_add_up_whatever_they_are(counts):
    first = assignments_text(briefing(standing=counts)).splitlines()[0]
    total, parts = re.search(r"được giao ([\d.]+) lượt.*trong đó: (.+)\.$", first).groups()
    assert parse_number(total) == sum(parse_number(found) for found in re.findall(r"[\d.]*\d", parts))


def test_nothing_assigned_is_said():
    assert (
        assignments_text(briefing()) == "Đến ngày 07/12/2026 chưa có nhiệm vụ nào được giao cho các đơn vị."
    )


def missing(name: str, *, returned: bool = False) -> MissingReport:
    return MissingReport(1, name, dt.date(2026, 12, 5), returned)


def test_who_has_not_reported_is_named():
    month = Named("month", 2026, 11)
    rows = (missing("Trường A"), missing("Trường B", returned=True), missing("Trường C"))
    assert discipline_text(Discipline(12, 9, 1, rows), month).splitlines() == [
        "09/12 đơn vị đã nộp báo cáo tháng 11/2026, trong đó 01 đơn vị nộp sau hạn; 03 đơn vị chưa nộp.",
        "- Chưa nộp: Trường A, Trường C.",
        "- Bị trả lại, chưa nộp lại: Trường B.",
    ]
    assert discipline_text(Discipline(12, 12, 0, ()), month) == "12/12 đơn vị đã nộp báo cáo tháng 11/2026."
    assert discipline_text(Discipline(0, 0, 0, ()), month) == (
        "Chưa có đơn vị nào phải nộp báo cáo tháng 11/2026."
    )


def test_difficulties_are_quoted_by_unit_on_one_line():
    rows = (
        Remark(1, "Trường A", "Thiếu phòng học.\nMái dột.", ""),
        Remark(2, "Trường B", "", "Cấp thêm máy tính."),
        Remark(3, "Trường C", "Thiếu nước", "Khoan giếng"),
        Remark(4, "Trường D", "thiếu nước.", ""),
    )
    assert difficulties_text(rows).splitlines() == [
        "Khó khăn:",
        "- “Thiếu phòng học. Mái dột” (Trường A).",
        "- “Thiếu nước” (Trường C; Trường D).",
        "Kiến nghị:",
        "- “Cấp thêm máy tính” (Trường B).",
        "- “Khoan giếng” (Trường C).",
    ]
    assert difficulties_text(()) == "Các đơn vị không nêu khó khăn, kiến nghị."


def due(deadline: dt.date, *units: str, overdue: bool = False) -> DueTask:
    return DueTask(
        1, "Rà soát cơ sở vật chất.", "15/KH-SGDĐT", dt.date(2026, 11, 2), deadline, overdue, units
    )


def test_directions_name_who_is_late_what_falls_due_and_who_owes_a_report():
    tasks = (
        due(dt.date(2026, 12, 20), *(f"Trường {n}" for n in range(13))),
        due(dt.date(2026, 11, 30), "Trường A", "Trường B", overdue=True),
    )
    text = directions_text(briefing(due_tasks=tasks, discipline=Discipline(2, 1, 0, (missing("Trường A"),))))
    assert text.splitlines() == [
        "1. Trường A, Trường B khẩn trương hoàn thành trong tháng 12/2026 nhiệm vụ đã giao nay quá hạn "
        "theo văn bản số 15/KH-SGDĐT ngày 02/11/2026: “Rà soát cơ sở vật chất”.",
        "2. Các trường chưa thực hiện xong (13 đơn vị) hoàn thành chậm nhất ngày 20/12/2026 nhiệm vụ đã giao "
        "theo văn bản số 15/KH-SGDĐT ngày 02/11/2026: “Rà soát cơ sở vật chất”.",
        "3. Trường A gửi báo cáo tháng 11/2026 còn thiếu, hoàn thành trong tháng 12/2026.",
        "4. Các trường gửi báo cáo tháng 12/2026 trên hệ thống chậm nhất ngày 05/01/2027.",
    ]


def test_many_who_owe_a_report_are_counted_first_and_named_behind():
    schools = [missing(f"Trường {n}") for n in range(24)]
    both = [*schools, missing("UBND xã Tả Vân")]
    text = directions_text(briefing(discipline=Discipline(40, 15, 0, tuple(both), 3, 2)))
    assert text.splitlines()[0] == (
        "1. Gửi báo cáo tháng 11/2026 còn thiếu (24 trường và UBND 01 xã, phường), hoàn thành trong tháng "
        f"12/2026. Đơn vị thực hiện: {', '.join(row.name for row in both)}."
    )
    only = directions_text(briefing(discipline=Discipline(40, 16, 0, tuple(schools))))
    assert only.startswith("1. Gửi báo cáo tháng 11/2026 còn thiếu (24 trường), hoàn thành")


def test_those_named_behind_are_read_as_who_must_act_and_their_number_as_no_target():
    names = ["Trường Tiểu học Suối Mây", "Trường Mầm non Hoa Ban", "Trường THCS Duyên Hải", "UBND xã Tả Vân"]
    rows = tuple(missing(name) for name in [*names, *(f"Trường TH Số {n}" for n in range(5))])
    text = directions_text(briefing(discipline=Discipline(40, 31, 0, rows, 3, 2)))
    reading = read_document(f"II. NHIỆM VỤ\n{text}", context=Context(today=dt.date(2026, 12, 8)))
    first = next(item for item in reading.tasks)
    said = " ".join(one.raw for one in reading.assignments if one.path == first.path)
    assert [name in said for name in names] == [True] * 4
    assert (first.doubts, reading.targets) == ((), ())


def test_many_who_have_work_are_called_by_their_groups():
    schools, communes = [f"Trường {n}" for n in range(7)], [f"UBND xã {n}" for n in range(7)]
    assert addressees((*schools, *communes)) == (
        "Các trường và UBND các xã, phường chưa thực hiện xong (14 đơn vị)"
    )
    assert addressees((*communes, *communes)) == "UBND các xã, phường chưa thực hiện xong (14 đơn vị)"


def test_many_tasks_are_summed_up_by_document():
    late = [due(dt.date(2026, 11, 30), f"Trường {n % 2}", overdue=True) for n in range(6)]
    late[2] = replace(late[2], number="07/TB-SGDĐT", issued_on=dt.date(2026, 10, 5))
    running = [replace(task, is_overdue=False, deadline=dt.date(2026, 12, 20)) for task in late]
    documents = "văn bản số 15/KH-SGDĐT ngày 02/11/2026 (05 nhiệm vụ); văn bản số 07/TB-SGDĐT ngày 05/10/2026"
    assert directions_text(briefing(due_tasks=(*late, *running))).splitlines()[:2] == [
        "1. Trường 0, Trường 1 khẩn trương hoàn thành trong tháng 12/2026 các nhiệm vụ đã giao nay quá hạn "
        f"(06 nhiệm vụ) theo các văn bản: {documents} (01 nhiệm vụ).",
        "2. Trường 0, Trường 1 hoàn thành đúng thời hạn các nhiệm vụ đã giao đến hạn trong tháng 12/2026 "
        f"(06 nhiệm vụ) theo các văn bản: {documents} (01 nhiệm vụ).",
    ]


def test_there_is_always_a_direction():
    assert directions_text(briefing()) == (
        "1. Các trường gửi báo cáo tháng 12/2026 trên hệ thống chậm nhất ngày 05/01/2027."
    )


def test_sections_come_in_the_order_of_the_meeting():
    built = sections(briefing(levels=(level(level="preschool"), level())))
    assert [(one.key, one.title) for one in built] == [
        ("level.preschool", "Giáo dục mầm non"),
        ("level.lower_secondary", "Giáo dục trung học cơ sở"),
        ("assignments", "Thực hiện nhiệm vụ được giao"),
        ("discipline", "Chế độ thông tin, báo cáo"),
        ("difficulties", "Khó khăn, kiến nghị của các đơn vị"),
        ("directions", "Nhiệm vụ trọng tâm tháng 12/2026"),
    ]


def test_long_texts_are_cut_between_words():
    assert excerpt("Rà soát.  \n") == "Rà soát"
    cut = excerpt("nhiệm vụ " * 60)
    assert len(cut) <= 201
    assert cut.endswith("nhiệm vụ…")


def test_a_rate_is_stated_and_compared_to_a_tenth_of_a_percent():
    rate = compare_rates("x", Decimal("0.98249"), Decimal("0.97951"), provisional=False)
    assert rate == Rate("x", Decimal("0.982"), Decimal("0.980"), Decimal("0.002"), provisional=False)
