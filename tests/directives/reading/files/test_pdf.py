"""PDF files with a text layer become the text as it is read."""

import datetime as dt
import zlib
from dataclasses import replace
from html import escape

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from directives.reading import Context, UnreadableFile, read_document
from directives.reading.files import pdf as pdf_module
from directives.reading.files import pdfium as pdfium_module
from directives.reading.files import text_of_file
from directives.writing.body import parse_body
from directives.writing.pdf import to_pdf
from tests.directives.reading.files.builders import (
    LEFT,
    PIXEL,
    RIGHT,
    drawn,
    handmade_pdf,
    plain_pdf,
    plain_word,
    printed,
)
from tests.directives.samples import LETTER
from tests.directives.writing.samples import NOTICE, NOTICE_BODY

CONTEXT = Context(today=dt.date(2026, 2, 5))
LONG = (
    "Các trường tiểu học, trung học cơ sở rà soát, thống kê học sinh có nguy cơ bỏ học, phối hợp với chính "
    "quyền địa phương và gia đình để vận động các em đến lớp; báo cáo kết quả trước ngày 28/02/2026."
)


def text(data: bytes) -> str:
    return text_of_file(data, "a.pdf").text


def findings(words: str) -> dict:
    """What matters to those who work with the document."""
    reading = read_document(words, context=CONTEXT)
    return {
        "items": [(item.path, item.is_task) for item in reading.outline],
        "words": ["".join(item.text.split()).lower() for item in reading.outline],
        "deadlines": [(time.path, time.end) for time in reading.deadlines],
        "targets": [(target.path, target.value, target.unit) for target in reading.targets],
        "header": replace(reading.header, recipients=()),
    }


def test_our_own_notice_reads_back():
    read, body = findings(text(to_pdf(NOTICE))), findings(NOTICE_BODY)
    assert [read[name] for name in ("items", "words", "deadlines", "targets")] == [
        body[name] for name in ("items", "words", "deadlines", "targets")
    ]
    header = read["header"]
    assert (header.number, header.symbol, header.place, header.issued_on, header.doc_type) == (
        "07", "TB-SGDĐT", "Ngọc Sơn", dt.date(2026, 2, 5), "thong_bao",
    )  # fmt: skip
    assert (header.subject, header.signer.title, header.signer.name) == (
        NOTICE.subject,
        "PHÓ GIÁM ĐỐC",
        "Lương Văn Khải",
    )


def test_columns_stand_one_after_the_other():
    lines = text(to_pdf(NOTICE)).splitlines()
    assert lines[:7] == [
        "UBND TỈNH NGỌC SƠN",
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
        "Số: 07/TB-SGDĐT",
        "",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Ngọc Sơn, ngày 05 tháng 02 năm 2026",
    ]
    assert lines[-3:] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lương Văn Khải"]


SOME_WORDS = "các trường tiểu học rà soát báo cáo kết quả thực hiện kế hoạch năm học phối hợp phụ huynh"
words = st.sampled_from(SOME_WORDS.split())
sentence = st.lists(words, min_size=3, max_size=60).map(lambda chosen: " ".join(chosen).capitalize())
days = st.dates(dt.date(2026, 2, 10), dt.date(2026, 12, 20))


# Printing takes a while: some examples, and a failing one is shown as it is.
A_FEW = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@st.composite
def bodies(draw) -> str:
    """The body of a notice: parts, items and sub-items, some with a day."""
    lines = [f"{draw(sentence)}."]
    for part in range(draw(st.integers(1, 3))):
        lines.append(f"{'I' * (part + 1)}. Nhiệm vụ thứ {part + 1}")
        for item in range(draw(st.integers(1, 4))):
            day = draw(st.none() | days)
            lines.append(f"{item + 1}. {draw(sentence)}{f' trước ngày {day:%d/%m/%Y}' if day else ''}.")
            for letter in "abcd"[: draw(st.integers(0, 3))]:
                lines.append(f"{letter}) {draw(sentence)};")
    return "\n".join(lines)


@settings(A_FEW)
@given(bodies())
def test_what_is_printed_here_reads_back_the_same(body):
    printed_text = text(to_pdf(replace(NOTICE, body=parse_body(body))))
    before, after = findings(body), findings(printed_text)
    assert [after[name] for name in ("items", "deadlines", "targets")] == [
        before[name] for name in ("items", "deadlines", "targets")
    ]
    assert after["header"].subject == NOTICE.subject


@settings(A_FEW)
@given(bodies())
@pytest.mark.parametrize("make", [plain_pdf, plain_word])
def test_a_letter_reads_the_same_from_text_word_and_pdf(make, body):
    letter = LETTER[: LETTER.index("1. ")] + body + "\n" + LETTER[LETTER.index("Nơi nhận") :]
    assert findings(text(make(letter))) == findings(letter)


