"""Whole documents: tasks, spans, the JSON form, and texts that are no documents."""

import itertools
import json
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.reading import read_document, reader
from directives.reading.normalise import squeeze

from . import samples
from .phrases import read_section, read_task

SAMPLES = [samples.LETTER, samples.NOTICE, samples.SHORT, samples.PLAN]


def tasks(text):
    return [item.path for item in read_document(text).tasks]


def test_the_tasks_of_a_letter_are_its_deepest_items():
    assert tasks(samples.LETTER) == ["1", "2", "3.a", "3.b", "3.c", "4"]


def test_the_tasks_of_a_notice_are_next_months_directions():
    reading = read_document(samples.NOTICE)
    assert [item.path for item in reading.tasks] == ["II.1", "II.2.b1", "II.2.b2", "II.3"]
    assert [item.path for item in reading.outline if item.is_heading] == ["I", "I.1", "I.2", "II", "II.2"]
    assert [(d.path, str(d.end)) for d in reading.deadlines if d.role == "deadline"] == [
        ("II.1", "2026-11-17"),
        ("II.2.b1", "2026-11-30"),
    ]
    assert [t.path for t in reading.targets] == ["II.2.b2"]


def test_a_plan_keeps_purposes_and_targets_apart_from_tasks():
    assert tasks(samples.PLAN) == ["III.1.1", "III.1.2", "III.2", "IV.1", "IV.2"]


def test_a_sentence_that_a_page_break_cut_is_whole():
    item = next(item for item in read_document(samples.PLAN).outline if item.path == "III.1.1")
    assert item.text == (
        "Các trường điều tra số liệu trẻ từ 0 đến 60 tuổi trên địa bàn, chia theo lớp "
        "9. Kết quả nhập vào hệ thống chậm nhất ngày 30/9/2026."
    )


def test_what_follows_the_signature_is_said_to_be_unread():
    assert [w.code for w in read_document(samples.PLAN).warnings] == ["annex_not_read"]


def test_the_last_item_keeps_what_stands_under_its_title():
    last = read_document(samples.PLAN).outline[-1]
    assert (last.path, last.text) == (
        "IV.2",
        "Các trường mầm non, tiểu học\nThực hiện điều tra theo phân công./.",
    )


def test_the_closing_is_no_part_of_the_last_task():
    reading = read_document(samples.LETTER)
    assert reading.outline[-1].text.endswith("trong tháng 01.")
    assert [a.raw for a in reading.assignments if a.path == "closing"] == ["các đơn vị"]


@pytest.mark.parametrize("heading", ["MỤC ĐÍCH", "ĐÁNH GIÁ KẾT QUẢ", "MỤC TIÊU", "Tình hình chung"])
def test_parts_that_hold_no_tasks(heading):
    assert [item.path for item in read_section(heading, "Nâng cao chất lượng.").tasks] == []


@pytest.mark.parametrize(
    "heading", ["NHIỆM VỤ VÀ GIẢI PHÁP", "TỔ CHỨC THỰC HIỆN", "PHƯƠNG HƯỚNG THÁNG 4", "NỘI DUNG"]
)
def test_parts_that_hold_tasks(heading):
    assert [item.path for item in read_section(heading, "Nâng cao chất lượng.").tasks] == ["I.1"]


def test_a_label_of_results_makes_no_task():
    reading = read_document(
        "1. Về kết quả tháng 12: đạt 87% kế hoạch.\n2. Về nhiệm vụ tháng 01: rà soát số liệu."
    )
    assert [item.path for item in reading.tasks] == ["2"]
    assert reading.targets == ()


def test_a_task_that_names_no_section_word_stays_a_task():
    assert [item.is_task for item in read_task("Đánh giá, xếp loại học sinh đúng quy định.").outline] == [
        True
    ]


def test_a_footnote_belongs_to_the_item_that_bears_its_mark():
    text = (
        "Số: 1/TB-SGDĐT\n\nNgọc Sơn, ngày 02 tháng 12 năm 2026\n\nTHÔNG BÁO\n\nKết luận giao ban\n\n"
        "1. Các trường kiểm tra học kỳ I¹.\n\n2. Duy trì sĩ số./.\n\nNơi nhận:\n- Như trên.\n\n"
        "GIÁM ĐỐC\n\nLê Văn An\n\n"
        "¹ Kết thúc vào ngày 08/01/2027."
    )
    assert [(d.path, str(d.end)) for d in read_document(text).deadlines] == [("1", "2027-01-08")]


def check_reading(text):
    """What holds for every reading of any text."""
    reading = read_document(text)
    found = [*reading.references, *reading.deadlines, *reading.targets, *reading.assignments]
    for thing in (*found, *reading.products):
        assert thing.rule
        assert 0 < thing.confidence <= 1
    for thing in found:
        start, end = thing.span
        assert 0 <= start < end <= len(text)
        assert squeeze(text[start:end]) == thing.raw
    for thing in (*reading.products, *reading.header.evidence):
        assert 0 <= thing.span[0] < thing.span[1] <= len(text)
    assert all(
        target.within in {one.span for one in reading.targets} for target in reading.targets if target.within
    )
    starts = [item.span for item in reading.outline]
    assert all(0 <= start < end <= len(text) for start, end in starts)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(starts))
    paths = [item.path for item in reading.outline]
    assert len(paths) == len(set(paths))
    assert all(item.parent_path is None or item.parent_path in paths for item in reading.outline)
    for warning in reading.warnings:
        assert warning.span is None or 0 <= warning.span[0] <= warning.span[1] <= len(text)
    json.dumps(reading.as_dict())
    return reading


