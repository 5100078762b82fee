from dataclasses import fields, replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from directives.writing.document import (
    Annex,
    Basis,
    Check,
    Item,
    Letterhead,
    Paragraph,
    Recipient,
    Signature,
)
from directives.writing.layout import title_of, to_html
from tests.directives.writing.samples import COMMUNE_NOTICE, DECISION, LETTER, NOTICE, SCHOOL_LETTER

NASTY = st.text(
    st.sampled_from("<>&\"'/=;!-\u0338\x00\nA ") | st.characters(), max_size=12
) | st.sampled_from(
    ["</style><script>", "</title><b>", "<!--", "&lt;b&gt;", "<img src=file:///etc/passwd>", "\u0338", "]]>"]
)


class Reader(HTMLParser):
    """Tags with their attributes in order, and the text between them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = [(name, value) for name, value in attrs if name != "content"]
        self.tags.append((tag, *attributes))

    def handle_comment(self, data):
        self.tags.append(("!--", data))

    def handle_data(self, data):
        self.text.append(data)


def text_of(document):
    html = to_html(document)
    return " ".join(" ".join(Reader(html[html.index("<body>") :]).text).split())


def with_texts(texts):
    """A document with the given texts everywhere a text may stand; "x" keeps the parts from being absent."""
    a, b, c = (f"x{text}x" for text in texts)
    return replace(
        NOTICE,
        letterhead=Letterhead(a, "x"),
        kind=b,
        subject="x",
        number=c,
        symbol=a,
        place=b,
        issued_on=None,
        addressees=(a, b),
        body=(Basis(a), Paragraph(b), Item(1, "I", c, title=a), Item(3, b, c)),
        signature=Signature((a,), b, c),
        recipients=(Recipient(a, b),),
        archive=c,
    )


PLAIN_TAGS = Reader(to_html(with_texts(["", "", ""]))).tags


@given(st.lists(NASTY, min_size=3, max_size=3))
def test_no_text_becomes_markup(texts):
    tags = Reader(to_html(with_texts(texts))).tags
    # Only where a long name breaks, and whether the last paragraph is short, may depend on the text.
    changing = {("span", ("class", "line")), ("p", ("class", "block short-end")), ("p", ("class", "block"))}
    assert [tag for tag in tags if tag not in changing] == [tag for tag in PLAIN_TAGS if tag not in changing]


def test_nothing_is_fetched_scripted_or_styled_inline():
    html = to_html(SCHOOL_LETTER)
    for foreign in ("<script", "<link", "<img", "src=", "href=", "url(", "@import", " style="):
        assert foreign not in html


def test_a_notice_in_reading_order():
    text = text_of(NOTICE)
    parts = [
        "UBND TỈNH NGỌC SƠN SỞ GIÁO DỤC VÀ ĐÀO TẠO CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do",
        "Số: 07/TB-SGDĐT Ngọc Sơn, ngày 05 tháng 02 năm 2026 THÔNG BÁO Kết luận của Giám đốc",
        "I. ĐÁNH GIÁ KẾT QUẢ CÔNG TÁC THÁNG 01 NĂM 2026 1. Kết quả đạt được - Toàn tỉnh",
        "triển khai thực hiện./. Nơi nhận: - UBND tỉnh (để b/c); - Giám đốc, các Phó Giám đốc Sở;",
        "- Lưu: VT, GDPT. KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Lương Văn Khải",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert text.startswith(parts[0])
    assert text.endswith(parts[-1])


def test_a_letter_has_its_subject_under_the_number_and_addressees():
    text = text_of(LETTER)
    assert (
        "Số: 112/SGDĐT-GDPT V/v báo cáo số liệu học sinh bỏ học sau Tết Nguyên đán năm 2026 Ngọc Sơn, ngày"
        in text
    )
    assert "Kính gửi: - Ủy ban nhân dân các xã, phường; - Các trường trung học phổ thông; - Trung tâm" in text
    assert "Nơi nhận: - Như trên; - Ban Giám đốc Sở (để b/c); - Lưu: VT, GDPT. GIÁM ĐỐC" in text


def test_one_addressee_stands_on_the_line():
    assert "Kính gửi: Sở Giáo dục và Đào tạo Thực hiện" in text_of(SCHOOL_LETTER)


def test_a_draft_shows_its_blanks_and_marks():
    text = text_of(COMMUNE_NOTICE)
    assert "Số: /TB-PVHXH HỎA TỐC DỰ THẢO Nà Lâm, ngày … tháng … năm 2026" in text
    assert "Số:      /TB-PVHXH" in to_html(COMMUNE_NOTICE)


def test_bases_are_closed_as_one_list():
    document = replace(
        DECISION, bases=("Căn cứ A.",), body=(Basis("Căn cứ B"), Item(1, "Điều 1", "Ban hành"))
    )
    assert "Căn cứ A; Căn cứ B. Điều 1. Ban hành./." in text_of(document)


def test_an_item_may_have_title_and_text():
    document = replace(NOTICE, body=(Item(2, "1", "Các trường báo cáo", title="Báo cáo"),))
    assert "1. Báo cáo Các trường báo cáo./." in text_of(document)


def test_empty_parts_leave_nothing_behind():
    document = replace(
        NOTICE, letterhead=Letterhead("", "Trường A"), body=(), recipients=(), archive="", subject=""
    )
    text = text_of(document)
    assert text.startswith("TRƯỜNG A CỘNG HÒA")
    assert "THÔNG BÁO KT. GIÁM ĐỐC" in text


def test_title():
    assert title_of(LETTER) == "112/SGDĐT-GDPT báo cáo số liệu học sinh bỏ học sau Tết Nguyên đán năm 2026"
    assert title_of(COMMUNE_NOTICE).startswith("THÔNG BÁO TB-PVHXH Kết luận")


def test_every_field_of_a_document_is_printed():
    """A field added to documents must find its place on the page."""
    changed = {
        "letterhead": Letterhead("UBND tỉnh Khác", "Sở Khác"),
        "kind": "KẾ HOẠCH",
        "subject": "Khác",
        "number": "9",
        "symbol": "KHÁC",
        "place": "Khác",
        "issued_on": None,
        "addressees": ("Khác",),
        "bases": ("Căn cứ khác",),
        "body": (Paragraph("Khác"),),
        "signature": Signature((), "KHÁC", "Khác"),
        "recipients": (),
        "archive": "Lưu: Khác",
        "urgency": "KHẨN",
        "draft": True,
        "draft_mark": "BẢN NHÁP",
        "year": 2027,
        "check": Check("ABCD-EFGH-JKMN", ""),
        "annexes": (Annex("I", "Danh sách", (Paragraph("Khác"),)),),
        "beside": Signature((), "THƯ KÝ", "Khác"),
    }
    assert set(changed) == {field.name for field in fields(NOTICE)}
    bases = {"year": replace(NOTICE, issued_on=None), "draft_mark": replace(NOTICE, draft=True)}
    for name, value in changed.items():
        before = bases.get(name, NOTICE)
        assert text_of(replace(before, **{name: value})) != text_of(before)