def test_page_numbers_and_running_heads_are_dropped_and_paragraphs_joined_over_pages():
    head = "@page { @bottom-right { content: 'Phụ lục, trang ' counter(page) ' của 9' } }"
    lines = [f"{n}. {'Riêng ' * (n % 5)}{LONG}" for n in range(1, 40)]
    found = text_of_file(printed("".join(f"<p>{line}</p>" for line in lines), head))
    assert found.text.splitlines() == lines
    assert "Phụ lục, trang 1 của 9" in found.margins


def test_a_hanging_list_is_joined():
    body = f"<ol style='margin-left:1cm'>{f'<li>{LONG}</li>' * 3}</ol>"
    assert text(printed(body)).splitlines() == [f"{n}. {LONG}" for n in (1, 2, 3)]


def test_footnotes_stand_at_the_end():
    body = (
        f"<p>{LONG}<sup style='font-size:8pt'>1</sup></p><p style='font-size:10pt'>1 Theo Kế hoạch số 5.</p>"
    )
    assert text(printed(body)).splitlines() == [f"{LONG}¹", "", "¹ Theo Kế hoạch số 5."]


def test_a_ruled_table_stands_line_by_line():
    row = "<tr><td>{}</td><td>{}</td></tr>"
    table = (
        "<style>table { border-collapse: collapse } td { border: 1px solid; width: 5cm }</style>"
        "<p>Danh sách:</p><table>"
        + row.format("Đơn vị", "Số lớp")
        + row.format("Trường Tiểu học Suối Mây, xã Suối Mây", "12")
        + "</table><p>Hết.</p>"
    )
    found = text_of_file(printed(table))
    assert [line for line in found.text.splitlines() if line] == [
        "Danh sách:",
        "Đơn vị | Số lớp",
        "Trường Tiểu học Suối Mây, xã Suối Mây | 12",
        "Hết.",
    ]
    assert [warning.code for warning in found.warnings] == ["tables_as_lines"]


def test_a_cell_over_two_rows_stands_with_the_first_of_them():
    table = (
        "<style>table { border-collapse: collapse } td { border: 1px solid; width: 4cm; height: 1cm }</style>"
        "<table><tr><td rowspan='2'>Xã Suối Mây</td><td>Tiểu học</td><td>12</td></tr>"
        "<tr><td>Mầm non</td><td>8</td></tr><tr><td colspan='2'>Cộng</td><td>20</td></tr></table>"
    )
    assert text(printed(table)).splitlines() == ["Xã Suối Mây | Tiểu học | 12", "Mầm non | 8", "Cộng | 20"]


def test_lines_that_underline_are_no_table():
    found = text_of_file(printed(f"<p style='border:1px solid'>{LONG}</p><p><u>Một</u> <u>Hai</u></p>"))
    assert (found.text, found.warnings) == (f"{LONG}\nMột Hai\n", ())


@pytest.mark.parametrize(
    ("turned", "matrix"), [(0, "1 0 0 1"), (90, "0 1 -1 0"), (180, "-1 0 0 -1"), (270, "0 -1 1 0")]
)
def test_a_page_stored_on_its_side_reads_as_it_is_shown(turned, matrix):
    first, second = {
        0: ("100 700", "100 680"),
        90: ("100 100", "120 100"),
        180: ("500 100", "500 120"),
        270: ("500 700", "480 700"),
    }[turned]
    content = " ".join(
        f"BT /F1 12 Tf {matrix} {at} Tm ({words}) Tj ET"
        for at, words in ((first, "1. Mot."), (second, "2. Hai."))
    )
    assert text(handmade_pdf(content, extra=f"/Rotate {turned}")).splitlines() == ["1. Mot.", "2. Hai."]


def test_what_runs_along_the_edge_is_no_line_of_the_text():
    content = drawn("Noi dung.") + " BT /F1 9 Tf 0 1 -1 0 20 300 Tm (Ban quyen) Tj ET"
    assert text(handmade_pdf(content)) == "Noi dung.\n"


def test_letters_printed_twice_to_look_bold_come_once():
    assert (
        text(handmade_pdf(f"{drawn('Ke hoach')} BT /F1 12 Tf 72.3 700 Td (Ke hoach) Tj ET")) == "Ke hoach\n"
    )


def test_a_letterhead_with_a_long_subject_in_the_left_column():
    columns = "".join(
        f"<td style='text-align:center;width:{width}%'>{'<br>'.join(map(escape, lines))}</td>"
        for width, lines in ((42, [*LEFT, "phục vụ dạy học và bán trú", "năm 2026"]), (58, RIGHT))
    )
    head = f"<table style='width:100%;font-size:12pt'><tr style='vertical-align:top'>{columns}</tr></table>"
    to = "<p style='text-align:center'>Kính gửi: Các trường tiểu học.</p>"
    lines = text(printed(head + to)).splitlines()
    assert lines == [
        *LEFT[:3],
        f"{LEFT[3]} phục vụ dạy học và bán trú năm 2026",
        "",
        *RIGHT,
        "",
        "Kính gửi: Các trường tiểu học.",
    ]


