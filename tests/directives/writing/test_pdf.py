"""The page as it is printed, measured in the PDF: millimetres of the sheet, points of the type."""

import io
import logging
import unicodedata
from collections import Counter
from dataclasses import replace

import pdfplumber
import pytest

from directives.writing import pdf
from directives.writing.breaking import width
from directives.writing.document import Paragraph, Recipient
from directives.writing.layout import to_print
from directives.writing.pdf import FontMissing, NoFetcher, missing_fonts, to_pdf
from tests.directives.writing.samples import (
    COMMUNE_NOTICE,
    DECISION,
    LETTER,
    LONG_NOTICE,
    NOTICE,
    SCHOOL_LETTER,
    SENTENCE,
    of_length,
    with_body,
)
from tests.directives.writing.test_layout import text_of

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, 195 * MM, 20 * MM, 277 * MM
FACES = ("TimesNewRoman", "LiberationSerif", "Tinos")
SAMPLES = {
    "notice": NOTICE,
    "letter": LETTER,
    "commune": COMMUNE_NOTICE,
    "school": SCHOOL_LETTER,
    "decision": DECISION,
    "long": LONG_NOTICE,
}


@pytest.fixture(scope="module")
def printed():
    opened = {name: pdfplumber.open(io.BytesIO(to_pdf(document))) for name, document in SAMPLES.items()}
    yield opened
    for file in opened.values():
        file.close()


def pages_of(document):
    with pdfplumber.open(io.BytesIO(to_pdf(document))) as file:
        return [lines_of(page) for page in file.pages]


def lines_of(page):
    """The lines of a page that stand by themselves: text, x0, x1, top, chars."""
    return page.extract_text_lines(x_tolerance=1.5, y_tolerance=2)


def find(page, text):
    """The characters of a text on the page, in the order in which they were written."""
    written = "".join(char["text"] for char in page.chars)
    at = written.index(text)
    return page.chars[at : at + len(text)]


def find_bold(page, text):
    """The first bold one: a superior office may carry the same place in its name."""
    written = "".join(char["text"] for char in page.chars)
    places = [i for i in range(len(written)) if written.startswith(text, i)]
    at = next(i for i in places if "Bold" in page.chars[i]["fontname"])
    return page.chars[at : at + len(text)]


def box(chars):
    inked = [char for char in chars if char["text"].strip()]
    return min(c["x0"] for c in inked), max(c["x1"] for c in inked), inked[0]["bottom"]


def look(chars):
    """Size, and whether bold or italic: one look for the whole text."""
    looks = {(round(c["size"], 1), "Bold" in c["fontname"], "Italic" in c["fontname"]) for c in chars}
    assert len(looks) == 1
    return looks.pop()


def rules(page):
    """Horizontal rules as (x0, x1, top)."""
    return [(r["x0"], r["x1"], r["top"]) for r in page.rects if r["height"] < 2 and r["width"] > 10]


def rule_under(page, chars):
    x0, x1, bottom = box(chars)
    centre = (x0 + x1) / 2
    (rule,) = [r for r in rules(page) if 0 <= r[2] - bottom < 6 and abs((r[0] + r[1]) / 2 - centre) < 3]
    return rule


@pytest.mark.parametrize("name", SAMPLES)
def test_sheet_and_margins(printed, name):
    for page in printed[name].pages:
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        for char in page.chars:
            if not char["text"].strip() or char["bottom"] < TOP:  # the page number is looked at on its own
                continue
            assert char["x0"] >= LEFT - 0.5
            assert char["x1"] <= RIGHT + 0.5
            assert char["top"] >= TOP - 0.5
            assert char["bottom"] <= BOTTOM + 0.5


