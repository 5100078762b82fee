"""Numbering: styles, nesting, sequences, and numbers that begin no item."""

import pytest

from directives.reading import read_document
from directives.reading.outline import ORDINALS, roman_value


def paths(text):
    return [item.path for item in read_document(text).outline]


def test_the_usual_ladder():
    text = "I. A\n1. B\na) C\n- D\n+ E\n+ F\n- G\nb) H\n2. K\nII. L\n1. M\n"
    wanted = "I I.1 I.1.a I.1.a.b1 I.1.a.b1.p1 I.1.a.b1.p2 I.1.a.b2 I.1.b I.2 II II.1"
    assert paths(text) == wanted.split()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1. Một.\n1.1. Hai.\n1.2. Ba.\n2. Bốn.\n2.1. Năm.", ["1", "1.1", "1.2", "2", "2.1"]),
        ("A. Một\nI. Hai\n1. Ba.\nB. Bốn\nI. Năm", ["A", "A.I", "A.I.1", "B", "B.I"]),
        ("Điều 1. Một.\n1. Hai.\n2. Ba.\nĐiều 2. Bốn.\n1. Năm.", ["1", "1.1", "1.2", "2", "2.1"]),
        ("Phần I. Một\n1. Hai.\nPhần II. Ba\n1. Bốn.", ["I", "I.1", "II", "II.1"]),
        ("Thứ nhất, một.\nThứ hai, hai.\nThứ ba, ba.", ["1", "2", "3"]),
        ("Thứ chín, một.\nThứ nhất: một.\nThứ hai, hai.\nThứ ba là ba.", ["1", "2", "3"]),
        (
            "".join(f"Thứ {word}, việc.\n" for word in ORDINALS),
            [str(n) for n in range(1, 20)],
        ),
        ("1. Lịch trực:\nThứ hai, ngày 15/3/2027: tổ 1.\nThứ ba, ngày 16/3/2027: tổ 2.", ["1"]),
        ("1. Một.\nThứ nhất, hai.\nThứ hai, ba.\n2. Bốn.", ["1", "1.1", "1.2", "2"]),
        ("3. Một.\n(i). Hai.\n(ii). Ba.", ["3", "3.i", "3.ii"]),
        ("1) Một.\n2) Hai.", ["1", "2"]),
        ("1/ Một.\n2/ Hai.", ["1", "2"]),
        ("I- MỘT\nII- HAI", ["I", "II"]),
        ("1.Một.\n2.Hai.", ["1", "2"]),
        ("**1. Một**.\n**2.** Hai.", ["1", "2"]),
        ("1. Một:\nd) Hai.", ["1"]),
        (
            "1. Một:\na) Hai.\nb) Ba.\nc) Bốn.\nd) Năm.\nđ) Sáu.\ne) Bảy.",
            ["1", *(f"1.{c}" for c in "abcdđe")],
        ),
        ("1. Một:\n" + "\n".join(f"{c}) Việc." for c in "abcdefgh"), ["1", *(f"1.{c}" for c in "abcdefgh")]),
        ("– Một;\n– Hai.", ["b1", "b2"]),
        ("1. Một.\n2. 100% học sinh.\n3. 02 phòng học.", ["1", "2", "3"]),
        ("1. Một:\n- 100% học sinh;\n- 65-70% trường;\n- 98,5 điểm.", ["1", "1.b1", "1.b2", "1.b3"]),
        ("Phần thứ nhất\nMỘT\nI. Hai\nPhần thứ hai\nBA\nI. Bốn", ["1", "1.I", "2", "2.I"]),
        ("PHẦN I: MỘT\n1. Hai.\nPHẦN II: BA\n1. Bốn.", ["I", "I.1", "II", "II.1"]),
        ("Chương I\nMỘT\nĐiều 1. Hai.\nChương II\nBA\nĐiều 2. Bốn.", ["I", "I.1", "II", "II.2"]),
    ],
)
def test_styles(text, wanted):
    assert paths(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "1. Bồi dưỡng học sinh giỏi lớp\n\n9. Tổ chức thi.\n2. Hai.",
        "1. Thực hiện trong năm\n2018. Các trường rà soát.\n2. Hai.",
        "1. Trường xanh - sạch\n- đẹp, an toàn.\n2. Hai.",
        "1. Tổ chức\n\ncác hoạt động.\n2. Hai.",
        "1. Thực hiện từ 65\n- 70% kế hoạch.\n2. Hai.",
        "1. Tỷ lệ\n1.250 học sinh.\n2. Hai.",
    ],
)
def test_a_page_break_begins_no_item(text):
    assert paths(text) == ["1", "2"]


def test_a_lost_number_is_a_doubt():
    items = read_document("1. Một.\n2. Hai.\n4. Bốn.").outline
    assert [(i.path, "number_out_of_sequence" in i.doubts) for i in items] == [
        ("1", False),
        ("2", False),
        ("4", True),
    ]


@pytest.mark.parametrize(("letters", "doubted"), [("abcdefg", []), ("abcdeg", ["e"]), ("abcdđeg", [])])
def test_after_f_nobody_is_asked_where_the_letter_before_e_has_gone(letters, doubted):
    """Word numbers in Latin letters, which have no "đ"."""
    items = read_document("\n".join(f"{letter}) Việc." for letter in letters)).outline
    assert [item.number for item in items if "number_out_of_sequence" in item.doubts] == doubted


def test_a_number_twice_keeps_paths_unique():
    assert paths("1. Một.\n2. Hai.\n2. Ba.\n3. Bốn.") == ["1", "2", "2~2", "3"]


def test_a_wild_number_is_text_and_is_asked_about():
    reading = read_document("1. Một.\n17. Hai.\n2. Ba.")
    assert [i.path for i in reading.outline] == ["1", "2"]
    assert reading.outline[0].text == "Một.\n17. Hai."
    assert "number_out_of_sequence" in [w.code for w in reading.warnings]


def test_dashes_before_the_first_number_belong_to_the_preamble():
    assert paths("Thành phần:\n- Lãnh đạo;\n- Các trường.\n1. Một.\n- Hai.") == ["1", "1.b1"]


def test_a_letter_of_dashes_only():
    assert paths("Yêu cầu các trường thực hiện như sau:\n- Một;\n- Hai.") == ["b1", "b2"]


def test_paragraphs_hang_on_the_last_item():
    item = read_document("1. Một\n\nHai hai.\n\nBa ba.\n2. Bốn.").outline[0]
    assert item.text == "Một\nHai hai.\nBa ba."


@pytest.mark.parametrize(
    ("number", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XXX", 30), ("IIII", 0), ("VX", 0)]
)
def test_roman(number, value):
    assert roman_value(number) == value


def test_a_title_on_the_line_below_is_the_head_of_its_part():
    [part, item] = read_document("Phần thứ nhất\nĐÁNH GIÁ CHUNG\n1. Các trường rà soát.").outline
    assert (part.path, part.head, part.text, part.is_heading) == (
        "1",
        "ĐÁNH GIÁ CHUNG",
        "ĐÁNH GIÁ CHUNG",
        True,
    )
    assert item.path == "1.1"


def test_a_heading_parted_from_its_full_stop_is_one_paragraph():
    [item] = read_document("1. Mạng lưới trường, lớp\n. Rà soát, sắp xếp lại các điểm trường.").outline
    assert item.text == "Mạng lưới trường, lớp . Rà soát, sắp xếp lại các điểm trường."