@pytest.mark.parametrize(
    ("font", "shown"),
    [
        (".VnTime", "Các trường tiểu học rà soát"),
        ("ABCDEF+.VnTimeH", "CÁC TRƯỜNG TIỂU HỌC RÀ SOÁT"),
        ("VNI-Times", "Các trường tiểu học rà soát"),
    ],
)
def test_old_fonts_are_converted(font, shown):
    vni = font.startswith("VNI")
    words = "Caùc tröôøng tieåu hoïc raø soaùt" if vni else "C¸c tr\xadêng tiÓu häc rµ so¸t"
    found = text_of_file(handmade_pdf(drawn(words)).replace(b"/Helvetica", f"/{font}".encode()))
    assert (found.text, [(one.code, dict(one.args)) for one in found.warnings]) == (
        f"{shown}\n",
        [("legacy_converted", {"code": "VNI" if vni else "TCVN3"})],
    )


# --- bad input ----------------------------------------------------------------------------------------------


def code_of(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        text_of_file(data, "a.pdf")
    return refusal.value.code


SCAN = f"<img src='{PIXEL}' style='width:160mm;height:240mm'>"


@pytest.mark.parametrize("body", [SCAN, f"{SCAN}<p>Ký bởi: Văn phòng</p>"])
def test_a_scan_has_no_text(body):
    assert code_of(printed(body)) == "scan"


def test_pages_that_are_pictures_are_named():
    found = text_of_file(printed(f"<p>{LONG}</p><p style='page-break-before:always'>{SCAN}</p>"))
    assert [(one.code, dict(one.args)) for one in found.warnings] == [("pages_without_text", {"pages": "2"})]


def test_an_encrypted_file_is_named_so():
    locked = printed(f"<p>{LONG}</p>").replace(
        b"/Root",
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >> "
        b"/ID [<41> <41>] /Root",
    )
    assert code_of(locked) == "encrypted"


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", plain_pdf("Một.")[:300]])
def test_broken_files(content):
    assert code_of(content) == "broken"


def test_a_bomb_is_not_unpacked():
    packed = zlib.compress(bytes(pdf_module.MOST_STREAM + (2 << 20)), 9)
    bomb = b"%PDF-1.4\n4 0 obj << /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream"
    assert len(bomb) < 100_000
    assert code_of(bomb) == "bomb"


def test_a_stream_of_its_own_size_each_however_many():
    """Looking for bombs must not read the rest of the file once for each stream."""
    many = b"%PDF-1.4\n" + b"1 0 obj << >>\nstream\nx\nendstream endobj\n" * 50_000
    assert code_of(many) == "broken"


def refusal_of(data: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refusal:
        text_of_file(data, "a.pdf")
    return refusal.value


def test_too_many_pages_are_refused_at_once():
    refusal = refusal_of(handmade_pdf(*[drawn("Trang.")] * 10_000))
    assert (refusal.code, refusal.place, refusal.read) == ("too_many_pages", {"pages": 10_000}, "")


def test_a_page_that_is_missing_is_named_and_those_before_it_are_kept():
    whole = handmade_pdf(drawn("Trang mot."), drawn("Trang hai."), drawn("Trang ba."))
    refusal = refusal_of(
        whole.replace(b"/Type /Page /Parent 2 0 R", b"/Type /Gone", 3)
        .replace(b"/Type /Gone", b"/Type /Page /Parent 2 0 R", 2)
        .replace(b"14 0 obj", b"99 0 obj")
    )
    assert (refusal.code, refusal.place, refusal.read) == ("broken", {"page": 3}, "Trang mot.\nTrang hai.\n")


def test_time_is_up_at_a_page(monkeypatch):
    seconds = iter([0.0, 1.0, 99.0])
    monkeypatch.setattr(pdf_module.time, "monotonic", lambda: next(seconds))
    refusal = refusal_of(handmade_pdf(drawn("Trang mot."), drawn("Trang hai.")))
    assert (refusal.code, refusal.place, refusal.read) == ("too_slow", {"page": 2}, "Trang mot.\n")


def test_a_page_with_far_too_many_letters(monkeypatch):
    monkeypatch.setattr(pdfium_module, "MOST_LETTERS", 5)
    refusal = refusal_of(handmade_pdf(drawn("Mot."), drawn("Rat nhieu chu.")))
    assert (refusal.code, refusal.place, refusal.read) == ("too_slow", {"page": 2}, "Mot.\n")


def test_letters_that_name_none_are_told_with_their_page():
    unnamed = drawn("Noi dung cua van ban").replace("(", "<").replace(")", ">")
    unnamed = unnamed.replace(
        "Noi dung cua van ban", "01 02 03 04 05 20 06 07 20 08 09 20 0B 0C 20 0E".replace(" ", "")
    )
    refusal = refusal_of(handmade_pdf(drawn("Mot."), *[unnamed] * 3))
    assert (refusal.code, refusal.place) == ("unmapped", {"page": 2})