@pytest.mark.parametrize("name", SAMPLES)
def test_one_face_embedded_and_black(printed, name):
    chars = [char for page in printed[name].pages for char in page.chars]
    assert all(c["fontname"].split("+")[1].replace("-", "").startswith(FACES) for c in chars)
    red = "".join(c["text"] for c in chars if tuple(c["non_stroking_color"]) not in {(0,), (0, 0, 0)})
    assert red == (SAMPLES[name].urgency or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND TỈNH NGỌC SƠN", (13, False, False)),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", (13, True, False)),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (13, True, False)),
        ("Độc lập - Tự do - Hạnh phúc", (14, True, False)),
        ("Số: 07/TB-SGDĐT", (13, False, False)),
        ("Ngọc Sơn, ngày 05 tháng 02 năm 2026", (14, False, True)),
        ("THÔNG BÁO", (14, True, False)),
        ("Kết luận của Giám đốc Sở", (14, True, False)),
        ("Ngày 04/02/2026, Sở Giáo dục", (14, False, False)),
        ("I. ĐÁNH GIÁ KẾT QUẢ", (14, True, False)),
        ("1. Kết quả đạt được", (14, True, False)),
        ("2. Phòng Giáo dục phổ thông chủ trì:", (14, False, False)),
    ],
)
def test_type_of_each_part(printed, text, expected):
    assert look(find(printed["notice"].pages[0], text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("V/v báo cáo số liệu", (12, False, False)),
        ("Kính gửi:", (14, False, False)),
        ("Nơi nhận:", (12, True, True)),
        ("- Như trên;", (11, False, False)),
        ("- Lưu: VT, GDPT.", (11, False, False)),
        ("GIÁM ĐỐC", (14, True, False)),
        ("Hà Thị Minh Nguyệt", (14, True, False)),
    ],
)
def test_type_of_each_part_of_a_letter(printed, text, expected):
    assert look(find(printed["letter"].pages[0], text)) == expected


def test_bases_are_italic_and_articles_bold(printed):
    page = printed["decision"].pages[0]
    assert look(find(page, "Căn cứ Quyết định số")) == (14, False, True)
    assert look(find(page, "Điều 1.")) == (14, True, False)
    assert look(find(page, "Thành lập Đoàn kiểm tra")) == (14, False, False)


def test_rule_as_long_as_the_motto(printed):
    page = printed["notice"].pages[0]
    motto = find(page, "Độc lập - Tự do - Hạnh phúc")
    assert rule_under(page, motto)[:2] == pytest.approx(box(motto)[:2], abs=1)