@pytest.mark.parametrize("text", SAMPLES)
def test_samples_hold_what_every_reading_holds(text):
    check_reading(text)


@pytest.mark.parametrize("text", SAMPLES)
def test_decomposed_letters_change_nothing_but_spans(text):
    composed, decomposed = check_reading(text), check_reading(unicodedata.normalize("NFD", text))
    assert composed.header == decomposed.header
    assert [d.end for d in composed.deadlines] == [d.end for d in decomposed.deadlines]
    assert [i.text for i in composed.outline] == [i.text for i in decomposed.outline]


PIECES = (
    "1. |2. |I. |a) |- |+ |\n|\n\n| |Các trường |trước ngày |15/12/2026|31/02|trong tháng 13|100%|"
    "(10/10)|5|mỗi |một |trở lên|số 12/KH-UBND|Nơi nhận:|TRƯỞNG PHÒNG|Lê An|Kính gửi: |V/v |KẾ HOẠCH|"
    "NHIỆM VỤ|./.|.|;|,|(|)|“|¹|*|năm học 2026-2027|quý I|từ |đến |Phụ lục|ngày|tháng|năm|Phối hợp với |"
    "\u0301|\x00|\ud800|İ|ﬀ|0/0|99999999999|Số: /|Thứ nhất, |1.1. |lần/|giảm |so với |%|-|từ 5-4%|"
    "năm học 2027-2020|ngày 15-10/11|100% các |gửi báo cáo về |trong đó |lũy kế|của Bộ |Đề án “|đối với |"
    "mỗi tuần |hằng |Căn cứ |5/7 xã|Phần thứ nhất|Điều 1. "
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=40).map("".join))
def test_documents_of_pieces_read(text):
    check_reading(text)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_reads(text):
    check_reading(text)


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(SAMPLES), st.data())
def test_damaged_samples_read(text, data):
    a = data.draw(st.integers(0, len(text)))
    b = data.draw(st.integers(a, len(text)))
    check_reading(text[:a] + text[b:])


@contextmanager
def giving_up_after(seconds: int) -> Iterator[None]:
    """End what would not end by itself, by the processor's own time: a busy machine is no fault."""

    def give_up(*_: object) -> None:
        raise AssertionError(f"not at an end after {seconds} seconds of work")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


JUNK = (
    "1/1/|100% |a|- a\n|tháng 12 |(|((a)|Các trường |Các trường: |MN A, |9|9.|1.1.1.1 a\n|“|so với |"
    "trong đó |"
    "gửi báo cáo |số 1/KH-UBND |Đề án “|luật |mỗi |giảm từ 1 |của |giao |¹ a\n|Nơi nhận:\n|1/2 xã (đạt |a: "
)


@pytest.mark.parametrize("junk", JUNK.split("|"))
def test_junk_is_read_to_an_end(junk):
    """About a second's work; a rule that goes back and forth over the text would take hours."""
    with giving_up_after(60):
        check_reading("1. Các trường " + junk * (300_000 // len(junk)))


def test_a_book_is_read_in_part_and_says_so(monkeypatch):
    monkeypatch.setattr(reader, "MOST_READ", 40)
    reading = read_document("1. Các trường rà soát.\n2. Nộp báo cáo cuối năm học.\n3. Báo cáo kết quả.")
    assert [item.path for item in reading.outline] == ["1", "2"]
    assert [(w.code, w.span) for w in reading.warnings if w.span] == [("not_read_to_the_end", (40, 71))]


def test_the_json_form():
    form = read_document(samples.SHORT).as_dict()
    assert list(form) == [
        "header",
        "references",
        "outline",
        "deadlines",
        "targets",
        "assignments",
        "products",
        "warnings",
    ]
    assert form["header"]["signer"] == {"authority": [], "title": "GIÁM ĐỐC", "name": "Phạm Quốc Khánh"}
    start = samples.SHORT.index("trước ngày")
    assert form["deadlines"][0] == {
        "path": "1",
        "raw": "trước ngày 15/12/2026",
        "role": "deadline",
        "start": None,
        "end": "2026-12-14",
        "nominal": "2026-12-15",
        "span": [start, start + 21],
        "rule": "before:day",
        "confidence": 0.97,
        "end_time": None,
        "recurrence": None,
    }
    assert form["header"]["evidence"][0] == {
        "field": "number",
        "span": [42, 59],
        "rule": "number_line",
        "confidence": 0.95,
    }
    assert form["warnings"] == ["date_missing: the document carries no date"]


def test_the_command_prints_one_json_object(tmp_path):
    path = tmp_path / "short.txt"
    path.write_text(samples.SHORT, encoding="utf-8")
    command = [sys.executable, "-m", "directives.reading"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == read_document(samples.SHORT).as_dict()
    path.write_bytes(b"%PDF-1.7")
    failed = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    assert (failed.returncode, failed.stdout) == (2, "")