@pytest.mark.parametrize(
    ("name", "last_line"),
    [
        ("notice", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
        ("commune", "PHÒNG VĂN HÓA - XÃ HỘI"),
        ("school", "NÀ LÂM THƯỢNG"),
        ("notice", "tại Hội nghị giao ban tháng 01 năm 2026"),
        ("decision", "Về việc thành lập Đoàn kiểm tra công tác tuyển sinh"),
    ],
)
def test_rule_of_a_third_to_a_half_centred_under_the_last_line(printed, name, last_line):
    page = printed[name].pages[0]
    chars = find_bold(page, last_line)
    x0, x1, _ = box(chars)
    rule = rule_under(page, chars)
    assert 1 / 3 <= (rule[1] - rule[0]) / (x1 - x0) <= 1 / 2
    assert (rule[0] + rule[1]) / 2 == pytest.approx((x0 + x1) / 2, abs=1)


def test_left_and_right_of_the_head(printed):
    page = printed["notice"].pages[0]
    number, day = find(page, "Số: 07/TB-SGDĐT"), find(page, "Ngọc Sơn, ngày")
    issuer, nation = find(page, "SỞ GIÁO DỤC VÀ ĐÀO TẠO"), find(page, "CỘNG HÒA XÃ HỘI")
    assert _baseline(number) == pytest.approx(_baseline(day), abs=0.5)
    assert sum(box(number)[:2]) == pytest.approx(sum(box(issuer)[:2]), abs=2)
    assert box(issuer)[1] + 4 < box(nation)[0]


def _baseline(chars):
    return chars[0]["matrix"][5]


def test_paragraphs_begin_half_an_inch_in_and_stand_apart(printed):
    lines = lines_of(printed["notice"].pages[0])
    starts = {line["text"][:12]: line for line in lines}
    assert starts["Ngày 04/02/2"]["x0"] == pytest.approx(LEFT + 12.7 * MM, abs=0.5)
    assert starts["tác tháng 01"]["x0"] == pytest.approx(LEFT, abs=0.5)
    assert starts["tác tháng 01"]["x1"] == pytest.approx(RIGHT, abs=0.5)
    within = starts["tác tháng 01"]["top"] - starts["Ngày 04/02/2"]["top"]
    between = starts["Sau khi nghe"]["top"] - starts["do)."]["top"]
    assert between - within == pytest.approx(6, abs=0.1)
    single = 1.15 * 14
    assert single <= within <= 1.5 * single


def test_page_numbers_stand_centred_in_the_top_margin_from_the_second_page(printed):
    first, *others = printed["long"].pages
    assert all(char["top"] >= TOP - 0.5 for char in first.chars)
    assert len(others) == 2
    for ordinal, page in enumerate(others, start=2):
        number = [char for char in page.chars if char["bottom"] < TOP]
        assert "".join(char["text"] for char in number) == str(ordinal)
        assert look(number) == (14, False, False)
        x0, x1, _ = box(number)
        assert (x0 + x1) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def test_recipients_are_level_with_the_first_line_of_the_signature(printed):
    page = printed["letter"].pages[0]
    assert _baseline(find(page, "Nơi nhận:")) == pytest.approx(_baseline(find(page, "GIÁM ĐỐC")), abs=0.5)
    page = printed["decision"].pages[0]
    assert _baseline(find(page, "Nơi nhận:")) == pytest.approx(_baseline(find(page, "KT. GIÁM ĐỐC")), abs=0.5)


def test_title_and_name_share_a_centre_with_room_between(printed):
    page = printed["decision"].pages[0]
    title, name = find(page, "PHÓ GIÁM ĐỐC"), find(page, "Lương Văn Khải")
    assert sum(box(title)[:2]) == pytest.approx(sum(box(name)[:2]), abs=1)
    assert name[0]["top"] - title[0]["bottom"] >= 25 * MM


def test_dashes_stand_under_the_colon(printed):
    page = printed["letter"].pages[0]
    colon = find(page, "Kính gửi:")[-1]
    dashes = [find(page, text)[0] for text in ("- Ủy ban", "- Các trường trung học", "- Trung tâm")]
    assert len({round(dash["x0"], 1) for dash in dashes}) == 1
    assert dashes[0]["x0"] == pytest.approx(colon["x0"], abs=2)


@pytest.mark.parametrize(("urgency", "millimetres"), [("KHẨN", 20), ("HỎA TỐC", 30), ("THƯỢNG KHẨN", 40)])
def test_urgency_stamp(urgency, millimetres):
    with pdfplumber.open(io.BytesIO(to_pdf(replace(NOTICE, urgency=urgency)))) as file:
        page = file.pages[0]
        stamp = find(page, urgency)
        edges = [r for r in page.rects if tuple(r["non_stroking_color"]) == _red(stamp)]
        x0, x1 = min(e["x0"] for e in edges), max(e["x1"] for e in edges)
        top, bottom = min(e["top"] for e in edges), max(e["bottom"] for e in edges)
    assert ((x1 - x0) / MM, (bottom - top) / MM) == pytest.approx((millimetres, 8), abs=0.3)
    assert x0 < stamp[0]["x0"]
    assert stamp[-1]["x1"] < x1


def _red(chars):
    (colour,) = {tuple(char["non_stroking_color"]) for char in chars}
    assert colour[0] > 0.7 > 0.1 > max(colour[1:])
    return colour


@pytest.mark.parametrize("name", SAMPLES)
def test_text_comes_out_whole_in_order_and_nfc(printed, name):
    """The text of the HTML, written in the same order; only spaces at line ends may be lost."""
    written = "".join(
        char["text"] for page in printed[name].pages for char in page.chars if char["bottom"] >= TOP - 1
    )
    assert unicodedata.is_normalized("NFC", written)
    assert "".join(written.split()) == "".join(text_of(SAMPLES[name]).split())


# So many sentences that the end of the page falls on every line before the signature, and on its rows.
LENGTHS = range(14, 26)
LAST_LINES = {
    "one line": "Yêu cầu các đơn vị thực hiện.",
    "two lines": "Yêu cầu các đơn vị nghiêm túc thực hiện; nếu có vướng mắc, kịp thời báo cáo về Sở GDĐT.",
    "many lines": "Yêu cầu các đơn vị nghiêm túc triển khai thực hiện. " * 8,
}


@pytest.mark.parametrize("last", LAST_LINES.values(), ids=LAST_LINES)
def test_the_signature_is_never_orphaned(last):
    """Whatever the length, title, room and name share a page with at least two lines of text above them."""
    turns = Counter()
    for sentences in LENGTHS:
        pages = pages_of(of_length(1, sentences, last))
        texts = [[line["text"] for line in page if line["top"] >= TOP - 1] for page in pages]
        (foot,) = [i for i, lines in enumerate(texts) if any("PHÓ GIÁM ĐỐC" in line for line in lines)]
        assert any("Lương Văn Khải" in line for line in texts[foot])
        assert foot == len(texts) - 1
        above = next(i for i, line in enumerate(texts[foot]) if "Nơi nhận" in line)
        assert above >= 2
        turns[len(pages)] += 1
    assert len(turns) >= 2  # both sides of a page's end were tried


def test_a_long_list_of_recipients_moves_with_the_signature():
    recipients = tuple(Recipient(f"Ủy ban nhân dân xã số {n}") for n in range(40))
    (_, last) = pages_of(replace(of_length(5, 3, "Yêu cầu thực hiện."), recipients=recipients))
    texts = [line["text"] for line in last]
    assert any("PHÓ GIÁM ĐỐC" in text for text in texts)
    assert any("Lưu: VT" in text for text in texts)


def test_a_title_stays_with_what_it_announces():
    for sentences in range(22, 27):
        text = f"{SENTENCE * sentences}\nI. Nhiệm vụ\n1. Báo cáo\n{SENTENCE * 10}"
        first, _ = pages_of(with_body(text))
        titles = [line["text"] for line in first if line["text"].startswith(("I.", "1."))]
        assert len(titles) in (0, 2)
        assert first[-1]["text"] != "1. Báo cáo"


def test_words_longer_than_a_line_are_broken_not_lost():
    word = "https://ngocson.example/" + "a" * 200
    document = replace(NOTICE, body=(Paragraph(word),), subject=word, place="N" * 60)
    with pdfplumber.open(io.BytesIO(to_pdf(document))) as file:
        chars = [char for char in file.pages[0].chars if char["text"].strip()]
    assert "".join(char["text"] for char in chars).count("a" * 200) == 2
    assert all(char["x0"] >= LEFT - 0.5 and char["x1"] <= RIGHT + 0.5 for char in chars)


def test_widths_of_the_breaking_table_are_those_of_the_face(printed):
    for name, text in [("notice", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"), ("commune", "PHÒNG VĂN HÓA - XÃ HỘI")]:
        x0, x1, _ = box(find(printed[name].pages[0], text))
        assert (x1 - x0) / 13 == pytest.approx(width(text), rel=0.03)


def test_metadata_language_and_tags():
    printed = to_pdf(NOTICE)
    with pdfplumber.open(io.BytesIO(printed)) as file:
        assert file.metadata["Title"].startswith("THÔNG BÁO 07/TB-SGDĐT Kết luận của Giám đốc")
        assert file.metadata["Author"] == "Sở Giáo dục và Đào tạo"
        catalog = file.doc.catalog
        assert catalog["Lang"] == b"vi"
        assert {"StructTreeRoot", "MarkInfo", "OutputIntents"} <= set(catalog)


def test_the_same_document_is_the_same_file():
    assert to_pdf(LETTER) == to_pdf(LETTER)


def test_weasyprint_has_nothing_to_complain_of(caplog):
    with caplog.at_level(logging.WARNING):
        to_pdf(SCHOOL_LETTER)
        to_pdf(DECISION)
    assert caplog.records == []


def test_nothing_is_fetched(tmp_path, monkeypatch, caplog):
    with pytest.raises(PermissionError, match="passwd"):
        NoFetcher().fetch("file:///etc/passwd")
    # Even if markup with an address came in, its file would not be opened.
    secret = tmp_path / "secret.css"
    secret.write_text("body { color: red }")
    link = f'<link rel="stylesheet" href="{secret.as_uri()}"></head>'
    monkeypatch.setattr(pdf, "to_print", lambda document: to_print(document).replace("</head>", link))
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        to_pdf(NOTICE)
    assert "official documents fetch nothing" in caplog.text


def test_the_face_is_installed():
    assert missing_fonts() == []


def test_without_fontconfig_nothing_is_printed(monkeypatch):
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    assert missing_fonts() == ["fontconfig"]
    with pytest.raises(FontMissing, match="fontconfig") as raised:
        to_pdf(NOTICE)
    assert raised.value.missing == ["fontconfig"]


@pytest.mark.parametrize(
    ("listed", "missing"),
    [
        ("DejaVu Sans\nDejaVu Serif\n", ["Times New Roman", "Liberation Serif", "Tinos"]),
        ("", ["Times New Roman", "Liberation Serif", "Tinos"]),
        ("DejaVu Sans\nTinos,Tinos Regular\n", []),
        ("Times New Roman\n", []),
    ],
)
def test_one_family_is_enough(tmp_path, monkeypatch, listed, missing):
    command = tmp_path / "fc-list"
    command.write_text(f"#!/bin/sh\nprintf '{listed}'\n")
    command.chmod(0o755)
    monkeypatch.setattr(pdf.shutil, "which", lambda name: str(command))
    assert missing_fonts() == missing
